//! The one place that reads the clock: what `today` means, where a site or a command asks for it, and the
//! day of a preview.

use jiff::civil::Date;

/// The day that it is, where the program runs.
#[expect(
    clippy::disallowed_methods,
    reason = "asked for by name: `as_of: today`, `--as-of today`, a preview, or an approval given today"
)]
pub fn today() -> Date {
    jiff::ZonedDateTime::now().date()
}
