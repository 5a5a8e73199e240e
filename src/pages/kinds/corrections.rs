//! What was put right or taken back: corrections to records, and notes that were withdrawn.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::{Amendment, Index};
use crate::json_ld::Node;
use crate::model::{
    Cited, Corrected, Correction, Debate, DebateSlug, Destination, Elided, Passage, Site, WholeParagraph,
};
use crate::pages::author::Author;
use crate::pages::inputs::{Card, Evidence, InList};
use crate::pages::page_of;
use crate::pages::shared::{Setting, correction_view};
use crate::pages::views::{AmendmentView, CorrectionsView, LinkView};
use crate::permalink::{Address, cited};
use crate::text::Span;

/// The kind.
pub struct Corrections;

/// What a page of the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    entries: Vec<Entry<'s>>,
    list: InList,
}

/// An entry of the list.
#[derive(Hash)]
enum Entry<'s> {
    /// A correction to a record, the debate that it is of, and its place there.
    Correction(&'s Correction, Card<'s>, Cited),
    /// A note that was withdrawn.
    Withdrawal(Evidence<'s>),
}

impl Kind for Corrections {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "corrections";
    const SECTION: Option<Section> =
        Some(Section { place: 7, is_there: |_, index| !index.amendments.is_empty() });

    fn plan(_: &Site, index: &Index, pages: &mut Pages<'_>) {
        if !index.amendments.is_empty() {
            pages.add_list(&Address::folder(&[Self::NAME]), 0, index.amendments.len());
        }
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { number, .. }: Page) -> Inputs<'s> {
        let entry = |amendment: &Amendment| match *amendment {
            Amendment::Correction(at, number) => {
                let debate = &from.site.debates[at];
                let correction = &debate.corrections[number];
                let place = cited(debate, paragraph_of(debate, correction.of).as_slice());
                Entry::Correction(correction, from.card(at), place)
            }
            Amendment::Withdrawal(at) => Entry::Withdrawal(from.evidence(at)),
        };
        let all = &from.index.amendments;
        Inputs {
            entries: page_of(all, number).iter().map(entry).collect(),
            list: InList { number, count: all.len() },
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, inputs.list.number)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        View::Corrections(CorrectionsView {
            entries: inputs.entries.iter().map(|entry| entry_view(entry, context)).collect(),
            count: inputs.list.count,
            pager: context.pager(inputs.list),
        })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}

fn entry_view(entry: &Entry<'_>, context: &Context<'_>) -> AmendmentView {
    let Context { frame, linker, .. } = context;
    // A place of a debate's page as a citation that leads there.
    let place = |debate: &DebateSlug, cited: &Cited, fragment: String| {
        let to = Destination::Debate(debate.clone(), Some(fragment.into()));
        LinkView { label: linker.wording().place(cited), href: Some(linker.href(&to)) }
    };
    match entry {
        Entry::Correction(correction, card, cited) => {
            let debate = card.listed();
            // No name has a full stop, so no two of them make one id.
            let id = format!("x-{}.{}", debate.slug, correction.id);
            AmendmentView {
                language: frame.language_of(debate.particulars).to_owned(),
                at: place(debate.slug, cited, format!("x-{}", correction.id)),
                correction: Some(correction_view(correction, id)),
                withdrawn: None,
            }
        }
        Entry::Withdrawal(evidence) => {
            let note = evidence.note();
            AmendmentView {
                language: frame.language_of(evidence.particulars()).to_owned(),
                at: place(evidence.slug(), &evidence.cited(&note.passages), format!("n-{}", note.id)),
                correction: None,
                withdrawn: Some(frame.note(*evidence, linker, Setting::Away)),
            }
        }
    }
}

/// The paragraph that a correction is of, or the first of the contribution, as a passage to cite.
fn paragraph_of(debate: &Debate, corrected: Corrected) -> Option<Passage> {
    let paragraph = match corrected {
        Corrected::Day => return None,
        Corrected::Words(paragraph) => paragraph,
        Corrected::Speaker(contribution) => {
            let paragraphs = debate.record.contributions.get(contribution)?.paragraphs.clone();
            paragraphs.clone().next()?
        }
    };
    debate.record.paragraphs.get(paragraph)?;
    let range = Span::new(0..0);
    Some(Passage { paragraph, range, whole: WholeParagraph::Yes, elided_before: Elided::No })
}
