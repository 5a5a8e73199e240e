//! A symbolic link leads back to a folder that holds it.
//!
//! Following it would never end, so nothing below it was read. Remove the link, or let it point at a
//! file or folder that does not contain it.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// The link at `path` closes a loop.
pub fn link_loop(path: &str) -> Diagnostic {
    let path = SitePath::new(path).unwrap_or_else(|| SitePath::new("content").expect("a plain name"));
    let source = Source::new(path.clone(), "");
    Diagnostic::error("link-loop", Place::file(&source), format!("the link `{path}` leads back to a folder that holds it"))
        .help("remove the link; nothing below it was read")
}
