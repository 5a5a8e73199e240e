//! A new folder of an author's files: it appears whole or not at all.

use super::author::folder_of;
use super::calls;
use super::disk;
use super::error::WriteError;
use super::fault;
use crate::text::SitePath;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Writes `files` into a new folder at `path` in the project at `root`: beside it first, then renamed
/// into place. Folders above it are made. A process killed here may leave a `.rapporteur-….tmp`.
///
/// # Errors
/// [`WriteError::Moved`] where something stands there already or a folder above leads out of the
/// project; [`WriteError::System`].
pub fn new_folder(root: &Path, path: &SitePath, files: &[(String, Vec<u8>)]) -> Result<(), WriteError> {
    let root = root.canonicalize().map_err(WriteError::system("find the project folder", root))?;
    let above = folder_of(&root, path)?;
    let target = above.join(path.file_name());
    if disk::look(&target).map_err(WriteError::system("look at", &target))?.is_some() {
        return Err(WriteError::Moved { path: target, reason: "exists already" });
    }
    let staged = Staged::beside(&above).map_err(WriteError::system("make a folder in", &above))?;
    for (name, bytes) in files {
        let file = staged.0.join(name);
        disk::create_new(&file)
            .and_then(|mut created| {
                calls::write_all(&mut created, &file, bytes)?;
                calls::sync_file(&created, &file)
            })
            .map_err(WriteError::system("write", &file))?;
        fault::step();
    }
    let _ = disk::sync(&staged.0);
    calls::rename(&staged.0, &target).map_err(WriteError::system("write", &target))?;
    fault::step();
    let _ = disk::sync(&above);
    Ok(())
}

/// A folder beside the one to be made, gone when this is dropped unless it was renamed.
pub(super) struct Staged(pub(super) PathBuf);

impl Staged {
    pub(super) fn beside(folder: &Path) -> std::io::Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let staged = folder.join(format!(".rapporteur-{}-{count}.tmp", std::process::id()));
        // A process of this number may have died here before.
        if staged.is_dir() {
            calls::remove_dir_all(&staged)?;
        }
        calls::create_dir(&staged)?;
        Ok(Staged(staged))
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        let _ = calls::remove_dir_all(&self.0);
    }
}
