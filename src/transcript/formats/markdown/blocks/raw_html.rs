//! Raw HTML in a Markdown transcript: words as typed, but for comments.

use super::Reader;
use crate::diagnostics::{Place, swallowed_speaker, unclosed_comment};
use crate::text::Span;
use crate::transcript::Text;
use crate::transcript::formats::markdown::names_a_speaker;
use crate::transcript::record::FurnitureKind;
use std::ops::Range;

impl Reader<'_, '_> {
    /// Raw HTML is words, but for comments, which are set apart.
    pub(super) fn html(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let rest = &self.text[at..range.end];
            match self.comment {
                Some(start) => match rest.find("-->") {
                    Some(length) => {
                        at += length + "-->".len();
                        self.comment = None;
                        self.without_comment = true;
                        self.report_nested_comment(start..at);
                        self.record.furniture(FurnitureKind::Comment, start..at);
                    }
                    None => at = range.end,
                },
                None => {
                    let open = rest.find("<!--");
                    let words = at..at + open.unwrap_or(rest.len());
                    at = words.end;
                    self.words.push_source(self.text, words);
                    if open.is_some() {
                        self.comment = Some(at);
                        // In `<!-->` the two dashes are of both ends.
                        at += "<!".len();
                    }
                }
            }
        }
    }

    /// A comment in which another begins has most likely lost its end, and a speech with it.
    pub(super) fn report_nested_comment(&mut self, range: Range<usize>) {
        let inner = &self.text[range.start + "<!--".len()..range.end];
        if inner.contains("<!--") {
            let text = Text::Slice(Span::new(range.clone()));
            self.report_swallowed(&text, &range, "comment");
        }
    }

    /// Words at the end of a block of raw HTML: a comment that never ends is words, and reported.
    pub(super) fn end_html(&mut self, end: usize) {
        if let Some(start) = self.comment.take() {
            self.words.push_source(self.text, start..end);
            let line = self.text[start..end].lines().next().unwrap_or_default();
            let place = Place::new(self.record.source, Span::new(start..start + line.trim_end().len()));
            if !self.text[start..end].lines().any(names_a_speaker) {
                self.diagnostics.push(unclosed_comment(place));
            }
        }
    }

    pub(super) fn report_swallowed(&mut self, text: &Text, span: &Range<usize>, swallower: &str) {
        if text.of(self.record.source).lines().any(names_a_speaker) {
            let first_line =
                self.text[span.clone()].find('\n').map_or(span.end, |length| span.start + length);
            let place = Place::new(self.record.source, Span::new(span.start..first_line));
            self.diagnostics.push(swallowed_speaker(place, swallower));
        }
    }
}
