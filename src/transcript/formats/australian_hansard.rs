//! Hansard of the Australian Parliaments as XML: the federal one (`chamber.xscript`), older with the
//! speaker's name in an element of its own and newer with it in the words, and that of South Australia
//! (`proceeding`, `talker`).
//!
//! Decided here: what an element says of a speaker (`talker`) is data; the label is the name as printed,
//! with its electorate and time where the words begin with them, and without its colon. A title that is
//! printed again under itself is one heading. Interjections end a speech, and the speaker who goes on
//! begins another.

mod federal;
mod printed;
mod south;

use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Milestone, Node, Treat, document, html_inline};

/// Whether a text is a `<hansard>` with what only these have in it.
pub(super) fn recognise(text: &str) -> bool {
    let of_the_kind = ["chamber.xscript", "fedchamb.xscript", "maincomm.xscript", "session.header", "talker"];
    super::begins_with_element(text, &["hansard"]) && super::has_element(text, &of_the_kind)
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader { blocks: Blocks::new(source), source, column: None, title: None };
    if let Some(tree) = document(source, &["hansard"], diagnostics) {
        let root = tree.root();
        if root.child("proceeding").is_some() {
            reader.south(root);
        } else {
            reader.federal(root);
        }
    }
    reader.blocks.finish("australian-hansard")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
    /// The page that the words now read stand on.
    column: Option<Box<str>>,
    /// The heading that was read last, to know it where it is printed again.
    title: Option<String>,
}

impl<'s> Reader<'s> {
    fn apart(&mut self, element: Element<'_, 's>, kind: FurnitureKind) {
        if element.has_words() {
            self.blocks.record.furniture(kind, element.span().range());
        }
    }

    /// The words of an element as a text.
    fn flowed(&mut self, element: Element<'_, 's>) -> Option<(Text, Span)> {
        self.blocks.flow.element(element, &mut treat);
        self.blocks.flow.take().map(|(text, _, span)| (text, span))
    }

    /// A heading, unless it is the one before, printed again.
    fn heading(&mut self, element: Element<'_, 's>, level: u8) {
        let words = element.words();
        if words.is_empty() {
            return;
        }
        if self.title.as_deref() == Some(words.as_str()) {
            return self.apart(element, FurnitureKind::RepeatedWords);
        }
        self.blocks.procedural();
        self.blocks.flow.element(element, &mut treat);
        self.blocks.heading(level);
        self.title = Some(words);
    }

    /// A page of the official report begins.
    fn page(&mut self, number: &str) {
        if !number.trim().is_empty() && self.column.as_deref() != Some(number) {
            self.blocks.flow.milestone(InlineKind::Column(number.into()));
            self.column = Some(number.into());
        }
    }

    /// A block of words: paragraphs of this kind, lists, tables, what is read out.
    fn block(&mut self, block: Element<'_, 's>, kind: &ParagraphKind) {
        match block.name() {
            "table" => {
                self.blocks.paragraph(kind.clone());
                self.blocks.table(block, &mut treat);
            }
            "ul" | "ol" | "list" => {
                self.blocks.paragraph(kind.clone());
                self.blocks.list(block, block.name() == "ol", &mut |_, _| false, &mut treat);
            }
            "p" | "para" => {
                let class = block.attribute("class").unwrap_or_default();
                let kind = if class.contains("Quote") { &ParagraphKind::Quotation } else { kind };
                self.blocks.paragraph(kind.clone());
                self.inner(block, kind);
                self.blocks.paragraph(kind.clone());
            }
            "quote" | "inserted" | "blockquote" => {
                self.blocks.paragraph(kind.clone());
                self.inner(block, &ParagraphKind::Quotation);
                self.blocks.paragraph(ParagraphKind::Quotation);
            }
            "item" => {
                self.blocks.paragraph(kind.clone());
                let item = ParagraphKind::ListItem(Marker::Bullet);
                self.blocks.nesting.lists = 1;
                self.inner(block, &item);
                self.blocks.paragraph(item);
                self.blocks.nesting.lists = 0;
            }
            "event" => {
                self.blocks.paragraph(kind.clone());
                self.inner(block, &ParagraphKind::Procedural);
                self.blocks.paragraph(ParagraphKind::Procedural);
            }
            _ => {
                self.blocks.paragraph(kind.clone());
                self.inner(block, kind);
                self.blocks.paragraph(kind.clone());
            }
        }
    }

    fn inner(&mut self, block: Element<'_, 's>, kind: &ParagraphKind) {
        for node in block.children() {
            self.node(node, kind);
        }
    }

    /// A node of a block: words, marks over them, blocks.
    fn node(&mut self, node: Node<'_, 's>, kind: &ParagraphKind) {
        match node {
            Node::Element(inner) if inner.name() == "page" || inner.name() == "page.no" => {
                self.page_mark(inner);
            }
            Node::Element(inner) if !is_inline(inner.name()) => self.block(inner, kind),
            node => self.blocks.flow.node(node, &mut treat),
        }
    }

    fn page_mark(&mut self, mark: Element<'_, 's>) {
        self.apart(mark, FurnitureKind::Mark);
        let number = mark.stated("num").map_or_else(|| mark.words(), |number| number.into_owned());
        self.page(&number);
    }

    /// One side of a division, as a list of names.
    fn votes(&mut self, names: Element<'_, 's>, side: &str, count: Option<u32>) {
        self.blocks.votes(names, side, count, &mut treat);
    }
}

/// The elements that stand within a line of words.
fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "span"
            | "a"
            | "i"
            | "b"
            | "em"
            | "strong"
            | "u"
            | "sup"
            | "sub"
            | "br"
            | "inline"
            | "term"
            | "by"
            | "small"
    )
}

fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "term" => Treat::Inline(InlineKind::Emphasis),
        "inline" => match element.attribute("font-style").as_deref() {
            Some("italic") => Treat::Inline(InlineKind::Emphasis),
            _ => Treat::Through,
        },
        "page" | "page.no" => Treat::Milestone(Milestone::Column(None)),
        // Links lead to pages of the publisher's own system.
        "a" => Treat::Through,
        _ => html_inline(element),
    }
}
