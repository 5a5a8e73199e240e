//! Characters that nobody sees and that are written as references: what stands there as it is was told of the
//! file, and `&#x202E;` only shows when it has been read, in words, in a title or in an attribute.

use crate::diagnostics::Unseen;
use crate::prose::{Kind, Node};
use crate::text::{Source, Span, hidden_characters, is_control};
use std::collections::BTreeMap;

/// Counts them in a tree. No page may hold a control character: U+FFFD takes its place.
pub(super) fn count(nodes: &mut [Node], source: &Source, hidden: &mut Unseen) {
    for node in nodes {
        let span = node.span;
        let mut look = |value: &mut Box<str>| look(value, span, source, hidden);
        match &mut node.kind {
            Kind::Text(words) => look(words),
            Kind::Link(link) => link.title.iter_mut().for_each(look),
            Kind::Picture(picture) => {
                look(&mut picture.alt);
                picture.link.title.iter_mut().for_each(look);
            }
            Kind::Element(_, Some(attributes)) => {
                attributes.list.iter_mut().for_each(|(_, value)| look(value));
            }
            _ => {}
        }
        count(&mut node.children, source, hidden);
    }
}

fn look(value: &mut Box<str>, span: Span, source: &Source, hidden: &mut Unseen) {
    let replaced = value.char_indices().filter(|(_, c)| *c == '\u{FFFD}');
    let mut kinds: BTreeMap<char, usize> = BTreeMap::new();
    for (_, found) in hidden_characters(value).chain(replaced) {
        *kinds.entry(found).or_default() += 1;
    }
    if kinds.is_empty() {
        return;
    }
    let written = source.text.get(span.range()).unwrap_or_default();
    for (found, count) in kinds.into_iter().filter(|(found, _)| !written.contains(*found)) {
        (0..count).for_each(|_| hidden.add(found, span));
    }
    if value.contains(is_control) {
        *value = value.replace(is_control, "\u{FFFD}").into();
    }
}
