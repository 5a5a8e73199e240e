//! A file is something else than a transcript.
//!
//! Each format is recognised by what only files in it have: parlparse by `<publicwhip>`, Akoma Ntoso by
//! `<akomaNtoso>` and a `<debate>` in it, ParlaMint by `<TEI>` and utterances, captions by their lines of
//! times. A PDF, a Word document, a bill, a web page that says "not found", a picture saved under a
//! transcript's name are told apart by what they begin with, and are not read as if they were debates.
//! `rapporteur formats` lists what is read.

use crate::diagnostics::{Diagnostic, Place};

/// The file at `place` is `what`, and `way` says what to do.
pub fn foreign_document(place: Place, what: &str, way: &str) -> Diagnostic {
    Diagnostic::error("foreign-document", place, format!("this is {what}")).help(way)
}
