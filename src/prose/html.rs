//! Writes a tree as HTML, once. Everything is escaped here; what depends on the page that the prose
//! stands on (addresses, the prefix of ids, words of the interface) stays a typed piece.

use super::tree::{Attributes, Draft, Kind, Link, Node, Picture, plain};
use crate::model::{BlockQuotation, Destination, Piece, Prose, ProseHeading};
use crate::text::slugify;
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use std::collections::{BTreeMap, HashSet};
use std::fmt::Write;

/// What is known of a tree when it is written.
pub trait Fill {
    /// Where a link leads; `None` where it may not be shown as a link.
    fn link(&mut self, link: &Link) -> Option<Destination>;

    /// Where a picture's file is; `None` where it can't be shown.
    fn picture(&mut self, link: &Link) -> Option<Destination>;

    /// The record's own words in the place of a block quote that was compared with it.
    fn block(&mut self, node: &Node) -> Option<BlockQuotation>;
}

/// The prose of a tree.
pub fn write(draft: &Draft, fill: &mut dyn Fill) -> Prose {
    let mut writer = Writer {
        html: String::new(),
        pieces: Vec::new(),
        fill,
        headings: Vec::new(),
        taken: HashSet::new(),
        marks: BTreeMap::new(),
        footnotes: Vec::new(),
        has_code: false,
    };
    writer.known_ids(&draft.nodes);
    writer.nodes(&draft.nodes);
    writer.footnotes();
    writer.flush();
    Prose {
        pieces: writer.pieces,
        plain: plain(&draft.nodes).into(),
        headings: writer.headings,
        has_code: writer.has_code,
    }
}

struct Writer<'f, 'n> {
    html: String,
    pieces: Vec<Piece>,
    fill: &'f mut dyn Fill,
    headings: Vec<ProseHeading>,
    /// The ids of headings, those that authors gave them first of all.
    taken: HashSet<String>,
    /// How often each footnote has been marked so far.
    marks: BTreeMap<u32, usize>,
    /// The footnotes that were met: they stand at the end.
    footnotes: Vec<(u32, &'n [Node])>,
    has_code: bool,
}

impl<'n> Writer<'_, 'n> {
    fn flush(&mut self) {
        if !self.html.is_empty() {
            self.pieces.push(Piece::Html(std::mem::take(&mut self.html).into()));
        }
    }

    fn piece(&mut self, piece: Piece) {
        self.flush();
        self.pieces.push(piece);
    }

    fn tag(&mut self, tag: &str) {
        self.html.push_str(tag);
    }

    fn text(&mut self, text: &str) {
        let _ = escape_html_body_text(&mut self.html, text);
    }

    fn attribute(&mut self, name: &str, value: &str) {
        let _ = write!(self.html, " {name}=\"");
        let _ = escape_html(&mut self.html, value);
        self.html.push('"');
    }

    fn nodes(&mut self, nodes: &'n [Node]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn node(&mut self, node: &'n Node) {
        match &node.kind {
            Kind::Text(text) => self.text(text),
            Kind::SoftBreak => self.tag("\n"),
            Kind::HardBreak => self.tag("<br>\n"),
            Kind::Rule => self.tag("<hr>\n"),
            Kind::Element(name, attributes) => self.element(name, attributes.as_deref(), &node.children),
            Kind::Link(link) => self.link(link, &node.children),
            Kind::Picture(picture) => self.picture(picture),
            Kind::Quote(cite) => {
                self.cited(cite.as_deref());
                self.tag("<q>");
                self.nodes(&node.children);
                self.tag("</q>");
            }
            Kind::BlockQuote(cite) => {
                self.cited(cite.as_deref());
                self.block_quote(node);
            }
            Kind::Callout(callout) => {
                let _ = write!(self.html, "<div class=\"callout {}\"><p><strong>", callout.word());
                self.piece(Piece::Callout(*callout));
                self.tag(".</strong></p>\n");
                self.nodes(&node.children);
                self.tag("</div>\n");
            }
            Kind::CodeBlock(html) => {
                self.has_code = true;
                self.tag(html);
            }
            Kind::FootnoteMark(number) => {
                let marks = self.marks.entry(*number).or_default();
                *marks += 1;
                // The way back leads to the first.
                if *marks == 1 {
                    self.tag("<sup id=\"");
                    self.piece(Piece::IdPrefix);
                    let _ = write!(self.html, "fnref-{number}\">");
                } else {
                    self.tag("<sup>");
                }
                self.tag("<a href=\"#");
                self.piece(Piece::IdPrefix);
                let _ = write!(self.html, "fn-{number}\" role=\"doc-noteref\">{number}</a></sup>");
            }
            Kind::Footnote(number) => self.footnotes.push((*number, &node.children)),
            Kind::Removed => {}
        }
    }

    /// The footnotes, in the order of their numbers, each with the way back to where it is marked. One may have
    /// marks of others in it.
    fn footnotes(&mut self) {
        while !self.footnotes.is_empty() {
            let mut footnotes = std::mem::take(&mut self.footnotes);
            footnotes.sort_by_key(|(number, _)| *number);
            for (number, children) in footnotes {
                self.tag("<div class=\"footnote\" id=\"");
                self.piece(Piece::IdPrefix);
                let _ = write!(self.html, "fn-{number}\"><sup>{number}</sup> ");
                self.nodes(children);
                if self.marks.contains_key(&number) {
                    self.tag(" <a href=\"#");
                    self.piece(Piece::IdPrefix);
                    let _ = write!(self.html, "fnref-{number}\" role=\"doc-backlink\">↩</a>");
                }
                self.tag("</div>\n");
            }
        }
    }

    fn known_ids(&mut self, nodes: &[Node]) {
        for node in nodes {
            if let Kind::Element(_, Some(attributes)) = &node.kind {
                self.taken.extend(attributes.id.as_deref().map(str::to_owned));
            }
            self.known_ids(&node.children);
        }
    }

    /// The id of a heading of the first level: that which its author gave it, or one of its words. Two whose
    /// words come to one have two, whatever others are called.
    fn heading(&mut self, given: Option<&str>, children: &[Node]) -> String {
        let words = plain(children);
        let id = given.map(str::to_owned).unwrap_or_else(|| {
            let of_words = slugify(&words);
            let numbered = (2..).map(|number| format!("{of_words}-{number}"));
            let mut ids = std::iter::once(of_words.clone()).chain(numbered);
            ids.find(|id| self.taken.insert(id.clone())).expect("there is always a further number")
        });
        self.headings.push(ProseHeading { id: format!("h-{id}").into(), words: words.into() });
        id
    }

    fn element(&mut self, name: &str, attributes: Option<&Attributes>, children: &'n [Node]) {
        // What may be wider than the page scrolls in itself, by keys too.
        if name == "table" {
            self.tag("<div class=\"scroll\" tabindex=\"0\">");
        }
        let _ = write!(self.html, "<{name}");
        let list = attributes.map_or(&[][..], |attributes| &attributes.list);
        for (name, value) in list {
            self.attribute(name, value);
        }
        let given = attributes.and_then(|attributes| attributes.id.as_deref());
        let id = match name {
            "h2" => Some(self.heading(given, children)),
            _ => given.map(str::to_owned),
        };
        if let Some(id) = id {
            self.tag(" id=\"");
            self.piece(Piece::IdPrefix);
            let _ = write!(self.html, "h-{id}\"");
        }
        self.tag(if matches!(name, "ul" | "ol" | "dl") { ">\n" } else { ">" });
        if name == "wbr" {
            return;
        }
        self.nodes(children);
        let _ = write!(self.html, "</{name}>");
        if name == "table" {
            self.tag("</div>");
        }
        if is_block(name) {
            self.tag("\n");
        }
    }

    fn link(&mut self, link: &Link, children: &'n [Node]) {
        let Some(destination) = self.fill.link(link) else { return self.nodes(children) };
        self.tag("<a href=\"");
        self.piece(Piece::Address(destination));
        self.tag("\"");
        if let Some(title) = &link.title {
            self.attribute("title", title);
        }
        self.tag(">");
        self.nodes(children);
        self.tag("</a>");
    }

    fn picture(&mut self, picture: &Picture) {
        let Some(destination) = self.fill.picture(&picture.link) else { return self.text(&picture.alt) };
        self.tag("<img src=\"");
        self.piece(Piece::Address(destination));
        self.tag("\"");
        self.attribute("alt", &picture.alt);
        if let Some(title) = &picture.link.title {
            self.attribute("title", title);
        }
        self.tag(" loading=\"lazy\">");
    }

    /// What an element cites is looked up, so that a mistake in it is reported, and is not shown.
    fn cited(&mut self, cite: Option<&Link>) {
        if let Some(link) = cite {
            self.fill.link(link);
        }
    }

    fn block_quote(&mut self, node: &'n Node) {
        if let Some(quotation) = self.fill.block(node) {
            self.reported(&node.children);
            return self.piece(Piece::Quotation(Box::new(quotation)));
        }
        self.tag("<blockquote>\n");
        self.nodes(&node.children);
        self.tag("</blockquote>\n");
    }

    /// The links of what is not written: a mistake in one is reported all the same.
    fn reported(&mut self, nodes: &[Node]) {
        for node in nodes {
            match &node.kind {
                Kind::Link(link) => drop(self.fill.link(link)),
                Kind::Picture(picture) => drop(self.fill.picture(&picture.link)),
                _ => {}
            }
            self.reported(&node.children);
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "thead"
            | "tbody"
            | "tfoot"
            | "tr"
            | "div"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "pre"
    )
}
