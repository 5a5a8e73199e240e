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
    attributed_to: Option<String>,
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
        }
        Err(diagnostic) => diagnostics.push(diagnostic),
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
        let html = serde_json::from_str::<Option<String>>(raw.get()).ok().flatten().unwrap_or_default();
        let printed = item.attributed_to.as_deref().map(str::trim).filter(|printed| !printed.is_empty());
        let spoken = item.item_type.eq_ignore_ascii_case("Contribution") && printed.is_some();
        if item.item_type.eq_ignore_ascii_case("Timestamp") {
            return self.blocks.flow.milestone(InlineKind::Time(text_of(&html).as_str().into()));
        }
        let label = printed.filter(|_| spoken).map(|printed| {
            let words = printed.trim_end_matches(':');
            let (name, detail) = match words.split_once(" (") {
                Some((name, rest)) => (name, Some(rest.trim_end_matches(')').replace(") (", ", "))),
                None => (words, None),
            };
            Label {
                name: Text::Owned(name.into()),
                role: conventions::role(name, detail.as_deref()),
                detail: detail.map(|detail| Text::Owned(detail.into())),
                id: item
                    .member_id
                    .as_ref()
                    .filter(|id| !id.is_null())
                    .map(|id| id.to_string().trim_matches('"').into()),
                span,
            }
        });
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
        self.blocks.record.begin(Contribution { speaker: label, time, ..Contribution::of(kind, span) });
        let plain = if spoken { ParagraphKind::Plain } else { ParagraphKind::Procedural };
        self.html(Html::parse_fragment(&html).root_element(), span, &plain);
        self.blocks.paragraph(plain);
        self.blocks.record.nobody_speaks();
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

/// The words of a fragment of HTML.
fn text_of(html: &str) -> String {
    let fragment = Html::parse_fragment(html);
    let words: String = fragment.root_element().text().collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
