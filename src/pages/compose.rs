//! Views of what appears on several pages: notes, evidence, commitments, cards of debates and
//! topics.

use super::fragments;
use super::index::{Index, NoteRef};
use super::terms::Terms;
use super::views::*;
use crate::config::Config;
use crate::model::{
    Annotation, Attribution, Briefing, Citation, Commitment, Debate, DebateSlug, Destination, Kind,
    Paragraph, Passage, Person, PersonSlug, Quoted, Role, Site, Standing, Topic, TopicSlug, WholeParagraph,
};
use crate::permalink::{Address, Linker, cited, is_extract, number, office_on, party_on};
use crate::text::Fingerprint;
use jiff::civil::Date;
use std::collections::HashMap;
use std::sync::OnceLock;

/// Everything that views are made from.
pub struct Composer<'s> {
    /// The configuration.
    pub config: &'s Config,
    /// The site.
    pub site: &'s Site,
    /// Its notes by what they are listed under.
    pub index: &'s Index,
    topics: HashMap<&'s TopicSlug, &'s Topic>,
    people: HashMap<&'s PersonSlug, &'s Person>,
    debates: HashMap<&'s DebateSlug, usize>,
    /// The glossary's terms, made ready to be looked for when first asked for.
    pub(super) terms: OnceLock<Terms>,
    /// What any page may show, hashed when first asked for.
    pub(super) ground: OnceLock<Fingerprint>,
}

/// Where a note is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// On its debate's page, beside the words, with this number.
    Beside(usize),
    /// Elsewhere, with its words quoted.
    Away,
}

impl<'s> Composer<'s> {
    /// A composer for a site.
    pub fn new(config: &'s Config, site: &'s Site, index: &'s Index) -> Self {
        Composer {
            config,
            site,
            index,
            topics: site.topics.iter().map(|topic| (&topic.slug, &**topic)).collect(),
            people: site.people.iter().map(|person| (&person.slug, &**person)).collect(),
            debates: site.debates.iter().enumerate().map(|(at, debate)| (&debate.slug, at)).collect(),
            terms: OnceLock::new(),
            ground: OnceLock::new(),
        }
    }

    /// The way to a feed or calendar; none where the site has none.
    pub(super) fn feed(&self, path: &str, linker: &Linker) -> Option<String> {
        let feeds = self.config.base_url.is_some() && self.config.feeds;
        feeds.then(|| linker.to(&Address::file(path)))
    }

    /// The topic with this slug.
    pub fn topic(&self, slug: &TopicSlug) -> Option<&'s Topic> {
        self.topics.get(slug).copied()
    }

    /// The language of a debate's record: its own, or else the site's.
    pub fn language_of<'d>(&'d self, debate: &'d Debate) -> &'d str {
        debate.particulars.language.as_deref().unwrap_or(&self.config.language)
    }

    /// The person with this slug.
    pub fn person(&self, slug: &PersonSlug) -> Option<&'s Person> {
        self.people.get(slug).copied()
    }

    /// The debates that a briefing draws on, as indexes, in the site's order.
    pub fn debates_of(&self, briefing: &Briefing) -> Vec<usize> {
        let known = briefing.debates.iter().filter_map(|slug| self.debates.get(slug).copied());
        let mut debates: Vec<usize> = known.collect();
        debates.sort_unstable();
        debates.dedup();
        debates
    }

    /// The note at an index, with its debate.
    pub fn note_at(&self, at: NoteRef) -> (&'s Debate, &'s Annotation) {
        let debate = &self.site.debates[at.debate];
        (debate, &debate.annotations[at.note])
    }

    /// A note.
    pub fn note(&self, debate: &Debate, note: &Annotation, linker: &Linker, setting: Setting) -> NoteView {
        let id = format!("n-{}", note.id);
        let gone = note.standing == Standing::Retracted;
        let here = Destination::Debate(debate.slug.clone(), Some(id.as_str().into()));
        let prefix = match setting {
            Setting::Beside(_) => format!("{id}-"),
            Setting::Away => format!("{}-{id}-", debate.slug),
        };
        let commitment = match &note.kind {
            Kind::Commitment(commitment) => Some(self.commitment(debate, note, commitment, linker)),
            _ => None,
        };
        NoteView {
            number: if let Setting::Beside(number) = setting { number } else { 0 },
            href: linker.href(&here),
            kind: note.kind.word(),
            title: note.title.clone(),
            quotes: if gone || setting == Setting::Away {
                Vec::new()
            } else {
                // Beside whole paragraphs it repeats none.
                let shown = |passage: &&Passage| passage.whole == WholeParagraph::No;
                self.quotes(debate, note.passages.iter().filter(shown), linker)
            },
            body_html: fragments::prose(&note.body, linker, &prefix),
            topics: note.topics.iter().filter_map(|slug| self.topic_count(slug, 0, linker)).collect(),
            status: note.standing.word(),
            author: note.author.clone(),
            date: note.date.map(|date| date.to_string()),
            reviewed: note.reviewed.as_ref().map(|(by, _)| by.clone()),
            reviewed_on: note.reviewed.as_ref().and_then(|(_, on)| *on).map(|day| day.to_string()),
            withdrawn: note.withdrawn.as_ref().map(|withdrawal| WithdrawalView {
                reason: withdrawal.reason.clone(),
                on: withdrawal.on.map(|day| day.to_string()),
            }),
            commitment,
            verdict: if let Kind::FactCheck(verdict) = note.kind { Some(verdict.word()) } else { None },
            page: has_page(note).then(|| linker.to(&fact_check_address(&debate.slug, &note.id))),
            term: if let Kind::Definition(term) = &note.kind { term.clone() } else { None },
            see: note
                .see
                .iter()
                .map(|see| LinkView { label: see.label.clone(), href: Some(linker.href(&see.to)) })
                .collect(),
            identifies: note
                .identifies
                .as_ref()
                .map(|identified| self.person_link(&identified.person, linker)),
            basis: note.identifies.as_ref().and_then(|identified| identified.basis.clone()),
            sic: note.sic.clone(),
            sources: note.sources.iter().map(source).collect(),
            id,
        }
    }

    fn topic_count(&self, slug: &TopicSlug, count: usize, linker: &Linker) -> Option<CountView> {
        let topic = self.topic(slug)?;
        Some(CountView {
            label: topic.title.clone(),
            slug: slug.to_string(),
            href: linker.href(&Destination::Topic(slug.clone())),
            count,
        })
    }

    /// The topics of some notes with how often each occurs, the most frequent first.
    pub fn topic_counts<'n>(
        &self,
        notes: impl Iterator<Item = &'n Annotation>,
        linker: &Linker,
    ) -> Vec<CountView> {
        let mut counts: Vec<(&TopicSlug, usize)> = Vec::new();
        for slug in notes.flat_map(|note| &note.topics) {
            match counts.iter_mut().find(|(known, _)| *known == slug) {
                Some((_, count)) => *count += 1,
                None => counts.push((slug, 1)),
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        counts.into_iter().filter_map(|(slug, count)| self.topic_count(slug, count, linker)).collect()
    }

    fn commitment(
        &self,
        debate: &Debate,
        note: &Annotation,
        commitment: &Commitment,
        linker: &Linker,
    ) -> CommitmentView {
        let owed_by = match &commitment.owed_by {
            Some((_, Some(person))) => Some(self.person_link(person, linker)),
            Some((text, None)) => Some(LinkView { label: text.clone(), href: None }),
            None => match debate.speakers_of(note).as_slice() {
                [] => None,
                [who] => {
                    let speaker = self.speaker(who, debate.particulars.date, linker);
                    Some(LinkView { label: speaker.name, href: speaker.href })
                }
                _ => debate
                    .names_of_speakers(note, &linker.wording().separator)
                    .map(|label| LinkView { label, href: None }),
            },
        };
        let outcome = &commitment.outcome;
        // What was kept, broken or overtaken is due no more; of what was kept in part the rest still is.
        let past = |due: Date| outcome.state.is_open() && self.site.as_of.is_some_and(|as_of| due < as_of);
        CommitmentView {
            owed_by,
            due_said: commitment.due_said.clone(),
            language: self.language_of(debate).to_owned(),
            due_by: commitment.due_by.map(|date| date.to_string()),
            past_due: commitment.due_by.is_some_and(past),
            state: outcome.state.word(),
            state_as_of: outcome.as_of.map(|date| date.to_string()),
            note: outcome.note.clone(),
            sources: outcome.sources.iter().map(source).collect(),
        }
    }

    /// A person's name with the way to their page.
    pub fn person_link(&self, slug: &PersonSlug, linker: &Linker) -> LinkView {
        match self.people.get(slug) {
            Some(person) => LinkView {
                label: person.name.clone(),
                href: Some(linker.href(&Destination::Person(slug.clone()))),
            },
            None => LinkView { label: slug.to_string(), href: None },
        }
    }

    /// Who spoke, with the office or seat on the day.
    pub fn speaker(&self, who: &Attribution, day: Date, linker: &Linker) -> SpeakerView {
        let person = who.person.as_ref().and_then(|slug| self.people.get(slug).copied());
        SpeakerView {
            name: who.name.clone(),
            office: office_on(who, person, day),
            party: party_on(who, person, day),
            href: person.map(|person| linker.href(&Destination::Person(person.slug.clone()))),
            chair: who.role == Role::Chair,
            printed: who.printed.clone(),
            unprinted: who.by_editors,
            nameless: who.is_nameless(),
        }
    }

    /// A note with who said the words, where and when.
    pub fn evidence(&self, debate: &Debate, note: &Annotation, linker: &Linker) -> EvidenceView {
        let particulars = &debate.particulars;
        let view = self.note(debate, note, linker, Setting::Away);
        let said = |who: Option<&Attribution>, passages: &[Passage]| {
            let quotes = self.quotes(debate, passages, linker);
            SaidView {
                speaker: who.map(|who| self.speaker(who, particulars.date, linker)),
                citation: linker.wording().place(&cited(debate, passages)),
                href: quotes.first().map_or_else(|| view.href.clone(), |quote| quote.href.clone()),
                quotes,
            }
        };
        let citation = linker.wording().place(&cited(debate, &note.passages));
        EvidenceView {
            said: match note.passages.as_slice() {
                // Of a note that was withdrawn only the place is left.
                passages if passages.is_empty() || note.standing == Standing::Retracted => {
                    vec![SaidView { citation: citation.clone(), ..said(None, &[]) }]
                }
                passages => debate.runs(passages).map(|(who, passages)| said(who, passages)).collect(),
            },
            note: view,
            debate: LinkView {
                label: particulars.title.clone(),
                href: Some(linker.href(&Destination::Debate(debate.slug.clone(), None))),
            },
            date: particulars.date.to_string(),
            house: particulars.house.clone(),
            citation,
            language: self.language_of(debate).to_owned(),
        }
    }

    /// The words of some passages.
    fn quotes<'p>(
        &self,
        debate: &Debate,
        passages: impl IntoIterator<Item = &'p Passage>,
        linker: &Linker,
    ) -> Vec<QuoteView> {
        let view = |Quoted { paragraph, text, .. }: Quoted| {
            let Paragraph { id, language, .. } = &debate.record.paragraphs[paragraph];
            QuoteView {
                ends: ends(&text),
                text,
                language: language.as_deref().unwrap_or_else(|| self.language_of(debate)).to_owned(),
                paragraph: id.to_string(),
                number: number(&id.to_string()),
                href: linker.href(&Destination::Debate(debate.slug.clone(), Some(id.to_string().into()))),
            }
        };
        debate.record.quoted(passages).into_iter().map(view).collect()
    }

    /// Several notes as evidence.
    pub fn evidence_of(&self, notes: &[NoteRef], linker: &Linker) -> Vec<EvidenceView> {
        notes
            .iter()
            .map(|&at| {
                let (debate, note) = self.note_at(at);
                self.evidence(debate, note, linker)
            })
            .collect()
    }

    /// The rows of a register of commitments. Notes that are none give no row.
    pub fn commitments(&self, notes: impl Iterator<Item = NoteRef>, linker: &Linker) -> Vec<CommitmentRow> {
        notes
            .filter_map(|at| {
                let (debate, note) = self.note_at(at);
                let evidence = self.evidence(debate, note, linker);
                let commitment = evidence.note.commitment.clone()?;
                Some(CommitmentRow { evidence, commitment })
            })
            .collect()
    }

    /// A debate in a list.
    pub fn debate_card(&self, at: usize, linker: &Linker) -> DebateCard {
        let debate = &self.site.debates[at];
        let particulars = &debate.particulars;
        DebateCard {
            title: particulars.title.clone(),
            href: linker.href(&Destination::Debate(debate.slug.clone(), None)),
            language: self.language_of(debate).to_owned(),
            date: particulars.date.to_string(),
            house: particulars.house.clone(),
            extract: is_extract(particulars),
            notes: debate.note_count(),
            words: debate.record.words,
            summary: (!particulars.summary.is_empty()).then(|| particulars.summary.plain.to_string()),
        }
    }

    /// A topic in a list.
    pub fn topic_card(&self, topic: &Topic, linker: &Linker) -> TopicCard {
        let entry = self.index.topics.get(&topic.slug);
        TopicCard {
            title: topic.title.clone(),
            slug: topic.slug.to_string(),
            href: linker.href(&Destination::Topic(topic.slug.clone())),
            summary: topic.summary.clone(),
            passages: entry.map_or(0, |entry| entry.notes.len()),
            debates: entry.map_or(0, |entry| entry.debates),
        }
    }

    /// A briefing in a list.
    pub fn briefing_card(&self, briefing: &Briefing, linker: &Linker) -> BriefingCard {
        BriefingCard {
            title: briefing.title.clone(),
            href: linker.href(&Destination::Briefing(briefing.slug.clone(), None)),
            summary: briefing.summary.clone(),
            date: briefing.date.map(|date| date.to_string()),
            authors: briefing.authors.clone(),
            status: briefing.standing.word(),
        }
    }
}

/// Where words are many, the first of them, the rest, and the last.
fn ends(words: &str) -> Option<EndsView> {
    const FIRST: usize = 9;
    const LAST: usize = 6;
    /// Fewer are not worth leaving out.
    const REST: usize = 9;
    let mut spaces = words.match_indices(char::is_whitespace);
    let (first, _) = spaces.clone().nth(FIRST - 1)?;
    let (last, space) = spaces.clone().nth_back(LAST - 1)?;
    spaces.nth(FIRST + REST + LAST - 2)?;
    let (first, rest) = words.split_at(first);
    let (rest, last) = rest.split_at(last + space.len() - first.len());
    Some(EndsView { first: first.into(), rest: rest.into(), last: last.into() })
}

/// The address of the list of one kind of notes.
pub fn kind_address(kind: &str) -> Address {
    Address::folder(&["annotations", kind])
}

/// Whether a note has a page of its own: a fact-check that is approved.
pub fn has_page(note: &Annotation) -> bool {
    matches!(note.kind, Kind::FactCheck(_)) && note.standing == Standing::Approved
}

/// The address of a fact-check's own page, below the list of fact-checks. The pages of that list are
/// files (`page-2.html`), so no debate's name can be one of theirs.
pub fn fact_check_address(debate: &DebateSlug, id: &str) -> Address {
    Address::folder(&["annotations", "fact-check", debate.as_str(), id])
}

/// A source outside the record.
pub fn source(citation: &Citation) -> SourceView {
    SourceView {
        title: citation.title.clone(),
        publisher: citation.publisher.clone(),
        url: citation.url.clone(),
        locator: citation.locator.clone(),
        read: citation.read.map(|date| date.to_string()),
    }
}
