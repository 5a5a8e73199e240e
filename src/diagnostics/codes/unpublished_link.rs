//! A published text points at something that readers can't see.
//!
//! A link, a `see`, a key point or a list of debates leads to a draft, to something whose embargo holds, that
//! has expired or that is retracted. Readers would find no page, and its title or address would be known
//! before its time. Publish what is pointed at, or take the reference out. A text that is a draft itself may
//! point at drafts.

use crate::diagnostics::{Diagnostic, Place};

/// `target`, at `place`, is `what` ("a briefing") that readers can't see; `why` is the end of a sentence.
pub fn unpublished_link(place: Place, target: &str, what: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        "unpublished-link",
        place,
        format!("`{target}` is {what} that readers can't see: {why}"),
    )
    .help("publish that first, or take the reference out")
}
