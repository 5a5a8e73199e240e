//! Nobody speaks in this transcript.
//!
//! There are words in it, and no line that names who spoke them: the whole record would be speech by
//! nobody. In a Markdown transcript write `### Name:` before every speech. A plain text with `Name: words`
//! or a name in a line of its own before the words is read as the format `text`, where the names recur.

use super::NamedBy;
use crate::diagnostics::{Diagnostic, Place};

/// How many lines are shown.
const SHOWN: usize = 5;

/// The words from `place` on are nobody's. `lines` look like speakers', each with its number.
pub fn nobody_speaks(place: Place, named_by: NamedBy, lines: &[(usize, &str)]) -> Diagnostic {
    let help = if named_by == NamedBy::Heading {
        "write `### Name:` in a line of its own before each speech; or, where every speech begins with `Name:`, say \
         `format: text` in debate.yaml (`--transcript-format text` when importing)"
    } else {
        "name the speakers as the format does, or say which format it is in debate.yaml"
    };
    let mut diagnostic = Diagnostic::warning("nobody-speaks", place, "nobody speaks in this transcript").help(help);
    let shown = lines.iter().take(SHOWN).map(|(line, words)| format!("line {line} looks like a speaker's: {words}"));
    diagnostic.notes.extend(shown);
    if lines.len() > SHOWN {
        diagnostic.notes.push(format!("and {} more lines", lines.len() - SHOWN));
    }
    diagnostic
}
