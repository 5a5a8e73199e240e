//! A file belongs to nothing.
//!
//! It was not read. Most often its name or its folder is slightly wrong: sheets end in `.notes.yaml`,
//! Markdown notes stand in a debate's `notes/`, pages of text in `content/pages`. In `static/` and in
//! themes a file whose name ends as tools name their copies (`.orig`, `.bak`, `.tmp` …) is not published:
//! it may hold what was taken out of the file beside it.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// Nothing reads the file at `path`.
pub fn stray_file(path: &SitePath) -> Diagnostic {
    Diagnostic::warning("stray-file", Place::file(&Source::new(path.clone(), "")), format!("nothing reads {path}"))
        .help("sheets end in `.notes.yaml`; Markdown notes stand in a debate's `notes/`; pages in content/pages")
}

/// The file at `path` has a name such as tools give to copies.
pub fn left_behind(path: &SitePath) -> Diagnostic {
    let message = format!("{path} looks like something that a tool left behind: it is not published");
    Diagnostic::warning("stray-file", Place::file(&Source::new(path.clone(), "")), message)
        .help("remove it; or, if it is to be published, give it another name")
}
