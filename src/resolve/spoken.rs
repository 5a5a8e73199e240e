//! Who speaks in a transcript, held against the names that the site knows.

use super::names::Names;
use crate::content::{RawDebate, Written};
use crate::diagnostics::{Diagnostic, unused_speaker};
use crate::transcript::{Transcript, check_speakers};
use std::collections::BTreeSet;

/// Reports lines that may give words to the wrong speaker, and labels in `speakers` that no speech has.
pub fn check(
    written: &Written<RawDebate>,
    transcript: &Transcript,
    names: &Names,
    remarks: &mut Vec<Diagnostic>,
) {
    let speakers = &written.raw.speakers;
    let is_known = |name: &str| speakers.contains_key(name) || names.is_label(name);
    remarks.extend(check_speakers(transcript, &is_known));
    if speakers.is_empty() {
        return;
    }
    let source = &transcript.source;
    let mut printed: BTreeSet<&str> = BTreeSet::new();
    let mut whole: BTreeSet<String> = BTreeSet::new();
    for label in transcript.contributions().filter_map(|contribution| contribution.speaker.as_ref()) {
        let name = label.name.of(source);
        printed.insert(name);
        whole.extend(label.detail.as_ref().map(|detail| format!("{name} ({})", detail.of(source))));
    }
    for label in speakers.keys().filter(|label| !printed.contains(label.as_str()) && !whole.contains(*label))
    {
        let place = written.place(&["speakers", label]);
        remarks.push(unused_speaker(place, label, printed.iter().copied()));
    }
}
