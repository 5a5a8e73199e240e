//! A file is not UTF-8 text.
//!
//! Every file of a site is UTF-8. A file saved by an older program as Windows-1252, Latin-1 or
//! UTF-16 would show wrong characters, and a record must be right to the character. Open the file in
//! an editor and save it as UTF-8; for a transcript, obtain it again and look at it first.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source, Span};

/// The bytes of `path` stop being UTF-8 at `at`.
pub fn not_utf8(path: &SitePath, bytes: &[u8], at: usize) -> Diagnostic {
    let good = String::from_utf8_lossy(&bytes[..at]).into_owned();
    let source = Source::new(path.clone(), good);
    let end = source.text.len();
    let what = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "the file looks like UTF-16".to_owned(),
        _ => format!("byte {:#04x} here is not UTF-8", bytes.get(at).copied().unwrap_or_default()),
    };
    Diagnostic::error("not-utf8", Place::new(&source, Span::new(end..end)), what)
        .help("save the file as UTF-8; if it came from Word or an old site it is probably Windows-1252")
}
