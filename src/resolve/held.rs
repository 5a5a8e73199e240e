//! Where a debate's entries stand in its record, whoever may see them: what a new revision is held
//! against.

use super::names::Names;
use super::place::{Placer, Stand, selector};
use super::{WrittenDebate, record};
use crate::annotation::{At, Status};
use crate::config::Config;
use crate::model::{Debate, Particulars, Record};
use crate::revise::{Facts, Lock};
use crate::text::Source;
use crate::transcript::Transcript;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// A debate's record, and where its entries stand in it.
pub struct Held {
    /// The record, with the ids of the lock where it is that of the lock.
    pub record: Arc<Record>,
    /// The entries by their ids.
    pub entries: BTreeMap<String, HeldEntry>,
}

/// An entry, and where it stands.
pub struct HeldEntry {
    /// The fingerprint of its selector.
    pub selector: String,
    /// Whether it is approved, as written.
    pub approved: bool,
    /// The words of each target, as written.
    pub quotes: Vec<Option<String>>,
    /// For each of its targets the part of the record that it names, where it names one, and where its
    /// words stand.
    pub targets: Vec<(Option<At>, Stand)>,
    /// What an approval of it binds to, where all of its words have a place.
    pub facts: Option<Facts>,
}

/// The record of a transcript by itself: `p1`, `p2` … in order.
pub fn bare_record(transcript: Transcript) -> Record {
    record::record(transcript, None, &BTreeMap::new(), &Names::default(), &mut Vec::new())
}

/// Finds where the entries of a debate stand. What is wrong with them is for the build to tell.
pub fn held(written: &WrittenDebate) -> Held {
    held_in(written, written.transcript.clone(), written.lock.as_ref())
}

/// Finds where the entries of a debate would stand in another record with another lock.
pub fn held_in(written: &WrittenDebate, transcript: Transcript, lock: Option<&(Lock, Source)>) -> Held {
    let mut remarks = Vec::new();
    let names = Names::default();
    let record = record::record(transcript, lock, &BTreeMap::new(), &names, &mut remarks);
    let debate = Debate {
        slug: written.slug.clone(),
        particulars: Particulars::default(),
        record: Arc::new(record),
        corrections: Vec::new(),
        annotations: Vec::new(),
        unplaced: Vec::new(),
        parts: OnceLock::new(),
        plain: OnceLock::new(),
    };
    let placer = Placer {
        debate: &debate,
        names: &names,
        config: &Config::default(),
        lock: lock.map(|(lock, _)| lock),
        bodies: &written.bodies,
    };
    let entries = written.entries.iter().map(|entry| {
        let targets = placer.stand(entry);
        let held = HeldEntry {
            selector: selector(entry),
            approved: entry.raw.status == Some(Status::Approved),
            quotes: entry.targets.iter().map(|target| target.quote.clone()).collect(),
            targets: entry.targets.iter().map(|target| target.at).zip(targets).collect(),
            facts: placer.facts_now(entry),
        };
        (entry.id.clone(), held)
    });
    let entries = entries.collect();
    Held { record: debate.record.clone(), entries }
}
