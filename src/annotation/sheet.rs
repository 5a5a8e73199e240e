//! From a file to its annotations: a sheet of many, or a Markdown file of one. A fault in one
//! annotation sets that one aside and leaves the others as they are.

use super::checks;
use super::entry::Entry;
use super::raw::{RawAnnotation, RawDefaults, RawSheet, Status};
use crate::diagnostics::{self as codes, Checked, Diagnostic, Place, Severity};
use crate::text::{Source, Span};
use crate::yaml::{self, Node, Unit, Value};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a sheet holds.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// The annotations without an error, in order.
    pub entries: Vec<Entry>,
    /// The ids of those with one, in order: known, so that references to them are not reported as
    /// well, and not to be published. Entries whose very key could not be read are not among them.
    pub quarantined: Vec<Quarantined>,
}

/// An annotation that is set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quarantined {
    /// Its id, as written.
    pub id: String,
    /// Where the id stands.
    pub span: Span,
}

/// The annotations of a sheet in the folder of `debate`, a slug. An empty file is an empty sheet.
pub fn parse_sheet(source: &Source, debate: &str) -> Checked<Sheet> {
    let mut found = Vec::new();
    let mut sheet = Sheet::default();
    if let Some(root) = yaml::parse(source, Unit::EntryOf("annotations")).take(&mut found) {
        read_sheet(root, source, debate, &mut sheet, &mut found);
    }
    Checked { value: sheet, diagnostics: found }
}

fn read_sheet(root: Node, source: &Source, debate: &str, sheet: &mut Sheet, found: &mut Vec<Diagnostic>) {
    let place = |span: Span| Place::new(source, span);
    let faulty = root.is_faulty();
    let start = root.pairs().first().map_or(root.span, |(key, _)| key.span);
    let Value::Mapping(pairs) = root.value else {
        // Never a sheet: what it is instead is reported.
        yaml::decode::<RawSheet>(&root, source, "a sheet").take(found);
        return;
    };
    let mut defaults: Option<(RawDefaults, Arc<Node>)> = None;
    let mut entries: Option<Node> = None;
    let mut elsewhere = false;
    let known = ["debate", "defaults", "annotations"];
    for (key, node) in pairs {
        match &*key.text {
            "debate" => {
                let name: Option<String> = yaml::decode(&node, source, "`debate`").take(found);
                if let Some(name) = name.filter(|name| name != debate) {
                    elsewhere = true;
                    found.push(codes::wrong_debate(place(node.span), &name, debate));
                }
            }
            "defaults" => {
                let raw = yaml::decode(&node, source, "`defaults`").take(found);
                defaults = raw.map(|raw| (sound_defaults(raw, &node, source, found), Arc::new(node)));
            }
            "annotations" => entries = Some(node),
            other => found.push(codes::unknown_key(place(key.span), other, "a sheet", &known)),
        }
    }
    let Some(entries) = entries else {
        // A key that was refused may have been this one.
        if !faulty {
            found.push(codes::missing_key(place(start), "annotations", "a sheet"));
        }
        return;
    };
    let Value::Mapping(pairs) = entries.value else {
        // Nothing below the key yet is no mistake.
        if !entries.is_null() {
            yaml::decode::<BTreeMap<String, RawAnnotation>>(&entries, source, "`annotations`").take(found);
        }
        return;
    };
    let defaults = defaults.as_ref().map(|(raw, node)| (raw, node));
    for (key, node) in pairs {
        let entry = entry(&key.text, key.span, source, node, defaults, found);
        match entry.filter(|_| !elsewhere) {
            Some(entry) => sheet.entries.push(entry),
            None => sheet.quarantined.push(Quarantined { id: key.text.into(), span: key.span }),
        }
    }
}

/// The defaults without what they may not say, which is reported.
fn sound_defaults(
    mut raw: RawDefaults,
    node: &Node,
    source: &Source,
    found: &mut Vec<Diagnostic>,
) -> RawDefaults {
    let place = |path: &[&str]| Place::new(source, node.at_path(path).map_or(node.span, |value| value.span));
    if raw.status == Some(Status::Approved) {
        found.push(codes::approved_by_default(place(&["status"])));
        raw.status = None;
    }
    if let Some(at) = raw.at.take_if(|at| at.parse::<super::At>().is_err()) {
        found.push(codes::invalid_at(place(&["at"]), &at));
    }
    for (index, topic) in raw.topics.iter().enumerate() {
        if let Some(away) = topic.strip_prefix('-') {
            found.push(codes::topic_not_given(place(&["topics", &index.to_string()]), away));
        }
    }
    raw
}

/// The annotation at `node`, if it has no error.
fn entry(
    id: &str,
    id_span: Span,
    source: &Source,
    node: Node,
    defaults: Option<(&RawDefaults, &Arc<Node>)>,
    found: &mut Vec<Diagnostic>,
) -> Option<Entry> {
    let raw = yaml::decode(&node, source, "an annotation").take(found)?;
    let before = found.len();
    let entry = Entry::new(id, id_span, source, (raw, node), defaults, found);
    checks::check(&entry, found);
    found[before..].iter().all(|remark| remark.severity != Severity::Error).then_some(entry)
}

/// The annotation of a Markdown file, whose name is its id; `None` where it has an error. What
/// stands below the front matter is its body.
pub fn parse_note(source: &Source) -> Checked<Option<Entry>> {
    let mut found = Vec::new();
    let (node, body) = yaml::front_matter(source).take(&mut found);
    let Some(node) = node else {
        if found.is_empty() {
            found.push(codes::missing_front_matter(Place::file(source)));
        }
        return Checked { value: None, diagnostics: found };
    };
    let mut value = entry(source.path.stem(), Span::default(), source, node, None, &mut found);
    let words = source.slice(body);
    let start = body.start as usize + words.len() - words.trim_start().len();
    let words = words.trim();
    if let Some(note) = value.as_mut().filter(|_| !words.is_empty()) {
        if let Some(key) = ["body", "body_file"].iter().find(|key| note.node.get(key).is_some()) {
            found.push(codes::two_bodies(note.place_of(&[key])));
            value = None;
        } else {
            note.set_verbatim_body(Span::new(start..start + words.len()));
        }
    }
    Checked { value, diagnostics: found }
}
