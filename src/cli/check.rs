//! `rapporteur check`: everything that a build would say, drafts included. Nothing is written.

use super::arguments::{Format, Site};
use super::{Ending, Outcome, build as build_command, print};
use crate::build::{self, OnError, Options, Report, Unwatched};
use crate::config::Drafts;
use crate::load::Disk;
use crate::output::{OutputFile, Sink};
use std::io;

/// Takes files and keeps none.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: OutputFile) -> io::Result<()> {
        Ok(())
    }
}

/// What a build with drafts would say.
pub fn report(disk: &Disk, site: &Site) -> io::Result<Report> {
    let mut overrides = build_command::overrides(site);
    overrides.drafts = Drafts::Shown;
    // Templates are tried even where the content has mistakes: every problem in one run.
    let options = Options { overrides, on_error: OnError::KeepGoing };
    build::build(disk, &Nowhere, &options, &Unwatched)
}

/// Reads and renders everything, and says what is wrong.
pub fn run(site: &Site) -> Outcome {
    let disk = build_command::open(site)?;
    let report = report(&disk, site)?;
    print::diagnostics(&report.diagnostics, site);
    if site.timings {
        print::timings(&report.timings);
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
