//! A record names a speaker by an id alone.
//!
//! Some corpora keep the names of their people in a file of their own: the record says only
//! `who="#AnnPoe"`. Pages then show the id, and say so. Import the list of people, as `--people FILE` or
//! like a record (`ParlaMint-XX-listPerson.xml`, the file of the corpus itself, Popolo's `people.json`), or
//! write the `name` into the person's file under `content/people`: every debate shows it then.

use crate::diagnostics::{Diagnostic, Place};

/// So many ids are listed.
const LISTED: usize = 5;

/// Nobody gives the names of those with these `ids`, the first of whom speaks at `place`.
pub fn nameless_speaker(place: Place, ids: &[&str]) -> Diagnostic {
    let listed = ids.iter().take(LISTED).map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
    let message = match ids.len() {
        1 => format!("the record has the id {listed} and no name for who speaks"),
        count if count > LISTED => {
            format!("the record has ids and no names for {count} speakers: {listed} and {} more", count - LISTED)
        }
        count => format!("the record has ids and no names for {count} speakers: {listed}"),
    };
    Diagnostic::warning("nameless-speaker", place, message)
        .help("import the list of people that the corpus has, with `--people FILE`; or write the names in content/people")
}
