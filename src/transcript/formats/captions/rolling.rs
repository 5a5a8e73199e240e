//! Captions that show words more than once: every word is kept once.
//!
//! Three rules, each used only where the file as a whole shows its habit. A cue with the times and the
//! words of an earlier one is that one again. In a file in which every cue stands twice in a row, the
//! second is left out. In rolling captions (YouTube's two lines: the last line moves up and a new one
//! appears under it) the lines that the cue before has shown already are left out; where lines grow
//! word by word, so are the words.

use super::cues::Cue;
use super::markup::Line;
use std::collections::HashSet;

/// A cue that follows within this time goes on with what the one before shows, in milliseconds.
const FOLLOWS: u64 = 1_000;

/// For every line of every cue the place in its words up to which it only repeats.
pub(super) fn repeated(cues: &[Cue], lines: &[Vec<Line>]) -> Vec<Vec<usize>> {
    let words: Vec<Vec<Vec<&str>>> = lines.iter().map(|lines| lines.iter().map(split).collect()).collect();
    let mut skips: Vec<Vec<usize>> = lines.iter().map(|lines| vec![0; lines.len()]).collect();
    let whole = |at: usize| lines[at].iter().map(|line| line.plain.len()).collect::<Vec<_>>();
    let mut seen = HashSet::new();
    let mut left: Vec<usize> = Vec::new();
    for (at, cue) in cues.iter().enumerate().filter(|(at, _)| has_words(&words[*at])) {
        if cue.times.is_some_and(|times| !seen.insert((times, &words[at]))) {
            skips[at] = whole(at);
        } else {
            left.push(at);
        }
    }
    if stand_twice(&left, &words) {
        left.chunks(2).for_each(|pair| skips[pair[1]] = whole(pair[1]));
        return skips;
    }
    // Times among the words are the mark of captions that roll: less is enough to show it.
    let is_timed = lines.iter().flatten().any(|line| line.is_timed);
    let Some(rule) = habit(&left, cues, &words, if is_timed { 1 } else { 2 }) else { return skips };
    for pair in left.windows(2) {
        let (before, at) = (pair[0], pair[1]);
        let mut count = overlap(&words[before], &words[at], rule);
        let total: usize = words[at].iter().map(Vec::len).sum();
        // After a pause, a cue that says nothing else is said again.
        if count == total && !follows(&cues[before], &cues[at]) {
            count = 0;
        }
        for (line, skip) in lines[at].iter().zip(&mut skips[at]) {
            let taken = split(line).len().min(count);
            *skip = end_of(&line.plain, taken);
            count -= taken;
        }
    }
    skips
}

fn split(line: &Line) -> Vec<&str> {
    line.plain.split_whitespace().collect()
}

fn has_words(lines: &[Vec<&str>]) -> bool {
    lines.iter().any(|line| !line.is_empty())
}

/// The place just after the first `count` words.
fn end_of(text: &str, count: usize) -> usize {
    match count.checked_sub(1).and_then(|last| text.split_whitespace().nth(last)) {
        Some(word) => word.as_ptr() as usize - text.as_ptr() as usize + word.len(),
        None => 0,
    }
}

/// Whether every cue stands twice in a row, and the cues are of different words.
fn stand_twice(left: &[usize], words: &[Vec<Vec<&str>>]) -> bool {
    let pairs = left.chunks(2);
    let different: HashSet<_> = left.iter().map(|at| &words[*at]).collect();
    left.len().is_multiple_of(2)
        && different.len() >= 3
        && different.len() * 2 == left.len()
        && pairs.into_iter().all(|pair| words[pair[0]] == words[pair[1]])
}

/// How a file repeats what it showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    /// Whole lines move up.
    Lines,
    /// Lines grow.
    Words,
}

/// How the file repeats, where most of its cues do and some of them go on with new words: cues that
/// only say the same again may be votes called out. `enough` such cues show it.
fn habit(left: &[usize], cues: &[Cue], words: &[Vec<Vec<&str>>], enough: usize) -> Option<Rule> {
    let pairs: Vec<_> = left
        .windows(2)
        .map(|pair| (pair[0], pair[1]))
        .filter(|(a, b)| follows(&cues[*a], &cues[*b]))
        .collect();
    let shows = |rule| {
        let overlaps = pairs.iter().map(|(a, b)| {
            let total: usize = words[*b].iter().map(Vec::len).sum();
            (overlap(&words[*a], &words[*b], rule), total)
        });
        let (mut repeating, mut growing) = (0, 0);
        for (count, total) in overlaps {
            repeating += usize::from(count > 0);
            growing += usize::from(count > 0 && count < total);
        }
        repeating * 2 >= pairs.len() && growing >= enough
    };
    [Rule::Lines, Rule::Words].into_iter().find(|rule| shows(*rule))
}

fn follows(before: &Cue, cue: &Cue) -> bool {
    match (before.times, cue.times) {
        (Some(before), Some(times)) => times.start <= before.end + FOLLOWS,
        _ => false,
    }
}

/// How many words at the start of a cue the one before shows at its end, from the start of one of its
/// lines.
fn overlap(before: &[Vec<&str>], lines: &[Vec<&str>], rule: Rule) -> usize {
    let shown = |from: usize| before[from..].iter().flatten();
    let starts = (0..before.len()).filter(|from| !before[*from].is_empty());
    let counts = starts.map(|from| (from, shown(from).count()));
    let repeats = counts.filter(|(from, count)| {
        let mut words = lines.iter().flatten();
        shown(*from).all(|word| words.next() == Some(word))
            && (rule == Rule::Words || ends_a_line(lines, *count))
    });
    repeats.map(|(_, count)| count).max().unwrap_or(0)
}

/// Whether a line ends after the first `count` words.
fn ends_a_line(lines: &[Vec<&str>], count: usize) -> bool {
    let ends = lines.iter().scan(0, |end, line| {
        *end += line.len();
        Some(*end)
    });
    ends.into_iter().any(|end| end == count)
}
