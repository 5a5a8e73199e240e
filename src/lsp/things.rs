//! What stands at a place of a file: a topic, a person, a note, a paragraph that is named there.

use crate::annotation::At;
use crate::desk::{Named, Thing};
use crate::model::{Debate, Site};
use crate::permalink::debate_source;
use crate::resolve;
use crate::text::{SitePath, Source, Span};
use crate::yaml::{self, Node, Unit, Value};
use std::ops::Range;

/// What is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// A topic, person, debate, briefing or note.
    Named(Named),
    /// Paragraphs of a debate: `p2`, `p11..p12`, `c3`.
    Words(String, String),
    /// A shared source, by its key.
    Source(String),
    /// A key of a file, by the keys that lead to it.
    Key(Vec<String>),
}

/// Something that is named, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What.
    pub what: What,
    /// The bytes that name it.
    pub span: Range<usize>,
}

/// The debate that a file belongs to.
pub fn debate_of(path: &SitePath) -> Option<&str> {
    Some(debate_source(path.as_str())?.0)
}

/// What a file is the file of.
pub fn of_file(path: &SitePath) -> Option<Named> {
    if path.file_name() == "debate.yaml" {
        return Some(Named::Thing(Thing::Debate, debate_of(path)?.to_owned()));
    }
    if let Some(debate) = debate_of(path) {
        let is_note = path.folder().ends_with("/notes") && path.extension() == "md";
        return is_note.then(|| Named::Note(debate.to_owned(), path.stem().to_owned()));
    }
    let thing = [Thing::Topic, Thing::Person, Thing::Briefing]
        .into_iter()
        .find(|thing| path.folder() == format!("content/{}", thing.folder()))?;
    Some(Named::Thing(thing, path.stem().to_owned()))
}

/// The YAML of a file, and where it stands.
pub fn yaml_of(source: &Source) -> (Option<Node>, Range<usize>) {
    match source.path.extension() {
        "md" if source.path.stem() != "transcript" => {
            let (node, body) = yaml::front_matter(source).value;
            let end = body.start as usize;
            let inner = source.text[..end].trim_end().trim_end_matches('-').len();
            let is_there = source.text.starts_with("---\n");
            // Front matter that is not closed yet is being written.
            let end = if node.is_none() && is_there { source.text.len() } else { inner };
            (node, if is_there { 4.min(end)..end } else { 0..0 })
        }
        "yaml" => {
            let unit = match source.path.file_name().ends_with(".notes.yaml") {
                true => Unit::EntryOf("annotations"),
                false => Unit::TopKey,
            };
            (yaml::parse(source, unit).value, 0..source.text.len())
        }
        _ => (None, 0..0),
    }
}

/// What is named at a byte of a file of the site.
pub fn at(source: &Source, offset: usize, site: Option<&Site>) -> Option<Found> {
    if source.path.stem() == "transcript" {
        return in_transcript(source, offset, site?);
    }
    let own = debate_of(&source.path);
    if let Some(found) = linked(source, offset, own) {
        return Some(found);
    }
    let tree = yaml_of(source).0?;
    let mut path = Vec::new();
    let (span, is_key, node) = descend(&tree, offset, &mut path)?;
    let named = |named: Named| Some(Found { what: What::Named(named), span: span.range() });
    if is_key {
        return match (path.as_slice(), own) {
            ([top, id], Some(debate)) if top == "annotations" => {
                named(Named::Note(debate.to_owned(), id.clone()))
            }
            _ => Some(Found { what: What::Key(path), span: span.range() }),
        };
    }
    let text = node.text()?;
    let key = path.iter().rev().find(|step| step.parse::<usize>().is_err())?.as_str();
    let thing = |thing: Thing, slug: &str| {
        // The slug itself, without quotation marks and the sign of what is taken away.
        let written = &source.text[span.range()];
        let at = span.start as usize + written.find(slug)?;
        let what = What::Named(Named::Thing(thing, slug.to_owned()));
        Some(Found { what, span: at..at + slug.len() })
    };
    let words = |debate: &str, name: &str| {
        let what = What::Words(debate.to_owned(), name.to_owned());
        Some(Found { what, span: span.range() })
    };
    match key {
        "topics" => thing(Thing::Topic, text.strip_prefix('-').unwrap_or(text)),
        "related" | "parent" if own.is_none() => thing(Thing::Topic, text),
        "debate" | "debates" => thing(Thing::Debate, text),
        "person" | "owed_by" | "chair" | "speaker" => thing(Thing::Person, text),
        _ if path.first().is_some_and(|top| top == "speakers") => thing(Thing::Person, text),
        "see" => match text.split_once('/') {
            Some((debate, id)) => named(Named::Note(debate.to_owned(), id.to_owned())),
            None => named(Named::Note(own?.to_owned(), text.to_owned())),
        },
        "sources" => Some(Found { what: What::Source(text.to_owned()), span: span.range() }),
        "at" => match text.split_once('#') {
            Some((debate, name)) => words(debate, name),
            None => words(own?, text),
        },
        "quote" | "before" | "after" => {
            let mut steps: Vec<&str> = path.iter().map(String::as_str).collect();
            steps.pop();
            steps.push("at");
            let name = tree.at_path(&steps).and_then(|node| node.text().map(str::to_owned));
            words(own?, &name.or_else(|| placed_at(source, &path, site?, own?))?)
        }
        "title" | "name" if path.len() == 1 => {
            Some(Found { what: What::Named(of_file(&source.path)?), span: span.range() })
        }
        _ => None,
    }
}

/// Where the words of a note stand that says no place.
fn placed_at(source: &Source, path: &[String], site: &Site, own: &str) -> Option<String> {
    let id = match path {
        [top, id, ..] if top == "annotations" => id,
        _ => source.path.stem(),
    };
    let debate = debate(site, own)?;
    let passage = debate.annotation(id)?.passages.first()?;
    Some(debate.record.paragraphs.get(passage.paragraph)?.id.to_string())
}

/// The debate with a slug.
pub fn debate<'s>(site: &'s Site, slug: &str) -> Option<&'s Debate> {
    site.debates.iter().map(|debate| &**debate).find(|debate| debate.slug.as_str() == slug)
}

/// The indexes of the paragraphs that a place names.
pub fn paragraphs(debate: &Debate, name: &str) -> Range<usize> {
    match name.parse::<At>() {
        Ok(At::Debate) => 0..debate.record.paragraphs.len(),
        _ => resolve::paragraphs(&debate.record, name).unwrap_or(0..0),
    }
}

fn in_transcript(source: &Source, offset: usize, site: &Site) -> Option<Found> {
    let slug = debate_of(&source.path)?;
    let record = &debate(site, slug)?.record;
    // Places in another text than the one that was read are not known.
    if record.source.text != source.text {
        return None;
    }
    let is_in = |span: Span| span.range().contains(&offset) || span.end as usize == offset;
    let paragraph = record.paragraphs.iter().find(|paragraph| is_in(paragraph.span))?;
    let what = What::Words(slug.to_owned(), paragraph.id.to_string());
    Some(Found { what, span: paragraph.span.range() })
}

/// The key or value at a byte, with the keys that lead there.
fn descend<'n>(node: &'n Node, offset: usize, path: &mut Vec<String>) -> Option<(Span, bool, &'n Node)> {
    let is_in = |span: Span| span.start as usize <= offset && offset <= span.end as usize;
    match &node.value {
        Value::Scalar(_) => is_in(node.span).then_some((node.span, false, node)),
        Value::Sequence(items) => items.iter().enumerate().find_map(|(at, item)| {
            if !is_in(item.span) {
                return None;
            }
            path.push(at.to_string());
            descend(item, offset, path)
        }),
        Value::Mapping(pairs) => pairs.iter().find_map(|(key, value)| {
            if is_in(key.span) {
                path.push(key.text.to_string());
                return Some((key.span, true, value));
            }
            if !is_in(value.span) || value.span.is_empty() {
                return None;
            }
            path.push(key.text.to_string());
            descend(value, offset, path)
        }),
    }
}

/// What a link at a byte leads to: `../topics/data.md`, `../debates/x/#p2`, `[p2]` with its target elsewhere.
fn linked(source: &Source, offset: usize, own: Option<&str>) -> Option<Found> {
    let text = &*source.text;
    let is_part = |c: char| c.is_ascii_alphanumeric() || "._/-%#".contains(c);
    let offset = text.floor_char_boundary(offset);
    let start = text[..offset].trim_end_matches(is_part).len();
    let end = text.len() - text[offset..].trim_start_matches(is_part).len();
    let token = &text[start..end];
    let target = match (text[..start].ends_with('['), text[end..].starts_with(']')) {
        (true, true) => defined(text, token)?,
        _ if text[..start].ends_with(['(', '<', '"', '\'']) || text[..start].trim_end().ends_with("]:") => {
            token
        }
        _ => return None,
    };
    let what = target_of(target, &source.path, own)?;
    Some(Found { what, span: start..end })
}

/// The target of a reference: of `[p2]: ../debates/x/#p2`.
fn defined<'t>(text: &'t str, label: &str) -> Option<&'t str> {
    let head = format!("[{label}]:");
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix(&head))?;
    line.split_whitespace().next().map(|target| target.trim_matches(['<', '>']))
}

/// What a target of a link means.
pub fn target_of(target: &str, path: &SitePath, own: Option<&str>) -> Option<What> {
    let (way, fragment) = target.split_once('#').unwrap_or((target, ""));
    let way = way.trim_end_matches("debate.yaml").trim_end_matches('/');
    let mut parts = way.rsplit('/');
    let name = parts.next().unwrap_or_default();
    let folder = match parts.next() {
        Some("." | "..") | None => path.folder().rsplit('/').next().unwrap_or_default(),
        Some(folder) => folder,
    };
    let in_debate = |debate: &str| match fragment.strip_prefix("n-") {
        Some(id) => What::Named(Named::Note(debate.to_owned(), id.to_owned())),
        None if fragment.is_empty() => What::Named(Named::Thing(Thing::Debate, debate.to_owned())),
        None => What::Words(debate.to_owned(), fragment.to_owned()),
    };
    if way.is_empty() {
        return own.filter(|_| !fragment.is_empty()).map(in_debate);
    }
    // A word alone is no way to a file.
    if !way.contains('/') && !way.contains('.') {
        return None;
    }
    let slug = name.strip_suffix(".md").or_else(|| name.strip_suffix(".yaml")).unwrap_or(name);
    let thing = |thing: Thing| Some(What::Named(Named::Thing(thing, slug.to_owned())));
    match folder {
        "debates" => Some(in_debate(name)),
        "topics" => thing(Thing::Topic),
        "people" => thing(Thing::Person),
        "briefings" => thing(Thing::Briefing),
        _ => None,
    }
}
