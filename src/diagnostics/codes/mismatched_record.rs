//! `debate.yaml` and the transcript disagree.
//!
//! Where a source states its own date, the editor's must be the same: one of them is a slip.

use crate::diagnostics::{Diagnostic, Place};

/// The value at `place` is not what the transcript states.
pub fn mismatched_record(place: Place, key: &str, written: &str, stated: &str) -> Diagnostic {
    Diagnostic::error("mismatched-record", place, format!("`{key}` is {written}, but the transcript states {stated}"))
        .help("correct the one that is wrong; the transcript is never edited")
}
