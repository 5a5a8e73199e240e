//! The pictures of pages: which there are, and the numbers beside each. One that would say nothing is not
//! there.

use super::PAGE_LENGTH;
use super::frame::Frame;
use super::inputs::{Evidence, Whole};
use super::kinds::{group_id, kind_address};
use super::views::{ChartRow, ChartView, LaneView, LegendView};
use crate::charts::{self, Bar, Column, Mark, Tick};
use crate::model::{Annotation, Commitment, Debate, Destination, Kind, SpeakerKey, Standing, TopicSlug};
use crate::permalink::{Entry, Linker, Wording};
use crate::text::word_count;
use jiff::civil::Date;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Who spoke how much says something only from so many speakers up.
const SPEAKERS: usize = 3;
/// A strip says something only from so many notes up.
pub(super) const NOTES: usize = 3;
/// No picture has more lanes or bars than this: the table beside it has them all.
const LANES: usize = 8;

impl Frame<'_> {
    /// Where in a debate the notes on each topic lie, and those of each kind: the way to each of them.
    pub(super) fn along(&self, debate: Whole<'_>, linker: &Linker) -> Vec<ChartView> {
        let record = &debate.record;
        let placed: Vec<(&Annotation, Mark)> = placed_along(debate)
            .into_iter()
            .map(|(evidence, at)| {
                let note = evidence.note();
                let href = format!("#n-{}", note.id);
                (note, Mark { at, href, label: named(evidence), shape: shape_of(&note.kind) })
            })
            .collect();
        if placed.len() < NOTES {
            return Vec::new();
        }
        // The ends of the record, as its paragraphs are numbered.
        let ends = [(0.0, record.paragraphs.first()), (1.0, record.paragraphs.last())];
        let ends = ends.into_iter().filter_map(|(at, paragraph)| {
            Some(Tick { at, label: crate::permalink::number(&paragraph?.id.to_string()) })
        });
        let ends: Vec<Tick> = ends.collect();

        let total = placed.len();
        let mut topics: BTreeMap<&TopicSlug, Vec<Mark>> = BTreeMap::new();
        let mut kinds: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        for (note, mark) in placed {
            for topic in &note.topics {
                topics.entry(topic).or_default().push(mark.clone());
            }
            kinds.entry(mark.shape).or_default().push(mark);
        }
        let mut lanes: Vec<(Lane, Vec<Mark>)> = topics
            .into_iter()
            .filter_map(|(slug, marks)| Some((self.topic_lane(slug, linker)?, marks)))
            .collect();
        lanes.sort_by(most_first);
        let of_kind = |shape: usize| Lane {
            shape: Some(shape),
            href: Some(linker.to(&kind_address(Kind::WORDS[shape]))),
            ..Lane::default()
        };
        let kinds = kinds.into_iter().map(|(shape, marks)| (of_kind(shape), marks)).collect();
        // One picture: the same marks twice say nothing more.
        strip("topics-along", lanes, &ends, total)
            .or_else(|| strip("kinds-along", kinds, &ends, total))
            .into_iter()
            .collect()
    }

    fn topic_lane(&self, slug: &TopicSlug, linker: &Linker) -> Option<Lane> {
        let label = self.topic(slug)?.to_owned();
        let href = Some(linker.href(&Destination::Topic(slug.clone())));
        Some(Lane { label, href, shape: None })
    }

    /// How many passages on a topic there are in each year; in each month where all are of one year. Each
    /// column leads to the first of them.
    pub(super) fn over_time(
        &self,
        topic: &TopicSlug,
        notes: &[Evidence<'_>],
        linker: &Linker,
    ) -> Option<ChartView> {
        let days: Vec<Date> = notes.iter().map(|evidence| evidence.particulars().date).collect();
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
        let list = Entry::Topic(topic.as_str()).address();
        let mut leads: BTreeMap<(i16, i8), String> = BTreeMap::new();
        for (at, (evidence, day)) in notes.iter().zip(&days).enumerate() {
            leads.entry(stretch(day)).or_insert_with(|| {
                let page = linker.to(&list.paged(at / PAGE_LENGTH + 1));
                format!("{page}#{}", group_id(evidence.slug()))
            });
        }
        let columns: Vec<Column> = counts
            .into_iter()
            .map(|((year, month), value)| Column {
                label: if monthly { format!("{year}-{month:02}") } else { year.to_string() },
                name: match monthly {
                    true => linker.wording().month(jiff::civil::date(year, month, 1)),
                    false => year.to_string(),
                },
                value,
                shown: linker.wording().number(value as u64),
                href: leads.get(&(year, month)).cloned(),
            })
            .collect();
        let rows = columns.iter().filter(|column| column.value > 0);
        let rows = rows
            .map(|column| ChartRow { href: column.href.clone(), ..row(column.name.clone(), column.value) })
            .collect();
        Some(chart("over-time", |id| charts::columns(id, &columns), rows, days.len()))
    }

    /// A person's topics over time.
    pub(super) fn topics_over_time(&self, notes: &[Evidence<'_>], linker: &Linker) -> Option<ChartView> {
        let published = || notes.iter().filter(|evidence| evidence.note().standing != Standing::Retracted);
        let days = || published().map(|evidence| evidence.particulars().date);
        let (first, last) = (days().min()?, days().max()?);
        if first == last {
            return None;
        }
        let mut lanes: BTreeMap<&TopicSlug, Vec<Mark>> = BTreeMap::new();
        for &evidence in published() {
            let (note, debate) = (evidence.note(), evidence.particulars());
            let mark = || Mark {
                at: between(debate.date, first, last),
                href: linker.href(&place_of(evidence)),
                label: format!("{}, {}", debate.title, named(evidence)),
                shape: shape_of(&note.kind),
            };
            for slug in &note.topics {
                lanes.entry(slug).or_default().push(mark());
            }
        }
        let mut lanes: Vec<(Lane, Vec<Mark>)> = lanes
            .into_iter()
            .filter_map(|(slug, marks)| Some((self.topic_lane(slug, linker)?, marks)))
            .collect();
        lanes.sort_by(most_first);
        strip("topics-over-time", lanes, &ends(first, last, linker), published().count())
    }

    /// When commitments fall due, and what became of them.
    pub(super) fn timeline(&self, notes: &[Evidence<'_>], linker: &Linker) -> Option<ChartView> {
        let due: Vec<(Date, Evidence<'_>, &Commitment)> = notes
            .iter()
            .filter_map(|&evidence| match &evidence.note().kind {
                Kind::Commitment(commitment) => Some((commitment.due_by?, evidence, &**commitment)),
                _ => None,
            })
            .collect();
        let (first, last) = (due.iter().map(|due| due.0).min()?, due.iter().map(|due| due.0).max()?);
        if first == last {
            return None;
        }
        let mut states: Vec<(usize, &'static str)> = Vec::new();
        let marks = due.iter().map(|(day, evidence, commitment)| {
            let state = commitment.outcome.state;
            let shape = Kind::WORDS.len() + state as usize;
            states.push((shape, state.word()));
            Mark {
                at: between(*day, first, last),
                href: linker.href(&place_of(*evidence)),
                label: format!("{}: {}", linker.wording().day(*day), named(*evidence)),
                shape,
            }
        });
        let marks = marks.collect();
        let mut by_year: BTreeMap<i16, usize> = BTreeMap::new();
        due.iter().for_each(|due| *by_year.entry(due.0.year()).or_default() += 1);
        let rows = by_year.into_iter().map(|(year, value)| row(year.to_string(), value)).collect();
        let lanes = vec![(Lane::default(), marks)];
        let chart = strip("commitments-due", lanes, &ends(first, last, linker), due.len())?;
        // What became of them is what it finds, not in which year most fall due.
        Some(ChartView { rows, most: None, legend: symbols(&chart.id, states), ..chart })
    }
}

/// Who spoke how much, in words.
pub(super) fn spoke_how_much(debate: &Debate, wording: &Wording) -> Option<ChartView> {
    let record = &debate.record;
    let mut counts: BTreeMap<SpeakerKey<'_>, (&str, usize, usize)> = BTreeMap::new();
    for (at, contribution) in record.contributions.iter().enumerate() {
        let Some(who) = &contribution.speaker else { continue };
        let words =
            contribution.paragraphs.clone().map(|at| word_count(record.words(&record.paragraphs[at])));
        let entry = counts.entry(who.key()).or_insert((&who.name, 0, at));
        entry.1 += words.sum::<usize>();
    }
    if counts.len() < SPEAKERS {
        return None;
    }
    let mut counts: Vec<(&str, usize, usize)> = counts.into_values().collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then(a.2.cmp(&b.2)));
    let bars: Vec<Bar<'_>> = counts
        .iter()
        .take(LANES + 4)
        .map(|(name, words, _)| Bar { label: name, value: *words, shown: wording.number(*words as u64) })
        .collect();
    let rows = counts.iter().map(|(name, words, first)| ChartRow {
        label: (*name).to_owned(),
        word: None,
        value: *words,
        href: Some(format!("#{}", record.contributions[*first].id)),
    });
    let total = counts.iter().map(|(_, words, _)| words).sum();
    Some(chart("spoke-how-much", |id| charts::bars(id, &bars), rows.collect(), total))
}

/// The notes of a debate that readers see, and where in it each lies, from 0 at its start to 1 at its end.
pub(super) fn placed_along(debate: Whole<'_>) -> Vec<(Evidence<'_>, f64)> {
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
    let notes = (0..debate.annotations.len()).map(|at| debate.evidence(at));
    let published = notes.filter(|evidence| evidence.note().standing != Standing::Retracted);
    let placed = published.filter_map(|evidence| {
        let passage = evidence.note().passages.first()?;
        let start = starts[passage.paragraph] + passage.range.start as usize;
        Some((evidence, start as f64 / total.max(1) as f64))
    });
    placed.collect()
}

/// What a lane of a strip is of: a topic, a kind of note, or everything.
#[derive(Default)]
struct Lane {
    label: String,
    href: Option<String>,
    /// The kind of note, where all marks are of one.
    shape: Option<usize>,
}

/// The fullest lane first: of many only so many are shown.
fn most_first(a: &(Lane, Vec<Mark>), b: &(Lane, Vec<Mark>)) -> Ordering {
    b.1.len().cmp(&a.1.len()).then_with(|| a.0.label.cmp(&b.0.label))
}

/// A strip of lanes over an axis, with a table of how much lies on each and the meaning of its shapes, which
/// are kinds of notes. One of its `total` marks may lie on several lanes.
fn strip(
    kind: &'static str,
    lanes: Vec<(Lane, Vec<Mark>)>,
    ticks: &[Tick],
    total: usize,
) -> Option<ChartView> {
    if lanes.is_empty() {
        return None;
    }
    let rows = lanes.iter().map(|(lane, marks)| ChartRow {
        label: lane.label.clone(),
        word: lane.shape.map(|shape| Kind::WORDS[shape]),
        value: marks.len(),
        href: lane.href.clone(),
    });
    let mut chart = chart(kind, |_| charts::axis(ticks), rows.collect(), total);
    let mut shapes = Vec::new();
    for (at, (lane, marks)) in lanes.into_iter().enumerate() {
        if at >= LANES {
            break;
        }
        shapes.extend(marks.iter().map(|mark| mark.shape).filter(|_| lane.shape.is_none()));
        chart.lanes.push(LaneView {
            id: format!("{}-lane-{}", chart.id, at + 1),
            label: lane.label,
            word: lane.shape.map(|shape| Kind::WORDS[shape]),
            symbol_html: lane.shape.map(|shape| charts::symbol(&chart.id, shape)),
            href: lane.href,
            count: marks.len(),
            svg_html: charts::lane(&chart.id, at + 1, &marks),
        });
    }
    // Shapes beyond those of the kinds are for the picture that has them to explain.
    let shapes = shapes.into_iter().filter_map(|shape| Some((shape, *Kind::WORDS.get(shape)?))).collect();
    chart.legend = symbols(&chart.id, shapes);
    Some(chart)
}

fn row(label: String, value: usize) -> ChartRow {
    ChartRow { label, word: None, value, href: None }
}

fn chart(
    kind: &'static str,
    draw: impl FnOnce(&str) -> String,
    rows: Vec<ChartRow>,
    total: usize,
) -> ChartView {
    let id = format!("chart-{kind}");
    let most = most(&rows).cloned();
    ChartView { svg_html: draw(&id), id, kind, lanes: Vec::new(), most, rows, total, legend: Vec::new() }
}

/// The row that has more than each other.
fn most(rows: &[ChartRow]) -> Option<&ChartRow> {
    let first = rows.iter().max_by_key(|row| row.value)?;
    let is_alone = rows.iter().filter(|row| row.value == first.value).count() == 1;
    (rows.len() > 1 && is_alone).then_some(first)
}

/// The words that a note is on, for those who don't see where a mark lies.
fn named(evidence: Evidence<'_>) -> String {
    let Some((paragraph, words)) = evidence.first_words() else { return evidence.note().id.to_string() };
    match words.char_indices().nth(60) {
        Some((end, _)) => format!("{paragraph}: {}…", &words[..end]),
        None => format!("{paragraph}: {words}"),
    }
}

/// The place of a note on its debate's page.
fn place_of(evidence: Evidence<'_>) -> Destination {
    let fragment = format!("n-{}", evidence.note().id);
    Destination::Debate(evidence.slug().clone(), Some(fragment.into()))
}

fn shape_of(kind: &Kind) -> usize {
    Kind::WORDS.iter().position(|word| *word == kind.word()).unwrap_or(0)
}

/// What the shapes of marks mean, each once, with how many marks have it.
fn symbols(id: &str, marks: Vec<(usize, &'static str)>) -> Vec<LegendView> {
    let mut counts: BTreeMap<(usize, &'static str), usize> = BTreeMap::new();
    marks.into_iter().for_each(|mark| *counts.entry(mark).or_default() += 1);
    let view = |((shape, word), count)| LegendView { svg_html: charts::symbol(id, shape), word, count };
    counts.into_iter().map(view).collect()
}

/// How far a day lies between two others, from 0 to 1.
fn between(day: Date, first: Date, last: Date) -> f64 {
    let days = |to: Date| first.until(to).map_or(0, |span| span.get_days());
    f64::from(days(day)) / f64::from(days(last).max(1))
}

fn ends(first: Date, last: Date, linker: &Linker) -> Vec<Tick> {
    [(0.0, first), (1.0, last)].map(|(at, day)| Tick { at, label: linker.wording().month(day) }).into()
}
