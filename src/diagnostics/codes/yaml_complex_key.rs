//! A mapping has a key that is not a text.
//!
//! YAML lets a list, a mapping or nothing at all be a key. No file of a site has a use for that;
//! most often a bracket, a question mark or a colon at the start of a line is part of a text.
//!
//! Indent the line below the key of the text that it belongs to, or write the key as one word.

use crate::diagnostics::{Diagnostic, Place};

/// The key at `place` is a list, a mapping or nothing.
pub fn yaml_complex_key(place: Place) -> Diagnostic {
    Diagnostic::error("yaml-complex-key", place, "this key is not a text")
        .help("write the key as one word; if the line is part of a text, put that text under `>-`")
}
