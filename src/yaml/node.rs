//! The tree: values with the place of each, and lookups by key.

use crate::text::{Source, Span};

/// A value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The bytes of the value in its file: from the first character to the last that is not white
    /// space, quotation marks and brackets included, the header of a block text (`>-`) not. Empty,
    /// just after the key, where nothing was written.
    pub span: Span,
    /// The value.
    pub value: Value,
    pub(super) faulty: bool,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text, a number, a date: whatever is not a list or a mapping.
    Scalar(Scalar),
    /// A list, in order.
    Sequence(Vec<Node>),
    /// Keys with their values, in order, each key once.
    Mapping(Vec<(Key, Node)>),
}

/// A value that is not a list or a mapping, as text: `no`, `1.10` and `2012-12-20` stay as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text after YAML's own unfolding and unescaping.
    pub text: Box<str>,
    /// How it was written.
    pub style: Style,
}

/// How a scalar was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without any mark.
    Plain,
    /// `'…'`
    SingleQuoted,
    /// `"…"`
    DoubleQuoted,
    /// `|` and lines below it.
    Literal,
    /// `>` and lines below it.
    Folded,
}

/// A key of a mapping.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Its text.
    pub text: Box<str>,
    /// Where it stands.
    pub span: Span,
}

impl Node {
    /// A mapping without keys, written nowhere: of a file without front matter.
    pub fn empty() -> Node {
        Node { span: Span::default(), value: Value::Mapping(Vec::new()), faulty: false }
    }

    /// The value under `key`, where this is a mapping that has it.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.pairs().iter().find(|(k, _)| &*k.text == key).map(|(_, value)| value)
    }

    /// Where `key` stands, where this is a mapping that has it.
    pub fn key_span(&self, key: &str) -> Option<Span> {
        self.pairs().iter().find(|(k, _)| &*k.text == key).map(|(k, _)| k.span)
    }

    /// The value that is reached by following `path`: a key in a mapping, a number from 0 in a
    /// list. `node.at_path(&["due", "said"])`.
    pub fn at_path(&self, path: &[&str]) -> Option<&Node> {
        path.iter().try_fold(self, |node, step| match &node.value {
            Value::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            _ => node.get(step),
        })
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// How a scalar was written.
    pub fn style(&self) -> Option<Style> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar.style),
            _ => None,
        }
    }

    /// The keys and values of a mapping; nothing for any other value.
    pub fn pairs(&self) -> &[(Key, Node)] {
        match &self.value {
            Value::Mapping(pairs) => pairs,
            _ => &[],
        }
    }

    /// The items of a list; nothing for any other value.
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// Whether nothing was written, or one of YAML's words for nothing: `~`, `null`.
    pub fn is_null(&self) -> bool {
        match &self.value {
            Value::Scalar(Scalar { text, style: Style::Plain }) => {
                matches!(&**text, "" | "~" | "null" | "Null" | "NULL")
            }
            _ => false,
        }
    }

    /// Whether an error in this value, or in something inside it, has been reported: it is then
    /// not the whole of what the author wrote, and [`super::decode`] gives nothing for it.
    pub fn is_faulty(&self) -> bool {
        self.faulty
    }

    /// Whether this value or one inside it [is null](Node::is_null).
    pub(super) fn has_null(&self) -> bool {
        match &self.value {
            Value::Scalar(_) => self.is_null(),
            Value::Sequence(items) => items.iter().any(Node::has_null),
            Value::Mapping(pairs) => pairs.iter().any(|(_, value)| value.has_null()),
        }
    }

    /// Whether a list or mapping was written with brackets.
    pub(super) fn is_flow(&self, source: &Source) -> bool {
        !matches!(self.value, Value::Scalar(_)) && source.slice(self.span).starts_with(['[', '{'])
    }
}
