//! `commitments.ics`: a calendar (RFC 5545) of what was undertaken, each on the day that it falls due.

use super::Exporter;
use super::feed::words_at;
use crate::index::NoteRef;
use crate::model::Kind;
use crate::permalink::place_citation;
use crate::text::Digest;
use jiff::civil::Date;
use std::hash::Hash;

/// At most so many commitments are in it: those that fall due last.
const LIMIT: usize = 1_000;

impl Exporter<'_> {
    /// The calendar of commitments with a due date.
    pub(super) fn calendar(&self) -> Vec<u8> {
        let mut calendar = Lines::default();
        calendar.value("BEGIN", "VCALENDAR");
        calendar.value("VERSION", "2.0");
        calendar.value("PRODID", "-//rapporteur//commitments//EN");
        calendar.value("CALSCALE", "GREGORIAN");
        // The second is for programs older than RFC 7986.
        for name in ["NAME;VALUE=TEXT", "X-WR-CALNAME;VALUE=TEXT"] {
            calendar.text(name, &self.config.title);
        }
        self.dated().iter().for_each(|&at| self.event(at, &mut calendar));
        calendar.value("END", "VCALENDAR");
        calendar.0.into_bytes()
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

    /// Adds a commitment as a day's event, which takes nobody's time.
    fn event(&self, at: NoteRef, calendar: &mut Lines) {
        let debate = &self.site.debates[at.debate];
        let note = &debate.annotations[at.note];
        let Kind::Commitment(commitment) = &note.kind else { return };
        let Some(due) = commitment.due_by else { return };
        let words = note.passages.first().map(|passage| words_at(debate, passage));
        let speaker = note.passages.first().and_then(|passage| debate.record.speaker(passage.paragraph));
        let owed_by = commitment.owed_by.as_ref().map(|(name, _)| name.clone());
        let who = owed_by.or_else(|| debate.names_of_speakers(note, ", "));
        let what = note.title.as_deref().or(words).unwrap_or(&debate.particulars.title);
        let citation = place_citation(debate, &note.passages);
        let words = words.map_or_else(String::new, |words| format!("“{words}”\n"));
        let by = speaker.map_or_else(String::new, |who| format!("{}, ", who.name));
        let url = self.note_url(debate, note);
        // A build reads no clock: the day that the note bears, or else that of its debate.
        let stamp = compact(note.date.unwrap_or(debate.particulars.date));
        calendar.value("BEGIN", "VEVENT");
        calendar.value("UID", url.as_str());
        calendar.value("DTSTAMP", &format!("{stamp}T000000Z"));
        calendar.value("DTSTART;VALUE=DATE", &compact(due));
        calendar.text("SUMMARY", &who.map_or_else(|| what.to_owned(), |who| format!("{who}: {what}")));
        calendar.text("DESCRIPTION", &format!("{words}{by}{citation}\n{url}"));
        calendar.value("URL", url.as_str());
        calendar.value("TRANSP", "TRANSPARENT");
        calendar.value("END", "VEVENT");
    }
}

/// The lines of a calendar: of at most 75 bytes, each ending in CR and LF (RFC 5545, section 3.1).
#[derive(Default)]
struct Lines(String);

/// So many bytes a line has at most, without its end.
const LONGEST: usize = 75;

impl Lines {
    /// Adds a property with a value of another kind than text: it is ours, or has no character that means something.
    fn value(&mut self, name: &str, value: &str) {
        let line = format!("{name}:{value}");
        let mut rest = line.as_str();
        let mut room = LONGEST;
        while rest.len() > room {
            let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
            self.0.push_str(head);
            // What goes on begins with a space, which is one of the bytes.
            self.0.push_str("\r\n ");
            (rest, room) = (tail, LONGEST - 1);
        }
        self.0.push_str(rest);
        self.0.push_str("\r\n");
    }

    /// Adds a property with text (section 3.3.11).
    fn text(&mut self, name: &str, text: &str) {
        let mut value = String::with_capacity(text.len());
        for c in printable(text).chars() {
            match c {
                '\n' => value.push_str("\\n"),
                '\\' | ',' | ';' => value.extend(['\\', c]),
                c => value.push(c),
            }
        }
        self.value(name, &value);
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
