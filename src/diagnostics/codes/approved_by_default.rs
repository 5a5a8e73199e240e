//! A sheet's defaults approve its annotations.
//!
//! An approval says that somebody has read this one note and stands by it. As a default it would
//! approve every note that anyone adds to the sheet later.
//!
//! Say `status: approved` in each annotation that is.

use crate::diagnostics::{Diagnostic, Place};

/// The status of the defaults, at `place`, is `approved`.
pub fn approved_by_default(place: Place) -> Diagnostic {
    Diagnostic::error("approved-by-default", place, "the defaults of a sheet cannot approve its annotations")
        .help("write `status: approved` in each annotation that somebody has approved")
}
