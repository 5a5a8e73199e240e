//! What each kind of file costs a build: how many there are, their bytes, the time to make them and the time
//! to hand them over. For people who want a build to be faster: nothing in the output depends on it.

use crate::output::{OutputFile, Sink};
use rayon::current_thread_index;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The cost of all files of one kind, over all threads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// How many were made.
    pub files: usize,
    /// Their lengths.
    pub bytes: u64,
    /// The time that making them took.
    pub making: Duration,
    /// The time that the sink took with them: comparing, writing.
    pub putting: Duration,
}

/// A file that was made.
#[derive(Clone, Copy, Debug)]
pub struct Made {
    /// The kind of file.
    pub kind: &'static str,
    /// The number of the thread that made it, from 0; `None` for the one that leads.
    pub thread: Option<usize>,
    /// When that began.
    pub start: Instant,
    /// What it cost.
    pub cost: Cost,
}

/// The files of a build while it goes on.
#[derive(Debug, Default)]
pub(super) struct Costs(Mutex<Vec<Made>>);

impl Costs {
    /// Makes a file of this kind and gives it to the sink; or gives what is wrong with it.
    pub(super) fn put<E>(
        &self,
        kind: &'static str,
        sink: &dyn Sink,
        make: impl FnOnce() -> Result<OutputFile, E>,
    ) -> io::Result<Result<(), E>> {
        let start = Instant::now();
        let file = match make() {
            Ok(file) => file,
            Err(fault) => return Ok(Err(fault)),
        };
        let making = start.elapsed();
        let bytes = file.bytes.len() as u64;
        sink.put(file)?;
        let cost = Cost { files: 1, bytes, making, putting: start.elapsed() - making };
        let made = Made { kind, thread: current_thread_index(), start, cost };
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(made);
        Ok(Ok(()))
    }

    /// The files, in no order.
    pub(super) fn done(self) -> Vec<Made> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What the files of each kind cost, the dearest first.
pub fn by_kind(made: &[Made]) -> Vec<(&'static str, Cost)> {
    let mut costs: BTreeMap<&'static str, Cost> = BTreeMap::new();
    for Made { kind, cost, .. } in made {
        let sum = costs.entry(kind).or_default();
        sum.files += cost.files;
        sum.bytes += cost.bytes;
        sum.making += cost.making;
        sum.putting += cost.putting;
    }
    let mut costs: Vec<_> = costs.into_iter().collect();
    costs.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.making + cost.putting));
    costs
}
