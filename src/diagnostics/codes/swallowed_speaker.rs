//! A code block or an HTML block in a transcript runs over a speaker's heading.
//!
//! A fence of three backquotes, or a tag such as `<!--` at the start of a line, begins a block that
//! goes on to its end mark, blank lines and headings included. Where the end mark is missing, the
//! speeches after it are read as a part of the speech before, and their words would be put into the
//! wrong person's mouth. Close the block before the heading, or put a backslash before its first
//! character if it was never meant as one.

use crate::diagnostics::{Diagnostic, Place};

/// The `block` ("code block", "HTML block") that begins at `place` holds a speaker's heading.
pub fn swallowed_speaker(place: Place, block: &str) -> Diagnostic {
    let message = format!("this {block} runs over a speaker's heading");
    Diagnostic::error("swallowed-speaker", place, message)
        .help("close it before the heading, or put `\\` before its first character")
}
