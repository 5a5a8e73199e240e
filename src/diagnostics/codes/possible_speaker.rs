//! A line among the words looks as if it named a speaker.
//!
//! `Bob Roe: words` in the middle of somebody's speech may be words, or somebody else's speech whose
//! label the format does not know. Nothing is guessed: the line stays with the speech, and is reported.
//! In a Markdown transcript write `### Bob Roe:` if he speaks here, and `Bob Roe\: words` if not. In
//! other formats the source is kept as obtained: look at the line, and correct the copy if a label was
//! lost in it.

use crate::diagnostics::{Diagnostic, Place};

/// How a transcript names its speakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    /// By headings that an author writes, and can write otherwise: Markdown.
    Heading,
    /// By lines of a text that is kept as it was obtained.
    Line,
}

/// The label at `place` is taken for a speaker's with this `name`, and is the only one that is.
pub fn possible_speaker_once(place: Place, name: &str) -> Diagnostic {
    let message = format!("`{name}` is taken for a speaker, and is named once only");
    Diagnostic::warning("possible-speaker", place, message)
        .help("if this is a speaker, say who in `speakers` in debate.yaml or in content/people; if these are words of the speech before, copy the transcript in the format `markdown`")
}

/// The heading at `place`, which is no speaker's, looks like one with this `name`.
pub fn possible_speaker_heading(place: Place, name: &str) -> Diagnostic {
    let message = format!("this heading looks as if `{name}` speaks under it, and it names nobody");
    Diagnostic::warning("possible-speaker", place, message)
        .help(format!("if {name} speaks here, write `### {name}:`; if it is a section, leave the colon out"))
}

/// The line at `place` looks like a label with this `name`.
pub fn possible_speaker(place: Place, name: &str, named_by: NamedBy) -> Diagnostic {
    let message = format!("this line looks as if `{name}` speaks here, and it is read as words of the speech before");
    let help = if named_by == NamedBy::Heading {
        format!("if {name} speaks here, write `### {name}:` in a line of its own; if not, write `{name}\\:`")
    } else {
        format!("if {name} speaks here, give the line the form in which the other speakers of this file are named")
    };
    Diagnostic::warning("possible-speaker", place, message).help(help)
}
