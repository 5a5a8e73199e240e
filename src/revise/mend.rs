//! What a merge in version control leaves of a lock, put together again where that is safe: approvals and
//! decisions of both sides, of one and the same record.

use super::approval::Approved;
use super::lock::{Lock, LockedAnnotation, LockedPart, LockedTranscript, unsound};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// Whether a line is a mark that a merge leaves.
pub(super) fn is_mark(line: &str) -> bool {
    ["<<<<<<<", "|||||||", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
        || line.trim_end() == "======="
}

/// The lock that a merge left in pieces: both sides of every conflict, or notes that stand twice. With
/// what was decided, in lines for whoever runs the command. `Err` says why it can't be put together.
pub fn mend(text: &str) -> Result<(Lock, Vec<String>), String> {
    let mut said = Vec::new();
    let (ours, theirs) = sides(text)?;
    let ours = read(&ours, &mut said)?;
    let lock = match theirs {
        Some(theirs) => {
            let theirs = read(&theirs, &mut said)?;
            both(ours, theirs, &mut said)?
        }
        None => ours,
    };
    Ok((lock, said))
}

/// The two texts of a text with marks; one where it has none.
fn sides(text: &str) -> Result<(String, Option<String>), String> {
    #[derive(PartialEq, Clone, Copy)]
    enum In {
        Both,
        Ours,
        Base,
        Theirs,
    }
    let (mut ours, mut theirs) = (String::new(), String::new());
    let (mut now, mut marked) = (In::Both, false);
    for (number, line) in text.lines().enumerate() {
        let broken = || Err(format!("the marks of the merge are not whole, at line {}", number + 1));
        now = match (now, line) {
            (In::Both, line) if line.starts_with("<<<<<<<") => In::Ours,
            (In::Ours, line) if line.starts_with("|||||||") => In::Base,
            (In::Ours | In::Base, line) if line.trim_end() == "=======" => In::Theirs,
            (In::Theirs, line) if line.starts_with(">>>>>>>") => In::Both,
            (_, line) if is_mark(line) => return broken(),
            (now, line) => {
                for (side, text) in [(In::Ours, &mut ours), (In::Theirs, &mut theirs)] {
                    if now == In::Both || now == side {
                        text.push_str(line);
                        text.push('\n');
                    }
                }
                continue;
            }
        };
        marked = true;
    }
    match now {
        In::Both => Ok((ours, marked.then_some(theirs))),
        _ => Err("the marks of the merge are not whole".to_owned()),
    }
}

/// A lock in which a note may stand several times.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Loose {
    version: u32,
    transcript: LockedTranscript,
    paragraphs: Vec<LockedPart>,
    #[serde(default)]
    contributions: Vec<LockedPart>,
    #[serde(default)]
    retired: Vec<LockedPart>,
    #[serde(default, deserialize_with = "all")]
    annotations: Vec<(String, LockedAnnotation)>,
}

fn all<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<(String, LockedAnnotation)>, D::Error> {
    struct All;

    impl<'de> Visitor<'de> for All {
        type Value = Vec<(String, LockedAnnotation)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("what is recorded of notes, by id")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut notes = Vec::new();
            while let Some(note) = map.next_entry()? {
                notes.push(note);
            }
            Ok(notes)
        }
    }

    deserializer.deserialize_map(All)
}

fn read(text: &str, said: &mut Vec<String>) -> Result<Lock, String> {
    if let Some(reason) = unsound(text) {
        return Err(reason);
    }
    let loose: Loose = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
    if !(1..=Lock::VERSION).contains(&loose.version) {
        return Err(format!("it is of version {}", loose.version));
    }
    let Loose { version, transcript, paragraphs, contributions, retired, annotations } = loose;
    let mut notes: BTreeMap<String, LockedAnnotation> = BTreeMap::new();
    for (id, note) in annotations {
        let note = match notes.remove(&id) {
            Some(first) => note_of_both(&id, first, note, said),
            None => note,
        };
        notes.insert(id, note);
    }
    Ok(Lock { version, transcript, paragraphs, contributions, retired, annotations: notes })
}

/// One lock of two.
fn both(mut ours: Lock, theirs: Lock, said: &mut Vec<String>) -> Result<Lock, String> {
    if ours.transcript != theirs.transcript || ours.paragraphs != theirs.paragraphs {
        return Err("the two sides have another record: take the lock and the transcript of one side from version control, \
                    then import the other's revision"
            .to_owned());
    }
    if ours.contributions.is_empty() {
        ours.contributions = theirs.contributions;
    } else if !theirs.contributions.is_empty() && ours.contributions != theirs.contributions {
        return Err("the two sides number the contributions differently: take one side from version control"
            .to_owned());
    }
    let new = theirs.retired.into_iter().filter(|gone| !ours.retired.contains(gone)).collect::<Vec<_>>();
    ours.retired.extend(new);
    for (id, note) in theirs.annotations {
        let note = match ours.annotations.remove(&id) {
            Some(first) => note_of_both(&id, first, note, said),
            None => note,
        };
        ours.annotations.insert(id, note);
    }
    Ok(ours)
}

/// What both sides record of a note. Of two approvals of the same words the earlier stands; of two that
/// differ none does. What a revision did stands until somebody has looked, on either side.
fn note_of_both(
    id: &str,
    ours: LockedAnnotation,
    theirs: LockedAnnotation,
    said: &mut Vec<String>,
) -> LockedAnnotation {
    if ours == theirs {
        return ours;
    }
    let approved = match (ours.approved, theirs.approved) {
        (Some(Approved::Recorded(one)), Some(Approved::Recorded(two))) => {
            if one == two {
                Some(Approved::Recorded(one))
            } else if one.fingerprint == two.fingerprint {
                let earlier = if (&two.on, &two.by) < (&one.on, &one.by) { two } else { one };
                said.push(format!(
                    "{id}: both sides approved the same words; the approval by {} on {} stands",
                    earlier.by, earlier.on
                ));
                Some(Approved::Recorded(earlier))
            } else {
                said.push(format!("{id}: the two sides approved different words: approve it again"));
                None
            }
        }
        (Some(Approved::Recorded(one)), _) | (_, Some(Approved::Recorded(one))) => {
            Some(Approved::Recorded(one))
        }
        (one, two) => one.or(two),
    };
    let mut moved = theirs.moved;
    moved.extend(ours.moved);
    LockedAnnotation {
        approved,
        moved,
        revised: ours.revised.or(theirs.revised),
        accepted: ours.accepted.or(theirs.accepted),
    }
}

#[cfg(test)]
mod tests {
    use super::super::approval::Facts;
    use super::*;
    use crate::model::first_ids;

    fn lock(notes: &[(&str, &str, &str)]) -> Lock {
        let words = ["w".to_owned()];
        let mut lock = Lock::new("t.md", "w\n", first_ids().zip(words.clone()), first_ids().zip(words));
        for (id, by, quote) in notes {
            let facts = Facts::default().with("quote", Some(quote));
            let approved = Some(Approved::new(facts, by, "2013-01-02"));
            lock.annotations
                .insert((*id).to_owned(), LockedAnnotation { approved, ..LockedAnnotation::default() });
        }
        lock
    }

    /// The text that version control leaves of two locks that differ after their common beginning.
    fn merged(ours: &Lock, theirs: &Lock) -> String {
        let (ours, theirs) = (ours.print(), theirs.print());
        let same = ours.lines().zip(theirs.lines()).take_while(|(one, two)| one == two).count();
        let after = |text: &str| text.lines().skip(same).map(|line| format!("{line}\n")).collect::<String>();
        let before: String = ours.lines().take(same).map(|line| format!("{line}\n")).collect();
        format!("{before}<<<<<<< HEAD\n{}=======\n{}>>>>>>> branch\n", after(&ours), after(&theirs))
    }

    #[test]
    fn approvals_of_two_branches_come_together() {
        let (ours, theirs) = (lock(&[("a", "Ann", "x")]), lock(&[("b", "Bob", "y")]));
        let (mended, _) = mend(&merged(&ours, &theirs)).expect("it is safe");
        assert_eq!(mended, lock(&[("a", "Ann", "x"), ("b", "Bob", "y")]));
    }

    #[test]
    fn of_two_approvals_of_the_same_words_one_stands_and_of_different_words_none() {
        let (mended, said) =
            mend(&merged(&lock(&[("a", "Bob", "x")]), &lock(&[("a", "Ann", "x")]))).expect("it is safe");
        assert_eq!(mended, lock(&[("a", "Ann", "x")]));
        assert!(said[0].contains("by Ann"), "{said:?}");
        let (mended, said) =
            mend(&merged(&lock(&[("a", "Bob", "x")]), &lock(&[("a", "Bob", "y")]))).expect("it is safe");
        assert_eq!(mended.annotations["a"].approved, None);
        assert!(said[0].contains("approve it again"), "{said:?}");
    }

    #[test]
    fn a_note_that_stands_twice_is_put_together() {
        let text = lock(&[("a", "Ann", "x")]).print();
        let (_, notes) = text.split_once("annotations:\n").expect("notes");
        let (mended, _) = mend(&format!("{text}{notes}")).expect("it is safe");
        assert_eq!(mended, lock(&[("a", "Ann", "x")]));
    }

    #[test]
    fn locks_of_different_records_and_broken_marks_are_left_alone() {
        let mut other = lock(&[]);
        other.transcript.hash = "blake3:other".into();
        assert!(mend(&merged(&lock(&[]), &other)).is_err());
        assert!(mend("<<<<<<< HEAD\nversion: 2\n").is_err());
        assert!(mend("version: 2\n>>>>>>> x\n").is_err());
    }
}
