//! Blocks of Markdown or HTML stand in one another too deep.
//!
//! Lists in lists and quotations in quotations may go sixty levels deep, which is more than a page can
//! show. A line that begins with very many `>` is most likely a mistake.

use crate::diagnostics::{Diagnostic, Place};

/// The block at `place` is too deep.
pub fn markdown_too_deep(place: Place) -> Diagnostic {
    Diagnostic::error("markdown-too-deep", place, "this block stands in more than 60 others")
        .help("take out some of the `>` or of the indentation")
}
