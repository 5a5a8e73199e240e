//! What is said of words and the record: where they stand, what is near them, what was left out.

use super::judge::{Judgement, Words, judge};
use super::library::Volume;
use crate::anchor::elision::{self, Gap, Reason};
use crate::anchor::{self, Brackets, Found, Joints, PlacedRange, Quote, Scope};
use crate::diagnostics::{Near, Settled};
use crate::model::{Elided, Passage, WholeParagraph};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// The first paragraph of a debate that has these words.
pub fn first_place(volume: &Volume<'_>, words: &str) -> Option<usize> {
    let pieces = volume.pieces();
    let quote = Quote { exact: words, before: None, after: None, brackets: Brackets::Prose };
    match anchor::find(pieces, &Scope { pieces: 0..pieces.len(), joints: Joints::Closed }, &quote) {
        Found::Placed(ranges) => ranges.first().map(|range| range.piece),
        Found::Ambiguous(places) => places.candidates.first()?.ranges.first().map(|range| range.piece),
        _ => None,
    }
}

/// Placed ranges as passages of the record.
pub fn passages(ranges: &[PlacedRange]) -> Vec<Passage> {
    let mut part = None;
    ranges
        .iter()
        .map(|range| {
            let elided_before = if part.replace(range.part).is_some_and(|last| last != range.part) {
                Elided::Yes
            } else {
                Elided::No
            };
            Passage { paragraph: range.piece, range: range.span, whole: WholeParagraph::No, elided_before }
        })
        .collect()
}

/// The word or number of the record that a quotation begins or ends inside: `£2` is not what the
/// record says where it says `£200`. Words are those of UAX #29, which knows `2,500`, `can’t` and
/// scripts without spaces.
pub fn cut_word<'p>(pieces: &[anchor::Piece<'p>], ranges: &[PlacedRange]) -> Option<&'p str> {
    ranges.iter().find_map(|range| {
        let text = pieces[range.piece].text();
        [range.span.start as usize, range.span.end as usize].into_iter().find_map(|at| word_around(text, at))
    })
}

/// The word that has `at` inside it.
fn word_around(text: &str, at: usize) -> Option<&str> {
    let start = text[..at].rfind(char::is_whitespace).unwrap_or(0);
    let end = text[at..].find(char::is_whitespace).map_or(text.len(), |found| at + found);
    let mut words = text[start..end].split_word_bound_indices();
    let (_, word) = words.find(|(from, word)| start + from < at && at < start + from + word.len())?;
    word.contains(char::is_alphanumeric).then_some(word)
}

/// The first material elision of a placed quotation: the words left out, and why they matter.
pub fn material(pieces: &[anchor::Piece<'_>], ranges: &[PlacedRange]) -> Option<(String, String)> {
    let gap = elision::gaps(pieces, ranges).into_iter().find(Gap::is_material)?;
    let reasons: Vec<String> = gap.reasons.iter().map(reason).collect();
    Some((gap.left_out.join(" "), reasons.join(", ")))
}

fn reason(reason: &Reason<'_>) -> String {
    match reason {
        Reason::Negation(word) => format!("a negation (“{word}”)"),
        Reason::Modal(word) => format!("a modal verb (“{word}”)"),
        Reason::Number(word) => format!("a number (“{word}”)"),
        Reason::Name(word) => format!("a name (“{word}”)"),
        Reason::JoinsSentences => "two sentences read as one".to_owned(),
    }
}

/// A place of several, on one line: the id and the words that would settle it.
pub fn candidate_line(volume: &Volume<'_>, candidate: &anchor::Candidate) -> String {
    settled(volume, candidate).line
}

/// The same with the key and the words that settle it.
pub fn settled(volume: &Volume<'_>, candidate: &anchor::Candidate) -> Settled {
    let id = candidate.ranges.first().map_or_else(String::new, |range| volume.id_at(range.piece));
    let by = match (&candidate.before, &candidate.after) {
        (Some(before), _) => Some(("before", before.clone())),
        (None, Some(after)) => Some(("after", after.clone())),
        (None, None) => None,
    };
    let line = match &by {
        Some((key, words)) => format!("{id}, with `{key}: {words}`"),
        None => format!("{id}: only a longer quotation tells it apart"),
    };
    Settled { line, by }
}

/// The first and last paragraph of some ranges.
pub fn ends(volume: &Volume<'_>, ranges: &[PlacedRange]) -> (String, String) {
    let id = |range: Option<&PlacedRange>| range.map_or_else(String::new, |range| volume.id_at(range.piece));
    (id(ranges.first()), id(ranges.last()))
}

/// The words at some ranges.
pub fn words_of(volume: &Volume<'_>, ranges: &[PlacedRange]) -> String {
    let words = |range: &PlacedRange| volume.pieces()[range.piece].text()[range.span.range()].to_owned();
    ranges.iter().map(words).collect::<Vec<_>>().join(" ")
}

/// A name for some paragraphs in messages: `p2`, `p11..p12`, `this debate`.
pub fn scope_name(volume: &Volume<'_>, scope: &Range<usize>) -> String {
    let count = volume.debate.record.paragraphs.len();
    match scope.len() {
        _ if *scope == (0..count) && count != 1 => format!("“{}”", volume.title()),
        0 | 1 => volume.id_at(scope.start.min(count.saturating_sub(1))),
        _ => format!("{}..{}", volume.id_at(scope.start), volume.id_at(scope.end - 1)),
    }
}

/// The nearest words of the record, each a line with what differs.
pub fn suggestions(volume: &Volume<'_>, scope: &Range<usize>, words: &str) -> Vec<Near> {
    let quote = Quote { exact: words, before: None, after: None, brackets: Brackets::Prose };
    let near = |joints| {
        let scope = Scope { pieces: scope.clone(), joints };
        let lines = anchor::suggest(volume.pieces(), &scope, &quote).into_iter().filter_map(|suggestion| {
            let (first, last) = (suggestion.ranges.first()?.piece, suggestion.ranges.last()?.piece);
            let id = match first == last {
                true => volume.id_at(first),
                false => format!("{}..{}", volume.id_at(first), volume.id_at(last)),
            };
            Some(Near { line: format!("{id}: {}", suggestion.diff), words: suggestion.words })
        });
        lines.collect::<Vec<Near>>()
    };
    let within = near(Joints::Closed);
    // What runs over paragraphs is near to no single one of them.
    if within.is_empty() && scope.len() > 1 { near(Joints::Open) } else { within }
}

/// Words found for a new note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Located {
    /// Where: `p2`, `p11..p12`.
    pub at: String,
    /// The record's own words.
    pub quote: String,
    /// The words just before, where the paragraph has these words more than once.
    pub before: Option<String>,
}

/// The words at `range` (bytes) of a paragraph, for a new note: widened to whole words, with the words
/// before them only where the paragraph has these words more than once.
pub fn located(volume: &Volume<'_>, paragraph: usize, range: Range<usize>) -> Result<Located, String> {
    let record = &volume.debate.record;
    let Some(found) = record.paragraphs.get(paragraph) else {
        return Err("there is no such paragraph".into());
    };
    let words = record.words(found);
    let (first, past) = whole_words(words, range)?;
    let pieces = volume.pieces();
    let scope = Scope { pieces: paragraph..paragraph + 1, joints: Joints::Closed };
    let exact = &words[first..past];
    let is_there = |before: Option<&str>| {
        let quote = Quote { exact, before, after: None, brackets: Brackets::Elision };
        match anchor::find(pieces, &scope, &quote) {
            Found::Placed(ranges) => ranges.first().is_some_and(|range| range.span.start as usize == first),
            _ => false,
        }
    };
    let located = |before: Option<&str>| Located {
        at: volume.id_at(paragraph),
        quote: exact.to_owned(),
        before: before.map(str::to_owned),
    };
    if is_there(None) {
        return Ok(located(None));
    }
    let ahead: Vec<usize> = words[..first].unicode_word_indices().map(|(at, _)| at).collect();
    let contexts = ahead.iter().rev().map(|&at| words[at..first].trim_end());
    match contexts.clone().find(|before| is_there(Some(before))) {
        Some(before) => Ok(located(Some(before))),
        None => Err("these words can't be told from others in the paragraph: select more".into()),
    }
}

/// Some bytes of a paragraph, widened to whole words and without the space around them.
fn whole_words(words: &str, range: Range<usize>) -> Result<(usize, usize), String> {
    let selected = words.get(range.clone()).ok_or("these words are not in the paragraph as it is now")?;
    let start = range.start + (selected.len() - selected.trim_start().len());
    let end = range.end - (selected.len() - selected.trim_end().len());
    if start >= end {
        return Err("no words are selected".into());
    }
    let (mut first, mut past) = (start, end);
    for (at, word) in words.unicode_word_indices() {
        if at < start && start < at + word.len() {
            first = at;
        }
        if at < end && end < at + word.len() {
            past = at + word.len();
        }
    }
    Ok((first, past))
}

/// The words from a place of one paragraph to a place of a later one, for a new note: widened to whole words, with
/// `at` over all of the paragraphs. They must be found there as they are quoted.
pub fn located_over(
    volume: &Volume<'_>,
    (first, start): (usize, usize),
    (last, end): (usize, usize),
) -> Result<Located, String> {
    let record = &volume.debate.record;
    if first >= last || last >= record.paragraphs.len() {
        return Err("there are no such paragraphs".into());
    }
    let words = |paragraph: usize| record.words(&record.paragraphs[paragraph]);
    let (begin, _) = whole_words(words(first), start..words(first).len())?;
    let (_, past) = whole_words(words(last), 0..end)?;
    let between = (first + 1..last).map(words);
    let parts = std::iter::once(&words(first)[begin..]).chain(between).chain([&words(last)[..past]]);
    let quote = parts.map(str::trim).collect::<Vec<_>>().join(" ");
    match judge(volume, &(first..last + 1), Joints::Open, &Words::in_sheet(&quote, None)) {
        Judgement::Verbatim(ranges, _)
            if ranges
                .first()
                .is_some_and(|range| range.piece == first && range.span.start as usize == begin)
                && ranges.last().is_some_and(|range| range.piece == last) =>
        {
            let at = format!("{}..{}", volume.id_at(first), volume.id_at(last));
            Ok(Located { at, quote, before: None })
        }
        Judgement::CrossesSpeech(first, last) => Err(format!(
            "these words run from one contribution ({first}) into another ({last}): select within one"
        )),
        _ => Err("these words can't be quoted over the paragraphs as they are: select within one".into()),
    }
}

/// Looks for words in a whole debate, for a new note; or says in lines why there is no one place.
pub fn locate(volume: &Volume<'_>, words: &str, before: Option<&str>) -> Result<Located, Vec<String>> {
    let everything = 0..volume.pieces().len();
    let ranges = match judge(volume, &everything, Joints::Open, &Words::in_sheet(words, before)) {
        Judgement::Verbatim(ranges, _) => ranges,
        Judgement::Several(places) => {
            let mut lines =
                vec![format!("these words stand in {} places; choose one with --before:", places.total)];
            lines.extend(places.candidates.iter().map(|one| format!("  {}", candidate_line(volume, one))));
            return Err(lines);
        }
        Judgement::CrossesSpeech(first, last) => {
            return Err(vec![format!(
                "these words run from one contribution ({first}) into another ({last})"
            )]);
        }
        Judgement::MaterialElision(left_out, reasons) => {
            return Err(vec![
                format!("the elision leaves out “{left_out}”: {reasons}"),
                "quote these words too".to_owned(),
            ]);
        }
        Judgement::CutsWord(word) => {
            return Err(vec![format!("these words begin or end inside “{word}”: quote all of it")]);
        }
        _ => {
            let mut lines = vec!["these words are not in this debate".to_owned()];
            let near = suggestions(volume, &everything, words).into_iter();
            lines.extend(near.map(|near| format!("  {}", near.line)));
            return Err(lines);
        }
    };
    let (first, last) = ends(volume, &ranges);
    let at = if first == last { first } else { format!("{first}..{last}") };
    let scope =
        ranges.first().map_or(0, |range| range.piece)..ranges.last().map_or(0, |range| range.piece + 1);
    // The record's own words, so that the entry is verbatim however it was typed.
    let quoted = volume.debate.record.quoted(&passages(&ranges));
    let quote = quoted.into_iter().map(|words| words.text).collect::<Vec<_>>().join(" ");
    let joints = if scope.len() > 1 { Joints::Open } else { Joints::Closed };
    let alone = judge(volume, &scope, joints, &Words::in_sheet(&quote, None));
    let needs_before = matches!(alone, Judgement::Several(_));
    Ok(Located { at, quote, before: before.filter(|_| needs_before).map(str::to_owned) })
}
