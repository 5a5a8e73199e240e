//! Reads Markdown into a tree: the parser's events, one after another, and the HTML that stands among
//! them.

use super::places::Places;
use super::unseen;
use super::{OPTIONS, highlight};
use crate::diagnostics::{self, Checked, Diagnostic, Place, Unseen};
use crate::model::Callout;
use crate::prose::{Attributes, Builder, Draft, Fault, FaultKind, Kind, Link, Picture, Policy, Segments};
use crate::text::{Source, Span};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Parser, Tag, TagEnd,
};
use pulldown_cmark_escape::escape_html_body_text;
use std::cell::RefCell;
use std::collections::HashMap;
use std::ops::Range;

/// Reads `text`, the Markdown at `places` of `source`.
pub(super) fn read(source: &Source, text: &str, places: &Places) -> Checked<Draft> {
    let undefined: RefCell<Vec<(Range<usize>, String)>> = RefCell::default();
    let note_undefined = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        if is_meant(&link, text) {
            undefined.borrow_mut().push((link.span, link.reference.into_string()));
        }
        None
    };
    let mut reader = Reader {
        markdown: text,
        places,
        builder: Builder::new(Policy::Prose),
        footnotes: HashMap::new(),
        undefined: Vec::new(),
        alignments: Vec::new(),
        column: 0,
        row: Row::Body,
        html: Segments::default(),
        code: None,
        picture: None,
    };
    let parser = Parser::new_with_broken_link_callback(text, OPTIONS, Some(note_undefined));
    for (event, range) in parser.into_offset_iter() {
        reader.event(event, range);
    }
    let Reader { builder, undefined: footnotes, .. } = reader;
    let (mut nodes, faults) = builder.finish();
    let mut hidden = Unseen::default();
    unseen::count(&mut nodes, source, &mut hidden);
    let place = |span: Span| Place::new(source, span);
    let mut remarks: Vec<Diagnostic> = faults.into_iter().map(|fault| diagnostic(fault, &place)).collect();
    for (range, reference) in undefined.into_inner() {
        remarks.push(diagnostics::undefined_reference(place(places.span(range)), &reference));
    }
    for (name, span) in footnotes {
        remarks.push(diagnostics::undefined_reference(place(span), &name));
    }
    remarks.extend(hidden.told(source));
    Checked { value: Draft { nodes }, diagnostics: remarks }
}

/// Whether a link without its definition was meant as one. `[text][name]` and `[text][]` are nothing else;
/// `[name]` may be words in brackets, unless it names a place of a record or holds a quotation.
fn is_meant(link: &BrokenLink<'_>, text: &str) -> bool {
    let reference = &*link.reference;
    match link.link_type {
        LinkType::ReferenceUnknown
        | LinkType::CollapsedUnknown
        | LinkType::Reference
        | LinkType::Collapsed => true,
        _ => {
            let is_place = ["p", "c", "n-", "^"].iter().any(|start| {
                reference.strip_prefix(start).is_some_and(|rest| {
                    *start == "n-" || *start == "^" || rest.starts_with(|c: char| c.is_ascii_digit())
                })
            });
            let first = text.get(link.span.start + 1..).and_then(|rest| rest.chars().next());
            is_place || first.is_some_and(|c| "“\"‘«„".contains(c))
        }
    }
}

/// What is said of markup that was not taken as written.
fn diagnostic(fault: Fault, place: &impl Fn(Span) -> Place) -> Diagnostic {
    let Fault { kind, span, count } = fault;
    let place = place(span);
    match kind {
        FaultKind::Element(name) => diagnostics::removed_html(place, &format!("<{name}>"), count),
        FaultKind::Attribute(element, name) => {
            diagnostics::removed_html(place, &format!("`{name}` of <{element}>"), count)
        }
        FaultKind::Misplaced(name) => {
            diagnostics::unbalanced_html(place, &format!("<{name}>"), "may not stand here", count)
        }
        FaultKind::Unclosed(name) => {
            diagnostics::unbalanced_html(place, &format!("<{name}>"), "is not closed", count)
        }
        FaultKind::Unopened(name) => {
            diagnostics::unbalanced_html(place, &format!("</{name}>"), "closes nothing", count)
        }
        FaultKind::TooDeep => diagnostics::markdown_too_deep(place),
    }
}

/// Which part of a table a row is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Row {
    Head,
    Body,
}

struct Reader<'p> {
    /// The Markdown.
    markdown: &'p str,
    places: &'p Places,
    builder: Builder,
    /// The numbers of footnotes, in the order in which they are first named.
    footnotes: HashMap<String, u32>,
    /// Marks of footnotes that are not written: to the parser they are words.
    undefined: Vec<(String, Span)>,
    alignments: Vec<Alignment>,
    column: usize,
    row: Row,
    /// The lines of the block of HTML that is being read.
    html: Segments,
    /// The block of code that is being read.
    code: Option<Code>,
    /// The picture that is being read: what is in it is its alternative text.
    picture: Option<(Link, String, usize)>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        if self.in_picture(&event) {
            return;
        }
        let span = self.places.span(range.clone());
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.lines.push((text.as_ref().into(), span)),
                None => {
                    self.undefined_footnote(&text, &range);
                    self.text(&text, &range);
                }
            },
            Event::Code(code) => {
                self.builder.open(Kind::Element("code", None), span);
                self.text(&code, &range);
                self.builder.close();
            }
            Event::Html(html) => self.html.push(&html, span),
            Event::InlineHtml(html) => self.builder.html(&Segments::of(&html, span)),
            Event::SoftBreak => self.builder.leaf(Kind::SoftBreak, span),
            Event::HardBreak => self.builder.leaf(Kind::HardBreak, span),
            Event::Rule => self.builder.leaf(Kind::Rule, span),
            Event::FootnoteReference(name) => {
                let number = self.footnote(&name);
                self.builder.leaf(Kind::FootnoteMark(number), span);
            }
            Event::TaskListMarker(done) => self.builder.text(if done { "☑ " } else { "☐ " }, span),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
        }
    }

    /// Notes a mark like `[^1]` that the parser has taken for words, since no footnote has its name.
    fn undefined_footnote(&mut self, text: &str, range: &Range<usize>) {
        let markdown = self.markdown;
        for (at, _) in text.match_indices('^') {
            // Where the words are not as typed (a character reference) there is no mark.
            let start = range.start + at;
            let before = &markdown[..start.min(markdown.len())];
            let is_mark =
                before.ends_with('[') && !before.ends_with("\\[") && markdown[start..].starts_with('^');
            let name = markdown.get(start..).and_then(|rest| rest.split_once(']')).map(|(name, _)| name);
            if let Some(name) = name.filter(|name| is_mark && name.len() > 1 && !name.contains(['\n', '['])) {
                let span = self.places.span(start - 1..start + name.len() + 1);
                self.undefined.push((name.to_owned(), span));
            }
        }
    }

    fn text(&mut self, text: &str, range: &Range<usize>) {
        let span = self.places.span(range.clone());
        self.builder.text(text, span);
    }

    /// Takes what stands in a picture for its alternative text.
    fn in_picture(&mut self, event: &Event<'_>) -> bool {
        let Some((_, alt, depth)) = &mut self.picture else { return false };
        match event {
            Event::Text(text) | Event::Code(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            Event::Start(_) => *depth += 1,
            Event::End(TagEnd::Image) if *depth == 0 => {
                if let Some((link, alt, _)) = self.picture.take() {
                    let span = link.span;
                    let picture = Picture { link, alt: alt.as_str().into() };
                    self.builder.leaf(Kind::Picture(Box::new(picture)), span);
                }
            }
            Event::End(_) => *depth -= 1,
            _ => {}
        }
        true
    }

    fn element(&mut self, name: &'static str, span: Span) {
        self.builder.open(Kind::Element(name, None), span);
    }

    fn with(&mut self, name: &'static str, attributes: Attributes, span: Span) {
        self.builder.open(Kind::Element(name, Some(Box::new(attributes))), span);
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph => self.element("p", span),
            Tag::Heading { level, id, .. } => {
                let id = id.as_deref().map(crate::text::slugify).filter(|id| !id.is_empty());
                // The page has the first level for itself.
                let name = ["h2", "h2", "h3", "h4", "h5", "h6"][level as usize - 1];
                match id {
                    Some(id) => self.with(name, Attributes { list: Vec::new(), id: Some(id.into()) }, span),
                    None => self.element(name, span),
                }
            }
            Tag::BlockQuote(None) => self.builder.open(Kind::BlockQuote(None), span),
            Tag::BlockQuote(Some(kind)) => {
                let callout = match kind {
                    BlockQuoteKind::Note => Callout::Note,
                    BlockQuoteKind::Tip => Callout::Tip,
                    BlockQuoteKind::Important => Callout::Important,
                    BlockQuoteKind::Warning => Callout::Warning,
                    BlockQuoteKind::Caution => Callout::Caution,
                };
                self.builder.open(Kind::Callout(callout), span);
            }
            Tag::CodeBlock(kind) => {
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or("").to_owned(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.code = Some(Code { language, lines: Vec::new(), span });
            }
            Tag::HtmlBlock => self.html = Segments::default(),
            Tag::List(None) => self.element("ul", span),
            Tag::List(Some(1)) => self.element("ol", span),
            Tag::List(Some(first)) => {
                let list = vec![("start", first.to_string().into())];
                self.with("ol", Attributes { list, id: None }, span);
            }
            Tag::Item => self.element("li", span),
            Tag::FootnoteDefinition(name) => {
                let number = self.footnote(&name);
                self.builder.open(Kind::Footnote(number), span);
            }
            Tag::DefinitionList => self.element("dl", span),
            Tag::DefinitionListTitle => self.element("dt", span),
            Tag::DefinitionListDefinition => self.element("dd", span),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.element("table", span);
            }
            Tag::TableHead => {
                (self.row, self.column) = (Row::Head, 0);
                self.element("thead", span);
                self.element("tr", span);
            }
            Tag::TableRow => {
                self.column = 0;
                self.element("tr", span);
            }
            Tag::TableCell => self.cell(span),
            Tag::Emphasis => self.element("em", span),
            Tag::Strong => self.element("strong", span),
            Tag::Strikethrough => self.element("del", span),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}").into(),
                    _ => Box::from(&*dest_url),
                };
                self.builder.open(Kind::Link(Box::new(link(target, &title, span))), span);
            }
            Tag::Image { dest_url, title, .. } => {
                self.picture = Some((link(Box::from(&*dest_url), &title, span), String::new(), 0));
            }
            // None of these is switched on.
            Tag::Superscript | Tag::Subscript | Tag::MetadataBlock(_) => self.element("span", span),
        }
    }

    fn cell(&mut self, span: Span) {
        let name = if self.row == Row::Head { "th" } else { "td" };
        let class = match self.alignments.get(self.column) {
            Some(Alignment::Right) => "right",
            Some(Alignment::Center) => "center",
            _ => return self.element(name, span),
        };
        self.with(name, Attributes { list: vec![("class", class.into())], id: None }, span);
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::CodeBlock => {
                if let Some(code) = self.code.take() {
                    self.code_block(&code);
                }
            }
            TagEnd::HtmlBlock => {
                let html = std::mem::take(&mut self.html);
                self.builder.html(&html);
            }
            TagEnd::TableHead => {
                self.builder.close();
                self.builder.close();
                self.row = Row::Body;
                self.element("tbody", Span::default());
            }
            TagEnd::Table => {
                self.builder.close();
                self.builder.close();
            }
            TagEnd::TableCell => {
                self.column += 1;
                self.builder.close();
            }
            _ => self.builder.close(),
        }
    }

    /// A block that names no language is no program but words in another face: they are in the tree.
    fn code_block(&mut self, Code { language, lines, span }: &Code) {
        let code: String = lines.iter().map(|(text, _)| &**text).collect();
        self.builder.open(Kind::CodeBlock(code_block(&code, language).into()), *span);
        for (text, span) in lines.iter().filter(|_| language.is_empty()) {
            self.builder.text(text.trim_end_matches('\n'), *span);
            self.builder.leaf(Kind::SoftBreak, *span);
        }
        self.builder.close();
    }

    fn footnote(&mut self, name: &str) -> u32 {
        let next = u32::try_from(self.footnotes.len() + 1).unwrap_or(u32::MAX);
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }
}

/// A block of code while it is read.
struct Code {
    language: String,
    lines: Vec<(Box<str>, Span)>,
    span: Span,
}

fn link(target: Box<str>, title: &str, span: Span) -> Link {
    Link { target, title: (!title.is_empty()).then(|| title.into()), span }
}

/// A block of code as HTML.
fn code_block(code: &str, language: &str) -> String {
    let mut html = String::from("<pre tabindex=\"0\"><code");
    let is_name = |c: char| c.is_ascii_alphanumeric() || "+-#_".contains(c);
    let is_known = !language.is_empty() && language.chars().all(is_name);
    if is_known {
        html.push_str(" class=\"language-");
        html.push_str(language);
        html.push('"');
    }
    html.push('>');
    match highlight::highlighted(code, language).filter(|_| is_known) {
        Some(highlighted) => html.push_str(&highlighted),
        None => {
            let _ = escape_html_body_text(&mut html, code);
        }
    }
    html.push_str("</code></pre>\n");
    html
}
