//! The characters of strings, which of them stand in the source as they are, and what no string of a
//! record may hold: the libraries for JSON let half a character pass where they do not look into a string.

#![expect(clippy::result_large_err, reason = "a mistake ends the reading of a file: there is one at most")]

use crate::diagnostics::{Diagnostic, Place, bidi_control, broken_json, control_character, half_character};
use crate::text::{Source, Span};
use crate::transcript::characters;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::ops::Range;

/// Reads a value of the source, or says what is wrong with it and where. `what` is what the value should
/// be: `a debate of Hansard online`.
pub(in crate::transcript) fn read<'s, T: Deserialize<'s>>(
    source: &Source,
    text: &'s str,
    what: &str,
) -> Result<T, Diagnostic> {
    serde_json::from_str(text).map_err(|error| {
        let lines = text.split_inclusive('\n').take(error.line().saturating_sub(1));
        let before: usize = lines.map(str::len).sum();
        let base = text.as_ptr() as usize - source.text.as_ptr() as usize;
        let at = base + (before + error.column().saturating_sub(1)).min(text.len());
        let start = source.text.floor_char_boundary(at);
        let end = source.text[start..].chars().next().map_or(start, |c| start + c.len_utf8());
        broken_json(Place::new(source, Span::new(start..end)), what, &reason(&error))
    })
}

/// The reason without the place within the value, which is not that in the file.
fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(end) => text[..end].to_owned(),
        None => text,
    }
}

/// Where a value stands in the source.
pub(in crate::transcript) fn span(source: &Source, raw: &RawValue) -> Span {
    let start = raw.get().as_ptr() as usize - source.text.as_ptr() as usize;
    Span::new(start..start + raw.get().len())
}

/// Reports what strings may not hold, written as escapes: control characters, marks that reorder the
/// words, halves of characters. The first of each, and how many there are.
pub(in crate::transcript) fn check(source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let (mut controls, mut marks, mut halves) = (Found::default(), Found::default(), Found::default());
    for string in strings(&source.text) {
        let text = &source.text[string.clone()];
        if memchr::memchr(b'\\', text.as_bytes()).is_none() {
            continue;
        }
        for (what, range) in escapes(text, string.start) {
            let mut buffer = [0; 4];
            match what {
                Err(_) => halves.add('\u{fffd}', range),
                Ok(c) if matches!(c, '\u{8}' | '\u{c}') || is_control(c) => controls.add(c, range),
                Ok(c) if characters::first_bidi(c.encode_utf8(&mut buffer)).is_some() => marks.add(c, range),
                Ok(_) => {}
            }
        }
    }
    let place = |range: Range<usize>| Place::new(source, Span::new(range));
    if let Some((c, range)) = controls.first {
        diagnostics.push(control_character(place(range), c, controls.count));
    }
    if let Some((c, range)) = marks.first {
        diagnostics.push(bidi_control(place(range), c, marks.count));
    }
    if let Some((_, range)) = halves.first {
        let escape = source.text[range.clone()].to_owned();
        diagnostics.push(half_character(place(range), &escape, halves.count));
    }
}

fn is_control(c: char) -> bool {
    (c < ' ' && !matches!(c, '\t' | '\n' | '\r')) || c == '\u{7f}'
}

/// The first of some characters, and how many there are.
#[derive(Default)]
struct Found {
    first: Option<(char, Range<usize>)>,
    count: usize,
}

impl Found {
    fn add(&mut self, c: char, range: Range<usize>) {
        self.count += 1;
        self.first.get_or_insert((c, range));
    }
}

/// The strings of a document, keys too, without their quotation marks.
fn strings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr::memchr(b'"', bytes.get(at..)?)? + 1;
        let end = string_end(bytes, start)?;
        at = end + 1;
        Some(start..end)
    })
}

/// Where the string ends whose characters begin at `start`.
pub(super) fn string_end(bytes: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes[at] == b'"' {
            return Some(at);
        }
        at += 2;
    }
}

/// An escape that stands for no character.
struct Half;

/// The escapes of a string whose characters begin at `base` in the source: what each stands for.
fn escapes(text: &str, base: usize) -> impl Iterator<Item = (Result<char, Half>, Range<usize>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + memchr::memchr(b'\\', text.as_bytes().get(at..)?)?;
        let (what, length) = escape(&text[start..]);
        at = (start + length).min(text.len());
        Some((what, base + start..base + at))
    })
}

/// What the escape at the start of `rest` stands for, and its length.
fn escape(rest: &str) -> (Result<char, Half>, usize) {
    let unit = |at: usize| {
        let digits = rest.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    match rest.as_bytes().get(1) {
        Some(b'u') => {
            let Some(first) = unit(0) else { return (Err(Half), 2) };
            if let Some(c) = char::from_u32(first.into()) {
                return (Ok(c), 6);
            }
            let pair = unit(6).and_then(|second| char::decode_utf16([first, second]).next()?.ok());
            match pair {
                Some(c) => (Ok(c), 12),
                None => (Err(Half), 6),
            }
        }
        Some(b'n') => (Ok('\n'), 2),
        Some(b't') => (Ok('\t'), 2),
        Some(b'r') => (Ok('\r'), 2),
        Some(b'b') => (Ok('\u{8}'), 2),
        Some(b'f') => (Ok('\u{c}'), 2),
        Some(&byte) if byte.is_ascii() => (Ok(byte.into()), 2),
        _ => (Err(Half), 1),
    }
}

/// The characters of a string, and which of them stand in the source as they are.
pub(in crate::transcript) struct Decoded {
    /// The characters.
    pub(in crate::transcript) text: String,
    /// Ranges of `text` and of the source, in order. They have one length where the characters stand there.
    pieces: Vec<(Range<usize>, Range<usize>, Stands)>,
}

/// How characters stand in the source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::transcript) enum Stands {
    /// As they are.
    Plain,
    /// As an escape.
    Escaped,
}

impl Decoded {
    /// Reads the string between the quotation marks at `span`. Half a character becomes U+FFFD; the file
    /// is refused for it elsewhere.
    pub(in crate::transcript) fn of(source: &Source, span: Span) -> Decoded {
        let range =
            span.start as usize + 1..(span.end as usize).saturating_sub(1).max(span.start as usize + 1);
        let literal = &source.text[range.clone()];
        let mut decoded = Decoded { text: String::with_capacity(literal.len()), pieces: Vec::new() };
        let mut start = range.start;
        for (what, escape) in escapes(literal, range.start) {
            decoded.push(&source.text[start..escape.start], start..escape.start, Stands::Plain);
            let mut buffer = [0; 4];
            let character: &str = what.unwrap_or('\u{fffd}').encode_utf8(&mut buffer);
            start = escape.end;
            decoded.push(character, escape, Stands::Escaped);
        }
        decoded.push(&source.text[start..range.end], start..range.end, Stands::Plain);
        decoded
    }

    /// Words that stand in the source as they are.
    pub(in crate::transcript) fn plain(source: &Source, span: Span) -> Decoded {
        let mut decoded = Decoded { text: String::new(), pieces: Vec::new() };
        decoded.push(source.slice(span), span.range(), Stands::Plain);
        decoded
    }

    fn push(&mut self, characters: &str, at: Range<usize>, stands: Stands) {
        if characters.is_empty() {
            return;
        }
        let start = self.text.len();
        self.text.push_str(characters);
        self.pieces.push((start..self.text.len(), at, stands));
    }

    /// The pieces of a range of the characters: each a range of them, where it stands, and how.
    pub(in crate::transcript) fn pieces(
        &self,
        range: Range<usize>,
    ) -> impl Iterator<Item = (Range<usize>, Range<usize>, Stands)> {
        let first = self.pieces.partition_point(|(decoded, ..)| decoded.end <= range.start);
        let pieces = self.pieces[first..].iter().take_while({
            let end = range.end;
            move |(decoded, ..)| decoded.start < end
        });
        pieces.map(move |(decoded, at, stands)| {
            let part = decoded.start.max(range.start)..decoded.end.min(range.end);
            let at = match stands {
                Stands::Plain => {
                    at.start + (part.start - decoded.start)..at.start + (part.end - decoded.start)
                }
                Stands::Escaped => at.clone(),
            };
            (part, at, *stands)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SitePath;

    fn source(text: &str) -> Source {
        Source::new(SitePath::new("t.json").expect("a path"), text)
    }

    #[test]
    fn characters_keep_their_places_through_escapes() {
        let source = source(r#""a\"b\u00e9\ud83d\ude00c""#);
        let decoded = Decoded::of(&source, Span::new(0..source.text.len()));
        assert_eq!(decoded.text, "a\"bé😀c");
        for (part, at, stands) in decoded.pieces(0..decoded.text.len()) {
            let same = decoded.text[part] == source.text[at];
            assert_eq!(same, stands == Stands::Plain);
        }
        let tail: Vec<_> = decoded.pieces(9..10).map(|(_, at, _)| source.text[at].to_owned()).collect();
        assert_eq!(tail, ["c"]);
    }

    #[test]
    fn escapes_that_no_record_may_hold_are_reported_where_they_stand() {
        let source =
            source(r#"{"a": "x\u001b[8m\u0000", "b": "\ud800 \ud83d\ude00", "c": "\\u0000 \u202e\n"}"#);
        let mut diagnostics = Vec::new();
        check(&source, &mut diagnostics);
        let found: Vec<_> = diagnostics
            .iter()
            .map(|d| (d.code, source.slice(d.place.as_ref().expect("a place").span)))
            .collect();
        assert_eq!(
            found,
            [("control-character", r"\u001b"), ("bidi-control", r"\u202e"), ("half-character", r"\ud800")]
        );
        assert!(diagnostics[0].message.contains("the first of 2"), "{}", diagnostics[0].message);
    }
}
