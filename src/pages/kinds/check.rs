//! The page where readers check a quotation against every debate. Without scripts it leads to the search.

use super::{Composer, Context, Kind, Page, Pages, Title, View, Wording};
use crate::index::Index;
use crate::model::Site;
use crate::pages::views::TextPageView;
use crate::permalink::Address;

/// The kind.
pub struct Check;

impl Kind for Check {
    type Inputs<'s> = ();
    const NAME: &'static str = "check";

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Address::folder(&[Self::NAME]), 0);
    }

    fn inputs<'s>(_: &'s Composer<'s>, _: Page) {}

    fn title((): &(), _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn view((): &(), _: &Context<'_>) -> View {
        View::Check(TextPageView { status: "approved", ..TextPageView::default() })
    }
}
