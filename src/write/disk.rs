//! The few calls to the system that differ from one to another: modes, the identity of a file, one
//! sync for a whole file system, and the exchange of two folders. Everywhere but on Unix they are
//! what the standard library can do.

use super::calls;
use super::fault::{self, Lack};
use std::fs::{File, Metadata};
use std::io;
use std::path::Path;

/// The mode of a published file.
pub(super) const FILE_MODE: u32 = 0o644;
/// The mode of a published folder.
pub(super) const FOLDER_MODE: u32 = 0o755;

/// What tells one file's content from another's without reading it: a file with the same stamp as
/// when we wrote it still holds what we wrote. A write by anything else moves the time; a copy put
/// in its place has another inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Stamp {
    /// The inode.
    pub(super) inode: u64,
    /// Length in bytes.
    pub(super) size: u64,
    /// The time of the last write, in nanoseconds since 1970.
    pub(super) modified: i64,
}

impl Stamp {
    /// The stamp of the file that `metadata` is about.
    pub(super) fn of(metadata: &Metadata) -> Stamp {
        Stamp { inode: inode(metadata), size: metadata.len(), modified: modified(metadata) }
    }
}

/// Whether this is a regular file with the mode of a published one.
pub(super) fn is_published_file(metadata: &Metadata) -> bool {
    metadata.is_file() && has_mode(metadata, FILE_MODE)
}

/// Makes a folder with the mode of a published one, whatever the umask.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    calls::create_dir(path)?;
    set_mode(path, FOLDER_MODE)
}

/// Opens a file that must not exist yet, for writing.
pub(super) fn create_new(path: &Path) -> io::Result<File> {
    calls::create_new(path)
}

/// The largest file of our own that is read, in bytes. Where more stands in its place it is none of ours.
const MOST: u64 = 2 << 30;

/// The bytes of a regular file of our own; none where nothing or something else stands there. Opening a pipe would
/// wait for ever, and a file without end would take all memory.
pub(super) fn read_regular(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match look(path)? {
        Some(found) if found.is_file() && found.len() <= MOST => calls::read(path).map(Some),
        _ => Ok(None),
    }
}

/// Removes what stands at `path`, be it a file, a link (not what it leads to) or a whole folder.
/// Nothing there is fine.
pub(super) fn clear(path: &Path) -> io::Result<()> {
    let removed = match calls::symlink_metadata(path) {
        Ok(metadata) if metadata.is_dir() => calls::remove_dir_all(path),
        Ok(_) => calls::remove_file(path),
        Err(error) => Err(error),
    };
    match removed {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}

/// What stands at `path` itself (a link is not followed), or nothing.
pub(super) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match calls::symlink_metadata(path) {
        Ok(metadata) => Ok(Some(metadata)),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Gives `existing` a second name.
pub(super) fn link(existing: &Path, name: &Path) -> io::Result<()> {
    if fault::lacks(Lack::Links) {
        return Err(io::ErrorKind::Unsupported.into());
    }
    calls::hard_link(existing, name)
}

/// Exchanges two folders in one step. `Unsupported` where the system or the file system can't,
/// `CrossesDevices` where one of these folders can't be renamed.
pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    if fault::lacks(Lack::Exchange) {
        return Err(io::ErrorKind::Unsupported.into());
    }
    if fault::lacks(Lack::Rename) {
        return Err(io::ErrorKind::CrossesDevices.into());
    }
    fault::call(other)?;
    system::exchange(one, other)
}

/// Waits until the disk has the bytes of a file, or the names in a folder.
pub(super) fn sync(path: &Path) -> io::Result<()> {
    fault::call(path)?;
    let file = File::open(path)?;
    // A test kills the program, never the machine.
    if cfg!(test) { Ok(()) } else { file.sync_all() }
}

/// Waits until the disk has all that was written to the file system of a folder.
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    fault::call(folder)?;
    system::sync_all(folder)
}

/// Sets the mode of what stands at `path`.
pub(super) fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
    fault::call(path)?;
    system::set_mode(path, mode)
}

pub(super) use system::{
    close_to_others, has_mode, inode, keep_owner, make_closed, modified, open_lock, same_device,
};

#[cfg(unix)]
mod system {
    use std::fs::{self, File, Metadata, OpenOptions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    pub(in crate::write) fn inode(metadata: &Metadata) -> u64 {
        metadata.ino()
    }

    pub(in crate::write) fn modified(metadata: &Metadata) -> i64 {
        metadata.mtime().saturating_mul(1_000_000_000).saturating_add(metadata.mtime_nsec())
    }

    pub(in crate::write) fn same_device(one: &Metadata, other: &Metadata) -> bool {
        one.dev() == other.dev()
    }

    pub(in crate::write) fn has_mode(metadata: &Metadata, mode: u32) -> bool {
        metadata.mode() & 0o7777 == mode
    }

    pub(in crate::write) fn set_mode(path: &Path, mode: u32) -> io::Result<()> {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))
    }

    /// Makes a folder that only its owner and their group can look into.
    pub(in crate::write) fn make_closed(path: &Path) -> io::Result<()> {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new().mode(0o770).create(path)
    }

    /// Takes from all others what they may do with a folder.
    pub(in crate::write) fn close_to_others(path: &Path, found: &Metadata) -> io::Result<()> {
        match found.mode() & 0o7 {
            0 => Ok(()),
            _ => set_mode(path, found.mode() & 0o7770),
        }
    }

    /// Gives the file at `path` the owner of `old`. Only root may do that for another's file, and for
    /// others there is nothing to do, so a failure means nothing.
    pub(in crate::write) fn keep_owner(path: &Path, old: &Metadata) {
        let _ = std::os::unix::fs::lchown(path, Some(old.uid()), Some(old.gid()));
    }

    /// Opens the lock file, making it where it is missing; a link in its place is refused.
    pub(in crate::write) fn open_lock(path: &Path) -> io::Result<File> {
        let no_follow = i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or_default();
        OpenOptions::new().write(true).create(true).truncate(false).custom_flags(no_follow).open(path)
    }

    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(in crate::write) fn sync_all(folder: &Path) -> io::Result<()> {
        Ok(rustix::fs::syncfs(File::open(folder)?)?)
    }

    #[cfg(not(any(target_os = "linux", target_os = "android")))]
    pub(in crate::write) fn sync_all(_folder: &Path) -> io::Result<()> {
        rustix::fs::sync();
        Ok(())
    }

    #[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
    pub(super) fn exchange(one: &Path, other: &Path) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        use rustix::io::Errno;
        renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).map_err(|errno| match errno {
            Errno::INVAL | Errno::NOSYS | Errno::NOTSUP => io::ErrorKind::Unsupported.into(),
            errno => errno.into(),
        })
    }

    #[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
    pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

#[cfg(not(unix))]
mod system {
    use std::fs::{File, Metadata, OpenOptions};
    use std::io;
    use std::path::Path;
    use std::time::{SystemTime, UNIX_EPOCH};

    fn nanoseconds(time: io::Result<SystemTime>) -> u64 {
        let since = time.ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).unwrap_or_default();
        u64::try_from(since.as_nanos()).unwrap_or_default()
    }

    /// The time of making stands in for the inode: it moves with the file when that is renamed.
    pub(in crate::write) fn inode(metadata: &Metadata) -> u64 {
        nanoseconds(metadata.created())
    }

    pub(in crate::write) fn modified(metadata: &Metadata) -> i64 {
        i64::try_from(nanoseconds(metadata.modified())).unwrap_or_default()
    }

    pub(in crate::write) fn same_device(_one: &Metadata, _other: &Metadata) -> bool {
        true
    }

    pub(in crate::write) fn has_mode(_metadata: &Metadata, _mode: u32) -> bool {
        true
    }

    pub(in crate::write) fn set_mode(_path: &Path, _mode: u32) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::write) fn make_closed(path: &Path) -> io::Result<()> {
        std::fs::create_dir(path)
    }

    pub(in crate::write) fn close_to_others(_path: &Path, _found: &Metadata) -> io::Result<()> {
        Ok(())
    }

    pub(in crate::write) fn keep_owner(_path: &Path, _old: &Metadata) {}

    pub(in crate::write) fn open_lock(path: &Path) -> io::Result<File> {
        OpenOptions::new().write(true).create(true).truncate(false).open(path)
    }

    /// There is no sync for a whole file system here: the record is synced by itself, the files of
    /// the site are not.
    pub(in crate::write) fn sync_all(_folder: &Path) -> io::Result<()> {
        Ok(())
    }

    pub(super) fn exchange(_one: &Path, _other: &Path) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
