//! What a build remembers for the next one: every file's value with the fingerprint of what it was
//! made from, and the remarks that go with it. A memo that holds replays both.

use super::debates::Debates;
use super::kept::Keys;
use super::report::LeftOut;
use super::searching::Searching;
use super::settled::Settled;
use super::written::{Outcome, WrittenPages};
use crate::config::{Config, Drafts, Publish};
use crate::content::{RawPage, Written};
use crate::diagnostics::{Checked, Diagnostic, Place};
use crate::index::Index;
use crate::layout::{self, Layout};
use crate::load::{Change, Sources};
use crate::model::{Debate, Person, Site};
use crate::resolve::{self, HiddenNames, Names, Parts};
use crate::text::{Fingerprint, SitePath};
use crate::theme::Theme;
use std::collections::BTreeSet;
use std::io;
use std::sync::{Arc, Mutex};

/// Everything remembered of a site. Empty, it makes a clean build.
#[derive(Default)]
pub struct Memos {
    pub(super) listing: Option<Checked<Vec<SitePath>>>,
    pub(super) layout: Option<(Arc<Layout>, Vec<Diagnostic>)>,
    pub(super) theme: Option<ThemeMemo>,
    pub(super) pages: WrittenPages,
    pub(super) names: Option<NamesMemo>,
    pub(super) debates: Debates,
    pub(super) settled: Settled,
    /// The last index, and the debates it is of.
    pub(super) index: Option<(Arc<Index>, Vec<Arc<Debate>>)>,
    /// The debates as data and the index of their words.
    pub(super) searching: Arc<Mutex<Searching>>,
    /// The keys of the files that the sink has.
    pub(super) rendered: Keys,
}

/// A theme as loaded.
pub(super) struct ThemeMemo {
    /// What the configuration chose.
    pub chosen: Fingerprint,
    pub value: Option<Arc<Theme>>,
    pub remarks: Vec<Diagnostic>,
}

/// The names of the site.
pub(super) struct NamesMemo {
    pub names: Arc<Names>,
    pub people: Arc<Vec<Person>>,
    pub remarks: Vec<Diagnostic>,
    /// All of it.
    pub fingerprint: Fingerprint,
    /// Which files readers can see hangs on these.
    pub shows: (Drafts, Publish),
}

/// A template that a page asks for, and where.
pub(super) type Asked = (String, Place);

/// The files that may be others than they were.
#[derive(Debug, Clone)]
pub(super) enum Touched {
    /// Any.
    All,
    /// These.
    Files(BTreeSet<SitePath>),
}

impl Touched {
    pub fn by(changes: &[Change]) -> Self {
        let mut files = BTreeSet::new();
        for change in changes {
            match change {
                Change::Created(path) | Change::Changed(path) | Change::Deleted(path) => {
                    files.insert(path.clone());
                }
                Change::Rescan => return Touched::All,
            }
        }
        Touched::Files(files)
    }

    /// Whether this file may be another.
    pub fn has(&self, path: &SitePath) -> bool {
        match self {
            Touched::All => true,
            Touched::Files(files) => files.contains(path),
        }
    }

    /// Whether any file below this folder (`themes/`) may be another.
    pub fn has_below(&self, folder: &str) -> bool {
        match self {
            Touched::All => true,
            Touched::Files(files) => files.iter().any(|path| path.as_str().starts_with(folder)),
        }
    }
}

/// A file's value, remembered.
pub(super) struct Memo<T> {
    pub path: SitePath,
    /// The bytes it was made from.
    pub bytes: Fingerprint,
    pub value: Option<Arc<T>>,
    pub remarks: Vec<Diagnostic>,
}

impl Memos {
    /// Forgets what the sink has: after it lost the files that it was given.
    pub fn forget_rendered(&mut self) {
        self.rendered = Keys::default();
    }

    /// The files of the site. Only created and deleted files change which there are.
    pub(super) fn layout(
        &mut self,
        sources: &dyn Sources,
        changes: &[Change],
    ) -> io::Result<Checked<Arc<Layout>>> {
        let lost = changes.contains(&Change::Rescan);
        let moved = changes.iter().any(|change| matches!(change, Change::Created(_) | Change::Deleted(_)));
        let listing = match self.listing.take().filter(|_| !lost) {
            Some(mut listing) => {
                if moved {
                    apply(changes, &mut listing.value);
                }
                listing
            }
            None => sources.list()?,
        };
        let layout = match self.layout.take().filter(|_| !lost && !moved) {
            Some(layout) => layout,
            None => {
                let mut remarks = listing.diagnostics.clone();
                let layout = layout::sorted(&listing.value).take(&mut remarks);
                self.names = None;
                (Arc::new(layout), remarks)
            }
        };
        let (value, diagnostics) = layout.clone();
        (self.listing, self.layout) = (Some(listing), Some(layout));
        Ok(Checked { value, diagnostics })
    }

    /// The theme that the configuration chooses.
    pub(super) fn theme(
        &mut self,
        sources: &dyn Sources,
        layout: &Layout,
        touched: &Touched,
        config: &Config,
    ) -> io::Result<Checked<Option<Arc<Theme>>>> {
        let chosen = Fingerprint::of_value(&(&config.theme, &config.theme_options));
        let memo = match self.theme.take() {
            Some(memo) if memo.chosen == chosen && !touched.has_below("themes/") => memo,
            _ => {
                let loaded = Theme::load(sources, &layout.paths, config)?;
                ThemeMemo { chosen, value: loaded.value.map(Arc::new), remarks: loaded.diagnostics }
            }
        };
        let checked = Checked { value: memo.value.clone(), diagnostics: memo.remarks.clone() };
        self.theme = Some(memo);
        Ok(checked)
    }

    /// The names of the site, once its small files are read.
    pub(super) fn names(
        &mut self,
        sources: &dyn Sources,
        layout: &Layout,
        touched: &Touched,
        config: &Config,
    ) -> io::Result<Arc<Names>> {
        let outcome = self.pages.update(sources, layout, touched)?;
        let shows = (config.drafts, config.publish);
        let is_same = |memo: &&NamesMemo| outcome == Outcome::Same && memo.shows == shows;
        if let Some(memo) = self.names.as_ref().filter(is_same) {
            return Ok(memo.names.clone());
        }
        let pages = self.pages.pages();
        let assets = layout.assets.iter().map(|(_, name)| name.as_str().into());
        let checked = resolve::names(&pages, layout.debates.keys().cloned(), assets, config);
        let (names, people) = checked.value;
        let fingerprint = Fingerprint::of_value(&(&names, &people));
        let names = Arc::new(names);
        self.names = Some(NamesMemo {
            names: names.clone(),
            people: Arc::new(people),
            remarks: checked.diagnostics,
            fingerprint,
            shows,
        });
        Ok(names)
    }

    /// The people of the site, as far as its names are read.
    pub(super) fn people(&self) -> Arc<Vec<Person>> {
        self.names.as_ref().map(|memo| memo.people.clone()).unwrap_or_default()
    }

    /// The templates that pages of text ask for, each with its place; and the one that the home page asks for.
    pub(super) fn templates_asked(&self) -> (Vec<Asked>, Option<Asked>) {
        let pages = self.pages.pages();
        let asked = |written: &Arc<Written<RawPage>>| {
            Some((written.raw.template.clone()?, written.place(&["template"])))
        };
        (pages.pages.values().filter_map(asked).collect(), pages.home.as_ref().and_then(asked))
    }

    /// The parts of the site, their prose settled.
    pub(super) fn settle(&mut self, config: &Config) -> Parts {
        let Some(names) = &self.names else { return Parts::default() };
        self.settled.update(&self.pages.pages(), names, &self.debates, config)
    }

    /// What is listed where.
    pub(super) fn index(&mut self, site: &Site) -> Arc<Index> {
        let index = Arc::new(match &self.index {
            Some((before, debates)) => Index::after(before, debates, site),
            None => Index::new(site),
        });
        self.index = Some((index.clone(), site.debates.clone()));
        index
    }

    /// The dates that can only be judged on a day, in the order of the files.
    pub(super) fn dates(&self) -> Vec<String> {
        let placed = self.debates.placed().flat_map(|placed| placed.dates.iter().cloned());
        let pages = self.pages.pages();
        let briefings = pages.briefings.values().flat_map(|written| resolve::dates_of_briefing(written));
        let mut dates: Vec<String> = briefings.chain(placed).collect();
        dates.sort();
        dates
    }

    /// What readers don't see of the site. Of a debate that they don't see, its notes are not counted.
    pub(super) fn left_out(&self, config: &Config) -> LeftOut {
        let mut left_out = LeftOut::default();
        for placed in self.debates.placed() {
            match placed.debate.particulars.hidden {
                Some(why) => left_out.count(why),
                None => placed.hidden.values().for_each(|why| left_out.count(*why)),
            }
        }
        let pages = self.pages.pages();
        // What is wrong with a date was told where it was settled.
        let briefings = pages.briefings.values();
        let hidden =
            briefings.filter_map(|written| resolve::hidden_briefing(written, config, &mut Vec::new()));
        hidden.for_each(|why| left_out.count(why));
        let HiddenNames { topics, people, pages: texts } = resolve::hidden_names(&pages, config);
        let home = pages.home.iter().filter_map(|home| resolve::hidden_by_status(home.raw.status, config));
        let files = topics.into_values().chain(people.into_values()).chain(texts.into_values()).chain(home);
        files.for_each(|why| left_out.count(why));
        left_out
    }

    /// What is wrong with the content: replayed from every memo.
    pub(super) fn remarks(&self) -> impl Iterator<Item = &Diagnostic> {
        let names = self.names.iter().flat_map(|names| &names.remarks);
        names.chain(self.pages.remarks()).chain(self.debates.remarks()).chain(self.settled.remarks())
    }
}

/// Brings a sorted list of files up to date.
fn apply(changes: &[Change], paths: &mut Vec<SitePath>) {
    let mut known: BTreeSet<SitePath> = std::mem::take(paths).into_iter().collect();
    for change in changes {
        match change {
            Change::Created(path) => {
                known.insert(path.clone());
            }
            Change::Deleted(path) => {
                known.remove(path);
            }
            Change::Changed(_) | Change::Rescan => {}
        }
    }
    paths.extend(known);
}
