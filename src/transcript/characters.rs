//! Characters that a transcript must not hold, since nobody can see them: controls, and the marks
//! that reorder the words on the page. And the character references of HTML.

use crate::diagnostics::{Diagnostic, Place, Unseen, bidi_control, control_character, unseen};
use crate::text::{Source, Span, hidden_characters, is_control, turns_direction};
use std::collections::BTreeMap;

/// So many bytes are looked at together.
const BLOCK: usize = 4096;

/// The first control character (C0 but tab and line breaks, and DEL) and its offset. A carriage
/// return is part of a line break only before a newline.
pub(super) fn first_control(text: &str) -> Option<(usize, char)> {
    let mut controls = controls(text);
    controls.next()
}

/// The first mark that overrides the direction of the words after it, and its offset.
pub(super) fn first_bidi(text: &str) -> Option<(usize, char)> {
    let mut marks = bidi_marks(text);
    marks.next()
}

/// A character reference of HTML at the start of `text`, with its length: `&#39;`, `&eacute;`. One
/// that stands for a character nobody can see stays as it is written.
pub(super) fn reference(text: &str) -> Option<(usize, String)> {
    let rest = text.strip_prefix('&')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '#';
    let end =
        rest.find(|c| !fits(c)).filter(|end| rest[*end..].starts_with(';') && (1..=32).contains(end))?;
    let written = &text[..end + 2];
    let read: String = match written {
        "&amp;" => "&".into(),
        "&lt;" => "<".into(),
        "&gt;" => ">".into(),
        _ => scraper::Html::parse_fragment(written).root_element().text().collect(),
    };
    let unseen = read.chars().any(char::is_control) || first_bidi(&read).is_some();
    (read != written && !unseen && !read.is_empty()).then_some((written.len(), read))
}

fn controls(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let is_control = move |at: usize| match bytes[at] {
        b'\t' | b'\n' => false,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        byte => byte < b' ' || byte == 0x7f,
    };
    // Most texts have none, and a loop without a way out looks at many bytes at once.
    let may_be = |block: &[u8]| {
        block.iter().fold(false, |found, byte| {
            found | ((*byte < b' ') & (*byte != b'\t') & (*byte != b'\n')) | (*byte == 0x7f)
        })
    };
    let blocks = (0..bytes.len()).step_by(BLOCK).map(move |start| start..bytes.len().min(start + BLOCK));
    let blocks = blocks.filter(move |block| may_be(&bytes[block.clone()]));
    blocks.flatten().filter(move |at| is_control(*at)).map(move |at| (at, bytes[at] as char))
}

/// U+202A to U+202E and U+2066 to U+2069: embeddings, overrides and isolates.
fn bidi_marks(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mark = move |at: usize| match bytes.get(at..at + 3)? {
        [0xe2, 0x80, 0xaa..=0xae] | [0xe2, 0x81, 0xa6..=0xa9] => Some((at, text[at..].chars().next()?)),
        _ => None,
    };
    memchr::memchr_iter(0xe2, bytes).filter_map(mark)
}

/// Reports the first unseen character of each kind, and how many there are.
pub(super) fn check(source: &Source, diagnostics: &mut Vec<Diagnostic>) {
    let place = |at: usize, found: char| Place::new(source, Span::new(at..at + found.len_utf8()));
    if let Some((at, found)) = first_control(&source.text) {
        let count = controls(&source.text).count();
        diagnostics.push(control_character(place(at, found), found, count));
    }
    if let Some((at, found)) = first_bidi(&source.text) {
        let count = bidi_marks(&source.text).count();
        diagnostics.push(bidi_control(place(at, found), found, count));
    }
    unseen(source, is_told, diagnostics);
}

/// Whether a character has a message of its own, of the file or of what is escaped in it.
fn is_told(c: char) -> bool {
    is_control(c) && c.is_ascii() || turns_direction(c)
}

/// Reports what nobody sees in the words as they were read: written by a reference or an escape.
pub(super) fn check_read<'w>(
    source: &Source,
    words: impl Iterator<Item = (&'w str, Span)>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut found = Unseen::default();
    // Asked once of each kind: a record may have a million of one.
    let mut stands_in_the_source = BTreeMap::new();
    for (words, span) in words {
        for (_, c) in hidden_characters(words).filter(|(_, c)| !is_told(*c)) {
            if !*stands_in_the_source.entry(c).or_insert_with(|| source.text.contains(c)) {
                found.add(c, span);
            }
        }
    }
    diagnostics.extend(found.told(source));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_breaks_and_tabs_are_no_controls() {
        assert_eq!(first_control("a\tb\r\nc\n"), None);
        assert_eq!(first_control("a\rb"), Some((1, '\r')));
        assert_eq!(first_control("a\0"), Some((1, '\0')));
        assert_eq!(first_control("é\u{7f}"), Some((2, '\u{7f}')));
    }

    #[test]
    fn a_reference_is_read_as_html_reads_it_and_an_unseen_character_stays_written() {
        let read = reference;
        assert_eq!(read("&#39;s"), Some((5, "'".into())));
        assert_eq!(read("&eacute;&"), Some((8, "é".into())));
        assert_eq!(read("&#150;"), Some((6, "–".into())));
        for none in ["&nosuchname;", "& then;", "&amp", "&#27;", "&#x202e;", "&;"] {
            assert_eq!(read(none), None, "{none}");
        }
    }

    #[test]
    fn overrides_and_isolates_are_found_and_quotation_marks_are_not() {
        assert_eq!(first_bidi("“a” – b…"), None);
        assert_eq!(first_bidi("“\u{202e}"), Some((3, '\u{202e}')));
        assert_eq!(first_bidi("\u{2066}"), Some((0, '\u{2066}')));
    }
}
