//! Blocks of words out of elements, into the record: paragraphs, lists, quotations, tables.

use super::{Element, Flow, Node, Treat};
use crate::diagnostics::{Diagnostic, Place, broken_xml, foreign_document, repeated_source_id};
use crate::model::{Align, InlineKind, Link, Marker, Table};
use crate::text::{Source, Span};
use crate::transcript::Text;
use crate::transcript::assembly::Assembly;
use crate::transcript::looks::{Looks, of_element};
use crate::transcript::record::*;
use crate::transcript::xml::Tree;
use std::borrow::Cow;

/// A document being read into the record.
pub(in crate::transcript) struct Blocks<'s> {
    pub(in crate::transcript) record: Assembly<'s>,
    pub(in crate::transcript) flow: Flow<'s>,
    /// The language of the words now read, where it is not that of the document.
    pub(in crate::transcript) language: Option<Box<str>>,
    /// How deep the words now read stand in quotations and lists.
    pub(in crate::transcript) nesting: Nesting,
    source: &'s Source,
}

/// The tree of a document whose outermost element is one of `roots`; else what is wrong with it.
pub(in crate::transcript) fn document<'s>(
    source: &'s Source,
    roots: &[&str],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Tree<'s>> {
    match Tree::parse(&source.text) {
        Ok(tree) if roots.contains(&tree.root().name()) => {
            if let Some(id) = tree.id_given_twice() {
                diagnostics.push(repeated_source_id(Place::new(source, id), source.slice(id)));
            }
            Some(tree)
        }
        Ok(tree) => {
            let root = tree.root();
            let place = Place::new(source, root.tag_span());
            let Looks { what, way } = of_element(root.name());
            diagnostics.push(foreign_document(place, &what, way));
            None
        }
        Err(fault) => {
            diagnostics.push(broken_xml(Place::new(source, fault.at), &fault.reason));
            None
        }
    }
}

impl<'s> Blocks<'s> {
    pub(in crate::transcript) fn new(source: &'s Source) -> Self {
        Blocks {
            record: Assembly::new(source),
            flow: Flow::new(&source.text),
            language: None,
            nesting: Nesting::default(),
            source,
        }
    }

    #[expect(clippy::ptr_arg, reason = "only a borrowed value is a slice of the source")]
    /// A text of the source: a slice of it where it stands there as it is.
    pub(in crate::transcript) fn text_of(&self, value: &Cow<'s, str>) -> Text {
        match value {
            Cow::Borrowed(slice) => {
                let start = slice.as_ptr() as usize - self.source.text.as_ptr() as usize;
                Text::Slice(Span::new(start..start + slice.len()))
            }
            Cow::Owned(words) => Text::Owned(words.as_str().into()),
        }
    }

    /// What has flowed so far becomes a paragraph of whoever is speaking.
    pub(in crate::transcript) fn paragraph(&mut self, kind: ParagraphKind) {
        if let Some(paragraph) = self.take(kind) {
            self.record.paragraph(paragraph);
        }
    }

    /// What has flowed so far becomes something that nobody spoke, on its own.
    pub(in crate::transcript) fn procedural(&mut self) {
        if let Some(paragraph) = self.take(ParagraphKind::Procedural) {
            self.record.procedural(paragraph);
        }
    }

    /// What has flowed so far becomes a heading.
    pub(in crate::transcript) fn heading(&mut self, level: u8) {
        if let Some((text, _, span)) = self.flow.take() {
            self.record.heading(level, text, span.range());
        }
    }

    fn take(&mut self, kind: ParagraphKind) -> Option<Paragraph> {
        let (text, inlines, span) = self.flow.take()?;
        Some(Paragraph { kind, nesting: self.nesting, text, inlines, language: self.language.clone(), span })
    }

    /// A table as one paragraph: cells joined by tabs, rows by line breaks.
    pub(in crate::transcript) fn table<'t>(
        &mut self,
        table: Element<'t, 's>,
        treat: &mut dyn FnMut(Element<'t, 's>) -> Treat,
    ) {
        let (mut cells, mut row_ends, mut columns) = (Vec::new(), Vec::<u32>::new(), Vec::new());
        let mut head_rows = 0;
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        for row in rows {
            if row.name() == "caption" {
                // The table's own title stands above it.
                self.flow.element(row, treat);
                self.paragraph(ParagraphKind::Procedural);
                continue;
            }
            if row.name() != "tr" && row.name() != "row" {
                // A milestone between rows.
                self.flow.node(Node::Element(row), treat);
                continue;
            }
            if !row.has_words() {
                self.flow.element(row, treat);
                continue;
            }
            if !row_ends.is_empty() {
                self.flow.separator("\n");
            }
            let first = cells.len();
            let mut all_heads = true;
            for cell in row.elements() {
                if !is_cell(cell.name()) {
                    self.flow.node(Node::Element(cell), treat);
                    continue;
                }
                if cells.len() > first {
                    self.flow.separator("\t");
                }
                all_heads &= cell.name() == "th";
                if row_ends.is_empty() {
                    columns.push(match cell.attribute("align").as_deref() {
                        Some("right") => Align::Right,
                        Some("center") => Align::Centre,
                        Some("left") => Align::Left,
                        _ => Align::Natural,
                    });
                }
                let start = self.flow.len();
                self.flow.element(cell, treat);
                cells.push(Span::new(start..self.flow.len()));
            }
            row_ends.push(Span::new(0..cells.len()).end);
            if all_heads && head_rows + 1 == row_ends.len() {
                head_rows += 1;
            }
        }
        if let Some(stated) = table.attribute("columns") {
            let align = |letter| match letter {
                'l' => Align::Left,
                'c' => Align::Centre,
                'r' => Align::Right,
                _ => Align::Natural,
            };
            columns = stated.chars().map(align).collect();
        }
        let table = Table {
            columns: columns.into(),
            cells: cells.into(),
            row_ends: row_ends.into(),
            head_rows: Span::new(0..head_rows).end,
        };
        self.paragraph(ParagraphKind::Table(Box::new(table)));
    }

    /// One side of a division: each element with words in it is a name.
    pub(in crate::transcript) fn votes<'t>(
        &mut self,
        list: Element<'t, 's>,
        side: &str,
        count: Option<u32>,
        treat: &mut dyn FnMut(Element<'t, 's>) -> Treat,
    ) {
        let (mut names, mut tellers) = (Vec::new(), Vec::new());
        for voter in list.elements().filter(|voter| voter.has_words()) {
            if !names.is_empty() {
                self.flow.separator("\n");
            }
            let start = self.flow.len();
            self.flow.element(voter, treat);
            if voter.attribute("teller").as_deref() == Some("yes") {
                tellers.push(Span::new(0..names.len()).end);
            }
            names.push(Span::new(start..self.flow.len()));
        }
        let (names, tellers) = (names.into(), tellers.into());
        self.paragraph(ParagraphKind::Votes(Box::new(Votes { side: side.into(), count, names, tellers })));
    }

    /// A list: every item's words are a paragraph, and blocks in an item further ones.
    pub(in crate::transcript) fn list<'t>(
        &mut self,
        list: Element<'t, 's>,
        numbered: bool,
        block: &mut dyn FnMut(&mut Self, Element<'t, 's>) -> bool,
        treat: &mut dyn FnMut(Element<'t, 's>) -> Treat,
    ) {
        self.nesting.lists = self.nesting.lists.saturating_add(1).min(Nesting::DEEPEST);
        let mut number = 0;
        for item in list.elements() {
            if !matches!(item.name(), "li" | "item") {
                // A milestone between items.
                self.flow.node(Node::Element(item), treat);
                continue;
            }
            number += 1;
            let mut marker = if numbered { Marker::Number(number) } else { Marker::Bullet };
            for node in item.children() {
                if let Node::Element(inner) = node
                    && (is_block(inner.name()) || is_list(inner.name()))
                {
                    self.paragraph(ParagraphKind::ListItem(std::mem::replace(
                        &mut marker,
                        Marker::Continued,
                    )));
                    if is_list(inner.name()) {
                        self.list(inner, inner.name() == "ol", block, treat);
                        continue;
                    }
                    if block(self, inner) {
                        continue;
                    }
                    self.flow.element(inner, treat);
                    self.paragraph(ParagraphKind::ListItem(std::mem::replace(
                        &mut marker,
                        Marker::Continued,
                    )));
                    continue;
                }
                self.flow.node(node, treat);
            }
            self.paragraph(ParagraphKind::ListItem(marker));
        }
        self.nesting.lists -= 1;
    }

    /// The record, once all is read.
    pub(in crate::transcript) fn finish(mut self, format: &'static str) -> Transcript {
        self.procedural();
        for Furniture { kind, span } in self.flow.take_apart() {
            self.record.furniture(kind, span.range());
        }
        self.record.finish(format)
    }
}

/// The rows of a table in order, whatever groups them, and its captions.
fn rows_of<'t, 's>(element: Element<'t, 's>, rows: &mut Vec<Element<'t, 's>>) {
    for inner in element.elements() {
        match inner.name() {
            "tr" | "row" | "caption" | "col" | "image" | "pb" => rows.push(inner),
            _ => rows_of(inner, rows),
        }
    }
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th" | "cell")
}

fn is_block(name: &str) -> bool {
    matches!(name, "p" | "quote" | "table" | "blockquote")
}

fn is_list(name: &str) -> bool {
    matches!(name, "ul" | "ol" | "list")
}

/// Marks that HTML and its relatives have in common.
pub(in crate::transcript) fn html_inline(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "i" | "em" | "I" => Treat::Inline(InlineKind::Emphasis),
        "b" | "strong" | "B" => Treat::Inline(InlineKind::Strong),
        "sup" => Treat::Inline(InlineKind::Superscript),
        "sub" => Treat::Inline(InlineKind::Subscript),
        "br" | "lb" | "eol" => Treat::Space,
        "a" | "ref" => match element.attribute("href").or_else(|| element.attribute("target")) {
            Some(href) if href.starts_with("http") => {
                Treat::Inline(InlineKind::Link(Box::new(Link { href: href.as_ref().into(), title: None })))
            }
            _ => Treat::Through,
        },
        _ => Treat::Through,
    }
}
