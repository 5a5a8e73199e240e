//! The tree of a text: its nodes, and the text as a reader hears it.

use crate::model::Callout;
use crate::text::Span;

/// A text that has been read; its links have not been looked up and its quotations not been compared.
#[derive(Debug, Clone, Default)]
pub struct Draft {
    /// The top of the tree, in order.
    pub nodes: Vec<Node>,
}

/// Words, or what words stand in.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// Where it stands in the file.
    pub span: Span,
    /// What stands in it.
    pub children: Vec<Node>,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum Kind {
    /// Words as a reader sees them: character references are resolved, nothing is escaped.
    Text(Box<str>),
    /// The end of a line in the file, which reads as a space.
    SoftBreak,
    /// A line break that a reader sees.
    HardBreak,
    /// A rule across the page.
    Rule,
    /// An element of HTML by its name, from the list of those that prose may have.
    Element(&'static str, Option<Box<Attributes>>),
    /// A link.
    Link(Box<Link>),
    /// A picture.
    Picture(Box<Picture>),
    /// A quotation typed as an element, `<q>`, and what it cites.
    Quote(Option<Box<Link>>),
    /// A quotation in a block of its own, and what it cites.
    BlockQuote(Option<Box<Link>>),
    /// A block set apart: `> [!NOTE]`.
    Callout(Callout),
    /// A block of code, as HTML: highlighting is made of elements of our own.
    CodeBlock(Box<str>),
    /// The mark of the footnote with this number.
    FootnoteMark(u32),
    /// The footnote with this number.
    Footnote(u32),
    /// What is not shown: the inside of a script.
    Removed,
}

/// The attributes of an element.
#[derive(Debug, Clone, Default)]
pub struct Attributes {
    /// Names, each allowed on its element, and values.
    pub list: Vec<(&'static str, Box<str>)>,
    /// The id, to which the host page gives a prefix.
    pub id: Option<Box<str>>,
}

/// Where a link leads, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as written.
    pub target: Box<str>,
    /// The words shown when it is pointed at.
    pub title: Option<Box<str>>,
    /// Where it stands.
    pub span: Span,
}

/// A picture as written.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The file.
    pub link: Link,
    /// What stands for it where it can't be seen.
    pub alt: Box<str>,
}

impl Node {
    /// A node with nothing in it.
    pub fn leaf(kind: Kind, span: Span) -> Self {
        Node { kind, span, children: Vec::new() }
    }

    /// Whether it stands in a line of text, as against a block of its own.
    pub fn is_inline(&self) -> bool {
        match &self.kind {
            Kind::Text(_)
            | Kind::SoftBreak
            | Kind::HardBreak
            | Kind::Link(_)
            | Kind::Picture(_)
            | Kind::Quote(_)
            | Kind::FootnoteMark(_)
            | Kind::Removed => true,
            Kind::Element(name, _) => super::elements::is_inline(name),
            Kind::Rule | Kind::BlockQuote(_) | Kind::Callout(_) | Kind::CodeBlock(_) | Kind::Footnote(_) => {
                false
            }
        }
    }

    /// The name of its element, where it is one and nothing more.
    pub fn element(&self) -> Option<&'static str> {
        match self.kind {
            Kind::Element(name, _) => Some(name),
            _ => None,
        }
    }
}

/// A text as a reader hears it, without markup: for excerpts and descriptions. A line for each block.
pub fn plain(nodes: &[Node]) -> String {
    let mut out = String::new();
    for node in nodes {
        push_plain(node, &mut out);
    }
    out.truncate(out.trim_end().len());
    out
}

fn push_plain(node: &Node, out: &mut String) {
    match &node.kind {
        Kind::Text(text) => out.push_str(text),
        Kind::SoftBreak | Kind::HardBreak => out.push(' '),
        Kind::CodeBlock(_) | Kind::Removed | Kind::Picture(_) | Kind::FootnoteMark(_) | Kind::Rule => {}
        _ => {
            node.children.iter().for_each(|child| push_plain(child, out));
            if !node.is_inline() && !out.is_empty() && !out.ends_with('\n') {
                out.push('\n');
            }
        }
    }
}
