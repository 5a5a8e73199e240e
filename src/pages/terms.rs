//! Terms of the glossary in a record: where each stands first. The words themselves are not touched.

use super::views::LinkView;
use crate::model::{GlossaryEntry, Record};
use crate::permalink::{Entry, Linker};
use crate::text::{Fingerprint, fold, slugify};
use aho_corasick::AhoCorasick;
use std::collections::HashSet;
use std::hash::{Hash, Hasher};
use std::ops::Range;

/// The terms of a glossary, made ready to be looked for. They hash what finding and naming them depends on.
pub struct Terms {
    /// Finds every writing of every term; none where there are no terms.
    finder: Option<AhoCorasick>,
    /// For each writing the number of its entry.
    entries: Vec<usize>,
    /// For each entry its term.
    terms: Vec<String>,
    fingerprint: Fingerprint,
}

impl Hash for Terms {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}

impl Terms {
    /// The terms of a glossary, each in all its writings. Cases of ASCII letters are one; all else is folded
    /// as in anchors.
    pub(super) fn new(glossary: &[GlossaryEntry]) -> Self {
        let writings = glossary.iter().enumerate().flat_map(|(at, entry)| {
            std::iter::once(&entry.term).chain(&entry.aliases).map(move |writing| (at, writing))
        });
        let writings = writings.map(|(at, writing)| (at, fold(writing).text().to_owned()));
        let (entries, writings): (Vec<usize>, Vec<String>) =
            writings.filter(|(_, writing)| !writing.is_empty()).unzip();
        let finder = (!writings.is_empty()).then(|| {
            AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .build(&writings)
                .expect("a glossary is far smaller than four thousand million states")
        });
        let terms: Vec<String> = glossary.iter().map(|entry| entry.term.clone()).collect();
        let fingerprint = Fingerprint::of_value(&(&entries, &writings, &terms));
        Terms { finder, entries, terms, fingerprint }
    }

    /// For each term that a record has, the index of the first paragraph that it stands in and the number of
    /// its entry: in the order of the record, those of one paragraph in the order of its words. A term is
    /// found where it stands as whole words and in no longer term.
    pub(super) fn first_in(&self, record: &Record) -> Vec<(usize, usize)> {
        let Some(finder) = &self.finder else { return Vec::new() };
        let mut known = HashSet::new();
        let mut first = Vec::new();
        for (at, paragraph) in record.paragraphs.iter().enumerate() {
            let folded = fold(record.words(paragraph));
            let text = folded.text();
            let found = finder.find_overlapping_iter(text).map(|found| (found.range(), found.pattern()));
            let mut found: Vec<_> = found.filter(|(range, _)| is_whole(text, range)).collect();
            found.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
            let mut end = 0;
            for (range, writing) in found {
                if range.end <= end {
                    continue;
                }
                end = range.end;
                let entry = self.entries[writing.as_usize()];
                if known.insert(entry) {
                    first.push((at, entry));
                }
            }
        }
        first
    }

    /// The term of an entry, with the way to what it means.
    pub(super) fn link(&self, entry: usize, linker: &Linker) -> LinkView {
        let term = &self.terms[entry];
        let page = linker.to(&Entry::Glossary.address());
        LinkView { label: term.clone(), href: Some(format!("{page}#{}", term_id(term))) }
    }
}

/// Whether a range of a text cuts no word.
fn is_whole(text: &str, range: &Range<usize>) -> bool {
    let cuts = |at: usize| {
        let before = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        before && text[at..].chars().next().is_some_and(char::is_alphanumeric)
    };
    !cuts(range.start) && !cuts(range.end)
}

/// The id of a term on the page of the glossary.
pub(super) fn term_id(term: &str) -> String {
    format!("g-{}", slugify(term))
}
