//! The page for addresses that don't exist.

use super::{Composer, Context, Kind, Page, Pages, Standing, Title, View, Wording};
use crate::index::Index;
use crate::model::Site;
use crate::pages::views::TextPageView;
use crate::permalink::Address;
use url::Url;

/// The kind.
pub struct NotFound;

impl Kind for NotFound {
    type Inputs<'s> = ();
    const NAME: &'static str = "404";
    const STANDING: Standing = Standing::Anywhere;

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Address::file("404.html"), 0);
    }

    fn inputs<'s>(_: &'s Composer<'s>, _: Page) {}

    fn title((): &(), _: &Wording) -> Title {
        Title::Named("not_found", 1)
    }

    fn canonical((): &(), _: &Url, _: &Address) -> Option<Url> {
        None
    }

    fn view((): &(), _: &Context<'_>) -> View {
        View::NotFound(TextPageView { status: "approved", ..TextPageView::default() })
    }
}
