//! `debates/SLUG/debate.json`: a debate as data, the record verbatim and the notes as plain text. A long
//! one goes on in `debate-2.json` and so on, so that what shows an excerpt of it loads little.

use crate::model::{
    Annotation, Corrected, Debate, DebateSlug, Kind, Person, PersonSlug, Site, Standing, Term,
};
use crate::output::OutputFile;
use crate::pages::marker;
use crate::permalink::{Beside, is_extract, office_on};
use crate::text::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A part is closed once it has this many bytes. Compressed it is a few thousand.
const ENOUGH: usize = 16 << 10;

/// Where the words of a debate were put out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The first digits of the hash of all parts: each part begins with them, so that whoever has parts of
    /// two builds sees it.
    pub mark: String,
    /// The first contribution of each part. One may go on in the next part.
    pub starts: Vec<usize>,
    /// For each note of the debate, the part that it is in.
    pub notes: Vec<usize>,
}

#[derive(Serialize)]
struct Head<'d> {
    slug: &'d str,
    title: &'d str,
    date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    house: Option<&'d str>,
    language: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceOf<'d>>,
    extract: bool,
}

/// What only the first part has.
#[derive(Serialize)]
struct Opening<'d> {
    #[serde(skip_serializing_if = "str::is_empty")]
    summary: &'d str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    headings: Vec<&'d str>,
}

#[derive(Serialize)]
struct SourceOf<'d> {
    name: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<&'d str>,
}

#[derive(Serialize)]
struct Said<'d> {
    id: String,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
    paragraphs: &'d [Words<'d>],
}

#[derive(Serialize, Clone)]
struct Words<'d> {
    id: String,
    /// What stands before an item of a list, and is none of its words.
    #[serde(skip_serializing_if = "Option::is_none")]
    marker: Option<String>,
    text: &'d str,
    /// Where the record has a misprint, as notes and corrections say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    slips: Vec<Slip<'d>>,
}

/// A misprint of the record.
#[derive(Serialize, Clone, PartialEq)]
struct Slip<'d> {
    /// Where in the text it begins, in UTF-16 code units.
    at: usize,
    printed: &'d str,
    reads: &'d str,
}

#[derive(Serialize)]
struct Note<'d> {
    id: &'d str,
    unit: u32,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    topics: Vec<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    on: Vec<Words<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    speaker: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    office: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    term: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sic: Option<&'d str>,
    text: &'d str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    sources: Vec<&'d str>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<String>,
}

/// Puts debates out as data.
pub struct Data<'s> {
    people: HashMap<&'s PersonSlug, &'s Person>,
    language: &'s str,
}

impl<'s> Data<'s> {
    /// For the debates of a site in this language.
    pub fn new(site: &'s Site, language: &'s str) -> Self {
        let people = site.people.iter().map(|person| (&person.slug, &**person)).collect();
        Data { people, language }
    }

    /// The path of a part, which counts from 1.
    pub fn path(slug: &DebateSlug, number: usize) -> String {
        Beside::Data(slug.as_str(), number).path()
    }

    /// The debate that a path would be a part of, if there is one.
    pub fn slug_in(path: &str) -> Option<&str> {
        match Beside::parse(path)? {
            Beside::Data(slug, _) => Some(slug),
            _ => None,
        }
    }

    /// What the files of any debate may depend on besides the debate.
    pub fn people(&self) -> Fingerprint {
        let mut people: Vec<_> = self.people.values().map(|person| held_offices(person)).collect();
        people.sort_unstable_by_key(|(slug, ..)| *slug);
        Fingerprint::of_value(&(people, self.language))
    }

    /// What the files of a debate depend on besides the debate.
    pub fn context(&self, debate: &Debate) -> Fingerprint {
        let speakers = debate.record.contributions.iter().filter_map(|said| said.speaker.as_ref());
        let people: Vec<_> = speakers
            .filter_map(|who| self.people.get(who.person.as_ref()?))
            .map(|person| held_offices(person))
            .collect();
        Fingerprint::of_value(&(people, self.language))
    }

    /// The files of a debate, and where in them everything is. `units` are the notes' numbers in the index
    /// of words; one without a number was withdrawn, and no words of it are left.
    pub fn files(&self, debate: &Debate, units: &[Option<u32>]) -> (Vec<OutputFile>, Held) {
        let mut parts =
            Parts { parts: vec![Part::default()], contributions: debate.record.contributions.len() };
        self.contributions(debate, &mut parts);
        let mut notes = Vec::with_capacity(debate.annotations.len());
        for (note, unit) in debate.annotations.iter().zip(units) {
            let json =
                unit.map(|unit| serde_json::to_string(&self.note(debate, note, unit)).expect("plain values"));
            notes.push(json.map_or(0, |json| parts.add(Kept::Note, json, None)));
        }
        let (particulars, record) = (&debate.particulars, &debate.record);
        let head = serde_json::to_string(&Head {
            slug: debate.slug.as_str(),
            title: &particulars.title,
            date: particulars.date.to_string(),
            house: particulars.house.as_deref(),
            language: particulars.language.as_deref().unwrap_or(self.language),
            source: particulars.obtained.as_ref().map(|from| SourceOf {
                name: &from.name,
                url: from.url.as_deref(),
                licence: from.licence.as_deref(),
            }),
            extract: is_extract(particulars),
        })
        .expect("plain values");
        let opening = serde_json::to_string(&Opening {
            summary: &particulars.summary.plain,
            headings: record.sections.iter().map(|section| section.title.of(&record.source)).collect(),
        })
        .expect("plain values");
        let mut bodies: Vec<String> = parts.parts.iter().map(Part::body).collect();
        bodies[0] = format!("\"opening\":{opening},{}", bodies[0]);
        let all = std::iter::once(head.as_bytes()).chain(bodies.iter().map(String::as_bytes));
        let mark = Fingerprint::of_parts(all).short(8);
        let count = bodies.len();
        let files = (1..).zip(&bodies).map(|(number, body)| {
            let json = format!(
                "{{\"mark\":\"{mark}\",\"part\":{number},\"parts\":{count},\"debate\":{head},{body}}}\n"
            );
            OutputFile { path: Data::path(&debate.slug, number), bytes: json.into_bytes() }
        });
        let files = files.collect();
        let starts = parts.parts.iter().map(|part| part.first).collect();
        (files, Held { mark, starts, notes })
    }

    fn contributions(&self, debate: &Debate, parts: &mut Parts) {
        let record = &debate.record;
        let mut slips = slips(debate);
        for (at, said) in record.contributions.iter().enumerate() {
            let words: Vec<Words<'_>> = said
                .paragraphs
                .clone()
                .map(|at| (at, &record.paragraphs[at]))
                .map(|(at, paragraph)| Words {
                    id: paragraph.id.to_string(),
                    marker: Some(marker(&paragraph.kind)).filter(|marker| !marker.is_empty()),
                    text: record.words(paragraph),
                    slips: slips.remove(&at).unwrap_or_default(),
                })
                .collect();
            // A long contribution goes on in the next part.
            let mut held = 0;
            let runs = words.chunk_by(|a, _| {
                held += a.text.len();
                let goes_on = held < ENOUGH;
                held *= usize::from(goes_on);
                goes_on
            });
            let runs: Vec<&[Words<'_>]> = if words.is_empty() { vec![&[]] } else { runs.collect() };
            for paragraphs in runs {
                let who = said.speaker.as_ref();
                let json = serde_json::to_string(&Said {
                    id: said.id.to_string(),
                    kind: said.kind.word(),
                    speaker: who.map(|who| who.name.as_str()),
                    person: who.and_then(|who| who.person.as_ref()).map(PersonSlug::as_str),
                    office: who.and_then(|who| self.office(debate, who)),
                    time: said.time.map(|time| time.strftime("%H:%M").to_string()),
                    paragraphs,
                });
                parts.add(Kept::Said, json.expect("plain values"), Some(at));
            }
        }
    }

    fn office(&self, debate: &Debate, who: &crate::model::Attribution) -> Option<String> {
        let person = who.person.as_ref().and_then(|slug| self.people.get(slug).copied());
        office_on(who, person, debate.particulars.date)
    }

    fn note<'d>(&self, debate: &'d Debate, note: &'d Annotation, unit: u32) -> Note<'d> {
        let record = &debate.record;
        let speakers = debate.speakers_of(note);
        let on = note.passages.iter().map(|passage| {
            let paragraph = &record.paragraphs[passage.paragraph];
            Words {
                id: paragraph.id.to_string(),
                marker: None,
                text: &record.words(paragraph)[passage.range.range()],
                slips: Vec::new(),
            }
        });
        let term = match &note.kind {
            Kind::Definition(term) => term.as_deref(),
            _ => None,
        };
        Note {
            id: &note.id,
            unit,
            kind: note.kind.word(),
            title: note.title.as_deref(),
            topics: note.topics.iter().map(|topic| topic.as_str()).collect(),
            on: on.collect(),
            speaker: debate.names_of_speakers(note, ", "),
            // One office would be taken for all speakers'.
            office: if let [who] = speakers.as_slice() { self.office(debate, who) } else { None },
            term,
            sic: note.sic.as_deref(),
            text: &note.body.plain,
            sources: note.sources.iter().map(|source| source.title.as_str()).collect(),
            status: note.standing.word(),
            author: note.author.as_deref(),
            date: note.date.map(|date| date.to_string()),
        }
    }
}

/// The misprints of a record by the index of their paragraph, each once, in the order of the words.
fn slips(debate: &Debate) -> HashMap<usize, Vec<Slip<'_>>> {
    let record = &debate.record;
    let noted = debate.annotations.iter().filter(|note| note.standing != Standing::Retracted);
    let noted = noted.filter_map(|note| Some((note, note.sic.as_deref()?)));
    let noted = noted.flat_map(|(note, reads)| {
        note.passages.iter().map(move |passage| (passage.paragraph, passage.range.range(), reads))
    });
    let corrected = debate.corrections.iter().filter_map(|correction| {
        let Corrected::Words(paragraph) = correction.of else { return None };
        let start = record.words(&record.paragraphs[paragraph]).find(&correction.was)?;
        Some((paragraph, start..start + correction.was.len(), correction.reads.as_str()))
    });
    let mut slips: HashMap<usize, Vec<Slip<'_>>> = HashMap::new();
    for (paragraph, range, reads) in noted.chain(corrected) {
        let text = record.words(&record.paragraphs[paragraph]);
        let at = text[..range.start].encode_utf16().count();
        let slip = Slip { at, printed: &text[range], reads };
        let those = slips.entry(paragraph).or_default();
        if !those.contains(&slip) {
            those.push(slip);
        }
    }
    slips.values_mut().for_each(|those| those.sort_by_key(|slip| slip.at));
    slips
}

/// What offices are told from.
fn held_offices(person: &Person) -> (&PersonSlug, &[Term], &[Term]) {
    (&person.slug, &person.offices, &person.constituencies)
}

/// What is put into a part.
#[derive(Clone, Copy)]
enum Kept {
    Said,
    Note,
}

/// The parts of a debate while they are filled. There is always one.
struct Parts {
    parts: Vec<Part>,
    /// How many contributions the debate has.
    contributions: usize,
}

#[derive(Default)]
struct Part {
    first: usize,
    said: Vec<String>,
    notes: Vec<String>,
    size: usize,
}

impl Parts {
    /// Puts something in, and says in which part it is. `contribution` is the one that it belongs to.
    fn add(&mut self, what: Kept, json: String, contribution: Option<usize>) -> usize {
        let last = self.parts.last().expect("there is always one");
        if last.size > 0 && last.size + json.len() > ENOUGH {
            let first = contribution.unwrap_or(self.contributions);
            self.parts.push(Part { first, ..Part::default() });
        }
        let at = self.parts.len() - 1;
        let part = &mut self.parts[at];
        part.size += json.len();
        match what {
            Kept::Said => part.said.push(json),
            Kept::Note => part.notes.push(json),
        }
        at
    }
}

impl Part {
    fn body(&self) -> String {
        format!("\"contributions\":[{}],\"notes\":[{}]", self.said.join(","), self.notes.join(","))
    }
}
