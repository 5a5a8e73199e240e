//! A debate's folder has more than one transcript.
//!
//! The record is one file. Older revisions belong into the folder `revisions/`; another debate into a
//! folder of its own.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::Source;

/// The transcript `second` stands beside `first`.
pub fn two_transcripts(second: &Source, first: &str) -> Diagnostic {
    Diagnostic::error("two-transcripts", Place::file(second), format!("the debate already has {first}"))
        .help("keep one; move an older revision into revisions/")
}
