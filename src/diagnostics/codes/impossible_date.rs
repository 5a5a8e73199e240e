//! A date is not a day of the calendar, or is not written `YYYY-MM-DD`.
//!
//! Dates are compared, sorted and published in feeds and calendars, so each must be one day:
//! `2013-05-31`. What a speaker said of a date in words ("by the end of spring 2013") is kept beside
//! it, as text.
//!
//! Write the day as four digits of the year, two of the month and two of the day.

use crate::diagnostics::{Diagnostic, Place};

/// `text`, at `place`, is no date.
pub fn impossible_date(place: Place, text: &str) -> Diagnostic {
    let shown: String = text.chars().take(60).collect();
    let digits = shown.len() == 10 && shown.bytes().filter(u8::is_ascii_digit).count() == 8;
    let message = if digits && shown.bytes().filter(|b| *b == b'-').count() == 2 {
        format!("`{shown}` is not a day of the calendar")
    } else {
        format!("`{shown}` is not a date of the form YYYY-MM-DD")
    };
    Diagnostic::error("impossible-date", place, message).help("write a day that exists, as 2013-05-31")
}
