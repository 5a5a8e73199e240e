//! A site that another machine built: a folder that is kept in version control and comes with a clone, without
//! the record of what is ours in it.

use super::calls;
use super::disk::{self, Stamp};
use super::error::WriteError;
use super::folders::Folders;
use super::publication::{PATIENCE, generator, take_lock};
use super::record::{CARRIED, Entry, Record, below, is_clutter};
use crate::text::{Fingerprint, SitePath};
use std::collections::BTreeMap;
use std::path::Path;

/// What every site of ours has.
const OURS: [&str; 3] = ["index.html", "404.html", "search/index.json"];

/// Whether a folder holds a site that this program built, as far as can be told.
pub(super) fn is_site(output: &Path) -> bool {
    OURS.iter().all(|name| output.join(name).is_file())
}

/// Takes the site in the folder `output` for one that was built here, as it stands there: the next build knows
/// what is in it, and takes away what is not of the new site. Where there is a record already, or no folder,
/// nothing is done.
///
/// # Errors
/// [`WriteError::Place`] where no site of ours stands there, [`WriteError::Foreign`] where something in it is
/// no regular file, [`WriteError::System`].
pub fn adopt(root: &Path, output: &Path) -> Result<(), WriteError> {
    let folders = Folders::of(root, output)?;
    let output = &folders.output;
    let is_there = output.is_dir() && calls::read_dir(output).is_ok_and(|mut inner| inner.next().is_some());
    if !is_there || folders.record().exists() || folders.next_record().exists() {
        return Ok(());
    }
    if !is_site(output) {
        return Err(WriteError::Place {
            output: output.clone(),
            reason: "holds no site that this program built",
        });
    }
    let mut files = BTreeMap::new();
    read(output, "", &mut files)?;
    let found = calls::symlink_metadata(output).map_err(WriteError::system("look at", output))?;
    folders.prepare()?;
    let lock = take_lock(&folders, PATIENCE)?;
    let record = Record { generator: generator(), as_of: None, folder: disk::inode(&found), files };
    let written = record.save(&folders.record());
    let _ = lock.unlock();
    written
}

fn read(output: &Path, folder: &str, files: &mut BTreeMap<String, Entry>) -> Result<(), WriteError> {
    let here = output.join(folder);
    for entry in calls::read_dir(&here).map_err(WriteError::system("list", &here))? {
        let entry = entry.map_err(WriteError::system("list", &here))?;
        let full = entry.path();
        let found = calls::symlink_metadata(&full).map_err(WriteError::system("look at", &full))?;
        let name = entry.file_name();
        let named = name.to_str().map(|name| below(folder, name));
        let Some(path) = named.filter(|path| SitePath::new(path).is_some()) else {
            let found = Path::new(folder).join(name);
            return Err(WriteError::Foreign { output: output.to_owned(), found });
        };
        if CARRIED.contains(&path.as_str()) || name.to_str().is_some_and(is_clutter) {
            continue;
        }
        if found.is_dir() {
            read(output, &path, files)?;
        } else if found.is_file() {
            let bytes = calls::read(&full).map_err(WriteError::system("read", &full))?;
            files.insert(path, Entry::new(Fingerprint::of(&bytes), Stamp::of(&found)));
        } else {
            return Err(WriteError::Foreign { output: output.to_owned(), found: path.into() });
        }
    }
    Ok(())
}
