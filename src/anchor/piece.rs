//! The record as the search sees it: paragraphs in order, and ranges in them.

use crate::text::{Folded, Span, fold};
use std::ops::Range;
use std::sync::OnceLock;

/// One paragraph of the record. Its fold is made when first wanted, and once.
#[derive(Debug)]
pub struct Piece<'a> {
    text: &'a str,
    speech: u32,
    folded: OnceLock<Folded<'a>>,
}

impl<'a> Piece<'a> {
    /// A paragraph of the contribution numbered `speech`. Neighbouring paragraphs with the same
    /// number are one person's words without interruption.
    pub fn new(text: &'a str, speech: u32) -> Self {
        Piece { text, speech, folded: OnceLock::new() }
    }

    /// The paragraph as it stands in the record.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The number of the contribution that it belongs to.
    pub fn speech(&self) -> u32 {
        self.speech
    }

    /// The paragraph folded.
    pub fn folded(&self) -> &Folded<'a> {
        self.folded.get_or_init(|| fold(self.text))
    }
}

/// Whether a quotation may run on from one paragraph to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joints {
    /// No: all its words stand in one paragraph.
    Closed,
    /// Yes, within one contribution, as where the author gave a run (`p11..p12`).
    Open,
}

/// Where to look: some paragraphs of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Which paragraphs, by their place in the record. What lies past its end is left out.
    pub pieces: Range<usize>,
    /// Whether a quotation may cross from one to the next.
    pub joints: Joints,
}

/// Some words of one paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PlacedRange {
    /// Which part of the quotation stands here, from 0: an elision begins the next one.
    pub part: usize,
    /// The paragraph, by its place in the record.
    pub piece: usize,
    /// The bytes of the paragraph's original text.
    pub span: Span,
}
