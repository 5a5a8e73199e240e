//! Paragraphs of a word processor, one after another, made into a tree of prose. They are its places: the
//! span of what stands in the twelfth paragraph begins at 12.

use crate::prose::{Builder, Draft, Kind, Link, Policy};
use crate::text::Span;
use std::rc::Rc;

/// A line after a block quote that begins with a dash names its speaker up to so many words.
const ATTRIBUTION_WORDS: usize = 12;

/// Something in a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Words, and the target of the link that they stand in.
    Text(String, Option<Rc<str>>),
    /// A line break.
    Break,
    /// The mark of a footnote.
    Note(u32),
}

/// Whether a paragraph stands in a block quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It does not.
    Plain,
    /// It has the style of a quotation.
    Quoted,
}

/// Writes paragraphs into a tree.
pub struct Flow {
    builder: Builder,
    count: u32,
    in_quote: bool,
}

impl Flow {
    /// A document with nothing in it.
    pub fn new() -> Self {
        Flow { builder: Builder::new(Policy::Document), count: 0, in_quote: false }
    }

    /// The tree.
    pub fn finish(mut self) -> Draft {
        self.end_quote();
        Draft { nodes: self.builder.finish().0 }
    }

    fn span(&self) -> Span {
        Span { start: self.count, end: self.count + 1 }
    }

    fn end_quote(&mut self) {
        if std::mem::take(&mut self.in_quote) {
            self.builder.close();
        }
    }

    /// Opens a block in which paragraphs stand that are no part of what stands before and after: a cell of a
    /// table, a text box.
    pub fn open_block(&mut self) {
        self.end_quote();
        self.builder.open(Kind::Element("div", None), self.span());
    }

    /// Opens the text of a footnote.
    pub fn open_note(&mut self, number: u32) {
        self.end_quote();
        self.builder.open(Kind::Footnote(number), self.span());
    }

    /// Closes what was opened.
    pub fn close_block(&mut self) {
        self.end_quote();
        self.builder.close();
    }

    /// Adds a paragraph.
    pub fn paragraph(&mut self, inlines: &[Inline], role: Role) {
        self.count += 1;
        let text = plain(inlines);
        if text.trim().is_empty() {
            return;
        }
        let names_speaker = self.in_quote && is_attribution(&text);
        if role == Role::Quoted || names_speaker {
            if !std::mem::replace(&mut self.in_quote, true) {
                self.builder.open(Kind::BlockQuote(None), self.span());
            }
        } else {
            self.end_quote();
        }
        let span = self.span();
        self.builder.open(Kind::Element("p", None), span);
        let mut rest = inlines;
        while let Some(first) = rest.first() {
            let link = target(first);
            let length = rest.iter().take_while(|inline| target(inline) == link).count();
            if let Some(link) = link {
                let link = Link { target: (**link).into(), title: None, span };
                self.builder.open(Kind::Link(Box::new(link)), span);
            }
            self.pieces(&rest[..length], span);
            if link.is_some() {
                self.builder.close();
            }
            rest = &rest[length..];
        }
        self.builder.close();
        if names_speaker {
            self.end_quote();
        }
    }

    fn pieces(&mut self, inlines: &[Inline], span: Span) {
        for inline in inlines {
            match inline {
                Inline::Text(words, _) => self.builder.text(words, span),
                Inline::Break => self.builder.leaf(Kind::HardBreak, span),
                Inline::Note(number) => self.builder.leaf(Kind::FootnoteMark(*number), span),
            }
        }
    }
}

fn target(inline: &Inline) -> Option<&Rc<str>> {
    match inline {
        Inline::Text(_, link) => link.as_ref(),
        Inline::Break | Inline::Note(_) => None,
    }
}

fn plain(inlines: &[Inline]) -> String {
    let words = inlines.iter().map(|inline| match inline {
        Inline::Text(words, _) => words.as_str(),
        Inline::Break => " ",
        Inline::Note(_) => "",
    });
    words.collect()
}

fn is_attribution(text: &str) -> bool {
    let text = text.trim();
    text.starts_with(['—', '–', '―']) && text.split_whitespace().count() <= ATTRIBUTION_WORDS
}
