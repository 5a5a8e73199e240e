//! The finished site leads somewhere that it has not.
//!
//! `check --thorough` builds the site in memory and follows every address in its pages, style sheets,
//! feeds, calendar, sitemap and data, fragments too. Links in Markdown are checked before that
//! (`broken-link`); what is left are links in a template or in HTML, in `theme_options`, or to a file
//! that `static/` has no more. The notes name the files that lead there.

use crate::diagnostics::{Diagnostic, Place};

/// Files of the site lead to `address`, which is not there: `from` are the first of `total`. `place` is what
/// the first of them is made from.
pub fn dead_link(place: Place, address: &str, from: &[&str], total: usize) -> Diagnostic {
    let more = if total > from.len() { format!(" and {} more", total - from.len()) } else { String::new() };
    Diagnostic::error("dead-link", place, format!("the finished site leads to `{address}`, which is not there"))
        .note(format!("from {}{more}", from.join(", ")))
        .help("look for the link in the file, in the templates of the theme and in `static/`")
}
