//! The view of a debate's page.

use super::compose::{Composer, Setting, kind_address};
use super::fragments;
use super::plain::plain_text_address;
use super::views::*;
use crate::model::{
    Corrected, Correction, Debate, Destination, InlineKind, Kind, Paragraph, ParagraphKind, Record,
    WholeParagraph,
};
use crate::permalink::{Address, Linker, hansard_citation, is_extract, number};
use crate::text::{Fingerprint, direction};
use crate::transcript::Capitals;
use std::collections::{HashMap, HashSet};

/// The level of the heading over the record, in the page.
const RECORD_LEVEL: u8 = 2;

/// A record of more paragraphs than this is long: laid out whole, it keeps a reader waiting.
const LONG: usize = 200;

/// So many digits name a state of a transcript, as in the name of the file of an earlier one.
const REVISION: usize = 16;

impl Composer<'_> {
    /// The page of the debate at an index.
    pub(super) fn debate(&self, at: usize, linker: &Linker) -> DebateView {
        let debate = &self.site.debates[at];
        let particulars = &debate.particulars;
        let on_whole = debate.annotations.iter().take_while(|note| note.passages.is_empty()).count();
        let note =
            |index: usize| self.note(debate, &debate.annotations[index], linker, Setting::Beside(index + 1));
        let language = self.language_of(debate);
        let (contributions, last_headings) = self.record(debate, on_whole, linker);
        DebateView {
            plain_text: linker.to(&plain_text_address(debate)),
            revision: Fingerprint::of(debate.record.source.text.as_bytes()).short(REVISION),
            json: linker.to(&Address::file(&format!("debates/{}/debate.json", debate.slug))),
            annotations: self.web_annotations(debate, linker),
            title: particulars.title.clone(),
            date: particulars.date.to_string(),
            time: particulars.time.map(clock),
            house: particulars.house.clone(),
            chair: particulars.chair.as_ref().map(|chair| self.speaker(chair, particulars.date, linker)),
            reference: linker.wording().reference(particulars),
            extract: is_extract(particulars),
            mid_exchange: particulars.part_of.as_ref().is_some_and(|part| part.mid_exchange),
            part_of: particulars
                .part_of
                .as_ref()
                .and_then(|part| part.title.clone())
                .filter(|title| *title != particulars.title),
            summary_html: fragments::prose(&particulars.summary, linker, "summary-"),
            corrections: corrections(debate, Corrected::Day),
            obtained: particulars.obtained.as_ref().map(|obtained| ObtainedView {
                name: obtained.name.clone(),
                url: obtained.url.clone(),
                retrieved: obtained.retrieved.map(|date| date.to_string()),
                licence: obtained.licence.clone(),
            }),
            direction: direction(language).word(),
            language: language.to_owned(),
            citation: linker.wording().debate(particulars),
            citation_hansard: hansard_citation(particulars),
            status: particulars.standing.word(),
            speakers: self.speakers(debate, linker),
            contents: contents(debate),
            notes: (0..on_whole).map(note).collect(),
            contributions,
            last_headings,
            charts: self.along(debate, linker).into_iter().chain(self.spoke_how_much(debate)).collect(),
            topics: self.topic_counts(debate.annotations.iter(), linker),
            kinds: kinds(debate, linker),
            note_count: debate.note_count(),
            unprinted: debate
                .record
                .contributions
                .iter()
                .any(|one| one.speaker.as_ref().is_some_and(|who| who.by_editors)),
            long: debate.record.paragraphs.len() > LONG,
            words: debate.record.words,
            // The list runs from the latest to the earliest.
            previous: self.neighbour(at.checked_add(1), linker),
            next: self.neighbour(at.checked_sub(1), linker),
        }
    }

    fn web_annotations(&self, debate: &Debate, linker: &Linker) -> Option<String> {
        let written =
            self.config.base_url.is_some() && self.config.web_annotations && debate.note_count() > 0;
        written.then(|| linker.to(&Address::file(&format!("debates/{}/annotations.jsonld", debate.slug))))
    }

    fn neighbour(&self, at: Option<usize>, linker: &Linker) -> Option<NeighbourView> {
        let debate = self.site.debates.get(at?)?;
        Some(NeighbourView {
            title: debate.particulars.title.clone(),
            href: linker.href(&Destination::Debate(debate.slug.clone(), None)),
            language: self.language_of(debate).to_owned(),
            date: debate.particulars.date.to_string(),
        })
    }

    /// The contributions, each with the headings before it, and the headings after the last.
    fn record(
        &self,
        debate: &Debate,
        on_whole: usize,
        linker: &Linker,
    ) -> (Vec<ContributionView>, Vec<HeadingView>) {
        let record = &debate.record;
        let marks = fragments::marks(debate);
        // Notes stand in the record's order, so one cursor walks along with the paragraphs.
        let mut next_note = on_whole;
        let mut headings = Headings { record, next: 0, level: RECORD_LEVEL };
        let mut section_level = RECORD_LEVEL;
        let mut columns = HashSet::new();
        let mut views = Vec::with_capacity(record.contributions.len());
        let again = again(record);
        let mut terms = self.terms().first_in(record).into_iter().peekable();
        for (at, contribution) in record.contributions.iter().enumerate() {
            let before = headings.up_to(at);
            section_level = before.last().map_or(section_level, |heading| heading.level);
            let speaker_level = (section_level + 1).min(6);
            if contribution.speaker.is_some() {
                headings.level = speaker_level;
            }
            let column = contribution.column.clone().filter(|column| columns.insert(column.clone()));
            let mut paragraphs = Vec::with_capacity(contribution.paragraphs.len());
            for index in contribution.paragraphs.clone() {
                let paragraph = &record.paragraphs[index];
                let id = paragraph.id.to_string();
                let mut notes = Vec::new();
                let mut marked = false;
                while let Some(note) = debate.annotations.get(next_note) {
                    let Some(first) = note.passages.first().filter(|passage| passage.paragraph == index)
                    else {
                        break;
                    };
                    marked |= first.whole == WholeParagraph::Yes;
                    notes.push(self.note(debate, note, linker, Setting::Beside(next_note + 1)));
                    next_note += 1;
                }
                paragraphs.push(ParagraphView {
                    number: number(&id),
                    element_html: fragments::paragraph_element(debate, paragraph, &marks[index]),
                    id,
                    notes,
                    terms: std::iter::from_fn(|| terms.next_if(|(at, _)| *at == index))
                        .map(|(_, term)| self.term_link(term, linker))
                        .collect(),
                    marked,
                    columns: milestones(paragraph, |kind| match kind {
                        InlineKind::Column(column) if columns.insert(column.clone()) => Some(column),
                        _ => None,
                    }),
                    times: milestones(paragraph, |kind| match kind {
                        InlineKind::Time(time) => Some(time),
                        _ => None,
                    }),
                    votes: match &paragraph.kind {
                        ParagraphKind::Votes(votes) => Some(VotesView {
                            side: votes.side.to_string(),
                            count: votes.count.map_or(votes.names.len(), |count| count as usize),
                        }),
                        _ => None,
                    },
                    corrections: corrections(debate, Corrected::Words(index)),
                });
            }
            views.push(ContributionView {
                id: contribution.id.to_string(),
                kind: contribution.kind.word(),
                headings: before,
                speaker: contribution
                    .speaker
                    .as_ref()
                    .map(|who| self.speaker(who, debate.particulars.date, linker)),
                speaker_level,
                time: contribution.time.map(clock),
                column: column.map(String::from),
                again: again[at].map(|next| format!("#{}", record.contributions[next].id)),
                corrections: corrections(debate, Corrected::Speaker(at)),
                paragraphs,
            });
        }
        (views, headings.up_to(record.contributions.len()))
    }

    fn speakers(&self, debate: &Debate, linker: &Linker) -> Vec<SpeakerEntry> {
        let mut entries: Vec<SpeakerEntry> = Vec::new();
        let mut known = HashMap::new();
        for contribution in &debate.record.contributions {
            let Some(who) = &contribution.speaker else { continue };
            let entry = *known.entry(who.key()).or_insert_with(|| {
                entries.push(SpeakerEntry {
                    speaker: self.speaker(who, debate.particulars.date, linker),
                    first: format!("#{}", contribution.id),
                    contributions: 0,
                });
                entries.len() - 1
            });
            let entry = &mut entries[entry];
            entry.contributions += 1;
            // Two may have one name: what is printed beside it in one place is not said of the other.
            if who.person.is_none() && who.detail.is_some() && entry.speaker.office != who.detail {
                entry.speaker.office = None;
            }
        }
        entries
    }
}

/// The headings of a record, in order.
struct Headings<'r> {
    record: &'r Record,
    next: usize,
    /// The level of the heading before: outlines skip none, whatever the record's own levels are.
    level: u8,
}

impl Headings<'_> {
    /// Those not yet taken that stand before a contribution.
    fn up_to(&mut self, contribution: usize) -> Vec<HeadingView> {
        let mut views = Vec::new();
        while let Some(section) =
            self.record.sections.get(self.next).filter(|section| section.before <= contribution)
        {
            self.next += 1;
            self.level = (section.level.clamp(1, 5) + 1).min(self.level + 1);
            views.push(HeadingView {
                id: format!("h-{}", self.next),
                level: self.level,
                title: section.title.of(&self.record.source).to_owned(),
            });
        }
        views
    }
}

/// For each contribution, the next one by the same speaker.
fn again(record: &Record) -> Vec<Option<usize>> {
    let mut next = HashMap::new();
    let mut again = vec![None; record.contributions.len()];
    for (at, contribution) in record.contributions.iter().enumerate().rev() {
        if let Some(who) = &contribution.speaker {
            again[at] = next.insert(who.key(), at);
        }
    }
    again
}

/// The corrections to one place of the record.
fn corrections(debate: &Debate, of: Corrected) -> Vec<CorrectionView> {
    let here = debate.corrections.iter().filter(|correction| correction.of == of);
    here.map(|correction| correction_view(correction, format!("x-{}", correction.id))).collect()
}

/// A correction, with this id on its page.
pub(super) fn correction_view(correction: &Correction, id: String) -> CorrectionView {
    CorrectionView {
        id,
        was: correction.was.clone(),
        reads: correction.reads.clone(),
        reason: correction.reason.clone(),
        source: correction.source.as_ref().map(super::compose::source),
        by: correction.by.clone(),
        on: correction.on.map(|day| day.to_string()),
    }
}

/// The milestones of one kind in a paragraph.
fn milestones<'a>(
    paragraph: &'a Paragraph,
    mut of: impl FnMut(&'a InlineKind) -> Option<&'a Box<str>>,
) -> Vec<String> {
    paragraph.inlines.iter().filter_map(|inline| of(&inline.kind)).map(ToString::to_string).collect()
}

/// A time of day as records print it: `16:05`.
fn clock(time: jiff::civil::Time) -> String {
    time.strftime("%H:%M").to_string()
}

/// The headings as a list to go by: those in capitals in sentence case. The record keeps its own.
fn contents(debate: &Debate) -> Vec<LinkView> {
    let record = &debate.record;
    let titles = || record.sections.iter().map(|section| section.title.of(&record.source));
    let texts = record.paragraphs.iter().map(|paragraph| record.words(paragraph));
    let capitals = Capitals::of(titles(), texts);
    let shown = |title: &str| {
        capitals.as_ref().and_then(|known| known.shown(title)).unwrap_or_else(|| title.to_owned())
    };
    let link = |(at, title)| LinkView { label: shown(title), href: Some(format!("#h-{}", at + 1)) };
    titles().enumerate().map(link).collect()
}

fn kinds(debate: &Debate, linker: &Linker) -> Vec<CountView> {
    let count = |word: &str| debate.annotations.iter().filter(|note| note.kind.word() == word).count();
    Kind::WORDS
        .into_iter()
        .map(|word| CountView {
            label: word.into(),
            slug: word.into(),
            href: linker.to(&kind_address(word)),
            count: count(word),
        })
        .filter(|view| view.count > 0)
        .collect()
}
