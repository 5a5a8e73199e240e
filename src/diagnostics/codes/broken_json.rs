//! A transcript in JSON can't be read.
//!
//! The file is cut off, a key stands twice in one object, or a value is not what the format has in its
//! place. The message says what was expected and where. Obtain the file again.

use crate::diagnostics::{Diagnostic, Place};

/// The JSON at `place` can't be read as `what` (`a debate of Hansard online`), for this `reason`.
pub fn broken_json(place: Place, what: &str, reason: &str) -> Diagnostic {
    Diagnostic::error("broken-json", place, format!("this JSON can't be read as {what}: {reason}"))
        .help("obtain the file again: it may be cut off, or written by another program")
}
