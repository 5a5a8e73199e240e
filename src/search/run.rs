//! The map step: the words and facets of some debates in a row, each with the units that it stands in.

use super::bytes::{put, take};
use super::lists::{self, Posting};
use super::stems::Stemming;
use super::units::{ROW, Slots, units};
use super::words::words;
use crate::model::Debate;
// Every word of every record is looked up: the standard library's hash took a fiftieth of a whole build.
use foldhash::fast::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// A debate in the index.
#[derive(Debug, Clone)]
pub struct Numbered {
    /// The debate.
    pub debate: Arc<Debate>,
    /// Where its units stand.
    pub slots: Slots,
    /// The number of its first row.
    pub row: u32,
}

/// What some debates hold.
#[derive(Debug, Default, PartialEq)]
pub struct Run {
    /// Every folded word as it stands, its group, and how many of the debates have it.
    pub words: Vec<(Box<str>, u32, u32)>,
    /// The keys of groups of words and of facets.
    pub keys: Vec<Box<str>>,
    /// Where the list of each key ends in `lists`, and how many units it has.
    ends: Vec<(u32, u32)>,
    /// Units as steps, each with the impact in its lowest four bits.
    lists: Vec<u8>,
    /// The first unit's number.
    base: u32,
}

/// Words written with a hyphen, as they are written without one.
fn joined(text: &str) -> impl Iterator<Item = String> {
    let hyphens = memchr::memchr_iter(b'-', text.as_bytes());
    let letters = |run: &str| run.chars().next().is_some_and(char::is_alphabetic);
    hyphens.filter_map(move |at| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let start = before
            .rfind(|c: char| !c.is_alphabetic())
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let end = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        (letters(&before[start..]) && letters(after))
            .then(|| format!("{}{}", &before[start..], &after[..end]))
    })
}

impl Run {
    /// The run of some debates that stand in a row.
    pub fn of(debates: &[Numbered], language: &str) -> Run {
        let mut run = Run { base: base(debates), ..Run::default() };
        let mut vocabulary = Vocabulary::default();
        let mut postings: Vec<(u32, Posting)> = Vec::new();
        // How often each group stands in the unit, by its key, and the keys of those that do.
        let mut counts: Vec<u32> = Vec::new();
        let mut found: Vec<u32> = Vec::new();
        for (number, numbered) in (1u32..).zip(debates) {
            let first = numbered.row * ROW - run.base;
            for unit in units(&numbered.debate, &numbered.slots, language) {
                let number_of_unit = first + unit.slot;
                let mut length = 0;
                let mut add = |stemming, word: &str, weight| {
                    let group = vocabulary.group(stemming, word, number, &mut run);
                    counts.resize(run.keys.len(), 0);
                    let count = &mut counts[group as usize];
                    if *count == 0 {
                        found.push(group);
                    }
                    *count += weight;
                };
                for (stemming, text, weight) in unit.texts {
                    words(text, |word| {
                        length += 1;
                        add(stemming, word, weight);
                    });
                    // Those who look for "cooperation" mean "co-operation", too.
                    for joined in joined(text) {
                        words(&joined, |word| add(stemming, word, 1));
                    }
                }
                postings.extend(found.drain(..).map(|group| {
                    let impact = lists::impact(std::mem::take(&mut counts[group as usize]), length);
                    (group, Posting { unit: number_of_unit, impact })
                }));
                postings.extend(unit.facets.iter().map(|key| {
                    (vocabulary.key(key, &mut run.keys), Posting { unit: number_of_unit, impact: 0 })
                }));
            }
        }
        run.fill(&postings);
        run
    }

    /// Puts postings together by their keys. The units of a debate come in the order of their slots but for
    /// notes, so that little is left to sort.
    fn fill(&mut self, postings: &[(u32, Posting)]) {
        let mut starts = vec![0; self.keys.len() + 1];
        for (key, _) in postings {
            starts[*key as usize + 1] += 1;
        }
        for key in 0..self.keys.len() {
            starts[key + 1] += starts[key];
        }
        let mut next = starts.clone();
        let mut by_key = vec![Posting { unit: 0, impact: 0 }; postings.len()];
        for (key, posting) in postings {
            let at = &mut next[*key as usize];
            by_key[*at] = *posting;
            *at += 1;
        }
        self.lists.reserve(postings.len() * 2);
        self.ends.reserve(self.keys.len());
        for range in starts.windows(2) {
            let of_key = &mut by_key[range[0]..range[1]];
            // A group whose only words are folded away has no postings: none such exists.
            debug_assert!(!of_key.is_empty());
            of_key.sort_unstable();
            let mut last = 0;
            for posting in &*of_key {
                put(&mut self.lists, ((posting.unit - last) as usize) << 4 | usize::from(posting.impact));
                last = posting.unit;
            }
            self.ends.push((self.lists.len() as u32, of_key.len() as u32));
        }
    }

    /// How many units the list of a key has.
    pub fn count(&self, key: u32) -> usize {
        self.ends[key as usize].1 as usize
    }

    fn bytes_of(&self, key: u32) -> &[u8] {
        let start = key.checked_sub(1).map_or(0, |before| self.ends[before as usize].0) as usize;
        &self.lists[start..self.ends[key as usize].0 as usize]
    }

    /// Appends the list of a key.
    pub fn list(&self, key: u32, postings: &mut Vec<Posting>) {
        let mut bytes = self.bytes_of(key);
        let mut unit = self.base;
        while !bytes.is_empty() {
            let number = take(&mut bytes);
            unit += (number >> 4) as u32;
            postings.push(Posting { unit, impact: (number & 15) as u8 });
        }
    }

    /// Every list by its key.
    pub fn by_key(&self) -> BTreeMap<&str, Vec<Posting>> {
        let mut lists = BTreeMap::new();
        for (at, key) in (0..).zip(&self.keys) {
            let mut postings = Vec::with_capacity(self.count(at));
            self.list(at, &mut postings);
            lists.insert(&**key, postings);
        }
        lists
    }

    /// Every word with the key of its group.
    pub fn entries(&self) -> BTreeSet<(&str, &str)> {
        self.words.iter().map(|(word, group, _)| (&**word, &*self.keys[*group as usize])).collect()
    }
}

/// The first number of debates that stand in a row.
pub(super) fn base(debates: &[Numbered]) -> u32 {
    debates.first().map_or(0, |first| first.row * ROW)
}

impl Run {
    /// The run as bytes. Where it stands in the site is no part of them.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let text = |out: &mut Vec<u8>, text: &str| {
            put(out, text.len());
            out.extend_from_slice(text.as_bytes());
        };
        let mut out = Vec::with_capacity(self.lists.len() + 16 * self.words.len());
        put(&mut out, self.keys.len());
        let mut last = 0;
        for (key, (end, count)) in self.keys.iter().zip(&self.ends) {
            text(&mut out, key);
            put(&mut out, (end - last) as usize);
            put(&mut out, *count as usize);
            last = *end;
        }
        put(&mut out, self.words.len());
        for (word, group, debates) in &self.words {
            text(&mut out, word);
            put(&mut out, *group as usize);
            put(&mut out, *debates as usize);
        }
        out.extend_from_slice(&self.lists);
        out
    }

    /// The run that stands in bytes, its first unit being number `base`; none where they are no run's.
    pub(super) fn read(mut bytes: &[u8], base: u32) -> Option<Run> {
        fn number(bytes: &mut &[u8]) -> Option<u32> {
            if bytes.is_empty() {
                return None;
            }
            u32::try_from(take(bytes)).ok()
        }
        fn text(bytes: &mut &[u8]) -> Option<Box<str>> {
            let length = number(bytes)? as usize;
            let (text, rest) = bytes.split_at_checked(length)?;
            *bytes = rest;
            Some(std::str::from_utf8(text).ok()?.into())
        }
        let mut run = Run { base, ..Run::default() };
        let mut end = 0_u32;
        for _ in 0..number(&mut bytes)? {
            run.keys.push(text(&mut bytes)?);
            end = end.checked_add(number(&mut bytes)?)?;
            run.ends.push((end, number(&mut bytes)?));
        }
        for _ in 0..number(&mut bytes)? {
            let word = text(&mut bytes)?;
            let (group, debates) = (number(&mut bytes)?, number(&mut bytes)?);
            run.keys.get(group as usize)?;
            run.words.push((word, group, debates));
        }
        run.lists = bytes.to_vec();
        let holds = run.lists.len() == end as usize && run.ends.iter().is_sorted();
        (holds && (0..run.keys.len() as u32).all(|key| run.is_list(key))).then_some(run)
    }

    /// Whether the list of a key has as many units as it says, with numbers that units can have.
    fn is_list(&self, key: u32) -> bool {
        let (mut count, mut unit) = (0, u64::from(self.base));
        let mut bytes = self.bytes_of(key);
        while !bytes.is_empty() {
            count += 1;
            unit += (take(&mut bytes) >> 4) as u64;
            if unit > u64::from(u32::MAX) {
                return false;
            }
        }
        count == self.count(key)
    }
}

/// The words of a run while it is made.
#[derive(Default)]
struct Vocabulary {
    /// By stemming: the word, where it stands in the run's list of words.
    words: [HashMap<Box<str>, u32, RandomState>; Stemming::ALL.len()],
    /// The last debate that each word was seen in.
    seen: Vec<u32>,
    keys: HashMap<Box<str>, u32, RandomState>,
}

impl Vocabulary {
    fn group(&mut self, stemming: Stemming, word: &str, debate: u32, run: &mut Run) -> u32 {
        // One word of one group is one entry: how many debates have it is counted once for each.
        let stemming = stemming.of_word(word);
        let at = match self.words[stemming as usize].get(word) {
            Some(at) => *at as usize,
            None => {
                let group = self.key(&stemming.group(word), &mut run.keys);
                let at = run.words.len();
                run.words.push((word.into(), group, 0));
                self.seen.push(0);
                self.words[stemming as usize].insert(word.into(), at as u32);
                at
            }
        };
        if self.seen[at] != debate {
            self.seen[at] = debate;
            run.words[at].2 += 1;
        }
        run.words[at].1
    }

    fn key(&mut self, key: &str, keys: &mut Vec<Box<str>>) -> u32 {
        if let Some(at) = self.keys.get(key) {
            return *at;
        }
        let at = keys.len() as u32;
        keys.push(key.into());
        self.keys.insert(key.into(), at);
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample(base: u32) -> Run {
        let mut run = Run {
            base,
            words: vec![("children".into(), 0, 2), ("child".into(), 0, 1), ("data".into(), 1, 1)],
            keys: vec!["child'e".into(), "data'e".into(), " kind:note".into()],
            ..Run::default()
        };
        let posting = |key, unit, impact| (key, Posting { unit, impact });
        run.fill(&[posting(2, 70, 0), posting(0, 3, 4), posting(0, 70, 15), posting(1, 0, 1)]);
        run
    }

    #[test]
    fn a_run_reads_back_wherever_its_debates_stand_now() {
        let bytes = sample(128).bytes();
        assert_eq!(Run::read(&bytes, 128), Some(sample(128)));
        assert_eq!(Run::read(&bytes, 640), Some(sample(640)));
    }

    #[test]
    fn a_run_that_was_cut_short_is_none() {
        let bytes = sample(0).bytes();
        for length in 0..bytes.len() {
            assert_eq!(Run::read(&bytes[..length], 0), None, "of the first {length} bytes");
        }
    }

    proptest! {
        #[test]
        fn bytes_that_are_no_run_s_do_no_harm(
            at in any::<prop::sample::Index>(),
            byte in any::<u8>(),
            base in any::<u32>(),
            noise in prop::collection::vec(any::<u8>(), 0..40),
        ) {
            let mut changed = sample(0).bytes();
            let at = at.index(changed.len());
            changed[at] = byte;
            for bytes in [changed, noise] {
                if let Some(run) = Run::read(&bytes, base) {
                    prop_assert_eq!(run.by_key().len(), run.keys.iter().collect::<BTreeSet<_>>().len());
                    prop_assert!(run.entries().len() <= run.words.len());
                }
            }
        }
    }
}
