//! A stretch of the record to search at once: one paragraph, or several joined by a space.

use super::piece::{Joints, Piece, PlacedRange, Scope};
use crate::text::Span;
use std::borrow::Cow;
use std::ops::Range;

/// Folded text of one or more paragraphs, and which paragraph each byte is from.
pub(super) struct Stretch<'r, 'a> {
    record: &'r [Piece<'a>],
    text: Cow<'r, str>,
    starts: Starts,
}

/// Where each paragraph begins in the text of a stretch, and its place in the record.
enum Starts {
    /// There is one. A record is cut into as many stretches for every quotation.
    One([(usize, usize); 1]),
    Several(Vec<(usize, usize)>),
}

impl std::ops::Deref for Starts {
    type Target = [(usize, usize)];

    fn deref(&self) -> &Self::Target {
        match self {
            Starts::One(start) => start,
            Starts::Several(starts) => starts,
        }
    }
}

impl<'r, 'a> Stretch<'r, 'a> {
    /// One paragraph.
    pub(super) fn one(record: &'r [Piece<'a>], piece: usize) -> Self {
        let text = Cow::Borrowed(record[piece].folded().text());
        Stretch { record, text, starts: Starts::One([(0, piece)]) }
    }

    /// Several paragraphs, blank ones left out.
    pub(super) fn joined(record: &'r [Piece<'a>], pieces: Range<usize>) -> Self {
        let (mut text, mut starts) = (String::new(), Vec::new());
        for piece in pieces {
            let folded = record[piece].folded().text();
            if folded.is_empty() {
                continue;
            }
            if !text.is_empty() {
                text.push(' ');
            }
            starts.push((text.len(), piece));
            text.push_str(folded);
        }
        Stretch { record, text: Cow::Owned(text), starts: Starts::Several(starts) }
    }

    /// The stretches within which a quotation has to lie: each paragraph, or where it may cross
    /// from one to the next, each contribution.
    pub(super) fn all_in(record: &'r [Piece<'a>], scope: &Scope) -> Vec<Self> {
        let pieces = scope.pieces.start.min(record.len())..scope.pieces.end.min(record.len());
        match scope.joints {
            Joints::Closed => pieces.map(|piece| Stretch::one(record, piece)).collect(),
            Joints::Open => Stretch::speeches(record, pieces),
        }
    }

    /// One stretch for each contribution of which some paragraphs are among `pieces`.
    pub(super) fn speeches(record: &'r [Piece<'a>], pieces: Range<usize>) -> Vec<Self> {
        let mut stretches = Vec::new();
        let mut start = pieces.start;
        for end in pieces.start + 1..=pieces.end {
            if end == pieces.end || record[end].speech() != record[start].speech() {
                stretches.push(match end - start {
                    1 => Stretch::one(record, start),
                    _ => Stretch::joined(record, start..end),
                });
                start = end;
            }
        }
        stretches
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The whole record.
    pub(super) fn record(&self) -> &'r [Piece<'a>] {
        self.record
    }

    /// Whether both ends stand on cluster boundaries.
    pub(super) fn is_whole(&self, range: &Range<usize>) -> bool {
        [range.start, range.end].into_iter().all(|at| {
            let Some((start, piece)) = self.starts.get(self.index(at)) else { return false };
            self.record[*piece].folded().is_boundary(at - start)
        })
    }

    /// Which paragraph of the stretch `at` lies in.
    fn index(&self, at: usize) -> usize {
        self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1)
    }

    /// The original bytes of a range, one for each paragraph that it touches. Ends that cut a
    /// cluster are moved outwards.
    pub(super) fn place(&self, range: &Range<usize>, part: usize) -> Vec<PlacedRange> {
        let mut placed = Vec::new();
        for (start, piece) in self.starts.iter().skip(self.index(range.start)) {
            if *start >= range.end {
                break;
            }
            let folded = self.record[*piece].folded();
            let from = range.start.max(*start) - start;
            let to = (range.end - start).min(folded.text().len());
            if from < to {
                let span = Span::new(folded.original(from..to));
                placed.push(PlacedRange { part, piece: *piece, span });
            }
        }
        placed
    }
}
