//! A theme held against the one that every theme inherits from: a file or a string that takes the place of
//! nothing does nothing, and nobody would notice.

use super::{DEFAULT, Files};
use crate::diagnostics::{self, Diagnostic, Place};
use crate::load::Embedded;
use crate::text::{SitePath, Source, nearest};
use crate::yaml::{self, Node, Unit, Value};
use std::collections::BTreeMap;

/// What means nothing in the themes of a chain, the nearest first; the default theme is the last.
pub(super) fn hold(chain: &[(String, Files)], remarks: &mut Vec<Diagnostic>) {
    let (Some(((_, default), own)), true) = (chain.split_last(), chain.len() > 1) else { return };
    // What any of the themes calls by its name has a use.
    let texts = own.iter().flat_map(|(_, files)| files.iter());
    let templates = texts.filter(|(relative, _)| relative.ends_with(".html"));
    let written: String = templates.map(|(_, (_, bytes))| String::from_utf8_lossy(bytes)).collect();
    let strings = strings(default);
    for (name, files) in own.iter().filter(|(name, _)| name != DEFAULT) {
        for (relative, (path, bytes)) in files {
            if let Some(template) = relative.strip_prefix("templates/") {
                let known = default.keys().filter_map(|key| key.strip_prefix("templates/"));
                let known: Vec<&str> = known.collect();
                let is_called =
                    [format!("\"{template}\""), format!("\"{name}/{template}\""), format!("'{template}'")]
                        .iter()
                        .any(|call| written.contains(call.as_str()));
                if !known.contains(&template) && !is_called && template.ends_with(".html") {
                    let near = nearest(template, known.iter().copied());
                    let place = Place::file(&Source::new(path.clone(), ""));
                    remarks.push(diagnostics::unused_piece(
                        place,
                        &format!("the template `{template}`"),
                        near,
                    ));
                }
            } else if relative.starts_with("i18n/")
                && let Some(source) = std::str::from_utf8(bytes).ok().map(|text| Source::new(path.clone(), text))
                // What is wrong with the YAML is told where it is read.
                && let Some(node) = yaml::parse(&source, Unit::File).value
            {
                Words { source: &source, written: &written, remarks }.hold(&node, &strings, "");
            }
        }
    }
}

/// The strings of the default theme, in English: a tree.
fn strings(default: &Files) -> Node {
    let embedded = || {
        let path = SitePath::new(&format!("themes/{DEFAULT}/i18n/en.yaml"))?;
        Embedded::files().find(|(known, _)| *known == path).map(|(path, bytes)| (path, bytes.to_vec()))
    };
    let english = default.get("i18n/en.yaml").cloned().or_else(embedded);
    english
        .and_then(|(path, bytes)| {
            let source = Source::new(path, String::from_utf8(bytes).ok()?);
            yaml::parse(&source, Unit::File).value
        })
        .unwrap_or_else(Node::empty)
}

struct Words<'w> {
    source: &'w Source,
    written: &'w str,
    remarks: &'w mut Vec<Diagnostic>,
}

impl Words<'_> {
    fn hold(&mut self, own: &Node, default: &Node, path: &str) {
        let known: BTreeMap<&str, &Node> =
            default.pairs().iter().map(|(key, node)| (&*key.text, node)).collect();
        // The forms of a word are the language's own.
        if known.contains_key("other") {
            return;
        }
        for (key, value) in own.pairs() {
            let name = format!("{path}{}", key.text);
            let place = Place::new(self.source, key.span);
            match known.get(&*key.text) {
                Some(there) => match (&value.value, &there.value) {
                    (Value::Mapping(_), Value::Mapping(_)) => self.hold(value, there, &format!("{name}.")),
                    (Value::Mapping(_) | Value::Sequence(_), Value::Scalar(_)) => {
                        let found =
                            if matches!(value.value, Value::Mapping(_)) { "a mapping" } else { "a list" };
                        let place = Place::new(self.source, value.span);
                        self.remarks.push(
                            diagnostics::wrong_type(place, &format!("`{name}`"), "a text", found).help(
                                "write the words as one text, between quotation marks where they need it",
                            ),
                        );
                    }
                    _ => {}
                },
                // A string that the theme's own templates show.
                None if self.written.contains(&*key.text) => {}
                None => {
                    let names: Vec<&str> = known.keys().copied().collect();
                    match nearest(&key.text, names.iter().copied()) {
                        Some(_) => self.remarks.push(diagnostics::unknown_key(
                            place,
                            &key.text,
                            "the words of a language",
                            &names,
                        )),
                        None => {
                            self.remarks.push(diagnostics::unused_piece(
                                place,
                                &format!("the string `{name}`"),
                                None,
                            ));
                        }
                    }
                }
            }
        }
    }
}
