//! The way from an offset in some Markdown to its place in the file.

use crate::text::{Source, Span};

/// The way from an offset in some Markdown to its place in the file.
pub(super) struct Places {
    base: usize,
    exact: bool,
    /// For values of YAML blocks: offset in the value where each line begins, and in the file.
    lines: Vec<(usize, usize)>,
    whole: Span,
}

impl Places {
    pub(super) fn new(source: &Source, span: Span, text: &str) -> Self {
        let raw = source.slice(span);
        let mut places =
            Places { base: span.start as usize, exact: raw == text, lines: Vec::new(), whole: span };
        if !places.exact {
            // A block scalar: each line of the value is found, in order, in the raw text.
            let (mut at_value, mut at_raw) = (0, 0);
            for line in text.split_inclusive('\n') {
                let bare = line.trim();
                if !bare.is_empty() {
                    let rest = &raw[at_raw..];
                    let begins = rest.trim_start();
                    let found = match begins.starts_with(bare) {
                        true => Some(rest.len() - begins.len()),
                        false => rest.find(bare),
                    };
                    let Some(found) = found else { break };
                    let indent = line.len() - line.trim_start().len();
                    places.lines.push((at_value + indent, places.base + at_raw + found));
                    at_raw += found + bare.len();
                }
                at_value += line.len();
            }
        }
        places
    }

    /// The place of a range of the Markdown.
    pub(super) fn span(&self, range: std::ops::Range<usize>) -> Span {
        if self.exact {
            return Span::new(self.base + range.start..self.base + range.end);
        }
        let at = |offset: usize| {
            let line = self.lines.partition_point(|(value, _)| *value <= offset).checked_sub(1)?;
            let (value, raw) = *self.lines.get(line)?;
            Some((raw + offset - value).min(self.whole.end as usize))
        };
        match (at(range.start), at(range.end)) {
            (Some(start), Some(end)) if start <= end => Span::new(start..end),
            _ => self.whole,
        }
    }
}
