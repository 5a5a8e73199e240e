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
pub struct Shelved {
    /// The debate.
    pub debate: Arc<Debate>,
    /// Where its units stand.
    pub slots: Slots,
    /// The number of its first row.
    pub row: u32,
}

/// What some debates hold.
#[derive(Debug, Default)]
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
    pub fn of(debates: &[Shelved], language: &str) -> Run {
        let mut run = Run { base: debates.first().map_or(0, |first| first.row * ROW), ..Run::default() };
        let mut vocabulary = Vocabulary::default();
        let mut postings: Vec<(u32, Posting)> = Vec::new();
        let mut groups: Vec<u32> = Vec::new();
        for (number, shelved) in (1u32..).zip(debates) {
            let first = shelved.row * ROW - run.base;
            for unit in units(&shelved.debate, &shelved.slots, language) {
                let number_of_unit = first + unit.slot;
                groups.clear();
                let mut length = 0;
                for (stemming, text, weight) in unit.texts {
                    words(text, |word| {
                        let group = vocabulary.group(stemming, word, number, &mut run);
                        length += 1;
                        groups.extend(std::iter::repeat_n(group, weight as usize));
                    });
                    // Those who look for "cooperation" mean "co-operation", too.
                    for joined in joined(text) {
                        words(&joined, |word| {
                            groups.push(vocabulary.group(stemming, word, number, &mut run));
                        });
                    }
                }
                groups.sort_unstable();
                postings.extend(groups.chunk_by(|a, b| a == b).map(|group| {
                    let impact = lists::impact(group.len() as u32, length);
                    (group[0], Posting { unit: number_of_unit, impact })
                }));
                postings.extend(unit.facets.iter().map(|key| {
                    (vocabulary.key(key, &mut run.keys), Posting { unit: number_of_unit, impact: 0 })
                }));
            }
        }
        run.fill(postings);
        run
    }

    /// Sorts postings by their keys. The units of a debate come in the order of their slots but for notes.
    fn fill(&mut self, mut postings: Vec<(u32, Posting)>) {
        postings.sort_unstable();
        self.lists.reserve(postings.len() * 2);
        self.ends.reserve(self.keys.len());
        for of_key in postings.chunk_by(|a, b| a.0 == b.0) {
            // A group whose only words are folded away has no postings: none such exists.
            debug_assert_eq!(of_key[0].0 as usize, self.ends.len());
            let mut last = 0;
            for (_, posting) in of_key {
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

    /// Appends the list of a key.
    pub fn list(&self, key: u32, postings: &mut Vec<Posting>) {
        let start = key.checked_sub(1).map_or(0, |before| self.ends[before as usize].0) as usize;
        let mut bytes = &self.lists[start..self.ends[key as usize].0 as usize];
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
