//! Every call to the system by which this room changes or reads the disk. Each is a place where a test can let
//! the program die, or let the call fail; in the program itself they are the calls and nothing more.

use super::fault;
use std::fs::{self, File, OpenOptions, ReadDir};
use std::io::{self, Write};
use std::path::Path;

/// `rename`.
pub(super) fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fault::call(to)?;
    fs::rename(from, to)
}

/// Gives `existing` a second name.
pub(super) fn hard_link(existing: &Path, name: &Path) -> io::Result<()> {
    fault::call(name)?;
    fs::hard_link(existing, name)
}

/// Copies a file's bytes.
pub(super) fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    fault::call(to)?;
    fs::copy(from, to)
}

/// Removes a file or a link.
pub(super) fn remove_file(path: &Path) -> io::Result<()> {
    fault::call(path)?;
    fs::remove_file(path)
}

/// Removes an empty folder.
pub(super) fn remove_dir(path: &Path) -> io::Result<()> {
    fault::call(path)?;
    fs::remove_dir(path)
}

/// Removes a folder and all that is in it.
pub(super) fn remove_dir_all(path: &Path) -> io::Result<()> {
    fault::call(path)?;
    fs::remove_dir_all(path)
}

/// Makes a folder.
pub(super) fn create_dir(path: &Path) -> io::Result<()> {
    fault::call(path)?;
    fs::create_dir(path)
}

/// Makes a folder and those that it is in.
pub(super) fn create_dir_all(path: &Path) -> io::Result<()> {
    fault::call(path)?;
    fs::create_dir_all(path)
}

/// What stands in a folder.
pub(super) fn read_dir(path: &Path) -> io::Result<ReadDir> {
    fault::look(path)?;
    fs::read_dir(path)
}

/// The bytes of a file.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    fault::look(path)?;
    fs::read(path)
}

/// Opens a file that must not exist yet, for writing.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    fault::call(path)?;
    OpenOptions::new().write(true).create_new(true).open(path)
}

/// Writes all of these bytes to the file at `path`, which is open. A call that fails may have written some.
pub(super) fn write_all(file: &mut File, path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Err(error) = fault::call(path) {
        file.write_all(&bytes[..bytes.len() / 2])?;
        return Err(error);
    }
    file.write_all(bytes)
}

/// Waits until the disk has the bytes of the file at `path`, which is open.
pub(super) fn sync_file(file: &File, path: &Path) -> io::Result<()> {
    fault::call(path)?;
    // A test kills the program, never the machine.
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// What stands at `path` itself.
pub(super) fn symlink_metadata(path: &Path) -> io::Result<fs::Metadata> {
    fault::look(path)?;
    fs::symlink_metadata(path)
}

/// Gives the file at `path`, which is open, these permissions.
pub(super) fn set_permissions(file: &File, path: &Path, permissions: fs::Permissions) -> io::Result<()> {
    fault::call(path)?;
    file.set_permissions(permissions)
}
