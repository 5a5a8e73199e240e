//! Something that readers see names a topic or a person that they can't see.
//!
//! The file of a topic, a person or a page may say `status: draft`, and is then left out as a draft briefing is.
//! What is filed under a draft topic is published without it, and a draft person is nobody's link. Nothing
//! leads nowhere, so this is a warning: publish what is named when it is ready, or take the name out. Drafts may
//! name drafts.

use crate::diagnostics::{Diagnostic, Place};

/// `name`, at `place`, is `what` ("a topic") that readers can't see; `why` is the end of a sentence.
pub fn unpublished_name(place: Place, name: &str, what: &str, why: &str) -> Diagnostic {
    Diagnostic::warning(
        "unpublished-name",
        place,
        format!("`{name}` is {what} that readers can't see: {why}; it is left out here"),
    )
    .help("take `status` out of its file to publish it, or take the name out here")
}
