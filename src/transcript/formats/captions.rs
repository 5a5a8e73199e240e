//! Captions of committee and council meetings: SRT and WebVTT.
//!
//! Decided here: cues are joined into running words, in the order of the file, with the time of the
//! first as a milestone before every sentence. A paragraph ends with a sentence that a pause follows
//! or that makes it long, and where somebody else speaks; where the file has no punctuation, at a
//! pause or after some hundred words. A cue in brackets is procedure.
//!
//! Who speaks: `<v Name>` says it of its own cue and no further (WebVTT, section 6.4). A name before
//! the words says it until the next one, where the file as a whole shows that it names speakers so.
//! Otherwise the words are nobody's. The formats need the place of every word in the file, which the
//! libraries for them (made for showing captions) do not keep.

mod cues;
mod markup;
mod rolling;
mod speakers;

use crate::diagnostics::{Diagnostic, Place, backward_time, name_among_words};
use crate::text::{Source, Span};
use crate::transcript::conventions::{is_bracketed, trimmed};
use crate::transcript::record::*;
use crate::transcript::xml::Blocks;
use cues::{Cue, Dialect, cues, printed, times};
use markup::{Line, Voice};
use speakers::{Names, opening};
use std::ops::Range;

/// A pause as long as this after a sentence ends a paragraph, in milliseconds.
const PAUSE: u64 = 2_000;
/// A paragraph of this many bytes ends with its sentence.
const LONG: usize = 600;
/// A paragraph of this many bytes ends with its cue.
const LONGEST: usize = 3_000;
/// Without punctuation a paragraph of this many words ends with its cue.
const MANY_WORDS: usize = 100;

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
    read(source, Dialect::Srt, diagnostics).finish("srt")
}

/// Reads WebVTT.
pub(super) fn parse_vtt(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    read(source, Dialect::WebVtt, diagnostics).finish("webvtt")
}

fn read<'s>(source: &'s Source, dialect: Dialect, diagnostics: &mut Vec<Diagnostic>) -> Blocks<'s> {
    let mut blocks = Blocks::new(source);
    let cues = cues(source, dialect, &mut blocks.record, diagnostics);
    check_order(source, &cues, diagnostics);
    let line = |line: &Range<usize>| Line::read(&source.text, line.clone());
    let lines: Vec<Vec<Line>> = cues.iter().map(|cue| cue.lines.iter().map(line).collect()).collect();
    let skips = rolling::repeated(&cues, &lines);
    let names = Names::of(lines.iter().map(Vec::as_slice));
    report_names(source, &lines, &names, diagnostics);
    let mut reader = Reader {
        names,
        punctuated: is_punctuated(&lines),
        blocks,
        ended: 0,
        time: None,
        sentence: true,
        marked: false,
        speaking: false,
        who: None,
        words: 0,
    };
    for ((cue, lines), skips) in cues.iter().zip(&lines).zip(&skips) {
        reader.cue(cue, lines, skips);
    }
    reader.blocks.paragraph(ParagraphKind::Plain);
    // A last name may have no words after it.
    reader.somebody(None, Scope::Lasting);
    reader.blocks
}

/// Reports cues that begin before the one above them, or end before they begin: once, with the lines.
fn check_order(source: &Source, cues: &[Cue], diagnostics: &mut Vec<Diagnostic>) {
    let mut started = 0;
    let mut back: Vec<(&Cue, u64)> = Vec::new();
    for (cue, times) in cues.iter().filter_map(|cue| Some((cue, cue.times?))) {
        if times.start < started || times.end < times.start {
            back.push((cue, started));
        }
        started = times.start;
    }
    if let Some((first, after)) = back.first() {
        let line = |cue: &Cue| source.line_column(cue.at.start).line;
        let lines: Vec<_> = back.iter().skip(1).map(|(cue, _)| line(cue)).collect();
        let place = Place::new(source, Span::new(first.at.clone()));
        diagnostics.push(backward_time(place, &printed(*after), &lines));
    }
}

/// So many captions with a name and a colon that are words are worth a look where no names are read.
const MANY_NAMES: usize = 3;

/// Reports what could be names before words and is read as words.
fn report_names(source: &Source, lines: &[Vec<Line>], names: &Names, diagnostics: &mut Vec<Diagnostic>) {
    let mut found: Vec<(&str, &Line)> = Vec::new();
    let mut read = 0;
    for line in lines.iter().filter_map(|lines| lines.iter().find(|line| !line.plain.trim().is_empty())) {
        match opening(&line.plain).and_then(|opening| opening.name) {
            Some(_) if names.opening(&line.plain).is_some() => read += 1,
            Some(name) => found.push((&line.plain[name], line)),
            None => {}
        }
    }
    let worth = found.len() >= if read > 0 { 1 } else { MANY_NAMES };
    if let Some((_, first)) = found.first().filter(|_| worth) {
        let place = Place::new(source, Span::new(first.source.clone()));
        let count = found.len();
        let mut seen = std::collections::HashSet::new();
        let names: Vec<_> = found.iter().map(|(name, _)| *name).filter(|name| seen.insert(*name)).collect();
        diagnostics.push(name_among_words(place, &names, count));
    }
}

/// Whether the words have punctuation: a sentence ends now and then.
fn is_punctuated(lines: &[Vec<Line>]) -> bool {
    let (mut words, mut ends) = (0, 0);
    for word in lines.iter().flatten().flat_map(|line| line.plain.split_whitespace()) {
        words += 1;
        ends += usize::from(sentence_end(word).is_some());
    }
    words < 20 || ends * MANY_WORDS >= words
}

/// Where the first sentence in `text` ends: after its sign and the quotation marks and brackets that
/// close with it, before white space.
fn sentence_end(text: &str) -> Option<usize> {
    let is_sign =
        |c: char| matches!(c, '.' | '?' | '!' | '…' | '。' | '？' | '！' | '؟' | '۔' | '।' | '॥' | '։' | '።');
    let closes = |c: char| matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '»' | '」' | '』');
    text.char_indices().filter(|(_, c)| is_sign(*c)).find_map(|(at, sign)| {
        let rest = &text[at + sign.len_utf8()..];
        let after = rest.trim_start_matches(closes);
        after.chars().next().is_none_or(char::is_whitespace).then(|| text.len() - after.len())
    })
}

/// Who is speaking, and how far that was said to go.
#[derive(Clone)]
struct Who {
    label: Option<Label>,
    scope: Scope,
    /// Whether words stand under the label, or it was set apart.
    used: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// To the end of the tag or of the cue.
    Cue,
    /// Until somebody else is named.
    Lasting,
}

struct Reader<'s> {
    blocks: Blocks<'s>,
    names: Names,
    punctuated: bool,
    /// When the cue before ended.
    ended: u64,
    /// When the cue now read begins.
    time: Option<u64>,
    /// Whether the next word begins a sentence.
    sentence: bool,
    /// Whether the time of this cue stands before its words already.
    marked: bool,
    /// Whether somebody has begun to speak.
    speaking: bool,
    who: Option<Who>,
    /// How many words the paragraph has so far.
    words: usize,
}

impl Reader<'_> {
    fn cue(&mut self, cue: &Cue, lines: &[Line], skips: &[usize]) {
        for (line, skip) in lines.iter().zip(skips) {
            for code in &line.codes {
                self.blocks.record.furniture(FurnitureKind::CaptionCode, code.clone());
            }
            if *skip > 0 {
                let span = line.source_of(0..*skip);
                self.blocks.record.furniture(FurnitureKind::RepeatedCaption, span);
            }
        }
        let said = lines.iter().zip(skips).filter(|(line, skip)| !line.plain[**skip..].trim().is_empty());
        let said: Vec<_> = said.collect();
        self.begin_cue(cue, said.is_empty());
        if said.is_empty() {
            return;
        }
        let joined: Vec<_> = said.iter().map(|(line, skip)| &line.plain[**skip..]).collect();
        let opening = self.names.opening(joined[0]);
        if opening.is_none() && is_bracketed(&joined.join(" ")) {
            return self.procedure(&said);
        }
        for (line, skip) in said {
            self.blocks.flow.space();
            self.line(line, *skip);
        }
    }

    /// Ends the paragraph where the pause before a cue, or its length, is reason to.
    fn begin_cue(&mut self, cue: &Cue, silent: bool) {
        self.time = cue.times.map(|times| times.start);
        self.marked = false;
        if self.who.as_ref().is_some_and(|who| who.scope == Scope::Cue) {
            // Until a tag says it again.
            self.somebody(None, Scope::Cue);
        }
        if silent {
            return;
        }
        let pause = self.time.is_some_and(|start| start.saturating_sub(self.ended) >= PAUSE);
        let length = self.blocks.flow.len();
        let ends = match self.punctuated {
            true => self.sentence && (pause || length > LONG),
            false => pause || self.words >= MANY_WORDS,
        };
        if ends || length > LONGEST {
            self.end_paragraph();
        }
        self.ended = cue.times.map_or(self.ended, |times| times.end.max(times.start));
    }

    fn end_paragraph(&mut self) {
        self.blocks.paragraph(ParagraphKind::Plain);
        self.words = 0;
        self.sentence = true;
    }

    /// A cue in brackets.
    fn procedure(&mut self, said: &[(&Line, &usize)]) {
        self.end_paragraph();
        self.mark();
        for (line, skip) in said {
            self.blocks.flow.space();
            line.flow(**skip..line.plain.len(), &mut self.blocks.flow);
        }
        self.blocks.procedural();
        self.speaking = false;
    }

    /// One line of a cue from `start`: who speaks, words.
    fn line(&mut self, line: &Line, start: usize) {
        let mut at = start;
        if let Some(opening) = self.names.opening(&line.plain[start..]) {
            let from_start = |range: &Range<usize>| line.source_of(range.start + start..range.end + start);
            let span = Span::new(from_start(&opening.whole));
            let text = |range: &Range<usize>| {
                let plain = &line.plain[range.start + start..range.end + start];
                let source = from_start(range);
                match plain.len() == source.len() {
                    true => Text::Slice(Span::new(source)),
                    false => Text::Owned(plain.into()),
                }
            };
            match &opening.name {
                Some(name) => {
                    let detail = opening.detail.as_ref().map(text);
                    let (name, naming) = (text(name), Naming::Printed);
                    let label = Label { name, naming, detail, id: None, role: Role::Speaker, span };
                    self.somebody(Some(label), Scope::Lasting);
                }
                None => {
                    self.blocks.record.furniture(FurnitureKind::CaptionCode, span.range());
                    self.end_speech();
                    self.somebody(None, Scope::Lasting);
                }
            }
            at = start + opening.whole.end;
        }
        let mut voices = line.voices.iter().peekable();
        loop {
            while let Some((_, voice)) = voices.next_if(|(place, _)| *place <= at) {
                self.voice(voice);
            }
            let end = voices.peek().map_or(line.plain.len(), |(place, _)| *place);
            self.sentences(line, at..end);
            at = end;
            if voices.peek().is_none() {
                break;
            }
        }
    }

    fn voice(&mut self, voice: &Voice) {
        match voice {
            Voice::Begins(name) => {
                let span = Span::new(name.clone());
                let name = Text::Slice(span);
                let (naming, role) = (Naming::Printed, Role::Speaker);
                let label = Label { name, naming, detail: None, id: None, role, span };
                self.somebody(Some(label), Scope::Cue);
            }
            Voice::Ends => self.somebody(None, Scope::Cue),
        }
    }

    /// Somebody speaks from here on, or nobody who is named; it may be who spoke the words before.
    fn somebody(&mut self, label: Option<Label>, scope: Scope) {
        if let Some(Who { label: Some(unused), used: false, .. }) = &self.who {
            // A name with no words after it.
            self.blocks.record.furniture(FurnitureKind::RepeatedLabel, unused.span.range());
        }
        self.who = Some(Who { label, scope, used: false });
    }

    fn end_speech(&mut self) {
        self.end_paragraph();
        self.speaking = false;
    }

    /// Words as they stand. Every sentence that begins in them is marked with the time of its cue.
    fn sentences(&mut self, line: &Line, range: Range<usize>) {
        let mut start = range.start;
        while start < range.end {
            let end = sentence_end(&line.plain[start..range.end]);
            self.part(line, start..end.map_or(range.end, |end| start + end));
            let Some(end) = end else { break };
            self.sentence |= self.punctuated;
            self.marked = false;
            start += end;
        }
    }

    fn part(&mut self, line: &Line, range: Range<usize>) {
        let words = trimmed(&line.plain, range.clone());
        if words.is_empty() {
            if !range.is_empty() {
                self.blocks.flow.space();
            }
            return;
        }
        if words.start > range.start {
            self.blocks.flow.space();
        }
        self.begin(line.source_at(words.start));
        self.words += line.plain[words.clone()].split_whitespace().count();
        line.flow(words.start..range.end, &mut self.blocks.flow);
    }

    /// Before the first word of a sentence stands its time; before the first of a speaker, the label.
    fn begin(&mut self, at: usize) {
        let label = self.who.as_ref().and_then(|who| who.label.clone());
        if self.speaking && self.is_speaking(label.as_ref()) {
            if let Some(Who { label: Some(label), used, .. }) = &mut self.who
                && !std::mem::replace(used, true)
            {
                self.blocks.record.furniture(FurnitureKind::RepeatedLabel, label.span.range());
            }
        } else {
            self.end_speech();
            self.speaking = true;
            let start = label.as_ref().map_or(at, |label| label.span.start as usize);
            self.blocks.record.begin(Contribution {
                speaker: label,
                ..Contribution::of(ContributionKind::Speech, Span::new(start.min(at)..at))
            });
            if let Some(who) = &mut self.who {
                who.used = true;
            }
        }
        if self.sentence {
            self.mark();
        }
        self.sentence = false;
    }

    /// Whether the words so far are of whoever has this label.
    fn is_speaking(&mut self, label: Option<&Label>) -> bool {
        let source = self.blocks.record.source;
        let name = label.map(|label| label.name.of(source));
        let current = self.blocks.record.last_contribution().and_then(|current| current.speaker.as_ref());
        current.map(|speaker| speaker.name.of(source)) == name
    }

    /// The time of the cue before the words that follow.
    fn mark(&mut self) {
        if let Some(time) = self.time.filter(|_| !self.marked) {
            self.blocks.flow.milestone(InlineKind::Time(printed(time)));
            self.marked = true;
        }
    }
}
