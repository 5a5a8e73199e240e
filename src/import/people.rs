//! People out of sources: one file for each id that the site does not know. Nobody is merged by name.

use crate::content::{self, RawIds, RawPerson};
use crate::load::{self, Disk};
use crate::text::{SitePath, slugify};
use crate::transcript::Transcript;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The people that a site has already.
#[derive(Debug, Default)]
pub struct Known {
    /// Ids in other registers.
    pub ids: BTreeSet<String>,
    /// Names and aliases, and the slug that each belongs to.
    pub names: BTreeMap<String, String>,
    /// Slugs.
    pub slugs: BTreeSet<String>,
}

/// Who spoke in what was imported.
#[derive(Debug, Default)]
pub struct Speakers {
    /// By id: the names printed, how often each, and offices held with their days.
    by_id: BTreeMap<String, Speaker>,
    /// Names printed without an id.
    pub unmatched: BTreeSet<String>,
}

#[derive(Debug, Default)]
struct Speaker {
    register: &'static str,
    names: BTreeMap<String, usize>,
    described: Option<String>,
    offices: Vec<Office>,
}

#[derive(Debug, Clone, Serialize)]
struct Office {
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

/// The file of a new person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// The slug.
    pub slug: String,
    /// The name.
    pub name: String,
    /// The file's text.
    pub text: String,
    /// Somebody of the same name whom the site has, and whom nobody says to be the same.
    pub namesake: Option<String>,
}

#[derive(Serialize)]
struct Written<'a> {
    name: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    offices: &'a [Office],
    ids: BTreeMap<&'a str, &'a str>,
}

impl Known {
    /// The people in the folder `people` of a site's content.
    pub fn read(content: &Disk) -> io::Result<Known> {
        let mut known = Known::default();
        let folder = SitePath::new("people").expect("a path");
        for path in content.below(&folder) {
            let slug = path.stem().to_owned();
            let Some(source) = load::read_text(content, &path)?.value else { continue };
            let raw = match path.extension() {
                "md" => {
                    content::parse_markdown::<RawPerson>(&source, "a person", RawPerson::default()).value.raw
                }
                "yaml" => {
                    content::parse_yaml::<RawPerson>(&source, "a person", RawPerson::default()).value.raw
                }
                _ => continue,
            };
            for name in raw.name.into_iter().chain(raw.aliases) {
                known.names.entry(name).or_insert_with(|| slug.clone());
            }
            for ids in raw.ids.into_values() {
                match ids {
                    RawIds::One(id) => drop(known.ids.insert(id)),
                    RawIds::Several(ids) => known.ids.extend(ids),
                }
            }
            known.slugs.insert(slug);
        }
        Ok(known)
    }
}

impl Speakers {
    /// Adds the speakers of a debate.
    pub fn add(&mut self, transcript: &Transcript) {
        let source = &transcript.source;
        for label in transcript.contributions().filter_map(|contribution| contribution.speaker.as_ref()) {
            let name = label.name.of(source);
            let Some(id) = &label.id else {
                self.unmatched.insert(name.to_owned());
                continue;
            };
            let speaker = self.by_id.entry(id.to_string()).or_default();
            speaker.register = register(transcript.format);
            *speaker.names.entry(name.to_owned()).or_default() += 1;
        }
        for person in &transcript.details.people {
            if let Some(speaker) = self.by_id.get_mut(&*person.id) {
                speaker.described = Some(person.name.to_string());
                let held = person
                    .affiliations
                    .iter()
                    .filter(|held| is_office(&held.role) && held.name.contains(' '));
                speaker.offices = held
                    .map(|held| Office {
                        title: held.name.to_string(),
                        from: held.from.as_deref().map(day),
                        to: held.to.as_deref().map(day),
                    })
                    .collect();
            }
        }
    }

    /// How many ids spoke.
    pub fn identified(&self) -> usize {
        self.by_id.len()
    }

    /// The files of those whom the site does not have. Two ids with one name are two people.
    pub fn new_people(&self, known: &Known) -> Vec<NewPerson> {
        let mut taken = known.slugs.clone();
        let mut people = Vec::new();
        for (id, speaker) in self.by_id.iter().filter(|(id, _)| !known.ids.contains(*id)) {
            let most = speaker.names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(*name)));
            let Some(name) = speaker.described.as_deref().or(most.map(|(name, _)| name.as_str())) else {
                continue;
            };
            let base = Some(slugify(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| slugify(id));
            let free = |slug: &String| !slug.is_empty() && !taken.contains(slug);
            let numbered = (2..)
                .map(|number| format!("{}-{number}", base.get(..76).unwrap_or(&base).trim_end_matches('-')));
            let slug = std::iter::once(base.clone()).chain(numbered).find(free).expect("some number is free");
            taken.insert(slug.clone());
            let written = Written {
                name,
                offices: &speaker.offices,
                ids: BTreeMap::from([(speaker.register, id.as_str())]),
            };
            people.push(NewPerson {
                slug,
                name: name.to_owned(),
                text: serde_yaml::to_string(&written).expect("nothing but text"),
                namesake: known.names.get(name).cloned(),
            });
        }
        people
    }
}

/// The register that a format's ids are of.
fn register(format: &str) -> &'static str {
    match format {
        "parlparse" => "publicwhip",
        "hansard-json" => "hansard",
        "parlamint" => "parlamint",
        "bundestag" => "bundestag",
        _ => "source",
    }
}

/// Whether what somebody belonged to is an office that a page shows (ParlaMint's `affiliation@role`).
fn is_office(role: &str) -> bool {
    ["minister", "head", "primeMinister", "deputyHead", "secretary", "president", "chairperson"]
        .contains(&role)
}

/// A day that a source gives with a time or without.
fn day(text: &str) -> String {
    text.get(..10).unwrap_or(text).to_owned()
}
