//! Places in a text as the protocol counts them: lines from 0, and in a line units of UTF-16. What lies
//! beyond a line or the text counts as its end.

use crate::text::Span;
use lsp_types::{Position, Range, TextDocumentContentChangeEvent};

/// A text and where its lines begin.
pub struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    /// The lines of a text: they end in `\n`, `\r\n` or `\r`, as the protocol has it.
    pub fn new(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr::memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n'));
        let starts = std::iter::once(0).chain(ends.map(|at| at + 1)).collect();
        Lines { text, starts }
    }

    /// The byte at a position; never inside a character.
    pub fn offset(&self, position: Position) -> usize {
        let Some(&start) = self.starts.get(position.line as usize) else { return self.text.len() };
        let end = self.starts.get(position.line as usize + 1).copied().unwrap_or(self.text.len());
        let line = self.text[start..end].trim_end_matches(['\r', '\n']);
        let mut units = 0;
        for (at, c) in line.char_indices() {
            units += u32::try_from(c.len_utf16()).unwrap_or(1);
            if units > position.character {
                return start + at;
            }
        }
        start + line.len()
    }

    /// The position of a byte.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self.starts.partition_point(|start| *start <= offset) - 1;
        let units = self.text[self.starts[line]..offset].encode_utf16().count();
        let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Position { line: narrow(line), character: narrow(units) }
    }

    /// The positions of some bytes.
    pub fn range(&self, range: std::ops::Range<usize>) -> Range {
        Range { start: self.position(range.start), end: self.position(range.end) }
    }

    /// The positions of a span: without the white space that it ends in, and of a file as a whole its first
    /// line.
    pub fn shown(&self, span: Span) -> Range {
        let start = self.text.floor_char_boundary(span.start as usize);
        let end = self.text.floor_char_boundary(span.end as usize).max(start);
        if start == end && start == 0 {
            let end = self.text.find(['\n', '\r']).unwrap_or(self.text.len());
            return self.range(0..end);
        }
        self.range(start..start + self.text[start..end].trim_end().len())
    }
}

/// Makes a change to a text that a client has made.
pub fn apply(text: &mut String, change: &TextDocumentContentChangeEvent) {
    let Some(range) = change.range else {
        text.clone_from(&change.text);
        return;
    };
    let lines = Lines::new(text);
    let (a, b) = (lines.offset(range.start), lines.offset(range.end));
    text.replace_range(a.min(b)..a.max(b), &change.text);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_are_units_of_utf_16_and_what_lies_beyond_is_the_end() {
        let text = "a\u{1F600}b\r\né\rc";
        let lines = Lines::new(text);
        for (position, offset) in [
            (at(0, 0), 0),
            (at(0, 1), 1),
            // Inside a pair of surrogates: the character that it is in.
            (at(0, 2), 1),
            (at(0, 3), 5),
            (at(0, 4), 6),
            (at(0, 99), 6),
            (at(1, 1), 10),
            (at(2, 0), 11),
            (at(2, 7), 12),
            (at(99, 0), 12),
            (at(u32::MAX, u32::MAX), 12),
        ] {
            assert_eq!(lines.offset(position), offset, "{position:?}");
        }
        for offset in [0, 1, 5, 6, 8, 10, 11, 12] {
            assert_eq!(lines.offset(lines.position(offset)), offset);
        }
        assert_eq!(lines.position(5), at(0, 3));
        assert_eq!(Lines::new("").position(9), at(0, 0));
    }

    #[test]
    fn a_change_replaces_what_its_range_says_whatever_that_is() {
        let change = |range, text: &str| TextDocumentContentChangeEvent {
            range,
            range_length: None,
            text: text.to_owned(),
        };
        let mut text = "one\ntwo\n".to_owned();
        apply(&mut text, &change(Some(Range { start: at(1, 0), end: at(1, 3) }), "2"));
        assert_eq!(text, "one\n2\n");
        apply(&mut text, &change(Some(Range { start: at(9, 9), end: at(0, 1) }), "!"));
        assert_eq!(text, "o!");
        apply(&mut text, &change(None, "new"));
        assert_eq!(text, "new");
    }
}
