//! A key has a value that is not one of those it may have.
//!
//! Some keys take one word of a fixed list: a note's `kind`, its `status`, a `verdict`. A word that
//! is not on the list would be passed over or mean something else than intended.
//!
//! Use one of the words that the message lists.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `value`, of `owner`, is not one of the `known` words.
pub fn unknown_value(place: Place, value: &str, owner: &str, known: &[&str]) -> Diagnostic {
    let shown: String = value.chars().take(60).collect();
    let near = nearest(&shown, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("one of {}", known.join(", ")),
    };
    Diagnostic::error("unknown-value", place, format!("`{shown}` is not a value of {owner}")).help(help).instead(value, near)
}
