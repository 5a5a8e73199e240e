//! A new note at the end of a sheet. What stood in the sheet stays as it was, byte for byte.

use super::author::{Before, replace_file};
use super::error::WriteError;
use super::together::FileEdit;
use crate::annotation::{self, NewEntry};
use crate::diagnostics::{Diagnostic, Severity};
use crate::load::{Disk, Sources};
use crate::text::{Fingerprint, SitePath, Source};
use std::fmt;
use std::io::{self, ErrorKind};

/// Why no note was appended. The sheet is as it was.
#[derive(Debug)]
pub enum NoteError {
    /// The entry or the sheet is not one to append.
    Refused(String),
    /// With the entry the sheet would have mistakes.
    Mistakes(Vec<Diagnostic>),
    /// The sheet could not be read.
    Read(io::Error),
    /// The sheet could not be written.
    Write(WriteError),
}

impl fmt::Display for NoteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoteError::Refused(reason) => f.write_str(reason),
            NoteError::Mistakes(mistakes) => {
                let lines: Vec<String> = mistakes.iter().map(Diagnostic::line).collect();
                f.write_str(&lines.join("\n"))
            }
            NoteError::Read(error) => error.fmt(f),
            NoteError::Write(error) => error.fmt(f),
        }
    }
}

/// A sheet that a note may be appended to.
pub struct SheetEnd<'d> {
    disk: &'d Disk,
    debate: String,
    /// The sheet.
    pub path: SitePath,
    before: Option<String>,
}

impl<'d> SheetEnd<'d> {
    /// The sheet `name` of a debate, as it is now; it need not exist.
    pub fn of(disk: &'d Disk, debate: &str, name: &str) -> Result<Self, NoteError> {
        if !name.ends_with(".notes.yaml") || name.contains('/') {
            let reason = format!("a sheet's name ends in .notes.yaml and has no folder: `{name}`");
            return Err(NoteError::Refused(reason));
        }
        let path = SitePath::new(&format!("content/debates/{debate}/{name}"))
            .ok_or_else(|| NoteError::Refused("that is no name for a sheet".into()))?;
        let before = match disk.read(&path) {
            Ok(bytes) => Some(
                String::from_utf8(bytes)
                    .map_err(|_| NoteError::Refused(format!("{path} is not UTF-8 text")))?,
            ),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(NoteError::Read(error)),
        };
        Ok(SheetEnd { disk, debate: debate.to_owned(), path, before })
    }

    /// The lines of an entry for this sheet. `taken` says which ids are in use elsewhere.
    pub fn print(&self, entry: &NewEntry<'_>, taken: impl Fn(&str) -> bool) -> Result<String, NoteError> {
        let here = |id: &str| self.before.as_deref().is_some_and(|text| text.contains(&format!("{id}:")));
        let printed = entry.print(|id| taken(id) || here(id)).map_err(NoteError::Refused)?;
        Ok(annotation::set_in(&printed, self.before.as_deref()))
    }

    /// Appends the lines of an entry.
    pub fn append(self, lines: &str) -> Result<(), NoteError> {
        let disk = self.disk;
        let (path, before, bytes) = self.edit(lines)?;
        replace_file(disk.root(), &path, before, &bytes.unwrap_or_default()).map_err(NoteError::Write)
    }

    /// What appending the lines of an entry makes of the sheet.
    pub fn edit(self, lines: &str) -> Result<FileEdit, NoteError> {
        let SheetEnd { disk: _, debate, path, before } = self;
        let sheet = annotation::append(before.as_deref(), &debate, lines)
            .map_err(|reason| NoteError::Refused(format!("{path}: {reason}")))?;
        // Read back before anything is written: an entry that isn't one never reaches the author's file.
        let read = annotation::parse_sheet(&Source::new(path.clone(), sheet.as_str()), &debate);
        if read.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error) {
            return Err(NoteError::Mistakes(read.diagnostics));
        }
        let guard =
            before.as_ref().map_or(Before::Absent, |text| Before::Bytes(Fingerprint::of(text.as_bytes())));
        Ok((path, guard, Some(sheet.into_bytes())))
    }
}
