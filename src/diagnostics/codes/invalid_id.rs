//! The id of an annotation or correction is not made of `a-z 0-9 -`.
//!
//! The id is part of the note's address, of other notes' references and of file names. It has 1 to
//! 80 characters, small letters, digits and hyphens, with no hyphen at either end. For a note in a
//! Markdown file it is the file's name.
//!
//! Rename it: `Scoping review` could be `scoping-review`.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::slugify;

/// The annotation or correction at `place` is called `id`.
pub fn invalid_id(place: Place, id: &str) -> Diagnostic {
    let shown: String = id.chars().take(80).collect();
    let slug = slugify(&shown);
    let help = if slug.is_empty() { "name it with a-z, 0-9 and -".to_owned() } else { format!("name it `{slug}`") };
    Diagnostic::error("invalid-id", place, format!("`{shown}` cannot be an id")).help(help)
}
