//! Lists of people that parliaments and corpora keep beside their records: TEI's `listPerson` and
//! `listOrg`, in files of their own or in the header of a corpus, and Popolo's JSON. A file is one where
//! it shows that; what a list does not state is left out.

mod popolo;
mod tei;

pub(super) use tei::People;

use super::record::{Affiliation, DescribedPerson};
use crate::diagnostics::{Checked, Place, foreign_document};
use crate::text::Source;
use jiff::civil::Date;

/// So long, in days, may an office or a party lapse between two terms and still count as one: a
/// parliament is dissolved for some weeks.
const DISSOLVED: i32 = 92;

/// A list of people.
#[derive(Clone, Debug, Default)]
pub struct PeopleList {
    /// The people.
    pub people: Vec<DescribedPerson>,
    /// The bodies that they belong to.
    pub bodies: Vec<Body>,
}

/// A body that people belong to: a party, a government.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body {
    /// Its id in the list.
    pub id: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// Its kind, as the list names it: `politicalParty`.
    pub kind: Box<str>,
}

/// Whether a text is a list of people: XML whose outermost element is one, or a corpus with a list and
/// no speech; JSON with persons and what they belonged to.
pub fn is_people_list(text: &str) -> bool {
    tei::recognise(text) || popolo::recognise(text)
}

/// Reads a list of people. `None`, with what is wrong, where it can't be read or is none.
pub fn people_list(source: &Source) -> Checked<Option<PeopleList>> {
    let mut diagnostics = Vec::new();
    let value = if tei::has_list(&source.text) {
        tei::read(source, &mut diagnostics)
    } else if source.text.trim_start().starts_with('{') {
        popolo::read(source, &mut diagnostics)
    } else {
        let way = "a list of people is TEI with `listPerson` or `listOrg`, or Popolo's JSON with `persons`; take \
                   the file of the corpus that holds it, often named `…-listPerson.xml` or as the corpus itself";
        diagnostics.push(foreign_document(Place::file(source), "no list of people", way));
        None
    };
    Checked { value: value.filter(|_| diagnostics.is_empty()), diagnostics }
}

impl PeopleList {
    /// Adds another list. What both say of somebody is said once.
    pub fn add(&mut self, other: PeopleList) {
        for person in other.people {
            if !self.people.contains(&person) {
                self.people.push(person);
            }
        }
        for body in other.bodies {
            if !self.bodies.contains(&body) {
                self.bodies.push(body);
            }
        }
    }

    /// The body with this id.
    fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| *body.id == *id)
    }

    /// The offices of a person, by their days: `(title, first day, last day)`.
    pub fn offices(&self, person: &DescribedPerson) -> Vec<Held> {
        let held = person.affiliations.iter().filter(|held| is_office(&held.role));
        together(held.filter_map(|held| {
            let body = held.body.as_deref().and_then(|id| self.body(id));
            let title = match (&*held.name, body) {
                ("", Some(body)) => format!("{}, {}", title_of(&held.role), body.name),
                // A word alone is more likely a code than an office.
                (name, _) if name.contains(' ') => name.to_owned(),
                _ => return None,
            };
            Some(Held::of(title, held))
        }))
    }

    /// The parties of a person, by their days. A group in parliament counts where no party is stated.
    pub fn parties(&self, person: &DescribedPerson) -> Vec<Held> {
        let of = |kinds: &[&str]| {
            together(person.affiliations.iter().filter_map(|held| {
                let body = self.body(held.body.as_deref()?)?;
                kinds.contains(&&*body.kind).then(|| Held::of(body.name.to_string(), held))
            }))
        };
        let parties = of(&["politicalParty", "party"]);
        match parties.is_empty() {
            true => of(&["parliamentaryGroup", "politicalGroup"]),
            false => parties,
        }
    }

    /// The constituencies of a person, by their days.
    pub fn constituencies(&self, person: &DescribedPerson) -> Vec<Held> {
        let held = person.affiliations.iter().filter(|held| &*held.role == CONSTITUENCY);
        together(held.map(|held| Held::of(held.name.to_string(), held)))
    }
}

/// The role under which the constituency of a member is kept.
const CONSTITUENCY: &str = "constituency";

/// Something that somebody held, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The office, the party, the constituency.
    pub title: String,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
}

impl Held {
    fn of(title: String, held: &Affiliation) -> Held {
        // A month or a year is no day, and nothing is guessed to make it one.
        let day = |text: &Option<Box<str>>| {
            let text = text.as_deref()?;
            text.get(..10)?.parse::<Date>().ok().filter(|day| day.year() < 9999)
        };
        Held { title, from: day(&held.from), to: day(&held.to) }
    }
}

/// What was held, by days; terms of the same that follow one another are one.
fn together(held: impl Iterator<Item = Held>) -> Vec<Held> {
    let mut held: Vec<Held> = held.collect();
    held.sort_by(|one, other| (one.from, &one.title, one.to).cmp(&(other.from, &other.title, other.to)));
    let mut joined: Vec<Held> = Vec::new();
    for next in held {
        let goes_on = |before: &Held| {
            before.title == next.title
                && match (before.to, next.from) {
                    (Some(to), Some(from)) => (from - to).get_days() <= DISSOLVED,
                    (None, _) => true,
                    (Some(_), None) => before.to == next.to && before.from.is_none(),
                }
        };
        match joined.iter_mut().rev().find(|before| goes_on(before)) {
            Some(before) => {
                if before.to.is_some() {
                    before.to = next.to.map(|to| to.max(before.to.unwrap_or(to)));
                }
            }
            None => joined.push(next),
        }
    }
    joined
}

/// Whether what somebody belonged to is an office that a page shows.
fn is_office(role: &str) -> bool {
    ["minister", "head", "primeMinister", "deputyHead", "secretary", "president", "chairperson", OFFICE]
        .contains(&role)
}

/// The role of an office that a list gives a title.
const OFFICE: &str = "office";

/// What an office is called where only its kind and its body are stated.
fn title_of(role: &str) -> &'static str {
    match role {
        "minister" => "Minister",
        "head" => "Head",
        "primeMinister" => "Prime Minister",
        "deputyHead" => "Deputy head",
        "secretary" => "Secretary",
        "president" => "President",
        _ => "Chair",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(title: &str, from: &str, to: &str) -> Held {
        Held { title: title.to_owned(), from: from.parse().ok(), to: to.parse().ok() }
    }

    #[test]
    fn terms_that_follow_one_another_are_one() {
        let terms = [
            held("Mauve", "2005-05-05", "2010-04-12"),
            held("Mauve", "2001-06-07", "2005-04-11"),
            held("Teal", "2010-05-06", ""),
            held("Mauve", "2019-12-12", ""),
        ];
        let expected = [
            held("Mauve", "2001-06-07", "2010-04-12"),
            held("Teal", "2010-05-06", ""),
            held("Mauve", "2019-12-12", ""),
        ];
        assert_eq!(together(terms.into_iter()), expected);
        assert_eq!(together([held("A", "", ""), held("A", "", "")].into_iter()), [held("A", "", "")]);
    }
}
