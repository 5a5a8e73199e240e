//! Room `resolve`: from files as written to the site as meant. Names to ids, annotations to places,
//! quotations compared with the record, references led to what they mean. Debates are placed one by
//! one and in parallel ([`debate`]); what reaches over several debates is settled afterwards
//! ([`site`]).

mod document;
mod embargo;
mod library;
mod lock;
mod names;
mod place;
mod placed;
mod quoting;
mod record;
mod settle;
mod site;
mod values;

pub use document::{Answer, Checker, Verdict};
pub use library::{Library, Spot, Volume, paragraphs};
pub use lock::lock;
pub use names::Names;
pub use place::approval;
pub use placed::{PlacedDebate, Remark};
pub use quoting::{Located, locate};
pub use settle::Settler;

use crate::annotation::Entry;
use crate::config::Config;
use crate::content::{
    RawBriefing, RawDebate, RawGlossary, RawPage, RawPerson, RawSources, RawTopic, Written,
};
use crate::diagnostics::{self, Checked, Diagnostic, Place};
use crate::markdown;
use crate::model::{
    Annotation, BriefingSlug, Debate, DebateSlug, Destination, PersonSlug, Prose, SeeAlso, Site, TopicSlug,
};
use crate::revise::Lock;
use crate::text::Source;
use crate::transcript::Transcript;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// The files of a site but for its debates, as written.
#[derive(Debug, Default)]
pub struct Pages {
    /// Topics.
    pub topics: BTreeMap<TopicSlug, Written<RawTopic>>,
    /// People.
    pub people: BTreeMap<PersonSlug, Written<RawPerson>>,
    /// Briefings.
    pub briefings: BTreeMap<BriefingSlug, Written<RawBriefing>>,
    /// Pages of text.
    pub pages: BTreeMap<String, Written<RawPage>>,
    /// `home.md`.
    pub home: Option<Written<RawPage>>,
    /// `glossary.yaml`.
    pub glossary: Option<Written<RawGlossary>>,
    /// `sources.yaml`.
    pub sources: Option<Written<RawSources>>,
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
    /// The entries of all sheets and notes.
    pub entries: Vec<Entry>,
    /// The ids of entries that are set aside for a mistake.
    pub set_aside: BTreeSet<String>,
    /// The bodies of those that have a file for it, by their ids.
    pub bodies: HashMap<String, Source>,
}

/// The names that a site knows, and its people: what placing a debate needs of the rest of the site.
pub fn names(
    pages: &Pages,
    debates: impl Iterator<Item = DebateSlug>,
    assets: impl Iterator<Item = Arc<str>>,
) -> Checked<(Names, Vec<crate::model::Person>)> {
    let mut remarks = Vec::new();
    let mut names = Names::new(debates, assets);
    for (slug, written) in &pages.topics {
        names.topics.insert(slug.clone(), site::topic_title(slug, written, &mut remarks));
    }
    names.briefings = pages.briefings.keys().cloned().collect();
    names.pages = pages.pages.keys().map(|slug| slug.as_str().into()).collect();
    names.sources =
        pages.sources.as_ref().map(|sources| site::shared_sources(sources, &mut remarks)).unwrap_or_default();
    let people: Vec<_> = pages
        .people
        .iter()
        .map(|(slug, written)| site::person(slug.as_str(), written, &mut remarks))
        .collect();
    names.know_people(&people);
    Checked { value: (names, people), diagnostics: remarks }
}

/// Places one debate. Looks at nothing but the debate's own files and the names.
pub fn debate(written: WrittenDebate, names: &Names, config: &Config) -> Checked<PlacedDebate> {
    let mut remarks = Vec::new();
    let WrittenDebate { slug, particulars: file, transcript, lock, entries, bodies, mut set_aside } = written;
    let speakers = record::speakers(&file, names, &mut remarks);
    let particulars = record::particulars(&file, &transcript, names, &mut remarks);
    let record = record::record(transcript, lock.as_ref(), &speakers, names, &mut remarks);
    let summary = file.raw.summary.as_ref().map(|text| {
        let span = file.node.get("summary").map(|node| node.span).unwrap_or_default();
        (markdown::parse_value(&file.source, span, text).take(&mut remarks), file.source.clone())
    });
    let entries = unique(entries, &mut remarks);
    let mut debate = Debate { slug, particulars, record, annotations: Vec::new() };
    let placer = place::Placer {
        debate: &debate,
        names,
        config,
        lock: lock.as_ref().map(|(lock, _)| lock),
        bodies: &bodies,
    };
    let (annotations, wanted) = placer.place(entries, &mut set_aside, &mut remarks).into_iter().unzip();
    debate.annotations = annotations;
    Checked { value: PlacedDebate { debate, summary, remarks: wanted, set_aside }, diagnostics: remarks }
}

/// The entries without those whose id another file has already.
fn unique(entries: Vec<Entry>, remarks: &mut Vec<Diagnostic>) -> Vec<Entry> {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    entries
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
        .collect()
}

/// Everything parsed and placed, before it is one site.
pub struct Parsed {
    /// The names of the site.
    pub names: Names,
    /// Its people, without the prose about them.
    pub people: Vec<crate::model::Person>,
    /// Its other pages as written.
    pub pages: Pages,
    /// Its debates, placed.
    pub debates: Vec<PlacedDebate>,
}

/// The site: prose settled against every debate, everything in the order that readers see.
pub fn site(parsed: Parsed, config: &Config) -> Checked<Site> {
    let Parsed { names, mut people, pages, debates } = parsed;
    let mut remarks = Vec::new();
    let mut site = Site { as_of: config.as_of, ..Site::default() };
    let settled: Vec<Settled> = {
        let library = Library::new(&debates);
        let settler = Settler::new(&names, &library, &people);
        let settled: Vec<(Settled, Vec<Diagnostic>)> =
            debates.par_iter().map(|placed| settle_debate(&settler, placed)).collect();
        rest_of(&mut site, &settler, &pages, config, &mut remarks);
        let about: Vec<Prose> = people
            .iter()
            .map(|person| {
                pages
                    .people
                    .get(&person.slug)
                    .map(|written| settler.about(written, &mut remarks))
                    .unwrap_or_default()
            })
            .collect();
        for (person, about) in people.iter_mut().zip(about) {
            person.about = about;
        }
        settled
            .into_iter()
            .map(|(settled, found)| {
                remarks.extend(found);
                settled
            })
            .collect()
    };
    site.debates =
        debates.into_iter().zip(settled).map(|(placed, settled)| settled.into_debate(placed)).collect();
    site.debates.retain(|debate| site::is_published(debate.particulars.standing, config));
    site.debates
        .sort_by(|a, b| b.particulars.date.cmp(&a.particulars.date).then_with(|| a.slug.cmp(&b.slug)));
    people.sort_by_cached_key(|person| (person.sort_name.to_lowercase(), person.slug.clone()));
    site.people = people;
    site.as_of = config.as_of.or_else(|| site.annotations().filter_map(|(_, note)| note.date).max());
    Checked { value: site, diagnostics: remarks }
}

fn rest_of(
    site: &mut Site,
    settler: &Settler<'_>,
    pages: &Pages,
    config: &Config,
    remarks: &mut Vec<Diagnostic>,
) {
    site.topics =
        pages.topics.iter().map(|(slug, written)| settler.topic(slug.clone(), written, remarks)).collect();
    site.topics.sort_by_cached_key(|topic| (topic.title.to_lowercase(), topic.slug.clone()));
    site.briefings = pages
        .briefings
        .iter()
        .filter_map(|(slug, written)| settler.briefing(slug.clone(), written, config, remarks))
        .collect();
    site.briefings.sort_by(|a, b| b.date.cmp(&a.date).then_with(|| a.slug.cmp(&b.slug)));
    site.pages = pages.pages.iter().map(|(slug, written)| settler.page(slug, written, remarks)).collect();
    site.home = pages.home.as_ref().map(|written| settler.page("home", written, remarks));
    site.glossary =
        pages.glossary.as_ref().map(|written| settler.glossary(written, remarks)).unwrap_or_default();
}

/// The prose of one debate, settled.
struct Settled {
    summary: Prose,
    notes: Vec<(Prose, Vec<SeeAlso>)>,
}

impl Settled {
    fn into_debate(self, placed: PlacedDebate) -> Debate {
        let mut debate = placed.debate;
        debate.particulars.summary = self.summary;
        for (note, (body, see)) in debate.annotations.iter_mut().zip(self.notes) {
            if !body.is_empty() {
                note.body = body;
            }
            note.see = see;
        }
        debate
    }
}

fn settle_debate(settler: &Settler<'_>, placed: &PlacedDebate) -> (Settled, Vec<Diagnostic>) {
    let mut remarks = Vec::new();
    let home = &placed.debate.slug;
    let summary =
        placed.summary.as_ref().map(|(draft, source)| settler.prose(draft, source, Some(home), &mut remarks));
    let notes = placed.remarks.iter().zip(&placed.debate.annotations).map(|(remark, note)| {
        let body =
            remark.body.as_ref().map(|draft| settler.prose(draft, &remark.source, Some(home), &mut remarks));
        (body.unwrap_or_default(), see_also(settler, placed, note, remark, &mut remarks))
    });
    let notes = notes.collect();
    (Settled { summary: summary.unwrap_or_default(), notes }, remarks)
}

/// The places that a note refers to: `id`, `debate/id`.
fn see_also(
    settler: &Settler<'_>,
    placed: &PlacedDebate,
    _: &Annotation,
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
        let Some(volume) = settler.library().volume(&slug) else { continue };
        match volume.note(id) {
            Some(at) => {
                let note = &volume.debate.annotations[at];
                let label = note.title.clone().unwrap_or_else(|| id.replace('-', " "));
                let label =
                    if slug == placed.debate.slug { label } else { format!("{}: {label}", volume.title()) };
                let fragment: Arc<str> = format!("n-{id}").into();
                places.push(SeeAlso { to: Destination::Debate(slug, Some(fragment)), label });
            }
            None if volume.is_set_aside(id) => {}
            None => {
                remarks.push(diagnostics::unknown_annotation(place(), id, volume.title(), volume.note_ids()))
            }
        }
    }
    places
}
