//! An annotation has a key that only annotations of another kind have.
//!
//! `due`, `owed_by` and `outcome` belong to a `commitment`, `verdict` to a `fact-check`, `term` to a
//! `definition`. On another kind they would be passed over: a note without `kind` is a `note`, so
//! that a commitment whose kind was forgotten would be followed up by nobody.
//!
//! Set the kind, or take the key out.

use crate::diagnostics::{Diagnostic, Place};

/// `key`, at `place`, belongs to the kind `owner`, and the annotation's is `kind`.
pub fn key_of_another_kind(place: Place, key: &str, owner: &str, kind: &str) -> Diagnostic {
    let message = format!("`{key}` belongs to a {owner}, and this annotation is a {kind}");
    Diagnostic::error("key-of-another-kind", place, message)
        .help(format!("write `kind: {owner}`, or take `{key}` out"))
}
