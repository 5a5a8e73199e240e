//! A quotation begins or ends inside a word or a number.
//!
//! `£2` stands inside `£200`, and `able` inside `unable`: letter for letter there, and not what was
//! said. Quote the whole word or number.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` begin or end inside `word`.
pub fn cuts_word(place: Place, word: &str) -> Diagnostic {
    Diagnostic::error("cuts-word", place, format!("these words begin or end inside “{word}”")).help(format!("quote all of “{word}”"))
}
