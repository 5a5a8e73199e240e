//! A sheet in the order of the record: entries are moved whole, with the remarks above them, and nothing in
//! them is written anew.

use crate::annotation::At;
use crate::model::Debate;
use crate::text::Source;
use crate::yaml::{self, Node, Unit};
use std::collections::BTreeMap;
use std::ops::Range;

/// A sheet with its entries in the order of the record; those on the whole debate first, those whose place is
/// not known last, each group as it was. `None` where it is in order, or where its form (brackets, broken YAML)
/// leaves it to its author.
pub fn in_order(source: &Source, debate: Option<&Debate>) -> Option<String> {
    let read = yaml::parse(source, Unit::File);
    let node = read.value.filter(|_| read.diagnostics.is_empty())?;
    let entries = node.get("annotations")?;
    let text = &*source.text;
    if entries.pairs().len() < 2 || text[entries.span.range()].starts_with('{') {
        return None;
    }
    let starts: Vec<usize> =
        entries.pairs().iter().map(|(key, _)| beginning(text, key.span.start as usize)).collect();
    // What follows the list: keys of the sheet itself.
    let last = entries.pairs().last()?.1.span.end as usize;
    let end = ending(text, last.max(*starts.last()?), entries.pairs()[0].0.span.start as usize);
    let mut chunks: Vec<(Place, Range<usize>)> = Vec::new();
    for (number, (key, value)) in entries.pairs().iter().enumerate() {
        let past = starts.get(number + 1).copied().unwrap_or(end);
        chunks.push((place(&key.text, value, &node, debate), starts[number]..past));
    }
    let before: Vec<usize> = chunks.iter().map(|(_, range)| range.start).collect();
    chunks.sort_by_key(|(place, _)| *place);
    if chunks.iter().map(|(_, range)| range.start).eq(before) {
        return None;
    }
    // Entries stand apart as most of them did.
    let apart = chunks.iter().filter(|(_, range)| text[range.clone()].ends_with("\n\n")).count();
    let between = if apart * 2 >= chunks.len() { "\n\n" } else { "\n" };
    let bodies: Vec<&str> = chunks.iter().map(|(_, range)| text[range.clone()].trim_end()).collect();
    let tail = &text[end..];
    let close = if tail.is_empty() { "\n" } else { between };
    let sorted = format!("{}{}{close}{tail}", &text[..starts[0]], bodies.join(between));
    // Moved and nothing else: the same entries, each with the same value.
    let again = yaml::parse(&Source::new(source.path.clone(), sorted.as_str()), Unit::File);
    let same = again.diagnostics.is_empty()
        && again.value.is_some_and(|again| values(&again, &sorted) == values(&node, text));
    same.then_some(sorted)
}

/// Where an entry stands in the record: the paragraph and the byte in it.
type Place = (usize, u32);

fn place(id: &str, value: &Node, sheet: &Node, debate: Option<&Debate>) -> Place {
    let unknown = (usize::MAX, 0);
    let Some(debate) = debate else { return unknown };
    if let Some(note) = debate.annotation(id) {
        return note.passages.first().map_or((0, 0), |passage| (passage.paragraph + 1, passage.range.start));
    }
    // One that has no place yet, or is not shown: where it says that it belongs.
    let at = value.get("at").or_else(|| sheet.at_path(&["defaults", "at"])).and_then(|node| node.text());
    match at.map(str::parse::<At>) {
        Some(Ok(At::Debate)) => (0, 0),
        Some(Ok(at)) => crate::resolve::paragraphs(&debate.record, &at.to_string())
            .map_or(unknown, |range| (range.start + 1, 0)),
        _ => unknown,
    }
}

/// The beginning of an entry: of its line, or of the remarks directly above it.
fn beginning(text: &str, key: usize) -> usize {
    let mut start = text[..key].rfind('\n').map_or(0, |at| at + 1);
    while let Some(above) = text[..start].strip_suffix('\n') {
        let line = above.rfind('\n').map_or(0, |at| at + 1);
        if !above[line..].trim_start().starts_with('#') {
            break;
        }
        start = line;
    }
    start
}

/// The end of the last entry: the beginning of the first line after it that is set in less.
fn ending(text: &str, from: usize, first: usize) -> usize {
    let indent = first - text[..first].rfind('\n').map_or(0, |at| at + 1);
    let mut at = text[from..].find('\n').map_or(text.len(), |end| from + end + 1);
    for line in text[at..].split_inclusive('\n') {
        let content = line.trim_start_matches(' ');
        if !content.trim().is_empty() && line.len() - content.len() < indent {
            break;
        }
        at += line.len();
    }
    at
}

/// The values of the entries, as text, and the rest of the sheet's.
fn values<'t>(sheet: &'t Node, text: &'t str) -> BTreeMap<String, &'t str> {
    let entries = sheet.get("annotations").map_or(&[][..], Node::pairs);
    let own = sheet.pairs().iter().filter(|(key, _)| &*key.text != "annotations");
    let named = own.map(|(key, value)| (format!("/{}", key.text), &text[value.span.range()]));
    named
        .chain(entries.iter().map(|(key, value)| (key.text.to_string(), text[value.span.range()].trim_end())))
        .collect()
}
