//! A file, or an entry of it, is not YAML.
//!
//! The characters that YAML gives a meaning are common in prose: a colon and a space make a key, a
//! space and `#` a comment, `[` a list, `{` a mapping, and `"` a quotation that ends at the next
//! one. Indentation is by spaces, and says what belongs to what.
//!
//! The form in which no character means anything puts the text on lines of its own, indented, under
//! `>-` (lines are joined) or `|` (lines are kept):
//!
//!     quote: >-
//!       Let me be clear: if it can be done, “it will be”.

use crate::diagnostics::{Diagnostic, Place};

/// The syntax is broken at `place`; `message` says how.
pub fn yaml_syntax(place: Place, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error("yaml-syntax", place, message)
}
