//! A transcript has no words.
//!
//! The file is empty, or holds nothing but headings and the words of the site that it was copied
//! from. There is no record to publish, and no note could be tied to it. Copy the debate's text into
//! the file again, or take its folder out of `content/debates`.

use crate::diagnostics::{Diagnostic, Place};

/// The transcript at `place` is empty, or has no word of a record.
pub fn empty_transcript(place: Place) -> Diagnostic {
    let found = if place.source.text.trim().is_empty() { "is empty" } else { "holds no words of a record" };
    let message = format!("the transcript {found}");
    Diagnostic::error("empty-transcript", place, message)
        .help("put the debate's text into this file, or take its folder away")
}
