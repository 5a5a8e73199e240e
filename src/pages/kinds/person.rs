//! A person: the debates they speak in, the notes on their words, what they undertook.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording};
use crate::index::{Index, PersonEntry};
use crate::json_ld::schema::*;
use crate::json_ld::{Node, is_web_page};
use crate::model::{Destination, Person as Model, Site, Standing, Term, TopicSlug};
use crate::pages::author::Author;
use crate::pages::fragments;
use crate::pages::inputs::{Card, Evidence, InList, Notes};
use crate::pages::page_of;
use crate::pages::share::{CardWords, one_line};
use crate::pages::shared::{initials, said_once};
use crate::pages::views::*;
use crate::permalink::{Beside, Entry};
use std::cmp::Reverse;

/// The kind.
pub struct Person;

/// What a page of a person reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    person: &'s Model,
    /// The debates they speak in, on this page of the list, and how many there are in all.
    debates: Vec<Card<'s>>,
    debate_count: usize,
    /// The notes on their words.
    notes: Notes<'s>,
    /// The notes that say that words mean them, on this page of the list.
    mentioned: Vec<Evidence<'s>>,
    /// The commitments they owe, on this page of the list.
    owed: Vec<Evidence<'s>>,
    /// The longest of these lists.
    list: InList,
    has_feed: bool,
}

impl Kind for Person {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "person";
    const HAS_CARD: bool = true;

    fn plan(site: &Site, index: &Index, pages: &mut Pages<'_>) {
        for (at, person) in site.people.iter().enumerate() {
            let count = index.people.get(&person.slug).map_or(0, PersonEntry::longest);
            pages.add_list(&Entry::Person(person.slug.as_str()).address(), at, count);
        }
    }

    fn source(site: &Site, _: &Index, at: usize) -> Option<Destination> {
        Some(Destination::Person(site.people.get(at)?.slug.clone()))
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, number, .. }: Page) -> Inputs<'s> {
        let person = &from.site.people[at];
        let none = PersonEntry::default();
        let entry = from.index.people.get(&person.slug).unwrap_or(&none);
        Inputs {
            person,
            debates: from.cards(page_of(&entry.debates, number)),
            debate_count: entry.debates.len(),
            notes: from.notes(&entry.notes, number),
            mentioned: from.evidence_of(page_of(&entry.mentioned, number)),
            owed: from.evidence_of(page_of(&entry.owed, number)),
            list: InList { number, count: entry.longest() },
            has_feed: from.index.has_feed(&person.slug),
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Own(inputs.person.name.clone(), inputs.list.number)
    }

    fn has_code(inputs: &Inputs<'_>) -> bool {
        let shown = || inputs.notes.on_page().iter().chain(&inputs.mentioned);
        inputs.person.about.has_code || shown().any(|evidence| evidence.has_code())
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        View::Person(Box::new(person_view(inputs, context)))
    }

    fn works(inputs: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        let main_entity = Some(agent(inputs.person, author));
        vec![Work { kind: WorkType::ProfilePage, main_entity, ..author.plain() }.into()]
    }

    fn card(inputs: &Inputs<'_>, _: &Frame<'_>) -> CardWords {
        let person = inputs.person;
        let latest = |kind, terms: &[Term]| {
            terms.iter().max_by_key(|term| term.from).map(|term| term_view(kind, term))
        };
        let office =
            latest("office", &person.offices).or_else(|| latest("constituency", &person.constituencies));
        let words = ShareCardWords {
            passages: inputs.notes.count(),
            debates: inputs.debate_count,
            office: office.map(|office| TermView { name: one_line(&office.name), ..office }),
            ..ShareCardWords::default()
        };
        CardWords { words, ..CardWords::default() }
    }
}

/// What is not a list stands on the first page only.
fn person_view(inputs: &Inputs<'_>, context: &Context<'_>) -> PersonView {
    let Context { frame, linker, .. } = context;
    let person = inputs.person;
    let terms =
        [("office", &person.offices), ("party", &person.parties), ("constituency", &person.constituencies)];
    let terms =
        terms.into_iter().flat_map(|(kind, terms)| terms.iter().map(move |term| term_view(kind, term)));
    let summarised = inputs.notes.summarised();
    let on_words = summarised.iter().map(|evidence| evidence.note());
    let link = |(label, url): &(String, String)| LinkView { label: label.clone(), href: Some(url.clone()) };
    PersonView {
        charts: frame.topics_over_time(summarised, linker).into_iter().collect(),
        feed: frame.feed(Beside::PersonFeed(person.slug.as_str()), linker).filter(|_| inputs.has_feed),
        slug: person.slug.to_string(),
        status: person.standing.word(),
        name: person.name.clone(),
        initials: initials(&person.name),
        portrait: person.portrait.as_ref().map(|portrait| PortraitView {
            src: linker.href(&portrait.file),
            alt: portrait.alt.clone(),
            licence: portrait.licence.clone(),
            by: portrait.by.clone(),
        }),
        terms: terms.collect(),
        links: person.links.iter().map(link).collect(),
        about_html: fragments::prose(&person.about, linker, "about-"),
        debates: frame.debate_cards(&inputs.debates, linker),
        commitments: frame.commitments(&inputs.owed, linker),
        topics: frame.topic_counts(on_words.filter(|note| note.standing != Standing::Retracted), linker),
        passages: groups(inputs.notes.on_page(), context),
        said_once: said_once(inputs.notes.on_page().iter().map(|evidence| evidence.note())),
        passage_count: inputs.notes.count(),
        mentioned_html: context.rendered(&inputs.mentioned),
        pager: context.pager(inputs.list),
    }
}

/// Notes by the first of their topics: the topic of the most first, and last what is on none.
fn groups(notes: &[Evidence<'_>], context: &Context<'_>) -> Vec<PassageGroup> {
    let mut by_topic: Vec<(Option<&TopicSlug>, Vec<Evidence<'_>>)> = Vec::new();
    for &evidence in notes {
        let topic = evidence.note().topics.first();
        match by_topic.iter_mut().find(|(known, _)| *known == topic) {
            Some((_, those)) => those.push(evidence),
            None => by_topic.push((topic, vec![evidence])),
        }
    }
    by_topic.sort_by_key(|(topic, those)| (topic.is_none(), Reverse(those.len())));
    let group = |(topic, those): (Option<&TopicSlug>, Vec<Evidence<'_>>)| PassageGroup {
        id: topic.map_or_else(|| "t".to_owned(), |topic| format!("t-{topic}")),
        topic: context.frame.topic_links(topic, context.linker).pop(),
        evidence_html: context.rendered(&those),
    };
    by_topic.into_iter().map(group).collect()
}

/// What a person held, and when.
fn term_view(kind: &'static str, term: &Term) -> TermView {
    TermView {
        kind,
        name: term.name.clone(),
        from: term.from.map(|date| date.to_string()),
        to: term.to.map(|date| date.to_string()),
    }
}

/// The person, for machines.
fn agent(person: &Model, author: &Author<'_>) -> Agent {
    let role = |kind, term: &Term| Agent {
        start_date: term.from.map(|day| day.to_string()),
        end_date: term.to.map(|day| day.to_string()),
        ..Agent::new(kind)
    };
    let url = author.to(&Destination::Person(person.slug.clone()));
    Agent {
        id: Some(format!("{url}#person")),
        alternate_name: person.aliases.iter().filter(|alias| **alias != person.name).cloned().collect(),
        has_occupation: person
            .offices
            .iter()
            .map(|term| Agent {
                has_occupation: vec![Agent::named(AgentType::Occupation, &term.name)],
                ..role(AgentType::Role, term)
            })
            .collect(),
        member_of: person
            .parties
            .iter()
            .map(|term| Agent {
                member_of: vec![Agent::named(AgentType::PoliticalParty, &term.name)],
                ..role(AgentType::OrganizationRole, term)
            })
            .collect(),
        same_as: person
            .links
            .iter()
            .filter(|(_, url)| is_web_page(url))
            .map(|(_, url)| url.clone())
            .collect(),
        url: Some(url),
        ..Agent::named(AgentType::Person, &person.name)
    }
}
