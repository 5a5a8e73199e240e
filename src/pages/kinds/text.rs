//! A page of text that is about the site rather than a debate.

use super::{Composer, Context, Frame, Kind, Page, Pages, Standing, Title, View, Wording};
use crate::index::Index;
use crate::model::{Destination, Site, TextPage};
use crate::pages::fragments;
use crate::pages::views::TextPageView;
use crate::permalink::Entry;

/// The kind.
pub struct Text;

impl Kind for Text {
    type Inputs<'s> = &'s TextPage;
    const NAME: &'static str = "page";
    const STANDING: Standing = Standing::Named;

    fn plan(site: &Site, _: &Index, pages: &mut Pages<'_>) {
        for (at, page) in site.pages.iter().enumerate() {
            pages.add(Entry::Page(&page.slug).address(), at);
        }
    }

    fn source(site: &Site, _: &Index, at: usize) -> Option<Destination> {
        Some(Destination::Page(site.pages.get(at)?.slug.as_str().into(), None))
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, .. }: Page) -> &'s TextPage {
        &from.site.pages[at]
    }

    fn template<'i>(page: &'i &TextPage) -> &'i str {
        page.template.as_deref().filter(|name| is_for_text(name)).unwrap_or(Self::NAME)
    }

    fn title(page: &&TextPage, _: &Wording) -> Title {
        Title::Own(name(page).to_owned(), 1)
    }

    fn description(page: &&TextPage, _: &Frame<'_>) -> Option<String> {
        page.summary.clone()
    }

    fn has_code(page: &&TextPage) -> bool {
        page.body.has_code
    }

    fn view(page: &&TextPage, context: &Context<'_>) -> View {
        let body_html = fragments::prose(&page.body, context.linker, "");
        View::Text(TextPageView { title: name(page).to_owned(), status: page.standing.word(), body_html })
    }
}

/// Whether a template can be one for a page of text: those of other kinds want other views.
pub fn is_for_text(template: &str) -> bool {
    template != "base" && super::KINDS.iter().all(|kind| kind.name() != template || template == Text::NAME)
}

fn name(page: &TextPage) -> &str {
    page.title.as_deref().unwrap_or(&page.slug)
}
