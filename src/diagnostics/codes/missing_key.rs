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

/// The site was published with `key` set to `value`, and its configuration at `place` no longer has the key.
pub fn lost_key(place: Place, key: &str, value: &str) -> Diagnostic {
    let message = format!("the site was published with `{key}: {value}`, and rapporteur.yaml no longer says so");
    Diagnostic::error("missing-key", place, message)
        .help(format!("write `{key}: {value}` as before, or `{key}: in-review` where more is to be published"))
}
