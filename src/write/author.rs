//! The door to the author's files: a file is replaced whole or stays as it was, and only if it is
//! still what the program read.

use super::calls;
use super::disk;
use super::error::WriteError;
use super::fault;
use crate::text::{Fingerprint, SitePath};
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// What must stand in a file's place for it to be written, so that nobody's work is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    /// Nothing: a new file.
    Absent,
    /// The file with these bytes, as the caller read it.
    Bytes(Fingerprint),
}

/// Puts `bytes` in the place of the file at `path` in the project at `root`: written beside it,
/// synced, and renamed into place, with the mode and the owner of the old file. Folders that are
/// missing are made. A process killed here may leave a `.rapporteur-….tmp` beside the file.
///
/// # Errors
/// [`WriteError::Moved`] where `before` does not hold, where the file is a link or no regular file,
/// or where one of its folders leads out of the project; [`WriteError::System`]. The file is then
/// as it was.
pub fn replace_file(root: &Path, path: &SitePath, before: Before, bytes: &[u8]) -> Result<(), WriteError> {
    let root = root.canonicalize().map_err(WriteError::system("find the project folder", root))?;
    let folder = folder_of(&root, path)?;
    let target = folder.join(path.file_name());
    let old = check(&target, before)?;

    let temporary = Temporary::beside(&folder);
    temporary.write(bytes, old.as_ref()).map_err(WriteError::system("write", &target))?;
    // Once more, just before: an editor may have saved in the meantime.
    check(&target, before)?;
    match before {
        Before::Bytes(_) => calls::rename(&temporary.0, &target),
        // A link, unlike a rename, never takes the place of a file that has just appeared.
        Before::Absent => match disk::link(&temporary.0, &target) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                return Err(WriteError::Moved { path: target, reason: "exists already" });
            }
            Err(_) => calls::rename(&temporary.0, &target),
            Ok(()) => Ok(()),
        },
    }
    .map_err(WriteError::system("write", &target))?;
    fault::step();
    drop(temporary);
    // The name is on disk when the folder is. The bytes are safe already.
    let _ = disk::sync(&folder);
    Ok(())
}

/// The folder of `path`, made where it is missing, as a path free of links beneath `root`.
pub(super) fn folder_of(root: &Path, path: &SitePath) -> Result<PathBuf, WriteError> {
    let mut folder = root.to_owned();
    for part in path.folder().split('/').filter(|part| !part.is_empty()) {
        folder.push(part);
        match disk::look(&folder).map_err(WriteError::system("look at", &folder))? {
            None => calls::create_dir(&folder).map_err(WriteError::system("make the folder", &folder))?,
            Some(found) if found.is_dir() => {}
            Some(_) => {
                let real = folder.canonicalize().map_err(WriteError::system("find", &folder))?;
                if !real.starts_with(root) || !real.is_dir() {
                    let reason = "is not a folder of the project, or leads out of it";
                    return Err(WriteError::Moved { path: folder, reason });
                }
                folder = real;
            }
        }
    }
    Ok(folder)
}

/// Whether what stands at `target` is what `before` says. Gives what is there.
pub(super) fn check(target: &Path, before: Before) -> Result<Option<Metadata>, WriteError> {
    let refuse = |reason| Err(WriteError::Moved { path: target.to_owned(), reason });
    let found = disk::look(target).map_err(WriteError::system("look at", target))?;
    match (&found, before) {
        (None, Before::Absent) => Ok(None),
        (None, Before::Bytes(_)) => refuse("is gone"),
        (Some(found), _) if found.is_symlink() => refuse("is a symbolic link"),
        (Some(found), _) if !found.is_file() => refuse("is not a regular file"),
        (Some(_), Before::Absent) => refuse("exists already"),
        (Some(_), Before::Bytes(expected)) => {
            let bytes = calls::read(target).map_err(WriteError::system("read", target))?;
            if Fingerprint::of(&bytes) == expected {
                Ok(found)
            } else {
                refuse("was changed by something else in the meantime")
            }
        }
    }
}

/// A file beside the one to be replaced, gone when this is dropped unless it was renamed.
pub(super) struct Temporary(PathBuf);

impl Temporary {
    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// Leaves the file where it is.
    pub(super) fn keep(self) {
        std::mem::forget(self);
    }

    /// A name that no other thread or process uses. Dotted, so that `watch` and `load` pass it by.
    pub(super) fn beside(folder: &Path) -> Temporary {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        Temporary(folder.join(format!(".rapporteur-{}-{count}.tmp", std::process::id())))
    }

    /// Writes `bytes` to it, with the mode and the owner of `old`, and waits until the disk has
    /// them.
    pub(super) fn write(&self, bytes: &[u8], old: Option<&Metadata>) -> io::Result<()> {
        // A process of this number may have died here before.
        disk::clear(&self.0)?;
        let mut file = disk::create_new(&self.0)?;
        fault::step();
        calls::write_all(&mut file, &self.0, bytes)?;
        fault::step();
        if let Some(old) = old {
            disk::keep_owner(&self.0, old);
            calls::set_permissions(&file, &self.0, old.permissions())?;
        }
        calls::sync_file(&file, &self.0)?;
        fault::step();
        Ok(())
    }
}

/// Whether a file's name is one that [`Temporary`] gives.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with(".rapporteur-") && name.ends_with(".tmp")
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = calls::remove_file(&self.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn a_new_file_is_made_with_its_folders() {
        let root = tempfile::tempdir().unwrap();
        replace_file(root.path(), &path("content/topics/data.md"), Before::Absent, b"new").unwrap();
        assert_eq!(fs::read(root.path().join("content/topics/data.md")).unwrap(), b"new");
        assert_eq!(names(&root.path().join("content/topics")), ["data.md"]);
    }

    #[test]
    fn a_new_file_never_takes_the_place_of_another() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.md"), "the author's").unwrap();
        let error = replace_file(root.path(), &path("a.md"), Before::Absent, b"ours").unwrap_err();
        assert!(error.to_string().contains("exists already"), "{error}");
        assert_eq!(fs::read(root.path().join("a.md")).unwrap(), b"the author's");
    }

    #[test]
    fn a_file_edited_in_the_meantime_is_left_alone() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a.md"), "edited").unwrap();
        let read = Before::Bytes(Fingerprint::of(b"as read"));
        let error = replace_file(root.path(), &path("a.md"), read, b"ours").unwrap_err();
        assert!(error.to_string().contains("was changed by something else"), "{error}");
        assert_eq!(fs::read(root.path().join("a.md")).unwrap(), b"edited");
        fs::remove_file(root.path().join("a.md")).unwrap();
        let error = replace_file(root.path(), &path("a.md"), read, b"ours").unwrap_err();
        assert!(error.to_string().contains("is gone"), "{error}");
        assert_eq!(names(root.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn a_replaced_file_keeps_its_mode() {
        use std::os::unix::fs::PermissionsExt;
        let root = tempfile::tempdir().unwrap();
        let file = root.path().join("a.sh");
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o750)).unwrap();
        let old = Before::Bytes(Fingerprint::of(b"old"));
        replace_file(root.path(), &path("a.sh"), old, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o750);
        assert_eq!(names(root.path()), ["a.sh"]);
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_out_of_the_project() {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("a.md"), "old").unwrap();
        let root = tempfile::tempdir().unwrap();
        symlink(outside.path(), root.path().join("content")).unwrap();
        symlink(outside.path().join("a.md"), root.path().join("link.md")).unwrap();
        let old = Before::Bytes(Fingerprint::of(b"old"));
        for (file, before) in [("content/a.md", old), ("content/b.md", Before::Absent), ("link.md", old)] {
            let error = replace_file(root.path(), &path(file), before, b"new").unwrap_err();
            assert!(matches!(error, WriteError::Moved { .. }), "{file}: {error}");
        }
        assert_eq!(fs::read(outside.path().join("a.md")).unwrap(), b"old");
        assert_eq!(names(outside.path()), ["a.md"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_inside_the_project_is_followed_for_folders() {
        let root = tempfile::tempdir().unwrap();
        fs::create_dir(root.path().join("real")).unwrap();
        std::os::unix::fs::symlink("real", root.path().join("content")).unwrap();
        replace_file(root.path(), &path("content/a.md"), Before::Absent, b"new").unwrap();
        assert_eq!(names(&root.path().join("real")), ["a.md"]);
    }
}
