//! The record round a note was revised.
//!
//! A new revision of the transcript has the words that a note quotes, and other words round them: the
//! paragraph has changed, or one was put inside the run or the contribution that the note is on. The
//! note may mislead now: a promise may have gained a condition. An approved note is shown as in review
//! until somebody has looked. `rapporteur accept DEBATE/ID` shows the words as they were and as they
//! are, and records that the note stands; an approved one is then in review, to be approved again.

use crate::diagnostics::{Diagnostic, Place};

/// The record changed round the words of the note `id` of `debate`, selected at `place`.
pub fn context_changed(place: Place, debate: &str, id: &str) -> Diagnostic {
    Diagnostic::warning("context-changed", place, format!("the record was revised round the words of `{id}`"))
        .help(format!("look whether the note still holds, and then run `rapporteur accept {debate}/{id}`"))
}
