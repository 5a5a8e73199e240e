//! A file uses an anchor (`&name`) or an alias (`*name`), which are not allowed here.
//!
//! YAML lets one value stand in several places by name. In a file that many people edit this hides
//! what a note says, and a few lines of it can unfold to gigabytes. Most often none is meant: a
//! text that begins with `*` or `&` reads as one.
//!
//! Write such a text on lines of its own under `>-`, or between quotation marks; repeat a value
//! that is wanted twice.

use crate::diagnostics::{Diagnostic, Place};

/// At `place` stands `&name` or `*name`.
pub fn yaml_anchor(place: Place) -> Diagnostic {
    let written: String = place.source.slice(place.span).chars().take(40).collect();
    let what = if written.starts_with('&') { "an anchor" } else { "an alias" };
    Diagnostic::error("yaml-anchor", place, format!("`{written}` reads as {what}, which is not allowed here"))
}
