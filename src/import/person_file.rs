//! A person's file, edited by slices: what is added or put in stands where it belongs, and everything
//! else, comments and line ends too, stays as it was. The result is read back before anybody gets it.

use crate::content::{self, RawIds, RawOffice, RawPerson, RawTerm};
use crate::load::{self, Disk, Sources};
use crate::text::{Fingerprint, SitePath, Source, Span, plain_lines};
use crate::yaml::{Node, Style, Value};
use std::io;
use std::ops::Range;

/// The file of a person as written.
pub struct PersonFile {
    /// Where it is.
    pub path: SitePath,
    /// What it says.
    pub raw: RawPerson,
    /// The fingerprint of its bytes.
    pub before: Fingerprint,
    /// Whether it has no mistake, so that it can be edited.
    pub sound: bool,
    /// The words below the front matter.
    pub body: String,
    original: String,
    source: Source,
    node: Node,
    /// Where another key can stand.
    end: usize,
    edits: Vec<(Range<usize>, String)>,
}

impl PersonFile {
    /// Reads the file at `path`. `None` where it is no person's.
    pub fn read(content: &Disk, path: SitePath) -> io::Result<Option<PersonFile>> {
        let bytes = content.read(&path)?;
        let before = Fingerprint::of(&bytes);
        let Ok(original) = String::from_utf8(bytes.clone()) else { return Ok(None) };
        let Some(source) = load::text(&path, bytes).value else { return Ok(None) };
        let otherwise = RawPerson::default();
        let read = match path.extension() {
            "md" => content::parse_markdown::<RawPerson>(&source, "a person", otherwise),
            "yaml" => content::parse_yaml::<RawPerson>(&source, "a person", otherwise),
            _ => return Ok(None),
        };
        let sound = read.diagnostics.is_empty();
        let content::Written { raw, node, body, .. } = read.value;
        let text = &source.text;
        let end = match path.extension() {
            "md" => text[..body.start as usize].rfind("\n---").map_or(0, |at| at + 1),
            _ => text.len(),
        };
        let body = text[body.range()].trim().to_owned();
        Ok(Some(PersonFile {
            path,
            raw,
            before,
            sound,
            body,
            original,
            source,
            node,
            end,
            edits: Vec::new(),
        }))
    }

    /// The slug.
    pub fn slug(&self) -> &str {
        self.path.stem()
    }

    /// Every id in it.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.raw.ids.values().flat_map(RawIds::all)
    }

    /// Whether an id stands in the place of the name: whoever imported the person had no name.
    pub fn is_named_by_id(&self) -> bool {
        self.raw.name.as_deref().is_some_and(|name| self.ids().any(|id| id == name))
    }

    /// Gives a key this text, in the place of another or after the others.
    pub fn set(&mut self, key: &str, text: &str) {
        let value = scalar(text);
        match self.node.get(key).map(|node| node.span.range()) {
            Some(range) => self.edits.push((range, value)),
            // It belongs with the name.
            None if key == "sort_name"
                && let Some(name) = self.node.get("name") =>
            {
                let at = self.line_end(name.span);
                self.edits.push((at..at, format!("\n{key}: {value}")));
            }
            None => self.add(&format!("{key}: {value}\n")),
        }
    }

    /// Adds lines with keys of their own, after the others.
    pub fn add(&mut self, lines: &str) {
        let starts = self.end == 0 || self.source.text[..self.end].ends_with('\n');
        let is_first = !self.edits.iter().any(|(range, _)| range.start == self.end);
        let start = if starts || !is_first { "" } else { "\n" };
        self.edits.push((self.end..self.end, format!("{start}{lines}")));
    }

    /// Adds things to the list under a key, each written as within brackets.
    pub fn extend(&mut self, key: &str, items: &[String]) {
        if items.is_empty() {
            return;
        }
        let Some(node) = self.node.get(key).filter(|node| !node.items().is_empty()) else {
            let lines: String = items.iter().map(|item| format!("- {item}\n")).collect();
            return self.add(&format!("{key}:\n{lines}"));
        };
        let (first, last) = (node.items().first(), node.items().last());
        let (Some(first), Some(last)) = (first, last) else { return };
        let edit = match self.source.text[node.span.range()].starts_with('[') {
            true => {
                let at = last.span.end as usize;
                (at..at, items.iter().map(|item| format!(", {item}")).collect())
            }
            false => {
                let indent = self.indent(first.span);
                let at = self.line_end(last.span);
                (at..at, items.iter().map(|item| format!("\n{indent}- {item}")).collect())
            }
        };
        self.edits.push(edit);
    }

    /// Adds keys with their values, as written, to the mapping under a key.
    pub fn insert_all(&mut self, key: &str, pairs: &[(String, String)]) {
        if pairs.is_empty() {
            return;
        }
        let pairs = pairs.iter().map(|(inner, value)| format!("{}: {value}", scalar(inner)));
        let pairs: Vec<String> = pairs.collect();
        let there =
            self.node.get(key).and_then(|node| Some((node, node.pairs().first()?, node.pairs().last()?)));
        let edit = match there {
            None => {
                let lines: String = pairs.iter().map(|pair| format!("  {pair}\n")).collect();
                return self.add(&format!("{key}:\n{lines}"));
            }
            Some((node, _, (_, last))) if self.source.text[node.span.range()].starts_with('{') => {
                let at = last.span.end as usize;
                (at..at, pairs.iter().map(|pair| format!(", {pair}")).collect())
            }
            Some((_, (first, _), (_, last))) => {
                let (at, indent) = (self.line_end(last.span), self.indent(first.span));
                (at..at, pairs.iter().map(|pair| format!("\n{indent}{pair}")).collect())
            }
        };
        self.edits.push(edit);
    }

    /// Adds ids to a register.
    pub fn add_ids(&mut self, register: &str, ids: &[String]) {
        let written: Vec<String> = ids.iter().map(|id| scalar(id)).collect();
        let there = self.node.at_path(&["ids", register]);
        let edit = match there.map(|node| (node, &node.value)) {
            None => return self.insert_all("ids", &[(register.to_owned(), self::ids(ids))]),
            Some((node, Value::Scalar(_))) => {
                let one = &self.source.text[node.span.range()];
                (node.span.range(), format!("[{one}, {}]", written.join(", ")))
            }
            Some((node, _)) => match (node.items().first(), node.items().last()) {
                (Some(first), Some(last)) if !self.source.text[node.span.range()].starts_with('[') => {
                    let at = self.line_end(last.span);
                    let indent = self.indent(first.span);
                    (at..at, written.iter().map(|id| format!("\n{indent}- {id}")).collect())
                }
                (_, Some(last)) => {
                    let at = last.span.end as usize;
                    (at..at, format!(", {}", written.join(", ")))
                }
                _ => (node.span.range(), format!("[{}]", written.join(", "))),
            },
        };
        self.edits.push(edit);
    }

    /// Puts words below the front matter.
    pub fn write_body(&mut self, words: &str) {
        let at = self.source.text.len();
        let start = if self.source.text.ends_with('\n') { "\n" } else { "\n\n" };
        self.edits.push((at..at, format!("{start}{words}\n")));
    }

    /// Whether anything was changed.
    pub fn is_changed(&self) -> bool {
        !self.edits.is_empty()
    }

    /// The file with the changes, which must say what `expected` does. `Err` where it can't be made so
    /// safely.
    pub fn edited(&self, expected: &RawPerson) -> Result<String, String> {
        let unsafe_form = || Err(format!("{} is written in a way that can't be changed safely", self.path));
        let root = self.node.pairs().first().map(|(key, _)| key.span.start as usize);
        if !self.sound || root.is_none_or(|start| self.source.text[..start].ends_with(['{', ' '])) {
            return unsafe_form();
        }
        if self
            .node
            .pairs()
            .iter()
            .any(|(_, node)| matches!(node.style(), Some(Style::Literal | Style::Folded)))
        {
            return unsafe_form();
        }
        let mut edits = self.edits.clone();
        edits.sort_by_key(|(range, _)| range.start);
        let mut text = String::with_capacity(self.source.text.len() + 256);
        let mut done = 0;
        for (range, words) in &edits {
            if range.start < done {
                return unsafe_form();
            }
            text.push_str(&self.source.text[done..range.start]);
            text.push_str(words);
            done = range.end;
        }
        text.push_str(&self.source.text[done..]);
        let source = Source::new(self.path.clone(), text.as_str());
        let otherwise = RawPerson::default();
        let read = match self.path.extension() {
            "md" => content::parse_markdown::<RawPerson>(&source, "a person", otherwise),
            _ => content::parse_yaml::<RawPerson>(&source, "a person", otherwise),
        };
        if !read.diagnostics.is_empty() || read.value.raw != *expected {
            return unsafe_form();
        }
        restored(&self.original, &text).map_or_else(unsafe_form, Ok)
    }

    /// The white space before the line of a place.
    fn indent(&self, span: Span) -> String {
        let text = &self.source.text;
        let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        text[start..].chars().take_while(|c| *c == ' ').collect()
    }

    /// The end of the line that a value ends in: what is said behind it stays behind it.
    fn line_end(&self, span: Span) -> usize {
        let text = &self.source.text;
        text[span.end as usize..].find('\n').map_or(text.len(), |at| span.end as usize + at)
    }
}

/// A text that was edited with plain line ends, with the mark and the line ends that it had. `None` where
/// those were of two kinds.
pub fn restored(original: &str, edited: &str) -> Option<String> {
    let (mark, rest) = match original.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", original),
    };
    let returns = rest.matches("\r\n").count();
    if returns == 0 && *plain_lines(rest) == *rest {
        return Some(format!("{mark}{edited}"));
    }
    let all = returns == rest.matches('\n').count();
    all.then(|| format!("{mark}{}", edited.replace('\n', "\r\n")))
}

/// Ids as the value of a register.
pub fn ids(ids: &[String]) -> String {
    match ids {
        [one] => scalar(one),
        several => format!("[{}]", several.iter().map(|id| scalar(id)).collect::<Vec<_>>().join(", ")),
    }
}

/// An office as an item of a list.
pub fn office(office: &RawOffice) -> String {
    term("title", &office.title, &office.from, &office.to)
}

/// A party or a constituency as an item of a list.
pub fn named(one: &RawTerm) -> String {
    term("name", &one.name, &one.from, &one.to)
}

fn term(key: &str, name: &str, from: &Option<String>, to: &Option<String>) -> String {
    let mut parts = vec![format!("{key}: {}", scalar(name))];
    parts.extend(from.iter().map(|day| format!("from: {day}")));
    parts.extend(to.iter().map(|day| format!("to: {day}")));
    format!("{{ {} }}", parts.join(", "))
}

/// A text as a value of YAML that is this text within brackets and without.
pub fn scalar(text: &str) -> String {
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '.' | '-' | '/' | '_' | '’'))
        && text.trim() == text
        && !["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word));
    match is_plain {
        true => text.to_owned(),
        false => serde_json::to_string(text).unwrap_or_default(),
    }
}
