//! What the server needs of a site: its files in memory, its problems, the way from a page to its
//! sources, and the one door to the author's sheets.

use crate::text::Fingerprint;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A site being edited, as the server sees it. Every call is quick and none blocks on a rebuild.
pub trait Preview: Send + Sync + 'static {
    /// The path below which the site stands: `/`, or `/briefings/` where `base_url` has one.
    fn base_path(&self) -> String;

    /// The file at a path of the output: `debates/x/index.html`, `theme/style.css`. Nothing is looked
    /// up on the disk; what is no key of the site's map is missing.
    fn file(&self, path: &str) -> Answer;

    /// Everything that is wrong with the site now, in the order of `check`.
    fn problems(&self) -> Arc<[Problem]>;

    /// The sources of a page: of its paragraphs and notes by their ids, and of the page as a whole
    /// under the id `""`.
    fn places(&self, path: &str) -> Vec<Place>;

    /// A ready annotation for words that a reader has selected.
    fn propose(&self, selection: &Selection) -> Result<Entry, Refusal>;

    /// The same, appended to the sheet that the entry names.
    fn append(&self, selection: &Selection) -> Result<Entry, Refusal>;
}

/// What there is at a path.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The file as a build would write it.
    Fresh(File),
    /// The page can't be built now: its last good version.
    LastGood(File),
    /// The page can't be built now and there is no version to show.
    Broken,
    /// The site has no such file.
    Missing,
}

/// A file of the site in memory.
#[derive(Debug, Clone)]
pub struct File {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Their fingerprint.
    pub hash: Fingerprint,
}

/// Something that an author should know.
#[derive(Debug, Clone, Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The stable word: `lost-quote`.
    pub code: &'static str,
    /// The whole text as `check` prints it, without colours: place, words, help.
    pub text: String,
    /// The file, as a path from the site's root.
    pub file: Option<String>,
    /// Line and column, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
}

/// Where a part of a page is written.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Place {
    /// The id of its element: `p12`, `n-two-tests`; empty for the page.
    pub id: String,
    /// The file, as a path from the site's root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// Words that a reader has selected on a debate's page.
#[derive(Debug, Clone, Deserialize)]
pub struct Selection {
    /// The path of the page in the output: `debates/x/index.html`.
    pub page: String,
    /// The paragraph's id: `p12`.
    pub paragraph: String,
    /// The first selected character in the paragraph's text, in UTF-16 units as browsers count.
    pub start: usize,
    /// Just past the last one.
    pub end: usize,
}

/// A ready annotation.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// The sheet that it belongs in, as a path from the site's root.
    pub sheet: String,
    /// Its id.
    pub id: String,
    /// Its lines, as they would stand in the sheet.
    pub text: String,
}

/// Why there is no entry, in a sentence for the reader.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub String);
