//! An edition: the site at one moment, from which any page can be rendered, and the key of each page.

use super::costs::Costs;
use super::kept::Keys;
use super::report::{Report, Stage};
use super::searching::{DataSink, Searching};
use super::{OnError, Watcher, may_publish};
use crate::config::{Config, Drafts};
use crate::diagnostics::Diagnostic;
use crate::export::{Data, Export, Exporter};
use crate::index::Index;
use crate::layout::Layout;
use crate::load::Sources;
use crate::model::Site;
use crate::output::{Kept, OutputFile, Sink};
use crate::pages::{Composer, Planned};
use crate::permalink::Entry;
use crate::render::Renderer;
use crate::search;
use crate::text::{Digest, Fingerprint, SitePath};
use crate::theme::Theme;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::convert::Infallible;
use std::hash::Hash;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The site at one moment. Nothing of it changes; the next edition shares what stayed as it was.
pub struct Edition {
    /// What is wrong with the site, but for what rendering finds.
    pub report: Report,
    /// The configuration.
    pub config: Config,
    /// The site as meant.
    pub site: Site,
    /// Its notes by what they are listed under.
    pub index: Arc<Index>,
    /// Its pages.
    pub plan: Vec<Planned>,
    /// The files of `static/`, and where they are copied to.
    pub(super) copied: Vec<(SitePath, String)>,
    pub(super) layout: Arc<Layout>,
    pub(super) theme: Option<Arc<Theme>>,
    pub(super) searching: Arc<Mutex<Searching>>,
    pub(super) keys: OnceLock<Vec<Fingerprint>>,
}

/// Pages that were tried and with which nothing is wrong, each by its key in a build that shows no drafts. Where
/// drafts are shown a page says so, which only a template of the site's own can make a mistake of.
#[derive(Default)]
pub(super) struct Sound(HashSet<Fingerprint>);

impl Sound {
    /// The pages of an edition that are still to be tried, with the key of each where it has one.
    fn untried(&self, edition: &Edition, theme: &Theme) -> Vec<(usize, Option<Fingerprint>)> {
        if theme.asks_for_drafts() {
            return (0..edition.plan.len()).map(|at| (at, None)).collect();
        }
        let config = Config { drafts: Drafts::Hidden, ..edition.config.clone() };
        let composer = Composer::new(&config, &edition.site, &edition.index);
        let renderer = Renderer::new(theme, &composer);
        let keys: Vec<Fingerprint> =
            edition.plan.par_iter().with_min_len(64).map(|planned| renderer.key(planned)).collect();
        let untried = keys.into_iter().enumerate().filter(|(_, key)| !self.0.contains(key));
        untried.map(|(at, key)| (at, Some(key))).collect()
    }
}

impl Edition {
    /// The files of the site that it was made from.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// The theme; none where its templates can't be used.
    pub fn theme(&self) -> Option<&Arc<Theme>> {
        self.theme.as_ref()
    }

    /// The key of each page, in the order of the plan: a page with the same key has the same bytes.
    pub fn keys(&self) -> &[Fingerprint] {
        self.keys.get_or_init(|| {
            let Some(theme) = &self.theme else { return Vec::new() };
            let composer = self.composer();
            let renderer = Renderer::new(theme, &composer);
            self.plan.par_iter().with_min_len(64).map(|planned| renderer.key(planned)).collect()
        })
    }

    /// What each template depends on, and its pages, by their files.
    pub(super) fn templates(&self) -> (BTreeMap<String, String>, BTreeMap<String, Vec<String>>) {
        let Some(theme) = &self.theme else { return Default::default() };
        let asked = self.site.pages.iter().filter_map(|page| {
            Some((Entry::Page(&page.slug).address().output_path(), page.template.as_deref()?))
        });
        let asked: HashMap<String, &str> = asked.filter(|(_, name)| theme.has_template(name)).collect();
        let mut pages: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for planned in &self.plan {
            let path = planned.address.output_path();
            let template = asked.get(&path).copied().unwrap_or(planned.page.template());
            pages.entry(template.to_owned()).or_default().push(path);
        }
        let words = theme.words(&[&self.config.language]);
        let key = |name: &String| (name.clone(), theme.key(name, &words).short(16));
        (pages.keys().map(key).collect(), pages)
    }

    /// Renders one page of the plan with the edition's own theme, or another; with its key.
    pub fn page(&self, at: usize, theme: &Theme) -> (Fingerprint, Result<OutputFile, Box<Diagnostic>>) {
        let composer = self.composer();
        let renderer = Renderer::new(theme, &composer);
        let planned = &self.plan[at];
        (renderer.key(planned), renderer.page(planned))
    }

    /// What is wrong with each of these pages of the plan or with its card, if anything is.
    pub fn faults(&self, pages: &[usize], theme: &Theme) -> Vec<Option<Diagnostic>> {
        let composer = self.composer();
        let renderer = Renderer::new(theme, &composer);
        pages.par_iter().map(|&at| renderer.fault(&self.plan[at])).collect()
    }

    /// The card of one page of the plan that has one of its own, with its key, which is the page's.
    pub fn share_card(&self, at: usize, theme: &Theme) -> (Fingerprint, Result<OutputFile, Box<Diagnostic>>) {
        let composer = self.composer();
        let renderer = Renderer::new(theme, &composer);
        let planned = &self.plan[at];
        (renderer.key(planned), renderer.share_card(planned))
    }

    /// The key of one page of the plan.
    pub fn key(&self, at: usize, theme: &Theme) -> Fingerprint {
        let composer = self.composer();
        Renderer::new(theme, &composer).key(&self.plan[at])
    }

    /// What views are made with.
    pub fn composer(&self) -> Composer<'_> {
        Composer::new(&self.config, &self.site, &self.index)
    }

    /// The files that are copied as they are: of the theme, and of `static/`, by their paths.
    pub fn assets(&self) -> (&[OutputFile], &[(SitePath, String)]) {
        (self.theme.as_ref().map_or(&[], |theme| theme.assets()), &self.copied)
    }

    /// What makes what machines read: feeds, sitemap, calendar.
    fn exporter(&self) -> Exporter<'_> {
        Exporter::new(&self.config, &self.site, &self.index, &self.plan)
    }

    /// The export at a path, where there is one.
    pub fn export(&self, path: &str) -> Option<OutputFile> {
        let exporter = self.exporter();
        let export = self.exports(&exporter).find(|export| exporter.is_at(*export, path))?;
        Some(exporter.file(export))
    }

    /// Every export but those that a file of `static/` takes the place of.
    fn exports(&self, exporter: &Exporter<'_>) -> impl Iterator<Item = Export> {
        let is_copied = |path: String| self.copied.iter().any(|(_, name)| *name == path);
        let exports = exporter.exports().into_iter();
        exports.filter(move |export| !export.gives_way() || !is_copied(exporter.path(*export)))
    }

    fn searching(&self) -> MutexGuard<'_, Searching> {
        self.searching.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A file of the index of words, by its path.
    pub fn search_file(&self, path: &str) -> Option<Arc<[u8]>> {
        self.searching().files(&self.config, &self.site, &self.index).get(path).cloned()
    }

    /// A file of a debate as data, by its path.
    pub fn data_file(&self, path: &str) -> Option<OutputFile> {
        let slug = Data::slug_in(path)?;
        let debate = self.site.debates.iter().find(|debate| debate.slug.as_str() == slug)?;
        let data = Data::new(&self.site, &self.config.language);
        let (files, _) = data.files(debate, &search::Slots::of(debate).notes);
        files.into_iter().find(|file| file.path == path)
    }

    /// The key of the debates as data and of the index of their words, together.
    fn searchable(&self) -> Fingerprint {
        let mut digest = Digest::default();
        let Site { debates, people, topics, .. } = &self.site;
        (&self.config.language, people, topics, search::places(&self.site), debates.len()).hash(&mut digest);
        for debate in debates {
            (&debate.slug, debate.parts().whole).hash(&mut digest);
        }
        digest.finish()
    }

    /// Puts out the debates as data and the index of their words, but for what the sink has.
    fn put_searchable(
        &self,
        known: Option<&Keys>,
        key: Option<Fingerprint>,
        (sink, costs): (&dyn Sink, &Costs),
    ) -> io::Result<HashMap<String, Fingerprint>> {
        if let Some(known) = known.filter(|known| key.is_some() && known.searchable == key) {
            let kept: io::Result<HashMap<String, Fingerprint>> = known
                .searched
                .par_iter()
                .filter_map(|(path, key)| match sink.keep(path) {
                    Ok(Kept::Yes) => Some(Ok((path.clone(), *key))),
                    Ok(Kept::No) => None,
                    Err(error) => Some(Err(error)),
                })
                .collect();
            let kept = kept?;
            if kept.len() == known.searched.len() {
                return Ok(kept);
            }
            // Something was removed from the output: what is there is there already.
            let putting =
                Putting { known: None, sink: &But { sink, files: &kept }, costs, now: Mutex::default() };
            return self.put_index(putting);
        }
        self.put_index(Putting {
            known: known.map(|known| &known.searched),
            sink,
            costs,
            now: Mutex::default(),
        })
    }

    fn put_index(&self, putting: Putting<'_>) -> io::Result<HashMap<String, Fingerprint>> {
        let mut searching = self.searching();
        searching.update(&self.config, &self.site, &self.index, &putting)?;
        searching.updated().par_iter().try_for_each(|(path, bytes)| {
            // The names of all but the root say what is in them.
            let key =
                if path == search::ROOT { Fingerprint::of(bytes) } else { Fingerprint::of(path.as_bytes()) };
            match putting.keep(path, key)? {
                Kept::Yes => Ok(()),
                Kept::No => putting.take(OutputFile { path: path.clone(), bytes: bytes.to_vec() }, key),
            }
        })?;
        Ok(putting.now.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    /// The report of the whole build, ungrouped, with every page and the words of its card tried, where nothing is to be
    /// had of it but what is wrong: no picture is drawn, no export made, no index. Pages that `sound` has are not tried
    /// again; it gets those with which nothing is wrong.
    pub(super) fn tried(mut self, sound: &mut Sound) -> Report {
        let mut report = std::mem::take(&mut self.report);
        if let Some(theme) = self.theme.clone() {
            let faults = report.timings.stage(Stage::Render, || {
                let untried = sound.untried(&self, &theme);
                let pages: Vec<usize> = untried.iter().map(|(at, _)| *at).collect();
                let faults = self.faults(&pages, &theme);
                let tried = untried.into_iter().zip(&faults);
                sound.0.extend(tried.filter(|(_, fault)| fault.is_none()).filter_map(|((_, key), _)| key));
                faults
            });
            report.diagnostics.extend(faults.into_iter().flatten());
        }
        report.as_of = self.site.as_of;
        report.settle(&self.config.deny);
        report
    }

    /// Copies what is copied as it is.
    fn put_assets(&self, sources: &dyn Sources, sink: &dyn Sink) -> io::Result<()> {
        let (of_theme, copied) = self.assets();
        of_theme.iter().try_for_each(|asset| sink.put(asset.clone()))?;
        copied.iter().try_for_each(|(path, name)| {
            sink.put(OutputFile { path: name.clone(), bytes: sources.read(path)? })
        })
    }

    /// Gives every file of the site to the sink, unless there is an error among the diagnostics; the
    /// report is then that of the whole build. Pages that `rendered` has with the same key are kept.
    pub(super) fn publish(
        mut self,
        sources: &dyn Sources,
        sink: &dyn Sink,
        rendered: Option<&mut Keys>,
        on_error: OnError,
        watcher: &dyn Watcher,
    ) -> io::Result<Report> {
        let mut report = std::mem::take(&mut self.report);
        let Some(theme) =
            self.theme.clone().filter(|_| on_error == OnError::KeepGoing || !report.has_errors())
        else {
            return Ok(report);
        };
        if rendered.is_some() {
            report.timings.stage(Stage::Keys, || self.keys().len());
        }
        let composer = self.composer();
        let renderer = Renderer::new(&theme, &composer);
        let known = rendered.as_deref();
        let searchable = known.map(|_| self.searchable());
        let files = known.map(|known| &known.files);
        let costs = Costs::default();
        let put = (sink, &costs);
        let (faults, mut now) = report.timings.stage(Stage::Render, || {
            let keys = self.keys.get().map(Vec::as_slice).zip(files);
            render(&renderer, &self.plan, keys, put, watcher)
        })?;
        // With the evidence of every note, which nothing wants any more.
        drop(renderer);
        now.extend(report.timings.stage(Stage::Export, || {
            self.put_assets(sources, sink)?;
            let exporter = self.exporter();
            export(&exporter, self.exports(&exporter).collect(), files, put)
        })?);
        // Not beside the pages: rendering keeps every core busy by itself, and it was no faster.
        let searched = report.timings.stage(Stage::Search, || self.put_searchable(known, searchable, put))?;
        report.costs = costs.done();
        report.as_of = self.site.as_of;
        report.diagnostics.extend(faults);
        report.settle(&self.config.deny);
        report.group();
        // What is not published is not known: the sink still has what it had.
        if let Some(rendered) = rendered
            && may_publish(&report, on_error)
        {
            *rendered = Keys { files: now, searched, searchable };
        }
        Ok(report)
    }
}

/// A sink that was given some of these files already.
struct But<'b> {
    sink: &'b dyn Sink,
    files: &'b HashMap<String, Fingerprint>,
}

impl Sink for But<'_> {
    fn put(&self, file: OutputFile) -> io::Result<()> {
        if self.files.contains_key(&file.path) { Ok(()) } else { self.sink.put(file) }
    }
}

/// Gives files to a sink, unless it has them.
struct Putting<'p> {
    known: Option<&'p HashMap<String, Fingerprint>>,
    sink: &'p dyn Sink,
    costs: &'p Costs,
    now: Mutex<HashMap<String, Fingerprint>>,
}

impl Putting<'_> {
    fn note(&self, path: String, key: Fingerprint) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).insert(path, key);
    }
}

impl DataSink for Putting<'_> {
    fn keep(&self, path: &str, key: Fingerprint) -> io::Result<Kept> {
        if self.known.is_none_or(|known| known.get(path) != Some(&key)) {
            return Ok(Kept::No);
        }
        let kept = self.sink.keep(path)?;
        if kept == Kept::Yes {
            self.note(path.to_owned(), key);
        }
        Ok(kept)
    }

    fn take(&self, file: OutputFile, key: Fingerprint) -> io::Result<()> {
        self.note(file.path.clone(), key);
        let kind = if file.path.starts_with(search::FOLDER) { "search-index" } else { "debate-data" };
        let put = self.costs.put(kind, self.sink, || Ok::<_, Infallible>(file))?;
        put.unwrap_or_else(|never| match never {});
        Ok(())
    }
}

/// Makes every export whose key is not the one that is known, in parallel. Gives the keys of those that
/// the sink has.
fn export(
    exporter: &Exporter<'_>,
    exports: Vec<Export>,
    known: Option<&HashMap<String, Fingerprint>>,
    (sink, costs): (&dyn Sink, &Costs),
) -> io::Result<Vec<(String, Fingerprint)>> {
    let one = |export| {
        let key = known.and_then(|_| exporter.key(export));
        let path = exporter.path(export);
        let is_known = known.zip(key).is_some_and(|(known, key)| known.get(&path) == Some(&key));
        if !is_known || sink.keep(&path)? == Kept::No {
            let made = costs.put(export.kind(), sink, || Ok::<_, Infallible>(exporter.file(export)))?;
            made.unwrap_or_else(|never| match never {});
        }
        Ok(key.map(|key| (path, key)))
    };
    let keys: io::Result<Vec<_>> = exports.into_par_iter().map(one).collect();
    Ok(keys?.into_iter().flatten().collect())
}

/// Renders every page whose key is not the one that is known, and its card, in parallel. What is wrong with a
/// template is said once. Gives the keys of the pages that the sink has.
fn render(
    renderer: &Renderer<'_>,
    plan: &[Planned],
    keys: Option<(&[Fingerprint], &HashMap<String, Fingerprint>)>,
    (sink, costs): (&dyn Sink, &Costs),
    watcher: &dyn Watcher,
) -> io::Result<(Vec<Diagnostic>, HashMap<String, Fingerprint>)> {
    let done = AtomicUsize::new(0);
    let one = |(at, planned): (usize, &Planned)| {
        let path = planned.address.output_path();
        let key = keys.map(|(keys, _)| keys[at]);
        let same = keys.is_some_and(|(_, known)| known.get(&path).copied() == key);
        let kept = |path: &str| Ok::<bool, io::Error>(same && sink.keep(path)? == Kept::Yes);
        let mut faults = Vec::new();
        if !kept(&path)? {
            let put = costs.put(planned.page.template(), sink, || renderer.page(planned))?;
            faults.extend(put.err().map(|fault| *fault));
            watcher.rendered(done.fetch_add(1, Ordering::Relaxed) + 1, plan.len());
        }
        if let Some(card) = planned.share_card(renderer.composer().config)
            && !kept(&card)?
        {
            let put = costs.put("card", sink, || renderer.share_card(planned))?;
            faults.extend(put.err().map(|fault| *fault));
        }
        Ok((key.filter(|_| faults.is_empty()).map(|key| (path, key)), faults))
    };
    let results: io::Result<Vec<_>> = plan.par_iter().enumerate().map(one).collect();
    let (rendered, faults): (Vec<_>, Vec<Vec<_>>) = results?.into_iter().unzip();
    let mut faults: Vec<Diagnostic> = faults.into_iter().flatten().collect();
    faults.sort_by(|a, b| a.order().cmp(&b.order()));
    faults.dedup();
    Ok((faults, rendered.into_iter().flatten().collect()))
}
