//! Words stand in quotation marks, or in a block quote, without a source.
//!
//! Readers take words in quotation marks for somebody's words. Link them to the paragraph they are
//! from, so that they are checked; or cite where else they are from. Fewer than four words are taken
//! for a term. `deny: [unsourced-quotation]` in rapporteur.yaml makes it an error.

use crate::diagnostics::{Diagnostic, Place};

/// The words at `place` have no source; `found` is where a debate has them.
pub fn unsourced_quotation(place: Place, found: Option<&str>) -> Diagnostic {
    let help = match found {
        Some(link) => format!("found in {link}: link it"),
        None => "in no debate that is linked here: cite its source".to_owned(),
    };
    Diagnostic::warning("unsourced-quotation", place, "this quotation has no source").help(help)
}
