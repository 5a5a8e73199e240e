//! The lock that a debate's files call for.

use super::WrittenDebate;
use super::place::approval;
use crate::annotation::Status;
use crate::model::ParagraphId;
use crate::revise::{Lock, LockedAnnotation};

/// The lock of a debate as it stands: its transcript, its paragraphs' ids (those of the lock before,
/// where the transcript is still the same), and the approval of every note that says it is approved.
pub fn lock(written: &WrittenDebate) -> Lock {
    let transcript = &written.transcript;
    let source = &transcript.source;
    let bytes = source.text.as_bytes();
    let fresh = (1..).map(|number| ParagraphId::new(number).expect("numbers begin at 1"));
    let words = transcript.paragraphs().map(|paragraph| paragraph.text.of(source));
    let mut lock = Lock::new(source.path.file_name(), bytes, fresh.zip(words));
    if let Some((before, _)) = &written.lock
        && before.transcript == lock.transcript
    {
        lock.paragraphs.clone_from(&before.paragraphs);
        lock.retired.clone_from(&before.retired);
        // Decisions on revisions stay; approvals are those of the notes as they stand.
        for (id, known) in &before.annotations {
            let known = LockedAnnotation { approved: None, ..known.clone() };
            if known != LockedAnnotation::default() && written.entries.iter().any(|entry| entry.id == *id) {
                lock.annotations.insert(id.clone(), known);
            }
        }
    }
    for entry in written.entries.iter().filter(|entry| entry.raw.status == Some(Status::Approved)) {
        lock.annotations.entry(entry.id.clone()).or_default().approved = Some(approval(entry));
    }
    lock
}
