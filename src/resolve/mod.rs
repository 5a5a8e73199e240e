//! Room `resolve`: from files as written to the site as meant. Names to ids, annotations to places,
//! quotations compared with the record, references led to what they mean. Debates are placed one by
//! one ([`debate`]); what reaches over several debates is settled afterwards, file by file
//! ([`Settler`]), and the parts make one site ([`site`]).

mod approval;
mod corrections;
mod document;
mod embargo;
mod former;
mod held;
mod judge;
mod library;
mod lock;
mod named;
mod names;
mod place;
mod placed;
mod published;
mod quoting;
mod record;
mod roll;
mod settle;
mod site;
mod speaker;
mod spoken;
mod values;

pub use approval::Claim;
pub use document::{Answer, At, Checker, Survey, Verdict};
pub use held::{Held, HeldEntry, bare_record, held, held_in};
pub use library::{Library, Spot, Volume, paragraphs};
pub use lock::{approve, contributions, first_lock, lock};
pub use names::{HiddenNames, Names};
pub use place::{Stand, selector};
pub use placed::{PlacedDebate, Remark};
pub use published::{
    Published, briefing as hidden_briefing, by_status as hidden_by_status, dates_of_briefing,
};
pub use quoting::{Located, locate, located, located_over};
pub use settle::{Setting, Settler, SiteContext};

use crate::annotation::Entry;
use crate::config::Config;
use crate::content::{
    RawBriefing, RawCorrections, RawDebate, RawGlossary, RawPage, RawPerson, RawSources, RawTopic, Written,
};
use crate::diagnostics::{self, Checked, Diagnostic, Place};
use crate::markdown;
use crate::model::{
    Briefing, BriefingSlug, Debate, DebateSlug, Destination, GlossaryEntry, Hidden, Person, PersonSlug,
    SeeAlso, Site, TextPage, Topic, TopicSlug,
};
use crate::revise::Lock;
use crate::text::{SitePath, Source, is_slug};
use crate::transcript::Transcript;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

/// The files of a site but for its debates, as written.
#[derive(Debug, Default)]
pub struct Pages {
    /// Topics.
    pub topics: BTreeMap<TopicSlug, Arc<Written<RawTopic>>>,
    /// People.
    pub people: BTreeMap<PersonSlug, Arc<Written<RawPerson>>>,
    /// Briefings.
    pub briefings: BTreeMap<BriefingSlug, Arc<Written<RawBriefing>>>,
    /// Pages of text.
    pub pages: BTreeMap<String, Arc<Written<RawPage>>>,
    /// `home.md`.
    pub home: Option<Arc<Written<RawPage>>>,
    /// `glossary.yaml`.
    pub glossary: Option<Arc<Written<RawGlossary>>>,
    /// `sources.yaml`.
    pub sources: Option<Arc<Written<RawSources>>>,
}

/// A debate's files as written.
pub struct WrittenDebate {
    /// The slug: the folder's name.
    pub slug: DebateSlug,
    /// `debate.yaml`.
    pub particulars: Written<RawDebate>,
    /// The transcript.
    pub transcript: Transcript,
    /// The lock, where there is one.
    pub lock: Option<(Lock, Source)>,
    /// `corrections.yaml`, where there is one.
    pub corrections: Option<Written<RawCorrections>>,
    /// The entries of all sheets and notes.
    pub entries: Vec<Entry>,
    /// The ids of entries that are set aside for a mistake.
    pub set_aside: BTreeSet<String>,
    /// The bodies of those that have a file for it, by their ids.
    pub bodies: HashMap<String, Source>,
    /// Sheets whose YAML is broken: there may be entries in them of which nobody knows.
    pub unread: Vec<SitePath>,
}

/// The names that a site knows, and its people: what placing a debate needs of the rest of the site.
pub fn names(
    pages: &Pages,
    debates: impl Iterator<Item = DebateSlug>,
    assets: impl Iterator<Item = Arc<str>>,
    config: &Config,
) -> Checked<(Names, Vec<crate::model::Person>)> {
    let mut remarks = Vec::new();
    let mut names = Names::new(debates, assets);
    for (slug, written) in &pages.topics {
        names.topics.insert(slug.clone(), site::topic_title(slug, written, &mut remarks));
    }
    names.briefings = pages.briefings.keys().cloned().collect();
    names.pages = pages.pages.keys().map(|slug| slug.as_str().into()).collect();
    names.hidden = hidden_names(pages, config);
    names.sources =
        pages.sources.as_ref().map(|sources| site::shared_sources(sources, &mut remarks)).unwrap_or_default();
    let people: Vec<_> = pages
        .people
        .iter()
        .map(|(slug, written)| site::person(slug.as_str(), written, &names, &mut remarks))
        .collect();
    names.know_people(&people);
    Checked { value: (names, people), diagnostics: remarks }
}

/// The topics, people and pages that readers can't see.
pub fn hidden_names(pages: &Pages, config: &Config) -> HiddenNames {
    let why = |status| published::by_status(status, config);
    HiddenNames {
        topics: hidden_of(pages.topics.iter().map(|(slug, one)| (slug.clone(), why(one.raw.status)))),
        people: hidden_of(pages.people.iter().map(|(slug, one)| (slug.clone(), why(one.raw.status)))),
        pages: hidden_of(pages.pages.iter().map(|(slug, one)| (slug.as_str().into(), why(one.raw.status)))),
    }
}

fn hidden_of<K: Ord>(all: impl Iterator<Item = (K, Option<Hidden>)>) -> BTreeMap<K, Hidden> {
    all.filter_map(|(name, hidden)| Some((name, hidden?))).collect()
}

/// Places one debate. Looks at nothing but the debate's own files and the names.
pub fn debate(written: WrittenDebate, names: &Names, config: &Config) -> Checked<PlacedDebate> {
    let mut remarks = Vec::new();
    let WrittenDebate {
        slug,
        particulars: file,
        transcript,
        lock,
        corrections,
        entries,
        bodies,
        mut set_aside,
        unread: _,
    } = written;
    let speakers = record::speakers(&file, names, &mut remarks);
    let day = transcript.details.date.as_ref().and_then(|stated| stated.value);
    let overruled = |stated, day| {
        corrections.as_ref().is_some_and(|written| corrections::overrules_day(written, stated, day))
    };
    let particulars = record::particulars(&file, &transcript, names, config, &overruled, &mut remarks);
    spoken::check(&file, &transcript, names, &mut remarks);
    let mut record = record::record(transcript, lock.as_ref(), &speakers, names, &mut remarks);
    let reasons = corrections.iter().flat_map(|written| {
        let place = |id: &String| written.place(&[id.as_str(), "reason"]);
        written.raw.iter().map(move |(id, raw)| (raw.reason.clone(), place(id)))
    });
    let mut lines: Vec<(String, Place)> = reasons.collect();
    let corrections = corrections
        .map(|written| {
            corrections::apply(&written, &mut record, day, particulars.hidden, names, &mut remarks)
        })
        .unwrap_or_default();
    let summary = file.raw.summary.as_ref().map(|text| {
        let span = file.node.get("summary").map(|node| node.span).unwrap_or_default();
        (markdown::parse_value(&file.source, span, text).take(&mut remarks), file.source.clone())
    });
    let title = file.node.get("title").map(|node| node.span).unwrap_or_default();
    lines.push((file.raw.title.clone(), Place::new(&file.source, title)));
    let entries = unique(entries, &mut remarks);
    let record = Arc::new(record);
    let mut debate = Debate {
        slug,
        particulars,
        record,
        corrections,
        annotations: Vec::new(),
        unplaced: Vec::new(),
        parts: OnceLock::new(),
        plain: OnceLock::new(),
    };
    let placer = place::Placer {
        debate: &debate,
        names,
        config,
        lock: lock.as_ref().map(|(lock, _)| lock),
        bodies: &bodies,
    };
    let place::Placement { notes, unplaced, hidden, mut dates } =
        placer.place(entries, &mut set_aside, &mut remarks);
    let (annotations, wanted) = notes.into_iter().unzip();
    (debate.annotations, debate.unplaced) = (annotations, unplaced);
    if let Some(embargo) = &file.raw.embargo {
        dates.push(format!("{}: `embargo: {embargo}`", file.source.path));
    }
    let placed = PlacedDebate { debate, summary, lines, remarks: wanted, set_aside, hidden, dates };
    Checked { value: placed, diagnostics: remarks }
}

/// The entries without those whose id another file has already.
fn unique(entries: Vec<Entry>, remarks: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    let mut entries: Vec<Entry> = entries
        .into_iter()
        .filter(|entry| match seen.get(&entry.id) {
            Some(first) => {
                let place = Place::new(&entry.source, entry.id_span);
                remarks.push(diagnostics::duplicate_id(place, &entry.id, first));
                false
            }
            None => {
                seen.insert(entry.id.clone(), entry.source.path.to_string());
                true
            }
        })
        .collect();
    for entry in &mut entries {
        let place = entry.place_of(&["former"]);
        let (source, mut former) = (entry.source.path.to_string(), std::mem::take(&mut entry.raw.former));
        former.retain(|id| {
            if !is_slug(id) {
                remarks.push(diagnostics::invalid_id(place.clone(), id));
                return false;
            }
            if let Some(first) = seen.get(id) {
                remarks.push(diagnostics::duplicate_id(place.clone(), id, first));
                return false;
            }
            seen.insert(id.clone(), source.clone());
            true
        });
        entry.raw.former = former;
    }
    entries
}

/// The parts of a site, settled one by one, in any order.
#[derive(Default)]
pub struct Parts {
    /// Debates.
    pub debates: Vec<Arc<Debate>>,
    /// Topics.
    pub topics: Vec<Arc<Topic>>,
    /// People.
    pub people: Vec<Arc<Person>>,
    /// Briefings that readers may see.
    pub briefings: Vec<Arc<Briefing>>,
    /// Pages of text.
    pub pages: Vec<Arc<TextPage>>,
    /// The home page.
    pub home: Option<Arc<TextPage>>,
    /// The glossary.
    pub glossary: Arc<Vec<GlossaryEntry>>,
}

/// The site: what readers may see, in the order that they see it.
pub fn site(parts: Parts, config: &Config) -> Site {
    let Parts { mut debates, mut topics, mut people, mut briefings, pages, home, glossary } = parts;
    debates.retain(|debate| debate.particulars.hidden.is_none());
    debates.sort_by(|a, b| b.particulars.date.cmp(&a.particulars.date).then_with(|| a.slug.cmp(&b.slug)));
    topics.sort_by_cached_key(|topic| (topic.title.to_lowercase(), topic.slug.clone()));
    people.sort_by_cached_key(|person| (person.sort_name.to_lowercase(), person.slug.clone()));
    briefings.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug)));
    Site { debates, topics, people, briefings, pages, home, glossary, as_of: config.as_of }
}

/// A debate with its prose settled.
pub fn settled(settler: &Settler<'_>, placed: &PlacedDebate) -> Checked<Debate> {
    let mut remarks = Vec::new();
    let Debate { slug, particulars, record, corrections, annotations, unplaced, parts: _, plain: _ } =
        &placed.debate;
    let near = [slug.clone()];
    let setting = Setting { near: &near, at: None };
    let mut particulars = particulars.clone();
    settler.settles(particulars.hidden);
    for (text, place) in &placed.lines {
        settler.line(text, place, setting, &mut remarks);
    }
    if let Some((draft, source)) = &placed.summary {
        particulars.summary = settler.prose(draft, source, setting, &mut remarks);
    }
    let mut annotations = annotations.clone();
    for (note, remark) in annotations.iter_mut().zip(&placed.remarks) {
        if let Some(draft) = &remark.body {
            note.body = settler.prose(draft, &remark.source, setting, &mut remarks);
        }
        for (text, place) in &remark.lines {
            settler.line(text, place, setting, &mut remarks);
        }
        note.see = see_also(settler, placed, remark, &mut remarks);
    }
    let debate = Debate {
        slug: slug.clone(),
        particulars,
        record: record.clone(),
        corrections: corrections.clone(),
        annotations,
        unplaced: unplaced.clone(),
        parts: OnceLock::new(),
        plain: OnceLock::new(),
    };
    Checked { value: debate, diagnostics: remarks }
}

/// The places that a note refers to: `id`, `debate/id`.
fn see_also(
    settler: &Settler<'_>,
    placed: &PlacedDebate,
    remark: &Remark,
    remarks: &mut Vec<Diagnostic>,
) -> Vec<SeeAlso> {
    let mut places = Vec::with_capacity(remark.see.len());
    for (see, span) in &remark.see {
        let place = || Place::new(&remark.source, *span);
        let (slug, id) = match see.split_once('/') {
            Some((debate, id)) => match settler.names().debate(debate, place) {
                Ok(slug) => (slug, id),
                Err(diagnostic) => {
                    remarks.push(*diagnostic);
                    continue;
                }
            },
            None => (placed.debate.slug.clone(), see.as_str()),
        };
        let there = Destination::Debate(slug.clone(), Some(format!("n-{id}").into()));
        if !settler.may_point_at(&there, see, &place, &mut *remarks) {
            continue;
        }
        let Some(volume) = settler.volume(&slug) else { continue };
        match volume.note(id) {
            Some(at) => {
                let note = &volume.debate.annotations[at];
                let label = note.title.clone().unwrap_or_else(|| id.replace('-', " "));
                let label =
                    if slug == placed.debate.slug { label } else { format!("{}: {label}", volume.title()) };
                places.push(SeeAlso { to: there, label });
            }
            None if volume.is_set_aside(id) => {}
            None => {
                remarks.push(diagnostics::unknown_annotation(place(), id, volume.title(), volume.note_ids()))
            }
        }
    }
    places
}
