//! An annotation has its text in two places.
//!
//! It stands in `body`, or in the file that `body_file` names, or, in a note that is a Markdown
//! file, below the front matter. Of two, one would be lost.
//!
//! Keep one of them.

use crate::diagnostics::{Diagnostic, Place};

/// The body at `place` is the second.
pub fn two_bodies(place: Place) -> Diagnostic {
    Diagnostic::error("two-bodies", place, "this annotation has another body beside this one")
        .help("keep one: `body`, `body_file`, or the text below the front matter")
}
