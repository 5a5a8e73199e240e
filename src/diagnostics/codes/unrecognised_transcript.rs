//! A transcript is in no format that is known.
//!
//! A transcript is recognised by the extension of its file and by what is in it. A text file that has
//! neither the lines of a TheyWorkForYou page nor a `### Speaker:` heading could be anything, and
//! reading it in the wrong way would put words into the wrong person's mouth. Name its format in
//! `debate.yaml` (`format: markdown`), or give the file the extension of its format.

use crate::diagnostics::{Diagnostic, Place};

/// The transcript at `place` is in none of the `formats`, each its name and what it is.
pub fn unrecognised_transcript(
    place: Place,
    formats: impl Iterator<Item = (&'static str, &'static str)>,
) -> Diagnostic {
    let known = formats.map(|(name, title)| format!("`{name}`: {title}"));
    let mut diagnostic =
        Diagnostic::error("unrecognised-transcript", place, "this transcript is in no format that is known")
            .help("say which it is in `debate.yaml` (`format: markdown`), or name every speaker: `### Name:`");
    diagnostic.notes.extend(known);
    diagnostic
}
