//! The flow of words out of an element: white space that only lays the file out becomes one space,
//! emphasis and links stand over the words, columns and times between them.

use super::{Element, Node};
use crate::model::{Inline, InlineKind, Text};
use crate::text::Span;
use crate::transcript::record::{Furniture, FurnitureKind};
use crate::transcript::words::Words;

/// What an element means within a paragraph.
pub(in crate::transcript) enum Treat {
    /// Its words are words of the paragraph, and that is all.
    Through,
    /// Its words are marked.
    Inline(InlineKind),
    /// It marks a point; words in it are the mark's, not the paragraph's.
    Milestone(Milestone),
    /// It stands for these characters, white space that is not layout.
    Literal(&'static str),
    /// It parts the words before it from those after it, as white space does.
    Space,
    /// It is no part of the paragraph: left out here, and dealt with by whoever asked.
    Leave,
}

/// A point in the words.
pub(in crate::transcript) enum Milestone {
    /// Where a column begins; `None` for a milestone that nothing shows.
    Column(Option<Box<str>>),
    /// A time.
    Time(Box<str>),
}

/// A mark that has begun.
pub(in crate::transcript) struct Open {
    at: usize,
    before: usize,
    space: bool,
}

/// Gathers words, paragraph after paragraph.
pub(in crate::transcript) struct Flow<'s> {
    text: &'s str,
    words: Words,
    inlines: Vec<Inline>,
    /// White space seen and not yet written: where it stands, if it is one space as it should be.
    pending: Option<Option<usize>>,
    /// The bytes of source that the words come from.
    span: Option<Span>,
    /// What stood among the words and is none of them.
    apart: Vec<Furniture>,
}

impl<'s> Flow<'s> {
    pub(in crate::transcript) fn new(text: &'s str) -> Self {
        Flow {
            text,
            words: Words::default(),
            inlines: Vec::new(),
            pending: None,
            span: None,
            apart: Vec::new(),
        }
    }

    /// Adds all that is in an element, each element in it as `treat` says.
    pub(in crate::transcript) fn element<'t>(
        &mut self,
        element: Element<'t, 's>,
        treat: &mut dyn FnMut(Element<'t, 's>) -> Treat,
    ) {
        for node in element.children() {
            self.node(node, treat);
        }
    }

    /// Adds one node.
    pub(in crate::transcript) fn node<'t>(
        &mut self,
        node: Node<'t, 's>,
        treat: &mut dyn FnMut(Element<'t, 's>) -> Treat,
    ) {
        match node {
            Node::Text(span) => self.text(span),
            Node::Characters(characters, span) => self.characters(characters, span),
            Node::Element(element) => match treat(element) {
                Treat::Through => self.element(element, treat),
                Treat::Inline(kind) => {
                    let open = self.open(kind);
                    self.element(element, treat);
                    self.close(open);
                }
                Treat::Milestone(milestone) => {
                    self.set_apart(FurnitureKind::Mark, element);
                    let kind = match milestone {
                        Milestone::Column(Some(column)) => InlineKind::Column(column),
                        Milestone::Column(None) => return,
                        Milestone::Time(time) => InlineKind::Time(time),
                    };
                    self.milestone(kind);
                }
                Treat::Literal(characters) => {
                    self.flush();
                    let span = element.span();
                    self.words.push(self.text, characters);
                    self.cover(span.start as usize, span.end as usize);
                }
                Treat::Space => self.space(),
                Treat::Leave => self.set_apart(FurnitureKind::EditorialNote, element),
            },
        }
    }

    fn set_apart(&mut self, kind: FurnitureKind, element: Element<'_, 's>) {
        if element.has_words() {
            self.apart.push(Furniture { kind, span: element.span() });
        }
    }

    /// What stood among the words so far and is none of them.
    pub(in crate::transcript) fn take_apart(&mut self) -> Vec<Furniture> {
        std::mem::take(&mut self.apart)
    }

    /// A mark begins over the words that follow.
    pub(in crate::transcript) fn open(&mut self, kind: InlineKind) -> Open {
        let at = self.inlines.len();
        // Given its place now, so that the outer stands before the inner.
        self.inlines.push(Inline { range: Span::default(), kind });
        let before = self.words.len();
        Open { at, before, space: self.pending.is_some() && before > 0 }
    }

    /// The mark ends. One that a paragraph's end has overtaken marks what is left of it.
    pub(in crate::transcript) fn close(&mut self, open: Open) {
        let Open { at, before, space } = open;
        let end = self.words.len();
        let Some(inline) = self.inlines.get_mut(at) else { return };
        if end > before {
            inline.range = Span::new(before + usize::from(space)..end);
        }
    }

    /// A milestone here.
    pub(in crate::transcript) fn milestone(&mut self, kind: InlineKind) {
        let at = self.words.len();
        // Before white space that is not written yet, the milestone belongs to the words after it.
        let at = if self.pending.is_some() && at > 0 { at + 1 } else { at };
        self.inlines.push(Inline { range: Span::new(at..at), kind });
    }

    /// Words that do not stand in the source as they are to be read, and where they come from.
    pub(in crate::transcript) fn owned(&mut self, words: &str, span: Span) {
        let is_white = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
        for part in words.split_inclusive(is_white) {
            let word = part.trim_end_matches(is_white);
            if !word.is_empty() {
                self.flush();
                self.words.push(self.text, word);
                self.cover(span.start as usize, span.end as usize);
            }
            if word.len() < part.len() {
                self.space();
            }
        }
    }

    /// Parts the words so far from those that follow.
    pub(in crate::transcript) fn space(&mut self) {
        self.pending = Some(None);
    }

    /// Adds words as they stand at `span`.
    pub(in crate::transcript) fn text(&mut self, span: Span) {
        let bytes = self.text.as_bytes();
        let Span { start, end } = span;
        let (mut at, end) = (start as usize, end as usize);
        while at < end {
            if is_space(bytes[at]) {
                let from = at;
                while at < end && is_space(bytes[at]) {
                    at += 1;
                }
                let proper = at == from + 1 && bytes[from] == b' ' && self.pending.is_none();
                self.pending = Some(proper.then_some(from));
                continue;
            }
            let from = at;
            at += regular(&bytes[at..end]);
            self.flush();
            self.words.push_source(self.text, from..at);
            self.cover(from, at);
        }
    }

    /// Adds the characters that a reference stands for.
    pub(in crate::transcript) fn characters(&mut self, characters: &str, span: Span) {
        if characters.bytes().all(is_space) {
            return self.space();
        }
        self.flush();
        self.words.push(self.text, characters);
        self.cover(span.start as usize, span.end as usize);
    }

    /// Adds a character that no source has: a line break between names, a tab between cells.
    pub(in crate::transcript) fn separator(&mut self, separator: &str) {
        self.pending = None;
        self.words.push(self.text, separator);
    }

    fn flush(&mut self) {
        match self.pending.take() {
            Some(_) if self.words.len() == 0 => {}
            Some(Some(at)) => self.words.push_source(self.text, at..at + 1),
            Some(None) => self.words.push(self.text, " "),
            None => {}
        }
    }

    fn cover(&mut self, start: usize, end: usize) {
        let start = self.span.map_or(start, |span| span.start as usize);
        self.span = Some(Span::new(start..end));
    }

    /// How many bytes of words there are so far.
    pub(in crate::transcript) fn len(&self) -> usize {
        self.words.len()
    }

    /// The words so far with what stands over them and where they come from, and starts afresh.
    /// Milestones that no words followed wait for the next paragraph.
    pub(in crate::transcript) fn take(&mut self) -> Option<(Text, Box<[Inline]>, Span)> {
        self.pending = None;
        let span = self.span.take();
        let text = self.words.take(self.text);
        let mut inlines = std::mem::take(&mut self.inlines);
        let (Some(text), Some(span)) = (text, span) else {
            inlines.retain(|inline| matches!(inline.kind, InlineKind::Column(_) | InlineKind::Time(_)));
            inlines.iter_mut().for_each(|inline| inline.range = Span::default());
            self.inlines = inlines;
            return None;
        };
        let end = Span::new(0..text_len(&text)).end;
        for inline in &mut inlines {
            inline.range = Span { start: inline.range.start.min(end), end: inline.range.end.min(end) };
        }
        inlines.retain(|inline| {
            !inline.range.is_empty() || matches!(inline.kind, InlineKind::Column(_) | InlineKind::Time(_))
        });
        inlines.sort_by_key(|inline| (inline.range.start, std::cmp::Reverse(inline.range.end)));
        Some((text, inlines.into(), span))
    }
}

fn text_len(text: &Text) -> usize {
    match text {
        Text::Slice(span) => span.range().len(),
        Text::Owned(words) => words.len(),
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

/// How many bytes from the start are words with single spaces between them.
fn regular(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        let Some(space) = bytes[at..].iter().position(|byte| is_space(*byte)) else { return bytes.len() };
        let space = at + space;
        let single = bytes[space] == b' ' && bytes.get(space + 1).is_some_and(|next| !is_space(*next));
        if !single {
            return space;
        }
        at = space + 1;
    }
}
