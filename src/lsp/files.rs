//! The site as an editor has it: the files on the disk, and in their place those that are open with changes
//! that nobody has saved.

use super::text::Lines;
use crate::diagnostics::Checked;
use crate::load::{Disk, Sources};
use crate::text::{SitePath, Source, plain_lines};
use lsp_types::{Location, Uri};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A file that is open in the editor.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its address, as the editor writes it.
    pub uri: Uri,
    /// The editor's count of its changes.
    pub version: i32,
    /// Its text, as the editor has it.
    pub text: Arc<str>,
}

/// The files of a site with those that are open.
#[derive(Clone)]
pub struct Files {
    /// The files on the disk.
    pub disk: Disk,
    /// The folder of the site as the editor names it, which may lead through links.
    shown: PathBuf,
    /// The open ones.
    pub open: BTreeMap<SitePath, Document>,
}

impl Files {
    /// The files of the site in a folder.
    ///
    /// # Errors
    /// Where the folder can't be opened.
    pub fn new(root: &Path) -> io::Result<Self> {
        Ok(Files { disk: Disk::open(root)?, shown: root.to_owned(), open: BTreeMap::new() })
    }

    /// The path within the site of a file that an editor names; none where it is no file of the site.
    pub fn path_of(&self, uri: &Uri) -> Option<SitePath> {
        let full = file_of(uri)?;
        let within = |full: &Path, root: &Path| {
            let rest = full.strip_prefix(root).ok()?;
            let parts: Option<Vec<&str>> = rest.iter().map(|part| part.to_str()).collect();
            SitePath::new(&parts?.join("/"))
        };
        let real = || {
            let folder = full.parent()?.canonicalize().ok()?;
            within(&folder.join(full.file_name()?), self.disk.root())
        };
        let path = within(&full, &self.shown).or_else(real)?;
        Disk::belongs(path.as_str()).then_some(path)
    }

    /// The address of a file of the site, as the editor writes it.
    pub fn uri_of(&self, path: &SitePath) -> Option<Uri> {
        if let Some(document) = self.open.get(path) {
            return Some(document.uri.clone());
        }
        let full = self.shown.join(path.as_str());
        let full = if full.is_absolute() { full } else { self.disk.root().join(path.as_str()) };
        url::Url::from_file_path(full).ok()?.as_str().parse().ok()
    }

    /// Some bytes of a file, for the editor to go to.
    pub fn location(&self, source: &Source, range: Range<usize>) -> Option<Location> {
        let range = Lines::new(&source.text).range(range);
        Some(Location { uri: self.uri_of(&source.path)?, range })
    }

    /// The text of an open file, its lines ended as everywhere in the program.
    pub fn source(&self, path: &SitePath) -> Option<Source> {
        let text = &self.open.get(path)?.text;
        let text = text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), Into::into);
        Some(Source::new(path.clone(), plain_lines(text)))
    }
}

/// The file that an address names.
pub fn file_of(uri: &Uri) -> Option<PathBuf> {
    url::Url::parse(uri.as_str()).ok().filter(|url| url.scheme() == "file")?.to_file_path().ok()
}

impl Sources for Files {
    fn list(&self) -> io::Result<Checked<Vec<SitePath>>> {
        let mut listing = self.disk.list()?;
        listing.value.extend(self.open.keys().cloned());
        listing.value.sort();
        listing.value.dedup();
        Ok(listing)
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        match self.open.get(path) {
            Some(document) => Ok(document.text.as_bytes().to_vec()),
            None => self.disk.read(path),
        }
    }
}
