//! The words of a quotation are there, but not with the given words `before` or `after` them.
//!
//! `before:` and `after:` are the words next to the quotation, up to it, to the letter. Where the
//! quotation stands once in its paragraph they are not needed at all.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` stand in `scope`, but elsewhere than the context says.
pub fn out_of_context(place: Place, scope: &str, candidates: Vec<String>) -> Diagnostic {
    let message = format!("these words are in {scope}, but not with this `before` or `after`");
    let mut diagnostic = Diagnostic::error("out-of-context", place, message).help("correct `before:` or `after:`, or leave them out");
    diagnostic.notes = candidates;
    diagnostic
}
