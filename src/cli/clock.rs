//! The one place that reads the clock: what `today` means, where a site or a command asks for it, and the
//! day of a preview.

use jiff::civil::Date;

/// The seconds since 1970, by which what is kept of other people's servers grows old.
#[expect(clippy::disallowed_methods, reason = "nothing of the site hangs on it")]
pub fn seconds() -> u64 {
    jiff::Timestamp::now().as_second().unsigned_abs()
}

/// The day that it is, where the program runs.
#[expect(
    clippy::disallowed_methods,
    reason = "asked for by name: `as_of: today`, `--as-of today`, a preview, or an approval given today"
)]
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}
