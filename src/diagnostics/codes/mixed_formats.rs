//! A file of captions goes on in another format.
//!
//! From this line on the file has what no captions have: a Markdown heading, XML, JSON, or far more words
//! under one line of times than anybody can speak. Read as captions, those words would stand under the
//! name of whoever spoke last. Put each format into a file of its own and import them one by one.

use crate::diagnostics::{Diagnostic, Place};

/// The captions end at `place`, where `found` begins.
pub fn mixed_formats(place: Place, found: &str) -> Diagnostic {
    Diagnostic::error("mixed-formats", place, format!("the captions end here: this is {found}"))
        .help("put what follows into a file of its own, and import both; where these are words of a caption, write them without the marks of another format")
}
