//! The register of commitments, by due date; those without one last.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::{OutcomeState, Site};
use crate::pages::author::Author;
use crate::pages::inputs::{Evidence, InList};
use crate::pages::page_of;
use crate::pages::shared::{outcomes, states_of};
use crate::pages::views::{CommitmentRow, CommitmentsView, CountView};
use crate::permalink::{Address, Beside};
use std::collections::BTreeMap;

/// The kind.
pub struct Commitments;

/// What a page of the register reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    commitments: Vec<Evidence<'s>>,
    list: InList,
    /// How many of the whole register are in each state.
    outcomes: BTreeMap<OutcomeState, usize>,
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
        Inputs {
            commitments: from.evidence_of(page_of(all, number)),
            list: InList { number, count: all.len() },
            outcomes: states_of(&from.evidence_of(all)),
            has_due_dates: from.index.has_due_dates(from.site),
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, inputs.list.number)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        let rows = frame.commitments(&inputs.commitments, linker);
        let on_page = inputs.commitments.iter().map(|evidence| evidence.note());
        View::Commitments(CommitmentsView {
            outcomes: outcomes(&inputs.outcomes, linker),
            people: owing(&rows),
            topics: frame.topic_counts(on_page, linker),
            states: outcomes(&states_of(&inputs.commitments), linker),
            rows,
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

/// Who owes some commitments, each with how many, by name.
fn owing(rows: &[CommitmentRow]) -> Vec<CountView> {
    let mut people: BTreeMap<&str, CountView> = BTreeMap::new();
    for who in rows.iter().filter_map(|row| row.commitment.owed_by.as_ref()) {
        let view = people.entry(&who.label).or_insert_with(|| CountView {
            label: who.label.clone(),
            slug: who.label.clone(),
            href: who.href.clone().unwrap_or_default(),
            count: 0,
        });
        view.count += 1;
    }
    people.into_values().collect()
}
