//! A correction does not fit the record.
//!
//! A correction in `corrections.yaml` says what the record has (`was`), and that must be what stands
//! there: the name of the contribution's speaker as printed, or words of the paragraph. Otherwise it may
//! have been written for another place or another revision, and would put right what is not wrong.
//! Copy `was` from the record.

use crate::diagnostics::{Diagnostic, Place};

/// `was`, at `place`, is not what the record has, which `stands` there.
pub fn wrong_correction(place: Place, was: &str, stands: &str) -> Diagnostic {
    let mut shown: String = stands.chars().take(120).collect();
    if shown.len() < stands.len() {
        shown.push('…');
    }
    Diagnostic::error("wrong-correction", place, format!("the record does not have `{was}` here"))
        .note(format!("it has: {shown}"))
        .help("copy the words from the record, or correct `at`")
}
