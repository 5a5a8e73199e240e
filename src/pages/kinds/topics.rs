//! The list of topics, by title.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::Site;
use crate::pages::author::Author;
use crate::pages::inputs::ListedTopic;
use crate::pages::views::TopicsView;
use crate::permalink::Address;

/// The kind.
pub struct Topics;

/// What the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    topics: Vec<ListedTopic<'s>>,
}

impl Kind for Topics {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "topics";
    const SECTION: Option<Section> = Some(Section { place: 2, is_there: |_, _| true });

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Address::folder(&[Self::NAME]), 0);
    }

    fn inputs<'s>(from: &'s Composer<'s>, _: Page) -> Inputs<'s> {
        Inputs { topics: from.site.topics.iter().map(|topic| from.listed_topic(topic)).collect() }
    }

    fn title(_: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        let topics = inputs.topics.iter().map(|topic| frame.topic_card(topic, linker));
        View::Topics(TopicsView { topics: topics.collect() })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
