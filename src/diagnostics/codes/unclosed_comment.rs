//! A comment in a transcript never ends.
//!
//! What stands between `<!--` and `-->` is left out of the record. Without its end mark a comment runs
//! to the end of the file, and nobody can tell which words were meant to be left out. Write `-->`
//! where it ends, or put a backslash before `<!--` if those characters are words.

use crate::diagnostics::{Diagnostic, Place};

/// The comment that begins at `place` has no end.
pub fn unclosed_comment(place: Place) -> Diagnostic {
    Diagnostic::error("unclosed-comment", place, "this comment has no end")
        .help("write `-->` where it ends, or `\\<!--` if it is words")
}
