//! An annotation has `targets` and, beside it, `at`, `quote`, `before` or `after`.
//!
//! `targets` is a list of places, each with its own keys. Beside the list the same keys would leave
//! it open whether they are one more place or hold for each.
//!
//! Move the keys into the list, as an item of their own or into the item that they belong to.

use crate::diagnostics::{Diagnostic, Place};

/// `key` stands at `place`, beside `targets`.
pub fn targets_and_selector(place: Place, key: &str) -> Diagnostic {
    Diagnostic::error("targets-and-selector", place, format!("`{key}` stands beside `targets`"))
        .help(format!("move `{key}` into an item of `targets`"))
}
