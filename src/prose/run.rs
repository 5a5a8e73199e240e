//! A line of text, taken from the tree: its words in one string, and what stands where in it.

use super::tree::{Kind, Link, Node};
use crate::text::Span;
use std::ops::Range;

/// Stands for a picture that has words of its own: no record has it, so words with a picture in their
/// midst are no quotation of the record.
pub(super) const PICTURE: char = '\u{FFFC}';

/// A line of text: the inline nodes of one block.
#[derive(Debug, Default)]
pub(super) struct Run<'t> {
    /// The words.
    pub text: String,
    /// Offset in the text, and where that piece stands in the file.
    places: Vec<(usize, Span)>,
    /// The links, and what of the text each is on.
    pub links: Vec<(Range<usize>, &'t Link)>,
    /// Quotations typed as elements.
    pub quotes: Vec<(Range<usize>, Option<&'t Link>, Span)>,
    /// What is struck through or marked as put in.
    pub edited: Vec<(Range<usize>, Span)>,
    /// Code: the marks in it open nothing.
    pub literal: Vec<Range<usize>>,
    /// The marks of footnotes, by their place in the text.
    pub footnotes: Vec<(usize, u32)>,
    /// Where pictures stand.
    pub pictures: Vec<usize>,
    /// Where lines end, in the file or on the page.
    pub breaks: Vec<usize>,
    /// Whether it stands in a list, a table or a quotation within what is looked through.
    pub nested: bool,
}

impl<'t> Run<'t> {
    /// The line of these nodes.
    pub fn of(nodes: &'t [Node]) -> Self {
        let mut run = Run::default();
        nodes.iter().for_each(|node| run.add(node));
        run
    }

    /// A line that has no markup: the value of a key.
    pub fn line(text: &str, span: Span) -> Self {
        Run { text: text.to_owned(), places: vec![(0, span)], ..Run::default() }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.pictures.is_empty() && self.links.is_empty()
    }

    /// Adds a node and all that is in it.
    pub fn add(&mut self, node: &'t Node) {
        let start = self.text.len();
        match &node.kind {
            Kind::Text(text) => {
                self.places.push((start, node.span));
                self.text.push_str(text);
            }
            Kind::SoftBreak | Kind::HardBreak => {
                self.places.push((start, node.span));
                self.breaks.push(start);
                self.text.push(' ');
            }
            Kind::Picture(picture) => {
                self.pictures.push(start);
                if !picture.alt.trim().is_empty() {
                    self.places.push((start, node.span));
                    self.text.push(PICTURE);
                }
            }
            Kind::FootnoteMark(number) => self.footnotes.push((start, *number)),
            Kind::Removed | Kind::CodeBlock(_) => {}
            _ => node.children.iter().for_each(|child| self.add(child)),
        }
        let range = start..self.text.len();
        match &node.kind {
            Kind::Link(link) => self.links.push((range, link)),
            Kind::Quote(cite) => self.quotes.push((range, cite.as_deref(), node.span)),
            Kind::Element("del" | "s" | "ins", _) => self.edited.push((range, node.span)),
            Kind::Element("code" | "kbd" | "samp" | "var", _) => self.literal.push(range),
            _ => {}
        }
    }

    /// The same line with words before it.
    pub fn after(self, words: &str, span: Span) -> Self {
        let by = words.len();
        let moved = |range: Range<usize>| range.start + by..range.end + by;
        let places = self.places.into_iter().map(|(start, span)| (start + by, span));
        Run {
            text: format!("{words}{}", self.text),
            places: std::iter::once((0, span)).chain(places).collect(),
            links: self.links.into_iter().map(|(range, link)| (moved(range), link)).collect(),
            quotes: self.quotes.into_iter().map(|(range, cite, span)| (moved(range), cite, span)).collect(),
            edited: self.edited.into_iter().map(|(range, span)| (moved(range), span)).collect(),
            literal: self.literal.into_iter().map(moved).collect(),
            footnotes: self.footnotes.into_iter().map(|(offset, number)| (offset + by, number)).collect(),
            pictures: self.pictures.into_iter().map(|offset| offset + by).collect(),
            breaks: self.breaks.into_iter().map(|offset| offset + by).collect(),
            nested: self.nested,
        }
    }

    /// The same line up to an offset.
    pub fn up_to(&self, end: usize) -> Self {
        let within = |range: &Range<usize>| range.start < end;
        Run {
            text: self.text[..end].to_owned(),
            places: self.places.iter().filter(|(start, _)| *start < end).copied().collect(),
            links: self.links.iter().filter(|(range, _)| within(range)).cloned().collect(),
            quotes: self.quotes.iter().filter(|(range, ..)| within(range)).cloned().collect(),
            edited: self.edited.iter().filter(|(range, _)| within(range)).cloned().collect(),
            literal: self.literal.iter().filter(|range| within(range)).cloned().collect(),
            footnotes: self.footnotes.iter().filter(|(offset, _)| *offset <= end).copied().collect(),
            pictures: self.pictures.iter().filter(|offset| **offset < end).copied().collect(),
            breaks: self.breaks.iter().filter(|offset| **offset < end).copied().collect(),
            nested: self.nested,
        }
    }

    /// Where a range of the text stands in the file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        let piece = |offset: usize| {
            let index = self.places.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
            let (start, span) = self.places[index];
            let next = self.places.get(index + 1).map_or(self.text.len(), |(next, _)| *next);
            // A piece that is written otherwise than it reads (an entity) is one place.
            let exact = next - start == span.range().len();
            Some((offset - start, span, exact))
        };
        let start = piece(range.start)
            .map_or(0, |(within, span, exact)| span.start as usize + if exact { within } else { 0 });
        let last = range.end.max(range.start + 1) - 1;
        let end = piece(last).map_or(start, |(within, span, exact)| {
            if exact { span.start as usize + within + 1 } else { span.end as usize }
        });
        Span::new(start..end.max(start))
    }

    /// Whether an offset is in code.
    pub fn is_literal(&self, at: usize) -> bool {
        let after = self.literal.partition_point(|range| range.start <= at);
        after > 0 && self.literal[after - 1].contains(&at)
    }
}
