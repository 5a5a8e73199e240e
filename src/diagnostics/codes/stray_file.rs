//! A file under `content/` belongs to nothing.
//!
//! It was not read. Most often its name or its folder is slightly wrong: sheets end in `.notes.yaml`,
//! Markdown notes stand in a debate's `notes/`, pages of text in `content/pages`.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// Nothing reads the file at `path`.
pub fn stray_file(path: &SitePath) -> Diagnostic {
    Diagnostic::warning("stray-file", Place::file(&Source::new(path.clone(), "")), format!("nothing reads {path}"))
        .help("sheets end in `.notes.yaml`; Markdown notes stand in a debate's `notes/`; pages in content/pages")
}
