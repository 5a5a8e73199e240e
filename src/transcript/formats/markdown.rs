//! The Markdown transcript, the one that a person writes: `# title`, `## section`, `### Speaker:`
//! and the words; `> (laughter)` for what nobody said.
//!
//! Decided here: only a heading of the third level that ends in a colon names a speaker; every other
//! heading is a section, after which nobody speaks until somebody is named. Raw HTML is text as
//! typed. A link's definition whose address is no address (`[laughs]: Yes`) is words, and is kept.

mod blocks;
mod front_matter;
mod print;

pub(super) use print::print;

use crate::diagnostics::{Diagnostic, Place, speaker_without_colon};
use crate::text::Source;
use crate::transcript::conventions::speaker_heading;
use crate::transcript::record::{Entry, Stated, Text, Transcript};
use blocks::Reader;
use pulldown_cmark::{Options, Parser};
use std::collections::HashSet;

/// Tables, and nothing that would take characters out of words typed without a thought of Markdown:
/// no smart punctuation, footnotes, strikethrough, superscript, mathematics.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// Whether `text` has a speaker's heading.
pub(super) fn recognise(text: &str) -> bool {
    text.lines().any(names_a_speaker)
}

/// Whether a line is typed as a speaker's heading.
fn names_a_speaker(line: &str) -> bool {
    let heading = line.trim_start().strip_prefix("###");
    heading.is_some_and(|rest| rest.starts_with([' ', '\t']) && speaker_heading(rest).is_some())
}

/// Reads a Markdown transcript.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let body = front_matter::end(&source.text);
    let mut reader = Reader::new(source, body, diagnostics);
    for (event, range) in Parser::new_ext(&source.text[body..], OPTIONS).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    let mut transcript = reader.finish();
    let (title, day) = front_matter::particulars(&source.text[..body]);
    if transcript.title.is_none() {
        transcript.title = title.map(|title| Text::Owned(title.into()));
    }
    if let Some(day) = day {
        let value = day.get(..10).and_then(|day| day.parse().ok());
        transcript.details.date = Some(Stated { text: Text::Owned(day.into()), value });
    }
    report_missing_colons(&transcript, diagnostics);
    transcript
}

/// A heading that is the bare name of somebody who speaks elsewhere has most likely lost its colon,
/// and the words after it their speaker.
fn report_missing_colons(transcript: &Transcript, diagnostics: &mut Vec<Diagnostic>) {
    let source = &transcript.source;
    let is_candidate = |entry: &&Entry| matches!(entry, Entry::Heading { level: 3, .. });
    if !transcript.entries.iter().any(|entry| is_candidate(&entry)) {
        return;
    }
    let names: HashSet<&str> = transcript
        .entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Contribution(contribution) => contribution.speaker.as_ref(),
            Entry::Heading { .. } => None,
        })
        .map(|label| label.name.of(source))
        .collect();
    for entry in transcript.entries.iter().filter(is_candidate) {
        if let Entry::Heading { text, span, .. } = entry
            && names.contains(text.of(source))
        {
            diagnostics.push(speaker_without_colon(Place::new(source, *span), text.of(source)));
        }
    }
}
