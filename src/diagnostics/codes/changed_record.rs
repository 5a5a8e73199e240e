//! A transcript is not the one that its debate's lock records.
//!
//! The lock holds the fingerprint of the record that the notes were checked against. The record must
//! not change unnoticed: restore the file, or, if this is a newer publication, lock it again.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::Source;

/// The transcript's fingerprint is `found`, the lock has `locked`.
pub fn changed_record(transcript: &Source, found: &str, locked: &str) -> Diagnostic {
    Diagnostic::error("changed-record", Place::file(transcript), "this is not the transcript that debate.lock records")
        .note(format!("the lock has {locked}"))
        .note(format!("the file is {found}"))
        .help("restore the file; if the record was republished, look at the changes and run `rapporteur lock`")
}
