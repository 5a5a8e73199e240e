//! The words of a record: slices of the source wherever it has them unbroken, and what stands over
//! them (emphasis, links, rows and cells). What was written and what is meant have these in common.

use crate::text::{Source, Span};
use std::ops::Range;

/// Words of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Text {
    /// As they stand in the source.
    Slice(Span),
    /// As they are once markup, escapes and carriage returns are out.
    Owned(Box<str>),
}

impl Text {
    /// The words. `source` must be the transcript's own.
    pub fn of<'a>(&'a self, source: &'a Source) -> &'a str {
        match self {
            Text::Slice(span) => source.slice(*span),
            Text::Owned(words) => words,
        }
    }

    /// Some of the words: `range` counts bytes from their start.
    pub fn part(&self, range: Range<usize>) -> Text {
        match self {
            Text::Slice(span) => Text::Slice(Span::new(range).shifted(span.start as usize)),
            Text::Owned(words) => Text::Owned(words[range].into()),
        }
    }
}

/// What kind of block a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// The words of a motion or an amendment.
    Motion,
    /// How one side of a division voted: a name to a line.
    Votes(Box<Votes>),
    /// A block of text set as typed, with the word after its fence where there is one.
    Code(Option<Box<str>>),
}

/// What stands before a list item. Markers are no words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// A number, as typed.
    Number(u32),
    /// Nothing: a further block of the same item.
    Continued,
}

/// How many block quotes and list items a paragraph stands in, each at most [`Nesting::DEEPEST`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
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

/// One side of a division: its names are the lines of its paragraph's text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Votes {
    /// The side, as the source names it: `aye`, `not content`.
    pub side: Box<str>,
    /// How many voted, where the source states it.
    pub count: Option<u32>,
    /// The names: ranges of the paragraph's text, in order.
    pub names: Box<[Span]>,
    /// Which of the names told.
    pub tellers: Box<[u32]>,
}

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Inline {
    /// Its range in the paragraph's text.
    pub range: Span,
    /// What it is.
    pub kind: InlineKind,
}

/// What a marked-up part of a paragraph is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
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
    /// Words printed in the middle of a speech that nobody spoke: applause, a remark of the reporters.
    Remark,
    /// A link. Its address is as written, to be judged before it reaches a page.
    Link(Box<Link>),
    /// A milestone: here a column or page of the official report begins. An empty range; no words.
    Column(Box<str>),
    /// A milestone: the time at this point, as printed or as an attribute states it. An empty range.
    Time(Box<str>),
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// The address, as written.
    pub href: Box<str>,
    /// The title given with it, where there is one.
    pub title: Option<Box<str>>,
}
