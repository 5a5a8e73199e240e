//! What a command keeps for its next run where it publishes nothing: bytes in a folder of our own that
//! version control does not see. As far as that goes: in a folder that can't be written to nothing is kept.
//!
//! What is kept can have come with a project from elsewhere, put there by somebody who wants a mistake not to be
//! seen. A command that leaves out work because of what it kept asks for bytes that are [sealed](Seal::ThisFile):
//! they stand in the very file that the program wrote on this machine, which no copy is.

use super::calls;
use super::disk;
use super::folders::{self, OWN};
use crate::text::Fingerprint;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// Whether what is kept is good in a copy of the file too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seal {
    /// In any file with these bytes: whoever makes them up gains nothing by it.
    AnyCopy,
    /// Only in the file that they were written to.
    ThisFile,
}

/// What the command of this name kept for the project at `root`.
pub fn kept(root: &Path, command: &str, seal: Seal) -> Option<Vec<u8>> {
    let folder = folder(root, command)?;
    let file = folder.join("kept");
    let bytes = disk::read_regular(&file).ok()??;
    match seal {
        Seal::AnyCopy => Some(bytes),
        Seal::ThisFile => {
            let end = bytes.iter().position(|byte| *byte == b'\n')?;
            let written = sealed(&bytes[end + 1..], &disk::look(&file).ok()??);
            (bytes[..end] == *written.as_bytes()).then(|| bytes[end + 1..].to_vec())
        }
    }
}

/// Keeps bytes for the next run of the command of this name. Gives the file that they are in, as far as it could
/// be written.
pub fn keep(root: &Path, command: &str, bytes: &[u8], seal: Seal) -> PathBuf {
    let write = |folder: &Path| -> io::Result<()> {
        calls::create_dir_all(folder)?;
        let ignore = folder.join(".gitignore");
        if disk::look(&ignore)?.is_none() {
            calls::write_all(&mut disk::create_new(&ignore)?, &ignore, b"*\n")?;
        }
        match seal {
            Seal::AnyCopy => replace(&folder.join("kept"), bytes),
            Seal::ThisFile => replace_with(&folder.join("kept"), |found| {
                let mut all = sealed(bytes, found).into_bytes();
                all.push(b'\n');
                all.extend_from_slice(bytes);
                all
            }),
        }
    };
    if let Some(folder) = folder(root, command) {
        let _ = write(&folder);
    }
    root.join(OWN).join(command).join("kept")
}

/// The folder of this command, where no link stands in the way: what is written or cleared there is ours.
fn folder(root: &Path, command: &str) -> Option<PathBuf> {
    let folder = root.join(OWN).join(command);
    folders::both_are_ours_to_make(&folder).unwrap_or_default().then_some(folder)
}

/// What stands over bytes that are good in one file alone. A rename leaves the number and the birth of a file as
/// they are; a copy, a checkout and an archive make another file.
fn sealed(bytes: &[u8], file: &Metadata) -> String {
    let born = file.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let born = born.unwrap_or_default().as_nanos();
    let file = (disk::inode(file), born);
    Fingerprint::of_parts([&file.0.to_le_bytes()[..], &file.1.to_le_bytes(), bytes]).to_string()
}

/// Puts bytes in the place of a file of ours, whole or not at all, unless it has them.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match disk::read_regular(path) {
        Ok(Some(before)) if before == bytes => Ok(()),
        _ => replace_with(path, |_| bytes.to_vec()),
    }
}

/// The same with bytes that tell in which file they are.
fn replace_with(path: &Path, bytes: impl FnOnce(&Metadata) -> Vec<u8>) -> io::Result<()> {
    if disk::look(path)?.is_some_and(|found| !found.is_file()) {
        // Something else stands in its place, in a folder of ours.
        disk::clear(path)?;
    }
    // Two processes may write at once: each has a file of its own.
    let next = path.with_extension(format!("{}.next", std::process::id()));
    let written = disk::clear(&next).and_then(|()| {
        let mut file = disk::create_new(&next)?;
        let bytes = bytes(&calls::symlink_metadata(&next)?);
        calls::write_all(&mut file, &next, &bytes)?;
        calls::rename(&next, path)
    });
    if written.is_err() {
        let _ = disk::clear(&next);
    }
    written
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;
    use std::fs;
    use std::os::unix::fs::symlink;

    #[test]
    fn what_is_sealed_is_good_in_the_file_that_it_was_written_to_and_in_no_copy() {
        let root = tempfile::tempdir().unwrap();
        for bytes in [&b"nothing is wrong\nhere\n"[..], b"", b"\n"] {
            let file = keep(root.path(), "check", bytes, Seal::ThisFile);
            assert_eq!(kept(root.path(), "check", Seal::ThisFile).as_deref(), Some(bytes));
            let copy = fs::read(&file).unwrap();
            // The first file lives on, so that the copy can't have its number.
            fs::rename(&file, root.path().join(".rapporteur/check/first")).unwrap();
            fs::write(&file, copy).unwrap();
            assert_eq!(kept(root.path(), "check", Seal::ThisFile), None);
        }
        let file = keep(root.path(), "check", b"old", Seal::ThisFile);
        let mut bytes = fs::read(&file).unwrap();
        bytes.pop();
        fs::write(&file, bytes).unwrap();
        assert_eq!(kept(root.path(), "check", Seal::ThisFile), None, "written over in its place");
    }

    #[test]
    fn nothing_is_kept_nor_read_by_way_of_a_link() {
        let outside = tempfile::tempdir().unwrap();
        fs::create_dir_all(outside.path().join("check/kept")).unwrap();
        fs::write(outside.path().join("check/kept/work"), "of others").unwrap();
        for name in [".rapporteur", ".rapporteur/check"] {
            let root = tempfile::tempdir().unwrap();
            let link = root.path().join(name);
            fs::create_dir_all(link.parent().unwrap()).unwrap();
            let target = outside.path().join(if name.ends_with("check") { "check" } else { "" });
            symlink(target, link).unwrap();
            for seal in [Seal::AnyCopy, Seal::ThisFile] {
                keep(root.path(), "check", b"ours", seal);
                assert_eq!(kept(root.path(), "check", seal), None, "{name}");
            }
            assert_eq!(fs::read(outside.path().join("check/kept/work")).unwrap(), b"of others", "{name}");
            assert_eq!(fs::read_dir(outside.path().join("check")).unwrap().count(), 1, "{name}");
        }
    }
}
