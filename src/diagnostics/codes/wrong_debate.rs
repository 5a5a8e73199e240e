//! An annotation sheet names another debate than the one whose folder it is in.
//!
//! The sheet was most likely copied or moved. Its notes would be sought in the wrong record, and
//! words that happen to stand in both would be placed there.
//!
//! Move the sheet to the folder of the debate that it names, or correct the name.

use crate::diagnostics::{Diagnostic, Place};

/// The sheet names `written`, at `place`, and lies in the folder of `folder`.
pub fn wrong_debate(place: Place, written: &str, folder: &str) -> Diagnostic {
    let shown: String = written.chars().take(80).collect();
    Diagnostic::error("wrong-debate", place, format!("this sheet is for `{shown}` and lies in `{folder}`"))
        .note("none of its annotations is used while this is open")
        .help(format!("move the sheet, or write `debate: {folder}`"))
}
