//! An XML document as a flat tree over its text: nodes in document order, each knowing where its
//! subtree ends and where it stands in the source.

use super::entities::Entities;
use crate::text::Span;
use quick_xml::Reader;
use quick_xml::events::Event;
use quick_xml::events::attributes::Attributes;
use std::borrow::Cow;
use std::collections::HashSet;

/// Elements stand in one another no deeper than this.
const DEEPEST: usize = 256;

/// A document.
#[derive(Debug)]
pub(in crate::transcript) struct Tree<'s> {
    text: &'s str,
    nodes: Vec<Stored<'s>>,
    entities: Entities<'s>,
    ids: HashSet<&'s str>,
    /// The first id that another element has already.
    twice: Option<Span>,
}

#[derive(Debug)]
struct Stored<'s> {
    /// The node after its last descendant.
    end: u32,
    span: Span,
    kind: StoredKind<'s>,
}

#[derive(Debug)]
enum StoredKind<'s> {
    /// The name without its prefix, and the tag between its angle brackets.
    Element(&'s str, &'s str),
    /// Words as they stand.
    Text,
    /// The characters that a reference stands for.
    Characters(Box<str>),
}

/// Why a text is no XML that can be read, and where.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::transcript) struct Fault {
    /// Where it shows.
    pub(in crate::transcript) at: Span,
    /// What is wrong.
    pub(in crate::transcript) reason: String,
}

/// A node of a document.
#[derive(Clone, Copy, Debug)]
pub(in crate::transcript) enum Node<'t, 's> {
    /// An element.
    Element(Element<'t, 's>),
    /// Words as they stand in the source, at this span.
    Text(Span),
    /// The characters that a reference stands for, and the reference.
    Characters(&'t str, Span),
}

/// An element of a document.
#[derive(Clone, Copy, Debug)]
pub(in crate::transcript) struct Element<'t, 's> {
    tree: &'t Tree<'s>,
    index: u32,
}

impl<'s> Tree<'s> {
    /// Reads a document.
    pub(in crate::transcript) fn parse(text: &'s str) -> Result<Self, Fault> {
        let mut tree = Tree {
            text,
            nodes: Vec::with_capacity(text.len() / 48),
            entities: Entities::default(),
            ids: HashSet::new(),
            twice: None,
        };
        // The reader drops a byte order mark and does not count it.
        let mark = text.len() - text.trim_start_matches('\u{feff}').len();
        let position = |reader: &Reader<&[u8]>| position(reader) + mark;
        let mut reader = Reader::from_str(&text[mark..]);
        reader.config_mut().check_end_names = true;
        let mut open: Vec<u32> = Vec::new();
        let mut rooted = false;
        loop {
            let start = position(&reader);
            let event = match reader.read_event() {
                Ok(event) => event,
                Err(error) => {
                    let at = usize::try_from(reader.error_position())
                        .map_or(start, |at| at + mark)
                        .min(text.len());
                    return Err(fault(text, at..at + 1, lower_first(&error.to_string())));
                }
            };
            let span = start..position(&reader);
            match event {
                Event::Start(_) | Event::Empty(_) if open.is_empty() && rooted => {
                    return Err(fault(
                        text,
                        span,
                        "a second element stands at the top: a document has one".into(),
                    ));
                }
                Event::Start(tag) => {
                    rooted = true;
                    tree.element(&tag, span.clone())?;
                    if open.len() == DEEPEST {
                        let reason = format!("elements stand in one another more than {DEEPEST} deep");
                        return Err(fault(text, span, reason));
                    }
                    open.push(tree.last());
                }
                Event::Empty(tag) => {
                    rooted = true;
                    tree.element(&tag, span)?;
                }
                Event::End(_) => {
                    // The reader has matched the names.
                    if let Some(index) = open.pop() {
                        tree.close(index, span.end);
                    }
                }
                Event::Text(_) if open.is_empty() => {
                    if let Some(at) =
                        text[span.clone()].find(|c: char| !c.is_ascii_whitespace() && c != '\u{feff}')
                    {
                        let at = span.start + at;
                        return Err(fault(text, at..span.end, "words stand outside of every element".into()));
                    }
                }
                Event::Text(_) => tree.push(span, StoredKind::Text),
                Event::CData(words) => {
                    let inner = span.start + "<![CDATA[".len();
                    tree.push(inner..inner + words.len(), StoredKind::Text);
                }
                Event::GeneralRef(name) => match tree.entities.resolve(&name) {
                    Some(characters) => tree.push(span, StoredKind::Characters(characters)),
                    None => {
                        let reason = format!("`&{};` stands for no character that is known", &*name);
                        return Err(fault(text, span, reason));
                    }
                },
                Event::DocType(_) => {
                    if let Err(name) = tree.entities.declare(&text[span.clone()]) {
                        let reason = format!(
                            "the entity `{}` is more than a character: it refers to other text, and that is not followed",
                            name.get(..40).unwrap_or(name)
                        );
                        return Err(fault(text, span, reason));
                    }
                }
                Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
                Event::Eof => break,
            }
        }
        match open.last() {
            Some(&index) => {
                let StoredKind::Element(name, _) = tree.nodes[index as usize].kind else {
                    return Err(fault(text, text.len()..text.len(), "the file ends too early".into()));
                };
                let line = text[..tree.nodes[index as usize].span.start as usize].matches('\n').count() + 1;
                let reason = format!("the file ends within `<{name}>`, which begins on line {line}");
                Err(fault(text, text.len()..text.len(), reason))
            }
            None if tree.nodes.is_empty() => Err(fault(text, 0..1, "there is no element in it".into())),
            None => Ok(tree),
        }
    }

    fn element(
        &mut self,
        tag: &quick_xml::events::BytesStart<'_>,
        span: std::ops::Range<usize>,
    ) -> Result<(), Fault> {
        let inner = &self.text[span.start + 1..span.end - 1];
        let inner = inner.strip_suffix('/').filter(|_| tag.len() < inner.len()).unwrap_or(inner);
        let name = &inner[..tag.name().as_ref().len()];
        for attribute in Attributes::new(inner, name.len()) {
            match attribute {
                Ok(attribute)
                    if is_identified(name) && matches!(attribute.key.as_ref(), "id" | "eId" | "xml:id") =>
                {
                    // The slice stands in the source.
                    let at = attribute.value.as_ptr() as usize - self.text.as_ptr() as usize;
                    let id = &self.text[at..at + attribute.value.len()];
                    if !self.ids.insert(id) && self.twice.is_none() {
                        self.twice = Some(Span::new(at..at + id.len()));
                    }
                }
                Ok(_) => {}
                Err(error) => return Err(fault(self.text, span, lower_first(&error.to_string()))),
            }
        }
        let local = name.rsplit(':').next().unwrap_or(name);
        self.push(span, StoredKind::Element(local, inner));
        Ok(())
    }

    fn push(&mut self, span: std::ops::Range<usize>, kind: StoredKind<'s>) {
        let end = u32::try_from(self.nodes.len() + 1).expect("no more nodes than bytes");
        self.nodes.push(Stored { end, span: Span::new(span), kind });
    }

    fn last(&self) -> u32 {
        u32::try_from(self.nodes.len() - 1).expect("no more nodes than bytes")
    }

    fn close(&mut self, index: u32, at: usize) {
        let end = self.last() + 1;
        let node = &mut self.nodes[index as usize];
        node.end = end;
        node.span = Span::new(node.span.start as usize..at);
    }

    /// All words in order: those that stand in the text at a span, or the characters that a reference
    /// at the span stands for. Between two elements comes a line break where a block may end.
    pub(in crate::transcript) fn all_words(&self) -> impl Iterator<Item = (Option<&str>, Span)> {
        self.nodes.iter().map(|node| match &node.kind {
            StoredKind::Text => (None, node.span),
            StoredKind::Characters(characters) => (Some(&**characters), node.span),
            StoredKind::Element(name, _) if is_within_words(name) => (Some(""), node.span),
            StoredKind::Element(..) => (Some("\n"), node.span),
        })
    }

    /// The first id that another element before it has already.
    pub(in crate::transcript) fn id_given_twice(&self) -> Option<Span> {
        self.twice
    }

    /// The outermost element.
    pub(in crate::transcript) fn root(&self) -> Element<'_, 's> {
        Element { tree: self, index: 0 }
    }

    fn node(&self, index: u32) -> Node<'_, 's> {
        let stored = &self.nodes[index as usize];
        match &stored.kind {
            StoredKind::Element(..) => Node::Element(Element { tree: self, index }),
            StoredKind::Text => Node::Text(stored.span),
            StoredKind::Characters(characters) => Node::Characters(characters, stored.span),
        }
    }
}

impl<'t, 's> Element<'t, 's> {
    fn stored(self) -> &'t Stored<'s> {
        &self.tree.nodes[self.index as usize]
    }

    /// The name, without a prefix.
    pub(in crate::transcript) fn name(self) -> &'s str {
        match self.stored().kind {
            StoredKind::Element(name, _) => name,
            _ => "",
        }
    }

    /// The element in the source, with its tags.
    pub(in crate::transcript) fn span(self) -> Span {
        self.stored().span
    }

    /// Its start tag in the source.
    pub(in crate::transcript) fn tag_span(self) -> Span {
        let StoredKind::Element(_, tag) = self.stored().kind else { return self.span() };
        let Span { start, end } = self.span();
        Span { start, end: end.min(start + 2 + Span::new(0..tag.len()).end) }
    }

    /// The value of an attribute that says something: not empty, not `unknown`.
    pub(in crate::transcript) fn stated(self, name: &str) -> Option<Cow<'s, str>> {
        self.attribute(name).filter(|value| !value.trim().is_empty() && value != "unknown")
    }

    /// The value of an attribute, by its name without a prefix.
    pub(in crate::transcript) fn attribute(self, name: &str) -> Option<Cow<'s, str>> {
        let StoredKind::Element(_, tag) = self.stored().kind else { return None };
        let start = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
        let found = Attributes::new(tag, start).with_checks(false).flatten().find(|attribute| {
            let key: &str = attribute.key.as_ref();
            key.rsplit(':').next() == Some(name)
        })?;
        // The slice stands in the source; a value without a reference is the source's own.
        let value: &str = &found.value;
        let at = value.as_ptr() as usize - tag.as_ptr() as usize;
        let value = &tag[at..at + value.len()];
        if !value.contains('&') {
            return Some(Cow::Borrowed(value));
        }
        let mut parts = value.split('&');
        let mut read = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            match part
                .split_once(';')
                .and_then(|(name, rest)| Some((self.tree.entities.resolve(name)?, rest)))
            {
                Some((characters, rest)) => {
                    read.push_str(&characters);
                    read.push_str(rest);
                }
                None => {
                    read.push('&');
                    read.push_str(part);
                }
            }
        }
        Some(Cow::Owned(read))
    }

    /// Its children in order.
    pub(in crate::transcript) fn children(self) -> impl Iterator<Item = Node<'t, 's>> {
        let end = self.stored().end;
        let mut next = self.index + 1;
        std::iter::from_fn(move || {
            let index = (next < end).then_some(next)?;
            next = self.tree.nodes[index as usize].end;
            Some(self.tree.node(index))
        })
    }

    /// The elements among its children.
    pub(in crate::transcript) fn elements(self) -> impl Iterator<Item = Element<'t, 's>> {
        self.children().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Characters(..) => None,
        })
    }

    /// Every element in it, itself first, in the order of the document.
    pub(in crate::transcript) fn descendants(self) -> impl Iterator<Item = Element<'t, 's>> {
        (self.index..self.stored().end).filter_map(move |index| match self.tree.node(index) {
            Node::Element(element) => Some(element),
            Node::Text(_) | Node::Characters(..) => None,
        })
    }

    /// The first child element with this name.
    pub(in crate::transcript) fn child(self, name: &str) -> Option<Element<'t, 's>> {
        self.elements().find(|element| element.name() == name)
    }

    /// The first element in it with this name.
    pub(in crate::transcript) fn find(self, name: &str) -> Option<Element<'t, 's>> {
        self.descendants().find(|element| element.name() == name)
    }

    /// Its words, white space collapsed: for labels and names, not for the record.
    pub(in crate::transcript) fn words(self) -> String {
        let mut words = String::new();
        for index in self.index..self.stored().end {
            match self.tree.node(index) {
                Node::Text(span) => words.push_str(&self.tree.text[span.range()]),
                Node::Characters(characters, _) => words.push_str(characters),
                Node::Element(_) => {}
            }
        }
        words.split([' ', '\t', '\n', '\r']).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Whether it holds any words.
    pub(in crate::transcript) fn has_words(self) -> bool {
        (self.index..self.stored().end).any(|index| match self.tree.node(index) {
            Node::Text(span) => {
                self.tree.text.as_bytes()[span.range()].iter().any(|byte| !byte.is_ascii_whitespace())
            }
            Node::Characters(characters, _) => !characters.trim().is_empty(),
            Node::Element(_) => false,
        })
    }
}

/// Whether an element may stand within a word.
fn is_within_words(name: &str) -> bool {
    matches!(
        name,
        "i" | "b" | "em" | "strong" | "sup" | "sub" | "span" | "col" | "image" | "pb" | "pc" | "hi"
    )
}

/// Whether an `id` of such an element is its own: on a name, older formats put that of the person.
fn is_identified(name: &str) -> bool {
    matches!(name, "speech" | "ques" | "reply" | "division" | "u" | "seg" | "p" | "question" | "answer")
        || name.ends_with("-heading")
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).expect("the text is in memory")
}

fn fault(text: &str, at: std::ops::Range<usize>, reason: String) -> Fault {
    let start = text.floor_char_boundary(at.start.min(text.len()));
    // A few words are enough to find the place by.
    let end = text.floor_char_boundary(at.end.min(text.len()).min(start + 60)).max(start);
    Fault { at: Span::new(start..end), reason }
}

/// A message of the reader as the end of a sentence of ours, without a position within the tag.
fn lower_first(text: &str) -> String {
    let text = match text.strip_prefix("position ").and_then(|rest| rest.split_once(": ")) {
        Some((_, message)) => message,
        None => text,
    };
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
