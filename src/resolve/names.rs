//! The names that a site knows: what a slug, a link or a speaker's label can mean.

use crate::diagnostics::{self, Diagnostic, Place};
use crate::model::{
    BriefingSlug, Citation, DebateSlug, Destination, Hidden, Person, PersonSlug, SharedSources, TopicSlug,
};
use crate::permalink::{Entry, debate_source};
use crate::text::nearly;
use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
use std::sync::Arc;

/// Names of what readers can't see, and why.
#[derive(Debug, Default, Hash)]
pub struct HiddenNames {
    /// Topics.
    pub topics: BTreeMap<TopicSlug, Hidden>,
    /// People.
    pub people: BTreeMap<PersonSlug, Hidden>,
    /// Pages of text.
    pub pages: BTreeMap<Arc<str>, Hidden>,
}

/// Every name of a site, known before any debate is read.
#[derive(Debug, Default, Hash)]
pub struct Names {
    /// Debates, from their folders.
    pub debates: BTreeSet<DebateSlug>,
    /// Topics and their titles.
    pub topics: BTreeMap<TopicSlug, String>,
    /// People and their names.
    pub people: BTreeMap<PersonSlug, String>,
    /// Briefings, from their files.
    pub briefings: BTreeSet<BriefingSlug>,
    /// Pages of text, from their files.
    pub pages: BTreeSet<Arc<str>>,
    /// Files of `static/`, by their path in it.
    pub assets: BTreeSet<Arc<str>>,
    /// Sources that several notes share.
    pub sources: SharedSources,
    /// The topics, people and pages among these that readers can't see.
    pub hidden: HiddenNames,
    /// Names and aliases that mean exactly one person.
    labels: BTreeMap<String, Option<PersonSlug>>,
    /// Ids in other registers that mean exactly one person.
    ids: BTreeMap<String, Option<PersonSlug>>,
}

impl Names {
    /// The names of a site with these debates and files, and nothing else yet.
    pub fn new(debates: impl Iterator<Item = DebateSlug>, assets: impl Iterator<Item = Arc<str>>) -> Self {
        Names { debates: debates.collect(), assets: assets.collect(), ..Names::default() }
    }

    /// Makes the people known by name and alias. A name that two people have means neither.
    pub fn know_people(&mut self, people: &[Person]) {
        for person in people {
            self.people.insert(person.slug.clone(), person.name.clone());
            for label in std::iter::once(&person.name).chain(&person.aliases) {
                know(&mut self.labels, label, &person.slug);
            }
            for id in &person.ids {
                know(&mut self.ids, id, &person.slug);
            }
        }
    }

    /// What placing a debate asks for: topics, people, shared sources; debates and pages only matter
    /// once prose is settled.
    pub fn for_placing(&self) -> impl Hash + '_ {
        let HiddenNames { topics, people, pages: _ } = &self.hidden;
        let names = (self.topics.keys().collect::<Vec<_>>(), &self.people, &self.labels, &self.ids);
        (names, &self.sources, topics, people)
    }

    /// The one person whose name or alias is exactly `label`.
    pub fn person_named(&self, label: &str) -> Option<&PersonSlug> {
        self.labels.get(label)?.as_ref()
    }

    /// Whether `label` is exactly the name or an alias of somebody, be it of one person or of several.
    pub fn is_label(&self, label: &str) -> bool {
        self.labels.contains_key(label)
    }

    /// Reports a name that may be text, where it is nobody's but nearly somebody's.
    pub fn mistyped(&self, name: &str, place: impl FnOnce() -> Place, remarks: &mut Vec<Diagnostic>) {
        if self.labels.contains_key(name) || self.people.contains_key(name) {
            return;
        }
        let known = self.labels.keys().map(String::as_str).chain(self.people.keys().map(PersonSlug::as_str));
        if let Some(near) = nearly(name, known) {
            remarks.push(diagnostics::mistyped_name(place(), name, near));
        }
    }

    /// The one person who has this id in some register.
    pub fn person_with_id(&self, id: &str) -> Option<&PersonSlug> {
        self.ids.get(id)?.as_ref()
    }

    /// The topic with this slug, or the mistake.
    pub fn topic(&self, slug: &str, place: impl FnOnce() -> Place) -> Result<TopicSlug, Box<Diagnostic>> {
        match self.topics.get_key_value(slug) {
            Some((slug, _)) => Ok(slug.clone()),
            None => Err(Box::new(diagnostics::unknown_topic(
                place(),
                slug,
                self.topics.keys().map(TopicSlug::as_str),
            ))),
        }
    }

    /// The person with this slug, or the mistake.
    pub fn person(&self, slug: &str, place: impl FnOnce() -> Place) -> Result<PersonSlug, Box<Diagnostic>> {
        match self.people.get_key_value(slug) {
            Some((slug, _)) => Ok(slug.clone()),
            None => Err(Box::new(diagnostics::unknown_person(
                place(),
                slug,
                self.people.keys().map(PersonSlug::as_str),
            ))),
        }
    }

    /// The topic with this slug, where readers can see it. What is wrong is reported; that they can't, only of a
    /// text that they can (`text` says why not).
    pub fn shown_topic(
        &self,
        slug: &str,
        text: Option<Hidden>,
        place: impl Fn() -> Place,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<TopicSlug> {
        let slug = self.topic(slug, &place).map_err(|diagnostic| remarks.push(*diagnostic)).ok()?;
        let Some(why) = self.hidden.topics.get(&slug) else { return Some(slug) };
        if text.is_none() {
            remarks.push(diagnostics::unpublished_name(place(), slug.as_str(), "a topic", why.why()));
        }
        None
    }

    /// A person whom an editor names, where readers can see them; otherwise as for topics.
    pub fn shown_person(
        &self,
        slug: PersonSlug,
        text: Option<Hidden>,
        place: impl FnOnce() -> Place,
        remarks: &mut Vec<Diagnostic>,
    ) -> Option<PersonSlug> {
        let Some(why) = self.hidden.people.get(&slug) else { return Some(slug) };
        if text.is_none() {
            remarks.push(diagnostics::unpublished_name(place(), slug.as_str(), "a person", why.why()));
        }
        None
    }

    /// A person whom the record names, where readers can see them.
    pub fn if_shown<'n>(&self, person: &'n PersonSlug) -> Option<&'n PersonSlug> {
        (!self.hidden.people.contains_key(person)).then_some(person)
    }

    /// The debate with this slug, or the mistake.
    pub fn debate(&self, slug: &str, place: impl FnOnce() -> Place) -> Result<DebateSlug, Box<Diagnostic>> {
        match self.debates.get(slug) {
            Some(slug) => Ok(slug.clone()),
            None => Err(Box::new(diagnostics::unknown_debate(
                place(),
                slug,
                self.debates.iter().map(DebateSlug::as_str),
            ))),
        }
    }

    /// The shared source with this key, or the mistake.
    pub fn source(&self, key: &str, place: impl FnOnce() -> Place) -> Result<Citation, Box<Diagnostic>> {
        match self.sources.get(key) {
            Some(citation) => Ok(citation.clone()),
            None => Err(Box::new(diagnostics::unknown_source(
                place(),
                key,
                self.sources.keys().map(String::as_str),
            ))),
        }
    }

    /// What a link's target means, written in a file of `folder` (`content/topics`). Targets are
    /// paths as a forge follows them; one that is written from a sibling folder's point of view, as
    /// in the guide's examples, means the same.
    pub fn destination(&self, target: &str, folder: &str) -> Option<Destination> {
        if let Some(fragment) = target.strip_prefix('#') {
            // In a debate's folder a bare fragment is a place of that debate.
            return Some(match debate_source(&format!("{folder}/")) {
                Some((slug, _)) if is_record_fragment(fragment) => {
                    Destination::Debate(self.debates.get(slug)?.clone(), Some(fragment.into()))
                }
                _ => Destination::Here(fragment.into()),
            });
        }
        if ["https://", "http://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
            return Some(Destination::Elsewhere(target.into()));
        }
        let (path, fragment) = match target.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (target, None),
        };
        let decoded = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
        if let Some(rooted) = decoded.strip_prefix('/') {
            return self
                .page(&rooted.split('/').filter(|part| !part.is_empty()).collect::<Vec<_>>(), fragment);
        }
        let parents = [folder, folder.rsplit_once('/').map_or("", |(parent, _)| parent), "content/any"];
        parents.into_iter().find_map(|from| {
            let joined = join(from, &decoded)?;
            let parts: Vec<&str> = joined.iter().map(String::as_str).collect();
            match parts.as_slice() {
                ["content", rest @ ..] => self.page(rest, fragment),
                ["static", rest @ ..] => self.asset(&rest.join("/")),
                _ => None,
            }
        })
    }

    fn page(&self, parts: &[&str], fragment: Option<&str>) -> Option<Destination> {
        let fragment: Option<Arc<str>> = fragment.filter(|fragment| !fragment.is_empty()).map(Into::into);
        Some(match Entry::meant(parts) {
            Some(Entry::Home) => Destination::Home,
            Some(Entry::Glossary) => Destination::Glossary,
            Some(Entry::Debate(slug)) => Destination::Debate(self.debates.get(slug)?.clone(), fragment),
            Some(Entry::Topic(slug)) => Destination::Topic(self.topics.get_key_value(slug)?.0.clone()),
            Some(Entry::Person(slug)) => Destination::Person(self.people.get_key_value(slug)?.0.clone()),
            Some(Entry::Briefing(slug)) => Destination::Briefing(self.briefings.get(slug)?.clone(), fragment),
            Some(Entry::Page(name)) if self.pages.contains(name) => Destination::Page(name.into(), fragment),
            Some(Entry::Page(_)) | None => return self.asset(&parts.join("/")),
        })
    }

    fn asset(&self, path: &str) -> Option<Destination> {
        self.assets.get(path).map(|path| Destination::Asset(path.clone()))
    }
}

/// Notes that `key` means `person`; where it means somebody else already, it means neither.
fn know(keys: &mut BTreeMap<String, Option<PersonSlug>>, key: &str, person: &PersonSlug) {
    keys.entry(key.to_owned())
        .and_modify(|known| {
            if known.as_ref() != Some(person) {
                *known = None;
            }
        })
        .or_insert_with(|| Some(person.clone()));
}

/// Whether a fragment names a paragraph, a contribution or a note rather than a place of the prose.
pub(super) fn is_record_fragment(fragment: &str) -> bool {
    let numbered = |prefix: char| {
        fragment.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    numbered('p') || numbered('c') || fragment.starts_with("n-")
}

/// The path of an address below the site's own, with or without the `s` of its scheme.
pub(super) fn own_path<'t>(target: &'t str, base: &str) -> Option<&'t str> {
    let bare =
        |address: &'t str| address.strip_prefix("https://").or_else(|| address.strip_prefix("http://"));
    let base = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"))?;
    let rest = bare(target)?.strip_prefix(base.trim_end_matches('/'))?;
    match rest.strip_prefix('/') {
        Some(path) => Some(path),
        None => rest.is_empty().then_some(""),
    }
}

/// `relative` seen from the folder `from`; `None` where it leads out of the site.
fn join(from: &str, relative: &str) -> Option<Vec<String>> {
    let mut parts: Vec<String> = from.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part.to_owned()),
        }
    }
    Some(parts)
}
