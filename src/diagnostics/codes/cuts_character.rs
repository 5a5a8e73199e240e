//! A quotation begins or ends inside a character.
//!
//! What readers see as one character can be several code points: a letter and its accent, a family
//! emoji. A quotation takes all of it or nothing.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` would cut a character; `whole` are the words with it whole.
pub fn cuts_character(place: Place, whole: &str) -> Diagnostic {
    Diagnostic::error("cuts-character", place, "these words end or begin inside a character of the record")
        .help(format!("quote the whole character: “{whole}”"))
}
