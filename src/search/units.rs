//! What is found: the debate as such (its title), each contribution, each note. Every one has a slot in its
//! debate, and a number in the site: the debate's first number plus the slot.

use super::stems::Stemming;
use crate::model::{Annotation, Corrected, Debate, Standing};

/// A debate takes a multiple of this many numbers, so that a note more moves no other debate's numbers.
pub const ROW: u32 = 64;

/// Where the units of a debate stand in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slots {
    /// How many rows of numbers it takes.
    pub rows: u32,
    /// The slots of its notes, in their order; none for one that was withdrawn.
    pub notes: Vec<Option<u32>>,
}

impl Slots {
    /// The slots of a debate's units. The debate itself has slot 0, its contributions the next ones in
    /// their order. A note's slot comes from its id, so that a note more leaves the others where they are.
    pub fn of(debate: &Debate) -> Self {
        let base = debate.record.contributions.len() + 1;
        let notes: Vec<(usize, &Annotation)> =
            debate.annotations.iter().enumerate().filter(|(_, note)| is_found(note)).collect();
        let rows = (base + notes.len() * 3 / 2).div_ceil(ROW as usize);
        let room = rows * ROW as usize - base;
        let mut wanted: Vec<(u32, &str, usize)> = notes
            .iter()
            .map(|(at, note)| (super::bytes::checksum(note.id.as_bytes()), &*note.id, *at))
            .collect();
        wanted.sort_unstable();
        let mut taken = vec![false; room];
        let mut slots = vec![None; debate.annotations.len()];
        for (hash, _, at) in wanted {
            let first = ((u64::from(hash) * room as u64) >> 32) as usize;
            let free = (0..room).map(|step| (first + step) % room).find(|slot| !taken[*slot]);
            let slot = free.expect("there is more room than notes");
            taken[slot] = true;
            slots[at] = Some((base + slot) as u32);
        }
        Slots { rows: rows as u32, notes: slots }
    }
}

/// Whether a note is to be found: of one that was withdrawn there is nothing left to find.
fn is_found(note: &Annotation) -> bool {
    note.standing != Standing::Retracted
}

/// One unit of a debate.
pub struct Unit<'d> {
    /// Its slot.
    pub slot: u32,
    /// Its texts: each with the stemming of its language, and how many times its words count.
    pub texts: Vec<(Stemming, &'d str, u32)>,
    /// The keys of its facets.
    pub facets: Vec<String>,
}

/// How often a word of a debate's title counts: a title says what a debate is about.
const TITLE: u32 = 4;

/// The key of a facet's value. The space keeps it apart from all words, and in front of them.
pub fn facet(name: &str, value: &str) -> String {
    format!(" {name}:{value}")
}

/// The value of the facet `speaker`: the person, or the name as printed, after `=`, where nobody knows who
/// that is.
fn speaker(who: &crate::model::Attribution) -> String {
    match &who.person {
        Some(person) => person.to_string(),
        None => format!("={}", who.name),
    }
}

/// The units of a debate, by their slots but for the notes, which come last.
pub fn units<'d>(debate: &'d Debate, slots: &Slots, site_language: &'d str) -> Vec<Unit<'d>> {
    let record = &debate.record;
    let language = debate.particulars.language.as_deref().unwrap_or(site_language);
    let stemming = Stemming::of(language);
    let of_site = Stemming::of(site_language);
    let house = debate.particulars.house.as_ref().map(|house| facet("house", house));
    let mut units = Vec::with_capacity(1 + record.contributions.len() + debate.annotations.len());

    let particulars = &debate.particulars;
    let mut texts =
        vec![(stemming, particulars.title.as_str(), TITLE), (of_site, &*particulars.summary.plain, 1)];
    texts.extend(record.sections.iter().map(|section| (stemming, section.title.of(&record.source), 1)));
    let facets = house.iter().cloned().chain([facet("kind", "debate")]).collect();
    units.push(Unit { slot: 0, texts, facets });

    for (at, contribution) in record.contributions.iter().enumerate() {
        let paragraphs = &record.paragraphs[contribution.paragraphs.clone()];
        let texts = paragraphs.iter().map(|paragraph| {
            let stemming = paragraph.language.as_deref().map_or(stemming, Stemming::of);
            (stemming, record.words(paragraph), 1)
        });
        // Whoever looks for a name means those who bear it as well as those who say it.
        let names = contribution.speaker.iter().map(|who| (of_site, who.name.as_str(), 1));
        let texts = texts.chain(names);
        let mut facets: Vec<String> = house.iter().cloned().collect();
        facets.push(facet("kind", contribution.kind.word()));
        facets.extend(contribution.speaker.as_ref().map(|who| facet("speaker", &speaker(who))));
        units.push(Unit { slot: at as u32 + 1, texts: texts.collect(), facets });
    }
    // How the record should read is found as well as how it reads.
    for correction in &debate.corrections {
        let at = match correction.of {
            Corrected::Speaker(contribution) => contribution,
            Corrected::Words(paragraph) => record.paragraphs[paragraph].contribution,
            Corrected::Day => continue,
        };
        let text = match correction.of {
            Corrected::Speaker(_) => &correction.was,
            Corrected::Words(_) | Corrected::Day => &correction.reads,
        };
        units[at + 1].texts.push((of_site, text, 1));
    }
    for (note, slot) in debate.annotations.iter().zip(&slots.notes) {
        let Some(slot) = *slot else { continue };
        let topics = note.topics.iter().map(|topic| facet("topic", topic.as_str()));
        let mut facets: Vec<String> = house.iter().cloned().chain(topics.clone()).collect();
        facets.push(facet("kind", note.kind.word()));
        facets.extend(debate.speakers_of(note).into_iter().map(|who| facet("speaker", &speaker(who))));
        for passage in &note.passages {
            let contribution = &mut units[record.paragraphs[passage.paragraph].contribution + 1];
            contribution.facets.extend(topics.clone());
            contribution.texts.extend(note.sic.iter().map(|sic| (of_site, sic.as_str(), 1)));
        }
        units.push(Unit { slot, texts: note_texts(note, of_site), facets });
    }
    for unit in &mut units {
        unit.facets.sort_unstable();
        unit.facets.dedup();
    }
    units
}

/// The words of a note. Those of the record that it quotes are found in the contribution.
fn note_texts(note: &Annotation, stemming: Stemming) -> Vec<(Stemming, &str, u32)> {
    let term = match &note.kind {
        crate::model::Kind::Definition(term) => term.as_deref(),
        _ => None,
    };
    let texts = note.title.as_deref().into_iter().chain(term).chain([&*note.body.plain]);
    let sources = note.sources.iter().map(|source| source.title.as_str());
    texts.chain(note.sic.as_deref()).chain(sources).map(|text| (stemming, text, 1)).collect()
}
