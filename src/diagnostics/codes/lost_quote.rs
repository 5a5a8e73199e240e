//! The words of a note's `quote` are not in the paragraph that `at` names.
//!
//! A quotation is right or it is an error: nothing is placed by likeness. Case, spelling and every
//! word must be the record's; only typography may differ (curly or straight quotation marks, dashes,
//! line breaks). The notes show the nearest words of the record, and what differs. Copy the words
//! from the record, or let `rapporteur new note DEBATE --quote "…"` write the entry.

use crate::diagnostics::{Diagnostic, Edit, Near, Place};

/// The words at `place` are not in `scope` ("p2", "this debate"). `near` are words that may be meant.
pub fn lost_quote(place: Place, scope: &str, near: &[Near]) -> Diagnostic {
    let help = match near.is_empty() {
        true => "copy the words from the record; nothing there is near to these",
        false => "copy the words from the record: the nearest are shown above",
    };
    let mut diagnostic = Diagnostic::error("lost-quote", place, format!("these words are not in {scope}")).help(help);
    diagnostic.notes = Near::lines(near);
    diagnostic.nearest(scope, near, Edit::Value)
}
