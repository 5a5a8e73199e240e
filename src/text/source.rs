//! A file's text with its path, and byte spans in it.

use super::SitePath;
use std::cell::RefCell;
use std::ops::Range;
use std::sync::{Arc, Weak};

/// A range of bytes in some text, on character boundaries. Half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range`. Texts are bounded far below 4 GiB by the limits of `load`.
    pub fn new(range: Range<usize>) -> Self {
        let narrow = |n: usize| u32::try_from(n).expect("the limits keep every text below 4 GiB");
        Span { start: narrow(range.start), end: narrow(range.end) }
    }

    /// The same as a range of `usize`, to slice with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether no byte lies in it.
    pub fn is_empty(self) -> bool {
        self.start >= self.end
    }

    /// The span moved right by `by` bytes.
    pub fn shifted(self, by: usize) -> Self {
        Span::new(self.start as usize + by..self.end as usize + by)
    }
}

/// A file's text together with its path. Clones share the text.
#[derive(Clone, Debug)]
pub struct Source {
    /// Where it stands in the site.
    pub path: SitePath,
    /// The whole text, without a byte order mark. From a file, its lines end in `\n`.
    pub text: Arc<str>,
}

impl PartialEq for Source {
    /// Thousands of messages about one file are compared: clones are the same without a look at the text.
    fn eq(&self, other: &Self) -> bool {
        self.path == other.path && (Arc::ptr_eq(&self.text, &other.text) || self.text == other.text)
    }
}

impl Eq for Source {}

impl std::hash::Hash for Source {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (&self.path, &self.text).hash(state);
    }
}

/// A text with `\n` at the end of every line that ends in `\r\n`. A lone `\r` ends no line.
pub fn plain_lines<T: AsRef<str> + Into<Arc<str>>>(text: T) -> Arc<str> {
    match text.as_ref().contains("\r\n") {
        true => text.as_ref().replace("\r\n", "\n").into(),
        false => text.into(),
    }
}

/// A file's text as every reader of the site has it: without a byte order mark, its lines ending in `\n`.
pub fn as_read(text: &str) -> Arc<str> {
    plain_lines(text.strip_prefix('\u{feff}').unwrap_or(text))
}

/// A place as people count: both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters (Unicode scalar values), from 1.
    pub column: usize,
}

impl Source {
    /// A source from its parts.
    pub fn new(path: SitePath, text: impl Into<Arc<str>>) -> Self {
        Source { path, text: text.into() }
    }

    /// The words at `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// Line and column of a byte offset. Scans the text once for all messages about it that one thread shows one
    /// after the other: for messages, not for hot paths.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let end = self.text.floor_char_boundary(offset);
        PASSED.with_borrow_mut(|passed| {
            if !std::ptr::eq(passed.text.as_ptr(), Arc::as_ptr(&self.text)) {
                *passed = Passed { text: Arc::downgrade(&self.text), places: vec![(0, BEGIN)] };
            }
            passed.place(&self.text, end)
        })
    }
}

const BEGIN: LineColumn = LineColumn { line: 1, column: 1 };

/// So many bytes lie between two places of [`Passed`].
const APART: usize = 4096;

thread_local! {
    /// Of the text that was last asked about.
    static PASSED: RefCell<Passed> =
        RefCell::new(Passed { text: Arc::downgrade(&Arc::from("")), places: Vec::new() });
}

/// Places in a text whose line and column are known, as far as anybody asked. Of one long line there may be
/// thousands of messages, and each would count its characters from the start.
struct Passed {
    /// The text is not kept, but no other one can have its address.
    text: Weak<str>,
    places: Vec<(usize, LineColumn)>,
}

impl Passed {
    fn place(&mut self, text: &str, end: usize) -> LineColumn {
        let (mut at, mut place) = self.places.last().copied().unwrap_or((0, BEGIN));
        while at + APART <= end {
            let next = text.floor_char_boundary(at + APART);
            place = place.past(&text[at..next]);
            at = next;
            self.places.push((at, place));
        }
        let before = self.places.partition_point(|(at, _)| *at <= end);
        let (at, place) = before.checked_sub(1).map_or((0, BEGIN), |last| self.places[last]);
        place.past(&text[at..end])
    }
}

impl LineColumn {
    /// The place behind these words that begin here.
    fn past(self, words: &str) -> Self {
        let lines = memchr::memchr_iter(b'\n', words.as_bytes()).count();
        let (column, last) = match words.rfind('\n') {
            Some(at) => (1, &words[at + 1..]),
            None => (self.column, words),
        };
        LineColumn { line: self.line + lines, column: column + last.chars().count() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    #[test]
    fn a_place_is_the_same_in_whatever_order_places_are_asked_for() {
        let path = SitePath::new("a.md").unwrap();
        let long = Source::new(path.clone(), "wörds and\n".repeat(900) + &"ü".repeat(9000) + "\n\nend");
        let other = Source::new(path, "one\ntwo");
        let counted = |source: &Source, offset: usize| {
            let before = &source.text[..source.text.floor_char_boundary(offset)];
            let line = before.matches('\n').count() + 1;
            LineColumn { line, column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1 }
        };
        for step in 0..2_000 {
            let offset = step * 7_919 % (long.text.len() + 1);
            assert_eq!(long.line_column(offset), counted(&long, offset), "{offset}");
            if step % 5 == 0 {
                assert_eq!(other.line_column(step % 8), counted(&other, step % 8));
            }
        }
        assert_eq!(long.line_column(usize::MAX), counted(&long, long.text.len()));
    }

    #[test]
    fn a_place_in_a_long_line_costs_no_walk_along_it() {
        let source = Source::new(SitePath::new("a.md").unwrap(), "é".repeat(2 << 20));
        let start = Instant::now();
        for at in 0..20_000 {
            assert_eq!(source.line_column(source.text.len() - 2 * at).line, 1);
        }
        // Each by itself would count four megabytes: minutes.
        assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    }
}
