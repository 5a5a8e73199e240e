//! The words that a note quotes were revised in the record.
//!
//! A new revision of the transcript has other words in the place of those that a note quotes, or has
//! given them to somebody else, or has them twice or not at all. The note is not placed: a quotation is
//! right or it is an error. Change the quotation in the sheet to what the record says now, if the note
//! still holds, or run `rapporteur accept DEBATE/ID`, which shows the old words and the new and records
//! that the new ones stand. The old revision is kept in the debate's folder `revisions/`.

use crate::diagnostics::{Diagnostic, Place};

/// The words of the note `id`, selected at `place`, are `status`: they `was`, and are `now`.
pub fn quotation_changed(place: Place, id: &str, status: &str, was: &str, now: &[String]) -> Diagnostic {
    let message = match status {
        "drifted" => format!("the record was revised: other words stand where `{id}` quotes it"),
        "misattributed" => format!("the record was revised: the words of `{id}` are now somebody else's"),
        "ambiguous" => format!("the record was revised: the words of `{id}` stand in several places now"),
        _ => format!("the record was revised: the words of `{id}` are no longer in it"),
    };
    let mut diagnostic = Diagnostic::error("quotation-changed", place, message).note(format!("were: {was}"));
    for now in now {
        diagnostic = diagnostic.note(format!("are now: {now}"));
    }
    diagnostic.help(match now {
        [] => "write the quotation anew from the record as it is, or withdraw the note".to_owned(),
        _ => format!("if the note still holds, quote the new words or run `rapporteur accept {id}`"),
    })
}
