//! From a transcript as written and its `debate.yaml` to the debate's particulars and record.

use super::names::Names;
use super::published;
use super::values::{date, standing, time_of};
use crate::config::Config;
use crate::content::{RawBegins, RawDebate, Written};
use crate::diagnostics::{self, Diagnostic, web_address};
use crate::model::{
    Attribution, Contribution, ContributionId, Naming, Obtained, Paragraph, ParagraphId, PartId, PartOf,
    Particulars, PersonSlug, Prose, Record, Role, Section,
};
use crate::revise::{Lock, LockedPart};
use crate::text::{Fingerprint, Source, word_count};
use crate::transcript::{self, Label, Transcript};
use std::collections::BTreeMap;

/// The record of a transcript. The ids of paragraphs and contributions are those of the lock where there
/// is one for this very revision, else `p1`, `p2` … and `c1`, `c2` … in order.
pub fn record(
    transcript: Transcript,
    lock: Option<&(Lock, Source)>,
    speakers: &BTreeMap<String, PersonSlug>,
    names: &Names,
    remarks: &mut Vec<Diagnostic>,
) -> Record {
    let (locked, locked_contributions) = locked_ids(&transcript, lock, remarks);
    let Transcript { source, format: _, title: _, details, entries, furniture: _ } = transcript;
    let listed: BTreeMap<&str, &str> = details.people.iter().map(|one| (&*one.id, &*one.name)).collect();
    // A record is kept as long as the site is: it takes the room that it needs, and no more.
    let lengths = entries.iter().filter_map(|entry| match entry {
        transcript::Entry::Contribution(contribution) => Some(contribution.paragraphs.len()),
        transcript::Entry::Heading { .. } => None,
    });
    let mut record = Record {
        source,
        sections: Vec::new(),
        contributions: Vec::with_capacity(lengths.clone().count()),
        paragraphs: Vec::with_capacity(lengths.sum()),
        words: 0,
    };
    for entry in entries {
        match entry {
            transcript::Entry::Heading { level, text, span: _ } => {
                record.sections.push(Section { level, title: text, before: record.contributions.len() });
            }
            transcript::Entry::Contribution(contribution) => {
                let transcript::Contribution {
                    speaker,
                    kind,
                    time,
                    reference: _,
                    column,
                    span: _,
                    paragraphs,
                } = contribution;
                let first = record.paragraphs.len();
                let index = record.contributions.len();
                for paragraph in paragraphs {
                    let transcript::Paragraph { kind, nesting, text, inlines, language, span } = paragraph;
                    let id = id_of(record.paragraphs.len(), &locked);
                    record.paragraphs.push(Paragraph {
                        id,
                        contribution: index,
                        kind,
                        nesting,
                        text,
                        inlines,
                        language,
                        span,
                    });
                }
                record.contributions.push(Contribution {
                    id: id_of(index, &locked_contributions),
                    speaker: speaker
                        .map(|label| attribution(&label, &record.source, &listed, speakers, names)),
                    kind,
                    time: time.and_then(|stated| stated.value),
                    column,
                    paragraphs: first..record.paragraphs.len(),
                });
            }
        }
    }
    record.words = record.paragraphs.iter().map(|paragraph| word_count(record.words(paragraph))).sum();
    record
}

fn id_of<I: PartId>(index: usize, locked: &[I]) -> I {
    let number = u32::try_from(index + 1).expect("a transcript's size is bounded");
    locked.get(index).copied().or_else(|| I::new(number)).expect("numbers begin at 1")
}

fn locked_ids(
    transcript: &Transcript,
    lock: Option<&(Lock, Source)>,
    remarks: &mut Vec<Diagnostic>,
) -> (Vec<ParagraphId>, Vec<ContributionId>) {
    let Some((lock, source)) = lock else { return Default::default() };
    let found = Fingerprint::of_text(&transcript.source.text).to_string();
    if found != lock.transcript.hash {
        remarks.push(diagnostics::changed_record(&transcript.source, &found, &lock.transcript.hash));
        return Default::default();
    }
    // Read as another format, the same text falls into other paragraphs: no id may land on other words.
    let (words, contributions) = super::lock::parts(transcript);
    let same = |locked: &[LockedPart], read: &[String]| {
        locked.len() == read.len() && locked.iter().zip(read).all(|(locked, read)| locked.words == *read)
    };
    let is_same = same(&lock.paragraphs, &words)
        && (lock.contributions.is_empty() || same(&lock.contributions, &contributions));
    if !is_same {
        let reason =
            "the same transcript is read otherwise now: its paragraphs are not those that were locked";
        let help = "put `format` in debate.yaml back; or remove debate.lock, with its ids and approvals, and run \
                    `rapporteur lock`";
        remarks.push(diagnostics::bad_lock(source, reason, Some(help)));
        return Default::default();
    }
    match (lock.paragraph_ids(), lock.contribution_ids()) {
        (Some(paragraphs), Some(contributions)) => (paragraphs, contributions),
        _ => {
            remarks.push(diagnostics::bad_lock(source, "an id in it is not one", None));
            Default::default()
        }
    }
}

/// Who spoke: as printed, and who that is by the debate's own table, by the source's id, or by the
/// exact name.
fn attribution(
    label: &Label,
    source: &Source,
    listed: &BTreeMap<&str, &str>,
    speakers: &BTreeMap<String, PersonSlug>,
    names: &Names,
) -> Attribution {
    let name = label.name.of(source);
    let detail = label.detail.as_ref().map(|detail| detail.of(source));
    let whole = detail.map(|detail| format!("{name} ({detail})"));
    // What is printed beside a name tells two of one name apart.
    let person = (whole.as_deref().and_then(|whole| speakers.get(whole)))
        .or_else(|| speakers.get(name))
        .or_else(|| names.person_with_id(label.id.as_deref()?))
        .or_else(|| names.person_named(name))
        .or_else(|| names.person_named(whole.as_deref()?))
        .and_then(|person| names.if_shown(person));
    // What is printed stays as printed. Where nothing is, whoever it is has the name of their file, or the one
    // that the record's own list gives.
    let own = match label.naming {
        Naming::Listed => label.id.as_deref().and_then(|id| listed.get(id).copied()).unwrap_or(name),
        Naming::Printed | Naming::Id => name,
    };
    let shown = match label.naming {
        Naming::Printed => name,
        Naming::Listed | Naming::Id => {
            person.and_then(|person| names.people.get(person)).map_or(own, String::as_str)
        }
    };
    Attribution {
        name: shown.to_owned(),
        detail: detail.map(str::to_owned),
        person: person.cloned(),
        role: label.role,
        printed: None,
        naming: label.naming,
        unprinted: (shown != name).then(|| name.to_owned()),
        by_editors: shown != own,
    }
}

/// The debate's table of speakers: labels in the record to people.
pub fn speakers(
    written: &Written<RawDebate>,
    names: &Names,
    remarks: &mut Vec<Diagnostic>,
) -> BTreeMap<String, PersonSlug> {
    let mut speakers = BTreeMap::new();
    for (label, slug) in &written.raw.speakers {
        match names.person(slug, || written.place(&["speakers", label])) {
            Ok(person) => {
                speakers.insert(label.clone(), person);
            }
            Err(diagnostic) => remarks.push(*diagnostic),
        }
    }
    speakers
}

/// What is known about a debate: the editor's words first, then what the source states.
pub fn particulars(
    written: &Written<RawDebate>,
    transcript: &Transcript,
    names: &Names,
    config: &Config,
    overruled: &dyn Fn(jiff::civil::Date, jiff::civil::Date) -> bool,
    remarks: &mut Vec<Diagnostic>,
) -> Particulars {
    let RawDebate {
        title,
        date: day,
        house,
        chamber,
        sitting: _,
        time,
        chair,
        volume,
        columns,
        reference,
        part_of,
        summary: _,
        source,
        licence,
        language,
        format: _,
        speakers: _,
        status,
        embargo,
        aliases,
    } = &written.raw;
    let text = |text: &transcript::Text| text.of(&transcript.source).to_owned();
    let details = &transcript.details;
    let place = |path: &[&str]| written.place(path);
    // Without a date there was a mistake in the file, which was reported.
    let date = match day.as_str() {
        "" => jiff::civil::Date::default(),
        day => date(day, || place(&["date"]), remarks).unwrap_or_default(),
    };
    if let Some(stated) = details.date.as_ref().and_then(|stated| stated.value)
        && stated != date
        && !overruled(stated, date)
        && date != jiff::civil::Date::default()
    {
        remarks.push(diagnostics::mismatched_record(place(&["date"]), "date", day, &stated.to_string()));
    }
    let time = match time {
        Some(written) => time_of(written, || place(&["time"]), remarks),
        None => details.time.as_ref().and_then(|stated| stated.value),
    };
    let standing = status.map_or(crate::model::Standing::InReview, standing);
    let embargoed = published::by_embargo(embargo.as_deref(), config, || place(&["embargo"]), remarks);
    let hidden = published::by_standing(standing, config).or(embargoed);
    let chaired = |name: String, person: Option<PersonSlug>| Attribution {
        person: person
            .or_else(|| names.person_named(&name).cloned())
            .filter(|person| names.if_shown(person).is_some()),
        name,
        detail: None,
        // The field itself says that they preside.
        role: Role::Speaker,
        printed: None,
        naming: Naming::Printed,
        unprinted: None,
        by_editors: false,
    };
    let chair = chair.clone().map(|chair| match names.people.get_key_value(chair.as_str()) {
        Some((slug, name)) => {
            names.shown_person(slug.clone(), hidden, || place(&["chair"]), remarks);
            chaired(name.clone(), Some(slug.clone()))
        }
        None => {
            names.mistyped(&chair, || place(&["chair"]), remarks);
            chaired(chair, None)
        }
    });
    let stated_chair = details.chair.as_ref().map(text).map(|name| chaired(name, None));
    let obtained = source.as_ref().map(|source| Obtained {
        name: source.name.clone(),
        url: source.url.clone().filter(|url| web_address(url, || place(&["source", "url"]), remarks)),
        retrieved: source
            .retrieved
            .as_ref()
            .and_then(|day| super::values::date(day, || place(&["source", "retrieved"]), remarks)),
        licence: source.licence.clone().or_else(|| licence.clone()),
    });
    Particulars {
        former: super::former::addresses("debates/", "aliases", aliases, written, remarks),
        title: title.clone(),
        date,
        house: house.clone().or_else(|| chamber.clone()).or_else(|| details.house.as_ref().map(text)),
        time,
        chair: chair.or(stated_chair),
        volume: volume.clone().or_else(|| details.volume.as_ref().map(text)),
        columns: columns.clone().or_else(|| details.columns.as_ref().map(text)),
        reference: reference.clone(),
        part_of: match part_of {
            Some(part) => Some(PartOf {
                title: part.title.clone(),
                extract: part.extract,
                mid_exchange: part.begins == Some(RawBegins::MidExchange),
            }),
            None => details.extract.then(|| PartOf { extract: true, ..PartOf::default() }),
        },
        summary: Prose::default(),
        obtained,
        language: language.clone().or_else(|| details.language.as_deref().map(str::to_owned)),
        standing,
        hidden,
    }
}
