//! `rapporteur check`: everything that a build would refuse, and what it would with drafts. Nothing is
//! written.

use super::arguments::{Format, Site};
use super::{Ending, Outcome, build as build_command, print};
use crate::build::{self, OnError, Options};

/// Reads and renders everything, as published and with drafts, and says what is wrong.
pub fn run(site: &Site) -> Outcome {
    let disk = build_command::open(site)?;
    let options = Options { overrides: build_command::overrides(site), on_error: OnError::KeepGoing };
    let report = build::check(&disk, &options)?;
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
