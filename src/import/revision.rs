//! A new revision of a debate that is there: paragraphs and contributions aligned, ids carried, every
//! note's words mapped and verified; what is to be written, and what is to be reported.

use super::DebateRead;
use super::judge::{Judged, View, from_current, from_earlier};
use crate::anchor::{Block, Fate, align};
use crate::annotation::At;
use crate::model::{ContributionId, ParagraphId, Record};
use crate::resolve::{self, HeldEntry, WrittenDebate};
use crate::revise::{
    Carried, Lock, LockedAnnotation, Revised as RevisedWords, Said, Status, carry_ids, contribution_heirs,
    heir, words_of,
};
use crate::text::{Fingerprint, SitePath, Source, fold};
use crate::transcript::Transcript;
use std::collections::{BTreeMap, BTreeSet};

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
    /// The ids of contributions that came in, and of those that are gone.
    pub contributions: (Vec<ContributionId>, Vec<ContributionId>),
    /// The ids of paragraphs that are gone, joined with others too: nothing has that anchor any more.
    pub retired: Vec<ParagraphId>,
    /// Paragraphs whose words somebody else speaks now, whether a note stands on them or not.
    pub given: Vec<Given>,
    /// How many notes are as they were.
    pub anchored: usize,
    /// How many have their words in a paragraph that moved, was split or joined.
    pub moved: usize,
    /// The others: what became of each.
    pub notes: Vec<(String, RevisedWords)>,
    /// Why the revision should not be taken without a second look.
    pub refusals: Vec<String>,
}

/// A paragraph that was given to another speaker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    /// Its id.
    pub id: ParagraphId,
    /// Its words.
    pub words: String,
    /// Who spoke it.
    pub was: Option<String>,
    /// Who speaks it now.
    pub now: Option<String>,
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

/// Holds a new revision against the debate that is there.
pub fn revise(existing: &Existing<'_>, read: &DebateRead, file: &str) -> Revised {
    let held = resolve::held(existing.written);
    let old_record = &*held.record;
    let new_record = resolve::bare_record(read.transcript.clone());
    let (old, new) = (blocks(old_record), blocks(&new_record));
    let fates = align(&old, &new);
    let before = existing.written.lock.as_ref().map(|(lock, _)| lock);
    let ids = Ids::carry(old_record, &new_record, &fates, before);
    let mut lock = ids.lock(file, &read.transcript.source.text, &new_record);
    let view = View { old, new: &new, fates };
    let revision = Fingerprint::of_text(&existing.written.transcript.source.text).to_string();
    let mut judgements: BTreeMap<&str, (Judged, LockedAnnotation)> = BTreeMap::new();
    for (id, entry) in &held.entries {
        let known = before.and_then(|lock| lock.annotations.get(id)).cloned().unwrap_or_default();
        let judged = match known.revised.clone().filter(|revised| revised.selector == entry.selector) {
            Some(open) => from_earlier(&open, existing, &new),
            None => from_current(entry, old_record, &view, &revision),
        };
        let Some(judged) = judged else {
            lock.record(id, known);
            continue;
        };
        let moved = ids.moved(entry, &known, old_record, &new_record, &view, &judged.landed);
        let known = LockedAnnotation { moved, ..known };
        lock.record(id, known.clone());
        judgements.insert(id, (judged, known));
    }
    verify(existing.written, read, &lock, &mut judgements);
    let mut revised = Revised {
        paragraphs: count(&view.fates, &new),
        contributions: ids.contributions_changed(old_record),
        retired: ids.paragraphs_gone(old_record),
        given: given(&view, &ids),
        lock,
        anchored: 0,
        moved: 0,
        notes: Vec::new(),
        refusals: Vec::new(),
    };
    revised.take(judgements, &held.entries, old_record.paragraphs.len());
    revised.keep_unread(existing.written, before);
    revised
}

/// Resolves the notes that keep their place once more, strictly, in the new record with its new lock: a
/// note stands on the words that it was followed to, with nothing put between, or it is reported.
fn verify(
    written: &WrittenDebate,
    read: &DebateRead,
    lock: &Lock,
    judgements: &mut BTreeMap<&str, (Judged, LockedAnnotation)>,
) {
    let path = SitePath::new("debate.lock").expect("letters make a path");
    let lock = (lock.clone(), Source::new(path, ""));
    let now = resolve::held_in(written, read.transcript.clone(), Some(&lock));
    for (id, (judged, known)) in judgements {
        let Some(entry) = now.entries.get(*id) else { continue };
        if judged.status.is_some_and(|status| !status.is_placed()) {
            continue;
        }
        for (number, (at, stand)) in entry.targets.iter().enumerate() {
            let is_whole = entry.quotes[number].is_none();
            let found = judged.found(number, stand, is_whole);
            // A contribution that another took in is read in another context.
            let was_moved = is_whole
                && matches!(at, Some(At::Contribution(id)) if known.moved.contains_key(&id.to_string()));
            let context = was_moved.then_some(Status::ContextChanged);
            judged.status = judged.status.max(found).max(context);
        }
    }
}

impl Revised {
    /// Takes what was judged of the notes.
    fn take(
        &mut self,
        judgements: BTreeMap<&str, (Judged, LockedAnnotation)>,
        entries: &BTreeMap<String, HeldEntry>,
        paragraphs: usize,
    ) {
        let mut lost_approved = Vec::new();
        for (id, (judged, known)) in judgements {
            let entry = &entries[id];
            let locked = restored(LockedAnnotation { revised: judged.revised(), ..known }, entry);
            match &locked.revised {
                Some(words) => {
                    if entry.approved && !words.status.is_placed() {
                        lost_approved.push(id.to_owned());
                    }
                    self.notes.push((id.to_owned(), words.clone()));
                }
                None if locked.moved.is_empty() => self.anchored += 1,
                None => self.moved += 1,
            }
            self.lock.record(id, locked);
        }
        let gone = self.paragraphs.gone;
        if gone * LOSS > paragraphs {
            self.refusals.push(format!("{gone} of {paragraphs} paragraphs would be gone"));
        }
        if !lost_approved.is_empty() {
            self.refusals
                .push(format!("approved notes would lose their place: {}", lost_approved.join(", ")));
        }
    }
}

impl Revised {
    /// Keeps what is known of notes that can't be read now, but for their approvals: nobody can tell what
    /// the revision did to their words.
    fn keep_unread(&mut self, written: &WrittenDebate, before: Option<&Lock>) {
        let mut approved = Vec::new();
        for (id, known) in before.into_iter().flat_map(|lock| &lock.annotations) {
            let is_unread = written.set_aside.contains(id) || !written.unread.is_empty();
            if !is_unread || written.entries.iter().any(|entry| entry.id == *id) {
                continue;
            }
            if known.approved.is_some() {
                approved.push(id.clone());
            }
            self.lock.record(id, LockedAnnotation { approved: None, ..known.clone() });
        }
        if !approved.is_empty() {
            self.refusals.push(format!(
                "approved notes have a mistake, and can't be followed: {}",
                approved.join(", ")
            ));
        }
    }
}

/// The ids of a new revision.
struct Ids {
    paragraphs: Carried<ParagraphId>,
    contributions: Carried<ContributionId>,
    /// For each old contribution the new one that it goes on in.
    heirs: Vec<Option<usize>>,
}

impl Ids {
    fn carry(old: &Record, new: &Record, fates: &[Fate], before: Option<&Lock>) -> Ids {
        let retired = before.map_or(&[][..], |lock| &lock.retired);
        let known: Vec<_> = old.paragraphs.iter().map(|p| (p.id, words_of(old.words(p)))).collect();
        let words: Vec<_> = new.paragraphs.iter().map(|p| words_of(new.words(p))).collect();
        let paragraphs: Vec<_> = fates.iter().map(heir).collect();
        let paragraphs = carry_ids(&known, &paragraphs, &words, retired);
        let heirs = contribution_heirs(&said(old), &said(new), fates);
        let known = old.contributions.iter().map(|one| one.id).zip(resolve::contributions(old));
        let known: Vec<_> = known.collect();
        let contributions = carry_ids(&known, &heirs, &resolve::contributions(new), retired);
        Ids { paragraphs, contributions, heirs }
    }

    fn lock(&self, file: &str, text: &str, new: &Record) -> Lock {
        let words = new.paragraphs.iter().map(|paragraph| words_of(new.words(paragraph)));
        let paragraphs = self.paragraphs.ids.iter().copied().zip(words);
        let contributions = self.contributions.ids.iter().copied().zip(resolve::contributions(new));
        let mut lock = Lock::new(file, text, paragraphs, contributions);
        lock.retired = [self.paragraphs.retired.clone(), self.contributions.retired.clone()].concat();
        lock
    }

    /// The contributions that came in, and those that are gone.
    fn contributions_changed(&self, old: &Record) -> (Vec<ContributionId>, Vec<ContributionId>) {
        let before: BTreeSet<_> = old.contributions.iter().map(|one| one.id).collect();
        let now: BTreeSet<_> = self.contributions.ids.iter().copied().collect();
        (now.difference(&before).copied().collect(), before.difference(&now).copied().collect())
    }

    /// The ids of paragraphs that no paragraph has any more.
    fn paragraphs_gone(&self, old: &Record) -> Vec<ParagraphId> {
        let now: BTreeSet<_> = self.paragraphs.ids.iter().collect();
        old.paragraphs.iter().map(|one| one.id).filter(|id| !now.contains(id)).collect()
    }

    /// For each part of the record that a note names, the one that its words are in now, where that is
    /// another.
    fn moved(
        &self,
        entry: &HeldEntry,
        known: &LockedAnnotation,
        old: &Record,
        new: &Record,
        view: &View<'_>,
        landed: &[Vec<usize>],
    ) -> BTreeMap<String, String> {
        let ids = &self.paragraphs.ids;
        // What an earlier revision moved is followed from where it is.
        let current =
            |id: ParagraphId| known.moved.get(&id.to_string()).and_then(|now| now.parse().ok()).unwrap_or(id);
        let heir_of = |id: ParagraphId| Some(ids[heir(&view.fates[old.position(current(id))?])?]);
        let mut moved = BTreeMap::new();
        for ((number, (at, _)), landed) in entry.targets.iter().enumerate().zip(landed) {
            let span = || {
                let (first, last) = (ids[*landed.iter().min()?], ids[*landed.iter().max()?]);
                Some(if first == last { first.to_string() } else { format!("{first}..{last}") })
            };
            let named = match at {
                Some(At::Paragraph(id)) => {
                    vec![(id.to_string(), landed.first().map(|at| ids[*at]).or_else(|| heir_of(*id)))]
                }
                Some(At::Run(first, last)) => {
                    vec![(first.to_string(), heir_of(*first)), (last.to_string(), heir_of(*last))]
                }
                Some(At::Contribution(id)) => {
                    let index = old.contribution(*id).and_then(|index| self.heirs[index]);
                    let is_in = |range: &std::ops::Range<usize>| landed.iter().all(|at| range.contains(at));
                    let goes_on = index
                        .map(|index| &new.contributions[index].paragraphs)
                        .is_some_and(|range| entry.quotes[number].is_none() || is_in(range));
                    let now = if goes_on {
                        index.map(|index| self.contributions.ids[index].to_string())
                    } else {
                        span()
                    };
                    if let Some(now) = now.filter(|now| *now != id.to_string()) {
                        moved.insert(id.to_string(), now);
                    }
                    Vec::new()
                }
                _ => Vec::new(),
            };
            for (id, now) in named {
                if let Some(now) = now.map(|now| now.to_string()).filter(|now| *now != id) {
                    moved.insert(id, now);
                }
            }
        }
        moved
    }
}

fn said(record: &Record) -> Vec<Said<'_>> {
    let each = record.contributions.iter().map(|one| Said {
        paragraphs: one.paragraphs.clone(),
        speaker: one.speaker.as_ref().map(|who| who.name.as_str()),
    });
    each.collect()
}

/// A record as the alignment sees it.
pub(super) fn blocks(record: &Record) -> Vec<Block<'_>> {
    let block = |(at, paragraph)| {
        let speaker = record.speaker(at).map(|speaker| speaker.name.as_str());
        Block { text: record.words(paragraph), speaker, id: None }
    };
    record.paragraphs.iter().enumerate().map(block).collect()
}

/// The paragraphs that somebody else speaks now.
fn given(view: &View<'_>, ids: &Ids) -> Vec<Given> {
    let mut given = Vec::new();
    for (block, fate) in view.old.iter().zip(&view.fates) {
        let parts = match fate {
            Fate::Split(run) => run.clone(),
            other => heir(other).map_or(0..0, |at| at..at + 1),
        };
        for at in parts.filter(|at| !block.same_speaker(&view.new[*at])) {
            given.push(Given {
                id: ids.paragraphs.ids[at],
                words: view.new[at].text.to_owned(),
                was: block.speaker.map(str::to_owned),
                now: view.new[at].speaker.map(str::to_owned),
            });
        }
    }
    given
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
