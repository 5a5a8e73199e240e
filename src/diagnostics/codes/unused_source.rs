//! A key of `sources.yaml` is used by no note.
//!
//! Name it under `sources` of the notes that rest on it, or take it out. Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The source with this `key`, at `place`, is named by no note.
pub fn unused_source(place: Place, key: &str) -> Diagnostic {
    Diagnostic::warning("unused-source", place, format!("no note rests on the source `{key}`"))
        .help("name it under `sources` of a note, or take it out")
}
