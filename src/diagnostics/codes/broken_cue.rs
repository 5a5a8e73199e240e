//! The times of a caption can't be read.
//!
//! Above the words of every caption stands when they are shown: `00:01:02,345 --> 00:01:05,000` in SRT,
//! with a full stop instead of the comma in WebVTT. A line with `-->` that is not that may be words, or
//! times that were damaged; nobody can say which. In Whisper's table, two numbers of milliseconds stand
//! before the words of every line.

use crate::diagnostics::{Diagnostic, Place};

/// The line at `place` should hold times, and those can't be read.
pub fn broken_cue(place: Place) -> Diagnostic {
    Diagnostic::error("broken-cue", place, "the times of this line can't be read")
        .help("times are `00:01:02,345 --> 00:01:05,000`: hours, minutes, seconds and three digits; in Whisper's table, two numbers of milliseconds")
}
