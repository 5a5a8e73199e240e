//! A quotation mark opens a quotation, and none closes it.
//!
//! Without the mark that closes it nobody knows where a quotation ends, so it can't be compared with the
//! record. Where a quotation goes on over several paragraphs, a mark opens each of them and one closes the
//! last. Where a link to a record stands on the words, this is an error.

use crate::diagnostics::{Diagnostic, Place, Severity};

/// The quotation at `place` is not closed; `severity` is that of a quotation of its kind.
pub fn unclosed_quotation(place: Place, severity: Severity) -> Diagnostic {
    let diagnostic = Diagnostic::warning("unclosed-quotation", place, "this quotation is opened and not closed")
        .help("close it with the mark that belongs to the one that opens it");
    Diagnostic { severity, ..diagnostic }
}
