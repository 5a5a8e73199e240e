//! The quotations of any document, with or without links, against every debate of a site.

use super::judge::{self, Allowance, Judgement, Words};
use super::library::{Library, Spot, Volume};
use super::named;
use super::names::own_path;
use super::placed::PlacedDebate;
use super::quoting;
use super::roll::{self, Named, Roll};
use crate::anchor::{self, Joints};
use crate::config::Config;
use crate::diagnostics::Place;
use crate::model::{DebateSlug, Person, WholeParagraph};
use crate::permalink::{Address, Entry, Linker, office_on, place_citation};
use crate::prose::{self, Draft, Form, Quotation, Tie};
use crate::text::Span;
use std::cell::Cell;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// How many places of one quotation are named.
const NAMED: usize = 5;
/// For so many quotations of a run near words are looked for, which takes longer than all else.
const SOUGHT: u32 = 400;
/// More words than this in the record for those in brackets make another sentence of it.
const REPLACED: usize = 8;

/// Checks documents against the debates of a site.
pub struct Checker<'s> {
    library: Library<'s>,
    slugs: Vec<&'s DebateSlug>,
    people: HashMap<&'s str, &'s Person>,
    roll: Roll,
    config: &'s Config,
    sought: Cell<u32>,
}

/// What was found in a document.
#[derive(Debug)]
pub struct Survey {
    /// An answer for each quotation.
    pub answers: Vec<Answer>,
    /// How many were passed over because they are shorter than four words and cite nothing.
    pub passed_over: usize,
}

/// What was found of one quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The words, without their quotation marks.
    pub words: String,
    /// Where they stand in the document.
    pub span: Span,
    /// What they are.
    pub verdict: Verdict,
    /// The name that the document gives for the speaker.
    pub named: Option<String>,
    /// How the words differ from the record and are right all the same.
    pub allowances: Vec<Allowance>,
    /// The places that have them.
    pub places: Vec<At>,
    /// What differs, and the nearest words.
    pub notes: Vec<String>,
}

/// A place of the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    /// Who spoke, as the record has the name; nobody where it does not say.
    pub speaker: Option<String>,
    /// The slug of the person, where that is known.
    pub person: Option<String>,
    /// The office or seat of the speaker on the day.
    pub office: Option<String>,
    /// The debate's slug.
    pub debate: String,
    /// Its title.
    pub title: String,
    /// Its day, as `2012-12-20`.
    pub date: String,
    /// The ids of the paragraphs.
    pub paragraphs: Vec<String>,
    /// Where a reader finds it.
    pub address: String,
    /// How it is cited.
    pub citation: String,
    /// The speaker, as the roll has it.
    key: Option<String>,
    /// The paragraphs, by index.
    range: Range<usize>,
}

/// What a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The record has these words, in one place.
    Verbatim,
    /// The record has these words, in several places.
    Several,
    /// The record has these words but for what stands in brackets.
    Bracketed,
    /// The record has these words, and somebody else said them.
    Misattributed,
    /// The record has these words, and not where the document's link leads.
    Elsewhere,
    /// The record has other words.
    Misquoted,
    /// No debate of the site has anything near.
    NotFound,
    /// A mark opens the quotation, and none closes it.
    Unclosed,
}

impl Verdict {
    /// The word for tools.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Several => "several-places",
            Verdict::Bracketed => "bracketed",
            Verdict::Misattributed => "misattributed",
            Verdict::Elsewhere => "quoted-elsewhere",
            Verdict::Misquoted => "misquoted",
            Verdict::NotFound => "not-found",
            Verdict::Unclosed => "unclosed",
        }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Several => "verbatim, in several places",
            Verdict::Bracketed => "verbatim but for what stands in brackets",
            Verdict::Misattributed => "MISATTRIBUTED",
            Verdict::Elsewhere => "verbatim, but not where the link leads",
            Verdict::Misquoted => "MISQUOTED",
            Verdict::NotFound => "in no debate here",
            Verdict::Unclosed => "not closed",
        }
    }

    /// Whether the quotation is right.
    pub fn is_right(self) -> bool {
        matches!(self, Verdict::Verbatim | Verdict::Several)
    }
}

impl Survey {
    /// How many quotations have each verdict.
    pub fn counts(&self) -> BTreeMap<Verdict, usize> {
        let mut counts = BTreeMap::new();
        for answer in &self.answers {
            *counts.entry(answer.verdict).or_default() += 1;
        }
        counts
    }
}

impl<'s> Checker<'s> {
    /// A checker for these debates.
    pub fn new(debates: &'s [Arc<PlacedDebate>], people: &'s [Person], config: &'s Config) -> Self {
        Checker {
            library: Library::new(debates.iter().map(|placed| &**placed)),
            slugs: debates.iter().map(|placed| &placed.debate.slug).collect(),
            roll: Roll::new(debates.iter().map(|placed| &placed.debate), people.iter()),
            people: people.iter().map(|person| (person.slug.as_str(), person)).collect(),
            config,
            sought: Cell::new(0),
        }
    }

    /// An answer for each quoted passage of four words or more, and each linked one.
    pub fn check(&self, draft: &Draft) -> Survey {
        let (quotations, mut passed_over) = prose::survey(&draft.nodes);
        let mut answers = Vec::new();
        // The same words are compared once: a long document may have them a thousand times.
        let mut known: HashMap<String, Compared> = HashMap::new();
        for quotation in &quotations {
            let cites = quotation.cited.iter().any(|cited| cited.tie != Tie::Sentence);
            if !cites && quotation.words.split_whitespace().count() < prose::WORDS {
                passed_over += 1;
                continue;
            }
            let compared = known
                .entry(quotation.words.clone())
                .or_insert_with(|| self.compare(&quotation.words))
                .clone();
            answers.push(self.answer(quotation, compared));
        }
        Survey { answers, passed_over }
    }

    /// The answer for one quotation whose words have been compared.
    fn answer(&self, quotation: &Quotation<'_>, compared: Compared) -> Answer {
        let Compared { mut verdict, mut places, allowances, mut notes, unlisted } = compared;
        let named = named::speaker(quotation, &self.roll);
        // Words that stand in more places than are listed are too common to be held to one of them.
        if verdict.is_right() && unlisted == 0 {
            if let Some(wrong) = self.narrow(quotation, &mut places) {
                verdict = Verdict::Elsewhere;
                notes.insert(0, wrong);
            } else if places.len() == 1 {
                verdict = Verdict::Verbatim;
            }
            if let Some(named) = &named
                && let Some(wrong) = attribute(named, &mut places)
            {
                verdict = Verdict::Misattributed;
                notes.insert(0, wrong);
            }
        }
        if matches!(quotation.form, Form::Unclosed) {
            notes.insert(0, format!("a mark opens it and none closes it; its words are {}", verdict.words()));
            verdict = Verdict::Unclosed;
        }
        places.truncate(NAMED);
        let named = named.map(|named| named.name);
        Answer {
            words: quotation.words.clone(),
            span: quotation.span,
            verdict,
            named,
            allowances,
            places,
            notes,
        }
    }

    /// Compares words with every debate.
    fn compare(&self, words: &str) -> Compared {
        let mut found = Compared::default();
        let mut wrong = Vec::new();
        for slug in &self.slugs {
            let Some(volume) = self.library.volume(slug) else { continue };
            let everything = 0..volume.pieces().len();
            match judge::judge(volume, &everything, Joints::Open, &Words::in_prose(words)) {
                Judgement::Verbatim(ranges, allowances) => {
                    found.places.push(self.place(volume, &ranges));
                    found.allowances.extend(allowances);
                }
                Judgement::Several(places) => {
                    found.unlisted += places.total.saturating_sub(places.candidates.len());
                    let places = places.candidates.iter().map(|one| self.place(volume, &one.ranges));
                    found.places.extend(places);
                }
                judgement => wrong.push((volume, judgement)),
            }
        }
        found.allowances.dedup();
        match found.places.len() {
            0 if !self.bracketed(words, &wrong, &mut found) => self.explain(words, &wrong, &mut found),
            0 => {}
            1 => found.verdict = Verdict::Verbatim,
            _ => found.verdict = Verdict::Several,
        }
        found
    }

    /// Whether the words are the record's but for what stands in brackets: put in, or put in the place of a
    /// few words.
    fn bracketed(&self, words: &str, wrong: &[(&Volume<'_>, Judgement)], found: &mut Compared) -> bool {
        let plain = without_brackets(words, " ");
        let replaced = without_brackets(words, " [...] ");
        for (volume, judgement) in wrong {
            let Judgement::BracketedInsertion(range) = judgement else { continue };
            let everything = 0..volume.pieces().len();
            for variant in [&plain, &replaced] {
                let judged = judge::judge(volume, &everything, Joints::Closed, &Words::in_prose(variant));
                let left_out = match &judged {
                    Judgement::MaterialElision(left_out, _) => left_out.split_whitespace().count(),
                    _ => 0,
                };
                if left_out > REPLACED {
                    continue;
                }
                let relaxed = Words { elision: judge::Elision::Reviewed, ..Words::in_prose(variant) };
                let Judgement::Verbatim(ranges, _) =
                    judge::judge(volume, &everything, Joints::Closed, &relaxed)
                else {
                    continue;
                };
                let spread = |pair: &[anchor::PlacedRange]| {
                    let text = volume.pieces()[pair[0].piece].text();
                    let gap = text.get(pair[0].span.end as usize..pair[1].span.start as usize);
                    pair[0].piece != pair[1].piece
                        || gap.is_none_or(|gap| gap.split_whitespace().count() > REPLACED)
                };
                if ranges.windows(2).any(spread) {
                    continue;
                }
                found.places.push(self.place(volume, &ranges));
                let inserted = words.get(range.clone()).unwrap_or(words);
                found.notes.push(format!("{inserted} is not in the record"));
                found.verdict = Verdict::Bracketed;
                break;
            }
        }
        found.verdict == Verdict::Bracketed
    }

    /// What a misquotation was likely meant to be.
    fn explain(&self, words: &str, wrong: &[(&Volume<'_>, Judgement)], found: &mut Compared) {
        let seeks = self.sought.get() < SOUGHT;
        self.sought.set(self.sought.get().saturating_add(1));
        for (volume, judgement) in wrong {
            let everything = 0..volume.pieces().len();
            let place = Place::file(&volume.debate.record.source);
            let is_near =
                !matches!(judgement, Judgement::Lost | Judgement::Blank | Judgement::BracketedInsertion(_));
            let sought = Words::in_prose(words);
            if is_near && let Some(mistake) = judge::mistake(judgement, volume, &everything, &sought, place) {
                found.notes.push(format!("{}: {}", volume.title(), mistake.message));
                found.verdict = Verdict::Misquoted;
            }
            // What is put in by brackets is nobody's words, and would hide how near the rest is.
            let bare = match judgement {
                Judgement::BracketedInsertion(_) => without_brackets(words, " "),
                _ => words.to_owned(),
            };
            let near = if seeks { quoting::suggestions(volume, &everything, &bare) } else { Vec::new() };
            if !near.is_empty() {
                found.verdict = Verdict::Misquoted;
            }
            found.notes.extend(near.into_iter().map(|near| format!("{}, {}", volume.title(), near.line)));
            if found.notes.len() >= NAMED {
                break;
            }
        }
        found.notes.truncate(NAMED);
        if !seeks && found.notes.is_empty() {
            found.notes.push(format!(
                "near words were not looked for: {SOUGHT} quotations before this one are not in the record either"
            ));
        }
    }

    /// Keeps the places that the document's links name. Where none of them has the words, what is wrong.
    fn narrow(&self, quotation: &Quotation<'_>, places: &mut Vec<At>) -> Option<String> {
        let links = quotation.cited.iter().filter(|cited| cited.tie != Tie::Sentence);
        let targets: Vec<(DebateSlug, Option<String>)> =
            links.filter_map(|cited| self.target(&cited.link.target)).collect();
        if targets.is_empty() {
            return None;
        }
        let is_meant = |place: &At| {
            targets.iter().any(|(slug, fragment)| {
                let spot = self.library.volume(slug).map(|volume| (volume, volume.spot(fragment.as_deref())));
                place.debate == slug.as_str()
                    && match spot {
                        Some((_, Some(Spot::Whole))) => true,
                        Some((_, Some(Spot::Paragraphs(range)))) => {
                            range.start <= place.range.start && place.range.end <= range.end
                        }
                        Some((volume, Some(Spot::Note(note)))) => {
                            let range = volume.paragraphs_of(note);
                            range.start < place.range.end && place.range.start < range.end
                        }
                        // A place of the page that is none of the record's says no more than the debate.
                        Some((_, None)) => !fragment.as_deref().is_some_and(super::names::is_record_fragment),
                        None => false,
                    }
            })
        };
        if places.iter().any(is_meant) {
            places.retain(is_meant);
            return None;
        }
        let (slug, fragment) = &targets[0];
        let fragment = fragment.as_ref().map_or_else(String::new, |fragment| format!("#{fragment}"));
        Some(format!("the link leads to {slug}{fragment}, which does not have these words"))
    }

    /// The debate of this site that a link leads to, and the fragment.
    fn target(&self, target: &str) -> Option<(DebateSlug, Option<String>)> {
        let base = self.config.base_url.as_ref().map(|base| base.as_str());
        let path = match base.and_then(|base| own_path(target, base)) {
            Some(path) => path,
            None if target.contains("://") || target.starts_with("mailto:") => return None,
            None => target,
        };
        let (path, fragment) = path.split_once('#').map_or((path, None), |(path, rest)| (path, Some(rest)));
        let path = path.split('?').next().unwrap_or(path);
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        let at = parts.iter().rposition(|part| *part == "debates")?;
        let slug = self.slugs.iter().find(|slug| Some(&slug.as_str()) == parts.get(at + 1))?;
        // A link to a text within the place names the place.
        let fragment = fragment.map(|fragment| fragment.split(":~:").next().unwrap_or(fragment));
        Some(((*slug).clone(), fragment.filter(|fragment| !fragment.is_empty()).map(str::to_owned)))
    }

    fn place(&self, volume: &Volume<'_>, ranges: &[anchor::PlacedRange]) -> At {
        let passages = quoting::passages(ranges);
        debug_assert!(passages.iter().all(|passage| passage.whole == WholeParagraph::No));
        let record = &volume.debate.record;
        let mut paragraphs: Vec<String> =
            passages.iter().map(|passage| volume.id_at(passage.paragraph)).collect();
        paragraphs.dedup();
        let id = paragraphs.first().cloned().unwrap_or_default();
        let page = Entry::Debate(volume.debate.slug.as_str()).address();
        let address = format!("{}#{id}", page.as_str());
        let address = match &self.config.base_url {
            Some(base) => format!("{base}{address}"),
            None => format!("{}{address}", Linker::new(self.config, &Address::folder(&[])).root()),
        };
        let spoken = passages.first().map(|passage| record.paragraphs[passage.paragraph].contribution);
        let speaker = spoken.and_then(|index| record.contributions[index].speaker.as_ref());
        let person = speaker.and_then(|speaker| speaker.person.as_ref());
        let known = person.and_then(|slug| self.people.get(slug.as_str()).copied());
        let particulars = &volume.debate.particulars;
        At {
            speaker: speaker.map(|speaker| speaker.name.clone()),
            person: person.map(ToString::to_string),
            office: speaker.and_then(|speaker| office_on(speaker, known, particulars.date)),
            debate: volume.debate.slug.to_string(),
            title: particulars.title.clone(),
            date: particulars.date.to_string(),
            paragraphs,
            address,
            citation: place_citation(volume.debate, &passages),
            key: speaker.map(roll::key),
            range: Volume::range_of(&passages).unwrap_or(0..0),
        }
    }
}

/// What comparing some words with every debate came to.
#[derive(Debug, Clone)]
struct Compared {
    verdict: Verdict,
    places: Vec<At>,
    allowances: Vec<Allowance>,
    notes: Vec<String>,
    /// How many places more there are.
    unlisted: usize,
}

impl Default for Compared {
    fn default() -> Self {
        Compared {
            verdict: Verdict::NotFound,
            places: Vec::new(),
            allowances: Vec::new(),
            notes: Vec::new(),
            unlisted: 0,
        }
    }
}

/// Keeps the places whose words are those of the one named. Where there is none, what is wrong.
fn attribute(named: &Named, places: &mut Vec<At>) -> Option<String> {
    // Where the record does not say who spoke, nothing can be wrong.
    let is_theirs = |place: &At| place.key.as_ref().is_none_or(|key| named.who.contains(key));
    if places.iter().any(is_theirs) {
        places.retain(is_theirs);
        return None;
    }
    let said = places.first().and_then(|place| place.speaker.as_deref()).unwrap_or_default();
    Some(match named.who.is_empty() {
        true => format!("the document names {}, who speaks in no debate here; said by {said}", named.name),
        false => format!("the document names {}; said by {said}", named.name),
    })
}

/// The words with something else in the place of each that stands in brackets, but for those that mark an
/// elision, a slip or a change of case.
fn without_brackets(words: &str, other: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(open) = rest.find('[') {
        let Some(length) = rest[open..].find(']') else { break };
        let inner = rest[open + 1..open + length].trim();
        let is_allowed = matches!(inner, "..." | "…" | "sic") || inner.chars().count() == 1;
        match is_allowed {
            true => out.push_str(&rest[..=open + length]),
            false => {
                out.push_str(rest[..open].trim_end());
                out.push_str(other);
            }
        }
        rest = rest[open + length + 1..].trim_start_matches(|c: char| !is_allowed && c.is_whitespace());
    }
    out.push_str(rest);
    out.replace(" ,", ",").replace(" .", ".").trim().to_owned()
}
