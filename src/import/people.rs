//! People out of sources: one file for each person that the site does not know, and a name for those who
//! have an id in the place of one. Nobody is merged by name; a list of people that a parliament keeps says
//! which ids are of one person.

use super::person_file::{self, PersonFile};
use crate::content::{RawIds, RawOffice, RawPerson, RawTerm};
use crate::diagnostics::{Diagnostic, Place, nameless_speaker};
use crate::load::Disk;
use crate::model::Naming;
use crate::text::{Fingerprint, SitePath, Source, slugify};
use crate::transcript::{DescribedPerson, Held, PeopleList, Transcript};
use std::collections::{BTreeMap, BTreeSet};
use std::io;

/// The people that a site has already.
#[derive(Default)]
pub struct Known {
    /// Their files, by slug.
    pub people: BTreeMap<String, PersonFile>,
    /// Ids in other registers, and the slug that each belongs to.
    ids: BTreeMap<String, String>,
    /// Names and aliases, and the slug that each belongs to.
    names: BTreeMap<String, String>,
}

/// Who spoke in what was imported.
#[derive(Debug, Default)]
pub struct Speakers {
    /// By id.
    by_id: BTreeMap<String, Speaker>,
    /// Names printed without an id.
    pub unmatched: BTreeSet<String>,
    /// The people whom the files themselves describe.
    own: PeopleList,
}

#[derive(Debug, Default)]
struct Speaker {
    register: &'static str,
    /// The names that the record has, and how often each.
    names: BTreeMap<String, usize>,
    /// Where the record has nothing but the id.
    nameless: Option<Place>,
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

/// What is to be written of people.
#[derive(Default)]
pub struct PeopleChanges {
    /// Files of people whom the site does not have.
    pub new: Vec<NewPerson>,
    /// Files that are there: the path, what stood there, the new text, what was put in.
    pub edited: Vec<(SitePath, Fingerprint, String, String)>,
    /// What is left for people to decide.
    pub notices: Vec<String>,
    /// Those of whom nobody gives a name.
    pub nameless: Vec<Diagnostic>,
    /// How many of the people of the lists are known here or spoke.
    pub listed: usize,
}

impl Known {
    /// The people in the folder `people` of a site's content.
    pub fn read(content: &Disk) -> io::Result<Known> {
        let mut known = Known::default();
        let folder = SitePath::new("people").expect("a path");
        for path in content.below(&folder) {
            let Some(file) = PersonFile::read(content, path)? else { continue };
            let slug = file.slug().to_owned();
            for name in file.raw.name.iter().chain(&file.raw.aliases) {
                known.names.entry(name.clone()).or_insert_with(|| slug.clone());
            }
            for id in file.ids() {
                known.ids.entry(id.to_owned()).or_insert_with(|| slug.clone());
            }
            known.people.insert(slug, file);
        }
        Ok(known)
    }

    /// The name of whoever has this id.
    pub fn name_of(&self, id: &str) -> Option<&str> {
        self.people.get(self.ids.get(id)?)?.raw.name.as_deref()
    }
}

/// Ids that are of one person.
#[derive(Default)]
struct Group<'s> {
    spoke: Vec<(&'s str, &'s Speaker)>,
    described: Option<&'s DescribedPerson>,
}

impl Speakers {
    /// Adds the speakers of a debate. `whole` says that it is a file of its own, so that its places are
    /// those of the file.
    pub fn add(&mut self, transcript: &Transcript, whole: bool) {
        let source = &transcript.source;
        for label in transcript.contributions().filter_map(|contribution| contribution.speaker.as_ref()) {
            let name = label.name.of(source);
            let Some(id) = &label.id else {
                self.unmatched.insert(name.to_owned());
                continue;
            };
            let speaker = self.by_id.entry(id.to_string()).or_default();
            speaker.register = register(transcript.format);
            match label.naming {
                Naming::Id if speaker.nameless.is_none() => {
                    speaker.nameless = Some(match whole {
                        true => Place::new(source, label.span),
                        false => Place::file(&Source::new(source.path.clone(), "")),
                    });
                }
                Naming::Id => {}
                Naming::Printed | Naming::Listed => *speaker.names.entry(name.to_owned()).or_default() += 1,
            }
        }
        self.own.add(PeopleList {
            people: transcript.details.people.clone(),
            bodies: transcript.details.bodies.clone(),
        });
    }

    /// How many ids spoke.
    pub fn identified(&self) -> usize {
        self.by_id.len()
    }

    /// What is to be written, with what lists of people say beside the files themselves. Two ids with one
    /// name are two people, unless a list says otherwise.
    pub fn changes(&self, known: &mut Known, list: PeopleList) -> PeopleChanges {
        let mut all = list;
        let given = all.people.len();
        all.add(self.own.clone());
        let mut described: BTreeMap<&str, usize> = BTreeMap::new();
        for (at, person) in all.people.iter().enumerate() {
            for id in std::iter::once(&person.id).chain(&person.ids) {
                described.entry(id).or_insert(at);
            }
        }
        let mut groups: BTreeMap<(Option<usize>, &str), Group<'_>> = BTreeMap::new();
        for (id, speaker) in &self.by_id {
            let at = described.get(id.as_str()).copied();
            let group = groups.entry((at, if at.is_some() { "" } else { id })).or_default();
            group.spoke.push((id, speaker));
            group.described = at.map(|at| &all.people[at]);
        }
        // Whom the site knows by an id needs no speech to be named.
        for id in known.ids.keys() {
            if let Some(&at) = described.get(id.as_str()) {
                groups.entry((Some(at), "")).or_default().described = Some(&all.people[at]);
            }
        }
        let mut changes = PeopleChanges {
            listed: groups.keys().filter(|(at, _)| at.is_some_and(|at| at < given)).count(),
            ..PeopleChanges::default()
        };
        let mut taken: BTreeSet<String> = known.people.keys().cloned().collect();
        let mut unnamed: Vec<(&str, &Place)> = Vec::new();
        for group in groups.values() {
            let slugs: BTreeSet<&String> = group.ids().filter_map(|id| known.ids.get(id)).collect();
            let slugs: Vec<String> = slugs.into_iter().cloned().collect();
            match slugs.as_slice() {
                [] => changes.new.push(group.new_person(known, &all, &mut taken)),
                [slug] => group.edit(slug, known, &all, &mut changes),
                [first, rest @ ..] => changes.notices.extend(rest.iter().map(|other| {
                    format!(
                        "people/{other} and people/{first} have ids of one person, as the list says: `rapporteur people \
                         merge {other} {first}` makes them one"
                    )
                })),
            }
            let has_name = group.described.is_some()
                || slugs.iter().any(|slug| known.people.get(slug).is_some_and(|file| !file.is_named_by_id()));
            unnamed.extend(group.spoke.iter().filter_map(|(id, speaker)| {
                let place = speaker.nameless.as_ref().filter(|_| !has_name && speaker.names.is_empty())?;
                Some((*id, place))
            }));
        }
        if let Some((_, place)) = unnamed.first() {
            let ids: Vec<&str> = unnamed.iter().map(|(id, _)| *id).collect();
            changes.nameless.push(nameless_speaker((*place).clone(), &ids));
        }
        changes
    }
}

impl<'s> Group<'s> {
    /// Every id, the list's own first.
    fn ids(&self) -> impl Iterator<Item = &'s str> {
        let listed = self.described.into_iter();
        let listed = listed.flat_map(|person| std::iter::once(&person.id).chain(&person.ids)).map(|id| &**id);
        let mut seen = BTreeSet::new();
        listed
            .chain(self.spoke.iter().map(|(id, _)| *id))
            .filter(move |id| seen.insert(*id))
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn new_person(&self, known: &Known, all: &PeopleList, taken: &mut BTreeSet<String>) -> NewPerson {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for (name, count) in self.spoke.iter().flat_map(|(_, speaker)| &speaker.names) {
            *names.entry(name).or_default() += count;
        }
        let most = names.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)));
        let id = self.spoke.first().map_or("", |(id, _)| *id);
        let name = self.described.map(|person| &*person.name);
        let name = name.or(most.map(|(name, _)| *name)).unwrap_or(id);
        let base = Some(slugify(name)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| slugify(id));
        let free = |slug: &String| !slug.is_empty() && !taken.contains(slug);
        let numbered =
            (2..).map(|number| format!("{}-{number}", base.get(..76).unwrap_or(&base).trim_end_matches('-')));
        let slug = std::iter::once(base.clone()).chain(numbered).find(free).expect("some number is free");
        taken.insert(slug.clone());
        let register = self.spoke.first().map_or("source", |(_, speaker)| speaker.register);
        let mut ids: Vec<String> = self.ids().map(str::to_owned).collect();
        let ids = if ids.len() == 1 { RawIds::One(ids.remove(0)) } else { RawIds::Several(ids) };
        let raw = RawPerson {
            name: Some(name.to_owned()),
            ids: BTreeMap::from([(register.to_owned(), ids)]),
            ..self.described.map(|person| stated(person, all)).unwrap_or_default()
        };
        NewPerson {
            slug,
            name: name.to_owned(),
            text: printed(&raw),
            namesake: known.names.get(name).cloned(),
        }
    }

    /// Puts into the file of somebody whom the site has what was missing there.
    fn edit(&self, slug: &str, known: &mut Known, all: &PeopleList, changes: &mut PeopleChanges) {
        let Some(file) = known.people.get_mut(slug) else { return };
        let mut expected = file.raw.clone();
        let mut done: Vec<&str> = Vec::new();
        // An id of a further term, by which a record knows the person.
        let missing: Vec<(&str, &str)> = self
            .spoke
            .iter()
            .filter(|(id, _)| !file.ids().any(|known| known == *id))
            .map(|(id, speaker)| (*id, speaker.register))
            .collect();
        if let [(_, register), ..] = missing.as_slice() {
            let ids: Vec<String> = missing.iter().map(|(id, _)| (*id).to_owned()).collect();
            file.add_ids(register, &ids);
            let there = expected.ids.get(*register).into_iter().flat_map(RawIds::all).map(str::to_owned);
            let mut joined: Vec<String> = there.chain(ids).collect();
            let joined =
                if joined.len() == 1 { RawIds::One(joined.remove(0)) } else { RawIds::Several(joined) };
            expected.ids.insert((*register).to_owned(), joined);
            done.push("ids");
        }
        if let Some(person) = self.described.filter(|person| file.is_named_by_id() && !person.name.is_empty())
            && file.raw.name.as_deref() != Some(&person.name)
        {
            let from_list = stated(person, all);
            file.set("name", &person.name);
            expected.name = Some(person.name.to_string());
            done.push("the name");
            if let (None, Some(sort_name)) = (&expected.sort_name, from_list.sort_name) {
                file.set("sort_name", &sort_name);
                expected.sort_name = Some(sort_name);
            }
            if expected.offices.is_empty() && !from_list.offices.is_empty() {
                file.extend(
                    "offices",
                    &from_list.offices.iter().map(person_file::office).collect::<Vec<_>>(),
                );
                expected.offices = from_list.offices;
                done.push("offices");
            }
            if expected.party.is_none() && expected.parties.is_empty() {
                if let Some(party) = from_list.party {
                    file.set("party", &party);
                    expected.party = Some(party);
                    done.push("the party");
                } else if !from_list.parties.is_empty() {
                    file.extend(
                        "parties",
                        &from_list.parties.iter().map(person_file::named).collect::<Vec<_>>(),
                    );
                    expected.parties = from_list.parties;
                    done.push("parties");
                }
            }
            if let Some(other) = known.names.get(&*person.name).filter(|other| *other != slug) {
                changes.notices.push(format!(
                    "people/{other} has the name {} too; if it is the same person, `rapporteur people merge {slug} {other}` \
                     makes them one",
                    person.name
                ));
            }
        }
        let Some(file) = known.people.get(slug).filter(|file| file.is_changed()) else { return };
        match file.edited(&expected) {
            Ok(text) => changes.edited.push((file.path.clone(), file.before, text, done.join(", "))),
            Err(why) => changes.notices.push(format!("{why}: {} are to be put in by hand", done.join(", "))),
        }
    }
}

/// What a list states of somebody, beside ids and the name itself.
fn stated(person: &DescribedPerson, all: &PeopleList) -> RawPerson {
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    let term = |held: Held| RawTerm { name: held.title, from: day(held.from), to: day(held.to) };
    let offices = all.offices(person).into_iter();
    let offices = offices.map(|held| RawOffice { title: held.title, from: day(held.from), to: day(held.to) });
    // One that has no days is said in a word.
    let split = |held: Vec<Held>| match held.as_slice() {
        [Held { title, from: None, to: None }] => (Some(title.clone()), Vec::new()),
        _ => (None, held.into_iter().map(term).collect()),
    };
    let (party, parties) = split(all.parties(person));
    let (constituency, constituencies) = split(all.constituencies(person));
    RawPerson {
        sort_name: person.sort_name.as_deref().map(str::to_owned),
        offices: offices.collect(),
        party,
        parties,
        constituency,
        constituencies,
        ..RawPerson::default()
    }
}

/// The text of a new person's file.
fn printed(raw: &RawPerson) -> String {
    let mut text = String::new();
    let mut line = |key: &str, value: &Option<String>| {
        if let Some(value) = value {
            text.push_str(&format!("{key}: {}\n", person_file::scalar(value)));
        }
    };
    line("name", &raw.name);
    line("sort_name", &raw.sort_name);
    line("party", &raw.party);
    line("constituency", &raw.constituency);
    let mut list = |key: &str, items: Vec<String>| {
        if !items.is_empty() {
            text.push_str(&format!("{key}:\n"));
            items.iter().for_each(|item| text.push_str(&format!("- {item}\n")));
        }
    };
    list("parties", raw.parties.iter().map(person_file::named).collect());
    list("constituencies", raw.constituencies.iter().map(person_file::named).collect());
    list("offices", raw.offices.iter().map(person_file::office).collect());
    text.push_str("ids:\n");
    for (register, ids) in &raw.ids {
        let value = person_file::ids(&ids.all().map(str::to_owned).collect::<Vec<_>>());
        text.push_str(&format!("  {register}: {value}\n"));
    }
    text
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
