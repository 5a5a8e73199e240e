//! Room `index`: the site → what is listed where. Which notes are evidence on a topic, which are on a person's
//! words, which commitments stand, in one pass over the notes of the site. Every list of notes is in the order of
//! the debates (the latest first) and of their records.

use crate::model::{Debate, Destination, Kind, Particulars, PersonSlug, Site, TopicSlug};
use crate::permalink::{Address, fact_check_address};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A note of the site: the indexes of its debate, and of the note in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NoteRef {
    /// The debate.
    pub debate: usize,
    /// The note.
    pub note: usize,
}

/// What is listed under a topic.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct TopicEntry {
    /// Its evidence.
    pub notes: Vec<NoteRef>,
    /// In how many debates.
    pub debates: usize,
}

/// What is listed under a person.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct PersonEntry {
    /// The debates they speak in.
    pub debates: Vec<usize>,
    /// The notes on their words.
    pub notes: Vec<NoteRef>,
    /// The notes that say that words mean them.
    pub mentioned: Vec<NoteRef>,
    /// The commitments they owe.
    pub owed: Vec<NoteRef>,
}

impl PersonEntry {
    /// How many the longest of the lists has: the lists go along through the pages.
    pub fn longest(&self) -> usize {
        self.debates.len().max(self.notes.len()).max(self.mentioned.len()).max(self.owed.len())
    }
}

/// Something that readers were shown and that was put right or taken back. Indexes of the debate, and of
/// the correction or note in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Amendment {
    /// A correction to a record.
    Correction(usize, usize),
    /// A note that was withdrawn.
    Withdrawal(NoteRef),
}

impl Amendment {
    fn debate(&self) -> usize {
        match self {
            Amendment::Correction(debate, _) => *debate,
            Amendment::Withdrawal(note) => note.debate,
        }
    }
}

/// An address that a page had before.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The address.
    pub from: Address,
    /// Where the page is now.
    pub to: Destination,
    /// Its title; none of the home page.
    pub title: Option<String>,
}

/// The site's notes, by what they are listed under.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Index {
    /// By topic.
    pub topics: HashMap<TopicSlug, TopicEntry>,
    /// By person.
    pub people: HashMap<PersonSlug, PersonEntry>,
    /// By the word of the kind.
    pub kinds: BTreeMap<&'static str, Vec<NoteRef>>,
    /// Commitments by due date; those without one last.
    pub commitments: Vec<NoteRef>,
    /// Fact-checks that have a page of their own.
    pub fact_checks: Vec<NoteRef>,
    /// Corrections and withdrawals.
    pub amendments: Vec<Amendment>,
    /// Notes without a place: the indexes of the debate, and of the note among those of it.
    pub unplaced: Vec<(usize, usize)>,
    /// The licences of the records, by name.
    pub licences: BTreeSet<String>,
    /// Addresses that pages had before, and where each leads.
    pub moved: Vec<Moved>,
    /// Those of debates.
    moved_debates: Vec<Moved>,
    /// Those of the pages of their notes.
    moved_notes: Vec<Moved>,
}

impl Index {
    /// The index of a site.
    pub fn new(site: &Site) -> Self {
        let mut index = Index::default();
        for (at, debate) in site.debates.iter().enumerate() {
            index.add(at, debate);
            index.licences.extend(licence(debate).cloned());
        }
        index.find_moved(site);
        index.settle(site);
        index
    }

    /// The index of a site, from that of the site before: only what is listed from debates that changed
    /// is taken out and put in. Where debates came, went or moved, everything is.
    pub fn after(before: &Index, debates: &[Arc<Debate>], site: &Site) -> Self {
        let stands = |(old, new): (&Arc<Debate>, &Arc<Debate>)| Arc::ptr_eq(old, new) || old.slug == new.slug;
        if debates.len() != site.debates.len() || !debates.iter().zip(&site.debates).all(stands) {
            return Index::new(site);
        }
        let mut index = before.clone();
        // What only a look at every debate gives is given again where a debate that changed has a part in it.
        let (mut has_other_licence, mut has_moved) = (false, false);
        for (at, (old, new)) in debates.iter().zip(&site.debates).enumerate() {
            if Arc::ptr_eq(old, new) {
                continue;
            }
            let (mut was, mut is) = (Index::default(), Index::default());
            was.add(at, old);
            is.add(at, new);
            index.exchange(at, &was, &is);
            has_other_licence |= licence(old) != licence(new);
            let is_moved = |debate: &Debate| moved_debate(debate).chain(moved_notes(debate)).next().is_some();
            has_moved |= is_moved(old) || is_moved(new);
        }
        if has_other_licence {
            index.licences = site.debates.iter().filter_map(|debate| licence(debate)).cloned().collect();
        }
        if has_moved {
            index.find_moved(site);
        }
        index.settle(site);
        index
    }

    /// Takes out what a debate had listed, and puts in what it lists now.
    fn exchange(&mut self, at: usize, was: &Index, is: &Index) {
        for slug in was.topics.keys().chain(is.topics.keys()) {
            let entry = entry(&mut self.topics, slug);
            exchange(&mut entry.notes, |note| note.debate, at, is.topics.get(slug).map(|of| &*of.notes));
            entry.debates = entry.notes.chunk_by(|a, b| a.debate == b.debate).count();
        }
        for slug in was.people.keys().chain(is.people.keys()) {
            let entry = entry(&mut self.people, slug);
            let now = is.people.get(slug);
            exchange(&mut entry.debates, |debate| *debate, at, now.map(|of| &*of.debates));
            exchange(&mut entry.notes, |note| note.debate, at, now.map(|of| &*of.notes));
            exchange(&mut entry.mentioned, |note| note.debate, at, now.map(|of| &*of.mentioned));
            exchange(&mut entry.owed, |note| note.debate, at, now.map(|of| &*of.owed));
        }
        for kind in was.kinds.keys().chain(is.kinds.keys()) {
            let notes = self.kinds.entry(kind).or_default();
            exchange(notes, |note| note.debate, at, is.kinds.get(kind).map(Vec::as_slice));
        }
        exchange(&mut self.fact_checks, |note| note.debate, at, Some(&is.fact_checks));
        exchange(&mut self.amendments, Amendment::debate, at, Some(&is.amendments));
        exchange(&mut self.unplaced, |(debate, _)| *debate, at, Some(&is.unplaced));
        self.topics.retain(|_, entry| *entry != TopicEntry::default());
        self.people.retain(|_, entry| *entry != PersonEntry::default());
        self.kinds.retain(|_, notes| !notes.is_empty());
        self.commitments.retain(|note| note.debate != at);
        self.commitments.extend(&is.commitments);
    }

    /// Finds what moved of the debates and of their notes.
    fn find_moved(&mut self, site: &Site) {
        self.moved_debates = site.debates.iter().flat_map(|debate| moved_debate(debate)).collect();
        self.moved_notes = site.debates.iter().flat_map(|debate| moved_notes(debate)).collect();
    }

    /// Puts commitments in the order of their due dates, and former addresses together.
    fn settle(&mut self, site: &Site) {
        self.commitments.sort_by_cached_key(|&at| (due(site, at).is_none(), due(site, at), at));
        let debates = self.moved_debates.iter().cloned();
        self.moved = debates.chain(moved_elsewhere(site)).chain(self.moved_notes.iter().cloned()).collect();
    }

    /// Whether there is anything for the feed of a person.
    pub fn has_feed(&self, person: &PersonSlug) -> bool {
        self.people.get(person).is_some_and(|entry| !(entry.debates.is_empty() && entry.notes.is_empty()))
    }

    /// Whether any commitment has a due date.
    pub fn has_due_dates(&self, site: &Site) -> bool {
        self.commitments.first().is_some_and(|&at| due(site, at).is_some())
    }

    fn add(&mut self, at: usize, debate: &Debate) {
        for contribution in &debate.record.contributions {
            let Some(person) = contribution.speaker.as_ref().and_then(|speaker| speaker.person.as_ref())
            else {
                continue;
            };
            let entry = entry(&mut self.people, person);
            if entry.debates.last() != Some(&at) {
                entry.debates.push(at);
            }
        }
        self.amendments.extend((0..debate.corrections.len()).map(|number| Amendment::Correction(at, number)));
        self.unplaced.extend((0..debate.unplaced.len()).map(|number| (at, number)));
        let mut seen: Vec<&TopicSlug> = Vec::new();
        for (note_at, note) in debate.annotations.iter().enumerate() {
            let here = NoteRef { debate: at, note: note_at };
            if note.standing == crate::model::Standing::Retracted {
                self.amendments.push(Amendment::Withdrawal(here));
                continue;
            }
            if note.has_page() {
                self.fact_checks.push(here);
            }
            for topic in &note.topics {
                let entry = entry(&mut self.topics, topic);
                entry.notes.push(here);
                if !seen.contains(&topic) {
                    seen.push(topic);
                    entry.debates += 1;
                }
            }
            self.kinds.entry(note.kind.word()).or_default().push(here);
            let speakers = debate.speakers_of(note).into_iter().filter_map(|who| who.person.as_ref());
            let speakers: Vec<&PersonSlug> = speakers.collect();
            for person in &speakers {
                entry(&mut self.people, person).notes.push(here);
            }
            if let Some(identified) = &note.identifies {
                entry(&mut self.people, &identified.person).mentioned.push(here);
            }
            if let Kind::Commitment(commitment) = &note.kind {
                self.commitments.push(here);
                let owed_by = match &commitment.owed_by {
                    Some((_, person)) => person.iter().collect(),
                    None => speakers,
                };
                for person in owed_by {
                    entry(&mut self.people, person).owed.push(here);
                }
            }
        }
    }
}

/// Exchanges the part of a list that comes from one debate.
fn exchange<T: Copy>(list: &mut Vec<T>, debate: impl Fn(&T) -> usize, at: usize, now: Option<&[T]>) {
    let start = list.partition_point(|item| debate(item) < at);
    let end = list.partition_point(|item| debate(item) <= at);
    list.splice(start..end, now.unwrap_or_default().iter().copied());
}

fn entry<'m, K: Clone + Eq + std::hash::Hash, V: Default>(map: &'m mut HashMap<K, V>, key: &K) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("it was put in above")
}

fn due(site: &Site, at: NoteRef) -> Option<jiff::civil::Date> {
    match &site.debates[at.debate].annotations[at.note].kind {
        Kind::Commitment(commitment) => commitment.due_by,
        _ => None,
    }
}

/// The licence of a debate's record.
fn licence(debate: &Debate) -> Option<&String> {
    debate.particulars.obtained.as_ref()?.licence.as_ref()
}

/// The former addresses of a debate.
fn moved_debate(debate: &Debate) -> impl Iterator<Item = Moved> {
    let Particulars { former, title, .. } = &debate.particulars;
    former_addresses(former, Some(title), Destination::Debate(debate.slug.clone(), None))
}

/// The former addresses of the pages that notes of a debate have.
fn moved_notes(debate: &Debate) -> impl Iterator<Item = Moved> {
    let renamed = debate.annotations.iter().filter(|note| !note.former.is_empty() && note.has_page());
    renamed.flat_map(move |note| {
        let to = Destination::Debate(debate.slug.clone(), Some(format!("n-{}", note.id).into()));
        note.former.iter().map(move |id| Moved {
            from: fact_check_address(&debate.slug, id),
            to: to.clone(),
            title: note.title.clone(),
        })
    })
}

/// The former addresses of all pages but those of debates.
fn moved_elsewhere(site: &Site) -> impl Iterator<Item = Moved> {
    let topics = site.topics.iter();
    let topics = topics.map(|it| (&it.former, Some(&it.title), Destination::Topic(it.slug.clone())));
    let briefings = site.briefings.iter();
    let briefings =
        briefings.map(|it| (&it.former, Some(&it.title), Destination::Briefing(it.slug.clone(), None)));
    let pages = site.pages.iter();
    let pages =
        pages.map(|it| (&it.former, it.title.as_ref(), Destination::Page(it.slug.as_str().into(), None)));
    let home = site.home.iter().map(|it| (&it.former, None, Destination::Home));
    let people = site.people.iter();
    let people = people.map(|it| (&it.former, Some(&it.name), Destination::Person(it.slug.clone())));
    let all = topics.chain(people).chain(briefings).chain(pages).chain(home);
    all.flat_map(|(former, title, to)| former_addresses(former, title, to))
}

fn former_addresses<'s>(
    former: &'s [String],
    title: Option<&'s String>,
    to: Destination,
) -> impl Iterator<Item = Moved> {
    former.iter().map(move |from| Moved { from: Address::file(from), to: to.clone(), title: title.cloned() })
}
