//! Front matter begins with a `---` line and has no second one.
//!
//! The keys of a Markdown file stand between two lines of `---` at its top. Without the second line
//! nobody can tell where they end and the body begins.
//!
//! Put a line of `---` after the last key.

use crate::diagnostics::{Diagnostic, Place};

/// The first `---` line, at `place`, has no fellow.
pub fn unclosed_front_matter(place: Place) -> Diagnostic {
    Diagnostic::error("unclosed-front-matter", place, "the front matter that begins here has no end")
        .help("put a line of `---` after its last key")
}
