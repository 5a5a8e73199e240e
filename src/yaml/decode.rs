//! From a part of the tree to a typed value, and where it is none, every mistake rather than the first.

use super::node::Node;
use super::typed::Mismatch;
use super::walk;
use crate::diagnostics::{self as codes, Checked, Diagnostic, Place};
use crate::text::{Source, Span};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;

/// Decodes `node`, a part of what [`super::parse`] made of `source`. `what` names it in messages:
/// "an annotation", "a debate". `T` says with `#[serde(deny_unknown_fields)]` that its keys are all
/// the keys there are.
///
/// `None` where there is any mistake, and then every mistake is reported, each at its place: unknown,
/// missing and empty keys, wrong types, words that are not among an enum's. A text may be any
/// scalar, as written, but not nothing: `title:` is an error even where `title` may be left out.
pub fn decode<T: DeserializeOwned + JsonSchema>(
    node: &Node,
    source: &Source,
    what: &str,
) -> Checked<Option<T>> {
    let read = if node.is_faulty() { None } else { Some(T::deserialize(node)) };
    match read {
        Some(Ok(value)) if !node.has_null() => Checked::fine(Some(value)),
        read => {
            // serde stops at the first mistake, and takes nothing for a value that was left out.
            let mut diagnostics = walk::mistakes::<T>(node, source, what);
            let value = match read {
                Some(Ok(value)) => Some(value).filter(|_| diagnostics.is_empty()),
                Some(Err(mismatch)) if diagnostics.is_empty() => {
                    diagnostics.push(in_its_own_words(node, source, mismatch));
                    None
                }
                _ => None,
            };
            Checked { value, diagnostics }
        }
    }
}

/// What serde has against a node in which the walk found nothing wrong.
fn in_its_own_words(node: &Node, source: &Source, mismatch: Mismatch) -> Diagnostic {
    let span = first_line(source, mismatch.span.unwrap_or(node.span));
    codes::yaml_value(Place::new(source, span), &mismatch.reason)
}

/// The part of `span` on its first line.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let words = source.slice(span).lines().next().unwrap_or_default();
    Span::new(span.start as usize..span.start as usize + words.trim_end().len())
}
