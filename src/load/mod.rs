//! Room `load`: the site's files, from the disk or from strings. It hands out text file by file and
//! knows nothing of what is in them.

mod change;
mod disk;
mod embedded;
mod encoding;

pub use change::Change;
pub use disk::{Disk, Stamp};
pub use embedded::Embedded;

use crate::diagnostics::{self, Checked, Diagnostic};
use crate::text::{SitePath, Source};
use std::collections::BTreeMap;
use std::io;

/// The longest file that is read as text, in bytes (a transcript).
pub const TRANSCRIPT_LIMIT: u64 = 256 << 20;
/// The longest lock, in bytes. The program writes it, and it grows with the record.
pub const LOCK_LIMIT: u64 = 64 << 20;
/// The longest sheet, note or other file that people write, in bytes.
pub const AUTHORED_LIMIT: u64 = 1 << 20;

/// The files of a site. An error is the machine's; a file that can't be used for what is in it is
/// the author's and comes as a diagnostic from [`read_text`].
pub trait Sources: Sync {
    /// Every file of the site, in the order of the paths, and what is wrong with the tree itself.
    fn list(&self) -> io::Result<Checked<Vec<SitePath>>>;

    /// The bytes of a file; `NotFound` where there is none.
    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>>;
}

/// Reads a file as text: UTF-8, without a byte order mark, within the limit for what it is.
pub fn read_text(sources: &dyn Sources, path: &SitePath) -> io::Result<Checked<Option<Source>>> {
    Ok(text(path, sources.read(path)?))
}

/// The bytes of a file as text, without a byte order mark, within the limit for what it is: UTF-8, or
/// for XML the encoding that it declares. Every line ends in `\n`: version control gives the same file
/// other line ends on another machine, and it is the same file.
pub fn text(path: &SitePath, bytes: Vec<u8>) -> Checked<Option<Source>> {
    let limit = match (path.stem(), path.extension()) {
        ("transcript", _) => TRANSCRIPT_LIMIT,
        ("debate", "lock") => LOCK_LIMIT,
        _ => AUTHORED_LIMIT,
    };
    let mut read = text_within(path, bytes, limit);
    // What a transcript must not hold its own reader knows, and a lock the program writes.
    if let Some(source) = read.value.as_ref().filter(|_| limit == AUTHORED_LIMIT) {
        diagnostics::unseen(source, |_| false, &mut read.diagnostics);
    }
    read
}

/// As [`text`], within a limit of the caller's.
pub fn text_within(path: &SitePath, bytes: Vec<u8>, limit: u64) -> Checked<Option<Source>> {
    if bytes.len() as u64 > limit {
        return refused(diagnostics::file_too_large(path, bytes.len() as u64, limit));
    }
    let bytes = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => rest.to_vec(),
        None => bytes,
    };
    if path.extension().eq_ignore_ascii_case("xml")
        && let Some(encoding) = encoding::declared(&bytes)
    {
        return encoding::decode(path, bytes, encoding).map(|source| {
            source.map(|source| Source::new(source.path, crate::text::plain_lines(source.text)))
        });
    }
    match String::from_utf8(bytes) {
        Ok(text) => Checked::fine(Some(Source::new(path.clone(), crate::text::plain_lines(text)))),
        Err(error) => {
            let at = error.utf8_error().valid_up_to();
            refused(diagnostics::not_utf8(path, error.as_bytes(), at))
        }
    }
}

fn refused(diagnostic: Diagnostic) -> Checked<Option<Source>> {
    Checked { value: None, diagnostics: vec![diagnostic] }
}

/// A site in memory, for tests and for trying things out.
#[derive(Debug, Clone, Default)]
pub struct Strings(pub BTreeMap<SitePath, Vec<u8>>);

impl Strings {
    /// The site with one more file, or that file replaced.
    ///
    /// # Panics
    /// Where `path` is not a path inside a site.
    pub fn with(mut self, path: &str, text: impl Into<Vec<u8>>) -> Self {
        self.0.insert(SitePath::new(path).expect("a path inside a site"), text.into());
        self
    }
}

impl Sources for Strings {
    fn list(&self) -> io::Result<Checked<Vec<SitePath>>> {
        Ok(Checked::fine(self.0.keys().cloned().collect()))
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        self.0.get(path).cloned().ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
