//! `rapporteur people`: who the site knows, and two files that are one person made one.

use super::arguments::{Format, MergePeople, People, Site};
use super::{Ending, Failure, Outcome, build as build_command, check, print};
use crate::diagnostics::{Diagnostic, Severity};
use crate::import::{self, Known, Merged};
use crate::load::{Disk, Sources, Strings};
use crate::write::{Before, replace_together};
use std::collections::BTreeMap;

/// Runs one of its commands.
pub fn run(site: &Site, command: &People) -> Outcome {
    match command {
        People::List => list(site),
        People::Merge(options) => merge(site, options),
    }
}

/// A line for each person: the slug, the name, the name that lists sort by, the ids.
fn list(site: &Site) -> Outcome {
    let disk = build_command::open(site)?;
    let known = Known::read(&Disk::open(&disk.root().join("content"))?)?;
    let mut people: Vec<_> = known.people.iter().collect();
    people.sort_by_cached_key(|(slug, file)| {
        let name = file.raw.sort_name.as_ref().or(file.raw.name.as_ref());
        (name.map(|name| name.to_lowercase()), (*slug).clone())
    });
    for (slug, file) in people {
        let name = file.raw.name.as_deref().unwrap_or_default();
        let sort_name = file.raw.sort_name.as_deref().unwrap_or(name);
        let ids: Vec<&str> = file.ids().collect();
        match site.format {
            Format::Json => {
                let line =
                    serde_json::json!({ "slug": slug, "name": name, "sort_name": sort_name, "ids": ids });
                print::line(&line.to_string());
            }
            _ => print::line(&format!("{slug}\t{name}\t{sort_name}\t{}", ids.join(" "))),
        }
    }
    Ok(Ending::Fine)
}

fn merge(site: &Site, options: &MergePeople) -> Outcome {
    let disk = build_command::open(site)?;
    let changes = match import::merge(&disk, &options.gone, &options.kept)? {
        Ok(changes) => changes,
        Err(why) => {
            why.iter().for_each(|why| print::notice(&format!("not merged: {why}")));
            return Ok(Ending::Mistakes);
        }
    };
    // The site with the changes is checked before any is made: what would be wrong only then refuses them.
    let before = check::report(&disk, site)?.diagnostics;
    let after = check::report_of(&after(&disk, &changes)?, site)?.diagnostics;
    let new = come(before, after);
    let (errors, warnings): (Vec<_>, Vec<_>) =
        new.into_iter().partition(|diagnostic| diagnostic.severity == Severity::Error);
    if !errors.is_empty() {
        print::diagnostics(&errors, site);
        print::notice("not merged: the site would have these mistakes; nothing was written");
        return Ok(Ending::Mistakes);
    }
    print::diagnostics(&warnings, site);
    for Merged { path, what, .. } in &changes {
        if site.format != Format::Json {
            let verb = if options.dry_run { "would change" } else { "changes" };
            print::line(&format!("{verb} {path}: {what}"));
        }
    }
    if !options.dry_run {
        let edits: Vec<_> =
            changes.into_iter().map(|one| (one.path, Before::Bytes(one.before), one.after)).collect();
        replace_together(disk.root(), &edits)?;
    }
    Ok(Ending::Fine)
}

/// The files of the site with the changes.
fn after(disk: &Disk, changes: &[Merged]) -> Result<Strings, Failure> {
    let mut files = Strings::default();
    for path in disk.list()?.value {
        match changes.iter().find(|one| one.path == path) {
            Some(Merged { after: None, .. }) => {}
            Some(Merged { after: Some(bytes), .. }) => drop(files.0.insert(path, bytes.clone())),
            None => {
                let bytes = disk.read(&path)?;
                files.0.insert(path, bytes);
            }
        }
    }
    Ok(files)
}

/// What is told after and was not before, wherever it stands in its file.
fn come(before: Vec<Diagnostic>, after: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let key = |one: &Diagnostic| {
        let path = one.place.as_ref().map(|place| place.source.path.clone());
        (one.code, path, one.message.clone())
    };
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    before.iter().for_each(|one| *known.entry(key(one)).or_default() += 1);
    let mut new = after;
    new.retain(|one| match known.get_mut(&key(one)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    new
}
