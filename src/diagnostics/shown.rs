//! How a diagnostic reads: for people with the words underlined, on one line, as JSON for tools. The
//! same text wherever it is shown.

use super::{Diagnostic, Place, Severity};
use crate::text::{hidden_characters, is_control};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::ops::Range;

/// How many lines of many are shown of a place.
const LINES: usize = 4;
/// A line is shown whole up to so many bytes; of a longer one, so many around the words at fault.
const WIDE: usize = 2_000;
const AROUND: usize = 120;

/// Whether a text carries a terminal's colours. Meaning never hangs on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No colours.
    Plain,
    /// Colours as ANSI sequences.
    Coloured,
}

impl Diagnostic {
    /// For people: the message, the line with the words at fault underlined, the notes, the help.
    pub fn snippet(&self, style: Style) -> String {
        let diagnostic = self;
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let message = words(&diagnostic.message);
        let title = level.primary_title(message.as_str()).id(diagnostic.code);
        let text;
        let path;
        let mut group = match &diagnostic.place {
            Some(place) if !place.source.text.is_empty() => {
                path = one_line(place.source.path.as_str());
                let shown = Shown::of(place);
                text = visible(&place.source.text[shown.text]);
                let at = place.source.line_column(place.span.start as usize);
                let lines = Snippet::source(text.as_str())
                    .line_start(at.line)
                    .annotation(AnnotationKind::Primary.span(shown.words));
                match shown.is_cut {
                    false => title.element(lines.path(path.as_str())),
                    // Columns are counted in what is shown: the place is said by itself.
                    true => {
                        let origin = Origin::path(path.as_str()).line(at.line).char_column(at.column);
                        title.element(origin).element(lines)
                    }
                }
            }
            Some(place) => {
                path = one_line(place.source.path.as_str());
                title.element(Origin::path(path.as_str()))
            }
            None => Group::with_title(title),
        };
        let only = diagnostic.only.map(|pass| format!("found {} only", pass.as_str()));
        let notes: Vec<String> = diagnostic.notes.iter().chain(&only).map(|note| words(note)).collect();
        for note in &notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let help = diagnostic.help.as_deref().map(words);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    /// On one line, with its place and the help.
    pub fn line(&self) -> String {
        let diagnostic = self;
        let place = match &diagnostic.place {
            Some(place) => {
                let at = place.source.line_column(place.span.start as usize);
                format!("{}:{}:{}: ", place.source.path, at.line, at.column)
            }
            None => String::new(),
        };
        let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
        let only = diagnostic.only.map(|pass| format!(" ({} only)", pass.as_str())).unwrap_or_default();
        let text = format!(
            "{place}{}[{}]: {}{only}{help}",
            diagnostic.severity.as_str(),
            diagnostic.code,
            diagnostic.message
        );
        words(&text).replace('\n', " ")
    }

    /// For tools: code, severity, place (1-based, from the root), message, notes, help.
    pub fn json(&self) -> serde_json::Value {
        let diagnostic = self;
        let mut object = serde_json::Map::new();
        object.insert("code".into(), diagnostic.code.into());
        object.insert("severity".into(), diagnostic.severity.as_str().into());
        if let Some(place) = &diagnostic.place {
            let start = place.source.line_column(place.span.start as usize);
            let end = place.source.line_column(place.span.end as usize);
            object.insert("file".into(), place.source.path.as_str().into());
            object.insert("line".into(), start.line.into());
            object.insert("column".into(), start.column.into());
            object.insert("end_line".into(), end.line.into());
            object.insert("end_column".into(), end.column.into());
        }
        object.insert("message".into(), diagnostic.message.as_str().into());
        if !diagnostic.notes.is_empty() {
            object.insert("notes".into(), diagnostic.notes.clone().into());
        }
        object.insert("help".into(), diagnostic.help.clone().into());
        if let Some(pass) = diagnostic.only {
            object.insert("only".into(), pass.as_str().into());
        }
        serde_json::Value::Object(object)
    }
}

/// Text without characters that could move a terminal's cursor. One byte for one, so that places
/// stay right: control characters are ASCII.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        // A part of a line break.
        '\r' => ' ',
        _ if c.is_ascii_control() => '?',
        _ => c,
    };
    text.chars().map(shown).collect()
}

/// Text without characters that move a terminal's cursor, and with those that nobody sees named.
pub(super) fn words(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut end = 0;
    for (at, hidden) in hidden_characters(text).filter(|(_, hidden)| !is_control(*hidden)) {
        shown.push_str(&text[end..at]);
        shown.push_str(&format!("<U+{:04X}>", u32::from(hidden)));
        end = at + hidden.len_utf8();
    }
    shown.push_str(&text[end..]);
    visible(&shown).replace(is_control, "?")
}

/// A name in one line: the name of a file may hold a line end, behind which it could say anything.
fn one_line(text: &str) -> String {
    words(text).replace(['\n', '\t'], "?")
}

/// JSON on one line that sends nothing to a terminal but text: the characters of which a terminal makes more than
/// that and JSON nothing, DEL and those after it, are written as escapes too.
pub fn json_line(value: &serde_json::Value) -> String {
    let line = value.to_string();
    if !line.contains(is_control) {
        return line;
    }
    let one = |c: char| match is_control(c) {
        true => format!("\\u{:04x}", u32::from(c)),
        false => c.to_string(),
    };
    line.chars().map(one).collect()
}

/// What is shown of a file: the lines of a place and no more, since a message must not cost its file.
struct Shown {
    /// The bytes of the file.
    text: Range<usize>,
    /// The words at fault among them.
    words: Range<usize>,
    /// Whether the lines are not whole.
    is_cut: bool,
}

impl Shown {
    fn of(place: &Place) -> Self {
        let text = &*place.source.text;
        let end = (place.span.end as usize).min(text.len());
        let start = (place.span.start as usize).min(end);
        // The words, not the white space after them; and no more than the first lines of many.
        let words = text[start..end].trim_end();
        let last = words.match_indices('\n').nth(LINES - 1).map_or(words.len(), |(at, _)| at);
        let end = start + words[..last].trim_end().len();
        // Of a line that is too wide anyway no end is looked for: there may be thousands of messages about it.
        let from = text.floor_char_boundary(start.saturating_sub(WIDE + 4));
        let to = text.floor_char_boundary((end + WIDE + 4).min(text.len()));
        let line_start = text[from..start].rfind('\n').map_or(from, |at| from + at + 1);
        let line_end = text[end..to].find('\n').map_or(to, |at| end + at);
        if line_end - line_start <= WIDE {
            return Shown {
                text: line_start..line_end,
                words: start - line_start..end - line_start,
                is_cut: false,
            };
        }
        let end = text.floor_char_boundary(end.min(start + WIDE / 2)).max(start);
        let first = text.floor_char_boundary(start.saturating_sub(AROUND)).max(line_start);
        let last = text.floor_char_boundary((end + AROUND).min(line_end)).max(end);
        Shown { text: first..last, words: start - first..end - first, is_cut: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SitePath, Source, Span};

    fn at(text: &str, words: &str) -> Diagnostic {
        let source = Source::new(SitePath::new("content/a.md").expect("a path"), text);
        let start = text.find(words).expect("they stand there");
        Diagnostic::error(
            "lost-quote",
            Place::new(&source, Span::new(start..start + words.len())),
            "It is lost",
        )
    }

    #[test]
    fn a_message_shows_the_line_with_its_number_and_column() {
        let shown = at("one\ntwo\nthree é four\nfive\n", "four").snippet(Style::Plain);
        assert!(shown.contains("content/a.md:3:9") && shown.contains("3 | three é four"), "{shown}");
        assert!(!shown.contains("five"), "{shown}");
    }

    #[test]
    fn the_name_of_a_file_moves_no_cursor_and_ends_no_line_in_any_format() {
        let path = "content/a\nb\u{1b}[31m\u{9b}2J\u{7f}.md";
        for text in ["", "words"] {
            let source = Source::new(SitePath::new(path).expect("a path"), text);
            let message = Diagnostic::error("bad-file", Place::new(&source, Span::new(0..0)), path);
            let sarif = json_line(&super::super::sarif(std::slice::from_ref(&message)));
            for shown in [message.line(), message.github(), json_line(&message.json()), sarif] {
                assert!(!shown.contains(char::is_control), "{shown:?}");
            }
            let shown = message.snippet(Style::Plain);
            assert!(!shown.contains(|c: char| c.is_control() && c != '\n'), "{shown:?}");
            assert!(shown.contains("content/a?b?[31m?2J?.md"), "{shown:?}");
            let read: serde_json::Value = serde_json::from_str(&json_line(&message.json())).expect("JSON");
            assert_eq!(read["file"], path, "the escapes are those of JSON");
        }
    }

    #[test]
    fn a_message_costs_its_line_and_of_a_long_line_the_words_at_fault() {
        let text = format!("first\n{} here {}\n", "x".repeat(300_000), "y".repeat(300_000));
        let message = at(&text, "here");
        let begun = std::time::Instant::now();
        let shown: Vec<String> = (0..200).map(|_| message.snippet(Style::Plain)).collect();
        assert!(shown[0].contains("content/a.md:2:300002") && shown[0].len() < 2_000, "{}", shown[0]);
        assert!(begun.elapsed() < std::time::Duration::from_secs(2), "{:?}", begun.elapsed());
    }

    #[test]
    fn what_turns_the_direction_of_a_terminal_is_named() {
        let mut message = at("one\n", "one");
        message.message = "`a\u{202e}b` \u{1b}[8m".into();
        assert!(message.line().contains("`a<U+202E>b` ?[8m"), "{}", message.line());
        assert!(message.snippet(Style::Plain).contains("a<U+202E>b"));
    }
}
