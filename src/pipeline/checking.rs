//! The checks of an editor that stays open: what `check` says of the site as it is now, again and again after
//! changes, with what the last time remembers.

use super::edition::Edition;
use super::memos::Memos;
use super::{OnError, Options, edition_in_full};
use crate::config::{Drafts, Overrides};
use crate::diagnostics::{self, Diagnostic};
use crate::load::{Change, Sources};
use crate::text::Fingerprint;
use std::collections::HashMap;
use std::io;

/// What is remembered of one check for the next. Empty, it checks everything.
#[derive(Default)]
pub struct Checking {
    published: Pass,
    drafts: Pass,
}

/// One of the two looks at the site. Each has memos of its own: what the one hides the other shows.
#[derive(Default)]
struct Pass {
    memos: Memos,
    /// The keys of the pages, by their paths, and what is wrong with each.
    tried: HashMap<String, (Fingerprint, Option<Diagnostic>)>,
}

impl Checking {
    /// What `check` says after `changes`, and the site with its drafts. The first time everything is read,
    /// whatever the changes.
    ///
    /// # Errors
    /// The machine's. What was remembered is then forgotten.
    pub fn check(
        &mut self,
        sources: &dyn Sources,
        changes: &[Change],
        options: &Options,
    ) -> io::Result<(Vec<Diagnostic>, Edition)> {
        let mut passes = std::mem::take(self);
        let (published, _) = passes.published.look(sources, changes, options, Drafts::Hidden)?;
        let (with_drafts, edition) = passes.drafts.look(sources, changes, options, Drafts::Shown)?;
        *self = passes;
        Ok((diagnostics::grouped(diagnostics::of_both(published, with_drafts)), edition))
    }
}

impl Pass {
    fn look(
        &mut self,
        sources: &dyn Sources,
        changes: &[Change],
        options: &Options,
        drafts: Drafts,
    ) -> io::Result<(Vec<Diagnostic>, Edition)> {
        let overrides = Overrides { drafts, ..options.overrides.clone() };
        let options = Options { overrides, on_error: OnError::KeepGoing };
        let mut edition = edition_in_full(sources, changes, &mut self.memos, &options)?;
        if let Some(theme) = edition.theme().cloned() {
            let path = |at: usize| edition.plan[at].address.output_path();
            let keys = edition.keys();
            let mut known = std::mem::take(&mut self.tried);
            let mut new = Vec::new();
            for (at, key) in keys.iter().enumerate() {
                match known.remove_entry(&path(at)) {
                    Some((path, tried)) if tried.0 == *key => drop(self.tried.insert(path, tried)),
                    _ => new.push(at),
                }
            }
            let faults = edition.faults(&new, &theme);
            self.tried.extend(new.iter().zip(faults).map(|(&at, fault)| (path(at), (keys[at], fault))));
            let faults = self.tried.values().filter_map(|(_, fault)| fault.clone());
            edition.report.diagnostics.extend(faults);
        }
        edition.report.settle(&edition.config.deny);
        Ok((std::mem::take(&mut edition.report.diagnostics), edition))
    }
}
