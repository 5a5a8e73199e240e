//! A topic: what was said on it, and what that comes to.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::json_ld::schema::*;
use crate::model::{DebateSlug, Destination, Kind as NoteKind, Site, Topic as Model};
use crate::pages::author::{Author, latest};
use crate::pages::fragments;
use crate::pages::inputs::{Evidence, InList, Notes};
use crate::pages::share::CardWords;
use crate::pages::shared::{key_points, outcomes, said_once, states_of};
use crate::pages::views::*;
use crate::permalink::{Beside, Entry, is_extract};
use std::collections::HashSet;

/// At most so many of each are shown above the evidence; the rest are among it.
const AT_THE_TOP: usize = 20;
/// At most so many names stand in the scope line.
const NAMED: usize = 10;

/// The id of the heading over a debate's evidence on a topic.
pub fn group_id(debate: &DebateSlug) -> String {
    format!("d-{debate}")
}

/// The kind.
pub struct Topic;

/// What a page of a topic reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    topic: &'s Model,
    /// The evidence.
    notes: Notes<'s>,
    /// In how many debates.
    debates: usize,
    list: InList,
}

impl Kind for Topic {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "topic";
    const HAS_CARD: bool = true;

    fn plan(site: &Site, index: &Index, pages: &mut Pages<'_>) {
        for (at, topic) in site.topics.iter().enumerate() {
            let count = index.topics.get(&topic.slug).map_or(0, |entry| entry.notes.len());
            pages.add_list(&Entry::Topic(topic.slug.as_str()).address(), at, count);
        }
    }

    fn source(site: &Site, _: &Index, at: usize) -> Option<Destination> {
        Some(Destination::Topic(site.topics.get(at)?.slug.clone()))
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, number, .. }: Page) -> Inputs<'s> {
        let topic = &from.site.topics[at];
        let entry = from.index.topics.get(&topic.slug);
        let notes = entry.map_or(&[][..], |entry| &entry.notes);
        Inputs {
            topic,
            notes: from.notes(notes, number),
            debates: entry.map_or(0, |entry| entry.debates),
            list: InList { number, count: notes.len() },
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Own(inputs.topic.title.clone(), inputs.list.number)
    }

    fn description(inputs: &Inputs<'_>, _: &Frame<'_>) -> Option<String> {
        inputs.topic.summary.clone()
    }

    fn has_code(inputs: &Inputs<'_>) -> bool {
        let Model { overview, key_points, .. } = inputs.topic;
        let above = || overview.has_code || key_points.iter().any(|point| point.text.has_code);
        inputs.list.number == 1 && above()
            || inputs.notes.on_page().iter().any(|evidence| evidence.has_code())
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        View::Topic(Box::new(topic_view(inputs, context)))
    }

    fn works(inputs: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        let topic = inputs.topic;
        let subject = author.subject(&topic.slug, &topic.title);
        let notes = inputs.notes.summarised().iter().map(|evidence| evidence.note());
        let work = Work {
            about: vec![Thing { description: topic.summary.clone(), url: None, ..subject }],
            date_modified: latest(notes).map(|day| day.to_string()),
            ..author.list()
        };
        vec![work.into()]
    }

    fn card(inputs: &Inputs<'_>, _: &Frame<'_>) -> CardWords {
        let words = ShareCardWords {
            passages: inputs.list.count,
            debates: inputs.debates,
            ..ShareCardWords::default()
        };
        CardWords { words, summary: inputs.topic.summary.clone(), lanes: Vec::new() }
    }
}

/// What is not evidence stands on the first page only.
fn topic_view(inputs: &Inputs<'_>, context: &Context<'_>) -> TopicView {
    let Context { frame, linker, .. } = context;
    let topic = inputs.topic;
    let first = inputs.list.number == 1;
    let summarised = inputs.notes.summarised();
    let of_kind = |wanted: &dyn Fn(&NoteKind) -> bool| -> Vec<Evidence<'_>> {
        let wanted = |evidence: &Evidence<'_>| wanted(&evidence.note().kind);
        summarised.iter().copied().filter(wanted).take(AT_THE_TOP).collect()
    };
    let promised = of_kind(&|kind| matches!(kind, NoteKind::Commitment(_)));
    let claims = of_kind(&|kind| matches!(kind, NoteKind::Claim | NoteKind::FactCheck(_)));
    let questions = of_kind(&|kind| matches!(kind, NoteKind::Question));
    let key_points = match first {
        true => key_points(&topic.key_points, linker),
        false => Vec::new(),
    };
    let reviews = summarised.iter().filter_map(|evidence| evidence.note().reviewed.as_ref());
    let (speakers, more_speakers) = scope_speakers(summarised, context);
    TopicView {
        status: topic.standing.word(),
        slug: topic.slug.to_string(),
        feed: frame.feed(Beside::TopicFeed(topic.slug.as_str()), linker).filter(|_| inputs.list.count > 0),
        charts: frame.over_time(&topic.slug, summarised, linker).into_iter().collect(),
        title: topic.title.clone(),
        summary: topic.summary.clone(),
        passages: inputs.list.count,
        debates: inputs.debates,
        speakers,
        more_speakers,
        only_extracts: !summarised.is_empty()
            && summarised.iter().all(|evidence| is_extract(evidence.particulars())),
        key_points,
        commitments: frame.commitments(&promised, linker),
        outcomes: outcomes(&states_of(summarised), linker),
        said_once: said_once(inputs.notes.on_page().iter().map(|evidence| evidence.note())),
        claims: frame.evidence_of(&claims, linker),
        questions: frame.evidence_of(&questions, linker),
        groups: groups(inputs.notes.on_page(), context),
        overview_html: if first {
            fragments::prose(&topic.overview, linker, "overview-")
        } else {
            String::new()
        },
        related: frame.topic_links(&topic.related, linker),
        pager: context.pager(inputs.list),
        latest: latest(summarised.iter().map(|evidence| evidence.note())).map(|date| date.to_string()),
        reviewed: reviews
            .filter_map(|(by, on)| Some((on.as_ref()?, by)))
            .max()
            .map(|(on, by)| ReviewedView { on: on.to_string(), by: by.clone() }),
    }
}

/// The first whose words some notes are on, each once, and how many more there are.
fn scope_speakers(notes: &[Evidence<'_>], context: &Context<'_>) -> (Vec<SpeakerView>, usize) {
    let mut speakers: Vec<SpeakerView> = Vec::new();
    let mut known = HashSet::new();
    for evidence in notes {
        for who in evidence.speakers() {
            if known.insert(who.key()) && speakers.len() < NAMED {
                speakers.push(context.frame.speaker(who, evidence.particulars().date, context.linker));
            }
        }
    }
    let more = known.len() - speakers.len();
    (speakers, more)
}

/// Evidence by debate.
fn groups(notes: &[Evidence<'_>], context: &Context<'_>) -> Vec<EvidenceGroup> {
    let group = |notes: &[Evidence<'_>]| EvidenceGroup {
        id: group_id(notes[0].slug()),
        debate: context.frame.debate_card(notes[0].card(), context.linker),
        evidence_html: context.rendered(notes),
    };
    notes.chunk_by(|a, b| a.slug() == b.slug()).map(group).collect()
}
