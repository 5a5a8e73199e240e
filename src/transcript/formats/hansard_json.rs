//! Hansard online's own JSON: a debate, its items in order, and the debates in it.
//!
//! Written from the publisher's description of the format; no real answer of its service was at hand.
//! Decided here: the value of an item is HTML and is read as a browser reads it; a child debate is a
//! section; an item that nobody is named for is procedure.

use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::conventions;
use crate::transcript::json;
use crate::transcript::record::*;
use crate::transcript::xml::Blocks;
use scraper::{ElementRef, Html, Node};
use serde::Deserialize;
use serde_json::value::RawValue;

/// Whether a text is a JSON object with an overview and items.
pub(super) fn recognise(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"Overview\"") && text.contains("\"Items\"")
}

/// The publisher's names; what is not named here is not read.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Debate<'a> {
    #[serde(borrow)]
    overview: Overview<'a>,
    #[serde(borrow, default)]
    items: Vec<Item<'a>>,
    #[serde(borrow, default)]
    child_debates: Vec<Debate<'a>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Overview<'a> {
    #[serde(borrow)]
    title: Option<&'a RawValue>,
    date: Option<String>,
    location: Option<String>,
    house: Option<String>,
    volume_no: Option<serde_json::Value>,
    ext_id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Item<'a> {
    #[serde(default)]
    item_type: String,
    member_id: Option<serde_json::Value>,
    #[serde(borrow)]
    attributed_to: Option<&'a RawValue>,
    #[serde(borrow)]
    value: Option<&'a RawValue>,
    #[serde(default)]
    order_in_section: i64,
    timecode: Option<String>,
    #[serde(rename = "HRSTag")]
    hrs_tag: Option<String>,
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader { blocks: Blocks::new(source), source };
    match json::read::<Debate<'_>>(source, &source.text, "a debate of Hansard online") {
        Ok(debate) => {
            reader.details(&debate.overview);
            reader.debate(debate, 1);
            reader.set_fields_apart();
        }
        Err(diagnostic) => diagnostics.push(*diagnostic),
    }
    json::check(source, diagnostics);
    reader.blocks.finish("hansard-json")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
}

impl<'s> Reader<'s> {
    fn details(&mut self, overview: &Overview<'_>) {
        let owned = |text: &str| Text::Owned(text.into());
        let title = overview.title.and_then(|title| serde_json::from_str::<String>(title.get()).ok());
        if let Some(title) = overview.title {
            let span = self.span(title);
            self.blocks.record.furniture(FurnitureKind::Particular, span.range());
        }
        let record = &mut self.blocks.record;
        record.title = title.filter(|title| !title.trim().is_empty()).map(|title| owned(title.trim()));
        record.details.date = overview
            .date
            .as_deref()
            .and_then(|day| Some(Stated { text: owned(day), value: day.get(..10)?.parse().ok() }));
        let house = overview.location.as_deref().or(overview.house.as_deref());
        record.details.house = house.filter(|house| !house.is_empty()).map(owned);
        record.details.volume = overview.volume_no.as_ref().and_then(|volume| match volume {
            serde_json::Value::Null => None,
            serde_json::Value::String(volume) => Some(owned(volume)),
            other => Some(owned(&other.to_string())),
        });
        record.details.url = overview.ext_id.as_deref().map(Into::into);
    }

    fn debate(&mut self, debate: Debate<'_>, level: u8) {
        let Debate { overview, mut items, child_debates } = debate;
        if level > 1
            && let Some(title) = overview.title
        {
            let words = serde_json::from_str::<String>(title.get()).unwrap_or_default();
            self.blocks.flow.owned(&words, self.span(title));
            self.blocks.heading(level.clamp(2, 6));
        }
        items.sort_by_key(|item| item.order_in_section);
        for item in &items {
            self.item(item);
        }
        for child in child_debates {
            self.debate(child, level.saturating_add(1));
        }
    }

    fn span(&self, raw: &RawValue) -> Span {
        let start = raw.get().as_ptr() as usize - self.source.text.as_ptr() as usize;
        Span::new(start..start + raw.get().len())
    }

    fn item(&mut self, item: &Item<'_>) {
        let Some(raw) = item.value else { return };
        let span = self.span(raw);
        let html = string(raw);
        let attributed = item.attributed_to.map(|raw| (self.span(raw), string(raw)));
        let attributed = attributed.filter(|(_, printed)| !printed.trim().is_empty());
        let spoken = item.item_type.eq_ignore_ascii_case("Contribution") && attributed.is_some();
        if item.item_type.eq_ignore_ascii_case("Timestamp") {
            self.blocks.record.furniture(FurnitureKind::Mark, span.range());
            return self.blocks.flow.milestone(InlineKind::Time(text_of(&html).as_str().into()));
        }
        if text_of(&html).is_empty() {
            // A place in the debate without words: a division, a picture.
            if let Some((span, _)) = attributed {
                self.blocks.record.furniture(FurnitureKind::RepeatedLabel, span.range());
            }
            return;
        }
        let label =
            attributed.filter(|_| spoken).map(|(span, printed)| self.label(item, printed.trim(), span));
        let tag = item.hrs_tag.as_deref().unwrap_or_default();
        let kind = match (spoken, tag) {
            (true, "hs_Question" | "Question") => ContributionKind::Question,
            (true, _) => ContributionKind::Speech,
            (false, _) => ContributionKind::Procedural,
        };
        let time = item
            .timecode
            .as_deref()
            .filter(|code| !code.is_empty())
            .map(|code| Stated { text: Text::Owned(code.into()), value: conventions::time_in(code) });
        let start = label.as_ref().map_or(span.start, |label| label.span.start.min(span.start));
        let whole = Span { start, ..span };
        self.blocks.record.begin(Contribution { speaker: label, time, ..Contribution::of(kind, whole) });
        let plain = if spoken { ParagraphKind::Plain } else { ParagraphKind::Procedural };
        self.html(Html::parse_fragment(&html).root_element(), span, &plain);
        self.blocks.paragraph(plain);
        self.blocks.record.nobody_speaks();
    }

    /// Who is named: `Jan Doe (Upper Firth) (Lab)`, `The Minister for Ports (Jan Doe)`.
    fn label(&mut self, item: &Item<'_>, printed: &str, span: Span) -> Label {
        let words = printed.trim_end_matches(':');
        let (name, detail) = match words.split_once(" (") {
            Some((name, rest)) => (name, Some(rest.trim_end_matches(')').replace(") (", ", "))),
            None => (words, None),
        };
        let id = item.member_id.as_ref().filter(|id| !id.is_null()).map(|id| id.to_string());
        let id: Option<Box<str>> = id.map(|id| id.trim_matches('"').into());
        if let (Some(id), Some((_, rest)), true) = (&id, words.split_once(" ("), name.starts_with("The ")) {
            // An office is printed first, and the name of who holds it in brackets.
            let name = rest.split(')').next().unwrap_or(rest);
            let known = self.blocks.record.details.people.iter().any(|person| person.id == *id);
            if !known {
                let person =
                    DescribedPerson { id: id.clone(), name: name.into(), ..DescribedPerson::default() };
                self.blocks.record.details.people.push(person);
            }
        }
        Label {
            naming: Naming::Printed,
            name: Text::Owned(name.into()),
            role: conventions::role(words, detail.as_deref()),
            detail: detail.map(|detail| Text::Owned(detail.into())),
            id,
            span,
        }
    }

    /// Names the values that are no words of the record. A value that is not named here, and that the
    /// record has not taken, is words that would be lost: the account of an import tells of it.
    fn set_fields_apart(&mut self) {
        const FIELDS: [&str; 15] = [
            "ItemType",
            "ExternalId",
            "HRSTag",
            "HansardSection",
            "Timecode",
            "UIN",
            "ExtId",
            "ContentLastUpdated",
            "NextDebateExtId",
            "NextDebateTitle",
            "PreviousDebateExtId",
            "PreviousDebateTitle",
            "MemberId",
            "Source",
            "SectionType",
        ];
        const PARTICULARS: [&str; 4] = ["Date", "Location", "House", "VolumeNo"];
        let source = self.source;
        for value in json::values(&source.text) {
            let key = value.key();
            if FIELDS.contains(&key) || value.keys.contains(&"Navigator") {
                self.blocks.record.furniture(FurnitureKind::Field, value.span.range());
            } else if PARTICULARS.contains(&key) && value.keys.contains(&"Overview") {
                self.blocks.record.furniture(FurnitureKind::Particular, value.span.range());
            }
        }
    }

    /// A table as one paragraph: cells joined by tabs, rows by line breaks.
    fn table(&mut self, table: ElementRef<'_>, span: Span) {
        let (mut cells, mut row_ends, mut head_rows) = (Vec::new(), Vec::<u32>::new(), 0);
        let mut columns = 0;
        for row in table.descendants().filter_map(ElementRef::wrap).filter(|e| e.value().name() == "tr") {
            let row: Vec<_> = row
                .children()
                .filter_map(ElementRef::wrap)
                .filter(|cell| matches!(cell.value().name(), "td" | "th"))
                .collect();
            if row.is_empty() {
                continue;
            }
            if !row_ends.is_empty() {
                self.blocks.flow.separator("\n");
            }
            for (at, cell) in row.iter().enumerate() {
                if at > 0 {
                    self.blocks.flow.separator("\t");
                }
                let start = self.blocks.flow.len();
                self.words(*cell, span);
                cells.push(Span::new(start..self.blocks.flow.len()));
            }
            columns = columns.max(row.len());
            row_ends.push(Span::new(0..cells.len()).end);
            if head_rows + 1 == row_ends.len() && row.iter().all(|cell| cell.value().name() == "th") {
                head_rows += 1;
            }
        }
        let table = Table {
            columns: vec![Align::Natural; columns].into(),
            cells: cells.into(),
            row_ends: row_ends.into(),
            head_rows: Span::new(0..head_rows).end,
        };
        self.blocks.paragraph(ParagraphKind::Table(Box::new(table)));
    }

    /// The words in an element, whatever marks are in it.
    fn words(&mut self, element: ElementRef<'_>, span: Span) {
        for words in element.text() {
            self.blocks.flow.owned(words, span);
        }
    }

    /// The items of a list.
    fn list(&mut self, list: ElementRef<'_>, span: Span, ordered: bool) {
        self.blocks.nesting.lists = self.blocks.nesting.lists.saturating_add(1).min(Nesting::DEEPEST);
        let mut number = 0;
        for item in list.children().filter_map(ElementRef::wrap) {
            number += 1;
            let marker = if ordered { Marker::Number(number) } else { Marker::Bullet };
            let kind = ParagraphKind::ListItem(marker);
            self.html(item, span, &kind);
            self.blocks.paragraph(kind);
        }
        self.blocks.nesting.lists -= 1;
    }

    fn html(&mut self, element: ElementRef<'_>, span: Span, kind: &ParagraphKind) {
        for child in element.children() {
            match child.value() {
                Node::Text(words) => self.blocks.flow.owned(words, span),
                Node::Element(tag) => {
                    let Some(inner) = ElementRef::wrap(child) else { continue };
                    match tag.name() {
                        "span"
                            if tag.has_class(
                                "column-number",
                                scraper::CaseSensitivity::AsciiCaseInsensitive,
                            ) =>
                        {
                            let column = tag.attr("data-column-number").unwrap_or_default();
                            self.blocks.flow.milestone(InlineKind::Column(column.into()));
                        }
                        "table" => {
                            self.blocks.paragraph(kind.clone());
                            self.table(inner, span);
                        }
                        "ul" | "ol" => {
                            self.blocks.paragraph(kind.clone());
                            self.list(inner, span, tag.name() == "ol");
                        }
                        "p" | "div" | "li" | "tr" | "h1" | "h2" | "h3" | "h4" => {
                            self.blocks.paragraph(kind.clone());
                            self.html(inner, span, kind);
                            self.blocks.paragraph(kind.clone());
                        }
                        "q" | "blockquote" => {
                            self.blocks.paragraph(kind.clone());
                            self.html(inner, span, &ParagraphKind::Quotation);
                            self.blocks.paragraph(ParagraphKind::Quotation);
                        }
                        "br" | "td" | "th" => {
                            self.blocks.flow.space();
                            self.html(inner, span, kind);
                        }
                        "em" | "i" => self.marked(inner, span, kind, InlineKind::Emphasis),
                        "strong" | "b" => self.marked(inner, span, kind, InlineKind::Strong),
                        "script" | "style" => {}
                        _ => self.html(inner, span, kind),
                    }
                }
                _ => {}
            }
        }
    }

    fn marked(&mut self, element: ElementRef<'_>, span: Span, kind: &ParagraphKind, mark: InlineKind) {
        let open = self.blocks.flow.open(mark);
        self.html(element, span, kind);
        self.blocks.flow.close(open);
    }
}

/// A value that may be a string.
fn string(raw: &RawValue) -> String {
    serde_json::from_str::<Option<String>>(raw.get()).ok().flatten().unwrap_or_default()
}

/// The words of a fragment of HTML.
fn text_of(html: &str) -> String {
    let fragment = Html::parse_fragment(html);
    let words: String = fragment.root_element().text().collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
