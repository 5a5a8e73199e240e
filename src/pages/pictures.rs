//! The pictures of pages: which there are, and the numbers beside each. One that would say nothing is not
//! there.

use super::compose::Composer;
use super::index::NoteRef;
use super::views::{ChartRow, ChartView, LegendView};
use crate::charts::{self, Bar, Column, Lane, Mark, Tick};
use crate::model::{Annotation, Commitment, Debate, Destination, Kind, Standing};
use crate::permalink::Linker;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Who spoke how much says something only from so many speakers up.
const SPEAKERS: usize = 3;
/// A strip says something only from so many notes up.
pub(super) const NOTES: usize = 3;
/// No picture has more lanes or bars than this: the table beside it has them all.
const LANES: usize = 8;
/// No strip has more marks than this; a debate with more has a list to find them by.
const MARKS: usize = 400;

impl Composer<'_> {
    /// Where in a debate the notes on each topic lie.
    pub(super) fn topics_along(&self, debate: &Debate) -> Option<ChartView> {
        let placed = placed_along(debate);
        if placed.len() < NOTES || placed.len() > MARKS {
            return None;
        }
        let mut lanes: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
        let mut kinds = Vec::new();
        for (note, at) in placed {
            let shape = shape_of(&note.kind);
            kinds.push(shape);
            for topic in &note.topics {
                lanes.entry(topic.as_str()).or_default().push(Mark {
                    at,
                    href: format!("#n-{}", note.id),
                    label: named(debate, note),
                    shape,
                });
            }
        }
        if lanes.is_empty() {
            return None;
        }
        let title = |slug: &str| {
            let topic = self.site.topics.iter().find(|topic| topic.slug.as_str() == slug);
            topic.map_or_else(|| slug.to_owned(), |topic| topic.title.clone())
        };
        let mut lanes: Vec<Lane> =
            lanes.into_iter().map(|(slug, marks)| Lane { label: title(slug), marks }).collect();
        lanes.sort_by(|a, b| b.marks.len().cmp(&a.marks.len()).then_with(|| a.label.cmp(&b.label)));
        let rows = lanes.iter().map(|lane| ChartRow {
            label: lane.label.clone(),
            value: lane.marks.len(),
            href: None,
        });
        let rows = rows.collect();
        lanes.truncate(LANES);
        // The ends of the record, as its paragraphs are numbered.
        let paragraphs = &debate.record.paragraphs;
        let ends = [(0.0, paragraphs.first()), (1.0, paragraphs.last())];
        let ticks: Vec<Tick> = ends
            .into_iter()
            .filter_map(|(at, paragraph)| {
                Some(Tick { at, label: crate::permalink::number(&paragraph?.id.to_string()) })
            })
            .collect();
        Some(chart("topics-along", |id| charts::strip(id, &lanes, &ticks), rows, legend(kinds)))
    }

    /// Who spoke how much, in words.
    pub(super) fn spoke_how_much(&self, debate: &Debate) -> Option<ChartView> {
        let record = &debate.record;
        let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (at, contribution) in record.contributions.iter().enumerate() {
            let Some(who) = &contribution.speaker else { continue };
            let words = contribution
                .paragraphs
                .clone()
                .map(|at| record.words(&record.paragraphs[at]).split_whitespace().count());
            let entry = counts.entry(&who.name).or_insert((0, at));
            entry.0 += words.sum::<usize>();
        }
        if counts.len() < SPEAKERS {
            return None;
        }
        let mut counts: Vec<(&str, usize, usize)> =
            counts.into_iter().map(|(name, (words, first))| (name, words, first)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)));
        let bars: Vec<Bar<'_>> = counts
            .iter()
            .take(LANES + 4)
            .map(|(name, words, _)| Bar { label: name, value: *words, shown: words.to_string() })
            .collect();
        let rows = counts.iter().map(|(name, words, first)| ChartRow {
            label: (*name).to_owned(),
            value: *words,
            href: Some(format!("#c{}", first + 1)),
        });
        Some(chart("spoke-how-much", |id| charts::bars(id, &bars), rows.collect(), Vec::new()))
    }

    /// How many passages on a topic there are in each year; in each month where all are of one year.
    pub(super) fn over_time(&self, notes: &[NoteRef]) -> Option<ChartView> {
        let days: Vec<Date> = notes.iter().map(|&at| self.note_at(at).0.particulars.date).collect();
        let (first, last) = (days.iter().min()?, days.iter().max()?);
        let monthly = first.year() == last.year();
        let stretch = |day: &Date| if monthly { (day.year(), day.month()) } else { (day.year(), 1) };
        if stretch(first) == stretch(last) {
            return None;
        }
        let mut counts: BTreeMap<(i16, i8), usize> = BTreeMap::new();
        let mut at = stretch(first);
        while at <= stretch(last) {
            counts.insert(at, 0);
            at = match (monthly, at) {
                (true, (year, month)) => (year, month + 1),
                (false, (year, month)) => (year + 1, month),
            };
        }
        days.iter().for_each(|day| *counts.entry(stretch(day)).or_default() += 1);
        let columns: Vec<Column> = counts
            .into_iter()
            .map(|((year, month), value)| Column {
                label: if monthly { format!("{year}-{month:02}") } else { year.to_string() },
                value,
                href: None,
            })
            .collect();
        let rows = columns.iter().filter(|column| column.value > 0);
        let rows = rows
            .map(|column| ChartRow { label: column.label.clone(), value: column.value, href: None })
            .collect();
        Some(chart("over-time", |id| charts::columns(id, &columns), rows, Vec::new()))
    }

    /// A person's topics over time.
    pub(super) fn topics_over_time(&self, notes: &[NoteRef], linker: &Linker) -> Option<ChartView> {
        let published = || {
            notes.iter().map(|&at| self.note_at(at)).filter(|(_, note)| note.standing != Standing::Retracted)
        };
        let days = || published().map(|(debate, _)| debate.particulars.date);
        let (first, last) = (days().min()?, days().max()?);
        if first == last || published().count() > MARKS {
            return None;
        }
        let mut lanes: BTreeMap<String, Vec<Mark>> = BTreeMap::new();
        let mut kinds = Vec::new();
        for (debate, note) in published() {
            for slug in &note.topics {
                let Some(topic) = self.topic(slug) else { continue };
                kinds.push(shape_of(&note.kind));
                lanes.entry(topic.title.clone()).or_default().push(Mark {
                    at: along(debate.particulars.date, first, last),
                    href: linker.href(&Destination::Debate(
                        debate.slug.clone(),
                        Some(format!("n-{}", note.id).into()),
                    )),
                    label: format!("{}, {}", debate.particulars.title, named(debate, note)),
                    shape: shape_of(&note.kind),
                });
            }
        }
        let lanes: Vec<Lane> = lanes.into_iter().map(|(label, marks)| Lane { label, marks }).collect();
        if lanes.is_empty() {
            return None;
        }
        let rows = lanes
            .iter()
            .map(|lane| ChartRow { label: lane.label.clone(), value: lane.marks.len(), href: None })
            .collect();
        let ticks = ends(first, last);
        let shown = &lanes[..lanes.len().min(LANES)];
        Some(chart("topics-over-time", |id| charts::strip(id, shown, &ticks), rows, legend(kinds)))
    }

    /// When commitments fall due, and what became of them.
    pub(super) fn timeline(&self, notes: &[NoteRef], linker: &Linker) -> Option<ChartView> {
        let due: Vec<(Date, &Debate, &Annotation, &Commitment)> = notes
            .iter()
            .map(|&at| self.note_at(at))
            .filter_map(|(debate, note)| match &note.kind {
                Kind::Commitment(commitment) => Some((commitment.due_by?, debate, note, &**commitment)),
                _ => None,
            })
            .collect();
        let (first, last) = (due.iter().map(|due| due.0).min()?, due.iter().map(|due| due.0).max()?);
        if first == last {
            return None;
        }
        let mut states: Vec<(usize, &'static str)> = Vec::new();
        let marks = due.iter().map(|(day, debate, note, commitment)| {
            let state = commitment.outcome.state;
            states.push((state as usize, state.word()));
            Mark {
                at: along(*day, first, last),
                href: linker
                    .href(&Destination::Debate(debate.slug.clone(), Some(format!("n-{}", note.id).into()))),
                label: format!("{day}: {}", named(debate, note)),
                shape: state as usize,
            }
        });
        let lane = Lane { label: String::new(), marks: marks.collect() };
        let mut by_year: BTreeMap<i16, usize> = BTreeMap::new();
        due.iter().for_each(|due| *by_year.entry(due.0.year()).or_default() += 1);
        let rows = by_year
            .into_iter()
            .map(|(year, value)| ChartRow { label: year.to_string(), value, href: None })
            .collect();
        let ticks = ends(first, last);
        Some(chart("commitments-due", |id| charts::strip(id, &[lane], &ticks), rows, symbols(states)))
    }
}

/// The notes of a debate that readers see, and where in it each lies, from 0 at its start to 1 at its end.
pub(super) fn placed_along(debate: &Debate) -> Vec<(&Annotation, f64)> {
    let record = &debate.record;
    let mut total = 0_usize;
    let starts: Vec<usize> = record
        .paragraphs
        .iter()
        .map(|paragraph| {
            let start = total;
            total += record.words(paragraph).len() + 1;
            start
        })
        .collect();
    let published = debate.annotations.iter().filter(|note| note.standing != Standing::Retracted);
    let placed = published.filter_map(|note| {
        let passage = note.passages.first()?;
        let start = starts[passage.paragraph] + passage.range.start as usize;
        Some((note, start as f64 / total.max(1) as f64))
    });
    placed.collect()
}

fn chart(
    kind: &'static str,
    draw: impl FnOnce(&str) -> String,
    rows: Vec<ChartRow>,
    legend: Vec<LegendView>,
) -> ChartView {
    let id = format!("chart-{kind}");
    ChartView { svg_html: draw(&id), id, kind, rows, legend }
}

/// The words that a note is on, for those who don't see where a mark lies.
fn named(debate: &Debate, note: &Annotation) -> String {
    let Some(passage) = note.passages.first() else { return note.id.to_string() };
    let paragraph = &debate.record.paragraphs[passage.paragraph];
    let words = &debate.record.words(paragraph)[passage.range.range()];
    let mut shown: String = words.chars().take(60).collect();
    if shown.len() < words.len() {
        shown.push('…');
    }
    format!("{}: {shown}", paragraph.id)
}

fn shape_of(kind: &Kind) -> usize {
    Kind::WORDS.iter().position(|word| *word == kind.word()).unwrap_or(0)
}

/// What each shape means, of the kinds that there are.
fn legend(mut shapes: Vec<usize>) -> Vec<LegendView> {
    shapes.sort_unstable();
    shapes.dedup();
    symbols(shapes.into_iter().map(|shape| (shape, Kind::WORDS[shape % Kind::WORDS.len()])).collect())
}

fn symbols(mut meanings: Vec<(usize, &'static str)>) -> Vec<LegendView> {
    meanings.sort_unstable();
    meanings.dedup();
    meanings.into_iter().map(|(shape, word)| LegendView { svg_html: charts::symbol(shape), word }).collect()
}

/// How far a day lies between two others, from 0 to 1.
fn along(day: Date, first: Date, last: Date) -> f64 {
    let days = |to: Date| first.until(to).map_or(0, |span| span.get_days());
    f64::from(days(day)) / f64::from(days(last).max(1))
}

fn ends(first: Date, last: Date) -> Vec<Tick> {
    let label = |day: Date| day.strftime("%Y-%m").to_string();
    vec![Tick { at: 0.0, label: label(first) }, Tick { at: 1.0, label: label(last) }]
}
