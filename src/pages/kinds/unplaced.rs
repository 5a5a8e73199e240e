//! Notes whose words were revised away: the latest debate first.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::{Destination, Site, Unplaced as Note};
use crate::pages::author::Author;
use crate::pages::inputs::{Card, InList};
use crate::pages::page_of;
use crate::pages::views::{LinkView, OldQuoteView, UnplacedListView, UnplacedView};
use crate::permalink::Address;

/// The kind.
pub struct Unplaced;

/// What a page of the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    notes: Vec<(&'s Note, Card<'s>)>,
    list: InList,
}

impl Kind for Unplaced {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "unplaced";
    const SECTION: Option<Section> =
        Some(Section { place: 8, is_there: |_, index| !index.unplaced.is_empty() });

    fn plan(_: &Site, index: &Index, pages: &mut Pages<'_>) {
        if !index.unplaced.is_empty() {
            pages.add_list(&Address::folder(&[Self::NAME]), 0, index.unplaced.len());
        }
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { number, .. }: Page) -> Inputs<'s> {
        let all = &from.index.unplaced;
        let note =
            |&(debate, note): &(usize, usize)| (&from.site.debates[debate].unplaced[note], from.card(debate));
        Inputs {
            notes: page_of(all, number).iter().map(note).collect(),
            list: InList { number, count: all.len() },
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, inputs.list.number)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let Context { frame, linker, .. } = context;
        let view = |(note, card): &(&Note, Card<'_>)| {
            let debate = card.listed();
            let quotes = note.was.iter();
            UnplacedView {
                id: format!("n-{}.{}", debate.slug, note.id),
                name: note.id.to_string(),
                language: frame.language_of(debate.particulars).to_owned(),
                title: note.title.clone(),
                kind: note.kind,
                status: note.status,
                quotes: quotes
                    .map(|(paragraph, words)| OldQuoteView { text: words.clone(), paragraph: *paragraph })
                    .collect(),
                revision: note.revision.clone(),
                debate: LinkView {
                    label: debate.particulars.title.clone(),
                    href: Some(linker.href(&Destination::Debate(debate.slug.clone(), None))),
                },
                date: debate.particulars.date.to_string(),
            }
        };
        View::Unplaced(UnplacedListView {
            entries: inputs.notes.iter().map(view).collect(),
            count: inputs.list.count,
            pager: context.pager(inputs.list),
        })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
