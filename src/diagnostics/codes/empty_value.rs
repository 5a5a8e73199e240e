//! A key has no value.
//!
//! `title:` with nothing after it says neither what the title is nor that there is none. The value
//! may have been forgotten, indented too little, or swallowed by a comment: `title: #1` is an empty
//! title and a comment. The words `null` and `~` mean the same.
//!
//! Write what is meant, or leave the line out. A text with ` #` in it is written under `>-`.

use crate::diagnostics::{Diagnostic, Place};

/// Nothing stands after the key of `name`.
pub fn empty_value(place: Place, name: &str) -> Diagnostic {
    Diagnostic::error("empty-value", place, format!("{name} has no value"))
}
