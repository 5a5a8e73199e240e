//! People and bodies as TEI describes them: `person` in a `listPerson`, `org` in a `listOrg`.

use super::{Body, PeopleList};
use crate::diagnostics::{Diagnostic, Place, broken_xml, foreign_document};
use crate::text::Source;
use crate::transcript::formats;
use crate::transcript::record::{Affiliation, DescribedPerson};
use crate::transcript::xml::{Element, Tree};

/// Languages in which the surname comes first.
const SURNAME_FIRST: [&str; 5] = ["hu", "zh", "ja", "ko", "vi"];

/// Whether this is a list, or the head of a corpus that has one.
pub(super) fn recognise(text: &str) -> bool {
    let begins = |names: &[&str]| formats::begins_with_element(text, names);
    begins(&["listPerson", "listOrg"])
        || (begins(&["teiCorpus", "TEI", "teiHeader"])
            && !formats::has_element(text, &["u", "sp"])
            && formats::has_element(text, &["listPerson", "listOrg"])
            && formats::has_element(text, &["person", "org"]))
}

/// Whether a list can be taken out of this, be it a record as well.
pub(super) fn has_list(text: &str) -> bool {
    formats::begins_with_element(text, &["listPerson", "listOrg", "teiCorpus", "TEI", "teiHeader"])
        && formats::has_element(text, &["listPerson", "listOrg"])
}

/// Reads one.
pub(super) fn read(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Option<PeopleList> {
    let tree = match Tree::parse(&source.text) {
        Ok(tree) => tree,
        Err(fault) => {
            diagnostics.push(broken_xml(Place::new(source, fault.at), &fault.reason));
            return None;
        }
    };
    let root = tree.root();
    let mut people = People::new(root);
    for element in root.descendants() {
        people.element(element);
    }
    let PeopleList { people: persons, bodies } = &people.list;
    if persons.is_empty() && bodies.is_empty() {
        let way = "each person is a `person` with an `xml:id` and a `persName`, each body an `org` with an `orgName`";
        let place = Place::new(source, root.tag_span());
        diagnostics.push(foreign_document(
            place,
            "a list without anybody in it who has an id and a name",
            way,
        ));
        return None;
    }
    Some(people.list)
}

/// People and bodies, found one by one.
#[derive(Default)]
pub(in crate::transcript) struct People {
    /// What was found.
    pub(in crate::transcript) list: PeopleList,
    /// The language of the document.
    language: Option<String>,
}

impl People {
    /// Nobody yet, of a document with this root.
    pub(in crate::transcript) fn new(root: Element<'_, '_>) -> People {
        People { language: root.stated("lang").map(|tag| tag.to_lowercase()), ..People::default() }
    }

    /// Takes an element that describes a person or a body.
    pub(in crate::transcript) fn element(&mut self, element: Element<'_, '_>) {
        match element.name() {
            "person" => self.list.people.extend(self.person(element)),
            "org" => self.list.bodies.extend(self.body(element)),
            _ => {}
        }
    }

    fn person(&self, person: Element<'_, '_>) -> Option<DescribedPerson> {
        let id = person.stated("id")?;
        // Of several names, the one that is borne still: the first without a last day.
        let names = || person.elements().filter(|e| e.name() == "persName" && e.has_words());
        let name = names().find(|name| name.stated("to").is_none()).or_else(|| names().next())?;
        let (name, sort_name) = self.name(name);
        let affiliations = person.elements().filter(|e| e.name() == "affiliation").map(|held| {
            let titles = held.elements().filter(|e| e.name() == "roleName" && e.has_words());
            let title = self.in_language(titles).map(|title| title.words());
            Affiliation {
                role: held.stated("role").unwrap_or_default().as_ref().into(),
                name: title.unwrap_or_else(|| held.words()).into(),
                body: held.stated("ref").map(|body| body.trim_start_matches('#').into()),
                from: held.stated("from").map(|day| day.as_ref().into()),
                to: held.stated("to").map(|day| day.as_ref().into()),
            }
        });
        Some(DescribedPerson {
            id: id.as_ref().into(),
            name: name.into(),
            sort_name: sort_name.map(Into::into),
            affiliations: affiliations.collect(),
            ids: Vec::new(),
        })
    }

    /// A name as it is said, whatever comes first in the list, and as lists sort it.
    fn name(&self, name: Element<'_, '_>) -> (String, Option<String>) {
        let parts = |wanted: &[&str]| {
            let parts = name.descendants().filter(|e| wanted.contains(&e.name()));
            parts.map(|part| part.words()).filter(|words| !words.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let (forenames, link, surnames) = (parts(&["forename"]), parts(&["nameLink"]), parts(&["surname"]));
        if surnames.is_empty() || forenames.is_empty() {
            return (name.words(), None);
        }
        let joined = |parts: &[&str]| {
            parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
        };
        let language = name.stated("lang").map(|tag| tag.to_lowercase()).or_else(|| self.language.clone());
        let primary = language.as_deref().and_then(|tag| tag.split('-').next());
        if primary.is_some_and(|tag| SURNAME_FIRST.contains(&tag)) {
            return (joined(&[&surnames, &link, &forenames]), None);
        }
        let family = joined(&[&link, &surnames]);
        (joined(&[&forenames, &family]), Some(format!("{family}, {forenames}")))
    }

    fn body(&self, body: Element<'_, '_>) -> Option<Body> {
        let id = body.stated("id")?;
        let names = || body.elements().filter(|e| e.name() == "orgName" && e.has_words());
        let in_full = names().filter(|name| name.stated("full").as_deref() == Some("yes"));
        let name = self.in_language(in_full).or_else(|| self.in_language(names()))?;
        let kind = body.stated("role").unwrap_or_default();
        Some(Body { id: id.as_ref().into(), name: name.words().into(), kind: kind.as_ref().into() })
    }

    /// Of several in different languages the one in the document's, or the first.
    fn in_language<'t, 's>(&self, elements: impl Iterator<Item = Element<'t, 's>>) -> Option<Element<'t, 's>>
    where
        's: 't,
    {
        let elements: Vec<_> = elements.collect();
        let own = |element: &&Element<'t, 's>| {
            let language = element.stated("lang").map(|tag| tag.to_lowercase());
            language.is_some() && language == self.language
        };
        elements.iter().find(own).or_else(|| elements.first()).copied()
    }
}
