//! What stands at an address that a page had before.

use super::{Composer, Context, Kind, Page, Pages, Standing, Title, View, Wording};
use crate::index::{Index, Moved as Former};
use crate::model::{Destination, Site};
use crate::pages::views::MovedView;
use crate::permalink::{Address, absolute};
use url::Url;

/// The kind.
pub struct Moved;

/// What such a page reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    to: &'s Destination,
    title: Option<&'s str>,
}

impl Kind for Moved {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "moved";
    const STANDING: Standing = Standing::Former;

    fn plan(_: &Site, index: &Index, pages: &mut Pages<'_>) {
        for (at, moved) in index.moved.iter().enumerate() {
            pages.add(moved.from.clone(), at);
        }
    }

    fn source(_: &Site, index: &Index, at: usize) -> Option<Destination> {
        Some(index.moved.get(at)?.to.clone())
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, .. }: Page) -> Inputs<'s> {
        let Former { to, title, .. } = &from.index.moved[at];
        Inputs { to, title: title.as_deref() }
    }

    fn title(_: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn canonical(inputs: &Inputs<'_>, base: &Url, _: &Address) -> Option<Url> {
        Some(absolute(base, inputs.to))
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let href = context.linker.href(inputs.to);
        View::Moved(MovedView { title: inputs.title.map(str::to_owned), href })
    }
}
