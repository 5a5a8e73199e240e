//! The lock that a debate's files call for, and the approvals in it.

use super::WrittenDebate;
use super::held::held;
use crate::model::{Record, first_ids};
use crate::revise::{self, Approved, Lock, LockedAnnotation};
use crate::transcript::Transcript;

/// The lock of a debate as it stands: its transcript, the ids of its paragraphs and contributions (those
/// of the lock before, where the transcript is still the same), and what was recorded of its notes. It
/// approves nothing: see [`approve`].
pub fn lock(written: &WrittenDebate) -> Lock {
    let mut lock = first_lock(written.transcript.source.path.file_name(), &written.transcript);
    if let Some((before, _)) = &written.lock
        && before.transcript.hash == lock.transcript.hash
    {
        // The name of the file is no part of the record: a transcript that is renamed is the same one.
        lock.paragraphs.clone_from(&before.paragraphs);
        if !before.contributions.is_empty() {
            lock.contributions.clone_from(&before.contributions);
        }
        lock.retired.clone_from(&before.retired);
        for (id, known) in &before.annotations {
            // A mistake in a sheet ends no approval in it.
            let is_there = written.entries.iter().any(|entry| entry.id == *id)
                || written.set_aside.contains(id)
                || !written.unread.is_empty();
            if is_there {
                lock.record(id, known.clone());
            }
        }
    }
    lock
}

/// The lock of a debate's first revision: `p1`, `p2` … and `c1`, `c2` … in order.
pub fn first_lock(file: &str, transcript: &Transcript) -> Lock {
    let (words, contributions) = parts(transcript);
    let text = &transcript.source.text;
    Lock::new(file, text, first_ids().zip(words), first_ids().zip(contributions))
}

/// What a lock has of each paragraph and of each contribution of a transcript, in order.
pub(super) fn parts(transcript: &Transcript) -> (Vec<String>, Vec<String>) {
    let source = &transcript.source;
    let words = transcript.paragraphs().map(|paragraph| revise::words_of(paragraph.text.of(source)));
    let contributions = transcript.contributions().map(|contribution| {
        let speaker = contribution.speaker.as_ref().map(|label| label.name.of(source));
        revise::contribution_of(speaker, contribution.paragraphs.iter().map(|one| one.text.of(source)))
    });
    (words.collect(), contributions.collect())
}

/// What a lock has of each contribution of a record.
pub fn contributions(record: &Record) -> Vec<String> {
    let each = record.contributions.iter().map(|contribution| {
        let speaker = contribution.speaker.as_ref().map(|who| who.in_record());
        let paragraphs = &record.paragraphs[contribution.paragraphs.clone()];
        revise::contribution_of(speaker, paragraphs.iter().map(|paragraph| record.words(paragraph)))
    });
    each.collect()
}

/// Records in `lock` that the entry `id` is approved as it stands. `None` where its words have no place.
/// What a revision did round its words is settled with it.
pub fn approve(written: &WrittenDebate, lock: &mut Lock, id: &str, by: &str, on: &str) -> Option<()> {
    let facts = held(written).entries.get(id)?.facts.clone()?;
    let known = lock.annotations.get(id).cloned().unwrap_or_default();
    let approved = Some(Approved::new(facts, by, on));
    lock.record(id, LockedAnnotation { approved, revised: None, ..known });
    Some(())
}
