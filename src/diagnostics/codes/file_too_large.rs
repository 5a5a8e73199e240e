//! A file is larger than the limit for its kind.
//!
//! A sheet, a note or a page may have 1 MiB, a transcript 256 MiB. Anything above is almost
//! certainly not what it is taken for; the limits keep one file from stopping a build. Split a sheet
//! by topic or by author; split a transcript at its headings.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// `path` has `size` bytes where `limit` are allowed.
pub fn file_too_large(path: &SitePath, size: u64, limit: u64) -> Diagnostic {
    let source = Source::new(path.clone(), "");
    Diagnostic::error("file-too-large", Place::file(&source), format!("the file has more than {} KiB ({size} bytes)", limit >> 10))
        .help("split it: sheets by topic or author, a transcript at its headings")
}

/// The file at `path`, which is only copied, has `size` bytes where `limit` are allowed.
pub fn copy_too_large(path: &SitePath, size: u64, limit: u64) -> Diagnostic {
    let source = Source::new(path.clone(), "");
    let message = format!("the file has {size} bytes; of what is copied, no file may have more than {} MiB", limit >> 20);
    Diagnostic::error("file-too-large", Place::file(&source), message)
        .help("publish it elsewhere and link to it, or divide it")
}
