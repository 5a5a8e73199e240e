//! A debate's lock can't be read.
//!
//! `debate.lock` is written by `rapporteur lock` and not meant to be edited. Restore it from version
//! control, or write it anew.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::Source;

/// The lock can't be read, for this `reason`.
pub fn bad_lock(lock: &Source, reason: &str) -> Diagnostic {
    Diagnostic::error("bad-lock", Place::file(lock), format!("the lock can't be read: {reason}"))
        .help("restore it from version control, or run `rapporteur lock`")
}
