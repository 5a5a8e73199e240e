//! The views of what was put right, taken back, or has lost its place: corrections to records, withdrawn
//! notes, notes whose words were revised away; and of a fact-check's own page.

use super::compose::Composer;
use super::debate::correction_view;
use super::index::{Amendment, NoteRef};
use super::views::*;
use crate::model::{Corrected, Debate, Destination, Elided, Passage, WholeParagraph};
use crate::permalink::{Linker, cited};
use crate::text::Span;

impl Composer<'_> {
    /// Corrections and withdrawals, those on one page of the list.
    pub(super) fn corrections(&self, amendments: &[Amendment], linker: &Linker) -> Vec<AmendmentView> {
        let view = |amendment: &Amendment| match *amendment {
            Amendment::Correction(at, number) => {
                let debate = &self.site.debates[at];
                let correction = &debate.corrections[number];
                let fragment = format!("x-{}", correction.id);
                // No name has a full stop, so no two of them make one id.
                let id = format!("x-{}.{}", debate.slug, correction.id);
                let passages: Vec<Passage> = paragraph_of(debate, correction.of).into_iter().collect();
                AmendmentView {
                    language: self.language_of(debate).to_owned(),
                    at: self.place(debate, &passages, fragment, linker),
                    correction: Some(correction_view(correction, id)),
                    withdrawn: None,
                }
            }
            Amendment::Withdrawal(at) => {
                let (debate, note) = self.note_at(at);
                AmendmentView {
                    language: self.language_of(debate).to_owned(),
                    at: self.place(debate, &note.passages, format!("n-{}", note.id), linker),
                    correction: None,
                    withdrawn: Some(self.note(debate, note, linker, super::compose::Setting::Away)),
                }
            }
        };
        amendments.iter().map(view).collect()
    }

    /// A place of a debate's page as a citation that leads there.
    fn place(&self, debate: &Debate, passages: &[Passage], fragment: String, linker: &Linker) -> LinkView {
        let to = Destination::Debate(debate.slug.clone(), Some(fragment.into()));
        LinkView { label: linker.wording().place(&cited(debate, passages)), href: Some(linker.href(&to)) }
    }

    /// Notes without a place, those on one page of the list.
    pub(super) fn unplaced(&self, unplaced: &[(usize, usize)], linker: &Linker) -> Vec<UnplacedView> {
        let view = |&(at, number): &(usize, usize)| {
            let debate = &self.site.debates[at];
            let note = &debate.unplaced[number];
            UnplacedView {
                id: format!("n-{}.{}", debate.slug, note.id),
                name: note.id.to_string(),
                language: self.language_of(debate).to_owned(),
                title: note.title.clone(),
                kind: note.kind,
                status: note.status,
                quotes: note
                    .was
                    .iter()
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
        unplaced.iter().map(view).collect()
    }

    /// A fact-check's own page.
    pub(super) fn fact_check(&self, at: NoteRef, linker: &Linker) -> FactCheckView {
        let (debate, note) = self.note_at(at);
        FactCheckView { evidence: self.evidence(debate, note, linker) }
    }
}

/// The paragraph that a correction is of, or the first of the contribution, as a passage to cite; none
/// where it is of the debate.
pub(super) fn paragraph_of(debate: &Debate, corrected: Corrected) -> Option<Passage> {
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
