//! What an approval binds to: the named fields of a note as they were approved, and their fingerprint.
//! The lock keeps both, so that a later reader sees what was approved, and what has changed since.

use crate::text::Fingerprint;
use crate::text::plain_lines;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the fingerprint's encoding: the first byte that is hashed.
const ENCODING: u8 = 2;

/// What a note says, by the names of its fields. A field that is not set is not there, so that a field
/// which a later version of the program adds leaves every approval as it was.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Facts(BTreeMap<String, String>);

impl Facts {
    /// The facts with one more, where it is set. Line ends don't count.
    pub fn with(mut self, name: impl Into<String>, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.0.insert(name.into(), plain_lines(value).to_string());
        }
        self
    }

    /// The facts without those that the record gives.
    pub fn as_written(&self) -> Facts {
        let of_sheet = |(name, _): &(&String, &String)| !is_of_record(name);
        Facts(self.0.iter().filter(of_sheet).map(|(name, value)| (name.clone(), value.clone())).collect())
    }

    /// The fingerprint: BLAKE3 over the version of the encoding and, in the order of the names' bytes,
    /// each name and each value in UTF-8 after its length in bytes as eight bytes, the lowest first.
    pub fn fingerprint(&self) -> String {
        let mut bytes = vec![ENCODING];
        for text in self.0.iter().flat_map(|(name, value)| [name, value]) {
            bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
            bytes.extend_from_slice(text.as_bytes());
        }
        Fingerprint::of(&bytes).to_string()
    }

    /// Where two differ: the name of the field, what it was and what it is.
    pub fn differences<'f>(&'f self, now: &'f Facts) -> Vec<(&'f str, Option<&'f str>, Option<&'f str>)> {
        let mut names: Vec<&str> = self.0.keys().chain(now.0.keys()).map(String::as_str).collect();
        names.sort_unstable();
        names.dedup();
        let value = |facts: &'f Facts, name: &str| facts.0.get(name).map(String::as_str);
        let each = names.into_iter().map(|name| (name, value(self, name), value(now, name)));
        each.filter(|(_, was, is)| was != is).collect()
    }
}

/// Whether a field is given by the record and not by the sheet.
fn is_of_record(name: &str) -> bool {
    matches!(name, "words" | "speaker")
}

/// An approval, as the lock has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Approved {
    /// Who approved what, and when.
    Recorded(Approval),
    /// The fingerprint of a lock of version 1. It was made of the program's own types, so that no later
    /// program can be sure of it: the note is to be approved again.
    Earlier(String),
}

/// Who approved what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    /// Who.
    pub by: String,
    /// The day.
    pub on: String,
    /// The fingerprint of what was approved: see [`Facts::fingerprint`].
    pub fingerprint: String,
    /// What was approved.
    pub of: Facts,
}

impl Approved {
    /// The approval of these facts.
    pub fn new(facts: Facts, by: &str, on: &str) -> Self {
        Approved::Recorded(Approval {
            by: by.to_owned(),
            on: on.to_owned(),
            fingerprint: facts.fingerprint(),
            of: facts,
        })
    }

    /// The approval, unless it is one of version 1.
    pub fn recorded(&self) -> Option<&Approval> {
        match self {
            Approved::Recorded(approval) => Some(approval),
            Approved::Earlier(_) => None,
        }
    }
}

impl Approval {
    /// Whether it is an approval of these facts by this reviewer on this day.
    pub fn holds(&self, facts: &Facts, reviewed: Option<(&str, &str)>) -> bool {
        self.fingerprint == facts.fingerprint() && reviewed == Some((&*self.by, &*self.on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts::default()
            .with("at", Some("p2"))
            .with("quote", Some("We will mend the bridge – by “May”"))
            .with("words", Some("We will mend the bridge - by \"May\""))
            .with("speaker", Some("Ann Archer"))
            .with("kind", Some("commitment"))
            .with("due.said", Some("by “May”"))
            .with("due.by", Some("2013-05-31"))
            .with("body", Some("A remark.\n\nOf two paragraphs."))
            .with("sources.0.title", Some("Accounts"))
    }

    /// An update of the program must end nobody's approvals: if this hash changes, every approval of
    /// every site is ended. Raise the version of the encoding, and read the old one too, instead.
    #[test]
    fn the_fingerprint_of_an_example_is_the_same_for_ever() {
        assert_eq!(
            facts().fingerprint(),
            "blake3:a7c8556b453d7970ea28e8c65200ab64f442fb7a4c189ac4876c8d48c96fd09e"
        );
        assert_eq!(Facts::default().fingerprint(), Fingerprint::of(&[2]).to_string());
    }

    #[test]
    fn a_field_that_is_not_set_changes_nothing_and_any_that_is_changes_all() {
        assert_eq!(facts().with("new_field", None).fingerprint(), facts().fingerprint());
        assert_ne!(facts().with("new_field", Some("")).fingerprint(), facts().fingerprint());
        assert_ne!(facts().with("body", Some("A remark.")).fingerprint(), facts().fingerprint());
        let one = Facts::default().with("a", Some("bc")).with("d", Some(""));
        let two = Facts::default().with("ab", Some("c")).with("d", Some(""));
        assert_ne!(one.fingerprint(), two.fingerprint());
    }

    #[test]
    fn line_ends_do_not_count() {
        let clone = facts().with("body", Some("A remark.\r\n\r\nOf two paragraphs."));
        assert_eq!(clone.fingerprint(), facts().fingerprint());
    }

    #[test]
    fn what_differs_is_told_by_the_names_of_the_fields() {
        let now = facts().with("quote", Some("We may")).with("title", Some("T"));
        let was = facts();
        let names: Vec<_> = was.differences(&now).into_iter().map(|(name, ..)| name.to_owned()).collect();
        assert_eq!(names, ["quote", "title"]);
    }
}
