//! `rapporteur approve`: somebody has looked at notes and stands by them.

use super::arguments::{Approve as Options, Site};
use super::{Ending, Failure, Outcome, accept, build as build_command, check, clock, lock, print};
use crate::annotation::{Entry, RawReview};
use crate::diagnostics::{Diagnostic, Severity};
use crate::import::{self, Decision, Folder};
use crate::layout::layout;
use crate::load::Disk;
use crate::permalink::debate_source;
use std::collections::BTreeMap;

/// Approves the notes: `status: approved` and `reviewed` in their sheets, what was approved in the lock.
/// All of them or none: one that can't be approved leaves every file as it was.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build_command::open(site)?;
    let layout = layout(&disk)?.value;
    let mut wanted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for note in &options.notes {
        let Some((debate, id)) = note.split_once('/') else {
            return Err(Failure(format!("`{note}`: name the note as DEBATE/NOTE")));
        };
        let ids = wanted.entry(lock::find(&layout, debate)?.to_string()).or_default();
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    let by = options.by.trim();
    if by.is_empty() {
        return Err(Failure("--by says who approves: a role or a name".to_owned()));
    }
    let review = RawReview { by: by.to_owned(), on: options.on.or_else(|| Some(clock::today())) };
    // What is wrong with a note may stand in its prose, which only a whole build looks at.
    let report = check::report(&disk, site)?;
    let content = Disk::open(&disk.root().join("content"))?;
    let (mut decided, mut changed) = (Vec::new(), Vec::new());
    let mut ending = Ending::Fine;
    for (slug, ids) in &wanted {
        let read = Folder::read(&content, "debates", slug)?;
        print::diagnostics(&read.diagnostics, site);
        let (Some(before), Some(after)) =
            (&read.value, read.value.as_ref().and_then(|folder| folder.with([])))
        else {
            ending = Ending::Mistakes;
            continue;
        };
        let mut after = after;
        for id in ids {
            let entry = before.written.entries.iter().find(|entry| entry.id == *id);
            let wrong: Vec<Diagnostic> = report
                .diagnostics
                .iter()
                .filter(|found| found.severity == Severity::Error)
                .filter(|found| match entry {
                    Some(entry) => is_about(found, entry, slug),
                    None => before.written.set_aside.contains(id) && is_in(found, slug, ".notes.yaml"),
                })
                .cloned()
                .collect();
            let decision = match wrong.is_empty() {
                true => import::approve(&after, id, &review),
                false => Err(format!("it has {}", print::count(wrong.len(), "error", "errors"))),
            };
            match decision {
                Ok(Decision { folder, lines, notices }) => {
                    notices.iter().for_each(|notice| print::notice(&format!("warning: {notice}")));
                    decided.extend(lines);
                    after = folder;
                }
                Err(why) => {
                    print::diagnostics(&wrong, site);
                    print::notice(&format!("{slug}/{id}: not approved: {why}"));
                    ending = Ending::Mistakes;
                }
            }
        }
        if let Some(before) = read.value {
            changed.push((before, after));
        }
    }
    if ending != Ending::Fine {
        print::notice("nothing was written");
        return Ok(ending);
    }
    for (before, after) in &changed {
        accept::write(&content, before, after, site)?;
    }
    if !site.format.is_data() {
        decided.iter().for_each(|line| print::line(line));
    }
    Ok(ending)
}

/// Whether an error is one of an entry: in its lines, in the defaults that it takes from its sheet, in
/// its body's file, or in the record that it stands on.
fn is_about(found: &Diagnostic, entry: &Entry, slug: &str) -> bool {
    let Some(place) = &found.place else { return false };
    if place.source.path == entry.source.path {
        let within = |span: crate::text::Span| {
            place.span.start >= span.start && place.span.end <= span.end.max(span.start)
        };
        let own = crate::text::Span { start: entry.id_span.start, end: entry.node.span.end };
        let is_note = entry.source.path.extension().eq_ignore_ascii_case("md");
        return is_note
            || place.span.is_empty()
            || within(own)
            || entry.defaults.as_ref().is_some_and(|defaults| within(defaults.span));
    }
    let body = entry.raw.body_file.as_deref().is_some_and(|file| is_in(found, slug, file));
    body || is_in(found, slug, "debate.lock") || is_in(found, slug, "debate.yaml") || {
        let name = place.source.path.file_name();
        name.starts_with("transcript.") && is_in(found, slug, name)
    }
}

/// Whether an error is in a file of the debate whose name ends so.
fn is_in(found: &Diagnostic, slug: &str, end: &str) -> bool {
    let path = found.place.as_ref().map(|place| place.source.path.as_str());
    path.and_then(debate_source).is_some_and(|(of, file)| of == slug && file.ends_with(end))
}
