//! The JSON schema of a sheet, for editors: made from the very types that sheets are decoded into,
//! with the site's own topics, people and debates.

use super::raw::RawSheet;
use schemars::generate::SchemaSettings;
use serde_json::{Value, json};

/// The schema of an annotation sheet in draft-07 of JSON Schema, which is what editors' YAML servers
/// read. `topics`, `people` and `debates` are the site's slugs; a list that is empty allows any.
pub fn schema(topics: &[&str], people: &[&str], debates: &[&str]) -> Value {
    let generator = SchemaSettings::draft07().into_generator();
    let mut schema = generator.into_root_schema_for::<RawSheet>().to_value();
    without_null(&mut schema);
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

/// Takes `null` out of what values may be: a key without a value is an error here. Our own types
/// bound the recursion.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(without_null),
        Value::Object(keys) => {
            if let Some(Value::Array(types)) = keys.get_mut("type") {
                types.retain(|name| name != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    keys.insert("type".to_owned(), only);
                }
            }
            if let Some(Value::Array(choices)) = keys.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
            }
            keys.retain(|key, value| key != "default" || !value.is_null());
            keys.values_mut().for_each(without_null);
        }
        _ => {}
    }
}
