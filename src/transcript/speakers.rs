//! Reports where a record may give somebody's words to another, or to nobody: lines among the words
//! that look like a speaker's, words that nobody is named for, a record in which nobody speaks.

use super::Transcript;
use super::conventions::{self, speaker_heading, trimmed};
use super::labels::{Form, Shape, label_line, shape};
use super::record::*;
use crate::diagnostics::{
    Diagnostic, NamedBy, Place, known_speaker, nobody_speaks, possible_speaker, possible_speaker_heading,
    possible_speaker_once, speaker_without_colon, unnamed_words,
};
use crate::text::{Source, Span};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// No name is longer than this, in bytes.
const LONGEST_NAME: usize = 100;

/// The formats in which a speaker is named by a line among the others.
const WRITTEN: [&str; 4] = ["markdown", "text", "theyworkforyou", "hansard-online"];

/// What only a person's name begins with.
const TITLES: [&str; 22] = [
    "Mr",
    "Mrs",
    "Ms",
    "Miss",
    "Mx",
    "Dr",
    "Sir",
    "Dame",
    "Lord",
    "Lady",
    "Baroness",
    "Baron",
    "Cllr",
    "Councillor",
    "Senator",
    "Minister",
    "Mayor",
    "Judge",
    "Rev",
    "Prof",
    "Professor",
    "Chair",
];

/// What is reported of a transcript's speakers. `is_known` tells whether a name is that of a person or
/// a speaker whom the site knows; those whom the transcript itself names are known anyway.
pub fn check_speakers(transcript: &Transcript, is_known: &dyn Fn(&str) -> bool) -> Vec<Diagnostic> {
    if !WRITTEN.contains(&transcript.format) {
        return Vec::new();
    }
    let mut check = Check::new(transcript, is_known);
    if check.printed.is_empty() {
        check.nobody();
    } else {
        check.named_once();
        check.unnamed();
        check.lines();
        check.headings();
    }
    check.found
}

struct Check<'t> {
    transcript: &'t Transcript,
    source: &'t Source,
    is_known: &'t dyn Fn(&str) -> bool,
    /// The names that the transcript prints, in small letters.
    printed: HashSet<String>,
    named_by: NamedBy,
    found: Vec<Diagnostic>,
}

/// A line that looks like a speaker's.
struct Suspect {
    name: String,
    place: Range<usize>,
    form: Form,
    is_known: bool,
}

impl<'t> Check<'t> {
    fn new(transcript: &'t Transcript, is_known: &'t dyn Fn(&str) -> bool) -> Self {
        let source = &transcript.source;
        let named = transcript.contributions().filter_map(|contribution| contribution.speaker.as_ref());
        let printed = named.map(|label| label.name.of(source).to_lowercase()).collect();
        let named_by = if transcript.format == "markdown" { NamedBy::Heading } else { NamedBy::Line };
        Check { transcript, source, is_known, printed, named_by, found: Vec::new() }
    }

    fn is_markdown(&self) -> bool {
        self.named_by == NamedBy::Heading
    }

    fn knows(&self, name: &str) -> bool {
        let is_spaced = !name.contains("  ") && !name.contains(['\t', '\n', '\u{a0}']);
        let spaced: Cow<'_, str> = match is_spaced {
            true => name.trim().into(),
            false => name.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        };
        self.printed.contains(&spaced.to_lowercase()) || (self.is_known)(&spaced)
    }

    fn place(&self, range: Range<usize>) -> Place {
        Place::new(self.source, Span::new(range))
    }

    /// The first line of a paragraph in the source.
    fn first_line(&self, paragraph: &Paragraph) -> Range<usize> {
        lines(&self.source.text, paragraph.span.range()).next().unwrap_or(paragraph.span.range())
    }

    /// A record in which nobody is named: the lines that look like speakers' are named instead.
    fn nobody(&mut self) {
        let spoken = |contribution: &&Contribution| contribution.kind == ContributionKind::Speech;
        let Some(first) = self.transcript.contributions().filter(spoken).find_map(|it| it.paragraphs.first())
        else {
            return;
        };
        let place = self.place(self.first_line(first));
        let mut suspects = self.suspects(&|suspect, shape| suspect.is_known || shape != Shape::Ordinary);
        suspects.extend(self.heading_suspects());
        suspects.sort_by_key(|suspect| suspect.place.start);
        let lines = suspects.iter().map(|suspect| {
            let line = self.source.line_column(suspect.place.start).line;
            (line, self.source.text[suspect.place.clone()].trim())
        });
        self.found.push(nobody_speaks(place, self.named_by, &lines.collect::<Vec<_>>()));
    }

    /// In a text whose labels are lines among others, a label that is printed once may be words: where
    /// nothing else shows that it is somebody's name, and speeches go on over several paragraphs.
    fn named_once(&mut self) {
        let labelled = || self.transcript.contributions().filter_map(|it| Some((it.speaker.as_ref()?, it)));
        let goes_on = |it: &Contribution| {
            it.paragraphs.iter().filter(|paragraph| paragraph.kind == ParagraphKind::Plain).count() > 1
        };
        if self.transcript.format != "text" || !labelled().any(|(_, contribution)| goes_on(contribution)) {
            return;
        }
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for (label, _) in labelled() {
            *counts.entry(label.name.of(self.source)).or_default() += 1;
        }
        for (label, _) in labelled() {
            let name = label.name.of(self.source);
            let words = self.source.slice(label.span);
            let is_bare = label.detail.is_none()
                && label_line(words).is_some_and(|found| found.time.is_none() && !words.starts_with('*'));
            let has_title = name
                .split_whitespace()
                .next()
                .is_some_and(|first| TITLES.contains(&first.trim_end_matches('.')));
            if counts[name] == 1 && is_bare && !has_title && !(self.is_known)(name) {
                self.found.push(possible_speaker_once(Place::new(self.source, label.span), name));
            }
        }
    }

    /// Words after somebody's that nobody is named for.
    fn unnamed(&mut self) {
        let furniture = self.transcript.furniture.iter();
        let empty: Vec<usize> = furniture
            .filter(|furniture| furniture.kind == FurnitureKind::EmptyHeading)
            .map(|furniture| furniture.span.range().start)
            .collect();
        let mut last: Option<&Label> = None;
        let mut is_told = false;
        let mut end = 0;
        for entry in &self.transcript.entries {
            let Entry::Contribution(contribution) = entry else {
                // Under another heading somebody else may speak.
                is_told = false;
                continue;
            };
            let start = contribution.span.range().start;
            let is_meant = empty.iter().any(|at| (end..start).contains(at));
            is_told |= is_meant;
            end = contribution.span.range().end;
            match (&contribution.speaker, contribution.paragraphs.first()) {
                (Some(label), _) => (last, is_told) = (Some(label), false),
                (None, Some(first)) if contribution.kind == ContributionKind::Speech && !is_told => {
                    let Some(label) = last else { continue };
                    is_told = true;
                    let place = self.place(self.first_line(first));
                    self.found.push(unnamed_words(place, label.name.of(self.source), self.named_by));
                }
                _ => {}
            }
        }
    }

    /// Lines among the words that look like a speaker's.
    fn lines(&mut self) {
        let suspects = self.suspects(&|suspect, shape| match suspect.form {
            _ if suspect.is_known => true,
            Form::Colon | Form::Marked => shape == Shape::Full,
            Form::Alone => false,
        });
        for suspect in suspects {
            let place = self.place(suspect.place);
            let is_certain = suspect.is_known && suspect.form != Form::Alone && self.is_markdown();
            self.found.push(if is_certain {
                known_speaker(place, &suspect.name)
            } else {
                possible_speaker(place, &suspect.name, self.named_by)
            });
        }
    }

    fn suspects(&self, is_wanted: &dyn Fn(&Suspect, Shape) -> bool) -> Vec<Suspect> {
        let mut suspects = Vec::new();
        for paragraph in self.transcript.paragraphs() {
            let is_words = matches!(
                paragraph.kind,
                ParagraphKind::Plain | ParagraphKind::ListItem(_) | ParagraphKind::Code(_)
            );
            // What is read out names nobody who speaks here.
            if !is_words || paragraph.nesting.quotes > 0 {
                continue;
            }
            let before = suspects.len();
            // A list of those who are present names them, and gives nobody words.
            let is_item = matches!(paragraph.kind, ParagraphKind::ListItem(_));
            for line in lines(&self.source.text, paragraph.span.range()) {
                suspects.extend(
                    self.suspect(line)
                        .filter(|(suspect, _)| !is_item || suspect.form != Form::Alone)
                        .filter(|(suspect, shape)| is_wanted(suspect, *shape))
                        .map(|(suspect, _)| suspect),
                );
            }
            // A name in a link, or with an entity in it, shows only among the words as read.
            if suspects.len() == before && self.is_markdown() {
                suspects.extend(
                    self.as_read(paragraph).into_iter().filter(|suspect| is_wanted(suspect, Shape::Full)),
                );
            }
        }
        suspects
    }

    /// The first line of a paragraph as read that begins with a known speaker's label, where no backslash
    /// says that it is words.
    fn as_read(&self, paragraph: &Paragraph) -> Option<Suspect> {
        let Text::Owned(words) = &paragraph.text else { return None };
        if self.source.slice(paragraph.span).contains('\\') {
            return None;
        }
        words.lines().find_map(|line| {
            let found = label_line(line).filter(|found| found.form == Form::Colon)?;
            let name = line[found.name].to_owned();
            let place = self.first_line(paragraph);
            self.knows(&name).then_some(Suspect { name, place, form: Form::Colon, is_known: true })
        })
    }

    /// What a line looks like. A backslash anywhere in the label says that it is words.
    fn suspect(&self, line: Range<usize>) -> Option<(Suspect, Shape)> {
        let text = &self.source.text;
        let start = if self.is_markdown() { unmarked(text, line.clone()) } else { line.start };
        let words = &text[start..line.end];
        if words.starts_with('\\') && self.is_markdown() {
            return None;
        }
        if let Some(found) = label_line(words) {
            let name = &words[found.name.clone()];
            let whole = found.detail.as_ref().map(|detail| format!("{name} ({})", &words[detail.clone()]));
            let is_known = self.knows(name) || whole.is_some_and(|whole| self.knows(&whole));
            let place = start + found.label.start..start + found.label.end;
            let suspect = |is_known| Suspect {
                name: name.to_owned(),
                place: place.clone(),
                form: found.form,
                is_known,
            };
            if is_known {
                return Some((suspect(true), Shape::Full));
            }
            if let Some(shape) = shape(name).filter(|_| found.form != Form::Alone) {
                return Some((suspect(false), shape));
            }
        }
        self.within(start..line.end).map(|suspect| (suspect, Shape::Full))
    }

    /// A known speaker's label in the middle of a line, after the end of a sentence, or before a dash.
    fn within(&self, line: Range<usize>) -> Option<Suspect> {
        let words = &self.source.text[line.clone()];
        let found = |name: Range<usize>, end: usize, form| {
            let place = line.start + name.start..line.start + end;
            Suspect { name: words[name].to_owned(), place, form, is_known: true }
        };
        let is_name = |name: &Range<usize>| {
            !name.is_empty() && name.len() < LONGEST_NAME && self.knows(&words[name.clone()])
        };
        for (at, colon) in colons(words) {
            let before = words[..at].trim_end_matches(['*', '_']);
            // Before a longer name there is none: a line of colons costs no more than its length.
            let near = before.ceil_char_boundary(before.len().saturating_sub(LONGEST_NAME));
            let stop = before[near..].rfind(['.', '?', '!', '”', '"', '*', '_', ')', ']', '>']);
            let stop = stop.map(|stop| near + stop);
            let start =
                stop.map_or(near, |stop| stop + before[stop..].chars().next().map_or(0, char::len_utf8));
            let name = trimmed(words, start..before.len());
            if name.start > 0 && is_name(&name) {
                let is_marked = words[..name.start].ends_with(['*', '_']);
                let form = if is_marked { Form::Marked } else { Form::Alone };
                return Some(found(name, at + colon.len(), form));
            }
        }
        let dash = dash_in(&words[..words.floor_char_boundary(LONGEST_NAME + 4)])?;
        let name = trimmed(words, 0..dash);
        // `Mr Speaker – I beg to move` speaks to the chair.
        let presides = conventions::role(&words[name.clone()], None) == Role::Chair;
        (!presides && is_name(&name)).then(|| found(name.clone(), name.end, Form::Alone))
    }

    /// Headings that look like a speaker's and are none.
    fn headings(&mut self) {
        for suspect in self.heading_suspects() {
            let place = self.place(suspect.place.clone());
            self.found.push(match suspect.form {
                Form::Colon if suspect.is_known => known_speaker(place, &suspect.name),
                Form::Colon => possible_speaker_heading(place, &suspect.name),
                _ => speaker_without_colon(place, &suspect.name),
            });
        }
    }

    fn heading_suspects(&self) -> Vec<Suspect> {
        let headings = self.transcript.entries.iter().filter_map(|entry| match entry {
            Entry::Heading { text, span, .. } => Some((text.of(self.source), span.range())),
            Entry::Contribution(_) => None,
        });
        let suspects = headings.filter(|_| self.is_markdown()).filter_map(|(words, place)| {
            match speaker_heading(words) {
                Some(parts) => {
                    let name = words[parts.name].to_owned();
                    let is_known = self.knows(&name);
                    let wanted = is_known || shape(&name) == Some(Shape::Full);
                    wanted.then_some(Suspect { name, place, form: Form::Colon, is_known })
                }
                None => {
                    let name = words.trim().to_owned();
                    self.knows(&name).then_some(Suspect { name, place, form: Form::Alone, is_known: true })
                }
            }
        });
        suspects.collect()
    }
}

/// The colons of a text, narrow and wide, with their offsets.
fn colons(words: &str) -> impl Iterator<Item = (usize, &str)> {
    // The wide one begins with a byte that few texts of narrow ones have.
    memchr::memchr2_iter(b':', 0xef, words.as_bytes()).filter_map(|at| {
        let colon =
            [":", "："].into_iter().find(|colon| words.as_bytes()[at..].starts_with(colon.as_bytes()))?;
        Some((at, colon))
    })
}

/// Where a dash that may stand after a name begins, with what is before it: ` – `, `. — `, `.—`.
fn dash_in(words: &str) -> Option<usize> {
    memchr::memchr2_iter(b'-', 0xe2, words.as_bytes()).find_map(|at| {
        let dash = ["-", "–", "—"].into_iter().find(|dash| words[at..].starts_with(dash))?;
        let (before, is_spaced) = (&words[..at], words[at + dash.len()..].starts_with(' '));
        let start = match dash {
            "—" if before.ends_with('.') => at - 1,
            "—" if before.ends_with(". ") && is_spaced => at - 2,
            _ if before.ends_with(' ') && is_spaced => at - 1,
            _ => return None,
        };
        Some(start)
    })
}

/// The lines of a range, without white space at their ends; blank ones are left out.
fn lines(text: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut start = range.start;
    text[range].split_inclusive('\n').filter_map(move |line| {
        let words = trimmed(text, start..start + line.len());
        start += line.len();
        (!words.is_empty()).then_some(words)
    })
}

/// Where the words of a line of Markdown begin: after the signs of items and of headings that are none.
fn unmarked(text: &str, line: Range<usize>) -> usize {
    let words = &text[line.clone()];
    let rest = words.trim_start_matches('#').trim_start();
    let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let item = match digits.len() < rest.len() {
        true => digits.strip_prefix(['.', ')']),
        false => rest.strip_prefix(['-', '*', '+']),
    };
    let rest = item.filter(|item| item.starts_with(' ')).map_or(rest, str::trim_start);
    line.end - rest.len()
}

#[cfg(test)]
mod tests {
    use super::{colons, dash_in};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_dash_is_the_first_of_those_that_stand_after_a_name(words in "[-–—. a‘]{0,12}") {
            let first = [" – ", " — ", " - ", ". — ", ".—"].iter().filter_map(|dash| words.find(dash)).min();
            prop_assert_eq!(dash_in(&words), first);
        }

        #[test]
        fn every_colon_is_found(words in "[:：﹕a é．]{0,12}") {
            prop_assert_eq!(
                colons(&words).collect::<Vec<_>>(), words.match_indices([':', '：']).collect::<Vec<_>>()
            );
        }
    }
}
