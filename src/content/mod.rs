//! Room `content`: the files that editors write beside the record and its annotations (a debate's
//! particulars, topics, people, briefings, pages, the glossary, shared sources), as written.

mod written;

pub use written::*;

use crate::diagnostics::Checked;
use crate::text::{Source, Span};
use crate::yaml::{self, Node, Unit};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// A file as written, with the place of every value.
#[derive(Debug)]
pub struct Written<T> {
    /// What it says.
    pub raw: T,
    /// The file.
    pub source: Source,
    /// The places of its values.
    pub node: Node,
    /// The Markdown below the front matter; empty in a YAML file.
    pub body: Span,
}

impl<T> Written<T> {
    /// The place of the value at `path`, or of the file.
    pub fn place(&self, path: &[&str]) -> crate::diagnostics::Place {
        let span = self.node.at_path(path).map_or(Span::default(), |node| node.span);
        crate::diagnostics::Place::new(&self.source, span)
    }
}

/// What a file of a topic, a person or a page says in `status`, whatever else is wrong with it: a mistake
/// elsewhere publishes no draft, and one in `status` itself makes one.
pub fn stated_standing(source: &Source) -> Option<RawStanding> {
    if !source.text.contains("status") {
        return None;
    }
    let node = match source.path.extension() {
        "md" => yaml::front_matter(source).value.0,
        _ => yaml::parse(source, Unit::File).value,
    };
    match node.as_ref().map(|node| node.get("status")) {
        Some(None) => None,
        Some(Some(status)) if status.is_null() => None,
        Some(Some(status)) => Some(match status.text() {
            Some("in-review") => RawStanding::InReview,
            Some("approved") => RawStanding::Approved,
            Some("retracted") => RawStanding::Retracted,
            _ => RawStanding::Draft,
        }),
        // Nobody knows what it says.
        None => source.text.lines().any(|line| line.starts_with("status")).then_some(RawStanding::Draft),
    }
}

/// Reads a YAML file. `what` names it in messages: "debate.yaml". A file with mistakes counts as
/// `otherwise`, so that what depends on it is still checked in the same run.
pub fn parse_yaml<T: DeserializeOwned + JsonSchema>(
    source: &Source,
    what: &str,
    otherwise: T,
) -> Checked<Written<T>> {
    let mut remarks = Vec::new();
    let end = source.text.len();
    let node = yaml::parse(source, Unit::File).take(&mut remarks).unwrap_or_else(Node::empty);
    let raw = match remarks.is_empty() {
        true => yaml::decode(&node, source, what).take(&mut remarks),
        false => None,
    };
    let written =
        Written { raw: raw.unwrap_or(otherwise), source: source.clone(), node, body: Span::new(end..end) };
    Checked { value: written, diagnostics: remarks }
}

/// Reads a Markdown file with YAML front matter; as [`parse_yaml`] where the front matter has
/// mistakes. A file without front matter is all body.
pub fn parse_markdown<T: DeserializeOwned + JsonSchema + Default>(
    source: &Source,
    what: &str,
    otherwise: T,
) -> Checked<Written<T>> {
    let mut remarks = Vec::new();
    let (node, body) = yaml::front_matter(source).take(&mut remarks);
    let raw = match &node {
        Some(node) if remarks.is_empty() => yaml::decode(node, source, what).take(&mut remarks),
        None if remarks.is_empty() => Some(T::default()),
        _ => None,
    };
    let node = node.unwrap_or_else(Node::empty);
    let written = Written { raw: raw.unwrap_or(otherwise), source: source.clone(), node, body };
    Checked { value: written, diagnostics: remarks }
}
