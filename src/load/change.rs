//! What became of a site's files since they were last read: hints, which content decides about.

use crate::text::SitePath;

/// Something that may have happened to the files of a site. A file that was renamed was deleted in
/// one place and created in another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// A file that was not there.
    Created(SitePath),
    /// A file whose bytes may be others.
    Changed(SitePath),
    /// A file that is no more.
    Deleted(SitePath),
    /// Track was lost: any file may be another.
    Rescan,
}

impl Change {
    /// The file; none where track was lost.
    pub fn path(&self) -> Option<&SitePath> {
        match self {
            Change::Created(path) | Change::Changed(path) | Change::Deleted(path) => Some(path),
            Change::Rescan => None,
        }
    }
}
