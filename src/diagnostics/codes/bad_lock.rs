//! A debate's lock can't be read.
//!
//! `debate.lock` is written by `rapporteur` and not meant to be edited. Restore it from version
//! control. Where a merge left both sides in it, or a note twice, merge the sheets first and then run
//! `rapporteur lock DEBATE`: it puts approvals of both sides together where they are of one and the same
//! record, and says so where they are not. A lock of a newer version wants the newer program.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::Source;

/// The lock can't be read, for this `reason`; `help` says what to do, where that is known.
pub fn bad_lock(lock: &Source, reason: &str, help: Option<&str>) -> Diagnostic {
    let debate = super::debate_of(lock);
    let otherwise = "restore it from version control, or run `rapporteur lock DEBATE`, which mends what a merge left";
    Diagnostic::error("bad-lock", Place::file(lock), format!("the lock can't be read: {reason}"))
        .help(help.unwrap_or(otherwise).replace("DEBATE", debate))
}
