//! The words of a quotation stand in more than one place.
//!
//! A note must mean one place. Add `before:` or `after:` with the words that stand next to the right
//! one (the notes list each place with the shortest that settles it), quote more, or narrow `at`.

use crate::diagnostics::{Diagnostic, Edit, Place};

/// The words at `place` fit `total` places in `scope`; each candidate is one line, with the key
/// and the words that settle it where any do.
pub fn ambiguous_quote(place: Place, scope: &str, total: usize, candidates: Vec<Settled>) -> Diagnostic {
    let span = place.span;
    let mut diagnostic = Diagnostic::error("ambiguous-quote", place, format!("these words stand in {total} places in {scope}"))
        .help("add the `before:` or `after:` of the place that is meant, or quote more of it");
    diagnostic.notes = candidates.iter().map(|one| one.line.clone()).collect();
    candidates.into_iter().fold(diagnostic, |diagnostic, one| match one.by {
        Some((key, words)) => {
            diagnostic.fix(format!("mean {}", one.line), Edit::Beside(span, key, words))
        }
        None => diagnostic,
    })
}

/// A place that words may mean.
pub struct Settled {
    /// The place and what settles it, as a line.
    pub line: String,
    /// `before` or `after`, and the words that stand there.
    pub by: Option<(&'static str, String)>,
}
