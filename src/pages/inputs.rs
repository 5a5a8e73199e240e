//! What the inputs of pages are made of. A page reads the site through these types alone, and each hashes all
//! that it lets a page read: of debates and their notes, by fingerprints that are taken once. So the hash of a
//! page's inputs, which is its key, covers whatever the page can show, and costs no view.

use super::{PAGE_LENGTH, page_of};
use crate::index::NoteRef;
use crate::model::{
    Annotation, Attribution, Briefing, BriefingSlug, Cited, Debate, DebateSlug, Listed, ParagraphId,
    Particulars, Passage, PersonSlug, Portrait, Quoted, Standing, Topic, TopicSlug,
};
use crate::permalink::cited;
use jiff::civil::Date;
use std::hash::{Hash, Hasher};
use std::ops::Deref;

/// All of a debate: for its own page.
#[derive(Debug, Clone, Copy)]
pub struct Whole<'s> {
    debate: &'s Debate,
    /// Its index among the debates, by which its notes are known. No page shows it.
    at: usize,
}

impl<'s> Whole<'s> {
    /// The debate at an index.
    pub(super) fn new(debate: &'s Debate, at: usize) -> Self {
        Whole { debate, at }
    }

    /// The note at an index.
    pub fn evidence(self, note: usize) -> Evidence<'s> {
        Evidence { debate: self.debate, at: NoteRef { debate: self.at, note } }
    }
}

impl Deref for Whole<'_> {
    type Target = Debate;

    fn deref(&self) -> &Debate {
        self.debate
    }
}

impl Hash for Whole<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // Notes without a place are listed elsewhere, and are no part of that fingerprint.
        (self.debate.parts().whole, &self.debate.unplaced).hash(state);
    }
}

/// A debate in a list.
#[derive(Debug, Clone, Copy)]
pub struct Card<'s>(&'s Debate);

impl<'s> Card<'s> {
    /// The card of a debate.
    pub(super) fn new(debate: &'s Debate) -> Self {
        Card(debate)
    }

    /// What it shows.
    pub fn listed(self) -> Listed<'s> {
        self.0.listed()
    }
}

impl Hash for Card<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.parts().card.hash(state);
    }
}

/// A note with the words that it is on, who said them, and where.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'s> {
    debate: &'s Debate,
    at: NoteRef,
}

impl<'s> Evidence<'s> {
    /// Whether a block of code is in the note's remark.
    pub fn has_code(self) -> bool {
        self.note().body.has_code
    }

    /// A note of a debate.
    pub(super) fn new(debate: &'s Debate, at: NoteRef) -> Self {
        Evidence { debate, at }
    }

    /// Where it is among the notes of the site. No page shows that: it is for what is made once for all pages.
    pub fn at(self) -> NoteRef {
        self.at
    }

    /// The note.
    pub fn note(self) -> &'s Annotation {
        &self.debate.annotations[self.at.note]
    }

    /// The debate, as lists show it.
    pub fn card(self) -> Card<'s> {
        Card(self.debate)
    }

    /// The slug of the debate.
    pub fn slug(self) -> &'s DebateSlug {
        &self.debate.slug
    }

    /// What is known about the debate.
    pub fn particulars(self) -> &'s Particulars {
        &self.debate.particulars
    }

    /// Whose words it is on: each speaker once, in the order of the record.
    pub fn speakers(self) -> Vec<&'s Attribution> {
        self.debate.speakers_of(self.note())
    }

    /// The names of those whose words it is on, in one text.
    pub fn names_of_speakers(self, separator: &str) -> Option<String> {
        self.debate.names_of_speakers(self.note(), separator)
    }

    /// Its passages by whose words they are.
    pub fn runs(self) -> impl Iterator<Item = (Option<&'s Attribution>, &'s [Passage])> {
        self.debate.runs(&self.note().passages)
    }

    /// The words of some of its passages.
    pub fn quoted<'p>(self, passages: impl IntoIterator<Item = &'p Passage>) -> Vec<Quoted> {
        self.debate.record.quoted(passages)
    }

    /// The id of a paragraph that it is on, and the language where that is not the debate's.
    pub fn paragraph(self, paragraph: usize) -> (ParagraphId, Option<&'s str>) {
        let paragraph = &self.debate.record.paragraphs[paragraph];
        (paragraph.id, paragraph.language.as_deref())
    }

    /// The paragraph of its first passage, and the words of that; none of a note on the whole debate.
    pub fn first_words(self) -> Option<(ParagraphId, &'s str)> {
        let passage = self.note().passages.first()?;
        let paragraph = &self.debate.record.paragraphs[passage.paragraph];
        Some((paragraph.id, &self.debate.record.words(paragraph)[passage.range.range()]))
    }

    /// The place of some of its passages, to be cited.
    pub fn cited(self, passages: &[Passage]) -> Cited {
        cited(self.debate, passages)
    }
}

impl Hash for Evidence<'_> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.debate.parts().evidence[self.at.note].hash(state);
    }
}

/// Which page of a list a page is, and how long the list is.
#[derive(Debug, Clone, Copy, Hash)]
pub struct InList {
    /// The page's number, from 1.
    pub number: usize,
    /// How many entries the list has on all its pages.
    pub count: usize,
}

/// The notes that a page of a topic or a person reads: the first page all of them, which it sums up, and any
/// further page those that stand on it.
#[derive(Debug, Hash)]
pub struct Notes<'s> {
    count: usize,
    number: usize,
    notes: Vec<Evidence<'s>>,
}

impl<'s> Notes<'s> {
    /// What page `number` of a list reads of it.
    pub(super) fn new(
        list: &[NoteRef],
        number: usize,
        evidence: impl Fn(&[NoteRef]) -> Vec<Evidence<'s>>,
    ) -> Self {
        let notes = evidence(if number == 1 { list } else { page_of(list, number) });
        Notes { count: list.len(), number, notes }
    }

    /// How many there are in all.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Those that the page sums up: all of them on the first page, and none on further ones.
    pub fn summarised(&self) -> &[Evidence<'s>] {
        if self.number == 1 { &self.notes } else { &[] }
    }

    /// Those that stand on the page.
    pub fn on_page(&self) -> &[Evidence<'s>] {
        &self.notes[..self.notes.len().min(PAGE_LENGTH)]
    }
}

/// What a debate's page says of the one before or after it.
#[derive(Debug, Clone, Copy, Hash)]
pub struct Neighbour<'s> {
    /// The slug.
    pub slug: &'s DebateSlug,
    /// The title.
    pub title: &'s str,
    /// The language of its record, where it has its own.
    pub language: Option<&'s str>,
    /// The day.
    pub date: Date,
}

impl<'s> Neighbour<'s> {
    /// What is said of a debate.
    pub(super) fn new(debate: &'s Debate) -> Self {
        let Particulars { title, language, date, .. } = &debate.particulars;
        Neighbour { slug: &debate.slug, title, language: language.as_deref(), date: *date }
    }
}

/// A topic in a list.
#[derive(Debug, Clone, Copy, Hash)]
pub struct ListedTopic<'s> {
    /// The slug.
    pub slug: &'s TopicSlug,
    /// The title.
    pub title: &'s str,
    /// A sentence about it.
    pub summary: Option<&'s str>,
    /// How far the work on it has come.
    pub standing: Standing,
    /// How many passages are evidence on it.
    pub passages: usize,
    /// In how many debates.
    pub debates: usize,
}

impl<'s> ListedTopic<'s> {
    /// A topic with so many passages in so many debates.
    pub(super) fn new(topic: &'s Topic, passages: usize, debates: usize) -> Self {
        let Topic { slug, title, summary, standing, .. } = topic;
        ListedTopic { slug, title, summary: summary.as_deref(), standing: *standing, passages, debates }
    }
}

/// A person in a list.
#[derive(Debug, Clone, Copy, Hash)]
pub struct ListedPerson<'s> {
    /// The slug.
    pub slug: &'s PersonSlug,
    /// The name.
    pub name: &'s str,
    /// The name that lists sort by.
    pub sort_name: &'s str,
    /// How far the work on the file has come.
    pub standing: Standing,
    /// A picture of the person.
    pub portrait: Option<&'s Portrait>,
    /// In how many debates they speak.
    pub debates: usize,
    /// How many notes are on their words.
    pub passages: usize,
    /// How many notes say that words mean them.
    pub mentions: usize,
}

/// A briefing in a list.
#[derive(Debug, Clone, Copy, Hash)]
pub struct ListedBriefing<'s> {
    /// The slug.
    pub slug: &'s BriefingSlug,
    /// The title.
    pub title: &'s str,
    /// A sentence or two about it.
    pub summary: Option<&'s str>,
    /// Who wrote it.
    pub authors: &'s [String],
    /// The day it bears.
    pub date: Option<Date>,
    /// How far it has come.
    pub standing: Standing,
}

impl<'s> ListedBriefing<'s> {
    /// What lists show of a briefing.
    pub(super) fn new(briefing: &'s Briefing) -> Self {
        let Briefing { slug, title, summary, authors, date, standing, .. } = briefing;
        let (date, standing) = (*date, *standing);
        ListedBriefing { slug, title, summary: summary.as_deref(), authors, date, standing }
    }
}
