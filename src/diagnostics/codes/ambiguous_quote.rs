//! The words of a quotation stand in more than one place.
//!
//! A note must mean one place. Add `before:` or `after:` with the words that stand next to the right
//! one (the notes list each place with the shortest that settles it), quote more, or narrow `at`.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` fit `total` places in `scope`; each candidate is one line.
pub fn ambiguous_quote(place: Place, scope: &str, total: usize, candidates: Vec<String>) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("ambiguous-quote", place, format!("these words stand in {total} places in {scope}"))
        .help("add the `before:` or `after:` of the place that is meant, or quote more of it");
    diagnostic.notes = candidates;
    diagnostic
}
