//! Atom feeds (RFC 4287): of the site, the latest briefings and debates; of a topic, the latest passages
//! that are evidence on it.

use crate::config::Config;
use crate::model::{Destination, Site, Standing, TopicSlug};
use crate::output::OutputFile;
use crate::permalink::address_of;
use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;
use std::collections::HashMap;
use url::Url;

/// How many entries the feed has.
const ENTRIES: usize = 50;

struct Entry<'s> {
    title: Cow<'s, str>,
    url: Url,
    day: Date,
    summary: String,
    author: Option<&'s str>,
}

/// `feed.xml`. Dates are the days that briefings and debates bear: a build reads no clock.
pub(super) fn atom(base: &Url, config: &Config, site: &Site) -> OutputFile {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let url = |to: Destination| base.join(address_of(&to).0.as_str()).expect("addresses are made of slugs");
    for briefing in site.briefings.iter().take(ENTRIES) {
        let Some(day) = briefing.date.or(site.as_of) else { continue };
        entries.push(Entry {
            title: Cow::Borrowed(&briefing.title),
            url: url(Destination::Briefing(briefing.slug.clone(), None)),
            day,
            summary: briefing.summary.clone().unwrap_or_default(),
            author: briefing.authors.first().map(String::as_str),
        });
    }
    for debate in site.debates.iter().take(ENTRIES) {
        let day =
            debate.annotations.iter().filter_map(|note| note.date).max().unwrap_or(debate.particulars.date);
        entries.push(Entry {
            title: Cow::Borrowed(&debate.particulars.title),
            url: url(Destination::Debate(debate.slug.clone(), None)),
            day,
            summary: debate.particulars.summary.plain.to_string(),
            author: None,
        });
    }
    feed(base, config, site, "feed.xml", &config.title, config.description.as_deref(), entries)
}

/// `topics/SLUG/feed.xml` of every topic that has evidence.
pub(super) fn topics(base: &Url, config: &Config, site: &Site) -> Vec<OutputFile> {
    let mut by_topic: HashMap<&TopicSlug, Vec<Entry<'_>>> = HashMap::new();
    // The latest debates come first.
    for debate in &site.debates {
        for note in debate.annotations.iter().filter(|note| note.standing != Standing::Retracted) {
            for slug in &note.topics {
                let entries = by_topic.entry(slug).or_default();
                if entries.len() == ENTRIES {
                    continue;
                }
                let to = Destination::Debate(debate.slug.clone(), None);
                let mut url = base.join(address_of(&to).0.as_str()).expect("addresses are made of slugs");
                url.set_fragment(Some(&format!("n-{}", note.id)));
                let words = note.passages.first().map(|passage| {
                    let paragraph = &debate.record.paragraphs[passage.paragraph];
                    &debate.record.words(paragraph)[passage.range.range()]
                });
                let summary = match (words, note.body.plain.as_ref()) {
                    (Some(words), "") => format!("“{words}”"),
                    (Some(words), body) => format!("“{words}” {body}"),
                    (None, body) => body.to_owned(),
                };
                entries.push(Entry {
                    title: Cow::Owned(note.title.clone().map_or_else(
                        || debate.particulars.title.clone(),
                        |title| format!("{}: {title}", debate.particulars.title),
                    )),
                    url,
                    day: note.date.unwrap_or(debate.particulars.date),
                    summary,
                    author: note.author.as_deref(),
                });
            }
        }
    }
    let feeds = site.topics.iter().filter_map(|topic| {
        let entries = by_topic.remove(&topic.slug)?;
        let path = format!("topics/{}/feed.xml", topic.slug);
        Some(feed(
            base,
            config,
            site,
            &path,
            &format!("{}: {}", config.title, topic.title),
            topic.summary.as_deref(),
            entries,
        ))
    });
    feeds.collect()
}

/// A feed of these entries, the latest first.
fn feed(
    base: &Url,
    config: &Config,
    site: &Site,
    path: &str,
    title: &str,
    subtitle: Option<&str>,
    mut entries: Vec<Entry<'_>>,
) -> OutputFile {
    entries.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| a.url.cmp(&b.url)));
    entries.truncate(ENTRIES);

    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &config.language)]);
    let own = base.join(path).expect("a path of slugs");
    let page = own.join(".").expect("its folder");
    xml.element("id", page.as_str());
    xml.element("title", title);
    if let Some(subtitle) = subtitle {
        xml.element("subtitle", subtitle);
    }
    let latest = entries.first().map(|entry| entry.day).or(site.as_of).unwrap_or(Date::constant(1970, 1, 1));
    xml.element("updated", &instant(latest));
    xml.empty("link", &[("rel", "self"), ("href", own.as_str())]);
    xml.empty("link", &[("rel", "alternate"), ("href", page.as_str())]);
    let publisher = config.publisher.as_ref().map_or(config.title.as_str(), |(name, _)| name);
    xml.open("author", &[]);
    xml.element("name", publisher);
    xml.close("author");
    for entry in &entries {
        xml.open("entry", &[]);
        xml.element("id", entry.url.as_str());
        xml.element("title", &entry.title);
        xml.element("updated", &instant(entry.day));
        xml.empty("link", &[("rel", "alternate"), ("href", entry.url.as_str())]);
        if let Some(author) = entry.author {
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
    OutputFile { path: path.to_owned(), bytes: xml.finish() }
}

/// A day as an instant, as Atom wants it (RFC 3339).
fn instant(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

/// XML being written. Everything goes through the crate's escaping; characters that XML 1.0 has no
/// place for (section 2.2) are left out.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    pub(super) fn new() -> Self {
        let mut xml = Xml(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml
    }

    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing to memory does not fail");
    }

    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let attributes = attributes.iter().map(|(key, value)| (*key, allowed(value)));
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((key, value.as_str()));
        }
        self.write(Event::Start(start));
    }

    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((*key, allowed(value).as_str()));
        }
        self.write(Event::Empty(start));
    }

    pub(super) fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    pub(super) fn element(&mut self, name: &str, text: &str) {
        self.open(name, &[]);
        self.write(Event::Text(BytesText::new(&allowed(text))));
        self.close(name);
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }
}

fn allowed(text: &str) -> String {
    text.chars()
        .filter(
            |c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..),
        )
        .collect()
}
