//! A quotation leaves out words that may change what was said.
//!
//! “the prosecutor should [...] proceed” can be cut from a sentence that says *should not proceed*.
//! Where the gap holds a negation, a modal verb, a number or a name, or joins two sentences into one,
//! a person must judge it. Quote the words left out; or, in a sheet, when the meaning is kept, add
//! `elision: reviewed`.

use crate::diagnostics::{Diagnostic, Place};

/// The elision of the quotation at `place` leaves out `left_out`, for these `reasons`.
pub fn material_elision(place: Place, left_out: &str, reasons: &str) -> Diagnostic {
    Diagnostic::error("material-elision", place, format!("the elision leaves out “{left_out}”: {reasons}"))
        .help("quote these words too; in a sheet, if the meaning is kept, add `elision: reviewed`")
}
