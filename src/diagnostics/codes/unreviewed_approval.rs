//! A note says `approved`, but what was approved is not what it says now.
//!
//! Approval belongs to the words, the remark and the facts that a person looked at, and to that person:
//! `rapporteur approve DEBATE/ID --by ROLE` records them in the debate's lock. Edit one of them and the
//! note is in review again until somebody approves it anew; `rapporteur review` shows what was approved
//! and what it says now. The note is published, with the label *in review*.

use crate::diagnostics::{Diagnostic, Place};

/// The note `id` of `debate` at `place` is marked approved; the lock does not have it so, for this reason.
pub fn unreviewed_approval(place: Place, debate: &str, id: &str, why: &str) -> Diagnostic {
    Diagnostic::warning("unreviewed-approval", place, format!("`{id}` says approved, but the lock has no approval of what it says now"))
        .note(why)
        .help(format!("look it through, then run `rapporteur approve {debate}/{id} --by ROLE`"))
}
