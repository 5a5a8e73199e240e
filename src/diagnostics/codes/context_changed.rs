//! The record round a note was revised.
//!
//! A new revision of the transcript has the words that a note quotes, and other words round them. The
//! note may mislead now: a promise may have gained a condition. An approved note is shown as in review
//! until somebody has looked. `rapporteur accept DEBATE/ID` shows the paragraph as it was and as it is,
//! and records that the note stands.

use crate::diagnostics::{Diagnostic, Place};

/// The paragraph of the note `id`, selected at `place`, changed round its words.
pub fn context_changed(place: Place, id: &str) -> Diagnostic {
    Diagnostic::warning("context-changed", place, format!("the record was revised round the words of `{id}`"))
        .help(format!("look whether the note still holds, and then run `rapporteur accept {id}`"))
}
