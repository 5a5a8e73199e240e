//! How places of the record are named to readers: numbers, days, offices, citations.

use super::Wording;
use crate::model::{Attribution, Cited, Debate, Particulars, Passage, Person};
use jiff::civil::Date;

/// Whether a debate's record is an extract.
pub fn is_extract(particulars: &Particulars) -> bool {
    particulars.part_of.as_ref().is_some_and(|part| part.extract)
}

/// The office or seat of a speaker on the day: as the record prints it, else as the person's file
/// has it for that day.
pub fn office_on(who: &Attribution, person: Option<&Person>, day: Date) -> Option<String> {
    who.detail.clone().or_else(|| {
        let person = person?;
        person
            .offices
            .iter()
            .chain(&person.constituencies)
            .find(|term| term.holds_on(day))
            .map(|term| term.name.clone())
    })
}

/// A paragraph's number as readers see it: `12` for `p12`.
pub fn number(id: &str) -> String {
    id.trim_start_matches('p').to_owned()
}

/// The place of some passages of a debate.
pub fn cited(debate: &Debate, passages: &[Passage]) -> Cited {
    let Particulars { title, date, .. } = &debate.particulars;
    let number_of = |passage: &Passage| number(&debate.record.paragraphs[passage.paragraph].id.to_string());
    let mut paragraphs: Vec<String> = passages.iter().map(number_of).collect();
    paragraphs.dedup();
    Cited { title: title.clone(), day: *date, paragraphs, extract: is_extract(&debate.particulars) }
}

/// A place as a citation in English: `Human Trafficking, 20 December 2012, para 12 (extract)`.
pub fn place_citation(debate: &Debate, passages: &[Passage]) -> String {
    Wording::default().place(&cited(debate, passages))
}

/// A day as citations in English have it: `20 December 2012`.
pub fn long_date(day: Date) -> String {
    Wording::default().day(day)
}
