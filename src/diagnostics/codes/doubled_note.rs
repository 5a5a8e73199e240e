//! Two notes of a debate say the same of the same words.
//!
//! They have the same kind, place, words, topics and text: most often one was copied. Remove one, or say
//! what the other is for. Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The note `id`, at `place`, says what `first` says.
pub fn doubled_note(place: Place, id: &str, first: &str) -> Diagnostic {
    Diagnostic::warning("doubled-note", place, format!("`{id}` says the same of the same words as `{first}`"))
        .help("remove one of the two; one that was published is withdrawn")
}
