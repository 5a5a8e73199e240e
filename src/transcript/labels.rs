//! Lines that may name a speaker: `Bob Roe: words`, `BOB ROE`, `[00:01:02] Bob Roe (Upper Weir):`,
//! `**Bob Roe:** words`. What such a line means is for its format to say.

use super::conventions::{name_and_detail, trimmed, trimmed_name};
use std::ops::Range;

/// A line that may name a speaker, as ranges of the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LabelLine {
    /// The name, without marks and brackets round it.
    pub name: Range<usize>,
    /// What stands in brackets after the name.
    pub detail: Option<Range<usize>>,
    /// A time before or after the name, without brackets.
    pub time: Option<Range<usize>>,
    /// What shows that it is a label.
    pub form: Form,
    /// From the first character of the label to the last, colon, time and marks included.
    pub label: Range<usize>,
    /// The words after it.
    pub words: Range<usize>,
}

/// What shows a label.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A colon after it.
    Colon,
    /// Marks of emphasis round it.
    Marked,
    /// Nothing but that it stands alone.
    Alone,
}

/// What a name looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Two words or more, each with a capital letter.
    Full,
    /// One word with a capital letter.
    Single,
    /// Words of a script that has no capital letters.
    Uncased,
    /// Words with which sentences and remarks begin, with capital letters: `Note`, `My Lords`.
    Ordinary,
}

/// The longest label, in bytes.
const LONGEST: usize = 100;

/// Nor a time after it, with its brackets.
const LONGEST_TIME: usize = 32;

const MARKS: [char; 2] = ['*', '_'];

/// Reads a line as a label; `None` where it has none of the forms.
pub(super) fn label_line(line: &str) -> Option<LabelLine> {
    let whole = trimmed(line, 0..line.len());
    let mut at = whole.start;
    let mut time = None;
    if let Some((length, inner)) = time_at(&line[at..whole.end]) {
        time = Some(at + inner.start..at + inner.end);
        at = trimmed(line, at + length..whole.end).start;
    }
    let marks = line[at..whole.end].chars().take_while(|c| MARKS.contains(c)).count();
    let rest = &line[at + marks..whole.end];
    let start = at + marks;
    if let Some((colon, width)) = colon_in(rest) {
        // The marks round the label may end after the colon; others belong to the words.
        let closed = rest[..colon].trim_end().ends_with(MARKS);
        let words = without_marks(&rest[colon + width..], if closed { 0 } else { marks });
        let words = trimmed(line, whole.end - words.len()..whole.end);
        let found = parts(line, start..start + colon, time.clone())?;
        let end = if words.is_empty() { whole.end } else { line[..words.start].trim_end().len() };
        return Some(LabelLine { form: Form::Colon, label: whole.start..end, words, ..found });
    }
    if marks > 0 {
        let close = rest.find(MARKS)?;
        let words = without_marks(&rest[close..], marks);
        let words = trimmed(line, whole.end - words.len()..whole.end);
        let end = if words.is_empty() { whole.end } else { line[..words.start].trim_end().len() };
        let found = parts(line, start..start + close, time)?;
        return Some(LabelLine { form: Form::Marked, label: whole.start..end, words, ..found });
    }
    let found = parts(line, start..whole.end, time)?;
    Some(LabelLine { form: Form::Alone, label: whole.clone(), words: whole.end..whole.end, ..found })
}

/// `words` without so many marks before them.
fn without_marks(words: &str, count: usize) -> &str {
    let marks = words.chars().take(count).take_while(|c| MARKS.contains(c)).count();
    &words[marks..]
}

/// The first colon that can end a label, and its length: not one of a time or an address.
fn colon_in(rest: &str) -> Option<(usize, usize)> {
    let end = rest.floor_char_boundary(LONGEST);
    rest[..end].char_indices().filter(|(_, c)| matches!(c, ':' | '：')).find_map(|(at, c)| {
        let before = rest[..at].chars().next_back();
        let after = rest[at + c.len_utf8()..].chars().next();
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let is_other = after == Some('/') || (is_digit(before) && is_digit(after));
        (!is_other).then_some((at, c.len_utf8()))
    })
}

/// The name, its detail and a time after it in a label.
fn parts(line: &str, label: Range<usize>, time: Option<Range<usize>>) -> Option<LabelLine> {
    let mut label = trimmed_name(line, label);
    let mut time = time;
    let unmarked = |range: Range<usize>| {
        let words = line[range.clone()].trim_end_matches(MARKS);
        trimmed(line, range.start..range.start + words.len())
    };
    label = unmarked(label);
    // A name and a time after it: no line of words is looked through for one.
    if label.len() > LONGEST + LONGEST_TIME {
        return None;
    }
    if time.is_none()
        && let Some(last) = line[label.clone()].rfind(char::is_whitespace)
        && let Some((length, inner)) = time_at(line[label.start + last..label.end].trim_start())
    {
        let token = trimmed(line, label.start + last..label.end);
        if length == token.len() {
            time = Some(token.start + inner.start..token.start + inner.end);
            label = unmarked(trimmed(line, label.start..token.start));
        }
    }
    if label.is_empty() || label.len() > LONGEST {
        return None;
    }
    let words = &line[label.clone()];
    if let Some(inner) = words.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        label = label.start + 1..label.start + 1 + inner.len();
    }
    let (name, detail) = match name_and_detail(&line[label.clone()]) {
        Some((name, detail)) => {
            let moved = |range: Range<usize>| range.start + label.start..range.end + label.start;
            (moved(name), Some(moved(detail)))
        }
        None => (label.clone(), None),
    };
    Some(LabelLine {
        name,
        detail,
        time,
        form: Form::Alone,
        label: label.clone(),
        words: label.end..label.end,
    })
}

/// A time at the start of `rest`, in brackets or not: its whole length, and where the time is in it.
/// `0:03`, `00:01:02`, `[1:02:03.450]`, `(12:05)`.
pub(super) fn time_at(rest: &str) -> Option<(usize, Range<usize>)> {
    let open = rest.chars().next().filter(|c| matches!(c, '[' | '('));
    let start = open.map_or(0, char::len_utf8);
    let length =
        rest[start..].bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b',')).count();
    let clock = &rest[start..start + length];
    let after = &rest[start + length..];
    let (main, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, "0"));
    let fields: Vec<&str> = main.split(':').collect();
    let sound = (2..=3).contains(&fields.len())
        && (1..=3).contains(&fields[0].len())
        && fields[1..].iter().all(|field| field.len() == 2 && *field < "60")
        && !fraction.is_empty()
        && fraction.bytes().all(|b| b.is_ascii_digit());
    if !sound {
        return None;
    }
    match open {
        Some('[') => after.starts_with(']').then_some((start + length + 1, start..start + length)),
        Some(_) => after.starts_with(')').then_some((start + length + 1, start..start + length)),
        None => after.chars().next().is_none_or(char::is_whitespace).then_some((length, 0..length)),
    }
}

/// What a name looks like; `None` where it is none.
pub(super) fn shape(name: &str) -> Option<Shape> {
    const OTHER: &str = ",;:!?\"“”„«»()[]{}<>=+*#|\\@%^~…—–`";
    if name.is_empty() || name.len() > LONGEST || name.contains(|c| OTHER.contains(c)) {
        return None;
    }
    let mut words = 0;
    let mut cased = false;
    for word in name.split_whitespace() {
        words += 1;
        let stop = word.find('.').is_some_and(|at| at + 1 < word.len() && !is_initials(word));
        let long_stop = word.ends_with('.') && word.chars().count() > 5;
        if stop || long_stop {
            return None;
        }
        match word.chars().find(|c| c.is_alphanumeric()) {
            Some(c) if c.is_uppercase() => cased = true,
            Some(c) if c.is_lowercase() && (words == 1 || !is_particle(word)) => return None,
            Some(c) if c.is_numeric() && words == 1 => return None,
            Some(_) => {}
            None if words == 1 => return None,
            None => {}
        }
    }
    let first = name.split_whitespace().next()?.to_lowercase();
    match words {
        9.. => None,
        _ if ORDINARY.contains(&first.as_str()) => Some(Shape::Ordinary),
        _ if !cased => (words <= 4).then_some(Shape::Uncased),
        1 => Some(Shape::Single),
        _ => Some(Shape::Full),
    }
}

fn is_initials(word: &str) -> bool {
    word.split('.').all(|part| part.chars().count() <= 2)
}

fn is_particle(word: &str) -> bool {
    let lower = [
        "of", "the", "and", "for", "in", "de", "del", "della", "van", "von", "der", "den", "da", "di", "du",
        "la", "le", "al", "bin", "ibn", "ap", "y", "e", "zu", "ten", "ter", "dos", "das", "hon.", "hon",
    ];
    let attached =
        word.strip_prefix("d'").or_else(|| word.strip_prefix("d’")).or_else(|| word.strip_prefix("al-"));
    lower.contains(&word) || attached.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// Words that begin a sentence, a remark or a particular far more often than a name.
const ORDINARY: &[&str] = &[
    "a",
    "about",
    "action",
    "after",
    "again",
    "agenda",
    "all",
    "also",
    "amendment",
    "an",
    "and",
    "annex",
    "another",
    "answer",
    "any",
    "apologies",
    "appendix",
    "are",
    "article",
    "as",
    "at",
    "author",
    "because",
    "before",
    "but",
    "by",
    "can",
    "chapter",
    "clause",
    "conclusion",
    "could",
    "date",
    "dear",
    "decision",
    "did",
    "do",
    "does",
    "duration",
    "edit",
    "editor's",
    "each",
    "every",
    "example",
    "exhibit",
    "fact",
    "figure",
    "finally",
    "first",
    "five",
    "footnote",
    "for",
    "four",
    "from",
    "has",
    "have",
    "he",
    "her",
    "here",
    "hers",
    "his",
    "how",
    "however",
    "i",
    "if",
    "imagine",
    "important",
    "in",
    "is",
    "it",
    "item",
    "its",
    "language",
    "last",
    "lastly",
    "let",
    "listen",
    "location",
    "look",
    "meanwhile",
    "more",
    "most",
    "motion",
    "my",
    "name",
    "nb",
    "next",
    "no",
    "not",
    "note",
    "notes",
    "now",
    "of",
    "on",
    "once",
    "one",
    "only",
    "option",
    "or",
    "other",
    "our",
    "paragraph",
    "party",
    "phone",
    "constituency",
    "email",
    "address",
    "id",
    "type",
    "status",
    "url",
    "sent",
    "cc",
    "role",
    "office",
    "vote",
    "votes",
    "part",
    "place",
    "please",
    "point",
    "present",
    "ps",
    "question",
    "questions",
    "quote",
    "recommendation",
    "remember",
    "resolution",
    "result",
    "schedule",
    "second",
    "secondly",
    "section",
    "see",
    "she",
    "should",
    "so",
    "some",
    "source",
    "step",
    "still",
    "subject",
    "summary",
    "table",
    "take",
    "thank",
    "thanks",
    "that",
    "their",
    "then",
    "there",
    "therefore",
    "these",
    "they",
    "third",
    "thirdly",
    "this",
    "those",
    "three",
    "time",
    "title",
    "to",
    "today",
    "topic",
    "two",
    "update",
    "was",
    "warning",
    "we",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "why",
    "will",
    "with",
    "would",
    "yes",
    "yet",
    "you",
    "your",
];

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, detail, time, form, words.
    type Read<'l> = (&'l str, Option<&'l str>, Option<&'l str>, Form, &'l str);

    fn read(line: &str) -> Option<Read<'_>> {
        let found = label_line(line)?;
        let of = |range: Range<usize>| &line[range];
        Some((of(found.name), found.detail.map(of), found.time.map(of), found.form, of(found.words)))
    }

    #[test]
    fn labels_are_read_in_every_form() {
        assert_eq!(read("Bob Roe: no"), Some(("Bob Roe", None, None, Form::Colon, "no")));
        assert_eq!(read("**Bob Roe:** no"), Some(("Bob Roe", None, None, Form::Colon, "no")));
        assert_eq!(read("**Bob Roe**: no"), Some(("Bob Roe", None, None, Form::Colon, "no")));
        assert_eq!(read("**Bob Roe** no"), Some(("Bob Roe", None, None, Form::Marked, "no")));
        assert_eq!(read("BOB ROE (Weir):"), Some(("BOB ROE", Some("Weir"), None, Form::Colon, "")));
        assert_eq!(
            read("[00:01:02] Bob Roe: no"),
            Some(("Bob Roe", None, Some("00:01:02"), Form::Colon, "no"))
        );
        assert_eq!(read("Bob Roe  0:03"), Some(("Bob Roe", None, Some("0:03"), Form::Alone, "")));
        assert_eq!(read("Bob Roe (0:03): no"), Some(("Bob Roe", None, Some("0:03"), Form::Colon, "no")));
        assert_eq!(read("00:00:05 Bob Roe"), Some(("Bob Roe", None, Some("00:00:05"), Form::Alone, "")));
        assert_eq!(read("[SPEAKER_00]: no"), Some(("SPEAKER_00", None, None, Form::Colon, "no")));
        assert_eq!(read("唐鳳（部長）：是。"), Some(("唐鳳", Some("部長"), None, Form::Colon, "是。")));
        assert_eq!(
            read("See https://example.org"),
            Some(("See https://example.org", None, None, Form::Alone, ""))
        );
    }

    #[test]
    fn names_have_their_shapes_and_sentences_have_none() {
        for (name, is) in [
            ("Bob Roe", Some(Shape::Full)),
            ("Mr. J. R. van der Weir", Some(Shape::Full)),
            ("Several hon. Members", Some(Shape::Full)),
            ("Speaker 1", Some(Shape::Full)),
            ("Bob", Some(Shape::Single)),
            ("حسن", Some(Shape::Uncased)),
            ("Note", Some(Shape::Ordinary)),
            ("My Lords", Some(Shape::Ordinary)),
            ("I say this", None),
            ("The minister said", None),
            ("We went. Then", None),
            ("10", None),
            ("", None),
        ] {
            assert_eq!(shape(name), is, "{name}");
        }
    }

    #[test]
    fn times_of_recordings_are_read() {
        for time in ["0:03", "00:01:02", "[1:02:03.450]", "(12:05)"] {
            assert_eq!(time_at(time).map(|(length, _)| length), Some(time.len()), "{time}");
        }
        for none in ["0:3", "10:75", "[0:03", "0:03pm", "12", "1:02:03:04"] {
            assert_eq!(time_at(none), None, "{none}");
        }
    }
}
