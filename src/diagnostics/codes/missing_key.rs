//! A key that a file must have is missing, or has no value.
//!
//! Few keys are required: a site's, debate's, topic's and briefing's `title`, a debate's `date`, a
//! person's `name`. Without them the page could not be named or placed in order.

use crate::diagnostics::{Diagnostic, Place};

/// `owner`, at `place`, has no `key`.
pub fn missing_key(place: Place, key: &str, owner: &str) -> Diagnostic {
    Diagnostic::error("missing-key", place, format!("{owner} has no `{key}`")).help(format!("add `{key}: …`"))
}
