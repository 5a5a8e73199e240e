//! Events of a Markdown text, written once as HTML with marks where the holes are.

use super::draft::{Attribution, Draft, DraftPiece, Link, LinkKind, Places, Quotation, QuotationForm};
use super::{OPTIONS, highlight, quotations, sanitise};
use crate::diagnostics::Checked;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, LinkType, Parser, Tag, TagEnd};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;

/// A mark in the text that is being written: `OPEN` letter number `CLOSE`. Both are private-use
/// characters, which an author's text loses before it gets here.
pub(super) const OPEN: char = '\u{F0000}';
pub(super) const CLOSE: char = '\u{F0001}';

/// How deep blocks may nest: `> ` repeated costs more output with every level.
const NESTING_LIMIT: usize = 32;

pub(super) fn write(text: &str, places: &Places) -> Checked<Draft> {
    let clean;
    let text = if text.contains([OPEN, CLOSE]) {
        // Four bytes for four, so that places stay right.
        clean = text.replace([OPEN, CLOSE], "\u{FFFD} ");
        &clean
    } else {
        text
    };
    let events: Vec<(Event<'_>, Range<usize>)> = Parser::new_ext(text, OPTIONS).into_offset_iter().collect();
    let mut writer = Writer {
        places,
        out: String::with_capacity(text.len() * 3 / 2),
        draft: Draft::default(),
        footnotes: HashMap::new(),
        codes: Vec::new(),
        raw: Raw::None,
        alignments: Vec::new(),
        column: 0,
        in_head: false,
        depth: 0,
    };
    writer.events(&events);
    quotations::collect(&events, places, &mut writer.draft);
    writer.finish()
}

/// Whether the author wrote HTML by hand.
#[derive(PartialEq)]
enum Raw {
    None,
    Some,
}

struct Writer<'p> {
    places: &'p Places,
    out: String,
    draft: Draft,
    footnotes: HashMap<String, usize>,
    /// Highlighted code, kept away from the sanitiser.
    codes: Vec<String>,
    raw: Raw,
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    depth: usize,
}

impl Writer<'_> {
    fn mark(&mut self, letter: char, number: usize) {
        let _ = write!(self.out, "{OPEN}{letter}{number}{CLOSE}");
    }

    fn events(&mut self, events: &[(Event<'_>, Range<usize>)]) {
        let mut at = 0;
        while let Some((event, range)) = events.get(at) {
            match event {
                Event::Start(Tag::BlockQuote(kind)) => {
                    let end = matching_end(events, at);
                    self.block_quote(*kind, &events[at + 1..end], range);
                    at = end;
                }
                Event::Start(Tag::CodeBlock(kind)) => {
                    let end = matching_end(events, at);
                    self.code_block(kind, &events[at + 1..end]);
                    at = end;
                }
                Event::Start(Tag::Image { dest_url, title, .. }) => {
                    let end = matching_end(events, at);
                    self.image(dest_url, title, range, &events[at + 1..end]);
                    at = end;
                }
                Event::Start(tag) => self.start(tag, range),
                Event::End(tag) => self.end(tag),
                Event::Text(text) => {
                    let _ = escape_html_body_text(&mut self.out, text);
                    self.draft.plain.push_str(text);
                }
                Event::Code(code) => {
                    self.out.push_str("<code>");
                    let _ = escape_html_body_text(&mut self.out, code);
                    self.out.push_str("</code>");
                    self.draft.plain.push_str(code);
                }
                Event::Html(html) | Event::InlineHtml(html) => {
                    self.raw = Raw::Some;
                    self.out.push_str(html);
                }
                Event::SoftBreak => {
                    self.out.push('\n');
                    self.draft.plain.push(' ');
                }
                Event::HardBreak => {
                    self.out.push_str("<br>\n");
                    self.draft.plain.push(' ');
                }
                Event::Rule => self.out.push_str("<hr>\n"),
                Event::FootnoteReference(name) => self.footnote_reference(name),
                Event::TaskListMarker(done) => self.out.push_str(if *done { "☑ " } else { "☐ " }),
                Event::InlineMath(text) | Event::DisplayMath(text) => {
                    let _ = escape_html_body_text(&mut self.out, text);
                }
            }
            at += 1;
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, id, .. } => {
                // The page has the first level for itself.
                let level = (*level as usize).clamp(2, 6);
                let _ = write!(self.out, "<h{level}");
                if let Some(id) = id.as_deref().map(crate::text::slugify).filter(|id| !id.is_empty()) {
                    self.out.push_str(" id=\"");
                    self.mark('P', 0);
                    let _ = write!(self.out, "h-{id}\"");
                }
                self.out.push('>');
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.out, "<ol start=\"{first}\">");
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                let number = self.footnote(name);
                self.out.push_str("<div class=\"");
                self.out.push(OPEN);
                self.out.push(CLOSE);
                self.out.push_str("footnote\" id=\"");
                self.mark('P', 0);
                let _ = write!(self.out, "fn-{number}\"><sup>{number}</sup> ");
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => {
                self.alignments = alignments.clone();
                self.mark('T', 0);
                self.out.push_str("<table>");
            }
            Tag::TableHead => {
                self.in_head = true;
                self.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => {
                self.column = 0;
                self.out.push_str("<tr>");
            }
            Tag::TableCell => {
                self.out.push_str(if self.in_head { "<th" } else { "<td" });
                let class = match self.alignments.get(self.column) {
                    Some(Alignment::Right) => "right",
                    Some(Alignment::Center) => "center",
                    _ => "",
                };
                if !class.is_empty() {
                    let _ = write!(self.out, " class=\"{OPEN}{CLOSE}{class}\"");
                }
                self.out.push('>');
            }
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let target = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                let number = self.link(target, range, LinkKind::Reference);
                self.out.push_str("<a href=\"");
                self.mark('A', number);
                self.out.push('"');
                if !title.is_empty() {
                    self.out.push_str(" title=\"");
                    let _ = escape_html(&mut self.out, title);
                    self.out.push('"');
                }
                self.out.push('>');
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: &TagEnd) {
        let html = match tag {
            TagEnd::Paragraph => "</p>\n",
            TagEnd::Heading(level) => {
                let level = (*level as usize).clamp(2, 6);
                let _ = writeln!(self.out, "</h{level}>");
                ""
            }
            TagEnd::List(false) => "</ul>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::FootnoteDefinition => "</div>\n",
            TagEnd::DefinitionList => "</dl>\n",
            TagEnd::DefinitionListTitle => "</dt>\n",
            TagEnd::DefinitionListDefinition => "</dd>\n",
            TagEnd::Table => {
                self.out.push_str("</tbody></table>");
                self.mark('U', 0);
                "\n"
            }
            TagEnd::TableHead => "</tr></thead><tbody>\n",
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell if self.in_head => "</th>",
            TagEnd::TableCell => "</td>",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link => "</a>",
            _ => "",
        };
        self.out.push_str(html);
        match tag {
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableCell => self.column += 1,
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.draft.plain.push('\n'),
            _ => {}
        }
    }

    fn link(&mut self, target: String, range: &Range<usize>, kind: LinkKind) -> usize {
        self.draft.links.push(Link { target, span: self.places.span(range.clone()), kind });
        self.draft.links.len() - 1
    }

    fn block_quote(
        &mut self,
        kind: Option<BlockQuoteKind>,
        inner: &[(Event<'_>, Range<usize>)],
        range: &Range<usize>,
    ) {
        self.depth += 1;
        if self.depth > NESTING_LIMIT {
            self.depth -= 1;
            return;
        }
        if let Some(kind) = kind {
            let (class, label) = match kind {
                BlockQuoteKind::Note => ("note", "Note"),
                BlockQuoteKind::Tip => ("tip", "Tip"),
                BlockQuoteKind::Important => ("important", "Important"),
                BlockQuoteKind::Warning => ("warning", "Warning"),
                BlockQuoteKind::Caution => ("caution", "Caution"),
            };
            let _ = writeln!(
                self.out,
                "<div class=\"{OPEN}{CLOSE}callout {class}\"><p><strong>{label}.</strong></p>"
            );
            self.events(inner);
            self.out.push_str("</div>\n");
        } else {
            let number = self.draft.quotations.len();
            let (words, attribution) = quotations::block(inner);
            let is_top = self.depth == 1;
            if is_top {
                self.draft.quotations.push(Quotation {
                    words,
                    span: self.places.span(range.clone()),
                    form: QuotationForm::BareBlock,
                });
                self.mark('B', number);
            }
            let link_before = self.draft.links.len();
            self.out.push_str("<blockquote>\n");
            self.events(inner);
            self.out.push_str("</blockquote>\n");
            if is_top {
                self.mark('E', 0);
                if let Some((name, place)) = attribution.filter(|_| self.draft.links.len() > link_before) {
                    self.draft.quotations[number].form = QuotationForm::Block(Attribution {
                        name,
                        link: self.draft.links.len() - 1,
                        span: self.places.span(place),
                    });
                }
            }
        }
        self.depth -= 1;
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>, inner: &[(Event<'_>, Range<usize>)]) {
        let code: String = inner
            .iter()
            .filter_map(|(event, _)| if let Event::Text(text) = event { Some(&**text) } else { None })
            .collect();
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or("").to_owned(),
            CodeBlockKind::Indented => String::new(),
        };
        let mut html = String::from("<pre tabindex=\"0\"><code");
        let known =
            language.chars().all(|c| c.is_ascii_alphanumeric() || "+-#_".contains(c)) && !language.is_empty();
        if known {
            let _ = write!(html, " class=\"language-{language}\"");
        }
        html.push('>');
        match highlight::highlighted(&code, &language).filter(|_| known) {
            Some(highlighted) => html.push_str(&highlighted),
            None => {
                let _ = escape_html_body_text(&mut html, &code);
            }
        }
        html.push_str("</code></pre>\n");
        self.codes.push(html);
        self.mark('C', self.codes.len() - 1);
    }

    fn image(
        &mut self,
        target: &str,
        title: &str,
        range: &Range<usize>,
        inner: &[(Event<'_>, Range<usize>)],
    ) {
        let number = self.link(target.to_owned(), range, LinkKind::Picture);
        let mut html = String::from("\" alt=\"");
        let alt: String = inner
            .iter()
            .filter_map(|(event, _)| match event {
                Event::Text(text) | Event::Code(text) => Some(&**text),
                Event::SoftBreak | Event::HardBreak => Some(" "),
                _ => None,
            })
            .collect();
        let _ = escape_html(&mut html, &alt);
        if !title.is_empty() {
            html.push_str("\" title=\"");
            let _ = escape_html(&mut html, title);
        }
        html.push_str("\" loading=\"lazy\">");
        // Kept from the sanitiser, which would take every picture out.
        self.codes.push(html);
        self.mark('I', number);
        self.mark('C', self.codes.len() - 1);
    }

    fn footnote(&mut self, name: &str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(name.to_owned()).or_insert(next)
    }

    fn footnote_reference(&mut self, name: &str) {
        let number = self.footnote(name);
        self.out.push_str("<sup><a href=\"#");
        self.mark('P', 0);
        let _ = write!(self.out, "fn-{number}\">{number}</a></sup>");
    }

    fn finish(mut self) -> Checked<Draft> {
        if self.raw == Raw::Some {
            self.out = sanitise::clean(&self.out);
        }
        let mut pieces = Pieces { codes: &self.codes, rest: &self.out };
        self.draft.pieces = pieces.until_end();
        let mut plain = std::mem::take(&mut self.draft.plain);
        plain.truncate(plain.trim_end().len());
        self.draft.plain = plain;
        Checked::fine(self.draft)
    }
}

/// Splits the written text at its marks.
struct Pieces<'t> {
    codes: &'t [String],
    rest: &'t str,
}

impl Pieces<'_> {
    fn until_end(&mut self) -> Vec<DraftPiece> {
        let mut pieces = Vec::new();
        let mut html = String::new();
        let flush = |html: &mut String, pieces: &mut Vec<DraftPiece>| {
            if !html.is_empty() {
                pieces.push(DraftPiece::Html(std::mem::take(html).into()));
            }
        };
        while let Some(open) = self.rest.find(OPEN) {
            html.push_str(&self.rest[..open]);
            let after = &self.rest[open + OPEN.len_utf8()..];
            let Some(close) = after.find(CLOSE) else { break };
            let mark = &after[..close];
            self.rest = &after[close + CLOSE.len_utf8()..];
            let (letter, number) = mark.split_at(mark.len().min(1));
            let number: usize = number.parse().unwrap_or(0);
            match letter {
                "A" => {
                    flush(&mut html, &mut pieces);
                    pieces.push(DraftPiece::Address(number));
                }
                "I" => {
                    html.push_str("<img src=\"");
                    flush(&mut html, &mut pieces);
                    pieces.push(DraftPiece::Address(number));
                }
                "P" => {
                    flush(&mut html, &mut pieces);
                    pieces.push(DraftPiece::IdPrefix);
                }
                // What may be wider than the page scrolls in itself, by keys too.
                "T" => html.push_str("<div class=\"scroll\" tabindex=\"0\">"),
                "U" => html.push_str("</div>"),
                "C" => html.push_str(self.codes.get(number).map_or("", String::as_str)),
                "B" => {
                    flush(&mut html, &mut pieces);
                    let inner = self.until_end();
                    pieces.push(DraftPiece::BlockQuotation(number, inner.into()));
                }
                "E" => {
                    flush(&mut html, &mut pieces);
                    return pieces;
                }
                _ => {}
            }
        }
        html.push_str(self.rest);
        self.rest = "";
        flush(&mut html, &mut pieces);
        pieces
    }
}

/// The index of the event that ends what the event at `start` begins.
pub(super) fn matching_end(events: &[(Event<'_>, Range<usize>)], start: usize) -> usize {
    let mut depth = 0usize;
    for (at, (event, _)) in events.iter().enumerate().skip(start) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => {
                depth -= 1;
                if depth == 0 {
                    return at;
                }
            }
            _ => {}
        }
    }
    events.len() - 1
}
