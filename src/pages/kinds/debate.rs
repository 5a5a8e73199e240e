//! A debate: the record, verbatim, with the notes beside it.

use super::{Composer, Context, Frame, Kind, Page, Pages, Title, View, Wording, kind_address};
use crate::index::Index;
use crate::json_ld::schema::*;
use crate::json_ld::{Node, license};
use crate::model::{
    Attribution, Corrected, Debate as Model, Destination, InlineKind, Kind as NoteKind, Paragraph,
    ParagraphKind, Record, Site, TopicSlug, WholeParagraph,
};
use crate::pages::author::{Author, latest};
use crate::pages::fragments;
use crate::pages::inputs::{Neighbour, Whole};
use crate::pages::pictures::spoke_how_much;
use crate::pages::plain::plain_text_address;
use crate::pages::share::{CardWords, one_line};
use crate::pages::shared::{Setting, correction_view, said_once};
use crate::pages::terms::Terms;
use crate::pages::views::*;
use crate::permalink::{Beside, Entry, Linker, hansard_citation, is_extract, number, official_report};
use crate::text::{Fingerprint, direction, word_count};
use crate::transcript::Capitals;
use jiff::civil::Date;
use std::collections::{HashMap, HashSet};

/// The level of the heading over the record, in the page.
const RECORD_LEVEL: u8 = 2;

/// A record of more paragraphs than this is long: laid out whole, it keeps a reader waiting.
const LONG: usize = 200;

/// A paragraph of at most so many words is short.
const SHORT: usize = 250;

/// So many digits name a state of a transcript, as in the name of the file of an earlier one.
const REVISION: usize = 16;

/// At most so many speakers are named to machines.
const NAMED: usize = 50;

/// The kind.
pub struct Debate;

/// What a debate's page reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    debate: Whole<'s>,
    /// The debates before and after it in time.
    previous: Option<Neighbour<'s>>,
    next: Option<Neighbour<'s>>,
    /// The glossary's terms, which the page links to.
    terms: &'s Terms,
}

impl Kind for Debate {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "debate";
    const HAS_CARD: bool = true;

    fn plan(site: &Site, _: &Index, pages: &mut Pages<'_>) {
        for (at, debate) in site.debates.iter().enumerate() {
            pages.add(Entry::Debate(debate.slug.as_str()).address(), at);
        }
    }

    fn source(site: &Site, _: &Index, at: usize) -> Option<Destination> {
        Some(Destination::Debate(site.debates.get(at)?.slug.clone(), None))
    }

    fn last_change(site: &Site, at: usize) -> Option<Date> {
        latest(site.debates.get(at)?.annotations.iter())
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { at, .. }: Page) -> Inputs<'s> {
        let debate = |at: Option<usize>| from.site.debates.get(at?).map(|debate| Neighbour::new(debate));
        Inputs {
            debate: from.whole(at),
            // The list runs from the latest to the earliest.
            previous: debate(at.checked_add(1)),
            next: debate(at.checked_sub(1)),
            terms: from.terms(),
        }
    }

    /// The page is in the language of its record.
    fn language<'i>(inputs: &'i Inputs<'_>) -> Option<&'i str> {
        inputs.debate.particulars.language.as_deref()
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Own(inputs.debate.particulars.title.clone(), 1)
    }

    fn description(inputs: &Inputs<'_>, _: &Frame<'_>) -> Option<String> {
        Some(inputs.debate.particulars.summary.plain.to_string()).filter(|text| !text.is_empty())
    }

    fn has_code(inputs: &Inputs<'_>) -> bool {
        let Model { particulars, annotations, .. } = &*inputs.debate;
        particulars.summary.has_code || annotations.iter().any(|note| note.body.has_code)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        View::Debate(Box::new(context.frame.debate(inputs, context.linker)))
    }

    fn works(inputs: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![article(&inputs.debate, author).into()]
    }

    fn card(inputs: &Inputs<'_>, frame: &Frame<'_>) -> CardWords {
        let debate = inputs.debate;
        let particulars = &debate.particulars;
        let words = ShareCardWords {
            date: Some(particulars.date.to_string()),
            house: particulars.house.as_deref().map(one_line),
            extract: is_extract(particulars),
            status: Some(particulars.standing.word()),
            notes: debate.note_count(),
            words: debate.record.words,
            ..ShareCardWords::default()
        };
        CardWords { words, summary: None, lanes: frame.lanes(debate) }
    }
}

/// Whether words are no more than [`SHORT`]. Each takes two bytes at least.
fn is_short(words: &str) -> bool {
    words.len() < 2 * SHORT || word_count(words) <= SHORT
}

impl Frame<'_> {
    fn debate(&self, inputs: &Inputs<'_>, linker: &Linker) -> DebateView {
        let debate = inputs.debate;
        let particulars = &debate.particulars;
        let on_whole = debate.annotations.iter().take_while(|note| note.passages.is_empty()).count();
        let once = said_once(&debate.annotations);
        let note = |index: usize| self.note_here(debate, index, &once, linker);
        let language = self.language_of(particulars);
        let (contributions, last_headings) = self.record(debate, inputs.terms, on_whole, &once, linker);
        DebateView {
            plain_text: linker.to(&plain_text_address(&debate)),
            revision: Fingerprint::of(debate.record.source.text.as_bytes()).short(REVISION),
            json: linker.to(&Beside::Data(debate.slug.as_str(), 1).address()),
            annotations: self.web_annotations(&debate, linker),
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
            corrections: corrections(&debate, Corrected::Day),
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
            official: official_report(particulars),
            status: particulars.standing.word(),
            speakers: self.speakers(&debate, linker),
            contents: contents(&debate, language),
            notes: (0..on_whole).map(note).collect(),
            contributions,
            last_headings,
            charts: self
                .along(debate, linker)
                .into_iter()
                .chain(spoke_how_much(&debate, linker.wording()))
                .collect(),
            topics: self.topic_counts(debate.annotations.iter(), linker),
            kinds: kinds(&debate, linker),
            note_count: debate.note_count(),
            said_once: once,
            unprinted: debate
                .record
                .contributions
                .iter()
                .any(|one| one.speaker.as_ref().is_some_and(|who| who.by_editors)),
            long: debate.record.paragraphs.len() > LONG,
            words: debate.record.words,
            previous: inputs.previous.map(|debate| self.neighbour(debate, linker)),
            next: inputs.next.map(|debate| self.neighbour(debate, linker)),
        }
    }

    fn web_annotations(&self, debate: &Model, linker: &Linker) -> Option<String> {
        let config = self.config();
        let written = config.base_url.is_some() && config.web_annotations && debate.note_count() > 0;
        written.then(|| linker.to(&Beside::WebAnnotations(debate.slug.as_str()).address()))
    }

    fn neighbour(&self, debate: Neighbour<'_>, linker: &Linker) -> NeighbourView {
        NeighbourView {
            title: debate.title.to_owned(),
            href: linker.href(&Destination::Debate(debate.slug.clone(), None)),
            language: debate.language.unwrap_or(&self.config().language).to_owned(),
            date: debate.date.to_string(),
        }
    }

    /// A note of the debate, without what is said of all of them.
    fn note_here(&self, debate: Whole<'_>, at: usize, once: &SaidOnceView, linker: &Linker) -> NoteView {
        let mut note = self.note(debate.evidence(at), linker, Setting::Beside(at + 1));
        if note.tag == once.status {
            note.tag = None;
        }
        if (&note.author, &note.date, &note.reviewed) == (&once.author, &once.date, &once.reviewed) {
            (note.author, note.date, note.reviewed) = (None, None, None);
        }
        note
    }

    /// The contributions, each with the headings before it, and the headings after the last.
    fn record(
        &self,
        debate: Whole<'_>,
        terms: &Terms,
        on_whole: usize,
        once: &SaidOnceView,
        linker: &Linker,
    ) -> (Vec<ContributionView>, Vec<HeadingView>) {
        let record = &debate.record;
        let marks = fragments::marks(&debate);
        // Notes stand in the record's order, so one cursor walks along with the paragraphs.
        let mut next_note = on_whole;
        let mut headings = Headings { record, next: 0, level: RECORD_LEVEL };
        let mut section_level = RECORD_LEVEL;
        let mut columns = HashSet::new();
        let mut views = Vec::with_capacity(record.contributions.len());
        let again = again(record);
        let mut first = terms.first_in(record).into_iter().peekable();
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
                let number = number(&id);
                let mut notes = Vec::new();
                let mut marked = false;
                while let Some(note) = debate.annotations.get(next_note) {
                    let Some(first) = note.passages.first().filter(|passage| passage.paragraph == index)
                    else {
                        break;
                    };
                    marked |= first.whole == WholeParagraph::Yes;
                    notes.push(self.note_here(debate, next_note, once, linker));
                    next_note += 1;
                }
                paragraphs.push(ParagraphView {
                    label: linker.wording().paragraph(&number),
                    number,
                    short: is_short(record.words(paragraph)),
                    wide: matches!(paragraph.kind, ParagraphKind::Table(_)),
                    element_html: fragments::paragraph_element(&debate, paragraph, &marks[index]),
                    id,
                    notes,
                    terms: std::iter::from_fn(|| first.next_if(|(at, _)| *at == index))
                        .map(|(_, term)| terms.link(term, linker))
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
                    corrections: corrections(&debate, Corrected::Words(index)),
                });
            }
            let person = contribution.speaker.as_ref().and_then(|who| self.person(who.person.as_ref()?));
            let portrait = person.and_then(|person| person.portrait);
            views.push(ContributionView {
                id: contribution.id.to_string(),
                kind: contribution.kind.word(),
                headings: before,
                speaker: contribution
                    .speaker
                    .as_ref()
                    .map(|who| self.speaker(who, debate.particulars.date, linker)),
                portrait: portrait.map(|portrait| linker.href(&portrait.file)),
                speaker_level,
                time: contribution.time.map(clock),
                column: column.map(String::from),
                again: again[at].map(|next| format!("#{}", record.contributions[next].id)),
                corrections: corrections(&debate, Corrected::Speaker(at)),
                paragraphs,
            });
        }
        (views, headings.up_to(record.contributions.len()))
    }

    fn speakers(&self, debate: &Model, linker: &Linker) -> Vec<SpeakerEntry> {
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
fn corrections(debate: &Model, of: Corrected) -> Vec<CorrectionView> {
    let here = debate.corrections.iter().filter(|correction| correction.of == of);
    here.map(|correction| correction_view(correction, format!("x-{}", correction.id))).collect()
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
fn contents(debate: &Model, language: &str) -> Vec<LinkView> {
    let record = &debate.record;
    let titles = || record.sections.iter().map(|section| section.title.of(&record.source));
    let texts = record.paragraphs.iter().map(|paragraph| record.words(paragraph));
    let capitals = Capitals::of(titles(), texts, Some(language));
    let shown = |title: &str| {
        capitals.as_ref().and_then(|known| known.shown(title)).unwrap_or_else(|| title.to_owned())
    };
    let link = |(at, title)| LinkView { label: shown(title), href: Some(format!("#h-{}", at + 1)) };
    titles().enumerate().map(link).collect()
}

fn kinds(debate: &Model, linker: &Linker) -> Vec<CountView> {
    let count = |word: &str| debate.annotations.iter().filter(|note| note.kind.word() == word).count();
    NoteKind::WORDS
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

/// The page of a debate: an article, which is the record of an event with notes beside it.
fn article(debate: &Model, author: &Author<'_>) -> Work {
    let particulars = &debate.particulars;
    let plain = author.plain();
    let obtained = particulars.obtained.as_ref();
    let source_licence = obtained.and_then(|from| from.licence.as_ref());
    let mut licences: Vec<&String> = source_licence.into_iter().collect();
    licences.extend(
        author
            .frame
            .config()
            .licence
            .iter()
            .filter(|licence| !debate.annotations.is_empty() && Some(*licence) != source_licence),
    );
    let whole = particulars.part_of.as_ref().and_then(|part| part.title.clone());
    let whole = whole.filter(|title| *title != particulars.title).map(|title| Work {
        kind: WorkType::CreativeWork,
        name: Some(title),
        ..Work::default()
    });
    Work {
        kind: WorkType::Article,
        headline: plain.name.clone(),
        in_language: particulars.language.clone().or(plain.in_language),
        date_published: Some(particulars.date.to_string()),
        date_modified: latest(debate.annotations.iter())
            .filter(|day| *day > particulars.date)
            .map(|day| day.to_string()),
        contributor: speakers(debate, author),
        license: licences.into_iter().map(|licence| license(licence)).collect(),
        about: topics(debate, author),
        is_based_on: obtained
            .map(|from| Work {
                kind: WorkType::CreativeWork,
                name: Some(from.name.clone()),
                url: from.url.clone(),
                license: from.licence.iter().map(|licence| license(licence)).collect(),
                ..Work::default()
            })
            .into_iter()
            .collect(),
        is_part_of: plain.is_part_of.into_iter().chain(whole).collect(),
        recorded_at: Some(Event {
            kind: EventType::Event,
            name: particulars.title.clone(),
            start_date: match particulars.time {
                // An extract begins later than the debate it is of.
                Some(time) if !is_extract(particulars) => {
                    format!("{}T{}", particulars.date, time.strftime("%H:%M"))
                }
                _ => particulars.date.to_string(),
            },
            organizer: particulars.house.as_ref().map(|house| Agent::named(AgentType::Organization, house)),
        }),
        word_count: Some(debate.record.words),
        ..plain
    }
}

/// Who speaks, in the order of first speaking: those of whom it is known who they are. A name as
/// printed may be no person ("Hon. Members").
fn speakers(debate: &Model, author: &Author<'_>) -> Vec<Agent> {
    let mut known: Vec<&Attribution> = Vec::new();
    for who in debate.record.contributions.iter().filter_map(|contribution| contribution.speaker.as_ref()) {
        if who.person.is_some() && !known.iter().any(|one| one.person == who.person) {
            known.push(who);
            if known.len() == NAMED {
                break;
            }
        }
    }
    known.into_iter().map(|who| author.speaker(who, debate.particulars.date)).collect()
}

/// The topics of its notes, each once.
fn topics(debate: &Model, author: &Author<'_>) -> Vec<Thing> {
    let mut slugs: Vec<&TopicSlug> = debate.annotations.iter().flat_map(|note| &note.topics).collect();
    slugs.sort_unstable();
    slugs.dedup();
    author.subjects(slugs)
}
