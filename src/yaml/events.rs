//! From the parser's events to the tree, in one bounded pass, refusing what authors' files may not
//! hold. The stack is our own, so that no input can exhaust the machine's.

use super::NESTING;
use super::faults;
use super::node::{Key, Node, Scalar, Style, Value};
use crate::diagnostics::{self as codes, Diagnostic, Place};
use crate::text::{Source, Span, hidden_characters, is_control};
use granit_parser::{Event, Parser, ScalarStyle, ScanError, StructureStyle};
use std::collections::BTreeSet;

/// How many faults of one file are told apart; the rest are counted. A file of 200,000 anchors is
/// an attack, and nobody reads 200,000 messages.
pub(super) const TOLD: usize = 100;

/// The text could not be read to its end; why is among the diagnostics.
#[derive(Debug)]
pub(super) struct Broken;

/// Reads the YAML document at `range` of `source`: `None` where it holds nothing. Faults that cost
/// no more than a value are reported and the value marked; a fault in the syntax ends the reading.
pub(super) fn read(
    source: &Source,
    range: Span,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Option<Node>, Broken> {
    let text = source.slice(range);
    let mut options = granit_parser::options! {
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        flow_nesting_limit: NESTING,
        block_nesting_limit: NESTING,
        disallow_directives: true,
        // As serde_yaml reads it.
        block_scalar_eof_without_line_feed: true,
    };
    options.set_emit_comments(false);
    let mut tree = Tree {
        source,
        base: range.start as usize,
        open: Vec::new(),
        root: None,
        diagnostics,
        told: 0,
        last_key: None,
        refused_at: None,
        unseen: BTreeSet::new(),
    };
    let mut outcome = Ok(());
    let mut documents = 0;
    for step in Parser::new_from_str_with_options(text, options) {
        outcome = match step {
            Ok((Event::DocumentStart(..), _)) if documents == 0 => {
                documents += 1;
                Ok(())
            }
            Ok((Event::DocumentStart(..), span)) => {
                tree.refuse(tree.span(span), codes::yaml_second_document);
                break;
            }
            Ok((event, span)) => tree.take(event, span),
            Err(fault) => Err(tree.syntax(&fault)),
        };
        if outcome.is_err() {
            break;
        }
    }
    let (told, root) = (tree.told, tree.root);
    if told > TOLD {
        diagnostics.push(codes::yaml_many_faults(Place::file(source), Some(told - TOLD)));
    }
    outcome.map(|()| root.filter(|root| !(root.is_null() && root.span.is_empty())))
}

/// The tree while it grows.
struct Tree<'a> {
    source: &'a Source,
    /// Where the parser's text begins in the file.
    base: usize,
    open: Vec<Open>,
    root: Option<Node>,
    diagnostics: &'a mut Vec<Diagnostic>,
    told: usize,
    last_key: Option<Span>,
    /// The last thing refused: a syntax error on its line is its consequence.
    refused_at: Option<Span>,
    /// The characters that nobody sees and that were told of.
    unseen: BTreeSet<char>,
}

/// A list or mapping whose end has not come yet.
struct Open {
    span: Span,
    /// In characters from 0; for block style only.
    column: Option<usize>,
    faulty: bool,
    content: Content,
}

enum Content {
    Items(Vec<Node>),
    Pairs { pairs: Vec<(Key, Node)>, key: KeySlot },
}

/// The key whose value comes next.
enum KeySlot {
    None,
    Some(Key),
    /// It was refused: its value is dropped.
    Refused,
}

impl Tree<'_> {
    fn span(&self, span: granit_parser::Span) -> Span {
        let offset = |marker: granit_parser::Marker| {
            self.base + marker.byte_offset().expect("the parser reads a str, whose offsets it knows")
        };
        Span::new(offset(span.start)..offset(span.end))
    }

    fn take(&mut self, event: Event<'_>, at: granit_parser::Span) -> Result<(), Broken> {
        let span = self.span(at);
        let tag = event.tag().is_some();
        if tag {
            let at = at.tag_span().map_or(span, |tag| self.span(tag));
            self.refuse(at, |place| {
                let help = faults::folded_help(&place.source, at);
                codes::yaml_tag(place).help(help)
            });
        }
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let node = self.scalar(text.into_owned(), style, span, anchor != 0 || tag)?;
                self.place(node);
            }
            Event::SequenceStart(style, anchor, _) => {
                self.start(span, at.start.col(), style, anchor != 0 || tag, Content::Items(Vec::new()))?;
            }
            Event::MappingStart(style, anchor, _) => {
                if style == StructureStyle::Block {
                    self.no_tab_before(span)?;
                }
                let content = Content::Pairs { pairs: Vec::new(), key: KeySlot::None };
                self.start(span, at.start.col(), style, anchor != 0 || tag, content)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(span),
            Event::Anchor(..) => self.anchor(span),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                self.anchor(span);
                let value = Value::Scalar(Scalar { text: "".into(), style: Style::Plain });
                self.place(Node { span, value, faulty: true });
            }
            // Events without a value, and whatever a later version of the parser may add.
            _ => {}
        }
        Ok(())
    }

    fn anchor(&mut self, at: Span) {
        self.refuse(at, |place| {
            let help = faults::folded_help(&place.source, at);
            codes::yaml_anchor(place).help(help)
        });
    }

    fn scalar(&mut self, text: String, style: ScalarStyle, span: Span, faulty: bool) -> Result<Node, Broken> {
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted => Style::SingleQuoted,
            ScalarStyle::DoubleQuoted => Style::DoubleQuoted,
            ScalarStyle::Literal => Style::Literal,
            ScalarStyle::Folded => Style::Folded,
        };
        let mut faulty = faulty;
        if style == Style::DoubleQuoted {
            faulty |= self.escapes(&text, span);
        }
        let mut node = Node { span, value: Value::Scalar(Scalar { text: text.into(), style }), faulty };
        match style {
            // The parser writes `~` where nothing stands.
            Style::Plain if span.is_empty() => {
                node.value = Value::Scalar(Scalar { text: "".into(), style });
            }
            Style::Plain => self.comment_after(span),
            Style::SingleQuoted | Style::DoubleQuoted => self.quotation_ends_in_time(span)?,
            Style::Literal | Style::Folded => node.span = self.without_blank_lines(span),
        }
        Ok(node)
    }

    /// What nobody sees and an escape stands for: `"\u0000"`. A control character costs the value; the rest is
    /// told, each kind once. Whether there was one.
    fn escapes(&mut self, text: &str, span: Span) -> bool {
        let mut refused = false;
        for (_, found) in hidden_characters(text) {
            if self.source.slice(span).contains(found) || !self.unseen.insert(found) {
                refused |= is_control(found);
            } else if is_control(found) {
                refused = true;
                self.refuse(span, |place| codes::control_character(place, found, 1));
            } else {
                self.tell(codes::hidden_character(Place::new(self.source, span), found, 1));
            }
        }
        refused
    }

    /// A block text's span reaches over the blank lines after it, and that of an empty one stands
    /// at the start of the next line.
    fn without_blank_lines(&self, span: Span) -> Span {
        let text = &self.source.text;
        if span.is_empty() || self.source.slice(span).trim().is_empty() {
            let end = text[..span.start as usize].trim_end().len();
            return Span::new(end..end);
        }
        let words = self.source.slice(span).trim_end().len();
        Span::new(span.start as usize..span.start as usize + words)
    }

    /// `Amendment #4 was lost` is `Amendment` and a comment; a comment that is meant has a space
    /// after its sign, or more than one before it.
    fn comment_after(&mut self, span: Span) {
        let rest = &self.source.text[span.end as usize..];
        let cuts = rest.strip_prefix(" #").and_then(|rest| rest.chars().next());
        if cuts.is_some_and(|c| !c.is_whitespace() && c != '#' && c != '!') {
            let line = rest.lines().next().unwrap_or_default();
            let at = Span::new(span.end as usize + 1..span.end as usize + line.trim_end().len());
            let help = faults::folded_help(self.source, at);
            self.tell(codes::text_cut_by_comment(Place::new(self.source, at)).help(help));
        }
    }

    /// YAML wants the further lines of a quoted text deeper than what it belongs to. The parser
    /// does not insist; here it is what shows that a quotation mark was not closed where it ought.
    fn quotation_ends_in_time(&mut self, span: Span) -> Result<(), Broken> {
        let words = self.source.slice(span);
        if !words.contains(['\n', '\r']) {
            return Ok(());
        }
        let Some(column) = self.open.iter().rev().find_map(|open| open.column) else { return Ok(()) };
        let shallow = words.lines().skip(1).any(|line| {
            let inner = line.trim_start();
            !inner.is_empty() && line.len() - inner.len() <= column
        });
        if shallow {
            let first = words.lines().next().map_or(0, str::len);
            let at = Span::new(span.start as usize..span.start as usize + first);
            self.tell(faults::unclosed_quotation(self.source, at));
            return Err(Broken);
        }
        Ok(())
    }

    fn no_tab_before(&mut self, span: Span) -> Result<(), Broken> {
        let before = &self.source.text[..span.start as usize];
        let above = before.trim_end_matches([' ', '\t']);
        let indent = &before[above.len()..];
        if let Some(tab) = indent.find('\t')
            && (above.is_empty() || above.ends_with(['\n', '\r']))
        {
            let tab = above.len() + tab;
            self.tell(faults::tab(self.source, Span::new(tab..tab + 1)));
            return Err(Broken);
        }
        Ok(())
    }

    fn start(
        &mut self,
        span: Span,
        column: usize,
        style: StructureStyle,
        faulty: bool,
        content: Content,
    ) -> Result<(), Broken> {
        if self.open.len() >= NESTING {
            self.tell(codes::yaml_too_deep(Place::new(self.source, span)));
            return Err(Broken);
        }
        let column = (style == StructureStyle::Block).then_some(column);
        self.open.push(Open { span, column, faulty, content });
        Ok(())
    }

    fn end(&mut self, at: Span) {
        let Some(mut open) = self.open.pop() else { return };
        if open.column.is_none() {
            open.span.end = at.end;
        }
        let value = match open.content {
            Content::Items(items) => Value::Sequence(items),
            Content::Pairs { mut pairs, .. } => {
                open.faulty |= self.drop_duplicates(&mut pairs);
                Value::Mapping(pairs)
            }
        };
        self.place(Node { span: open.span, value, faulty: open.faulty });
    }

    /// Puts a finished value where it belongs: the root, an item, a key or the value of a key.
    fn place(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root.get_or_insert(node);
            return;
        };
        open.span.end = open.span.end.max(node.span.end);
        let Content::Pairs { pairs, key } = &mut open.content else {
            open.faulty |= node.faulty;
            if let Content::Items(items) = &mut open.content {
                items.push(node);
            }
            return;
        };
        match std::mem::replace(key, KeySlot::None) {
            KeySlot::Some(name) => {
                open.faulty |= node.faulty;
                pairs.push((name, node));
            }
            KeySlot::Refused => open.faulty = true,
            KeySlot::None => {
                let span = node.span;
                match key_slot(node) {
                    Ok(name) => {
                        self.last_key = Some(span);
                        *key = name.map_or(KeySlot::Refused, KeySlot::Some);
                    }
                    Err(code) => {
                        *key = KeySlot::Refused;
                        self.refuse(span, code);
                    }
                }
            }
        }
    }

    /// Takes out all but the first of equal keys, and tells of the others. Whether there were any.
    fn drop_duplicates(&mut self, pairs: &mut Vec<(Key, Node)>) -> bool {
        let mut order: Vec<usize> = (0..pairs.len()).collect();
        order.sort_by(|&a, &b| pairs[a].0.text.cmp(&pairs[b].0.text).then(a.cmp(&b)));
        let mut first_of: Vec<Option<usize>> = vec![None; pairs.len()];
        for run in order.chunk_by(|&a, &b| pairs[a].0.text == pairs[b].0.text) {
            for &later in &run[1..] {
                first_of[later] = Some(run[0]);
            }
        }
        for (later, first) in first_of.iter().enumerate() {
            if let Some(first) = first {
                let (key, first) = (&pairs[later].0, pairs[*first].0.span);
                self.refuse(key.span, |place| codes::duplicate_key(place, &key.text, first));
            }
        }
        let mut index = 0;
        let before = pairs.len();
        pairs.retain(|_| {
            index += 1;
            first_of[index - 1].is_none()
        });
        pairs.len() < before
    }

    fn tell(&mut self, found: Diagnostic) {
        self.told += 1;
        if self.told <= TOLD {
            self.diagnostics.push(found);
        }
    }

    fn refuse(&mut self, at: Span, code: impl FnOnce(Place) -> Diagnostic) {
        self.refused_at = Some(at);
        // A message looks at its whole line: made only for those that are told.
        if self.told < TOLD {
            self.diagnostics.push(code(Place::new(self.source, at)));
        }
        self.told += 1;
    }

    fn syntax(&mut self, fault: &ScanError) -> Broken {
        let at = self.base + fault.marker().byte_offset().unwrap_or_default();
        let line = faults::line_at(self.source, at);
        let told = self.refused_at.is_some_and(|refused| {
            line.start <= refused.start && refused.start < line.end.max(line.start + 1)
        });
        if !told {
            let bracket = self.open.iter().find(|open| open.column.is_none()).map(|open| open.span);
            let context = faults::Context { key: self.last_key, bracket };
            self.tell(faults::syntax(self.source, fault.kind(), at, context));
        }
        Broken
    }
}

/// Only a plain or quoted text may be a key, and `<<` may not. `Ok(None)` for a key with an anchor
/// or a tag, which has been reported already; `Err` with what to report.
fn key_slot(node: Node) -> Result<Option<Key>, fn(Place) -> Diagnostic> {
    match node.value {
        _ if node.faulty => Ok(None),
        Value::Scalar(Scalar { text, style: Style::Plain }) if &*text == "<<" => Err(codes::yaml_merge_key),
        Value::Scalar(Scalar { text, style }) if !text.is_empty() || style != Style::Plain => {
            Ok(Some(Key { text, span: node.span }))
        }
        _ => Err(codes::yaml_complex_key),
    }
}
