//! What is in feeds: of the site, the latest briefings and debates; of a topic, the latest passages that are
//! evidence on it; of a person, the debates they speak in and the notes on their words. Written as Atom
//! (RFC 4287) and, for the site, as JSON Feed 1.1.

use super::Exporter;
use super::xml::Xml;
use crate::config::Config;
use crate::index::NoteRef;
use crate::model::{Annotation, Debate, Destination, Passage, Person, PersonSlug, Topic};
use crate::permalink::absolute;
use crate::text::{Digest, Fingerprint};
use jiff::civil::Date;
use serde::Serialize;
use std::hash::Hash;
use url::Url;

/// How many entries a feed has.
const ENTRIES: usize = 50;
/// How much of a speech stands in a person's feed, in bytes.
const OPENING: usize = 400;

/// A feed: what is said of it, and its entries, the latest first. Dates are the days that its parts bear:
/// a build reads no clock.
pub(super) struct Feed {
    title: String,
    about: Option<String>,
    /// The page that it is of.
    page: Url,
    updated: Date,
    entries: Vec<Entry>,
}

struct Entry {
    title: String,
    url: Url,
    day: Date,
    summary: String,
    author: Option<String>,
}

impl Exporter<'_> {
    /// The feed of the site.
    pub(super) fn site_feed(&self) -> Feed {
        let mut entries = Vec::new();
        for briefing in self.site.briefings.iter().take(ENTRIES) {
            let Some(day) = briefing.date.or_else(|| self.site.latest_day()) else { continue };
            entries.push(Entry {
                title: briefing.title.clone(),
                url: self.to(Destination::Briefing(briefing.slug.clone(), None)),
                day,
                summary: briefing.summary.clone().unwrap_or_default(),
                author: briefing.authors.first().cloned(),
            });
        }
        for debate in self.site.debates.iter().take(ENTRIES) {
            let day = debate.annotations.iter().filter_map(|note| note.date).max();
            entries.push(Entry {
                title: debate.particulars.title.clone(),
                url: self.to(Destination::Debate(debate.slug.clone(), None)),
                day: day.unwrap_or(debate.particulars.date),
                summary: debate.particulars.summary.plain.to_string(),
                author: None,
            });
        }
        let config = self.config;
        self.feed(config.title.clone(), config.description.clone(), self.base().clone(), entries)
    }

    /// The key of the feed of the site.
    pub(super) fn site_key(&self, digest: &mut Digest) {
        self.site.latest_day().hash(digest);
        self.site.briefings.iter().take(ENTRIES).for_each(|briefing| briefing.hash(digest));
        self.site.debates.iter().take(ENTRIES).for_each(|debate| debate.parts().whole.hash(digest));
    }

    /// The feed of a topic.
    pub(super) fn topic_feed(&self, topic: &Topic) -> Feed {
        let entries = self.of_topic(topic).iter().map(|&at| self.entry_of(at, None)).collect();
        let page = self.to(Destination::Topic(topic.slug.clone()));
        self.feed(format!("{}: {}", self.config.title, topic.title), topic.summary.clone(), page, entries)
    }

    /// The key of the feed of a topic.
    pub(super) fn topic_key(&self, topic: &Topic, digest: &mut Digest) {
        (&topic.title, &topic.summary).hash(digest);
        self.evidence_keys(self.of_topic(topic), digest);
    }

    /// The latest notes on a topic.
    fn of_topic(&self, topic: &Topic) -> &[NoteRef] {
        latest(self.index.topics.get(&topic.slug).map_or(&[], |entry| &entry.notes))
    }

    /// The feed of a person: the debates they speak in, with the words that they begin with, and the notes
    /// on their words. Nothing procedural is in it, and nothing that others say of them.
    pub(super) fn person_feed(&self, person: &Person) -> Feed {
        let (debates, notes) = self.of_person(person);
        let mut entries: Vec<Entry> =
            debates.iter().filter_map(|&at| self.speech(&self.site.debates[at], person)).collect();
        entries.extend(notes.iter().map(|&at| self.entry_of(at, Some(&person.slug))));
        let page = self.to(Destination::Person(person.slug.clone()));
        self.feed(format!("{}: {}", self.config.title, person.name), None, page, entries)
    }

    /// The key of the feed of a person.
    pub(super) fn person_key(&self, person: &Person, digest: &mut Digest) {
        let (debates, notes) = self.of_person(person);
        person.name.hash(digest);
        debates.iter().for_each(|&at| self.site.debates[at].parts().whole.hash(digest));
        self.evidence_keys(notes, digest);
    }

    fn of_person(&self, person: &Person) -> (&[usize], &[NoteRef]) {
        match self.index.people.get(&person.slug) {
            Some(entry) => (latest(&entry.debates), latest(&entry.notes)),
            None => (&[], &[]),
        }
    }

    /// Where a person begins to speak in a debate.
    fn speech(&self, debate: &Debate, person: &Person) -> Option<Entry> {
        let record = &debate.record;
        let speaks = |who: &crate::model::Attribution| who.person.as_ref() == Some(&person.slug);
        let first = record
            .contributions
            .iter()
            .position(|contribution| contribution.speaker.as_ref().is_some_and(speaks))?;
        let words = record.paragraphs.get(record.contributions[first].paragraphs.clone())?.first();
        let words = words.map(|paragraph| opening(record.words(paragraph))).unwrap_or_default();
        Some(Entry {
            title: debate.particulars.title.clone(),
            url: self.to(Destination::Debate(
                debate.slug.clone(),
                Some(record.contributions[first].id.to_string().into()),
            )),
            day: debate.particulars.date,
            summary: words,
            author: Some(person.name.clone()),
        })
    }

    /// A note: the words that it is on, those of one person where it stands in their feed, then what it says.
    fn entry_of(&self, at: NoteRef, of: Option<&PersonSlug>) -> Entry {
        let debate = &self.site.debates[at.debate];
        let note = &debate.annotations[at.note];
        let theirs = |passage: &&Passage| {
            let who = debate.record.speaker(passage.paragraph);
            of.is_none_or(|person| who.is_some_and(|who| who.person.as_ref() == Some(person)))
        };
        let words = note.passages.iter().find(theirs).map(|passage| words_at(debate, passage));
        let title = &debate.particulars.title;
        Entry {
            title: note.title.as_ref().map_or_else(|| title.clone(), |note| format!("{title}: {note}")),
            url: self.note_url(debate, note),
            day: note.date.unwrap_or(debate.particulars.date),
            summary: match (words, note.body.plain.as_ref()) {
                (Some(words), "") => format!("“{words}”"),
                (Some(words), body) => format!("“{words}” {body}"),
                (None, body) => body.to_owned(),
            },
            author: note.author.clone(),
        }
    }

    fn feed(&self, title: String, about: Option<String>, page: Url, mut entries: Vec<Entry>) -> Feed {
        entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.url.cmp(&b.url)));
        entries.truncate(ENTRIES);
        let updated = entries.first().map(|entry| entry.day).or_else(|| self.site.latest_day());
        Feed { title, about, page, updated: updated.unwrap_or(Date::constant(1970, 1, 1)), entries }
    }

    /// The address of a note on its debate's page.
    pub(super) fn note_url(&self, debate: &Debate, note: &Annotation) -> Url {
        self.to(Destination::Debate(debate.slug.clone(), Some(format!("n-{}", note.id).into())))
    }

    pub(super) fn to(&self, destination: Destination) -> Url {
        absolute(self.base(), &destination)
    }

    /// What evidence shows of these notes.
    pub(super) fn evidence_keys(&self, notes: &[NoteRef], digest: &mut Digest) {
        let key = |at: &NoteRef| -> Fingerprint { self.site.debates[at.debate].parts().evidence[at.note] };
        notes.iter().for_each(|at| key(at).hash(digest));
    }
}

/// The latest debates come first in every list.
fn latest<T>(list: &[T]) -> &[T] {
    &list[..list.len().min(ENTRIES)]
}

/// The words of a passage.
pub(super) fn words_at<'d>(debate: &'d Debate, passage: &Passage) -> &'d str {
    &debate.record.words(&debate.record.paragraphs[passage.paragraph])[passage.range.range()]
}

/// The beginning of some words, cut between words where they are many.
fn opening(words: &str) -> String {
    if words.len() <= OPENING {
        return format!("“{words}”");
    }
    let most = &words[..words.floor_char_boundary(OPENING)];
    // Some scripts have no spaces.
    match most.rfind(char::is_whitespace).map(|end| most[..end].trim_end()).filter(|cut| !cut.is_empty()) {
        Some(cut) => format!("“{cut} …”"),
        None => format!("“{most}…”"),
    }
}

impl Feed {
    /// The feed as Atom.
    pub(super) fn atom(&self, own: &Url, config: &Config) -> Vec<u8> {
        let mut xml = Xml::new();
        xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &config.language)]);
        xml.element("id", self.page.as_str());
        xml.element("title", &self.title);
        if let Some(about) = &self.about {
            xml.element("subtitle", about);
        }
        xml.element("updated", &instant(self.updated));
        xml.empty("link", &[("rel", "self"), ("href", own.as_str())]);
        xml.empty("link", &[("rel", "alternate"), ("href", self.page.as_str())]);
        xml.open("author", &[]);
        xml.element("name", publisher(config));
        xml.close("author");
        for entry in &self.entries {
            xml.open("entry", &[]);
            xml.element("id", entry.url.as_str());
            xml.element("title", &entry.title);
            xml.element("updated", &instant(entry.day));
            xml.empty("link", &[("rel", "alternate"), ("href", entry.url.as_str())]);
            if let Some(author) = &entry.author {
                xml.open("author", &[]);
                xml.element("name", author);
                xml.close("author");
            }
            if !entry.summary.is_empty() {
                xml.element("summary", &entry.summary);
            }
            xml.close("entry");
        }
        xml.close("feed");
        xml.finish()
    }

    /// The feed as JSON.
    pub(super) fn json(&self, own: &Url, config: &Config) -> Vec<u8> {
        let feed = JsonFeed {
            version: "https://jsonfeed.org/version/1.1",
            title: &self.title,
            description: self.about.as_deref(),
            home_page_url: self.page.as_str(),
            feed_url: own.as_str(),
            language: &config.language,
            authors: vec![JsonAuthor { name: publisher(config) }],
            items: self
                .entries
                .iter()
                .map(|entry| JsonItem {
                    id: entry.url.as_str(),
                    url: entry.url.as_str(),
                    title: &entry.title,
                    content_text: if entry.summary.is_empty() { &entry.title } else { &entry.summary },
                    date_published: instant(entry.day),
                    authors: entry.author.iter().map(|name| JsonAuthor { name }).collect(),
                })
                .collect(),
        };
        let mut bytes = serde_json::to_vec_pretty(&feed).expect("plain values");
        bytes.push(b'\n');
        bytes
    }
}

#[derive(Serialize)]
struct JsonFeed<'f> {
    version: &'static str,
    title: &'f str,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'f str>,
    home_page_url: &'f str,
    feed_url: &'f str,
    language: &'f str,
    authors: Vec<JsonAuthor<'f>>,
    items: Vec<JsonItem<'f>>,
}

#[derive(Serialize)]
struct JsonItem<'f> {
    id: &'f str,
    url: &'f str,
    title: &'f str,
    content_text: &'f str,
    date_published: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'f>>,
}

#[derive(Serialize)]
struct JsonAuthor<'f> {
    name: &'f str,
}

fn publisher(config: &Config) -> &str {
    config.publisher.as_ref().map_or(config.title.as_str(), |(name, _)| name)
}

/// A day as an instant, as feeds want it (RFC 3339).
fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

#[cfg(test)]
mod tests {
    use super::{OPENING, opening};

    #[test]
    fn a_long_speech_is_cut_between_words() {
        assert_eq!(opening("Short."), "“Short.”");
        let long = "été ".repeat(200);
        let cut = opening(&long);
        assert!(cut.ends_with("été …”") && cut.len() < OPENING + 16, "{cut}");
        let japanese = "議".repeat(OPENING);
        assert_eq!(opening(&japanese), format!("“{}…”", "議".repeat(OPENING / "議".len())));
    }
}
