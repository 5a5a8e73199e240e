//! A quotation would put the words of two contributions into one.
//!
//! Whose words they are is what a quotation is about. Make two notes, or `targets:` with one entry
//! for each speaker.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` run from one contribution into another.
pub fn crosses_speech(place: Place, first: &str, last: &str) -> Diagnostic {
    Diagnostic::error("crosses-speech", place, format!("these words run from one contribution ({first}) into another ({last})"))
        .help("quote each speaker apart: two notes, or `targets:` with one entry for each")
}
