//! A debate's page of Hansard Online (hansard.parliament.uk), selected and copied as text: a title,
//! `Volume 555: debated on Thursday 20 December 2012`, who speaks in a line or two of their own, and
//! under it the words, a line for each paragraph. The site's buttons and the marks of columns are set
//! apart.
//!
//! Decided here: a column that begins within a sentence is a mark in its paragraph. An office that is
//! printed before a name in brackets is what the person speaks as. The formulas in which the reporters
//! tell what the House did are nobody's words, and nobody speaks after them until somebody is named.

mod lines;

use super::stands_under_names;
use crate::diagnostics::Diagnostic;
use crate::text::{Source, Span};
use crate::transcript::assembly::{Assembly, Repeated, plain};
use crate::transcript::conventions::{self, is_bracketed};
use crate::transcript::record::*;
use crate::transcript::words::Words;
use jiff::civil::Time;
use lines::{Kind, Line, Names, column_marks, kind_of, speaker};
use std::ops::Range;

/// Whether `text` has a line that only such a page has, and nearly all of its words stand under a
/// speaker.
pub(super) fn recognise(text: &str) -> bool {
    text.lines().map(str::trim).any(lines::is_proof) && stands_under_names(text, parse)
}

/// Reads such a page.
pub(super) fn parse(source: &Source, _: &mut Vec<Diagnostic>) -> Transcript {
    let lines = lines::of(&source.text);
    let has_blocks = lines.iter().skip(1).any(|line| line.starts_block);
    let mut page = Page {
        text: &source.text,
        lines,
        has_blocks,
        record: Assembly::new(source),
        names: Names::default(),
        time: None,
        column: None,
        words: Words::default(),
        inlines: Vec::new(),
        span: None,
        mark: None,
        division: None,
        counts: Vec::new(),
    };
    let mut at = page.head();
    while at < page.lines.len() {
        at = page.line(at);
    }
    page.end_paragraph();
    page.end_division();
    page.end_time();
    page.record.finish("hansard-online")
}

/// A list of votes: the side, how many, and its names so far.
struct Side<'s> {
    side: &'s str,
    names: Vec<Range<usize>>,
}

/// What has been read of a page so far.
struct Page<'s> {
    text: &'s str,
    lines: Vec<Line>,
    /// Whether blank lines part the paragraphs.
    has_blocks: bool,
    record: Assembly<'s>,
    names: Names<'s>,
    /// A time that waits for its speaker or its paragraph.
    time: Option<Range<usize>>,
    /// The column that has begun.
    column: Option<&'s str>,
    /// The paragraph being read: its words, the marks in it, where it stands.
    words: Words,
    inlines: Vec<Inline>,
    span: Option<Range<usize>>,
    /// The marks of columns since the last words: the first line and the last, and the column.
    mark: Option<(usize, usize, &'s str)>,
    /// The division being read, with the list being read in it.
    division: Option<Option<Side<'s>>>,
    /// How many voted on each side of it, where a line has said so.
    counts: Vec<(&'s str, u32)>,
}

impl<'s> Page<'s> {
    fn slice(&self, at: usize) -> &'s str {
        &self.text[self.lines[at].span.clone()]
    }

    /// What stands above the record, where the page has its head: what comes before the title is the
    /// site's. Gives the line that the record begins at.
    fn head(&mut self) -> usize {
        let top = self.lines.len().min(lines::LONGEST_HEAD);
        let Some(at) = (0..top).find(|at| lines::volume(self.slice(*at)).is_some()) else { return 0 };
        let Some(volume) = lines::volume(self.slice(at)) else { return 0 };
        let start = self.lines[at].span.start;
        let slice = |range: &Range<usize>| Text::Slice(Span::new(start + range.start..start + range.end));
        self.record.details.volume = Some(slice(&volume.number));
        self.record.details.date = Some(Stated { text: slice(&volume.date), value: Some(volume.day) });
        self.record.furniture(FurnitureKind::Intro, self.lines[at].span.clone());
        let is_sites = |line: &str| kind_of(line) == Kind::Site || lines::house(line);
        let title = (0..at).rev().find(|line| !is_sites(self.slice(*line)));
        for line in 0..at {
            let span = self.lines[line].span.clone();
            if Some(line) == title {
                self.record.title = Some(Text::Slice(Span::new(span)));
            } else if lines::house(self.slice(line)) {
                self.record.furniture(FurnitureKind::Particular, span.clone());
                self.record.details.house = Some(Text::Slice(Span::new(span)));
            } else {
                self.record.furniture(FurnitureKind::SiteLink, span);
            }
        }
        at + 1
    }

    /// Reads the line, and gives the next.
    fn line(&mut self, at: usize) -> usize {
        let range = self.lines[at].span.clone();
        let line = self.slice(at);
        if self.division.is_some() && self.in_division(line, &range) {
            return at + 1;
        }
        match kind_of(line) {
            Kind::Site => {
                self.record.furniture(FurnitureKind::SiteLink, range);
                return at + 1;
            }
            Kind::Column(column) => {
                self.record.furniture(FurnitureKind::Mark, range);
                let first = self.mark.map_or(at, |(first, ..)| first);
                self.mark = Some((first, at, column));
                self.column = Some(column);
                return at + 1;
            }
            Kind::Division => {
                self.end_paragraph();
                self.end_time();
                self.record.nobody_speaks();
                let contribution = Contribution {
                    column: self.column.map(Into::into),
                    ..Contribution::of(ContributionKind::Division, Span::new(range.clone()))
                };
                self.record.begin(contribution);
                self.mark = None;
                self.division = Some(None);
                self.counts.clear();
                self.begin_words(range);
                self.end_with(ParagraphKind::Procedural);
                return at + 1;
            }
            Kind::Time => {
                self.end_paragraph();
                self.end_time();
                self.time = Some(range);
                return at + 1;
            }
            Kind::Words => {}
        }
        if self.goes_on(at) {
            self.begin_words(range);
            return at + 1;
        }
        if let Some(next) = self.table(at) {
            return next;
        }
        if let Some(found) = speaker(&self.names, &self.lines, at, self.text, self.has_blocks) {
            self.end_paragraph();
            self.speaker(at, &found);
            return at + found.lines;
        }
        self.end_paragraph();
        if let Some(name) = conventions::chair(line) {
            self.end_time();
            self.names.insert(&line[name.clone()]);
            let name = Text::Slice(Span::new(range.start + name.start..range.start + name.end));
            if self.record.is_at_the_start() && self.record.details.chair.is_none() {
                self.record.details.chair = Some(name);
                self.record.furniture(FurnitureKind::Chair, range);
            } else {
                self.record.nobody_speaks();
                let text = Text::Slice(Span::new(range.clone()));
                self.record.procedural(plain(ParagraphKind::Procedural, text, range));
            }
        } else if self.is_heading(at) {
            self.end_time();
            self.record.heading(2, Text::Slice(Span::new(range.clone())), range);
        } else {
            if lines::is_formula(line) {
                self.record.nobody_speaks();
            }
            self.begin_words(range);
        }
        at + 1
    }

    /// Reads a table, as a browser copies one: lines under one another with tabs in them. Gives the
    /// line after it.
    fn table(&mut self, at: usize) -> Option<usize> {
        let end = (at..self.lines.len())
            .find(|line| !self.slice(*line).contains('\t') || (*line > at && self.lines[*line].starts_block));
        let end = end.unwrap_or(self.lines.len());
        let last = end.checked_sub(1).filter(|last| *last > at)?;
        let range = self.lines[at].span.start..self.lines[last].span.end;
        let (range, table) = conventions::tab_table(self.text, range)?;
        self.end_paragraph();
        self.begin_words(range);
        self.end_with(ParagraphKind::Table(Box::new(table)));
        Some(end)
    }

    /// Whether the line goes on with the paragraph before, which the mark of a column has cut.
    fn goes_on(&self, at: usize) -> bool {
        let (Some(_), Some((first, last, _)), Some(span)) = (&self.span, self.mark, &self.span) else {
            return false;
        };
        let parted = self.lines[first].starts_block && self.lines[at].starts_block;
        let joined = self.has_blocks && (first..=at).all(|line| !self.lines[line].starts_block);
        let before = &self.text[span.start..span.end];
        last + 1 == at && !parted && (joined || !lines::ends_sentence(before))
    }

    /// Adds a line to the paragraph being read, or begins one with it.
    fn begin_words(&mut self, range: Range<usize>) {
        if self.span.is_some() {
            self.words.push(self.text, " ");
        }
        if let Some((.., column)) = self.mark.take() {
            self.set_mark(InlineKind::Column(column.into()));
        }
        if let Some(time) = self.time.take() {
            self.record.furniture(FurnitureKind::Time, time.clone());
            self.set_mark(InlineKind::Time(self.text[time].into()));
        }
        // Marks within the line, where the page was copied by a program that knows no lines.
        let line = &self.text[range.clone()];
        let mut from = range.start;
        let marks = column_marks(line);
        for (number, (mark, column)) in marks.iter().enumerate() {
            self.words.push_source(self.text, from..range.start + mark.start);
            let rest = marks[number + 1..].iter().fold(mark.end, |end, (next, _)| match next.start == end {
                true => next.end,
                false => end,
            });
            let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_first = number == 0 || marks[number - 1].0.end < mark.start;
            if is_first
                && letter(line[..mark.start].chars().next_back())
                && letter(line[rest..].chars().next())
            {
                // Two words, not one: the site shows the mark between them.
                self.words.push(self.text, " ");
            }
            let mark = range.start + mark.start..range.start + mark.end;
            self.record.furniture(FurnitureKind::Mark, mark.clone());
            self.set_mark(InlineKind::Column((*column).into()));
            self.column = Some(column);
            from = mark.end;
        }
        self.words.push_source(self.text, from..range.end);
        let start = self.span.as_ref().map_or(range.start, |span| span.start);
        self.span = Some(start..range.end);
    }

    fn set_mark(&mut self, kind: InlineKind) {
        // The site tells of a column twice, for those who see and for those who listen.
        if self.inlines.last().is_none_or(|last| last.kind != kind) {
            let at = self.words.len();
            self.inlines.push(Inline { range: Span::new(at..at), kind });
        }
    }

    fn end_paragraph(&mut self) {
        let Some(span) = &self.span else { return };
        let words = &self.text[span.clone()];
        let formula = self.record.current().is_none() && lines::is_formula(words);
        let kind = if formula || (words.starts_with('[') && is_bracketed(words)) {
            ParagraphKind::Procedural
        } else {
            ParagraphKind::Plain
        };
        self.end_with(kind);
    }

    fn end_with(&mut self, kind: ParagraphKind) {
        let Some(span) = self.span.take() else { return };
        let inlines = std::mem::take(&mut self.inlines);
        let Some(text) = self.words.take(self.text) else { return };
        let paragraph = Paragraph { inlines: inlines.into(), ..plain(kind, text, span) };
        self.record.paragraph(paragraph);
    }

    fn speaker(&mut self, at: usize, found: &lines::Speaker) {
        let start = self.lines[at].span.start;
        let end = self.lines[at + found.lines - 1].span.end;
        let text = self.text;
        self.names.insert(&text[found.name.clone()]);
        let detail = found.detail.clone().map(|range| match text[range.clone()].contains(") (") {
            true => Text::Owned(text[range].replace(") (", ", ").into()),
            false => Text::Slice(Span::new(range)),
        });
        let role = match found.presides {
            true => Role::Chair,
            false => {
                conventions::role(&text[found.name.clone()], found.detail.clone().map(|range| &text[range]))
            }
        };
        let label = Label {
            name: Text::Slice(Span::new(found.name.clone())),
            naming: Naming::Printed,
            detail,
            id: None,
            role,
            span: Span::new(start..end),
        };
        let time = self.time.take();
        let start = time.as_ref().map_or(start, |time| time.start);
        let stated = time.map(|range| Stated {
            value: time_of(&text[range.clone()]),
            text: Text::Slice(Span::new(range)),
        });
        self.record.speaker(label, stated, Span::new(start..end).start, Repeated::StartsAgain);
        if let Some(contribution) = self.record.last_contribution() {
            contribution.column = self.column.map(Into::into);
        }
    }

    /// Reads a line of a division; whether it is one.
    fn in_division(&mut self, line: &'s str, range: &Range<usize>) -> bool {
        if lines::is_site(line) {
            self.record.furniture(FurnitureKind::SiteLink, range.clone());
            return true;
        }
        if let Some(side) = lines::side(line) {
            self.end_side();
            self.record.furniture(FurnitureKind::Division, range.clone());
            self.division = Some(Some(Side { side, names: Vec::new() }));
            return true;
        }
        if lines::is_of_division(line) {
            self.end_side();
            self.counts.extend(lines::count(line));
            self.begin_words(range.clone());
            self.end_with(ParagraphKind::Procedural);
            return true;
        }
        if let Some(Some(side)) = &mut self.division
            && lines::is_voter(line)
        {
            side.names.push(range.clone());
            return true;
        }
        self.end_division();
        false
    }

    /// Ends a list of votes: a paragraph of its names.
    fn end_side(&mut self) {
        let Some(Some(list)) = self.division.as_mut().map(Option::take) else { return };
        let (Some(first), Some(last)) = (list.names.first(), list.names.last()) else { return };
        let span = first.start..last.end;
        let mut names = Vec::new();
        for name in &list.names {
            if self.words.len() > 0 {
                self.words.push(self.text, "\n");
            }
            let start = self.words.len();
            self.words.push_source(self.text, name.clone());
            names.push(Span::new(start..self.words.len()));
        }
        let counted = self.counts.iter().rfind(|(side, _)| side.eq_ignore_ascii_case(list.side));
        let count = counted.map(|(_, count)| *count);
        let votes = Votes { side: list.side.into(), count, names: names.into(), tellers: Box::default() };
        self.span = Some(span);
        self.end_with(ParagraphKind::Votes(Box::new(votes)));
    }

    fn end_division(&mut self) {
        if self.division.is_some() {
            self.end_side();
            self.division = None;
            self.record.nobody_speaks();
        }
    }

    /// A time that neither a speaker nor words followed.
    fn end_time(&mut self) {
        if let Some(range) = self.time.take() {
            self.record.furniture(FurnitureKind::Time, range);
        }
    }

    /// Whether the line is the heading of a part: a short line without a stop, before which nobody was in
    /// the middle of a sentence, and after which somebody is named.
    fn is_heading(&self, at: usize) -> bool {
        let line = self.slice(at);
        let after = (at + 1..self.lines.len())
            .find(|next| !matches!(kind_of(self.slice(*next)), Kind::Site | Kind::Column(_) | Kind::Time));
        let named = after.is_some_and(|after| {
            speaker(&self.names, &self.lines, after, self.text, self.has_blocks).is_some()
        });
        let before = at.checked_sub(1).is_none_or(|before| lines::ends_sentence(self.slice(before)));
        lines::may_be_heading(line) && named && before && self.mark.is_none()
    }
}

/// `4.05 pm`, `16:05:00`.
fn time_of(printed: &str) -> Option<Time> {
    conventions::clock(printed).or_else(|| conventions::time_in(printed))
}
