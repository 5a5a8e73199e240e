//! `rapporteur accept`: what a revision of the record did to notes is looked at and accepted.

use super::arguments::{Accept as Options, Site};
use super::{Ending, Failure, Outcome, build, lock, print};
use crate::import::{self, Decision, Folder};
use crate::layout::{Layout, layout};
use crate::load::Disk;
use crate::text::SitePath;
use crate::write::{Before, FileEdit, replace_together};
use std::collections::BTreeMap;

/// Shows the old words and the new, writes the new ones into the sheet, and settles it in the lock. A
/// note that can't be accepted is reported and keeps none of the others from it.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build::open(site)?;
    let layout = layout(&disk)?.value;
    let content = Disk::open(&disk.root().join("content"))?;
    let wanted = match options.all {
        true => waiting(site, &layout, &content, &options.notes)?,
        false => {
            let each = options.notes.iter().map(|note| find(site, &layout, &content, note));
            each.collect::<Result<Vec<_>, Failure>>()?
        }
    };
    if wanted.is_empty() {
        say(site, "no note waits to be accepted");
    }
    let mut ending = Ending::Fine;
    // Each debate once, whatever the order in which its notes are named, and each note once.
    let mut by_debate: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (slug, id) in &wanted {
        let ids = by_debate.entry(slug.as_str()).or_default();
        if !ids.contains(&id.as_str()) {
            ids.push(id);
        }
    }
    for (slug, ids) in by_debate {
        let Some(before) = Folder::read(&content, "debates", slug)?.value else { continue };
        let Some(mut folder) = before.with([]) else { continue };
        for id in ids {
            import::shown(&folder, id).iter().for_each(|line| say(site, line));
            match import::accept(&folder, id) {
                Ok(Decision { folder: after, lines, notices }) => {
                    if !options.dry_run {
                        lines.iter().for_each(|line| say(site, &format!("  {line}")));
                    }
                    for notice in notices {
                        print::notice(&notice);
                        ending = Ending::Mistakes;
                    }
                    folder = after;
                }
                Err(why) => {
                    print::notice(&format!("{slug}/{id}: not accepted: {why}"));
                    ending = Ending::Mistakes;
                }
            }
        }
        if !options.dry_run {
            write(&content, &before, &folder, site)?;
        }
    }
    Ok(ending)
}

/// Writes what decisions changed in a debate's folder: sheets first, the lock last.
pub fn write(content: &Disk, before: &Folder, after: &Folder, site: &Site) -> Result<(), Failure> {
    let edit = |(name, old, bytes): (String, Option<_>, Vec<u8>)| -> FileEdit {
        let path = SitePath::new(&format!("debates/{}/{name}", before.slug())).expect("parts of paths");
        (path, old.map_or(Before::Absent, Before::Bytes), Some(bytes))
    };
    let edits: Vec<FileEdit> = before.changes_to(after).into_iter().map(edit).collect();
    replace_together(content.root(), &edits)?;
    for (path, ..) in &edits {
        say(site, &format!("wrote content/{path}"));
    }
    Ok(())
}

/// A line, unless a tool reads.
fn say(site: &Site, line: &str) {
    if !site.format.is_data() {
        print::line(line);
    }
}

/// Every note that waits to be accepted, in these debates or in all.
fn waiting(
    site: &Site,
    layout: &Layout,
    content: &Disk,
    debates: &[String],
) -> Result<Vec<(String, String)>, Failure> {
    let named = debates.iter().map(|name| lock::find(layout, name)).collect::<Result<Vec<_>, Failure>>()?;
    let mut found = Vec::new();
    for slug in layout.debates.keys().filter(|slug| named.is_empty() || named.contains(slug)) {
        let read = Folder::read(content, "debates", slug.as_str())?;
        let locks: Vec<_> = read.diagnostics.into_iter().filter(|found| found.code == "bad-lock").collect();
        print::diagnostics(&locks, site);
        let Some(folder) = read.value else { continue };
        let Some((lock, _)) = &folder.written.lock else { continue };
        let open = lock.annotations.iter().filter(|(_, note)| note.revised.is_some());
        found.extend(open.map(|(id, _)| (slug.to_string(), id.clone())));
    }
    Ok(found)
}

/// The debate and the id of a note that is named as `ID` or `DEBATE/ID` and waits to be accepted.
fn find(site: &Site, layout: &Layout, content: &Disk, note: &str) -> Result<(String, String), Failure> {
    let (wanted, id) = match note.split_once('/') {
        Some((debate, id)) => (Some(lock::find(layout, debate)?), id),
        None => (None, note),
    };
    let mut found = waiting(site, layout, content, &[])?;
    found.retain(|(slug, known)| {
        known == id && wanted.as_ref().is_none_or(|wanted| wanted.as_str() == slug.as_str())
    });
    match found.as_slice() {
        [one] => Ok(one.clone()),
        [] => Err(Failure(format!(
            "no note `{id}` waits to be accepted; `rapporteur review` lists those that do"
        ))),
        several => {
            let names: Vec<_> = several.iter().map(|(slug, id)| format!("{slug}/{id}")).collect();
            Err(Failure(format!("several debates have such a note: {}", names.join(", "))))
        }
    }
}
