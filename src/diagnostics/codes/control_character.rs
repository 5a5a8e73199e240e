//! A transcript holds a control character.
//!
//! Control characters (the first 32 of Unicode but for tab and line breaks, and delete) have no
//! shape, no place on a web page and no meaning in a record; they come from damaged files. Somebody
//! who reviews the file can't see them. Take them out, or obtain the file again.

use crate::diagnostics::{Diagnostic, Place};

/// `found` stands at `place`, the first of `count` control characters.
pub fn control_character(place: Place, found: char, count: usize) -> Diagnostic {
    let more = if count > 1 { format!(", the first of {count}") } else { String::new() };
    let message = format!("the control character U+{:04X} stands here{more}", u32::from(found));
    Diagnostic::error("control-character", place, message)
        .help("take it out; an editor that shows invisible characters helps to find it")
}
