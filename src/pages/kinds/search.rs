//! The page where readers search. Without scripts it leads to the lists.

use super::{Composer, Context, Kind, Page, Pages, Title, View, Wording};
use crate::index::Index;
use crate::model::Kind as NoteKind;
use crate::model::{ContributionKind, Site};
use crate::pages::PAGE_LENGTH;
use crate::pages::views::{CountView, NavigationView, SearchView};
use crate::permalink::Address;

/// The kind.
pub struct Search;

/// What the page reads.
#[derive(Hash)]
pub struct Inputs {
    /// The years of the debates, the latest first.
    years: Vec<Year>,
    /// The kinds of notes there are, by their words.
    kinds: Vec<&'static str>,
}

/// A year of debates.
#[derive(Hash)]
struct Year {
    year: i16,
    count: usize,
    /// On which page of the list of debates it begins.
    page: usize,
}

impl Kind for Search {
    type Inputs<'s> = Inputs;
    const NAME: &'static str = "search";

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Address::folder(&[Self::NAME]), 0);
    }

    fn inputs<'s>(from: &'s Composer<'s>, _: Page) -> Inputs {
        let mut years: Vec<Year> = Vec::new();
        for (at, debate) in from.site.debates.iter().enumerate() {
            let year = debate.particulars.date.year();
            match years.last_mut().filter(|last| last.year == year) {
                Some(last) => last.count += 1,
                None => years.push(Year { year, count: 1, page: at / PAGE_LENGTH + 1 }),
            }
        }
        let is_there = |kind: &&'static str| from.index.kinds.contains_key(kind);
        Inputs { years, kinds: NoteKind::WORDS.into_iter().filter(is_there).collect() }
    }

    fn title(_: &Inputs, _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn view(inputs: &Inputs, context: &Context<'_>) -> View {
        let linker = context.linker;
        let list = |label: &'static str| NavigationView {
            label,
            href: linker.to(&Address::folder(&[label])),
            here: false,
        };
        let debates = Address::folder(&["debates"]);
        let year = |year: &Year| CountView {
            label: year.year.to_string(),
            slug: year.year.to_string(),
            href: linker.to(&debates.paged(year.page)),
            count: year.count,
        };
        View::Search(SearchView {
            lists: ["topics", "people", "debates"].map(list).into(),
            years: inputs.years.iter().map(year).collect(),
            kinds: inputs.kinds.clone(),
            contribution_kinds: ContributionKind::ALL.map(ContributionKind::word).into(),
        })
    }
}
