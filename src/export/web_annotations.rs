//! `debates/SLUG/annotations.jsonld`: a debate's notes as W3C Web Annotations, each tied to the words of the
//! debate's plain text (`transcript.HASH.txt`), which never changes under its address.

use super::Exporter;
use crate::model::{Annotation, Debate, Destination, Kind, Passage, Standing};
use crate::pages::{PlainText, plain_text_address};
use jiff::civil::Date;
use memchr::memmem;
use serde::Serialize;
use std::ops::Range;

const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// The fragments of plain text (RFC 5147).
const PLAIN_TEXT_FRAGMENTS: &str = "http://tools.ietf.org/rfc/rfc5147";
/// How much of the text stands before and after the words at first, in bytes. It is widened until the
/// three together occur once.
const CONTEXT_LENGTH: usize = 32;

/// The notes of a debate.
#[derive(Serialize)]
struct Collection<'d> {
    #[serde(rename = "@context")]
    context: &'static str,
    id: String,
    r#type: &'static str,
    label: &'d str,
    total: usize,
    first: Page<'d>,
}

/// All of them: one page.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page<'d> {
    id: String,
    r#type: &'static str,
    part_of: PartOf,
    start_index: usize,
    items: Vec<Item<'d>>,
}

#[derive(Serialize)]
struct PartOf {
    id: String,
    r#type: &'static str,
}

#[derive(Serialize)]
struct Item<'d> {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Creator<'d>>,
    body: Vec<Body<'d>>,
    target: Vec<Target<'d>>,
}

/// Who wrote it. Whether that is a person is not known.
#[derive(Serialize)]
struct Creator<'d> {
    name: &'d str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Body<'d> {
    r#type: &'static str,
    value: &'d str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'d str>,
    purpose: &'static str,
}

/// What a note is on: the whole text, or some words of it.
#[derive(Serialize)]
#[serde(untagged)]
enum Target<'d> {
    Whole(Text),
    Words(Box<Words<'d>>),
}

/// The whole plain text.
#[derive(Serialize)]
struct Text {
    id: String,
    r#type: &'static str,
    format: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Words<'d> {
    r#type: &'static str,
    source: String,
    /// The page on which the note stands.
    scope: String,
    selector: (QuoteSelector<'d>, PositionSelector, FragmentSelector),
    #[serde(skip_serializing_if = "Option::is_none")]
    state: Option<TimeState>,
}

#[derive(Serialize)]
struct QuoteSelector<'d> {
    r#type: &'static str,
    exact: &'d str,
    #[serde(skip_serializing_if = "str::is_empty")]
    prefix: &'d str,
    #[serde(skip_serializing_if = "str::is_empty")]
    suffix: &'d str,
}

/// Where the words stand, in code points.
#[derive(Serialize)]
struct PositionSelector {
    r#type: &'static str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FragmentSelector {
    r#type: &'static str,
    value: String,
    conforms_to: &'static str,
}

/// When the source was as it is here.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct TimeState {
    r#type: &'static str,
    source_date: String,
}

impl Exporter<'_> {
    /// The notes of a debate.
    pub(super) fn web_annotations(&self, debate: &Debate, path: &str) -> Vec<u8> {
        let plain = PlainText::new(debate);
        let page = self.to(Destination::Debate(debate.slug.clone(), None)).to_string();
        let own = self.base().join(path).expect("a path of slugs").to_string();
        let source =
            self.base().join(plain_text_address(debate).as_str()).expect("a path of slugs").to_string();
        let notes = debate.annotations.iter().filter(|note| note.standing != Standing::Retracted);
        let items: Vec<Item<'_>> =
            notes.map(|note| self.item(debate, note, &plain, &page, &source)).collect();
        let collection = Collection {
            context: CONTEXT,
            r#type: "AnnotationCollection",
            label: &debate.particulars.title,
            total: items.len(),
            first: Page {
                id: format!("{own}#page-1"),
                r#type: "AnnotationPage",
                part_of: PartOf { id: own.clone(), r#type: "AnnotationCollection" },
                start_index: 0,
                items,
            },
            id: own,
        };
        let mut bytes = serde_json::to_vec(&collection).expect("plain values");
        bytes.push(b'\n');
        bytes
    }

    fn item<'d>(
        &'d self,
        debate: &'d Debate,
        note: &'d Annotation,
        plain: &'d PlainText,
        page: &str,
        source: &str,
    ) -> Item<'d> {
        let motivation = motivation(&note.kind);
        let textual = |value, language, purpose| Body {
            r#type: "TextualBody",
            value,
            format: "text/plain",
            language,
            purpose,
        };
        let language = self.config.language.as_str();
        let mut body = Vec::new();
        if !note.body.plain.is_empty() {
            body.push(textual(note.body.plain.as_ref(), Some(language), motivation));
        }
        body.push(textual(note.kind.word(), None, "classifying"));
        if let Kind::FactCheck(verdict) = &note.kind {
            body.push(textual(verdict.word(), None, "assessing"));
        }
        body.extend(note.topics.iter().filter_map(|slug| {
            let topic = self.topics.get(slug)?;
            Some(textual(topic.title.as_str(), Some(language), "tagging"))
        }));
        let retrieved = debate.particulars.obtained.as_ref().and_then(|from| from.retrieved);
        let target = |passage: &Passage| {
            let words = words(debate, passage, plain);
            Target::Words(Box::new(Words {
                r#type: "SpecificResource",
                source: source.to_owned(),
                scope: page.to_owned(),
                selector: words,
                state: retrieved.map(|day| TimeState { r#type: "TimeState", source_date: instant(day) }),
            }))
        };
        Item {
            id: format!("{page}#n-{}", note.id),
            r#type: "Annotation",
            motivation,
            created: note.date.map(instant),
            creator: note.author.as_deref().map(|name| Creator { name }),
            body,
            target: match note.passages.as_slice() {
                [] => {
                    vec![Target::Whole(Text { id: source.to_owned(), r#type: "Text", format: "text/plain" })]
                }
                passages => passages.iter().map(target).collect(),
            },
        }
    }
}

/// The selectors of a passage.
fn words<'d>(
    debate: &Debate,
    passage: &Passage,
    plain: &'d PlainText,
) -> (QuoteSelector<'d>, PositionSelector, FragmentSelector) {
    let text = plain.text.as_str();
    let (from, points) = plain.paragraphs[passage.paragraph];
    let range = passage.range.range();
    let bytes = from + range.start..from + range.end;
    let start = points + text[from..bytes.start].chars().count();
    let end = start + text[bytes.clone()].chars().count();
    let context = context(text, &bytes);
    let quote = QuoteSelector {
        r#type: "TextQuoteSelector",
        exact: &text[bytes.clone()],
        prefix: &text[context.start..bytes.start],
        suffix: &text[bytes.end..context.end],
    };
    // What was quoted is what stands there, and nowhere else with what is round it.
    debug_assert_eq!(
        quote.exact,
        &debate.record.words(&debate.record.paragraphs[passage.paragraph])[range],
        "the plain text is the record's"
    );
    debug_assert_eq!(text.chars().skip(start).take(end - start).collect::<String>(), quote.exact);
    debug_assert!(occurs_once(text, &context));
    let fragment = FragmentSelector {
        r#type: "FragmentSelector",
        value: format!("char={start},{end}"),
        conforms_to: PLAIN_TEXT_FRAGMENTS,
    };
    (quote, PositionSelector { r#type: "TextPositionSelector", start, end }, fragment)
}

/// The words with so much round them that they occur once.
fn context(text: &str, words: &Range<usize>) -> Range<usize> {
    let mut length = CONTEXT_LENGTH;
    loop {
        let context = text.floor_char_boundary(words.start.saturating_sub(length))
            ..text.ceil_char_boundary((words.end + length).min(text.len()));
        if context == (0..text.len()) || occurs_once(text, &context) {
            return context;
        }
        length *= 2;
    }
}

/// Whether the text in this range stands nowhere else in the text.
fn occurs_once(text: &str, range: &Range<usize>) -> bool {
    let finder = memmem::Finder::new(&text[range.clone()]);
    finder.find(text.as_bytes()) == Some(range.start)
        // Whole characters only: a match begins and ends with one.
        && finder.find(&text.as_bytes()[range.start + 1..]).is_none()
}

/// What a kind of note is for, in the words of the W3C's model.
fn motivation(kind: &Kind) -> &'static str {
    match kind {
        Kind::Note => "commenting",
        Kind::Claim | Kind::Commitment(_) => "classifying",
        Kind::FactCheck(_) => "assessing",
        Kind::Context | Kind::Definition(_) => "describing",
        Kind::Question => "questioning",
        Kind::CrossReference => "linking",
    }
}

fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_widened_until_it_occurs_once() {
        let text = format!("{}yes{}", "é ab ".repeat(40), " ab é".repeat(40));
        let at = text.find("yes").expect("it is there");
        assert!(occurs_once(&text, &context(&text, &(at..at + 3))));
        for (at, found) in text.match_indices("ab") {
            assert!(occurs_once(&text, &context(&text, &(at..at + found.len()))), "{at}");
        }
        let same = "aaaa aaaa";
        assert_eq!(context(same, &(0..4)), 0..9);
        assert!(!occurs_once(same, &(0..4)));
    }
}
