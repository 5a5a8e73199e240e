//! The map step for debates: each one's files read, parsed and placed, in parallel, and again only
//! when their bytes or the names that they are placed with changed.

use super::memos::Touched;
use super::parse;
use crate::config::{Config, Drafts};
use crate::diagnostics::{Checked, Diagnostic};
use crate::layout::{DebateFiles, Layout};
use crate::load::{Sources, Strings};
use crate::model::DebateSlug;
use crate::permalink::debate_source;
use crate::resolve::{self, Names, PlacedDebate, WrittenDebate};
use crate::text::{Digest, Fingerprint, SitePath, Span};
use crate::yaml::Node;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::io;
use std::sync::Arc;

/// The debates, placed and remembered.
#[derive(Default)]
pub struct Debates {
    memos: BTreeMap<DebateSlug, DebateMemo>,
    /// How many times a debate was placed.
    placings: u64,
    /// The files and what all memos were placed with.
    seen: Option<(Arc<Layout>, PlacedWith)>,
}

/// What debates are placed with.
#[derive(Clone, Copy, PartialEq)]
struct PlacedWith {
    /// All of it but whether drafts are shown.
    rest: Fingerprint,
    drafts: Drafts,
}

struct DebateMemo {
    files: DebateFiles,
    /// The bytes of its files.
    bytes: Fingerprint,
    /// What it was placed with.
    placed_with: PlacedWith,
    /// Which placing it was: with another number it is another value.
    placing: u64,
    value: Option<Arc<PlacedDebate>>,
    remarks: Vec<Diagnostic>,
}

impl DebateMemo {
    /// Where nothing was hidden, showing drafts shows nothing more: the memo holds with them, too.
    fn follow(&mut self, placed_with: PlacedWith) {
        let value = self.value.as_ref();
        let is_whole =
            value.is_none_or(|placed| placed.hidden.is_empty() && placed.debate.particulars.hidden.is_none());
        if is_whole && self.placed_with.rest == placed_with.rest && placed_with.drafts == Drafts::Shown {
            self.placed_with = placed_with;
        }
    }
}

impl Debates {
    /// Brings them up to date.
    pub(super) fn update(
        &mut self,
        sources: &dyn Sources,
        layout: &Arc<Layout>,
        touched: &Touched,
        names: &Names,
        config: &Config,
    ) -> io::Result<()> {
        let rest = Fingerprint::of_value(&(names.for_placing(), config.but_for_drafts()));
        let placed_with = PlacedWith { rest, drafts: config.drafts };
        self.memos.values_mut().for_each(|memo| memo.follow(placed_with));
        let is_stale = |(slug, files): &(&DebateSlug, &DebateFiles)| match self.memos.get(*slug) {
            Some(memo) => {
                memo.placed_with != placed_with
                    || memo.files != **files
                    || files.all().any(|path| touched.has(path))
            }
            None => true,
        };
        let same =
            self.seen.as_ref().is_some_and(|(seen, on)| Arc::ptr_eq(seen, layout) && *on == placed_with);
        let stale: Vec<(&DebateSlug, &DebateFiles)> = match touched {
            // The same folders placed with the same: only those that are named are looked at.
            Touched::Files(paths) if same => {
                let named: BTreeSet<&str> = paths.iter().filter_map(|path| debate_of(path)).collect();
                named.into_iter().filter_map(|slug| layout.debates.get_key_value(slug)).collect()
            }
            _ => layout.debates.iter().filter(is_stale).collect(),
        };
        let placed: io::Result<Vec<Option<DebateMemo>>> = stale
            .par_iter()
            .map(|(slug, files)| {
                let (bytes, files_read) = read(sources, files)?;
                if self.memos.get(*slug).is_some_and(|memo| {
                    memo.placed_with == placed_with && memo.bytes == bytes && memo.files == **files
                }) {
                    return Ok(None);
                }
                let Checked { value, diagnostics: remarks } = place(&files_read, slug, files, names, config)?;
                let value = value.map(Arc::new);
                Ok(Some(DebateMemo {
                    files: (*files).clone(),
                    bytes,
                    placed_with,
                    placing: 0,
                    value,
                    remarks,
                }))
            })
            .collect();
        for ((slug, _), memo) in stale.into_iter().zip(placed?) {
            if let Some(memo) = memo {
                self.placings += 1;
                self.memos.insert(slug.clone(), DebateMemo { placing: self.placings, ..memo });
            }
        }
        if !same {
            self.memos.retain(|slug, _| layout.debates.contains_key(slug));
            self.seen = Some((layout.clone(), placed_with));
        }
        Ok(())
    }

    /// The debates that could be read, by slug.
    pub fn placed(&self) -> impl Iterator<Item = &Arc<PlacedDebate>> {
        self.memos.values().filter_map(|memo| memo.value.as_ref())
    }

    /// Which placing a debate's value comes from; `None` where there is no such debate.
    pub fn placing(&self, slug: &DebateSlug) -> Option<u64> {
        self.memos.get(slug).filter(|memo| memo.value.is_some()).map(|memo| memo.placing)
    }

    /// What is wrong with the debates' files.
    pub fn remarks(&self) -> impl Iterator<Item = &Diagnostic> {
        self.memos.values().flat_map(|memo| &memo.remarks)
    }
}

/// The debate that a file belongs to, by its path.
fn debate_of(path: &SitePath) -> Option<&str> {
    Some(debate_source(path.as_str())?.0)
}

/// The files of a debate, each read once: what is parsed is what the fingerprint is of.
fn read(sources: &dyn Sources, files: &DebateFiles) -> io::Result<(Fingerprint, Strings)> {
    let mut digest = Digest::default();
    let mut read = BTreeMap::new();
    for path in files.all() {
        let bytes = sources.read(path)?;
        (path, bytes.as_slice()).hash(&mut digest);
        read.insert(path.clone(), bytes);
    }
    Ok((digest.finish(), Strings(read)))
}

fn place(
    sources: &dyn Sources,
    slug: &DebateSlug,
    files: &DebateFiles,
    names: &Names,
    config: &Config,
) -> io::Result<Checked<Option<PlacedDebate>>> {
    let mut remarks = Vec::new();
    let written = parse::parse_debate(sources, slug, files)?.take(&mut remarks);
    if let Some(written) = &written {
        told_once(written, names, &mut remarks);
    }
    let value = written.map(|written| resolve::debate(written, names, config).take(&mut remarks));
    Ok(Checked { value, diagnostics: remarks })
}

/// Where the topics that a sheet gives to all its entries are mistyped, that is reported, and not besides of each
/// entry that takes the right one away.
fn told_once(written: &WrittenDebate, names: &Names, remarks: &mut Vec<Diagnostic>) {
    let is_known = |topic: &Node| topic.text().is_some_and(|topic| names.topics.contains_key(topic));
    let mut mistyped: Vec<(&SitePath, Span)> = Vec::new();
    for entry in &written.entries {
        let Some(given) = entry.defaults.as_ref().and_then(|defaults| defaults.get("topics")) else {
            continue;
        };
        if !given.items().iter().all(is_known) {
            mistyped.push((&entry.source.path, given.span));
        }
    }
    remarks.retain(|remark| {
        let Some(place) = remark.place.as_ref().filter(|_| remark.code == "topic-not-given") else {
            return true;
        };
        let follows = |(path, given): &(&SitePath, Span)| {
            **path == place.source.path && !given.range().contains(&(place.span.start as usize))
        };
        !mistyped.iter().any(follows)
    });
}

impl DebateFiles {
    /// Every file of the debate.
    pub fn all(&self) -> impl Iterator<Item = &SitePath> {
        let DebateFiles { particulars, transcript, lock, corrections, sheets, notes, bodies } = self;
        particulars
            .iter()
            .chain(transcript)
            .chain(lock)
            .chain(corrections)
            .chain(sheets)
            .chain(notes)
            .chain(bodies)
    }
}
