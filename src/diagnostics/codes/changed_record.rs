//! A transcript is not the one that its debate's lock records.
//!
//! The lock holds the fingerprint of the record that the notes were checked against. The record must
//! not change unnoticed, and no command takes a changed file along: restore it. If it is a newer
//! publication, keep it elsewhere, restore the old file, and import the new one over the debate:
//! `rapporteur import FILE --into content/debates/DEBATE` reports what it changes and keeps the old
//! revision. Line ends do not count.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::Source;

/// The transcript's fingerprint is `found`, the lock has `locked`.
pub fn changed_record(transcript: &Source, found: &str, locked: &str) -> Diagnostic {
    Diagnostic::error("changed-record", Place::file(transcript), "this is not the transcript that debate.lock records")
        .note(format!("the lock has {locked}"))
        .note(format!("the file is {found}"))
        .help(format!("restore the file; if the record was republished, keep the new file elsewhere, restore the old one, and run `rapporteur import FILE --into content/debates/{}`", super::debate_of(transcript)))
}
