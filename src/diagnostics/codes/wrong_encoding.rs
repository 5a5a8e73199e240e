//! An XML file is not in the encoding that it declares.
//!
//! The first line of an XML file may name its encoding (`encoding="ISO-8859-1"`). Where its bytes are
//! in another, every letter with an accent and every dash would come out wrong. Correct the
//! declaration, or save the file in the encoding that it names; a file without a declaration is UTF-8.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source, Span};

/// The XML at `path` is not in the encoding that it declares, for this `reason`.
pub fn wrong_encoding(path: &SitePath, bytes: &[u8], reason: &str) -> Diagnostic {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let shown = String::from_utf8_lossy(&bytes[..first]).into_owned();
    let source = Source::new(path.clone(), shown);
    let at = source.text.len();
    Diagnostic::error("wrong-encoding", Place::new(&source, Span::new(at..at)), format!("the encoding is not right: {reason}"))
        .help("correct the declaration in the first line, or save the file in the encoding that it names")
}
