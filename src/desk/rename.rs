//! A topic, person, debate, note or briefing under another name: its files, whatever refers to it, and the
//! address that it had. Words of the record are never touched, and nothing is written here.

use super::begin::{Thing, unknown};
use crate::import::restored;
use crate::layout::Layout;
use crate::load::{self, Sources};
use crate::pipeline;
use crate::text::{Fingerprint, SitePath, Source, as_read, is_slug, nearest};
use crate::write::{Before, FileEdit};
use crate::yaml::{self, Node, Unit, Value};
use std::io;
use std::ops::Range;

/// What is renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// A topic, person, debate or briefing.
    Thing(Thing, String),
    /// A note: its debate and its id.
    Note(String, String),
}

/// What a renaming does to the files of the site.
#[derive(Debug, Default)]
pub struct Renaming {
    /// The changes, all of them or none.
    pub edits: Vec<FileEdit>,
    /// The files that get another name, and that name.
    pub moved: Vec<(SitePath, SitePath)>,
    /// What they are, a line each.
    pub lines: Vec<String>,
}

/// Where something refers to what is renamed, and what is to stand there.
pub(super) type Edit = (Range<usize>, String);

/// The changes that give something the name `new`. The inner `Err` says what is in the way. `below` gives every
/// file below a folder: a site lists no revisions.
///
/// # Errors
/// The machine's.
pub fn rename(
    site: &dyn Sources,
    below: &dyn Fn(&SitePath) -> Vec<SitePath>,
    named: &Named,
    new: &str,
) -> io::Result<Result<Renaming, String>> {
    let layout = crate::layout::layout(site)?.value;
    if let Some(why) = refusal(site, named, new, &layout)? {
        return Ok(Err(why));
    }
    let mut paths = site.list()?.value;
    // The lock and the revisions go with their debate.
    if let Named::Thing(Thing::Debate, old) = named
        && let Some(folder) = SitePath::new(&format!("content/debates/{old}"))
    {
        paths.extend(below(&folder));
    }
    paths.sort();
    paths.dedup();
    let mut moved = Renaming::default();
    let mut gone = Vec::new();
    for path in paths.iter().filter(|path| path.as_str().starts_with("content/")) {
        let to = moved_to(path, named, new);
        let is_record = path.stem() == "transcript" || path.as_str().contains("/revisions/");
        let is_authored = matches!(path.extension(), "md" | "yaml") && !is_record;
        let is_lock = matches!(named, Named::Note(debate, _) if path.as_str() == format!("content/debates/{debate}/debate.lock"));
        if to.is_none() && !is_authored && !is_lock {
            continue;
        }
        let bytes = site.read(path)?;
        let before = Fingerprint::of(&bytes);
        let (count, after) = match String::from_utf8(bytes.clone()) {
            Ok(original) if is_authored || is_lock => {
                let is_own = to.is_some() && is_particulars(path, named);
                match edited(path, &original, named, new, is_own) {
                    Ok((count, text)) => (count, text.into_bytes()),
                    Err(why) => return Ok(Err(format!("{path} {why}"))),
                }
            }
            _ => (0, bytes),
        };
        let references = match count {
            0 => String::new(),
            1 => ": one reference".to_owned(),
            count => format!(": {count} references"),
        };
        match to {
            Some(to) => {
                moved.lines.push(format!("{path} becomes {to}{references}"));
                moved.moved.push((path.clone(), to.clone()));
                moved.edits.push((to, Before::Absent, Some(after)));
                gone.push((path.clone(), Before::Bytes(before), None));
            }
            None if count > 0 => {
                moved.lines.push(format!("{path}{references}"));
                moved.edits.push((path.clone(), Before::Bytes(before), Some(after)));
            }
            None => {}
        }
    }
    // What is new is there before anything goes.
    moved.edits.extend(gone);
    Ok(Ok(moved))
}

/// Every place that refers to something, with its file: what a renaming would change, but for the record.
///
/// # Errors
/// The machine's.
pub fn references(site: &dyn Sources, named: &Named) -> io::Result<Vec<(Source, Range<usize>)>> {
    let mut found = Vec::new();
    for path in site.list()?.value.into_iter().filter(|path| path.as_str().starts_with("content/")) {
        if !matches!(path.extension(), "md" | "yaml") || path.stem() == "transcript" {
            continue;
        }
        let Some(source) = load::read_text(site, &path)?.value else { continue };
        // What can't be changed safely is no reason to show nothing of the file.
        let Ok((edits, _)) = edits_in(&source, named, "") else { continue };
        found.extend(edits.into_iter().map(|(range, _)| (source.clone(), range)));
    }
    Ok(found)
}

/// Why it can't have the name.
fn refusal(site: &dyn Sources, named: &Named, new: &str, layout: &Layout) -> io::Result<Option<String>> {
    if !is_slug(new) {
        return Ok(Some(format!(
            "`{new}` is no name for an address: a-z, 0-9 and `-`, at most 80 characters"
        )));
    }
    let taken = |what: &str| Some(format!("there is a {what} `{new}` already"));
    Ok(match named {
        Named::Thing(thing, old) => {
            let slugs = thing.slugs(layout);
            match slugs.contains(&old.as_str()) {
                false => Some(unknown(*thing, old, layout)),
                true if slugs.contains(&new) => taken(thing.word()),
                true => None,
            }
        }
        Named::Note(debate, old) => {
            let files = layout.debates.iter().find(|(slug, _)| slug.as_str() == debate);
            let Some((slug, files)) = files else { return Ok(Some(unknown(Thing::Debate, debate, layout))) };
            let written = pipeline::parse_debate(site, slug, files)?.value;
            let ids: Vec<&str> =
                written.iter().flat_map(|written| &written.entries).map(|entry| entry.id.as_str()).collect();
            match ids.contains(&old.as_str()) {
                false => {
                    let near = nearest(old, ids.iter().copied());
                    let help = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                    Some(format!("{debate} has no note `{old}`{help}"))
                }
                true if ids.contains(&new) => taken("note"),
                true => None,
            }
        }
    })
}

/// Where a file goes that bears the name or lies in its folder.
fn moved_to(path: &SitePath, named: &Named, new: &str) -> Option<SitePath> {
    let to = match named {
        Named::Thing(Thing::Debate, old) => {
            let rest = path.as_str().strip_prefix(&format!("content/debates/{old}/"))?;
            format!("content/debates/{new}/{rest}")
        }
        Named::Thing(thing, old) => {
            let folder = format!("content/{}", thing.folder());
            (path.folder() == folder && path.stem() == old)
                .then(|| format!("{folder}/{new}.{}", path.extension()))?
        }
        Named::Note(debate, old) => {
            let folder = format!("content/debates/{debate}/notes");
            (path.folder() == folder && path.file_name() == format!("{old}.md"))
                .then(|| format!("{folder}/{new}.md"))?
        }
    };
    SitePath::new(&to)
}

/// Whether a file that goes along is the one that says where it stood before.
fn is_particulars(path: &SitePath, named: &Named) -> bool {
    match named {
        Named::Thing(Thing::Debate, _) => path.file_name() == "debate.yaml",
        Named::Thing(..) => true,
        Named::Note(..) => false,
    }
}

/// A file with what refers to the old name referring to the new one, and how many those were. `is_own` says
/// that it is to remember the old one.
fn edited(
    path: &SitePath,
    original: &str,
    named: &Named,
    new: &str,
    is_own: bool,
) -> Result<(usize, String), String> {
    let text = as_read(original);
    let source = Source::new(path.clone(), text.clone());
    let (mut edits, (node, body)) = edits_in(&source, named, new)?;
    let count = edits.len();
    if is_own && let (Some(node), Named::Thing(thing, old)) = (&node, named) {
        let key = if *thing == Thing::Person { "former" } else { "aliases" };
        let end = match path.extension() {
            "md" => text[..body].rfind("\n---").map_or(0, |at| at + 1),
            _ => text.len(),
        };
        edits.push(remembered(&text, node, key, end, old, new));
        edits.sort_by_key(|(range, _)| range.start);
    }
    if let (Some(node), Named::Note(debate, old)) = (&node, named) {
        edits.extend(former_id(&text, node, path, (debate, old, new), is_note_file(path, debate, old)));
        edits.sort_by_key(|(range, _)| range.start);
    }
    let changed = apply(&text, &edits);
    match edits.is_empty() {
        true => Ok((0, original.to_owned())),
        false => restored(original, &changed)
            .map(|text| (count, text))
            .ok_or_else(|| "has line ends of two kinds: it can't be changed safely".to_owned()),
    }
}

/// Whether a file is that of a note by itself.
fn is_note_file(path: &SitePath, debate: &str, id: &str) -> bool {
    path.as_str() == format!("content/debates/{debate}/notes/{id}.md")
}

/// The edit that makes a note remember the id that it had: in its file, or in its entry of a sheet.
fn former_id(
    text: &str,
    node: &Node,
    path: &SitePath,
    (debate, old, new): (&str, &str, &str),
    is_file: bool,
) -> Option<Edit> {
    let entry = match is_file {
        true => node,
        false if path.folder() == format!("content/debates/{debate}") && path.extension() == "yaml" => {
            node.get("annotations")?.get(old)?
        }
        false => return None,
    };
    if !entry.get("former").map_or(&[][..], Node::items).is_empty() {
        return Some(remembered(text, entry, "former", 0, old, new));
    }
    let (first, _) = entry.pairs().first()?;
    let at = first.span.start as usize;
    if text.get(entry.span.range())?.starts_with('{') {
        return Some((at..at, format!("former: [{old}], ")));
    }
    let line = text[..at].rfind('\n').map_or(0, |end| end + 1);
    Some((at..at, format!("former: [{old}]\n{}", " ".repeat(at - line))))
}

/// A text with its changes made; they are in order and apart.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut changed = text.to_owned();
    for (range, words) in edits.iter().rev() {
        changed.replace_range(range.clone(), words);
    }
    changed
}

/// The places of a file that refer to something, with what is to stand there; and its YAML, with where that
/// ends.
pub(super) type Edits = (Vec<Edit>, (Option<Node>, usize));

pub(super) fn edits_in(source: &Source, named: &Named, new: &str) -> Result<Edits, String> {
    let (path, text) = (&source.path, &source.text);
    let (node, body) = match path.extension() {
        "md" => {
            let (node, body) = yaml::front_matter(source).value;
            (node, body.start as usize)
        }
        _ => (yaml::parse(source, Unit::File).value, text.len()),
    };
    let mut edits: Vec<Edit> = Vec::new();
    let mut apart: Vec<Range<usize>> = Vec::new();
    if let Some(node) = &node {
        let found = Finder { text, path, named, new };
        found.values(node, "", &mut edits, &mut apart)?;
        found.own_key(node, &mut edits);
    }
    links(text, path, named, new, &apart, &mut edits);
    edits.sort_by_key(|(range, _)| range.start);
    edits.dedup();
    Ok((edits, (node, body)))
}

/// Looks for values that name what is renamed.
struct Finder<'f> {
    text: &'f str,
    path: &'f SitePath,
    named: &'f Named,
    new: &'f str,
}

impl Finder<'_> {
    /// Finds them below a node, and the words of the record, which links are not looked for in.
    fn values(
        &self,
        node: &Node,
        key: &str,
        edits: &mut Vec<Edit>,
        apart: &mut Vec<Range<usize>>,
    ) -> Result<(), String> {
        match &node.value {
            Value::Scalar(_) => {
                let text = node.text().unwrap_or_default();
                if let Some(words) = self.renamed(key, text) {
                    let range = node.span.range();
                    let at = self.text.get(range.clone()).and_then(|written| written.find(text));
                    let Some(at) = at else {
                        return Err(format!("names `{text}` in a way that can't be changed safely"));
                    };
                    edits.push((range.start + at..range.start + at + text.len(), words));
                }
            }
            Value::Sequence(items) => {
                for item in items {
                    self.values(item, key, edits, apart)?;
                }
            }
            Value::Mapping(pairs) => {
                for (name, value) in pairs {
                    // A label in the record stays as the record has it; the person it means is named.
                    let inner = if key == "speakers" { key } else { &*name.text };
                    if ["quote", "before", "after", "was", "reads"].contains(&&*name.text)
                        && key != "speakers"
                    {
                        apart.push(value.span.range());
                        continue;
                    }
                    self.values(value, inner, edits, apart)?;
                }
            }
        }
        Ok(())
    }

    /// What a value under a key is to be, where it names what is renamed.
    fn renamed(&self, key: &str, text: &str) -> Option<String> {
        let new = self.new;
        let in_debate = self.path.as_str().starts_with("content/debates/");
        match self.named {
            Named::Thing(Thing::Topic, old) => {
                let (sign, name) = match text.strip_prefix('-') {
                    Some(name) => ("-", name),
                    None => ("", text),
                };
                let is_key = key == "topics" || (!in_debate && ["related", "parent"].contains(&key));
                (is_key && name == old).then(|| format!("{sign}{new}"))
            }
            Named::Thing(Thing::Person, old) => {
                let keys: &[&str] = match self.path.file_name() {
                    "debate.yaml" => &["chair", "speakers"],
                    "corrections.yaml" => &["speaker"],
                    _ if in_debate => &["owed_by", "person"],
                    _ => &[],
                };
                (keys.contains(&key) && text == old).then(|| new.to_owned())
            }
            Named::Thing(Thing::Debate, old) => {
                let rest = text.strip_prefix(old.as_str())?;
                let is_there = match key {
                    "debate" | "debates" => rest.is_empty(),
                    "at" => rest.starts_with('#'),
                    "see" => rest.starts_with('/'),
                    _ => false,
                };
                is_there.then(|| format!("{new}{rest}"))
            }
            Named::Note(debate, old) if key == "see" => {
                let is_here = self.path.as_str().starts_with(&format!("content/debates/{debate}/"));
                match text.split_once('/') {
                    Some((of, id)) => (of == debate && id == old).then(|| format!("{debate}/{new}")),
                    None => (is_here && text == old).then(|| new.to_owned()),
                }
            }
            _ => None,
        }
    }

    /// The key that a note stands under in a sheet and in the lock.
    fn own_key(&self, node: &Node, edits: &mut Vec<Edit>) {
        let Named::Note(debate, old) = self.named else { return };
        if self.path.folder() != format!("content/debates/{debate}") {
            return;
        }
        let entries = node.get("annotations").map_or(&[][..], Node::pairs);
        for (key, _) in entries.iter().filter(|(key, _)| &*key.text == old.as_str()) {
            let range = key.span.range();
            let at = self.text.get(range.clone()).and_then(|written| written.find(old.as_str())).unwrap_or(0);
            edits.push((range.start + at..range.start + at + old.len(), self.new.to_owned()));
        }
    }
}

/// The edit that makes a file remember where it stood: in the list under `key`, in the place of the new name
/// if that stands there.
pub(super) fn remembered(text: &str, node: &Node, key: &str, end: usize, old: &str, new: &str) -> Edit {
    let items = node.get(key).map_or(&[][..], Node::items);
    if let Some(item) = items.iter().find(|item| item.text() == Some(new)) {
        return (item.span.range(), old.to_owned());
    }
    match (items.first(), items.last(), node.get(key)) {
        (Some(_), Some(last), Some(list)) if text[list.span.range()].starts_with('[') => {
            let at = last.span.end as usize;
            (at..at, format!(", {old}"))
        }
        (Some(first), Some(last), _) => {
            let start = first.span.start as usize;
            let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
            let indent: String = text[line..].chars().take_while(|c| *c == ' ').collect();
            let at = last.span.end as usize;
            let at = text[at..].find('\n').map_or(text.len(), |more| at + more);
            (at..at, format!("\n{indent}- {old}"))
        }
        _ => {
            let start = if end == 0 || text[..end].ends_with('\n') { "" } else { "\n" };
            (end..end, format!("{start}{key}: [{old}]\n"))
        }
    }
}

/// Finds links that lead to what is renamed: `(../topics/OLD.md)`, `[p]: /debates/OLD/#p2`, `(#n-OLD)`.
fn links(
    text: &str,
    path: &SitePath,
    named: &Named,
    new: &str,
    apart: &[Range<usize>],
    edits: &mut Vec<Edit>,
) {
    let old = match named {
        Named::Thing(_, old) | Named::Note(_, old) => old.as_str(),
    };
    for (at, _) in text.match_indices(old) {
        let range = at..at + old.len();
        let is_apart = apart.iter().any(|apart| apart.contains(&at));
        let is_found = edits.iter().any(|(found, _)| found.start <= at && at < found.end);
        if !is_apart && !is_found && leads_to(text, &range, path, named) {
            edits.push((range, new.to_owned()));
        }
    }
}

fn leads_to(text: &str, name: &Range<usize>, path: &SitePath, named: &Named) -> bool {
    let (left, right) = (&text[..name.start], &text[name.end..]);
    let ends = |rest: &str| {
        rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || ")#?/>\"'".contains(c))
    };
    let is_path = |c: char| c.is_ascii_alphanumeric() || "._/-%".contains(c);
    let opens = |before: &str| before.ends_with(['(', '<', '"', '\'']) || before.trim_end().ends_with("]:");
    match named {
        Named::Note(debate, _) => {
            let Some(left) = left.strip_suffix("#n-") else { return false };
            let before = left.trim_end_matches(is_path);
            let way = left[before.len()..].trim_end_matches("debate.yaml").trim_end_matches('/');
            let is_here = path.as_str().starts_with(&format!("content/debates/{debate}/"));
            let leads = (way.is_empty() && is_here) || way.ends_with(&format!("debates/{debate}"));
            ends(right) && opens(before) && leads
        }
        Named::Thing(thing, _) => {
            let extension = [".md", ".yaml"].into_iter().find_map(|end| right.strip_prefix(end));
            let before = left.trim_end_matches(is_path);
            let way = &left[before.len()..];
            let folder = format!("{}/", thing.folder());
            let beside = path.as_str().starts_with(&format!("content/{folder}")) && matches!(way, "" | "./");
            let leads = way == folder || way.ends_with(&format!("/{folder}")) || beside;
            // `(old)` beside other words is no link of its own.
            let is_path = extension.is_some() || way.contains('/') || right.starts_with('/');
            ends(extension.unwrap_or(right)) && opens(before) && leads && is_path
        }
    }
}
