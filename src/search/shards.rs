//! The files of the index: words and lists in sorted order, cut where the words themselves say so, each file
//! named by what is in it.

use super::bytes::{self, checksum, put, put_word};
use super::index::Term;
use super::lists::{self, Impacts, Posting};
use super::run::Numbered;
use crate::export::Held;
use crate::text::Fingerprint;
use std::ops::Range;
use std::sync::Arc;

/// Where the files stand. Their names are hashes. They are bytes, and called text all the same: that is
/// what every host compresses on the way and none rewrites.
pub const FOLDER: &str = "search/";

/// How many hexadecimal digits of its hash name a file.
const DIGITS: usize = 12;

/// A file by the hash in its name.
#[derive(Debug, Clone)]
pub struct File {
    /// The first digits of the hash of its bytes.
    pub hash: String,
    /// Its bytes.
    pub bytes: Arc<[u8]>,
}

impl File {
    /// A file of the index's own format.
    pub fn of(payload: &[u8]) -> Self {
        Self::whole(bytes::file(payload))
    }

    /// A file with these bytes.
    pub fn whole(bytes: Vec<u8>) -> Self {
        File { hash: Fingerprint::of(&bytes).short(DIGITS), bytes: bytes.into() }
    }

    /// Where it stands.
    pub fn path(&self) -> String {
        format!("{FOLDER}{}.txt", self.hash)
    }
}

/// Some entries of a sorted list in a file, and the files that only this one names.
#[derive(Debug, Clone)]
pub struct Shard {
    /// A text that is after all entries before it and not after its first.
    pub from: String,
    /// Its first and its last entry's key.
    pub bounds: (Box<str>, Box<str>),
    /// How many entries it has.
    pub count: usize,
    /// The file.
    pub file: File,
    /// The parts of its long lists.
    pub parts: Vec<File>,
}

/// How large the files of a list become, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    least: usize,
    /// How much more it is on the average until a key says that it begins a file.
    more: usize,
    most: usize,
}

/// Of the dictionary.
pub const DICTIONARY: Size = Size { least: 4 << 10, more: 8 << 10, most: 16 << 10 };
/// Of the lists.
pub const LISTS: Size = Size { least: 6 << 10, more: 12 << 10, most: 26 << 10 };
/// Of the table of debates.
pub const TABLE: Size = Size { least: 1 << 10, more: 2 << 10, most: 4 << 10 };

impl Size {
    /// Whether an entry begins a file, once that before it is large enough: the more often, the larger
    /// the entry is, so that files are of a size whatever the size of their entries.
    fn begins(self, key: &str, bytes: usize) -> bool {
        // The low bits of the checksum are those of the key's characters: they are spread upwards first.
        let chance = u64::from(checksum(key.as_bytes()).wrapping_mul(0x9e37_79b1));
        chance * (self.more as u64) < (bytes as u64) << 32
    }
}

/// Cuts a sorted list into files. Where a file begins is decided by the keys, so that a change moves the
/// ends of few files after it and none before.
pub fn cut<'k>(entries: impl Iterator<Item = (&'k str, usize)>, size: Size) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let (mut start, mut held, mut end) = (0, 0, 0);
    for (key, bytes) in entries {
        if end > start && (held + bytes > size.most || held >= size.least && size.begins(key, bytes)) {
            ranges.push(start..end);
            (start, held) = (end, 0);
        }
        held += bytes;
        end += 1;
    }
    if end > start {
        ranges.push(start..end);
    }
    ranges
}

/// The shortest text after `before` and not after `first`.
pub fn between(before: &str, first: &str) -> String {
    let shared = before.chars().zip(first.chars()).take_while(|(a, b)| a == b).count();
    first.chars().take(shared + 1).collect()
}

/// The bytes of a part of the dictionary: each word with the keys of its groups, and how common each is.
pub fn dictionary<'w>(words: impl Iterator<Item = (&'w str, Vec<(&'w str, usize)>)>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = "";
    for (word, groups) in words {
        put_word(&mut out, before, word);
        put(&mut out, groups.len());
        for (key, units) in groups {
            put_word(&mut out, word, key);
            out.push(units.ilog2() as u8);
        }
        before = word;
    }
    out
}

/// The size of a term in a file, by itself.
pub fn size(key: &str, term: &Term) -> usize {
    let list = if term.list.len() > lists::LONG { 64 } else { term.list.len() };
    key.len() + term.words.iter().map(|word| word.len() + 2).sum::<usize>() + list + 6
}

/// Whether a key is a facet's, whose list has no impacts.
pub fn impacts(key: &str) -> Impacts {
    if key.starts_with(' ') { Impacts::None } else { Impacts::Written }
}

/// A file of lists, and the parts of those that are long.
pub fn lists<'t>(terms: impl Iterator<Item = (&'t str, &'t Term)>) -> (File, Vec<File>) {
    let mut out = Vec::new();
    let mut parts = Vec::new();
    let mut before = "";
    for (key, term) in terms {
        put_word(&mut out, before, key);
        before = key;
        put(&mut out, term.words.len());
        let mut before = key;
        for word in &term.words {
            put_word(&mut out, before, word);
            before = word;
        }
        put(&mut out, term.units);
        if term.list.len() <= lists::LONG {
            put(&mut out, term.list.len() << 1);
            out.extend_from_slice(&term.list);
            continue;
        }
        let postings = lists::decode(&term.list, term.units, impacts(key));
        let of_list = lists::parts(&postings, impacts(key));
        put(&mut out, (of_list.all.len() << 1) | 1);
        let mut part = |at: usize, postings: &[Posting], impacts: Impacts| {
            let mut payload = Vec::new();
            put(&mut payload, postings.len());
            payload.extend(lists::encode(postings, impacts));
            let file = File::of(&payload);
            put(&mut out, at);
            put(&mut out, postings.len());
            out.extend(hex(&file.hash));
            parts.push(file);
        };
        if impacts(key) == Impacts::Written {
            part(usize::from(of_list.rest), &of_list.best, Impacts::Written);
        }
        of_list.all.iter().for_each(|(at, postings)| part(*at, postings, Impacts::None));
    }
    (File::of(&out), parts)
}

/// The bytes that hexadecimal digits stand for.
fn hex(digits: &str) -> impl Iterator<Item = u8> {
    let value = |digit: u8| char::from(digit).to_digit(16).unwrap_or(0) as u8;
    digits.as_bytes().chunks(2).map(move |pair| value(pair[0]) << 4 | value(pair[1]))
}

/// A part of the table of debates: where each one's units and words stand.
pub fn table<'d>(debates: impl Iterator<Item = (&'d Numbered, &'d Held)>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = "";
    for (numbered, held) in debates {
        let slug = numbered.debate.slug.as_str();
        put_word(&mut out, before, slug);
        before = slug;
        out.extend(hex(&held.mark));
        put(&mut out, day(numbered.debate.particulars.date) as usize);
        put(&mut out, numbered.slots.rows as usize);
        put(&mut out, numbered.debate.record.contributions.len());
        put(&mut out, held.starts.len());
        if held.starts.len() > 1 {
            held.starts.iter().skip(1).for_each(|start| put(&mut out, *start));
            let mut notes: Vec<(u32, usize)> = numbered
                .slots
                .notes
                .iter()
                .zip(&held.notes)
                .filter_map(|(slot, part)| Some(((*slot)?, *part)))
                .collect();
            notes.sort_unstable();
            put(&mut out, notes.len());
            notes.iter().for_each(|(slot, part)| {
                put(&mut out, *slot as usize);
                put(&mut out, *part);
            });
        }
    }
    out
}

/// A day as a number that sorts as days do: 20121220.
pub fn day(date: jiff::civil::Date) -> u32 {
    let number = i32::from(date.year()) * 10_000 + i32::from(date.month()) * 100 + i32::from(date.day());
    u32::try_from(number).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_separator_is_after_what_is_before_and_not_after_what_is_first() {
        for (before, first) in
            [("", "a"), ("abc", "abd"), ("abc", "abcd"), ("a", "b"), ("é", "ê"), ("a", "a人")]
        {
            let between = between(before, first);
            assert!(before < between.as_str() && between.as_str() <= first, "{before} {between} {first}");
        }
    }

    #[test]
    fn a_change_of_one_entry_moves_few_ends() {
        let keys: Vec<String> = (0..1000).map(|at| format!("key{at:04}")).collect();
        let sizes: Vec<usize> = (0..1000).map(|at| 200 + at * 37 % 900).collect();
        let ends = |sizes: &[usize]| -> Vec<usize> {
            let entries = keys.iter().map(String::as_str).zip(sizes.iter().copied());
            cut(entries, LISTS).into_iter().map(|range| range.end).collect()
        };
        let before = ends(&sizes);
        assert!((30..100).contains(&before.len()), "{before:?}");
        let moved = (0..1000).map(|at| {
            let mut sizes = sizes.clone();
            sizes[at] += 1 + at * 13 % 3000;
            let after = ends(&sizes);
            assert_eq!(after.last(), Some(&1000));
            before.iter().filter(|end| !after.contains(end)).count()
        });
        let moved: Vec<usize> = moved.collect();
        assert!(
            moved.iter().sum::<usize>() < 1000,
            "on the average {} thousandths",
            moved.iter().sum::<usize>()
        );
        assert!(moved.iter().all(|moved| *moved < 12), "{moved:?}");
    }
}
