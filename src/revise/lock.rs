//! The lock of a debate (`debate.lock`): the revision of the transcript, the ids of its paragraphs and
//! contributions, and what was approved of its notes. Written by commands, never by hand; YAML, so that
//! a change reads well in version control. Offsets are derived and not stored.

use super::approval::Approved;
use crate::diagnostics::Severity;
use crate::model::{ContributionId, ParagraphId, PartId};
use crate::text::{Fingerprint, SitePath, Source};
use crate::yaml;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// The first line of every lock.
const HEADER: &str = "# Written by `rapporteur`. Not for editing.\n";

/// What `debate.lock` holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lock {
    /// The version of this format.
    pub version: u32,
    /// The transcript that was locked.
    pub transcript: LockedTranscript,
    /// The ids of the paragraphs, in order, each with the short fingerprint of its words.
    pub paragraphs: Vec<LockedPart>,
    /// Those of the contributions; none in a lock of version 1, which numbers them in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contributions: Vec<LockedPart>,
    /// Paragraphs and contributions of earlier revisions that are gone. Their ids are given to nothing
    /// else; to the same words, should they come back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retired: Vec<LockedPart>,
    /// What is recorded of notes, by id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "each_once")]
    pub annotations: BTreeMap<String, LockedAnnotation>,
}

/// The revision of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedTranscript {
    /// The file's name.
    pub file: String,
    /// The fingerprint of its text, with `\n` at the end of every line.
    pub hash: String,
}

/// The id and the words of a paragraph or a contribution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedPart {
    /// The id: `p7`, `c2`.
    pub id: String,
    /// The first digits of the fingerprint of its words; of a contribution, of its speaker and words.
    pub words: String,
}

/// The first digits of the fingerprint of a paragraph's words.
pub fn words_of(text: &str) -> String {
    Fingerprint::of_text(text).short(16)
}

/// The first digits of the fingerprint of a contribution: who spoke, and the words.
pub fn contribution_of<'w>(speaker: Option<&str>, words: impl Iterator<Item = &'w str>) -> String {
    let parts: Vec<String> =
        std::iter::once(speaker.unwrap_or_default().to_owned()).chain(words.map(words_of)).collect();
    Fingerprint::of_parts(parts.iter().map(String::as_bytes)).short(16)
}

/// What is recorded of a note.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LockedAnnotation {
    /// What was approved, by whom and when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approved: Option<Approved>,
    /// Where the parts of the record that its sheet names are now: `p2` was joined with `p1`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub moved: BTreeMap<String, String>,
    /// What a revision of the record did to its words, until somebody has judged it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revised: Option<Revised>,
    /// New words that stand in for those in the sheet: of a lock of version 1. They are written into
    /// the sheet now.
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

impl Revised {
    /// Who spoke the words and who speaks them now, each pair once: `[-Ann-] {+Bob+}`.
    pub fn speakers(&self) -> Vec<String> {
        let mut pairs: Vec<String> = Vec::new();
        for was in &self.was {
            if was.speaker.is_some() || was.speaker_now.is_some() {
                let name =
                    |speaker: &Option<String>| speaker.clone().unwrap_or_else(|| "nobody named".into());
                let pair = format!("[-{}-] {{+{}+}}", name(&was.speaker), name(&was.speaker_now));
                if !pairs.contains(&pair) {
                    pairs.push(pair);
                }
            }
        }
        pairs
    }
}

/// Words of an earlier revision, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldWords {
    /// Which of the note's targets they are of, from 0.
    #[serde(default, skip_serializing_if = "is_first")]
    pub target: usize,
    /// The number of the paragraph in its revision, from 1.
    pub paragraph: usize,
    /// The words.
    pub words: String,
    /// Where they begin in the paragraph, in bytes, where it has them more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<usize>,
    /// The words that stand for them now, where those changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// Who spoke them, where somebody else does now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Who speaks them now, where that is somebody else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker_now: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_first(target: &usize) -> bool {
    *target == 0
}

/// New words that somebody has accepted, in a lock of version 1.
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
    /// The words are the same; what stands round them changed.
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

/// Why a lock can't be read, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockFault {
    /// What is wrong with it.
    pub reason: String,
    /// What to do; `None` for what helps with any lock.
    pub help: Option<String>,
}

impl Lock {
    /// The version of the format that this program writes.
    pub const VERSION: u32 = 2;

    /// The lock of a text with these paragraphs and contributions, in order.
    pub fn new(
        file: &str,
        text: &str,
        paragraphs: impl Iterator<Item = (ParagraphId, String)>,
        contributions: impl Iterator<Item = (ContributionId, String)>,
    ) -> Self {
        Lock {
            version: Self::VERSION,
            transcript: LockedTranscript {
                file: file.to_owned(),
                hash: Fingerprint::of_text(text).to_string(),
            },
            paragraphs: paragraphs.map(part).collect(),
            contributions: contributions.map(part).collect(),
            retired: Vec::new(),
            annotations: BTreeMap::new(),
        }
    }

    /// Reads a lock of this version or of version 1; what is wrong where it isn't one.
    pub fn parse(text: &str) -> Result<Self, LockFault> {
        let fault = |reason: String, help: Option<&str>| LockFault { reason, help: help.map(str::to_owned) };
        if let Some(line) = text.lines().position(super::mend::is_mark) {
            return Err(fault(
                format!("a merge left both sides in it, at line {}", line + 1),
                Some(
                    "merge the sheets first, then run `rapporteur lock DEBATE`: it puts the sides together where that is safe",
                ),
            ));
        }
        if let Some(reason) = unsound(text) {
            return Err(fault(reason, None));
        }
        // What another version holds is not what is wrong with it.
        let version = text.lines().find_map(|line| line.strip_prefix("version:")?.trim().parse::<u32>().ok());
        if let Some(other) = version.filter(|version| !(1..=Self::VERSION).contains(version)) {
            return Err(fault(
                format!("it is of version {other}; this program reads versions 1 and {}", Self::VERSION),
                Some("build with the program that wrote it, or a newer one"),
            ));
        }
        match serde_yaml::from_str::<Lock>(text) {
            Ok(lock) if (1..=Self::VERSION).contains(&lock.version) => Ok(lock),
            Ok(lock) => Err(fault(format!("it is of version {}", lock.version), None)),
            Err(error) => Err(fault(error.to_string(), None)),
        }
    }

    /// The text of the file: always of the version that this program writes.
    pub fn print(&self) -> String {
        let lock = Lock { version: Self::VERSION, ..self.clone() };
        let body = serde_yaml::to_string(&lock).expect("a lock holds nothing but text and numbers");
        format!("{HEADER}{body}")
    }

    /// The ids of the paragraphs in order, where every one of them is an id.
    pub fn paragraph_ids(&self) -> Option<Vec<ParagraphId>> {
        self.paragraphs.iter().map(|part| part.id.parse().ok()).collect()
    }

    /// The ids of the contributions in order, where every one of them is an id. Empty for version 1.
    pub fn contribution_ids(&self) -> Option<Vec<ContributionId>> {
        self.contributions.iter().map(|part| part.id.parse().ok()).collect()
    }

    /// Records something of a note, or nothing where there is nothing to record.
    pub fn record(&mut self, id: &str, locked: LockedAnnotation) {
        match locked == LockedAnnotation::default() {
            true => drop(self.annotations.remove(id)),
            false => drop(self.annotations.insert(id.to_owned(), locked)),
        }
    }
}

fn part<I: PartId>((id, words): (I, String)) -> LockedPart {
    LockedPart { id: id.to_string(), words }
}

/// What is wrong with a text whose lists and mappings lie deep in each other, on which the reader of typed
/// values would take a time that grows with the square of the depth, or in which an escape stands for a control
/// character. No lock is deep; a text that looks so, for the brackets or the escapes in the notes that it keeps,
/// is looked at by our own reader, which is linear.
pub(super) fn unsound(text: &str) -> Option<String> {
    const DEEP: i32 = 32;
    let (mut depth, mut deepest) = (0, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = (depth - 1).max(0),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    let lead = |line: &str| line.bytes().take_while(|byte| matches!(byte, b' ' | b'-' | b'?')).count();
    if deepest < DEEP && !text.contains('\\') && text.lines().all(|line| lead(line) < 2 * DEEP as usize) {
        return None;
    }
    let path = SitePath::new("debate.lock").expect("letters make a path");
    let read = yaml::parse(&Source::new(path, text), yaml::Unit::File);
    let error = read.diagnostics.into_iter().find(|found| found.severity == Severity::Error)?;
    Some(error.message)
}

/// Notes by id, each of which stands once: YAML's own reader lets the second take the place of the first.
fn each_once<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, LockedAnnotation>, D::Error> {
    struct EachOnce;

    impl<'de> Visitor<'de> for EachOnce {
        type Value = BTreeMap<String, LockedAnnotation>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("what is recorded of notes, by id")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut notes = BTreeMap::new();
            while let Some((id, note)) = map.next_entry::<String, LockedAnnotation>()? {
                if notes.contains_key(&id) {
                    return Err(A::Error::custom(format!("the note `{id}` stands in it twice")));
                }
                notes.insert(id, note);
            }
            Ok(notes)
        }
    }

    deserializer.deserialize_map(EachOnce)
}

#[cfg(test)]
mod tests {
    use super::super::approval::Facts;
    use super::*;
    use crate::model::first_ids;

    fn lock() -> Lock {
        let words = ["one", "two"].map(words_of);
        let mut lock = Lock::new(
            "transcript.txt",
            "one\n\ntwo\n",
            first_ids().zip(words.clone()),
            first_ids().zip(words),
        );
        let facts =
            Facts::default().with("quote", Some("one")).with("body", Some("A remark.\nOf two lines."));
        let approved = Some(Approved::new(facts, "Desk", "2012-12-21"));
        lock.annotations.insert("a".into(), LockedAnnotation { approved, ..LockedAnnotation::default() });
        lock
    }

    #[test]
    fn a_lock_reads_back_as_it_prints() {
        assert_eq!(Lock::parse(&lock().print()), Ok(lock()));
        assert_eq!(Lock::parse(&lock().print().replace('\n', "\r\n")), Ok(lock()));
    }

    #[test]
    fn a_lock_of_another_version_says_so_whatever_else_is_in_it() {
        for text in [
            lock().print().replace("version: 2", "version: 9"),
            "version: 3\nsigned: yes\n".to_owned(),
            "version: 0\n".to_owned(),
        ] {
            let fault = Lock::parse(&text).expect_err("another version");
            assert!(fault.reason.contains("this program reads versions 1 and 2"), "{fault:?}");
        }
    }

    #[test]
    fn nesting_without_end_is_refused_at_once_and_brackets_in_words_are_not() {
        let start = std::time::Instant::now();
        for deep in ["[".repeat(200_000), "- ".repeat(100_000), "a: {".repeat(60_000)] {
            assert!(Lock::parse(&deep).is_err());
        }
        assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
        let mut lock = lock();
        let facts = Facts::default().with("body", Some(&"[{".repeat(500)));
        lock.annotations.get_mut("a").expect("a note").approved =
            Some(Approved::new(facts, "Desk", "2012-12-21"));
        assert_eq!(Lock::parse(&lock.print()), Ok(lock));
    }

    #[test]
    fn a_lock_of_version_one_reads_with_its_approvals_of_then() {
        let text = "version: 1\ntranscript: { file: transcript.md, hash: 'blake3:00' }\nparagraphs:\n- { id: p1, words: x }\nannotations:\n  one: { approved: 'blake3:11' }\n";
        let lock = Lock::parse(text).expect("a lock");
        assert_eq!(lock.contribution_ids(), Some(Vec::new()));
        assert_eq!(lock.annotations["one"].approved, Some(Approved::Earlier("blake3:11".into())));
    }

    #[test]
    fn what_a_merge_leaves_is_told_with_what_to_do() {
        let text = lock().print();
        let marked = format!("{text}<<<<<<< ours\n=======\n>>>>>>> theirs\n");
        let fault = Lock::parse(&marked).expect_err("marks of a merge");
        assert!(fault.reason.contains("both sides") && fault.help.is_some(), "{fault:?}");
        let twice = format!("{text}  a:\n    moved: {{ p1: p2 }}\n");
        assert!(Lock::parse(&twice).expect_err("a note twice").reason.contains("`a` stands in it twice"));
        let lacking = text.replace("fingerprint:", "print:");
        assert!(Lock::parse(&lacking).is_err());
    }
}
