//! Words: a slice of the source for as long as they stand there unbroken, a text of their own from
//! where markup had to come out.

use crate::model::Text;
use crate::text::Span;
use std::ops::Range;

/// The words at `range` of `text`, their line breaks as `\n`.
pub(super) fn from_source(text: &str, range: Range<usize>) -> Text {
    match memchr::memchr(b'\r', &text.as_bytes()[range.clone()]) {
        None => Text::Slice(Span::new(range)),
        Some(_) => Text::Owned(text[range].replace("\r\n", "\n").into()),
    }
}

/// Gathers the words of one paragraph after another, using one buffer for all.
#[derive(Debug, Default)]
pub(super) struct Words {
    /// The slice so far; means nothing once `broken`.
    slice: Range<usize>,
    /// The words so far, once they are no longer a slice.
    buffer: String,
    broken: bool,
}

impl Words {
    /// How many bytes of words there are.
    pub(super) fn len(&self) -> usize {
        if self.broken { self.buffer.len() } else { self.slice.len() }
    }

    /// Adds the words at `range` of the source's `text`.
    pub(super) fn push_source(&mut self, text: &str, range: Range<usize>) {
        let words = &text[range.clone()];
        if words.is_empty() {
        } else if memchr::memchr(b'\r', words.as_bytes()).is_some() {
            self.push(text, &words.replace("\r\n", "\n").replace('\r', "\n"));
        } else if self.broken {
            self.buffer.push_str(words);
        } else if self.slice.is_empty() {
            self.slice = range;
        } else if self.slice.end == range.start {
            self.slice.end = range.end;
        } else {
            self.push(text, words);
        }
    }

    /// Adds words that do not stand in `text` as they are to be read.
    pub(super) fn push(&mut self, text: &str, words: &str) {
        if words.is_empty() {
            return;
        }
        if !self.broken {
            self.buffer.clear();
            self.buffer.push_str(&text[self.slice.clone()]);
            self.broken = true;
        }
        self.buffer.push_str(words);
    }

    /// The words so far, without line breaks at the end, and starts afresh. `None` where there is
    /// nothing but white space.
    pub(super) fn take(&mut self, text: &str) -> Option<Text> {
        let words = if self.broken { self.buffer.as_str() } else { &text[self.slice.clone()] };
        let kept = words.trim_end_matches(['\n', '\r']);
        let start = self.slice.start;
        let taken = if kept.trim().is_empty() {
            None
        } else if self.broken {
            Some(Text::Owned(kept.into()))
        } else {
            Some(Text::Slice(Span::new(start..start + kept.len())))
        };
        self.slice = 0..0;
        self.broken = false;
        taken
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SitePath, Source};

    fn source(text: &str) -> Source {
        Source::new(SitePath::new("t.md").expect("a path"), text)
    }

    #[test]
    fn words_that_stand_together_are_a_slice() {
        let text = "one two";
        let mut words = Words::default();
        words.push_source(text, 0..4);
        words.push_source(text, 4..7);
        assert_eq!(words.take(text), Some(Text::Slice(Span::new(0..7))));
    }

    #[test]
    fn words_parted_by_markup_are_a_text_of_their_own() {
        let text = "one *two*";
        let mut words = Words::default();
        words.push_source(text, 0..4);
        words.push_source(text, 5..8);
        assert_eq!(words.take(text), Some(Text::Owned("one two".into())));
        assert_eq!(words.take(text), None, "it starts afresh");
    }

    #[test]
    fn a_carriage_return_is_never_among_the_words() {
        let source = source("a\r\nb");
        let mut words = Words::default();
        words.push_source(&source.text, 0..4);
        assert_eq!(words.take(&source.text).expect("words").of(&source), "a\nb");
        assert_eq!(from_source(&source.text, 0..4).of(&source), "a\nb");
    }

    #[test]
    fn a_part_of_a_slice_is_a_slice() {
        assert_eq!(Text::Slice(Span::new(10..20)).part(2..5), Text::Slice(Span::new(12..15)));
        assert_eq!(Text::Owned("abcdef".into()).part(2..5), Text::Owned("cde".into()));
    }
}
