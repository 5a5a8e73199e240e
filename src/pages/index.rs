//! The reduce step: which notes are evidence on a topic, which are on a person's words, which
//! commitments stand, in one pass over the notes of the site. Every list of notes is in the order of
//! the debates (the latest first) and of their records.

use crate::model::{Annotation, Debate, Kind, PersonSlug, Site, TopicSlug};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A note of the site: the indexes of its debate, and of the note in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoteRef {
    /// The debate.
    pub debate: usize,
    /// The note.
    pub note: usize,
}

/// What is listed under a topic.
#[derive(Debug, Default)]
pub struct TopicEntry {
    /// Its evidence.
    pub notes: Vec<NoteRef>,
    /// In how many debates.
    pub debates: usize,
}

/// What is listed under a person.
#[derive(Debug, Default)]
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

/// The site's notes, by what they are listed under.
#[derive(Debug, Default)]
pub struct Index {
    /// By topic.
    pub topics: HashMap<TopicSlug, TopicEntry>,
    /// By person.
    pub people: HashMap<PersonSlug, PersonEntry>,
    /// By the word of the kind.
    pub kinds: BTreeMap<&'static str, Vec<NoteRef>>,
    /// Commitments by due date; those without one last.
    pub commitments: Vec<NoteRef>,
    /// The licences of the records, by name.
    pub licences: BTreeSet<String>,
}

impl Index {
    /// The index of a site.
    pub fn new(site: &Site) -> Self {
        let mut index = Index::default();
        for (at, debate) in site.debates.iter().enumerate() {
            index.add(at, debate);
        }
        index.commitments.sort_by_key(|&at| (due(site, at).is_none(), due(site, at)));
        index
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
        if let Some(licence) = debate.particulars.obtained.as_ref().and_then(|from| from.licence.as_ref())
            && !self.licences.contains(licence)
        {
            self.licences.insert(licence.clone());
        }
        let mut seen: Vec<&TopicSlug> = Vec::new();
        for (note_at, note) in debate.annotations.iter().enumerate() {
            let here = NoteRef { debate: at, note: note_at };
            if note.standing == crate::model::Standing::Retracted {
                continue;
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
            let speaker = speaker_of(debate, note);
            if let Some(person) = speaker {
                entry(&mut self.people, person).notes.push(here);
            }
            if let Some(identified) = &note.identifies {
                entry(&mut self.people, &identified.person).mentioned.push(here);
            }
            if let Kind::Commitment(commitment) = &note.kind {
                self.commitments.push(here);
                let owed_by = match &commitment.owed_by {
                    Some((_, person)) => person.as_ref(),
                    None => speaker,
                };
                if let Some(person) = owed_by {
                    entry(&mut self.people, person).owed.push(here);
                }
            }
        }
    }
}

fn entry<'m, K: Clone + Eq + std::hash::Hash, V: Default>(map: &'m mut HashMap<K, V>, key: &K) -> &'m mut V {
    if !map.contains_key(key) {
        map.insert(key.clone(), V::default());
    }
    map.get_mut(key).expect("it was put in above")
}

/// The person whose words a note is on, where they are known.
pub fn speaker_of<'d>(debate: &'d Debate, note: &Annotation) -> Option<&'d PersonSlug> {
    debate.record.speaker(note.passages.first()?.paragraph)?.person.as_ref()
}

fn due(site: &Site, at: NoteRef) -> Option<jiff::civil::Date> {
    match &site.debates[at.debate].annotations[at.note].kind {
        Kind::Commitment(commitment) => commitment.due_by,
        _ => None,
    }
}
