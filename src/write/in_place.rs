//! Publishing into a folder that can't be exchanged for another, as a mount point can't: what is gone is removed, and
//! every file that changed is written beside its place and renamed into it. A page is wholly old or wholly new; the site
//! is a mixture for as long as that takes.

use super::calls;
use super::disk::{self, FILE_MODE, Stamp};
use super::fault;
use super::folders::Folders;
use super::record::{Entry, Record, folders_of};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// What is put behind the name of a file while it is written.
const NEW: &str = ".rapporteur-new";

/// Makes the output the site of `record`, whose files are staged, out of that of `published`. Gives the record of what
/// then stands there.
pub(super) fn publish(folders: &Folders, published: &Record, record: &Record) -> io::Result<Record> {
    let (staging, output) = (folders.staging(), &folders.output);
    let mut changed = Vec::new();
    for (path, entry) in &record.files {
        let stands = published.files.get(path).filter(|old| old.hash == entry.hash);
        let found = disk::look(&output.join(path))?;
        let is_as_written = |old: &&Entry| {
            found
                .as_ref()
                .is_some_and(|found| disk::is_published_file(found) && Stamp::of(found) == old.stamp())
        };
        if stands.filter(is_as_written).is_none() {
            changed.push(path.as_str());
        }
    }
    note(folders, published, record, &changed)?;
    remove_gone(output, published, record)?;
    let mut wanted: Vec<&str> = folders_of(record.files.keys().map(String::as_str)).into_iter().collect();
    wanted.sort_unstable();
    for folder in wanted {
        let folder = output.join(folder);
        if disk::look(&folder)?.is_none() {
            disk::make_folder(&folder)?;
        }
    }
    for path in changed {
        let new = output.join(format!("{path}{NEW}"));
        disk::clear(&new)?;
        calls::copy(&staging.join(path), &new)?;
        disk::set_mode(&new, FILE_MODE)?;
        fault::step();
        calls::rename(&new, &output.join(path))?;
        fault::step();
    }
    let stamped = record.files.iter().map(|(path, entry)| {
        let found = calls::symlink_metadata(&output.join(path))?;
        Ok((path.clone(), Entry::new(entry.hash, Stamp::of(&found))))
    });
    let files: io::Result<BTreeMap<String, Entry>> = stamped.collect();
    let folder = disk::inode(&calls::symlink_metadata(output)?);
    Ok(Record { files: files?, folder, ..record.clone() })
}

/// Writes down every file that may stand in the output until the end, so that a build after one that was killed takes
/// none of them for somebody else's. The stamps of new files are those of other files: they are written again then.
fn note(folders: &Folders, published: &Record, record: &Record, changed: &[&str]) -> io::Result<()> {
    let mut files = record.files.clone();
    let half =
        changed.iter().filter_map(|path| Some((format!("{path}{NEW}"), record.files.get(*path)?.clone())));
    files.extend(half.collect::<Vec<_>>());
    files.extend(published.files.iter().map(|(path, entry)| (path.clone(), entry.clone())));
    let folder = disk::inode(&calls::symlink_metadata(&folders.output)?);
    let next = folders.next_record();
    let union = Record { files, folder, ..record.clone() };
    union.save(&next).map_err(io::Error::from)?;
    calls::rename(&next, &folders.record())?;
    fault::step();
    Ok(())
}

/// Removes what the new site has not, files first, then the folders that are empty then.
fn remove_gone(output: &Path, published: &Record, record: &Record) -> io::Result<()> {
    for path in published.files.keys().filter(|path| !record.files.contains_key(*path)) {
        disk::clear(&output.join(path))?;
        fault::step();
    }
    let wanted = folders_of(record.files.keys().map(String::as_str));
    let mut gone: Vec<&str> =
        published.folders().into_iter().filter(|folder| !wanted.contains(folder)).collect();
    // What is deepest first.
    gone.sort_unstable_by(|a, b| b.cmp(a));
    for folder in gone {
        match calls::remove_dir(&output.join(folder)) {
            Err(error)
                if !matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) =>
            {
                return Err(error);
            }
            _ => {}
        }
    }
    Ok(())
}
