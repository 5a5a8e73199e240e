//! `rapporteur check`: everything that a build would refuse, and what it would with drafts. Nothing of the
//! site is written; what was said is kept for the next run.

use super::arguments::{Check, Format, Site};
use super::{Ending, Outcome, build as build_command, clock, print, since, timings};
use crate::config::{Drafts, Overrides};
use crate::desk::{self, Answers, Landing, Looked, Outside};
use crate::diagnostics::Severity;
use crate::load::{Disk, Sources};
use crate::pipeline::{self, Edition, Kept, Memos, OnError, Options, Report};
use crate::write::{self, FileEdit, Seal};
use std::io;

/// The folder of what is kept for the next run.
const KEPT: &str = "check";

/// Whether what an earlier run kept is used.
#[derive(Clone, Copy)]
enum UseOfKept {
    /// Where no file changed.
    IfItHolds,
    /// As `--fresh` asks.
    Never,
}

/// What `check` has to say, as published and with drafts.
pub fn report(disk: &Disk, site: &Site) -> io::Result<Report> {
    report_of(disk, site)
}

/// The same of files that are not on disk.
pub fn report_of(sources: &dyn Sources, site: &Site) -> io::Result<Report> {
    pipeline::check(sources, &options(site))
}

fn options(site: &Site) -> Options {
    Options { overrides: build_command::overrides(site), on_error: OnError::KeepGoing }
}

/// Whether the site with these changes has no mistake that it has not without them. What would be wrong
/// only then is printed.
pub fn is_sound(disk: &Disk, site: &Site, edits: &[FileEdit]) -> io::Result<bool> {
    sound(disk, site, edits, None)
}

/// The same, where something has another name after: what was wrong with it already is no new mistake.
pub fn is_sound_when_moved(
    disk: &Disk,
    site: &Site,
    edits: &[FileEdit],
    renamed: (&str, &str),
) -> io::Result<bool> {
    sound(disk, site, edits, Some(renamed))
}

fn sound(disk: &Disk, site: &Site, edits: &[FileEdit], renamed: Option<(&str, &str)>) -> io::Result<bool> {
    let after = report_of(&desk::with_changes(disk, edits)?, site)?.diagnostics;
    if after.is_empty() {
        return Ok(true);
    }
    let before = report(disk, site)?.diagnostics;
    let (errors, warnings): (Vec<_>, Vec<_>) = desk::only_after(before, after, renamed)
        .into_iter()
        .partition(|diagnostic| diagnostic.severity == Severity::Error);
    print::diagnostics(if errors.is_empty() { &warnings } else { &errors }, site);
    Ok(errors.is_empty())
}

/// The same, on what an earlier run of `check` kept.
fn report_on_kept(disk: &Disk, site: &Site, use_of_kept: UseOfKept) -> io::Result<Report> {
    let program = build_command::program();
    let before = match use_of_kept {
        UseOfKept::IfItHolds => write::kept(disk.root(), KEPT, Seal::ThisFile),
        UseOfKept::Never => None,
    };
    let before = before.and_then(|bytes| Kept::read(&bytes, program, disk));
    let (report, kept) = pipeline::check_on(disk, before, &options(site))?;
    if let Some(kept) = kept {
        write::keep(disk.root(), KEPT, &kept.write(program), Seal::ThisFile);
    }
    Ok(report)
}

/// A site looked at closely: it is read once, whatever is asked of it.
struct Look<'s> {
    sources: &'s dyn Sources,
    options: Options,
    memos: Memos,
}

impl<'s> Look<'s> {
    fn new(sources: &'s dyn Sources, site: &Site) -> Self {
        Look { sources, options: options(site), memos: Memos::default() }
    }

    fn with(&self, drafts: Drafts) -> Options {
        let overrides = Overrides { drafts, ..self.options.overrides.clone() };
        Options { overrides, ..self.options.clone() }
    }

    /// The site as it is now, of which only what is not known yet is read.
    fn edition(&mut self, drafts: Drafts) -> io::Result<Edition> {
        let options = self.with(drafts);
        pipeline::edition(self.sources, &[], &mut self.memos, &options)
    }

    /// The finished site, as far as addresses go.
    fn landing(&mut self, published: &Edition) -> io::Result<Landing> {
        let landing = Landing::new(published.config.base_url.as_ref());
        let options = self.with(Drafts::Hidden);
        self.memos.forget_rendered();
        pipeline::rebuild(self.sources, &[], &mut self.memos, &landing, &options, &pipeline::Unwatched)?;
        Ok(landing)
    }

    /// Looks at the finished site, and at what somebody should look at.
    fn closely(&mut self, report: &mut Report) -> io::Result<()> {
        let inventory = desk::Inventory::read(self.sources, &self.options)?;
        let drafts = self.edition(Drafts::Shown)?;
        let mut found = desk::thorough(self.sources, &inventory, &drafts)?;
        // What has errors is not published: nothing is finished of it.
        if !report.has_errors() {
            let published = self.edition(Drafts::Hidden)?;
            found.extend(self.landing(&published)?.lost(&published));
        }
        report.add(found, &drafts.config.deny);
        Ok(())
    }

    /// Asks for the addresses elsewhere that the finished site leads to. What others do is no mistake of the site,
    /// unless its code is denied by name.
    fn outside(&mut self, disk: &Disk, site: &Site, fresh: bool, report: &mut Report) -> io::Result<()> {
        let published = self.edition(Drafts::Hidden)?;
        let landing = self.landing(&published)?;
        let base = published.config.base_url.as_ref();
        let outside = Outside::of(&landing, base, self.sources, published.layout())?;
        let kept = write::kept(disk.root(), OUTSIDE, Seal::ThisFile).filter(|_| !fresh);
        let mut known = kept.map(|bytes| Answers::read(&bytes)).unwrap_or_default();
        let (links, servers) = outside.counts();
        if site.format == Format::Human && links > 0 {
            print::notice(&format!(
                "looking at {} on {}",
                print::count(links, "address", "addresses"),
                print::count(servers, "server", "servers")
            ));
        }
        let looked = outside.look(&mut known, clock::seconds(), &desk::Manners::default());
        write::keep(disk.root(), OUTSIDE, &known.write(), Seal::ThisFile);
        say_outside(&outside, &looked);
        let by_name: Vec<String> =
            published.config.deny.iter().filter(|code| *code != pipeline::WARNINGS).cloned().collect();
        report.add(looked.diagnostics, &by_name);
        Ok(())
    }
}

/// The folder of what is kept of addresses elsewhere.
const OUTSIDE: &str = "external";

/// So many addresses of which nothing can be said are named.
const NAMED: usize = 10;

fn say_outside(outside: &Outside, looked: &Looked) {
    let Looked { diagnostics, fine, remembered, unsure } = looked;
    let mut words = format!(
        "{} elsewhere: {fine} fine, {} dead, {} unsure",
        print::count(outside.counts().0, "address", "addresses"),
        diagnostics.len(),
        unsure.len()
    );
    if *remembered > 0 {
        words.push_str(&format!(" ({remembered} known from an earlier check)"));
    }
    print::notice(&words);
    for (address, why) in unsure.iter().take(NAMED) {
        print::notice(&format!("  unsure: {address}: {why}"));
    }
    if unsure.len() > NAMED {
        print::notice(&format!("  and {} more", unsure.len() - NAMED));
    }
    if outside.unopened > 0 {
        print::notice(&format!(
            "{} with https not looked at: this build of the program opens none. `cargo install \
             --features external` gives one that does, and so do the published programs",
            print::count(outside.unopened, "address", "addresses")
        ));
    }
}

/// Reads and renders everything, as published and with drafts, and says what is wrong.
pub fn run(site: &Site, options: &Check) -> Outcome {
    let disk = build_command::open(site)?;
    let use_of_kept = if options.fresh { UseOfKept::Never } else { UseOfKept::IfItHolds };
    let mut report = report_on_kept(&disk, site, use_of_kept)?;
    let mut look = Look::new(&disk, site);
    if options.thorough {
        look.closely(&mut report)?;
    }
    if let Some(revision) = &options.changed_since {
        let then = since::files_at(disk.root(), revision)?;
        let mut before = report_of(&then, site)?;
        if options.thorough {
            Look::new(&then, site).closely(&mut before)?;
        }
        let count = report.diagnostics.len();
        report.diagnostics =
            desk::only_after(before.diagnostics, std::mem::take(&mut report.diagnostics), None);
        let left = count - report.diagnostics.len();
        if left > 0 && site.format == Format::Human {
            print::notice(&format!(
                "{} not said: wrong at {revision} already",
                print::count(left, "mistake is", "mistakes are")
            ));
        }
    }
    if options.external {
        look.outside(&disk, site, options.fresh, &mut report)?;
    }
    print::diagnostics(&report.diagnostics, site);
    timings::say(&report, site);
    if site.format == Format::Human {
        match print::tally(&report) {
            Some(tally) => print::notice(&tally),
            None => print::line(&format!(
                "no mistakes in {} with {}",
                print::count(report.counts.debates, "debate", "debates"),
                print::count(report.counts.notes, "note", "notes")
            )),
        }
    }
    Ok(if report.has_errors() { Ending::Mistakes } else { Ending::Fine })
}
