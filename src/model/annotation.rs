//! An annotation as meant: its words found, its names known.

use super::{Citation, Destination, PersonSlug, Prose, TopicSlug};
use crate::text::{Source, Span};
use jiff::civil::Date;
use std::sync::Arc;

/// A remark that an editor ties to words of the record (W3C: a body, targets and a motivation).
#[derive(Debug, Clone, Hash)]
pub struct Annotation {
    /// The id, unique in its debate: the fragment `#n-ID` of the debate's page.
    pub id: Arc<str>,
    /// Ids that it had before, whose fragments still lead to it.
    pub former: Vec<Arc<str>>,
    /// What the remark is, with what only that kind has.
    pub kind: Kind,
    /// A title of its own.
    pub title: Option<String>,
    /// The topics it is evidence on, in the editor's order.
    pub topics: Vec<TopicSlug>,
    /// Where it stands. In the record's order; empty for the whole debate.
    pub passages: Vec<Passage>,
    /// The remark; empty where the passage is coded without one.
    pub body: Prose,
    /// Other annotations or places to look at.
    pub see: Vec<SeeAlso>,
    /// Whom the words mean, where the record names nobody.
    pub identifies: Option<Identified>,
    /// How a slip in the record should read.
    pub sic: Option<String>,
    /// Sources outside the record.
    pub sources: Vec<Citation>,
    /// Who wrote it: a role.
    pub author: Option<String>,
    /// How far it has come.
    pub standing: Standing,
    /// Who reviewed it and when.
    pub reviewed: Option<(String, Option<Date>)>,
    /// Why and when it was withdrawn, where it is.
    pub withdrawn: Option<Withdrawal>,
    /// The day it bears.
    pub date: Option<Date>,
    /// Where it is written, for "open in the editor".
    pub written: Written,
}

impl Annotation {
    /// Whether it has a page of its own: a fact-check that is approved.
    pub fn has_page(&self) -> bool {
        matches!(self.kind, Kind::FactCheck(_)) && self.standing == Standing::Approved
    }
}

/// Where something is written. No page shows it, so it counts for no fingerprint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The file.
    pub source: Source,
    /// The bytes in it.
    pub span: Span,
}

impl std::hash::Hash for Written {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

/// Some words of one paragraph, or all of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Passage {
    /// The index of the paragraph in the record.
    pub paragraph: usize,
    /// The bytes of its words.
    pub range: Span,
    /// Whether the note is on the paragraph as a whole.
    pub whole: WholeParagraph,
    /// Whether words were left out between this passage and the one before it.
    pub elided_before: Elided,
}

/// Whether a note is tied to a paragraph rather than to some words of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WholeParagraph {
    /// The paragraph as a whole.
    Yes,
    /// Some of its words.
    No,
}

/// Whether a quotation leaves words out before a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Elided {
    /// ` [...] ` stands before it.
    Yes,
    /// It begins the quotation, or follows on.
    No,
}

/// What a remark is.
#[derive(Debug, Clone, Hash)]
pub enum Kind {
    /// A remark.
    Note,
    /// Something asserted that could be checked.
    Claim,
    /// Something somebody undertook to do.
    Commitment(Box<Commitment>),
    /// A claim that was checked against sources.
    FactCheck(Verdict),
    /// What a reader needs to know beside it.
    Context,
    /// What is left open.
    Question,
    /// What a term means.
    Definition(Option<String>),
    /// A pointer to another place.
    CrossReference,
}

impl Kind {
    /// Every kind's word, in the order readers see.
    pub const WORDS: [&'static str; 8] =
        ["note", "claim", "commitment", "fact-check", "context", "question", "definition", "cross-reference"];

    /// The word that authors write and that stands in addresses.
    pub fn word(&self) -> &'static str {
        match self {
            Kind::Note => "note",
            Kind::Claim => "claim",
            Kind::Commitment(_) => "commitment",
            Kind::FactCheck(_) => "fact-check",
            Kind::Context => "context",
            Kind::Question => "question",
            Kind::Definition(_) => "definition",
            Kind::CrossReference => "cross-reference",
        }
    }
}

/// Something somebody undertook to do.
#[derive(Debug, Clone, Default, Hash)]
pub struct Commitment {
    /// Who must act: text, and a person where it is one. Without it, the speaker.
    pub owed_by: Option<(String, Option<PersonSlug>)>,
    /// When, in the words of the record.
    pub due_said: Option<String>,
    /// Our reading of when.
    pub due_by: Option<Date>,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a commitment. Without a check it is *not checked*, never "open".
#[derive(Debug, Clone, Default, Hash)]
pub struct Outcome {
    /// The state.
    pub state: OutcomeState,
    /// The day of which that is true.
    pub as_of: Option<Date>,
    /// What was found.
    pub note: Option<String>,
    /// Where it was found.
    pub sources: Vec<Citation>,
}

/// The states of a commitment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum OutcomeState {
    /// Nobody has looked.
    #[default]
    NotChecked,
    /// Looked at; still to be done.
    Open,
    /// Done.
    Kept,
    /// Done in part.
    Partly,
    /// Not done.
    Broken,
    /// Events have made it void.
    Overtaken,
}

impl OutcomeState {
    /// Whether something is still to come of it, as far as anybody has said.
    pub fn is_open(self) -> bool {
        matches!(self, OutcomeState::NotChecked | OutcomeState::Open | OutcomeState::Partly)
    }

    /// The word that authors write.
    pub fn word(self) -> &'static str {
        match self {
            OutcomeState::NotChecked => "not-checked",
            OutcomeState::Open => "open",
            OutcomeState::Kept => "kept",
            OutcomeState::Partly => "partly",
            OutcomeState::Broken => "broken",
            OutcomeState::Overtaken => "overtaken",
        }
    }
}

/// What checking a claim came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// True as said.
    Accurate,
    /// Not true.
    Inaccurate,
    /// True in part, and likely to mislead.
    Misleading,
    /// Nothing found that supports it.
    Unsupported,
    /// Cannot be checked.
    CannotBeChecked,
}

impl Verdict {
    /// The word that authors write.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Accurate => "accurate",
            Verdict::Inaccurate => "inaccurate",
            Verdict::Misleading => "misleading",
            Verdict::Unsupported => "unsupported",
            Verdict::CannotBeChecked => "cannot-be-checked",
        }
    }
}

/// Whom some words mean, and how that is known.
#[derive(Debug, Clone, Hash)]
pub struct Identified {
    /// The person.
    pub person: PersonSlug,
    /// What that rests on.
    pub basis: Option<String>,
}

/// Another place worth looking at.
#[derive(Debug, Clone, Hash)]
pub struct SeeAlso {
    /// Where it leads.
    pub to: Destination,
    /// Its label.
    pub label: String,
}

/// Why and when a note was withdrawn: all that its tombstone says.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Withdrawal {
    /// Why.
    pub reason: String,
    /// When.
    pub on: Option<Date>,
}

/// A note that has no place in the record as it is: its words were revised away. It was approved, so
/// readers are told what it was on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unplaced {
    /// The note's id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Option<String>,
    /// What kind of note it is: see [`Kind::WORDS`].
    pub kind: &'static str,
    /// What became of its words: `drifted`, `orphaned` …
    pub status: &'static str,
    /// The words that it was on, with the number of their paragraph in that revision, from 1.
    pub was: Vec<(usize, String)>,
    /// The first digits of the fingerprint of the revision that had them.
    pub revision: String,
}

/// Why readers can't see something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Hidden {
    /// It is a draft.
    Draft,
    /// It is in review, and the site publishes only what is approved.
    InReview,
    /// It was withdrawn, and leaves no page.
    Retracted,
    /// Its embargo holds.
    Embargoed,
    /// It has expired.
    Expired,
}

impl Hidden {
    /// The reason, as the end of a sentence.
    pub fn why(self) -> &'static str {
        match self {
            Hidden::Draft => "it is a draft",
            Hidden::InReview => "it is in review, and this site publishes only what is approved",
            Hidden::Retracted => "it is retracted",
            Hidden::Embargoed => "it is under an embargo",
            Hidden::Expired => "it has expired",
        }
    }
}

/// How far a piece of editors' work has come. The order is that of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub enum Standing {
    /// Not for readers.
    #[default]
    Draft,
    /// Published, with that label.
    InReview,
    /// Published.
    Approved,
    /// Withdrawn: what was published leaves its address, the date and the reason, no words.
    Retracted,
}

impl Standing {
    /// The word that authors write.
    pub fn word(self) -> &'static str {
        match self {
            Standing::Draft => "draft",
            Standing::InReview => "in-review",
            Standing::Approved => "approved",
            Standing::Retracted => "retracted",
        }
    }
}
