//! What a new revision did to the words of one note.

use super::revision::{Existing, blocks};
use crate::anchor::{Block, Carried, Fate, align, carry};
use crate::model::{Elided, Passage, Record, WholeParagraph};
use crate::resolve::{self, HeldEntry, Stand};
use crate::revise::{OldWords, Revised as RevisedWords, Status};
use crate::text::{Span, fold, plain_lines};
use std::collections::BTreeSet;

/// The notes' words in the old revision, seen from the new.
pub(super) struct View<'a> {
    pub(super) old: Vec<Block<'a>>,
    pub(super) new: &'a [Block<'a>],
    pub(super) fates: Vec<Fate>,
}

/// What became of a note's words.
pub(super) struct Judged {
    /// What became of the worst of them; `None` where all are as they were.
    pub(super) status: Option<Status>,
    /// The paragraphs that they are in now, target by target.
    pub(super) landed: Vec<Vec<usize>>,
    /// The new paragraphs that came of those between the first and the last of each target, those two
    /// included.
    between: Vec<BTreeSet<usize>>,
    /// The words that stand there now, target by target, in one text.
    now: Vec<String>,
    was: Vec<OldWords>,
    selector: String,
    revision: String,
    material: Vec<String>,
}

impl Judged {
    /// What is recorded of it; nothing where all is as it was.
    pub(super) fn revised(&self) -> Option<RevisedWords> {
        let status = self.status?;
        Some(RevisedWords {
            status,
            selector: self.selector.clone(),
            revision: self.revision.clone(),
            was: self.was.clone(),
            now: match status {
                Status::Drifted | Status::Misattributed => self.now.clone(),
                _ => Vec::new(),
            },
            material: self.material.clone(),
        })
    }

    /// What is wrong with where a target stands by the sheet and the new lock, beside where its words were
    /// followed to.
    pub(super) fn found(&self, target: usize, stand: &Stand, is_whole: bool) -> Option<Status> {
        let passages = match stand {
            Stand::At(passages) => passages,
            Stand::Often => return Some(Status::Ambiguous),
            Stand::Nowhere => return Some(Status::Orphaned),
        };
        let landed: BTreeSet<usize> = self.landed.get(target).into_iter().flatten().copied().collect();
        let stands: BTreeSet<usize> = passages.iter().map(|passage| passage.paragraph).collect();
        if stands.is_disjoint(&landed) {
            return (!stands.is_empty() || !landed.is_empty()).then_some(Status::Orphaned);
        }
        if !is_whole && stands != landed {
            return Some(Status::Orphaned);
        }
        let (first, last) = (stands.first().copied()?, stands.last().copied()?);
        let between = self.between.get(target)?;
        let put_between = (first..=last).any(|at| !between.contains(&at));
        (put_between || stands != landed).then_some(Status::ContextChanged)
    }
}

/// Judges a note that stood in its place in the old revision. `None` where it did not: then there is
/// nothing to carry.
pub(super) fn from_current(
    entry: &HeldEntry,
    record: &Record,
    view: &View<'_>,
    revision: &str,
) -> Option<Judged> {
    let mut passages = Vec::new();
    for (target, (_, stand)) in entry.targets.iter().enumerate() {
        let Stand::At(stands) = stand else { return None };
        passages.extend(stands.iter().map(|passage| (target, passage.clone())));
    }
    let was = passages.iter().map(|(target, passage)| OldWords {
        target: *target,
        paragraph: passage.paragraph + 1,
        words: record.words(&record.paragraphs[passage.paragraph])[passage.range.range()].to_owned(),
        ..OldWords::default()
    });
    let was = was.collect();
    Some(judge(&passages, was, view, entry.targets.len(), &entry.selector, revision))
}

/// Judges a note again whose words an earlier revision changed: from the last one that had them.
pub(super) fn from_earlier(
    open: &RevisedWords,
    existing: &Existing<'_>,
    new: &[Block<'_>],
) -> Option<Judged> {
    let transcript = (existing.revision)(&open.revision)?;
    let record = resolve::bare_record(transcript);
    let old = blocks(&record);
    let mut passages = Vec::new();
    let mut all = Vec::new();
    for was in &open.was {
        let text = old.get(was.paragraph.checked_sub(1)?)?.text;
        // A lock of version 1 may have been written with other line ends.
        let words = plain_lines(was.words.as_str()).to_string();
        let start = text.find(&words)?;
        passages.push((
            was.target,
            Passage {
                paragraph: was.paragraph - 1,
                range: Span::new(start..start + words.len()),
                whole: if words.len() == text.len() { WholeParagraph::Yes } else { WholeParagraph::No },
                elided_before: Elided::No,
            },
        ));
        all.push(OldWords { target: was.target, paragraph: was.paragraph, words, ..OldWords::default() });
    }
    let targets = open.was.iter().map(|was| was.target + 1).max().unwrap_or(0);
    let fates = align(&old, new);
    let view = View { old, new, fates };
    Some(judge(&passages, all, &view, targets, &open.selector, &open.revision))
}

fn judge(
    passages: &[(usize, Passage)],
    mut was: Vec<OldWords>,
    view: &View<'_>,
    targets: usize,
    selector: &str,
    revision: &str,
) -> Judged {
    let mut worst: Option<Status> = None;
    let mut now: Vec<Vec<String>> = vec![Vec::new(); targets];
    let mut landed: Vec<Vec<usize>> = vec![Vec::new(); targets];
    let mut material = Vec::new();
    for ((target, passage), was) in passages.iter().zip(&mut was) {
        let (status, to) = match passage.whole {
            WholeParagraph::Yes => whole(view, passage.paragraph),
            WholeParagraph::No => {
                let carried = carry(&view.old, view.new, &view.fates, passage.paragraph, passage.range);
                if let Carried::Drifted { material: found, .. } = &carried {
                    material.extend(found.iter().map(|(what, word)| format!("{what}: {word}")));
                }
                status_of(carried)
            }
        };
        worst = worst.max(status);
        let Some((block, span)) = to else { continue };
        let (old, new) = (&view.old[passage.paragraph], &view.new[block]);
        let words = &new.text[span.range()];
        if !old.same_speaker(new) {
            was.speaker = old.speaker.map(str::to_owned);
            was.speaker_now = new.speaker.map(str::to_owned);
            // Words that drifted to somebody else are somebody else's before all.
            worst = worst.max(Some(Status::Misattributed));
        }
        was.now = (fold(words).text() != fold(&was.words).text()).then(|| words.to_owned());
        landed[*target].push(block);
        now[*target].push(words.to_owned());
    }
    let between = (0..targets).map(|target| {
        let own = passages.iter().filter(|(of, _)| *of == target).map(|(_, passage)| passage.paragraph);
        let (Some(first), Some(last)) = (own.clone().min(), own.max()) else { return BTreeSet::new() };
        let each = view.fates[first..=last].iter().flat_map(|fate| match fate {
            Fate::Same(at) | Fate::Moved(at) | Fate::Changed(at) | Fate::Merged(at) => *at..*at + 1,
            Fate::Split(run) => run.clone(),
            Fate::Gone => 0..0,
        });
        each.collect()
    });
    Judged {
        status: worst,
        between: between.collect(),
        now: now.iter().map(|parts| parts.join(" [...] ")).collect(),
        landed,
        was,
        selector: selector.to_owned(),
        revision: revision.to_owned(),
        material,
    }
}

type Landing = (Option<Status>, Option<(usize, Span)>);

fn status_of(carried: Carried) -> Landing {
    match carried {
        Carried::Anchored(to) | Carried::Moved(to) => (None, Some((to.block, to.span))),
        Carried::ContextChanged(to) => (Some(Status::ContextChanged), Some((to.block, to.span))),
        Carried::Drifted { to, .. } => (Some(Status::Drifted), Some((to.block, to.span))),
        Carried::Misattributed(to) => (Some(Status::Misattributed), Some((to.block, to.span))),
        Carried::Ambiguous => (Some(Status::Ambiguous), None),
        Carried::Orphaned => (Some(Status::Orphaned), None),
    }
}

/// What became of a note on a whole paragraph: it goes where the paragraph goes.
fn whole(view: &View<'_>, paragraph: usize) -> Landing {
    let everything = |at: usize| (at, Span::new(0..view.new[at].text.len()));
    let (status, to) = match &view.fates[paragraph] {
        Fate::Same(at) | Fate::Moved(at) => (None, everything(*at)),
        Fate::Changed(at) | Fate::Merged(at) => (Some(Status::ContextChanged), everything(*at)),
        Fate::Split(run) => (Some(Status::ContextChanged), everything(run.start)),
        Fate::Gone => return (Some(Status::Orphaned), None),
    };
    match view.old[paragraph].same_speaker(&view.new[to.0]) {
        true => (status, Some(to)),
        false => (Some(Status::Misattributed), Some(to)),
    }
}
