//! An element of HTML in prose is not closed, closes nothing, or stands where it may not.
//!
//! What opens has to be closed in the same block, in the right order. A block (`<div>`, `<p>`) can't
//! stand within a line, an item only in its list, a cell only in its row, a link not in a link. The page
//! is written as if the tag were not there, or were closed at the end of its block.

use crate::diagnostics::{Diagnostic, Place};

/// `tag`, at `place`, is wrong in the way that `what` says; `count` times in all.
pub fn unbalanced_html(place: Place, tag: &str, what: &str, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", here and {} more times", count - 1) } else { String::new() };
    Diagnostic::warning("unbalanced-html", place, format!("{tag} {what}{more}"))
        .help("close what is opened, in the same block")
}
