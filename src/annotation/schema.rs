//! The JSON schema of a sheet, for editors: made from the very types that sheets are decoded into,
//! with the site's own topics, people and debates.

use super::raw::RawSheet;
use crate::yaml;
use serde_json::{Value, json};

/// The schema of an annotation sheet in draft-07 of JSON Schema, which is what editors' YAML servers
/// read. `topics`, `people` and `debates` are the site's slugs; a list that is empty allows any.
pub fn schema(topics: &[&str], people: &[&str], debates: &[&str]) -> Value {
    let mut schema = yaml::schema::<RawSheet>();
    let away = topics.iter().map(|topic| format!("-{topic}"));
    let changes: Vec<String> = topics.iter().map(|&topic| topic.to_owned()).chain(away).collect();
    let own = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let names: [(&str, Vec<String>); 4] = [
        ("TopicName", own(topics)),
        ("TopicChange", changes),
        ("PersonName", own(people)),
        ("DebateName", own(debates)),
    ];
    for (definition, names) in names.into_iter().filter(|(_, names)| !names.is_empty()) {
        schema["definitions"][definition]["enum"] = json!(names);
    }
    schema
}
