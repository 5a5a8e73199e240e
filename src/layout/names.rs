//! Names of files that some systems can't hold or can't tell apart.

use crate::diagnostics::{self, Diagnostic, Place};
use crate::text::{SitePath, Source, alike, hidden_characters, unportable};
use std::collections::HashMap;

/// Reports names of sources that some systems can't hold or can't tell apart, and characters in them that
/// nobody sees.
pub(super) fn judge_sources(paths: &[SitePath], remarks: &mut Vec<Diagnostic>) {
    let mut known: HashMap<String, &SitePath> = HashMap::with_capacity(paths.len());
    for path in paths {
        let place = || Place::file(&Source::new(path.clone(), ""));
        if let Some((name, reason)) = unportable_part(path.as_str()) {
            remarks.push(diagnostics::unportable_name(place(), name, reason));
        }
        if let Some((_, found)) = hidden_characters(path.as_str()).next() {
            let count = hidden_characters(path.as_str()).filter(|(_, other)| *other == found).count();
            remarks.push(diagnostics::hidden_in_a_name(place(), found, count));
        }
        if let Some(first) = known.insert(alike(path.as_str()), path) {
            remarks.push(diagnostics::twin_files(place(), first.as_str()));
        }
    }
}

/// The first part of a path that can't be a name on every system, and why.
pub fn unportable_part(path: &str) -> Option<(&str, &'static str)> {
    path.split('/').find_map(|part| Some((part, unportable(part)?)))
}
