//! Words with times into speeches and paragraphs: what the formats of transcribing programs share.
//!
//! Decided here: a sentence begins with a mark of its time. A paragraph ends with a sentence that a pause
//! follows or that makes it long, and where another speaker is named. Nobody is named but by the file;
//! a cue in brackets is procedure.

use crate::text::{Source, Span};
use crate::transcript::conventions::{is_bracketed, trimmed};
use crate::transcript::json::{Decoded, Stands};
use crate::transcript::record::*;
use crate::transcript::xml::Blocks;
use std::ops::Range;

/// A pause as long as this after a sentence ends a paragraph, in milliseconds.
const PAUSE: u64 = 2_000;
/// A paragraph of this many bytes ends with its sentence.
const LONG: usize = 600;

/// When words are spoken, in milliseconds from the start, as far as the file says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Times {
    pub(super) start: Option<u64>,
    pub(super) end: Option<u64>,
}

/// Whether a new speech begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// The same voice goes on.
    GoesOn,
    /// Another begins.
    Begins,
}

/// What parts the words of a cue from those of the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// White space, as between lines.
    Space,
    /// Nothing but the white space that stands in the words themselves.
    AsWritten,
}

/// A record made of timed words.
pub(super) struct Timed<'s> {
    pub(super) blocks: Blocks<'s>,
    source: &'s Source,
    /// When the cue before ended.
    ended: Option<u64>,
    /// Whether the next word begins a sentence.
    sentence: bool,
    /// Whether the speech now read has begun.
    speaking: bool,
    /// Who speaks, as the file names them.
    label: Option<Label>,
    /// Whether a speech of theirs has begun.
    labelled: bool,
    /// The last character of the words so far.
    last: Option<char>,
}

impl<'s> Timed<'s> {
    pub(super) fn new(source: &'s Source) -> Self {
        let blocks = Blocks::new(source);
        Timed {
            blocks,
            source,
            ended: None,
            sentence: true,
            speaking: false,
            label: None,
            labelled: false,
            last: None,
        }
    }

    /// A cue begins: after a pause, or where a paragraph has become long, so does a paragraph.
    pub(super) fn cue(&mut self, times: Times) {
        let pause = match (times.start, self.ended) {
            (Some(start), Some(ended)) => start.saturating_sub(ended) >= PAUSE,
            _ => false,
        };
        if self.sentence && (pause || self.blocks.flow.len() > LONG) {
            self.end_paragraph();
        }
        self.ended = times.end.or(times.start).or(self.ended);
    }

    /// Who speaks the words that follow.
    pub(super) fn speaker(&mut self, label: Option<Label>, turn: Turn) {
        let name = |label: &Option<Label>| label.as_ref().map(|label| label.name.of(self.source).to_owned());
        if turn == Turn::Begins || name(&label) != name(&self.label) {
            self.end_paragraph();
            self.set_unused_label_apart();
            (self.label, self.labelled) = (label, false);
            (self.speaking, self.sentence) = (false, true);
        } else if let Some(label) = label {
            self.blocks.record.furniture(FurnitureKind::RepeatedLabel, label.span.range());
        }
    }

    /// A name that no words followed.
    fn set_unused_label_apart(&mut self) {
        if let Some(label) = self.label.take().filter(|_| !self.labelled) {
            self.blocks.record.furniture(FurnitureKind::RepeatedLabel, label.span.range());
        }
    }

    fn end_paragraph(&mut self) {
        self.blocks.paragraph(ParagraphKind::Plain);
        self.last = None;
    }

    /// The words of a cue, or a part of them: a string of a document.
    pub(super) fn words(&mut self, decoded: &Decoded, part: Range<usize>, times: Times, joint: Joint) {
        let words = &decoded.text[part.clone()];
        if words.trim().is_empty() {
            return;
        }
        if is_bracketed(words) && !self.is_within_a_sentence() {
            return self.direction(decoded, part, times);
        }
        self.join(words, joint);
        let mut start = part.start;
        let mut marked = false;
        for end in sentence_ends(words).map(|end| part.start + end).chain([part.end]) {
            self.sentence_part(decoded, start..end, times, &mut marked);
            if end < part.end || ends_sentence(words) {
                self.sentence = true;
                marked = false;
            }
            start = end;
        }
        self.last = words.chars().next_back();
    }

    fn is_within_a_sentence(&self) -> bool {
        self.blocks.flow.len() > 0 && !self.sentence
    }

    /// Parts the words of a cue from those before.
    fn join(&mut self, words: &str, joint: Joint) {
        let first = words.chars().next();
        let unspaced = |c: Option<char>| c.is_some_and(is_written_without_spaces);
        if joint == Joint::Space && !(unspaced(self.last) && unspaced(first)) {
            self.blocks.flow.space();
        }
    }

    /// Something in brackets, which nobody said.
    fn direction(&mut self, decoded: &Decoded, part: Range<usize>, times: Times) {
        self.end_paragraph();
        self.mark(times);
        self.flow(decoded, part);
        self.blocks.procedural();
        (self.sentence, self.speaking) = (true, false);
    }

    fn sentence_part(&mut self, decoded: &Decoded, part: Range<usize>, times: Times, marked: &mut bool) {
        let words = trimmed(&decoded.text, part.clone());
        if words.is_empty() {
            if !part.is_empty() {
                self.blocks.flow.space();
            }
            return;
        }
        self.flow(decoded, part.start..words.start);
        self.begin(decoded, &words);
        if self.sentence && !*marked {
            self.mark(times);
            *marked = true;
        }
        self.sentence = false;
        self.flow(decoded, words.start..part.end);
    }

    /// Before the first word of a speech stands its label.
    fn begin(&mut self, decoded: &Decoded, words: &Range<usize>) {
        if self.speaking {
            return;
        }
        (self.speaking, self.labelled) = (true, true);
        let at = decoded.pieces(words.clone()).next().map_or(0, |(_, at, _)| at.start);
        self.blocks.record.begin(Contribution {
            speaker: self.label.clone(),
            ..Contribution::of(ContributionKind::Speech, Span::new(at..at))
        });
    }

    fn mark(&mut self, times: Times) {
        if let Some(start) = times.start {
            self.blocks.flow.milestone(InlineKind::Time(printed(start)));
        }
    }

    fn flow(&mut self, decoded: &Decoded, part: Range<usize>) {
        for (part, at, stands) in decoded.pieces(part) {
            match stands {
                Stands::Plain => self.blocks.flow.text(Span::new(at)),
                Stands::Escaped => self.blocks.flow.characters(&decoded.text[part], Span::new(at)),
            }
        }
    }

    /// The record, once all is read.
    pub(super) fn finish(mut self, format: &'static str) -> Transcript {
        self.end_paragraph();
        self.set_unused_label_apart();
        self.blocks.finish(format)
    }
}

/// Where sentences end in words, but for the one that ends with them.
fn sentence_ends(words: &str) -> impl Iterator<Item = usize> {
    words.char_indices().filter_map(|(at, c)| {
        let end = at + c.len_utf8();
        let next = words[end..].chars().next()?;
        let wide = matches!(c, '。' | '？' | '！') && !matches!(next, '」' | '』' | '”' | '）');
        let narrow = matches!(c, '.' | '?' | '!' | '…') && next.is_whitespace();
        (wide || narrow).then_some(end)
    })
}

/// Whether words end with a sentence, closing quotation marks aside.
fn ends_sentence(words: &str) -> bool {
    let words = words.trim_end().trim_end_matches(['"', '”', '’', '\'', '»', '」', '』', ')']);
    words.ends_with(['.', '?', '!', '…', '。', '？', '！'])
}

/// Whether a character is of a script that puts no spaces between words.
fn is_written_without_spaces(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
        || matches!(c, '\u{0e00}'..='\u{0eff}')
}

/// `1:02:03` from milliseconds.
pub(super) fn printed(time: u64) -> Box<str> {
    let seconds = time / 1000;
    format!("{}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60).into()
}

/// Milliseconds from seconds; `None` where no meeting has such a time.
pub(super) fn milliseconds(seconds: f64) -> Option<u64> {
    let sound = seconds.is_finite() && (0.0..1e9).contains(&seconds);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within the range just asked for"
    )]
    sound.then_some((seconds * 1000.0).round() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_before_white_space_and_wide_stops_end_them_everywhere() {
        let ends = |words: &str| sentence_ends(words).collect::<Vec<_>>();
        assert_eq!(ends("One. Two 3.5? Three."), [4, 13]);
        assert_eq!(ends("一。二。"), [6]);
        assert!(ends_sentence("He said \"No.\" ") && !ends_sentence("No, "));
    }

    #[test]
    fn times_are_read_to_the_millisecond_and_impossible_ones_not_at_all() {
        assert_eq!(milliseconds(3723.0004).map(printed).as_deref(), Some("1:02:03"));
        assert_eq!(milliseconds(-1.0), None);
        assert_eq!(milliseconds(f64::NAN), None);
    }
}
