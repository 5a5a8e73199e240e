//! It can't be told where a quotation ends.
//!
//! `’` closes a quotation and is an apostrophe too: in `‘the guards’ and the workers’ rights` either of
//! the two may close it. The longer reading is not in the record and the shorter is. Write the quotation
//! with double marks, `“the guards”`, so that there is one reading.

use crate::diagnostics::{Diagnostic, Place};

/// The quotation at `place` is in the record up to `shorter`, and not as a whole.
pub fn uncertain_quotation(place: Place, shorter: &str) -> Diagnostic {
    let message = "it can't be told where this quotation ends: only its beginning is in the record";
    Diagnostic::warning("uncertain-quotation", place, message)
        .note(format!("in the record: {shorter}"))
        .help("write it with double quotation marks")
}
