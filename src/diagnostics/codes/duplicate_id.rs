//! Two notes of one debate have the same id.
//!
//! An id is the note's address (`#n-ID`): it can belong to one only. Within one file YAML would keep
//! the last and lose the first in silence. Rename one.

use crate::diagnostics::{Diagnostic, Place};

/// The note at `place` has the id of the one in `first`.
pub fn duplicate_id(place: Place, id: &str, first: &str) -> Diagnostic {
    Diagnostic::error("duplicate-id", place, format!("`{id}` is already the id of a note in {first}"))
        .help("give one of them another id")
}
