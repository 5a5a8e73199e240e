//! A text as words and what stands between them, and the way from one wording to another.

use crate::text::fold;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::borrow::Cow;
use std::ops::Range;

/// A word, a run of white space, or one other character.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its bytes.
    pub(super) range: Range<usize>,
    word: bool,
}

impl Token {
    /// Whether it is a word.
    pub(super) fn is_word(&self) -> bool {
        self.word
    }
}

/// The tokens of a text, in order and without gaps.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        let first = text[at..].chars().next()?;
        let is_word = |c: char| c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c);
        let same: &dyn Fn(char) -> bool = if is_word(first) {
            &is_word
        } else if first.is_whitespace() {
            &char::is_whitespace
        } else {
            &|_| false
        };
        at += first.len_utf8();
        at += text[at..].find(|c| !same(c)).unwrap_or(text.len() - at);
        Some(Token { range: start..at, word: is_word(first) })
    })
}

/// The way from an old wording of a paragraph to a new one.
pub(super) struct Wording {
    old: Vec<Token>,
    new: Vec<Token>,
    ops: Vec<DiffOp>,
}

impl Wording {
    /// Compares two wordings, token by token as folded.
    pub(super) fn new(old: &str, new: &str) -> Self {
        let (old_tokens, new_tokens): (Vec<_>, Vec<_>) = (tokens(old).collect(), tokens(new).collect());
        let keys = |text: &str, tokens: &[Token]| -> Vec<String> {
            let key = |token: &Token| match &text[token.range.clone()] {
                space if space.trim().is_empty() => Cow::Borrowed(" "),
                ascii if ascii.is_ascii() => Cow::Borrowed(ascii),
                other => Cow::Owned(fold(other).text().to_owned()),
            };
            tokens.iter().map(|token| key(token).into_owned()).collect()
        };
        let (old_keys, new_keys) = (keys(old, &old_tokens), keys(new, &new_tokens));
        let ops = capture_diff_slices(Algorithm::Myers, &old_keys, &new_keys);
        Wording { old: old_tokens, new: new_tokens, ops }
    }

    /// Where a range of the old wording stands in the new: the start and the end each mapped by what
    /// stands on its inner side, and words put in between taken in. `None` where nothing is left.
    pub(super) fn map(&self, range: Range<usize>) -> Option<Range<usize>> {
        let (mut start, mut end) = (None, None);
        for op in &self.ops {
            match *op {
                DiffOp::Equal { old_index, new_index, len } => {
                    for step in 0..len {
                        let (old, new) =
                            (&self.old[old_index + step].range, &self.new[new_index + step].range);
                        if old.end <= range.start || old.start >= range.end {
                            continue;
                        }
                        // Inside a token of the same bytes the offset is the same.
                        let inner = |at: usize, edge: usize| match old.len() == new.len() {
                            true => new.start + at.saturating_sub(old.start).min(old.len()),
                            false => edge,
                        };
                        start.get_or_insert(inner(range.start, new.start));
                        end = Some(inner(range.end, new.end));
                    }
                }
                DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                    let touched = self.old[old_index..old_index + old_len]
                        .iter()
                        .any(|old| old.range.end > range.start && old.range.start < range.end);
                    if touched && new_len > 0 {
                        let new = &self.new[new_index..new_index + new_len];
                        start.get_or_insert(new[0].range.start);
                        end = Some(new[new_len - 1].range.end);
                    }
                }
                DiffOp::Delete { .. } | DiffOp::Insert { .. } => {}
            }
        }
        let (start, end) = (start?, end?);
        (start < end).then_some(start..end)
    }

    /// The words by which two ranges differ: those of the old and those of the new.
    pub(super) fn changed(
        &self,
        old: Range<usize>,
        new: Range<usize>,
    ) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
        let within = |tokens: &[Token], indexes: Range<usize>, range: &Range<usize>| -> Vec<Range<usize>> {
            let inside = |token: &&Token| token.range.end > range.start && token.range.start < range.end;
            tokens[indexes].iter().filter(inside).map(|token| token.range.clone()).collect()
        };
        let (mut left, mut come) = (Vec::new(), Vec::new());
        for op in self.ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
            left.extend(within(&self.old, op.old_range(), &old));
            come.extend(within(&self.new, op.new_range(), &new));
        }
        (left, come)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_carried_over_changes_beside_it_and_takes_in_those_within() {
        let map = |old: &str, range: Range<usize>, new: &'static str| {
            Wording::new(old, new).map(range).map(|r| &new[r])
        };
        assert_eq!(map("We will act now.", 3..11, "Indeed we said: We will act today."), Some("will act"));
        assert_eq!(map("he should proceed.", 3..18, "he should not proceed."), Some("should not proceed."));
        assert_eq!(map("a—b c", 4..7, "a-b d"), Some("b d"));
        assert_eq!(map("gone", 0..4, ""), None);
    }
}
