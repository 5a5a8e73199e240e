//! The list of debates, the latest first.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::Site;
use crate::pages::author::Author;
use crate::pages::inputs::{Card, InList};
use crate::pages::page_of;
use crate::pages::views::DebatesView;
use crate::permalink::Address;

/// The kind.
pub struct Debates;

/// What a page of the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    debates: Vec<Card<'s>>,
    list: InList,
}

impl Kind for Debates {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "debates";
    const SECTION: Option<Section> = Some(Section { place: 1, is_there: |_, _| true });

    fn plan(site: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add_list(&Address::folder(&[Self::NAME]), 0, site.debates.len());
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { number, .. }: Page) -> Inputs<'s> {
        let all: Vec<usize> = (0..from.site.debates.len()).collect();
        Inputs { debates: from.cards(page_of(&all, number)), list: InList { number, count: all.len() } }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, inputs.list.number)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        View::Debates(DebatesView {
            debates: context.frame.debate_cards(&inputs.debates, context.linker),
            count: inputs.list.count,
            pager: context.pager(inputs.list),
        })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
