//! Two elements of a transcript have one id.
//!
//! The publisher's own ids tell apart speeches, paragraphs and people. Two elements with one id mean
//! that the file was put together from two, or that a speech stands in it twice; a reader would see the
//! words twice. Obtain the file again, or give it to the editor who put it together.

use crate::diagnostics::{Diagnostic, Place};

/// The `id` at `place` is the id of an element above it already.
pub fn repeated_source_id(place: Place, id: &str) -> Diagnostic {
    Diagnostic::error("repeated-source-id", place, format!("`{id}` is already the id of an element above"))
        .help("obtain the file again; if it was put together from several, take out what stands in it twice")
}
