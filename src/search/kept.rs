//! Runs kept for a later index: each under the fingerprint of the debates that it is of. After an edit all
//! runs but one are those from before, which is most of the work of an index.

use super::bytes::{put, take};
use super::run::{Numbered, Run};
use crate::text::Fingerprint;
use std::collections::HashMap;
use std::sync::Arc;

/// Runs as bytes, by what they are made from.
#[derive(Debug, Clone, Default)]
pub struct Runs(HashMap<Fingerprint, Arc<[u8]>>);

impl Runs {
    /// The run of some debates that stand in a row: the one that was kept of just these, or else made anew.
    /// Gives its bytes as well, to be kept.
    pub(super) fn run(&self, debates: &[Numbered], language: &str) -> (Run, Fingerprint, Arc<[u8]>) {
        let key = key(debates, language);
        if let Some(bytes) = self.0.get(&key)
            && let Some(run) = Run::read(bytes, super::run::base(debates))
        {
            return (run, key, bytes.clone());
        }
        let run = Run::of(debates, language);
        let bytes = run.bytes().into();
        (run, key, bytes)
    }

    /// Appends the bytes of all runs.
    pub fn write(&self, out: &mut Vec<u8>) {
        let mut runs: Vec<_> = self.0.iter().collect();
        runs.sort_unstable_by_key(|(key, _)| **key);
        out.reserve(runs.iter().map(|(_, bytes)| bytes.len() + 80).sum());
        for (key, bytes) in runs {
            out.extend_from_slice(key.as_bytes());
            put(out, bytes.len());
            out.extend_from_slice(bytes);
        }
    }

    /// The runs that stand in bytes, up to where they make no sense any more.
    pub fn read(mut bytes: &[u8]) -> Self {
        let mut runs = HashMap::new();
        while let Some((key, rest)) = bytes.split_first_chunk() {
            bytes = rest;
            let length = take(&mut bytes);
            let Some((run, rest)) = bytes.split_at_checked(length) else { break };
            bytes = rest;
            runs.insert(Fingerprint::from_bytes(*key), run.into());
        }
        Runs(runs)
    }
}

impl FromIterator<(Fingerprint, Arc<[u8]>)> for Runs {
    fn from_iter<I: IntoIterator<Item = (Fingerprint, Arc<[u8]>)>>(runs: I) -> Self {
        Runs(runs.into_iter().collect())
    }
}

/// What a run is made from. Where its first unit stands in the site is no part of it.
fn key(debates: &[Numbered], language: &str) -> Fingerprint {
    let debates: Vec<_> =
        debates.iter().map(|one| (one.debate.slug.as_str(), one.debate.parts().whole)).collect();
    Fingerprint::of_value(&(language, debates))
}
