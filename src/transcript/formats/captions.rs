//! Captions of committee and council meetings: SRT and WebVTT.
//!
//! Decided here: cues are joined into running words, with the time of the first as a milestone before
//! every sentence. A paragraph ends with a sentence that a pause follows or that makes it long, and
//! where another voice is named. Nobody is named but by WebVTT's `<v Name>`; a cue in brackets is
//! procedure. The formats need the place of every word in the file, which the libraries for them
//! (made for showing captions) do not keep.

use crate::diagnostics::{Diagnostic, Place, backward_time, broken_cue};
use crate::text::{Source, Span};
use crate::transcript::conventions::{is_bracketed, trimmed};
use crate::transcript::record::*;
use crate::transcript::xml::Blocks;
use std::ops::Range;

/// A pause as long as this after a sentence ends a paragraph, in milliseconds.
const PAUSE: u64 = 2_000;
/// A paragraph of this many bytes ends with its sentence.
const LONG: usize = 600;

/// Whether a text is SRT: a number, and a line of times under it.
pub(super) fn recognise_srt(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let number = lines.next().is_some_and(|line| line.bytes().all(|byte| byte.is_ascii_digit()));
    number && lines.next().is_some_and(|line| times(line).is_some())
}

/// Whether a text is WebVTT (its section 4.1: the first line begins with the word).
pub(super) fn recognise_vtt(text: &str) -> bool {
    text.strip_prefix("WEBVTT")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}

/// Reads SRT.
pub(super) fn parse_srt(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    Reader::new(source).read(diagnostics).finish("srt")
}

/// Reads WebVTT.
pub(super) fn parse_vtt(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    Reader::new(source).read(diagnostics).finish("webvtt")
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    source: &'s Source,
    /// When the cue before ended.
    ended: u64,
    /// Whether the next word begins a sentence.
    sentence: bool,
    /// Whether somebody has begun to speak.
    speaking: bool,
    /// The name in `<v Name>` of the words now read.
    voice: Option<&'s str>,
}

/// When a cue is shown, in milliseconds from the start.
struct Times {
    start: u64,
    end: u64,
}

impl<'s> Reader<'s> {
    fn new(source: &'s Source) -> Self {
        Reader { blocks: Blocks::new(source), source, ended: 0, sentence: true, speaking: false, voice: None }
    }

    fn read(mut self, diagnostics: &mut Vec<Diagnostic>) -> Blocks<'s> {
        let mut started = 0;
        for block in blocks(&self.source.text) {
            let lines: Vec<Range<usize>> = lines(&self.source.text, block.clone());
            let timed = lines.iter().position(|line| self.source.text[line.clone()].contains("-->"));
            let Some(timed) = timed else {
                self.blocks.record.furniture(FurnitureKind::Apparatus, block);
                continue;
            };
            let line = lines[timed].clone();
            let place = || Place::new(self.source, Span::new(line.clone()));
            let Some(times) = times(&self.source.text[line.clone()]) else {
                diagnostics.push(broken_cue(place()));
                continue;
            };
            if times.start < started || times.end < times.start {
                diagnostics.push(backward_time(place(), &printed(started)));
                continue;
            }
            started = times.start;
            self.blocks.record.furniture(FurnitureKind::Time, block.start..line.end);
            self.cue(&lines[timed + 1..], &times);
        }
        self.blocks.paragraph(ParagraphKind::Plain);
        self.blocks
    }

    fn cue(&mut self, lines: &[Range<usize>], times: &Times) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let words = &self.source.text[first.start..last.end];
        if words.trim().is_empty() {
            return;
        }
        let pause = times.start.saturating_sub(self.ended) >= PAUSE;
        if self.sentence && (pause || self.blocks.flow.len() > LONG) {
            self.blocks.paragraph(ParagraphKind::Plain);
        }
        self.ended = times.end;
        if is_bracketed(words) {
            self.blocks.paragraph(ParagraphKind::Plain);
            self.blocks.flow.milestone(InlineKind::Time(printed(times.start)));
            self.blocks.flow.text(Span::new(first.start..last.end));
            self.blocks.procedural();
            (self.sentence, self.speaking) = (true, false);
            return;
        }
        let mut marked = false;
        for line in lines {
            self.blocks.flow.space();
            self.line(line.clone(), times, &mut marked);
        }
    }

    /// One line of a cue: words, tags, references.
    fn line(&mut self, line: Range<usize>, times: &Times, marked: &mut bool) {
        let text: &'s str = &self.source.text;
        let mut at = line.start;
        while at < line.end {
            let rest = &text[at..line.end];
            let stop = rest.find(['<', '&']).unwrap_or(rest.len());
            if stop > 0 {
                self.words(at..at + stop, times, marked);
                at += stop;
                continue;
            }
            match tag(rest) {
                Some((length, Tag::Voice(name))) => {
                    if self.voice != Some(name) {
                        self.blocks.paragraph(ParagraphKind::Plain);
                        (self.voice, self.sentence, self.speaking) = (Some(name), true, false);
                    }
                    at += length;
                }
                Some((length, Tag::Other)) => at += length,
                None => match reference(rest) {
                    Some((length, characters)) => {
                        self.begin(at, times, marked);
                        self.blocks.flow.characters(characters, Span::new(at..at + length));
                        at += length;
                    }
                    None => {
                        self.words(at..at + 1, times, marked);
                        at += 1;
                    }
                },
            }
        }
    }

    /// Words as they stand. Every sentence that begins in them is marked with the time of its cue.
    fn words(&mut self, range: Range<usize>, times: &Times, marked: &mut bool) {
        let text = &self.source.text;
        let mut start = range.start;
        for (at, c) in text[range.clone()].char_indices() {
            let end = range.start + at + c.len_utf8();
            let next = text[end..range.end].chars().next();
            if matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！') && next.is_none_or(char::is_whitespace)
            {
                self.sentence_part(start..end, times, marked);
                self.sentence = true;
                *marked = false;
                start = end;
            }
        }
        self.sentence_part(start..range.end, times, marked);
    }

    fn sentence_part(&mut self, range: Range<usize>, times: &Times, marked: &mut bool) {
        let words = trimmed(&self.source.text, range.clone());
        if words.is_empty() {
            if !range.is_empty() {
                self.blocks.flow.space();
            }
            return;
        }
        if words.start > range.start {
            self.blocks.flow.text(Span::new(range.start..words.start));
        }
        self.begin(words.start, times, marked);
        self.blocks.flow.text(Span::new(words.start..range.end));
    }

    /// Before the first word of a sentence stands its time; before the first of a voice, its label.
    fn begin(&mut self, at: usize, times: &Times, marked: &mut bool) {
        if !self.speaking {
            self.speaking = true;
            let label = self.voice.map(|name| {
                let start = name.as_ptr() as usize - self.source.text.as_ptr() as usize;
                let span = Span::new(start..start + name.len());
                Label { name: Text::Slice(span), detail: None, id: None, role: Role::Speaker, span }
            });
            self.blocks.record.begin(Contribution {
                speaker: label,
                ..Contribution::of(ContributionKind::Speech, Span::new(at..at))
            });
        }
        if self.sentence && !*marked {
            self.blocks.flow.milestone(InlineKind::Time(printed(times.start)));
            *marked = true;
        }
        self.sentence = false;
    }
}

/// Stretches of lines with words, parted by blank lines.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for line in lines(text, 0..text.len()) {
        let blank = text[line.clone()].trim().is_empty();
        match blocks.last_mut() {
            Some(block) if open && !blank => block.end = line.end,
            _ if !blank => blocks.push(line),
            _ => {}
        }
        open = !blank;
    }
    blocks
}

/// The lines of a range, without their breaks.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut start = range.start;
    let split = text[range].split_inclusive('\n').map(|line| {
        let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        whole
    });
    split.collect()
}

/// Reads `00:01:02,345 --> 00:01:05.000 align:start`. Hours may be left out, or be any number.
fn times(line: &str) -> Option<Times> {
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
fn printed(time: u64) -> Box<str> {
    let seconds = time / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60).into()
}

enum Tag<'s> {
    Voice(&'s str),
    Other,
}

/// A tag at the start of `rest`, with its length: those of WebVTT (its section 4.2.2), and the few
/// that SRT files use.
fn tag(rest: &str) -> Option<(usize, Tag<'_>)> {
    let inner = rest.strip_prefix('<')?;
    let inner = &inner[..inner.find('>')?];
    let name = inner.trim_start_matches('/');
    let word = name.split(['.', ' ', '\t']).next().unwrap_or_default();
    let is_time = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || b":.".contains(&byte));
    let known =
        ["v", "c", "i", "b", "u", "ruby", "rt", "lang", "font"].contains(&word.to_ascii_lowercase().as_str());
    if !known && !is_time {
        return None;
    }
    let voice = inner.split_once([' ', '\t']).filter(|_| word == "v" && !inner.starts_with('/'));
    Some((inner.len() + 2, voice.map_or(Tag::Other, |(_, name)| Tag::Voice(name.trim()))))
}

/// A character reference at the start of `rest`, with its length: those that WebVTT names.
fn reference(rest: &str) -> Option<(usize, &'static str)> {
    let known =
        [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{a0}"), ("&lrm;", ""), ("&rlm;", "")];
    known
        .into_iter()
        .find(|(name, _)| rest.starts_with(name))
        .map(|(name, characters)| (name.len(), characters))
}

#[cfg(test)]
mod tests {
    use super::*;

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
