//! Reads the blocks of a Markdown transcript from the parser's events.

mod definitions;
mod markers;
mod raw_html;

use super::{front_matter, typed};
use crate::diagnostics::{
    Diagnostic, Place, bidi_control, control_character, second_title, underlined_words,
};
use crate::text::{Source, Span};
use crate::transcript::assembly::{Assembly, Repeated, plain};
use crate::transcript::conventions::{self, is_bracketed, speaker_heading, trimmed};
use crate::transcript::moments::Clock;
use crate::transcript::record::*;
use crate::transcript::{Text, Words, characters};
use definitions::is_address;
use jiff::civil::Time;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::cmp::Reverse;
use std::collections::HashSet;
use std::ops::Range;

/// The block whose words are being gathered.
enum Block {
    /// A paragraph that the parser marks.
    Paragraph,
    /// The words of a list item that is not parted by blank lines; the parser marks no paragraph.
    Tight,
    Heading(u8),
    /// The word after the fence.
    Code(Option<Box<str>>),
    /// A line over a rule, which makes no heading here.
    Underlined,
    /// Raw HTML: text as typed.
    Html,
    Table(Rows),
}

/// A table's shape so far.
#[derive(Default)]
struct Rows {
    columns: Box<[Align]>,
    cells: Vec<Span>,
    row_ends: Vec<u32>,
    head_rows: u32,
    cell_start: usize,
}

enum Container {
    Quote,
    /// With what the item's next block is marked with.
    Item(Marker),
    /// What only looks like an item: its number or dash is words, at this range until they are read.
    Typed(Option<Range<usize>>),
}

/// A marked-up part that has begun: where in the words, and what it will be.
struct Opened {
    start: usize,
    kind: OpenedKind,
}

enum OpenedKind {
    Inline(InlineKind),
    /// Brackets that are words: a reference to a link whose address is none.
    Brackets,
    /// Stars inside a word, which are words: so many at each end.
    Stars(usize),
}

/// What has been read so far.
pub(super) struct Reader<'s, 'd> {
    text: &'s str,
    record: Assembly<'s>,
    diagnostics: &'d mut Vec<Diagnostic>,
    containers: Vec<Container>,
    quotes: usize,
    items: usize,
    /// The block being read, and where it starts.
    block: Option<(Block, usize)>,
    words: Words,
    opened: Vec<Opened>,
    inlines: Vec<Inline>,
    /// Where the lists begin that are drawn as lists.
    lists: HashSet<usize>,
    /// Whether the items of the lists now open are drawn as items.
    drawn: Vec<bool>,
    /// Whether the title so far is that of the front matter, which a heading may put better.
    titled_above: bool,
    /// Where a comment began that has not ended.
    comment: Option<usize>,
    /// Whether a comment was taken out of the block being read.
    without_comment: bool,
    /// Where the last inline event ended.
    inline_end: usize,
    /// Up to where the source is accounted for.
    seen: usize,
    /// The last time stated, from which `4:05` takes its half of the day.
    near: Option<Time>,
}

impl<'s, 'd> Reader<'s, 'd> {
    /// A reader of what follows `body`, the end of the front matter.
    pub(super) fn new(source: &'s Source, body: usize, diagnostics: &'d mut Vec<Diagnostic>) -> Self {
        let mut record = Assembly::new(source);
        if body > 0 {
            record.furniture(FurnitureKind::FrontMatter, 0..body);
            front_matter::details(&source.text, body, &mut record);
        }
        let record_title = record.title.is_some();
        Reader {
            text: &source.text,
            record,
            diagnostics,
            containers: Vec::new(),
            quotes: 0,
            items: 0,
            block: None,
            words: Words::default(),
            opened: Vec::new(),
            inlines: Vec::new(),
            lists: typed::lists(&source.text[body..], body),
            drawn: Vec::new(),
            titled_above: record_title,
            comment: None,
            without_comment: false,
            inline_end: body,
            seen: body,
            near: None,
        }
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(words) => self.inline(&range, |reader| reader.text(&words, range.clone())),
            Event::Code(words) => self.inline(&range, |reader| {
                let start = reader.words.len();
                reader.words.push(reader.text, &words);
                reader.mark(start, InlineKind::Code);
            }),
            Event::Html(_) | Event::InlineHtml(_) => {
                self.inline(&range, |reader| reader.html(range.clone()));
            }
            Event::SoftBreak | Event::HardBreak => {
                self.inline(&range, |reader| match &reader.text[range.clone()] {
                    "\n" => reader.words.push_source(reader.text, range.clone()),
                    _ => reader.words.push(reader.text, "\n"),
                });
            }
            Event::Rule => {
                self.end_tight();
                self.account_for(range.start);
                self.seen = range.end;
            }
            // None of these is switched on.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    pub(super) fn finish(mut self) -> Transcript {
        self.end_tight();
        self.account_for(self.text.len());
        self.record.finish("markdown")
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.begin(Block::Paragraph, range.start),
            Tag::Heading { level, .. } => {
                let block = if self.text[range.start..].starts_with('#') || self.may_be_title(level as u8) {
                    Block::Heading(level as u8)
                } else {
                    Block::Underlined
                };
                self.begin(block, range.start);
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) if !info.trim().is_empty() => Some(info.trim().into()),
                    CodeBlockKind::Fenced(_) | CodeBlockKind::Indented => None,
                };
                self.begin(Block::Code(info), range.start);
            }
            Tag::HtmlBlock => self.begin(Block::Html, range.start),
            Tag::Table(columns) => {
                let columns = columns.into_iter().map(align).collect();
                self.begin(Block::Table(Rows { columns, ..Rows::default() }), range.start);
            }
            Tag::TableHead | Tag::TableRow => {
                self.inline_end = range.start;
                self.in_table(|rows, words, text| {
                    if !rows.row_ends.is_empty() {
                        words.push(text, "\n");
                    }
                });
            }
            Tag::TableCell => {
                self.inline_end = range.start;
                self.in_table(start_cell);
            }
            Tag::BlockQuote(_) => {
                self.begin_container(range.start);
                self.quotes += 1;
                self.containers.push(Container::Quote);
            }
            Tag::List(_) => {
                self.end_tight();
                self.account_for(range.start);
                self.drawn.push(self.lists.contains(&range.start));
            }
            Tag::Item if self.drawn.last() == Some(&true) => {
                self.begin_container(range.start);
                self.items += 1;
                self.containers.push(Container::Item(Marker::Bullet));
            }
            Tag::Item => {
                self.end_tight();
                self.account_for(range.start);
                let start = trimmed(self.text, range.clone()).start;
                let marker = start..start + typed::marker(&self.text[start..range.end]);
                self.containers.push(Container::Typed(Some(marker)));
            }
            Tag::Emphasis => self.open_stars(InlineKind::Emphasis, &range),
            Tag::Strong => self.open_stars(InlineKind::Strong, &range),
            Tag::Link { link_type, dest_url, title, .. } => {
                self.open_link(link_type, &dest_url, &title, range, "[")
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                self.open_link(link_type, &dest_url, &title, range, "![")
            }
            // None of these is switched on.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Paragraph
            | TagEnd::HtmlBlock
            | TagEnd::CodeBlock
            | TagEnd::Heading(_)
            | TagEnd::Table => {
                self.end_block(range.end);
            }
            TagEnd::TableCell => {
                self.inline_end = range.end;
                self.in_table(end_cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(tag == TagEnd::TableHead, range.end),
            TagEnd::BlockQuote(_) => {
                self.end_container(range.end);
                self.quotes -= 1;
            }
            TagEnd::Item => self.end_container(range.end),
            TagEnd::List(_) => {
                self.end_tight();
                self.drawn.pop();
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => {
                if let Some(Opened { start, kind }) = self.opened.pop() {
                    match kind {
                        OpenedKind::Inline(kind) => self.mark(start, kind),
                        OpenedKind::Brackets => {
                            self.words.push_source(self.text, self.inline_end.min(range.end)..range.end);
                        }
                        OpenedKind::Stars(count) => {
                            self.words.push_source(self.text, range.end - count..range.end);
                        }
                    }
                }
                self.inline_end = range.end;
            }
            _ => {}
        }
    }

    /// Starts a block that holds words.
    fn begin(&mut self, block: Block, start: usize) {
        self.end_tight();
        self.account_for(start);
        let takes_marker = !matches!(block, Block::Code(_) | Block::Table(_));
        let start = if takes_marker { self.push_markers(start) } else { start };
        if !takes_marker {
            self.end_markers();
        }
        self.inline_end = start;
        self.block = Some((block, start));
    }

    fn begin_container(&mut self, start: usize) {
        self.end_tight();
        self.account_for(start);
        self.end_markers();
    }

    fn end_container(&mut self, end: usize) {
        self.end_tight();
        self.account_for(end);
        self.end_markers();
        if let Some(Container::Item(_)) = self.containers.pop() {
            self.items -= 1;
        }
    }

    fn end_tight(&mut self) {
        if matches!(self.block, Some((Block::Tight, _))) {
            self.end_block(self.inline_end);
        }
    }

    /// Does something with an inline event, in the block that it belongs to.
    fn inline(&mut self, range: &Range<usize>, push: impl FnOnce(&mut Self)) {
        if self.block.is_none() {
            self.begin(Block::Tight, range.start);
        }
        push(self);
        self.inline_end = range.end;
    }

    fn text(&mut self, words: &str, range: Range<usize>) {
        let typed = &self.text[range.clone()];
        if typed == words {
            self.words.push_source(self.text, range);
            return;
        }
        // An entity. One that stands for an unseen character stays as typed.
        let place = Place::new(self.record.source, Span::new(range.clone()));
        if let Some((_, control)) = characters::first_control(words) {
            self.diagnostics.push(control_character(place, control, 1));
            self.words.push_source(self.text, range);
        } else if let Some((_, control)) = characters::first_bidi(words) {
            self.diagnostics.push(bidi_control(place, control, 1));
            self.words.push_source(self.text, range);
        } else {
            self.words.push(self.text, &words.replace("\r\n", "\n"));
        }
    }

    fn open(&mut self, kind: InlineKind, range: &Range<usize>) {
        self.inline(range, |reader| {
            reader.opened.push(Opened { start: reader.words.len(), kind: OpenedKind::Inline(kind) });
        });
        self.inline_end = range.start;
    }

    /// Whether a heading of this level here would be the debate's title.
    fn may_be_title(&self, level: u8) -> bool {
        let untitled = self.record.title.is_none() || self.titled_above;
        level == 1 && self.containers.is_empty() && self.record.is_at_the_start() && untitled
    }

    /// A link, or a picture, of which the record keeps the words for it and the address.
    fn open_link(&mut self, kind: LinkType, href: &str, title: &str, range: Range<usize>, bracket: &str) {
        let is_reference = matches!(kind, LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut);
        if !is_reference || is_address(href) {
            let title = Some(title).filter(|title| !title.is_empty()).map(Into::into);
            self.open(InlineKind::Link(Box::new(Link { href: href.into(), title })), &range);
            return;
        }
        let typed = range.start..range.start + bracket.len();
        self.inline(&typed, |reader| {
            let start = reader.words.len();
            reader.words.push_source(reader.text, typed.clone());
            reader.opened.push(Opened { start, kind: OpenedKind::Brackets });
        });
    }

    fn mark(&mut self, start: usize, kind: InlineKind) {
        if start < self.words.len() {
            self.inlines.push(Inline { range: Span::new(start..self.words.len()), kind });
        }
    }

    fn end_block(&mut self, end: usize) {
        let Some((mut block, start)) = self.block.take() else { return };
        self.seen = self.seen.max(end);
        if matches!(block, Block::Html) {
            self.end_html(end);
        }
        let mut inlines = std::mem::take(&mut self.inlines);
        self.opened.clear();
        let mut text = self.words.take(self.text);
        if std::mem::take(&mut self.without_comment) && !matches!(block, Block::Table(_)) {
            text = text.map(|text| self.without_ends(text, &inlines));
        }
        if text.is_none() && matches!(block, Block::Heading(_)) && self.containers.is_empty() {
            // A heading without words says that nobody is named from here on.
            self.record.nobody_speaks();
            self.record.furniture(FurnitureKind::EmptyHeading, trimmed(self.text, start..end));
        }
        if text.is_none() && matches!(block, Block::Code(Some(_))) {
            // Words after a fence with nothing in it: most likely words, and no fence.
            let line = self.text[start..end].lines().next().unwrap_or_default();
            text = Some(Text::Slice(Span::new(trimmed(self.text, start..start + line.len()))));
            block = Block::Paragraph;
        }
        let Some(text) = text else { return };
        if inlines.len() > 1 {
            inlines.sort_by_key(|inline| (inline.range.start, Reverse(inline.range.end)));
        }
        let span = trimmed(self.text, start..end);
        let kind = match block {
            Block::Heading(level) if self.containers.is_empty() => return self.heading(level, text, span),
            // A heading in something read out names nobody who speaks here.
            Block::Heading(_) | Block::Paragraph | Block::Tight => self.kind_here(),
            Block::Underlined => {
                self.report_underlined(&span);
                self.kind_here()
            }
            Block::Html => {
                self.report_swallowed(&text, &span, "HTML block");
                self.kind_here()
            }
            Block::Code(info) => {
                self.report_swallowed(&text, &span, "code block");
                self.kind_here();
                ParagraphKind::Code(info)
            }
            Block::Table(rows) => {
                self.kind_here();
                ParagraphKind::Table(Box::new(Table {
                    columns: rows.columns,
                    cells: rows.cells.into(),
                    row_ends: rows.row_ends.into(),
                    head_rows: rows.head_rows,
                }))
            }
        };
        let is_narrative = kind == ParagraphKind::Quotation && is_bracketed(text.of(self.record.source));
        let paragraph = Paragraph {
            kind: if is_narrative { ParagraphKind::Procedural } else { kind },
            nesting: self.nesting(),
            text,
            inlines: inlines.into(),
            language: None,
            span: Span::new(span),
        };
        if is_narrative {
            self.record.procedural(paragraph);
        } else {
            self.record.paragraph(paragraph);
        }
    }

    /// What a paragraph is by what it stands in. An item's marker is spent.
    fn kind_here(&mut self) -> ParagraphKind {
        let last = self.containers.iter_mut().rev().find(|it| !matches!(it, Container::Typed(_)));
        match last {
            None | Some(Container::Typed(_)) => ParagraphKind::Plain,
            Some(Container::Quote) => ParagraphKind::Quotation,
            Some(Container::Item(marker)) => {
                ParagraphKind::ListItem(std::mem::replace(marker, Marker::Continued))
            }
        }
    }

    /// White space at the end, where a comment was taken out before it or after it.
    fn without_ends(&self, text: Text, inlines: &[Inline]) -> Text {
        let words = text.of(self.record.source);
        let last = inlines.iter().map(|inline| inline.range.range().end).max().unwrap_or(0);
        let end = words.trim_end_matches([' ', '\t', '\n']).len().max(last);
        let start = if inlines.is_empty() { words.len() - words.trim_start_matches('\n').len() } else { 0 };
        if (start, end) == (0, words.len()) { text } else { text.part(start..end.max(start)) }
    }

    fn report_underlined(&mut self, span: &Range<usize>) {
        let line = self.text[span.clone()].lines().next().unwrap_or_default();
        let place = Place::new(self.record.source, Span::new(span.start..span.start + line.trim_end().len()));
        self.diagnostics.push(underlined_words(place));
    }

    fn nesting(&self) -> Nesting {
        let bounded = |depth: usize| u8::try_from(depth).unwrap_or(u8::MAX).min(Nesting::DEEPEST);
        Nesting { quotes: bounded(self.quotes), lists: bounded(self.items) }
    }

    fn heading(&mut self, level: u8, text: Text, span: Range<usize>) {
        let words = text.of(self.record.source);
        let speaker = if level == 3 { speaker_heading(words) } else { None };
        if let Some(parts) = speaker {
            let time = parts.time.map(|range| {
                let value = Clock::parse(&words[range.clone()]).and_then(|clock| clock.time(self.near));
                self.near = value.or(self.near);
                Stated { text: text.part(range), value }
            });
            let label = Label {
                naming: Naming::Printed,
                name: text.part(parts.name),
                detail: parts.detail.map(|detail| text.part(detail)),
                id: None,
                role: Role::Speaker,
                span: Span::new(span),
            };
            let start = label.span.start;
            self.record.speaker(label, time, start, Repeated::Continues);
            return;
        }
        let is_first = self.may_be_title(level);
        match conventions::chair(words) {
            Some(name) if self.record.is_at_the_start() && self.record.details.chair.is_none() => {
                self.record.details.chair = Some(text.part(name));
                self.record.furniture(FurnitureKind::Chair, span);
            }
            Some(_) => {
                let kind = ParagraphKind::Procedural;
                self.record.nobody_speaks();
                self.record.procedural(plain(kind, text, span));
            }
            None if is_first => {
                self.record.title = Some(text);
                self.titled_above = false;
            }
            None => {
                if level == 1 {
                    let place = Place::new(self.record.source, Span::new(span.clone()));
                    self.diagnostics.push(second_title(place, text.of(self.record.source)));
                }
                self.record.heading(level, text, span);
            }
        }
    }

    fn in_table(&mut self, change: impl FnOnce(&mut Rows, &mut Words, &str)) {
        if let Some((Block::Table(rows), _)) = &mut self.block {
            change(rows, &mut self.words, self.text);
        }
    }

    /// Ends a row of a table. Cells beyond the head's, which Markdown would drop, are kept.
    fn end_row(&mut self, is_head: bool, end: usize) {
        let rest = self.inline_end.min(end)..end;
        self.in_table(|rows, words, text| {
            for cell in text[rest].split('|').map(str::trim).filter(|cell| !cell.is_empty()) {
                start_cell(rows, words, text);
                words.push(text, cell);
                end_cell(rows, words, text);
            }
            rows.row_ends.push(count(rows.cells.len()));
            rows.head_rows += u32::from(is_head);
        });
        self.inline_end = end;
    }
}

fn start_cell(rows: &mut Rows, words: &mut Words, text: &str) {
    let row_start = rows.row_ends.last().map_or(0, |end| *end as usize);
    if rows.cells.len() > row_start {
        words.push(text, "\t");
    }
    rows.cell_start = words.len();
}

fn end_cell(rows: &mut Rows, words: &mut Words, _: &str) {
    rows.cells.push(Span::new(rows.cell_start..words.len()));
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("a source has fewer than 2^32 bytes, so fewer cells")
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None => Align::Natural,
        Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}
