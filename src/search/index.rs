//! The reduce step: all words and facets of a site with their units, and the files that hold them. After an
//! edit only what the changed debates have is taken out and put in.

use super::kept::Runs;
use super::lists::{self, Posting};
use super::run::{Numbered, Run};
use super::shards::{self, File, Shard};
use super::units::{ROW, Slots, facet};
use crate::export::Held;
use crate::model::{Debate, Person, Site};
use crate::permalink::Entry;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, Range};
use std::sync::{Arc, Mutex, PoisonError};

/// How many debates are read as one.
const TOGETHER: usize = 64;

/// How many values of a facet the search page offers, at the most.
const OFFERED: usize = 1000;

/// So many pages of each kind are found by their names, at the most.
const PLACES: usize = 2000;

/// A group of words, or a facet: where it stands.
#[derive(Debug, Default, Clone)]
pub struct Term {
    /// The folded words of the group, sorted.
    pub words: Vec<Box<str>>,
    /// In how many units it stands.
    pub units: usize,
    /// The list of them.
    pub list: Box<[u8]>,
}

/// The index of a site.
#[derive(Debug)]
pub struct Index {
    /// The language of the site.
    language: String,
    /// The debates, the earliest first.
    debates: Vec<Numbered>,
    held: Vec<Arc<Held>>,
    terms: BTreeMap<Box<str>, Term>,
    /// In how many debates a word stands, by the word and its group.
    words: BTreeMap<(Box<str>, Box<str>), u32>,
    lists: Vec<Shard>,
    dictionary: Vec<Shard>,
    table: Vec<Shard>,
    names: File,
    root: File,
}

/// The keys of what the changed debates touched.
#[derive(Default)]
struct Touched {
    /// Other words, or another list.
    terms: BTreeSet<Box<str>>,
    /// Other words, or much more or less common: what the dictionary says.
    groups: BTreeSet<Box<str>>,
    /// Words that came or went, in some group.
    words: BTreeSet<Box<str>>,
}

impl Term {
    /// Exchanges what stands in the units of one debate.
    fn exchange(&mut self, key: &str, units: Range<u32>, now: &[Posting]) {
        let mut postings = lists::decode(&self.list, self.units, shards::impacts(key));
        let start = postings.partition_point(|posting| posting.unit < units.start);
        let end = postings.partition_point(|posting| posting.unit < units.end);
        postings.splice(start..end, now.iter().copied());
        self.units = postings.len();
        self.list = lists::encode(&postings, shards::impacts(key)).into();
    }
}

impl Index {
    /// The index of a site. `held` says of each of its debates where its words are put out.
    pub fn new(site: &Site, held: &[Arc<Held>], language: &str) -> Self {
        Self::with(site, held, language, |debates| Run::of(debates, language))
    }

    /// The index of a site, with the runs that an earlier one kept as far as they hold; and the runs to keep.
    pub fn on(site: &Site, held: &[Arc<Held>], language: &str, before: &Runs) -> (Self, Runs) {
        let runs = Mutex::new(Vec::new());
        let index = Self::with(site, held, language, |debates| {
            let (run, key, bytes) = before.run(debates, language);
            runs.lock().unwrap_or_else(PoisonError::into_inner).push((key, bytes));
            run
        });
        let runs = runs.into_inner().unwrap_or_else(PoisonError::into_inner);
        (index, runs.into_iter().collect())
    }

    fn with(
        site: &Site,
        held: &[Arc<Held>],
        language: &str,
        run: impl Fn(&[Numbered]) -> Run + Sync + Send,
    ) -> Self {
        let mut index = Index {
            language: language.to_owned(),
            debates: numbered_debates(site, &[]),
            held: held.iter().rev().cloned().collect(),
            terms: BTreeMap::new(),
            words: BTreeMap::new(),
            lists: Vec::new(),
            dictionary: Vec::new(),
            table: Vec::new(),
            names: File::whole(Vec::new()),
            root: File::whole(Vec::new()),
        };
        let runs: Vec<Run> = index.debates.par_chunks(TOGETHER).map(run).collect();
        (index.words, index.terms) = merged(&runs);
        drop(runs);
        index.put_out(site, None);
        index
    }

    /// Brings the index up to date. Where debates came, went or moved it is made anew.
    pub fn update(&mut self, site: &Site, held: &[Arc<Held>], language: &str) {
        let debates = numbered_debates(site, &self.debates);
        let stands = |(old, new): (&Numbered, &Numbered)| {
            old.debate.slug == new.debate.slug && old.row == new.row && old.slots.rows == new.slots.rows
        };
        let changed = |(at, (old, new)): (usize, (&Numbered, &Numbered))| {
            (!old.debate.is_alike(&new.debate)).then_some(at)
        };
        let stay = debates.len() == self.debates.len() && self.debates.iter().zip(&debates).all(stands);
        let changed: Vec<usize> = self.debates.iter().zip(&debates).enumerate().filter_map(changed).collect();
        // Where many changed it is less work to begin anew.
        let many = changed.len() > TOGETHER && changed.len() > debates.len() / 8;
        if language != self.language || !stay || many {
            *self = Index::new(site, held, language);
            return;
        }
        let mut touched = Touched::default();
        let before = std::mem::replace(&mut self.debates, debates);
        let run = |numbered: &Numbered| Run::of(std::slice::from_ref(numbered), language);
        let runs: Vec<(Run, Run)> =
            changed.par_iter().map(|&at| (run(&before[at]), run(&self.debates[at]))).collect();
        for (&at, (was, is)) in changed.iter().zip(&runs) {
            let first = before[at].row * ROW;
            self.exchange(was, is, first..first + before[at].slots.rows * ROW, &mut touched);
        }
        self.held = held.iter().rev().cloned().collect();
        self.put_out(site, Some(&touched));
    }

    /// Takes out what a debate had and puts in what it has.
    fn exchange(&mut self, was: &Run, is: &Run, units: Range<u32>, touched: &mut Touched) {
        let (old, new) = (was.by_key(), is.by_key());
        for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
            if old.get(key) != new.get(key) {
                let term = self.terms.entry((*key).into()).or_default();
                let common = term.units.checked_ilog2();
                term.exchange(key, units.clone(), new.get(key).map_or(&[], Vec::as_slice));
                touched.terms.insert((*key).into());
                if common != term.units.checked_ilog2() {
                    touched.groups.insert((*key).into());
                }
            }
        }
        let (old, new) = (was.entries(), is.entries());
        for (word, key) in old.symmetric_difference(&new) {
            let entry = ((*word).into(), (*key).into());
            let debates = self.words.entry(entry).or_default();
            *debates = if new.contains(&(*word, *key)) { *debates + 1 } else { *debates - 1 };
            let stands = *debates > 0;
            if !stands {
                self.words.remove(&((*word).into(), (*key).into()));
            }
            let term = self.terms.entry((*key).into()).or_default();
            match (term.words.binary_search_by(|known| (**known).cmp(word)), stands) {
                (Ok(at), false) => drop(term.words.remove(at)),
                (Err(at), true) => term.words.insert(at, (*word).into()),
                _ => continue,
            }
            touched.terms.insert((*key).into());
            touched.groups.insert((*key).into());
            touched.words.insert((*word).into());
        }
        for key in &touched.terms {
            if self.terms.get(key).is_some_and(|term| term.units == 0) {
                self.terms.remove(key);
            }
        }
    }

    /// Makes the files; those that nothing touched are kept.
    fn put_out(&mut self, site: &Site, touched: Option<&Touched>) {
        let terms: Vec<(&str, &Term)> = self.terms.iter().map(|(key, term)| (&**key, term)).collect();
        let is_touched = |range: &[(&str, &Term)]| match touched {
            Some(touched) => range.iter().any(|(key, _)| touched.terms.contains(*key)),
            None => true,
        };
        let sizes = terms.par_iter().map(|(key, term)| shards::size(key, term)).collect::<Vec<_>>();
        let keys = || terms.iter().map(|(key, _)| *key).zip(sizes.iter().copied());
        self.lists = shards(
            &self.lists,
            &shards::cut(keys(), shards::LISTS),
            |at| terms[at].0,
            |range| is_touched(&terms[range]),
            |range| shards::lists(terms[range].iter().copied()),
        );

        let named = self.named(site);
        let of_names = words_of_names(&named);
        let mut words: Vec<(&str, Vec<(&str, usize)>)> = Vec::with_capacity(self.words.len());
        let of_texts = self.words.keys().map(|(word, key)| (&**word, &**key));
        // A space is before all letters: the words of names come first.
        for (word, key) in of_names.iter().map(|(word, key)| (word.as_str(), key.as_str())).chain(of_texts) {
            let group = (key, self.terms[key].units);
            match words.last_mut() {
                Some((last, groups)) if *last == word => groups.push(group),
                _ => words.push((word, vec![group])),
            }
        }
        let size = |(word, groups): &(&str, Vec<(&str, usize)>)| word.len() + 3 + 4 * groups.len();
        let sizes = || words.iter().map(|entry| (entry.0, size(entry)));
        let is_touched = |range: &[(&str, Vec<(&str, usize)>)]| match touched {
            // A name may have changed where no debate did.
            Some(touched) => range.iter().any(|(word, groups)| {
                word.starts_with(' ')
                    || touched.words.contains(*word)
                    || groups.iter().any(|(key, _)| touched.groups.contains(*key))
            }),
            None => true,
        };
        self.dictionary = shards(
            &self.dictionary,
            &shards::cut(sizes(), shards::DICTIONARY),
            |at| words[at].0,
            |range| is_touched(&words[range]),
            |range| (File::of(&shards::dictionary(words[range].iter().cloned())), Vec::new()),
        );

        let slug = |at: usize| self.debates[at].debate.slug.as_str();
        let sizes = (0..self.debates.len())
            .map(|at| (slug(at), slug(at).len() + 16 + 3 * self.held[at].starts.len()));
        let table = |range: Range<usize>| {
            let held = self.held[range.clone()].iter().map(|held| &**held);
            (File::of(&shards::table(self.debates[range].iter().zip(held))), Vec::new())
        };
        self.table = shards(&[], &shards::cut(sizes, shards::TABLE), slug, |_| true, table);
        let mut offered = self.offered(named);
        offered.insert("places", places(site));
        let names = File::whole(serde_json::to_vec(&offered).expect("names are plain values"));
        self.names = names;
        self.root = File::whole(self.listing());
    }

    /// The values of facets that have names: the key of each and its name.
    fn named(&self, site: &Site) -> BTreeMap<&'static str, Vec<(String, String)>> {
        let people: HashMap<&str, &str> =
            site.people.iter().map(|person| (person.slug.as_str(), person.name.as_str())).collect();
        let topics: HashMap<&str, &str> =
            site.topics.iter().map(|topic| (topic.slug.as_str(), topic.title.as_str())).collect();
        let of = |facet: &'static str, names: &HashMap<&str, &str>| {
            let values = self.values(facet).map(|value| {
                let printed = value.strip_prefix('=').unwrap_or(value);
                (value.to_owned(), names.get(value).copied().unwrap_or(printed).to_owned())
            });
            (facet, values.collect())
        };
        BTreeMap::from([of("topic", &topics), of("speaker", &people), of("house", &HashMap::new())])
    }

    /// The values that readers may choose: of very many those that most units have. Any other is typed.
    fn offered(
        &self,
        mut named: BTreeMap<&'static str, Vec<(String, String)>>,
    ) -> BTreeMap<&'static str, Vec<(String, String)>> {
        for (facet_of, values) in &mut named {
            let units = |value: &str| self.terms[facet(facet_of, value).as_str()].units;
            values.sort_by_cached_key(|(value, _)| std::cmp::Reverse(units(value)));
            values.truncate(OFFERED);
            values.sort_by(|a, b| (&a.1, &a.0).cmp(&(&b.1, &b.0)));
        }
        named
    }

    /// The values of a facet that some unit has.
    fn values<'i>(&'i self, name: &str) -> impl Iterator<Item = &'i str> + use<'i> {
        let prefix = facet(name, "");
        let keys = self.terms.range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded));
        keys.map_while(move |(key, _)| key.strip_prefix(prefix.as_str()))
    }

    /// The root: what everything begins with, the only file whose name stays.
    fn listing(&self) -> Vec<u8> {
        #[derive(Serialize)]
        struct Root<'i> {
            version: u8,
            units: usize,
            rows: u32,
            names: &'i str,
            words: Vec<(&'i str, &'i str)>,
            lists: Vec<(&'i str, &'i str)>,
            debates: Vec<(u32, u32, &'i str)>,
        }
        fn listed(shards: &[Shard]) -> Vec<(&str, &str)> {
            shards.iter().map(|shard| (shard.from.as_str(), shard.file.hash.as_str())).collect()
        }
        let mut at = 0;
        let debates = self.table.iter().map(|shard| {
            let first = &self.debates[at];
            at += shard.count;
            (first.row, shards::day(first.debate.particulars.date), shard.file.hash.as_str())
        });
        let root = Root {
            version: super::bytes::VERSION,
            units: self
                .terms
                .iter()
                .filter(|(key, _)| key.starts_with(" kind:"))
                .map(|(_, term)| term.units)
                .sum(),
            rows: self.debates.last().map_or(0, |last| last.row + last.slots.rows),
            names: &self.names.hash,
            words: listed(&self.dictionary),
            lists: listed(&self.lists),
            debates: debates.collect(),
        };
        serde_json::to_vec(&root).expect("a listing is plain values")
    }

    /// Every file of the index, by its path; those with the same bytes once.
    pub fn files(&self) -> BTreeMap<String, Arc<[u8]>> {
        let shards = self.lists.iter().chain(&self.dictionary).chain(&self.table);
        let files = shards.flat_map(|shard| shard.parts.iter().chain([&shard.file])).chain([&self.names]);
        let mut files: BTreeMap<String, Arc<[u8]>> =
            files.map(|file| (file.path(), file.bytes.clone())).collect();
        files.insert(super::ROOT.to_owned(), self.root.bytes.clone());
        files
    }
}

/// The pages that are found by their names: the address of each, and in lines the name and what else it is found
/// by, which is the offices that somebody held or other forms of a term.
pub fn places(site: &Site) -> Vec<(String, String)> {
    let person = |person: &Person| {
        let offices = person.offices.iter().map(|office| office.name.as_str());
        std::iter::once(person.name.as_str()).chain(offices).collect::<Vec<_>>().join("\n")
    };
    let at = |entry: Entry<'_>| entry.address().as_str().to_owned();
    let people =
        site.people.iter().take(PLACES).map(|one| (at(Entry::Person(one.slug.as_str())), person(one)));
    let topics =
        site.topics.iter().take(PLACES).map(|one| (at(Entry::Topic(one.slug.as_str())), one.title.clone()));
    let briefings = site
        .briefings
        .iter()
        .take(PLACES)
        .map(|one| (at(Entry::Briefing(one.slug.as_str())), one.title.clone()));
    let pages = site
        .pages
        .iter()
        .take(PLACES)
        .filter_map(|one| Some((at(Entry::Page(&one.slug)), one.title.clone()?)));
    let glossary = at(Entry::Glossary);
    let terms = site.glossary.iter().take(PLACES).map(|one| {
        let names = std::iter::once(&one.term).chain(&one.aliases).map(String::as_str).collect::<Vec<_>>();
        (format!("{glossary}#g-{}", crate::text::slugify(&one.term)), names.join("\n"))
    });
    people.chain(topics).chain(briefings).chain(pages).chain(terms).collect()
}

/// The words of names and of the values that they name, as the dictionary has them: each after its facet, with
/// the key of a value that has it.
fn words_of_names(named: &BTreeMap<&'static str, Vec<(String, String)>>) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (facet_of, values) in named {
        for (value, name) in values {
            for text in [value, name] {
                super::words(text, |word| {
                    found.insert((facet(facet_of, word), facet(facet_of, value)));
                });
            }
        }
    }
    found
}

/// The debates from the earliest to the latest, with their numbers. Slots of debates that stayed are kept.
fn numbered_debates(site: &Site, before: &[Numbered]) -> Vec<Numbered> {
    let known: HashMap<*const Debate, &Numbered> =
        before.iter().map(|numbered| (Arc::as_ptr(&numbered.debate), numbered)).collect();
    let mut row = 0;
    let debates = site.debates.iter().rev().map(|debate| {
        let slots = known.get(&Arc::as_ptr(debate)).map(|numbered| numbered.slots.clone());
        let slots = slots.unwrap_or_else(|| Slots::of(debate));
        let numbered = Numbered { debate: debate.clone(), row, slots };
        row += numbered.slots.rows;
        numbered
    });
    debates.collect()
}

type Words = BTreeMap<(Box<str>, Box<str>), u32>;

/// The words and terms of all runs.
fn merged(runs: &[Run]) -> (Words, BTreeMap<Box<str>, Term>) {
    let mut words: HashMap<(&str, &str), u32> = HashMap::new();
    let mut keys: HashMap<&str, Vec<(u32, u32)>> = HashMap::new();
    for (at, run) in (0u32..).zip(runs) {
        for (word, group, debates) in &run.words {
            *words.entry((word, &run.keys[*group as usize])).or_default() += debates;
        }
        for (key_at, key) in (0u32..).zip(&run.keys) {
            keys.entry(key).or_default().push((at, key_at));
        }
    }
    let mut words: Vec<_> = words.into_iter().collect();
    words.par_sort_unstable();
    let mut of_key: HashMap<&str, Vec<Box<str>>> = HashMap::new();
    for ((word, key), _) in &words {
        of_key.entry(key).or_default().push((*word).into());
    }
    let mut lists: Vec<_> = keys.into_iter().collect();
    lists.par_sort_unstable_by(|a, b| a.0.cmp(b.0));
    let term = |(key, lists): (&str, Vec<(u32, u32)>)| {
        let units = lists.iter().map(|(run, at)| runs[*run as usize].count(*at)).sum();
        let mut postings = Vec::with_capacity(units);
        lists.iter().for_each(|(run, at)| runs[*run as usize].list(*at, &mut postings));
        let list = lists::encode(&postings, shards::impacts(key)).into();
        (key.into(), Term { words: of_key.get(key).cloned().unwrap_or_default(), units, list })
    };
    let terms: Vec<(Box<str>, Term)> = lists.into_par_iter().map(term).collect();
    let words = words.into_iter().map(|((word, key), debates)| ((word.into(), key.into()), debates));
    (words.collect(), terms.into_iter().collect())
}

/// The files of a sorted list, in parallel; those that stand between the same keys and were not touched
/// are those from before.
fn shards<'k>(
    before: &[Shard],
    ranges: &[Range<usize>],
    key: impl Fn(usize) -> &'k str + Sync,
    is_touched: impl Fn(Range<usize>) -> bool + Sync,
    make: impl Fn(Range<usize>) -> (File, Vec<File>) + Sync,
) -> Vec<Shard> {
    let known: HashMap<(&str, &str), &Shard> =
        before.iter().map(|shard| ((&*shard.bounds.0, &*shard.bounds.1), shard)).collect();
    let one = |range: &Range<usize>| {
        let (first, last) = (key(range.start), key(range.end - 1));
        let from = match range.start {
            0 => String::new(),
            start => shards::between(key(start - 1), first),
        };
        let same = known.get(&(first, last)).filter(|shard| shard.count == range.len());
        let (file, parts) = match same.filter(|_| !is_touched(range.clone())) {
            Some(shard) => (shard.file.clone(), shard.parts.clone()),
            None => make(range.clone()),
        };
        Shard { from, bounds: (first.into(), last.into()), count: range.len(), file, parts }
    };
    ranges.par_iter().map(one).collect()
}
