//! A note says `approved`, but what was approved is not what it says now.
//!
//! Approval belongs to the words, the remark and the facts that a person looked at: `rapporteur lock`
//! records their fingerprint. Edit one of them and the note is in review again until it is locked
//! anew. The note is published, with the label *in review*.

use crate::diagnostics::{Diagnostic, Place};

/// The note `id` at `place` is marked approved; the lock does not have it so.
pub fn unreviewed_approval(place: Place, id: &str) -> Diagnostic {
    Diagnostic::warning("unreviewed-approval", place, format!("`{id}` says approved, but the lock has no approval of what it says now"))
        .help("look it through, then run `rapporteur lock` to record the approval")
}
