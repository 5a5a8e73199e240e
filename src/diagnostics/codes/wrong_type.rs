//! A key has a value of the wrong type: a list where a text is wanted, a text where a list is.
//!
//! Most often YAML read something into a text. `[Mr Dai Havard in the Chair]` is a list with one
//! item, and `- Let me be clear: if it can be done` is a key and its value.
//!
//! A text that YAML would read in its own way is written on lines of its own under `>-`, or between
//! quotation marks. A list of one is still a list: `topics: [data]`.

use crate::diagnostics::{Diagnostic, Place};

/// `name` is `found` where `wanted` is wanted: "a list" for "a text".
pub fn wrong_type(place: Place, name: &str, wanted: &str, found: &str) -> Diagnostic {
    Diagnostic::error("wrong-type", place, format!("{name} is {found} here, and should be {wanted}"))
}
