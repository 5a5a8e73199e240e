//! A picture would be loaded from another host.
//!
//! A page makes no request but to its own site: readers are not tracked, and the page works from the
//! disk and in ten years. Put the picture into `static/` and link that file.

use crate::diagnostics::{Diagnostic, Place};

/// The picture `target`, at `place`, is not the site's.
pub fn remote_picture(place: Place, target: &str) -> Diagnostic {
    Diagnostic::error("remote-picture", place, format!("the picture `{target}` is on another host"))
        .help("put it into static/ and write the way to that file")
}
