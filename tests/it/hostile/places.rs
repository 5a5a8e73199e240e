//! Every place that an author can write a text into, found from the schemas of the files: a new key is one of
//! them by itself.

use super::{TOKEN, built, ground, site};
use rapporteur::annotation::RawSheet;
use rapporteur::config::RawConfig;
use rapporteur::content::{
    RawBriefing, RawCorrection, RawDebate, RawGlossaryEntry, RawPage, RawPerson, RawSource, RawTopic,
};
use schemars::{JsonSchema, schema_for};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A file, what its schema is, and what stands in it already.
struct Shelf {
    path: &'static str,
    schema: Value,
    /// Where in the file the schema's value stands.
    under: &'static [&'static str],
}

fn shelf<T: JsonSchema>(path: &'static str, under: &'static [&'static str]) -> Shelf {
    Shelf { path, schema: schema_for!(T).to_value(), under }
}

fn shelves() -> Vec<Shelf> {
    vec![
        shelf::<RawConfig>("rapporteur.yaml", &[]),
        shelf::<RawDebate>("content/debates/talk/debate.yaml", &[]),
        shelf::<RawSheet>("content/debates/talk/a.notes.yaml", &[]),
        shelf::<RawTopic>("content/topics/data.md", &[]),
        shelf::<RawPerson>("content/people/ann-lee.yaml", &[]),
        shelf::<RawBriefing>("content/briefings/brief.md", &[]),
        shelf::<RawPage>("content/pages/about.md", &[]),
        shelf::<RawPage>("content/home.md", &[]),
        shelf::<RawGlossaryEntry>("content/glossary.yaml", &["term"]),
        shelf::<RawSource>("content/sources.yaml", &["report"]),
        shelf::<RawCorrection>("content/debates/talk/corrections.yaml", &["first"]),
    ]
}

/// A way to a text: keys, `0` for the first of a list, `*` for a key that the author names.
type Way = Vec<String>;

/// The ways to every text that a schema allows.
fn texts(root: &Value, schema: &Value, way: &Way, depth: usize, found: &mut Vec<Way>) {
    if depth == 0 {
        return;
    }
    let with = |step: &str| way.iter().cloned().chain([step.to_owned()]).collect::<Way>();
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.strip_prefix('#')) {
        return texts(root, root.pointer(name).unwrap_or(&Value::Null), way, depth - 1, found);
    }
    for several in ["anyOf", "oneOf", "allOf"] {
        let choices = schema[several].as_array().into_iter().flatten();
        choices.for_each(|choice| texts(root, choice, way, depth - 1, found));
    }
    let is = |kind: &str| {
        schema["type"] == kind || schema["type"].as_array().is_some_and(|all| all.contains(&json!(kind)))
    };
    if is("string") && schema["enum"].is_null() && schema["const"].is_null() {
        found.push(way.clone());
    }
    for (key, inner) in schema["properties"].as_object().into_iter().flatten() {
        texts(root, inner, &with(key), depth - 1, found);
    }
    if schema["items"].is_object() {
        texts(root, &schema["items"], &with("0"), depth - 1, found);
    }
    if schema["additionalProperties"].is_object() {
        texts(root, &schema["additionalProperties"], &with("*"), depth - 1, found);
    }
}

/// Puts a text at the end of a way, with what has to stand beside it.
fn put(value: &mut Value, way: &[String], text: &str) {
    let Some((step, rest)) = way.split_first() else {
        *value = json!(text);
        return;
    };
    match step.as_str() {
        "0" => {
            if value.as_array().is_none_or(|items| items.is_empty()) {
                *value = json!([Value::Null]);
            }
            put(&mut value[0], rest, text);
        }
        key => {
            if !value.is_object() {
                *value = Value::Object(Map::new());
            }
            let known = value.as_object().and_then(|keys| keys.keys().next().cloned());
            let key = if key == "*" { known.unwrap_or_else(|| "one".to_owned()) } else { key.to_owned() };
            put(&mut value[key.as_str()], rest, text);
        }
    }
}

/// What has to stand beside some keys for the whole to be sound.
fn neighbours(path: &str, way: &[String], value: &mut Value) {
    let mut also = |way: &[&str], other: &Value| {
        let (last, above) = way.split_last().expect("a way has a step");
        let above: String = above.iter().map(|step| format!("/{step}")).collect();
        if let Some(keys) = value.pointer_mut(&above).and_then(Value::as_object_mut) {
            keys.entry(*last).or_insert_with(|| other.clone());
        }
    };
    let has = |key: &str| way.iter().any(|step| step == key);
    let inner = |key: &str| way.last().is_some_and(|step| step != key) && has(key);
    match path {
        "content/debates/talk/a.notes.yaml" if has("annotations") => {
            let one = |key: &'static str| ["annotations", "one", key];
            if has("due") || has("outcome") || has("owed_by") {
                also(&one("kind"), &json!("commitment"));
            }
            if has("sources") {
                also(&["annotations", "one", "sources", "0", "title"], &json!("Report"));
            }
            if has("withdrawn") {
                also(&["annotations", "one", "withdrawn", "reason"], &json!("It was wrong."));
            }
            if has("reviewed") {
                also(&["annotations", "one", "reviewed", "by"], &json!("Desk"));
            }
        }
        "content/debates/talk/debate.yaml" if has("source") => also(&["source", "name"], &json!("Office")),
        "content/debates/talk/corrections.yaml" => {
            for (key, other) in [("at", "p1"), ("was", "act"), ("reads", "wait"), ("reason", "A slip")] {
                also(&["first", key], &json!(other));
            }
            if inner("source") {
                also(&["first", "source", "title"], &json!("Report"));
            }
        }
        "content/people/ann-lee.yaml" => {
            if inner("offices") {
                also(&["offices", "0", "title"], &json!("Minister"));
            }
            for list in ["parties", "constituencies"].into_iter().filter(|list| inner(list)) {
                also(&[list, "0", "name"], &json!("Slough"));
            }
        }
        "content/topics/data.md" | "content/briefings/brief.md" if inner("key_points") => {
            also(&["key_points", "0", "text"], &json!("We act"));
            also(&["key_points", "0", "at"], &json!("talk#p1"));
        }
        "content/briefings/brief.md" if inner("reviewed") => also(&["reviewed", "by"], &json!("Desk")),
        "rapporteur.yaml" if inner("publisher") => also(&["publisher", "name"], &json!("House")),
        _ => {}
    }
}

/// The value that stands in a file, and what follows its front matter.
fn read(text: &str, is_markdown: bool) -> (Value, String) {
    let (yaml, body) = match is_markdown {
        true => text.trim_start_matches("---\n").split_once("---\n").expect("it has front matter"),
        false => (text, ""),
    };
    (serde_yaml::from_str(yaml).expect("the ground is sound"), body.to_owned())
}

/// A value as a file holds it. JSON is YAML.
fn write(value: &Value, body: &str, is_markdown: bool) -> String {
    if is_markdown { format!("---\n{value}\n---\n{body}") } else { format!("{value}\n") }
}

/// The files with `token` in one place more.
fn with(
    files: &BTreeMap<&'static str, String>,
    shelf: &Shelf,
    way: &Way,
    token: &str,
) -> BTreeMap<&'static str, String> {
    let mut files = files.clone();
    let is_markdown = shelf.path.ends_with(".md");
    let text = files.get(shelf.path).cloned().unwrap_or_else(|| "{}".to_owned());
    let (mut value, body) = read(&text, is_markdown);
    let way: Way = shelf.under.iter().map(|step| (*step).to_owned()).chain(way.iter().cloned()).collect();
    put(&mut value, &way, token);
    neighbours(shelf.path, &way, &mut value);
    files.insert(shelf.path, write(&value, &body, is_markdown));
    files
}

/// The ways to the texts of a file.
fn ways_of(shelf: &Shelf) -> Vec<Way> {
    let mut ways = Vec::new();
    texts(&shelf.schema, &shelf.schema, &Vec::new(), 12, &mut ways);
    assert!(!ways.is_empty(), "{}", shelf.path);
    ways.dedup();
    ways
}

/// The files with a token at the end of as many of these ways as take it. A place that takes dates, names of places
/// and the like refuses it, and keeps what it had.
fn filled(files: Files, shelf: &Shelf, ways: &[Way], token: &str, taken: &mut Vec<Way>) -> Files {
    let all = ways.iter().fold(files.clone(), |files, way| with(&files, shelf, way, token));
    if built(&site(&all)).1.is_empty() {
        taken.extend(ways.iter().cloned());
        return all;
    }
    // Some of them refuse it: those are looked for in halves.
    match ways {
        [] | [_] => files,
        _ => {
            let (first, rest) = ways.split_at(ways.len() / 2);
            let files = filled(files, shelf, first, token, taken);
            filled(files, shelf, rest, token, taken)
        }
    }
}

type Files = BTreeMap<&'static str, String>;

/// For each file of the ground, the ways that take a token.
type Taking = BTreeMap<&'static str, Vec<Way>>;

/// The ways that take the token of this campaign together, looked for once: a build for each is not cheap.
fn taking() -> &'static (Files, Taking) {
    static TAKING: OnceLock<(Files, Taking)> = OnceLock::new();
    TAKING.get_or_init(|| {
        let (mut files, mut taking) = (ground(), Taking::new());
        for shelf in shelves() {
            let mut taken = Vec::new();
            files = filled(files, &shelf, &ways_of(&shelf), TOKEN, &mut taken);
            taking.entry(shelf.path).or_default().extend(taken);
        }
        (files, taking)
    })
}

/// The site with a token in every place that takes any text, and those places.
pub fn hostile(token: &str) -> (Files, Vec<String>) {
    let (files, taking) = taking();
    let named = taking
        .iter()
        .flat_map(|(path, ways)| ways.iter().map(move |way| format!("{path} {}", way.join("."))));
    let named = named.collect();
    if token == TOKEN {
        return (files.clone(), named);
    }
    let mut files = ground();
    for shelf in shelves() {
        files = filled(files, &shelf, &taking[shelf.path], token, &mut Vec::new());
    }
    (files, named)
}

/// The files with a word in every place of one of them that takes any text, but for those with one of these keys.
pub fn planted(mut files: Files, path: &str, word: &str, keep: &[&str]) -> Files {
    for shelf in shelves().into_iter().filter(|shelf| shelf.path == path) {
        let is_kept = |way: &Way| way.iter().any(|step| keep.contains(&step.as_str()));
        let ways: Vec<Way> = taking().1[path].iter().filter(|way| !is_kept(way)).cloned().collect();
        files = filled(files, &shelf, &ways, word, &mut Vec::new());
    }
    files
}
