//! A symbolic link can't be followed: it leads out of the site, or nowhere.
//!
//! A site is what lies below its root, so that a build can be repeated elsewhere and a contribution
//! can't read other files of the machine. Copy the file into the site instead.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// The link at `path` can't be used, for this `reason`.
pub fn bad_link(path: &str, reason: &str) -> Diagnostic {
    let path = SitePath::new(path).unwrap_or_else(|| SitePath::new("content").expect("a plain name"));
    let source = Source::new(path.clone(), "");
    Diagnostic::error("bad-link", Place::file(&source), format!("the link `{path}` was not followed: {reason}"))
        .help("copy the file into the site, or remove the link")
}
