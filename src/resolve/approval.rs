//! What an approval of an entry binds to, and whether the approval in the lock is one of what the entry
//! says now.

use super::values::{outcome_state, verdict};
use crate::annotation::{Elision, Entry, Kind, RawSource, Status};
use crate::model::{Passage, Record};
use crate::revise::{Approved, Facts, LockedAnnotation};
use crate::text::fold;

/// What is approved when an entry is: the fields of its sheet, and of the record the words and who spoke
/// them. `file` is its body where that stands in a file of its own.
///
/// Words are folded, so that a revision that only sets them otherwise ends no approval. A speaker is the
/// one that the record prints: a correction is a decision of its own and is listed.
pub fn facts(entry: &Entry, file: Option<&str>, record: &Record, passages: &[Passage]) -> Facts {
    let facts = as_written(entry, file);
    if passages.is_empty() {
        return facts;
    }
    // One line for each passage: folded words have no line ends of their own.
    let words = passages.iter().map(|passage| {
        let words = &record.words(&record.paragraphs[passage.paragraph])[passage.range.range()];
        fold(words).text().to_owned()
    });
    let speakers =
        passages.iter().map(|passage| record.printed_speaker(passage.paragraph).unwrap_or_default());
    let speakers = speakers.collect::<Vec<_>>().join("\n");
    facts
        .with("words", Some(&words.collect::<Vec<_>>().join("\n")))
        .with("speaker", Some(&speakers).filter(|names| !names.trim().is_empty()).map(String::as_str))
}

/// The fields of an entry's sheet alone. Its topics, its date and who wrote it are no part of what is
/// approved.
pub fn as_written(entry: &Entry, file: Option<&str>) -> Facts {
    let raw = &entry.raw;
    let mut facts = Facts::default();
    for (number, target) in entry.targets.iter().enumerate() {
        let name = |name: &str| match raw.targets {
            Some(_) => format!("targets.{number}.{name}"),
            None => name.to_owned(),
        };
        let at = target.at.map(|at| at.to_string());
        facts = facts
            .with(name("at"), at.as_deref())
            .with(name("quote"), target.quote.as_deref())
            .with(name("before"), target.before.as_deref())
            .with(name("after"), target.after.as_deref());
    }
    // A note is what an entry is that says nothing of its kind.
    let kind = raw.kind.filter(|kind| *kind != Kind::Note).map(Kind::as_str);
    facts = facts
        .with("kind", kind)
        .with("title", raw.title.as_deref())
        .with("body", file.or_else(|| entry.body_text()))
        .with("term", raw.term.as_deref())
        .with("owed_by", raw.owed_by.as_deref())
        .with("verdict", raw.verdict.map(|raw| verdict(raw).word()))
        .with("elision", raw.elision.map(|Elision::Reviewed| "reviewed"))
        .with("sic.read", raw.sic.as_ref().map(|sic| &*sic.read));
    if let Some(due) = &raw.due {
        facts = facts.with("due.said", Some(&due.said)).with("due.by", day(due.by).as_deref());
    }
    if let Some(identifies) = &raw.identifies {
        facts = facts
            .with("identifies.person", Some(&identifies.person))
            .with("identifies.basis", identifies.basis.as_deref());
    }
    if let Some(outcome) = &raw.outcome {
        facts = facts
            .with("outcome.state", Some(outcome_state(outcome.state).word()))
            .with("outcome.as_of", day(outcome.as_of).as_deref())
            .with("outcome.note", outcome.note.as_deref());
        facts = sources(facts, "outcome.sources", &outcome.sources);
    }
    for (number, see) in raw.see.iter().enumerate() {
        facts = facts.with(format!("see.{number}"), Some(see));
    }
    sources(facts, "sources", &raw.sources)
}

fn sources(mut facts: Facts, name: &str, sources: &[RawSource]) -> Facts {
    for (number, source) in sources.iter().enumerate() {
        let name = format!("{name}.{number}");
        facts = match source {
            RawSource::Key(key) => facts.with(name, Some(key)),
            RawSource::Inline(source) => facts
                .with(format!("{name}.title"), Some(&source.title))
                .with(format!("{name}.publisher"), source.publisher.as_deref())
                .with(format!("{name}.url"), source.url.as_deref())
                .with(format!("{name}.locator"), source.locator.as_deref())
                .with(format!("{name}.read"), day(source.read).as_deref()),
        };
    }
    facts
}

fn day(day: Option<jiff::civil::Date>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// How an entry that says it is approved stands with the lock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Claim {
    /// The lock has an approval of what it says, by the reviewer that it names.
    Holds,
    /// It has none.
    Unknown,
    /// It has one of version 1, which can't be compared.
    Earlier,
    /// What was approved was something else: the names of the fields that differ.
    Edited(Vec<String>),
    /// It was approved by somebody else, or on another day: who, and when.
    Reviewer(String, String),
}

impl Claim {
    /// How `facts` of an entry stand with what is recorded of it.
    pub fn of(entry: &Entry, locked: Option<&LockedAnnotation>, facts: &Facts) -> Claim {
        let approval = match locked.and_then(|locked| locked.approved.as_ref()) {
            None => return Claim::Unknown,
            Some(Approved::Earlier(_)) => return Claim::Earlier,
            Some(Approved::Recorded(approval)) => approval,
        };
        let reviewed = entry.raw.reviewed.as_ref();
        let on = reviewed.and_then(|reviewed| day(reviewed.on)).unwrap_or_default();
        let reviewed = reviewed.map(|reviewed| (&*reviewed.by, &*on));
        if approval.holds(facts, reviewed) {
            return Claim::Holds;
        }
        let edited = approval.of.differences(facts).into_iter().map(|(name, ..)| name.to_owned());
        let edited: Vec<String> = edited.collect();
        match edited.is_empty() && approval.fingerprint == facts.fingerprint() {
            true => Claim::Reviewer(approval.by.clone(), approval.on.clone()),
            false => Claim::Edited(edited),
        }
    }

    /// Why the approval does not count, in words; `None` where it does.
    pub fn reason(&self) -> Option<String> {
        Some(match self {
            Claim::Holds => return None,
            Claim::Unknown => "nobody's approval is recorded".to_owned(),
            Claim::Earlier => {
                "the lock is of an earlier version, whose approvals can't be compared: approve it again"
                    .to_owned()
            }
            Claim::Edited(fields) if fields.is_empty() => "the lock has been edited".to_owned(),
            Claim::Edited(fields) => format!("changed since it was approved: {}", fields.join(", ")),
            Claim::Reviewer(by, on) => format!("what it says was approved by {by} on {on}"),
        })
    }
}

/// Whether an entry was approved as it is written, whatever became of the record.
pub fn was_approved(entry: &Entry, file: Option<&str>, locked: &LockedAnnotation) -> bool {
    let approval = locked.approved.as_ref().and_then(Approved::recorded);
    entry.raw.status == Some(Status::Approved)
        && approval.is_some_and(|approval| approval.of.as_written() == as_written(entry, file))
}
