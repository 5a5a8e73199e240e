//! A note that readers see still says what a new note says.
//!
//! `new note` writes a line in the place of the remark. Write the remark, take `body` away (the words are then marked
//! without one), or leave the note a draft.

use crate::diagnostics::{Diagnostic, Place};

/// The body at `place` is still the `placeholder`.
pub fn unwritten_note(place: Place, placeholder: &str) -> Diagnostic {
    Diagnostic::warning("unwritten-note", place, format!("this still says “{placeholder}”, as a new note does"))
        .help("write the remark, or take `body` away")
}
