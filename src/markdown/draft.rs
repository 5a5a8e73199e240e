//! Markdown as read: HTML with holes, and what the text says of links and quotations.

use crate::text::{Source, Span};

/// Prose whose links and quotations have not been looked up yet.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The pieces in order.
    pub pieces: Vec<DraftPiece>,
    /// The links, by number.
    pub links: Vec<Link>,
    /// Quoted passages: in links, in block quotes, and with no source at all.
    pub quotations: Vec<Quotation>,
    /// The text as a reader hears it, without markup: for excerpts.
    pub plain: String,
}

/// A piece of a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DraftPiece {
    /// HTML, escaped and sanitised.
    Html(Box<str>),
    /// The address of the link with this number, as an attribute's value.
    Address(usize),
    /// The prefix of ids on the host page.
    IdPrefix,
    /// A block quotation with an attribution: the number of the quotation, and the HTML that stands
    /// for it where it can't be checked.
    BlockQuotation(usize, Box<[DraftPiece]>),
}

/// A link or an image as written.
#[derive(Debug, Clone)]
pub struct Link {
    /// Where it leads, as written.
    pub target: String,
    /// Where it stands.
    pub span: Span,
    /// What it shows.
    pub kind: LinkKind,
}

/// What a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkKind {
    /// A link to follow.
    Reference,
    /// A picture to show.
    Picture,
}

/// A quoted passage in prose.
#[derive(Debug, Clone)]
pub struct Quotation {
    /// The words, without the quotation marks round them.
    pub words: String,
    /// Where it stands.
    pub span: Span,
    /// In what form.
    pub form: QuotationForm,
}

/// The forms a quotation takes in prose.
#[derive(Debug, Clone)]
pub enum QuotationForm {
    /// A link whose whole text is in quotation marks: the link's number.
    Linked(usize),
    /// A block quote that ends in a dash and a link.
    Block(Attribution),
    /// Quotation marks with no link.
    Bare,
    /// A block quote with no source.
    BareBlock,
}

/// The last line of a block quotation: who said it, and where.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// The name as written.
    pub name: String,
    /// The number of the link.
    pub link: usize,
    /// Where it stands.
    pub span: Span,
}

/// The way from an offset in some Markdown to its place in the file.
pub(super) struct Places {
    base: usize,
    exact: bool,
    /// For values of YAML blocks: offset in the value where each line begins, and in the file.
    lines: Vec<(usize, usize)>,
    whole: Span,
}

impl Places {
    pub(super) fn new(source: &Source, span: Span, text: &str) -> Self {
        let raw = source.slice(span);
        let mut places =
            Places { base: span.start as usize, exact: raw == text, lines: Vec::new(), whole: span };
        if !places.exact {
            // A block scalar: each line of the value is found, in order, in the raw text.
            let (mut at_value, mut at_raw) = (0, 0);
            for line in text.split_inclusive('\n') {
                let bare = line.trim();
                if !bare.is_empty() {
                    let Some(found) = raw[at_raw..].find(bare) else { break };
                    let indent = line.len() - line.trim_start().len();
                    places.lines.push((at_value + indent, places.base + at_raw + found));
                    at_raw += found + bare.len();
                }
                at_value += line.len();
            }
        }
        places
    }

    /// The place of a range of the Markdown.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        if self.exact {
            return Span::new(self.base + range.start..self.base + range.end);
        }
        let at = |offset: usize| {
            let line = self.lines.partition_point(|(value, _)| *value <= offset).checked_sub(1)?;
            let (value, raw) = *self.lines.get(line)?;
            Some((raw + offset - value).min(self.whole.end as usize))
        };
        match (at(range.start), at(range.end)) {
            (Some(start), Some(end)) if start <= end => Span::new(start..end),
            _ => self.whole,
        }
    }
}
