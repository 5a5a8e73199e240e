//! Captions begin with a name and a colon that are read as words.
//!
//! Captions may name who speaks before the words: `Ann Lark: The bridge is open.` Whether a file does so
//! is for the file as a whole to show: all its captions begin with a name, or the first does and the
//! names come again. A name and a colon that a file uses once or twice may as well be words ("One
//! thing: the toll"), and nobody is made a speaker by a guess. Look at the lines: where they do name
//! speakers, the words after them stand under the speaker before.

use crate::diagnostics::{Diagnostic, Place};

/// The caption at `place` begins with a name and a colon; `names` are all that do so and are words.
pub fn name_among_words(place: Place, names: &[&str], count: usize) -> Diagnostic {
    let shown: Vec<_> = names.iter().take(8).map(|name| format!("`{name}:`")).collect();
    let more = if names.len() > shown.len() { " …" } else { "" };
    let captions = if count == 1 { "1 caption begins".to_owned() } else { format!("{count} captions begin") };
    let message = format!("{captions} with what could be a name and a colon, read as words: {}{more}", shown.join(", "));
    Diagnostic::warning("name-among-words", place, message)
        .help("nothing, where they are words; where they name speakers, write the record as Markdown, with `### Name:`")
}
