//! A value has a tag (`!name`, `!!str`), which is not allowed here.
//!
//! A tag tells a program what to make of a value. Every value's type is known here, so that a tag
//! can only contradict it. Most often none is meant: a text that begins with `!` reads as one.
//!
//! Write such a text on lines of its own under `>-`, or between quotation marks; take a tag out.

use crate::diagnostics::{Diagnostic, Place};

/// At `place` stands `!name`.
pub fn yaml_tag(place: Place) -> Diagnostic {
    let written: String = place.source.slice(place.span).chars().take(40).collect();
    Diagnostic::error("yaml-tag", place, format!("`{written}` reads as a tag, which is not allowed here"))
}
