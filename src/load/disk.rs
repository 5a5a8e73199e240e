//! A site on the disk: only regular files below its root, never through a link that leads out.

use super::Sources;
use crate::diagnostics::{self, Checked, Diagnostic};
use crate::text::SitePath;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The longest name of a file and the longest path, in bytes, that every file system and every web
/// server takes.
const NAME_LIMIT: usize = 200;
const PATH_LIMIT: usize = 1024;
/// How deep folders may nest below the root.
const DEPTH_LIMIT: usize = 32;

/// What of the root belongs to the site.
const FOLDERS: [&str; 3] = ["content", "themes", "static"];
const CONFIGURATION: &str = "rapporteur.yaml";

/// A site in a folder.
#[derive(Debug, Clone)]
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The site in `root`, which must be a folder.
    pub fn open(root: &Path) -> io::Result<Self> {
        let root = root.canonicalize()?;
        match root.is_dir() {
            true => Ok(Disk { root }),
            false => Err(io::Error::new(io::ErrorKind::NotADirectory, "not a folder")),
        }
    }

    /// The root, without links.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path as authors know it: from the root.
    fn shown(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }

    fn is_hidden(&self, path: &Path) -> bool {
        let relative = path.strip_prefix(&self.root).unwrap_or(path);
        relative.components().any(|part| part.as_os_str().as_encoded_bytes().starts_with(b"."))
    }

    fn site_path(&self, path: &Path) -> Option<SitePath> {
        let relative = path.strip_prefix(&self.root).ok()?.to_str()?;
        SitePath::new(&relative.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

impl Disk {
    fn every(&self, found: &mut dyn FnMut(SitePath, Option<&DirEntry>)) -> io::Result<Vec<Diagnostic>> {
        let mut remarks = Vec::new();
        let configuration = self.root.join(CONFIGURATION);
        match std::fs::metadata(&configuration) {
            Ok(_) if !configuration.canonicalize().is_ok_and(|real| real.starts_with(&self.root)) => {
                remarks.push(diagnostics::bad_link(CONFIGURATION, "it leads out of the site"));
            }
            Ok(metadata) if metadata.is_file() => {
                found(SitePath::new(CONFIGURATION).expect("a plain name"), None);
            }
            // A pipe would be waited on for ever.
            Ok(_) => remarks.push(diagnostics::bad_file(CONFIGURATION, "it is not a regular file")),
            Err(_) => {}
        }
        for folder in FOLDERS {
            self.walk(&self.root.join(folder), &mut remarks, &mut |path, entry| found(path, Some(entry)))?;
        }
        Ok(remarks)
    }

    /// Every file of the site with its stamp, and what is wrong with the tree.
    pub fn scan(&self) -> io::Result<Checked<BTreeMap<SitePath, Stamp>>> {
        let mut found = BTreeMap::new();
        let remarks = self.every(&mut |path, entry| {
            let stamp = match entry {
                Some(entry) => entry.metadata().ok().as_ref().map(Stamp::of),
                None => self.look(&path),
            };
            if let Some(stamp) = stamp {
                found.insert(path, stamp);
            }
        })?;
        Ok(Checked { value: found, diagnostics: remarks })
    }

    /// How a file of the site stands now; `None` where there is none.
    pub fn look(&self, path: &SitePath) -> Option<Stamp> {
        let full = self.root.join(path.as_str());
        let metadata = std::fs::metadata(&full).ok().filter(std::fs::Metadata::is_file)?;
        let inside = || full.canonicalize().is_ok_and(|real| real.starts_with(&self.root));
        (path.file_name().len() <= NAME_LIMIT && path.as_str().len() <= PATH_LIMIT && inside())
            .then(|| Stamp::of(&metadata))
    }

    /// The files below a folder of the site.
    pub fn below(&self, folder: &SitePath) -> Vec<SitePath> {
        let mut found = Vec::new();
        // What is wrong with the tree is for the next scan to tell.
        let _ = self.walk(&self.root.join(folder.as_str()), &mut Vec::new(), &mut |path, _| found.push(path));
        found
    }

    /// Whether a path is the configuration or lies in a folder of the site.
    pub fn belongs(path: &str) -> bool {
        path == CONFIGURATION || FOLDERS.contains(&path.split('/').next().unwrap_or(path))
    }

    /// The folders of the site that hold its files.
    pub fn folders(&self) -> impl Iterator<Item = PathBuf> {
        FOLDERS.map(|folder| self.root.join(folder)).into_iter()
    }

    /// Gives every file of the site below `top` to `found`: a folder of the site, or the site itself.
    fn walk(
        &self,
        top: &Path,
        remarks: &mut Vec<Diagnostic>,
        found: &mut dyn FnMut(SitePath, &DirEntry),
    ) -> io::Result<()> {
        if !top.exists() {
            return Ok(());
        }
        let visible = |name: &std::ffi::OsStr| !name.as_encoded_bytes().starts_with(b".");
        let walk = WalkDir::new(top).follow_links(true).max_depth(DEPTH_LIMIT);
        let mut walk = walk.into_iter().filter_entry(|entry| visible(entry.file_name()));
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                // Emacs marks unsaved work by a hidden link that leads nowhere.
                Err(error) if error.path().is_some_and(|path| self.is_hidden(path)) => continue,
                // A folder that went away while it was looked at.
                Err(error) if is_gone(&error) => continue,
                Err(error) if error.loop_ancestor().is_some() => {
                    let at = error.path().unwrap_or(top);
                    remarks.push(diagnostics::link_loop(&self.shown(at)));
                    continue;
                }
                Err(error) if error.path().is_some_and(|path| path.is_symlink()) => {
                    let at = error.path().unwrap_or(top);
                    remarks.push(diagnostics::bad_link(&self.shown(at), "it leads nowhere"));
                    continue;
                }
                // The error names the path.
                Err(error) => return Err(io::Error::other(error.to_string())),
            };
            let shown = self.shown(entry.path());
            if entry.path_is_symlink() {
                let inside = entry.path().canonicalize().is_ok_and(|real| real.starts_with(&self.root));
                if !inside {
                    remarks.push(diagnostics::bad_link(&shown, "it leads out of the site"));
                    if entry.file_type().is_dir() {
                        walk.skip_current_dir();
                    }
                    continue;
                }
            }
            if entry.file_type().is_dir() {
                continue;
            }
            if !entry.file_type().is_file() {
                remarks.push(diagnostics::bad_file(&shown, "it is not a regular file"));
                continue;
            }
            match self.site_path(entry.path()) {
                Some(path) if path.file_name().len() <= NAME_LIMIT && path.as_str().len() <= PATH_LIMIT => {
                    found(path, &entry)
                }
                Some(_) => remarks.push(diagnostics::bad_file(
                    &shown,
                    "its name is too long (200 bytes for a name, 1,024 for a path)",
                )),
                None => {
                    remarks.push(diagnostics::bad_file(&shown, "its name is not UTF-8, or holds a backslash"))
                }
            }
        }
        Ok(())
    }
}

/// What tells a changed file from an unchanged one without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Stamp {
    /// Its length in bytes.
    pub size: u64,
    /// When it was written, in nanoseconds of the system's clock.
    pub written: u128,
    /// Its number in the file system, where there is one.
    pub inode: u64,
    /// Who may read it.
    pub mode: u32,
}

impl Stamp {
    fn of(metadata: &std::fs::Metadata) -> Self {
        let since = |time: std::time::SystemTime| time.duration_since(std::time::UNIX_EPOCH).ok();
        let written = metadata.modified().ok().and_then(since).map_or(0, |since| since.as_nanos());
        #[cfg(unix)]
        let (inode, mode) = {
            use std::os::unix::fs::MetadataExt;
            (metadata.ino(), metadata.mode())
        };
        #[cfg(not(unix))]
        let (inode, mode) = (0, 0);
        Stamp { size: metadata.len(), written, inode, mode }
    }
}

/// Whether an error of a walk only says that something is no more: a link that leads nowhere is still
/// there.
fn is_gone(error: &walkdir::Error) -> bool {
    error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound)
        && error.path().is_some_and(|path| path.symlink_metadata().is_err())
}

impl Sources for Disk {
    fn list(&self) -> io::Result<Checked<Vec<SitePath>>> {
        let mut found = Vec::new();
        let remarks = self.every(&mut |path, _| found.push(path))?;
        found.sort();
        Ok(Checked { value: found, diagnostics: remarks })
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("cannot read {path}: {error}"));
        let file = open(&self.root.join(path.as_str())).map_err(named)?;
        let length = file.metadata().map_or(0, |metadata| metadata.len().min(super::TRANSCRIPT_LIMIT));
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
        // More than any limit is refused by its length, without reading gigabytes.
        file.take(super::TRANSCRIPT_LIMIT + 1).read_to_end(&mut bytes).map_err(named)?;
        Ok(bytes)
    }
}

/// Opens a regular file. It may have been exchanged for a pipe since the walk, which must not be waited
/// on.
fn open(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
    }
    let file = options.open(path)?;
    match file.metadata()?.is_file() {
        true => Ok(file),
        false => Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")),
    }
}
