//! Paths inside a site: relative to its root, `/` between parts, never leaving it.

use std::fmt;
use std::sync::Arc;

/// The path of a file of the site, from the site's root: `content/topics/data.md`. Forward slashes
/// on every system, no empty part, no `.` or `..`, so that it can neither leave the root nor name
/// one file in two ways. Cheap to clone.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SitePath(Arc<str>);

impl SitePath {
    /// The path, or `None` where `path` is absolute, empty, or holds an empty, `.` or `..` part.
    pub fn new(path: &str) -> Option<Self> {
        let fine = !path.is_empty()
            && !path.contains(['\\', '\0'])
            && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        fine.then(|| SitePath(path.into()))
    }

    /// The path as text, from the site's root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part: `data.md`.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last part without its last extension: `data`.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// What follows the last dot of the file's name, or nothing.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The folder that the file is in, without a final slash; empty for a file in the root.
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
