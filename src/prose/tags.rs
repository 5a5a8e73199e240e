//! Tags of HTML, read as a browser reads them, given to a tree.

use super::builder::{Builder, Policy};
use super::tree::Draft;
use crate::text::{Source, Span};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Spanned, Token, Tokenizer};
use std::ops::Range;

/// Text put together from places of a file: which offset of it came from where.
#[derive(Debug, Default)]
pub struct Segments {
    text: String,
    /// Offset in the text, and the place in the file.
    places: Vec<(usize, Span)>,
}

impl Segments {
    /// A whole text that stands in one place.
    pub fn of(text: &str, span: Span) -> Self {
        Segments { text: text.to_owned(), places: vec![(0, span)] }
    }

    /// Adds a piece of text, and where it stands.
    pub fn push(&mut self, text: &str, span: Span) {
        self.places.push((self.text.len(), span));
        self.text.push_str(text);
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where a range of the text stands in the file: from where its first piece begins to where its last
    /// one ends, to the byte where a piece is as long as its place.
    pub fn span(&self, range: Range<usize>) -> Span {
        let at = |offset: usize| {
            let index = self.places.partition_point(|(start, _)| *start <= offset).checked_sub(1)?;
            let (start, span) = self.places[index];
            Some((span.start as usize + offset - start).min(span.end as usize))
        };
        let start = at(range.start).unwrap_or(0);
        let end = if range.end > range.start { at(range.end - 1).map_or(start, |at| at + 1) } else { start };
        Span::new(start..end.max(start))
    }
}

impl Builder {
    /// Gives the HTML in `html` to the tree.
    pub fn html(&mut self, html: &Segments) {
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        let text = html.text();
        let place =
            |span: &html5gum::Span<usize>| html.span(span.start.min(text.len())..span.end.min(text.len()));
        let words = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        for Ok(token) in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Token::StartTag(tag) => {
                    let attributes: Vec<(String, String)> = tag
                        .attributes
                        .iter()
                        .map(|(name, Spanned { value, .. })| (words(name), words(value)))
                        .collect();
                    let (name, span) = (words(&tag.name), place(&tag.span));
                    // A drawing that closes itself holds nothing.
                    if !(tag.self_closing && matches!(name.as_str(), "svg" | "math")) {
                        self.start_tag(&name, &attributes, span);
                    }
                }
                Token::EndTag(tag) => self.end_tag(&words(&tag.name), place(&tag.span)),
                Token::String(Spanned { value, span }) => self.text(&words(&value), place(&span)),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
    }
}

/// Reads a document of HTML. What is no prose (scripts, the head) is left out; comments and attributes
/// are no text.
pub fn read_html(source: &Source) -> Draft {
    let mut builder = Builder::new(Policy::Document);
    builder.html(&Segments::of(&source.text, Span::new(0..source.text.len())));
    Draft { nodes: builder.finish().0 }
}
