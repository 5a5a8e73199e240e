//! `rapporteur check`: everything that a build would refuse, and what it would with drafts. Nothing is
//! written.

use super::arguments::{Format, Site};
use super::{Ending, Outcome, build as build_command, print};
use crate::build::{self, OnError, Options, Report};
use crate::load::{Disk, Sources};
use std::io;

/// What `check` has to say, as published and with drafts.
pub fn report(disk: &Disk, site: &Site) -> io::Result<Report> {
    report_of(disk, site)
}

/// The same of files that are not on disk.
pub fn report_of(disk: &dyn Sources, site: &Site) -> io::Result<Report> {
    let options = Options { overrides: build_command::overrides(site), on_error: OnError::KeepGoing };
    build::check(disk, &options)
}

/// Reads and renders everything, as published and with drafts, and says what is wrong.
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
