//! A speaker's name stands among the words of another speech, as if he or she spoke there.
//!
//! In a Markdown transcript only `### Bob Roe:` names a speaker. `**Bob Roe:** words`, `Bob Roe: words`
//! or a heading of another level would leave his words in the mouth of whoever spoke before. If he
//! speaks here, write the heading. If the words were spoken by the other, say so with a backslash before
//! the colon (`Bob Roe\: words`), or before the line; a text that is read out stands in a block quote.

use crate::diagnostics::{Diagnostic, Place};

/// The label at `place` is `name`, who is known to speak, and names nobody.
pub fn known_speaker(place: Place, name: &str) -> Diagnostic {
    let message = format!("`{name}` is named here, and these words are not given to that speaker");
    Diagnostic::error("known-speaker", place, message).help(format!(
        "if {name} speaks here, write `### {name}:` in a line of its own; if these are words of the speech, write \
         `{name}\\:`, or put `\\` before the line"
    ))
}
