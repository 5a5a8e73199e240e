//! What can be saved of a file whose syntax is broken: its units, told apart by their indentation,
//! are read each for itself. A line as shallow as a unit's key cannot belong to the unit before it
//! in any sound file, so a fault cannot reach from one unit into the next.

use super::Unit;
use super::decode::first_line;
use super::events::{self, Broken, TOLD};
use super::node::{Key, Node, Scalar, Style, Value};
use crate::diagnostics::{self as codes, Checked, Diagnostic, Place};
use crate::text::{Source, Span};

/// Reads the file again, unit by unit. `first` is what the reading of the whole had to say: given
/// back where the units cannot be told apart.
pub(super) fn salvage(source: &Source, unit: Unit, first: Vec<Diagnostic>) -> Checked<Option<Node>> {
    let whole = Span::new(0..source.text.len());
    let mut salvage = Salvage { source, diagnostics: Vec::new() };
    let pairs = match unit {
        Unit::File => Vec::new(),
        Unit::TopKey => salvage.read(whole, |_, _, _| None),
        Unit::EntryOf(key) => salvage.read(whole, |salvage, line, part| salvage.entries(key, line, part)),
    };
    // Without the key that the entries are under, this is not the file it should be, and what is
    // wrong with each of its lines would help nobody.
    let is_itself = match unit {
        Unit::File => false,
        Unit::TopKey => !pairs.is_empty(),
        Unit::EntryOf(name) => pairs.iter().any(|(key, _)| &*key.text == name),
    };
    if !is_itself || salvage.diagnostics.is_empty() {
        return Checked { value: None, diagnostics: first };
    }
    let root = Node { span: whole, value: Value::Mapping(pairs), faulty: true };
    Checked { value: Some(root), diagnostics: salvage.diagnostics }
}

struct Salvage<'a> {
    source: &'a Source,
    diagnostics: Vec<Diagnostic>,
}

impl Salvage<'_> {
    /// The pairs of the block mapping in `range`, its units read one by one; `special` may read
    /// a unit, given its first line, in its own way.
    fn read(
        &mut self,
        range: Span,
        special: impl Fn(&mut Self, &str, Span) -> Option<(Key, Node)>,
    ) -> Vec<(Key, Node)> {
        let mut pairs: Vec<(Key, Node)> = Vec::new();
        let mut seen = std::collections::HashMap::new();
        let mut broken_above = false;
        for part in parts(self.source, range) {
            if self.diagnostics.len() >= TOLD {
                self.diagnostics.push(codes::yaml_many_faults(Place::new(self.source, part), None));
                break;
            }
            let line = self.source.slice(part).lines().next().unwrap_or_default();
            let key = key_of(line, part);
            // Words without a key are the rest of the unit above, which is then not whole.
            if key.is_none() {
                if let Some((_, above)) = pairs.last_mut() {
                    above.faulty = true;
                }
                if broken_above {
                    continue;
                }
            }
            let read = match special(self, line, part) {
                Some(pair) => vec![pair],
                None => self.unit(part, key),
            };
            broken_above = read.iter().all(|(_, node)| node.faulty);
            for (key, node) in read {
                match seen.get(&key.text) {
                    Some(&first) => {
                        let place = Place::new(self.source, key.span);
                        self.diagnostics.push(codes::duplicate_key(place, &key.text, first));
                    }
                    None => {
                        seen.insert(key.text.clone(), key.span);
                        pairs.push((key, node));
                    }
                }
            }
        }
        pairs
    }

    /// The pairs of the unit at `part`: one, or none where it holds nothing. Under a `key` whose
    /// value is broken there is a faulty node, so that the key is known.
    fn unit(&mut self, part: Span, key: Option<Key>) -> Vec<(Key, Node)> {
        let broken = |key: Option<Key>| {
            let value = Value::Scalar(Scalar { text: "".into(), style: Style::Plain });
            let faulty = |key: Key| {
                let span = key.span;
                (key, Node { span, value, faulty: true })
            };
            key.map(faulty).into_iter().collect()
        };
        match events::read(self.source, part, &mut self.diagnostics) {
            Ok(Some(Node { value: Value::Mapping(pairs), faulty, .. })) => mark(pairs, faulty),
            Ok(None) => Vec::new(),
            Ok(Some(node)) => {
                let place = Place::new(self.source, first_line(self.source, node.span));
                let found = codes::yaml_syntax(place, "this line has no `key:` where one is wanted");
                self.diagnostics
                    .push(found.help("indent it deeper than the key of the text that it belongs to"));
                broken(key)
            }
            Err(Broken) => broken(key),
        }
    }

    /// The unit at `part` as the mapping of entries under `name`, if it is that.
    fn entries(&mut self, name: &str, line: &str, part: Span) -> Option<(Key, Node)> {
        let rest = line.strip_prefix(name)?.strip_prefix(':')?.trim_start();
        if !(rest.is_empty() || rest.starts_with('#')) {
            return None;
        }
        let start = part.start as usize;
        let below = Span::new((start + line.len()).min(part.end as usize)..part.end as usize);
        let pairs = self.read(below, |_, _, _| None);
        let key = Key { text: name.into(), span: Span::new(start..start + name.len()) };
        Some((key, Node { span: below, value: Value::Mapping(pairs), faulty: true }))
    }
}

/// A mapping's fault is in one of its values, and then marked there, or in a key that was left out:
/// its owner is then not whole, which for a unit is its only key.
fn mark(mut pairs: Vec<(Key, Node)>, faulty: bool) -> Vec<(Key, Node)> {
    if faulty
        && pairs.iter().all(|(_, node)| !node.faulty)
        && let Some((_, node)) = pairs.last_mut()
    {
        node.faulty = true;
    }
    pairs
}

/// The key that the first line of `part` begins with, without its quotation marks.
fn key_of(line: &str, part: Span) -> Option<Key> {
    let words = line.trim_start_matches(' ');
    let colon = words
        .match_indices(':')
        .find(|(at, _)| words[at + 1..].chars().next().is_none_or(char::is_whitespace));
    let name = words[..colon?.0].trim_end();
    let start = part.start as usize + line.len() - words.len();
    let text = name.trim_matches(['"', '\'']);
    let key = !text.is_empty() && !name.starts_with(['[', '{', '-', '?']);
    key.then(|| Key { text: text.into(), span: Span::new(start..start + name.len()) })
}

/// `range` cut before each line that is no deeper than its first line of content. Lines that are
/// blank or a comment belong to the part above.
fn parts(source: &Source, range: Span) -> Vec<Span> {
    let mut parts: Vec<Span> = Vec::new();
    let mut unit_indent = None;
    let mut at = range.start as usize;
    for line in source.slice(range).split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim_start_matches(' ');
        let indent = line.len() - words.len();
        // A line indented by a tab belongs above, where the tab is the fault.
        let content = !words.trim().is_empty() && !words.starts_with(['#', '\t']);
        if content && indent <= *unit_indent.get_or_insert(indent) && words.trim_end() != "---" {
            parts.push(Span::new(start..at));
        } else if let Some(part) = parts.last_mut() {
            part.end = Span::new(start..at).end;
        }
    }
    parts
}
