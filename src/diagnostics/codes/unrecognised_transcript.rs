//! A transcript is in no format that is known.
//!
//! A transcript is recognised by the extension of its file and by what only its format has in it. A
//! text that has neither the lines of a TheyWorkForYou page nor `### Speaker:` headings, and in which no
//! names recur before the words, could be anything, and reading it in the wrong way would put words into the
//! wrong person's mouth. `rapporteur formats` lists the formats and how each is recognised. Where you know
//! which it is, say so: `--transcript-format NAME` at import, `format: NAME` in `debate.yaml`.

use crate::diagnostics::{Diagnostic, Place};

/// The transcript at `place` is in none of the formats that are read. `resembles` is how many lines may name a
/// speaker, and the first of them.
pub fn unrecognised_transcript(place: Place, resembles: Option<(usize, &str)>) -> Diagnostic {
    let message = "this is in no format that is read: nothing in it shows who speaks";
    let mut diagnostic = Diagnostic::error("unrecognised-transcript", place, message)
        .help("write `### Name:` above each speech and save it as `.md`");
    if let Some((count, first)) = resembles {
        let lines = if count == 1 { "1 line begins".to_owned() } else { format!("{count} lines begin") };
        diagnostic.notes.push(format!(
            "{lines} with what may be a speaker's name (`{first}`), and nothing proves it: `--transcript-format text` \
             when importing, `format: text` in debate.yaml, reads them so"
        ));
    }
    diagnostic
        .note("`rapporteur formats` lists what is read, and how each is recognised")
        .note("where you know its format: `--transcript-format NAME` at import, `format: NAME` in debate.yaml")
}
