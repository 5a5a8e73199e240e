//! What the judgement of an elision knows of English: its words in one table, where a sentence
//! begins, and what looks like a name.

use std::ops::Range;

/// Words that turn a statement round or all but do. Contractions in `n't` are recognised besides.
const NEGATIONS: &[&str] = &[
    "barely", "cannot", "except", "hardly", "neither", "never", "no", "nobody", "non", "none", "nor", "not",
    "nothing", "nowhere", "rarely", "scarcely", "seldom", "unless", "without",
];

/// The modal verbs: what is possible, permitted, promised or owed. `'ll` and `'d` are recognised besides.
const MODALS: &[&str] =
    &["can", "could", "may", "might", "must", "ought", "shall", "should", "will", "would"];

/// Numbers in words. Ordinals are left out ("first of all"), but digits count wherever they stand.
const NUMBERS: &[&str] = &[
    "billion",
    "billions",
    "dozen",
    "dozens",
    "eight",
    "eighteen",
    "eighty",
    "eleven",
    "fifteen",
    "fifty",
    "five",
    "forty",
    "four",
    "fourteen",
    "half",
    "hundred",
    "hundreds",
    "million",
    "millions",
    "nine",
    "nineteen",
    "ninety",
    "once",
    "one",
    "quarter",
    "quarters",
    "seven",
    "seventeen",
    "seventy",
    "six",
    "sixteen",
    "sixty",
    "ten",
    "third",
    "thirds",
    "thirteen",
    "thirty",
    "thousand",
    "thousands",
    "three",
    "trillion",
    "twelve",
    "twenty",
    "twice",
    "two",
];

/// Titles that are written small; the others are capitalised, and so names by that.
const SMALL_TITLES: &[&str] = &["hon"];

/// Abbreviations before a name, whose full stop ends no sentence. Single capitals ("J. Smith") are
/// recognised besides.
const ABBREVIATIONS: &[&str] = &[
    "capt", "cllr", "col", "dr", "gen", "hon", "lt", "messrs", "mr", "mrs", "ms", "prof", "rev", "rt", "sgt",
    "st", "v", "vs",
];

/// What a word in a gap may be that its absence changes what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    Negation,
    Modal,
    Number,
    Name,
}

/// The words of `text` that touch `range`: runs of letters and digits, with apostrophes inside them,
/// and points or commas between digits.
pub(super) fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = word_start(text, range.start);
    std::iter::from_fn(move || {
        let start = at + text[at..].find(char::is_alphanumeric)?;
        let end = word_end(text, start);
        at = end;
        (start < range.end).then_some(start..end)
    })
}

fn word_end(text: &str, start: usize) -> usize {
    let mut chars = text[start..].char_indices().peekable();
    let mut digit = false;
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let inside = match c {
            '\'' | '’' => next.is_some_and(char::is_alphanumeric),
            '.' | ',' => digit && next.is_some_and(char::is_numeric),
            _ => c.is_alphanumeric(),
        };
        if !inside {
            return start + at;
        }
        digit = c.is_numeric();
    }
    text.len()
}

/// The start of the word that `at` stands in, or `at`.
fn word_start(text: &str, at: usize) -> usize {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’');
    text[..at].trim_end_matches(word).len()
}

/// What the word at `range` of `text` is, if anything of weight. The first that applies counts.
pub(super) fn weight(text: &str, range: &Range<usize>) -> Option<Weight> {
    let word = &text[range.clone()];
    let small = word.to_lowercase().replace('’', "'");
    let listed = |list: &[&str]| list.binary_search(&small.as_str()).is_ok();
    if listed(NEGATIONS) || small.ends_with("n't") {
        Some(Weight::Negation)
    } else if listed(MODALS) || small.ends_with("'ll") || small.ends_with("'d") {
        Some(Weight::Modal)
    } else if word.contains(char::is_numeric) || listed(NUMBERS) {
        Some(Weight::Number)
    } else if listed(SMALL_TITLES) || is_name(text, range, word) {
        Some(Weight::Name)
    } else {
        None
    }
}

/// Whether a word looks like a name: it has a capital where a sentence does not ask for one, or
/// several capitals anywhere (UKBA, McKay). A single name at the start of a sentence is not seen.
fn is_name(text: &str, range: &Range<usize>, word: &str) -> bool {
    let mut letters = word.chars();
    let first = letters.next().is_some_and(char::is_uppercase);
    let pronoun = word == "I" || word.starts_with("I'") || word.starts_with("I’");
    first && !pronoun && (letters.any(char::is_uppercase) || !may_be_capital(text, range.start))
}

/// Whether any word would have a capital at `at`: at the start of a sentence, or of words quoted
/// or following a colon.
fn may_be_capital(text: &str, at: usize) -> bool {
    let before = text[..at].trim_end();
    before.ends_with([':', '“', '"', '‘', '[', '(']) || starts_sentence(text, at)
}

/// Whether a sentence starts at `at`: nothing stands before it but the end of a sentence, and it
/// does not begin with a small letter.
pub(super) fn starts_sentence(text: &str, at: usize) -> bool {
    let opening = ['“', '‘', '"', '\'', '(', '['];
    let closing = ['”', '’', '"', '\'', ')', ']'];
    let from_here = text[at..].trim_start_matches(opening);
    if from_here.starts_with(char::is_lowercase) {
        return false;
    }
    let before = text[..at].trim_end_matches(opening);
    let ended = before.trim_end();
    if ended.is_empty() {
        return true;
    }
    let sentence = ended.trim_end_matches(closing);
    ended.len() < before.len()
        && match sentence.chars().next_back() {
            Some('!' | '?') => true,
            Some('.') => !sentence.ends_with("...") && !is_abbreviation(sentence.trim_end_matches('.')),
            _ => false,
        }
}

/// Whether the last word of `text`, which a full stop follows, is an abbreviation.
fn is_abbreviation(text: &str) -> bool {
    let word = &text[text.trim_end_matches(char::is_alphanumeric).len()..];
    let single = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    single || ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weights(text: &str) -> Vec<(&str, Weight)> {
        words(text, 0..text.len())
            .filter_map(|word| Some((&text[word.clone()], weight(text, &word)?)))
            .collect()
    }

    #[test]
    fn the_tables_are_in_order() {
        for table in [NEGATIONS, MODALS, NUMBERS, SMALL_TITLES, ABBREVIATIONS] {
            assert!(table.is_sorted(), "{table:?}");
        }
    }

    #[test]
    fn words_of_weight_are_told_from_others() {
        use Weight::{Modal, Name, Negation, Number};
        assert_eq!(
            weights("Not now. They didn’t, and I’ll go"),
            [("Not", Negation), ("didn’t", Negation), ("I’ll", Modal)]
        );
        assert_eq!(
            weights("He paid £1,200.50, twice. My hon. Friend saw"),
            [("1,200.50", Number), ("twice", Number), ("hon", Name), ("Friend", Name)]
        );
        assert_eq!(weights("The aim is clear: Those who pay. “We go,” I said"), []);
        assert_eq!(weights("UKBA staff and Mr. Jones"), [("UKBA", Name), ("Mr", Name), ("Jones", Name)]);
    }

    #[test]
    fn a_sentence_starts_after_a_full_stop_but_not_after_an_abbreviation() {
        let text = "My hon. Friend met J. Smith. “He left.” (They stayed.) and 3 more? Yes";
        let starts: Vec<&str> = words(text, 0..text.len())
            .filter(|word| starts_sentence(text, word.start))
            .map(|word| &text[word])
            .collect();
        assert_eq!(starts, ["My", "He", "They", "Yes"]);
    }
}
