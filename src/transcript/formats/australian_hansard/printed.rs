//! A speaker as printed before the words: `Mr DOE (Upper Firth—Treasurer) (09:01): I move`.

use super::Reader;
use crate::text::Span;
use crate::transcript::conventions;
use crate::transcript::record::*;
use crate::transcript::xml::{Element, Node};
use jiff::civil::Time;

/// A label of this many characters is none.
const LONGEST: usize = 200;

/// A label at the start of a paragraph.
pub(super) struct Printed {
    /// The name: `Mr DOE`.
    pub(super) name: String,
    /// What stands in brackets after it, but for the time.
    pub(super) detail: Option<String>,
    pub(super) time: Option<(String, Time)>,
    /// The label in the source, with its colon.
    pub(super) span: Span,
}

/// The label at the start of a paragraph, up to its colon: `None` where no colon ends the first words, or
/// where these are more than a name with brackets after it.
pub(super) fn printed(paragraph: Element<'_, '_>, text: &str) -> Option<Printed> {
    let mut characters = Vec::new();
    gather(Node::Element(paragraph), text, &mut characters);
    let first = characters.iter().position(|(c, _)| !c.is_whitespace())?;
    let mut depth = 0_u32;
    let colon = characters[first..].iter().position(|(c, _)| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        *c == ':' && depth == 0
    })? + first;
    let label: String = characters[first..colon].iter().map(|(c, _)| *c).collect();
    let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, brackets) =
        label.split_once(" (").map_or((label.as_str(), None), |(name, rest)| (name, Some(rest)));
    if name.is_empty() || name.contains(['.', ',', ';', '?', '!']) && !is_titled(name) {
        return None;
    }
    let (mut detail, mut time) = (Vec::new(), None);
    for part in brackets.into_iter().flat_map(|rest| rest.split(") (")) {
        let part = part.trim_end_matches(')').trim();
        match clock(part) {
            Some(clock) => time = Some((part.to_owned(), clock)),
            None => detail.push(part),
        }
    }
    let detail = Some(detail.join(", ")).filter(|detail| !detail.is_empty());
    let span = Span::new(characters[first].1..characters[colon].1 + 1);
    Some(Printed { name: name.to_owned(), detail, time, span })
}

/// A time as these volumes print it: `12:01` of twenty-four hours, `11.46 am` before 2011.
fn clock(part: &str) -> Option<Time> {
    let of_a_day = part.len() == 5 && part.as_bytes()[2] == b':';
    of_a_day.then(|| part.parse().ok()).flatten().or_else(|| conventions::clock(part))
}

/// Whether the full stops of a name are those of a title or of initials: `The Hon. S.G. WADE`.
fn is_titled(name: &str) -> bool {
    !name.contains([',', ';', '?', '!'])
        && name.split(' ').all(|word| !word.ends_with('.') || word.chars().count() <= 6)
}

/// The dash between a label and the words, where a paragraph begins with one.
pub(super) fn dash(paragraph: Element<'_, '_>, text: &str) -> Option<Span> {
    let mut characters = Vec::new();
    gather(Node::Element(paragraph), text, &mut characters);
    let (c, at) = *characters.iter().find(|(c, _)| !c.is_whitespace())?;
    (c == '—' && text[at..].starts_with(c)).then(|| Span::new(at..at + c.len_utf8()))
}

/// The first characters of an element and where each stands.
fn gather(node: Node<'_, '_>, text: &str, characters: &mut Vec<(char, usize)>) {
    if characters.len() > LONGEST {
        return;
    }
    match node {
        Node::Text(span) => {
            let start = span.start as usize;
            let letters = text[span.range()].char_indices().take(LONGEST + 1);
            characters.extend(letters.map(|(at, c)| (c, start + at)));
        }
        Node::Characters(read, span) => characters.extend(read.chars().map(|c| (c, span.start as usize))),
        Node::Element(element) => element.children().for_each(|node| gather(node, text, characters)),
    }
}

impl<'s> Reader<'s> {
    /// Begins the speech of somebody whose label is printed before the words.
    pub(super) fn begin_printed(
        &mut self,
        printed: &Printed,
        kind: ContributionKind,
        id: Option<Box<str>>,
        whole: Span,
    ) {
        let text = |words: &str| Text::Owned(words.into());
        let label = Label {
            name: text(&printed.name),
            naming: Naming::Printed,
            detail: printed.detail.as_deref().map(text),
            id,
            role: conventions::role(&printed.name, printed.detail.as_deref()),
            span: printed.span,
        };
        let time =
            printed.time.as_ref().map(|(words, time)| Stated { text: text(words), value: Some(*time) });
        self.blocks.record.begin(Contribution {
            speaker: Some(label),
            time,
            column: self.column.clone(),
            ..Contribution::of(kind, whole)
        });
    }

    /// The words of a block that stand after a place, as `node` reads them.
    pub(super) fn after(&mut self, block: Element<'_, 's>, from: u32, kind: &ParagraphKind) {
        for node in block.children() {
            match node {
                Node::Text(span) if span.end <= from => {}
                Node::Text(span) => self.blocks.flow.text(Span { start: span.start.max(from), ..span }),
                Node::Characters(_, span) if span.end <= from => {}
                Node::Element(inner) if inner.span().end <= from => {}
                Node::Element(inner) if inner.span().start < from => self.after(inner, from, kind),
                node => self.node(node, kind),
            }
        }
    }
}
