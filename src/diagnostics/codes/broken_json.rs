//! A transcript in JSON can't be read.
//!
//! The file is cut off, or is not what Hansard online gives out for a debate: an object with an
//! `Overview`, `Items` and `ChildDebates`. The message says what was expected and where. Obtain the
//! file again.

use crate::diagnostics::{Diagnostic, Place};

/// The JSON at `place` can't be read, for this `reason`.
pub fn broken_json(place: Place, reason: &str) -> Diagnostic {
    Diagnostic::error("broken-json", place, format!("this JSON is no debate of Hansard online: {reason}"))
        .help("obtain the file again: `/debates/debate/{id}.json` of Hansard online")
}
