//! The instant of publishing: the staged tree takes the output folder's place. And what to make of
//! a build that was killed near it.

use super::calls;
use super::disk;
use super::error::WriteError;
use super::fault;
use super::folders::Folders;
use super::in_place;
use super::record::{CARRIED, REPOSITORY, Record, is_clutter};
use std::fs;
use std::io;
use std::path::Path;

/// Whether there is an output folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing is published.
    Missing,
    /// A folder stands there, with a site in it or empty.
    There,
}

impl Standing {
    /// Looks whether the output folder stands.
    ///
    /// # Errors
    /// [`WriteError::Place`] where something else stands there.
    pub(super) fn of(output: &Path) -> Result<Standing, WriteError> {
        match disk::look(output).map_err(WriteError::system("look at", output))? {
            None => Ok(Standing::Missing),
            Some(found) if found.is_dir() => Ok(Standing::There),
            Some(_) => Err(WriteError::Place { output: output.to_owned(), reason: "is not a folder" }),
        }
    }
}

/// Puts the staged tree in the output folder's place. What stood there, the site of `published`,
/// becomes the staging folder. On an error the output is as it was, or where even that failed,
/// [`recover`] puts it back.
///
/// Gives the record of what stands there where that is not `record`: where the output could not be exchanged.
pub(super) fn publish(
    folders: &Folders,
    standing: Standing,
    published: &Record,
    record: &Record,
) -> Result<Put, WriteError> {
    let (staging, output) = (folders.staging(), &folders.output);
    let place = || {
        in_place::publish(folders, published, record)
            .map(|record| Put { record: Some(record), repository: Repository::InPlace })
    };
    let mounted = folders.is_mounted().map_err(WriteError::system("look at", output))?;
    if standing == Standing::There && mounted {
        return place().map_err(WriteError::system("put the new site into", output));
    }
    let swapped = match standing {
        Standing::Missing => calls::rename(&staging, output),
        Standing::There => match disk::exchange(&staging, output) {
            Err(error) if error.kind() == io::ErrorKind::Unsupported => two_renames(folders),
            other => other,
        },
    };
    // Both are on one file system, that much is known; so it is a folder of a container's image.
    let swapped = match swapped {
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => take_apart(folders, published),
        other => other,
    };
    // Mounted from the same file system.
    if standing == Standing::There
        && swapped.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::ResourceBusy)
    {
        return place().map_err(WriteError::system("put the new site into", output));
    }
    swapped.map_err(WriteError::system("put the new site in the place of", output))?;
    fault::step();
    // The site is published, whatever becomes of this: the next build tries again.
    let repository = if keep_repository(folders).is_ok() { Repository::InPlace } else { Repository::Astray };
    Ok(Put { record: None, repository })
}

/// What became of the output when a site was put in its place.
pub(super) struct Put {
    /// The record of what stands there, where that is not the staged tree as it was.
    pub record: Option<Record>,
    /// What became of a repository in it.
    pub repository: Repository,
}

/// What became of the repository of an output that is the checkout of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repository {
    /// It stands in the output, or there is none.
    InPlace,
    /// It may still be in the tree that was the output.
    Astray,
}

/// Where the output is the checkout of a branch, its repository went away with the site that was replaced: it
/// comes back. Where a build is killed before, the next one does it.
fn keep_repository(folders: &Folders) -> io::Result<()> {
    let home = folders.output.join(REPOSITORY);
    if disk::look(&folders.output)?.is_none() || disk::look(&home)?.is_some() {
        return Ok(());
    }
    for tree in [folders.staging(), folders.spare(), folders.replaced()] {
        let strayed = tree.join(REPOSITORY);
        if disk::look(&strayed)?.is_some_and(|found| found.is_dir()) {
            calls::rename(&strayed, &home)?;
            fault::step();
            break;
        }
    }
    Ok(())
}

/// For a system that can't exchange two folders: the old site steps aside, the new one comes in.
/// Between the two, for an instant, there is no site.
fn two_renames(folders: &Folders) -> io::Result<()> {
    let (staging, output, replaced) = (folders.staging(), &folders.output, folders.replaced());
    disk::clear(&replaced)?;
    fault::step();
    calls::rename(output, &replaced)?;
    fault::step();
    if let Err(error) = calls::rename(&staging, output) {
        // If this fails too, the next build does it.
        let _ = calls::rename(&replaced, output);
        return Err(error);
    }
    fault::step();
    // The site is published; where this fails, the next build does it.
    let _ = calls::rename(&replaced, &staging);
    Ok(())
}

/// For an output folder that can't be renamed, as a folder of a container's image can't: the old
/// site is removed file by file and the new one comes in. Only here is there a time of half a site;
/// it comes once in a container's life, since the new folder can be renamed.
fn take_apart(folders: &Folders, published: &Record) -> io::Result<()> {
    let output = &folders.output;
    let mut inner: Vec<&str> = published.folders().into_iter().collect();
    // What is deepest first, so that each folder is empty in its turn.
    inner.sort_unstable_by(|a, b| b.cmp(a));
    let gone = |removed: io::Result<()>| match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    };
    for file in published.files.keys() {
        gone(calls::remove_file(&output.join(file)))?;
        fault::step();
    }
    let repository = output.join(REPOSITORY);
    if repository.is_dir() {
        calls::rename(&repository, &folders.staging().join(REPOSITORY))?;
    }
    for folder in inner.into_iter().map(|folder| output.join(folder)).chain([output.clone()]) {
        clear_clutter(&folder)?;
        if folder != *output {
            gone(calls::remove_dir(&folder))?;
        }
    }
    for carried in CARRIED {
        gone(calls::remove_file(&output.join(carried)))?;
    }
    gone(calls::remove_dir(output))?;
    fault::step();
    calls::rename(&folders.staging(), output)
}

/// Removes from a folder what a system's file manager left in it.
fn clear_clutter(folder: &Path) -> io::Result<()> {
    let entries = match calls::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        entries => entries?,
    };
    for entry in entries {
        let entry = entry?;
        if entry.file_type()?.is_file() && entry.file_name().to_str().is_some_and(is_clutter) {
            calls::remove_file(&entry.path())?;
        }
    }
    Ok(())
}

/// Ends what a killed build began, so that the output is wholly old or wholly new and the record
/// is the record of what stands there. To be called with the lock held, before anything else.
pub(super) fn recover(folders: &Folders) -> Result<(), WriteError> {
    keep_repository(folders).map_err(WriteError::system("put the repository back into", &folders.output))?;
    put_back(folders).map_err(WriteError::system("put back", &folders.output))?;

    let next = folders.next_record();
    if disk::look(&next).map_err(WriteError::system("look at", &next))?.is_none() {
        return Ok(());
    }
    let site = disk::look(&folders.output).map_err(WriteError::system("look at", &folders.output))?;
    let site = site.filter(fs::Metadata::is_dir).map(|site| disk::inode(&site));
    match Record::read(&next)? {
        Some(record) if Some(record.folder) == site => accept(folders),
        // Written in half, or of a tree that never came into place.
        _ => disk::clear(&next).map_err(WriteError::system("remove", &next)),
    }
}

/// Makes the record of the site that was just put in place the record of the published site.
pub(super) fn accept(folders: &Folders) -> Result<(), WriteError> {
    let record = folders.record();
    calls::rename(&folders.next_record(), &record).map_err(WriteError::system("write", &record))?;
    fault::step();
    Ok(())
}

/// Ends [`two_renames`] where it was cut short: back to the old site if the new one had not come in.
fn put_back(folders: &Folders) -> io::Result<()> {
    let (staging, replaced) = (folders.staging(), folders.replaced());
    if disk::look(&replaced)?.is_none() {
        return Ok(());
    }
    if disk::look(&folders.output)?.is_none() {
        return calls::rename(&replaced, &folders.output);
    }
    disk::clear(&staging)?;
    fault::step();
    calls::rename(&replaced, &staging)
}
