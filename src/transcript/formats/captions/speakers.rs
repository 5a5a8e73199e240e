//! Names before words: `Ann Lark:`, `[SPEAKER_00]:`, `>> ANN LARK:`. Whether they name speakers is for
//! the file as a whole to show; a name and a colon that it uses once may as well be words.

use super::markup::Line;
use crate::transcript::conventions::{is_bracketed, name_and_detail, trimmed_name};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// What a line may begin with, as ranges of its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// `None` for a sign that only says that somebody else speaks now: `>>`.
    pub(super) name: Option<Range<usize>>,
    /// What stands after the name in brackets.
    pub(super) detail: Option<Range<usize>>,
    /// All of it, to where the words begin.
    pub(super) whole: Range<usize>,
    form: Form,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// `Ann Lark:`
    Plain,
    /// `[Ann Lark]:`, `[SPEAKER_00]`
    Bracketed,
    /// `>> ANN LARK:`, `>>`
    Chevrons,
}

/// The names that a file uses before words.
#[derive(Debug, Default)]
pub(super) struct Names {
    plain: HashSet<String>,
    bracketed: bool,
}

/// Names are no longer than this, in bytes.
const LONGEST: usize = 80;

/// So many cues may stand before the first that names somebody: music, a title.
const BEFORE_THE_FIRST: usize = 3;

/// What a line begins with, where that could name who speaks.
pub(super) fn opening(words: &str) -> Option<Opening> {
    let start = trimmed_name(words, 0..words.len()).start;
    let rest = &words[start..];
    let chevrons = rest.len() - rest.trim_start_matches('>').len();
    let after = start + chevrons;
    let name_at = after + (words[after..].len() - words[after..].trim_start().len());
    if chevrons >= 2 {
        let bare = Opening { name: None, detail: None, whole: start..after, form: Form::Chevrons };
        let named = plain(words, name_at);
        return Some(named.map_or(bare, |named| Opening {
            whole: start..named.whole.end,
            form: Form::Chevrons,
            ..named
        }));
    }
    if chevrons > 0 {
        return None;
    }
    if let Some(inner) = rest.strip_prefix('[') {
        let close = inner.find(']').filter(|close| *close <= LONGEST)?;
        let name = start + 1..start + 1 + close;
        let end = name.end + 1;
        let colon = words[end..].starts_with(':');
        let fits =
            if colon { is_name(&words[name.clone()]) } else { is_numbered_speaker(&words[name.clone()]) };
        let whole = start..end + usize::from(colon);
        return fits.then_some(Opening { name: Some(name), detail: None, whole, form: Form::Bracketed });
    }
    plain(words, start)
}

/// `Ann Lark:` or `Ann Lark (Chair):` at `start`.
fn plain(words: &str, start: usize) -> Option<Opening> {
    let rest = &words[start..];
    let (colon, sign) = rest.char_indices().find(|(_, c)| matches!(c, ':' | '：'))?;
    let after = colon + sign.len_utf8();
    let parted = sign == '：' || rest[after..].is_empty() || rest[after..].starts_with(char::is_whitespace);
    if colon > LONGEST || !parted {
        return None;
    }
    let label = &rest[trimmed_name(rest, 0..colon)];
    let (name, detail) = match name_and_detail(label) {
        Some((name, detail)) => (name, Some(start + detail.start..start + detail.end)),
        None => (0..label.len(), None),
    };
    is_name(&label[name.clone()]).then(|| Opening {
        name: Some(start + name.start..start + name.end),
        detail,
        whole: start..start + after,
        form: Form::Plain,
    })
}

/// Whether words could be a name: a few, each with a capital, a digit or letters that know no
/// capitals, but for the small ones that stand in names.
fn is_name(name: &str) -> bool {
    const SMALL: &[&str] = &[
        "of", "the", "de", "da", "do", "dos", "la", "le", "du", "van", "von", "der", "den", "al", "bin", "y",
    ];
    let letters = |c: char| {
        c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-' | '_' | '&' | '\u{300}'..='\u{36f}')
    };
    let fits = |word: &str| {
        word.chars().all(letters)
            && (SMALL.contains(&word) || word.chars().next().is_some_and(|first| !first.is_lowercase()))
    };
    !name.is_empty()
        && name.len() <= LONGEST
        && name.chars().next().is_some_and(char::is_alphabetic)
        && !name.ends_with(['-', '&'])
        && name.split_whitespace().count() <= 6
        && name.split_whitespace().all(fits)
}

/// `SPEAKER_00`, `Speaker 3`: what programs that tell voices apart call them.
fn is_numbered_speaker(name: &str) -> bool {
    let digits = name.trim_end_matches(|c: char| c.is_ascii_digit());
    digits.len() < name.len() && ["SPEAKER_", "SPEAKER ", "Speaker ", "Speaker_"].contains(&digits)
}

impl Names {
    /// What the cues of a file show. All of them begin with a name; or names begin with the first cue
    /// and most of them come again, and then those count that come again or are of several words.
    pub(super) fn of<'a>(cues: impl Iterator<Item = &'a [Line]>) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let (mut cues_with_words, mut before, mut named, mut bracketed) = (0, 0, 0, Vec::new());
        for lines in cues {
            let mut lines =
                lines.iter().map(|line| line.plain.as_str()).filter(|words| !words.trim().is_empty());
            let Some(first) = lines.next() else { continue };
            let opening = opening(first);
            if opening.is_none() && is_bracketed(first) {
                continue;
            }
            cues_with_words += 1;
            match opening {
                Some(Opening { name: Some(name), form: Form::Plain, .. }) => {
                    named += 1;
                    *counts.entry(&first[name]).or_default() += 1;
                }
                Some(Opening { name: Some(name), form: Form::Bracketed, .. }) => bracketed.push(&first[name]),
                _ if named == 0 => before += 1,
                _ => {}
            }
            count_further(first, lines, &mut counts);
        }
        let again: usize = counts.values().filter(|count| **count > 1).sum();
        let all = cues_with_words >= 2 && named == cues_with_words;
        let many = named >= 2 && before <= BEFORE_THE_FIRST && again * 2 >= named;
        let counts = counts.into_iter().filter(|(name, count)| {
            all || (many && (*count > 1 || name.split_whitespace().nth(1).is_some()))
        });
        Names {
            plain: counts.map(|(name, _)| name.to_owned()).collect(),
            bracketed: bracketed.len() >= 2 || bracketed.iter().any(|name| is_numbered_speaker(name)),
        }
    }

    /// What a line begins with, where the file shows that it says who speaks.
    pub(super) fn opening(&self, words: &str) -> Option<Opening> {
        opening(words).filter(|opening| match (opening.form, &opening.name) {
            (Form::Chevrons, _) => true,
            (Form::Bracketed, _) => self.bracketed,
            (Form::Plain, Some(name)) => self.plain.contains(&words[name.clone()]),
            (Form::Plain, None) => false,
        })
    }
}

/// Counts names on the further lines of a cue, where the line before ended a sentence.
fn count_further<'a>(
    first: &str,
    lines: impl Iterator<Item = &'a str>,
    counts: &mut HashMap<&'a str, usize>,
) {
    let mut ended = first.trim_end().ends_with(['.', '?', '!', ')', ']']);
    for line in lines {
        if let Some(Opening { name: Some(name), form: Form::Plain, .. }) = opening(line).filter(|_| ended) {
            *counts.entry(&line[name]).or_default() += 1;
        }
        ended = line.trim_end().ends_with(['.', '?', '!', ')', ']']);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opening_is_a_name_and_a_colon_and_no_sentence() {
        let name = |words: &'static str| opening(words).and_then(|found| Some(&words[found.name?]));
        assert_eq!(name("Ann Lark: The bridge"), Some("Ann Lark"));
        assert_eq!(name("Ann van der Weir (Chair): The bridge"), Some("Ann van der Weir"));
        assert_eq!(name("[SPEAKER_00]: One."), Some("SPEAKER_00"));
        assert_eq!(name("[SPEAKER_01] One."), Some("SPEAKER_01"));
        assert_eq!(name(">> MAYOR LARK: One."), Some("MAYOR LARK"));
        assert_eq!(name("李雷：好"), Some("李雷"));
        // Signs for the direction of letters are no part of a name.
        assert_eq!(name("\u{202b}דנה לוי: שלום\u{202c}"), Some("דנה לוי"));
        assert_eq!(name("\u{200f}آن لي\u{200f}: واحد"), Some("آن لي"));
        for none in
            ["[Applause] yes", "at 10:30 we met", "He said: no", "One thing, then: no", ">> and so", "a: b"]
        {
            assert_eq!(name(none), None, "{none}");
        }
    }

    fn names(cues: &[&str]) -> Vec<String> {
        let lines: Vec<_> = cues.iter().map(|cue| vec![Line::read(cue, 0..cue.len())]).collect();
        let names = Names::of(lines.iter().map(Vec::as_slice));
        let mut found: Vec<_> = names.plain.into_iter().collect();
        found.sort();
        found
    }

    #[test]
    fn the_file_as_a_whole_shows_whether_names_are_used() {
        assert_eq!(names(&["Ann: One.", "Bo: Two."]), ["Ann", "Bo"]);
        assert_eq!(
            names(&["Note: One.", "goes on", "Bo Ray: Two.", "and on", "Note: Three."]),
            ["Bo Ray", "Note"]
        );
        assert_eq!(names(&["We met.", "Question: who?", "We said", "no.", "and on"]), [""; 0]);
        assert_eq!(names(&["Ann: One.", "goes on", "Question: who?", "I", "Ann: Two."]), ["Ann"]);
    }
}
