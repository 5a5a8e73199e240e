//! The tree against a type's JSON schema: every mistake with its place, and the trap of YAML that
//! it most likely fell into.

use super::date::parse_date;
use super::decode::first_line;
use super::events::TOLD;
use super::faults::{ADVICE, folded_form};
use super::node::{Node, Style, Value};
use crate::diagnostics::{self as codes, Diagnostic, Place};
use crate::text::{Source, Span};
use schemars::JsonSchema;
use serde_json::Value as Schema;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Every mistake in `node`, called `what`, as a `T`.
pub(super) fn mistakes<T: JsonSchema>(node: &Node, source: &Source, what: &str) -> Vec<Diagnostic> {
    let schema = schema_of::<T>();
    let mut walk = Walk { source, root: &schema, found: Vec::new() };
    let place = node.pairs().first().map_or(first_line(source, node.span), |(key, _)| key.span);
    walk.check(node, &schema, &At { name: what.to_owned(), head: String::new(), place });
    walk.found
}

/// The schema of `T`, made once: making it costs more than the walk, and a hostile sheet may hold
/// 100,000 faults.
fn schema_of<T: JsonSchema>() -> Arc<Schema> {
    static MADE: Mutex<BTreeMap<Cow<'static, str>, Arc<Schema>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || Arc::new(schemars::schema_for!(T).to_value());
    Arc::clone(made.entry(T::schema_id()).or_insert_with(make))
}

struct Walk<'a> {
    source: &'a Source,
    root: &'a Schema,
    found: Vec<Diagnostic>,
}

/// What is being looked at, for messages.
struct At {
    /// "`quote`", "an item of `topics`".
    name: String,
    /// What stands before the value where it is written: `quote: ` or `- `.
    head: String,
    /// Where something that is missing in it is missed.
    place: Span,
}

impl<'a> Walk<'a> {
    fn tell(&mut self, found: Diagnostic) {
        match self.found.len().cmp(&TOLD) {
            Ordering::Less => self.found.push(found),
            Ordering::Equal => {
                let place = found.place.unwrap_or_else(|| Place::file(self.source));
                self.found.push(codes::yaml_many_faults(place, None));
            }
            Ordering::Greater => {}
        }
    }

    fn place(&self, span: Span) -> Place {
        Place::new(self.source, span)
    }

    fn check(&mut self, node: &Node, schema: &'a Schema, at: &At) {
        let mut choices = Vec::new();
        self.choices(schema, 8, &mut choices);
        let anything = choices.iter().any(|choice| kinds(choice).is_empty());
        let dropped = node.is_faulty() && matches!(node.value, Value::Scalar(_));
        if choices.is_empty() || anything || dropped {
            return;
        }
        if node.is_null() {
            self.empty(node, at, &choices);
            return;
        }
        match &node.value {
            Value::Scalar(scalar) => self.scalar(node, &scalar.text, scalar.style, at, &choices),
            Value::Sequence(items) => {
                let Some(list) = choices.iter().find(|choice| kinds(choice).contains(&Kind::List)) else {
                    return self.wrong(node, at, &choices);
                };
                let Some(each) = list.get("items") else { return };
                for item in items {
                    let place = first_line(self.source, item.span);
                    let name = format!("an item of {}", at.name);
                    self.check(item, each, &At { name, head: "- ".to_owned(), place });
                }
            }
            Value::Mapping(pairs) => {
                let known = |choice: &&&Schema| {
                    let keys = choice.get("properties").and_then(Schema::as_object);
                    pairs.iter().filter(|(key, _)| keys.is_some_and(|k| k.contains_key(&*key.text))).count()
                };
                let mappings = choices.iter().filter(|choice| kinds(choice).contains(&Kind::Mapping));
                match mappings.max_by_key(known) {
                    Some(mapping) => self.mapping(node, mapping, at),
                    None => self.wrong(node, at, &choices),
                }
            }
        }
    }

    fn mapping(&mut self, node: &Node, schema: &'a Schema, at: &At) {
        let properties = schema.get("properties").and_then(Schema::as_object);
        for (key, value) in node.pairs() {
            let own = properties.and_then(|properties| properties.get(&*key.text));
            if let Some(schema) = own.or_else(|| other_keys(schema)) {
                let at =
                    At { name: format!("`{}`", key.text), head: format!("{}: ", key.text), place: key.span };
                self.check(value, schema, &at);
            } else if schema.get("additionalProperties") == Some(&Schema::Bool(false)) {
                let known = properties.into_iter().flat_map(|properties| properties.keys());
                let known: Vec<&str> = known.map(String::as_str).collect();
                let found = codes::unknown_key(self.place(key.span), &key.text, &at.name, &known);
                self.tell(found);
            }
        }
        // A key that was refused was dropped: whether it was the missing one is not known.
        if node.is_faulty() {
            return;
        }
        let required = schema.get("required").and_then(Schema::as_array).into_iter().flatten();
        for key in required.filter_map(Schema::as_str).filter(|key| node.get(key).is_none()) {
            self.tell(codes::missing_key(self.place(at.place), key, &at.name));
        }
    }

    fn scalar(&mut self, node: &Node, text: &str, style: Style, at: &At, choices: &[&Schema]) {
        let place = self.place(first_line(self.source, node.span));
        let mut words: Vec<&str> = Vec::new();
        let mut bad_date = false;
        for choice in choices {
            words.extend(words_of(choice));
            for kind in kinds(choice) {
                let fine = match kind {
                    Kind::Text if choice.get("format").and_then(Schema::as_str) == Some("date") => {
                        bad_date = parse_date(text).is_none();
                        !bad_date
                    }
                    Kind::Text => true,
                    // As serde_yaml reads them.
                    Kind::Whole => style == Style::Plain && serde_yaml::from_str::<i128>(text).is_ok(),
                    Kind::Number => style == Style::Plain && serde_yaml::from_str::<f64>(text).is_ok(),
                    Kind::Bool => style == Style::Plain && serde_yaml::from_str::<bool>(text).is_ok(),
                    Kind::Words => words_of(choice).any(|word| word == text),
                    Kind::List | Kind::Mapping => false,
                };
                if fine {
                    return;
                }
            }
        }
        if bad_date {
            self.tell(codes::impossible_date(place, text));
        } else if !words.is_empty() {
            self.tell(codes::unknown_value(place, text, &at.name, &words));
        } else {
            self.wrong(node, at, choices);
        }
    }

    /// Nothing stands where something is wanted.
    fn empty(&mut self, node: &Node, at: &At, choices: &[&Schema]) {
        let at_key = if node.span.is_empty() { at.place } else { node.span };
        let found = codes::empty_value(self.place(at_key), &at.name);
        // Not by way of the line: one line may hold 300,000 of them.
        let rest = self.source.text[node.span.end as usize..].trim_start_matches([':', ' ']);
        let comment = if rest.starts_with('#') { rest.lines().next().unwrap_or_default() } else { "" };
        let found = match comment.strip_prefix('#') {
            Some(_) if wants_text(choices) => found
                .note("` #` begins a comment, which YAML passes over")
                .help(format!("{ADVICE}\n{}", folded_form(&at.head, comment))),
            _ => found.help("write what is meant, or leave the line out; an empty text is written ''"),
        };
        self.tell(found);
    }

    fn wrong(&mut self, node: &Node, at: &At, choices: &[&Schema]) {
        let (what, why) = match &node.value {
            Value::Sequence(_) if node.is_flow(self.source) => {
                ("a list", "a text that begins with `[` reads as a list")
            }
            Value::Sequence(_) => ("a list", "lines that begin with `- ` read as a list"),
            Value::Mapping(_) if node.is_flow(self.source) => {
                ("a mapping", "a text that begins with `{` reads as a mapping")
            }
            Value::Mapping(_) => ("a mapping", "a text with `: ` in it reads as a key and its value"),
            Value::Scalar(_) => ("a text", ""),
        };
        let written = self.source.slice(node.span);
        let wanted = describe(choices);
        let place = self.place(first_line(self.source, node.span));
        let mut found = codes::wrong_type(place, &at.name, &wanted, what);
        let words: Vec<&str> = choices.iter().flat_map(|choice| words_of(choice)).collect();
        if !words.is_empty() {
            found = found.help(format!("write one of {}", words.join(", ")));
        } else if wants_text(choices) {
            found = found.note(why).help(format!("{ADVICE}\n{}", folded_form(&at.head, written)));
        } else if let Some(text) = node.text() {
            let text: String = text.chars().take(40).collect();
            found = match choices.iter().flat_map(|choice| kinds(choice)).next() {
                Some(Kind::List) => found.help(format!("write a list: {}[{text}]", at.head)),
                Some(Kind::Mapping) => found.help(mapping_help(choices, &at.head)),
                Some(Kind::Bool) => found.help("write true or false, without quotation marks"),
                _ => found.help("write the number in digits, without quotation marks"),
            };
        } else {
            found = found.help(match choices.iter().flat_map(|choice| kinds(choice)).next() {
                Some(Kind::List) => "begin each item with `- `".to_owned(),
                Some(Kind::Mapping) => mapping_help(choices, &at.head),
                _ => format!("write {wanted}"),
            });
        }
        self.tell(found);
    }

    /// The schemas that a value may satisfy, references followed, `null` left out: nothing is
    /// written by leaving the key out.
    fn choices(&self, schema: &'a Schema, fuel: usize, out: &mut Vec<&'a Schema>) {
        if fuel == 0 || schema.get("type").and_then(Schema::as_str) == Some("null") {
            return;
        }
        if let Some(name) = schema.get("$ref").and_then(Schema::as_str) {
            let target = name.strip_prefix('#').and_then(|pointer| self.root.pointer(pointer));
            if let Some(target) = target {
                self.choices(target, fuel - 1, out);
            }
            return;
        }
        let several = ["anyOf", "oneOf", "allOf"].iter().find_map(|key| schema.get(key)?.as_array());
        match several {
            Some(several) => several.iter().for_each(|one| self.choices(one, fuel - 1, out)),
            None => out.push(schema),
        }
    }
}

/// What kind of value a schema without alternatives asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Whole,
    Number,
    Bool,
    /// One of some words.
    Words,
    List,
    Mapping,
}

/// The kinds that `schema` asks for; none where anything will do.
fn kinds(schema: &Schema) -> Vec<Kind> {
    if words_of(schema).next().is_some() {
        return vec![Kind::Words];
    }
    let types = match schema.get("type") {
        Some(Schema::Array(types)) => types.as_slice(),
        Some(one) => std::slice::from_ref(one),
        None => &[],
    };
    let kind = |name: &Schema| match name.as_str()? {
        "string" => Some(Kind::Text),
        "integer" => Some(Kind::Whole),
        "number" => Some(Kind::Number),
        "boolean" => Some(Kind::Bool),
        "array" => Some(Kind::List),
        "object" => Some(Kind::Mapping),
        _ => None,
    };
    types.iter().filter_map(kind).collect()
}

fn words_of(schema: &Schema) -> impl Iterator<Item = &str> {
    let several = schema.get("enum").and_then(Schema::as_array).into_iter().flatten();
    several.chain(schema.get("const")).filter_map(Schema::as_str)
}

/// The schema of the values of keys that have no property of their own.
fn other_keys(schema: &Schema) -> Option<&Schema> {
    schema.get("additionalProperties").filter(|schema| schema.is_object())
}

fn wants_text(choices: &[&Schema]) -> bool {
    choices.iter().any(|choice| kinds(choice).contains(&Kind::Text))
}

fn describe(choices: &[&Schema]) -> String {
    let mut names: Vec<&str> = Vec::new();
    for choice in choices {
        for kind in kinds(choice) {
            let name = match kind {
                Kind::Text if choice.get("format").is_some_and(|format| format == "date") => "a date",
                Kind::Text => "a text",
                Kind::Whole => "a whole number",
                Kind::Number => "a number",
                Kind::Bool => "true or false",
                Kind::Words => "one of its words",
                Kind::List => "a list",
                Kind::Mapping => "a mapping",
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(" or ")
}

fn mapping_help(choices: &[&Schema], head: &str) -> String {
    let mapping = choices.iter().find(|choice| choice.get("properties").is_some());
    let keys = mapping.and_then(|mapping| mapping.get("properties")?.as_object());
    let keys: Vec<&str> = keys.into_iter().flat_map(|keys| keys.keys()).map(String::as_str).collect();
    let required = mapping.and_then(|mapping| mapping.get("required")?.get(0)?.as_str());
    match required.or(keys.first().copied()) {
        Some(first) => format!("give its keys ({}): {head}{{ {first}: … }}", keys.join(", ")),
        None => format!("give keys with values: {head}{{ key: value }}"),
    }
}
