//! People as Popolo's JSON describes them: `persons`, the `memberships` that they had, `organizations`
//! and `posts`. parlparse keeps its people so; each membership has an id there by which older records
//! know the person, and an id that was given up leads on by `redirect`.

use super::{Body, CONSTITUENCY, OFFICE, PeopleList};
use crate::diagnostics::{Diagnostic, Place, broken_json, foreign_document};
use crate::text::{Source, Span};
use crate::transcript::record::{Affiliation, DescribedPerson};
use serde_json::Value;
use std::collections::BTreeMap;

/// Whether the keys at the top are Popolo's.
pub(super) fn recognise(text: &str) -> bool {
    #[derive(serde::Deserialize)]
    struct Top {
        persons: Vec<serde::de::IgnoredAny>,
        memberships: Option<Vec<serde::de::IgnoredAny>>,
        organizations: Option<Vec<serde::de::IgnoredAny>>,
    }
    text.trim_start().starts_with('{')
        && text.contains("\"persons\"")
        && serde_json::from_str::<Top>(text).is_ok_and(|top| {
            !top.persons.is_empty() && (top.memberships.is_some() || top.organizations.is_some())
        })
}

/// Reads such a file.
pub(super) fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<PeopleList> {
    let document: Value = match serde_json::from_str(&source.text) {
        Ok(document) => document,
        Err(error) => {
            let lines = source.text.split_inclusive('\n').take(error.line().saturating_sub(1));
            let start = lines.map(str::len).sum::<usize>() + error.column().saturating_sub(1);
            let at = source.text.floor_char_boundary(start.min(source.text.len()));
            diagnostics.push(broken_json(
                Place::new(source, Span::new(at..at)),
                "a list of people",
                &error.to_string(),
            ));
            return None;
        }
    };
    if list(&document, "persons").next().is_none() {
        let way = "Popolo has a list `persons`, and `memberships` beside it";
        diagnostics.push(foreign_document(Place::file(source), "JSON without a list of people", way));
        return None;
    }
    Some(people(&document))
}

fn people(document: &Value) -> PeopleList {
    let bodies = list(document, "organizations").filter_map(|body| {
        let name = text(body, "name")?;
        let kind = text(body, "classification").unwrap_or("party");
        Some(Body { id: text(body, "id")?.into(), name: name.into(), kind: kind.into() })
    });
    let posts: BTreeMap<&str, &Value> =
        list(document, "posts").filter_map(|post| Some((text(post, "id")?, post))).collect();
    let mut found = PeopleList { people: Vec::new(), bodies: bodies.collect() };
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for person in list(document, "persons") {
        let (Some(id), Some((name, sort_name))) = (text(person, "id"), name(person)) else { continue };
        places.insert(id, found.people.len());
        let further = list(person, "identifiers").filter_map(|one| text(one, "identifier"));
        found.people.push(DescribedPerson {
            id: id.into(),
            name: name.into(),
            sort_name: sort_name.map(Into::into),
            // Numbers of registers elsewhere would be mistaken for ids of this one.
            ids: further.filter(|id| id.contains('/')).map(Into::into).collect(),
            affiliations: Vec::new(),
        });
    }
    // An id that was given up is one of the person to whom it leads.
    for person in list(document, "persons") {
        if let (Some(id), Some(&at)) = (text(person, "id"), lead(person, &places)) {
            found.people[at].ids.push(id.into());
        }
    }
    let mut members: BTreeMap<&str, usize> = BTreeMap::new();
    for membership in list(document, "memberships") {
        let Some(&at) = text(membership, "person_id").and_then(|person| places.get(person)) else { continue };
        if let Some(id) = text(membership, "id") {
            members.insert(id, at);
            found.people[at].ids.push(id.into());
        }
        let post = text(membership, "post_id").and_then(|post| posts.get(post).copied());
        let stated = |key: &str| text(membership, key).map(Into::into);
        let held = |role: &str, name: &str, body: Option<&str>| Affiliation {
            role: role.into(),
            name: name.into(),
            body: body.map(Into::into),
            from: stated("start_date"),
            to: stated("end_date"),
        };
        let affiliations = &mut found.people[at].affiliations;
        let group = text(membership, "on_behalf_of_id");
        affiliations.extend(group.map(|body| held("member", "", Some(body))));
        let area = post.and_then(|post| post.get("area")).and_then(|area| text(area, "name"));
        affiliations.extend(area.map(|area| held(CONSTITUENCY, area, None)));
        // A seat is no office; what is held without one, and not for a party, is.
        if post.is_none() && group.is_none() {
            let office = text(membership, "role").filter(|role| !is_seat(role));
            affiliations.extend(office.map(|role| held(OFFICE, role, None)));
        }
    }
    for membership in list(document, "memberships") {
        if let (Some(id), Some(&at)) = (text(membership, "id"), lead(membership, &members)) {
            found.people[at].ids.push(id.into());
        }
    }
    found
}

/// Where an id that was given up leads, through `redirect`.
fn lead<'p>(given_up: &Value, places: &'p BTreeMap<&str, usize>) -> Option<&'p usize> {
    places.get(text(given_up, "redirect")?)
}

/// Whether a role is that of everybody who sits there.
fn is_seat(role: &str) -> bool {
    let role = role.to_lowercase();
    role.starts_with("member") || ["peer", "mp", "mla", "msp"].contains(&role.as_str())
}

/// The name that somebody bears: `name` itself, or of the names listed the main one that has no last day.
fn name(person: &Value) -> Option<(String, Option<String>)> {
    let written = text(person, "name").map(str::to_owned);
    if let Some(name) = written {
        let sorted = text(person, "sort_name").map(str::to_owned);
        let family = text(person, "family_name").zip(text(person, "given_name"));
        return Some((name, sorted.or_else(|| family.map(|(family, given)| format!("{family}, {given}")))));
    }
    let main = |name: &&Value| text(name, "note").is_none_or(|note| note == "Main");
    // Days are written the largest part first, so texts compare as days do.
    let last = |name: &&Value| {
        (
            text(name, "end_date").unwrap_or("9999").to_owned(),
            text(name, "start_date").unwrap_or("").to_owned(),
        )
    };
    let name = list(person, "other_names").filter(main).max_by_key(last)?;
    let given = || text(name, "given_name");
    if let Some(whole) = text(name, "name") {
        return Some((whole.to_owned(), None));
    }
    if let Some(family) = text(name, "family_name") {
        return Some(match given() {
            Some(given) => (format!("{given} {family}"), Some(format!("{family}, {given}"))),
            None => (family.to_owned(), None),
        });
    }
    // A peer is known by title: Lord Poe of Weir, the Bishop of Weir.
    let title = text(name, "honorific_prefix").unwrap_or_default();
    let of = text(name, "lordofname").map(|place| format!("of {place}"));
    let parts = [Some(title), text(name, "lordname"), of.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    let sorted = text(name, "lordname").map(|lord| format!("{lord}, {title}"));
    (parts.len() > 1).then(|| (parts.join(" "), sorted))
}

/// The things of a list under `key`.
fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// A text under `key` that is not empty.
fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str).filter(|text| !text.is_empty())
}
