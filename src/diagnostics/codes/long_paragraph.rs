//! A paragraph of a transcript is longer than the limit.
//!
//! A paragraph is what gets an id and what a note is tied to; one of many megabytes is a file whose
//! blank lines are lost, or no transcript. Put a blank line between its paragraphs.

use crate::diagnostics::{Diagnostic, Place};

/// The paragraph that begins at `place` has `bytes` bytes, more than `limit`.
pub fn long_paragraph(place: Place, bytes: usize, limit: usize) -> Diagnostic {
    let message = format!("this paragraph has {bytes} bytes; the limit is {limit}");
    Diagnostic::error("long-paragraph", place, message)
        .help("put a blank line between the paragraphs, or name the file's format in `debate.yaml`")
}
