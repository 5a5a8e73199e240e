//! From annotations as written to annotations in their places: words found strictly, names known.
//! Only the debate's own files are looked at, so debates can be placed in parallel.

use super::approval::{self, Claim};
use super::judge::{self, Elision, Judgement, Setting, Words};
use super::library::{Volume, last_id, paragraphs};
use super::names::Names;
use super::placed::Remark;
use super::values::{outcome_state, verdict};
use super::{published, quoting};
use crate::anchor::{Joints, Quote};
use crate::annotation::{self as written, At, Entry, RawSource};
use crate::config::Config;
use crate::diagnostics::{self, Diagnostic, Place, web_address};
use crate::markdown;
use crate::model::{
    Annotation, Citation, Commitment, Debate, Elided, Hidden, Identified, Kind, Outcome, ParagraphId,
    Passage, Prose, Standing, Unplaced, Verdict, WholeParagraph, Withdrawal, Written,
};
use crate::revise::{Facts, Lock, LockedAnnotation, Revised, Status};
use crate::text::{Fingerprint, Source, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::ops::Range;

/// Places entries in one debate.
pub struct Placer<'a> {
    /// The debate, without its notes.
    pub debate: &'a Debate,
    /// The names of the site.
    pub names: &'a Names,
    /// What is published.
    pub config: &'a Config,
    /// The debate's lock.
    pub lock: Option<&'a Lock>,
    /// Bodies that stand in files of their own, by the entries' ids.
    pub bodies: &'a HashMap<String, Source>,
}

/// What became of entries.
pub struct Placement {
    /// The notes that readers may see, with what they still want, in the order of the record.
    pub notes: Vec<(Annotation, Remark)>,
    /// Approved notes whose words were revised away.
    pub unplaced: Vec<Unplaced>,
    /// The ids of notes that readers can't see, and why.
    pub hidden: BTreeMap<String, Hidden>,
    /// Dates of notes that can only be judged on a day.
    pub dates: Vec<String>,
}

impl Placer<'_> {
    /// Places entries. One with a mistake is left out and costs no other.
    pub fn place(
        &self,
        entries: Vec<Entry>,
        set_aside: &mut BTreeSet<String>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Placement {
        let volume = Volume::new(self.debate);
        let mut placed: Vec<(Annotation, Remark)> = Vec::with_capacity(entries.len());
        let mut unplaced = Vec::new();
        let mut hidden = BTreeMap::new();
        let mut dates = Vec::new();
        for entry in &entries {
            let before = remarks.len();
            let note = self.annotation(entry, &volume, remarks);
            let fine = remarks[before..].iter().all(|remark| remark.severity != diagnostics::Severity::Error);
            match note.filter(|_| fine) {
                Some(note) => {
                    let why = self.hidden(entry, note.0.standing);
                    dates.extend(self.dates(entry, &note.0, why));
                    match why {
                        Some(why) => drop(hidden.insert(entry.id.clone(), why)),
                        None => placed.push(note),
                    }
                }
                None => {
                    set_aside.insert(entry.id.clone());
                    unplaced.extend(self.unplaced(entry));
                    // Whatever its standing, it is told apart from those that readers are shown either way.
                    hidden.extend(self.hidden(entry, Standing::Approved).map(|why| (entry.id.clone(), why)));
                }
            }
        }
        // In the record's order; what begins at one place, the longer first, then by id.
        let key = |note: &Annotation| {
            let first =
                note.passages.first().map(|p| (p.paragraph, p.range.start, std::cmp::Reverse(p.range.end)));
            (first, note.id.clone())
        };
        placed.sort_by_key(|(a, _)| key(a));
        unplaced.sort_by(|a, b| a.id.cmp(&b.id));
        Placement { notes: placed, unplaced, hidden, dates }
    }

    /// What readers are told of a note that has lost its words: of one that they were shown as approved.
    fn unplaced(&self, entry: &Entry) -> Option<Unplaced> {
        let revised = self.revised(entry).filter(|revised| !revised.status.is_placed())?;
        let is_approved = approval::was_approved(entry, self.body_file(entry), self.locked(entry)?);
        (is_approved && self.hidden(entry, Standing::Approved).is_none()).then(|| Unplaced {
            id: entry.id.as_str().into(),
            title: entry.raw.title.clone(),
            kind: self.kind(entry, None, &mut Vec::new()).word(),
            status: revised.status.word(),
            was: revised.was.iter().map(|old| (old.paragraph, old.words.clone())).collect(),
            revision: Fingerprint::parse(&revised.revision).map_or_else(String::new, |hash| hash.short(12)),
        })
    }

    fn hidden(&self, entry: &Entry, standing: Standing) -> Option<Hidden> {
        let shown = self.config.drafts == crate::config::Drafts::Shown;
        // Without a day to judge it at, an embargo holds.
        let embargoed =
            entry.raw.embargo.is_some_and(|until| self.config.as_of.is_none_or(|as_of| as_of < until));
        let embargoed = (embargoed && !shown).then_some(Hidden::Embargoed);
        published::by_standing(standing, self.config).or(embargoed)
    }

    /// The dates of an entry that can only be judged on a day: its embargo, and the day on which something
    /// falls due of which readers are not told what became of it.
    fn dates(&self, entry: &Entry, note: &Annotation, hidden: Option<Hidden>) -> Vec<String> {
        let due = match &note.kind {
            Kind::Commitment(commitment) if hidden.is_none() && commitment.outcome.state.is_open() => {
                commitment.due_by
            }
            _ => None,
        };
        let dates = [("embargo", entry.raw.embargo), ("due", due)];
        let dates = dates.into_iter().filter_map(|(key, date)| Some((key, date?)));
        dates.map(|(key, date)| format!("{}: `{key}: {date}` of `{}`", entry.source.path, entry.id)).collect()
    }

    fn annotation(
        &self,
        entry: &Entry,
        volume: &Volume<'_>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<(Annotation, Remark)> {
        let raw = &entry.raw;
        let Some(passages) = self.passages(entry, volume, remarks) else {
            self.unknown_names(entry, remarks);
            return None;
        };
        let standing = self.standing(entry, &passages, remarks);
        let hidden = self.hidden(entry, standing).or(self.debate.particulars.hidden);
        let topics = entry.topics.iter().filter_map(|topic| {
            let place = || Place::new(&entry.source, topic.span);
            self.names.shown_topic(&topic.name, hidden, place, remarks)
        });
        let topics = topics.collect();
        let identifies = raw.identifies.as_ref().and_then(|identifies| {
            let place = || entry.place_of(&["identifies", "person"]);
            let person = self
                .names
                .person(&identifies.person, place)
                .map_err(|diagnostic| remarks.push(*diagnostic))
                .ok()?;
            let person = self.names.shown_person(person, hidden, place, remarks)?;
            Some(Identified { person, basis: identifies.basis.clone() })
        });
        let sources = self.sources(entry, &raw.sources, &["sources"], remarks);
        let retracted = standing == Standing::Retracted;
        let file = self.bodies.get(&entry.id);
        let body = match file {
            Some(file) => Some(markdown::parse(file, Span::new(0..file.text.len())).take(remarks)),
            None => entry.body_text().map(|text| {
                let span = entry.body.map_or(entry.id_span, |body| body.span);
                markdown::parse_value(&entry.source, span, text).take(remarks)
            }),
        };
        let body = body.filter(|_| !retracted);
        let see = raw
            .see
            .iter()
            .enumerate()
            .map(|(at, see)| (see.clone(), entry.span_of(&["see", &at.to_string()])));
        let source = file.unwrap_or(&entry.source).clone();
        let lines = one_line_values(entry);
        let remark = Remark { body, source, lines, see: if retracted { Vec::new() } else { see.collect() } };
        let note = Annotation {
            id: entry.id.as_str().into(),
            former: raw.former.iter().map(|id| id.as_str().into()).collect(),
            kind: if retracted { Kind::Note } else { self.kind(entry, hidden, remarks) },
            title: raw.title.clone().filter(|_| !retracted),
            topics: if retracted { Vec::new() } else { topics },
            passages,
            body: Prose::default(),
            withdrawn: raw
                .withdrawn
                .as_ref()
                .filter(|_| retracted)
                .map(|withdrawn| Withdrawal { reason: withdrawn.reason.clone(), on: withdrawn.on }),
            see: Vec::new(),
            identifies: identifies.filter(|_| !retracted),
            sic: raw.sic.as_ref().map(|sic| sic.read.clone()).filter(|_| !retracted),
            sources: if retracted { Vec::new() } else { sources },
            author: raw.author.clone(),
            standing,
            // Nobody has reviewed what a lapsed approval was not of.
            reviewed: raw
                .reviewed
                .as_ref()
                .filter(|_| standing == Standing::Approved || raw.status != Some(written::Status::Approved))
                .map(|review| (review.by.clone(), review.on)),
            date: raw.date,
            written: Written { source: entry.source.clone(), span: entry.id_span },
        };
        Some((note, remark))
    }

    /// Reports the names that nothing has, of a note that has no place: every mistake in one run.
    fn unknown_names(&self, entry: &Entry, remarks: &mut Vec<Diagnostic>) {
        for topic in &entry.topics {
            let found = self.names.topic(&topic.name, || Place::new(&entry.source, topic.span));
            remarks.extend(found.err().map(|diagnostic| *diagnostic));
        }
        if let Some(identifies) = &entry.raw.identifies {
            let found = self.names.person(&identifies.person, || entry.place_of(&["identifies", "person"]));
            remarks.extend(found.err().map(|diagnostic| *diagnostic));
        }
        self.sources(entry, &entry.raw.sources, &["sources"], remarks);
    }

    /// What an approval is worth: only what the lock has recorded of these very words.
    fn standing(&self, entry: &Entry, passages: &[Passage], remarks: &mut Vec<Diagnostic>) -> Standing {
        match entry.raw.status.unwrap_or_default() {
            written::Status::Draft => Standing::Draft,
            written::Status::InReview => Standing::InReview,
            written::Status::Retracted => Standing::Retracted,
            written::Status::Approved => {
                let Some(why) = Claim::of(entry, self.locked(entry), &self.facts(entry, passages)).reason()
                else {
                    // What was approved in one context is not approved in another.
                    return if self.revised(entry).is_some() {
                        Standing::InReview
                    } else {
                        Standing::Approved
                    };
                };
                // Of words round which the record changed that was reported.
                if self.revised(entry).is_none() {
                    let (place, debate) = (entry.place_of(&["status"]), self.debate.slug.as_str());
                    remarks.push(diagnostics::unreviewed_approval(place, debate, &entry.id, &why));
                }
                Standing::InReview
            }
        }
    }

    /// What an approval of an entry on these passages binds to.
    fn facts(&self, entry: &Entry, passages: &[Passage]) -> Facts {
        approval::facts(entry, self.body_file(entry), &self.debate.record, passages)
    }

    /// What an approval of an entry binds to as things are; `None` where its words have no place.
    pub fn facts_now(&self, entry: &Entry) -> Option<Facts> {
        let passages = self.passages(entry, &Volume::new(self.debate), &mut Vec::new())?;
        Some(self.facts(entry, &passages))
    }

    /// The body of an entry that has a file for it.
    fn body_file(&self, entry: &Entry) -> Option<&str> {
        self.bodies.get(&entry.id).map(|file| &*file.text)
    }

    fn locked(&self, entry: &Entry) -> Option<&LockedAnnotation> {
        self.lock?.annotations.get(&entry.id)
    }

    /// What a revision of the record did to an entry that nobody has changed or judged since.
    fn revised(&self, entry: &Entry) -> Option<&Revised> {
        let revised = self.locked(entry)?.revised.as_ref()?;
        (revised.selector == selector(entry)).then_some(revised)
    }

    fn kind(&self, entry: &Entry, hidden: Option<Hidden>, remarks: &mut Vec<Diagnostic>) -> Kind {
        match entry.raw.kind.unwrap_or_default() {
            written::Kind::Note => Kind::Note,
            written::Kind::Claim => Kind::Claim,
            written::Kind::Commitment => Kind::Commitment(Box::new(self.commitment(entry, hidden, remarks))),
            written::Kind::FactCheck => {
                Kind::FactCheck(entry.raw.verdict.map_or(Verdict::CannotBeChecked, verdict))
            }
            written::Kind::Context => Kind::Context,
            written::Kind::Question => Kind::Question,
            written::Kind::Definition => Kind::Definition(entry.raw.term.clone()),
            written::Kind::CrossReference => Kind::CrossReference,
        }
    }

    fn commitment(&self, entry: &Entry, hidden: Option<Hidden>, remarks: &mut Vec<Diagnostic>) -> Commitment {
        let raw = &entry.raw;
        let outcome = raw.outcome.as_ref().map(|outcome| Outcome {
            state: outcome_state(outcome.state),
            as_of: outcome.as_of,
            note: outcome.note.clone(),
            sources: self.sources(entry, &outcome.sources, &["outcome", "sources"], remarks),
        });
        Commitment {
            // Who must act is a person where it is a slug or a name of one, and text otherwise.
            owed_by: raw.owed_by.as_ref().map(|owed| match self.names.people.get_key_value(owed.as_str()) {
                Some((slug, name)) => {
                    let place = || entry.place_of(&["owed_by"]);
                    (name.clone(), self.names.shown_person(slug.clone(), hidden, place, remarks))
                }
                None => {
                    self.names.mistyped(owed, || entry.place_of(&["owed_by"]), remarks);
                    let named = self.names.person_named(owed);
                    (owed.clone(), named.and_then(|person| self.names.if_shown(person)).cloned())
                }
            }),
            due_said: raw.due.as_ref().map(|due| due.said.clone()),
            due_by: raw.due.as_ref().and_then(|due| due.by),
            outcome: outcome.unwrap_or_default(),
        }
    }

    fn sources(
        &self,
        entry: &Entry,
        sources: &[RawSource],
        path: &[&str],
        remarks: &mut Vec<Diagnostic>,
    ) -> Vec<Citation> {
        let mut citations = Vec::with_capacity(sources.len());
        for (at, source) in sources.iter().enumerate() {
            let at = at.to_string();
            let place = |more: &[&str]| {
                let path: Vec<&str> =
                    path.iter().copied().chain([at.as_str()]).chain(more.iter().copied()).collect();
                entry.place_of(&path)
            };
            match source {
                RawSource::Key(key) => match self.names.source(key, || place(&[])) {
                    Ok(citation) => citations.push(citation),
                    Err(diagnostic) => remarks.push(*diagnostic),
                },
                RawSource::Inline(inline) => citations.push(Citation {
                    title: inline.title.clone(),
                    publisher: inline.publisher.clone(),
                    url: inline.url.clone().filter(|url| web_address(url, || place(&["url"]), remarks)),
                    locator: inline.locator.clone(),
                    read: inline.read,
                }),
            }
        }
        citations
    }

    /// Where the words of each target of an entry stand, whatever else is wrong with it.
    pub fn stand(&self, entry: &Entry) -> Vec<Stand> {
        let volume = Volume::new(self.debate);
        let targets = entry.targets.iter().enumerate();
        targets
            .map(|(number, target)| {
                let target = self.as_locked(entry, number, target);
                let mut remarks = Vec::new();
                match self.target(entry, &target, &volume, &mut remarks) {
                    Some(passages) => Stand::At(passages),
                    None if remarks.iter().any(|remark| remark.code == "ambiguous-quote") => Stand::Often,
                    None => Stand::Nowhere,
                }
            })
            .collect()
    }

    /// Where an entry's words stand; `None` where that is a mistake.
    fn passages(
        &self,
        entry: &Entry,
        volume: &Volume<'_>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Passage>> {
        if let Some(revised) = self.revised(entry) {
            let at = entry.targets.first().map_or(entry.id_span, |target| target.span);
            let place = Place::new(&entry.source, at);
            match revised.status.is_placed() {
                true => {
                    remarks.push(diagnostics::context_changed(place, self.debate.slug.as_str(), &entry.id));
                }
                false => {
                    let debate = self.debate.slug.as_str();
                    remarks.push(diagnostics::quotation_changed(
                        place,
                        debate,
                        &entry.id,
                        &changed_words(revised),
                    ));
                    return None;
                }
            }
        }
        let mut targets = Vec::new();
        for (number, target) in entry.targets.iter().enumerate() {
            targets.push(self.target(entry, &self.as_locked(entry, number, target), volume, remarks)?);
        }
        // Targets in the record's order. The passages of one stay together: what it leaves out was judged with
        // nothing between.
        targets.sort_by_key(|target| target.first().map(|passage| (passage.paragraph, passage.range.start)));
        targets.dedup();
        let mut whole = HashSet::new();
        let mut passages: Vec<Passage> = targets.into_iter().flatten().collect();
        passages.retain(|passage| passage.whole == WholeParagraph::No || whole.insert(passage.paragraph));
        self.check_due(entry, &passages, remarks);
        Some(passages)
    }

    /// A target with what the lock knows of it: where its paragraph is now, which words were accepted.
    fn as_locked(&self, entry: &Entry, number: usize, target: &written::Target) -> written::Target {
        let mut target = target.clone();
        let Some(locked) = self.locked(entry) else { return target };
        let now = |id: ParagraphId| {
            locked.moved.get(&id.to_string()).and_then(|now| now.parse().ok()).unwrap_or(id)
        };
        target.at = target.at.map(|at| match at {
            At::Paragraph(id) => At::Paragraph(now(id)),
            At::Run(first, last) => At::Run(now(first), now(last)),
            At::Contribution(id) => {
                locked.moved.get(&id.to_string()).and_then(|now| now.parse().ok()).unwrap_or(at)
            }
            At::Debate => at,
        });
        if let Some(accepted) = &locked.accepted
            && accepted.selector == selector(entry)
            && let Some(words) = accepted.words.get(number)
        {
            target.quote = Some(words.clone());
            (target.before, target.after) = (None, None);
        }
        target
    }

    /// What was said of a due date must be words of the passages. Where there is a quote that was
    /// seen when the entry was read.
    fn check_due(&self, entry: &Entry, passages: &[Passage], remarks: &mut Vec<Diagnostic>) {
        let accepted = self.locked(entry).is_some_and(|locked| locked.accepted.is_some());
        let seen = |target: &written::Target| target.quote.is_none() || accepted;
        let Some(due) = entry.raw.due.as_ref().filter(|_| entry.targets.iter().all(seen)) else { return };
        let record = &self.debate.record;
        let words =
            |passage: &Passage| &record.words(&record.paragraphs[passage.paragraph])[passage.range.range()];
        if !passages.iter().any(|passage| written::holds_words(words(passage), &due.said)) {
            remarks.push(diagnostics::due_not_in_quote(entry.place_of(&["due", "said"]), &due.said));
        }
    }

    fn target(
        &self,
        entry: &Entry,
        target: &written::Target,
        volume: &Volume<'_>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<Vec<Passage>> {
        let record = &self.debate.record;
        let everything = 0..record.paragraphs.len();
        let (scope, joints) = match target.at {
            None | Some(At::Debate) => (everything, Joints::Closed),
            Some(at) => match paragraphs(record, &at.to_string()) {
                Some(range) => {
                    let joints = if matches!(at, At::Run(..)) { Joints::Open } else { Joints::Closed };
                    (range, joints)
                }
                None => {
                    let place = entry.place_of(&["at"]);
                    remarks.push(diagnostics::unknown_paragraph(
                        place,
                        &at.to_string(),
                        volume.title(),
                        &last_id(record),
                    ));
                    return None;
                }
            },
        };
        let Some(quote) = &target.quote else {
            return Some(if matches!(target.at, None | Some(At::Debate)) {
                Vec::new()
            } else {
                self.whole(scope)
            });
        };
        let words = Words {
            quote: Quote {
                after: target.after.as_deref(),
                ..Words::in_sheet(quote, target.before.as_deref()).quote
            },
            setting: Setting::Sheet,
            elision: if entry.raw.elision.is_some() { Elision::Reviewed } else { Elision::Judged },
        };
        match judge::judge(volume, &scope, joints, &words) {
            Judgement::Verbatim(ranges, _) => Some(quoting::passages(&ranges)),
            wrong => {
                let place = Place::new(&entry.source, target.span);
                remarks.extend(judge::mistake(&wrong, volume, &scope, &words, place));
                None
            }
        }
    }

    fn whole(&self, scope: Range<usize>) -> Vec<Passage> {
        let record = &self.debate.record;
        scope
            .map(|paragraph| Passage {
                paragraph,
                range: Span::new(0..record.words(&record.paragraphs[paragraph]).len()),
                whole: WholeParagraph::Yes,
                elided_before: Elided::No,
            })
            .collect()
    }
}

/// The values of an entry that are one line of text and are shown to readers. Of one that is withdrawn
/// nothing is shown but why.
fn one_line_values(entry: &Entry) -> Vec<(String, Place)> {
    let raw = &entry.raw;
    let outcome = raw.outcome.as_ref().and_then(|outcome| outcome.note.as_ref());
    let basis = raw.identifies.as_ref().and_then(|identifies| identifies.basis.as_ref());
    let withdrawn = raw.withdrawn.as_ref().map(|withdrawn| &withdrawn.reason);
    let standing: [(Option<&String>, &[&str]); 3] = [
        (raw.title.as_ref(), &["title"]),
        (outcome, &["outcome", "note"]),
        (basis, &["identifies", "basis"]),
    ];
    let gone: [(Option<&String>, &[&str]); 1] = [(withdrawn, &["withdrawn", "reason"])];
    let values: &[(Option<&String>, &[&str])] = match raw.status {
        Some(written::Status::Retracted) => &gone,
        _ => &standing,
    };
    values.iter().filter_map(|(text, path)| Some(((*text)?.clone(), entry.place_of(path)))).collect()
}

/// Where the words of one target stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stand {
    /// Here; nowhere in particular for the whole debate.
    At(Vec<Passage>),
    /// In several places.
    Often,
    /// They can't be found.
    Nowhere,
}

/// What a revision did to an entry's words, for the message.
fn changed_words(revised: &Revised) -> diagnostics::ChangedWords<'_> {
    diagnostics::ChangedWords {
        status: revised.status.word(),
        parts: match revised.was.iter().any(|was| was.now.is_some()) || revised.status != Status::Drifted {
            true => revised.was.iter().map(|was| (was.words.as_str(), was.now.as_deref())).collect(),
            // A lock of version 1 has the new words target by target.
            false => {
                let was = revised.was.iter().map(|was| (was.words.as_str(), None));
                let now = revised.now.iter().map(|now| now.as_str());
                let mut parts: Vec<(&str, Option<&str>)> = was.collect();
                parts.iter_mut().zip(now).for_each(|(part, now)| part.1 = Some(now));
                parts
            }
        },
        speakers: revised.speakers(),
    }
}

/// The fingerprint of where an entry says that it stands: what a judgement on a revision binds to.
pub fn selector(entry: &Entry) -> String {
    let parts = entry.targets.iter().flat_map(|target| {
        let at = target.at.map(|at| at.to_string());
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        [at.unwrap_or_default(), text(&target.quote), text(&target.before), text(&target.after)]
    });
    let parts: Vec<String> = parts.collect();
    Fingerprint::of_parts(parts.iter().map(String::as_bytes)).short(16)
}
