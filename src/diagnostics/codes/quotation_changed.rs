//! The words that a note quotes were revised in the record.
//!
//! A new revision of the transcript has other words in the place of those that a note quotes, or has
//! given them to somebody else, or has them twice or not at all. The note is not placed: a quotation is
//! right or it is an error. Change the quotation in the sheet to what the record says now, if the note
//! still holds, or run `rapporteur accept DEBATE/ID`, which shows the old words and the new, writes the
//! new ones into the sheet, and puts the note back in review. The old revision is kept in the debate's folder `revisions/`.

use crate::diagnostics::{Diagnostic, Place};

/// What a revision did to words: each part as it was and as it is, and who spoke it where that changed.
pub struct ChangedWords<'a> {
    /// What became of them: `drifted`, `misattributed` …
    pub status: &'a str,
    /// Each part: the words, and the words now where they changed.
    pub parts: Vec<(&'a str, Option<&'a str>)>,
    /// Who spoke, and who speaks now: `[-Ann-] {+Bob+}`; once for each pair.
    pub speakers: Vec<String>,
}

/// The words of the note `id` of `debate`, selected at `place`, were revised.
pub fn quotation_changed(place: Place, debate: &str, id: &str, changed: &ChangedWords<'_>) -> Diagnostic {
    let message = match changed.status {
        "drifted" => format!("the record was revised: other words stand where `{id}` quotes it"),
        "misattributed" => format!("the record was revised: the words of `{id}` are now somebody else's"),
        "ambiguous" => format!("the record was revised: the words of `{id}` stand in several places now"),
        _ => format!("the record was revised: the words of `{id}` are no longer in it"),
    };
    let mut diagnostic = Diagnostic::error("quotation-changed", place, message);
    let mut has_words = changed.status == "misattributed";
    for (was, now) in &changed.parts {
        diagnostic = diagnostic.note(format!("were: {was}"));
        if let Some(now) = now {
            has_words = true;
            diagnostic = diagnostic.note(format!("are now: {now}"));
        }
    }
    for speakers in &changed.speakers {
        diagnostic = diagnostic.note(format!("said by: {speakers}"));
    }
    diagnostic.help(match has_words {
        false => "write the quotation anew from the record as it is, or withdraw the note".to_owned(),
        true => format!("if the note still holds, quote the new words or run `rapporteur accept {debate}/{id}`"),
    })
}
