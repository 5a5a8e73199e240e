//! A JSON transcript holds half a character.
//!
//! JSON writes a character beyond the first 65,536 as two escapes, `\ud83d\ude00`. One of the two alone
//! stands for nothing: a program has cut the text in the middle of a character, and what stood there is
//! lost. No page can show it and nobody can say what was meant. Obtain the file again, or write the
//! character that belongs there.

use crate::diagnostics::{Diagnostic, Place};

/// The `escape` at `place` is half a character, the first of `count`.
pub fn half_character(place: Place, escape: &str, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", the first of {count}") } else { String::new() };
    let message = format!("the escape `{escape}` is half a character: its other half is missing{more}");
    Diagnostic::error("half-character", place, message)
        .help("obtain the file again, or write the character that belongs there")
}
