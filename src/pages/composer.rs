//! What the inputs of pages are taken from: the configuration, the site and its index, with what is looked up
//! in them for many pages. Only the functions `inputs` of the kinds of pages see it.

use super::frame::Frame;
use super::inputs::{Card, Evidence, ListedTopic, Notes, Whole};
use super::kinds::{Planned, Ready};
use super::terms::Terms;
use crate::config::Config;
use crate::index::{Index, NoteRef};
use crate::model::{Briefing, DebateSlug, Site, Topic};
use std::collections::HashMap;
use std::sync::OnceLock;

/// Everything that pages are made from.
pub struct Composer<'s> {
    /// The configuration.
    pub config: &'s Config,
    /// The site.
    pub site: &'s Site,
    /// Its notes by what they are listed under.
    pub index: &'s Index,
    frame: Frame<'s>,
    debates: HashMap<&'s DebateSlug, usize>,
    /// The glossary's terms, made ready to be looked for when first asked for.
    terms: OnceLock<Terms>,
}

impl<'s> Composer<'s> {
    /// A composer for a site.
    pub fn new(config: &'s Config, site: &'s Site, index: &'s Index) -> Self {
        Composer {
            config,
            site,
            index,
            frame: Frame::new(config, site, index),
            debates: site.debates.iter().enumerate().map(|(at, debate)| (&debate.slug, at)).collect(),
            terms: OnceLock::new(),
        }
    }

    /// What every page may show.
    pub fn frame(&self) -> &Frame<'s> {
        &self.frame
    }

    /// A planned page with its inputs, ready to be keyed and made.
    pub fn ready<'c>(&'c self, planned: &'c Planned) -> Box<dyn Ready + 'c> {
        planned.page.kind().ready(self, planned)
    }

    /// All of the debate at an index.
    pub(super) fn whole(&self, at: usize) -> Whole<'s> {
        Whole::new(&self.site.debates[at], at)
    }

    /// The debate at an index, as lists show it.
    pub(super) fn card(&self, at: usize) -> Card<'s> {
        Card::new(&self.site.debates[at])
    }

    /// The debates at some indexes, as lists show them.
    pub(super) fn cards(&self, debates: &[usize]) -> Vec<Card<'s>> {
        debates.iter().map(|&at| self.card(at)).collect()
    }

    /// A note as evidence.
    pub(super) fn evidence(&self, at: NoteRef) -> Evidence<'s> {
        Evidence::new(&self.site.debates[at.debate], at)
    }

    /// Several notes as evidence.
    pub(super) fn evidence_of(&self, notes: &[NoteRef]) -> Vec<Evidence<'s>> {
        notes.iter().map(|&at| self.evidence(at)).collect()
    }

    /// The notes that page `number` of a topic or a person reads.
    pub(super) fn notes(&self, list: &[NoteRef], number: usize) -> Notes<'s> {
        Notes::new(list, number, |notes| self.evidence_of(notes))
    }

    /// A topic, as lists show it.
    pub(super) fn listed_topic(&self, topic: &'s Topic) -> ListedTopic<'s> {
        let entry = self.index.topics.get(&topic.slug);
        let (passages, debates) = entry.map_or((0, 0), |entry| (entry.notes.len(), entry.debates));
        ListedTopic::new(topic, passages, debates)
    }

    /// The debates that a briefing draws on, in the site's order.
    pub(super) fn debates_of(&self, briefing: &Briefing) -> Vec<Card<'s>> {
        let known = briefing.debates.iter().filter_map(|slug| self.debates.get(slug).copied());
        let mut debates: Vec<usize> = known.collect();
        debates.sort_unstable();
        debates.dedup();
        self.cards(&debates)
    }

    /// The terms of the site's glossary.
    pub(super) fn terms(&self) -> &Terms {
        self.terms.get_or_init(|| Terms::new(&self.site.glossary))
    }
}
