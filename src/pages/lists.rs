//! The views of the home page and of lists.

use super::compose::{Composer, kind_address};
use super::fragments;
use super::index::NoteRef;
use super::terms::term_id;
use super::views::*;
use super::{PAGE_LENGTH, page_of};
use crate::model::{Briefing, ContributionKind, Destination, Kind, PersonSlug, Site};
use crate::permalink::{Address, Linker};

/// How many of each the home page shows.
const LATEST: usize = 10;

impl Composer<'_> {
    pub(super) fn home(&self, linker: &Linker) -> HomeView {
        let Site { debates, topics, briefings, home, .. } = self.site;
        HomeView {
            intro_html: home.as_ref().map(|home| fragments::prose(&home.body, linker, "")),
            briefings: briefings
                .iter()
                .take(LATEST)
                .map(|briefing| self.briefing_card(briefing, linker))
                .collect(),
            debates: (0..debates.len().min(LATEST)).map(|at| self.debate_card(at, linker)).collect(),
            topics: topics.iter().map(|topic| self.topic_card(topic, linker)).collect(),
            commitments: self.commitments(self.falling_due().take(LATEST), linker),
            json_feed: self.feed("feed.json", linker),
            debate_count: debates.len(),
            note_count: debates.iter().map(|debate| debate.note_count()).sum(),
        }
    }

    /// The commitments of which nobody has said what became of them in the end: first those that fall due
    /// next, then those that fell due last, then those without a day.
    fn falling_due(&self) -> impl Iterator<Item = NoteRef> {
        let open = self.index.commitments.iter().filter_map(|&at| match &self.note_at(at).1.kind {
            Kind::Commitment(commitment) => {
                commitment.outcome.state.is_open().then_some((commitment.due_by, at))
            }
            _ => None,
        });
        let (dated, undated): (Vec<_>, Vec<_>) = open.partition(|(due, _)| due.is_some());
        let (past, next): (Vec<_>, Vec<_>) = dated.into_iter().partition(|(due, _)| *due < self.site.as_of);
        next.into_iter().chain(past.into_iter().rev()).chain(undated).map(|(_, at)| at)
    }

    pub(super) fn search(&self, linker: &Linker) -> SearchView {
        let list = |label: &'static str| NavigationView {
            label,
            href: linker.to(&Address::folder(&[label])),
            here: false,
        };
        let debates = Address::folder(&["debates"]);
        let mut years: Vec<CountView> = Vec::new();
        for (at, debate) in self.site.debates.iter().enumerate() {
            let label = debate.particulars.date.year().to_string();
            match years.last_mut().filter(|year| year.label == label) {
                Some(year) => year.count += 1,
                None => years.push(CountView {
                    slug: label.clone(),
                    label,
                    href: linker.to(&debates.paged(at / PAGE_LENGTH + 1)),
                    count: 1,
                }),
            }
        }
        SearchView {
            lists: ["topics", "people", "debates"].map(list).into(),
            years,
            kinds: Kind::WORDS.into_iter().filter(|kind| self.index.kinds.contains_key(kind)).collect(),
            contribution_kinds: ContributionKind::ALL.map(ContributionKind::word).into(),
        }
    }

    pub(super) fn topics(&self, linker: &Linker) -> TopicsView {
        TopicsView { topics: self.site.topics.iter().map(|topic| self.topic_card(topic, linker)).collect() }
    }

    pub(super) fn people_page(&self, number: usize, pager: PagerView, linker: &Linker) -> PeopleView {
        let none = super::index::PersonEntry::default();
        let card = |slug: &PersonSlug, name: &str, sort_name: &str| {
            let entry = self.index.people.get(slug).unwrap_or(&none);
            PersonCard {
                name: name.to_owned(),
                sort_name: sort_name.to_owned(),
                href: linker.href(&Destination::Person(slug.clone())),
                debates: entry.debates.len(),
                passages: entry.notes.len(),
                mentions: entry.mentioned.len(),
            }
        };
        PeopleView {
            people: page_of(&self.site.people, number)
                .iter()
                .map(|person| card(&person.slug, &person.name, &person.sort_name))
                .collect(),
            count: self.site.people.len(),
            pager,
        }
    }

    pub(super) fn briefings(&self, linker: &Linker) -> BriefingsView {
        BriefingsView {
            briefings: self
                .site
                .briefings
                .iter()
                .map(|briefing| self.briefing_card(briefing, linker))
                .collect(),
        }
    }

    pub(super) fn briefing(&self, briefing: &Briefing, linker: &Linker) -> BriefingView {
        let topics = briefing.topics.iter().filter_map(|slug| self.topic(slug)).map(|topic| LinkView {
            label: topic.title.clone(),
            href: Some(linker.href(&Destination::Topic(topic.slug.clone()))),
        });
        BriefingView {
            card: self.briefing_card(briefing, linker),
            body_html: fragments::prose(&briefing.body, linker, ""),
            topics: topics.collect(),
            debates: self.debates_of(briefing).into_iter().map(|at| self.debate_card(at, linker)).collect(),
        }
    }

    pub(super) fn annotations(&self, linker: &Linker) -> AnnotationsView {
        let kinds = Kind::WORDS.into_iter().filter_map(|word| {
            let count = self.index.kinds.get(word)?.len();
            Some(CountView {
                label: word.into(),
                slug: word.into(),
                href: linker.to(&kind_address(word)),
                count,
            })
        });
        AnnotationsView { kinds: kinds.collect() }
    }

    pub(super) fn glossary(&self, linker: &Linker) -> GlossaryView {
        let entries = self.site.glossary.iter().map(|entry| {
            let id = term_id(&entry.term);
            GlossaryEntryView {
                term: entry.term.clone(),
                definition_html: fragments::prose(&entry.definition, linker, &format!("{id}-")),
                id,
                aliases: entry.aliases.clone(),
            }
        });
        GlossaryView { entries: entries.collect() }
    }
}
