//! Words stand in quotation marks, or in a block quote, without a source.
//!
//! Readers take words in quotation marks for somebody's words. Link them to the paragraph they are
//! from, so that they are checked; or cite where else they are from. Fewer than four words are taken
//! for a term. `deny: [unsourced-quotation]` in rapporteur.yaml makes it an error.

use crate::diagnostics::{Diagnostic, Edit, Place};

/// The words at `place` have no source; `found` is where a debate has them, and `like` are words of one that
/// are near to them, each a line with what differs.
pub fn unsourced_quotation(place: Place, found: Option<&str>, like: Vec<String>) -> Diagnostic {
    let help = match found {
        Some(link) => format!("found in {link}: link it"),
        None if !like.is_empty() => "if these are the record's words, quote them as they are and link them".to_owned(),
        None => "in no debate that is linked here: link the words to their source, or name it in the same \
                 sentence, a footnote or the attribution"
            .to_owned(),
    };
    let mut diagnostic =
        Diagnostic::warning("unsourced-quotation", place, "this quotation has no source").help(help);
    diagnostic.notes = like;
    let (Some(link), Some(place)) = (found, diagnostic.place.as_ref()) else { return diagnostic };
    let (words, span) = (place.source.slice(place.span).to_owned(), place.span);
    // A block quote has its link in a line of its own.
    match words.contains('\n') || words.starts_with('>') {
        true => diagnostic,
        false => diagnostic.fix(format!("link it to {link}"), Edit::Text(span, format!("[{words}]({link})"))),
    }
}
