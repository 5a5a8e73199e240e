//! Several of the author's files changed as one: all that is new is on disk before the first takes its
//! place, and where one can't, those before it are put back.

use super::author::{Before, Temporary, check, folder_of, replace_file};
use super::error::WriteError;
use super::{disk, fault};
use crate::text::{Fingerprint, SitePath};
use std::path::{Path, PathBuf};
use std::{fs, io};

/// A file that changes: its path, what stands there, and what is to; `None` where the file goes.
pub type FileEdit = (SitePath, Before, Option<Vec<u8>>);

/// Changes files of the project at `root`, in this order.
///
/// # Errors
/// As [`replace_file`]. The files are then as they were, as far as the disk allows.
pub fn replace_together(root: &Path, edits: &[FileEdit]) -> Result<(), WriteError> {
    let root = root.canonicalize().map_err(WriteError::system("find the project folder", root))?;
    let mut ready: Vec<(PathBuf, Before, Option<Temporary>)> = Vec::new();
    for (path, before, bytes) in edits {
        let folder = folder_of(&root, path)?;
        let target = folder.join(path.file_name());
        let old = check(&target, *before)?;
        let temporary = match bytes {
            Some(bytes) => {
                let temporary = Temporary::beside(&folder);
                temporary.write(bytes, old.as_ref()).map_err(WriteError::system("write", &target))?;
                Some(temporary)
            }
            None => None,
        };
        ready.push((target, *before, temporary));
    }
    // Once more, just before: an editor may have saved in the meantime.
    for (target, before, _) in &ready {
        check(target, *before)?;
    }
    let mut done: Vec<(usize, Option<Vec<u8>>)> = Vec::new();
    for (at, (target, before, temporary)) in ready.iter().enumerate() {
        let changed = match before {
            Before::Absent => put_new(temporary.as_ref(), target).map(|()| None),
            Before::Bytes(_) => fs::read(target).and_then(|old| {
                match temporary {
                    Some(temporary) => fs::rename(temporary.path(), target)?,
                    None => fs::remove_file(target)?,
                }
                Ok(Some(old))
            }),
        };
        match changed {
            Ok(old) => done.push((at, old)),
            Err(error) => {
                for (at, old) in done.into_iter().rev() {
                    let (path, _, bytes) = &edits[at];
                    let Some(old) = old else {
                        let _ = fs::remove_file(&ready[at].0);
                        continue;
                    };
                    let now =
                        bytes.as_ref().map_or(Before::Absent, |bytes| Before::Bytes(Fingerprint::of(bytes)));
                    // What can't be put back is not made worse by trying.
                    let _ = replace_file(&root, path, now, &old);
                }
                return Err(WriteError::system("write", target)(error));
            }
        }
        fault::step();
    }
    for (target, ..) in &ready {
        if let Some(folder) = target.parent() {
            let _ = disk::sync(folder);
        }
    }
    Ok(())
}

/// Puts a new file in its place, which another file must not have taken.
fn put_new(temporary: Option<&Temporary>, target: &Path) -> io::Result<()> {
    let Some(temporary) = temporary else { return Ok(()) };
    match disk::link(temporary.path(), target) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => fs::rename(temporary.path(), target),
        linked => linked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).unwrap()
    }

    #[test]
    fn all_files_change_or_none() {
        let root = tempfile::tempdir().unwrap();
        for name in ["a", "b", "c"] {
            fs::write(root.path().join(name), name).unwrap();
        }
        let read = |name: &str| fs::read_to_string(root.path().join(name)).ok();
        let of = |text: &str| Before::Bytes(Fingerprint::of(text.as_bytes()));
        let edits = |b: &str| {
            [
                (path("a"), of("a"), Some(b"new".to_vec())),
                (path("b"), of(b), None),
                (path("c"), of("c"), None),
            ]
        };
        replace_together(root.path(), &edits("as read")).unwrap_err();
        assert_eq!([read("a"), read("b"), read("c")].map(Option::unwrap), ["a", "b", "c"]);
        replace_together(root.path(), &edits("b")).unwrap();
        assert_eq!([read("a"), read("b"), read("c")], [Some("new".to_owned()), None, None]);
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1, "nothing is left behind");
    }

    #[test]
    fn new_files_come_with_the_changed_ones_or_not_at_all() {
        let root = tempfile::tempdir().unwrap();
        fs::write(root.path().join("a"), "a").unwrap();
        let new = |name: &str| (path(name), Before::Absent, Some(b"new".to_vec()));
        let old = (path("a"), Before::Bytes(Fingerprint::of(b"a")), None);
        replace_together(root.path(), &[new("b"), old.clone(), new("a")]).unwrap_err();
        assert_eq!(fs::read(root.path().join("a")).unwrap(), b"a");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
        replace_together(root.path(), &[new("b"), old]).unwrap();
        assert_eq!(fs::read(root.path().join("b")).unwrap(), b"new");
        assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
    }
}
