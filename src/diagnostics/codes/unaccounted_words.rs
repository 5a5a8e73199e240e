//! Words of a file are in no part of the record that was read from it.
//!
//! An import holds the record against the file: every word must be spoken, printed over a speech or as
//! a heading, or set apart for a reason that has a name (`rapporteur import --explain` lists those).
//! Words that are none of these would be lost without a word, so nothing is written. The file has
//! something in it that the reader of its format does not know. Report it with the file; until then,
//! take the words out of a copy, or write the record as Markdown.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place`, `count` of them, are in no part of the record; none are counted where they
/// differ from what was read.
pub fn unaccounted_words(place: Place, count: usize) -> Diagnostic {
    let message = match count {
        0 => "the words read here are not those of the file".to_owned(),
        1 => "a word here is in no part of the record, and nothing says why it should be left out".to_owned(),
        _ => format!("{count} words here are in no part of the record, and nothing says why they should be left out"),
    };
    Diagnostic::error("unaccounted-words", place, message)
        .help("the reader of this format does not know what stands here: report it, with the file")
}
