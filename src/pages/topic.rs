//! The views of a topic's page and of a person's.

use super::compose::Composer;
use super::fragments;
use super::index::NoteRef;
use super::views::*;
use super::{Evidence, page_of};
use crate::model::{DebateSlug, Destination, Kind, OutcomeState, Person, Standing, Term, Topic};
use crate::permalink::Address;
use crate::permalink::Linker;
use std::collections::{BTreeMap, HashSet};

/// At most so many of each are shown above the evidence; the rest are among it.
const AT_THE_TOP: usize = 20;
/// At most so many names stand in the scope line.
const NAMED: usize = 10;

/// The id of the heading over a debate's evidence on a topic.
pub(super) fn group_id(debate: &DebateSlug) -> String {
    format!("d-{debate}")
}

impl Composer<'_> {
    /// A topic's page. What is not evidence stands on the first page only.
    pub(super) fn topic_page(
        &self,
        topic: &Topic,
        number: usize,
        pager: PagerView,
        evidence: &Evidence<'_>,
        linker: &Linker,
    ) -> TopicView {
        let none = super::index::TopicEntry::default();
        let entry = self.index.topics.get(&topic.slug).unwrap_or(&none);
        let first = number == 1;
        let of_kind = |wanted: &dyn Fn(&Kind) -> bool| -> Vec<NoteRef> {
            if !first {
                return Vec::new();
            }
            entry
                .notes
                .iter()
                .copied()
                .filter(|&at| wanted(&self.note_at(at).1.kind))
                .take(AT_THE_TOP)
                .collect()
        };
        let outcomes = self.outcomes(entry.notes.iter().filter(|_| first), linker);
        let promised = of_kind(&|kind| matches!(kind, Kind::Commitment(_)));
        let claims = of_kind(&|kind| matches!(kind, Kind::Claim | Kind::FactCheck(_)));
        let questions = of_kind(&|kind| matches!(kind, Kind::Question));
        let key_points = topic.key_points.iter().filter(|_| first).map(|point| KeyPointView {
            text_html: fragments::prose(&point.text, linker, "key-"),
            at: LinkView {
                label: linker.wording().fragment(&point.title, fragment_of(&point.at)),
                href: Some(linker.href(&point.at)),
            },
        });
        let related = topic.related.iter().filter_map(|slug| self.topic(slug)).map(|topic| LinkView {
            label: topic.title.clone(),
            href: Some(linker.href(&Destination::Topic(topic.slug.clone()))),
        });
        let notes = || entry.notes.iter().filter(|_| first).map(|&at| self.note_at(at).1);
        let (speakers, more_speakers) = match first {
            true => self.scope_speakers(&entry.notes, linker),
            false => (Vec::new(), 0),
        };
        TopicView {
            slug: topic.slug.to_string(),
            feed: self
                .feed(&format!("topics/{}/feed.xml", topic.slug), linker)
                .filter(|_| !entry.notes.is_empty()),
            charts: if first {
                self.over_time(topic, &entry.notes, linker).into_iter().collect()
            } else {
                Vec::new()
            },
            title: topic.title.clone(),
            summary: topic.summary.clone(),
            passages: entry.notes.len(),
            debates: entry.debates,
            speakers,
            more_speakers,
            only_extracts: first
                && !entry.notes.is_empty()
                && entry
                    .notes
                    .iter()
                    .all(|&at| crate::permalink::is_extract(&self.note_at(at).0.particulars)),
            key_points: key_points.collect(),
            commitments: self.commitments(promised.into_iter(), linker),
            outcomes,
            claims: self.evidence_of(&claims, linker),
            questions: self.evidence_of(&questions, linker),
            groups: self.groups(page_of(&entry.notes, number), evidence, linker),
            overview_html: if first {
                fragments::prose(&topic.overview, linker, "overview-")
            } else {
                String::new()
            },
            related: related.collect(),
            pager,
            latest: notes().filter_map(|note| note.date).max().map(|date| date.to_string()),
            reviewed: notes()
                .filter_map(|note| note.reviewed.as_ref())
                .filter_map(|(by, on)| Some((on.as_ref()?, by)))
                .max()
                .map(|(on, by)| ReviewedView { on: on.to_string(), by: by.clone() }),
        }
    }

    /// How many commitments among some notes are in each state.
    fn outcomes<'n>(&self, notes: impl Iterator<Item = &'n NoteRef>, linker: &Linker) -> Vec<CountView> {
        let mut counts: BTreeMap<OutcomeState, usize> = BTreeMap::new();
        for &at in notes {
            if let Kind::Commitment(commitment) = &self.note_at(at).1.kind {
                *counts.entry(commitment.outcome.state).or_default() += 1;
            }
        }
        let href = linker.to(&Address::folder(&["commitments"]));
        counts
            .into_iter()
            .map(|(state, count)| CountView {
                label: state.word().into(),
                slug: state.word().into(),
                href: href.clone(),
                count,
            })
            .collect()
    }

    /// The first whose words some notes are on, each once, and how many more there are.
    fn scope_speakers(&self, notes: &[NoteRef], linker: &Linker) -> (Vec<SpeakerView>, usize) {
        let mut speakers: Vec<SpeakerView> = Vec::new();
        let mut known = HashSet::new();
        for &at in notes {
            let (debate, note) = self.note_at(at);
            for who in debate.speakers_of(note) {
                if known.insert(who.key()) && speakers.len() < NAMED {
                    speakers.push(self.speaker(who, debate.particulars.date, linker));
                }
            }
        }
        let more = known.len() - speakers.len();
        (speakers, more)
    }

    fn groups(&self, notes: &[NoteRef], evidence: &Evidence<'_>, linker: &Linker) -> Vec<EvidenceGroup> {
        notes
            .chunk_by(|a, b| a.debate == b.debate)
            .map(|notes| EvidenceGroup {
                id: group_id(&self.site.debates[notes[0].debate].slug),
                debate: self.debate_card(notes[0].debate, linker),
                evidence_html: notes.iter().map(|&at| evidence(at)).collect(),
            })
            .collect()
    }

    /// A person's page. What is not a list stands on the first page only.
    pub(super) fn person_page(
        &self,
        person: &Person,
        number: usize,
        pager: PagerView,
        evidence: &Evidence<'_>,
        linker: &Linker,
    ) -> PersonView {
        let none = super::index::PersonEntry::default();
        let entry = self.index.people.get(&person.slug).unwrap_or(&none);
        let first = number == 1;
        let terms = [
            ("office", &person.offices),
            ("party", &person.parties),
            ("constituency", &person.constituencies),
        ];
        let terms =
            terms.into_iter().flat_map(|(kind, terms)| terms.iter().map(move |term| term_view(kind, term)));
        let notes_on_words = entry.notes.iter().filter(|_| first).map(|&at| self.note_at(at).1);
        PersonView {
            charts: if first {
                self.topics_over_time(&entry.notes, linker).into_iter().collect()
            } else {
                Vec::new()
            },
            feed: self
                .feed(&format!("people/{}/feed.xml", person.slug), linker)
                .filter(|_| self.index.has_feed(&person.slug)),
            slug: person.slug.to_string(),
            name: person.name.clone(),
            terms: terms.collect(),
            links: person
                .links
                .iter()
                .map(|(label, url)| LinkView { label: label.clone(), href: Some(url.clone()) })
                .collect(),
            about_html: fragments::prose(&person.about, linker, "about-"),
            debates: page_of(&entry.debates, number).iter().map(|&at| self.debate_card(at, linker)).collect(),
            commitments: self.commitments(page_of(&entry.owed, number).iter().copied(), linker),
            topics: self
                .topic_counts(notes_on_words.filter(|note| note.standing != Standing::Retracted), linker),
            passages_html: page_of(&entry.notes, number).iter().map(|&at| evidence(at)).collect(),
            passage_count: entry.notes.len(),
            mentioned_html: page_of(&entry.mentioned, number).iter().map(|&at| evidence(at)).collect(),
            pager,
        }
    }
}

/// The fragment of a debate's page.
fn fragment_of(at: &Destination) -> Option<&str> {
    match at {
        Destination::Debate(_, fragment) => fragment.as_deref(),
        _ => None,
    }
}

/// What a person held, and when.
pub(super) fn term_view(kind: &'static str, term: &Term) -> TermView {
    TermView {
        kind,
        name: term.name.clone(),
        from: term.from.map(|date| date.to_string()),
        to: term.to.map(|date| date.to_string()),
    }
}
