//! A key stands twice in one mapping.
//!
//! Only one of the two values can count, and most programs take the last in silence. It happens
//! most easily where two branches that both added to a file were merged.
//!
//! Take one of them out; if both are meant, give one of them another name.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::Span;

/// `key`, at `place`, stands already at `first` in the same mapping.
pub fn duplicate_key(place: Place, key: &str, first: Span) -> Diagnostic {
    let line = place.source.line_column(first.start as usize).line;
    Diagnostic::error("duplicate-key", place, format!("`{key}` stands here a second time"))
        .note(format!("it stands first on line {line}"))
        .help("take one of the two out; if both are meant, give one another name")
}
