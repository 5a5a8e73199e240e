//! The map step for all files but debates and themes: each parsed once, and again when its bytes are
//! others.

use super::memos::{Memo, Touched};
use crate::content::{self, RawBriefing, RawGlossary, RawPage, RawPerson, RawSources, RawTopic, Written};
use crate::diagnostics::{Checked, Diagnostic};
use crate::layout::Layout;
use crate::load::{self, Sources};
use crate::model::{BriefingSlug, PersonSlug, TopicSlug};
use crate::resolve::Pages;
use crate::text::{Fingerprint, SitePath, Source};
use std::collections::BTreeMap;
use std::io;
use std::sync::Arc;

/// The files as written, remembered.
#[derive(Default)]
pub struct WrittenPages {
    topics: BTreeMap<TopicSlug, Memo<Written<RawTopic>>>,
    people: BTreeMap<PersonSlug, Memo<Written<RawPerson>>>,
    briefings: BTreeMap<BriefingSlug, Memo<Written<RawBriefing>>>,
    pages: BTreeMap<String, Memo<Written<RawPage>>>,
    home: BTreeMap<(), Memo<Written<RawPage>>>,
    glossary: BTreeMap<(), Memo<Written<RawGlossary>>>,
    sources: BTreeMap<(), Memo<Written<RawSources>>>,
}

/// Whether a step came to something new.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Another value than before.
    New,
    /// What was remembered.
    Same,
}

impl WrittenPages {
    /// Brings them up to date. A file with mistakes still gives its name, so that what refers to it
    /// is not reported as well.
    pub(super) fn update(
        &mut self,
        sources: &dyn Sources,
        layout: &Layout,
        touched: &Touched,
    ) -> io::Result<Outcome> {
        let reader = Reader { sources, touched };
        let one = |path: &Option<SitePath>| path.iter().map(|path| ((), path.clone())).collect();
        let outcomes = [
            reader.read(&mut self.topics, &layout.topics, |slug, source| {
                let status = content::stated_standing(source);
                let otherwise = RawTopic { title: Some(slug.to_string()), status, ..RawTopic::default() };
                content::parse_markdown(source, "a topic", otherwise)
            })?,
            reader.read(&mut self.people, &layout.people, |slug, source| {
                let status = content::stated_standing(source);
                let otherwise = RawPerson { name: Some(slug.to_string()), status, ..RawPerson::default() };
                match source.path.extension() {
                    "md" => content::parse_markdown(source, "a person", otherwise),
                    _ => content::parse_yaml(source, "a person", otherwise),
                }
            })?,
            reader.read(&mut self.briefings, &layout.briefings, |slug, source| {
                let otherwise = RawBriefing { title: Some(slug.to_string()), ..RawBriefing::default() };
                content::parse_markdown(source, "a briefing", otherwise)
            })?,
            reader.read(&mut self.pages, &layout.pages, |slug, source| {
                let status = content::stated_standing(source);
                let otherwise = RawPage { title: Some(slug.clone()), status, ..RawPage::default() };
                content::parse_markdown(source, "a page", otherwise)
            })?,
            reader.read(&mut self.home, &one(&layout.home), |(), source| {
                let status = content::stated_standing(source);
                content::parse_markdown(source, "the home page", RawPage { status, ..RawPage::default() })
            })?,
            reader.read(&mut self.glossary, &one(&layout.glossary), |(), source| {
                content::parse_yaml(source, "the glossary", RawGlossary::default())
            })?,
            reader.read(&mut self.sources, &one(&layout.sources), |(), source| {
                content::parse_yaml(source, "sources.yaml", RawSources::default())
            })?,
        ];
        Ok(if outcomes.contains(&Outcome::New) { Outcome::New } else { Outcome::Same })
    }

    /// The files that could be read.
    pub fn pages(&self) -> Pages {
        fn all<K: Ord + Clone, T>(memos: &BTreeMap<K, Memo<T>>) -> BTreeMap<K, Arc<T>> {
            memos.iter().filter_map(|(key, memo)| Some((key.clone(), memo.value.clone()?))).collect()
        }
        fn one<T>(memos: &BTreeMap<(), Memo<T>>) -> Option<Arc<T>> {
            memos.values().next().and_then(|memo| memo.value.clone())
        }
        Pages {
            topics: all(&self.topics),
            people: all(&self.people),
            briefings: all(&self.briefings),
            pages: all(&self.pages),
            home: one(&self.home),
            glossary: one(&self.glossary),
            sources: one(&self.sources),
        }
    }

    /// What is wrong with the files.
    pub fn remarks(&self) -> impl Iterator<Item = &Diagnostic> {
        fn of<K, T>(memos: &BTreeMap<K, Memo<T>>) -> impl Iterator<Item = &Diagnostic> {
            memos.values().flat_map(|memo| &memo.remarks)
        }
        of(&self.topics)
            .chain(of(&self.people))
            .chain(of(&self.briefings))
            .chain(of(&self.pages))
            .chain(of(&self.home))
            .chain(of(&self.glossary))
            .chain(of(&self.sources))
    }
}

struct Reader<'s> {
    sources: &'s dyn Sources,
    touched: &'s Touched,
}

impl Reader<'_> {
    fn read<K: Ord + Clone, T>(
        &self,
        memos: &mut BTreeMap<K, Memo<T>>,
        wanted: &BTreeMap<K, SitePath>,
        parse: impl Fn(&K, &Source) -> Checked<T>,
    ) -> io::Result<Outcome> {
        let count = memos.len();
        memos.retain(|key, _| wanted.contains_key(key));
        let mut outcome = if memos.len() == count { Outcome::Same } else { Outcome::New };
        for (key, path) in wanted {
            let known = memos.get(key).filter(|memo| memo.path == *path);
            if known.is_some() && !self.touched.has(path) {
                continue;
            }
            let bytes = self.sources.read(path)?;
            let fingerprint = Fingerprint::of(&bytes);
            if known.is_some_and(|memo| memo.bytes == fingerprint) {
                continue;
            }
            outcome = Outcome::New;
            let mut remarks = Vec::new();
            let source = load::text(path, bytes).take(&mut remarks);
            let value = source.map(|source| Arc::new(parse(key, &source).take(&mut remarks)));
            memos.insert(key.clone(), Memo { path: path.clone(), bytes: fingerprint, value, remarks });
        }
        Ok(outcome)
    }
}
