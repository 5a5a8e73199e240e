//! The folder of a debate that is there: its files as written, its earlier revisions, and what a new
//! revision writes into it.

use super::revision::{Existing, Revised, revise};
use super::{DebateRead, Opened};
use crate::diagnostics::{Checked, Severity};
use crate::layout::layout;
use crate::load::{self, Disk, Sources, Strings};
use crate::model::DebateSlug;
use crate::pipeline::parse_debate;
use crate::resolve::WrittenDebate;
use crate::revise::Lock;
use crate::text::{Fingerprint, SitePath};
use crate::transcript::{self, Transcript};
use std::collections::BTreeMap;
use std::io;

/// The name of a debate's lock.
pub const LOCK: &str = "debate.lock";

/// A debate's folder.
pub struct Folder {
    /// Its files as written. The transcript is the one that the lock is of.
    pub written: WrittenDebate,
    /// The transcript's name.
    pub transcript: String,
    /// Its files' bytes, by their paths in it.
    files: BTreeMap<String, Vec<u8>>,
}

/// A file to be written: its path in the folder, what stands there now, its new bytes.
pub type FileChange = (String, Option<Fingerprint>, Vec<u8>);

impl Folder {
    /// Reads the folder of a debate in a folder of debates. `None`, with what is wrong, where its
    /// particulars or its transcript can't be read.
    pub fn read(content: &Disk, debates: &str, slug: &str) -> io::Result<Checked<Option<Folder>>> {
        let Some(folder) = SitePath::new(&format!("{debates}/{slug}")) else {
            return Ok(Checked::fine(None));
        };
        let mut files = BTreeMap::new();
        for path in content.below(&folder) {
            let Some(inner) =
                path.as_str().strip_prefix(folder.as_str()).and_then(|rest| rest.strip_prefix('/'))
            else {
                continue;
            };
            files.insert(inner.to_owned(), content.read(&path)?);
        }
        Folder::of(slug, files)
    }

    /// The folder of the debate with this slug that has these files.
    fn of(slug: &str, files: BTreeMap<String, Vec<u8>>) -> io::Result<Checked<Option<Folder>>> {
        let mut strings = Strings::default();
        for (inner, bytes) in files.iter().filter(|(inner, _)| !inner.starts_with("revisions/")) {
            let Some(path) = SitePath::new(&format!("content/debates/{slug}/{inner}")) else { continue };
            strings.0.insert(path, bytes.clone());
        }
        let Checked { value: found, mut diagnostics } = layout(&strings)?;
        let Some((slug, of)) = found.debates.get_key_value(slug) else {
            return Ok(Checked { value: None, diagnostics });
        };
        let written = parse_debate(&strings, slug, of)?.take(&mut diagnostics);
        let name = of.transcript.as_ref().map(|path| path.file_name().to_owned()).unwrap_or_default();
        let value = written.map(|written| Folder { written, transcript: name, files }.resumed());
        // A lock that can't be read is not to be written over; what is wrong with notes is for the build
        // to tell.
        diagnostics.retain(|d| d.severity == Severity::Error && (value.is_none() || d.code == "bad-lock"));
        let value = value.filter(|_| diagnostics.is_empty());
        Ok(Checked { value, diagnostics })
    }

    /// The folder with other bytes in some of its files; `None` where it is no debate's any more.
    pub fn with(&self, changes: impl IntoIterator<Item = (String, Vec<u8>)>) -> Option<Folder> {
        let mut files = self.files.clone();
        files.extend(changes);
        Folder::of(self.slug().as_str(), files).ok()?.value
    }

    /// What another state of the folder changes, the lock last: a sheet that is changed without its lock
    /// is in review, a lock without its sheet could approve.
    pub fn changes_to(&self, other: &Folder) -> Vec<FileChange> {
        let mut changes: Vec<FileChange> = other
            .files
            .iter()
            .filter(|(name, bytes)| self.files.get(*name) != Some(bytes))
            .map(|(name, bytes)| {
                let before = self.files.get(name).map(|bytes| Fingerprint::of(bytes));
                (name.clone(), before, bytes.clone())
            })
            .collect();
        changes.sort_by_key(|(name, ..)| (name == LOCK, name.clone()));
        changes
    }

    /// The bytes of one of its files.
    pub fn file(&self, name: &str) -> Option<&[u8]> {
        self.files.get(name).map(Vec::as_slice)
    }

    /// An import that was cut off after the transcript left the lock of the revision before: that one is
    /// what notes and ids belong to.
    fn resumed(mut self) -> Self {
        if let Some((Lock { transcript: locked, .. }, _)) = &self.written.lock
            && Fingerprint::of_text(&self.written.transcript.source.text).to_string() != locked.hash
            && let Some(transcript) = self.revision(&locked.hash)
        {
            self.written.transcript = transcript;
        }
        self
    }

    /// The slug.
    pub fn slug(&self) -> &DebateSlug {
        &self.written.slug
    }

    /// An earlier revision, by the fingerprint of its text.
    pub fn revision(&self, hash: &str) -> Option<Transcript> {
        if Fingerprint::of_text(&self.written.transcript.source.text).to_string() == hash {
            return Some(self.written.transcript.clone());
        }
        let extension = self.transcript.rsplit_once('.').map_or("", |(_, extension)| extension);
        let bytes = self.files.get(&revision_name(hash, extension))?;
        let path = SitePath::new(&format!("revisions/transcript.{extension}"))?;
        let source = load::text(&path, bytes.clone()).value?;
        if Fingerprint::of_text(&source.text).to_string() != hash {
            return None;
        }
        transcript::parse(&source, self.written.particulars.raw.format.as_deref()).value
    }

    /// The fingerprint of the transcript as it is in the folder.
    fn there(&self) -> Option<Fingerprint> {
        let path = SitePath::new(&format!("revisions/{}", self.transcript))?;
        let bytes = self.files.get(&self.transcript)?.clone();
        let source = load::text_within(&path, bytes, load::TRANSCRIPT_LIMIT).value?;
        Some(Fingerprint::of_text(&source.text))
    }

    /// Whether the transcript in the folder is not the one that the lock records: nobody can decide
    /// anything about notes then.
    pub fn is_altered(&self) -> bool {
        let locked = self.written.lock.as_ref().map(|(lock, _)| lock.transcript.hash.as_str());
        locked.is_some_and(|hash| self.there().is_none_or(|there| there.to_string() != hash))
    }

    /// Whether the transcript that the lock records is neither in the folder nor among the revisions:
    /// nothing can be followed from it then.
    pub fn is_lost(&self) -> bool {
        let found = Fingerprint::of_text(&self.written.transcript.source.text).to_string();
        self.written.lock.as_ref().is_some_and(|(lock, _)| lock.transcript.hash != found)
    }

    /// Whether a transcript is the one that is there, line ends apart, and the one that is locked.
    pub fn holds(&self, read: &DebateRead) -> bool {
        let read = Fingerprint::of_text(&read.transcript.source.text);
        self.there() == Some(read) && Fingerprint::of_text(&self.written.transcript.source.text) == read
    }

    /// Holds a new revision against the debate.
    pub fn revise(&self, read: &DebateRead) -> Revised {
        let existing = Existing { written: &self.written, revision: &|hash| self.revision(hash) };
        revise(&existing, read, &self.transcript)
    }

    /// What a new revision writes, in the order that leaves the old one whole until the last.
    pub fn changes(&self, opened: &Opened, read: &DebateRead, revised: &Revised) -> Vec<FileChange> {
        let mut changes = Vec::new();
        let extension = self.transcript.rsplit_once('.').map_or("", |(_, extension)| extension);
        let old = self.files.get(&self.transcript);
        let hash = Fingerprint::of_text(&self.written.transcript.source.text).to_string();
        let kept = revision_name(&hash, extension);
        if let Some(old) = old.filter(|_| !self.files.contains_key(&kept)) {
            changes.push((kept, None, old.clone()));
        }
        let mut change = |name: &str, bytes: Vec<u8>| {
            let before = self.files.get(name);
            if before != Some(&bytes) {
                changes.push((name.to_owned(), before.map(|bytes| Fingerprint::of(bytes)), bytes));
            }
        };
        change(&self.transcript, read.bytes.clone());
        if let Some(text) = self.files.get("debate.yaml").and_then(|bytes| std::str::from_utf8(bytes).ok())
            && let Some(hash) =
                self.written.particulars.raw.source.as_ref().and_then(|source| source.hash.as_ref())
            && text.matches(hash.as_str()).count() == 1
        {
            change("debate.yaml", text.replacen(hash.as_str(), &opened.hash.to_string(), 1).into_bytes());
        }
        change(LOCK, revised.lock.print().into_bytes());
        changes
    }
}

/// The name under which a revision is kept.
fn revision_name(hash: &str, extension: &str) -> String {
    let digits: String = hash.trim_start_matches("blake3:").chars().take(16).collect();
    format!("revisions/{digits}.{extension}")
}
