//! `rapporteur ledger`: writes down what the site publishes, so that it is kept.

use super::arguments::{Ledger, Site};
use super::{Ending, Outcome, build as build_command, print};
use crate::config::{Drafts, Overrides};
use crate::load::{Change, Disk, Sources, text};
use crate::permalink::LEDGER;
use crate::pipeline::{self, Memos, OnError, Options};
use crate::text::{Fingerprint, SitePath};
use crate::write::{Before, replace_file};
use std::io;

/// Adds what the site has as it would be published now, and takes out what is named.
pub fn run(site: &Site, options: &Ledger) -> Outcome {
    let disk = build_command::open(site)?;
    let overrides = Overrides { drafts: Drafts::Hidden, ..build_command::overrides(site) };
    let asked = Options { overrides, on_error: OnError::Stop };
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut Memos::default(), &asked)?;
    // What the ledger itself is wrong about is what this is for.
    let others = edition.report.diagnostics.iter().filter(|one| one.code != "lost-address");
    let others: Vec<_> =
        others.filter(|one| one.severity == crate::diagnostics::Severity::Error).cloned().collect();
    if !others.is_empty() {
        print::diagnostics(&others, site);
        print::notice("a site with mistakes publishes nothing: the ledger is as it was");
        return Ok(Ending::Mistakes);
    }
    let path = SitePath::new(LEDGER).expect("a plain path");
    let (before, source) = there(&disk, &path)?;
    let (words, came, went) = match pipeline::ledger(&edition, source.as_ref(), &options.forget) {
        Ok(written) => written,
        Err(why) => {
            print::notice(&format!("{why}; nothing was written"));
            return Ok(Ending::Mistakes);
        }
    };
    if !options.dry_run && (came + went > 0 || source.is_none()) {
        replace_file(disk.root(), &path, before, words.as_bytes())?;
    }
    if !site.format.is_data() {
        print::line(&format!("{LEDGER}: +{came} \u{2212}{went}"));
    }
    Ok(Ending::Fine)
}

fn there(disk: &Disk, path: &SitePath) -> io::Result<(Before, Option<crate::text::Source>)> {
    match disk.read(path) {
        Ok(bytes) => Ok((Before::Bytes(Fingerprint::of(&bytes)), text(path, bytes).value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok((Before::Absent, None)),
        Err(error) => Err(error),
    }
}
