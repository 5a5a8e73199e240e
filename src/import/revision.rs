//! A new revision of a debate that is there: paragraphs aligned, ids carried, every note's words mapped
//! and verified; what is to be written, and what is to be told.

use super::DebateRead;
use crate::anchor::{Block, Carried, Fate, align, carry};
use crate::annotation::At;
use crate::model::{Passage, Record, WholeParagraph};
use crate::resolve::{self, HeldEntry, WrittenDebate};
use crate::revise::{self, Lock, LockedAnnotation, OldWords, Revised as RevisedWords, Status, carry_ids};
use crate::text::{Fingerprint, Span, fold};
use crate::transcript::Transcript;
use std::collections::BTreeMap;

/// A debate that is there, and its earlier revisions.
pub struct Existing<'a> {
    /// Its files as written, with the transcript that its lock is of.
    pub written: &'a WrittenDebate,
    /// An earlier revision, by the fingerprint of its text.
    pub revision: &'a dyn Fn(&str) -> Option<Transcript>,
}

/// A new revision of a debate.
#[derive(Debug)]
pub struct Revised {
    /// The lock of the new revision.
    pub lock: Lock,
    /// How many paragraphs are the same, changed, moved (split and joined too), new and gone.
    pub paragraphs: Paragraphs,
    /// How many notes are as they were.
    pub anchored: usize,
    /// How many have their words in a paragraph that moved, was split or joined.
    pub moved: usize,
    /// The others: what became of each.
    pub notes: Vec<(String, RevisedWords)>,
    /// Why the revision should not be taken without a second look.
    pub refusals: Vec<String>,
}

/// What became of the paragraphs.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Paragraphs {
    /// Word for word as they were.
    pub same: usize,
    /// With other words.
    pub changed: usize,
    /// Elsewhere, split or joined.
    pub moved: usize,
    /// Not there before.
    pub new: usize,
    /// No longer there.
    pub gone: usize,
}

/// An import that loses more than one in this many paragraphs is refused.
const LOSS: usize = 5;

/// The notes' words in the old revision, seen from the new.
struct View<'a> {
    old: Vec<Block<'a>>,
    new: &'a [Block<'a>],
    fates: Vec<Fate>,
}

/// Holds a new revision against the debate that is there.
pub fn revise(existing: &Existing<'_>, read: &DebateRead, file: &str) -> Revised {
    let held = resolve::held(existing.written);
    let old_record = &*held.record;
    let new_record = resolve::bare_record(read.transcript.clone());
    let new = blocks(&new_record);
    let old = blocks(old_record);
    let fates = align(&old, &new);
    let before = existing.written.lock.as_ref().map(|(lock, _)| lock);
    let ids = {
        let old: Vec<_> = old_record.paragraphs.iter().map(|p| (p.id, old_record.words(p))).collect();
        let words: Vec<_> = new.iter().map(|block| block.text).collect();
        carry_ids(&old, &fates, &words, before.map_or(&[], |lock| &lock.retired))
    };
    let text = &read.transcript.source.text;
    let mut lock =
        Lock::new(file, text.as_bytes(), ids.ids.iter().copied().zip(new.iter().map(|block| block.text)));
    lock.retired.clone_from(&ids.retired);
    let view = View { old, new: &new, fates };
    let mut revised = Revised {
        paragraphs: count(&view.fates, &new),
        lock,
        anchored: 0,
        moved: 0,
        notes: Vec::new(),
        refusals: Vec::new(),
    };
    let revision = Fingerprint::of(existing.written.transcript.source.text.as_bytes()).to_string();
    let mut lost_approved = Vec::new();
    for (id, entry) in &held.entries {
        let known = before.and_then(|lock| lock.annotations.get(id)).cloned().unwrap_or_default();
        let judged = match known.revised.clone().filter(|revised| revised.selector == entry.selector) {
            Some(open) => from_earlier(&open, existing, &new),
            None => from_current(entry, old_record, &view, &revision),
        };
        let Some(Judged { words, landed }) = judged else {
            keep(&mut revised.lock, id, known);
            continue;
        };
        let moved = moved(entry, old_record, &view, &landed, &ids.ids);
        let locked = LockedAnnotation { moved, revised: words.clone(), ..known };
        let locked = restored(locked, entry);
        match &locked.revised {
            Some(words) => {
                if entry.approved && !words.status.is_placed() {
                    lost_approved.push(id.clone());
                }
                revised.notes.push((id.clone(), words.clone()));
            }
            None if locked.moved.is_empty() => revised.anchored += 1,
            None => revised.moved += 1,
        }
        keep(&mut revised.lock, id, locked);
    }
    let gone = revised.paragraphs.gone;
    if gone * LOSS > old_record.paragraphs.len() {
        revised.refusals.push(format!("{gone} of {} paragraphs would be gone", old_record.paragraphs.len()));
    }
    if !lost_approved.is_empty() {
        revised.refusals.push(format!("approved notes would lose their place: {}", lost_approved.join(", ")));
    }
    revised
}

/// Records what is known of a note, where anything is.
fn keep(lock: &mut Lock, id: &str, locked: LockedAnnotation) {
    if locked != LockedAnnotation::default() {
        lock.annotations.insert(id.to_owned(), locked);
    }
}

fn blocks(record: &Record) -> Vec<Block<'_>> {
    let block = |(at, paragraph)| {
        let speaker = record.speaker(at).map(|speaker| speaker.name.as_str());
        Block { text: record.words(paragraph), speaker, id: None }
    };
    record.paragraphs.iter().enumerate().map(block).collect()
}

fn count(fates: &[Fate], new: &[Block<'_>]) -> Paragraphs {
    let mut counts = Paragraphs::default();
    let mut known = vec![false; new.len()];
    for fate in fates {
        match fate {
            Fate::Same(at) => {
                counts.same += 1;
                known[*at] = true;
            }
            Fate::Changed(at) => {
                counts.changed += 1;
                known[*at] = true;
            }
            Fate::Moved(at) | Fate::Merged(at) => {
                counts.moved += 1;
                known[*at] = true;
            }
            Fate::Split(run) => {
                counts.moved += 1;
                known[run.clone()].iter_mut().for_each(|known| *known = true);
            }
            Fate::Gone => counts.gone += 1,
        }
    }
    counts.new = known.iter().filter(|known| !**known).count();
    counts
}

/// What became of a note's words, and the paragraphs that they are in now, target by target.
struct Judged {
    words: Option<RevisedWords>,
    landed: Vec<Vec<usize>>,
}

/// Judges a note that stood in its place in the old revision. `None` where it did not: then there is
/// nothing to carry.
fn from_current(entry: &HeldEntry, record: &Record, view: &View<'_>, revision: &str) -> Option<Judged> {
    let mut passages = Vec::new();
    for (target, (at, stands)) in entry.targets.iter().enumerate() {
        match (at, stands) {
            (_, Some(stands)) => passages.extend(stands.iter().map(|passage| (target, passage.clone()))),
            (None | Some(At::Debate), None) => {}
            (Some(_), None) => return None,
        }
    }
    let was = passages.iter().map(|(target, passage)| OldWords {
        target: *target,
        paragraph: passage.paragraph + 1,
        words: record.words(&record.paragraphs[passage.paragraph])[passage.range.range()].to_owned(),
    });
    let was = was.collect();
    Some(judge(&passages, was, view, entry.targets.len(), &entry.selector, revision))
}

/// Judges a note again whose words an earlier revision changed: from the last one that had them.
fn from_earlier(open: &RevisedWords, existing: &Existing<'_>, new: &[Block<'_>]) -> Option<Judged> {
    let transcript = (existing.revision)(&open.revision)?;
    let record = resolve::bare_record(transcript);
    let old = blocks(&record);
    let mut passages = Vec::new();
    for was in &open.was {
        let text = old.get(was.paragraph.checked_sub(1)?)?.text;
        let start = text.find(&was.words)?;
        passages.push((
            was.target,
            Passage {
                paragraph: was.paragraph - 1,
                range: Span::new(start..start + was.words.len()),
                whole: if was.words.len() == text.len() { WholeParagraph::Yes } else { WholeParagraph::No },
                elided_before: crate::model::Elided::No,
            },
        ));
    }
    let targets = open.was.iter().map(|was| was.target + 1).max().unwrap_or(0);
    let fates = align(&old, new);
    let view = View { old, new, fates };
    Some(judge(&passages, open.was.clone(), &view, targets, &open.selector, &open.revision))
}

fn judge(
    passages: &[(usize, Passage)],
    was: Vec<OldWords>,
    view: &View<'_>,
    targets: usize,
    selector: &str,
    revision: &str,
) -> Judged {
    let mut worst: Option<Status> = None;
    let mut now: Vec<Vec<String>> = vec![Vec::new(); targets];
    let mut landed: Vec<Vec<usize>> = vec![Vec::new(); targets];
    let mut weighty = Vec::new();
    for (target, passage) in passages {
        let (status, to) = match passage.whole {
            WholeParagraph::Yes => whole(view, passage.paragraph),
            WholeParagraph::No => {
                let carried = carry(&view.old, view.new, &view.fates, passage.paragraph, passage.range);
                if let Carried::Drifted { material, .. } = &carried {
                    weighty.extend(material.iter().map(|(what, word)| format!("{what}: {word}")));
                }
                status_of(carried)
            }
        };
        worst = worst.max(status);
        if let Some((block, span)) = to {
            landed[*target].push(block);
            now[*target].push(view.new[block].text[span.range()].to_owned());
        }
    }
    let words = worst.map(|status| RevisedWords {
        status,
        selector: selector.to_owned(),
        revision: revision.to_owned(),
        was,
        now: match status {
            Status::Drifted | Status::Misattributed => {
                now.iter().map(|parts| parts.join(" [...] ")).collect()
            }
            _ => Vec::new(),
        },
        material: weighty,
    });
    Judged { words, landed }
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

/// For each paragraph that a note names, the one that its words are in now, where that is another.
fn moved(
    entry: &HeldEntry,
    old: &Record,
    view: &View<'_>,
    landed: &[Vec<usize>],
    ids: &[crate::model::ParagraphId],
) -> BTreeMap<String, String> {
    let heir = |id: crate::model::ParagraphId| match &view.fates[old.position(id)?] {
        Fate::Same(at) | Fate::Moved(at) | Fate::Changed(at) | Fate::Merged(at) => Some(*at),
        Fate::Split(run) => Some(run.start),
        Fate::Gone => None,
    };
    let mut moved = BTreeMap::new();
    for ((at, _), landed) in entry.targets.iter().zip(landed) {
        let named = match at {
            Some(At::Paragraph(id)) => vec![(*id, landed.first().copied().or_else(|| heir(*id)))],
            Some(At::Run(first, last)) => vec![(*first, heir(*first)), (*last, heir(*last))],
            _ => Vec::new(),
        };
        for (id, now) in named {
            if let Some(now) = now.map(|at| ids[at]).filter(|now| *now != id) {
                moved.insert(id.to_string(), now.to_string());
            }
        }
    }
    moved
}

/// Words that are again those of the sheet need no decision any more.
fn restored(mut locked: LockedAnnotation, entry: &HeldEntry) -> LockedAnnotation {
    let Some(words) = &locked.revised else { return locked };
    let again =
        words.status == Status::Drifted
            && entry.quotes.len() == words.now.len()
            && entry.quotes.iter().zip(&words.now).all(|(quote, now)| {
                quote.as_ref().is_some_and(|quote| fold(quote).text() == fold(now).text())
            });
    if again {
        locked.revised = None;
        locked.accepted = None;
    }
    locked
}

impl Revised {
    /// What became of the debate, in lines for whoever imports.
    pub fn report(&self) -> Vec<String> {
        let Paragraphs { same, changed, moved, new, gone } = self.paragraphs;
        let mut lines = vec![format!(
            "paragraphs: {same} the same, {changed} changed, {moved} moved, {new} new, {gone} gone"
        )];
        lines.push(format!(
            "notes: {} as they were, {} moved, {} to be looked at",
            self.anchored,
            self.moved,
            self.notes.len()
        ));
        for (id, words) in &self.notes {
            let material = if words.material.is_empty() {
                String::new()
            } else {
                format!(" ({})", words.material.join(", "))
            };
            lines.push(format!("  {id}: {}{material}", words.status.word()));
            if words.status != Status::ContextChanged {
                lines.extend(words.was.iter().map(|was| format!("    was: {}", was.words)));
                lines.extend(words.now.iter().map(|now| format!("    now: {now}")));
            }
        }
        lines
    }
}

/// Accepts what a revision did to a note: the new words in the place of the old, or the new context.
/// `Err` says, in words, why there is nothing to accept.
pub fn accept(locked: &LockedAnnotation) -> Result<LockedAnnotation, String> {
    let Some(words) = &locked.revised else {
        return Err("no revision of the record has touched its words since they were last looked at".into());
    };
    let accepted = match words.status {
        Status::ContextChanged | Status::Misattributed => locked.accepted.clone(),
        Status::Drifted => {
            Some(revise::Accepted { selector: words.selector.clone(), words: words.now.clone() })
        }
        Status::Ambiguous => {
            return Err(
                "its words stand in several places now: say in the sheet which, with `before:`".into()
            );
        }
        Status::Orphaned => {
            return Err(
                "its words are no longer in the record: quote others in the sheet, or withdraw it".into()
            );
        }
    };
    Ok(LockedAnnotation { revised: None, accepted, ..locked.clone() })
}
