//! A key that must be there is not.
//!
//! The documentation of each file says which of its keys are required; the others may be left out.
//!
//! Add the key.

use crate::diagnostics::{Diagnostic, Place};

/// `owner`, which begins at `place`, has no `key`.
pub fn missing_key(place: Place, key: &str, owner: &str) -> Diagnostic {
    Diagnostic::error("missing-key", place, format!("{owner} has no `{key}`, which is required"))
        .help(format!("add `{key}: …`"))
}
