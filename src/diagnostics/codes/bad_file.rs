//! Something in the site's folders is not a file that can be used.
//!
//! Only regular files with UTF-8 names are read: no pipes, devices or sockets, no name longer than
//! 200 bytes, no path longer than 1,024. Rename or remove it.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// The thing at `path` can't be used, for this `reason`.
pub fn bad_file(path: &str, reason: &str) -> Diagnostic {
    let fallback = || SitePath::new("content").expect("a plain name");
    let source = Source::new(SitePath::new(path).unwrap_or_else(fallback), "");
    Diagnostic::error("bad-file", Place::file(&source), format!("{path:?} was not read: {reason}")).help("rename or remove it")
}
