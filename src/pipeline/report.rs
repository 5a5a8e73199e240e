//! What a build has to say afterwards.

use super::causes::Causes;
use super::costs::Made;
use crate::config::Publish;
use crate::diagnostics::{self, Diagnostic, Severity};
use crate::model::{Hidden, Site};
use crate::pages::Planned;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::time::{Duration, Instant};

/// What denies every warning, in the place of a code.
pub const WARNINGS: &str = "warnings";

/// What a build found, counted and took.
#[derive(Debug, Default)]
pub struct Report {
    /// What authors should know, in the order of the files.
    pub diagnostics: Vec<Diagnostic>,
    /// What the site holds.
    pub counts: Counts,
    /// How long each stage took.
    pub timings: Timings,
    /// What the files that were made cost.
    pub costs: Vec<Made>,
    /// The day at which due dates were judged.
    pub as_of: Option<Date>,
    /// From which standing notes were published.
    pub publish: Publish,
    /// What the build had before it that the one before had not. For people.
    pub causes: Causes,
}

/// What a site holds.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Debates.
    pub debates: usize,
    /// Notes that readers see.
    pub notes: usize,
    /// Words of all records.
    pub words: usize,
    /// Pages.
    pub pages: usize,
    /// Debates, notes and briefings that readers don't see, by why: drafts, in review, under an embargo, expired.
    pub left_out: LeftOut,
}

/// What a build leaves out, as it should.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Drafts.
    pub drafts: usize,
    /// What is in review, where only what is approved is published.
    pub in_review: usize,
    /// What an embargo holds back.
    pub embargoed: usize,
    /// What has had its time.
    pub expired: usize,
}

impl LeftOut {
    pub(super) fn count(&mut self, why: Hidden) {
        match why {
            Hidden::Draft => self.drafts += 1,
            Hidden::InReview => self.in_review += 1,
            Hidden::Embargoed => self.embargoed += 1,
            Hidden::Expired => self.expired += 1,
            // It is gone for good, and has its tombstone.
            Hidden::Retracted => {}
        }
    }
}

impl fmt::Display for LeftOut {
    /// `2 drafts, 1 embargoed`; nothing where nothing was left out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let drafts = if self.drafts == 1 { "draft" } else { "drafts" };
        let parts = [
            (self.drafts, drafts),
            (self.in_review, "in review"),
            (self.embargoed, "embargoed"),
            (self.expired, "expired"),
        ];
        let parts = parts.into_iter().filter(|(count, _)| *count > 0);
        let words: Vec<String> = parts.map(|(count, word)| format!("{count} {word}")).collect();
        f.write_str(&words.join(", "))
    }
}

impl Report {
    /// Whether any diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub(super) fn count(&mut self, site: &Site, plan: &[Planned]) {
        self.counts = Counts {
            debates: site.debates.len(),
            notes: site.debates.iter().map(|debate| debate.annotations.len()).sum(),
            words: site.debates.iter().map(|debate| debate.record.words).sum(),
            pages: plan.len(),
            left_out: self.counts.left_out,
        };
    }

    /// Adds what else was found, and puts it in its place.
    pub fn add(&mut self, more: Vec<Diagnostic>, deny: &[String]) {
        self.diagnostics.extend(more);
        self.settle(deny);
        self.group();
    }

    /// Puts the diagnostics in order, each once, and makes errors of the warnings that are denied.
    pub(super) fn settle(&mut self, deny: &[String]) {
        for diagnostic in &mut self.diagnostics {
            if deny.iter().any(|code| code == diagnostic.code || code == WARNINGS) {
                diagnostic.severity = Severity::Error;
            }
        }
        self.diagnostics.sort_by(|a, b| a.order().cmp(&b.order()));
        self.diagnostics.dedup();
    }

    /// Leaves out what nobody reads of thousands of diagnostics. Done last: what is compared or joined with other
    /// reports has to be whole.
    pub(super) fn group(&mut self) {
        self.diagnostics = diagnostics::grouped(std::mem::take(&mut self.diagnostics));
    }
}

/// The stages of a build, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Finding the files.
    Load,
    /// Loading the theme.
    Theme,
    /// Reading and parsing every file.
    Parse,
    /// Names, places and quotations.
    Resolve,
    /// What is listed where.
    Index,
    /// Which pages there are.
    Plan,
    /// Which pages are other than they were.
    Keys,
    /// Views, templates, writing of pages.
    Render,
    /// Assets, feeds, sitemap.
    Export,
    /// The debates as data, and the index of their words.
    Search,
    /// Publishing what was staged.
    Publish,
}

impl Stage {
    /// The stage's word.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Load => "load",
            Stage::Theme => "theme",
            Stage::Parse => "parse",
            Stage::Resolve => "resolve",
            Stage::Index => "index",
            Stage::Plan => "plan",
            Stage::Keys => "keys",
            Stage::Render => "render",
            Stage::Export => "export",
            Stage::Search => "search",
            Stage::Publish => "publish",
        }
    }
}

/// A stage of a build as it went.
#[derive(Debug, Clone, Copy)]
pub struct Timed {
    /// The stage.
    pub stage: Stage,
    /// When it began.
    pub start: Instant,
    /// How long it took.
    pub took: Duration,
}

/// How long each stage took. For people: nothing in the output depends on it.
#[derive(Debug, Default, Clone)]
pub struct Timings(pub Vec<Timed>);

impl Timings {
    /// Runs a stage and remembers how long it took.
    pub fn stage<T>(&mut self, stage: Stage, run: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let value = run();
        self.0.push(Timed { stage, start, took: start.elapsed() });
        value
    }
}
