//! A transcript is in no format that is known.
//!
//! A transcript is recognised by the extension of its file and by what only its format has in it. A
//! text that has neither the lines of a TheyWorkForYou page nor a `### Speaker:` heading could be
//! anything, and reading it in the wrong way would put words into the wrong person's mouth.
//! `rapporteur formats` lists the formats and how each is recognised. Where you know which it is, say
//! so: `--transcript-format NAME` at import, `format: NAME` in `debate.yaml`.

use crate::diagnostics::{Diagnostic, Place};

/// The transcript at `place` is in none of the formats that are read.
pub fn unrecognised_transcript(place: Place) -> Diagnostic {
    Diagnostic::error("unrecognised-transcript", place, "this is in no format that is read: nothing in it shows who speaks")
        .help("write `### Name:` above each speech and save it as `.md`")
        .note("`rapporteur formats` lists what is read, and how each is recognised")
        .note("where you know its format: `--transcript-format NAME` at import, `format: NAME` in debate.yaml")
}
