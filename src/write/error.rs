//! What the disk can refuse, in words for whoever ran the program: the path, what was wrong with
//! it, and what to do. All of these are the machine's or the command line's failures (exit 2).

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why something was not written. Wherever one is returned, the published site and the author's
/// files are as they were before.
#[derive(Debug)]
pub enum WriteError {
    /// The output folder may not stand where it is said to.
    Place {
        /// The output folder.
        output: PathBuf,
        /// What is wrong with it, to follow its path: `is a symbolic link`.
        reason: &'static str,
    },
    /// The output folder holds something that no build wrote.
    Foreign {
        /// The output folder.
        output: PathBuf,
        /// The first such file or folder, from the output folder.
        found: PathBuf,
    },
    /// The output folder holds a site that was built, but not here.
    Elsewhere {
        /// The output folder.
        output: PathBuf,
    },
    /// Another build holds the lock of this output folder.
    Busy {
        /// The output folder.
        output: PathBuf,
    },
    /// A path that a file of the site can't have.
    Path {
        /// The path as it was asked for.
        path: String,
        /// What is wrong with it, to follow the path: `is longer than 1,024 bytes`.
        reason: &'static str,
    },
    /// An author's file is not what the caller last read.
    Moved {
        /// The file.
        path: PathBuf,
        /// What was found, to follow its path: `exists already`.
        reason: &'static str,
    },
    /// An earlier change of several files was cut short, and is neither finished nor taken back.
    CutShort {
        /// The project.
        root: PathBuf,
    },
    /// A file of the published site changed while the new one was being put together.
    Disturbed {
        /// The file.
        path: PathBuf,
    },
    /// A file was refused earlier in this build, so there is no whole site to publish.
    Incomplete {
        /// The output folder.
        output: PathBuf,
    },
    /// A call to the system failed.
    System {
        /// What was being done, to follow "cannot": `make the folder`.
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl WriteError {
    /// A call to the system that failed while `doing` something to `path`.
    pub(super) fn system(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> WriteError {
        let path = path.to_owned();
        move |source| WriteError::System { doing, path, source }
    }

    /// Whether another build was in the way, so that waiting may help.
    pub fn is_busy(&self) -> bool {
        matches!(self, WriteError::Busy { .. })
    }
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Place { output, reason } => write!(
                f,
                "the output folder `{}` {reason}; choose an empty or a new folder for the site",
                output.display()
            ),
            WriteError::Foreign { output, found } => write!(
                f,
                "the output folder `{}` holds `{}`, which no build wrote; move it elsewhere (files to be \
                 published belong into `static`) or choose another output folder",
                output.display(),
                found.display()
            ),
            WriteError::Elsewhere { output } => write!(
                f,
                "the output folder `{}` holds a site that was not built here: `--adopt` takes it over, and takes away \
                 what is not of the new site; or choose another output folder",
                output.display()
            ),
            WriteError::Busy { output } => {
                write!(f, "another build is writing `{}`; try again when it has finished", output.display())
            }
            WriteError::Path { path, reason } => {
                write!(f, "the site can't have a file `{}`: the path {reason}", path.escape_debug())
            }
            WriteError::Moved { path, reason } => {
                write!(f, "`{}` {reason}; nothing was written to it", path.display())
            }
            WriteError::CutShort { root } => write!(
                f,
                "an earlier change of several files in `{}` was cut short: `rapporteur resume` finishes it, `rapporteur \
                 resume --undo` takes it back; nothing was written",
                root.display()
            ),
            WriteError::Disturbed { path } => write!(
                f,
                "`{}` was changed by something else during the build; build again when that has finished",
                path.display()
            ),
            WriteError::Incomplete { output } => write!(
                f,
                "a file of the new site could not be written, so `{}` stays as it was",
                output.display()
            ),
            WriteError::System { doing, path, source } => {
                write!(f, "cannot {doing} `{}`: {source}", path.display())?;
                if let Some(advice) = advice(source.kind()) {
                    write!(f, "; {advice}")?;
                }
                Ok(())
            }
        }
    }
}

/// What to do about a failure of this kind, where there is something to say.
fn advice(kind: io::ErrorKind) -> Option<&'static str> {
    Some(match kind {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "free some space (or some inodes: `df -i`) and build again"
        }
        io::ErrorKind::FileTooLarge => "raise the limit on the size of files (`ulimit -f`)",
        io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
            "the program must be able to write to the output folder and to the folder that it is in"
        }
        io::ErrorKind::CrossesDevices | io::ErrorKind::ResourceBusy => {
            "the output folder must be on the same file system as the folder that it is in: put it one \
             folder deeper"
        }
        _ => return None,
    })
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            WriteError::System { source, .. } => Some(source),
            _ => None,
        }
    }
}

impl From<WriteError> for io::Error {
    /// For [`crate::output::Sink`]: the same words, and the kind of the system's error where there
    /// was one.
    fn from(error: WriteError) -> io::Error {
        let kind = match &error {
            WriteError::System { source, .. } => source.kind(),
            WriteError::Path { .. } => io::ErrorKind::InvalidInput,
            _ => io::ErrorKind::Other,
        };
        io::Error::new(kind, error)
    }
}
