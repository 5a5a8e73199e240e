//! One build's way to the disk: the new site is staged beside the output folder and takes its place
//! in one step.
//!
//! # The protocol
//! Beside an output folder `output` stands `.rapporteur/output.site/` with
//! - `lock`, held by the build that writes; the system lets go of it when a process ends, however;
//! - `manifest.json`, the record of the published site;
//! - `kept`, what the build that published it kept for the next: bytes, bound to the record by its fingerprint;
//! - `spare/`, the site before the published one, which the next build starts from; only where the output
//!   stands in the project's own folder: beside a site elsewhere, a web server may serve it;
//! - `staging/`, only during a build: the tree that becomes the site;
//! - `next.json`, only while publishing: the record of the staged tree, with the inode of its root;
//! - `replaced/`, only while publishing where folders can't be exchanged: the old site.
//!
//! A build (1) takes the lock, (2) ends what a killed build began, (3) refuses an output folder with
//! anything foreign at its top, (4) renames `spare/` to `staging/` and brings it to the new site:
//! files that changed are written as they come; at the end the others get a second name there, and
//! what is left over goes. It then (5) writes `next.json`, (6) syncs it, and the file system with it
//! if a site is being replaced, (7) refuses an output with anything foreign anywhere in it,
//! (8) exchanges `staging/` and the output, (9) renames `next.json` to `manifest.json` and `staging/`
//! to `spare/`. Where nothing changed, it ends at 4 with the check of 7.
//!
//! Killed before 8, the output is the old site, untouched: its files are never opened for writing,
//! and `manifest.json` is its record. Killed after 8, it is the new site, and `next.json` names its
//! inode: step 2 of the next build does step 9. The exchange is atomic, so there is nothing between.
//! Where the system has no exchange, step 8 is two renames; a build killed between them leaves no
//! output, and step 2 of the next build puts the old site back. Where the output can't be renamed
//! at all, being a folder of a container's image, the old site is removed file by file before the
//! new one is renamed in; killed meanwhile, the output is what is left of the old site, and the next
//! build publishes the whole of the new one.
//!
//! Where the output is a mount point, no folder can be exchanged for it: the files that changed are put into it
//! one by one, each whole ([`in_place`](super::in_place)). Killed meanwhile, it is a mixture of both sites, of which
//! the record knows every file, and the next build publishes the whole of the new one.
//!
//! A published file is taken to be what we wrote if its inode, size, time of writing and mode are
//! those we recorded. A file edited by hand or restored from a copy is written again.
//!
//! Foreign files: what appears in the output in the instant between the check of 7 and 8 goes to
//! `spare/` with the old site, and the next build removes it. Everything else that is ever removed is
//! in a record of ours or was staged by us.

use super::adopt::is_site;
use super::calls;
use super::disk::{self, Stamp};
use super::error::WriteError;
use super::fault;
use super::folders::Folders;
use super::kept;
use super::record::{Depth, Entry, Record, folders_of};
use super::staging::Staging;
use super::swap::{self, Repository, Standing};
use crate::output::{Kept, OutputFile, Sink};
use crate::text::{Fingerprint, SitePath};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;
use std::fs::{File, TryLockError};
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// The longest name of a file or folder of the site, in bytes.
const MAX_NAME: usize = 200;
/// The longest path of a file of the site, in bytes.
const MAX_PATH: usize = 1_024;
/// How long a lock is waited for before it counts as held: a program that another thread of this process has just
/// started holds what was open until it is itself.
const BRIEFLY: Duration = Duration::from_millis(200);

/// How long a short look at the folders waits for a build.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// A site on its way to the output folder. Takes files from several threads; [`commit`] publishes
/// them all, and dropping it publishes none.
///
/// [`commit`]: Publication::commit
pub struct Publication {
    folders: Folders,
    /// The record of the published site, or of the one that somebody has removed.
    published: Record,
    /// Whether there was an output folder at the start.
    standing: Standing,
    staging: Staging,
    files: Mutex<HashMap<String, Staged>>,
    /// Set when a file was refused: what is staged is not the whole site then.
    incomplete: AtomicBool,
    /// Set when nothing is left to be undone.
    finished: bool,
    /// Held until this is dropped.
    lock: File,
}

/// A file of the new site.
#[derive(Clone, Copy)]
struct Staged {
    hash: Fingerprint,
    stamp: Stamp,
    place: StagedIn,
}

/// Where the bytes of a file of the new site are while the build goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StagedIn {
    /// In the published site, from where it will be linked.
    Output,
    /// In the staging folder.
    Staging,
}

/// What a build changed in the published site, in files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New files, in the order of their paths, as the others.
    pub added: Vec<String>,
    /// Files with other bytes than before, or put back after somebody else changed or removed them.
    pub changed: Vec<String>,
    /// Files that are no more.
    pub removed: Vec<String>,
    /// How many files are as they were.
    pub unchanged: usize,
}

impl Changes {
    /// Whether the published site is as it was.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }
}

impl fmt::Display for Changes {
    /// `+3 ~12 −1`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "+{} ~{} \u{2212}{}", self.added.len(), self.changed.len(), self.removed.len())
    }
}

impl Publication {
    /// Makes ready to publish the site of the project at `root` to `output`, both as paths from the
    /// working folder. `output` and the folders above it need not exist.
    ///
    /// # Errors
    /// [`WriteError::Busy`] where another build holds the lock; [`WriteError::Place`] and
    /// [`WriteError::Foreign`] where the folder is not one to publish to; [`WriteError::System`].
    pub fn begin(root: &Path, output: &Path) -> Result<Publication, WriteError> {
        Publication::begin_within(root, output, BRIEFLY)
    }

    /// The same, but waits for another build to finish, at most for the time of `patience`. Meant
    /// for a second try after [`WriteError::is_busy`], when the user has been told.
    ///
    /// # Errors
    /// As [`Publication::begin`].
    pub fn begin_within(root: &Path, output: &Path, patience: Duration) -> Result<Publication, WriteError> {
        let folders = Folders::of(root, output)?;
        let ours = [folders.record(), folders.next_record(), folders.replaced()];
        if !ours.iter().any(|path| path.exists()) && Standing::of(&folders.output)? == Standing::There {
            // Refused before anything is made beside somebody else's folder.
            refuse_foreign(&Record::default(), &folders, Depth::Top).map_err(|refused| match &refused {
                WriteError::Foreign { output, .. } if is_site(output) => {
                    WriteError::Elsewhere { output: output.clone() }
                }
                _ => refused,
            })?;
        }
        folders.prepare()?;
        let lock = take_lock(&folders, patience)?;
        let git_ignore = folders.git_ignore();
        match disk::create_new(&git_ignore)
            .and_then(|mut file| calls::write_all(&mut file, &git_ignore, b"*\n"))
        {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            written => written.map_err(WriteError::system("write", &git_ignore))?,
        }
        fault::step();
        swap::recover(&folders)?;
        let published = Record::read(&folders.record())?.unwrap_or_default();
        let standing = Standing::of(&folders.output)?;
        if standing == Standing::There {
            refuse_foreign(&published, &folders, Depth::Top)?;
        }
        let staging = Staging::open(folders.staging(), folders.spare(), folders.keeps_spare())?;
        Ok(Publication {
            folders,
            published,
            standing,
            staging,
            files: Mutex::default(),
            incomplete: AtomicBool::new(false),
            finished: false,
            lock,
        })
    }

    /// Publishes the files taken, and removes those of the site before that are not among them.
    /// `as_of` is the day that the build judged dates at, for the record. Where nothing changed the output folder is not touched.
    ///
    /// # Errors
    /// As for [`Publication::begin`], and [`WriteError::Incomplete`] where a file was refused
    /// before. The published site is then as it was.
    pub fn commit(self, as_of: Option<&str>) -> Result<Changes, WriteError> {
        self.commit_with(as_of, None)
    }

    /// The same, with bytes that the next build gets from [`Publication::kept`] as long as the site is the
    /// one that is published here.
    ///
    /// # Errors
    /// As [`Publication::commit`].
    pub fn commit_with(mut self, as_of: Option<&str>, kept: Option<&[u8]>) -> Result<Changes, WriteError> {
        let changes = self.publish(as_of)?;
        self.finished = true;
        if let Some(kept) = kept {
            self.keep_for_next(kept);
        }
        Ok(changes)
    }

    /// Gives up: the published site stays as it is. Dropping does the same.
    pub fn discard(self) {}

    fn publish(&mut self, as_of: Option<&str>) -> Result<Changes, WriteError> {
        let output = &self.folders.output;
        if *self.incomplete.get_mut() {
            return Err(WriteError::Incomplete { output: output.clone() });
        }
        let files = &*self.files.get_mut().unwrap_or_else(PoisonError::into_inner);
        let folders = folders_of(files.keys().map(String::as_str));
        if let Some(path) = folders.iter().find(|folder| files.contains_key(**folder)) {
            return Err(WriteError::Path {
                path: (*path).to_owned(),
                reason: "is a folder of other files already",
            });
        }
        let changes = changes(files, &self.published, self.standing);
        let standing = Standing::of(output)?;
        if changes.is_empty() && standing == Standing::There && self.standing == Standing::There {
            refuse_foreign(&self.published, &self.folders, Depth::Whole)?;
            self.note_day(as_of)?;
            self.staging.undo(std::iter::empty());
            return Ok(changes);
        }

        let (staging, published) = (&self.staging, &self.published);
        let files: BTreeMap<String, Entry> = files
            .par_iter()
            .map(|(path, file)| {
                let mut entry = Entry::new(file.hash, file.stamp);
                if file.place == StagedIn::Output {
                    let stamp = staging.link(path, &output.join(path), &entry)?;
                    entry = Entry::new(file.hash, stamp);
                }
                Ok((path.clone(), entry))
            })
            .collect::<Result<_, WriteError>>()?;
        let carried = match standing {
            Standing::There => staging.carry(output, |name| files.contains_key(name))?,
            Standing::Missing => HashSet::new(),
        };
        staging.sweep(&folders, |path| files.contains_key(path) || carried.contains(path))?;

        let record = Record {
            generator: generator(),
            as_of: as_of.map(str::to_owned),
            folder: staging.identity()?,
            files,
        };
        let next = self.folders.next_record();
        record.save(&next)?;
        // Nothing is lost with a first site but the time to build it again.
        let synced = if published.files.is_empty() || standing == Standing::Missing {
            disk::sync(&next)
        } else {
            disk::sync_all(output)
        };
        synced.map_err(WriteError::system("sync the new site beside", output))?;
        fault::step();
        if standing == Standing::There {
            refuse_foreign(published, &self.folders, Depth::Whole)?;
        }
        let put = swap::publish(&self.folders, standing, published, &record)?;
        if let Some(record) = put.record {
            record.save(&next)?;
            disk::sync(&next).map_err(WriteError::system("sync", &next))?;
            let _ = disk::clear(&self.folders.staging());
        }
        // The site is published. If this fails, `next.json` says so to the next build.
        let _ = swap::accept(&self.folders);
        // Never with somebody's repository in it.
        if put.repository == Repository::InPlace {
            staging.retire();
        }
        Ok(changes)
    }

    /// Brings the record of an unchanged site up to date.
    fn note_day(&self, as_of: Option<&str>) -> Result<(), WriteError> {
        let generator = generator();
        if self.published.as_of.as_deref() == as_of && self.published.generator == generator {
            return Ok(());
        }
        let output = &self.folders.output;
        let found = calls::symlink_metadata(output).map_err(WriteError::system("look at", output))?;
        let record = Record {
            generator,
            as_of: as_of.map(str::to_owned),
            folder: disk::inode(&found),
            files: self.published.files.clone(),
        };
        let next = self.folders.next_record();
        record.save(&next)?;
        disk::sync(&next).map_err(WriteError::system("sync", &next))?;
        swap::accept(&self.folders)
    }

    /// Takes one file: finds it unchanged in the published site, or has it staged.
    fn take(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        check_path(path)?;
        let hash = Fingerprint::of(bytes);
        let mut file = Staged { hash, stamp: Stamp::default(), place: StagedIn::Staging };
        // Claimed first, so that of two files for one path the second touches nothing.
        if self.files().insert(path.to_owned(), file).is_some() {
            return Err(WriteError::Path {
                path: path.to_owned(),
                reason: "is taken by another file already",
            });
        }
        let known = self.published.files.get(path);
        match known.filter(|entry| entry.hash == hash && entry.size == bytes.len() as u64) {
            Some(entry) if self.is_published(path, entry)? => {
                file = Staged { hash, stamp: entry.stamp(), place: StagedIn::Output };
            }
            Some(entry) if self.staging.holds(path, entry)? => file.stamp = entry.stamp(),
            _ => file.stamp = self.staging.write(path, bytes)?,
        }
        self.files().insert(path.to_owned(), file);
        Ok(())
    }

    /// Whether the file of `entry` stands in the output as we wrote it.
    fn is_published(&self, path: &str, entry: &Entry) -> Result<bool, WriteError> {
        let file = self.folders.output.join(path);
        let found = disk::look(&file).map_err(WriteError::system("look at", &file))?;
        Ok(found.is_some_and(|found| disk::is_published_file(&found) && Stamp::of(&found) == entry.stamp()))
    }

    fn files(&self) -> std::sync::MutexGuard<'_, HashMap<String, Staged>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Publication {
    fn put(&self, file: OutputFile) -> io::Result<()> {
        self.take(&file.path, &file.bytes).map_err(|error| {
            self.incomplete.store(true, Ordering::Relaxed);
            error.into()
        })
    }

    fn keep(&self, path: &str) -> io::Result<Kept> {
        let Some(entry) = self.published.files.get(path) else { return Ok(Kept::No) };
        if !self.is_published(path, entry)? {
            return Ok(Kept::No);
        }
        let file = Staged { hash: entry.hash, stamp: entry.stamp(), place: StagedIn::Output };
        match self.files().insert(path.to_owned(), file) {
            None => Ok(Kept::Yes),
            Some(_) => {
                self.incomplete.store(true, Ordering::Relaxed);
                let reason = "is taken by another file already";
                Err(WriteError::Path { path: path.to_owned(), reason }.into())
            }
        }
    }

    fn keep_all(&self) -> io::Result<Kept> {
        let published = &self.published.files;
        let stands = published
            .par_iter()
            .map(|(path, entry)| self.is_published(path, entry))
            .try_reduce(|| true, |one, other| Ok(one && other))?;
        if !stands || published.is_empty() {
            return Ok(Kept::No);
        }
        let staged = |(path, entry): (&String, &Entry)| {
            (path.clone(), Staged { hash: entry.hash, stamp: entry.stamp(), place: StagedIn::Output })
        };
        self.files().extend(published.iter().map(staged));
        Ok(Kept::Yes)
    }
}

impl Publication {
    /// What the build of the published site kept. `None` where there is nothing, or where it belongs to
    /// another site than the one that stands there.
    pub fn kept(&self) -> Option<Vec<u8>> {
        let bytes = disk::read_regular(&self.folders.kept()).ok()??;
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        (bytes[..end] == *self.bond()?.to_string().as_bytes()).then(|| bytes[end + 1..].to_vec())
    }

    /// What ties the bytes that are kept to the record: what is in it, and the file that it is. A record and bytes
    /// that came with a project from elsewhere are not taken for ours.
    fn bond(&self) -> Option<Fingerprint> {
        let record = self.folders.record();
        let bytes = disk::read_regular(&record).ok()??;
        let stamp = Stamp::of(&disk::look(&record).ok()??);
        let file = [stamp.inode.to_le_bytes(), stamp.size.to_le_bytes(), stamp.modified.to_le_bytes()];
        Some(Fingerprint::of_parts([&bytes[..], &file.concat()]))
    }

    /// Keeps bytes for the next build, bound to the site that was just published. As far as that goes: a
    /// build without them is slower, and the same.
    fn keep_for_next(&self, bytes: &[u8]) {
        let Some(bond) = self.bond() else { return };
        let mut all = bond.to_string().into_bytes();
        all.push(b'\n');
        all.extend_from_slice(bytes);
        let _ = kept::replace(&self.folders.kept(), &all);
    }
}

impl Drop for Publication {
    fn drop(&mut self) {
        if !self.finished {
            let _ = disk::clear(&self.folders.next_record());
            let files = self.files.get_mut().unwrap_or_else(PoisonError::into_inner);
            let written = files.iter().filter(|(_, file)| file.place == StagedIn::Staging);
            self.staging.undo(written.map(|(path, _)| path.as_str()));
        }
        // Closing the file is not enough while a process started meanwhile has it too.
        let _ = self.lock.unlock();
    }
}

/// What the record says about the program.
pub(super) fn generator() -> String {
    concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned()
}

/// How the new `files` differ from those published.
fn changes(files: &HashMap<String, Staged>, published: &Record, standing: Standing) -> Changes {
    let mut changes = Changes::default();
    for (path, file) in files {
        let list = match file.place {
            StagedIn::Output => {
                changes.unchanged += 1;
                continue;
            }
            StagedIn::Staging if standing == Standing::There && published.files.contains_key(path) => {
                &mut changes.changed
            }
            StagedIn::Staging => &mut changes.added,
        };
        list.push(path.clone());
    }
    if standing == Standing::There {
        let gone = published.files.keys().filter(|path| !files.contains_key(*path));
        changes.removed = gone.cloned().collect();
    }
    changes.added.sort_unstable();
    changes.changed.sort_unstable();
    changes
}

/// Takes the lock of these folders, waiting for at most the time of `patience`.
pub(super) fn take_lock(folders: &Folders, patience: Duration) -> Result<File, WriteError> {
    let path = folders.lock();
    if disk::look(&path).map_err(WriteError::system("look at", &path))?.is_some_and(|found| !found.is_file())
    {
        // Opening a pipe would wait for ever.
        let error = io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file; remove it");
        return Err(WriteError::system("open the lock", &path)(error));
    }
    let lock = disk::open_lock(&path).map_err(WriteError::system("open the lock", &path))?;
    let start = Instant::now();
    loop {
        match lock.try_lock() {
            Ok(()) => return Ok(lock),
            Err(TryLockError::WouldBlock) if start.elapsed() >= patience => {
                return Err(WriteError::Busy { output: folders.output.clone() });
            }
            Err(TryLockError::WouldBlock) => thread::sleep(Duration::from_millis(25)),
            Err(TryLockError::Error(error)) => return Err(WriteError::system("lock", &path)(error)),
        }
    }
}

/// An error where the output folder holds anything that `record` doesn't know.
fn refuse_foreign(record: &Record, folders: &Folders, depth: Depth) -> Result<(), WriteError> {
    match record.foreign(&folders.output, depth)? {
        Some(found) => Err(WriteError::Foreign { output: folders.output.clone(), found }),
        None => Ok(()),
    }
}

/// An error where no file of a site may have this path.
fn check_path(path: &str) -> Result<(), WriteError> {
    let reason = if SitePath::new(path).is_none() {
        "is absolute, or has an empty, `.` or `..` part, a backslash or a zero byte"
    } else if path.len() > MAX_PATH {
        "is longer than 1,024 bytes"
    } else if path.split('/').any(|name| name.len() > MAX_NAME) {
        "has a name longer than 200 bytes in it"
    } else {
        return Ok(());
    };
    Err(WriteError::Path { path: path.chars().take(MAX_NAME).collect(), reason })
}
