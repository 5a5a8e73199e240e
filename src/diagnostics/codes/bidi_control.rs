//! A transcript holds a character that reorders the words after it.
//!
//! Unicode has characters that no reader sees and that set the direction of the text after them:
//! embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069). With them a page can be
//! made to read as something else than what its file says. They have a use where scripts of both
//! directions are mixed, so this is a warning: look at the words, and take the character out if it
//! does nothing for them.

use crate::diagnostics::{Diagnostic, Place};

/// `found` stands at `place`, the first of `count` such characters.
pub fn bidi_control(place: Place, found: char, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", the first of {count}") } else { String::new() };
    let message =
        format!("the invisible character U+{:04X} changes the order of the words here{more}", u32::from(found));
    Diagnostic::warning("bidi-control", place, message).help("take it out, unless the words need it")
}
