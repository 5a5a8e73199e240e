//! The lock of a debate (`debate.lock`): the revision of the transcript, the ids of its paragraphs,
//! and the approvals of its notes. Written by commands, never by hand; YAML, so that a change reads
//! well in version control. Offsets are derived and not stored.

use crate::model::ParagraphId;
use crate::text::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The first line of every lock.
const HEADER: &str = "# Written by `rapporteur lock`. Not for editing.\n";

/// What `debate.lock` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The version of this format.
    pub version: u32,
    /// The transcript that was locked.
    pub transcript: LockedTranscript,
    /// The ids of the paragraphs, in order, each with the short fingerprint of its words.
    pub paragraphs: Vec<LockedParagraph>,
    /// Paragraphs of earlier revisions that are gone. Their ids are given to nothing else; to the same
    /// words, should they come back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<LockedParagraph>,
    /// What is recorded of notes, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub annotations: BTreeMap<String, LockedAnnotation>,
}

/// The revision of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedTranscript {
    /// The file's name.
    pub file: String,
    /// The fingerprint of its bytes.
    pub hash: String,
}

/// A paragraph's id and words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedParagraph {
    /// The id: `p7`.
    pub id: String,
    /// The first digits of the fingerprint of its words.
    pub words: String,
}

impl LockedParagraph {
    /// The paragraph with this id and these words.
    pub fn new(id: ParagraphId, words: &str) -> Self {
        LockedParagraph { id: id.to_string(), words: Fingerprint::of(words.as_bytes()).short(16) }
    }
}

/// What is recorded of a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedAnnotation {
    /// The fingerprint of what was approved: see [`approval`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<String>,
    /// Where the paragraphs that its sheet names are now: `p2` was joined with `p1`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<String, String>,
    /// What a revision of the record did to its words, until somebody has judged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised: Option<Revised>,
    /// New words that somebody has accepted in the place of those in the sheet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted: Option<Accepted>,
}

/// What a revision of the record did to a note's words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Revised {
    /// What became of them.
    pub status: Status,
    /// The fingerprint of the selector as it was written then: a sheet edited since is judged afresh.
    pub selector: String,
    /// The fingerprint of the revision that had the old words.
    pub revision: String,
    /// The old words, with the number of their paragraph in that revision, from 1.
    pub was: Vec<OldWords>,
    /// For each target of the note the words that stand there now, where any do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub now: Vec<String>,
    /// What the difference touches that may change what was said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub material: Vec<String>,
}

/// Words of an earlier revision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldWords {
    /// Which of the note's targets they are of, from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub target: usize,
    /// The number of the paragraph in its revision, from 1.
    pub paragraph: usize,
    /// The words.
    pub words: String,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_first(target: &usize) -> bool {
    *target == 0
}

/// New words that somebody has accepted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accepted {
    /// The fingerprint of the selector that they stand in for.
    pub selector: String,
    /// The words, one text for each target.
    pub words: Vec<String>,
}

/// What a revision of the record did to a note's words, where that is not nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// The words are the same; the paragraph round them changed.
    ContextChanged,
    /// Other words stand there now.
    Drifted,
    /// The same words, spoken by somebody else now.
    Misattributed,
    /// The words stand in several places now.
    Ambiguous,
    /// Nothing stands for them now.
    Orphaned,
}

impl Status {
    /// The word for it, in reports and in the lock.
    pub fn word(self) -> &'static str {
        match self {
            Status::ContextChanged => "context-changed",
            Status::Drifted => "drifted",
            Status::Misattributed => "misattributed",
            Status::Ambiguous => "ambiguous",
            Status::Orphaned => "orphaned",
        }
    }

    /// Whether the note still has its place.
    pub fn is_placed(self) -> bool {
        self == Status::ContextChanged
    }
}

impl Lock {
    /// The version of the format that this program writes.
    pub const VERSION: u32 = 1;

    /// The lock of a record with these paragraphs, in order.
    pub fn new<'w>(
        file: &str,
        bytes: &[u8],
        paragraphs: impl Iterator<Item = (ParagraphId, &'w str)>,
    ) -> Self {
        Lock {
            version: Self::VERSION,
            transcript: LockedTranscript { file: file.to_owned(), hash: Fingerprint::of(bytes).to_string() },
            paragraphs: paragraphs.map(|(id, words)| LockedParagraph::new(id, words)).collect(),
            retired: Vec::new(),
            annotations: BTreeMap::new(),
        }
    }

    /// Reads a lock; an error in words where it isn't one.
    pub fn parse(text: &str) -> Result<Self, String> {
        let lock: Lock = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
        match lock.version {
            Self::VERSION => Ok(lock),
            other => Err(format!("it is of version {other}; this program reads version {}", Self::VERSION)),
        }
    }

    /// The text of the file.
    pub fn print(&self) -> String {
        let body = serde_yaml::to_string(self).expect("a lock holds nothing but text and numbers");
        format!("{HEADER}{body}")
    }

    /// The ids in order, where every one of them is an id.
    pub fn ids(&self) -> Option<Vec<ParagraphId>> {
        self.paragraphs.iter().map(|paragraph| paragraph.id.parse().ok()).collect()
    }
}

/// The fingerprint that an approval binds to: quotations, remark, kind, verdict, due date, outcome
/// and sources, as written. Each part is what the author typed; an absent one is empty.
pub fn approval<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    Fingerprint::of_parts(parts.into_iter().map(str::as_bytes)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lock() -> Lock {
        let ids = [1, 2].map(|n| ParagraphId::new(n).expect("not 0"));
        let mut lock = Lock::new("transcript.txt", b"one\n\ntwo\n", ids.into_iter().zip(["one", "two"]));
        lock.annotations.insert(
            "a".into(),
            LockedAnnotation { approved: Some(approval(["quote", "body"])), ..LockedAnnotation::default() },
        );
        lock
    }

    #[test]
    fn a_lock_reads_back_as_it_prints() {
        assert_eq!(Lock::parse(&lock().print()), Ok(lock()));
    }

    #[test]
    fn a_lock_of_another_version_is_refused() {
        let text = lock().print().replace("version: 1", "version: 9");
        assert!(Lock::parse(&text).is_err_and(|reason| reason.contains("version 9")));
    }

    #[test]
    fn an_approval_changes_with_any_part_of_what_was_approved() {
        assert_ne!(approval(["a", "b"]), approval(["ab", ""]));
        assert_ne!(approval(["a", "b"]), approval(["a", "c"]));
    }
}
