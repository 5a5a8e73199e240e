//! A line over a rule is read as words, not as a heading.
//!
//! Other Markdown tools make a heading of a line with `---` or `===` under it. In a transcript it is
//! words of whoever speaks, since a rule after a paragraph would otherwise take the paragraph out of
//! the speech. For a section write `## …`. If the words were spoken, put a blank line between them and
//! the rule.

use crate::diagnostics::{Diagnostic, Place};

/// The line at `place` has a rule straight under it.
pub fn underlined_words(place: Place) -> Diagnostic {
    Diagnostic::warning("underlined-words", place, "a line over a rule is no heading here: it is read as words")
        .help("for a section write `## …`; if these words were spoken, put a blank line before the rule")
}
