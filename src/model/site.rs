//! The site as meant: everything named, placed and checked.

use super::{Annotation, Debate, PersonSlug, Prose, TopicSlug};
use crate::text::Source;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A whole site, after resolution. Lists are in the order that readers see.
#[derive(Debug, Default)]
pub struct Site {
    /// Debates, the latest first; of one day, by slug.
    pub debates: Vec<Arc<Debate>>,
    /// Topics by title.
    pub topics: Vec<Arc<Topic>>,
    /// People by the name they are sorted under.
    pub people: Vec<Arc<Person>>,
    /// Briefings, the latest first.
    pub briefings: Vec<Arc<Briefing>>,
    /// Pages of text: about, method.
    pub pages: Vec<Arc<TextPage>>,
    /// The words of the home page.
    pub home: Option<Arc<TextPage>>,
    /// Terms and what they mean, by term.
    pub glossary: Arc<Vec<GlossaryEntry>>,
    /// The day at which due dates are judged, where the site names one. A build reads no clock.
    pub as_of: Option<Date>,
}

impl Site {
    /// Every annotation with its debate, in the order of the debates and of the record.
    pub fn annotations(&self) -> impl Iterator<Item = (&Debate, &Annotation)> {
        self.debates.iter().flat_map(|debate| debate.annotations.iter().map(move |note| (&**debate, note)))
    }

    /// The latest day that the site knows of: the one that it is judged at, or else that of its newest note.
    pub fn latest_day(&self) -> Option<Date> {
        self.as_of.or_else(|| self.annotations().filter_map(|(_, note)| note.date).max())
    }

    /// The topic with this slug.
    pub fn topic(&self, slug: &TopicSlug) -> Option<&Topic> {
        self.topics.iter().map(|topic| &**topic).find(|topic| &topic.slug == slug)
    }
}

/// A topic of the site's controlled list.
#[derive(Debug, Hash)]
pub struct Topic {
    /// Its slug: the file's name.
    pub slug: TopicSlug,
    /// Its title, as readers see it.
    pub title: String,
    /// One sentence about it.
    pub summary: Option<String>,
    /// What the evidence comes to, each point tied to a passage.
    pub key_points: Vec<KeyPoint>,
    /// Topics a reader may want next.
    pub related: Vec<TopicSlug>,
    /// The editor's overview.
    pub overview: Prose,
    /// Addresses that the page had before, from the site's root.
    pub former: Vec<String>,
    /// The file it was read from.
    pub source: Source,
    /// How far the work on it has come.
    pub standing: super::Standing,
}

/// One point of a topic's summary.
#[derive(Debug, Hash)]
pub struct KeyPoint {
    /// The point, in the editor's words.
    pub text: Prose,
    /// Where the evidence for it stands.
    pub at: super::Destination,
    /// The title of the debate that has it.
    pub title: String,
}

/// Somebody who speaks, is named, or owes something.
#[derive(Debug, Clone, Hash)]
pub struct Person {
    /// The slug: the file's name.
    pub slug: PersonSlug,
    /// The name in full.
    pub name: String,
    /// The name that lists sort by: `Harper, Mark`.
    pub sort_name: String,
    /// Names under which records print this person.
    pub aliases: Vec<String>,
    /// Ids in other registers.
    pub ids: Vec<String>,
    /// Offices held, as far as known.
    pub offices: Vec<Term>,
    /// Parties, as far as known.
    pub parties: Vec<Term>,
    /// Constituencies, as far as known.
    pub constituencies: Vec<Term>,
    /// A picture of the person.
    pub portrait: Option<Portrait>,
    /// Places elsewhere: label and address.
    pub links: Vec<(String, String)>,
    /// A note about the person.
    pub about: Prose,
    /// Addresses that the page had before, from the site's root.
    pub former: Vec<String>,
    /// How far the work on the file has come.
    pub standing: super::Standing,
}

/// A picture of a person.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Portrait {
    /// The file.
    pub file: super::Destination,
    /// What it shows.
    pub alt: String,
    /// The licence.
    pub licence: String,
    /// Who made it.
    pub by: Option<String>,
}

/// What a person held, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Held<'p> {
    /// Offices, as far as known.
    pub offices: &'p [Term],
    /// Parties, as far as known.
    pub parties: &'p [Term],
    /// Constituencies, as far as known.
    pub constituencies: &'p [Term],
}

impl<'p> From<&'p Person> for Held<'p> {
    fn from(person: &'p Person) -> Self {
        Held { offices: &person.offices, parties: &person.parties, constituencies: &person.constituencies }
    }
}

/// Something a person held for a time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The office, party or constituency.
    pub name: String,
    /// First day, where known.
    pub from: Option<Date>,
    /// Last day, where known.
    pub to: Option<Date>,
}

impl Term {
    /// Whether it was held on `day`, as far as the dates say.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// A document by an editor that quotes debates by reference.
#[derive(Debug, Hash)]
pub struct Briefing {
    /// Its slug: the file's name.
    pub slug: super::BriefingSlug,
    /// The title.
    pub title: String,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// Who wrote it, as roles or names.
    pub authors: Vec<String>,
    /// The day it bears.
    pub date: Option<Date>,
    /// How far it has come.
    pub standing: super::Standing,
    /// Topics it treats.
    pub topics: Vec<TopicSlug>,
    /// Debates it draws on.
    pub debates: Vec<super::DebateSlug>,
    /// What it comes to.
    pub key_points: Vec<KeyPoint>,
    /// The text.
    pub body: Prose,
    /// Addresses that the page had before, from the site's root.
    pub former: Vec<String>,
}

/// A page of text that is about the site rather than a debate.
#[derive(Debug, Hash)]
pub struct TextPage {
    /// Its slug: the file's name.
    pub slug: String,
    /// The title; only the home page may have none.
    pub title: Option<String>,
    /// A sentence about it.
    pub summary: Option<String>,
    /// The text.
    pub body: Prose,
    /// Addresses that the page had before, from the site's root.
    pub former: Vec<String>,
    /// The template that it asks for.
    pub template: Option<String>,
    /// How far the work on it has come.
    pub standing: super::Standing,
}

/// A term and what it means.
#[derive(Debug, Hash)]
pub struct GlossaryEntry {
    /// The term.
    pub term: String,
    /// What it means.
    pub definition: Prose,
    /// Other writings of the term.
    pub aliases: Vec<String>,
}

/// Sources outside the record that several notes share, by key.
pub type SharedSources = BTreeMap<String, Citation>;

/// A source outside the record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash)]
pub struct Citation {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read: an http or https address.
    pub url: Option<String>,
    /// Where in it: a page, a section.
    pub locator: Option<String>,
    /// When it was read.
    pub read: Option<Date>,
}
