//! Editors' prose: Markdown already turned to HTML, with typed holes for what depends on the page it
//! stands on: addresses, and the prefix that keeps ids apart.

use super::{BriefingSlug, DebateSlug, PersonSlug, TopicSlug};
use jiff::civil::Date;
use std::sync::Arc;

/// Prose ready to be put on any page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Prose {
    /// The pieces in order.
    pub pieces: Vec<Piece>,
    /// The same as a reader hears it, without markup: for excerpts and descriptions.
    pub plain: Box<str>,
    /// Its headings of the first level, in order.
    pub headings: Vec<ProseHeading>,
    /// Whether a block of code is among it, which wants a sheet of styles of its own.
    pub has_code: bool,
}

/// A heading of prose that a list of contents leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ProseHeading {
    /// Its id, without the prefix of the host page.
    pub id: Box<str>,
    /// Its words.
    pub words: Box<str>,
}

impl Prose {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.pieces.is_empty()
    }
}

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Piece {
    /// HTML, escaped and sanitised.
    Html(Box<str>),
    /// The address of a place, as an attribute's value.
    Address(Destination),
    /// The prefix of ids on the host page.
    IdPrefix,
    /// The name of a block set apart, in the language of the page.
    Callout(Callout),
    /// A quotation of the record in a block of its own, with its attribution.
    Quotation(Box<BlockQuotation>),
}

/// The kinds of blocks set apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Callout {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!WARNING]`
    Warning,
    /// `[!CAUTION]`
    Caution,
}

impl Callout {
    /// Every kind, in the order of their words.
    pub const ALL: [Callout; 5] =
        [Callout::Note, Callout::Tip, Callout::Important, Callout::Warning, Callout::Caution];

    /// The word for it, in classes and in a theme's strings.
    pub fn word(self) -> &'static str {
        match self {
            Callout::Note => "note",
            Callout::Tip => "tip",
            Callout::Important => "important",
            Callout::Warning => "warning",
            Callout::Caution => "caution",
        }
    }
}

/// A checked block quotation: the record's own words, and who said them where.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BlockQuotation {
    /// The words, one part for each paragraph, an elision as ` [...] `, each with its language as a BCP 47
    /// tag where its paragraph or the debate names one.
    pub parts: Vec<(String, Option<String>)>,
    /// Who spoke: name, and office or seat on the day.
    pub speaker: Option<(String, Option<String>)>,
    /// Where.
    pub cited: Cited,
    /// The place.
    pub at: Destination,
}

/// A place of a record as it is cited. The words between come in the language of the page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cited {
    /// The title of the debate.
    pub title: String,
    /// The day of the debate.
    pub day: Date,
    /// The numbers of the paragraphs, as readers see them; none for the whole debate.
    pub paragraphs: Vec<String>,
    /// Whether the record is an extract.
    pub extract: bool,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Destination {
    /// The home page.
    Home,
    /// A debate's page, and a fragment of it: `p12`, `n-two-tests`.
    Debate(DebateSlug, Option<Arc<str>>),
    /// A topic's page.
    Topic(TopicSlug),
    /// A person's page.
    Person(PersonSlug),
    /// A briefing.
    Briefing(BriefingSlug, Option<Arc<str>>),
    /// A page of text.
    Page(Arc<str>, Option<Arc<str>>),
    /// The glossary.
    Glossary,
    /// A file of `static/`.
    Asset(Arc<str>),
    /// A fragment of the same prose: a footnote, a heading.
    Here(Arc<str>),
    /// An address elsewhere: http, https or mailto.
    Elsewhere(Arc<str>),
}
