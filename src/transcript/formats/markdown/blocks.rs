//! Reads the blocks of a Markdown transcript from the parser's events.

use super::names_a_speaker;
use crate::diagnostics::{Diagnostic, Place, bidi_control, control_character, swallowed_speaker};
use crate::text::{Source, Span};
use crate::transcript::assembly::{Assembly, Repeated, plain};
use crate::transcript::conventions::{self, is_bracketed, speaker_heading, trimmed};
use crate::transcript::moments::Clock;
use crate::transcript::record::*;
use crate::transcript::{Text, Words, characters};
use jiff::civil::Time;
use pulldown_cmark::{Alignment, CodeBlockKind, Event, LinkType, Tag, TagEnd};
use std::cmp::Reverse;
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
        }
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
                self.inline(&range, |reader| reader.words.push_source(reader.text, range.clone()));
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
            Tag::Heading { level, .. } => self.begin(Block::Heading(level as u8), range.start),
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
            Tag::List(_) => self.begin_container(range.start),
            Tag::Item => {
                self.begin_container(range.start);
                self.items += 1;
                self.containers.push(Container::Item(marker(&self.text[range.start..])));
            }
            Tag::Emphasis => self.open(InlineKind::Emphasis, &range),
            Tag::Strong => self.open(InlineKind::Strong, &range),
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
            TagEnd::Item => {
                self.end_container(range.end);
                self.items -= 1;
            }
            TagEnd::List(_) => self.end_tight(),
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Link | TagEnd::Image => {
                if let Some(Opened { start, kind }) = self.opened.pop() {
                    match kind {
                        OpenedKind::Inline(kind) => self.mark(start, kind),
                        OpenedKind::Brackets => {
                            self.words.push_source(self.text, self.inline_end.min(range.end)..range.end);
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
        self.inline_end = start;
        self.block = Some((block, start));
    }

    fn begin_container(&mut self, start: usize) {
        self.end_tight();
        self.account_for(start);
    }

    fn end_container(&mut self, end: usize) {
        self.end_tight();
        self.account_for(end);
        self.containers.pop();
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
        let mut inlines = std::mem::take(&mut self.inlines);
        self.opened.clear();
        let mut text = self.words.take(self.text);
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
        match self.containers.last_mut() {
            None => ParagraphKind::Plain,
            Some(Container::Quote) => ParagraphKind::Quotation,
            Some(Container::Item(marker)) => {
                ParagraphKind::ListItem(std::mem::replace(marker, Marker::Continued))
            }
        }
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
        let is_first = self.record.is_at_the_start() && self.record.title.is_none() && level == 1;
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
            None if is_first => self.record.title = Some(text),
            None => self.record.heading(level, text, span),
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

    fn report_swallowed(&mut self, text: &Text, span: &Range<usize>, swallower: &str) {
        if text.of(self.record.source).lines().any(names_a_speaker) {
            let first_line =
                self.text[span.clone()].find('\n').map_or(span.end, |length| span.start + length);
            let place = Place::new(self.record.source, Span::new(span.start..first_line));
            self.diagnostics.push(swallowed_speaker(place, swallower));
        }
    }

    /// Looks through what lies between the last block and `upto`, where the parser has found no
    /// words. The definition of a link is taken out of the text in silence, and what looks like one
    /// may be words: `[laughs]: Yes`.
    fn account_for(&mut self, upto: usize) {
        let gap = self.seen..upto.max(self.seen);
        self.seen = gap.end;
        if gap.len() < "[a]:b".len() || !self.text[gap.clone()].contains("]:") {
            return;
        }
        let mut definition: Option<Range<usize>> = None;
        let mut at = gap.start;
        for line in self.text[gap].split_inclusive('\n') {
            let range = unmarked(self.text, at..at + line.len());
            at += line.len();
            let starts = self.text[range.clone()].starts_with('[');
            if (starts || range.is_empty())
                && let Some(range) = definition.take()
            {
                self.definition(range);
            }
            if !range.is_empty() {
                definition = Some(definition.map_or(range.start, |before| before.start)..range.end);
            }
        }
        if let Some(range) = definition {
            self.definition(range);
        }
    }

    fn definition(&mut self, range: Range<usize>) {
        let typed = &self.text[range.clone()];
        let address = typed.split_once("]:").map(|(_, rest)| rest.trim_start().trim_start_matches('<'));
        if address.is_some_and(is_address) {
            self.record.furniture(FurnitureKind::LinkDefinition, range);
            return;
        }
        let mut at = range.start;
        for line in typed.split_inclusive('\n') {
            if at > range.start {
                self.words.push(self.text, "\n");
            }
            self.words.push_source(self.text, unmarked(self.text, at..at + line.len()));
            at += line.len();
        }
        self.block = Some((Block::Paragraph, range.start));
        self.end_block(range.end);
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

/// The marker that an item begins with, its number as typed.
fn marker(item: &str) -> Marker {
    let digits = item.len() - item.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    item[..digits].parse().map_or(Marker::Bullet, Marker::Number)
}

/// A line without white space at its ends and without the markers of quotes and items before it.
fn unmarked(text: &str, line: Range<usize>) -> Range<usize> {
    let mut words = text[line.clone()].trim();
    let end = line.start + text[line].trim_end().len();
    loop {
        let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = if number.len() < words.len() {
            number.strip_prefix(['.', ')'])
        } else {
            words.strip_prefix(['-', '+', '*'])
        };
        let rest = words.strip_prefix('>').or_else(|| item.filter(|rest| rest.starts_with([' ', '\t'])));
        match rest {
            Some(rest) => words = rest.trim_start(),
            None => return end - words.len()..end,
        }
    }
}

/// Whether `href` is meant as an address, and is no word.
fn is_address(href: &str) -> bool {
    ["#", "/", "./", "../", "mailto:", "tel:"].iter().any(|start| href.starts_with(start))
        || href.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}
