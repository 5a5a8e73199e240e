//! Room `build`: the pipeline, on one screen. Sources in, files to the sink, diagnostics and a report
//! out. It does no input or output itself.

mod gather;
mod parse;
mod report;

pub use gather::{DebateFiles, Layout, layout};
pub use parse::parse_debate;
pub use report::{Counts, Report, Stage, Timings};

use crate::config::{self, Config, Overrides};
use crate::diagnostics::{self, Diagnostic, Place, Severity};
use crate::export;
use crate::load::{self, Sources};
use crate::output::{OutputFile, Sink};
use crate::pages::{self, Composer, Index, Planned};
use crate::render::Renderer;
use crate::resolve::{self, PlacedDebate};
use crate::text::{SitePath, Source};
use crate::theme::Theme;
use rayon::prelude::*;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

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
    let mut report = Report::default();
    let layout = report.timings.stage(Stage::Load, || gather::layout(sources))?.take(&mut report.diagnostics);
    let config = configuration(sources, &layout, options)?.take(&mut report.diagnostics);
    let theme = report
        .timings
        .stage(Stage::Theme, || Theme::load(sources, &layout.paths, &config))?
        .take(&mut report.diagnostics);
    let parsed = report
        .timings
        .stage(Stage::Parse, || parse::parse(sources, &layout, &config))?
        .take(&mut report.diagnostics);
    let site =
        report.timings.stage(Stage::Resolve, || resolve::site(parsed, &config)).take(&mut report.diagnostics);
    let index = report.timings.stage(Stage::Index, || Index::new(&site));
    let plan = pages::plan(&site, &index);
    report.count(&site, &index, &plan);
    check_addresses(&layout, &plan, &mut report.diagnostics);
    report.settle(&config.deny);
    let Some(theme) = theme.filter(|_| options.on_error == OnError::KeepGoing || !report.has_errors()) else {
        return Ok(report);
    };

    let composer = Composer::new(&config, &site, &index);
    let renderer = Renderer::new(&theme, &composer);
    let faults = report.timings.stage(Stage::Render, || render(&renderer, &plan, sink, watcher))?;
    report.timings.stage(Stage::Export, || {
        write_rest(sources, &layout, &theme, export::all(&config, &site, &plan), sink)
    })?;
    report.as_of = site.as_of;
    report.diagnostics.extend(faults);
    report.diagnostics.extend(renderer.faults());
    report.settle(&config.deny);
    Ok(report)
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
        // What is wrong with the file was said; it is not missing.
        config.diagnostics.clear();
    }
    config.diagnostics.extend(remarks);
    Ok(config)
}

/// Renders every page in parallel. What is wrong with a template is said once.
fn render(
    renderer: &Renderer<'_>,
    plan: &[Planned],
    sink: &dyn Sink,
    watcher: &dyn Watcher,
) -> io::Result<Vec<Diagnostic>> {
    let done = AtomicUsize::new(0);
    let faults: io::Result<Vec<Option<Diagnostic>>> = plan
        .par_iter()
        .map(|planned| {
            let fault = match renderer.page(planned) {
                Ok(file) => {
                    sink.put(file)?;
                    None
                }
                Err(fault) => Some(*fault),
            };
            watcher.rendered(done.fetch_add(1, Ordering::Relaxed) + 1, plan.len());
            Ok(fault)
        })
        .collect();
    let mut faults: Vec<Diagnostic> = faults?.into_iter().flatten().collect();
    faults.sort_by(|a, b| a.order().cmp(&b.order()));
    faults.dedup();
    Ok(faults)
}

/// Writes what is copied as it is, and what machines read.
fn write_rest(
    sources: &dyn Sources,
    layout: &Layout,
    theme: &Theme,
    exports: Vec<OutputFile>,
    sink: &dyn Sink,
) -> io::Result<()> {
    for asset in theme.assets() {
        sink.put(asset.clone())?;
    }
    for (path, name) in &layout.assets {
        sink.put(OutputFile { path: name.clone(), bytes: sources.read(path)? })?;
    }
    exports.into_iter().try_for_each(|file| sink.put(file))
}

/// Two pages for one address, or a page where a file of `static/` stands.
fn check_addresses(layout: &Layout, plan: &[Planned], remarks: &mut Vec<Diagnostic>) {
    let place_of = |planned: &Planned| {
        let path = layout.page_source(planned.address.as_str());
        let fallback = || SitePath::new("rapporteur.yaml").expect("a plain name");
        Place::file(&Source::new(path.unwrap_or_else(fallback), ""))
    };
    for (first, second) in pages::clashes(plan) {
        let text_page = if matches!(first.page, pages::Page::Text(_)) { first } else { second };
        remarks.push(diagnostics::duplicate_permalink(
            place_of(text_page),
            text_page.address.as_str(),
            "another page",
        ));
    }
    let outputs: std::collections::HashSet<String> =
        plan.iter().map(|planned| planned.address.output_path()).collect();
    for (path, name) in &layout.assets {
        if outputs.contains(name) || name.starts_with("theme/") {
            let place = Place::file(&Source::new(path.clone(), ""));
            remarks.push(diagnostics::duplicate_permalink(place, name, "a page of the site"));
        }
    }
}

/// Whether a site may be published with these diagnostics.
pub fn may_publish(report: &Report, on_error: OnError) -> bool {
    on_error == OnError::KeepGoing
        || report.diagnostics.iter().all(|diagnostic| diagnostic.severity != Severity::Error)
}

/// The debates as placed, and the configuration: for commands that ask about the record and make no
/// pages. What is wrong with the site is for `check` to say.
pub fn site_as_read(sources: &dyn Sources, options: &Options) -> io::Result<(Vec<PlacedDebate>, Config)> {
    let layout = gather::layout(sources)?.value;
    let config = configuration(sources, &layout, options)?.value;
    let parsed = parse::parse(sources, &layout, &config)?.value;
    Ok((parsed.debates, config))
}
