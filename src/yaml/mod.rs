//! Room `yaml`: what an author wrote in YAML, with the place of every key and value, and its
//! decoding into typed values with every mistake named. One bounded pass over the parser's events
//! makes a light tree; types are then read from its parts.
//!
//! ```text
//! parse(source, unit) → Node      front_matter(source) → Node + where the body begins
//! decode::<T>(node, source, what) → T, or every mistake in it
//! ```

mod date;
mod decode;
mod events;
mod faults;
mod front_matter;
mod node;
mod schema;
mod typed;
mod units;
mod walk;

#[cfg(test)]
mod traps;

pub use date::{date, has_form_of_date, parse_date};
pub use decode::decode;
pub use front_matter::front_matter;
pub use node::{Key, Node, Scalar, Style, Value};
pub use schema::schema;

use crate::diagnostics::Checked;
use crate::text::{Source, Span};

/// How deep lists and mappings may lie in each other. A limit of ours, far above any honest file:
/// what walks a tree may recurse.
pub(crate) const NESTING: usize = 100;

/// How much of a file a fault in its syntax costs. A fault of another kind (an anchor, a duplicate
/// key) never costs more than the value it is in, which is then marked [`Node::is_faulty`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// All of it: for files that are one thing, such as `debate.yaml`.
    File,
    /// The top key that it is under: for files of many entries, such as `glossary.yaml`.
    TopKey,
    /// The entry that it is in, of those under this top key: for annotation sheets.
    EntryOf(&'static str),
}

/// Reads YAML 1.2 without anchors, aliases, tags, merge keys, a second document, keys that are not
/// text, duplicate keys and nesting over 100: each is an error at its place. `None` where the file
/// holds nothing, or nothing that could be read. Linear in the length of the text.
pub fn parse(source: &Source, unit: Unit) -> Checked<Option<Node>> {
    let whole = Span::new(0..source.text.len());
    let mut diagnostics = Vec::new();
    match events::read(source, whole, &mut diagnostics) {
        Ok(root) => Checked { value: root, diagnostics },
        Err(events::Broken) => units::salvage(source, unit, diagnostics),
    }
}
