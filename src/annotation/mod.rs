//! Room `annotation`: annotations as written, from sheets (`*.notes.yaml`) and Markdown files
//! (`notes/ID.md`), with the place of every value. Words are not yet found in the record and names
//! not yet resolved: this room never looks at a transcript.

mod at;
mod checks;
mod edit;
mod entry;
mod print;
mod raw;
mod schema;
mod sheet;

#[cfg(test)]
mod tests;

pub use at::At;
pub use checks::{holds_words, lacking};
pub use edit::{Change, Reviewed, edited};
pub use entry::{Body, Entry, Target, Topic};
pub use print::{NewEntry, PLACEHOLDER, Value, append, set_in};
pub use raw::{
    Elision, Kind, OutcomeState, RawAnnotation, RawDefaults, RawDue, RawIdentifies, RawInlineSource,
    RawOutcome, RawReview, RawSheet, RawSic, RawSource, RawTarget, RawWithdrawal, Status, Verdict,
};
pub use schema::schema;
pub use sheet::{Quarantined, Sheet, parse_note, parse_sheet};
