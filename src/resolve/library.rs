//! The records of all debates, for everything that quotes or points at them.

use super::placed::PlacedDebate;
use super::roll::Roll;
use crate::anchor::Piece;
use crate::model::{
    ContributionId, Debate, DebateSlug, Hidden, ParagraphId, Passage, Person, PersonSlug, Record,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Range;
use std::sync::OnceLock;

/// Every debate by its slug.
pub struct Library<'s> {
    /// In the order of their slugs. What is looked up of a debate is made for those that are looked at.
    volumes: Vec<(&'s PlacedDebate, OnceLock<Box<Volume<'s>>>)>,
}

/// One debate in the library.
pub struct Volume<'s> {
    /// The debate: its notes are still without their prose.
    pub debate: &'s Debate,
    notes: HashMap<&'s str, usize>,
    set_aside: Option<&'s BTreeSet<String>>,
    hidden: Option<&'s BTreeMap<String, Hidden>>,
    pieces: OnceLock<Vec<Piece<'s>>>,
    roll: OnceLock<Roll>,
}

/// What a fragment of a debate's page names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Spot {
    /// The debate as a whole.
    Whole,
    /// Paragraphs, by index.
    Paragraphs(Range<usize>),
    /// A note, by index.
    Note(usize),
}

impl<'s> Library<'s> {
    /// The library of these debates.
    pub fn new(debates: impl Iterator<Item = &'s PlacedDebate>) -> Self {
        let mut volumes: Vec<_> = debates.map(|placed| (placed, OnceLock::new())).collect();
        // They come in this order as a rule, and then nothing is moved.
        volumes.sort_by(|(one, _), (other, _)| one.debate.slug.cmp(&other.debate.slug));
        Library { volumes }
    }

    /// The debate with this slug.
    pub fn volume(&self, slug: &DebateSlug) -> Option<&Volume<'s>> {
        let at = self.volumes.binary_search_by(|(placed, _)| placed.debate.slug.cmp(slug)).ok()?;
        let (placed, volume) = &self.volumes[at];
        let make = || Volume {
            set_aside: Some(&placed.set_aside),
            hidden: Some(&placed.hidden),
            ..Volume::new(&placed.debate)
        };
        Some(volume.get_or_init(|| Box::new(make())))
    }
}

impl<'s> Volume<'s> {
    /// A debate, with nothing folded yet.
    pub fn new(debate: &'s Debate) -> Self {
        let notes = debate.annotations.iter().enumerate().map(|(at, note)| (&*note.id, at)).collect();
        Volume {
            debate,
            notes,
            set_aside: None,
            hidden: None,
            pieces: OnceLock::new(),
            roll: OnceLock::new(),
        }
    }

    /// The record as the search sees it.
    pub fn pieces(&self) -> &[Piece<'s>] {
        self.pieces.get_or_init(|| pieces(&self.debate.record))
    }

    /// Who speaks in it, by every name that they are known by.
    pub fn roll(&self, people: &HashMap<&str, &Person>) -> &Roll {
        self.roll.get_or_init(|| {
            let speakers = self.debate.record.contributions.iter().filter_map(|one| one.speaker.as_ref());
            let slugs: BTreeSet<&str> =
                speakers.filter_map(|who| who.person.as_ref()).map(PersonSlug::as_str).collect();
            let known = slugs.iter().filter_map(|slug| people.get(slug).copied());
            Roll::new(std::iter::once(self.debate), known)
        })
    }

    /// What a fragment (`p12`, `p11..p12`, `c1`, `n-two-tests`) or a place in `see` names.
    pub fn spot(&self, fragment: Option<&str>) -> Option<Spot> {
        let Some(fragment) = fragment else { return Some(Spot::Whole) };
        if let Some(id) = fragment.strip_prefix("n-") {
            return self.note(id).map(Spot::Note);
        }
        paragraphs(&self.debate.record, fragment).map(Spot::Paragraphs)
    }

    /// The index of the note with this id.
    pub fn note(&self, id: &str) -> Option<usize> {
        self.notes.get(id).copied()
    }

    /// The paragraphs that a note stands on: all of them where it is on the debate as a whole.
    pub fn paragraphs_of(&self, note: usize) -> Range<usize> {
        Self::range_of(&self.debate.annotations[note].passages)
            .unwrap_or(0..self.debate.record.paragraphs.len())
    }

    /// Whether there is a note with this id that is set aside for a mistake, which was reported, or that
    /// readers can't see.
    pub fn is_set_aside(&self, id: &str) -> bool {
        self.set_aside.is_some_and(|ids| ids.contains(id)) || self.hidden(id).is_some()
    }

    /// Why readers can't see the note with this id, where there is one that they can't.
    pub fn hidden(&self, id: &str) -> Option<Hidden> {
        self.hidden?.get(id).copied()
    }

    /// The ids of its notes.
    pub fn note_ids(&self) -> impl Iterator<Item = &str> {
        self.debate.annotations.iter().map(|note| &*note.id)
    }

    /// A name for it in messages: `Human Trafficking`.
    pub fn title(&self) -> &str {
        &self.debate.particulars.title
    }

    /// The id of its last paragraph, for messages.
    pub fn last_id(&self) -> String {
        last_id(&self.debate.record)
    }

    /// Where passages stand, for messages and labels: `p12`, `p11..p12`.
    pub fn id_at(&self, paragraph: usize) -> String {
        self.debate.record.paragraphs[paragraph].id.to_string()
    }

    /// The paragraphs that passages touch.
    pub fn range_of(passages: &[Passage]) -> Option<Range<usize>> {
        let first = passages.iter().map(|passage| passage.paragraph).min()?;
        let last = passages.iter().map(|passage| passage.paragraph).max()?;
        Some(first..last + 1)
    }
}

/// A record as the search sees it: neighbouring paragraphs of one contribution share a number.
pub fn pieces(record: &Record) -> Vec<Piece<'_>> {
    let number = |contribution: usize| u32::try_from(contribution).unwrap_or(u32::MAX);
    record
        .paragraphs
        .iter()
        .map(|paragraph| Piece::new(record.words(paragraph), number(paragraph.contribution)))
        .collect()
}

/// The id of the last paragraph, for messages.
pub fn last_id(record: &Record) -> String {
    record.paragraphs.last().map_or_else(|| "p0".to_owned(), |paragraph| paragraph.id.to_string())
}

/// The indexes of the paragraphs that `p12`, `p11..p12` or `c1` names.
pub fn paragraphs(record: &Record, name: &str) -> Option<Range<usize>> {
    if let Some((first, last)) = name.split_once("..") {
        let first = record.position(first.parse::<ParagraphId>().ok()?)?;
        let last = record.position(last.parse::<ParagraphId>().ok()?)?;
        return (first <= last).then_some(first..last + 1);
    }
    if let Ok(id) = name.parse::<ContributionId>() {
        return record.contribution(id).map(|at| record.contributions[at].paragraphs.clone());
    }
    let at = record.position(name.parse::<ParagraphId>().ok()?)?;
    Some(at..at + 1)
}
