//! `rapporteur people`: who the site knows, and two files that are one person made one.

use super::arguments::{Format, MergePeople, People, Site};
use super::check::is_sound;
use super::{Ending, Outcome, build as build_command, print};
use crate::import::{self, Known, Merged};
use crate::load::Disk;
use crate::write::{Before, replace_together};

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
    let edits: Vec<_> =
        changes.iter().map(|one| (one.path.clone(), Before::Bytes(one.before), one.after.clone())).collect();
    if !is_sound(&disk, site, &edits)? {
        print::notice("not merged: the site would have these mistakes; nothing was written");
        return Ok(Ending::Mistakes);
    }
    for Merged { path, what, .. } in &changes {
        if !site.format.is_data() {
            let verb = if options.dry_run { "would change" } else { "changes" };
            print::line(&format!("{verb} {path}: {what}"));
        }
    }
    if !options.dry_run {
        replace_together(disk.root(), &edits)?;
    }
    Ok(Ending::Fine)
}
