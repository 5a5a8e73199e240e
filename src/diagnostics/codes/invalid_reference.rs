//! An item of `see` is not the name of an annotation.
//!
//! It is the id of an annotation of the same debate (`tip-of-the-iceberg`), or a debate's folder and
//! an id with a slash between them.
//!
//! Write the id as it stands in its sheet.

use crate::diagnostics::{Diagnostic, Place};

/// `name`, at `place`, has not the form of one.
pub fn invalid_reference(place: Place, name: &str) -> Diagnostic {
    let shown: String = name.chars().take(80).collect();
    Diagnostic::error("invalid-reference", place, format!("`{shown}` is not the name of an annotation"))
        .help("write its id, or for another debate `debate/id`: a-z, 0-9 and - only")
}
