//! Several of the author's files changed as one: all that is new is on disk before the first takes its
//! place, and where one can't, those before it are put back.

use super::author::{Before, Temporary, check, folder_of};
use super::calls;
use super::error::WriteError;
use super::journal::{Change, Journal};
use super::{disk, fault};
use crate::text::SitePath;
use std::io;
use std::path::{Path, PathBuf};

/// A file that changes: its path, what stands there, and what is to; `None` where the file goes.
pub type FileEdit = (SitePath, Before, Option<Vec<u8>>);

/// Changes files of the project at `root`, in this order. Where the program is killed, or the disk fails so that
/// not even what was there can be put back, [`resume`] finishes the change or takes it back.
///
/// [`resume`]: super::resume
///
/// # Errors
/// As [`replace_file`], and [`WriteError::CutShort`] where an earlier change has not ended. The files are then as
/// they were, as far as the disk allows.
///
/// [`replace_file`]: super::replace_file
pub fn replace_together(root: &Path, edits: &[FileEdit]) -> Result<(), WriteError> {
    let root = root.canonicalize().map_err(WriteError::system("find the project folder", root))?;
    let journal = Journal::of(&root);
    if journal.stands()? {
        return Err(WriteError::CutShort { root });
    }
    let mut ready: Vec<Ready<'_>> = Vec::new();
    for (path, before, bytes) in edits {
        let folder = folder_of(&root, path)?;
        let target = folder.join(path.file_name());
        let old = check(&target, *before)?;
        let new = match bytes {
            Some(bytes) => {
                let temporary = Temporary::beside(&folder);
                temporary.write(bytes, old.as_ref()).map_err(WriteError::system("write", &target))?;
                Some((temporary, bytes.as_slice()))
            }
            None => None,
        };
        ready.push(Ready { target, before: *before, new });
    }
    // Once more, just before: an editor may have saved in the meantime.
    for one in &ready {
        check(&one.target, one.before)?;
    }
    // One file is whole or not changed without more.
    let is_several = ready.len() > 1;
    if is_several {
        let changes: Vec<Change<'_>> = ready.iter().map(Ready::change).collect();
        journal.begin(&changes)?;
    }
    for at in 0..ready.len() {
        if let Err(error) = ready[at].take_place() {
            let error = WriteError::system("write", &ready[at].target)(error);
            if is_several {
                take_back(&journal, ready, at);
            }
            return Err(error);
        }
        fault::step();
    }
    for one in &ready {
        if let Some(folder) = one.target.parent() {
            let _ = disk::sync(folder);
        }
    }
    if is_several {
        journal.end();
    }
    Ok(())
}

/// Puts back the files before the one at `failed`. Where that can't be done, what `resume` needs stays.
fn take_back(journal: &Journal, ready: Vec<Ready<'_>>, failed: usize) {
    let put_back = |(at, one): (usize, &Ready<'_>)| journal.put_back(at, &one.target, one.before).is_ok();
    // Each is tried, whatever becomes of the others.
    let put_back: Vec<bool> = ready[..failed].iter().enumerate().rev().map(put_back).collect();
    if put_back.into_iter().all(|is_back| is_back) {
        journal.end();
    } else {
        for one in ready {
            one.new.into_iter().for_each(|(temporary, _)| temporary.keep());
        }
    }
}

/// A change that can take place: what is new is on disk.
struct Ready<'r> {
    target: PathBuf,
    before: Before,
    /// The new file and the bytes in it; none where the file goes.
    new: Option<(Temporary, &'r [u8])>,
}

impl Ready<'_> {
    fn change(&self) -> Change<'_> {
        let after = self.new.as_ref().map(|(temporary, bytes)| (temporary.path(), *bytes));
        Change { target: &self.target, before: self.before, after }
    }

    fn take_place(&self) -> io::Result<()> {
        match (self.before, &self.new) {
            (Before::Absent, new) => put_new(new.as_ref().map(|(temporary, _)| temporary), &self.target),
            (Before::Bytes(_), Some((temporary, _))) => calls::rename(temporary.path(), &self.target),
            (Before::Bytes(_), None) => calls::remove_file(&self.target),
        }
    }
}

/// Puts a new file in its place, which another file must not have taken.
fn put_new(temporary: Option<&Temporary>, target: &Path) -> io::Result<()> {
    let Some(temporary) = temporary else { return Ok(()) };
    match disk::link(temporary.path(), target) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => calls::rename(temporary.path(), target),
        linked => linked,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Fingerprint;
    use std::fs;

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
