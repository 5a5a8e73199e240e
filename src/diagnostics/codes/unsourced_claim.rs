//! A claim that readers see has no source.
//!
//! A note of the kind `claim` says that something can be checked. Name what it can be checked against
//! under `sources`, check it (`kind: fact-check`), or call it a `note`. Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The claim `id`, at `place`, names no source.
pub fn unsourced_claim(place: Place, id: &str) -> Diagnostic {
    Diagnostic::warning("unsourced-claim", place, format!("the claim `{id}` has no source"))
        .help("name under `sources` what it can be checked against")
}
