//! What somebody should look at though nothing is wrong with it: names that nobody uses, what is overdue, what
//! is said twice, what has no source or licence. `check --thorough` says it.

use super::inventory::{Inventory, is_open};
use crate::annotation::{Entry, Kind, RawSource, Status};
use crate::diagnostics::{self, Diagnostic, Place};
use crate::load::{self, Sources};
use crate::model;
use crate::pipeline::Edition;
use crate::resolve::WrittenDebate;
use crate::text::{SitePath, Source, fold};
use crate::yaml::{self, Unit};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// What is told of a site as written; `edition` is the site with its drafts.
///
/// # Errors
/// The machine's.
pub fn thorough(
    sources: &dyn Sources,
    inventory: &Inventory,
    edition: &Edition,
) -> io::Result<Vec<Diagnostic>> {
    let mut remarks = Vec::new();
    let layout = edition.layout();
    let whole = |path: &SitePath| Place::file(&Source::new(path.clone(), ""));
    for (slug, path) in &layout.topics {
        if !inventory.is_used(slug.as_str()) {
            remarks.push(diagnostics::unused_topic(whole(path), slug.as_str()));
        }
    }
    let known = people_of(edition);
    for (slug, path) in &layout.people {
        if !known.contains(slug.as_str()) {
            remarks.push(diagnostics::unused_person(whole(path), slug.as_str()));
        }
    }
    if let Some(path) = &layout.sources
        && let Some(source) = load::read_text(sources, path)?.value
    {
        let used: BTreeSet<&str> = inventory.debates_written().flat_map(keys_of).collect();
        let node = yaml::parse(&source, Unit::TopKey).value;
        for (key, _) in
            node.iter().flat_map(|node| node.pairs()).filter(|(key, _)| !used.contains(&*key.text))
        {
            remarks.push(diagnostics::unused_source(Place::new(&source, key.span), &key.text));
        }
    }
    for debate in inventory.debates_written() {
        let raw = &debate.particulars.raw;
        let has_licence =
            raw.licence.is_some() || raw.source.as_ref().is_some_and(|obtained| obtained.licence.is_some());
        if !has_licence {
            remarks.push(diagnostics::missing_licence(debate.particulars.place(&[])));
        }
        let mut said: BTreeMap<String, &Entry> = BTreeMap::new();
        for entry in &debate.entries {
            let is_public = matches!(entry.raw.status, Some(Status::InReview | Status::Approved));
            let kind = entry.raw.kind.unwrap_or_default();
            if is_public && kind == Kind::Claim && entry.raw.sources.is_empty() {
                remarks.push(diagnostics::unsourced_claim(id_place(entry), &entry.id));
            }
            let by = entry.raw.due.as_ref().and_then(|due| due.by);
            if kind == Kind::Commitment
                && is_open(entry)
                && let Some((by, day)) = by.zip(edition.config.as_of).filter(|(by, day)| by < day)
            {
                remarks.push(diagnostics::overdue_commitment(
                    entry.place_of(&["due", "by"]),
                    &by.to_string(),
                    &day.to_string(),
                ));
            }
            match said.get(&says(entry)) {
                Some(first) => remarks.push(diagnostics::doubled_note(id_place(entry), &entry.id, &first.id)),
                None => drop(said.insert(says(entry), entry)),
            }
        }
    }
    Ok(remarks)
}

fn id_place(entry: &Entry) -> Place {
    Place::new(&entry.source, entry.id_span)
}

/// What a note says of what, so that two that say the same are known.
fn says(entry: &Entry) -> String {
    let mut text = format!("{:?}", entry.raw.kind.unwrap_or_default());
    for target in &entry.targets {
        let at = target.at.map(|at| at.to_string()).unwrap_or_default();
        let quote = target.quote.as_deref().map(|quote| fold(quote).text().to_owned());
        text.push_str(&format!("\n{at}|{}", quote.unwrap_or_default()));
    }
    let mut topics: Vec<&str> = entry.topics.iter().map(|topic| topic.name.as_str()).collect();
    topics.sort_unstable();
    let body = entry.body_text().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    let file = entry.raw.body_file.as_deref().unwrap_or_default();
    format!("{text}\n{}\n{body}\n{file}", topics.join(" "))
}

/// The keys of shared sources that a debate's files name.
fn keys_of(debate: &WrittenDebate) -> impl Iterator<Item = &str> {
    debate.entries.iter().flat_map(|entry| {
        let outcome = entry.raw.outcome.iter().flat_map(|outcome| &outcome.sources);
        entry.raw.sources.iter().chain(outcome).filter_map(|source| match source {
            RawSource::Key(key) => Some(key.as_str()),
            RawSource::Inline(_) => None,
        })
    })
}

/// The people whom a site shows in any part: who speak, are in the chair, are meant, owe something.
fn people_of(edition: &Edition) -> BTreeSet<&str> {
    let mut known = BTreeSet::new();
    for debate in &edition.site.debates {
        let speakers = debate.record.contributions.iter().filter_map(|one| one.speaker.as_ref());
        let named = speakers.chain(&debate.particulars.chair).filter_map(|who| who.person.as_ref());
        known.extend(named.map(|person| person.as_str()));
        for note in &debate.annotations {
            known.extend(note.identifies.iter().map(|meant| meant.person.as_str()));
            if let model::Kind::Commitment(commitment) = &note.kind {
                let owed = commitment.owed_by.iter().filter_map(|(_, person)| person.as_ref());
                known.extend(owed.map(|person| person.as_str()));
            }
        }
    }
    known
}
