//! A site on the disk: only regular files that a listing of its folders names. No link out of the folder that
//! it stands in, no hidden file, nothing that an editor left behind.

use super::Sources;
use crate::diagnostics::{self, Checked, Diagnostic};
use crate::text::{SitePath, is_leftover, looks_left_behind};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use walkdir::{DirEntry, WalkDir};

/// The longest name of a file and the longest path, in bytes, that every file system and every web
/// server takes.
const NAME_LIMIT: usize = 200;
const PATH_LIMIT: usize = 1024;
/// How deep folders may nest below the root.
const DEPTH_LIMIT: usize = 32;

/// Hidden names at the top of `static/` that belong to a published site: what other services look for there.
const PUBLISHED: [&str; 2] = [".well-known", ".nojekyll"];

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

    /// Whether a listing of the site leaves a path out: something in it is hidden, or left behind.
    fn is_hidden(&self, path: &Path) -> bool {
        Self::leaves_out(path.strip_prefix(&self.root).unwrap_or(path))
    }

    /// The same of a path from the root.
    pub fn leaves_out(relative: &Path) -> bool {
        let mut parts = relative.components().map(std::path::Component::as_os_str).enumerate();
        let in_static = relative.starts_with("static");
        parts.any(|(at, part)| {
            let is_published = in_static && at == 1 && PUBLISHED.iter().any(|name| *name == part);
            (part.as_encoded_bytes().starts_with(b".") && !is_published)
                || part.to_str().is_some_and(is_leftover)
        })
    }

    /// Why a link may not be followed: it has to end in the folder of the site that it stands in, at
    /// something that a listing of that folder names. A sheet is no static file, and `.env` is nobody's.
    fn astray(&self, link: &Path) -> Option<String> {
        let relative = link.strip_prefix(&self.root).unwrap_or(link);
        let home = relative.components().next().map(|part| self.root.join(part))?;
        let Ok(real) = link.canonicalize() else { return Some("it leads nowhere".to_owned()) };
        if relative.components().count() == 1 && real != home || !real.starts_with(&home) {
            let name = self.shown(&home);
            let out = if real.starts_with(&self.root) { format!("`{name}`") } else { "the site".to_owned() };
            return Some(format!("it leads out of {out}"));
        }
        self.is_hidden(&real).then(|| "it leads to a hidden file".to_owned())
    }

    fn site_path(&self, path: &Path) -> Option<SitePath> {
        let relative = path.strip_prefix(&self.root).ok()?.to_str()?;
        SitePath::new(&relative.replace(std::path::MAIN_SEPARATOR, "/"))
    }
}

/// What was found below some folder.
struct Found<T> {
    files: Vec<T>,
    remarks: Vec<Diagnostic>,
}

/// The folders of debates, and what was found in each.
struct Debates<T> {
    folders: HashSet<PathBuf>,
    found: Vec<Found<T>>,
}

/// What becomes of a file that is found.
type Each<'e, T> = &'e (dyn Fn(SitePath, Option<&DirEntry>) -> Option<T> + Sync);

impl Disk {
    /// What `each` gives for every file of the site, and what is wrong with the tree.
    fn every<T: Send>(&self, each: Each<'_, T>) -> io::Result<Checked<Vec<T>>> {
        let mut found = Found { files: Vec::new(), remarks: Vec::new() };
        let configuration = self.root.join(CONFIGURATION);
        match std::fs::metadata(&configuration) {
            Ok(_) if !configuration.canonicalize().is_ok_and(|real| real == configuration) => {
                found.remarks.push(diagnostics::bad_link(CONFIGURATION, "it has to be a file of its own"));
            }
            Ok(metadata) if metadata.is_file() => {
                found.files.extend(each(SitePath::new(CONFIGURATION).expect("a plain name"), None));
            }
            // A pipe would be waited on for ever.
            Ok(_) => found.remarks.push(diagnostics::bad_file(CONFIGURATION, "it is not a regular file")),
            Err(_) => {}
        }
        for folder in FOLDERS {
            let folder = self.root.join(folder);
            match self.walk_debates(&folder, each)? {
                Some(debates) => {
                    let is_debate = |entry: &DirEntry| debates.folders.contains(entry.path());
                    self.walk(&folder, &is_debate, each, &mut found)?;
                    for mut debate in debates.found {
                        found.files.append(&mut debate.files);
                        found.remarks.append(&mut debate.remarks);
                    }
                }
                None => self.walk(&folder, &|_| false, each, &mut found)?,
            }
        }
        Ok(Checked { value: found.files, diagnostics: found.remarks })
    }

    /// The folders of debates below `content`, each walked by itself, for there may be thousands of them. `None`
    /// where there are none, or where a link leads to a folder: only a walk of the whole knows whether it leads
    /// round in a circle.
    fn walk_debates<T: Send>(&self, content: &Path, each: Each<'_, T>) -> io::Result<Option<Debates<T>>> {
        let top = content.join("debates");
        let is_folder = |path: &Path| path.symlink_metadata().is_ok_and(|found| found.is_dir());
        if !is_folder(content) || !is_folder(&top) {
            return Ok(None);
        }
        // What can't be listed is for the walk of the whole to tell.
        let Ok(entries) = std::fs::read_dir(&top).and_then(Iterator::collect::<io::Result<Vec<_>>>) else {
            return Ok(None);
        };
        let is_folder = |entry: &std::fs::DirEntry| entry.file_type().is_ok_and(|kind| kind.is_dir());
        let folders: Vec<PathBuf> =
            entries.iter().filter(|entry| is_folder(entry)).map(|it| it.path()).collect();
        let walked: Vec<io::Result<Option<Found<T>>>> = folders
            .par_iter()
            .filter(|folder| !self.is_hidden(folder))
            .map(|folder| {
                let is_linked = AtomicBool::new(false);
                let leads_away = |entry: &DirEntry| {
                    let is_link = entry.path_is_symlink() && entry.file_type().is_dir();
                    is_linked.fetch_or(is_link, Ordering::Relaxed);
                    is_link
                };
                let mut found = Found { files: Vec::new(), remarks: Vec::new() };
                self.walk(folder, &leads_away, each, &mut found)?;
                Ok((!is_linked.into_inner()).then_some(found))
            })
            .collect();
        // The same one every time, whichever was come upon first.
        let by_words = |one: &io::Error, other: &io::Error| one.to_string().cmp(&other.to_string());
        let (walked, errors): (Vec<_>, Vec<_>) = walked.into_iter().partition(Result::is_ok);
        if let Some(error) = errors.into_iter().filter_map(Result::err).min_by(by_words) {
            return Err(error);
        }
        let found: Option<Vec<Found<T>>> = walked.into_iter().flatten().collect();
        Ok(found.map(|found| Debates { folders: folders.into_iter().collect(), found }))
    }

    /// Every file of the site with its stamp, and what is wrong with the tree.
    pub fn scan(&self) -> io::Result<Checked<BTreeMap<SitePath, Stamp>>> {
        let found = self.every(&|path, entry| {
            let stamp = match entry {
                Some(entry) => entry.metadata().ok().as_ref().map(Stamp::of),
                None => self.look(&path),
            };
            Some((path, stamp?))
        })?;
        Ok(found.map(|files| files.into_iter().collect()))
    }

    /// How a file of the site stands now; `None` where there is none.
    pub fn look(&self, path: &SitePath) -> Option<Stamp> {
        let full = self.root.join(path.as_str());
        let metadata = std::fs::metadata(&full).ok().filter(std::fs::Metadata::is_file)?;
        let inside = || !self.is_hidden(&full) && self.astray(&full).is_none();
        (path.file_name().len() <= NAME_LIMIT && path.as_str().len() <= PATH_LIMIT && inside())
            .then(|| Stamp::of(&metadata))
    }

    /// The files below a folder of the site.
    pub fn below(&self, folder: &SitePath) -> Vec<SitePath> {
        let mut found = Found { files: Vec::new(), remarks: Vec::new() };
        let each = |path, _: Option<&DirEntry>| Some(path);
        // What is wrong with the tree is for the next scan to tell.
        let _ = self.walk(&self.root.join(folder.as_str()), &|_| false, &each, &mut found);
        found.files
    }

    /// Whether a path is the configuration or lies in a folder of the site.
    pub fn belongs(path: &str) -> bool {
        path == CONFIGURATION || FOLDERS.contains(&path.split('/').next().unwrap_or(path))
    }

    /// The folders of the site that hold its files.
    pub fn folders(&self) -> impl Iterator<Item = PathBuf> {
        FOLDERS.map(|folder| self.root.join(folder)).into_iter()
    }

    /// Finds every file of the site below `top`, a folder of the site, but for what `is_passed_over`.
    fn walk<T>(
        &self,
        top: &Path,
        is_passed_over: &dyn Fn(&DirEntry) -> bool,
        each: Each<'_, T>,
        found: &mut Found<T>,
    ) -> io::Result<()> {
        if !top.exists() {
            return Ok(());
        }
        let Found { files, remarks } = found;
        let depth_of_top = top.strip_prefix(&self.root).map_or(0, |path| path.components().count());
        let walk = WalkDir::new(top).follow_links(true);
        let mut walk =
            walk.into_iter().filter_entry(|entry| !self.is_hidden(entry.path()) && !is_passed_over(entry));
        // The folders that the walk is in, for errors that don't name theirs.
        let mut above: Vec<PathBuf> = Vec::new();
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
                Err(error) => {
                    let around = error.depth().checked_sub(1).and_then(|depth| above.get(depth));
                    let at = error.path().or(around.map(PathBuf::as_path)).unwrap_or(top);
                    return Err(unlisted(&self.shown(at), &error));
                }
            };
            if entry.path_is_symlink()
                && let Some(reason) = self.astray(entry.path())
            {
                remarks.push(diagnostics::bad_link(&self.shown(entry.path()), &reason));
                if entry.file_type().is_dir() {
                    walk.skip_current_dir();
                }
                continue;
            }
            if entry.file_type().is_dir() {
                above.truncate(entry.depth());
                above.push(entry.path().to_owned());
                if depth_of_top + entry.depth() > DEPTH_LIMIT {
                    let shown = self.shown(entry.path());
                    remarks.push(diagnostics::bad_file(&shown, "it lies more than 32 folders deep"));
                    walk.skip_current_dir();
                }
                continue;
            }
            if let Some(path) = self.file(&entry, remarks)? {
                files.extend(each(path, Some(&entry)));
            }
        }
        Ok(())
    }

    /// The path of a file that was come upon, unless it can't be used; why is then said.
    fn file(&self, entry: &DirEntry, remarks: &mut Vec<Diagnostic>) -> io::Result<Option<SitePath>> {
        let mut refuse = |reason: &str| {
            remarks.push(diagnostics::bad_file(&self.shown(entry.path()), reason));
            Ok(None)
        };
        if !entry.file_type().is_file() {
            return refuse("it is not a regular file");
        }
        let Some(path) = self.site_path(entry.path()) else {
            return refuse("its name is not UTF-8, or holds a backslash");
        };
        if path.as_str().chars().any(char::is_control) {
            return refuse("its name holds a control character");
        }
        if path.file_name().len() > NAME_LIMIT || path.as_str().len() > PATH_LIMIT {
            return refuse("its name is too long (200 bytes for a name, 1,024 for a path)");
        }
        if !is_copied(&path) {
            return Ok(Some(path));
        }
        if looks_left_behind(path.file_name()) {
            remarks.push(diagnostics::left_behind(&path));
            return Ok(None);
        }
        let size = match entry.metadata() {
            Ok(metadata) => metadata.len(),
            Err(error) if is_gone(&error) => return Ok(None),
            Err(error) => return Err(unlisted(&self.shown(entry.path()), &error)),
        };
        if size > super::TRANSCRIPT_LIMIT {
            remarks.push(diagnostics::copy_too_large(&path, size, super::TRANSCRIPT_LIMIT));
            return Ok(None);
        }
        Ok(Some(path))
    }
}

/// Whether a file is copied as it is, rather than read.
fn is_copied(path: &SitePath) -> bool {
    ["static/", "themes/"].iter().any(|folder| path.as_str().starts_with(folder))
}

/// An error of a walk, with the folder or file that it met.
fn unlisted(shown: &str, error: &walkdir::Error) -> io::Error {
    let kind = error.io_error().map_or(io::ErrorKind::Other, io::Error::kind);
    let reason = error.io_error().map_or_else(|| error.to_string(), io::Error::to_string);
    io::Error::new(kind, format!("cannot list {shown}: {reason}"))
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
        let mut found = self.every(&|path, _| Some(path))?;
        found.value.sort_unstable();
        Ok(found)
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        let named = |error: io::Error| io::Error::new(error.kind(), format!("cannot read {path}: {error}"));
        let file = open(&self.root.join(path.as_str())).map_err(named)?;
        let length = file.metadata().map_or(0, |metadata| metadata.len().min(super::TRANSCRIPT_LIMIT));
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0) + 1);
        // More than any limit is refused by its length, without reading gigabytes.
        file.take(super::TRANSCRIPT_LIMIT + 1).read_to_end(&mut bytes).map_err(named)?;
        if is_copied(path) && bytes.len() as u64 > super::TRANSCRIPT_LIMIT {
            // It has grown since it was listed. What is copied is never cut.
            return Err(named(io::ErrorKind::FileTooLarge.into()));
        }
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
