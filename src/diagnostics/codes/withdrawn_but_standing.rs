//! An annotation says why it was withdrawn, and is not retracted.
//!
//! `withdrawn` is what the tombstone of a retracted note says. While the status is any other, the note
//! would go on being published as if it stood.
//!
//! Write `status: retracted`, or take `withdrawn` out.

use crate::diagnostics::{Diagnostic, Place};

/// The annotation whose `withdrawn` is at `place` has another status than retracted.
pub fn withdrawn_but_standing(place: Place) -> Diagnostic {
    Diagnostic::error("withdrawn-but-standing", place, "`withdrawn` is given, and the status is not `retracted`")
        .help("write `status: retracted`, or take `withdrawn` out")
}
