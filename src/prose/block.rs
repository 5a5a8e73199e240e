//! A block quote taken apart: its words, and the line that says whose they are.

use super::run::Run;
use super::tree::{Attributes, Kind, Node};

/// A line that begins with a dash and has no link is taken for an attribution up to so many words.
const ATTRIBUTION_WORDS: usize = 12;

const DASHES: [char; 4] = ['—', '–', '―', '-'];

/// A line without the dash that begins it.
pub(super) fn undashed(text: &str) -> &str {
    text.trim().trim_start_matches(DASHES).trim()
}

/// Whether a text begins with a dash that stands by itself.
fn begins_with_dash(text: &str) -> bool {
    let text = text.trim_start();
    let rest = text.trim_start_matches(DASHES);
    rest.len() < text.len() && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether what begins at `from` in a line is an attribution.
fn is_attribution(run: &Run<'_>, from: usize) -> bool {
    if run.nested {
        return false;
    }
    let text = &run.text[from..];
    let dash = text.trim_start().trim_start_matches(DASHES);
    let is_dashed = dash.len() < text.trim_start().len();
    // A link straight after the dash needs no space between.
    let link_at = |at: usize| run.links.iter().any(|(range, _)| range.start == at);
    let starts = begins_with_dash(text) || (is_dashed && link_at(run.text.len() - dash.len()));
    let has_link = run.links.iter().any(|(range, _)| range.start >= from)
        || run.footnotes.iter().any(|(offset, _)| *offset >= from);
    starts && (has_link || dash.split_whitespace().count() <= ATTRIBUTION_WORDS)
}

/// The attribution in the paragraph or caption after a block quote.
pub(super) fn following(nodes: &[Node]) -> Option<Run<'_>> {
    let is_blank = |node: &&Node| match &node.kind {
        Kind::Text(text) => text.trim().is_empty(),
        Kind::SoftBreak => true,
        _ => false,
    };
    let node = nodes.iter().find(|node| !is_blank(node))?;
    let run = Run::of(&node.children);
    match node.element()? {
        "p" if is_attribution(&run, 0) && !run.links.is_empty() => Some(run),
        "figcaption" => Some(run),
        _ => None,
    }
}

/// Whether a block quote holds nothing but paragraphs of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Plain {
    #[default]
    Yes,
    No,
}

/// A block quote taken apart.
#[derive(Default)]
pub(super) struct Parts<'t> {
    /// The lines of its words.
    pub words: Vec<Run<'t>>,
    /// The line that has its attribution, and where that begins in it.
    pub attribution: Option<(Run<'t>, usize)>,
    /// Whether it holds anything but paragraphs of words.
    pub plain: Plain,
}

impl<'t> Parts<'t> {
    /// Takes the block quote with these children apart.
    pub fn collect(&mut self, nodes: &'t [Node]) {
        let mut lines = Vec::new();
        self.lines(nodes, &mut lines);
        self.attribution = take_attribution(&mut lines);
        self.words = lines;
    }

    /// The lines in these nodes. What a block quote in them is attributed to is no part of the words.
    fn lines(&mut self, nodes: &'t [Node], lines: &mut Vec<Run<'t>>) {
        let mut loose = Run::default();
        for node in nodes {
            if node.is_inline() {
                loose.add(node);
                continue;
            }
            if !loose.is_empty() {
                lines.push(std::mem::take(&mut loose));
            }
            match &node.kind {
                Kind::Element("p", _) => {
                    let run = Run::of(&node.children);
                    if !(run.pictures.is_empty() && run.footnotes.is_empty() && run.literal.is_empty()) {
                        self.plain = Plain::No;
                    }
                    lines.push(run);
                }
                Kind::BlockQuote(_) => {
                    self.plain = Plain::No;
                    let mut inner = Vec::new();
                    self.lines(&node.children, &mut inner);
                    take_attribution(&mut inner);
                    inner.iter_mut().for_each(|run| run.nested = true);
                    lines.extend(inner);
                }
                Kind::Element("ol", Some(attributes)) if first_number(attributes).is_some() => {
                    // `2013. When we met` is a sentence that begins with a year, to Markdown a list.
                    self.plain = Plain::No;
                    let from = lines.len();
                    self.lines(&node.children, lines);
                    let number = first_number(attributes).unwrap_or_default();
                    if let Some(first) = lines.get_mut(from) {
                        *first = std::mem::take(first).after(&format!("{number}. "), node.span);
                    }
                    let is_list = node.children.len() > 1;
                    lines[from..].iter_mut().for_each(|run| run.nested |= is_list);
                }
                Kind::Element("li", _) => self.lines(&node.children, lines),
                _ => {
                    self.plain = Plain::No;
                    let from = lines.len();
                    self.lines(&node.children, lines);
                    // The last line of a list is no attribution of what the list stands in.
                    let is_nested = node.element() != Some("div");
                    lines[from..].iter_mut().for_each(|run| run.nested |= is_nested);
                }
            }
        }
        if !loose.is_empty() {
            lines.push(loose);
        }
    }
}

/// The number that a list begins with, where that is not 1: then it was typed as a word.
fn first_number(attributes: &Attributes) -> Option<&str> {
    attributes.list.iter().find(|(name, _)| *name == "start").map(|(_, number)| &**number)
}

/// Takes the attribution out of the lines of a block quote: its last line or its first, or the end of its
/// last paragraph after a line break.
fn take_attribution<'t>(lines: &mut Vec<Run<'t>>) -> Option<(Run<'t>, usize)> {
    let has_words = |run: &Run<'_>| run.text.contains(char::is_alphanumeric);
    let worded = lines.iter().filter(|run| has_words(run)).count();
    let last = lines.iter().rposition(has_words)?;
    if worded > 1 && is_attribution(&lines[last], 0) {
        return Some((lines.remove(last), 0));
    }
    let ends = lines[last].breaks.iter().rev().copied();
    if let Some(from) = ends.clone().find(|at| is_attribution(&lines[last], at + 1)) {
        let run = std::mem::take(&mut lines[last]);
        lines[last] = run.up_to(from);
        return Some((run, from));
    }
    let first = lines.iter().position(has_words)?;
    if worded > 1 && is_attribution(&lines[first], 0) {
        return Some((lines.remove(first), 0));
    }
    None
}
