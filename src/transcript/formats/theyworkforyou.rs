//! A page of TheyWorkForYou, copied as text. Three generations of the site printed a speaker in
//! three ways; all of them are read, line by line, and the site's own words are set apart.

mod lines;

use super::stands_under_names;
use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::assembly::{Assembly, Repeated, plain};
use crate::transcript::conventions::{is_bracketed, trimmed};
use crate::transcript::moments::{Clock, Moment, date, moment_at_end};
use crate::transcript::record::*;
use crate::transcript::words::from_source;
use crate::transcript::{Text, conventions};
use jiff::civil::Time;
use lines::{Before, Block, Intro, Label as LabelParts, Names, furniture, intro, photo, speaker};
use std::ops::Range;

/// Whether `text` has a line that only such a page has, and nearly all of its words stand under
/// speakers' lines: a line of the site's in another text, or times in minutes, do not make a page.
pub(super) fn recognise(text: &str) -> bool {
    let is_proof = |line: &str| {
        intro(line).is_some_and(|intro| intro.time.is_some() || intro.is_dashed)
            || photo(line).is_some_and(|photo| photo.twice || photo.alone)
            || furniture(line).is_some_and(|kind| kind != FurnitureKind::Division)
    };
    text.lines().map(str::trim).any(is_proof) && stands_under_names(text, parse)
}

/// Reads such a page.
pub(super) fn parse(source: &Source, _: &mut Vec<Diagnostic>) -> Transcript {
    let mut page = Page {
        text: &source.text,
        lines: non_blank_lines(&source.text),
        record: Assembly::new(source),
        names: Names::default(),
        near: None,
        photo: None,
        time: None,
        paragraph: None,
    };
    for at in 0..page.lines.len() {
        page.line(at);
    }
    page.end_paragraph();
    page.end_photo();
    page.end_time();
    page.record.finish("theyworkforyou")
}

/// A line that has words, without white space at its ends.
struct Line {
    span: Span,
    /// Whether a blank line, or nothing, stands before it.
    starts_block: bool,
}

fn non_blank_lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut starts_block = true;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let words = trimmed(text, start..start + line.len());
        start += line.len();
        if words.is_empty() {
            starts_block = true;
        } else {
            lines.push(Line { span: Span::new(words), starts_block });
            starts_block = false;
        }
    }
    lines
}

/// What has been read of a page so far.
struct Page<'s> {
    text: &'s str,
    lines: Vec<Line>,
    record: Assembly<'s>,
    /// Everybody who has been named as a speaker.
    names: Names<'s>,
    /// The last time stated, from which `4:05` takes its half of the day.
    near: Option<Time>,
    /// A picture's line, as a line and the name in it, that waits for the line with the name.
    photo: Option<(Range<usize>, Range<usize>)>,
    /// A line with nothing but a time, which waits for its speaker.
    time: Option<(Range<usize>, Clock)>,
    /// The lines of a paragraph so far.
    paragraph: Option<Range<usize>>,
}

impl<'s> Page<'s> {
    fn line(&mut self, at: usize) {
        let Line { span, starts_block } = self.lines[at];
        let range = span.range();
        let line = &self.text[range.clone()];
        if starts_block {
            self.end_paragraph();
        }
        if self.label(at, &range, line) {
            return;
        }
        if let Some(clock) = Clock::parse(line) {
            self.end_paragraph();
            self.end_photo();
            self.end_time();
            self.time = Some((range, clock));
        } else if let Some(kind) = furniture(line) {
            self.end_paragraph();
            self.furniture(kind, range);
        } else if let Some(intro) = self.intro(line) {
            self.end_paragraph();
            self.begin_page(intro, range);
        } else if let Some(name) = conventions::chair(line) {
            self.end_paragraph();
            self.chair(name, range);
        } else if self.is_title(at) {
            self.end_time();
            let title = Text::Slice(span);
            if self.record.is_at_the_start() && self.record.title.is_none() {
                self.record.title = Some(title);
            } else {
                self.record.heading(2, title, range);
            }
        } else {
            // A picture with no name under it still says that somebody else speaks now.
            self.end_photo();
            self.end_time();
            let start = self.paragraph.as_ref().map_or(range.start, |paragraph| paragraph.start);
            self.paragraph = Some(start..range.end);
        }
    }

    /// Whether the line names a speaker, or is the picture of one; then it is dealt with.
    fn label(&mut self, at: usize, range: &Range<usize>, line: &'s str) -> bool {
        if let Some(photo) = photo(line) {
            self.end_paragraph();
            self.end_photo();
            let name = offset(&photo.label.name, range.start);
            if photo.twice || photo.label.moment.is_some() {
                self.speaker(photo.label, line, range.clone());
            } else {
                self.photo = Some((range.clone(), name));
            }
            return true;
        }
        let text = self.text;
        let is_alone =
            self.lines[at].starts_block && self.lines.get(at + 1).is_none_or(|next| next.starts_block);
        let pictured = self.photo.as_ref().map(|(_, name)| &text[name.clone()]);
        let before = match pictured {
            Some(name) => Before::Picture(name),
            None if self.time.is_some() => Before::Time,
            None => Before::Nothing,
        };
        let block = if is_alone { Block::Whole } else { Block::Part };
        let Some(label) = speaker(line, before, block, &self.names) else {
            return false;
        };
        self.end_paragraph();
        match self.photo.take() {
            Some((photo, _)) if pictured == Some(&line[label.name.clone()]) => {
                self.record.furniture(FurnitureKind::Photo, photo);
            }
            // The picture of somebody else, who then said nothing.
            waiting => {
                self.photo = waiting;
                self.end_photo();
            }
        }
        self.speaker(label, line, range.clone());
        true
    }

    fn speaker(&mut self, parts: LabelParts, line: &'s str, range: Range<usize>) {
        self.names.insert(&line[parts.name.clone()]);
        let before = self.time.take();
        let start = before.as_ref().map_or(range.start, |(time, _)| time.start);
        let time = match (&parts.moment, before) {
            (Some(moment), waiting) => {
                self.time = waiting;
                self.end_time();
                self.date(moment, range.start);
                Some(self.stated(offset(&moment.time, range.start), moment.clock))
            }
            (None, Some((time, clock))) => Some(self.stated(time, clock)),
            (None, None) => None,
        };
        let label = Label {
            naming: Naming::Printed,
            name: Text::Slice(Span::new(offset(&parts.name, range.start))),
            detail: parts.detail.map(|detail| Text::Slice(Span::new(offset(&detail, range.start)))),
            id: None,
            role: Role::Speaker,
            span: Span::new(range.clone()),
        };
        self.record.speaker(label, time, Span::new(start..range.end).start, Repeated::StartsAgain);
    }

    /// A time as printed and as meant; the next is taken to be near it.
    fn stated(&mut self, time: Range<usize>, clock: Clock) -> Stated<Time> {
        let value = clock.time(self.near);
        self.near = value.or(self.near);
        Stated { text: Text::Slice(Span::new(time)), value }
    }

    /// The debate's day, where no intro line has said it.
    fn date(&mut self, moment: &Moment, line_start: usize) {
        if let (None, Some((range, value))) = (&self.record.details.date, &moment.date) {
            let text = Text::Slice(Span::new(offset(range, line_start)));
            self.record.details.date = Some(Stated { text, value: Some(*value) });
        }
    }

    fn furniture(&mut self, kind: FurnitureKind, range: Range<usize>) {
        self.end_photo();
        self.end_time();
        if kind == FurnitureKind::Citation
            && let Some(reference) = lines::reference(&self.text[range.clone()])
            && let Some(contribution) = self.record.last_contribution()
        {
            contribution.reference = Some(Text::Slice(Span::new(offset(&reference, range.start))));
        }
        // The links under a speech end it: words after them, with no name, may be anybody's.
        let is_after_words = self.record.current().is_some_and(|speech| !speech.paragraphs.is_empty());
        if is_after_words && !lines::is_above_the_record(&self.text[range.clone()]) {
            self.record.nobody_speaks();
        }
        self.record.furniture(kind, range);
    }

    /// An intro line. Inside the record only one that can't be a sentence of it.
    fn intro(&self, line: &str) -> Option<Intro> {
        intro(line).filter(|intro| self.record.is_at_the_start() || intro.is_unmistakable)
    }

    /// The line under a page's title. Several pages may have been pasted one after the other: the
    /// details are those of the first.
    fn begin_page(&mut self, intro: Intro, range: Range<usize>) {
        self.end_photo();
        self.end_time();
        self.record.nobody_speaks();
        let slice = |part: &Range<usize>| Text::Slice(Span::new(offset(part, range.start)));
        let time =
            intro.time.as_ref().map(|(part, clock)| Stated { text: slice(part), value: clock.time(None) });
        self.near = time.as_ref().and_then(|time| time.value).or(self.near);
        let details = &mut self.record.details;
        if details.house.is_none() {
            details.house = Some(slice(&intro.house));
            details.extract = intro.extract;
            details.part_of = intro.part_of.as_ref().map(slice);
            details.time = time;
            let line = &self.text[range.clone()];
            let day = Stated { text: slice(&intro.date), value: date(&line[intro.date.clone()]) };
            details.date = Some(day);
        }
        self.record.furniture(FurnitureKind::Intro, range);
    }

    /// A chair line: at the top it tells who presides, further down it is part of the record.
    fn chair(&mut self, name: Range<usize>, range: Range<usize>) {
        self.end_photo();
        self.end_time();
        if self.record.is_at_the_start() && self.record.details.chair.is_none() {
            self.record.details.chair = Some(Text::Slice(Span::new(offset(&name, range.start))));
            self.record.furniture(FurnitureKind::Chair, range);
        } else {
            let text = Text::Slice(Span::new(range.clone()));
            self.record.nobody_speaks();
            self.record.procedural(plain(ParagraphKind::Procedural, text, range));
        }
    }

    /// Whether the line, alone in its block, is a page's title: an intro line follows it, or, at the
    /// top of a page without one, a speaker's line. Chair lines and links may stand between.
    fn is_title(&self, at: usize) -> bool {
        let line = |at: usize| &self.text[self.lines[at].span.range()];
        let could_be = |at: usize| {
            let alone =
                self.lines[at].starts_block && self.lines.get(at + 1).is_some_and(|next| next.starts_block);
            alone && line(at).len() <= LONGEST_TITLE && !line(at).ends_with('.')
        };
        if !could_be(at) || self.photo.is_some() {
            return false;
        }
        let names_a_speaker = |at: usize| {
            photo(line(at)).is_some()
                || Clock::parse(line(at)).is_some()
                || speaker(line(at), Before::Nothing, Block::Whole, &self.names).is_some()
        };
        let is_end = |at: usize| match self.record.is_at_the_start() {
            true => intro(line(at)).is_some() || names_a_speaker(at),
            false => intro(line(at)).is_some_and(|intro| intro.is_unmistakable),
        };
        let is_between = |at: usize| {
            furniture(line(at)).is_some()
                || conventions::chair(line(at)).is_some()
                || (self.record.is_at_the_start() && could_be(at))
        };
        let after = at + 1..self.lines.len().min(at + 1 + LONGEST_HEAD);
        after.into_iter().find(|at| is_end(*at) || !is_between(*at)).is_some_and(is_end)
    }

    fn end_paragraph(&mut self) {
        let Some(range) = self.paragraph.take() else { return };
        if let Some((range, table)) = conventions::tab_table(self.text, range.clone()) {
            let text = Text::Slice(Span::new(range.clone()));
            return self.record.paragraph(plain(ParagraphKind::Table(Box::new(table)), text, range));
        }
        let words = &self.text[range.clone()];
        let kind = if words.starts_with('[') && is_bracketed(words) {
            ParagraphKind::Procedural
        } else {
            ParagraphKind::Plain
        };
        self.record.paragraph(plain(kind, from_source(self.text, range.clone()), range));
    }

    /// A picture that no name followed names the speaker itself.
    fn end_photo(&mut self) {
        if let Some((range, name)) = self.photo.take() {
            let line = &self.text[range.clone()];
            let name = name.start - range.start..name.end - range.start;
            self.speaker(LabelParts { name, detail: None, moment: None }, line, range);
        }
    }

    /// A time that no speaker followed.
    fn end_time(&mut self) {
        if let Some((range, clock)) = self.time.take() {
            self.near = clock.time(self.near).or(self.near);
            self.record.furniture(FurnitureKind::Time, range);
        }
    }
}

/// Titles are no longer than this, in bytes.
const LONGEST_TITLE: usize = 200;

/// A title stands no more than this many lines above the line that shows it to be one.
const LONGEST_HEAD: usize = 12;

fn offset(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}
