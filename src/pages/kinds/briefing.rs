//! A briefing: a document by an editor that quotes debates by reference.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording};
use crate::model::{Briefing as Written, Destination, Site};
use crate::pages::fragments;
use crate::pages::index::Index;
use crate::pages::inputs::{Card, ListedBriefing};
use crate::pages::json_ld::schema::*;
use crate::pages::json_ld::{Author, Node};
use crate::pages::share::{CardWords, one_line};
use crate::pages::views::{BriefingView, LinkView, ShareCardWords};
use crate::permalink::Entry;
use crate::text::slugify;
use std::collections::HashSet;
use std::fmt::Write;

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

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        let (body_html, contents) = headed(&fragments::prose(&inputs.briefing.body, linker, ""));
        View::Briefing(BriefingView {
            contents,
            body_html,
            card: frame.briefing_card(&ListedBriefing::new(inputs.briefing), linker),
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

/// A text whose headings of the first level have addresses, and the list of them.
fn headed(html: &str) -> (String, Vec<LinkView>) {
    const START: &str = "<h2>";
    let mut out = String::with_capacity(html.len() + 256);
    let mut contents: Vec<LinkView> = Vec::new();
    let mut taken = HashSet::new();
    let mut parts = html.split(START);
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let (heading, rest) = part.split_once("</h2>").unwrap_or((part, ""));
        let label = words_of(heading);
        // Two headings whose names come to one address have two, whatever others are called.
        let plain = format!("h-{}", slugify(&label));
        let numbered = (2..).map(|number| format!("{plain}-{number}"));
        let id = std::iter::once(plain.clone()).chain(numbered).find(|id| taken.insert(id.clone()));
        let id = id.expect("there is always a further number");
        let _ = write!(out, "<h2 id=\"{id}\">{heading}</h2>{rest}");
        contents.push(LinkView { label, href: Some(format!("#{id}")) });
    }
    (out, contents)
}

/// The words of a heading without its tags, and its characters as themselves.
fn words_of(html: &str) -> String {
    let mut words = String::new();
    for (at, part) in html.split('<').enumerate() {
        words.push_str(if at == 0 { part } else { part.split_once('>').map_or("", |(_, text)| text) });
    }
    // The ampersand last: what it began is no reference then.
    for (reference, character) in
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&amp;", "&")]
    {
        words = words.replace(reference, character);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::headed;

    #[test]
    fn no_two_headings_of_a_briefing_have_one_address() {
        let headings = ["Foo", "Foo", "Foo 2", "A b", "A-b", "—", "…", "R &amp; D"];
        let html: String = headings.iter().map(|words| format!("<h2>{words}</h2><p>x</p>")).collect();
        let (out, contents) = headed(&html);
        let mut addresses: Vec<&str> = contents.iter().filter_map(|link| link.href.as_deref()).collect();
        assert_eq!(contents.last().map(|link| link.label.as_str()), Some("R & D"));
        assert!(addresses.iter().all(|address| out.contains(&format!("<h2 id=\"{}\">", &address[1..]))));
        addresses.sort_unstable();
        addresses.dedup();
        assert_eq!(addresses.len(), headings.len(), "{contents:?}");
    }
}
