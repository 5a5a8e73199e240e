//! Numbers, dashes and stars that are words of a Markdown transcript.

use super::{Block, Container, Opened, OpenedKind, Reader};
use crate::transcript::formats::markdown::typed;
use crate::transcript::record::InlineKind;
use std::ops::Range;

impl Reader<'_, '_> {
    /// The numbers and dashes before the words of a block, which are words: where they begin.
    pub(super) fn push_markers(&mut self, start: usize) -> usize {
        let mut begin = start;
        let mut markers: Vec<Range<usize>> = self.unread_markers().collect();
        if let Some(first) = markers.first() {
            begin = first.start;
        }
        let ends: Vec<usize> = markers.iter().skip(1).map(|next| next.start).chain([start]).collect();
        for (marker, end) in markers.drain(..).zip(ends) {
            if self.text[marker.end..end].contains('\n') {
                self.words.push_source(self.text, marker);
                self.words.push(self.text, "\n");
            } else {
                self.words.push_source(self.text, marker.start..end);
            }
        }
        begin
    }

    /// Numbers and dashes that no words have followed yet. They count as read from here on.
    pub(super) fn unread_markers(&mut self) -> impl Iterator<Item = Range<usize>> {
        self.containers.iter_mut().filter_map(|container| match container {
            Container::Typed(marker) => marker.take(),
            Container::Quote | Container::Item(_) => None,
        })
    }

    /// A number or a dash with no words after it is a paragraph.
    pub(super) fn end_markers(&mut self) {
        let markers: Vec<Range<usize>> = self.unread_markers().collect();
        for marker in markers {
            self.words.push_source(self.text, marker.clone());
            self.block = Some((Block::Paragraph, marker.start));
            self.end_block(marker.end);
        }
    }

    /// Emphasis, which begins and ends at a word's edge: stars inside a word are words.
    pub(super) fn open_stars(&mut self, kind: InlineKind, range: &Range<usize>) {
        if !typed::is_inside_word(self.text, range) {
            return self.open(kind, range);
        }
        let count = if kind == InlineKind::Strong { 2 } else { 1 };
        let stars = range.start..range.start + count;
        self.inline(&stars, |reader| {
            let start = reader.words.len();
            reader.words.push_source(reader.text, stars.clone());
            reader.opened.push(Opened { start, kind: OpenedKind::Stars(count) });
        });
    }
}
