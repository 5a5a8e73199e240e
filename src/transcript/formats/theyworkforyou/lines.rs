//! What single lines of a TheyWorkForYou page are: its intro, its links and captions, the lines that
//! name a speaker. Ranges are of the line.

use super::{FurnitureKind, Moment, moment_at_end};
use crate::transcript::conventions::{name_and_detail, trimmed};
use crate::transcript::moments::{Clock, date};
use std::collections::HashSet;
use std::ops::Range;

/// The line under the title: `Part of the debate – in Westminster Hall at 4:05 pm on 20 December 2012.`
pub(super) struct Intro {
    pub(super) extract: bool,
    pub(super) part_of: Option<Range<usize>>,
    /// Without the article.
    pub(super) house: Range<usize>,
    pub(super) time: Option<(Range<usize>, Clock)>,
    pub(super) date: Range<usize>,
    /// Whether it could stand among the words of a debate and still be no sentence of them.
    pub(super) is_unmistakable: bool,
    /// Whether it has the dash of the page's template.
    pub(super) is_dashed: bool,
}

pub(super) fn intro(line: &str) -> Option<Intro> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let sentence = line.strip_suffix('.').unwrap_or(line);
    let on = sentence.rfind(" on ")?;
    let date_range = trimmed(sentence, on + " on ".len()..sentence.len());
    date(&sentence[date_range.clone()])?;
    let timed = sentence[..on].rfind(" at ").and_then(|at| {
        let time = trimmed(sentence, at + " at ".len()..on);
        Some((at, time.clone(), Clock::parse(&sentence[time])?))
    });
    let end = timed.as_ref().map_or(on, |(at, ..)| *at);
    let place = &sentence[..end];
    // The dash is part of the page's template, and tells the line from a sentence.
    let dash = ["– in ", "— in ", "- in "]
        .into_iter()
        .filter_map(|dash| Some((place.rfind(dash)?, dash.len())))
        .max();
    let (before, house) = match dash {
        Some((at, length)) => (trimmed(place, 0..at), at + length),
        None => (0..0, place.strip_prefix("in ").map(|_| "in ".len())?),
    };
    let house = trimmed(place, house..end);
    let article = if place[house.clone()].starts_with("the ") { "the ".len() } else { 0 };
    let house = house.start + article..house.end;
    if house.is_empty() || house.len() > LONGEST_NAME {
        return None;
    }
    let (extract, business) = match place[before.clone()].strip_prefix("Part of ") {
        Some(business) => (true, before.end - business.len()..before.end),
        None => (false, before.clone()),
    };
    let part_of = Some(business).filter(|range| !["", "the debate"].contains(&&place[range.clone()]));
    let is_unmistakable = timed.is_some() && dash.is_some() && (extract || before.is_empty());
    let time = timed.map(|(_, range, clock)| (range, clock));
    let is_dashed = dash.is_some();
    Some(Intro { extract, part_of, house, time, date: date_range, is_unmistakable, is_dashed })
}

/// What a line of the site's own is; `None` for a line of the record.
pub(super) fn furniture(line: &str) -> Option<FurnitureKind> {
    let is = |known: &[&str]| known.iter().any(|known| line.eq_ignore_ascii_case(known));
    if is(ABOVE_THE_RECORD) || is(BELOW_A_SPEECH) {
        Some(FurnitureKind::SiteLink)
    } else if reference(line).is_some() || is(&["Hansard source"]) {
        Some(FurnitureKind::Citation)
    } else if is(&["Votes in this debate"]) || is_division_number(line) {
        Some(FurnitureKind::Division)
    } else {
        None
    }
}

const ABOVE_THE_RECORD: &[&str] = &["Alert me about debates like this"];

const BELOW_A_SPEECH: &[&str] = &[
    "Link to this speech In context Individually",
    "Link to this speech",
    "In context",
    "Individually",
    "Add your comment",
    "See full list of votes (From The Public Whip)",
];

/// Whether a line of the site's own stands at the top of a page, not under a speech.
pub(super) fn is_above_the_record(line: &str) -> bool {
    ABOVE_THE_RECORD.iter().any(|known| line.eq_ignore_ascii_case(known))
}

fn is_division_number(line: &str) -> bool {
    let number = line.strip_prefix("Division number ").map(|rest| rest.trim_end_matches('.'));
    number.is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

/// The reference in `Hansard source (Citation: HC Deb, 20 December 2012, c330WH)`.
pub(super) fn reference(line: &str) -> Option<Range<usize>> {
    let inner = line.strip_prefix("Hansard source ").unwrap_or(line);
    let inner = inner.strip_prefix("(Citation:")?.strip_suffix(')')?;
    let end = line.len() - 1;
    Some(trimmed(line, end - inner.len()..end)).filter(|range| !range.is_empty())
}

/// Who a line says is speaking.
pub(super) struct Label {
    pub(super) name: Range<usize>,
    pub(super) detail: Option<Range<usize>>,
    pub(super) moment: Option<Moment>,
}

/// A line that begins with the words for a speaker's picture.
pub(super) struct Photo {
    pub(super) label: Label,
    /// Whether the name stands twice: once for the picture, once for itself.
    pub(super) twice: bool,
    /// Whether the line is the picture's alone, and short enough for nothing but a name.
    pub(super) alone: bool,
}

/// `Photo of N N POSITION 4:05, 20 December 2012`, and `Photo of N` alone. The name is told from the
/// position by its standing twice; the longest that does is taken.
pub(super) fn photo(line: &str) -> Option<Photo> {
    const START: usize = "Photo of ".len();
    let rest = line.strip_prefix("Photo of ")?;
    if line.len() > LONGEST_LINE || rest.trim().is_empty() {
        return None;
    }
    let moment = moment_at_end(line).filter(|moment| moment.time.start > START);
    let named = trimmed(line, START..moment.as_ref().map_or(line.len(), |moment| moment.time.start));
    let words = &line[named.clone()];
    let is_doubled = |end: &usize| {
        let (name, second) = (&words[..*end], &words[*end + 1..]);
        second.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    };
    let spaces = words.match_indices(' ').map(|(at, _)| at);
    let doubled = spaces.take_while(|at| *at <= LONGEST_NAME).filter(is_doubled).last();
    let label = match doubled {
        Some(length) => {
            let second = named.start + length + 1;
            let detail = unbracketed(line, trimmed(line, second + length..named.end));
            Label { name: second..second + length, detail, moment }
        }
        None => Label { name: named.clone(), detail: None, moment },
    };
    let alone = label.moment.is_none() && named.len() <= LONGEST_NAME && is_like_a_name(words);
    (doubled.is_some() || alone || label.moment.is_some()).then(|| Photo {
        label,
        twice: doubled.is_some(),
        alone,
    })
}

/// What the line before one says about it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Before<'a> {
    /// It is the picture of the speaker of this name.
    Picture(&'a str),
    /// It is a time, which announces a speaker.
    Time,
    /// Neither.
    Nothing,
}

/// How a line stands between blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Block {
    /// It is a block of its own.
    Whole,
    /// Other lines stand with it.
    Part,
}

/// A line that names a speaker without the words for a picture.
///
/// A name must look like one, since a line taken for a speaker's puts words into somebody's mouth,
/// and a speaker's line that is missed leaves them in somebody else's.
pub(super) fn speaker(line: &str, before: Before<'_>, block: Block, names: &Names<'_>) -> Option<Label> {
    if line.len() > LONGEST_LINE {
        return None;
    }
    let moment = moment_at_end(line).filter(|moment| moment.date.is_some());
    let named = trimmed(line, 0..moment.as_ref().map_or(line.len(), |moment| moment.time.start));
    let words = &line[named.clone()];
    let follows =
        |name: &str| words.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    if let Before::Picture(name) = before
        && follows(name)
    {
        let detail = unbracketed(line, trimmed(line, name.len()..named.end));
        return Some(Label { name: 0..name.len(), detail, moment });
    }
    let is_whole = block == Block::Whole;
    let stands_out = moment.is_some() || before == Before::Time || (is_whole && names.is_known(words));
    if let Some((name, detail)) = name_and_detail(words) {
        // `Question put (Standing Order No. 9, as amended)` is no name.
        let says_where = words[detail.clone()].contains([',', ';']);
        let fits = is_like_a_name(&words[name.clone()]) && (stands_out || (is_whole && says_where));
        return fits.then_some(Label { name, detail: Some(detail), moment });
    }
    // `Yes` under a time is an answer.
    let is_a_word = !words.contains(' ') && !names.is_known(words);
    if !stands_out || is_a_word || !is_like_a_name(words) {
        return None;
    }
    let name = names.longest_at_start(words).unwrap_or(words.len());
    let detail = Some(trimmed(line, name..named.end)).filter(|range| !range.is_empty());
    Some(Label { name: 0..name, detail, moment })
}

/// `range` without one pair of brackets round all of it; `None` where nothing is left.
fn unbracketed(line: &str, range: Range<usize>) -> Option<Range<usize>> {
    let inner = line[range.clone()].strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
    let range = inner.map_or(range.clone(), |_| trimmed(line, range.start + 1..range.end - 1));
    Some(range).filter(|range| !range.is_empty())
}

/// Everybody who has been named so far, and the titles of people whom the record never names.
#[derive(Default)]
pub(super) struct Names<'s>(HashSet<&'s str>);

impl<'s> Names<'s> {
    pub(super) fn insert(&mut self, name: &'s str) {
        self.0.insert(name);
    }

    fn is_known(&self, name: &str) -> bool {
        self.0.contains(name) || COLLECTIVE.iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// The length of the longest known name that `words` begin with.
    fn longest_at_start(&self, words: &str) -> Option<usize> {
        let mut ends = words.rmatch_indices(' ').map(|(at, _)| at);
        ends.find(|end| self.0.contains(&words[..*end]))
    }
}

/// Speakers who are printed without a name of their own.
const COLLECTIVE: &[&str] = &[
    "Hon. Members",
    "Several Hon. Members",
    "An Hon. Member",
    "Hon. Member",
    "Noble Lords",
    "A Noble Lord",
    "Several Noble Lords",
    "Mr Speaker",
    "Mr. Speaker",
    "Madam Speaker",
    "Mr Deputy Speaker",
    "Mr. Deputy Speaker",
    "Madam Deputy Speaker",
    "The Chair",
    "The Chairman",
    "The Lord Speaker",
];

/// Whether `text` could be a name with its titles: few words, each with a capital but for the small
/// ones that stand in names.
fn is_like_a_name(text: &str) -> bool {
    let fits = |word: &str| {
        word.chars()
            .next()
            .is_some_and(|first| first.is_uppercase() || first.is_numeric() || !first.is_alphabetic())
            || SMALL_WORDS.contains(&word)
            || !word.is_ascii()
    };
    text.len() <= LONGEST_NAME
        && text.split_whitespace().count() <= 14
        && text.chars().next().is_some_and(char::is_alphabetic)
        && !text.ends_with(['.', '?', '!', ':'])
        && text.split_whitespace().all(fits)
}

const SMALL_WORDS: &[&str] = &[
    "of", "the", "and", "for", "in", "de", "la", "le", "du", "van", "von", "der", "den", "ap", "ab", "y",
    "hon.", "noble", "right",
];

/// Names, of people and of houses, are no longer than this, in bytes.
const LONGEST_NAME: usize = 160;

/// Lines of the site's own are no longer than this, in bytes.
const LONGEST_LINE: usize = 600;
