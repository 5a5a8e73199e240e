//! A paragraph, contribution or note is named that its debate does not have.
//!
//! Paragraphs have ids from `p1` on, contributions from `c1`; the numbers stand beside the record on
//! the debate's page. Ids of a locked debate never change, so this is a slip, or a paragraph that
//! was deleted from the record.

use crate::diagnostics::{Diagnostic, Place};

/// `id`, at `place`, is not in `debate`, whose last paragraph is `last`.
pub fn unknown_paragraph(place: Place, id: &str, debate: &str, last: &str) -> Diagnostic {
    Diagnostic::error("unknown-paragraph", place, format!("there is no `{id}` in {debate}"))
        .help(format!("its paragraphs run from p1 to {last}"))
}
