//! Nobody is named for words that follow somebody's speech.
//!
//! After a section's heading, a change of the chair or a link of the site that a text was copied from,
//! nobody is known to speak until somebody is named: the words may be the same speaker's or another's.
//! In a Markdown transcript name the speaker again (`### Ann Lee:`), write `> (…)` for what nobody said,
//! or, where it is known that nobody can be named, put a heading without words (`##`) before them.

use super::NamedBy;
use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` are nobody's, after words of `before`.
pub fn unnamed_words(place: Place, before: &str, named_by: NamedBy) -> Diagnostic {
    let message = format!("nobody is named for these words, which follow a speech by `{before}`");
    let help = if named_by == NamedBy::Heading {
        format!(
            "if {before} goes on, write `### {before}:` before them; `> (…)` is for what nobody says; an empty heading \
             `##` says that nobody can be named"
        )
    } else {
        "they are shown without a speaker; look whether the copy lost a line that names one".to_owned()
    };
    Diagnostic::warning("unnamed-words", place, message).help(help)
}
