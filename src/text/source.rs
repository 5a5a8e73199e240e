//! A file's text with its path, and byte spans in it.

use super::SitePath;
use std::ops::Range;
use std::sync::Arc;

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

    /// Line and column of a byte offset. Scans the text: for messages, not for hot paths.
    pub fn line_column(&self, offset: usize) -> LineColumn {
        let before = &self.text[..self.text.floor_char_boundary(offset)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        LineColumn {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}
