//! Room `output`: what a build gives. Files by their path in the site, the sink that takes them,
//! and the manifest of what was written. It never touches the disk.

mod manifest;

pub use manifest::{Manifest, ManifestEntry};

use std::io;

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
}

/// A sink that keeps the files in memory, sorted by path: for tests and for the preview.
#[derive(Debug, Default)]
pub struct Memory(std::sync::Mutex<std::collections::BTreeMap<String, Vec<u8>>>);

impl Memory {
    /// The files taken so far, by path.
    pub fn into_files(self) -> std::collections::BTreeMap<String, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, file: OutputFile) -> io::Result<()> {
        let mut files = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        files.insert(file.path, file.bytes);
        Ok(())
    }
}
