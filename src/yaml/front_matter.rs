//! Front matter: YAML between two lines of `---` at the top of a Markdown file.

use super::events;
use super::node::{Node, Value};
use crate::diagnostics::{self as codes, Checked, Place};
use crate::text::{Source, Span};

/// The front matter of a Markdown file, and the bytes of the body below it: the whole file where
/// there is no front matter. Front matter that cannot be read is `None` too, with an error; front
/// matter with nothing in it is an empty mapping, so that missing keys are missed at its place.
pub fn front_matter(source: &Source) -> Checked<(Option<Node>, Span)> {
    let text = &*source.text;
    let whole = Span::new(0..text.len());
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| is_fence(line)) else {
        return Checked::fine((None, whole));
    };
    let start = first.len();
    let mut end = start;
    for line in lines {
        if is_fence(line) {
            let mut diagnostics = Vec::new();
            let yaml = Span::new(start..end);
            let body = Span::new(end + line.len()..text.len());
            let root = events::read(source, yaml, &mut diagnostics).ok();
            let empty = Node { span: Span::new(0..3), value: Value::Mapping(Vec::new()), faulty: false };
            let node = root.map(|root| root.unwrap_or(empty));
            return Checked { value: (node, body), diagnostics };
        }
        end += line.len();
    }
    let place = Place::new(source, Span::new(0..first.trim_end().len()));
    Checked { value: (None, whole), diagnostics: vec![codes::unclosed_front_matter(place)] }
}

fn is_fence(line: &str) -> bool {
    line.trim_end() == "---"
}

#[cfg(test)]
mod tests {
    use super::front_matter;
    use crate::text::{SitePath, Source};

    fn source(text: &str) -> Source {
        Source::new(SitePath::new("content/topics/data.md").expect("a sound path"), text)
    }

    fn body_of(text: &str) -> String {
        let source = source(text);
        let (_, body) = front_matter(&source).value;
        source.slice(body).to_owned()
    }

    #[test]
    fn the_body_begins_after_the_second_fence() {
        assert_eq!(body_of("---\ntitle: Data\n---\nBody.\n"), "Body.\n");
        assert_eq!(body_of("---\r\ntitle: Data\r\n---\r\nBody."), "Body.");
        assert_eq!(body_of("---\ntitle: Data\n---"), "");
        assert_eq!(body_of("No front matter.\n---\n"), "No front matter.\n---\n");
        assert_eq!(body_of(""), "");
    }

    #[test]
    fn places_in_front_matter_are_places_in_the_file() {
        let source = source("---\ntitle: “Data”\nsummary: x\n---\n");
        let (node, _) = front_matter(&source).value;
        let node = node.expect("there is front matter");
        assert_eq!(source.slice(node.key_span("summary").expect("it is there")), "summary");
        assert_eq!(source.slice(node.get("title").expect("it is there").span), "“Data”");
    }

    #[test]
    fn a_missing_second_fence_is_an_error() {
        let found = front_matter(&source("---\ntitle: Data\n\nBody.\n"));
        assert_eq!(found.diagnostics[0].code, "unclosed-front-matter");
        assert!(found.value.0.is_none());
    }

    #[test]
    fn empty_front_matter_is_an_empty_mapping() {
        let found = front_matter(&source("---\n---\nBody."));
        assert!(found.diagnostics.is_empty());
        assert!(found.value.0.expect("there is front matter").pairs().is_empty());
    }
}
