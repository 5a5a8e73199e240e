//! A change of several of the author's files that is cut short can be finished or taken back: what is to be done
//! stands in a journal before the first file changes, with the new files beside their places and the old ones
//! laid by under a second name.
//!
//! Below the project, in `.rapporteur/unfinished/`: `journal.json`, there exactly as long as the change has begun
//! and has not ended; the old files by their numbers; and `undo`, once the change is being taken back.

use super::author::{Before, Temporary, check, is_temporary};
use super::error::WriteError;
use super::folders::{self, OWN};
use super::{calls, disk};
use crate::text::Fingerprint;
use serde::{Deserialize, Serialize};
use std::io;
use std::path::{Component, Path, PathBuf};

/// Where the things of a change are.
pub(super) struct Journal {
    root: PathBuf,
    folder: PathBuf,
}

/// What happens to one file. Paths are from the project's folder.
#[derive(Debug, Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    /// The fingerprint of what stood there, where something did.
    before: Option<String>,
    /// The new file beside it and its fingerprint, where there is one.
    after: Option<(PathBuf, String)>,
}

/// One of several changes that are made together.
pub(super) struct Change<'c> {
    pub(super) target: &'c Path,
    pub(super) before: Before,
    /// The new file, and the bytes in it.
    pub(super) after: Option<(&'c Path, &'c [u8])>,
}

/// Which way a change that was cut short ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// All files as they were to be.
    Finish,
    /// All files as they were.
    Undo,
}

/// How a change that was cut short ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Resumed {
    /// Which way.
    pub course: Course,
    /// The files that had to be changed for it.
    pub files: usize,
}

impl Journal {
    /// Of the project at `root`, a path free of links.
    pub(super) fn of(root: &Path) -> Self {
        Journal { root: root.to_owned(), folder: root.join(OWN).join("unfinished") }
    }

    fn file(&self) -> PathBuf {
        self.folder.join("journal.json")
    }

    fn old(&self, number: usize) -> PathBuf {
        self.folder.join(format!("{number}.old"))
    }

    /// Whether the journal is the project's own: what is reached by way of a link may be anybody's, and is neither
    /// read nor cleared.
    fn is_ours(&self) -> io::Result<bool> {
        folders::both_are_ours_to_make(&self.folder)
    }

    /// Whether a change was cut short.
    pub(super) fn stands(&self) -> Result<bool, WriteError> {
        let file = self.file();
        if !self.is_ours().map_err(WriteError::system("look at", &self.folder))? {
            return Ok(false);
        }
        Ok(disk::look(&file).map_err(WriteError::system("look at", &file))?.is_some())
    }

    /// Writes down what is to be done, and lays by the files that stand there now.
    pub(super) fn begin(&self, changes: &[Change<'_>]) -> Result<(), WriteError> {
        let begin = || -> io::Result<()> {
            if !folders::is_ours_to_make(&self.root.join(OWN))? {
                return Err(io::Error::new(io::ErrorKind::NotADirectory, format!("`{OWN}` is not a folder")));
            }
            // What a change left that had not begun.
            disk::clear(&self.folder)?;
            calls::create_dir_all(&self.folder)?;
            let ignore = self.folder.join(".gitignore");
            calls::write_all(&mut calls::create_new(&ignore)?, &ignore, b"*\n")?;
            let mut entries = Vec::new();
            for (number, change) in changes.iter().enumerate() {
                if let Before::Bytes(_) = change.before {
                    self.lay_by(change.target, number)?;
                }
                entries.push(Entry {
                    path: self.below(change.target),
                    before: match change.before {
                        Before::Absent => None,
                        Before::Bytes(fingerprint) => Some(fingerprint.to_string()),
                    },
                    after: change
                        .after
                        .map(|(at, bytes)| (self.below(at), Fingerprint::of(bytes).to_string())),
                });
            }
            let next = self.folder.join("next.json");
            let mut file = calls::create_new(&next)?;
            calls::write_all(&mut file, &next, &serde_json::to_vec(&entries)?)?;
            calls::sync_file(&file, &next)?;
            disk::sync(&self.folder)?;
            calls::rename(&next, &self.file())?;
            disk::sync(&self.folder)
        };
        begin().map_err(|error| {
            self.end();
            WriteError::system("write", &self.file())(error)
        })
    }

    /// Keeps the file at `target` under a second name, or as a copy.
    fn lay_by(&self, target: &Path, number: usize) -> io::Result<()> {
        let old = self.old(number);
        if disk::link(target, &old).is_ok() {
            return Ok(());
        }
        disk::clear(&old)?;
        let bytes = calls::read(target)?;
        let mut file = calls::create_new(&old)?;
        calls::write_all(&mut file, &old, &bytes)?;
        calls::set_permissions(&file, &old, calls::symlink_metadata(target)?.permissions())?;
        calls::sync_file(&file, &old)
    }

    fn below(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).unwrap_or(path).to_owned()
    }

    /// The change has ended. From the moment that the journal is gone the rest is litter, which the next change
    /// clears where this can't.
    pub(super) fn end(&self) {
        let file = self.file();
        let is_gone = match calls::remove_file(&file) {
            Err(error) => error.kind() == io::ErrorKind::NotFound,
            Ok(()) => true,
        };
        if is_gone {
            let _ = disk::clear(&self.folder);
            // Only where nothing else of ours is there.
            let _ = calls::remove_dir(&self.root.join(OWN));
        }
    }

    /// Puts the file of this number back as it was.
    pub(super) fn put_back(&self, number: usize, target: &Path, before: Before) -> io::Result<()> {
        let Before::Bytes(fingerprint) = before else {
            return match calls::remove_file(target) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
                removed => removed,
            };
        };
        let old = self.old(number);
        let laid_by = disk::read_regular(&old)?;
        if laid_by.as_deref().map(Fingerprint::of) != Some(fingerprint) {
            let reason = "the file that was laid by was changed in the meantime";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        // The name laid by stays, so that this can be done twice.
        let again = Temporary::beside(target.parent().unwrap_or(&self.root));
        if disk::link(&old, again.path()).is_err() {
            disk::clear(again.path())?;
            let found = calls::symlink_metadata(&old)?;
            again.write(&laid_by.unwrap_or_default(), Some(&found))?;
        }
        calls::rename(again.path(), target)
    }

    /// Whether a change of this project can have written down such an entry. A journal may have come with a
    /// project from elsewhere, and what it names is replaced and removed: nothing outside the project, nothing
    /// hidden, nothing by way of a link; and what is new stands beside its place, under a name of ours.
    fn could_write(&self, entry: &Entry) -> bool {
        let is_plain = entry.path.components().all(|part| match part {
            Component::Normal(name) => !name.to_string_lossy().starts_with('.'),
            _ => false,
        });
        let is_file = is_plain && entry.path.file_name().is_some();
        let folders = entry.path.ancestors().skip(1).filter(|folder| !folder.as_os_str().is_empty());
        let is_free_of_links = |folder: &Path| match disk::look(&self.root.join(folder)) {
            Ok(found) => found.is_none_or(|found| found.is_dir()),
            Err(_) => false,
        };
        let is_beside = entry.after.as_ref().is_none_or(|(new, _)| {
            let name = new.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
            new.parent() == entry.path.parent() && is_temporary(&name)
        });
        is_file && is_beside && folders.into_iter().all(is_free_of_links)
    }

    fn resume(&self, course: Course) -> Result<Option<Resumed>, WriteError> {
        if !self.stands()? {
            return Ok(None);
        }
        let file = self.file();
        let bytes = disk::read_regular(&file).map_err(WriteError::system("read", &file))?;
        let Some(bytes) = bytes else {
            let reason = "is not a regular file, so it is no journal of this program: delete it";
            return Err(WriteError::Moved { path: file, reason });
        };
        let entries: Vec<Entry> = serde_json::from_slice(&bytes)
            .map_err(|error| WriteError::system("read", &file)(error.into()))?;
        if !entries.iter().all(|entry| self.could_write(entry)) {
            let reason =
                "names files that no change of this project touches: if it came with the project, delete it";
            return Err(WriteError::Moved { path: file, reason });
        }
        let undo = self.folder.join("undo");
        let is_undoing = disk::look(&undo).map_err(WriteError::system("look at", &undo))?.is_some();
        let course = if is_undoing { Course::Undo } else { course };
        // Everything is looked at before anything is changed: an author may have worked on in the meantime.
        let mut open = Vec::new();
        for (number, entry) in entries.iter().enumerate() {
            let target = self.root.join(&entry.path);
            let (wanted, other) = match course {
                Course::Finish => (entry.after(), entry.before()),
                Course::Undo => (entry.before(), entry.after()),
            };
            if check(&target, wanted).is_err() {
                check(&target, other)?;
                if let (Course::Finish, Some((new, _))) = (course, &entry.after) {
                    check(&self.root.join(new), wanted)?;
                }
                open.push((number, entry, target));
            }
        }
        if course == Course::Undo && !is_undoing {
            calls::create_new(&undo).map_err(WriteError::system("write", &undo))?;
        }
        let files = open.len();
        let undone = |(number, entry, target): (usize, &Entry, PathBuf)| match course {
            Course::Undo => self.put_back(number, &target, entry.before()),
            Course::Finish => match &entry.after {
                Some((new, _)) => calls::rename(&self.root.join(new), &target),
                None => calls::remove_file(&target),
            },
        };
        let way: Box<dyn Iterator<Item = _>> = match course {
            Course::Finish => Box::new(open.into_iter()),
            Course::Undo => Box::new(open.into_iter().rev()),
        };
        for open in way {
            let target = open.2.clone();
            undone(open).map_err(WriteError::system("write", &target))?;
        }
        for entry in &entries {
            // What was to come and does not, where it is taken back.
            if let Some((new, _)) = &entry.after {
                let _ = disk::clear(&self.root.join(new));
            }
            let ends_as = if course == Course::Finish { entry.after() } else { entry.before() };
            let target = self.root.join(&entry.path);
            for folder in target.ancestors().skip(1).take_while(|folder| *folder != self.root) {
                // A folder that nothing is left in goes with its files.
                if ends_as != Before::Absent || calls::remove_dir(folder).is_err() {
                    let _ = disk::sync(folder);
                    break;
                }
            }
        }
        self.end();
        Ok(Some(Resumed { course, files }))
    }
}

impl Entry {
    fn before(&self) -> Before {
        wanted(self.before.as_deref())
    }

    fn after(&self) -> Before {
        wanted(self.after.as_ref().map(|(_, fingerprint)| fingerprint.as_str()))
    }
}

/// What is to stand in a place. A fingerprint that is none is that of no file.
fn wanted(fingerprint: Option<&str>) -> Before {
    fingerprint.map_or(Before::Absent, |text| {
        Before::Bytes(
            Fingerprint::parse(text)
                .unwrap_or_else(|| Fingerprint::of_parts([&b"no file"[..], text.as_bytes()])),
        )
    })
}

/// Whether a change of several files of the project at `root` was cut short.
pub fn is_cut_short(root: &Path) -> bool {
    Journal::of(root).stands().unwrap_or_default()
}

/// Ends a change of several files of the project at `root` that was cut short; `None` where there is none. One
/// that is being taken back already is taken back.
///
/// # Errors
/// [`WriteError::Moved`] where one of the files is neither as it was nor as it was to be: nothing is changed then.
/// [`WriteError::System`]: what was not done can be resumed again.
pub fn resume(root: &Path, course: Course) -> Result<Option<Resumed>, WriteError> {
    let root = root.canonicalize().map_err(WriteError::system("find the project folder", root))?;
    Journal::of(&root).resume(course)
}
