//! The list of briefings, the latest first.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::Site;
use crate::pages::author::Author;
use crate::pages::inputs::ListedBriefing;
use crate::pages::views::BriefingsView;
use crate::permalink::Address;

/// The kind.
pub struct Briefings;

/// What the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    briefings: Vec<ListedBriefing<'s>>,
}

impl Kind for Briefings {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "briefings";
    const SECTION: Option<Section> =
        Some(Section { place: 3, is_there: |site, _| !site.briefings.is_empty() });

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Address::folder(&[Self::NAME]), 0);
    }

    fn inputs<'s>(from: &'s Composer<'s>, _: Page) -> Inputs<'s> {
        let briefings = from.site.briefings.iter();
        Inputs { briefings: briefings.map(|briefing| ListedBriefing::new(briefing)).collect() }
    }

    fn title(_: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        let briefings = inputs.briefings.iter().map(|briefing| frame.briefing_card(briefing, linker));
        View::Briefings(BriefingsView { briefings: briefings.collect() })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
