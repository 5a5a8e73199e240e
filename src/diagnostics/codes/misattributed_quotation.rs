//! A block quotation names somebody who did not say the words.
//!
//! The name in the last line (`— [Mark Harper][p12]`) must be the speaker of the paragraph, as the
//! record prints it or as the person's file has it.

use crate::diagnostics::{Diagnostic, Place};

/// The words are ascribed to `named`, but `speaker` said them.
pub fn misattributed_quotation(place: Place, named: &str, speaker: &str) -> Diagnostic {
    Diagnostic::error("misattributed-quotation", place, format!("`{named}` did not say these words: {speaker} did"))
        .help(format!("write `— [{speaker}]` and the link"))
}
