//! The types of the record as written: what a transcript says, in order, and where in its source it
//! says so. No ids, no people: those are given later.

use super::Text;
use crate::text::{Source, Span};
use jiff::civil::{Date, Time};

/// A transcript as written. Words are slices of the source wherever the source has them unbroken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The text that every [`Span`] and [`Text::Slice`] here points into.
    pub source: Source,
    /// The name of the format that it was read as, from [`super::FORMATS`].
    pub format: &'static str,
    /// The title as printed, where the source has one. A chair line is not a title.
    pub title: Option<Text>,
    /// What the source states about the debate.
    pub details: Details,
    /// Headings and contributions, in the order of the source.
    pub entries: Vec<Entry>,
    /// What stands in the source and is no part of the record, in the order of the source.
    pub furniture: Vec<Furniture>,
}

/// What a source itself states about a debate. What it leaves out stays `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The house or hall as printed, without its article: `House of Commons`.
    pub house: Option<Text>,
    /// The day.
    pub date: Option<Stated<Date>>,
    /// When the debate, or this part of it, began.
    pub time: Option<Stated<Time>>,
    /// Who was in the chair at the start, as printed: `Mr Dai Havard`.
    pub chair: Option<Text>,
    /// The business that this was a part of, as printed: `Oral Answers to Questions`.
    pub part_of: Option<Text>,
    /// Whether the source says that it holds only a part of the debate.
    pub extract: bool,
    /// The columns of the official report, as printed.
    pub columns: Option<Text>,
}

/// A value as printed, and as read where it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The words.
    pub text: Text,
    /// What they mean; `None` where they could not be read without guessing.
    pub value: Option<T>,
}

/// One entry of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A heading between contributions.
    Heading {
        /// From 1, as in HTML.
        level: u8,
        /// Its words.
        text: Text,
        /// The heading in the source, with its markup.
        span: Span,
    },
    /// What one speaker said, or what happened.
    Contribution(Contribution),
}

/// One contribution: a speech, or a procedural note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Who spoke, as printed. `None` where the source names nobody: nobody is guessed.
    pub speaker: Option<Label>,
    /// Whether these are words spoken.
    pub kind: ContributionKind,
    /// When it began. Only where it is printed; a page of TheyWorkForYou leaves a time out that
    /// equals the one before.
    pub time: Option<Stated<Time>>,
    /// The reference of the official report, as printed: `HC Deb, 20 December 2012, c330WH`.
    pub reference: Option<Text>,
    /// From the line that names the speaker to the end of the words.
    pub span: Span,
    /// Its paragraphs; none where the source names a speaker and gives no words.
    pub paragraphs: Vec<Paragraph>,
}

/// What a contribution is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContributionKind {
    /// Words spoken.
    Speech,
    /// A stage direction, a narrative, a change of chair: part of the record, said by nobody.
    Procedural,
}

/// A speaker as printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// `Mark Harper`, `Hon. Members`.
    pub name: Text,
    /// What is printed with the name: `The Minister for Immigration`, `Slough, Lab`.
    pub detail: Option<Text>,
    /// The whole line or heading that names the speaker. A speech that goes on after a procedural
    /// contribution carries the label, and so the span, that it began with.
    pub span: Span,
}

/// A block of words: what gets an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What kind of block it is.
    pub kind: ParagraphKind,
    /// How deep it stands in block quotes and lists.
    pub nesting: Nesting,
    /// Its words. A line break is `\n`, whatever the source uses.
    pub text: Text,
    /// The marked-up parts of `text`, by start, the outer before the inner.
    pub inlines: Box<[Inline]>,
    /// The block in the source, with its markup.
    pub span: Span,
}

/// What kind of block a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParagraphKind {
    /// Words spoken.
    Plain,
    /// Something read out: a block quote.
    Quotation,
    /// A block of a list item.
    ListItem(Marker),
    /// A table: one paragraph, its cells joined by tabs and its rows by newlines.
    Table(Box<Table>),
    /// A stage direction or a narrative.
    Procedural,
    /// A block of text set as typed, with the word after its fence where there is one.
    Code(Option<Box<str>>),
}

/// What stands before a list item. Markers are no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number, as typed.
    Number(u32),
    /// Nothing: a further block of the same item.
    Continued,
}

/// How many block quotes and list items a paragraph stands in, each at most [`Nesting::DEEPEST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Nesting {
    /// Block quotes.
    pub quotes: u8,
    /// List items.
    pub lists: u8,
}

impl Nesting {
    /// Blocks nested deeper count as this deep, so that a page need not nest without bound.
    pub const DEEPEST: u8 = 100;
}

/// The shape of a table: ranges of its paragraph's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// How each column is set; shorter than a row where the row has more cells.
    pub columns: Box<[Align]>,
    /// Every cell's range in the paragraph's text, row by row.
    pub cells: Box<[Span]>,
    /// For each row, how many cells there are up to its end.
    pub row_ends: Box<[u32]>,
    /// How many of the rows are a head.
    pub head_rows: u32,
}

impl Table {
    /// The rows, each as the ranges of its cells in the paragraph's text.
    pub fn rows(&self) -> impl Iterator<Item = &[Span]> {
        let starts = std::iter::once(0).chain(self.row_ends.iter().copied());
        starts.zip(&self.row_ends).map(|(start, end)| &self.cells[start as usize..*end as usize])
    }
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// As the page sets text.
    Natural,
    /// To the left.
    Left,
    /// In the middle.
    Centre,
    /// To the right.
    Right,
}

/// A marked-up part of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inline {
    /// Its range in the paragraph's text.
    pub range: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What a marked-up part of a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InlineKind {
    /// Stressed.
    Emphasis,
    /// Strongly stressed.
    Strong,
    /// As typed at a keyboard.
    Code,
    /// Raised.
    Superscript,
    /// Lowered.
    Subscript,
    /// A link. Its address is as written, to be judged before it reaches a page.
    Link(Box<Link>),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The address, as written.
    pub href: Box<str>,
    /// The title given with it, where there is one.
    pub title: Option<Box<str>>,
}

/// Something in the source that is no part of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// Where it stands, with its markup.
    pub span: Span,
}

/// What a piece of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurnitureKind {
    /// The line under a page's title: house, time and date.
    Intro,
    /// The line that says who is in the chair at the start.
    Chair,
    /// A link, button or caption of the site that the text was copied from.
    SiteLink,
    /// A line that stands for a speaker's picture.
    Photo,
    /// A reference to the official report.
    Citation,
    /// The name of a division or of its list of votes.
    Division,
    /// A time that belongs to no contribution.
    Time,
    /// A speaker's heading that repeats the one before.
    RepeatedLabel,
    /// A block of metadata at the head of the file.
    FrontMatter,
    /// The definition of a link's address.
    LinkDefinition,
}
