//! Room `pipeline`: a build, on one screen ([`edition`]). Sources in, files to the sink, diagnostics
//! and a report out; memos make the next build short. It does no input or output itself.

mod causes;
mod checking;
mod costs;
mod debates;
mod edition;
mod kept;
mod ledger;
mod memos;
mod parse;
mod places;
mod report;
mod searching;
mod settled;
mod trace;
mod written;

pub use causes::{Causes, Turn, Why};
pub use checking::Checking;
pub use costs::{Cost, Made, by_kind};
pub use edition::Edition;
pub use kept::{Kept, Keys};
pub use ledger::ledger;
pub use memos::Memos;
pub use parse::parse_debate;
pub use report::{Counts, LeftOut, Report, Stage, Timed, Timings, WARNINGS};
pub use trace::trace;

use crate::config::{self, Config, Drafts, Overrides};
use crate::diagnostics::{self, Diagnostic, Place, Severity};
use crate::export::{Export, Exporter};
use crate::index::Index;
use crate::layout::Layout;
use crate::load::{self, Change, Sources};
use crate::model::{Person, Site};
use crate::output::{self, Sink};
use crate::pages::{self, Planned, Standing};
use crate::permalink::Beside;
use crate::resolve::{self, PlacedDebate};
use crate::search;
use crate::text::{SitePath, Source};
use crate::theme::Theme;
use causes::MadeFrom;
use edition::Sound;
use kept::Recorded;
use memos::Touched;
use searching::KeptSearch;
use std::collections::HashSet;
use std::io;
use std::sync::{Arc, OnceLock, PoisonError};

/// What a build is asked to do.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the command line says over `rapporteur.yaml`.
    pub overrides: Overrides,
    /// What becomes of a site with mistakes.
    pub on_error: OnError,
}

/// What becomes of a site with mistakes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnError {
    /// Nothing is published.
    #[default]
    Stop,
    /// The rest is published: for a deadline.
    KeepGoing,
}

/// Something that wants to know how far a build has come.
pub trait Watcher: Sync {
    /// `done` of `total` pages are rendered.
    fn rendered(&self, done: usize, total: usize);
}

/// Nobody watches.
pub struct Unwatched;

impl Watcher for Unwatched {
    fn rendered(&self, _: usize, _: usize) {}
}

/// Builds a site: every page of `sources` goes to `sink`, unless there is an error among the
/// diagnostics. The result of the machine's failures is an `io::Error`; authors' mistakes are in the
/// report.
pub fn build(
    sources: &dyn Sources,
    sink: &dyn Sink,
    options: &Options,
    watcher: &dyn Watcher,
) -> io::Result<Report> {
    let edition = edition(sources, &[Change::Rescan], &mut Memos::default(), options)?;
    edition.publish(sources, sink, None, options.on_error, watcher)
}

/// Builds a site again after `changes`, with what `memos` remember of the build before: the sink then
/// has, byte for byte, what a clean build would give it. The first time `memos` are empty.
pub fn rebuild(
    sources: &dyn Sources,
    changes: &[Change],
    memos: &mut Memos,
    sink: &dyn Sink,
    options: &Options,
    watcher: &dyn Watcher,
) -> io::Result<Report> {
    let edition = edition(sources, changes, memos, options)?;
    edition.publish(sources, sink, Some(&mut memos.rendered), options.on_error, watcher)
}

/// Builds a site in a run of the program for itself, with what an earlier run kept: the sink then has, byte
/// for byte, what a clean build would give it. Gives what to keep of this one.
pub fn build_on(
    sources: &dyn Sources,
    kept: Option<Kept>,
    sink: &dyn Sink,
    options: &Options,
    watcher: &dyn Watcher,
) -> io::Result<(Report, Option<Kept>)> {
    // A file that can't be read is for the build to report.
    if let Some(before) = &kept
        && let Ok(inputs) = kept::inputs(sources, options)
        && let Some(report) = before.report(inputs)
        && may_publish(&report, options.on_error)
        && sink.keep_all()? == output::Kept::Yes
    {
        return Ok((report, kept));
    }
    let recorded = Recorded::new(sources);
    let before = kept.as_ref().map(|kept| kept.made_from.clone());
    let (mut keys, search) = kept.map(|kept| (kept.keys, kept.search)).unwrap_or_default();
    // The memos go before anything is rendered: no later build of this run wants them.
    let edition = edition(&recorded, &[Change::Rescan], &mut Memos::default(), options)?;
    let (templates, styled) = edition.templates();
    let searching = edition.searching.clone();
    let searching = || searching.lock().unwrap_or_else(PoisonError::into_inner);
    searching().begin_with(search);
    let mut report = edition.publish(&recorded, sink, Some(&mut keys), options.on_error, watcher)?;
    let (inputs, made_from) = recorded.inputs(options).unwrap_or_default();
    let made_from = MadeFrom { templates, ..made_from };
    report.causes = Causes::between(before.as_ref(), &made_from).styled(before.as_ref(), &made_from, styled);
    let keep = || Kept::of(inputs, &report, keys, searching().keep()).made_from(made_from);
    let kept = may_publish(&report, options.on_error).then(keep);
    Ok((report, kept))
}

/// Everything that is wrong with a site: as it will be published, and with its drafts. Both passes share
/// what they read; what only one of them found says so. The rest of the report is that with drafts.
pub fn check(sources: &dyn Sources, options: &Options) -> io::Result<Report> {
    let mut memos = Memos::default();
    let mut sound = Sound::default();
    let mut pass = |drafts, changes: &[Change]| {
        let overrides = Overrides { drafts, ..options.overrides.clone() };
        // Templates are tried even where the content has mistakes: every problem in one run.
        let options = Options { overrides, on_error: OnError::KeepGoing };
        Ok::<Report, io::Error>(edition_in_full(sources, changes, &mut memos, &options)?.tried(&mut sound))
    };
    let published = pass(Drafts::Hidden, &[Change::Rescan])?;
    let mut report = pass(Drafts::Shown, &[])?;
    report.diagnostics = diagnostics::of_both(published.diagnostics, report.diagnostics);
    report.group();
    let mut timings = published.timings;
    timings.0.append(&mut report.timings.0);
    report.timings = timings;
    Ok(report)
}

/// [`check`], with what an earlier run kept: where no file changed, what it said is said again. Gives what
/// to keep of this one.
pub fn check_on(
    sources: &dyn Sources,
    kept: Option<Kept>,
    options: &Options,
) -> io::Result<(Report, Option<Kept>)> {
    if let Some(before) = kept
        && let Ok(inputs) = kept::inputs(sources, options)
        && let Some(report) = before.report(inputs)
    {
        return Ok((report, Some(before)));
    }
    let recorded = Recorded::new(sources);
    let report = check(&recorded, options)?;
    let (inputs, _) = recorded.inputs(options).unwrap_or_default();
    let kept = Kept::of(inputs, &report, Keys::default(), KeptSearch::default());
    Ok((report, Some(kept)))
}

/// The pipeline: from the files that changed to the site as it is now, ready to be rendered. What the
/// changes don't reach comes from `memos`.
pub fn edition(
    sources: &dyn Sources,
    changes: &[Change],
    memos: &mut Memos,
    options: &Options,
) -> io::Result<Edition> {
    let mut edition = edition_in_full(sources, changes, memos, options)?;
    edition.report.group();
    Ok(edition)
}

/// The same, with every diagnostic, however many are alike: for what joins those of two editions.
fn edition_in_full(
    sources: &dyn Sources,
    changes: &[Change],
    memos: &mut Memos,
    options: &Options,
) -> io::Result<Edition> {
    let touched = Touched::by(changes);
    let mut report = Report::default();
    let mut timings = Timings::default();
    let remarks = &mut report.diagnostics;

    let layout = timings.stage(Stage::Load, || memos.layout(sources, changes))?.take(remarks);
    let config = configuration(sources, &layout, options)?;
    let is_unsure = config.diagnostics.iter().any(|one| one.severity == Severity::Error);
    let config = config.take(remarks);
    let theme =
        timings.stage(Stage::Theme, || memos.theme(sources, &layout, &touched, &config))?.take(remarks);
    timings.stage(Stage::Parse, || -> io::Result<()> {
        let names = memos.names(sources, &layout, &touched, &config)?;
        memos.debates.update(sources, &layout, &touched, &names, &config)
    })?;
    if let Some(theme) = &theme {
        let (asked, by_home) = memos.templates_asked();
        hold_templates(theme, &asked, remarks);
        let wrong = by_home.filter(|(name, _)| name != "home");
        remarks.extend(wrong.map(|(name, place)| diagnostics::unknown_template(place, &name, &["home"])));
    }
    let site = timings.stage(Stage::Resolve, || resolve::site(memos.settle(&config), &config));
    remarks.extend(memos.remarks().cloned());
    let dates = if config.as_of.is_none() { memos.dates() } else { Vec::new() };
    remarks.extend(diagnostics::undated_site(&dates));
    let index = timings.stage(Stage::Index, || memos.index(&site));
    let (plan, copied) = timings.stage(Stage::Plan, || {
        let mut plan = pages::plan(&site, &index);
        settle_clashes(&layout, &site, &index, &mut plan, remarks);
        let mut copied = settle_copies(&layout, &config, &site, &index, &plan, remarks);
        places::settle_places((&layout, &config), (&site, &index), &mut plan, &mut copied, remarks);
        (plan, copied)
    });
    let standings = || {
        let exporter = Exporter::new(&config, &site, &index, &plan);
        ledger::Standings::new(&site, &plan, &exporter, &copied)
    };
    ledger::hold(sources, &layout, standings, remarks)?;
    if is_unsure {
        // Such a configuration publishes as little as may be: what that hides is no mistake of the texts.
        remarks.retain(|one| one.code != "unpublished-link");
    }

    report.timings = timings;
    report.publish = config.publish;
    report.counts.left_out = memos.left_out(&config);
    report.count(&site, &plan);
    report.settle(&config.deny);
    let searching = memos.searching.clone();
    Ok(Edition { report, config, site, index, plan, copied, layout, theme, searching, keys: OnceLock::new() })
}

fn configuration(
    sources: &dyn Sources,
    layout: &Layout,
    options: &Options,
) -> io::Result<diagnostics::Checked<Config>> {
    let mut remarks = Vec::new();
    let source = match &layout.configuration {
        Some(path) => load::read_text(sources, path)?.take(&mut remarks),
        None => None,
    };
    let unreadable = layout.configuration.is_some() && source.is_none();
    let mut config = config::read(source.as_ref(), &options.overrides);
    if unreadable {
        // What is wrong with the file was reported; it is not missing.
        config.diagnostics.clear();
    }
    config.diagnostics.extend(remarks);
    Ok(config)
}

/// Holds the templates that pages ask for to those that the theme has. One that is asked for is not unused.
fn hold_templates(theme: &Theme, asked: &[(String, Place)], remarks: &mut Vec<Diagnostic>) {
    let known: Vec<&str> = theme.template_names().filter(|name| pages::is_for_text(name)).collect();
    for (name, place) in asked {
        if !known.contains(&name.as_str()) {
            remarks.push(diagnostics::unknown_template(place.clone(), name, &known));
        }
    }
    let is_of_one = |diagnostic: &Diagnostic| {
        let path = diagnostic.place.as_ref().map_or("", |place| place.source.path.as_str());
        asked.iter().any(|(name, _)| path.ends_with(&format!("/templates/{name}.html")))
    };
    remarks.retain(|diagnostic| diagnostic.code != "unused-piece" || !is_of_one(diagnostic));
}

/// The file that a page is made from.
fn place_of(planned: &Planned, layout: &Layout, site: &Site, index: &Index) -> Place {
    let source = planned.page.source(site, index);
    let path = source.and_then(|source| layout.source_of(&source));
    let fallback = || SitePath::new("rapporteur.yaml").expect("a plain name");
    Place::file(&Source::new(path.unwrap_or_else(fallback), ""))
}

/// Two pages for one address: reported, and only the first stays.
fn settle_clashes(
    layout: &Layout,
    site: &Site,
    index: &Index,
    plan: &mut Vec<Planned>,
    remarks: &mut Vec<Diagnostic>,
) {
    let place_of = |planned: &Planned| place_of(planned, layout, site, index);
    let mut dropped = HashSet::new();
    for (first, second) in pages::clashes(plan) {
        if second.page.standing() == Standing::Former {
            remarks.push(diagnostics::duplicate_alias(place_of(second), second.address.as_str()));
            dropped.insert(second.page);
            continue;
        }
        let text_page = if first.page.standing() == Standing::Named { first } else { second };
        remarks.push(diagnostics::duplicate_permalink(
            place_of(text_page),
            text_page.address.as_str(),
            "another page",
        ));
        dropped.insert(second.page);
    }
    plan.retain(|planned| !dropped.contains(&planned.page));
}

/// The files of `static/` that have a place; one that stands where the site has a file of its own is reported.
fn settle_copies(
    layout: &Layout,
    config: &Config,
    site: &Site,
    index: &Index,
    plan: &[Planned],
    remarks: &mut Vec<Diagnostic>,
) -> Vec<(SitePath, String)> {
    if layout.assets.is_empty() {
        return Vec::new();
    }
    let mut outputs: HashSet<String> = plan.iter().map(|planned| planned.address.output_path()).collect();
    outputs.extend(plan.iter().filter_map(|planned| planned.share_card(config)));
    let exporter = Exporter::new(config, site, index, plan);
    // The name of a record as plain text has its fingerprint: too dear to be asked for, and told by its folder.
    let exports = exporter.exports().into_iter();
    let exports = exports.filter(|export| !export.gives_way() && !matches!(export, Export::PlainText(_)));
    outputs.extend(exports.map(|export| exporter.path(export)));
    fn of_debate(name: &str) -> Option<&str> {
        match Beside::parse(name)? {
            Beside::Data(slug, _) | Beside::PlainText(slug, _) => Some(slug),
            _ => None,
        }
    }
    let is_of_a_debate = |name: &str| {
        of_debate(name).is_some_and(|slug| site.debates.iter().any(|debate| debate.slug.as_str() == slug))
    };
    let is_taken = |name: &str| {
        outputs.contains(name)
            || name.starts_with("theme/")
            || name.starts_with(search::FOLDER)
            || is_of_a_debate(name)
    };
    let (taken, copied): (Vec<_>, Vec<_>) =
        layout.assets.iter().cloned().partition(|(_, name)| is_taken(name));
    for (path, name) in &taken {
        let place = Place::file(&Source::new(path.clone(), ""));
        remarks.push(diagnostics::duplicate_permalink(place, name, "a file of the site"));
    }
    copied
}

/// Whether a site may be published with these diagnostics.
pub fn may_publish(report: &Report, on_error: OnError) -> bool {
    on_error == OnError::KeepGoing
        || report.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
}

/// What commands that ask about the record, and make no pages, know of a site.
pub struct AsRead {
    /// The debates as placed.
    pub debates: Vec<Arc<PlacedDebate>>,
    /// The people, by their files.
    pub people: Arc<Vec<Person>>,
    /// The configuration.
    pub config: Config,
}

/// The site as it is read, for commands that make no pages. What is wrong with it is for `check` to say.
pub fn site_as_read(sources: &dyn Sources, options: &Options) -> io::Result<AsRead> {
    let mut memos = Memos::default();
    let layout = memos.layout(sources, &[Change::Rescan])?.value;
    let config = configuration(sources, &layout, options)?.value;
    let names = memos.names(sources, &layout, &Touched::All, &config)?;
    memos.debates.update(sources, &layout, &Touched::All, &names, &config)?;
    let people = memos.people();
    Ok(AsRead { debates: memos.debates.placed().cloned().collect(), people, config })
}
