//! Builds a tree from what opens and closes: a reader's own blocks and spans, and the tags of HTML that
//! stand among them. A tag closes nothing but a tag, and a block ends what was left open inside it, so
//! whatever is typed, the tree is one.

use super::elements::{self, Model, Rule};
use super::tree::{Attributes, Kind, Link, Node};
use crate::text::Span;
use std::collections::BTreeMap;

/// How deep a tree may be. Each level costs output and stack.
const DEEPEST: usize = 64;

/// What is said of HTML that prose may not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    /// Every element and attribute that is taken away is reported: an editor wrote it.
    Prose,
    /// Nothing is reported: a foreign document is only read.
    Document,
}

/// Something that was not taken as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What.
    pub kind: FaultKind,
    /// Where it stands, for the first time.
    pub span: Span,
    /// How often.
    pub count: usize,
}

/// What is wrong with some markup.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FaultKind {
    /// An element that prose may not have.
    Element(String),
    /// An attribute that an element may not have: the element and the attribute.
    Attribute(String, String),
    /// An element in a place where it may not stand.
    Misplaced(String),
    /// An element that is not closed where it has to be.
    Unclosed(String),
    /// The end of an element that is not open.
    Unopened(String),
    /// Blocks in blocks, deeper than they may be.
    TooDeep,
}

/// A tree that is being built.
pub struct Builder {
    policy: Policy,
    roots: Vec<Node>,
    open: Vec<Open>,
    faults: BTreeMap<FaultKind, (Span, usize)>,
    /// Elements that were taken away and whose ends are still to come, by name.
    ignored: BTreeMap<String, usize>,
}

/// What is open.
enum Open {
    /// A node of the reader's own.
    Markup(Node),
    /// An element opened by a tag.
    Tag(&'static str, Node),
    /// Something too deep: what is in it goes to what it stands in.
    Flattened,
}

impl Builder {
    /// A tree with nothing in it.
    pub fn new(policy: Policy) -> Self {
        Builder {
            policy,
            roots: Vec::new(),
            open: Vec::new(),
            faults: BTreeMap::new(),
            ignored: BTreeMap::new(),
        }
    }

    /// The tree, and what was not taken as written, by place.
    pub fn finish(mut self) -> (Vec<Node>, Vec<Fault>) {
        while !self.open.is_empty() {
            self.close();
        }
        let mut faults: Vec<Fault> =
            self.faults.into_iter().map(|(kind, (span, count))| Fault { kind, span, count }).collect();
        faults.sort_by(|a, b| (a.span, &a.kind).cmp(&(b.span, &b.kind)));
        (self.roots, faults)
    }

    /// Opens a node of the reader's own. [`Builder::close`] closes it.
    pub fn open(&mut self, kind: Kind, span: Span) {
        let node = Node::leaf(kind, span);
        let is_block = !node.is_inline();
        if is_block {
            self.make_room();
        }
        if self.open.len() < DEEPEST {
            self.open.push(Open::Markup(node));
            return;
        }
        if is_block {
            self.report(FaultKind::TooDeep, span);
        }
        self.open.push(Open::Flattened);
    }

    /// Closes the tags in which a block may not stand.
    fn make_room(&mut self) {
        while let Some(Open::Tag(name, node)) = self.open.last() {
            let takes = elements::rule_of(name).is_some_and(|rule| rule.model == Model::Flow);
            if takes || matches!(node.kind, Kind::Removed) {
                return;
            }
            let (name, span) = (*name, node.span);
            if !elements::ends_itself(name) {
                self.report(FaultKind::Unclosed(name.to_owned()), span);
            }
            self.pop_tag(name);
        }
    }

    /// Closes what [`Builder::open`] opened last, and the tags that were left open in it.
    pub fn close(&mut self) {
        while let Some(open) = self.open.pop() {
            match open {
                Open::Markup(node) => return self.add(node),
                Open::Flattened => return,
                Open::Tag(name, node) => {
                    if !elements::ends_itself(name) {
                        self.report(FaultKind::Unclosed(name.to_owned()), node.span);
                    }
                    self.add(node);
                }
            }
        }
    }

    /// Adds a node with nothing in it.
    pub fn leaf(&mut self, kind: Kind, span: Span) {
        self.add(Node::leaf(kind, span));
    }

    /// Adds words.
    pub fn text(&mut self, text: &str, span: Span) {
        if !text.is_empty() {
            self.leaf(Kind::Text(text.into()), span);
        }
    }

    fn add(&mut self, node: Node) {
        let parent = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Markup(parent) | Open::Tag(_, parent) => Some(parent),
            Open::Flattened => None,
        });
        let siblings = parent.map_or(&mut self.roots, |parent| &mut parent.children);
        if siblings.is_empty() {
            // Most stand alone, and a tree is kept as long as its file stays as it is.
            siblings.reserve_exact(1);
        }
        siblings.push(node);
    }

    fn report(&mut self, kind: FaultKind, span: Span) {
        if self.policy == Policy::Prose || kind == FaultKind::TooDeep {
            self.faults.entry(kind).or_insert((span, 0)).1 += 1;
        }
    }

    /// The tags that are open within the innermost node of the reader's own, the last first.
    fn tags(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.open.iter().rev().map_while(|open| match open {
            Open::Tag(name, _) => Some(*name),
            Open::Markup(_) | Open::Flattened => None,
        })
    }

    fn parent(&self) -> Option<&Node> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Markup(parent) | Open::Tag(_, parent) => Some(parent),
            Open::Flattened => None,
        })
    }

    /// Whether a block may stand here: not in a line of text.
    fn takes_blocks(&self) -> bool {
        self.parent().is_none_or(|parent| match &parent.kind {
            Kind::Element(name, _) => {
                elements::rule_of(name).is_some_and(|rule| matches!(rule.model, Model::Flow | Model::Only))
            }
            _ => !parent.is_inline(),
        })
    }

    /// Ends open tags of these names, as far as they are the last.
    fn end_implied(&mut self, names: &[&str]) {
        while let Some(name) = self.last_tag().filter(|name| names.contains(name)) {
            self.pop_tag(name);
        }
    }

    fn last_tag(&self) -> Option<&'static str> {
        self.tags().next()
    }

    fn pop_tag(&mut self, expected: &str) {
        if let Some(Open::Tag(name, node)) = self.open.pop() {
            debug_assert_eq!(name, expected);
            self.add(node);
        }
    }

    /// The start of an element, as HTML has it: its name in lower case, and its attributes.
    pub fn start_tag(&mut self, name: &str, attributes: &[(String, String)], span: Span) {
        if elements::is_opaque(name) {
            self.report(FaultKind::Element(name.to_owned()), span);
            self.open_tag("removed", Kind::Removed, span, name);
            return;
        }
        let Some(rule) = elements::rule_of(name) else {
            self.report(FaultKind::Element(name.to_owned()), span);
            if self.policy == Policy::Document && elements::is_other_block(name) {
                self.end_implied(&["p"]);
                self.open_tag("div", Kind::Element("div", None), span, name);
            } else if !is_void(name) {
                *self.ignored.entry(name.to_owned()).or_default() += 1;
            }
            return;
        };
        self.end_implied(rule.ends);
        if !self.may_stand(rule) {
            self.report(FaultKind::Misplaced(rule.name.to_owned()), span);
            if rule.model != Model::Void {
                *self.ignored.entry(rule.name.to_owned()).or_default() += 1;
            }
            return;
        }
        let kind = self.kind(rule, attributes, span);
        match rule.model {
            Model::Void => self.leaf(kind, span),
            _ => self.open_tag(rule.name, kind, span, rule.name),
        }
    }

    fn open_tag(&mut self, name: &'static str, kind: Kind, span: Span, typed: &str) {
        if self.open.len() < DEEPEST {
            self.open.push(Open::Tag(name, Node { kind, span, children: Vec::new() }));
        } else {
            self.report(FaultKind::TooDeep, span);
            *self.ignored.entry(typed.to_owned()).or_default() += 1;
        }
    }

    fn may_stand(&self, rule: &Rule) -> bool {
        let parent = self.parent();
        let is_block = matches!(rule.model, Model::Line | Model::Flow | Model::Only) || rule.name == "hr";
        let in_place = rule.inside.is_empty()
            || parent.and_then(Node::element).is_some_and(|name| rule.inside.contains(&name));
        // A link in a link is none: which of the two would it lead to?
        let nested = rule.name == "a"
            && self.open.iter().any(|open| {
                matches!(open, Open::Markup(node) | Open::Tag(_, node) if matches!(node.kind, Kind::Link(_)))
            });
        let in_only = parent
            .and_then(Node::element)
            .and_then(elements::rule_of)
            .is_some_and(|parent| parent.model == Model::Only);
        in_place && !nested && (!is_block || self.takes_blocks()) && (!in_only || !rule.inside.is_empty())
    }

    fn kind(&mut self, rule: &Rule, attributes: &[(String, String)], span: Span) -> Kind {
        let mut list: Vec<(&'static str, Box<str>)> = Vec::new();
        let mut target = None;
        let mut title = None;
        for (name, value) in attributes {
            let known = rule.attributes.iter().chain(&elements::EVERYWHERE).find(|known| *known == name);
            match known {
                Some(&"href" | &"cite") => target = Some(value.trim().into()),
                Some(&"title") if rule.name == "a" => title = Some(value.as_str().into()),
                Some(known) => list.push((known, value.as_str().into())),
                None => self.report(FaultKind::Attribute(rule.name.to_owned(), name.clone()), span),
            }
        }
        let link = target.map(|target| Box::new(Link { target, title, span }));
        match rule.name {
            "br" => Kind::HardBreak,
            "hr" => Kind::Rule,
            "q" => Kind::Quote(link),
            "blockquote" => Kind::BlockQuote(link),
            "a" if link.is_some() => Kind::Link(link.expect("it was just seen")),
            "a" => Kind::Element("span", attributes_of(list)),
            name => Kind::Element(name, attributes_of(list)),
        }
    }

    /// The end of an element.
    pub fn end_tag(&mut self, name: &str, span: Span) {
        let typed = name;
        let name = elements::rule_of(name).map_or(name, |rule| rule.name);
        if let Some(count) = self.ignored.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return;
        }
        let known = match () {
            () if elements::is_opaque(name) => "removed",
            () if self.policy == Policy::Document && elements::is_other_block(name) => "div",
            () => name,
        };
        if self.tags().any(|open| open == known) {
            while let Some(open) = self.last_tag() {
                if open != known && !elements::ends_itself(open) {
                    let unclosed = self.open.last().map(|open| match open {
                        Open::Tag(_, node) | Open::Markup(node) => node.span,
                        Open::Flattened => span,
                    });
                    self.report(FaultKind::Unclosed(open.to_owned()), unclosed.unwrap_or(span));
                }
                if open == known {
                    // Its place is all of it.
                    if let Some(Open::Tag(_, node)) = self.open.last_mut() {
                        node.span.end = node.span.end.max(span.end);
                    }
                    return self.pop_tag(open);
                }
                self.pop_tag(open);
            }
        }
        if !is_void(typed) {
            self.report(FaultKind::Unopened(typed.to_owned()), span);
        }
    }
}

fn attributes_of(list: Vec<(&'static str, Box<str>)>) -> Option<Box<Attributes>> {
    (!list.is_empty()).then(|| Box::new(Attributes { list, id: None }))
}

/// Whether an element has no end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
            | "frame"
            | "keygen"
            | "command"
    )
}
