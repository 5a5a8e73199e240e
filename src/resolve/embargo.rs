//! Moments before and after which something may not be published, judged at the site's `as_of` day:
//! a build reads no clock.

use crate::diagnostics::{self, Diagnostic, Place};
use jiff::civil::Date;

/// Whether an embargo still holds on the day `as_of`. One that can't be read, and any where the site
/// names no day, holds: nothing leaks for want of a date.
pub fn is_closed(
    embargo: Option<&str>,
    as_of: Option<Date>,
    place: impl FnOnce() -> Place,
    remarks: &mut Vec<Diagnostic>,
) -> bool {
    let Some(text) = embargo else { return false };
    match (day_of(text), as_of) {
        (Some(day), Some(as_of)) => as_of < day,
        (Some(_), None) => true,
        (None, _) => {
            remarks.push(diagnostics::impossible_date(place(), text));
            true
        }
    }
}

/// Whether something that expires has done so on the day `as_of`. Where the site names no day it has:
/// nothing is shown for longer than it may be.
pub fn is_past(
    expires: Option<&str>,
    as_of: Option<Date>,
    place: impl FnOnce() -> Place,
    remarks: &mut Vec<Diagnostic>,
) -> bool {
    let Some(text) = expires else { return false };
    match (day_of(text), as_of) {
        (Some(day), Some(as_of)) => as_of > day,
        (Some(_), None) => true,
        (None, _) => {
            remarks.push(diagnostics::impossible_date(place(), text));
            true
        }
    }
}

/// The day of a date (`2013-01-10`) or of a moment with its zone (`2013-01-10T09:30+00:00`).
/// The embargo of a moment ends with the day after it begins to be free, since `as_of` is a day.
fn day_of(text: &str) -> Option<Date> {
    if let Some(day) = crate::yaml::parse_date(text) {
        return Some(day);
    }
    let moment = text.parse::<jiff::Timestamp>().map(|stamp| stamp.to_string()).ok()?;
    crate::yaml::parse_date(moment.get(..10)?)?.tomorrow().ok()
}
