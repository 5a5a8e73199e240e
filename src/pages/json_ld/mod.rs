//! What a page is, for machines that read for people: JSON-LD in the words of schema.org, made only where
//! the site has an address. It says what the site knows and nothing more. Here is what is said of any page;
//! what only one kind says is with that kind.

pub mod schema;

use super::frame::Frame;
use super::views::PageView;
use crate::model::{Annotation, Attribution, Destination, Term, TopicSlug};
use crate::permalink::absolute;
use jiff::civil::Date;
use schema::*;
use url::Url;

pub use schema::Node;

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
    let document = Document { context: "https://schema.org", graph };
    Some(safe_in_script(&serde_json::to_string(&document).expect("plain values")))
}

/// JSON that can end no script element and begin no comment in it: every `<` and `&` as JSON's own
/// escape, and the two line ends that are none in JSON.
fn safe_in_script(json: &str) -> String {
    let mut safe = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        match c {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            _ => safe.push(c),
        }
    }
    safe
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
        self.frame.config().licence.iter().map(|licence| license(licence)).collect()
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

/// A licence: by its address where that is what somebody gives, else by its name.
pub fn license(text: &str) -> License {
    if is_web_page(text) {
        return License::Address(text.to_owned());
    }
    License::Named { kind: WorkType::CreativeWork, name: text.to_owned() }
}

/// Whether a text is the address of a page of the web.
pub fn is_web_page(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::safe_in_script;

    #[test]
    fn no_words_can_leave_the_script_element() {
        let words = "</script><!-- <script> ]]> & \u{2028}\u{2029} \"quoted\" \\ é";
        let json = serde_json::to_string(words).expect("text");
        let safe = safe_in_script(&json);
        assert!(!safe.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{safe}");
        assert_eq!(serde_json::from_str::<String>(&safe).expect("still JSON"), words);
    }
}
