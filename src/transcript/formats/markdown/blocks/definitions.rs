//! Definitions of links' addresses, which the parser takes out of the text in silence.

use super::{Block, Reader};
use crate::transcript::record::FurnitureKind;
use std::ops::Range;

impl Reader<'_, '_> {
    /// Looks through what lies between the last block and `upto`, where the parser has found no
    /// words. The definition of a link is taken out of the text in silence, and what looks like one
    /// may be words: `[laughs]: Yes`.
    pub(super) fn account_for(&mut self, upto: usize) {
        let gap = self.seen..upto.max(self.seen);
        self.seen = gap.end;
        if gap.len() < "[a]:b".len() || !self.text[gap.clone()].contains("]:") {
            return;
        }
        let mut definition: Option<Range<usize>> = None;
        let mut at = gap.start;
        for line in self.text[gap].split_inclusive('\n') {
            let range = unmarked(self.text, at..at + line.len());
            at += line.len();
            let starts = self.text[range.clone()].starts_with('[');
            if (starts || range.is_empty())
                && let Some(range) = definition.take()
            {
                self.definition(range);
            }
            if !range.is_empty() {
                definition = Some(definition.map_or(range.start, |before| before.start)..range.end);
            }
        }
        if let Some(range) = definition {
            self.definition(range);
        }
    }

    pub(super) fn definition(&mut self, range: Range<usize>) {
        let typed = &self.text[range.clone()];
        let address = typed.split_once("]:").map(|(_, rest)| rest.trim_start().trim_start_matches('<'));
        if address.is_some_and(is_address) {
            self.record.furniture(FurnitureKind::LinkDefinition, range);
            return;
        }
        let start = self.push_markers(range.start);
        let mut at = range.start;
        for line in typed.split_inclusive('\n') {
            if at > range.start {
                self.words.push(self.text, "\n");
            }
            self.words.push_source(self.text, unmarked(self.text, at..at + line.len()));
            at += line.len();
        }
        self.block = Some((Block::Paragraph, start));
        self.end_block(range.end);
    }
}

/// A line without white space at its ends and without the markers of quotes and items before it.
fn unmarked(text: &str, line: Range<usize>) -> Range<usize> {
    let mut words = text[line.clone()].trim();
    let end = line.start + text[line].trim_end().len();
    loop {
        let number = words.trim_start_matches(|c: char| c.is_ascii_digit());
        let item = if number.len() < words.len() {
            number.strip_prefix(['.', ')'])
        } else {
            words.strip_prefix(['-', '+', '*'])
        };
        let rest = words.strip_prefix('>').or_else(|| item.filter(|rest| rest.starts_with([' ', '\t'])));
        match rest {
            Some(rest) => words = rest.trim_start(),
            None => return end - words.len()..end,
        }
    }
}

/// Whether `href` is meant as an address, and is no word.
pub(super) fn is_address(href: &str) -> bool {
    ["#", "/", "./", "../", "mailto:", "tel:"].iter().any(|start| href.starts_with(start))
        || href.split_once("://").is_some_and(|(scheme, _)| scheme.bytes().all(|b| b.is_ascii_alphanumeric()))
}
