//! Several of the author's files changed as one: all that is new is on disk before the first takes its
//! place, and where one can't, those before it are put back.

use super::author::{Before, Temporary, check, folder_of, replace_file};
use super::error::WriteError;
use super::{disk, fault};
use crate::text::{Fingerprint, SitePath};
use std::fs;
use std::path::{Path, PathBuf};

/// A file that changes: its path, what stands there, and what is to; `None` where the file goes.
pub type FileEdit = (SitePath, Fingerprint, Option<Vec<u8>>);

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
        let before = Before::Bytes(*before);
        let old = check(&target, before)?;
        let temporary = match bytes {
            Some(bytes) => {
                let temporary = Temporary::beside(&folder);
                temporary.write(bytes, old.as_ref()).map_err(WriteError::system("write", &target))?;
                Some(temporary)
            }
            None => None,
        };
        ready.push((target, before, temporary));
    }
    // Once more, just before: an editor may have saved in the meantime.
    for (target, before, _) in &ready {
        check(target, *before)?;
    }
    let mut done: Vec<(usize, Vec<u8>)> = Vec::new();
    for (at, (target, _, temporary)) in ready.iter().enumerate() {
        let changed = fs::read(target).and_then(|old| {
            match temporary {
                Some(temporary) => fs::rename(temporary.path(), target)?,
                None => fs::remove_file(target)?,
            }
            Ok(old)
        });
        match changed {
            Ok(old) => done.push((at, old)),
            Err(error) => {
                for (at, old) in done.into_iter().rev() {
                    let (path, _, bytes) = &edits[at];
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
        let of = |text: &str| Fingerprint::of(text.as_bytes());
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
}
