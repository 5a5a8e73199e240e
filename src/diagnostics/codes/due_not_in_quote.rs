//! What is said to have been said of the day is not in the quote.
//!
//! `due: {said, by}` keeps the speaker's words (`said`) apart from our reading of them (`by`). The
//! words must be part of the annotation's quote, so that nobody is held to a day they did not name.
//!
//! Copy the words from the quote, or lengthen the quote so that it holds them.

use crate::diagnostics::{Diagnostic, Place};

/// `said`, at `place`, is in none of the annotation's quotes.
pub fn due_not_in_quote(place: Place, said: &str) -> Diagnostic {
    let shown: String = said.chars().take(80).collect();
    Diagnostic::error("due-not-in-quote", place, format!("“{shown}” is not in the quote"))
        .help("copy the words from the quote, or lengthen the quote so that it holds them")
}
