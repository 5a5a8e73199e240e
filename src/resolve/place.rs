//! From annotations as written to annotations in their places: words found strictly, names known.
//! Only the debate's own files are looked at, so debates can be placed in parallel.

use super::judge::{self, Elision, Judgement, Setting, Words};
use super::library::{Volume, last_id, paragraphs};
use super::names::Names;
use super::placed::Remark;
use super::{published, quoting};
use crate::anchor::{Brackets, Joints, Quote};
use crate::annotation::{self as written, At, Entry, RawSource};
use crate::config::Config;
use crate::diagnostics::{self, Diagnostic, Place, web_address};
use crate::markdown;
use crate::model::{
    Annotation, Citation, Commitment, Debate, Elided, Hidden, Identified, Kind, Outcome, OutcomeState,
    ParagraphId, Passage, Prose, Standing, Unplaced, Verdict, WholeParagraph, Withdrawal, Written,
};
use crate::revise::{Lock, LockedAnnotation, Revised};
use crate::text::{Fingerprint, Source, Span, fold};
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
        let approved = self.locked(entry)?.approved.as_ref().is_some_and(|known| *known == approval(entry));
        let is_approved = entry.raw.status == Some(written::Status::Approved) && approved;
        (is_approved && self.hidden(entry, Standing::Approved).is_none()).then(|| Unplaced {
            id: entry.id.as_str().into(),
            title: entry.raw.title.clone(),
            kind: self.kind(entry, &mut Vec::new()).word(),
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
        let passages = self.passages(entry, volume, remarks)?;
        let raw = &entry.raw;
        let standing = self.standing(entry, remarks);
        let topics = entry.topics.iter().filter_map(|topic| {
            let place = || Place::new(&entry.source, topic.span);
            self.names.topic(&topic.name, place).map_err(|diagnostic| remarks.push(*diagnostic)).ok()
        });
        let topics = topics.collect();
        let identifies = raw.identifies.as_ref().and_then(|identifies| {
            let place = || entry.place_of(&["identifies", "person"]);
            let person = self
                .names
                .person(&identifies.person, place)
                .map_err(|diagnostic| remarks.push(*diagnostic))
                .ok()?;
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
            kind: if retracted { Kind::Note } else { self.kind(entry, remarks) },
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
            reviewed: raw.reviewed.as_ref().map(|review| (review.by.clone(), review.on)),
            date: raw.date,
            written: Written { source: entry.source.clone(), span: entry.id_span },
        };
        Some((note, remark))
    }

    /// What an approval is worth: only what the lock has recorded of these very words.
    fn standing(&self, entry: &Entry, remarks: &mut Vec<Diagnostic>) -> Standing {
        match entry.raw.status.unwrap_or_default() {
            written::Status::Draft => Standing::Draft,
            written::Status::InReview => Standing::InReview,
            written::Status::Retracted => Standing::Retracted,
            written::Status::Approved => {
                let locked = self.locked(entry);
                if locked.is_some_and(|locked| locked.approved == Some(approval(entry))) {
                    // What was approved in one context is not approved in another.
                    return if self.revised(entry).is_some() {
                        Standing::InReview
                    } else {
                        Standing::Approved
                    };
                }
                remarks.push(diagnostics::unreviewed_approval(entry.place_of(&["status"]), &entry.id));
                Standing::InReview
            }
        }
    }

    fn locked(&self, entry: &Entry) -> Option<&LockedAnnotation> {
        self.lock?.annotations.get(&entry.id)
    }

    /// What a revision of the record did to an entry that nobody has changed or judged since.
    fn revised(&self, entry: &Entry) -> Option<&Revised> {
        let revised = self.locked(entry)?.revised.as_ref()?;
        (revised.selector == selector(entry)).then_some(revised)
    }

    fn kind(&self, entry: &Entry, remarks: &mut Vec<Diagnostic>) -> Kind {
        match entry.raw.kind.unwrap_or_default() {
            written::Kind::Note => Kind::Note,
            written::Kind::Claim => Kind::Claim,
            written::Kind::Commitment => Kind::Commitment(Box::new(self.commitment(entry, remarks))),
            written::Kind::FactCheck => Kind::FactCheck(match entry.raw.verdict {
                Some(written::Verdict::Accurate) => Verdict::Accurate,
                Some(written::Verdict::Inaccurate) => Verdict::Inaccurate,
                Some(written::Verdict::Misleading) => Verdict::Misleading,
                Some(written::Verdict::Unsupported) => Verdict::Unsupported,
                Some(written::Verdict::CannotBeChecked) | None => Verdict::CannotBeChecked,
            }),
            written::Kind::Context => Kind::Context,
            written::Kind::Question => Kind::Question,
            written::Kind::Definition => Kind::Definition(entry.raw.term.clone()),
            written::Kind::CrossReference => Kind::CrossReference,
        }
    }

    fn commitment(&self, entry: &Entry, remarks: &mut Vec<Diagnostic>) -> Commitment {
        let raw = &entry.raw;
        let outcome = raw.outcome.as_ref().map(|outcome| Outcome {
            state: match outcome.state {
                written::OutcomeState::NotChecked => OutcomeState::NotChecked,
                written::OutcomeState::Open => OutcomeState::Open,
                written::OutcomeState::Kept => OutcomeState::Kept,
                written::OutcomeState::Partly => OutcomeState::Partly,
                written::OutcomeState::Broken => OutcomeState::Broken,
                written::OutcomeState::Overtaken => OutcomeState::Overtaken,
            },
            as_of: outcome.as_of,
            note: outcome.note.clone(),
            sources: self.sources(entry, &outcome.sources, &["outcome", "sources"], remarks),
        });
        Commitment {
            // Who must act is a person where it is a slug or a name of one, and text otherwise.
            owed_by: raw.owed_by.as_ref().map(|owed| match self.names.people.get_key_value(owed.as_str()) {
                Some((slug, name)) => (name.clone(), Some(slug.clone())),
                None => {
                    self.names.mistyped(owed, || entry.place_of(&["owed_by"]), remarks);
                    (owed.clone(), self.names.person_named(owed).cloned())
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
    pub fn stand(&self, entry: &Entry) -> Vec<Option<Vec<Passage>>> {
        let volume = Volume::new(self.debate);
        let targets = entry.targets.iter().enumerate();
        targets
            .map(|(number, target)| {
                let target = self.as_locked(entry, number, target);
                self.target(entry, &target, &volume, &mut Vec::new()).filter(|passages| !passages.is_empty())
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
                true => remarks.push(diagnostics::context_changed(place, &entry.id)),
                false => {
                    let was =
                        revised.was.iter().map(|old| old.words.as_str()).collect::<Vec<_>>().join(" … ");
                    let status = revised.status.word();
                    remarks.push(diagnostics::quotation_changed(
                        place,
                        &entry.id,
                        status,
                        &was,
                        &revised.now,
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
            other => other,
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
        let Some(due) =
            entry.raw.due.as_ref().filter(|_| entry.targets.iter().all(|target| target.quote.is_none()))
        else {
            return;
        };
        let said = fold(&due.said);
        let record = &self.debate.record;
        let words = |passage: &Passage| record.words(&record.paragraphs[passage.paragraph]);
        if !passages.iter().any(|passage| fold(words(passage)).text().contains(said.text())) {
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
                exact: quote,
                before: target.before.as_deref(),
                after: target.after.as_deref(),
                brackets: Brackets::Elision,
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

/// The fingerprint that an approval of an entry binds to.
pub fn approval(entry: &Entry) -> String {
    let raw = &entry.raw;
    // The values as written, so that any change of any of them ends the approval.
    let facts = format!(
        "{:?}",
        (raw.kind, raw.verdict, &raw.due, &raw.outcome, &raw.sources, &raw.owed_by, &raw.term)
    );
    let targets = entry
        .targets
        .iter()
        .flat_map(|target| [target.quote.as_deref(), target.before.as_deref(), target.after.as_deref()]);
    let places: Vec<String> =
        entry.targets.iter().map(|target| target.at.map_or_else(String::new, |at| at.to_string())).collect();
    let texts = targets.map(Option::unwrap_or_default).chain(places.iter().map(String::as_str));
    let body = entry.body_text().unwrap_or_default();
    crate::revise::approval(texts.chain([body, raw.title.as_deref().unwrap_or_default(), facts.as_str()]))
}
