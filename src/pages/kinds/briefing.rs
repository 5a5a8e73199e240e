//! A briefing: a document by an editor that quotes debates by reference.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::json_ld::schema::*;
use crate::model::{Briefing as Written, Destination, ProseHeading, Site};
use crate::pages::author::Author;
use crate::pages::fragments;
use crate::pages::inputs::{Card, ListedBriefing};
use crate::pages::share::{CardWords, one_line};
use crate::pages::shared::key_points;
use crate::pages::views::{BriefingView, LinkView, ShareCardWords};
use crate::permalink::Entry;

/// The kind.
pub struct Briefing;

/// What a briefing's page reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    briefing: &'s Written,
    /// Those that it draws on.
    debates: Vec<Card<'s>>,
}

impl Kind for Briefing {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "briefing";
    const HAS_CARD: bool = true;

    fn plan(site: &Site, _: &Index, pages: &mut Pages<'_>) {
        for (at, briefing) in site.briefings.iter().enumerate() {
            pages.add(Entry::Briefing(briefing.slug.as_str()).address(), at);
        }
    }

    fn source(site: &Site, _: &Index, at: usize) -> Option<Destination> {
        Some(Destination::Briefing(site.briefings.get(at)?.slug.clone(), None))
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, .. }: Page) -> Inputs<'s> {
        let briefing = &from.site.briefings[at];
        Inputs { briefing, debates: from.debates_of(briefing) }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Own(inputs.briefing.title.clone(), 1)
    }

    fn description(inputs: &Inputs<'_>, _: &Frame<'_>) -> Option<String> {
        inputs.briefing.summary.clone()
    }

    fn has_code(inputs: &Inputs<'_>) -> bool {
        let Written { body, key_points, .. } = inputs.briefing;
        body.has_code || key_points.iter().any(|point| point.text.has_code)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        View::Briefing(BriefingView {
            contents: inputs.briefing.body.headings.iter().map(contents_link).collect(),
            body_html: fragments::prose(&inputs.briefing.body, linker, ""),
            card: frame.briefing_card(&ListedBriefing::new(inputs.briefing), linker),
            key_points: key_points(&inputs.briefing.key_points, linker),
            topics: frame.topic_links(&inputs.briefing.topics, linker),
            debates: frame.debate_cards(&inputs.debates, linker),
        })
    }

    fn works(inputs: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        let briefing = inputs.briefing;
        let debate = |card: &Card<'_>| {
            let listed = card.listed();
            Work {
                kind: WorkType::Article,
                name: Some(listed.particulars.title.clone()),
                url: Some(author.to(&Destination::Debate(listed.slug.clone(), None))),
                ..Work::default()
            }
        };
        let work = Work {
            kind: WorkType::Article,
            headline: Some(briefing.title.clone()),
            date_published: briefing.date.map(|day| day.to_string()),
            author: briefing.authors.iter().map(|name| author.by(name)).collect(),
            about: author.subjects(&briefing.topics),
            license: author.licence(),
            is_based_on: inputs.debates.iter().map(debate).collect(),
            ..author.plain()
        };
        vec![work.into()]
    }

    fn card(inputs: &Inputs<'_>, _: &Frame<'_>) -> CardWords {
        let briefing = inputs.briefing;
        let words = ShareCardWords {
            date: briefing.date.map(|date| date.to_string()),
            authors: briefing.authors.iter().map(|author| one_line(author)).collect(),
            status: Some(briefing.standing.word()),
            ..ShareCardWords::default()
        };
        CardWords { words, summary: briefing.summary.clone(), lanes: Vec::new() }
    }
}

/// The way to a heading.
fn contents_link(heading: &ProseHeading) -> LinkView {
    LinkView { label: heading.words.to_string(), href: Some(format!("#{}", heading.id)) }
}
