//! An annotation does not say what it is about.
//!
//! It needs `at`, for a paragraph or more of the debate, or `quote`, for words that stand in one
//! place only, or both; or `targets`, a list of these.
//!
//! Add `at: p2`, the words as `quote`, or `at: debate` for a note on the whole debate.

use crate::diagnostics::{Diagnostic, Place};

/// The annotation `id`, or the target of it at `place`, has neither `at` nor `quote`.
pub fn no_target(place: Place, id: &str) -> Diagnostic {
    let shown: String = id.chars().take(80).collect();
    Diagnostic::error("no-target", place, format!("`{shown}` does not say here what it is about"))
        .help("add `at: p2`, or the words as `quote`, or `at: debate` for the whole debate")
}
