//! The list of people, by the name that lists sort by.

use super::{Composer, Context, Kind, Page, Pages, Section, Title, View, Wording};
use crate::index::{Index, PersonEntry};
use crate::json_ld::Node;
use crate::model::{Destination, Person, Site};
use crate::pages::author::Author;
use crate::pages::inputs::{InList, ListedPerson};
use crate::pages::page_of;
use crate::pages::shared::initials;
use crate::pages::views::{PeopleView, PersonCard};
use crate::permalink::Address;

/// The kind.
pub struct People;

/// What a page of the list reads.
#[derive(Hash)]
pub struct Inputs<'s> {
    people: Vec<ListedPerson<'s>>,
    list: InList,
}

impl Kind for People {
    type Inputs<'s> = Inputs<'s>;
    const NAME: &'static str = "people";
    const SECTION: Option<Section> = Some(Section { place: 5, is_there: |_, _| true });

    fn plan(site: &Site, _: &Index, pages: &mut Pages<'_>) {
        pages.add_list(&Address::folder(&[Self::NAME]), 0, site.people.len());
    }

    fn inputs<'s>(from: &'s Composer<'s>, Page { number, .. }: Page) -> Inputs<'s> {
        let none = PersonEntry::default();
        let listed = |person: &'s Person| {
            let entry = from.index.people.get(&person.slug).unwrap_or(&none);
            ListedPerson {
                slug: &person.slug,
                name: &person.name,
                sort_name: &person.sort_name,
                standing: person.standing,
                portrait: person.portrait.as_ref(),
                debates: entry.debates.len(),
                passages: entry.notes.len(),
                mentions: entry.mentioned.len(),
            }
        };
        let people = &from.site.people;
        Inputs {
            people: page_of(people, number).iter().map(|person| listed(person)).collect(),
            list: InList { number, count: people.len() },
        }
    }

    fn title(inputs: &Inputs<'_>, _: &Wording) -> Title {
        Title::Named(Self::NAME, inputs.list.number)
    }

    fn view(inputs: &Inputs<'_>, context: &Context<'_>) -> View {
        let card = |person: &ListedPerson<'_>| PersonCard {
            name: person.name.to_owned(),
            sort_name: person.sort_name.to_owned(),
            status: person.standing.word(),
            initials: initials(person.name),
            portrait: person.portrait.map(|portrait| context.linker.href(&portrait.file)),
            href: context.linker.href(&Destination::Person(person.slug.clone())),
            debates: person.debates,
            passages: person.passages,
            mentions: person.mentions,
        };
        View::People(PeopleView {
            people: inputs.people.iter().map(card).collect(),
            count: inputs.list.count,
            pager: context.pager(inputs.list),
        })
    }

    fn works(_: &Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.list().into()]
    }
}
