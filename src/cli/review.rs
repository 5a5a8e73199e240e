//! `rapporteur review`: which notes wait for somebody to look at them, and which approvals lapsed and why,
//! with the words then and now.

use super::arguments::{Format, Review as Options, Site};
use super::{Ending, Outcome, build as build_command, lock, print};
use crate::anchor::word_diff;
use crate::annotation::{Entry, Status};
use crate::import::then_and_now;
use crate::layout::layout;
use crate::load::Disk;
use crate::pipeline::parse_debate;
use crate::resolve::{self, Claim, HeldEntry, Stand, WrittenDebate};
use crate::revise::{Approval, Approved};
use serde::Serialize;
use std::collections::BTreeMap;

/// A note that waits for somebody.
#[derive(Serialize)]
struct Waiting {
    debate: String,
    id: String,
    path: String,
    line: usize,
    /// `in-review`, or `lapsed` for one that says it is approved and is not.
    state: &'static str,
    /// Why it waits.
    reason: String,
    kind: &'static str,
    /// The words of the record that it is on.
    words: Vec<String>,
    /// The words as a revision left them, in lines.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    revised: Vec<String>,
    /// Who approved it and when.
    #[serde(skip_serializing_if = "Option::is_none")]
    approved: Option<(String, String)>,
    /// The fields that changed since they were approved.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fields: BTreeMap<String, Field>,
}

/// A field then and now.
#[derive(Serialize)]
struct Field {
    then: Option<String>,
    now: Option<String>,
}

/// Lists what waits for review.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build_command::open(site)?;
    let layout = layout(&disk)?.value;
    let mut slugs = Vec::new();
    for name in &options.debates {
        slugs.push(lock::find(&layout, name)?);
    }
    let mut waiting = Vec::new();
    for (slug, files) in &layout.debates {
        if slugs.is_empty() || slugs.contains(slug) {
            let Some(written) = parse_debate(&disk, slug, files)?.value else { continue };
            notices(&written, &disk, site);
            waiting.extend(of(&written));
        }
    }
    match site.format {
        Format::Json => {
            for note in &waiting {
                print::line(&serde_json::to_string(note).expect("nothing but text"));
            }
        }
        _ => {
            waiting.iter().for_each(show);
            let lapsed = waiting.iter().filter(|note| note.state == "lapsed").count();
            print::line(&format!(
                "{} in review, {} lapsed",
                print::count(waiting.len() - lapsed, "note", "notes"),
                print::count(lapsed, "approval", "approvals")
            ));
        }
    }
    Ok(Ending::Fine)
}

fn notices(written: &WrittenDebate, _: &Disk, site: &Site) {
    let found = crate::text::Fingerprint::of_text(&written.transcript.source.text).to_string();
    if let Some((lock, _)) = &written.lock
        && lock.transcript.hash != found
        && !site.format.is_data()
    {
        print::notice(&format!(
            "{}: the transcript is not the one that debate.lock records: nothing can be approved until that is settled",
            written.slug
        ));
    }
}

/// What waits in one debate.
fn of(written: &WrittenDebate) -> Vec<Waiting> {
    let held = resolve::held(written);
    let mut waiting = Vec::new();
    for entry in &written.entries {
        let Some(stands) = held.entries.get(&entry.id) else { continue };
        let lock = written.lock.as_ref().map(|(lock, _)| lock);
        let locked = lock.and_then(|lock| lock.annotations.get(&entry.id));
        let revised = locked
            .and_then(|locked| locked.revised.as_ref())
            .filter(|revised| revised.selector == resolve::selector(entry));
        let approval = locked.and_then(|locked| locked.approved.as_ref()).and_then(Approved::recorded);
        let (state, reason) = match entry.raw.status.unwrap_or_default() {
            Status::InReview => (
                "in-review",
                revised.map_or_else(|| "in review".to_owned(), |revised| revised.status.word().to_owned()),
            ),
            Status::Approved => {
                let claim = stands.facts.as_ref().map(|facts| Claim::of(entry, locked, facts));
                let reason = match (revised, claim) {
                    (Some(revised), _) => Some(revised.status.word().to_owned()),
                    (None, Some(claim)) => claim.reason(),
                    (None, None) => Some("it has an error: see `rapporteur check`".to_owned()),
                };
                let Some(reason) = reason else { continue };
                ("lapsed", reason)
            }
            Status::Draft | Status::Retracted => continue,
        };
        waiting.push(Waiting {
            debate: written.slug.to_string(),
            id: entry.id.clone(),
            path: entry.source.path.to_string(),
            line: entry.source.line_column(entry.id_span.start as usize).line,
            state,
            reason,
            kind: entry.raw.kind.unwrap_or_default().as_str(),
            words: words(entry, stands, &held.record),
            revised: revised.map(then_and_now).unwrap_or_default(),
            approved: approval.filter(|_| state == "lapsed").map(|one| (one.by.clone(), one.on.clone())),
            fields: approval.map(|approval| fields(approval, stands)).unwrap_or_default(),
        });
    }
    waiting
}

fn words(entry: &Entry, stands: &HeldEntry, record: &crate::model::Record) -> Vec<String> {
    let placed: Vec<String> = stands
        .targets
        .iter()
        .filter_map(|(_, stand)| match stand {
            Stand::At(passages) => Some(passages),
            _ => None,
        })
        .flatten()
        .map(|passage| record.words(&record.paragraphs[passage.paragraph])[passage.range.range()].to_owned())
        .collect();
    match placed.is_empty() {
        true => entry.targets.iter().filter_map(|target| target.quote.clone()).collect(),
        false => placed,
    }
}

fn fields(approval: &Approval, stands: &HeldEntry) -> BTreeMap<String, Field> {
    let Some(facts) = &stands.facts else { return BTreeMap::new() };
    let each = approval.of.differences(facts).into_iter().map(|(name, then, now)| {
        (name.to_owned(), Field { then: then.map(str::to_owned), now: now.map(str::to_owned) })
    });
    each.collect()
}

fn show(note: &Waiting) {
    let lapsed = if note.state == "lapsed" { "approval lapsed: " } else { "" };
    print::line(&format!("{}/{}  {}:{}", note.debate, note.id, note.path, note.line));
    print::line(&format!("  {}, {lapsed}{}", note.kind, note.reason));
    if let Some((by, on)) = &note.approved {
        print::line(&format!("  approved by {by} on {on}"));
    }
    if note.revised.is_empty() {
        note.words.iter().for_each(|words| print::line(&format!("  words: {words}")));
    }
    note.revised.iter().for_each(|line| print::line(&format!("  {line}")));
    for (name, Field { then, now }) in &note.fields {
        let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "(nothing)".to_owned());
        print::line(&format!("  {name} then: {}", shown(then)));
        print::line(&format!("  {name} now: {}", shown(now)));
        if let (Some(then), Some(now)) = (then, now) {
            print::line(&format!("  {name} difference: {}", word_diff(then, now)));
        }
    }
}
