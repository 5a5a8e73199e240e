//! A text is cut short by ` #`, which begins a comment.
//!
//! `title: Amendment #4 was lost` is the title `Amendment` and a comment. YAML sees nothing wrong
//! in it, so that half a sentence can be lost without a word. A comment that is meant has a space
//! after its `#`.
//!
//! Write the text on lines of its own under `>-`, or between quotation marks; or put a space after
//! the `#`.

use crate::diagnostics::{Diagnostic, Place};

/// What stands at `place` is a comment and was most likely meant as text.
pub fn text_cut_by_comment(place: Place) -> Diagnostic {
    Diagnostic::warning("text-cut-by-comment", place, "` #` begins a comment: the text ends before it")
        .note("a comment that is meant has a space after its `#`")
}
