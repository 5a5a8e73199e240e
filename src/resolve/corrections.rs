//! Corrections to a record: what was printed is held against the record, to the character as folded, and
//! only then is a speaker another or a remark shown beside the words.

use super::library::paragraphs;
use super::names::Names;
use super::values::date;
use crate::content::{DAY, RawCorrection, RawCorrections, Written};
use crate::diagnostics::{self, Diagnostic, web_address};
use crate::model::{Attribution, Citation, Corrected, Correction, Hidden, Naming, Record};
use crate::text::{fold, is_slug};
use jiff::civil::Date;
use std::sync::Arc;

/// Applies corrections: speakers are set right in the record, its words never. Those that don't fit are
/// reported and left out.
pub fn apply(
    written: &Written<RawCorrections>,
    record: &mut Record,
    day: Option<Date>,
    hidden: Option<Hidden>,
    names: &Names,
    remarks: &mut Vec<Diagnostic>,
) -> Vec<Correction> {
    let mut corrections = Vec::new();
    for (id, raw) in &written.raw {
        let place = |key: &str| written.place(&[id, key]);
        // It becomes part of an address, as the id of a note does.
        if !is_slug(id) {
            remarks.push(diagnostics::invalid_id(written.place(&[id]), id));
            continue;
        }
        let RawCorrection { at, was, speaker, reads, reason, source, by, on } = raw;
        let Some((of, stands)) = spot(record, day, at) else {
            remarks.push(diagnostics::unknown_paragraph(
                place("at"),
                at,
                "this debate",
                &super::library::last_id(record),
            ));
            continue;
        };
        let (of, reads) = match (of, speaker, reads) {
            (Corrected::Speaker(at), Some(speaker), None) => {
                let before = record.contributions[at].speaker.as_ref();
                // Where no name is printed, the one that is shown may be meant as well as what stands there.
                let shown = before.filter(|who| who.unprinted.is_some()).map(|who| who.name.as_str());
                if ![Some(stands.as_str()), shown]
                    .into_iter()
                    .flatten()
                    .any(|it| fold(it).text() == fold(was).text())
                {
                    remarks.push(diagnostics::wrong_correction(place("was"), was, &stands));
                    continue;
                }
                let (name, person) = match names.people.get_key_value(speaker.as_str()) {
                    Some((slug, name)) => {
                        let shown = names.shown_person(slug.clone(), hidden, || place("speaker"), remarks);
                        (name.clone(), shown)
                    }
                    None => {
                        let named = names.person_named(speaker);
                        (speaker.clone(), named.and_then(|person| names.if_shown(person)).cloned())
                    }
                };
                let role = before.map(|who| who.role).unwrap_or_default();
                let naming = before.map(|who| who.naming).unwrap_or_default();
                let (printed, unprinted) = match naming {
                    Naming::Printed => (Some(stands), None),
                    Naming::Listed | Naming::Id => (None, Some(stands)),
                };
                record.contributions[at].speaker = Some(Attribution {
                    name: name.clone(),
                    detail: None,
                    person,
                    role,
                    printed,
                    naming,
                    by_editors: unprinted.is_some(),
                    unprinted,
                });
                (of, name)
            }
            (Corrected::Words(_), None, Some(reads)) => {
                if was.trim().is_empty() || !fold(&stands).text().contains(fold(was).text()) {
                    remarks.push(diagnostics::wrong_correction(place("was"), was, &stands));
                    continue;
                }
                (of, reads.clone())
            }
            // Whether it is the day of the debate is held against `debate.yaml`.
            (Corrected::Day, None, Some(reads)) => {
                if stands != was.trim() {
                    remarks.push(diagnostics::wrong_correction(place("was"), was, &stands));
                    continue;
                }
                (of, reads.clone())
            }
            (Corrected::Day, ..) => {
                remarks.push(diagnostics::missing_key(
                    written.place(&[id]),
                    "reads",
                    "a correction of the day",
                ));
                continue;
            }
            (Corrected::Speaker(_), ..) => {
                remarks.push(diagnostics::missing_key(
                    written.place(&[id]),
                    "speaker",
                    "a correction of a contribution",
                ));
                continue;
            }
            (Corrected::Words(_), ..) => {
                remarks.push(diagnostics::missing_key(
                    written.place(&[id]),
                    "reads",
                    "a correction of a paragraph",
                ));
                continue;
            }
        };
        let source = source.as_ref().map(|source| Citation {
            title: source.title.clone(),
            publisher: source.publisher.clone(),
            url: source
                .url
                .clone()
                .filter(|url| web_address(url, || written.place(&[id, "source", "url"]), remarks)),
            locator: source.locator.clone(),
            read: source
                .read
                .as_ref()
                .and_then(|day| date(day, || written.place(&[id, "source", "read"]), remarks)),
        });
        let on = on.as_ref().and_then(|day| date(day, || place("on"), remarks));
        corrections.push(Correction {
            id: Arc::from(id.as_str()),
            of,
            was: was.clone(),
            reads,
            reason: reason.clone(),
            source,
            by: by.clone(),
            on,
        });
    }
    let order = |correction: &Correction| match correction.of {
        Corrected::Speaker(at) => record.contributions[at].paragraphs.start,
        Corrected::Words(at) => at,
        Corrected::Day => 0,
    };
    corrections.sort_by_key(|correction| (order(correction), correction.id.clone()));
    corrections
}

/// Whether a correction overrules the day that a record states with this one.
pub fn overrules_day(written: &Written<RawCorrections>, stated: Date, day: Date) -> bool {
    let is = |text: &str, day: Date| text.trim().parse().ok() == Some(day);
    written.raw.values().any(|raw| {
        raw.at == DAY && is(&raw.was, stated) && raw.reads.as_deref().is_some_and(|reads| is(reads, day))
    })
}

/// What `c3`, `p7` or `day` names, and what stands there.
fn spot(record: &Record, day: Option<Date>, at: &str) -> Option<(Corrected, String)> {
    if at == DAY {
        return Some((Corrected::Day, day?.to_string()));
    }
    if let Ok(id) = at.parse() {
        let index = record.contribution(id)?;
        let speaker = record.contributions.get(index)?.speaker.as_ref();
        return Some((
            Corrected::Speaker(index),
            speaker.map(|who| who.in_record().to_owned()).unwrap_or_default(),
        ));
    }
    let range = paragraphs(record, at)?;
    let paragraph = &record.paragraphs[range.start];
    Some((Corrected::Words(range.start), record.words(paragraph).to_owned()))
}
