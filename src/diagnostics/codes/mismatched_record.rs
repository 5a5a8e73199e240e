//! `debate.yaml` and the transcript disagree.
//!
//! Where a source states its own date, the editor's must be the same: one of them is a slip. Where it is
//! the source's, `corrections.yaml` overrules it: `at: day`, with `was`, `reads` and the reason.

use crate::diagnostics::{Diagnostic, Place};

/// The value at `place` is not what the transcript states.
pub fn mismatched_record(place: Place, key: &str, written: &str, stated: &str) -> Diagnostic {
    Diagnostic::error("mismatched-record", place, format!("`{key}` is {written}, but the transcript states {stated}"))
        .help("correct it; where the transcript is wrong, which is never edited, overrule it in corrections.yaml: `at: day`, `was`, `reads`, `reason`")
}
