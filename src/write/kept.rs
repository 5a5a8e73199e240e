//! What a command keeps for its next run where it publishes nothing: bytes in a folder of our own that
//! version control does not see. As far as that goes: in a folder that can't be written to nothing is kept.

use super::calls;
use super::disk;
use super::folders::OWN;
use std::io;
use std::path::{Path, PathBuf};

/// What the command of this name kept for the project at `root`.
pub fn kept(root: &Path, command: &str) -> Option<Vec<u8>> {
    disk::read_regular(&root.join(OWN).join(command).join("kept")).ok()?
}

/// Keeps bytes for the next run of the command of this name. Gives the file that they are in, as far as it could
/// be written.
pub fn keep(root: &Path, command: &str, bytes: &[u8]) -> PathBuf {
    let folder = root.join(OWN).join(command);
    let file = folder.join("kept");
    let write = || -> io::Result<()> {
        calls::create_dir_all(&folder)?;
        let ignore = folder.join(".gitignore");
        if disk::look(&ignore)?.is_none() {
            calls::write_all(&mut disk::create_new(&ignore)?, &ignore, b"*\n")?;
        }
        replace(&file, bytes)
    };
    let _ = write();
    file
}

/// Puts bytes in the place of a file of ours, whole or not at all, unless it has them.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    match disk::read_regular(path) {
        Ok(Some(before)) if before == bytes => return Ok(()),
        Ok(Some(_)) => {}
        // Something else stands in its place, in a folder of ours.
        _ => disk::clear(path)?,
    }
    // Two processes may write at once: each has a file of its own.
    let next = path.with_extension(format!("{}.next", std::process::id()));
    let written = disk::clear(&next)
        .and_then(|()| disk::create_new(&next))
        .and_then(|mut file| calls::write_all(&mut file, &next, bytes))
        .and_then(|()| calls::rename(&next, path));
    if written.is_err() {
        let _ = disk::clear(&next);
    }
    written
}
