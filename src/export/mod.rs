//! Room `export`: what machines read. One file per format; each is a function of the site.

mod calendar;
mod data;
mod feed;
mod headers;
mod llms;
mod redirects;
mod sitemap;
mod web_annotations;
mod xml;

pub use data::{Data, Held};
pub use headers::POLICY;

use crate::config::{Config, Redirects};
use crate::index::Index;
use crate::model::{Site, Topic, TopicSlug};
use crate::output::OutputFile;
use crate::pages::{PlainText, Planned, plain_text_address};
use crate::permalink::{Beside, in_debate};
use crate::text::{Digest, Fingerprint};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;
use url::Url;

/// A file that machines read, which the site has: which, and of what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Export {
    /// The addresses of all pages, or the index of the files that have them.
    Sitemap,
    /// One of several files of addresses, from 1.
    SitemapPart(usize),
    /// What programs may visit.
    Robots,
    /// What a web server should send with every file.
    Headers,
    /// Former addresses, for a web server.
    Redirects(Redirects),
    /// The site for language models.
    Llms,
    /// The site's Atom feed.
    Feed,
    /// The same as JSON Feed.
    JsonFeed,
    /// The feed of the topic with this index.
    TopicFeed(usize),
    /// The feed of the person with this index.
    PersonFeed(usize),
    /// The same feed of a topic where it stood before: the topic, and which of its former addresses.
    FormerTopicFeed(usize, usize),
    /// The same of a person.
    FormerPersonFeed(usize, usize),
    /// The calendar of commitments.
    Calendar,
    /// The notes of the debate with this index, as W3C Web Annotations.
    WebAnnotations(usize),
    /// The record of the debate with this index as plain text, which those point into.
    PlainText(usize),
}

impl Export {
    /// The kind of file, for people who ask what a build costs.
    pub fn kind(self) -> &'static str {
        match self {
            Export::Sitemap | Export::SitemapPart(_) => "sitemap",
            Export::Robots => "robots",
            Export::Headers => "headers",
            Export::Redirects(_) => "redirects",
            Export::Llms => "llms",
            Export::Feed | Export::JsonFeed => "feed",
            Export::TopicFeed(_) | Export::FormerTopicFeed(..) => "topic-feed",
            Export::PersonFeed(_) | Export::FormerPersonFeed(..) => "person-feed",
            Export::Calendar => "calendar",
            Export::WebAnnotations(_) => "web-annotations",
            Export::PlainText(_) => "plain-text",
        }
    }

    /// Whether a file of this name in `static/` takes its place: what a site tells programs is for its
    /// editors to say.
    pub fn gives_way(self) -> bool {
        matches!(
            self,
            Export::Robots
                | Export::Headers
                | Export::Redirects(_)
                | Export::Llms
                | Export::FormerTopicFeed(..)
                | Export::FormerPersonFeed(..)
        )
    }
}

/// Makes the exports of a site. All but plain texts need the address that the site will have.
pub struct Exporter<'s> {
    base: Option<&'s Url>,
    config: &'s Config,
    site: &'s Site,
    index: &'s Index,
    plan: &'s [Planned],
    topics: HashMap<&'s TopicSlug, &'s Topic>,
}

impl<'s> Exporter<'s> {
    /// An exporter for a site.
    pub fn new(config: &'s Config, site: &'s Site, index: &'s Index, plan: &'s [Planned]) -> Self {
        let topics = site.topics.iter().map(|topic| (&topic.slug, &**topic)).collect();
        Exporter { base: config.base_url.as_ref(), config, site, index, plan, topics }
    }

    /// Whether the site has the exports that need its address.
    pub fn has_base(&self) -> bool {
        self.base.is_some()
    }

    /// The site's address, which all exports have that name it.
    fn base(&self) -> &'s Url {
        self.base.expect("exports that need an address are those of a site that has one")
    }

    /// Every export of the site.
    pub fn exports(&self) -> Vec<Export> {
        let mut exports: Vec<Export> = (0..self.site.debates.len()).map(Export::PlainText).collect();
        exports.extend(self.config.redirects.iter().copied().map(Export::Redirects));
        if self.base.is_none() {
            return exports;
        }
        exports.push(Export::Sitemap);
        exports.extend((1..=self.sitemap_parts()).map(Export::SitemapPart));
        exports.extend([Export::Robots, Export::Headers, Export::Llms]);
        if self.config.feeds {
            exports.extend([Export::Feed, Export::JsonFeed]);
            let topics = self.site.topics.iter().enumerate();
            let listed = topics.filter(|(_, topic)| self.index.topics.contains_key(&topic.slug));
            exports.extend(listed.map(|(at, _)| Export::TopicFeed(at)));
            let people = self.site.people.iter().enumerate();
            let heard = people.filter(|(_, person)| self.index.has_feed(&person.slug));
            exports.extend(heard.map(|(at, _)| Export::PersonFeed(at)));
            exports.extend(self.former_feeds().into_iter().map(|(export, ..)| export));
            if self.index.has_due_dates(self.site) {
                exports.push(Export::Calendar);
            }
        }
        if self.config.web_annotations {
            let noted = self.site.debates.iter().enumerate().filter(|(_, debate)| debate.note_count() > 0);
            exports.extend(noted.map(|(at, _)| Export::WebAnnotations(at)));
        }
        exports
    }

    /// The feeds at addresses that they had before, each with that and the one that it has now. No program that
    /// reads feeds follows a page that leads on, so that the feed itself stands there.
    fn former_feeds(&self) -> Vec<(Export, String, String)> {
        let Site { topics, people, .. } = self.site;
        if self.base.is_none() || !self.config.feeds {
            return Vec::new();
        }
        let of_topics =
            topics.iter().enumerate().filter(|(_, one)| self.index.topics.contains_key(&one.slug));
        let of_topics = of_topics.flat_map(|(at, topic)| {
            let all = topic.former.iter().enumerate();
            all.map(move |(which, from)| (Export::FormerTopicFeed(at, which), from, Export::TopicFeed(at)))
        });
        let of_people = people.iter().enumerate().filter(|(_, one)| self.index.has_feed(&one.slug));
        let of_people = of_people.flat_map(|(at, person)| {
            let all = person.former.iter().enumerate();
            all.map(move |(which, from)| (Export::FormerPersonFeed(at, which), from, Export::PersonFeed(at)))
        });
        // What stands there now has it; of two that had it before, the first.
        let mut taken: HashSet<String> = HashSet::new();
        taken.extend(topics.iter().map(|topic| Beside::TopicFeed(topic.slug.as_str()).path()));
        taken.extend(people.iter().map(|person| Beside::PersonFeed(person.slug.as_str()).path()));
        let former = of_topics.chain(of_people).filter(|(_, from, _)| from.ends_with('/'));
        let former = former.map(|(export, from, now)| (export, former_feed(from), self.path(now)));
        former.filter(|(_, from, _)| taken.insert(from.clone())).collect()
    }

    /// Where an export stands.
    pub fn path(&self, export: Export) -> String {
        let Site { debates, topics, people, .. } = self.site;
        let beside = match export {
            Export::Sitemap => Beside::Sitemap,
            Export::SitemapPart(number) => Beside::SitemapPart(number),
            Export::Robots => Beside::Robots,
            Export::Headers => Beside::Headers,
            Export::Redirects(way) => return way.file().to_owned(),
            Export::Llms => Beside::Llms,
            Export::Feed => Beside::Feed,
            Export::JsonFeed => Beside::JsonFeed,
            Export::TopicFeed(at) => Beside::TopicFeed(topics[at].slug.as_str()),
            Export::PersonFeed(at) => Beside::PersonFeed(people[at].slug.as_str()),
            Export::FormerTopicFeed(at, which) => return former_feed(&topics[at].former[which]),
            Export::FormerPersonFeed(at, which) => return former_feed(&people[at].former[which]),
            Export::Calendar => Beside::Calendar,
            Export::WebAnnotations(at) => Beside::WebAnnotations(debates[at].slug.as_str()),
            Export::PlainText(at) => return plain_text_address(&debates[at]).as_str().to_owned(),
        };
        beside.path()
    }

    /// Whether an export stands at a path.
    pub fn is_at(&self, export: Export, path: &str) -> bool {
        // The name of a text is had by reading the record: only that of the debate in question.
        let is_of_another = match export {
            Export::WebAnnotations(at) | Export::PlainText(at) => {
                in_debate(path).is_none_or(|(slug, _)| slug != self.site.debates[at].slug.as_str())
            }
            _ => false,
        };
        !is_of_another && self.path(export) == path
    }

    /// What an export's bytes depend on; none where finding that out is as much work as making it.
    pub fn key(&self, export: Export) -> Option<Fingerprint> {
        let mut digest = Digest::default();
        (self.config, export).hash(&mut digest);
        match export {
            Export::Sitemap
            | Export::SitemapPart(_)
            | Export::Robots
            | Export::Headers
            | Export::Llms
            | Export::Redirects(_) => {
                return None;
            }
            Export::Feed | Export::JsonFeed => self.site_key(&mut digest),
            Export::FormerTopicFeed(at, _) => self.topic_key(&self.site.topics[at], &mut digest),
            Export::FormerPersonFeed(at, _) => self.person_key(&self.site.people[at], &mut digest),
            Export::TopicFeed(at) => self.topic_key(&self.site.topics[at], &mut digest),
            Export::PersonFeed(at) => self.person_key(&self.site.people[at], &mut digest),
            Export::Calendar => self.calendar_key(&mut digest),
            Export::WebAnnotations(at) => {
                let debate = &self.site.debates[at];
                debate.parts().whole.hash(&mut digest);
                for slug in debate.annotations.iter().flat_map(|note| &note.topics) {
                    self.topics.get(slug).map(|topic| &topic.title).hash(&mut digest);
                }
            }
            Export::PlainText(at) => PlainText::fingerprint(&self.site.debates[at]).hash(&mut digest),
        }
        Some(digest.finish())
    }

    /// Makes an export.
    pub fn file(&self, export: Export) -> OutputFile {
        let path = self.path(export);
        // A feed at an address that it had before says where it is now.
        match export {
            Export::FormerTopicFeed(at, _) => {
                return OutputFile { path, bytes: self.file(Export::TopicFeed(at)).bytes };
            }
            Export::FormerPersonFeed(at, _) => {
                return OutputFile { path, bytes: self.file(Export::PersonFeed(at)).bytes };
            }
            _ => {}
        }
        let own = || self.base().join(&path).expect("a path of slugs");
        let bytes = match export {
            Export::Sitemap => self.sitemap(),
            Export::SitemapPart(number) => self.sitemap_part(number),
            Export::Robots => self.robots(),
            Export::Headers => headers::headers(),
            Export::Redirects(way) => self.redirects(way),
            Export::Llms => self.llms(),
            Export::Feed => self.site_feed().atom(&own(), self.config),
            Export::JsonFeed => self.site_feed().json(&own(), self.config),
            Export::TopicFeed(at) => self.topic_feed(&self.site.topics[at]).atom(&own(), self.config),
            Export::PersonFeed(at) => self.person_feed(&self.site.people[at]).atom(&own(), self.config),
            Export::FormerTopicFeed(..) | Export::FormerPersonFeed(..) => unreachable!("made above"),
            Export::Calendar => self.calendar(),
            Export::WebAnnotations(at) => self.web_annotations(&self.site.debates[at], &path),
            Export::PlainText(at) => PlainText::new(&self.site.debates[at]).text.into_bytes(),
        };
        OutputFile { path, bytes }
    }
}

/// Where a feed stood beside a page that has moved.
fn former_feed(page: &str) -> String {
    format!("{page}feed.xml")
}
