//! The home page.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording};
use crate::index::{Index, NoteRef};
use crate::json_ld::Node;
use crate::json_ld::schema::*;
use crate::model::{Annotation, Destination, Kind as NoteKind, Prose, Site, Standing, WholeParagraph};
use crate::pages::author::Author;
use crate::pages::fragments;
use crate::pages::inputs::{Card, Evidence, ListedBriefing, ListedTopic};
use crate::pages::share::CardWords;
use crate::pages::views::{HomeView, ShareCardWords};
use crate::permalink::{Beside, Entry};

/// So many commitments that fall due are shown.
const DUE: usize = 5;

/// How many of each the home page shows.
const LATEST: usize = 10;

/// The kind.
pub struct Home;

/// What the home page reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    intro: Option<&'s Prose>,
    briefings: Vec<ListedBriefing<'s>>,
    debates: Vec<Card<'s>>,
    topics: Vec<ListedTopic<'s>>,
    commitments: Vec<Evidence<'s>>,
    /// Where no commitment is open: the latest approved note on words of a speaker.
    passage: Option<Evidence<'s>>,
    debate_count: usize,
    note_count: usize,
}

impl Kind for Home {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "home";
    const HAS_CARD: bool = true;

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Entry::Home.address(), 0);
    }

    fn source(_: &Site, _: &Index, _: usize) -> Option<Destination> {
        Some(Destination::Home)
    }

    fn inputs<'s>(from: &'s Composer<'s>, _: Page) -> Inputs<'s> {
        let Site { debates, topics, briefings, home, .. } = from.site;
        let commitments: Vec<_> = falling_due(from).take(DUE).map(|at| from.evidence(at)).collect();
        let passage = if commitments.is_empty() { latest_passage(from) } else { None };
        Inputs {
            intro: home.as_ref().map(|home| &home.body),
            briefings: briefings.iter().take(LATEST).map(|briefing| ListedBriefing::new(briefing)).collect(),
            debates: (0..debates.len().min(LATEST)).map(|at| from.card(at)).collect(),
            topics: topics.iter().map(|topic| from.listed_topic(topic)).collect(),
            commitments,
            passage: passage.map(|at| from.evidence(at)),
            debate_count: debates.len(),
            note_count: debates.iter().map(|debate| debate.note_count()).sum(),
        }
    }

    fn title(_: &Inputs<'_>, _: &Wording) -> Title {
        Title::Site
    }

    fn description(_: &Inputs<'_>, frame: &Frame<'_>) -> Option<String> {
        frame.config().description.clone()
    }

    fn has_code(inputs: &Inputs<'_>) -> bool {
        inputs.intro.is_some_and(|intro| intro.has_code)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        let briefings = inputs.briefings.iter();
        View::Home(Box::new(HomeView {
            intro_html: inputs.intro.map(|intro| fragments::prose(intro, linker, "")),
            briefings: briefings.map(|briefing| frame.briefing_card(briefing, linker)).collect(),
            debates: frame.debate_cards(&inputs.debates, linker),
            topics: inputs.topics.iter().map(|topic| frame.topic_card(topic, linker)).collect(),
            live: inputs
                .commitments
                .first()
                .or(inputs.passage.as_ref())
                .map(|&live| frame.evidence(live, linker)),
            commitments: frame.commitments(&inputs.commitments, linker),
            json_feed: frame.feed(Beside::JsonFeed, linker),
            debate_count: inputs.debate_count,
            note_count: inputs.note_count,
        }))
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        let site = Work {
            kind: WorkType::WebSite,
            id: Some(author.site_id()),
            is_part_of: Vec::new(),
            license: author.licence(),
            potential_action: Some(SearchAction {
                kind: ActionType::SearchAction,
                target: EntryPoint {
                    kind: EntryPointType::EntryPoint,
                    url_template: format!("{}search/?q={{search_term_string}}", author.base),
                },
                query_input: "required name=search_term_string",
            }),
            ..author.plain()
        };
        vec![site.into()]
    }

    fn card(inputs: &Inputs<'_>, frame: &Frame<'_>) -> CardWords {
        let words = ShareCardWords {
            debates: inputs.debate_count,
            notes: inputs.note_count,
            ..ShareCardWords::default()
        };
        CardWords { words, summary: frame.config().description.clone(), lanes: Vec::new() }
    }
}

/// The first approved note on words of the latest debate that has one.
fn latest_passage(from: &Composer<'_>) -> Option<NoteRef> {
    let is_live = |note: &Annotation| {
        note.standing == Standing::Approved
            && note.passages.iter().any(|passage| passage.whole == WholeParagraph::No)
    };
    from.site.debates.iter().enumerate().find_map(|(at, debate)| {
        let note = debate.annotations.iter().position(is_live)?;
        Some(NoteRef { debate: at, note })
    })
}

/// The commitments of which nobody has said what became of them in the end: first those that fall due
/// next, then those that fell due last. One without a day never falls due.
fn falling_due(from: &Composer<'_>) -> impl Iterator<Item = NoteRef> {
    let open = from.index.commitments.iter().filter_map(|&at| match &from.evidence(at).note().kind {
        NoteKind::Commitment(commitment) => {
            commitment.outcome.state.is_open().then_some((commitment.due_by, at))
        }
        _ => None,
    });
    let dated = open.filter(|(due, _)| due.is_some());
    let (past, next): (Vec<_>, Vec<_>) = dated.partition(|(due, _)| *due < from.site.as_of);
    next.into_iter().chain(past.into_iter().rev()).map(|(_, at)| at)
}
