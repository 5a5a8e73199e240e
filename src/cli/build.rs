//! `rapporteur build`: the site from its sources to the output folder.

use super::arguments::{Build, Format, Site};
use super::{Ending, Failure, Outcome, changes, clock, print, timings};
use crate::config::{Drafts, Overrides, Publish};
use crate::load::{Change, Disk};
use crate::pipeline::{self, Causes, Kept, Memos, OnError, Options, Report, Stage, Watcher};
use crate::text::Fingerprint;
use crate::write::{self, Changes, Publication, Seal, WriteError, is_cut_short};
use indicatif::{ProgressBar, ProgressStyle};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a build waits for another one.
const PATIENCE: Duration = Duration::from_secs(60);

/// Builds the site and publishes it, unless it has errors.
pub fn run(site: &Site, options: &Build) -> Outcome {
    let start = Instant::now();
    let disk = open(site)?;
    let fresh = options.fresh;
    let asked = Telling::of(options);
    if options.adopt {
        write::adopt(disk.root(), &output(site, &disk))?;
    }
    let options = Options {
        overrides: overrides(site),
        on_error: if options.keep_going { OnError::KeepGoing } else { OnError::Stop },
    };
    let program = program();
    let build = |publication: &Publication, bar: &Bar| {
        let before = || Kept::read(&publication.kept()?, program, &disk);
        let kept = if fresh { None } else { before() };
        let (report, kept) = pipeline::build_on(&disk, kept, publication, &options, bar)?;
        Ok((report, kept.map(|kept| kept.write(program))))
    };
    let published = publish_with(site, &disk, &options, build)?;
    say(site, &disk, &published, start, asked);
    Ok(if published.report.has_errors() { Ending::Mistakes } else { Ending::Fine })
}

/// A build, and what it changed in the output; nothing where it has errors.
pub struct Published {
    report: Report,
    changes: Option<Changes>,
}

/// Builds again after `changes` and publishes, unless there are errors.
pub fn publish(
    site: &Site,
    disk: &Disk,
    changes: &[Change],
    memos: &mut Memos,
    options: &Options,
) -> Result<Published, Failure> {
    publish_with(site, disk, options, |publication, bar| {
        let mut report = pipeline::rebuild(disk, changes, memos, publication, options, bar)?;
        report.causes = Causes::noticed(changes);
        Ok((report, None))
    })
}

/// What tells this program from any other, older or newer.
pub fn program() -> Fingerprint {
    Fingerprint::of(env!("RAPPORTEUR_PROGRAM").as_bytes())
}

fn publish_with(
    site: &Site,
    disk: &Disk,
    options: &Options,
    build: impl FnOnce(&Publication, &Bar) -> std::io::Result<(Report, Option<Vec<u8>>)>,
) -> Result<Published, Failure> {
    let publication = begin(disk, &output(site, disk))?;
    let bar = Bar::new(site);
    let (mut report, kept) = build(&publication, &bar)?;
    bar.0.finish_and_clear();
    if !pipeline::may_publish(&report, options.on_error) {
        publication.discard();
        return Ok(Published { report, changes: None });
    }
    let as_of = report.as_of.map(|day| day.to_string());
    let commit = || publication.commit_with(as_of.as_deref(), kept.as_deref());
    let changes = report.timings.stage(Stage::Publish, commit)?;
    if !site.drafts {
        note_published(disk, report.publish);
    }
    Ok(Published { report, changes: Some(changes) })
}

/// How much is said of what a build changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// How many files.
    Counts,
    /// Which files, and why.
    Files,
}

impl Telling {
    /// What the command line asks for.
    pub fn of(options: &Build) -> Self {
        if options.changes { Telling::Files } else { Telling::Counts }
    }
}

/// Says what a build found and did.
pub fn say(site: &Site, disk: &Disk, published: &Published, start: Instant, telling: Telling) {
    let Published { report, changes } = published;
    let output = output(site, disk);
    print::diagnostics(&report.diagnostics, site);
    let Some(changes) = changes else {
        if let Some(tally) = print::tally(report).filter(|_| site.format == Format::Human) {
            print::notice(&format!("{tally}: nothing was published, {} is as it was", output.display()));
        }
        return;
    };
    timings::say(report, site);
    if !site.format.is_data() {
        let counts = report.counts;
        let number = |number: usize, word: &str| {
            format!("{} {word}{}", print::thousands(number), if number == 1 { "" } else { "s" })
        };
        print::line(&format!(
            "{}, {}, {}, {} in {:.2} s  {changes}",
            number(counts.pages, "page"),
            number(counts.debates, "debate"),
            number(counts.notes, "note"),
            number(counts.words, "word"),
            start.elapsed().as_secs_f64()
        ));
        let left_out = counts.left_out.to_string();
        if !left_out.is_empty() {
            print::line(&format!("Left out: {left_out} (--drafts shows them)"));
        }
    }
    if telling == Telling::Files {
        changes::say(changes, &report.causes, site);
    }
    if !site.format.is_data() {
        print::line(&format!(
            "The site is in {}: open {}",
            output.display(),
            output.join("index.html").display()
        ));
    }
}

/// The folder of what is kept of the last publication.
const PUBLISHED: &str = "published";

/// From which standing notes were published last.
fn last_published(root: &Path) -> Option<Publish> {
    (write::kept(root, PUBLISHED, Seal::AnyCopy)? == b"approved").then_some(Publish::Approved)
}

/// Notes from which standing notes were published, so that a configuration that loses its words opens nothing.
fn note_published(disk: &Disk, publish: Publish) {
    let word: &[u8] = match publish {
        Publish::Approved => b"approved",
        Publish::InReview => b"in-review",
    };
    write::keep(disk.root(), PUBLISHED, word, Seal::AnyCopy);
}

/// The site on the disk.
pub fn open(site: &Site) -> Result<Disk, Failure> {
    let disk = opened(site)?;
    if [disk.root().to_owned(), disk.root().join("content")].iter().any(|root| is_cut_short(root)) {
        print::notice(
            "a change of several files was cut short: `rapporteur resume` finishes it, `rapporteur resume --undo` takes it \
             back",
        );
    }
    Ok(disk)
}

/// The same, and nothing is said.
pub fn opened(site: &Site) -> Result<Disk, Failure> {
    Disk::open(&site.root)
        .map_err(|error| Failure(format!("cannot open the folder {}: {error}", site.root.display())))
}

/// What the command line says over the configuration.
pub fn overrides(site: &Site) -> Overrides {
    Overrides {
        base_url: site.base_url.clone(),
        theme: site.theme.clone(),
        drafts: if site.drafts { Drafts::Shown } else { Drafts::Hidden },
        as_of: site.as_of,
        today: None,
        published: last_published(&site.root),
        clock: Some(clock::today),
        deny: site.deny.clone(),
    }
}

fn output(site: &Site, disk: &Disk) -> PathBuf {
    match &site.output {
        Some(output) => output.clone(),
        // As the user named the root, for the messages.
        None if site.root.as_os_str() == "." => PathBuf::from("output"),
        None => disk.root().join("output"),
    }
}

fn begin(disk: &Disk, output: &std::path::Path) -> Result<Publication, WriteError> {
    match Publication::begin(disk.root(), output) {
        Err(error) if error.is_busy() => {
            print::notice("another build of this site is running: waiting for it");
            Publication::begin_within(disk.root(), output, PATIENCE)
        }
        begun => begun,
    }
}

/// A progress bar, shown only on long work and only when a person watches.
struct Bar(ProgressBar);

impl Bar {
    fn new(site: &Site) -> Self {
        let hidden = site.format != Format::Human || !print::is_watched();
        let bar = if hidden { ProgressBar::hidden() } else { ProgressBar::no_length() };
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} pages") {
            bar.set_style(style);
        }
        Bar(bar)
    }
}

impl Watcher for Bar {
    fn rendered(&self, done: usize, total: usize) {
        // Short work needs no bar, and a bar needs no more than a few hundred steps.
        if total >= 500 && (done.is_multiple_of(64) || done == total) {
            self.0.set_length(total as u64);
            self.0.set_position(done as u64);
        }
    }
}
