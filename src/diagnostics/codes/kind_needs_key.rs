//! An annotation's kind needs a key that it does not have.
//!
//! A `fact-check` needs its `verdict` and the `sources` that it rests on, a `cross-reference` the
//! annotations to `see`. A draft may still lack them. (A `definition` without a `term` defines the words it quotes.)
//!
//! Add the key, or choose another kind.

use crate::diagnostics::{Diagnostic, Place};

/// The annotation whose kind is at `place` is a `kind` and has no `key`.
pub fn kind_needs_key(place: Place, kind: &str, key: &str) -> Diagnostic {
    Diagnostic::error("kind-needs-key", place, format!("a {kind} needs `{key}`, which is not here"))
        .help(format!("add `{key}`, or choose another kind"))
}
