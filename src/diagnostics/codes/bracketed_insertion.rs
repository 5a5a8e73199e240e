//! A quotation has words in brackets that are not the record's.
//!
//! In a quotation brackets may leave words out (`[...]`), mark a slip (`[sic]`) or change a capital
//! (`[t]he`). Explanations belong outside the quotation marks: a reader can't tell them from the
//! record.

use crate::diagnostics::{Diagnostic, Place};

/// The quotation at `place` has `inserted` of its own.
pub fn bracketed_insertion(place: Place, inserted: &str) -> Diagnostic {
    Diagnostic::error("bracketed-insertion", place, format!("`{inserted}` is not in the record"))
        .help("put the explanation outside the quotation marks")
}
