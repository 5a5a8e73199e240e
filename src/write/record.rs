//! The record of a published site: the manifest of `output`, with the stamp that each file had when
//! it was written, and the folder that it is about. Its JSON reads as an `output::Manifest` too.

use super::calls;
use super::disk::{self, Stamp};
use super::error::WriteError;
use super::fault;
use crate::text::{Fingerprint, SitePath};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// What may stand at the top of an output folder though no build wrote it: what git needs to keep
/// an empty folder, to ignore a full one, or to know it as the checkout of a branch. Carried from site to site.
pub(super) const CARRIED: [&str; 3] = [REPOSITORY, ".gitignore", ".gitkeep"];

/// Where a checkout has its repository: a folder, or a file that names one.
pub(super) const REPOSITORY: &str = ".git";

/// What a system's file manager leaves in a folder that somebody looked at. It is nobody's work and stops no
/// build; it goes with the site that it lies in.
pub(super) fn is_clutter(name: &str) -> bool {
    [".DS_Store", "Thumbs.db", "ehthumbs.db", "desktop.ini", ".directory", ".localized"].contains(&name)
        || name.starts_with("._")
}

/// The files of a site, each with what tells whether it is still as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    /// Which program wrote it: `rapporteur 0.1.0`.
    pub(super) generator: String,
    /// The day that the build judged due dates at, `YYYY-MM-DD`.
    pub(super) as_of: Option<String>,
    /// The inode of the site's folder, which it keeps when it is renamed into place.
    #[serde(default)]
    pub(super) folder: u64,
    /// Every file by its path in the site.
    pub(super) files: BTreeMap<String, Entry>,
}

/// One file of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Length in bytes.
    pub(super) size: u64,
    /// The fingerprint of its bytes.
    #[serde(with = "as_text")]
    pub(super) hash: Fingerprint,
    /// Its inode, once written.
    #[serde(default)]
    pub(super) inode: u64,
    /// When it was written, in nanoseconds since 1970, by the clock of the disk.
    #[serde(default)]
    pub(super) modified: i64,
}

impl Entry {
    /// The entry of a file whose bytes have this fingerprint, written with this stamp.
    pub(super) fn new(hash: Fingerprint, stamp: Stamp) -> Entry {
        Entry { size: stamp.size, hash, inode: stamp.inode, modified: stamp.modified }
    }

    /// The stamp that the file had when it was written.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp { inode: self.inode, size: self.size, modified: self.modified }
    }
}

impl Record {
    /// The record at `path`. `None` where there is none or where it can't be read as one (it was
    /// being written when the machine stopped), which is for the caller to judge. What a record names is removed:
    /// one with a path that leads out of the site is none of ours.
    pub(super) fn read(path: &Path) -> Result<Option<Record>, WriteError> {
        let bytes = disk::read_regular(path).map_err(WriteError::system("read", path))?;
        let record = bytes.and_then(|bytes| serde_json::from_slice::<Record>(&bytes).ok());
        Ok(record.filter(|record| record.files.keys().all(|path| SitePath::new(path).is_some())))
    }

    /// Writes the record to `path`, in the place of whatever stood there. Without a sync, which is
    /// for the caller to do.
    pub(super) fn save(&self, path: &Path) -> Result<(), WriteError> {
        let write = || -> io::Result<()> {
            disk::clear(path)?;
            fault::step();
            let mut writer = BufWriter::with_capacity(1 << 16, disk::create_new(path)?);
            fault::step();
            serde_json::to_writer(&mut writer, self)?;
            writer.flush()
        };
        write().map_err(WriteError::system("write", path))?;
        fault::step();
        Ok(())
    }

    /// Every folder that one of the files is in.
    pub(super) fn folders(&self) -> HashSet<&str> {
        folders_of(self.files.keys().map(String::as_str))
    }

    /// The first thing in `output` that is neither a file of this record, nor a folder of one, nor
    /// carried across; as a path from `output`.
    pub(super) fn foreign(&self, output: &Path, depth: Depth) -> Result<Option<PathBuf>, WriteError> {
        let known = self.folders();
        // Level by level. Only folders of the record are entered, so this ends however deep a
        // foreign tree is.
        let mut level = vec![String::new()];
        while !level.is_empty() {
            let listed: Vec<Listed> = level
                .par_iter()
                .map(|folder| self.list(output, folder, &known))
                .collect::<Result<_, WriteError>>()?;
            let (folders, foreign): (Vec<_>, Vec<_>) =
                listed.into_iter().map(|folder| (folder.folders, folder.foreign)).unzip();
            // The least, so that it is the same in every run.
            if let Some(found) = foreign.into_iter().flatten().min() {
                return Ok(Some(found));
            }
            level = match depth {
                Depth::Top => Vec::new(),
                Depth::Whole => folders.into_iter().flatten().collect(),
            };
        }
        Ok(None)
    }

    /// Sorts what stands in one folder of `output`.
    fn list(&self, output: &Path, folder: &str, known: &HashSet<&str>) -> Result<Listed, WriteError> {
        let here = output.join(folder);
        let mut listed = Listed::default();
        for entry in calls::read_dir(&here).map_err(WriteError::system("list", &here))? {
            let entry = entry.map_err(WriteError::system("list", &here))?;
            let kind = entry.file_type().map_err(WriteError::system("look at", &entry.path()))?;
            let name = entry.file_name();
            match name.to_str().map(|name| below(folder, name)) {
                Some(path) if kind.is_dir() && known.contains(path.as_str()) => listed.folders.push(path),
                Some(path) if kind.is_file() && self.is_ours(&path) => {}
                // It stays where it is, whatever takes the place of the rest.
                Some(path) if kind.is_dir() && path == REPOSITORY => {}
                Some(_) if kind.is_file() && name.to_str().is_some_and(is_clutter) => {}
                _ => listed.foreign.push(Path::new(folder).join(name)),
            }
        }
        Ok(listed)
    }

    /// Whether a file at `path` in the output is in this record or carried across.
    fn is_ours(&self, path: &str) -> bool {
        self.files.contains_key(path) || CARRIED.contains(&path)
    }
}

/// How far into the output folder to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// At what stands at its top, which is quick and tells somebody else's folder from ours.
    Top,
    /// At everything.
    Whole,
}

/// What stands in one folder of the output.
#[derive(Default)]
struct Listed {
    /// Folders of the record.
    folders: Vec<String>,
    /// What is not in the record.
    foreign: Vec<PathBuf>,
}

/// The path in the site of `name` in `folder`, which is empty for the top.
pub(super) fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// Every folder that one of the files is in, `a` and `a/b` for `a/b/c.html`.
pub(super) fn folders_of<'a>(files: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut folders = HashSet::new();
    for file in files {
        let mut path = file;
        while let Some((folder, _)) = path.rsplit_once('/') {
            // A folder that is known has its own folders known.
            if !folders.insert(folder) {
                break;
            }
            path = folder;
        }
    }
    folders
}

/// A fingerprint in JSON, as [`Fingerprint`] prints it.
mod as_text {
    use crate::text::Fingerprint;
    use serde::de::{Error, Unexpected};
    use serde::{Deserialize, Deserializer, Serializer};
    use std::borrow::Cow;

    pub(super) fn serialize<S: Serializer>(hash: &Fingerprint, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(hash)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fingerprint, D::Error> {
        let text = Cow::<str>::deserialize(deserializer)?;
        Fingerprint::parse(&text)
            .ok_or_else(|| D::Error::invalid_value(Unexpected::Str(&text), &"a fingerprint"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::Manifest;
    use std::fs;

    fn record() -> Record {
        let stamp = Stamp { inode: 7, size: 3, modified: 1_700_000_000_123_456_789 };
        let files = [("a/b/c.html".to_owned(), Entry::new(Fingerprint::of(b"abc"), stamp))].into();
        Record { generator: "rapporteur 0.1.0".to_owned(), as_of: None, folder: 42, files }
    }

    #[test]
    fn a_record_comes_back_from_disk_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        record().save(&path).unwrap();
        assert_eq!(Record::read(&path).unwrap(), Some(record()));
    }

    #[test]
    fn a_record_reads_as_a_manifest() {
        let manifest: Manifest = serde_json::from_slice(&serde_json::to_vec(&record()).unwrap()).unwrap();
        assert_eq!(manifest.files["a/b/c.html"], crate::output::ManifestEntry::of(b"abc"));
    }

    #[test]
    fn half_a_record_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        let whole = serde_json::to_vec(&record()).unwrap();
        for length in 0..whole.len() {
            fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(Record::read(&path).unwrap(), None, "{length} bytes");
        }
    }

    #[test]
    fn a_record_that_names_a_file_outside_the_site_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.json");
        for name in ["../content/a.md", "/etc/passwd", "a/../../b", "", ".", "a//b"] {
            let mut record = record();
            let entry = record.files["a/b/c.html"].clone();
            record.files.insert(name.to_owned(), entry);
            record.save(&path).unwrap();
            assert_eq!(Record::read(&path).unwrap(), None, "{name}");
        }
    }

    #[test]
    fn the_folders_of_files_are_all_above_them() {
        let folders = folders_of(["a/b/c.html", "a/b/d.html", "e.html"].into_iter());
        assert_eq!(folders, HashSet::from(["a", "a/b"]));
    }
}
