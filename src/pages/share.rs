//! The pictures that are shown with shared links: which pages have one of their own, where it stands, and
//! what is on it.

use super::compose::Composer;
use super::index::{PersonEntry, TopicEntry};
use super::pictures::{NOTES, placed_along};
use super::topic::term_view;
use super::views::{ShareCardView, ShareCardWords};
use super::{Page, Planned};
use crate::cards::{HEIGHT, Lane, WIDTH};
use crate::config::Config;
use crate::model::{Debate, Term, TopicSlug};
use crate::permalink::is_extract;
use std::collections::BTreeMap;
use url::Url;

/// The file's name, beside the page.
const NAME: &str = "card.png";
/// No strip has more lanes: those of the topics with the most notes.
const LANES: usize = 3;

/// The site's address, where it has cards.
fn base(config: &Config) -> Option<&Url> {
    config.base_url.as_ref().filter(|_| config.share_cards)
}

/// What is on a card.
#[derive(Debug)]
pub struct ShareCard {
    /// Where it stands.
    pub path: String,
    /// The title.
    pub title: String,
    /// A sentence about it.
    pub summary: Option<String>,
    /// What the theme makes the other words of.
    pub words: ShareCardWords,
    /// Where in a debate its topics lie.
    pub lanes: Vec<Lane>,
}

impl Planned {
    /// Where the page's own card stands. A card needs the address that the site will have, for links to
    /// pictures are absolute. Lists, and pages of text, are shown with the site's.
    pub fn share_card(&self, config: &Config) -> Option<String> {
        base(config)?;
        let own = match self.page {
            Page::Home | Page::Debate(_) | Page::Briefing(_) => true,
            Page::Topic(_, number) | Page::Person(_, number) => number == 1,
            _ => false,
        };
        own.then(|| path_beside(self))
    }
}

fn path_beside(planned: &Planned) -> String {
    let folder = planned.address.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{NAME}").trim_start_matches('/').to_owned()
}

impl Composer<'_> {
    /// The card that a page is shown with: that of its list's first page, or the site's where it has none.
    pub(super) fn share_card_view(&self, planned: &Planned) -> Option<ShareCardView> {
        let base = base(self.config)?;
        let (kind, title) = self.share_card_title(planned.page);
        let path = if kind == "home" { NAME.to_owned() } else { path_beside(planned) };
        let url = base.join(&path).ok()?;
        Some(ShareCardView { url: url.into(), width: WIDTH, height: HEIGHT, kind, title: title.to_owned() })
    }

    /// What a page's card is of, and its title.
    fn share_card_title(&self, page: Page) -> (&'static str, &str) {
        let site = self.site;
        match page {
            Page::Debate(at) => ("debate", &site.debates[at].particulars.title),
            Page::Topic(at, _) => ("topic", &site.topics[at].title),
            Page::Person(at, _) => ("person", &site.people[at].name),
            Page::Briefing(at) => ("briefing", &site.briefings[at].title),
            _ => ("home", &self.config.title),
        }
    }

    /// What is on the card of a page that has one of its own.
    pub fn share_card(&self, planned: &Planned) -> ShareCard {
        let (kind, title) = self.share_card_title(planned.page);
        let mut words = ShareCardWords { kind, ..ShareCardWords::default() };
        let mut summary = None;
        let mut lanes = Vec::new();
        match planned.page {
            Page::Debate(at) => {
                let debate = &self.site.debates[at];
                let particulars = &debate.particulars;
                words.date = Some(particulars.date.to_string());
                words.house = particulars.house.as_deref().map(one_line);
                words.extract = is_extract(particulars);
                words.status = Some(particulars.standing.word());
                words.notes = debate.note_count();
                words.words = debate.record.words;
                lanes = self.lanes(debate);
            }
            Page::Topic(at, _) => {
                let topic = &self.site.topics[at];
                let none = TopicEntry::default();
                let entry = self.index.topics.get(&topic.slug).unwrap_or(&none);
                words.passages = entry.notes.len();
                words.debates = entry.debates;
                summary.clone_from(&topic.summary);
            }
            Page::Person(at, _) => {
                let person = &self.site.people[at];
                let none = PersonEntry::default();
                let entry = self.index.people.get(&person.slug).unwrap_or(&none);
                words.passages = entry.notes.len();
                words.debates = entry.debates.len();
                let latest = |kind, terms: &[Term]| {
                    terms.iter().max_by_key(|term| term.from).map(|term| term_view(kind, term))
                };
                words.office = latest("office", &person.offices)
                    .or_else(|| latest("constituency", &person.constituencies));
                if let Some(office) = &mut words.office {
                    office.name = one_line(&office.name);
                }
            }
            Page::Briefing(at) => {
                let briefing = &self.site.briefings[at];
                words.date = briefing.date.map(|date| date.to_string());
                words.authors = briefing.authors.iter().map(|author| one_line(author)).collect();
                words.status = Some(briefing.standing.word());
                summary.clone_from(&briefing.summary);
            }
            _ => {
                words.debates = self.site.debates.len();
                words.notes = self.site.debates.iter().map(|debate| debate.note_count()).sum();
                summary.clone_from(&self.config.description);
            }
        }
        ShareCard { path: path_beside(planned), title: title.to_owned(), summary, words, lanes }
    }

    /// Where in a debate the topics with the most notes lie.
    fn lanes(&self, debate: &Debate) -> Vec<Lane> {
        let placed = placed_along(debate);
        if placed.len() < NOTES {
            return Vec::new();
        }
        let mut lanes: BTreeMap<&TopicSlug, Vec<f64>> = BTreeMap::new();
        for (note, at) in placed {
            note.topics.iter().for_each(|topic| lanes.entry(topic).or_default().push(at));
        }
        let mut lanes: Vec<(&TopicSlug, Vec<f64>)> = lanes.into_iter().collect();
        lanes.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        lanes
            .into_iter()
            .take(LANES)
            .filter_map(|(slug, marks)| Some(Lane { label: self.topic(slug)?.title.clone(), marks }))
            .collect()
    }
}

/// The words of a card stand one part to a line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
