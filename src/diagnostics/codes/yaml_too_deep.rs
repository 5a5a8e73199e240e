//! Lists and mappings lie in each other more than 100 deep.
//!
//! No file of a site needs more than five or six. Deeper nesting is a run of brackets or dashes
//! that was not meant as YAML, or an attempt to exhaust the program.
//!
//! Write a text that begins with brackets or dashes on lines of its own under `>-`.

use crate::diagnostics::{Diagnostic, Place};

/// The nesting passes the limit at `place`.
pub fn yaml_too_deep(place: Place) -> Diagnostic {
    Diagnostic::error("yaml-too-deep", place, "lists and mappings lie more than 100 deep in each other here")
        .help("write a text that begins with brackets or dashes on lines of its own under `>-`")
}
