//! The words before and after a quotation: do they fit, and how few of them would tell its places
//! apart.

use crate::text::fold;
use std::cmp::Ordering;
use std::ops::Range;

/// How many bytes on one side of a quotation are looked at to tell its places apart.
const REACH: usize = 240;

/// Of more places than this none is told apart: such a quotation has to be made longer.
const MOST: usize = 1_000;

/// What an author said stands just before and just after the quotation, folded.
#[derive(Clone, Default)]
pub(super) struct Context {
    pub(super) before: Option<String>,
    pub(super) after: Option<String>,
}

impl Context {
    /// Blank words ask for nothing.
    pub(super) fn new(before: Option<&str>, after: Option<&str>) -> Self {
        let folded =
            |words: Option<&str>| words.map(|words| fold(words).text().to_owned()).filter(|w| !w.is_empty());
        Context { before: folded(before), after: folded(after) }
    }

    /// Whether nothing is asked for.
    pub(super) fn is_empty(&self) -> bool {
        self.before.is_none() && self.after.is_none()
    }

    /// Whether what stands before `hit` ends with the wanted words, with or without a space between.
    pub(super) fn fits_before(&self, text: &str, hit: &Range<usize>) -> bool {
        let fits = |wanted: &str| {
            text[..hit.start].ends_with(wanted) || side(text, hit, Side::Before).ends_with(wanted)
        };
        self.before.as_deref().is_none_or(fits)
    }

    /// Whether what stands after `hit` begins with the wanted words, with or without a space between.
    pub(super) fn fits_after(&self, text: &str, hit: &Range<usize>) -> bool {
        let fits = |wanted: &str| {
            text[hit.end..].starts_with(wanted) || side(text, hit, Side::After).starts_with(wanted)
        };
        self.after.as_deref().is_none_or(fits)
    }
}

/// On which side of the quotation.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// The text on one side of `hit`, without the space next to it: folded, there is at most one.
pub(super) fn side<'t>(text: &'t str, hit: &Range<usize>, side: Side) -> &'t str {
    match side {
        Side::Before => text[..hit.start].strip_suffix(' ').unwrap_or(&text[..hit.start]),
        Side::After => text[hit.end..].strip_prefix(' ').unwrap_or(&text[hit.end..]),
    }
}

/// For each of `contexts`, the texts on one side of each place, the fewest whole words next to the
/// quotation that no other place has there; `None` where there are none, or none within reach, or
/// there are too many places.
pub(super) fn shortest(contexts: &[&str], side: Side) -> Vec<Option<String>> {
    if contexts.len() > MOST {
        return vec![None; contexts.len()];
    }
    let near: Vec<&str> = contexts.iter().map(|context| within_reach(context, side)).collect();
    let mut order: Vec<usize> = (0..near.len()).collect();
    // Sorted from the quotation outwards, the place most like another is its neighbour.
    order.sort_by(|a, b| compare(near[*a], near[*b], side));
    let mut found = vec![None; near.len()];
    for (at, which) in order.iter().enumerate() {
        let neighbours =
            [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| order.get(at));
        let shared = neighbours.map(|other| in_common(near[*which], near[*other], side)).max().unwrap_or(0);
        if shared < near[*which].len() {
            let words = whole_words(near[*which], shared + 1, side);
            // Shorter where what tells them apart is a space at the limit of reach.
            found[*which] = (words.len() > shared).then(|| words.to_owned());
        }
    }
    found
}

fn within_reach(context: &str, side: Side) -> &str {
    match side {
        Side::Before => &context[context.ceil_char_boundary(context.len().saturating_sub(REACH))..],
        Side::After => &context[..context.floor_char_boundary(REACH)],
    }
}

fn compare(a: &str, b: &str, side: Side) -> Ordering {
    match side {
        Side::Before => a.bytes().rev().cmp(b.bytes().rev()),
        Side::After => a.cmp(b),
    }
}

/// How many bytes next to the quotation are the same.
fn in_common(a: &str, b: &str, side: Side) -> usize {
    match side {
        Side::Before => a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count(),
        Side::After => a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count(),
    }
}

/// At least `bytes` bytes next to the quotation, to the end of a word.
fn whole_words(context: &str, bytes: usize, side: Side) -> &str {
    match side {
        Side::Before => {
            let start = context.floor_char_boundary(context.len() - bytes);
            let cut = context[..start].rfind(' ').map_or(0, |space| space + 1);
            context[cut..].trim_start_matches(' ')
        }
        Side::After => {
            let end = context.ceil_char_boundary(bytes);
            let cut = context[end..].find(' ').map_or(context.len(), |space| end + space);
            context[..cut].trim_end_matches(' ')
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fewest_words_that_settle_it_are_given() {
        let before = ["looked after by", "not always well looked after by", ""];
        let found = shortest(&before, Side::Before);
        assert_eq!(found, [None, Some("well looked after by".to_owned()), None]);
        let after = [". I listened", ". They are", ". I spoke"];
        let found = shortest(&after, Side::After);
        assert_eq!(found[0].as_deref(), Some(". I listened"));
        assert_eq!(found[1].as_deref(), Some(". They"));
    }

    #[test]
    fn equal_contexts_settle_nothing() {
        assert_eq!(shortest(&["the same", "the same"], Side::Before), [None, None]);
    }
}
