//! The cues of a caption file: what is words, what is times and numbers, what is a comment. Every
//! line of the file becomes one of these.

use super::trimmed;
use crate::diagnostics::{Diagnostic, Place, broken_cue, mixed_formats, untimed_caption};
use crate::text::{Source, Span};
use crate::transcript::assembly::Assembly;
use crate::transcript::record::FurnitureKind;
use std::ops::Range;

/// The two forms of caption files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Srt,
    WebVtt,
}

/// Words that are shown together.
#[derive(Debug)]
pub(super) struct Cue {
    /// When; `None` where the file has lost it.
    pub(super) times: Option<Times>,
    /// The line of times, or the first line where there is none: for messages.
    pub(super) at: Range<usize>,
    /// Its lines with words in them, without white space at their ends.
    pub(super) lines: Vec<Range<usize>>,
}

/// When a cue is shown, in milliseconds from the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Times {
    pub(super) start: u64,
    pub(super) end: u64,
}

/// What a line can be by itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Blank,
    Times(Times),
    /// An arrow after a number, and no times that can be read.
    BrokenTimes,
    Words,
}

/// Finds the cues of a file. Blank lines do not end a cue: files made by hand and by machines have
/// them after the times and among the words. A line of times begins the next one, with the number or
/// name that stands above it.
pub(super) fn cues(
    source: &Source,
    dialect: Dialect,
    record: &mut Assembly<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<Cue> {
    let text: &str = &source.text;
    let lines: Vec<_> = lines(text).into_iter().map(|line| (classify(&text[line.clone()]), line)).collect();
    let mut file = File { source, dialect, lines, cues: Vec::new(), number: None, untimed: Vec::new() };
    let mut at = file.header(record);
    while at < file.lines.len() {
        at = file.line(at, record, diagnostics);
    }
    if let Some(first) = file.untimed.first() {
        let place = Place::new(source, Span::new(first.clone()));
        diagnostics.push(untimed_caption(place, file.untimed.len()));
    }
    if let Some((at, found)) = file.other_format() {
        let place = Place::new(source, Span::new(trimmed(text, file.lines[at].1.clone())));
        diagnostics.push(mixed_formats(place, found));
    }
    file.cues
}

/// Words after a blank line under one line of times, beyond which they are no caption: somebody who reads
/// fast says as many in a minute and a half.
const WORDS_UNDER_ONE_TIME: usize = 300;

struct File<'s> {
    source: &'s Source,
    dialect: Dialect,
    lines: Vec<(Line, Range<usize>)>,
    cues: Vec<Cue>,
    /// The number of the last cue that has one.
    number: Option<u64>,
    /// The first lines of words that no times stand over.
    untimed: Vec<Range<usize>>,
}

impl File<'_> {
    fn text(&self, at: usize) -> &str {
        &self.source.text[self.lines[at].1.clone()]
    }

    fn kind(&self, at: usize) -> Option<Line> {
        self.lines.get(at).map(|(kind, _)| *kind)
    }

    /// Whether a blank line, or nothing, stands above a line.
    fn starts_block(&self, at: usize) -> bool {
        at.checked_sub(1).is_none_or(|before| self.lines[before].0 == Line::Blank)
    }

    /// The head of a WebVTT file, up to the first blank line; where it ends.
    fn header(&self, record: &mut Assembly<'_>) -> usize {
        match self.dialect {
            Dialect::Srt => 0,
            Dialect::WebVtt => self.set_apart_block(0, record),
        }
    }

    /// Sets the lines from `from` to the next blank line or line of times apart.
    fn set_apart_block(&self, from: usize, record: &mut Assembly<'_>) -> usize {
        let ends = |line: &(Line, _)| line.0 != Line::Words;
        let end = self.lines[from..].iter().position(ends).map_or(self.lines.len(), |found| from + found);
        // The name of the first cue may stand straight under the head.
        if end > from {
            let span = self.lines[from].1.start..self.lines[end - 1].1.end;
            record.furniture(FurnitureKind::Apparatus, span);
        }
        end
    }

    /// Deals with a line, and with those that belong to it; gives the next.
    fn line(&mut self, at: usize, record: &mut Assembly<'_>, diagnostics: &mut Vec<Diagnostic>) -> usize {
        let (kind, range) = self.lines[at].clone();
        match kind {
            Line::Blank => at + 1,
            Line::Times(times) => {
                record.furniture(FurnitureKind::Time, range.clone());
                self.cues.push(Cue { times: Some(times), at: range, lines: Vec::new() });
                at + 1
            }
            Line::BrokenTimes => {
                diagnostics.push(broken_cue(Place::new(self.source, Span::new(range.clone()))));
                record.furniture(FurnitureKind::Time, range.clone());
                self.cues.push(Cue { times: None, at: range, lines: Vec::new() });
                at + 1
            }
            Line::Words if self.is_comment(at) => self.set_apart_block(at, record),
            Line::Words if self.names_a_cue(at) => {
                self.number = self.text(at).trim().parse().ok().or(self.number);
                record.furniture(FurnitureKind::CueName, trimmed(&self.source.text, range));
                at + 1
            }
            Line::Words if self.numbers_untimed_words(at) => {
                self.number = self.number.map(|number| number + 1);
                record.furniture(FurnitureKind::CueName, trimmed(&self.source.text, range));
                self.untimed.push(self.lines[at + 1].1.clone());
                self.cues.push(Cue { times: None, at: self.lines[at + 1].1.clone(), lines: Vec::new() });
                at + 1
            }
            Line::Words => {
                if self.cues.is_empty() {
                    self.untimed.push(range.clone());
                    self.cues.push(Cue { times: None, at: range.clone(), lines: Vec::new() });
                }
                let words = trimmed(&self.source.text, range);
                self.cues.last_mut().expect("one was begun").lines.push(words);
                at + 1
            }
        }
    }

    /// The first line from which on the file is in another format, and in which.
    fn other_format(&self) -> Option<(usize, &'static str)> {
        let first = self.lines.iter().position(|line| matches!(line.0, Line::Times(_)))?;
        // What stands straight under a line of times is its caption; words after a blank line are counted.
        let (mut has_words, mut part, mut words) = (false, None, 0);
        for (at, (kind, range)) in self.lines.iter().enumerate().skip(first) {
            match kind {
                Line::Times(_) | Line::BrokenTimes => (has_words, part, words) = (false, None, 0),
                Line::Blank if has_words && part.is_none() => part = Some(at + 1),
                Line::Blank => {}
                Line::Words => {
                    has_words = true;
                    let line = self.source.text[range.clone()].trim();
                    if self.starts_block(at)
                        && !self.is_comment(at)
                        && let Some(found) = beginning_of_another(line)
                    {
                        return Some((at, found));
                    }
                    if let Some(part) = part {
                        words += line.split_whitespace().count();
                        if words > WORDS_UNDER_ONE_TIME {
                            return Some((part, "a text without times"));
                        }
                    }
                }
            }
        }
        None
    }

    /// A comment, a style sheet or a region of WebVTT (its sections 4.1 and 4.2.3): a block that begins
    /// with the word, alone or before a space; the last two only above the cues.
    fn is_comment(&self, at: usize) -> bool {
        let line = self.text(at);
        let is = |word: &str| {
            line.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t']))
        };
        self.dialect == Dialect::WebVtt
            && self.starts_block(at)
            && (is("NOTE") || (self.cues.is_empty() && (is("STYLE") || is("REGION"))))
    }

    /// Whether a line of words is the number or the name of the cue whose times follow.
    fn names_a_cue(&self, at: usize) -> bool {
        let is_times = |kind: Option<Line>| matches!(kind, Some(Line::Times(_) | Line::BrokenTimes));
        let number = number(self.text(at));
        let follows = |number: u64| self.number.map_or(number <= 1, |last| number == last + 1);
        if is_times(self.kind(at + 1)) {
            return match (self.starts_block(at), self.dialect, number) {
                (true, Dialect::WebVtt, _) | (true, Dialect::Srt, Some(_)) => true,
                // No blank line between two cues: a number that goes on from the one before.
                (false, _, Some(number)) => follows(number),
                _ => false,
            };
        }
        let next = (at + 1..self.lines.len()).find(|next| self.lines[*next].0 != Line::Blank);
        self.starts_block(at)
            && number.is_some_and(follows)
            && is_times(next.and_then(|next| self.kind(next)))
    }

    /// Whether a line is the number of a cue of SRT whose line of times is missing.
    fn numbers_untimed_words(&self, at: usize) -> bool {
        self.dialect == Dialect::Srt
            && self.starts_block(at)
            && self.kind(at + 1) == Some(Line::Words)
            && number(self.text(at)).is_some_and(|number| self.number.is_some_and(|last| number == last + 1))
    }
}

/// The format that a line at the start of a block shows, where no caption begins so. One `#` stands round
/// the words of songs.
fn beginning_of_another(line: &str) -> Option<&'static str> {
    let after_signs = line.trim_start_matches('#');
    let is_tag = |rest: &str| {
        let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b':').count();
        let is_more_than_a_sound = || rest.contains("</") || rest.contains("=\"");
        name > 4 && rest.as_bytes()[0].is_ascii_alphabetic() && is_more_than_a_sound()
    };
    if (2..=6).contains(&(line.len() - after_signs.len())) && after_signs.starts_with(' ') {
        Some("a heading of Markdown")
    } else if line.starts_with("<?xml") || line.starts_with("<!DOCTYPE") {
        Some("XML or a web page")
    } else if line.strip_prefix('<').is_some_and(is_tag) {
        Some("XML")
    } else if line.starts_with("{\"") || line == "{" {
        Some("JSON")
    } else {
        None
    }
}

fn classify(line: &str) -> Line {
    let line = line.trim();
    if line.is_empty() {
        Line::Blank
    } else if let Some(times) = times(line) {
        Line::Times(times)
    } else if line.contains("-->") && line.starts_with(|c: char| c.is_ascii_digit()) {
        Line::BrokenTimes
    } else {
        Line::Words
    }
}

/// The number that is all of a line.
fn number(line: &str) -> Option<u64> {
    let line = line.trim();
    let digits = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| line.parse().ok())?
}

/// The lines of a text, without their breaks.
fn lines(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let split = text.split_inclusive('\n').map(|line| {
        let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        whole
    });
    split.collect()
}

/// Reads `00:01:02,345 --> 00:01:05.000 align:start`. Hours may be left out, or be any number.
pub(super) fn times(line: &str) -> Option<Times> {
    let (start, rest) = line.split_once("-->")?;
    let end = rest.split_ascii_whitespace().next()?;
    Some(Times { start: milliseconds(start.trim())?, end: milliseconds(end)? })
}

fn milliseconds(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once([',', '.'])?;
    let mut parts = clock.rsplit(':').map(|part| part.parse::<u64>().ok().filter(|_| !part.is_empty()));
    let (seconds, minutes) = (parts.next()??, parts.next()??);
    let hours = parts.next().unwrap_or(Some(0))?;
    let sound =
        parts.next().is_none() && seconds < 60 && minutes < 60 && hours < 1_000_000 && fraction.len() == 3;
    let fraction: u64 = fraction.parse().ok()?;
    sound.then_some(((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction)
}

/// `1:02:03` from milliseconds.
pub(super) fn printed(time: u64) -> Box<str> {
    let seconds = time / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_another_format_is_told_from_a_caption() {
        let formats = [
            "### Ann Lee:",
            "<?xml version=\"1.0\"?>",
            "<publicwhip><p>x</p>",
            "<speech id=\"1\">",
            "{\"text\": 1",
        ];
        for line in formats {
            assert!(beginning_of_another(line).is_some(), "{line}");
        }
        let captions = [
            "# La la #",
            "#1 was read",
            "<i>Now</i>",
            "<v Ann>Now",
            "<laughs>",
            "{\\an8}Now",
            "[Music]",
            "5 < 6 > 4",
        ];
        for line in captions {
            assert_eq!(beginning_of_another(line), None, "{line}");
        }
    }

    #[test]
    fn times_are_read_past_a_days_hours_and_without_hours() {
        let start = |line| times(line).map(|times| printed(times.start).to_string());
        assert_eq!(start("22:59:59,500 --> 23:00:01,000").as_deref(), Some("22:59:59"));
        assert_eq!(start("101:00:00.000 --> 101:00:01.000").as_deref(), Some("101:00:00"));
        assert_eq!(start("01:02.003 --> 01:04.000 align:start").as_deref(), Some("0:01:02"));
        for none in ["00:00:01 --> 00:00:02", "00:61:00,000 --> 00:62:00,000", "a --> b", "00:00:01,000 -->"]
        {
            assert_eq!(start(none), None, "{none}");
        }
    }
}
