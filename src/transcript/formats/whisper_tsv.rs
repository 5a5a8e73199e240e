//! Whisper's table of segments: `start`, `end` in milliseconds, and the words, parted by tabs.

use super::timed::{Joint, Timed, Times, Turn};
use crate::diagnostics::{Diagnostic, Place, broken_cue};
use crate::text::{Source, Span};
use crate::transcript::json::Decoded;
use crate::transcript::record::*;

/// Whether the first line is that of such a table.
pub(super) fn recognise(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.trim_end() == "start\tend\ttext")
}

/// Reads such a file.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let mut timed = Timed::new(source);
    let mut start = 0;
    for (number, line) in source.text.split_inclusive('\n').enumerate() {
        let at = start;
        start += line.len();
        let line = line.trim_end_matches(['\n', '\r']);
        if number == 0 {
            timed.blocks.record.furniture(FurnitureKind::Apparatus, at..at + line.len());
            continue;
        }
        if line.trim().is_empty() {
            continue;
        }
        let mut cells = line.splitn(3, '\t');
        let mut time = || cells.next()?.trim().parse::<u64>().ok().filter(|time| *time < 1_000_000_000_000);
        let (Some(from), Some(to)) = (time(), time()) else {
            diagnostics.push(broken_cue(Place::new(source, Span::new(at..at + line.len()))));
            continue;
        };
        let words = cells.next().unwrap_or_default();
        let words_at = at + line.len() - words.len();
        timed.blocks.record.furniture(FurnitureKind::Time, at..words_at);
        let times = Times { start: Some(from), end: Some(to) };
        let decoded = Decoded::plain(source, Span::new(words_at..words_at + words.len()));
        timed.cue(times);
        timed.speaker(None, Turn::GoesOn);
        timed.words(&decoded, 0..decoded.text.len(), times, Joint::Space);
    }
    timed.finish("whisper-tsv")
}
