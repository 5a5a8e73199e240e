//! A commitment is past due, and nobody has said what became of it.
//!
//! Readers see it as not checked, or as open. Look, and write `outcome: { state: …, as_of: …, note: … }`.
//! It is judged on the day that the site names (`as_of`, `--as-of`). Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The commitment that was due by the day at `place` is open on the day `as_of`.
pub fn overdue_commitment(place: Place, by: &str, as_of: &str) -> Diagnostic {
    Diagnostic::warning("overdue-commitment", place, format!("due by {by}, and on {as_of} nobody has said what became of it"))
        .help("write what became of it: outcome: { state: kept, as_of: ... }")
}
