//! A quotation in prose does not have the record's words.
//!
//! A link whose text is in quotation marks, and a block quote that ends in a dash and a link, are
//! compared with the paragraph they point at, word for word. The notes show what differs.

use crate::diagnostics::{Diagnostic, Edit, Near, Place};

/// The quotation at `place` is not in `scope`; `near` are words that may be meant.
pub fn misquotation(place: Place, scope: &str, near: &[Near]) -> Diagnostic {
    let mut diagnostic = Diagnostic::error("misquotation", place, format!("these words are not in {scope}"))
        .help("quote the record's words; `[...]` leaves words out, `[t]he` changes a capital");
    diagnostic.notes = Near::lines(near);
    diagnostic.nearest(scope, near, Edit::Quotation)
}
