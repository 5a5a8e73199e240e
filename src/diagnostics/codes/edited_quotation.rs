//! Words of a quotation are struck through, or marked as put in.
//!
//! A quotation shows what was said. Words that are struck through read as taken back, words marked as put
//! in as never said. Leave words out with `[...]`, and say in your own words what you think of them.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` are marked as changed in a quotation.
pub fn edited_quotation(place: Place) -> Diagnostic {
    Diagnostic::error("edited-quotation", place, "words of a quotation are struck through or marked as put in")
        .help("quote them as they were said, or leave them out with `[...]`")
}
