//! A time of day is not one.
//!
//! Times are written with 24 hours: `16:05`. In YAML put it in quotation marks, `"16:05"`.

use crate::diagnostics::{Diagnostic, Place};

/// `text`, at `place`, is no time.
pub fn bad_time(place: Place, text: &str) -> Diagnostic {
    Diagnostic::error("bad-time", place, format!("`{text}` is not a time of day")).help("write hours and minutes: `16:05`")
}
