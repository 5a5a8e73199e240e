//! Plain text in which a name stands before the words: `Ann Lee: words` at the start of a paragraph or
//! of a line, or the name in a line of its own, with or without a colon, with a time or without, as
//! people type it and as services that write down recordings export it.
//!
//! Decided here: a text is in this format only where it proves it. Names recur, two speakers or more
//! have words, and nearly all words stand under a name. A name that is printed once, or that is a word
//! with which remarks begin (`Note`), is taken for a speaker only where it cannot be much else, and is
//! reported where it could be. There is no markup: every other character is words.

mod survey;

use crate::diagnostics::{Diagnostic, NamedBy, Place, possible_speaker};
use crate::text::{Source, Span};
use crate::transcript::assembly::{Assembly, Repeated, plain};
use crate::transcript::conventions::{self, is_bracketed};
use crate::transcript::labels::{LabelLine, time_at};
use crate::transcript::moments::date;
use crate::transcript::record::*;
use crate::transcript::words::from_source;
use jiff::civil::Date;
use std::ops::Range;
use survey::{Proof, Reading, Survey};

/// Whether `text` proves to be in this format.
pub(super) fn recognise(text: &str) -> bool {
    !survey::is_of_another(text) && Survey::of(text).proof == Proof::Proves
}

/// How many lines of a text may name a speaker, and the first of them, where it proves nothing.
pub(in crate::transcript) fn resembles(text: &str) -> Option<(usize, &str)> {
    Survey::of(text).signed()
}

/// Reads such a text.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let survey = Survey::of(&source.text);
    let mut text = Reader {
        source,
        record: Assembly::new(source),
        diagnostics,
        is_preamble: true,
        paragraph: None,
        milestone: None,
    };
    for at in 0..survey.lines.len() {
        text.line(&survey, at);
    }
    text.end_paragraph();
    text.record.finish("text")
}

struct Reader<'s, 'd> {
    source: &'s Source,
    record: Assembly<'s>,
    diagnostics: &'d mut Vec<Diagnostic>,
    /// Whether nobody has been named yet.
    is_preamble: bool,
    /// The paragraph being read.
    paragraph: Option<Range<usize>>,
    /// The time that the next paragraph begins at, as printed.
    milestone: Option<Range<usize>>,
}

/// The day that a line is, and nothing else.
fn day(words: &str) -> Option<Date> {
    date(words).or_else(|| words.parse().ok())
}

impl Reader<'_, '_> {
    fn line(&mut self, survey: &Survey<'_>, at: usize) {
        let line = &survey.lines[at];
        let words = &self.source.text[line.span.clone()];
        if line.starts_block {
            self.end_paragraph();
        }
        match survey.reading(at) {
            Reading::Speaker => return self.speaker(survey, at),
            // Above the first name there is nobody whose words could be taken for another's.
            Reading::Doubtful if !self.is_preamble => self.report(line.span.start, line.label.as_ref()),
            Reading::Doubtful | Reading::Words => {}
        }
        if let Some((length, inner)) = time_at(words) {
            let is_alone = length == words.len();
            if is_alone || words.starts_with('[') {
                self.end_paragraph();
                self.record.furniture(FurnitureKind::Time, line.span.start..line.span.start + length);
                self.milestone = Some(line.span.start + inner.start..line.span.start + inner.end);
                if !is_alone {
                    let start = line.span.start + length;
                    let start = start + (words[length..].len() - words[length..].trim_start().len());
                    self.paragraph = Some(start..line.span.end);
                }
                return;
            }
        }
        // A title and a day may stand under one another.
        let day = |line: &survey::Line| day(&self.source.text[line.span.clone()]).is_some();
        let follows_title = self.record.title.is_some() && self.record.details.date.is_none() && day(line);
        let is_block = (line.starts_block || follows_title)
            && survey.lines.get(at + 1).is_none_or(|next| next.starts_block || day(next));
        if self.record.is_at_the_start() && is_block && self.preliminary(line.span.clone()) {
            return;
        }
        if self.paragraph.is_none() && is_bracketed(words) && survey.ends_paragraph(at) {
            let text = from_source(&self.source.text, line.span.clone());
            self.record.paragraph(plain(ParagraphKind::Procedural, text, line.span.clone()));
            return;
        }
        let start = self.paragraph.as_ref().map_or(line.span.start, |paragraph| paragraph.start);
        self.paragraph = Some(start..line.span.end);
    }

    /// The title or the day, where the line is one.
    fn preliminary(&mut self, span: Range<usize>) -> bool {
        let words = &self.source.text[span.clone()];
        if let Some(day) = day(words) {
            if self.record.details.date.is_some() {
                return false;
            }
            let text = Text::Slice(Span::new(span.clone()));
            self.record.details.date = Some(Stated { text, value: Some(day) });
            self.record.furniture(FurnitureKind::Intro, span);
            return true;
        }
        let title = words.trim_start_matches('#').trim_start();
        let is_title = self.record.title.is_none()
            && self.record.details.date.is_none()
            && !title.is_empty()
            && title.len() <= 150
            && !title.ends_with(['.', '!', '?', ':', ',', ';']);
        if is_title {
            let start = span.end - title.len();
            if start > span.start {
                self.record.furniture(FurnitureKind::Apparatus, span.start..start);
            }
            self.record.title = Some(Text::Slice(Span::new(start..span.end)));
        }
        is_title
    }

    fn speaker(&mut self, survey: &Survey<'_>, at: usize) {
        let line = &survey.lines[at];
        let Some(found) = &line.label else { return };
        self.end_paragraph();
        self.is_preamble = false;
        let moved = |range: &Range<usize>| line.span.start + range.start..line.span.start + range.end;
        let slice = |range: &Range<usize>| Text::Slice(Span::new(moved(range)));
        let span = moved(&found.label);
        let source = self.record.source;
        let detail = found.detail.as_ref().map(slice);
        let role =
            conventions::role(slice(&found.name).of(source), detail.as_ref().map(|text| text.of(source)));
        let (name, naming) = (slice(&found.name), Naming::Printed);
        let label = Label { name, naming, detail, id: None, role, span: Span::new(span.clone()) };
        let start = label.span.start;
        self.record.speaker(label, None, start, Repeated::Continues);
        self.milestone = found.time.as_ref().map(moved).or(self.milestone.take());
        if !found.words.is_empty() {
            self.paragraph = Some(moved(&found.words));
        }
    }

    fn report(&mut self, start: usize, label: Option<&LabelLine>) {
        let Some(found) = label else { return };
        let place = Place::new(self.source, Span::new(start + found.label.start..start + found.label.end));
        let name = &self.source.text[start + found.name.start..start + found.name.end];
        self.diagnostics.push(possible_speaker(place, name, NamedBy::Line));
    }

    fn end_paragraph(&mut self) {
        let Some(span) = self.paragraph.take() else { return };
        let mut paragraph = match conventions::tab_table(&self.source.text, span.clone()) {
            Some((span, table)) => {
                let text = Text::Slice(Span::new(span.clone()));
                plain(ParagraphKind::Table(Box::new(table)), text, span)
            }
            None => {
                let text = from_source(&self.source.text, span.clone());
                plain(ParagraphKind::Plain, text, span)
            }
        };
        if let Some(time) = self.milestone.take() {
            let kind = InlineKind::Time(self.source.text[time].into());
            paragraph.inlines = [Inline { range: Span::new(0..0), kind }].into();
        }
        self.record.paragraph(paragraph);
    }
}
