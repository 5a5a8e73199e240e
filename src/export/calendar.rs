//! `commitments.ics`: a calendar (RFC 5545) of what was undertaken, each on the day that it falls due.

use super::Exporter;
use super::feed::words_at;
use crate::index::NoteRef;
use crate::model::Kind;
use crate::permalink::place_citation;
use crate::text::Digest;
use icalendar::{Calendar, Component, Event, Property};
use jiff::civil::Date;
use std::hash::Hash;

/// At most so many commitments are in it: those that fall due last.
const LIMIT: usize = 1_000;

impl Exporter<'_> {
    /// The calendar of commitments with a due date.
    pub(super) fn calendar(&self) -> Vec<u8> {
        let mut calendar = Calendar::empty();
        calendar.append_property(("VERSION", "2.0"));
        calendar.append_property(("PRODID", "-//rapporteur//commitments//EN"));
        calendar.append_property(("CALSCALE", "GREGORIAN"));
        // The second is for programs older than RFC 7986. What is said to be text is escaped as text.
        for name in ["NAME", "X-WR-CALNAME"] {
            let mut name = Property::new(name, printable(&self.config.title));
            name.add_parameter("VALUE", "TEXT");
            calendar.append_property(name);
        }
        for &at in self.dated() {
            calendar.extend(self.event(at));
        }
        calendar.to_string().into_bytes()
    }

    /// The key of the calendar.
    pub(super) fn calendar_key(&self, digest: &mut Digest) {
        self.dated().len().hash(digest);
        self.evidence_keys(self.dated(), digest);
    }

    /// The commitments that have a due date, by it.
    fn dated(&self) -> &[NoteRef] {
        let all = &self.index.commitments;
        let dated = &all[..all.partition_point(|&at| self.due(at).is_some())];
        &dated[dated.len().saturating_sub(LIMIT)..]
    }

    fn due(&self, at: NoteRef) -> Option<Date> {
        match &self.site.debates[at.debate].annotations[at.note].kind {
            Kind::Commitment(commitment) => commitment.due_by,
            _ => None,
        }
    }

    /// A commitment as a day's event, which takes nobody's time.
    fn event(&self, at: NoteRef) -> Option<Event> {
        let debate = &self.site.debates[at.debate];
        let note = &debate.annotations[at.note];
        let Kind::Commitment(commitment) = &note.kind else { return None };
        let due = commitment.due_by?;
        let words = note.passages.first().map(|passage| words_at(debate, passage));
        let speaker = note.passages.first().and_then(|passage| debate.record.speaker(passage.paragraph));
        let owed_by = commitment.owed_by.as_ref().map(|(name, _)| name.clone());
        let who = owed_by.or_else(|| debate.names_of_speakers(note, ", "));
        let what = note.title.as_deref().or(words).unwrap_or(&debate.particulars.title);
        let citation = place_citation(debate, &note.passages);
        let words = words.map_or_else(String::new, |words| format!("“{words}”\n"));
        let by = speaker.map_or_else(String::new, |who| format!("{}, ", who.name));
        let url = self.note_url(debate, note);
        let mut start = Property::new("DTSTART", compact(due));
        start.add_parameter("VALUE", "DATE");
        let mut event = Event::new();
        event
            .uid(url.as_str())
            // A build reads no clock: the day that the note bears, or else that of its debate.
            .add_property(
                "DTSTAMP",
                format!("{}T000000Z", compact(note.date.unwrap_or(debate.particulars.date))),
            )
            .append_property(start)
            .summary(&printable(&who.map_or_else(|| what.to_owned(), |who| format!("{who}: {what}"))))
            .description(&printable(&format!("{words}{by}{citation}\n{url}")))
            .append_property(Property::new("URL", url.as_str()))
            .add_property("TRANSP", "TRANSPARENT");
        Some(event.done())
    }
}

/// A day as calendars write it.
fn compact(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// Text without the characters that a calendar has no place for (RFC 5545, section 3.1).
fn printable(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n') || !c.is_control()).collect()
}
