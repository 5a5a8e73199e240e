//! A note in a Markdown file has no front matter.
//!
//! The keys that a note has in a sheet (`at`, `quote`, `kind` …) stand at the top of its file
//! between two lines of `---`. Without them the note belongs nowhere.
//!
//! Add them: a line of `---`, the keys, and another line of `---`, before the text.

use crate::diagnostics::{Diagnostic, Place};

/// The file of `place` does not begin with a line of `---`.
pub fn missing_front_matter(place: Place) -> Diagnostic {
    Diagnostic::error("missing-front-matter", place, "this note has no front matter")
        .help("begin it with a line of `---`, its keys (`at: p2` …) and another line of `---`")
}
