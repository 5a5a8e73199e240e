//! The register of commitments, by due date; those without one last.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::{Kind as NoteKind, OutcomeState, Site, TopicSlug};
use crate::pages::author::Author;
use crate::pages::inputs::{Evidence, InList};
use crate::pages::page_of;
use crate::pages::shared::{outcomes, states_of, topics_of};
use crate::pages::views::{CommitmentsView, CountView};
use crate::permalink::{Address, Beside};
use std::collections::{BTreeMap, HashMap};

/// The kind.
pub struct Commitments;

/// What a page of the register reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    commitments: Vec<Evidence<'s>>,
    list: InList,
    /// How many of the whole register are in each state.
    outcomes: BTreeMap<OutcomeState, usize>,
    /// How many of it are on each topic.
    topics: BTreeMap<&'s TopicSlug, usize>,
    /// How many of it are owed by the same as each of these.
    owing: Vec<(Evidence<'s>, usize)>,
    /// Whether any commitment of the site has a due date.
    has_due_dates: bool,
}

impl Kind for Commitments {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "commitments";
    const SECTION: Option<Section> =
        Some(Section { place: 4, is_there: |_, index| !index.commitments.is_empty() });

    fn plan(_: &Site, index: &Index, pages: &mut Pages<'_>) {
        pages.add_list(&Address::folder(&[Self::NAME]), 0, index.commitments.len());
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { number, .. }: Page) -> Inputs<'s> {
        let all = &from.index.commitments;
        let every = from.evidence_of(all);
        Inputs {
            commitments: from.evidence_of(page_of(all, number)),
            list: InList { number, count: all.len() },
            outcomes: states_of(&every),
            topics: topics_of(every.iter().map(|evidence| evidence.note())),
            owing: owing(&every),
            has_due_dates: from.index.has_due_dates(from.site),
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, inputs.list.number)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        View::Commitments(CommitmentsView {
            outcomes: outcomes(&inputs.outcomes, linker),
            people: people(&inputs.owing, context),
            topics: frame.topics_counted(&inputs.topics, linker),
            states: outcomes(&inputs.outcomes, linker),
            rows: frame.commitments(&inputs.commitments, linker),
            count: inputs.list.count,
            pager: context.pager(inputs.list),
            charts: frame.timeline(&inputs.commitments, linker).into_iter().collect(),
            calendar: frame.feed(Beside::Calendar, linker).filter(|_| inputs.has_due_dates),
        })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}

/// The first of those commitments that the same owe, with how many these are.
fn owing<'s>(every: &[Evidence<'s>]) -> Vec<(Evidence<'s>, usize)> {
    let mut found: Vec<(Evidence<'s>, usize)> = Vec::new();
    let mut places = HashMap::new();
    for &evidence in every {
        let NoteKind::Commitment(commitment) = &evidence.note().kind else { continue };
        // Where nobody is named, who spoke owes it.
        let spoke = if commitment.owed_by.is_none() { evidence.speakers() } else { Vec::new() };
        let place = *places.entry((&commitment.owed_by, spoke)).or_insert(found.len());
        match found.get_mut(place) {
            Some((_, count)) => *count += 1,
            None => found.push((evidence, 1)),
        }
    }
    found
}

/// Who owes them, each with how many, by name.
fn people(owing: &[(Evidence<'_>, usize)], context: &Context<'_>) -> Vec<CountView> {
    let Context { frame, linker, .. } = context;
    let mut people: BTreeMap<String, CountView> = BTreeMap::new();
    for (evidence, count) in owing {
        let NoteKind::Commitment(commitment) = &evidence.note().kind else { continue };
        let Some(who) = frame.owed_by(*evidence, commitment, linker) else { continue };
        let view = people.entry(who.label.clone()).or_insert_with(|| CountView {
            label: who.label.clone(),
            slug: who.label,
            href: who.href.unwrap_or_default(),
            count: 0,
        });
        view.count += count;
    }
    people.into_values().collect()
}
