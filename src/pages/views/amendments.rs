//! The views of what was put right, taken back or has lost its place, and of a fact-check's own page.

use super::{CorrectionView, EvidenceView, LinkView, NoteView, PagerView};
use serde::Serialize;

/// What was put right or taken back (`corrections.html`).
#[derive(Debug, Serialize)]
pub struct CorrectionsView {
    /// Those on this page: the latest debate first, each in the order of its record.
    pub entries: Vec<AmendmentView>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// A correction to a record, or a note that was withdrawn: one of the two.
#[derive(Debug, Serialize)]
pub struct AmendmentView {
    /// Where: the place as a citation, and the way to it.
    pub at: LinkView,
    /// The language of the record, as a BCP 47 tag.
    pub language: String,
    /// The correction.
    pub correction: Option<CorrectionView>,
    /// What is left of the note.
    pub withdrawn: Option<NoteView>,
}

/// Notes whose words were revised away (`unplaced.html`).
#[derive(Debug, Serialize)]
pub struct UnplacedListView {
    /// Those on this page, the latest debate first.
    pub entries: Vec<UnplacedView>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// An approved note that has no place in the record as it is.
#[derive(Debug, Serialize)]
pub struct UnplacedView {
    /// Its id on this page.
    pub id: String,
    /// Its id in its debate: `two-tests`.
    pub name: String,
    /// Its title.
    pub title: Option<String>,
    /// The kind: `claim`.
    pub kind: &'static str,
    /// What became of its words: `drifted`, `misattributed`, `ambiguous` or `orphaned`. The theme's
    /// translations say what that means.
    pub status: &'static str,
    /// The words that it was on.
    pub quotes: Vec<OldQuoteView>,
    /// The language of the record, as a BCP 47 tag.
    pub language: String,
    /// The first digits of the fingerprint of the revision that had those words.
    pub revision: String,
    /// The debate.
    pub debate: LinkView,
    /// The day of the debate.
    pub date: String,
}

/// Words of an earlier revision.
#[derive(Debug, Serialize)]
pub struct OldQuoteView {
    /// The words.
    pub text: String,
    /// The number of their paragraph in that revision, from 1.
    pub paragraph: usize,
}

/// An approved fact-check on a page of its own (`fact-check.html`).
#[derive(Debug, Serialize)]
pub struct FactCheckView {
    /// The note, the words that it checks, who said them, where and when.
    pub evidence: EvidenceView,
}
