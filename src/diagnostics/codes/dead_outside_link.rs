//! The site leads to an address elsewhere that does not answer.
//!
//! `check --external` asks for every address elsewhere that the finished site leads to. Where a server says that there
//! is nothing, can't be reached, takes too long or leads on without end, the address is named, with the line that it is
//! written in. Open it in a browser: it may have moved, be gone for good, or be down for a day. Give the new address, or
//! that of an archive. Addresses whose server refuses programs are counted and not reported. It is a warning, also
//! where `deny` has `warnings`: what others do breaks no build. Naming this code in `deny` makes it an error.

use crate::diagnostics::{Diagnostic, Place};

/// So many places are named.
const NAMED: usize = 5;

/// `address`, written at `place` and at `others`, does not answer: `why`. `pages` lead there.
pub fn dead_outside_link(
    place: Place,
    address: &str,
    why: &str,
    others: &[Place],
    pages: &[&str],
) -> Diagnostic {
    let list = |all: &mut dyn Iterator<Item = &str>, total: usize| {
        let named: Vec<&str> = all.take(NAMED).collect();
        let more = if total > NAMED { format!(" and {} more", total - NAMED) } else { String::new() };
        format!("{}{more}", named.join(", "))
    };
    let mut diagnostic = Diagnostic::warning("dead-outside-link", place, format!("`{address}` does not answer: {why}"));
    if !others.is_empty() {
        let line = |place: &Place| {
            let at = place.source.line_column(place.span.start as usize);
            format!("{}:{}:{}", place.source.path, at.line, at.column)
        };
        let lines: Vec<String> = others.iter().take(NAMED).map(line).collect();
        let others = list(&mut lines.iter().map(String::as_str), others.len());
        diagnostic = diagnostic.note(format!("also at {others}"));
    }
    diagnostic
        .note(format!("the site leads there from {}", list(&mut pages.iter().copied(), pages.len())))
        .help("open it in a browser; give the address that it has now, or that of an archive")
}
