//! What transcribing programs write as JSON: Whisper and WhisperX, whisper.cpp, the captions of YouTube as
//! its libraries give them, and the transcripts of the Council Data Project.
//!
//! Decided here: the words are those of the segments; the same words again, one by one or all at once, are
//! set apart. A speaker's label is what the file calls them (`SPEAKER_00`). Where a segment's words name
//! several speakers it is divided between them; a word that names none goes with those beside it, and
//! where these differ with the segment's own. `>>` in captions says that another voice begins, and not whose.

use super::timed::{Joint, Timed, Times, Turn, milliseconds};
use crate::diagnostics::{Diagnostic, Place, broken_json};
use crate::text::{Source, Span};
use crate::transcript::json::{self, Decoded, Shape};
use crate::transcript::record::*;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::HashSet;
use std::ops::Range;

/// Whether a text is what Whisper or one of its relatives writes.
pub(super) fn recognise_whisper(text: &str) -> bool {
    let shape = object(text);
    shape.lists("segments", &["start", "end", "text"])
        || shape.lists("transcription", &["timestamps", "offsets", "text"])
        || (shape.has(&["segments", "language", "text"]) && !shape.is_list)
}

/// Whether a text is captions of YouTube: a list of texts with a start and a duration.
pub(super) fn recognise_youtube(text: &str) -> bool {
    let list = text.trim_start().starts_with('[').then(|| Shape::of(text)).filter(|shape| shape.is_list);
    list.is_some_and(|shape| shape.has(&["text", "start", "duration"]))
        || object(text).lists("snippets", &["text", "start", "duration"])
}

/// Whether a text is a transcript of the Council Data Project.
pub(super) fn recognise_council(text: &str) -> bool {
    object(text).lists("sentences", &["text", "words", "start_time", "end_time"])
}

fn object(text: &str) -> Shape<'_> {
    if text.trim_start().starts_with('{') { Shape::of(text) } else { Shape::default() }
}

#[derive(Deserialize)]
struct Whisper<'a> {
    #[serde(borrow)]
    segments: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    transcription: Option<Vec<&'a RawValue>>,
    /// All words at once.
    #[serde(borrow)]
    text: Option<&'a RawValue>,
    language: Option<String>,
    result: Option<Outcome>,
}

#[derive(Deserialize)]
struct Outcome {
    language: Option<String>,
}

#[derive(Deserialize)]
struct Segment<'a> {
    start: Option<f64>,
    end: Option<f64>,
    offsets: Option<Offsets>,
    #[serde(borrow)]
    text: &'a RawValue,
    #[serde(borrow)]
    speaker: Option<&'a RawValue>,
    #[serde(borrow)]
    words: Option<Vec<Word<'a>>>,
}

/// Milliseconds, as whisper.cpp gives them.
#[derive(Deserialize)]
struct Offsets {
    from: u64,
    to: u64,
}

#[derive(Deserialize)]
struct Word<'a> {
    #[serde(borrow)]
    word: &'a RawValue,
    start: Option<f64>,
    #[serde(borrow)]
    speaker: Option<&'a RawValue>,
}

/// Reads a file of Whisper's.
pub(super) fn parse_whisper(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    const WHAT: &str = "a transcript of Whisper";
    let mut reader = Reader::new(source, WHAT);
    let read = reader.read::<Whisper<'_>>(&source.text).and_then(|file| {
        let language = file.language.or(file.result.and_then(|result| result.language));
        let tag = language
            .filter(|tag| (2..=3).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_lowercase()));
        reader.timed.blocks.record.details.language = tag.map(Into::into);
        let raw = file.segments.or(file.transcription).unwrap_or_default();
        // Whisper's segments carry their own spaces; those of programs after it may have lost them.
        let spaced =
            raw.first().is_some_and(|raw| reader.read::<Segment<'_>>(raw.get()).is_ok_and(|s| is_spaced(&s)));
        let joint = if spaced { Joint::AsWritten } else { Joint::Space };
        let mut letters = String::new();
        for raw in raw {
            let segment = reader.read::<Segment<'_>>(raw.get())?;
            letters.extend(reader.segment(&segment, joint)?.chars().filter(|c| c.is_alphanumeric()));
        }
        if let Some(raw) = file.text {
            let whole = Decoded::of(source, json::span(source, raw)).text;
            if raw.get().starts_with('"')
                && !whole.chars().filter(|c| c.is_alphanumeric()).eq(letters.chars())
            {
                return Err(reader.refuse(raw, "its `text` holds other words than its segments"));
            }
        }
        Ok(())
    });
    reader.finish("whisper-json", read, diagnostics)
}

fn is_spaced(segment: &Segment<'_>) -> bool {
    segment.text.get().starts_with("\" ")
}

#[derive(Deserialize)]
struct Snippets<'a> {
    #[serde(borrow)]
    snippets: Vec<Snippet<'a>>,
    language_code: Option<String>,
}

#[derive(Deserialize)]
struct Snippet<'a> {
    #[serde(borrow)]
    text: &'a RawValue,
    start: Option<f64>,
    duration: Option<f64>,
}

/// Reads captions of YouTube.
pub(super) fn parse_youtube(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader::new(source, "captions of YouTube");
    let snippets = if source.text.trim_start().starts_with('[') {
        reader.read::<Vec<Snippet<'_>>>(&source.text)
    } else {
        reader.read::<Snippets<'_>>(&source.text).map(|file| {
            reader.timed.blocks.record.details.language = file.language_code.map(Into::into);
            file.snippets
        })
    };
    let read = snippets.and_then(|snippets| {
        for (at, snippet) in snippets.iter().enumerate() {
            // Captions overlap: one is shown until the next but one. Words end where the next begin.
            let end = snippet.start.zip(snippet.duration).map(|(start, duration)| start + duration);
            let next = snippets.get(at + 1).and_then(|next| next.start);
            let end = match (end, next) {
                (Some(end), Some(next)) => Some(end.min(next.max(snippet.start.unwrap_or(next)))),
                (end, _) => end,
            };
            let times = times(snippet.start, end);
            let decoded = reader.string(snippet.text)?;
            reader.timed.cue(times);
            reader.voices(&decoded, times);
        }
        Ok(())
    });
    reader.finish("youtube-json", read, diagnostics)
}

#[derive(Deserialize)]
struct Council<'a> {
    #[serde(borrow)]
    sentences: Vec<&'a RawValue>,
    session_datetime: Option<String>,
}

#[derive(Deserialize)]
struct Sentence<'a> {
    #[serde(borrow)]
    text: &'a RawValue,
    start_time: Option<f64>,
    end_time: Option<f64>,
    #[serde(borrow)]
    speaker_name: Option<&'a RawValue>,
    speaker_index: Option<i64>,
}

/// Reads a transcript of the Council Data Project.
pub(super) fn parse_council(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut reader = Reader::new(source, "a transcript of the Council Data Project");
    let read = reader.read::<Council<'_>>(&source.text).and_then(|file| {
        reader.timed.blocks.record.details.date = file.session_datetime.and_then(|moment| {
            let day = moment.get(..10)?;
            Some(Stated { text: Text::Owned(day.into()), value: day.parse().ok() })
        });
        let mut index = None;
        for raw in file.sentences {
            let sentence = reader.read::<Sentence<'_>>(raw.get())?;
            let times = times(sentence.start_time, sentence.end_time);
            let decoded = reader.string(sentence.text)?;
            let label = match sentence.speaker_name {
                Some(name) => reader.label(name)?,
                None => None,
            };
            let turn = if index == sentence.speaker_index { Turn::GoesOn } else { Turn::Begins };
            index = sentence.speaker_index;
            reader.timed.cue(times);
            reader.timed.speaker(label, turn);
            reader.timed.words(&decoded, 0..decoded.text.len(), times, Joint::Space);
        }
        Ok(())
    });
    reader.finish("cdp-json", read, diagnostics)
}

fn times(start: Option<f64>, end: Option<f64>) -> Times {
    Times { start: start.and_then(milliseconds), end: end.and_then(milliseconds) }
}

struct Reader<'s> {
    timed: Timed<'s>,
    source: &'s Source,
    /// What the file should be, for messages.
    what: &'static str,
    /// Where the strings begin that are words or labels.
    taken: HashSet<u32>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s Source, what: &'static str) -> Self {
        Reader { timed: Timed::new(source), source, what, taken: HashSet::new() }
    }

    fn read<T: Deserialize<'s>>(&self, text: &'s str) -> Result<T, Box<Diagnostic>> {
        json::read(self.source, text, self.what)
    }

    fn refuse(&self, raw: &RawValue, reason: &str) -> Box<Diagnostic> {
        let place = Place::new(self.source, json::span(self.source, raw));
        Box::new(broken_json(place, self.what, reason))
    }

    /// A string that holds words.
    fn string(&mut self, raw: &RawValue) -> Result<Decoded, Box<Diagnostic>> {
        let span = json::span(self.source, raw);
        if !raw.get().starts_with('"') {
            return Err(self.refuse(raw, "words belong here, in quotation marks"));
        }
        self.taken.insert(span.start + 1);
        Ok(Decoded::of(self.source, span))
    }

    /// What the file calls a speaker; `None` where it says that nobody is known.
    fn label(&mut self, raw: &RawValue) -> Result<Option<Label>, Box<Diagnostic>> {
        if raw.get() == "null" {
            return Ok(None);
        }
        let decoded = self.string(raw)?;
        if decoded.text.trim().is_empty() {
            return Ok(None);
        }
        let span = json::span(self.source, raw);
        let inner = Span { start: span.start + 1, end: span.end - 1 };
        let name = match self.source.slice(inner) {
            words if words == decoded.text => Text::Slice(inner),
            _ => Text::Owned(decoded.text.as_str().into()),
        };
        Ok(Some(Label {
            name,
            naming: Naming::Printed,
            detail: None,
            id: None,
            role: Role::Speaker,
            span: inner,
        }))
    }

    /// Reads a segment, and gives its words.
    fn segment(&mut self, segment: &Segment<'_>, joint: Joint) -> Result<String, Box<Diagnostic>> {
        let whole = match &segment.offsets {
            Some(offsets) => Times { start: Some(offsets.from), end: Some(offsets.to) },
            None => times(segment.start, segment.end),
        };
        let decoded = self.string(segment.text)?;
        let own = match segment.speaker {
            Some(raw) => self.label(raw)?,
            None => None,
        };
        self.timed.cue(whole);
        let words = segment.words.as_deref().unwrap_or_default();
        let named: HashSet<&str> = words.iter().filter_map(|word| Some(word.speaker?.get())).collect();
        let agree = named.is_empty()
            || (named.len() == 1 && segment.speaker.is_none_or(|own| named.contains(own.get())));
        if agree {
            let label = match (own, words.iter().find_map(|word| word.speaker)) {
                (None, Some(raw)) => self.label(raw)?,
                (own, _) => own,
            };
            self.timed.speaker(label, Turn::GoesOn);
            self.timed.words(&decoded, 0..decoded.text.len(), whole, joint);
            return Ok(decoded.text);
        }
        if let Some(own) = own {
            // The words say who speaks them.
            self.timed.blocks.record.furniture(FurnitureKind::RepeatedLabel, own.span.range());
        }
        let mut joint = joint;
        for (range, first, speaker) in self.shares(segment, &decoded)? {
            let label = match speaker {
                Some(raw) => self.label(raw)?,
                None => None,
            };
            let start = words[first].start.or(segment.start).and_then(milliseconds);
            self.timed.speaker(label, Turn::GoesOn);
            self.timed.words(&decoded, range, Times { start, end: whole.end }, joint);
            joint = Joint::AsWritten;
        }
        Ok(decoded.text)
    }

    /// The parts of a segment by who speaks them: each a range of its words, its first word, its speaker.
    #[expect(clippy::type_complexity, reason = "read in one place")]
    fn shares<'a>(
        &mut self,
        segment: &Segment<'a>,
        decoded: &Decoded,
    ) -> Result<Vec<(Range<usize>, usize, Option<&'a RawValue>)>, Box<Diagnostic>> {
        let words = segment.words.as_deref().unwrap_or_default();
        let speakers = speakers(words, segment.speaker);
        let mut shares: Vec<(Range<usize>, usize, Option<&RawValue>)> = Vec::new();
        let mut at = 0;
        for (index, word) in words.iter().enumerate() {
            let spoken = Decoded::of(self.source, json::span(self.source, word.word));
            let spoken = spoken.text.trim();
            let found = decoded.text[at..].find(spoken).map(|found| at + found);
            let found = found.filter(|found| decoded.text[at..*found].trim().is_empty());
            let Some(found) = found else {
                let reason = format!(
                    "the words of this segment name several speakers, and `{spoken}` is not the next of its text"
                );
                return Err(self.refuse(word.word, &reason));
            };
            let same =
                |other: &Option<&RawValue>| other.map(RawValue::get) == speakers[index].map(RawValue::get);
            match shares.last_mut().filter(|(.., speaker)| same(speaker)) {
                Some((range, ..)) => range.end = found + spoken.len(),
                None => shares.push((at..found + spoken.len(), index, speakers[index])),
            }
            at = found + spoken.len();
        }
        if !decoded.text[at..].trim().is_empty() {
            return Err(self.refuse(
                segment.text,
                "its words name several speakers, and the last of them has no speaker and no entry",
            ));
        }
        Ok(shares)
    }

    /// The words of a caption, divided where `>>` says that another voice begins.
    fn voices(&mut self, decoded: &Decoded, times: Times) {
        let mut at = 0;
        while at < decoded.text.len() {
            let rest = &decoded.text[at..];
            let leading = rest.len() - rest.trim_start().len();
            let arrows = rest[leading..].len() - rest[leading..].trim_start_matches('>').len();
            if arrows >= 2 {
                self.timed.speaker(None, Turn::Begins);
                at += leading + arrows;
                let Some(first) = decoded.pieces(at - arrows..at).next() else { continue };
                let last = decoded.pieces(at - 1..at).next().map_or(first.1.end, |(_, at, _)| at.end);
                self.timed.blocks.record.furniture(FurnitureKind::CaptionCode, first.1.start..last);
                continue;
            }
            let end = rest[leading..].find(">>").map_or(decoded.text.len(), |end| at + leading + end);
            self.timed.words(decoded, at..end, times, Joint::Space);
            at = end;
        }
    }

    /// Names what is no part of the record: fields of data, and the words that are given again.
    fn set_the_rest_apart(&mut self) {
        let mut runs: Vec<(FurnitureKind, Range<usize>)> = Vec::new();
        let mut open = false;
        for value in json::values(&self.source.text) {
            if self.taken.contains(&(value.span.start + 1)) {
                open = false;
                continue;
            }
            let again = value.key() == "word" || *value.keys == ["text"] || value.keys.contains(&"words");
            let kind = if again { FurnitureKind::RepeatedWords } else { FurnitureKind::Field };
            match runs.last_mut().filter(|(last, _)| open && *last == kind) {
                Some((_, run)) => run.end = value.span.end as usize,
                None => runs.push((kind, value.span.range())),
            }
            open = true;
        }
        for (kind, range) in runs {
            self.timed.blocks.record.furniture(kind, range);
        }
    }

    fn finish(
        mut self,
        format: &'static str,
        read: Result<(), Box<Diagnostic>>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Transcript {
        match read {
            Ok(()) => self.set_the_rest_apart(),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
        json::check(self.source, diagnostics);
        self.timed.finish(format)
    }
}

/// Who speaks each word: as it says; where it says nothing, as those round it agree, else as the segment.
fn speakers<'a>(words: &[Word<'a>], own: Option<&'a RawValue>) -> Vec<Option<&'a RawValue>> {
    let mut after = Vec::with_capacity(words.len());
    let mut next = None;
    for word in words.iter().rev() {
        next = word.speaker.or(next);
        after.push(next);
    }
    after.reverse();
    let mut before: Option<&RawValue> = None;
    let decide = |(word, after): (&Word<'a>, Option<&'a RawValue>)| {
        let speaker = match (word.speaker, before, after) {
            (Some(speaker), ..) => Some(speaker),
            (None, Some(before), Some(after)) if before.get() != after.get() => own.or(Some(before)),
            (None, before, after) => before.or(after),
        };
        before = word.speaker.or(before);
        speaker
    };
    words.iter().zip(after).map(decide).collect()
}
