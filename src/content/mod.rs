//! Room `content`: the files that editors write beside the record and its annotations (a debate's
//! particulars, topics, people, briefings, pages, the glossary, shared sources), as written.

mod written;

pub use written::*;

use crate::diagnostics::Checked;
use crate::text::{Source, Span};
use crate::yaml::{self, Node};
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

/// Reads a YAML file. `what` names it in messages: "debate.yaml".
pub fn parse_yaml<T: DeserializeOwned + JsonSchema>(
    source: &Source,
    what: &str,
) -> Checked<Option<Written<T>>> {
    let mut remarks = Vec::new();
    let end = source.text.len();
    let node = yaml::parse(source, yaml::Unit::File).take(&mut remarks);
    let value = node.and_then(|node| {
        let raw = yaml::decode(&node, source, what).take(&mut remarks)?;
        Some(Written { raw, source: source.clone(), node, body: Span::new(end..end) })
    });
    Checked { value, diagnostics: remarks }
}

/// Reads a Markdown file with YAML front matter.
pub fn parse_markdown<T: DeserializeOwned + JsonSchema + Default>(
    source: &Source,
    what: &str,
) -> Checked<Option<Written<T>>> {
    let mut remarks = Vec::new();
    let (node, body) = yaml::front_matter(source).take(&mut remarks);
    let value = match node {
        Some(node) => yaml::decode(&node, source, what).take(&mut remarks).map(|raw| Written {
            raw,
            source: source.clone(),
            node,
            body,
        }),
        None if remarks.is_empty() => {
            Some(Written { raw: T::default(), source: source.clone(), node: Node::empty(), body })
        }
        None => None,
    };
    Checked { value, diagnostics: remarks }
}
