//! Room `transcript`: the record as written. A source becomes a title, headings and contributions,
//! in order and to the character; what a page's maker added stands apart. It never guesses who a
//! speaker is, and gives no ids.
//!
//! What every format owes: no word lost, none added, none moved. White space and furniture aside,
//! the words of a [`Transcript`] are those of its source.

mod account;
mod assembly;
mod capitals;
mod characters;
mod conventions;
mod formats;
mod json;
mod labels;
mod lists;
mod looks;
mod moments;
mod record;
mod sitting;
mod speakers;
mod words;
mod xml;

pub use account::{Account, Apart, account};
pub use capitals::{Capitals, sentence_case};
pub use formats::{FORMATS, Format, Recognised, detect, has_extension};
pub use lists::{Body, Held, PeopleList, is_people_list, people_list};
pub use looks::{Looks, looks};
pub use moments::heading_day;
pub use record::*;
pub use sitting::{Division, Piece, Split, divide, is_divided};
pub use speakers::check_speakers;

use words::Words;

use crate::diagnostics::{
    Checked, Diagnostic, Place, Severity, empty_transcript, foreign_document, impossible_date,
    long_paragraph, unknown_format, unrecognised_transcript,
};
use crate::text::{Source, Span};

/// How long a paragraph may be, in bytes.
pub const LONGEST_PARAGRAPH: usize = 4 << 20;

/// Reads a transcript. `format` is the name of its format; where it is `None`, the format is told
/// from the extension and from what the file holds.
///
/// The value is `None` where the file is empty, the format has no such name or none was recognised.
pub fn parse(source: &Source, format: Option<&str>) -> Checked<Option<Transcript>> {
    let failed = |diagnostic| Checked { value: None, diagnostics: vec![diagnostic] };
    let names = || FORMATS.iter().map(|format| (format.name, format.title));
    if source.text.trim().is_empty() {
        return failed(empty_transcript(Place::file(source)));
    }
    let format = match format {
        Some(name) => match formats::named(name) {
            Some(format) => format,
            None => return failed(unknown_format(Place::file(source), name, names())),
        },
        None => match formats::detect(source) {
            Some(format) => format,
            None => return failed(unrecognised(source)),
        },
    };
    let mut diagnostics = Vec::new();
    characters::check(source, &mut diagnostics);
    let transcript = (format.parse)(source, &mut diagnostics);
    check_date(&transcript, &mut diagnostics);
    let read = transcript.paragraphs().filter(|paragraph| matches!(paragraph.text, Text::Owned(_)));
    let read = read.map(|paragraph| (paragraph.text.of(source), paragraph.span));
    characters::check_read(source, read, &mut diagnostics);
    // A file that can't be read at all was reported.
    if !diagnostics.iter().any(|d| d.severity == Severity::Error) || transcript.paragraphs().next().is_some()
    {
        check_words(&transcript, &mut diagnostics);
    }
    Checked { value: Some(transcript), diagnostics }
}

/// What a text is that is in no format: a file of another kind, where it shows that.
fn unrecognised(source: &Source) -> Diagnostic {
    match looks::looks_of_text(&source.text) {
        Some(Looks { what, way }) => {
            let place = formats::first_element(&source.text).map(|name| {
                let start = name.as_ptr() as usize - source.text.as_ptr() as usize;
                Place::new(source, Span::new(start..start + name.len()))
            });
            foreign_document(place.unwrap_or_else(|| Place::file(source)), &what, way)
        }
        None => unrecognised_transcript(Place::file(source), formats::resembles_text(&source.text)),
    }
}

/// Reports a day that the source states and no calendar has.
fn check_date(transcript: &Transcript, diagnostics: &mut Vec<Diagnostic>) {
    if let Some(Stated { text, value: None }) = &transcript.details.date {
        let source = &transcript.source;
        let day = text.of(source);
        let start = match text {
            Text::Slice(span) => Some(span.start as usize),
            Text::Owned(_) => source.text.find(day),
        };
        let place = match start {
            Some(start) => Place::new(source, Span::new(start..start + day.len())),
            None => Place::file(source),
        };
        diagnostics.push(impossible_date(place, day));
    }
}

/// Reports a record without words, and paragraphs that are too long.
fn check_words(transcript: &Transcript, diagnostics: &mut Vec<Diagnostic>) {
    let source = &transcript.source;
    if transcript.paragraphs().next().is_none() {
        diagnostics.push(empty_transcript(Place::file(source)));
    }
    for paragraph in transcript.paragraphs() {
        let length = paragraph.text.of(source).len();
        if length > LONGEST_PARAGRAPH {
            // Its first words are enough to find it by.
            let start = paragraph.span.start as usize;
            let end = source.text.floor_char_boundary(start + 80);
            let place = Place::new(source, Span::new(start..end));
            diagnostics.push(long_paragraph(place, length, LONGEST_PARAGRAPH));
        }
    }
}

impl Transcript {
    /// The contributions, in order.
    pub fn contributions(&self) -> impl Iterator<Item = &Contribution> {
        self.entries.iter().filter_map(|entry| match entry {
            Entry::Contribution(contribution) => Some(contribution),
            Entry::Heading { .. } => None,
        })
    }

    /// The paragraphs of all contributions, in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.contributions().flat_map(|contribution| &contribution.paragraphs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    fn source(path: &str, text: &str) -> Source {
        Source::new(SitePath::new(path).expect("a path"), text)
    }

    fn codes(path: &str, text: &str, format: Option<&str>) -> Vec<&'static str> {
        parse(&source(path, text), format).diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn a_file_that_holds_no_record_says_why() {
        assert_eq!(codes("t.md", "", None), ["empty-transcript"]);
        assert_eq!(codes("t.txt", " \n\t\n", None), ["empty-transcript"]);
        assert_eq!(codes("t.md", "# A title\n\n***\n", None), ["empty-transcript"]);
        assert_eq!(codes("t.md", "words", Some("markdwon")), ["unknown-format"]);
        assert_eq!(codes("t.txt", "words", None), ["unrecognised-transcript"]);
        assert_eq!(codes("t.txt", "words", Some("markdown")), [""; 0]);
    }

    #[test]
    fn a_format_is_told_from_the_extension_first_and_then_from_the_text() {
        let format = |path, text| parse(&source(path, text), None).value.map(|transcript| transcript.format);
        let page = "Photo of Ann Smith Ann Smith\n\nOne.";
        assert_eq!(format("t.txt", page), Some("theyworkforyou"));
        assert_eq!(format("t.text", page), Some("theyworkforyou"));
        assert_eq!(format("t.txt", "### A:\nOne."), Some("markdown"));
        assert_eq!(format("t.MD", "One."), Some("markdown"));
        let names: std::collections::HashSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len(), "two formats share a name");
    }

    #[test]
    fn the_nearest_format_is_offered() {
        let checked = parse(&source("t.md", "words"), Some("markdwon"));
        assert_eq!(checked.diagnostics[0].help.as_deref(), Some("did you mean `markdown`?"));
    }

    #[test]
    fn unseen_characters_are_reported_where_the_first_stands() {
        let source = source("t.md", "one\0 two\u{1b} \u{202e}three");
        let diagnostics = parse(&source, None).diagnostics;
        let found: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, d.place.as_ref().map_or(0, |place| place.span.start)))
            .collect();
        assert_eq!(found, [("control-character", 3), ("bidi-control", 10)]);
        assert!(diagnostics[0].message.contains("U+0000"), "{}", diagnostics[0].message);
    }

    #[test]
    fn an_entity_for_an_unseen_character_stays_as_typed_and_is_reported() {
        let source = source("t.md", "one &#27; &#x202e; two");
        let checked = parse(&source, None);
        let codes: Vec<_> = checked.diagnostics.iter().map(|d| d.code).collect();
        assert_eq!(codes, ["control-character", "bidi-control"]);
        let transcript = checked.value.expect("a transcript");
        let words: Vec<_> = transcript.paragraphs().map(|p| p.text.of(&source)).collect();
        assert_eq!(words, ["one &#27; &#x202e; two"]);
    }

    #[test]
    fn a_paragraph_beyond_the_limit_is_an_error_at_its_first_words() {
        let long = "word ".repeat(LONGEST_PARAGRAPH / 5 + 2);
        let source = source("t.md", &format!("### A:\n{long}\n"));
        let diagnostics = parse(&source, None).diagnostics;
        assert_eq!(diagnostics[0].code, "long-paragraph");
        assert_eq!(diagnostics[0].place.as_ref().map(|place| place.span), Some(Span::new(7..87)));
    }

    #[test]
    fn paragraphs_of_plain_words_allocate_nothing() {
        let source = source("t.md", "### A (Slough, Lab):\nPlain words – “quoted”.\n\nTwo\nlines.\n");
        let transcript = parse(&source, None).value.expect("a transcript");
        assert!(transcript.paragraphs().all(|p| matches!(p.text, Text::Slice(_)) && p.inlines.is_empty()));
        assert_eq!(transcript.paragraphs().count(), 2);
        assert!(size_of::<Paragraph>() <= 88, "{} bytes", size_of::<Paragraph>());
    }

    #[test]
    fn nesting_without_end_is_bounded() {
        let deep = format!("{}deep\n\n{}item\n", "> ".repeat(3000), "- ".repeat(3000));
        let transcript = parse(&source("t.md", &deep), None).value.expect("a transcript");
        let depths: Vec<_> = transcript.paragraphs().map(|p| (p.nesting.quotes, p.nesting.lists)).collect();
        // A dash alone is a word, however often.
        assert_eq!(depths, [(Nesting::DEEPEST, 0), (0, 0)]);
    }
}
