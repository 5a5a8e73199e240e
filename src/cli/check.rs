//! `rapporteur check`: everything that a build would refuse, and what it would with drafts. Nothing of the
//! site is written; what was said is kept for the next run.

use super::arguments::{Check, Format, Site};
use super::{Ending, Outcome, build as build_command, print, since};
use crate::build::{self, Kept, Memos, OnError, Options, Report};
use crate::config::{Drafts, Overrides};
use crate::desk::{self, Landing};
use crate::diagnostics::Severity;
use crate::load::{Change, Disk, Sources};
use crate::write::{self, FileEdit};
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
    build::check(sources, &options(site))
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
        UseOfKept::IfItHolds => write::kept(disk.root(), KEPT),
        UseOfKept::Never => None,
    };
    let before = before.and_then(|bytes| Kept::read(&bytes, program, disk));
    let (report, kept) = build::check_on(disk, before, &options(site))?;
    if let Some(kept) = kept {
        write::keep(disk.root(), KEPT, &kept.write(program));
    }
    Ok(report)
}

/// Looks at the finished site, and at what somebody should look at.
fn look_closely(sources: &dyn Sources, site: &Site, report: &mut Report) -> io::Result<()> {
    let options = options(site);
    let with = |drafts| {
        let overrides = Overrides { drafts, ..options.overrides.clone() };
        let options = Options { overrides, ..options.clone() };
        build::edition(sources, &[Change::Rescan], &mut Memos::default(), &options)
    };
    let inventory = desk::Inventory::read(sources, &options)?;
    let drafts = with(Drafts::Shown)?;
    let mut found = desk::thorough(sources, &inventory, &drafts)?;
    // What has errors is not published: nothing is finished of it.
    if !report.has_errors() {
        let published = with(Drafts::Hidden)?;
        let landing = Landing::new(published.config.base_url.as_ref());
        let overrides = Overrides { drafts: Drafts::Hidden, ..options.overrides };
        let asked = Options { overrides, on_error: OnError::KeepGoing };
        build::build(sources, &landing, &asked, &build::Unwatched)?;
        found.extend(landing.lost(&published));
    }
    report.add(found, &drafts.config.deny);
    Ok(())
}

/// Reads and renders everything, as published and with drafts, and says what is wrong.
pub fn run(site: &Site, options: &Check) -> Outcome {
    let disk = build_command::open(site)?;
    let use_of_kept = if options.fresh { UseOfKept::Never } else { UseOfKept::IfItHolds };
    let mut report = report_on_kept(&disk, site, use_of_kept)?;
    if options.thorough {
        look_closely(&disk, site, &mut report)?;
    }
    if let Some(revision) = &options.changed_since {
        let then = since::files_at(disk.root(), revision)?;
        let mut before = report_of(&then, site)?;
        if options.thorough {
            look_closely(&then, site, &mut before)?;
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
    print::diagnostics(&report.diagnostics, site);
    if site.timings {
        print::timings(&report);
    }
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
