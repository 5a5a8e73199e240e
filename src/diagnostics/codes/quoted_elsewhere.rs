//! A quotation is right, but stands in another paragraph than its link says.
//!
//! Readers follow the link to check the words. Point it at the paragraph that has them.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` are linked to `scope` but stand in `found`.
pub fn quoted_elsewhere(place: Place, scope: &str, found: &str) -> Diagnostic {
    Diagnostic::error("quoted-elsewhere", place, format!("these words are not in {scope}, but in {found}"))
        .help(format!("let the link end in `#{found}`"))
}
