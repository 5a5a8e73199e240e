//! What looks like markup in a Markdown transcript and is words: numbers and single dashes before
//! words, stars inside a word.

use super::OPTIONS;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::HashSet;
use std::ops::Range;

/// Where the lists of `text` begin that are drawn as lists, counted from `offset`: two or more items
/// after one another, each with `-` or `*` before it, none of which begins with a number. A number
/// before words is words, and so are `+` and a single dash.
pub(super) fn lists(text: &str, offset: usize) -> HashSet<usize> {
    let mut lists = HashSet::new();
    if !text.lines().any(|line| line.trim_start_matches([' ', '\t', '>']).starts_with(['-', '*'])) {
        return lists;
    }
    /// A list that is open: where it begins, its items, whether it may be drawn.
    struct Open(usize, usize, bool);
    let mut open: Vec<Open> = Vec::new();
    for (event, range) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        match event {
            Event::Start(Tag::List(number)) => open.push(Open(range.start, 0, number.is_none())),
            Event::Start(Tag::Item) => {
                let item = text[range].trim_start();
                let words = item[marker(item)..].trim_start();
                let is_item = item.starts_with(['-', '*'])
                    && !words.starts_with(|c: char| c.is_numeric() || matches!(c, '.' | '£' | '$' | '€'));
                if let Some(list) = open.last_mut() {
                    list.1 += 1;
                    list.2 &= is_item;
                }
            }
            Event::End(TagEnd::List(_)) => {
                if let Some(Open(start, 2.., true)) = open.pop() {
                    lists.insert(start + offset);
                }
            }
            _ => {}
        }
    }
    lists
}

/// The length of the marker that an item begins with: `-`, `10.`, `3)`.
pub(super) fn marker(item: &str) -> usize {
    let digits = item.bytes().take_while(u8::is_ascii_digit).count();
    (digits + 1).min(item.len())
}

/// Whether what stands between stars at `range` begins or ends inside a word, as in `2**8**1`.
pub(super) fn is_inside_word(text: &str, range: &Range<usize>) -> bool {
    let is_star = ['*', '_'];
    let before = text[..range.start].trim_end_matches(is_star).chars().next_back();
    let after = text[range.end..].trim_start_matches(is_star).chars().next();
    before.is_some_and(is_of_a_word) || after.is_some_and(is_of_a_word)
}

/// A letter or a digit of a script that puts spaces between its words.
fn is_of_a_word(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{0e00}'..='\u{0eff}' | '\u{1780}'..='\u{17ff}' | '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_two_dashes_or_more_make_a_list() {
        let starts = |text: &str| lists(text, 0).into_iter().collect::<Vec<_>>();
        assert_eq!(starts("- one\n- two\n"), [0]);
        assert_eq!(starts("* one\n\n* two\n"), [0]);
        for words in
            ["- one\n", "+ 5%\n+ 6%\n", "- 5%\n- 6%\n", "1. one\n2. two\n", "- one\n\nwords\n\n- two\n"]
        {
            assert_eq!(starts(words), [0_usize; 0], "{words}");
        }
    }

    #[test]
    fn stars_at_a_words_edge_are_emphasis() {
        assert!(!is_inside_word("a *b* c", &(2..5)));
        assert!(!is_inside_word("(*b*),", &(1..4)));
        assert!(!is_inside_word("是*的*吗", &(3..8)));
        assert!(is_inside_word("5*6*7", &(1..4)));
        assert!(is_inside_word("5*6*, or", &(1..4)));
        assert!(is_inside_word("2***8***1", &(2..7)));
    }
}
