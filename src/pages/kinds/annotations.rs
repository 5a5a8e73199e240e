//! The kinds of notes that the site has.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording, kind_address};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::Kind as NoteKind;
use crate::model::Site;
use crate::pages::author::Author;
use crate::pages::views::{AnnotationsView, CountView};
use crate::permalink::Address;

/// The kind.
pub struct Annotations;

/// What the page reads.
#[derive(Hash)]
pub struct Inputs {
    /// Each kind that occurs, by its word, and how many notes are of it.
    kinds: Vec<(&'static str, usize)>,
}

impl Kind for Annotations {
    type Inputs<'s> = Inputs;
    const NAME: &'static str = "annotations";
    const SECTION: Option<Section> = Some(Section { place: 6, is_there: |_, _| true });

    fn plan(_: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add(Address::folder(&[Self::NAME]), 0);
    }

    fn inputs<'s>(from: &'s Composer<'s>, _: Page) -> Inputs {
        let count = |word| Some((word, from.index.kinds.get(word)?.len()));
        Inputs { kinds: NoteKind::WORDS.into_iter().filter_map(count).collect() }
    }

    fn title(_: &Inputs, _: &Wording) -> Title {
        Title::Named(Self::NAME, 1)
    }

    fn view(inputs: &Inputs, context: &Context<'_>) -> View {
        let kind = |&(word, count): &(&'static str, usize)| CountView {
            label: word.into(),
            slug: word.into(),
            href: context.linker.to(&kind_address(word)),
            count,
        };
        View::Annotations(AnnotationsView { kinds: inputs.kinds.iter().map(kind).collect() })
    }

    fn works(_: &Inputs, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
