//! Some HTML in prose was taken away.
//!
//! Prose may hold the HTML of text: emphasis, links, quotations, lists, tables, details. What could run,
//! load, disguise or collide is taken away: scripts, styles, forms, frames, `id`, `class`, `style`,
//! handlers of events. A picture is written as Markdown, `![what it shows](../../static/file.png)`, so
//! that its file is looked up. Words that stand in an element stay, unless it is one of program text.

use crate::diagnostics::{Diagnostic, Place};

/// What was taken away at `place`, for the first of `count` times: `<img>`, or `onclick` of `<b>`.
pub fn removed_html(place: Place, what: &str, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", here and {} more times", count - 1) } else { String::new() };
    let help = match what {
        "<img>" => "write a picture as Markdown: `![what it shows](../../static/file.png)`",
        _ => "leave it out; pages have only the HTML of text",
    };
    Diagnostic::warning("removed-html", place, format!("{what} was taken away{more}")).help(help)
}
