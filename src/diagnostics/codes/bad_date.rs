//! A date is not one.
//!
//! Dates are written year first, with two digits for month and day: `2012-12-20`. The day must
//! exist: `2013-02-29` doesn't. Where the record gives a date only in words (`by the end of spring
//! 2013`), `due: {said: …}` takes the words and `by:` your reading of them.

use crate::diagnostics::{Diagnostic, Place};

/// `text`, at `place`, is no date.
pub fn bad_date(place: Place, text: &str) -> Diagnostic {
    Diagnostic::error("bad-date", place, format!("`{text}` is not a date")).help("write year, month and day: `2012-12-20`; the day must exist")
}
