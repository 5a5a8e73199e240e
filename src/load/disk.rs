//! A site on the disk: only regular files below its root, never through a link that leads out.

use super::Sources;
use crate::diagnostics::{self, Checked};
use crate::text::SitePath;
use std::io;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

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

    fn site_path(&self, path: &Path) -> Option<SitePath> {
        let relative = path.strip_prefix(&self.root).ok()?.to_str()?;
        SitePath::new(&relative.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

impl Sources for Disk {
    fn list(&self) -> io::Result<Checked<Vec<SitePath>>> {
        let mut found = Vec::new();
        let mut remarks = Vec::new();
        if self.root.join(CONFIGURATION).exists() {
            found.extend(SitePath::new(CONFIGURATION));
        }
        for folder in FOLDERS {
            let top = self.root.join(folder);
            if !top.exists() {
                continue;
            }
            let visible = |name: &std::ffi::OsStr| !name.as_encoded_bytes().starts_with(b".");
            let walk = WalkDir::new(&top).follow_links(true).max_depth(DEPTH_LIMIT);
            let mut walk = walk.into_iter().filter_entry(|entry| visible(entry.file_name()));
            while let Some(entry) = walk.next() {
                let entry = match entry {
                    Ok(entry) => entry,
                    Err(error) if error.loop_ancestor().is_some() => {
                        let at = error.path().unwrap_or(&top);
                        remarks.push(diagnostics::link_loop(&self.shown(at)));
                        continue;
                    }
                    Err(error) if error.path().is_some_and(|path| path.is_symlink()) => {
                        let at = error.path().unwrap_or(&top);
                        remarks.push(diagnostics::bad_link(&self.shown(at), "it leads nowhere"));
                        continue;
                    }
                    Err(error) => return Err(error.into()),
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
                    Some(path)
                        if path.file_name().len() <= NAME_LIMIT && path.as_str().len() <= PATH_LIMIT =>
                    {
                        found.push(path)
                    }
                    Some(_) => remarks.push(diagnostics::bad_file(
                        &shown,
                        "its name is too long (200 bytes for a name, 1,024 for a path)",
                    )),
                    None => remarks
                        .push(diagnostics::bad_file(&shown, "its name is not UTF-8, or holds a backslash")),
                }
            }
        }
        found.sort();
        Ok(Checked { value: found, diagnostics: remarks })
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        let full = self.root.join(path.as_str());
        // A file may have been exchanged for a link or a pipe since the walk.
        let length = std::fs::metadata(&full)?.len();
        if length > super::TRANSCRIPT_LIMIT {
            // More than any limit: read_text refuses it by its length, without reading gigabytes.
            use std::io::Read;
            let mut bytes = Vec::new();
            std::fs::File::open(&full)?.take(super::TRANSCRIPT_LIMIT + 1).read_to_end(&mut bytes)?;
            return Ok(bytes);
        }
        std::fs::read(full)
    }
}
