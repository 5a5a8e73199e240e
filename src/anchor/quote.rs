//! A quotation as an author writes it: elisions, brackets, context.

use super::occurrences::Needle;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A quotation of more parts than this is not looked for: each part costs a search.
const PARTS: usize = 64;

/// So many letters in brackets may stand for either case in one part; each doubles the search.
const LETTERS: u32 = 3;

/// What to look for, as the author wrote it: nothing is folded yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quote<'q> {
    /// The words, with `[...]` or `[…]` where some are left out.
    pub exact: &'q str,
    /// Words that stand just before them.
    pub before: Option<&'q str>,
    /// Words that stand just after them.
    pub after: Option<&'q str>,
    /// Which brackets are the author's.
    pub brackets: Brackets,
}

/// Which brackets are the author's rather than the record's. A bracket that stands in the record
/// just so is always the record's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brackets {
    /// Only `[...]`, as in annotation sheets.
    Elision,
    /// Also `[sic]` and a change of case (`[t]he`); any other is an insertion and refused, as in
    /// quotations in prose.
    Prose,
}

/// How freely the brackets of a quotation are read, each reading freer than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reading {
    /// All of them are the record's own.
    Literal,
    /// `[...]` leaves words out.
    Elided,
    /// And `[t]` stands for `t` or `T`.
    Recased,
    /// And `[sic]` is the author's remark.
    Remarked,
}

impl Reading {
    const ALL: [Reading; 4] = [Reading::Literal, Reading::Elided, Reading::Recased, Reading::Remarked];
}

/// A folded quotation taken apart at its brackets.
pub(super) struct Tokens<'q> {
    text: &'q str,
    tokens: Vec<(Token, Range<usize>)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Token {
    Words,
    Elision,
    Letter(char),
    Sic,
    /// Some other bracket, in prose.
    Insertion,
}

impl Token {
    /// The strictest reading that takes it for the author's. An insertion is the record's in all.
    fn opens_at(self) -> Option<Reading> {
        match self {
            Token::Words | Token::Insertion => None,
            Token::Elision => Some(Reading::Elided),
            Token::Letter(_) => Some(Reading::Recased),
            Token::Sic => Some(Reading::Remarked),
        }
    }
}

/// One part of a quotation, between elisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// What may stand in the record: one text, or several that differ in the case of letters in
    /// brackets. All of one length, none empty.
    pub(super) needles: Vec<String>,
    /// Where it stands in the folded quotation.
    pub(super) range: Range<usize>,
}

impl<'q> Tokens<'q> {
    /// Takes a folded quotation apart.
    pub(super) fn new(text: &'q str, brackets: Brackets) -> Self {
        let mut tokens = Vec::new();
        let (mut done, mut at) = (0, 0);
        while let Some(open) = text[at..].find('[').map(|offset| at + offset) {
            at = open + 1;
            let Some(close) = text[at..].find(['[', ']']).map(|offset| at + offset) else { break };
            if text.as_bytes()[close] == b'[' {
                at = close;
                continue;
            }
            at = close + 1;
            let Some(token) = token(&text[open + 1..close], brackets) else { continue };
            tokens.push((Token::Words, done..open));
            tokens.push((token, open..at));
            done = at;
        }
        tokens.push((Token::Words, done..text.len()));
        Tokens { text, tokens }
    }

    /// The readings that differ from one another, strictest first.
    pub(super) fn readings(&self) -> impl Iterator<Item = Reading> + '_ {
        Reading::ALL.into_iter().filter(|reading| {
            *reading == Reading::Literal
                || self.tokens.iter().any(|(token, _)| token.opens_at() == Some(*reading))
        })
    }

    /// The bracketed insertions, in the folded quotation.
    pub(super) fn insertions(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.tokens.iter().filter(|(token, _)| *token == Token::Insertion).map(|(_, range)| range.clone())
    }

    /// The parts in one reading; `None` where there are too many.
    pub(super) fn parts(&self, reading: Reading) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        let mut part = Growing::default();
        for (token, range) in &self.tokens {
            match token {
                Token::Elision if reading >= Reading::Elided => {
                    parts.extend(std::mem::take(&mut part).finish())
                }
                Token::Letter(letter) if reading >= Reading::Recased => part.letter(*letter, range),
                Token::Sic if reading >= Reading::Remarked => part.drop_space(),
                _ => part.words(&self.text[range.clone()], range),
            }
        }
        parts.extend(part.finish());
        (parts.len() <= PARTS).then_some(parts)
    }

    /// The parts, where two that `occurs` says stand in the record with their `[...]` between them
    /// are one; `None` where that joins none, or there are too many.
    pub(super) fn parts_joined(&self, occurs: impl Fn(&Needle) -> bool) -> Option<Vec<Part>> {
        let parts = self.parts(Reading::Elided)?;
        let count = parts.len();
        let mut joined: Vec<Part> = Vec::with_capacity(count);
        for part in parts {
            if let Some(last) = joined.last_mut() {
                let range = last.range.start..part.range.end;
                let text = trimmed(&self.text[range.clone()]);
                if occurs(&Needle::new(text)) {
                    *last = Part { needles: vec![text.to_owned()], range };
                    continue;
                }
            }
            joined.push(part);
        }
        (joined.len() < count).then_some(joined)
    }
}

/// What stands between a pair of brackets, if the author may have put it there.
fn token(inside: &str, brackets: Brackets) -> Option<Token> {
    let mut chars = inside.chars();
    match (brackets, inside, chars.next(), chars.next()) {
        (_, "...", ..) => Some(Token::Elision),
        (Brackets::Elision, ..) => None,
        (_, _, Some(letter), None) if letter.is_alphabetic() => Some(Token::Letter(letter)),
        _ if inside.trim_matches(['.', '!', ' ']).eq_ignore_ascii_case("sic") => Some(Token::Sic),
        _ => Some(Token::Insertion),
    }
}

/// The text without the spaces at its ends, but for one that carries an accent or a joiner.
fn trimmed(text: &str) -> &str {
    let mut clusters = text.graphemes(true);
    while clusters.as_str().starts_with(' ') && clusters.clone().next() == Some(" ") {
        clusters.next();
    }
    while clusters.as_str().ends_with(' ') && clusters.clone().next_back() == Some(" ") {
        clusters.next_back();
    }
    clusters.as_str()
}

/// A part being put together.
#[derive(Default)]
struct Growing {
    /// Empty until something is put in.
    needles: Vec<String>,
    range: Option<Range<usize>>,
    letters: u32,
}

impl Growing {
    fn words(&mut self, words: &str, range: &Range<usize>) {
        self.push(&[words], range);
    }

    /// Either case of `letter`; past the limit only the one written.
    fn letter(&mut self, letter: char, range: &Range<usize>) {
        let written = letter.to_string();
        let (lower, upper) = (letter.to_lowercase().to_string(), letter.to_uppercase().to_string());
        if self.letters < LETTERS && lower != upper && lower.len() == upper.len() {
            self.letters += 1;
            self.push(&[&lower, &upper], range);
        } else {
            self.push(&[&written], range);
        }
    }

    fn push(&mut self, alternatives: &[&str], range: &Range<usize>) {
        if self.needles.is_empty() {
            self.needles.push(String::new());
        }
        self.needles = alternatives
            .iter()
            .flat_map(|text| self.needles.iter().map(move |n| format!("{n}{text}")))
            .collect();
        let start = self.range.as_ref().map_or(range.start, |whole| whole.start);
        self.range = Some(start..range.end);
    }

    /// Takes away the space before a remark that is dropped.
    fn drop_space(&mut self) {
        for needle in &mut self.needles {
            if needle.ends_with(' ') {
                needle.pop();
            }
        }
    }

    fn finish(mut self) -> Option<Part> {
        for needle in &mut self.needles {
            let trimmed = trimmed(needle);
            if trimmed.len() < needle.len() {
                *needle = trimmed.to_owned();
            }
        }
        self.needles.dedup();
        let range = self.range?;
        self.needles.iter().all(|needle| !needle.is_empty()).then_some(Part { needles: self.needles, range })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, brackets: Brackets, reading: Reading) -> Vec<Vec<String>> {
        let parts = Tokens::new(text, brackets).parts(reading).unwrap();
        parts.into_iter().map(|part| part.needles).collect()
    }

    #[test]
    fn an_elision_parts_the_words_round_it() {
        let parts = read("[...] one [...] [...]two [...]", Brackets::Elision, Reading::Elided);
        assert_eq!(parts, [["one"], ["two"]]);
    }

    #[test]
    fn in_a_sheet_other_brackets_are_words() {
        let tokens = Tokens::new("[t]he duress [sic] [Interruption.]", Brackets::Elision);
        assert_eq!(tokens.readings().collect::<Vec<_>>(), [Reading::Literal]);
        assert_eq!(tokens.insertions().count(), 0);
    }

    #[test]
    fn in_prose_a_letter_may_have_either_case_and_sic_is_dropped() {
        let parts = read("[t]he durress [sic], and", Brackets::Prose, Reading::Remarked);
        assert_eq!(parts, [["the durress, and", "The durress, and"]]);
    }

    #[test]
    fn an_insertion_is_found_among_nested_and_open_brackets() {
        let tokens = Tokens::new("a [[he] said [", Brackets::Prose);
        assert!(tokens.insertions().eq(std::iter::once(3..7)));
    }
}
