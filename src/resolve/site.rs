//! The rest of the site: topics, people, briefings, pages, the glossary, shared sources.

use super::library::Spot;
use super::names::Names;
use super::published;
use super::settle::{Setting, Settler};
use super::values::{date, standing};
use crate::config::Config;
use crate::content::{
    RawBriefing, RawGlossary, RawIds, RawKeyPoint, RawOffice, RawPage, RawPerson, RawPortrait, RawSources,
    RawTerm, RawTopic, Written,
};
use crate::diagnostics::{self, Diagnostic, web_address};
use crate::markdown;
use crate::model::{
    Briefing, BriefingSlug, Citation, DebateSlug, Destination, GlossaryEntry, KeyPoint, Person, PersonSlug,
    Portrait, Prose, SharedSources, Standing, Term, TextPage, Topic, TopicSlug,
};
use crate::yaml::Node;

fn title_of(
    title: Option<&String>,
    written_place: crate::diagnostics::Place,
    what: &str,
    slug: &str,
    remarks: &mut Vec<Diagnostic>,
) -> String {
    match title.filter(|title| !title.trim().is_empty()) {
        Some(title) => title.clone(),
        None => {
            let key = if what == "a person" { "name" } else { "title" };
            let source = &written_place.source;
            let is_open = source.path.extension() == "md" && !source.text.starts_with("---");
            let mut remark = diagnostics::missing_key(written_place, key, what);
            if is_open {
                remark = remark.help(format!(
                    "begin the file with a line `---`, then `{key}: …`, then another `---`; the text comes after"
                ));
            }
            remarks.push(remark);
            slug.to_owned()
        }
    }
}

/// The title of a topic, for the names of the site.
pub fn topic_title(slug: &TopicSlug, written: &Written<RawTopic>, remarks: &mut Vec<Diagnostic>) -> String {
    title_of(written.raw.title.as_ref(), written.place(&[]), "a topic", slug.as_str(), remarks)
}

/// A person.
pub fn person(
    slug: &str,
    written: &Written<RawPerson>,
    names: &Names,
    remarks: &mut Vec<Diagnostic>,
) -> Person {
    let RawPerson {
        status,
        name,
        sort_name,
        aliases,
        offices,
        party,
        parties,
        constituency,
        constituencies,
        portrait,
        links,
        ids,
        former,
    } = &written.raw;
    let name = title_of(name.as_ref(), written.place(&[]), "a person", slug, remarks);
    let mut bound = |path: &[&str], from: &Option<String>, to: &Option<String>| {
        let mut day = |key: &str, text: &Option<String>| {
            let path: Vec<&str> = path.iter().copied().chain([key]).collect();
            text.as_ref().and_then(|text| date(text, || written.place(&path), remarks))
        };
        (day("from", from), day("to", to))
    };
    let always = |name: &Option<String>| {
        name.iter().map(|name| Term { name: name.clone(), from: None, to: None }).collect::<Vec<_>>()
    };
    let offices = offices.iter().map(|RawOffice { title, from, to }| {
        let (from, to) = bound(&["offices"], from, to);
        Term { name: title.clone(), from, to }
    });
    let offices: Vec<Term> = offices.collect();
    let mut terms = |key: &'static str, list: &[RawTerm]| -> Vec<Term> {
        let term = |RawTerm { name, from, to }: &RawTerm| {
            let (from, to) = bound(&[key], from, to);
            Term { name: name.clone(), from, to }
        };
        list.iter().map(term).collect()
    };
    let mut all_parties = terms("parties", parties);
    all_parties.extend(always(party));
    let mut all_constituencies = terms("constituencies", constituencies);
    all_constituencies.extend(always(constituency));
    let links = links
        .iter()
        .filter(|(label, url)| web_address(url, || written.place(&["links", label]), remarks))
        .map(|(label, url)| (label.clone(), url.clone()));
    let links = links.collect();
    let former = super::former::addresses("people/", "former", former, written, remarks);
    let portrait = portrait.as_ref().and_then(|RawPortrait { file, alt, licence, by }| {
        match names.destination(file, "content/people") {
            Some(file @ Destination::Asset(_)) => {
                Some(Portrait { file, alt: alt.clone(), licence: licence.clone(), by: by.clone() })
            }
            // Pages ask no other host for anything, and a page is no picture.
            _ => {
                remarks.push(diagnostics::no_such_picture(written.place(&["portrait", "file"]), file));
                None
            }
        }
    });
    Person {
        standing: published::file_standing(*status),
        former,
        slug: slug.into(),
        sort_name: sort_name.clone().unwrap_or_else(|| name.clone()),
        name,
        aliases: aliases.clone(),
        ids: ids.values().flat_map(RawIds::all).map(str::to_owned).collect(),
        offices,
        parties: all_parties,
        constituencies: all_constituencies,
        portrait,
        links,
        about: Prose::default(),
    }
}

/// The sources that several notes share.
pub fn shared_sources(written: &Written<RawSources>, remarks: &mut Vec<Diagnostic>) -> SharedSources {
    let mut sources = SharedSources::new();
    for (key, raw) in &written.raw {
        sources.insert(
            key.clone(),
            Citation {
                title: raw.title.clone(),
                publisher: raw.publisher.clone(),
                url: raw.url.clone().filter(|url| web_address(url, || written.place(&[key, "url"]), remarks)),
                locator: raw.locator.clone(),
                read: raw.read.as_ref().and_then(|day| date(day, || written.place(&[key, "read"]), remarks)),
            },
        );
    }
    sources
}

impl Settler<'_> {
    /// The Markdown below a file's front matter.
    fn body<T>(&self, written: &Written<T>, setting: Setting<'_>, remarks: &mut Vec<Diagnostic>) -> Prose {
        let draft = markdown::parse(&written.source, written.body).take(remarks);
        self.prose(&draft, &written.source, setting, remarks)
    }

    /// Compares the quotations in values that are one line of text, by their keys.
    fn lines<T>(
        &self,
        written: &Written<T>,
        values: &[(&str, &Option<String>)],
        near: &[DebateSlug],
        remarks: &mut Vec<Diagnostic>,
    ) {
        for (key, text) in values {
            if let Some(text) = text {
                self.line(text, &written.place(&[key]), Setting { near, at: None }, remarks);
            }
        }
    }

    /// The Markdown of a YAML value.
    fn value<T>(
        &self,
        written: &Written<T>,
        node: Option<&Node>,
        text: &str,
        setting: Setting<'_>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Prose {
        let span = node.map(|node| node.span).unwrap_or_default();
        let draft = markdown::parse_value(&written.source, span, text).take(remarks);
        self.prose(&draft, &written.source, setting, remarks)
    }

    /// What a topic or a briefing comes to, each point with the place that bears it out.
    fn key_points<T>(
        &self,
        written: &Written<T>,
        key_points: &[RawKeyPoint],
        remarks: &mut Vec<Diagnostic>,
    ) -> Vec<KeyPoint> {
        let points = written.node.get("key_points").map_or(&[][..], Node::items);
        let key_points = key_points.iter().enumerate().filter_map(|(number, point)| {
            let node = points.get(number);
            let place = || match node.and_then(|node| node.get("at")) {
                Some(node) => crate::diagnostics::Place::new(&written.source, node.span),
                None => written.place(&["key_points"]),
            };
            let (debate, fragment) = match point.at.split_once('#') {
                Some((debate, fragment)) => (debate, Some(fragment)),
                None => (point.at.as_str(), None),
            };
            let slug = match self.names().debate(debate, place) {
                Ok(slug) => slug,
                Err(diagnostic) => {
                    remarks.push(*diagnostic);
                    return None;
                }
            };
            let there = Destination::Debate(slug.clone(), fragment.map(Into::into));
            if !self.may_point_at(&there, &point.at, &place, remarks) {
                return None;
            }
            let volume = self.volume(&slug)?;
            if volume.is_set_aside(fragment.and_then(|at| at.strip_prefix("n-")).unwrap_or_default()) {
                return None;
            }
            let paragraphs = match volume.spot(fragment) {
                Some(Spot::Paragraphs(range)) => range,
                Some(Spot::Whole) => 0..volume.pieces().len(),
                Some(Spot::Note(note)) => volume.paragraphs_of(note),
                None => {
                    remarks.push(diagnostics::unknown_paragraph(
                        place(),
                        fragment.unwrap_or_default(),
                        volume.title(),
                        &volume.last_id(),
                    ));
                    return None;
                }
            };
            // What a point quotes is from where its evidence stands, unless it says otherwise.
            let near = [slug.clone()];
            let setting = Setting { near: &near, at: Some((&slug, &paragraphs)) };
            let node = node.and_then(|node| node.get("text"));
            let text = self.value(written, node, &point.text, setting, remarks);
            let title = volume.title().to_owned();
            Some(KeyPoint { text, at: there, title })
        });
        key_points.collect()
    }

    /// A topic; `None` where readers may not see it.
    pub fn topic(
        &self,
        slug: TopicSlug,
        written: &Written<RawTopic>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<Topic> {
        let RawTopic { title, summary, key_points, aliases, related, parent, colour: _, status } =
            &written.raw;
        let hidden = self.names().hidden.topics.get(&slug).copied();
        self.settles(hidden);
        let key_points = self.key_points(written, key_points, remarks);
        self.lines(written, &[("title", title), ("summary", summary)], &[], remarks);
        let mut known = Vec::new();
        let related =
            related.iter().map(|slug| ("related", slug)).chain(parent.iter().map(|slug| ("parent", slug)));
        for (key, slug) in related {
            known.extend(self.names().shown_topic(slug, hidden, || written.place(&[key]), remarks));
        }
        let topic = Topic {
            standing: published::file_standing(*status),
            former: super::former::addresses("topics/", "aliases", aliases, written, remarks),
            title: self.names().topics.get(&slug).cloned().unwrap_or_default(),
            slug,
            summary: summary.clone(),
            key_points,
            related: known,
            overview: self.body(written, Setting::default(), remarks),
            source: written.source.clone(),
        };
        hidden.is_none().then_some(topic)
    }

    /// What a person's file says below its front matter.
    pub fn about(
        &self,
        slug: &PersonSlug,
        written: &Written<RawPerson>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Prose {
        self.settles(self.names().hidden.people.get(slug).copied());
        self.body(written, Setting::default(), remarks)
    }

    /// A briefing; `None` where readers may not see it.
    pub fn briefing(
        &self,
        slug: BriefingSlug,
        written: &Written<RawBriefing>,
        config: &Config,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<Briefing> {
        let RawBriefing {
            title,
            summary,
            authors,
            date: day,
            status,
            reviewed: _,
            embargo: _,
            expires: _,
            topics,
            debates,
            key_points,
            aliases,
        } = &written.raw;
        let standing = status.map_or(Standing::Draft, standing);
        let hidden = published::briefing(written, config, remarks);
        self.settles(hidden);
        let mut known_topics = Vec::new();
        for topic in topics {
            let place = || written.place(&["topics"]);
            known_topics.extend(self.names().shown_topic(topic, hidden, place, remarks));
        }
        let mut known_debates = Vec::new();
        for debate in debates {
            match self.names().debate(debate, || written.place(&["debates"])) {
                Ok(slug) => {
                    let there = Destination::Debate(slug.clone(), None);
                    let place = || written.place(&["debates"]);
                    if self.may_point_at(&there, debate, &place, remarks) {
                        known_debates.push(slug);
                    }
                }
                Err(diagnostic) => remarks.push(*diagnostic),
            }
        }
        self.lines(written, &[("title", title), ("summary", summary)], &known_debates, remarks);
        let body = self.body(written, Setting { near: &known_debates, at: None }, remarks);
        let briefing = Briefing {
            former: super::former::addresses("briefings/", "aliases", aliases, written, remarks),
            title: title_of(title.as_ref(), written.place(&[]), "a briefing", slug.as_str(), remarks),
            slug,
            summary: summary.clone(),
            authors: authors.clone(),
            date: day.as_ref().and_then(|day| date(day, || written.place(&["date"]), remarks)),
            standing,
            topics: known_topics,
            debates: known_debates,
            key_points: self.key_points(written, key_points, remarks),
            body,
        };
        hidden.is_none().then_some(briefing)
    }

    /// A page of text; `None` where readers may not see it.
    pub fn page(
        &self,
        slug: &str,
        written: &Written<RawPage>,
        config: &Config,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<TextPage> {
        let RawPage { title, summary, aliases, status, template } = &written.raw;
        let hidden = published::by_status(*status, config);
        self.settles(hidden);
        self.lines(written, &[("title", title), ("summary", summary)], &[], remarks);
        let title = match slug {
            "home" => title.clone(),
            _ => Some(title_of(title.as_ref(), written.place(&[]), "a page", slug, remarks)),
        };
        let page = TextPage {
            template: template.clone(),
            standing: published::file_standing(*status),
            slug: slug.to_owned(),
            title,
            summary: summary.clone(),
            body: self.body(written, Setting::default(), remarks),
            former: super::former::addresses("", "aliases", aliases, written, remarks),
        };
        hidden.is_none().then_some(page)
    }

    /// The glossary, by alphabet.
    pub fn glossary(
        &self,
        written: &Written<RawGlossary>,
        remarks: &mut Vec<Diagnostic>,
    ) -> Vec<GlossaryEntry> {
        let mut entries: Vec<GlossaryEntry> = written
            .raw
            .iter()
            .map(|(term, raw)| GlossaryEntry {
                term: term.clone(),
                definition: self.value(
                    written,
                    written.node.at_path(&[term, "definition"]),
                    &raw.definition,
                    Setting::default(),
                    remarks,
                ),
                aliases: raw.aliases.clone(),
            })
            .collect();
        entries.sort_by_cached_key(|entry| entry.term.to_lowercase());
        entries
    }
}
