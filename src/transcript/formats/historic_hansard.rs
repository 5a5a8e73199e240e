//! Historic Hansard, 1803 to 2005, as the volumes were keyed: sections in sections, columns and
//! images in the middle of paragraphs, `member` and `membercontribution` in a `p`.
//!
//! Decided here: a `p` without a `member` is nobody's words. The keyers ended a paragraph of a speech
//! with a line break, so a line break in a contribution after the end of a sentence begins a new
//! paragraph; beside a column or an image it does not. The colon after a member is the label's, and so
//! is the asterisk before one (the volumes' mark for a speech that its speaker had revised).

use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::conventions;
use crate::transcript::record::*;
use crate::transcript::xml::{Blocks, Element, Milestone, Node, Treat, document, html_inline};

const ROOTS: [&str; 7] = [
    "hansard",
    "housecommons",
    "houselords",
    "westminsterhall",
    "writtenanswers",
    "commonsmonthly",
    "sittings",
];

/// Whether the outermost element is that of a sitting, or of a volume with sittings in it: other
/// Parliaments call theirs `hansard` too.
pub(super) fn recognise(text: &str) -> bool {
    let volume = super::begins_with_element(text, &ROOTS[..1]);
    super::begins_with_element(text, &ROOTS[1..]) || (volume && super::has_element(text, &ROOTS[1..]))
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader {
        blocks: Blocks::new(source),
        source,
        column: None,
        title: None,
        answers: Answers::No,
        cut: None,
        pending: None,
    };
    if let Some(tree) = document(source, &ROOTS, diagnostics) {
        let root = tree.root();
        reader.title = only_title(root);
        // A part of a sitting has no title of the House: its outermost element is the House.
        let house = root.descendants().find_map(|element| house_of(element.name()));
        reader.blocks.record.details.house = house.map(|house| Text::Owned(house.into()));
        reader.container(root, 0);
    }
    reader.blocks.finish("historic-hansard")
}

/// The House whose sitting an element holds.
fn house_of(element: &str) -> Option<&'static str> {
    match element {
        "housecommons" => Some("House of Commons"),
        "houselords" => Some("House of Lords"),
        "westminsterhall" => Some("Westminster Hall"),
        _ => None,
    }
}

/// Whether questions are being answered.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answers {
    No,
    Yes,
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
    /// The column that the words now read stand in.
    column: Option<Box<str>>,
    /// Where the title of the one section begins, where there is one.
    title: Option<u32>,
    answers: Answers,
    /// Who was in the middle of a sentence when a division was printed.
    cut: Option<Label>,
    /// A line with nothing but a time, which the next speech begins at.
    pending: Option<(Text, jiff::civil::Time)>,
}

/// The title of the one section, where a file holds one.
fn only_title(root: Element<'_, '_>) -> Option<u32> {
    let mut within = root;
    let title = |section: Element<'_, '_>| {
        section.child("title").filter(|title| title.has_words()).map(|title| title.span().start)
    };
    let is_section = |e: &Element<'_, '_>| e.name() == "section" && (e.has_words());
    loop {
        if let Some(debates) = within.child("debates").or_else(|| within.child("oralquestions")) {
            within = debates;
            continue;
        }
        let mut sections = within.elements().filter(is_section);
        let first = sections.next()?;
        if sections.next().is_some() {
            return if within.name() == "section" { title(within) } else { None };
        }
        // A section that only holds another is what that is a part of.
        let holds_only = first.elements().all(|e| matches!(e.name(), "title" | "section" | "col" | "image"));
        if !holds_only || first.elements().filter(is_section).count() != 1 {
            return title(first);
        }
        within = first;
    }
}

impl<'s> Reader<'s> {
    fn container(&mut self, container: Element<'_, 's>, level: u8) {
        for node in container.children() {
            let Node::Element(inner) = node else {
                self.blocks.flow.node(node, &mut treat);
                continue;
            };
            self.blocks.procedural();
            match inner.name() {
                "date" => self.date(inner),
                "title" => self.heading(inner, level, container.name()),
                "section" | "debates" => self.container(inner, level + u8::from(inner.name() == "section")),
                "housecommons" | "houselords" | "westminsterhall" => self.container(inner, level),
                "oralquestions" | "writtenanswers" | "writtenstatements" | "petitions" => {
                    self.answers = Answers::Yes;
                    self.container(inner, level + 1);
                    self.answers = Answers::No;
                }
                "titlepage" | "frontmatter" | "index" => {
                    self.blocks.record.furniture(FurnitureKind::Apparatus, inner.span().range());
                }
                "division" => self.division(inner),
                _ => self.block(inner),
            }
            if !matches!(inner.name(), "division" | "col" | "image") {
                self.cut = None;
            }
        }
        self.blocks.procedural();
    }

    fn date(&mut self, date: Element<'_, 's>) {
        if self.blocks.record.details.date.is_none()
            && let Some(day) = date.stated("format")
        {
            let value = day.parse().ok();
            self.blocks.record.details.date = Some(Stated { text: self.blocks.text_of(&day), value });
        }
        if self.blocks.record.is_at_the_start() {
            return self.blocks.record.furniture(FurnitureKind::Intro, date.span().range());
        }
        self.blocks.flow.element(date, &mut treat);
        self.blocks.heading(2);
    }

    fn heading(&mut self, title: Element<'_, 's>, level: u8, within: &str) {
        let words = title.words();
        if matches!(within, "housecommons" | "houselords" | "westminsterhall") {
            self.blocks.record.furniture(FurnitureKind::Intro, title.span().range());
            return;
        }
        if let Some(name) = words.strip_suffix("in the Chair").map(|name| name.trim_matches(['[', ' '])) {
            self.blocks.record.details.chair.get_or_insert_with(|| Text::Owned(name.into()));
            self.blocks.flow.element(title, &mut treat);
            return self.blocks.procedural();
        }
        self.blocks.flow.element(title, &mut treat);
        if self.title == Some(title.span().start) {
            self.blocks.record.furniture(FurnitureKind::Particular, title.span().range());
            self.blocks.record.title = self.blocks.flow.take().map(|(text, ..)| text);
            return;
        }
        if self.title.is_some_and(|at| title.span().start < at) && self.blocks.record.is_at_the_start() {
            self.blocks.record.furniture(FurnitureKind::Particular, title.span().range());
            self.blocks.record.details.part_of = self.blocks.flow.take().map(|(text, ..)| text);
            return;
        }
        self.blocks.heading((level + 1).clamp(2, 6));
    }

    /// Who was in the middle of a sentence.
    fn unfinished(&mut self) -> Option<Label> {
        let source = self.source;
        let contribution = self.blocks.record.last_contribution()?;
        let words = contribution.paragraphs.last()?.text.of(source).trim_end();
        let label = contribution.speaker.clone()?;
        words.ends_with(|c: char| c.is_alphanumeric() || c == ',').then_some(label)
    }

    fn division(&mut self, division: Element<'_, 's>) {
        self.cut = self.unfinished();
        self.blocks.record.begin(Contribution {
            column: self.column.clone(),
            ..Contribution::of(ContributionKind::Division, division.span())
        });
        self.inner(division, &ParagraphKind::Procedural);
        self.blocks.paragraph(ParagraphKind::Procedural);
        self.blocks.record.nobody_speaks();
    }

    /// A block of a section: a paragraph with or without a member, a table, a list, a milestone.
    fn block(&mut self, block: Element<'_, 's>) {
        match block.name() {
            "col" | "image" => {
                self.note_column(block);
                self.blocks.flow.node(Node::Element(block), &mut treat);
            }
            _ if block.find("member").is_some() => self.speech(block),
            "p" if self.is_time(block) => {
                let words = block.words();
                let time = conventions::clock(&words).map(|time| (Text::Owned(words.as_str().into()), time));
                self.pending = time;
                self.blocks.record.furniture(FurnitureKind::Time, block.span().range());
            }
            // The list of a division was printed in the middle of a speech, at the top of a page, and the
            // sentence goes on under it.
            "p" if self.cut.is_some() && block.words().starts_with(char::is_lowercase) => {
                self.blocks.record.begin(Contribution {
                    speaker: self.cut.take(),
                    column: self.column.clone(),
                    ..Contribution::of(ContributionKind::Speech, block.span())
                });
                self.node(Node::Element(block), &ParagraphKind::Plain);
                self.blocks.paragraph(ParagraphKind::Plain);
                self.blocks.record.nobody_speaks();
            }
            _ => {
                self.blocks.record.nobody_speaks();
                let kind = if block.name() == "quote" {
                    ParagraphKind::Quotation
                } else {
                    ParagraphKind::Procedural
                };
                self.begin_unspoken(block);
                self.node(Node::Element(block), &kind);
                self.blocks.paragraph(kind);
                self.blocks.record.nobody_speaks();
            }
        }
    }

    fn is_time(&self, block: Element<'_, 's>) -> bool {
        let words = block.span().range();
        words.len() < 120 && conventions::clock(&block.words()).is_some()
    }

    fn begin_unspoken(&mut self, block: Element<'_, 's>) {
        if block.has_words() {
            self.blocks.record.begin(Contribution {
                column: self.column.clone(),
                ..Contribution::of(ContributionKind::Procedural, block.span())
            });
        }
    }

    /// A paragraph with a member in it: the label, then the words.
    fn speech(&mut self, block: Element<'_, 's>) {
        let kind = match self.answers {
            Answers::Yes if block.words().contains(" asked ") => ContributionKind::Question,
            _ => ContributionKind::Speech,
        };
        let mut begun = false;
        let mut after_label = false;
        for node in block.children() {
            match node {
                Node::Element(inner) if inner.name() == "member" => {
                    if begun {
                        self.blocks.paragraph(ParagraphKind::Plain);
                    }
                    // A number of a question stands before its label, and before its words. Anything else
                    // before the label is a part of it that the keyers left outside.
                    let number = self.blocks.flow.take();
                    let number = number.filter(|(text, _, span)| {
                        let outside = !is_number(text.of(self.source));
                        if outside {
                            self.blocks.flow.text(Span { end: inner.span().start, ..*span });
                        }
                        !outside
                    });
                    self.begin_speech(block, inner, kind);
                    if let Some((_, _, span)) = number {
                        self.blocks.flow.text(span);
                        self.blocks.flow.space();
                    }
                    (begun, after_label) = (true, true);
                }
                Node::Element(inner) if inner.name() == "memberconstituency" => {
                    self.blocks.record.furniture(FurnitureKind::RepeatedLabel, inner.span().range());
                }
                Node::Element(inner) if inner.name() == "membercontribution" => {
                    for node in inner.children() {
                        self.spoken(node, &mut after_label);
                    }
                }
                node => self.spoken(node, &mut after_label),
            }
        }
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks.record.nobody_speaks();
    }

    fn spoken(&mut self, node: Node<'_, 's>, after_label: &mut bool) {
        if let Node::Text(span) = node {
            let mut span = span;
            if *after_label {
                let words = self.source.slice(span);
                let rest = words.trim_start();
                let trimmed = rest.strip_prefix(':').unwrap_or(rest);
                if trimmed.len() < rest.len() && self.blocks.flow.len() > 0 {
                    // The label's colon, after the number of a question.
                    let at = span.end as usize - rest.len();
                    self.blocks.record.furniture(FurnitureKind::RepeatedLabel, at..at + 1);
                }
                if trimmed.trim().is_empty() {
                    return;
                }
                span.start = span.end - Span::new(0..trimmed.len()).end;
                *after_label = false;
            }
            return self.lines(span, &ParagraphKind::Plain);
        }
        if let Node::Element(inner) = node
            && !matches!(inner.name(), "col" | "image")
        {
            *after_label = false;
        }
        self.node(node, &ParagraphKind::Plain);
    }

    /// Words that may hold ends of paragraphs: a line break after the end of a sentence.
    fn lines(&mut self, span: Span, kind: &ParagraphKind) {
        let words = self.source.slice(span);
        let mut start = 0;
        for (at, _) in words.match_indices('\n') {
            let (before, after) = (words[start..at].trim_end(), words[at..].trim_start());
            let ends = before.ends_with(['.', '?', '!', ':', ';', '”', '"', '’', '\'', ')', ']', '—', '–']);
            if ends && !after.is_empty() {
                self.blocks.flow.text(Span::new(start..at).shifted(span.start as usize));
                self.blocks.paragraph(kind.clone());
                start = at + 1;
            }
        }
        self.blocks.flow.text(Span::new(start..words.len()).shifted(span.start as usize));
    }

    /// A node within a block: words, marks, and blocks that make paragraphs of their own.
    fn node(&mut self, node: Node<'_, 's>, kind: &ParagraphKind) {
        let Node::Element(inner) = node else { return self.blocks.flow.node(node, &mut treat) };
        match inner.name() {
            "col" | "image" => {
                self.note_column(inner);
                self.blocks.flow.node(node, &mut treat);
            }
            "quote" => {
                self.blocks.paragraph(kind.clone());
                self.inner(inner, &ParagraphKind::Quotation);
                self.blocks.paragraph(ParagraphKind::Quotation);
            }
            "table" => {
                self.blocks.paragraph(kind.clone());
                self.blocks.table(inner, &mut treat);
            }
            "ul" | "ol" => {
                self.blocks.paragraph(kind.clone());
                self.blocks.list(inner, inner.name() == "ol", &mut |_, _| false, &mut treat);
            }
            "p" | "section" | "title" | "debates" | "membercontribution" | "ob" => self.inner(inner, kind),
            "lb" => self.blocks.paragraph(kind.clone()),
            _ => self.blocks.flow.node(node, &mut treat),
        }
    }

    fn inner(&mut self, element: Element<'_, 's>, kind: &ParagraphKind) {
        for node in element.children() {
            self.node(node, kind);
        }
    }

    fn begin_speech(&mut self, block: Element<'_, 's>, member: Element<'_, 's>, kind: ContributionKind) {
        self.blocks.flow.element(member, &mut treat);
        let printed = self.blocks.flow.take();
        let start = printed.as_ref().map_or(member.span().start, |(_, _, span)| span.start);
        let span = Span { start: start.min(member.span().start), end: member.span().end };
        let name = printed.map(|(text, ..)| {
            // The volumes mark a speech that its speaker had revised.
            let words = text.of(self.source);
            let mark = words.len() - words.trim_start_matches(['*', ' ']).len();
            let text = text.part(mark..words.len());
            self.blocks.record.label_text(text)
        });
        let place = block.find("memberconstituency").filter(|place| place.has_words()).map(|place| {
            self.blocks.flow.element(place, &mut treat);
            self.blocks.flow.take().map(|(text, ..)| self.blocks.record.unbracketed(text))
        });
        let label = name.map(|name| {
            let (name, detail) = self.blocks.record.split_label(name);
            let detail = detail.or(place.flatten());
            let role = conventions::role(name.of(self.source), None);
            Label { name, naming: Naming::Printed, detail, id: None, role, span }
        });
        let time = self.pending.take().map(|(text, value)| Stated { text, value: Some(value) });
        self.blocks.record.begin(Contribution {
            speaker: label,
            time,
            column: self.column.clone(),
            ..Contribution::of(kind, block.span())
        });
    }

    fn note_column(&mut self, element: Element<'_, 's>) {
        if element.name() == "col" && element.has_words() {
            self.column = Some(element.words().into());
        }
    }
}

/// Whether what stands before a label is the number of a question: `12.`, `*43. and 44.`, `Q3. [171234]`.
fn is_number(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || "*[(".contains(c));
    text.strip_prefix(['Q', 'T']).unwrap_or(text).starts_with(|c: char| c.is_ascii_digit())
}

fn treat(element: Element<'_, '_>) -> Treat {
    match element.name() {
        "col" => Treat::Milestone(Milestone::Column(Some(element.words().into()))),
        "image" => Treat::Milestone(Milestone::Column(None)),
        _ => html_inline(element),
    }
}
