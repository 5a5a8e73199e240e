//! A published text points at a note that was withdrawn.
//!
//! The link works: the place of the note says that it was withdrawn, when and why. But what it said is no
//! longer there to be read, and a text that rests on it may have to change.

use crate::diagnostics::{Diagnostic, Place};

/// `target`, at `place`, is a note that was withdrawn.
pub fn link_to_withdrawn(place: Place, target: &str) -> Diagnostic {
    Diagnostic::warning("link-to-withdrawn", place, format!("`{target}` is a note that was withdrawn"))
        .help("see whether the text still holds; the link leads to the reason for the withdrawal")
}
