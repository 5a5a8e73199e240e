//! The notes of one kind, of which each has a list: the latest debate first, each in the order of its record.

use super::{Composer, Context, Kind, Page, Pages, Title, View, Wording};
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::Kind as NoteKind;
use crate::model::Site;
use crate::pages::author::Author;
use crate::pages::inputs::{Evidence, InList};
use crate::pages::page_of;
use crate::pages::views::KindView;
use crate::permalink::Address;

/// The address of the list of one kind of notes.
pub fn kind_address(kind: &str) -> Address {
    Address::folder(&["annotations", kind])
}

/// The kind.
pub struct KindOfNote;

/// What a page of the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    /// The word of the kind of notes.
    kind: &'static str,
    notes: Vec<Evidence<'s>>,
    list: InList,
}

impl Kind for KindOfNote {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "kind";

    fn plan(_: &Site, index: &Index, pages: &mut Pages<'_>) {
        for (at, kind) in NoteKind::WORDS.into_iter().enumerate() {
            if let Some(notes) = index.kinds.get(kind) {
                pages.add_list(&kind_address(kind), at, notes.len());
            }
        }
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, number, .. }: Page) -> Inputs<'s> {
        let kind = NoteKind::WORDS[at];
        let all = from.index.kinds.get(kind).map_or(&[][..], Vec::as_slice);
        let list = InList { number, count: all.len() };
        Inputs { kind, notes: from.evidence_of(page_of(all, number)), list }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(inputs.kind, inputs.list.number)
    }

    fn has_code(inputs: &Inputs<'_>) -> bool {
        inputs.notes.iter().any(|evidence| evidence.has_code())
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        View::KindOfNote(KindView {
            kind: inputs.kind,
            notes_html: context.rendered(&inputs.notes),
            count: inputs.list.count,
            pager: context.pager(inputs.list),
        })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
