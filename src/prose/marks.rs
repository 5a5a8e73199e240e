//! Quotation marks: which open, and which close what was opened.

use std::ops::Range;

/// An opening mark, and the marks that close it.
const PAIRS: &[(char, &[char])] = &[
    ('“', &['”']),
    ('"', &['"']),
    ('‘', &['’']),
    ('\'', &['\'']),
    ('«', &['»']),
    ('»', &['«']),
    ('„', &['“', '”']),
    ('‚', &['‘', '’']),
    ('‹', &['›']),
    ('›', &['‹']),
    ('”', &['”']),
    ('〝', &['〞', '〟']),
    ('「', &['」']),
    ('『', &['』']),
    ('＂', &['＂']),
    ('＇', &['＇', '’']),
    ('❝', &['❞']),
    ('❛', &['❜']),
    ('❮', &['❯']),
    ('🙶', &['🙷']),
    ('‟', &['”']),
    ('‛', &['’']),
    ('ʻ', &['ʼ', '’']),
    // What stands in for marks where a keyboard has none: primes, and the accents of ``…''.
    ('″', &['″', '”']),
    ('‶', &['″']),
    ('′', &['′', '’']),
    ('‵', &['′']),
    ('`', &['\'', '’', '´', '`']),
    ('´', &['´', '\'']),
];

/// Marks that are an apostrophe, an accent or a unit where nothing closes them.
const LONE: &[char] = &['\'', '”', '»', '›', '＇', 'ʻ', '‛', '″', '‶', '′', '‵', '`', '´'];

/// Marks that are typed twice for a double one: ‘‘…’’, ``…''.
const TWICE: &[char] = &['\'', '‘', '`', '´', '′', '‵', '＇', '‚', '‹', '›'];

/// Whether a character opens or closes quotations.
pub(super) fn is_mark(c: char) -> bool {
    PAIRS.iter().any(|(open, closers)| *open == c || closers.contains(&c))
}

/// Words that begin with an apostrophe.
const ELIDED: &[&str] = &["tis", "twas", "twill", "em", "til", "till", "cause", "n", "round", "bout", "cos"];

/// Something in quotation marks, or opened and not closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Marked {
    /// The opening mark.
    pub open: char,
    /// From the opening mark to past the closing one.
    pub outer: Range<usize>,
    /// The words between.
    pub inner: Range<usize>,
    /// Whether a mark closes it; otherwise it goes on to the end of the text.
    pub end: End,
    /// Where it would end if an earlier mark, which may be an apostrophe, closed it.
    pub shorter: Option<usize>,
}

/// How marked words end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a closing mark.
    Closed,
    /// With the text.
    Open,
}

/// Whether a text begins with this mark, and where what follows it begins.
pub(super) fn opens_with(text: &str, mark: char) -> Option<usize> {
    let start = text.len() - text.trim_start().len();
    text[start..].starts_with(mark).then(|| start + mark.len_utf8())
}

/// Where the words that were opened by `mark` in an earlier paragraph close in this one: where the closing
/// mark begins, and where it ends.
pub(super) fn closing(
    text: &str,
    from: usize,
    mark: char,
    skip: impl Fn(usize) -> bool,
) -> Option<(usize, usize)> {
    closing_mark(text, from, mark, &skip).map(|closing| (closing.at, closing.at + closing.len))
}

fn closers(mark: char) -> Option<&'static [char]> {
    PAIRS.iter().find(|(open, _)| *open == mark).map(|(_, closers)| *closers)
}

/// The words in quotation marks of a text, one after another.
pub(super) struct Marks<'t, S> {
    text: &'t str,
    at: usize,
    /// Names places whose marks mean nothing.
    skip: S,
    /// Marks that nothing closes any more, so that no text is searched to its end twice for one.
    dead: Vec<char>,
}

impl<'t, S: Fn(usize) -> bool> Marks<'t, S> {
    /// The words in quotation marks from `from` on.
    pub fn new(text: &'t str, from: usize, skip: S) -> Self {
        Marks { text, at: from, skip, dead: Vec::new() }
    }
}

impl<S: Fn(usize) -> bool> Iterator for Marks<'_, S> {
    type Item = Marked;

    fn next(&mut self) -> Option<Marked> {
        let text = self.text;
        while let Some((offset, open)) =
            text[self.at..].char_indices().find(|(_, c)| closers(*c).is_some() && !self.dead.contains(c))
        {
            let start = self.at + offset;
            let inside = start + open.len_utf8();
            self.at = inside;
            if (self.skip)(start) || !opens(text, start, open) {
                continue;
            }
            if let Some(closing) = closing_mark(text, inside, open, &self.skip) {
                let (mut outer, mut inner) = (start..closing.at + closing.len, inside..closing.at);
                // A mark typed twice is one.
                if TWICE.contains(&open) && text[inner.clone()].starts_with(open) {
                    inner.start += open.len_utf8();
                    let closer = &text[closing.at..outer.end];
                    if text[outer.end..].starts_with(closer) {
                        outer.end += closer.len();
                    } else if text[inner.clone()].ends_with(closer) {
                        inner.end -= closer.len();
                    }
                }
                self.at = outer.end;
                let shorter = closing.shorter.filter(|end| *end >= inner.start);
                return Some(Marked { open, outer, inner, end: End::Closed, shorter });
            }
            self.dead.push(open);
            // An apostrophe at the beginning of a word opens nothing, and a stray closing mark neither.
            if LONE.contains(&open) {
                continue;
            }
            // What follows may hold quotations in other marks: it is looked through as well.
            let (outer, inner) = (start..text.len(), inside..text.len());
            return Some(Marked { open, outer, inner, end: End::Open, shorter: None });
        }
        None
    }
}

/// Whether the mark at `start` opens: no letter stands before it, and it is no apostrophe.
fn opens(text: &str, start: usize, mark: char) -> bool {
    let before = text[..start].chars().next_back();
    let after = &text[start + mark.len_utf8()..];
    if before.is_some_and(char::is_alphanumeric) {
        return false;
    }
    match mark {
        '\'' | '‘' | '＇' | 'ʻ' | '‛' | '′' | '`' | '´' => {
            let word = after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let decade = word.strip_suffix('s').unwrap_or(word);
            let is_year = decade.len() == 2 && decade.bytes().all(|b| b.is_ascii_digit());
            let is_apostrophe = is_year || ELIDED.contains(&word.to_lowercase().as_str());
            !is_apostrophe && !after.starts_with(char::is_whitespace) && !after.is_empty()
        }
        // After a stop and before a space it closes what nothing opened.
        '"' | '＂' | '″' => {
            before.is_none_or(|c| c.is_whitespace() || "([{—–-".contains(c))
                || !(after.is_empty() || after.starts_with(char::is_whitespace))
        }
        // These close more often than they open.
        '”' | '»' | '›' => {
            before.is_none_or(|c| c.is_whitespace() || "([—–-".contains(c))
                && after.starts_with(|c: char| !c.is_whitespace() && !".,;:!?)]”’»›".contains(c))
        }
        _ => true,
    }
}

/// The mark that closes what another opened.
struct Closing {
    at: usize,
    len: usize,
    shorter: Option<usize>,
}

/// The mark that closes. Marks of the same pair that open and close in between are passed over; where a mark
/// may be an apostrophe it is the last one that may close, before another opens.
fn closing_mark(text: &str, from: usize, open: char, skip: &impl Fn(usize) -> bool) -> Option<Closing> {
    let closers = closers(open)?;
    let is_single = closers.iter().any(|mark| matches!(mark, '’' | '\'' | 'ʼ' | '＇'));
    let nests = !closers.contains(&open);
    let mut best: Option<Closing> = None;
    let mut depth = 0_usize;
    for (offset, mark) in text[from..].match_indices(|c| c == open || closers.contains(&c)) {
        let at = from + offset;
        if skip(at) {
            continue;
        }
        if nests && mark.starts_with(open) && opens(text, at, open) {
            if best.is_some() {
                break;
            }
            depth += 1;
            continue;
        }
        // Before a letter a mark closes nothing: it is an apostrophe, or opens.
        let next = text[at + mark.len()..].chars().next();
        if next.is_some_and(char::is_alphanumeric) || !closers.iter().any(|closer| mark.starts_with(*closer))
        {
            continue;
        }
        if depth > 0 {
            depth -= 1;
            continue;
        }
        let shorter = best.as_ref().map(|first| first.shorter.unwrap_or(first.at));
        best = Some(Closing { at, len: mark.len(), shorter });
        // Only a mark that may be an apostrophe leaves a choice.
        if !is_single || !may_be_apostrophe(text, at, mark.len()) {
            break;
        }
    }
    best
}

/// What stands between the marks of a text that is in quotation marks as a whole.
pub(super) fn unquoted(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let end = text.trim_end().len();
    // Of white space alone the end comes before the start.
    let open = text.get(start..end)?.chars().next()?;
    let inside = start + open.len_utf8();
    let close = closers(open)?.iter().find(|close| text[inside.min(end)..end].ends_with(**close))?;
    // “Yes” and “no” are two quotations, and the text round them is none.
    let mut marks = Marks::new(&text[start..end], 0, |_| false);
    let is_two = marks.next().is_some_and(|first| {
        first.outer.start == 0
            && first.outer.end < end - start
            && marks.last().is_some_and(|last| last.end == End::Closed && last.outer.end == end - start)
    });
    let (mut inside, mut past) = (inside, end - close.len_utf8());
    if TWICE.contains(&open) && text[inside..past].starts_with(open) && text[inside..past].ends_with(*close) {
        inside += open.len_utf8();
        past = past.saturating_sub(close.len_utf8()).max(inside);
    }
    (!is_two && inside <= past).then_some(inside..past)
}

/// Whether a single mark after a letter may be the apostrophe of `the workers’ rights`.
fn may_be_apostrophe(text: &str, at: usize, len: usize) -> bool {
    let before = text[..at].chars().next_back();
    let mut after = text[at + len..].chars();
    before.is_some_and(|c| matches!(c, 's' | 'S' | 'x' | 'z'))
        && after.next() == Some(' ')
        && after.next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<String> {
        let shown = |marked: Marked| {
            let end = if marked.end == End::Open { "…" } else { "" };
            format!("{}{end}", &text[marked.inner])
        };
        Marks::new(text, 0, |_| false).map(shown).collect()
    }

    #[test]
    fn each_pair_of_marks_is_found() {
        for text in
            ["“a b”", "\"a b\"", "‘a b’", "'a b'", "«a b»", "»a b«", "„a b“", "„a b”", "‚a b‘", "”a b”"]
        {
            assert_eq!(all(text), ["a b"], "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn marks_in_any_script_are_found_without_harm(text in "([\"'‘’“”«»`′ \n]|90s?|[a-z日é🏴]|\\PC){0,24}") {
            for marked in Marks::new(&text, 0, |_| false) {
                let _ = (&text[marked.outer], &text[marked.inner]);
            }
            let _ = unquoted(&text);
        }
    }

    #[test]
    fn white_space_alone_is_in_no_marks() {
        for text in ["", " ", "\n", " \n\t"] {
            assert_eq!(unquoted(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_mark_before_a_year_is_an_apostrophe_and_before_any_other_word_opens() {
        for text in ["in the '90s it began", "in '45 it ended", "’90s"] {
            assert!(all(text).is_empty(), "{text}");
        }
        assert_eq!(all("he wrote '日本' there"), ["日本"]);
        assert_eq!(all("he wrote '9日' there"), ["9日"]);
    }

    #[test]
    fn a_mark_that_is_typed_twice_is_one() {
        for text in ["''a b''", "``a b''", "‘‘a b’’", "´´a b´´"] {
            assert_eq!(all(text), ["a b"], "{text}");
            assert_eq!(unquoted(text).map(|inner| &text[inner]), Some("a b"), "{text}");
        }
        for text in ["''", "'''", "''''", "``''", "‘‘’", "'", "`"] {
            let _ = (all(text), unquoted(text));
        }
        assert!(all("5′ 10″ tall, ʻOkina and the ″ of it").is_empty());
    }

    #[test]
    fn a_quotation_in_a_quotation_does_not_end_it() {
        assert_eq!(all("“he said “go” and went”"), ["he said “go” and went"]);
        assert_eq!(all("„er sagte „geh“ und ging“"), ["er sagte „geh“ und ging"]);
        assert_eq!(unquoted(" \"he said \"go\" and went\" "), Some(2..23));
        for text in ["“one” and", "“one” and “two”", "\"one\" and \"two\"", "one"] {
            assert_eq!(unquoted(text), None, "{text}");
        }
    }

    #[test]
    fn an_apostrophe_opens_and_closes_nothing() {
        assert!(all("don’t, 6\" wide, the '90s, 'tis and the workers' day, o'clock").is_empty());
        assert_eq!(all("‘we don’t know’ and"), ["we don’t know"]);
    }

    #[test]
    fn a_plural_possessive_does_not_cut_a_quotation_short() {
        assert_eq!(all("‘the workers’ rights are plain’ he said"), ["the workers’ rights are plain"]);
        let text = "‘two guards’ and the workers’ party";
        let marked = Marks::new(text, 0, |_| false).next().unwrap();
        assert_eq!(&text[marked.inner], "two guards’ and the workers");
        assert_eq!(marked.shorter, Some("‘two guards".len()));
        assert_eq!(all("‘no thanks’ and ‘yes please’"), ["no thanks", "yes please"]);
    }

    #[test]
    fn what_is_not_closed_goes_on_to_the_end() {
        assert_eq!(all("he said “one and two"), ["one and two…"]);
        assert_eq!(all("“one\" and two"), ["one\" and two…"]);
        assert_eq!(all("“one and “two” three"), ["one and “two” three…"]);
    }
}
