//! What is said to machines of any page, made only where the site has an address. It says what the site knows
//! and nothing more. What only one kind says is with that kind.

use super::frame::Frame;
use super::views::PageView;
use crate::json_ld::{self, schema::*};
use crate::model::{Annotation, Attribution, Destination, Term, TopicSlug};
use crate::permalink::absolute;
use jiff::civil::Date;
use url::Url;

/// Gives the words that the theme has for something: `titles.debates`, `verdicts.accurate`.
pub type StringOf<'w> = dyn Fn(&str) -> Option<String> + Sync + 'w;

/// The JSON-LD of a page, safe inside a script element; none where the site has no address.
pub fn document(
    frame: &Frame<'_>,
    page: &PageView,
    string: &StringOf<'_>,
    works: impl FnOnce(&Author<'_>) -> Vec<Node>,
) -> Option<String> {
    let base = frame.config().base_url.as_ref()?;
    let own = Url::parse(page.canonical.as_ref()?).ok()?;
    let author = Author { frame, base, own: &own, page, string };
    let mut graph = works(&author);
    graph.extend(author.breadcrumbs());
    Some(json_ld::script(graph))
}

/// Writes what one page is.
pub struct Author<'a> {
    /// What every page may say.
    pub frame: &'a Frame<'a>,
    /// The site's address.
    pub base: &'a Url,
    /// The page's own address.
    pub own: &'a Url,
    page: &'a PageView,
    /// The words of the theme.
    pub string: &'a StringOf<'a>,
}

impl Author<'_> {
    /// What can be said of any page.
    pub fn plain(&self) -> Work {
        Work {
            url: Some(self.own.to_string()),
            name: Some(self.name()),
            description: self.page.description.clone(),
            in_language: Some(self.frame.config().language.clone()),
            is_part_of: vec![Work {
                kind: WorkType::WebSite,
                id: Some(self.site_id()),
                url: Some(self.base.to_string()),
                name: Some(self.frame.config().title.clone()),
                ..Work::default()
            }],
            publisher: self.publisher(),
            ..Work::default()
        }
    }

    /// A list.
    pub fn list(&self) -> Work {
        Work { kind: WorkType::CollectionPage, ..self.plain() }
    }

    /// The name by which the site itself is known among works.
    pub fn site_id(&self) -> String {
        format!("{}#website", self.base)
    }

    /// What the page is called: by its own name, or by the one that the theme has for it.
    pub fn name(&self) -> String {
        match self.page.title_key {
            Some(key) => self.title(key),
            None if self.page.title.is_empty() => self.frame.config().title.clone(),
            None => self.page.title.clone(),
        }
    }

    /// A page that the theme names.
    fn title(&self, key: &str) -> String {
        (self.string)(&format!("titles.{key}")).unwrap_or_else(|| key.to_owned())
    }

    /// The address of a destination in full.
    pub fn to(&self, destination: &Destination) -> String {
        absolute(self.base, destination).to_string()
    }

    /// Who publishes the site.
    pub fn publisher(&self) -> Option<Agent> {
        let (name, url) = self.frame.config().publisher.as_ref()?;
        Some(Agent { url: url.clone(), ..Agent::named(AgentType::Organization, name) })
    }

    /// The licence of the notes.
    pub fn licence(&self) -> Vec<License> {
        self.frame.config().licence.iter().map(|licence| json_ld::license(licence)).collect()
    }

    /// Who spoke, in the office held on the day where that is known: what a record prints beside a name
    /// may as well be a seat or a party.
    pub fn speaker(&self, who: &Attribution, day: Date) -> Agent {
        let person = who.person.as_ref().and_then(|slug| self.frame.person(slug));
        let held = |term: &&Term| term.from.is_some() && term.holds_on(day);
        Agent {
            url: person.map(|person| self.to(&Destination::Person(person.slug.clone()))),
            job_title: person
                .and_then(|person| person.held.offices.iter().find(held))
                .map(|office| office.name.clone()),
            ..Agent::named(AgentType::Person, person.map_or(who.name.as_str(), |person| person.name))
        }
    }

    /// Topics that something is about.
    pub fn subjects<'t>(&self, slugs: impl IntoIterator<Item = &'t TopicSlug>) -> Vec<Thing> {
        let subject = |slug| Some(self.subject(slug, self.frame.topic(slug)?));
        slugs.into_iter().filter_map(subject).collect()
    }

    /// A topic that something is about.
    pub fn subject(&self, slug: &TopicSlug, title: &str) -> Thing {
        Thing {
            kind: ThingType::Thing,
            name: title.to_owned(),
            description: None,
            url: Some(self.to(&Destination::Topic(slug.clone()))),
        }
    }

    /// Somebody who wrote: the publisher, or a part somebody has. Whether it is a person is not known.
    pub fn by(&self, author: &str) -> Agent {
        match self.publisher().filter(|publisher| publisher.name.as_deref() == Some(author)) {
            Some(publisher) => publisher,
            None => Agent { role_name: Some(author.to_owned()), ..Agent::new(AgentType::Role) },
        }
    }

    /// The way here from the home page, where the page shows one.
    fn breadcrumbs(&self) -> Option<Node> {
        let crumbs = &self.page.breadcrumbs;
        if crumbs.len() < 2 {
            return None;
        }
        let step = |position: usize, name: String, item: Option<String>| ListItem {
            kind: ListItemType::ListItem,
            position,
            name,
            item,
        };
        let mut steps: Vec<ListItem> = (1..)
            .zip(crumbs)
            .map(|(position, crumb)| {
                let item = self.own.join(&crumb.href).expect("a relative address");
                step(position, self.title(crumb.label), Some(item.into()))
            })
            .collect();
        steps.push(step(steps.len() + 1, self.name(), None));
        Some(Node::Breadcrumbs(BreadcrumbList { kind: ListType::BreadcrumbList, item_list_element: steps }))
    }
}

/// The latest day that any of these notes bears.
pub fn latest<'n>(notes: impl Iterator<Item = &'n Annotation>) -> Option<Date> {
    notes.filter_map(|note| note.date).max()
}
