//! The keys of each file and what they may be, from the types that the files are decoded into.

use crate::annotation;
use crate::config;
use crate::content;
use crate::text::SitePath;
use crate::yaml;
use serde_json::{Value, json};

/// The schema of a file; none for one without keys of its own.
pub fn schema_of(path: &SitePath) -> Option<Value> {
    let parts: Vec<&str> = path.as_str().split('/').collect();
    Some(match parts.as_slice() {
        ["rapporteur.yaml"] => yaml::schema::<config::RawConfig>(),
        ["content", "glossary.yaml"] => yaml::schema::<content::RawGlossary>(),
        ["content", "sources.yaml"] => yaml::schema::<content::RawSources>(),
        ["content", "topics", _] => yaml::schema::<content::RawTopic>(),
        ["content", "people", _] => yaml::schema::<content::RawPerson>(),
        ["content", "briefings", ..] => yaml::schema::<content::RawBriefing>(),
        ["content", "pages", ..] | ["content", "home.md"] => yaml::schema::<content::RawPage>(),
        ["content", "debates", _, "debate.yaml"] => yaml::schema::<content::RawDebate>(),
        ["content", "debates", _, "corrections.yaml"] => yaml::schema::<content::RawCorrections>(),
        ["content", "debates", _, "notes", _] => {
            let mut schema = annotation::schema(&[], &[], &[]);
            let definitions = schema["definitions"].take();
            json!({ "definitions": definitions, "$ref": "#/definitions/RawAnnotation" })
        }
        ["content", "debates", _, sheet] if sheet.ends_with(".notes.yaml") => {
            annotation::schema(&[], &[], &[])
        }
        _ => return None,
    })
}

/// The schema of what stands under some keys.
pub fn under<'s>(root: &'s Value, path: &[String]) -> Option<&'s Value> {
    let mut node = meant(root, root);
    for step in path {
        let is_index = step.parse::<usize>().is_ok();
        let next = match node {
            node if is_index && node.get("items").is_some() => &node["items"],
            node => node
                .get("properties")
                .and_then(|keys| keys.get(step))
                .or_else(|| node.get("additionalProperties").filter(|schema| schema.is_object()))?,
        };
        node = meant(root, next);
    }
    Some(node)
}

/// A schema with what it refers to in its place; of several that are allowed, the one with keys or words.
fn meant<'s>(root: &'s Value, schema: &'s Value) -> &'s Value {
    let mut schema = schema;
    // A schema of our own types refers a few times at most.
    for _ in 0..8 {
        let choices = ["allOf", "anyOf"].iter().find_map(|key| schema.get(key)?.as_array());
        schema = match (schema["$ref"].as_str(), choices) {
            (Some(to), _) => root.pointer(to.trim_start_matches('#')).unwrap_or(&Value::Null),
            (None, Some(choices)) => {
                let meant = |one: &&Value| one.get("$ref").is_some() || one.get("properties").is_some();
                match choices.iter().find(meant).or_else(|| choices.first()) {
                    Some(one) => one,
                    None => return schema,
                }
            }
            (None, None) => return schema,
        };
    }
    schema
}

/// What is said of a key, by the keys that lead to it.
pub fn about(root: &Value, path: &[String]) -> Option<String> {
    let (last, owner) = path.split_last()?;
    let owner = under(root, owner)?;
    let own =
        owner.get("properties").and_then(|keys| keys.get(last)).and_then(|key| key["description"].as_str());
    own.or_else(|| under(root, path)?["description"].as_str()).map(str::to_owned)
}

/// The keys that a mapping may have, each with what is said of it.
pub fn keys_of(schema: &Value) -> Vec<(String, Option<String>)> {
    let keys = schema["properties"].as_object().into_iter().flatten();
    keys.map(|(key, about)| (key.clone(), about["description"].as_str().map(str::to_owned))).collect()
}

/// Whether a value may be a mapping or a list of them.
pub fn has_keys(root: &Value, schema: &Value) -> bool {
    let items = schema.get("items").map(|items| meant(root, items));
    [Some(schema), items]
        .into_iter()
        .flatten()
        .any(|schema| schema.get("properties").is_some() || schema["additionalProperties"].is_object())
}

/// The words that a value may be, each with what is said of it.
pub fn words_of(schema: &Value) -> Vec<(String, Option<String>)> {
    let about = |one: &Value| one["description"].as_str().map(str::to_owned);
    let word = |one: &Value| one.as_str().map(str::to_owned);
    if let Some(words) = schema["enum"].as_array() {
        return words.iter().filter_map(|one| Some((word(one)?, None))).collect();
    }
    if schema["type"] == "boolean" {
        return ["true", "false"].map(|word| (word.to_owned(), None)).to_vec();
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    choices
        .flat_map(|one| {
            let several = one["enum"].as_array().into_iter().flatten();
            std::iter::once(&one["const"]).chain(several).filter_map(|value| Some((word(value)?, about(one))))
        })
        .collect()
}
