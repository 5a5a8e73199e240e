//! Prose settled against the whole site, remembered file by file: it holds as long as the file, the
//! names, and the debates that it asked about stay as they are.

use super::debates::Debates;
use super::memos::NamesMemo;
use crate::config::Config;
use crate::content::{RawBriefing, RawGlossary, RawPage, RawPerson, RawTopic, Written};
use crate::diagnostics::Diagnostic;
use crate::model::{
    Briefing, BriefingSlug, Debate, DebateSlug, GlossaryEntry, Person, PersonSlug, TextPage, Topic, TopicSlug,
};
use crate::resolve::{self, Library, Pages, Parts, PlacedDebate, Published, Settler, SiteContext};
use crate::text::Fingerprint;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Everything settled, remembered.
#[derive(Default)]
pub struct Settled {
    debates: BTreeMap<DebateSlug, SettledMemo<PlacedDebate, Debate>>,
    topics: BTreeMap<TopicSlug, SettledMemo<Written<RawTopic>, Option<Arc<Topic>>>>,
    people: BTreeMap<PersonSlug, SettledMemo<Written<RawPerson>, Person>>,
    briefings: BTreeMap<BriefingSlug, SettledMemo<Written<RawBriefing>, Option<Arc<Briefing>>>>,
    pages: BTreeMap<String, SettledMemo<Written<RawPage>, Option<Arc<TextPage>>>>,
    home: BTreeMap<(), SettledMemo<Written<RawPage>, Option<Arc<TextPage>>>>,
    glossary: BTreeMap<(), SettledMemo<Written<RawGlossary>, Vec<GlossaryEntry>>>,
}

/// Something settled.
struct SettledMemo<F, T> {
    /// What it was made from.
    from: Arc<F>,
    /// What it was settled against, but for the debates.
    context: Fingerprint,
    /// The debates that it asked about, and which placing of each it saw.
    consulted: Vec<(DebateSlug, Option<u64>)>,
    value: Arc<T>,
    remarks: Vec<Diagnostic>,
}

impl Settled {
    /// Brings everything up to date, and gives the parts of the site.
    pub(super) fn update(
        &mut self,
        pages: &Pages,
        names: &NamesMemo,
        debates: &Debates,
        config: &Config,
    ) -> Parts {
        let library = Library::new(debates.placed().map(|placed| &**placed));
        let terms = pages.glossary.as_ref().map_or(0, |glossary| glossary.raw.len());
        let published = Published::new(&pages.briefings, terms, config);
        let context = SiteContext::new(&names.names, library, &names.people, &published);
        // What the configuration decides here is in what is published; debates answer for their own notes.
        let home = pages.home.as_ref().and_then(|home| resolve::hidden_by_status(home.raw.status, config));
        let fingerprint = Fingerprint::of_value(&(names.fingerprint, &published, home));
        let settling = Settling { context: &context, fingerprint, debates };
        let people: HashMap<&PersonSlug, &Person> =
            names.people.iter().map(|person| (&person.slug, person)).collect();
        let placed = debates.placed().map(|placed| (placed.debate.slug.clone(), placed.clone()));
        Parts {
            debates: settling.settle(&mut self.debates, placed.collect(), |settler, _, placed, remarks| {
                resolve::settled(settler, placed).take(remarks)
            }),
            topics: shown(settling.settle(
                &mut self.topics,
                all(&pages.topics),
                |settler, slug, written, remarks| settler.topic(slug.clone(), written, remarks).map(Arc::new),
            )),
            // Whoever readers can't see is known here all the same: records and quotations name them.
            people: seen_people(
                names,
                settling.settle(&mut self.people, all(&pages.people), |settler, slug, written, remarks| {
                    let person =
                        people.get(slug).copied().cloned().expect("people are made from these files");
                    Person { about: settler.about(slug, written, remarks), ..person }
                }),
            ),
            briefings: shown(settling.settle(
                &mut self.briefings,
                all(&pages.briefings),
                |settler, slug, written, remarks| {
                    settler.briefing(slug.clone(), written, config, remarks).map(Arc::new)
                },
            )),
            pages: shown(settling.settle(
                &mut self.pages,
                all(&pages.pages),
                |settler, slug, written, remarks| settler.page(slug, written, config, remarks).map(Arc::new),
            )),
            home: shown(settling.settle(
                &mut self.home,
                one(&pages.home),
                |settler, (), written, remarks| settler.page("home", written, config, remarks).map(Arc::new),
            ))
            .pop(),
            glossary: settling
                .settle(&mut self.glossary, one(&pages.glossary), |settler, (), written, remarks| {
                    settler.glossary(written, remarks)
                })
                .pop()
                .unwrap_or_default(),
        }
    }

    /// What is wrong with the prose.
    pub fn remarks(&self) -> impl Iterator<Item = &Diagnostic> {
        fn of<K, F, T>(memos: &BTreeMap<K, SettledMemo<F, T>>) -> impl Iterator<Item = &Diagnostic> {
            memos.values().flat_map(|memo| &memo.remarks)
        }
        of(&self.debates)
            .chain(of(&self.topics))
            .chain(of(&self.people))
            .chain(of(&self.briefings))
            .chain(of(&self.pages))
            .chain(of(&self.home))
            .chain(of(&self.glossary))
    }
}

fn all<K: Ord + Clone, F>(files: &BTreeMap<K, Arc<F>>) -> Vec<(K, Arc<F>)> {
    files.iter().map(|(key, file)| (key.clone(), file.clone())).collect()
}

/// What readers may see of these.
fn shown<T>(all: Vec<Arc<Option<Arc<T>>>>) -> Vec<Arc<T>> {
    all.iter().filter_map(|one| (**one).clone()).collect()
}

fn seen_people(names: &NamesMemo, people: Vec<Arc<Person>>) -> Vec<Arc<Person>> {
    people.into_iter().filter(|person| names.names.if_shown(&person.slug).is_some()).collect()
}

fn one<F>(file: &Option<Arc<F>>) -> Vec<((), Arc<F>)> {
    file.iter().map(|file| ((), file.clone())).collect()
}

/// Where memos are judged and made anew.
struct Settling<'s> {
    context: &'s SiteContext<'s>,
    fingerprint: Fingerprint,
    debates: &'s Debates,
}

impl Settling<'_> {
    fn settle<K, F, T>(
        &self,
        memos: &mut BTreeMap<K, SettledMemo<F, T>>,
        wanted: Vec<(K, Arc<F>)>,
        make: impl Fn(&Settler<'_>, &K, &F, &mut Vec<Diagnostic>) -> T + Sync,
    ) -> Vec<Arc<T>>
    where
        K: Ord + Clone + Send + Sync,
        F: Send + Sync,
        T: Send + Sync,
    {
        let is_stale = |(key, from): &(K, Arc<F>)| !memos.get(key).is_some_and(|memo| self.holds(memo, from));
        let count = wanted.len();
        let stale: Vec<(K, Arc<F>)> = wanted.iter().filter(|one| is_stale(one)).cloned().collect();
        let fresh: Vec<(K, SettledMemo<F, T>)> = stale
            .into_par_iter()
            .map(|(key, from)| {
                let memo = self.memo(&key, from, &make);
                (key, memo)
            })
            .collect();
        memos.extend(fresh);
        if memos.len() != count {
            let wanted: BTreeSet<K> = wanted.into_iter().map(|(key, _)| key).collect();
            memos.retain(|key, _| wanted.contains(key));
        }
        memos.values().map(|memo| memo.value.clone()).collect()
    }

    fn holds<F, T>(&self, memo: &SettledMemo<F, T>, from: &Arc<F>) -> bool {
        Arc::ptr_eq(&memo.from, from)
            && memo.context == self.fingerprint
            && memo.consulted.iter().all(|(slug, seen)| self.debates.placing(slug) == *seen)
    }

    fn memo<K, F, T>(
        &self,
        key: &K,
        from: Arc<F>,
        make: &impl Fn(&Settler<'_>, &K, &F, &mut Vec<Diagnostic>) -> T,
    ) -> SettledMemo<F, T> {
        let mut remarks = Vec::new();
        let settler = Settler::new(self.context);
        let value = Arc::new(make(&settler, key, &from, &mut remarks));
        let consulted = settler.consulted().into_iter().map(|slug| {
            let seen = self.debates.placing(&slug);
            (slug, seen)
        });
        SettledMemo { consulted: consulted.collect(), from, context: self.fingerprint, value, remarks }
    }
}
