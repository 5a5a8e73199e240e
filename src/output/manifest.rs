//! The manifest: which files of an output folder are ours, and what was in them. It is what lets a
//! build delete only what an earlier build wrote, and write only what changed.

use crate::text::Fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The files of a published site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Which program wrote it: `rapporteur 0.1.0`.
    pub generator: String,
    /// The day that the build judged due dates at, `YYYY-MM-DD`.
    pub as_of: Option<String>,
    /// Every file by its path in the site.
    pub files: BTreeMap<String, ManifestEntry>,
}

/// One file of the manifest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestEntry {
    /// Length in bytes.
    pub size: u64,
    /// The fingerprint of its bytes, as [`Fingerprint`] prints it.
    pub hash: String,
}

impl ManifestEntry {
    /// The entry for a file with these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        ManifestEntry { size: bytes.len() as u64, hash: Fingerprint::of(bytes).to_string() }
    }
}
