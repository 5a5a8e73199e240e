//! Where a site may be published, and where what belongs to publishing stands: in
//! `.rapporteur/NAME.site/` beside an output folder of that name, never in it.

use super::calls;
use super::disk;
use super::error::WriteError;
use super::fault::{self, Lack};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The folder for our own things, beside the output folder.
pub(super) const OWN: &str = ".rapporteur";

/// Folders of a project that hold what its authors wrote. Nothing is published into them.
const SOURCES: [&str; 5] = ["content", "themes", "static", OWN, ".git"];

/// An output folder that is fit to publish to, and the folder with our own things for it. Both are
/// absolute and free of links.
#[derive(Clone, Debug)]
pub(super) struct Folders {
    /// The published site.
    pub(super) output: PathBuf,
    /// The folder that the output is in.
    parent: PathBuf,
    /// Lock, record and staging for this output.
    own: PathBuf,
    /// Whether they stand in the project. Elsewhere a web server may give out what stands beside a site.
    private: bool,
}

impl Folders {
    /// Judges `output` by its path and by what stands there, without looking into it and without
    /// changing anything.
    ///
    /// # Errors
    /// [`WriteError::Place`] where the folder is not fit, [`WriteError::System`] where that can't
    /// be found out.
    pub(super) fn of(root: &Path, output: &Path) -> Result<Folders, WriteError> {
        let refuse = |reason| WriteError::Place { output: output.to_owned(), reason };
        let root = root.canonicalize().map_err(WriteError::system("find the project folder", root))?;
        let (parent, name) = match (output.parent(), output.file_name()) {
            // The parent of a bare name is empty: the working folder.
            (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
                (real(Path::new("."))?, name.to_owned())
            }
            (Some(parent), Some(name)) => (real(parent)?, name.to_owned()),
            // `/`, `.`, `..`: always a folder that something else is in.
            _ => return Err(refuse("is not a folder of its own")),
        };
        let output = parent.join(&name);

        match disk::look(&output).map_err(WriteError::system("look at", &output))? {
            Some(found) if found.is_symlink() => return Err(refuse("is a symbolic link")),
            Some(found) if !found.is_dir() => return Err(refuse("is a file")),
            _ => {}
        }
        if root.starts_with(&output) {
            return Err(refuse("is the project itself or a folder that it is in"));
        }
        if home().is_some_and(|home| home.starts_with(&output)) {
            return Err(refuse("is the home folder or a folder that it is in"));
        }
        for source in SOURCES {
            let source = root.join(source);
            // A source folder may be a link: what it leads to is as precious.
            let real = source.canonicalize().unwrap_or_else(|_| source.clone());
            if output.starts_with(&source) || output.starts_with(&real) {
                return Err(refuse("is inside a folder that belongs to the project's sources"));
            }
            if real.starts_with(&output) {
                return Err(refuse("has a folder of the project's sources in it"));
            }
        }
        if output.components().any(|part| matches!(part, Component::Normal(name) if name == OWN)) {
            return Err(refuse("is inside a `.rapporteur` folder"));
        }

        let mut own = name;
        own.push(".site");
        let own = parent.join(OWN).join(own);
        let private = parent == root;
        Ok(Folders { output, parent, own, private })
    }

    /// Makes the folder for our own things where it is missing, and sees to it that the output can
    /// be put in place from there by a rename.
    ///
    /// # Errors
    /// [`WriteError::Place`] where our folder is not a real folder; [`WriteError::System`] where it can't be made.
    pub(super) fn prepare(&self) -> Result<(), WriteError> {
        let refuse = |reason| WriteError::Place { output: self.output.clone(), reason };
        calls::create_dir_all(&self.parent).map_err(WriteError::system("make the folder", &self.parent))?;
        let around = fs::metadata(&self.parent).map_err(WriteError::system("look at", &self.parent))?;
        let beside = self.parent.join(OWN);
        for folder in [&beside, &self.own] {
            match disk::look(folder).map_err(WriteError::system("look at", folder))? {
                None => {
                    match if self.private { calls::create_dir(folder) } else { disk::make_closed(folder) } {
                        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                        made => made.map_err(WriteError::system("make the folder", folder))?,
                    }
                }
                Some(found) if !found.is_dir() => {
                    return Err(refuse("has a `.rapporteur` beside it that is not a folder"));
                }
                Some(found) if !disk::same_device(&found, &around) => {
                    return Err(refuse("has a `.rapporteur` beside it on another file system"));
                }
                Some(found) if !self.private && folder == &self.own => {
                    // As far as that goes: it may be somebody else's of our group.
                    let _ = disk::close_to_others(folder, &found);
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// Whether the output is a file system of its own: a mount point, for which no folder can be exchanged.
    ///
    /// # Errors
    /// Those of looking.
    pub(super) fn is_mounted(&self) -> io::Result<bool> {
        let around = fs::metadata(&self.parent)?;
        if fault::lacks(Lack::Moving) {
            return Ok(true);
        }
        Ok(disk::look(&self.output)?.is_some_and(|found| !disk::same_device(&found, &around)))
    }

    /// Whether the site before the published one may be kept. Where a web server may serve what stands beside
    /// the output it may not: it may have been one with drafts.
    pub(super) fn keeps_spare(&self) -> bool {
        self.private
    }

    /// Held by the build that is writing. Never removed: removing a lock lets two builds hold it.
    pub(super) fn lock(&self) -> PathBuf {
        self.own.join("lock")
    }

    /// The new site while it is put together.
    pub(super) fn staging(&self) -> PathBuf {
        self.own.join("staging")
    }

    /// Between builds, the tree that the next one starts from: the site before the published one.
    pub(super) fn spare(&self) -> PathBuf {
        self.own.join("spare")
    }

    /// The old site, while the new one takes its place on a system that can't exchange folders.
    pub(super) fn replaced(&self) -> PathBuf {
        self.own.join("replaced")
    }

    /// The record of the published site.
    pub(super) fn kept(&self) -> PathBuf {
        self.own.join("kept")
    }

    /// The record of the published site.
    pub(super) fn record(&self) -> PathBuf {
        self.own.join("manifest.json")
    }

    /// The record of the site that is about to be published.
    pub(super) fn next_record(&self) -> PathBuf {
        self.own.join("next.json")
    }

    /// Tells git to leave our own things alone, wherever the output is.
    pub(super) fn git_ignore(&self) -> PathBuf {
        self.own.join(".gitignore")
    }
}

/// Whether nothing or a real folder stands at `path`: what is put there stays below it.
///
/// # Errors
/// Those of looking.
pub(super) fn is_ours_to_make(path: &Path) -> io::Result<bool> {
    Ok(disk::look(path)?.is_none_or(|found| found.is_dir()))
}

/// The same of a folder in a folder of our own: of both.
///
/// # Errors
/// Those of looking.
pub(super) fn both_are_ours_to_make(folder: &Path) -> io::Result<bool> {
    Ok(folder.parent().map_or(Ok(true), is_ours_to_make)? && is_ours_to_make(folder)?)
}

/// `path` as an absolute path free of links, as far as it exists; the rest as it is written.
fn real(path: &Path) -> Result<PathBuf, WriteError> {
    let absolute = std::path::absolute(path).map_err(WriteError::system("find", path))?;
    let mut missing: Vec<OsString> = Vec::new();
    let mut there = absolute.as_path();
    loop {
        match there.canonicalize() {
            Ok(mut found) => {
                found.extend(missing.iter().rev());
                return Ok(found);
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(WriteError::system("find", there)(error)),
        }
        // `..` after a folder that isn't there has no meaning.
        let (Some(parent), Some(name)) = (there.parent(), there.file_name()) else {
            return Err(WriteError::system("find", path)(io::ErrorKind::NotFound.into()));
        };
        missing.push(name.to_owned());
        there = parent;
    }
}

/// The home folder of whoever runs the program, if there is one.
fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())?.canonicalize().ok()
}
