//! An annotation's quote holds no words.
//!
//! An empty quote would be found everywhere. A note on a whole paragraph has no `quote` at all.
//!
//! Quote the words, or take the line out.

use crate::diagnostics::{Diagnostic, Place};

/// The quote at `place` is blank.
pub fn blank_quote(place: Place) -> Diagnostic {
    Diagnostic::error("blank-quote", place, "this quote holds no words")
        .help("quote the words, or take `quote` out for a note on the whole of `at`")
}
