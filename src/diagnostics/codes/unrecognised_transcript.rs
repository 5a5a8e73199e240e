//! A transcript is in no format that is known.
//!
//! A transcript is recognised by the extension of its file and by what is in it. A text file that has
//! neither the lines of a TheyWorkForYou page nor `### Speaker:` headings, and in which no names recur
//! before the words, could be anything, and reading it in the wrong way would put words into the wrong person's mouth. Name its format in
//! `debate.yaml` (`format: markdown`), or give the file the extension of its format.

use crate::diagnostics::{Diagnostic, Place};

/// The transcript at `place` is in none of the `formats`, each its name and what it is. `resembles` is how
/// many lines may name a speaker, and the first of them.
pub fn unrecognised_transcript(
    place: Place,
    formats: impl Iterator<Item = (&'static str, &'static str)>,
    resembles: Option<(usize, &str)>,
) -> Diagnostic {
    let known = formats.map(|(name, title)| format!("`{name}`: {title}"));
    let mut diagnostic =
        Diagnostic::error("unrecognised-transcript", place, "this transcript is in no format that is known")
            .help("say which it is in `debate.yaml` (`format: markdown`), or name every speaker: `### Name:`");
    if let Some((count, first)) = resembles {
        let lines = if count == 1 { "1 line begins".to_owned() } else { format!("{count} lines begin") };
        diagnostic.notes.push(format!(
            "{lines} with what may be a speaker's name (`{first}`), and nothing proves it: `format: text` in debate.yaml, \
             or `--transcript-format text` when importing, reads them so"
        ));
    }
    diagnostic.notes.extend(known);
    diagnostic
}
