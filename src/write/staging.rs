//! The tree that becomes the site: files written or linked into it, from several threads.
//!
//! A build starts from the spare tree, the site before the published one: what is still right
//! stays, what changed is replaced, the rest is swept away at the end. So no build makes or removes
//! thousands of folders to change one page, which on ext4 would slow down everything made in the
//! minutes after.
//!
//! What stands in the tree at the start is trusted for nothing but its names: a build may have been
//! killed in it, and a link may lead anywhere. Every folder is looked at before anything is put
//! into it, and a file counts as right only by its stamp.

use super::calls;
use super::disk::{self, FILE_MODE, FOLDER_MODE, Stamp};
use super::error::WriteError;
use super::fault;
use super::record::{CARRIED, Entry, below};
use crate::text::Fingerprint;
use rayon::prelude::*;
use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

/// The tree under construction.
pub(super) struct Staging {
    tree: PathBuf,
    /// Where the tree goes when it is of no more use to this build.
    spare: PathBuf,
    /// Whether the next build may find it there.
    keeps_spare: bool,
    origin: Origin,
    /// The folders known to stand, so that each is looked at once.
    folders: RwLock<HashSet<String>>,
}

/// What the tree was when this build began.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origin {
    /// Nothing: this build made its root.
    Fresh,
    /// The site before the published one, or what a build left that was killed.
    Reused,
}

impl Staging {
    /// Takes up the tree at `tree` that a killed build left, or the one at `spare`, or makes its
    /// root.
    pub(super) fn open(tree: PathBuf, spare: PathBuf, keeps_spare: bool) -> Result<Staging, WriteError> {
        let open = || -> io::Result<Origin> {
            if disk::look(&tree)?.is_none()
                && disk::look(&spare)?.is_some()
                && calls::rename(&spare, &tree).is_err()
            {
                // What can't be renamed here can't be renamed into place either: in a container, a
                // folder of the image is so.
                disk::clear(&spare)?;
            }
            fault::step();
            match disk::look(&tree)? {
                Some(found) if found.is_dir() => {
                    // It may have been an output folder that somebody else made.
                    if !disk::has_mode(&found, FOLDER_MODE) {
                        disk::set_mode(&tree, FOLDER_MODE)?;
                    }
                    return Ok(Origin::Reused);
                }
                Some(_) => calls::remove_file(&tree)?,
                None => {}
            }
            fault::step();
            disk::make_folder(&tree)?;
            fault::step();
            Ok(Origin::Fresh)
        };
        let origin = open().map_err(WriteError::system("make the folder", &tree))?;
        Ok(Staging { tree, spare, keeps_spare, origin, folders: RwLock::default() })
    }

    /// The inode of the tree's root, by which the record of the site knows it.
    pub(super) fn identity(&self) -> Result<u64, WriteError> {
        let found = calls::symlink_metadata(&self.tree).map_err(WriteError::system("look at", &self.tree))?;
        Ok(disk::inode(&found))
    }

    /// Whether the tree has the file of `entry` at `path` already.
    pub(super) fn holds(&self, path: &str, entry: &Entry) -> Result<bool, WriteError> {
        if self.origin == Origin::Fresh {
            return Ok(false);
        }
        self.make_folders_of(path)?;
        let file = self.tree.join(path);
        let found = disk::look(&file).map_err(WriteError::system("look at", &file))?;
        Ok(found.is_some_and(|found| disk::is_published_file(&found) && Stamp::of(&found) == entry.stamp()))
    }

    /// Writes `bytes` to `path`.
    pub(super) fn write(&self, path: &str, bytes: &[u8]) -> Result<Stamp, WriteError> {
        self.make_folders_of(path)?;
        let file = self.tree.join(path);
        let written = write_new(&file, bytes);
        if written.is_err() {
            // Half a file is of no use, and its space may be what others wait for.
            let _ = calls::remove_file(&file);
        }
        written.map_err(WriteError::system("write", &file))
    }

    /// Puts the file `published`, which `entry` describes, at `path`: by a second name for it, or
    /// by a copy where the file system has no such thing.
    ///
    /// # Errors
    /// [`WriteError::Disturbed`] where it is not the file of `entry` any more.
    pub(super) fn link(&self, path: &str, published: &Path, entry: &Entry) -> Result<Stamp, WriteError> {
        if self.holds(path, entry)? {
            return Ok(entry.stamp());
        }
        self.make_folders_of(path)?;
        let file = self.tree.join(path);
        match link_new(published, &file) {
            // What counts is what was linked, not what stood there when it was last looked at.
            Ok(stamp) if stamp == entry.stamp() => Ok(stamp),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(WriteError::Disturbed { path: published.to_owned() })
            }
            // No such thing here, or a file system where a second name makes another inode of it
            // (overlays do).
            _ => {
                let bytes = calls::read(published).map_err(WriteError::system("read", published))?;
                if Fingerprint::of(&bytes) != entry.hash {
                    return Err(WriteError::Disturbed { path: published.to_owned() });
                }
                self.write(path, &bytes)
            }
        }
    }

    /// Carries what git needs from the top of `output` to the top of the tree, where the site has
    /// no such file itself. Gives the names carried.
    pub(super) fn carry(
        &self,
        output: &Path,
        is_ours: impl Fn(&str) -> bool,
    ) -> Result<HashSet<&'static str>, WriteError> {
        let mut carried = HashSet::new();
        for name in CARRIED.into_iter().filter(|name| !is_ours(name)) {
            let (from, to) = (output.join(name), self.tree.join(name));
            let found = disk::look(&from).map_err(WriteError::system("look at", &from))?;
            if !found.is_some_and(|found| found.is_file()) {
                continue;
            }
            link_new(&from, &to)
                .or_else(|_| write_new(&to, &calls::read(&from)?))
                .map_err(WriteError::system("carry across", &from))?;
            carried.insert(name);
        }
        Ok(carried)
    }

    /// Removes everything from the tree that is neither in one of `folders` as a file that
    /// `is_wanted`, nor one of `folders` itself.
    pub(super) fn sweep(
        &self,
        folders: &HashSet<&str>,
        is_wanted: impl Fn(&str) -> bool + Sync,
    ) -> Result<(), WriteError> {
        if self.origin == Origin::Fresh {
            return Ok(());
        }
        let mut level = vec![String::new()];
        while !level.is_empty() {
            let inner: Vec<Vec<String>> = level
                .par_iter()
                .map(|folder| self.sweep_one(folder, folders, &is_wanted))
                .collect::<Result<_, WriteError>>()?;
            level = inner.into_iter().flatten().collect();
        }
        Ok(())
    }

    /// Sweeps one folder of the tree, and gives those in it that stay.
    fn sweep_one(
        &self,
        folder: &str,
        folders: &HashSet<&str>,
        is_wanted: &impl Fn(&str) -> bool,
    ) -> Result<Vec<String>, WriteError> {
        let here = self.tree.join(folder);
        let entries: Vec<_> =
            calls::read_dir(&here).and_then(Iterator::collect).map_err(WriteError::system("list", &here))?;
        let mut inner = Vec::new();
        for entry in entries {
            let kind = entry.file_type().map_err(WriteError::system("look at", &entry.path()))?;
            match entry.file_name().to_str().map(|name| below(folder, name)) {
                Some(path) if kind.is_dir() && folders.contains(path.as_str()) => inner.push(path),
                Some(path) if kind.is_file() && is_wanted(&path) => {}
                _ => {
                    disk::clear(&entry.path()).map_err(WriteError::system("remove", &entry.path()))?;
                    fault::step();
                }
            }
        }
        Ok(inner)
    }

    /// Takes back what this build wrote, `files` being the paths, and gives up the tree. As far as
    /// that goes: the next build looks at everything anyway.
    pub(super) fn undo<'a>(&self, files: impl Iterator<Item = &'a str>) {
        if self.origin == Origin::Fresh {
            let _ = disk::clear(&self.tree);
        } else {
            for file in files {
                let _ = disk::clear(&self.tree.join(file));
            }
            self.retire();
        }
    }

    /// Lays by what stands in the staging folder now for the next build to start from. As far as
    /// that goes: that build takes it from either place.
    pub(super) fn retire(&self) {
        let _ = disk::clear(&self.spare);
        let _ = match self.keeps_spare {
            true => calls::rename(&self.tree, &self.spare),
            false => disk::clear(&self.tree),
        };
        fault::step();
    }

    /// Makes the folders that the file at `path` is in, where they are missing.
    fn make_folders_of(&self, path: &str) -> Result<(), WriteError> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        if self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder) {
            return Ok(());
        }
        // One thread at a time: what stands in the way may have to be removed first.
        let mut known = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        let ends = folder.match_indices('/').map(|(at, _)| at).chain([folder.len()]);
        for end in ends {
            let part = &folder[..end];
            if known.contains(part) {
                continue;
            }
            let full = self.tree.join(part);
            self.make_folder(&full).map_err(WriteError::system("make the folder", &full))?;
            known.insert(part.to_owned());
        }
        Ok(())
    }

    /// Sees to it that `path` is a real folder with the right mode.
    fn make_folder(&self, path: &Path) -> io::Result<()> {
        if self.origin == Origin::Reused {
            match disk::look(path)? {
                Some(found) if found.is_dir() => {
                    return if disk::has_mode(&found, FOLDER_MODE) {
                        Ok(())
                    } else {
                        disk::set_mode(path, FOLDER_MODE)
                    };
                }
                Some(_) => calls::remove_file(path)?,
                None => {}
            }
        }
        fault::step();
        disk::make_folder(path)?;
        fault::step();
        Ok(())
    }
}

/// Writes a file in the place of whatever stood at `path`. Removed and made anew, never written
/// over: the old file may be a page that a web server is sending, or have a second name.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<Stamp> {
    let mut file = match disk::create_new(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            disk::clear(path)?;
            fault::step();
            disk::create_new(path)?
        }
        other => other?,
    };
    fault::step();
    calls::write_all(&mut file, path, bytes)?;
    fault::step();
    let written = file.metadata()?;
    if !disk::has_mode(&written, FILE_MODE) {
        disk::set_mode(path, FILE_MODE)?;
        fault::step();
    }
    Ok(Stamp::of(&written))
}

/// Gives `existing` a second name, in the place of whatever stood at `name`.
fn link_new(existing: &Path, name: &Path) -> io::Result<Stamp> {
    match disk::link(existing, name) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            disk::clear(name)?;
            fault::step();
            disk::link(existing, name)?;
        }
        other => other?,
    }
    fault::step();
    Ok(Stamp::of(&calls::symlink_metadata(name)?))
}
