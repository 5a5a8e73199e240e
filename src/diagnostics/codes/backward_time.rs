//! The times of captions go backwards.
//!
//! Captions are in the order of the film: a cue that begins before the one above it, or ends before it
//! begins, means that cues were moved or two files were joined, and the words under it may stand in
//! the wrong place. Put the cues in order, or obtain the file again.

use crate::diagnostics::{Diagnostic, Place};

/// The times at `place` are before `after`, when the cue above began.
pub fn backward_time(place: Place, after: &str) -> Diagnostic {
    Diagnostic::error("backward-time", place, format!("these times go backwards: the cue above begins at {after}"))
        .help("put the cues in order of time, or obtain the file again")
}
