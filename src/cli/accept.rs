//! `rapporteur accept`: what a revision of the record did to a note is looked at and accepted.

use super::arguments::{Accept as Options, Format, Site};
use super::{Ending, Failure, Outcome, build, lock, print};
use crate::anchor::word_diff;
use crate::build::layout;
use crate::import::{Folder, accept};
use crate::load::Disk;
use crate::revise::{Lock, LockedAnnotation, Status};
use crate::text::SitePath;
use crate::write::{Before, replace_file};

/// Shows the old words and the new, and records the decision in the debate's lock.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build::open(site)?;
    let layout = layout(&disk)?.value;
    let content = Disk::open(&disk.root().join("content"))?;
    let (wanted, id) = match options.note.split_once('/') {
        Some((debate, id)) => (Some(lock::find(&layout, debate)?), id),
        None => (None, options.note.as_str()),
    };
    // Without a debate's name: the one debate whose lock knows of such a note.
    let mut found = Vec::new();
    for slug in layout.debates.keys().filter(|slug| wanted.as_ref().is_none_or(|wanted| wanted == *slug)) {
        let Some(folder) = Folder::read(&content, "debates", slug.as_str())?.value else { continue };
        if let Some((lock, _)) = &folder.written.lock
            && lock.annotations.get(id).is_some_and(|locked| locked.revised.is_some())
        {
            found.push(folder);
        }
    }
    let folder = match found.as_slice() {
        [folder] => folder,
        [] => {
            return Err(Failure(format!(
                "no note `{id}` waits to be accepted; `rapporteur check` lists those that do"
            )));
        }
        several => {
            let names: Vec<_> = several.iter().map(|folder| format!("{}/{id}", folder.slug())).collect();
            return Err(Failure(format!("several debates have such a note: {}", names.join(", "))));
        }
    };
    let (lock, _) = folder.written.lock.as_ref().expect("it was found in a lock");
    let locked = &lock.annotations[id];
    if site.format != Format::Json {
        show(folder, lock, id);
    }
    let accepted = accept(locked).map_err(|why| Failure(format!("{id}: {why}")))?;
    if options.dry_run {
        return Ok(Ending::Fine);
    }
    let mut lock = lock.clone();
    match accepted == LockedAnnotation::default() {
        true => drop(lock.annotations.remove(id)),
        false => drop(lock.annotations.insert(id.to_owned(), accepted)),
    }
    let (name, before, bytes) = folder.relocked(&lock);
    let path = SitePath::new(&format!("debates/{}/{name}", folder.slug())).expect("a slug makes a path");
    replace_file(content.root(), &path, before.map_or(Before::Absent, Before::Bytes), &bytes)?;
    if site.format != Format::Json {
        print::line(&format!("accepted: recorded in content/{path}"));
    }
    Ok(Ending::Fine)
}

/// The old words and the new, or for a change round them the paragraphs.
fn show(folder: &Folder, lock: &Lock, id: &str) {
    let Some(words) = &lock.annotations[id].revised else { return };
    print::line(&format!("{}/{id}: {}", folder.slug(), words.status.word()));
    let old = folder.revision(&words.revision);
    for (number, was) in words.was.iter().enumerate() {
        if words.status != Status::ContextChanged {
            print::line(&format!("  was: {}", was.words));
            if let Some(now) = words.now.get(number) {
                print::line(&format!("  now: {now}"));
                print::line(&format!("  difference: {}", word_diff(&was.words, now)));
            }
            continue;
        }
        let before = old.as_ref().and_then(|old| {
            let paragraph = old.paragraphs().nth(was.paragraph.checked_sub(1)?)?;
            Some(paragraph.text.of(&old.source).to_owned())
        });
        let current = &folder.written.transcript;
        let after =
            current.paragraphs().map(|p| p.text.of(&current.source)).find(|text| text.contains(&was.words));
        if let (Some(before), Some(after)) = (before, after) {
            print::line(&format!("  words: {}", was.words));
            print::line(&format!("  round them: {}", word_diff(&before, after)));
        }
    }
}
