//! Room `output`: what a build gives. Files by their path in the site, the sink that takes them,
//! and the manifest of what was written. It never touches the disk.

mod manifest;

pub use manifest::{Manifest, ManifestEntry};

use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};

/// One file of the built site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Where it stands in the site: `debates/x/index.html`. `/` between parts, no `..`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Takes the files of a build, in any order and from several threads.
pub trait Sink: Sync {
    /// Takes one file. An error is the machine's (no space, no permission) and ends the build.
    fn put(&self, file: OutputFile) -> io::Result<()>;

    /// Keeps the file at `path` as the last build gave it. A sink that hasn't got it says so, and the
    /// file is made again.
    fn keep(&self, path: &str) -> io::Result<Kept> {
        let _ = path;
        Ok(Kept::No)
    }

    /// Keeps every file that the last build gave, where the sink has them all; otherwise none. Nothing else
    /// is put then.
    fn keep_all(&self) -> io::Result<Kept> {
        Ok(Kept::No)
    }
}

/// Whether a sink still has a file of the last build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// It has, and it is part of this build.
    Yes,
    /// It has not.
    No,
}

/// A sink that keeps the files in memory, sorted by path: for tests and for the preview.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<String, Vec<u8>>>,
    before: BTreeMap<String, Vec<u8>>,
}

impl Memory {
    /// A sink that has the files of the last build.
    pub fn over(before: BTreeMap<String, Vec<u8>>) -> Self {
        Memory { before, ..Memory::default() }
    }

    /// The files taken so far, by path.
    pub fn into_files(self) -> BTreeMap<String, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, path: String, bytes: Vec<u8>) -> io::Result<()> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        match files.insert(path, bytes) {
            None => Ok(()),
            Some(_) => Err(io::Error::other("two files for one path")),
        }
    }
}

impl Sink for Memory {
    fn put(&self, file: OutputFile) -> io::Result<()> {
        self.add(file.path, file.bytes)
    }

    fn keep(&self, path: &str) -> io::Result<Kept> {
        match self.before.get(path) {
            Some(bytes) => self.add(path.to_owned(), bytes.clone()).map(|()| Kept::Yes),
            None => Ok(Kept::No),
        }
    }

    fn keep_all(&self) -> io::Result<Kept> {
        for (path, bytes) in &self.before {
            self.add(path.clone(), bytes.clone())?;
        }
        Ok(Kept::Yes)
    }
}
