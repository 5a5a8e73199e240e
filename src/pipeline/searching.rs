//! The debates as data and the index of their words, remembered: made when they are wanted, and then
//! only as far as debates changed.

use crate::config::Config;
use crate::export::{Data, Held};
use crate::index::Index;
use crate::model::{Debate, DebateSlug, Site};
use crate::output::{Kept, OutputFile};
use crate::search::{self, Runs, Slots};
use crate::text::Fingerprint;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::io;
use std::sync::Arc;

/// The index of one edition of a site.
#[derive(Default)]
pub struct Searching {
    /// Where the words of each debate were put out.
    held: HashMap<DebateSlug, Memo>,
    /// What offices are told from.
    people: Option<Fingerprint>,
    index: Option<search::Index>,
    files: BTreeMap<String, Arc<[u8]>>,
    /// Whose index it is: every edition has its own list of what is listed where.
    of: Option<Arc<Index>>,
    /// What an earlier run of the program kept, and then what this one has to keep; none where nothing is to
    /// be kept.
    kept: Option<KeptSearch>,
}

/// What is kept of the index for a later run of the program.
#[derive(Debug, Clone, Default)]
pub struct KeptSearch {
    /// Where the words of each debate were put out, by its slug, with the key of its files.
    pub held: HashMap<String, (Fingerprint, Arc<Held>)>,
    /// What the index was made from.
    pub runs: Runs,
}

struct Memo {
    debate: Arc<Debate>,
    context: Fingerprint,
    held: Arc<Held>,
}

impl Memo {
    fn kept(&self) -> (Fingerprint, Arc<Held>) {
        (key(&self.debate, self.context), self.held.clone())
    }
}

/// The key of a debate's files.
fn key(debate: &Debate, context: Fingerprint) -> Fingerprint {
    Fingerprint::of_value(&(debate.parts().whole, context))
}

/// Takes the files of debates.
pub trait DataSink: Sync {
    /// Keeps a file that it was given with this key before; says whether it has.
    fn keep(&self, path: &str, key: Fingerprint) -> io::Result<Kept>;
    /// Takes a file.
    fn take(&self, file: OutputFile, key: Fingerprint) -> io::Result<()>;
}

impl Searching {
    /// Begins with what an earlier run of the program kept. There will be something to keep of this one.
    pub fn begin_with(&mut self, kept: KeptSearch) {
        self.kept = Some(kept);
    }

    /// What is to be kept for a later run.
    pub fn keep(&mut self) -> KeptSearch {
        let mut kept = self.kept.take().unwrap_or_default();
        if self.index.is_none() {
            // Nothing was made anew: what was kept still holds.
            return kept;
        }
        kept.held = self.held.iter().map(|(slug, memo)| (slug.to_string(), memo.kept())).collect();
        kept
    }

    /// Brings everything up to date. The files of debates go to `sink`.
    pub fn update(
        &mut self,
        config: &Config,
        site: &Site,
        of: &Arc<Index>,
        sink: &dyn DataSink,
    ) -> io::Result<()> {
        let data = Data::new(site, &config.language);
        let people = data.people();
        let same_people = self.people == Some(people);
        let one = |debate: &Arc<Debate>| -> io::Result<Memo> {
            let memo = self.held.get(&debate.slug);
            let context = match memo.filter(|memo| same_people && memo.debate.is_alike(debate)) {
                Some(memo) => memo.context,
                None => data.context(debate),
            };
            let key = key(debate, context);
            let same = memo.filter(|memo| memo.debate.is_alike(debate) && memo.context == context);
            let kept = self.kept.as_ref().and_then(|kept| kept.held.get(debate.slug.as_str()));
            let held = (same.map(|memo| &memo.held))
                .or_else(|| kept.filter(|(of, _)| *of == key).map(|(_, held)| held));
            if let Some(held) = held {
                let mut lost = Vec::new();
                for number in 1..=held.starts.len() {
                    let path = Data::path(&debate.slug, number);
                    if sink.keep(&path, key)? == Kept::No {
                        lost.push(path);
                    }
                }
                if !lost.is_empty() {
                    let (files, _) = data.files(debate, &Slots::of(debate).notes);
                    let files = files.into_iter().filter(|file| lost.contains(&file.path));
                    files.into_iter().try_for_each(|file| sink.take(file, key))?;
                }
                return Ok(Memo { debate: debate.clone(), context, held: held.clone() });
            }
            let (files, held) = data.files(debate, &Slots::of(debate).notes);
            files.into_iter().try_for_each(|file| sink.take(file, key))?;
            Ok(Memo { debate: debate.clone(), context, held: Arc::new(held) })
        };
        let memos: Vec<Memo> = site.debates.par_iter().map(one).collect::<io::Result<_>>()?;
        let held: Vec<Arc<Held>> = memos.iter().map(|memo| memo.held.clone()).collect();
        self.people = Some(people);
        self.held = memos.into_iter().map(|memo| (memo.debate.slug.clone(), memo)).collect();
        let index = match self.index.take() {
            Some(mut index) => {
                index.update(site, &held, &config.language);
                index
            }
            None => match &mut self.kept {
                Some(kept) => {
                    let (index, runs) = search::Index::on(site, &held, &config.language, &kept.runs);
                    kept.runs = runs;
                    index
                }
                None => search::Index::new(site, &held, &config.language),
            },
        };
        self.files = index.files();
        self.index = Some(index);
        self.of = Some(of.clone());
        Ok(())
    }

    /// The files of the index, brought up to date for an edition if need be.
    pub fn files(&mut self, config: &Config, site: &Site, of: &Arc<Index>) -> &BTreeMap<String, Arc<[u8]>> {
        struct Nowhere;
        impl DataSink for Nowhere {
            fn keep(&self, _: &str, _: Fingerprint) -> io::Result<Kept> {
                Ok(Kept::Yes)
            }
            fn take(&self, _: OutputFile, _: Fingerprint) -> io::Result<()> {
                Ok(())
            }
        }
        if !self.of.as_ref().is_some_and(|own| Arc::ptr_eq(own, of)) {
            self.update(config, site, of, &Nowhere).expect("nothing is written");
        }
        &self.files
    }

    /// The files of the last update.
    pub fn updated(&self) -> &BTreeMap<String, Arc<[u8]>> {
        &self.files
    }
}
