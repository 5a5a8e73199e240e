//! The views of notes: on their debate's page, as evidence elsewhere, as commitments.

use super::{CountView, LinkView, SpeakerView};
use serde::Serialize;

/// A note.
#[derive(Debug, Clone, Serialize)]
pub struct NoteView {
    /// The id on the debate's page: `n-two-tests`.
    pub id: String,
    /// The ids that it had before, on the debate's page: `n-two-questions`.
    pub former: Vec<String>,
    /// Its number on the debate's page, from 1; 0 elsewhere.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// The kind: `claim`. The theme's translations have its label.
    pub kind: &'static str,
    /// Its title.
    pub title: Option<String>,
    /// What lists call it: the title; else the first words that it is on, else those of the remark, else its place.
    pub name: String,
    /// The language of that, as a BCP 47 tag.
    pub name_language: String,
    /// Beside them, the words it is on; none for a whole paragraph or debate. Away from them: see `said`.
    pub quotes: Vec<QuoteView>,
    /// The remark.
    pub body_html: String,
    /// The topics it is evidence on.
    pub topics: Vec<CountView>,
    /// `draft`, `in-review` or `approved`; `retracted` for what was withdrawn.
    pub status: &'static str,
    /// The same where it is to be said beside the note: not of what is approved, nor what the page says of all.
    pub tag: Option<&'static str>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The day it bears.
    pub date: Option<String>,
    /// Who reviewed it.
    pub reviewed: Option<String>,
    /// The day it was reviewed.
    pub reviewed_on: Option<String>,
    /// When and why it was withdrawn: all that is left of such a note.
    pub withdrawn: Option<WithdrawalView>,
    /// The address of its own page, which approved fact-checks have.
    pub page: Option<String>,
    /// What was promised.
    pub commitment: Option<CommitmentView>,
    /// What checking came to: `accurate`. The theme's translations have its label.
    pub verdict: Option<&'static str>,
    /// The term it defines.
    pub term: Option<String>,
    /// Other places to look at.
    pub see: Vec<LinkView>,
    /// Whom the words mean.
    pub identifies: Option<LinkView>,
    /// What that rests on.
    pub basis: Option<String>,
    /// How a slip in the record should read.
    pub sic: Option<String>,
    /// Sources outside the record.
    pub sources: Vec<SourceView>,
}

/// What is the same for all notes of a page but those that were withdrawn, and is said once instead of beside each.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SaidOnceView {
    /// The status, unless it is `approved`.
    pub status: Option<&'static str>,
    /// Who wrote them.
    pub author: Option<String>,
    /// The day they bear.
    pub date: Option<String>,
    /// Who reviewed them.
    pub reviewed: Option<String>,
}

/// What the tombstone of a withdrawn note says.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawalView {
    /// Why.
    pub reason: String,
    /// The day.
    pub on: Option<String>,
}

/// Some words of the record.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteView {
    /// The words, to the character; an elision as ` [...] `.
    pub text: String,
    /// Their language, as a BCP 47 tag.
    pub language: String,
    /// The paragraph's id: `p12`.
    pub paragraph: String,
    /// The paragraph's number as readers see it: `12`.
    pub number: String,
    /// The paragraph's address.
    pub href: String,
}

/// A source outside the record.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where in it.
    pub locator: Option<String>,
    /// When it was read.
    pub read: Option<String>,
}

/// What was promised.
#[derive(Debug, Clone, Serialize)]
pub struct CommitmentView {
    /// Who must act.
    pub owed_by: Option<LinkView>,
    /// When, in the words of the record.
    pub due_said: Option<String>,
    /// The language of those words, as a BCP 47 tag.
    pub language: String,
    /// Our reading of when: `2013-05-31`.
    pub due_by: Option<String>,
    /// Whether it is still open and that day lies before the day at which the site judges.
    pub past_due: bool,
    /// The state: `not-checked`. The theme's translations have its label.
    pub state: &'static str,
    /// The day of which the state is true.
    pub state_as_of: Option<String>,
    /// What was found.
    pub note: Option<String>,
    /// Where it was found.
    pub sources: Vec<SourceView>,
}

/// A note away from its debate: with who said the words, where and when.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// The note. The words that it is on are in `said`.
    pub note: NoteView,
    /// The words by who said them, one entry for each stretch of one speaker's; one without words for a note on
    /// the whole debate.
    pub said: Vec<SaidView>,
    /// The debate.
    pub debate: LinkView,
    /// The language of its record and its title, as a BCP 47 tag.
    pub language: String,
    /// The day.
    pub date: String,
    /// The House.
    pub house: Option<String>,
    /// The place as a citation: `Human Trafficking, 20 December 2012, para 12`.
    pub citation: String,
}

/// Words of one speaker that a note is on.
#[derive(Debug, Clone, Serialize)]
pub struct SaidView {
    /// The words.
    pub quotes: Vec<QuoteView>,
    /// Who said them.
    pub speaker: Option<SpeakerView>,
    /// The place as a citation: `Human Trafficking, 20 December 2012, para 12`.
    pub citation: String,
    /// Its address.
    pub href: String,
}

/// A commitment in a list.
#[derive(Debug, Clone, Serialize)]
pub struct CommitmentRow {
    /// The words, who said them and where.
    pub evidence: EvidenceView,
    /// Who owes what by when.
    pub commitment: CommitmentView,
}
