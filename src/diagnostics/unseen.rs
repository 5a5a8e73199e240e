//! What nobody sees in a text: each kind of character told once a file, where it stands first.

use super::{Diagnostic, Place, hidden_character, look_alike};
use crate::text::{Source, Span, hidden_characters, look_alikes};
use std::collections::BTreeMap;

/// Characters by kind: where each stands first, and how often.
#[derive(Default)]
pub struct Unseen(BTreeMap<char, (Span, usize)>);

impl Unseen {
    /// Counts a character that stands at `span`.
    pub fn add(&mut self, found: char, span: Span) {
        self.0.entry(found).or_insert((span, 0)).1 += 1;
    }

    /// What is said of them.
    pub fn told(self, source: &Source) -> impl Iterator<Item = Diagnostic> {
        let place = |span| Place::new(source, span);
        self.0.into_iter().map(move |(found, (span, count))| hidden_character(place(span), found, count))
    }
}

/// Reports the characters of a file that nobody sees, but for those that somebody else tells, and the letters
/// that look like others.
pub fn unseen(source: &Source, is_told: impl Fn(char) -> bool, remarks: &mut Vec<Diagnostic>) {
    let mut hidden = Unseen::default();
    let span = |at: usize, c: char| Span::new(at..at + c.len_utf8());
    for (at, found) in hidden_characters(&source.text).filter(|(_, found)| !is_told(*found)) {
        hidden.add(found, span(at, found));
    }
    remarks.extend(hidden.told(source));
    let mut letters: BTreeMap<char, (Span, usize)> = BTreeMap::new();
    for (at, found) in look_alikes(&source.text) {
        letters.entry(found).or_insert((span(at, found), 0)).1 += 1;
    }
    let told =
        letters.into_iter().map(|(found, (span, count))| look_alike(Place::new(source, span), found, count));
    remarks.extend(told);
}
