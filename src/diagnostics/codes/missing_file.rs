//! A debate's folder lacks a file that it must have.
//!
//! A debate is a folder with a `debate.yaml` and one transcript: `transcript.txt`, `.md`, `.xml`,
//! `.srt`, `.vtt` or `.json`.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// The debate's folder `folder` has no `file`.
pub fn missing_file(folder: &str, file: &str) -> Diagnostic {
    let fallback = || SitePath::new("content").expect("a plain name");
    let source = Source::new(SitePath::new(folder).unwrap_or_else(fallback), "");
    Diagnostic::error("missing-file", Place::file(&source), format!("the debate `{folder}` has no {file}"))
        .help("a debate needs a debate.yaml and a transcript (transcript.txt or transcript.md)")
}
