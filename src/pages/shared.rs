//! Views of what appears on several pages: notes, evidence, commitments, cards of debates and
//! topics. They are made from inputs of pages and from the frame, and from nothing else.

use super::fragments;
use super::frame::Frame;
use super::inputs::{Card, Evidence, ListedBriefing, ListedTopic};
use super::views::*;
use crate::model::{
    Annotation, Attribution, Citation, Commitment, Correction, Destination, KeyPoint, Kind, Listed,
    OutcomeState, Passage, PersonSlug, Quoted, Role, Standing, TopicSlug, WholeParagraph,
};
use crate::permalink::fact_check_address;
use crate::permalink::{Address, Linker, is_extract, number, office_on, party_on};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A note without a title is called by about so many characters of its words.
const NAME: usize = 60;

/// Where a note is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// On its debate's page, beside the words, with this number.
    Beside(usize),
    /// Elsewhere, with its words quoted.
    Away,
}

impl Frame<'_> {
    /// A note.
    pub fn note(&self, evidence: Evidence<'_>, linker: &Linker, setting: Setting) -> NoteView {
        let (note, slug) = (evidence.note(), evidence.slug());
        let id = format!("n-{}", note.id);
        let gone = note.standing == Standing::Retracted;
        let here = Destination::Debate(slug.clone(), Some(id.as_str().into()));
        let prefix = match setting {
            Setting::Beside(_) => format!("{id}-"),
            Setting::Away => format!("{slug}-{id}-"),
        };
        let commitment = match &note.kind {
            Kind::Commitment(commitment) => Some(self.commitment(evidence, commitment, linker)),
            _ => None,
        };
        let (name, name_language) = self.note_name(evidence, linker);
        NoteView {
            name,
            name_language,
            number: if let Setting::Beside(number) = setting { number } else { 0 },
            former: note.former.iter().map(|id| format!("n-{id}")).collect(),
            href: linker.href(&here),
            kind: note.kind.word(),
            title: note.title.clone(),
            quotes: if gone || setting == Setting::Away {
                Vec::new()
            } else {
                // Beside whole paragraphs it repeats none.
                let shown = |passage: &&Passage| passage.whole == WholeParagraph::No;
                self.quotes(evidence, note.passages.iter().filter(shown), linker)
            },
            body_html: fragments::prose(&note.body, linker, &prefix),
            topics: note.topics.iter().filter_map(|slug| self.topic_count(slug, 0, linker)).collect(),
            status: note.standing.word(),
            tag: (note.standing != Standing::Approved).then(|| note.standing.word()),
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
            page: note.has_page().then(|| linker.to(&fact_check_address(slug, &note.id))),
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

    /// What lists call a note, and the language of that.
    fn note_name(&self, evidence: Evidence<'_>, linker: &Linker) -> (String, String) {
        let note = evidence.note();
        let of_site = self.config().language.clone();
        if let Some(title) = &note.title {
            return (title.clone(), of_site);
        }
        // Of a note that was withdrawn only the place is left.
        if note.standing != Standing::Retracted {
            if let Some((_, words)) = evidence.first_words() {
                let language = evidence.paragraph(note.passages[0].paragraph).1;
                let language = language.unwrap_or_else(|| self.language_of(evidence.particulars()));
                return (first_words(words), language.to_owned());
            }
            if !note.body.plain.trim().is_empty() {
                return (first_words(&note.body.plain), of_site);
            }
        }
        (linker.wording().place(&evidence.cited(&note.passages)), linker.language().to_owned())
    }

    fn topic_count(&self, slug: &TopicSlug, count: usize, linker: &Linker) -> Option<CountView> {
        Some(CountView {
            label: self.topic(slug)?.to_owned(),
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
        self.topics_counted(&topics_of(notes), linker)
    }

    /// Such numbers, the most frequent first.
    pub fn topics_counted(&self, counts: &BTreeMap<&TopicSlug, usize>, linker: &Linker) -> Vec<CountView> {
        let mut counts: Vec<_> = counts.iter().map(|(slug, count)| (*slug, *count)).collect();
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        counts.into_iter().filter_map(|(slug, count)| self.topic_count(slug, count, linker)).collect()
    }

    /// Who owes what was undertaken in a note.
    pub fn owed_by(
        &self,
        evidence: Evidence<'_>,
        commitment: &Commitment,
        linker: &Linker,
    ) -> Option<LinkView> {
        match &commitment.owed_by {
            Some((_, Some(person))) => Some(self.person_link(person, linker)),
            Some((text, None)) => Some(LinkView { label: text.clone(), href: None }),
            None => match evidence.speakers().as_slice() {
                [] => None,
                [who] => {
                    let speaker = self.speaker(who, evidence.particulars().date, linker);
                    Some(LinkView { label: speaker.name, href: speaker.href })
                }
                _ => evidence
                    .names_of_speakers(&linker.wording().separator)
                    .map(|label| LinkView { label, href: None }),
            },
        }
    }

    fn commitment(&self, evidence: Evidence<'_>, commitment: &Commitment, linker: &Linker) -> CommitmentView {
        let outcome = &commitment.outcome;
        // What was kept, broken or overtaken is due no more; of what was kept in part the rest still is.
        let past = |due: Date| outcome.state.is_open() && self.as_of().is_some_and(|as_of| due < as_of);
        CommitmentView {
            owed_by: self.owed_by(evidence, commitment, linker),
            due_said: commitment.due_said.clone(),
            language: self.language_of(evidence.particulars()).to_owned(),
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
        match self.person(slug) {
            Some(person) => LinkView {
                label: person.name.to_owned(),
                href: Some(linker.href(&Destination::Person(slug.clone()))),
            },
            None => LinkView { label: slug.to_string(), href: None },
        }
    }

    /// Who spoke, with the office or seat on the day.
    pub fn speaker(&self, who: &Attribution, day: Date, linker: &Linker) -> SpeakerView {
        let person = who.person.as_ref().and_then(|slug| self.person(slug));
        let held = person.map(|person| person.held);
        SpeakerView {
            name: who.name.clone(),
            office: office_on(who, held, day),
            party: party_on(who, held, day),
            href: person.map(|person| linker.href(&Destination::Person(person.slug.clone()))),
            chair: who.role == Role::Chair,
            printed: who.printed.clone(),
            unprinted: who.by_editors,
            nameless: who.is_nameless(),
        }
    }

    /// A note with who said the words, where and when.
    pub fn evidence(&self, evidence: Evidence<'_>, linker: &Linker) -> EvidenceView {
        let (note, particulars) = (evidence.note(), evidence.particulars());
        let view = self.note(evidence, linker, Setting::Away);
        let said = |who: Option<&Attribution>, passages: &[Passage]| {
            let quotes = self.quotes(evidence, passages, linker);
            SaidView {
                speaker: who.map(|who| self.speaker(who, particulars.date, linker)),
                citation: linker.wording().place(&evidence.cited(passages)),
                href: quotes.first().map_or_else(|| view.href.clone(), |quote| quote.href.clone()),
                quotes,
            }
        };
        let citation = linker.wording().place(&evidence.cited(&note.passages));
        EvidenceView {
            said: match note.passages.as_slice() {
                // Of a note that was withdrawn only the place is left.
                passages if passages.is_empty() || note.standing == Standing::Retracted => {
                    vec![SaidView { citation: citation.clone(), ..said(None, &[]) }]
                }
                _ => evidence.runs().map(|(who, passages)| said(who, passages)).collect(),
            },
            note: view,
            debate: LinkView {
                label: particulars.title.clone(),
                href: Some(linker.href(&Destination::Debate(evidence.slug().clone(), None))),
            },
            date: particulars.date.to_string(),
            house: particulars.house.clone(),
            citation,
            language: self.language_of(particulars).to_owned(),
        }
    }

    /// The words of some passages.
    fn quotes<'p>(
        &self,
        evidence: Evidence<'_>,
        passages: impl IntoIterator<Item = &'p Passage>,
        linker: &Linker,
    ) -> Vec<QuoteView> {
        let view = |Quoted { paragraph, text, .. }: Quoted| {
            let (id, language) = evidence.paragraph(paragraph);
            QuoteView {
                text,
                language: language.unwrap_or_else(|| self.language_of(evidence.particulars())).to_owned(),
                paragraph: id.to_string(),
                number: number(&id.to_string()),
                href: linker.href(&Destination::Debate(evidence.slug().clone(), Some(id.to_string().into()))),
            }
        };
        evidence.quoted(passages).into_iter().map(view).collect()
    }

    /// Several notes as evidence.
    pub fn evidence_of(&self, notes: &[Evidence<'_>], linker: &Linker) -> Vec<EvidenceView> {
        notes.iter().map(|&evidence| self.evidence(evidence, linker)).collect()
    }

    /// The rows of a register of commitments. Notes that are none give no row.
    pub fn commitments(&self, notes: &[Evidence<'_>], linker: &Linker) -> Vec<CommitmentRow> {
        let row = |&evidence: &Evidence<'_>| {
            let evidence = self.evidence(evidence, linker);
            let commitment = evidence.note.commitment.clone()?;
            Some(CommitmentRow { evidence, commitment })
        };
        notes.iter().filter_map(row).collect()
    }

    /// A debate in a list.
    pub fn debate_card(&self, card: Card<'_>, linker: &Linker) -> DebateCard {
        let Listed { slug, particulars, words, notes } = card.listed();
        DebateCard {
            title: particulars.title.clone(),
            href: linker.href(&Destination::Debate(slug.clone(), None)),
            language: self.language_of(particulars).to_owned(),
            date: particulars.date.to_string(),
            house: particulars.house.clone(),
            extract: is_extract(particulars),
            notes,
            words,
            summary: (!particulars.summary.is_empty()).then(|| particulars.summary.plain.to_string()),
        }
    }

    /// Debates in a list.
    pub fn debate_cards(&self, cards: &[Card<'_>], linker: &Linker) -> Vec<DebateCard> {
        cards.iter().map(|&card| self.debate_card(card, linker)).collect()
    }

    /// A topic in a list.
    pub fn topic_card(&self, topic: &ListedTopic<'_>, linker: &Linker) -> TopicCard {
        TopicCard {
            title: topic.title.to_owned(),
            slug: topic.slug.to_string(),
            status: topic.standing.word(),
            href: linker.href(&Destination::Topic(topic.slug.clone())),
            summary: topic.summary.map(str::to_owned),
            passages: topic.passages,
            debates: topic.debates,
        }
    }

    /// The names of topics, with the way to each.
    pub fn topic_links<'t>(
        &self,
        slugs: impl IntoIterator<Item = &'t TopicSlug>,
        linker: &Linker,
    ) -> Vec<LinkView> {
        let link = |slug: &TopicSlug| {
            let label = self.topic(slug)?.to_owned();
            Some(LinkView { label, href: Some(linker.href(&Destination::Topic(slug.clone()))) })
        };
        slugs.into_iter().filter_map(link).collect()
    }

    /// A briefing in a list.
    pub fn briefing_card(&self, briefing: &ListedBriefing<'_>, linker: &Linker) -> BriefingCard {
        BriefingCard {
            title: briefing.title.to_owned(),
            href: linker.href(&Destination::Briefing(briefing.slug.clone(), None)),
            summary: briefing.summary.map(str::to_owned),
            date: briefing.date.map(|date| date.to_string()),
            authors: briefing.authors.to_vec(),
            status: briefing.standing.word(),
        }
    }
}

/// The first letters of a name: of its first word and of its last, forms of address aside.
pub fn initials(name: &str) -> String {
    const ADDRESSES: [&str; 12] =
        ["mr", "mrs", "ms", "miss", "dr", "sir", "dame", "lord", "lady", "baroness", "rev", "the"];
    let is_address = |word: &&str| ADDRESSES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let bare = name.split(['(', ',']).next().unwrap_or(name);
    let words = || bare.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic));
    let named: Vec<&str> = words().skip_while(is_address).collect();
    let named = if named.is_empty() { words().collect() } else { named };
    let letters = match named.as_slice() {
        [] => Vec::new(),
        [one] => vec![*one],
        [first, .., last] => vec![*first, *last],
    };
    letters.iter().filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect()
}

/// What is the same for all notes but those that were withdrawn.
pub fn said_once<'n>(notes: impl IntoIterator<Item = &'n Annotation>) -> SaidOnceView {
    let mut live = notes.into_iter().filter(|note| note.standing != Standing::Retracted);
    let Some(first) = live.next() else { return SaidOnceView::default() };
    let (mut status, mut by) = (first.standing != Standing::Approved, true);
    for note in live {
        status &= note.standing == first.standing;
        by &= (&note.author, note.date, &note.reviewed) == (&first.author, first.date, &first.reviewed);
    }
    SaidOnceView {
        status: status.then(|| first.standing.word()),
        author: first.author.clone().filter(|_| by),
        date: first.date.filter(|_| by).map(|date| date.to_string()),
        reviewed: first.reviewed.as_ref().filter(|_| by).map(|(by, _)| by.clone()),
    }
}

/// How many commitments among some notes are in each state.
pub fn states_of(notes: &[Evidence<'_>]) -> BTreeMap<OutcomeState, usize> {
    let mut counts = BTreeMap::new();
    for evidence in notes {
        if let Kind::Commitment(commitment) = &evidence.note().kind {
            *counts.entry(commitment.outcome.state).or_default() += 1;
        }
    }
    counts
}

/// How often each topic occurs in some notes.
pub fn topics_of<'n>(notes: impl Iterator<Item = &'n Annotation>) -> BTreeMap<&'n TopicSlug, usize> {
    let mut counts = BTreeMap::new();
    for slug in notes.flat_map(|note| &note.topics) {
        *counts.entry(slug).or_default() += 1;
    }
    counts
}

/// Such numbers, with the way to the register; labels are keys of `t.states`.
pub fn outcomes(counts: &BTreeMap<OutcomeState, usize>, linker: &Linker) -> Vec<CountView> {
    let href = linker.to(&Address::folder(&["commitments"]));
    let view = |(state, &count): (&OutcomeState, &usize)| CountView {
        label: state.word().into(),
        slug: state.word().into(),
        href: href.clone(),
        count,
    };
    counts.iter().map(view).collect()
}

/// The first words of a text, as many as name it: whole words, and a sign that they go on.
fn first_words(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut name = String::with_capacity(NAME + 8);
    name.push_str(words.next().unwrap_or_default());
    let mut length = name.chars().count();
    for word in words {
        length += word.chars().count();
        if length >= NAME {
            name.push('…');
            break;
        }
        name.push(' ');
        name.push_str(word);
        length += 1;
    }
    name
}

/// A correction, with this id on its page.
pub fn correction_view(correction: &Correction, id: String) -> CorrectionView {
    CorrectionView {
        id,
        was: correction.was.clone(),
        reads: correction.reads.clone(),
        reason: correction.reason.clone(),
        source: correction.source.as_ref().map(source),
        by: correction.by.clone(),
        on: correction.on.map(|day| day.to_string()),
    }
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

/// What a topic or a briefing comes to, each point with the way to the place that bears it out.
pub fn key_points(points: &[KeyPoint], linker: &Linker) -> Vec<KeyPointView> {
    let view = |point: &KeyPoint| KeyPointView {
        text_html: fragments::prose(&point.text, linker, "key-"),
        at: LinkView {
            label: linker.wording().fragment(&point.title, fragment_of(&point.at)),
            href: Some(linker.href(&point.at)),
        },
    };
    points.iter().map(view).collect()
}

/// The fragment of a debate's page.
fn fragment_of(at: &Destination) -> Option<&str> {
    match at {
        Destination::Debate(_, fragment) => fragment.as_deref(),
        _ => None,
    }
}
