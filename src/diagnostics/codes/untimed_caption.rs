//! Words in a caption file have no times over them.
//!
//! Above the words of every caption stands when they are shown. Where that line is missing the words
//! are read all the same, where they stand, and carry no time. Look whether they belong there: the
//! line of times may have been lost, or the words may be no part of the captions.

use crate::diagnostics::{Diagnostic, Place};

/// No times stand over the words at `place`, and over those of `count` captions in all.
pub fn untimed_caption(place: Place, count: usize) -> Diagnostic {
    let message = match count {
        1 => "these words have no times over them: they are read where they stand".to_owned(),
        _ => format!(
            "these words have no times over them, nor have those of {} more captions: they are read where they stand",
            count - 1
        ),
    };
    Diagnostic::warning("untimed-caption", place, message)
        .help("times are a line of their own above the words: `00:01:02,345 --> 00:01:05,000`")
}
