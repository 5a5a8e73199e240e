//! What an author may have meant whose words are not in the record: suggestions, never placements.

use super::approximate::Pattern;
use super::find::{Found, find, within};
use super::loose::{Loose, decoded, lowercase, stripped};
use super::occurrences::Needle;
use super::piece::{Joints, Piece, PlacedRange, Scope};
use super::quote::{Brackets, Quote, Reading, Tokens};
use super::stretch::Stretch;
use super::word_diff::word_diff;
use crate::text::fold;
use std::borrow::Cow;
use std::ops::Range;

/// How many are given at most.
const BEST: usize = 3;

/// So many loose matches are ranked; the scope comes first.
const ENOUGH: usize = 12;

/// A longer quotation is compared by its first so many characters.
const COMPARED: usize = 2_000;

/// What approximate search for one quotation may cost, in blocks advanced: some tenths of a second.
/// The scope comes first, so that it is what lies far off that is given up.
const BUDGET: usize = 60_000_000;

/// Shorter quotations are not searched for approximately: too much is like them.
const SHORT: usize = 24;

/// A slip is looked for in quotations of at least so many characters.
const SHORTEST: usize = 8;

/// Some words of the record that a lost quotation may have been meant to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// Where they stand.
    pub ranges: Vec<PlacedRange>,
    /// What would have to be left out of account to find the quotation there; never empty.
    pub why: Vec<Why>,
    /// The words as they stand in the record, parts and paragraphs divided by ` [...] `.
    pub words: String,
    /// From the quotation (`[-so-]`) to the record's words (`{+so+}`), both folded.
    pub diff: String,
}

/// In what a suggestion differs from the quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It stands outside the scope.
    OtherParagraph,
    /// Character entities (`&amp;`) stand in the quotation.
    Entities,
    /// The quotation has quotation marks round it.
    QuotationMarks,
    /// Capitals differ.
    Case,
    /// Spaces beside a dash differ.
    DashSpacing,
    /// One word of a short quotation differs, by a letter or two.
    Slip,
    /// So many per cent of the quotation's characters are the same.
    Alike(u8),
}

/// The best suggestions for a quotation that `find` did not place, at most three, best first.
///
/// Of an elided quotation they are for the first part that is not in the scope. What is found when
/// case, dashes, entities and outer quotation marks are left out of account comes first; only where
/// there is none, approximate search: from 24 characters with 90 % alike, from 48 with 85 %, from 80
/// with 80 %. The work is bounded; at worst distant paragraphs are not looked at.
pub fn suggest(record: &[Piece<'_>], scope: &Scope, quote: &Quote<'_>) -> Vec<Suggestion> {
    let pieces = within(scope, record.len());
    let elsewhere = elsewhere(record, &pieces, quote);
    if !elsewhere.is_empty() {
        return elsewhere;
    }
    let decoded = decoded(quote.exact);
    let folded = fold(&decoded);
    let Some((part, words)) = lost_part(record, scope, folded.text(), quote.brackets) else {
        return Vec::new();
    };
    let sought = Sought {
        scope: Scope { pieces, joints: scope.joints },
        part,
        words: stripped(&words),
        typed: &words,
        entities: matches!(decoded, Cow::Owned(_)),
    };
    if !sought.words.contains(char::is_alphanumeric) {
        return Vec::new();
    }
    let mut suggestions = loosely(record, &sought);
    if suggestions.is_empty() {
        suggestions = approximately(record, &sought);
    }
    suggestions.truncate(BEST);
    suggestions
}

/// What is looked for.
struct Sought<'q> {
    scope: Scope,
    /// Which part of the quotation.
    part: usize,
    /// Its words, folded, without outer quotation marks.
    words: &'q str,
    /// Its words with them.
    typed: &'q str,
    /// Whether entities were decoded in it.
    entities: bool,
}

impl Sought<'_> {
    /// A suggestion at `range` of `stretch`, with further reasons.
    fn suggestion(&self, stretch: &Stretch, range: &Range<usize>, reasons: &[Why]) -> Suggestion {
        let ranges = stretch.place(range, self.part);
        let mut why = Vec::new();
        let outside = ranges.iter().any(|range| !self.scope.pieces.contains(&range.piece));
        why.extend(outside.then_some(Why::OtherParagraph));
        why.extend(self.entities.then_some(Why::Entities));
        why.extend((self.words.len() < self.typed.len()).then_some(Why::QuotationMarks));
        why.extend(reasons);
        let words = words_of(stretch.record(), &ranges);
        Suggestion {
            diff: word_diff(first_chars(self.typed), &stretch.text()[range.clone()]),
            ranges,
            why,
            words,
        }
    }

    /// The stretches to search: the scope first, then every other paragraph by itself.
    fn stretches<'r, 'a>(&self, record: &'r [Piece<'a>]) -> impl Iterator<Item = Stretch<'r, 'a>> {
        let inside = Stretch::all_in(record, &self.scope);
        let outside = (0..self.scope.pieces.start).chain(self.scope.pieces.end..record.len());
        inside.into_iter().chain(outside.map(|piece| Stretch::one(record, piece)))
    }
}

/// The quotation word for word, but outside its scope.
fn elsewhere(record: &[Piece<'_>], scope: &Range<usize>, quote: &Quote<'_>) -> Vec<Suggestion> {
    let everywhere = Scope { pieces: 0..record.len(), joints: Joints::Closed };
    let places = match find(record, &everywhere, &Quote { before: None, after: None, ..*quote }) {
        Found::Placed(ranges) => vec![ranges],
        Found::Ambiguous(places) => places.candidates.into_iter().map(|place| place.ranges).collect(),
        _ => return Vec::new(),
    };
    let folded = fold(quote.exact);
    let suggestion = |ranges: Vec<PlacedRange>| {
        let words = words_of(record, &ranges);
        let diff = word_diff(first_chars(folded.text()), first_chars(fold(&words).text()));
        Suggestion { diff, ranges, why: vec![Why::OtherParagraph], words }
    };
    let outside =
        places.into_iter().filter(|ranges| !ranges.iter().any(|range| scope.contains(&range.piece)));
    outside.take(BEST).map(suggestion).collect()
}

/// The first part of a folded quotation that is not in the scope as it is, freely read; the first
/// of all where each is there by itself.
fn lost_part(
    record: &[Piece<'_>],
    scope: &Scope,
    folded: &str,
    brackets: Brackets,
) -> Option<(usize, String)> {
    let parts = Tokens::new(folded, brackets).parts(Reading::Remarked)?;
    let stretches = Stretch::all_in(record, scope);
    let there = |needle: &String| {
        let needle = Needle::new(needle);
        stretches.iter().any(|stretch| needle.is_in(stretch.text()))
    };
    let lost = parts.iter().position(|part| !part.needles.iter().any(there)).unwrap_or(0);
    Some((lost, parts.get(lost)?.needles.first()?.clone()))
}

/// Where the words stand if case, and spaces beside dashes, are left out of account.
fn loosely(record: &[Piece<'_>], sought: &Sought) -> Vec<Suggestion> {
    let wanted = Loose::new(sought.words).text;
    if wanted.is_empty() {
        return Vec::new();
    }
    let needle = Needle::new(&wanted);
    let small = lowercase(sought.words);
    let mut found = Vec::new();
    'search: for stretch in sought.stretches(record) {
        let loose = Loose::new(stretch.text());
        for at in needle.all_in(&loose.text) {
            let range = loose.original(&(at..at + needle.len()));
            if !stretch.is_whole(&range) {
                continue;
            }
            let words = &stretch.text()[range.clone()];
            let mut reasons = Vec::new();
            if words != sought.words {
                let dashes = lowercase(words) != small;
                let case = !dashes || spaceless(words) != spaceless(sought.words);
                reasons.extend(case.then_some(Why::Case));
                reasons.extend(dashes.then_some(Why::DashSpacing));
            }
            let suggestion = sought.suggestion(&stretch, &range, &reasons);
            if !suggestion.why.is_empty() {
                found.push(suggestion);
            }
            if found.len() == ENOUGH {
                break 'search;
            }
        }
    }
    found.sort_by_key(|suggestion| {
        (suggestion.why.first() == Some(&Why::OtherParagraph), suggestion.why.len())
    });
    found
}

/// The text without any space.
fn spaceless(text: &str) -> String {
    text.split(' ').collect()
}

/// How many edits a quotation of so many characters may take.
fn allowance(chars: usize) -> Option<usize> {
    match chars {
        0..SHORTEST => None,
        SHORTEST..SHORT => Some(2),
        SHORT..48 => Some(chars * 10 / 100),
        48..80 => Some(chars * 15 / 100),
        _ => Some(chars * 20 / 100),
    }
}

fn first_chars(text: &str) -> &str {
    text.char_indices().nth(COMPARED).map_or(text, |(end, _)| &text[..end])
}

/// Where the words stand if some characters are changed.
fn approximately(record: &[Piece<'_>], sought: &Sought) -> Vec<Suggestion> {
    let words = first_chars(sought.words);
    let chars = words.chars().count();
    let Some(limit) = allowance(chars) else { return Vec::new() };
    let forwards = Pattern::new(words.chars());
    let backwards = Pattern::new(words.chars().rev());
    let mut budget = BUDGET;
    let mut found: Vec<(usize, Suggestion)> = Vec::new();
    for stretch in sought.stretches(record) {
        let cost = stretch.text().len() * forwards.blocks();
        if cost > budget {
            continue;
        }
        budget -= cost;
        let mut ends = forwards.ends(stretch.text(), limit);
        ends.sort_by_key(|end| end.edits);
        for end in ends.into_iter().take(BEST) {
            let text = stretch.text();
            let start = backwards.start(&text[..end.at], limit, |at| !inside_word(text, at));
            let range = whole_words(text, start.at..end.at);
            let reason = if chars < SHORT {
                match is_slip(words, &text[range.clone()]) {
                    true => Why::Slip,
                    false => continue,
                }
            } else {
                Why::Alike(u8::try_from((chars - end.edits) * 100 / chars).unwrap_or(100))
            };
            found.push((end.edits, sought.suggestion(&stretch, &range, &[reason])));
        }
        // The scope's own come first among equals: the sort is stable.
        found.sort_by_key(|(edits, _)| *edits);
        found.truncate(BEST);
    }
    found.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// Whether one word of a short quotation differs, and only as by a slip of the keyboard: one letter
/// in a word of four or more, two in one of eight or more, none of them in a number.
fn is_slip(quote: &str, words: &str) -> bool {
    let core = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let quoted: Vec<String> = quote.split(' ').map(core).collect();
    let there: Vec<String> = words.split(' ').map(core).collect();
    let mut differing = quoted.iter().zip(&there).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (differing.next(), differing.next()) else { return false };
    let letters = b.chars().count();
    let slips = if letters >= 8 { 2 } else { 1 };
    quoted.len() == there.len()
        && quoted.len() > 1
        && letters >= 4
        && !a.chars().chain(b.chars()).any(char::is_numeric)
        && strsim::damerau_levenshtein(a, b) <= slips
}

fn inside_word(text: &str, at: usize) -> bool {
    text[..at].ends_with(char::is_alphanumeric) && text[at..].starts_with(char::is_alphanumeric)
}

/// The range with the words that it cuts made whole, and no space at its ends.
fn whole_words(text: &str, range: Range<usize>) -> Range<usize> {
    let before = rest_of_word(text[..range.start].chars().rev());
    let after = rest_of_word(text[range.end..].chars());
    let start = if inside_word(text, range.start) { range.start - before } else { range.start };
    let end = if inside_word(text, range.end) { range.end + after } else { range.end };
    let words = &text[start..end];
    let from = start + (words.len() - words.trim_start_matches(' ').len());
    from..(start + words.trim_end_matches(' ').len()).max(from)
}

/// The bytes of the letters and digits that `chars` begins with; none where they go on for longer
/// than any word.
fn rest_of_word(chars: impl Iterator<Item = char>) -> usize {
    const LONGEST: usize = 40;
    let word = chars.take(LONGEST + 1).take_while(|c| c.is_alphanumeric());
    let (count, bytes) = word.fold((0, 0), |(count, bytes), c| (count + 1, bytes + c.len_utf8()));
    if count > LONGEST { 0 } else { bytes }
}

/// The record's words, parts and paragraphs divided by ` [...] `.
fn words_of(record: &[Piece<'_>], ranges: &[PlacedRange]) -> String {
    let words = ranges.iter().filter_map(|range| record.get(range.piece)?.text().get(range.span.range()));
    words.collect::<Vec<_>>().join(" [...] ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestions(paragraphs: &[&str], at: usize, exact: &str) -> Vec<Suggestion> {
        let record: Vec<Piece> = paragraphs.iter().map(|text| Piece::new(text, 0)).collect();
        let scope = Scope { pieces: at..at + 1, joints: Joints::Closed };
        suggest(&record, &scope, &Quote { exact, before: None, after: None, brackets: Brackets::Elision })
    }

    fn first(paragraphs: &[&str], exact: &str) -> (Vec<Why>, String) {
        let suggestion =
            suggestions(paragraphs, 0, exact).into_iter().next().expect("something is suggested");
        (suggestion.why, suggestion.words)
    }

    #[test]
    fn what_only_looks_different_is_named() {
        let record = ["The Minister said—as Q&A shows—that “no one” left."];
        let words = |words: &str| words.to_owned();
        assert_eq!(first(&record, "the minister"), (vec![Why::Case], words("The Minister")));
        assert_eq!(first(&record, "said - as"), (vec![Why::DashSpacing], words("said—as")));
        assert_eq!(
            first(&record, "“Shows - that”"),
            (vec![Why::QuotationMarks, Why::Case, Why::DashSpacing], words("shows—that"))
        );
        assert_eq!(first(&record, "as Q&amp;A"), (vec![Why::Entities], words("as Q&A")));
    }

    #[test]
    fn words_of_another_paragraph_are_suggested_there() {
        let found = suggestions(&["Here nothing.", "There it is, and there it stays."], 0, "there it is");
        assert_eq!(found[0].why, [Why::OtherParagraph, Why::Case]);
        assert_eq!(found[0].ranges[0].piece, 1);
        let exact = suggestions(&["Here nothing.", "There it is."], 0, "There it is");
        assert_eq!(
            (exact[0].why.as_slice(), exact[0].diff.as_str()),
            (&[Why::OtherParagraph][..], "There it is")
        );
    }

    #[test]
    fn a_changed_word_is_shown_against_the_record() {
        let record = ["In such a case the tenant should always keep the receipt that was given to them."];
        let found = suggestions(&record, 0, "the tenant should not keep the receipt that was given to them");
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].diff,
            "the tenant should [-not-] {+always+} keep the receipt that was given to them"
        );
        assert_eq!(found[0].why, [Why::Alike(90)]);
    }

    #[test]
    fn a_short_quotation_gets_only_slips() {
        let record = ["They saw the tip of the iceberg there."];
        assert_eq!(first(&record, "tip of the icberg").0, [Why::Slip]);
        assert_eq!(suggestions(&record, 0, "top of one iceberg"), []);
        assert_eq!(suggestions(&["It cost 2000 pounds."], 0, "cost 3000 pounds"), []);
    }

    #[test]
    fn of_an_elided_quotation_the_part_that_is_lost_is_sought() {
        let record = ["We met the whole of the committee in the afternoon and agreed upon it."];
        let found = suggestions(&record, 0, "We met [...] the comittee in the afternoon and [...] upon it");
        assert_eq!(
            (found[0].ranges[0].part, found[0].words.as_str()),
            (1, "the committee in the afternoon and")
        );
    }

    #[test]
    fn the_best_three_are_given_and_of_equals_the_scope_s_own_first() {
        let record: Vec<String> = (0..6)
            .map(|n| format!("The quick brown fox jumps over the lazy dogs{}.", "x".repeat(n)))
            .collect();
        let record: Vec<&str> = record.iter().map(String::as_str).collect();
        let found = suggestions(&record, 3, "The quick brown fax jumps over the lazy dogs.");
        assert_eq!(found.iter().map(|found| found.ranges[0].piece).collect::<Vec<_>>(), [0, 3, 1]);
    }
}
