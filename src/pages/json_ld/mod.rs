//! What a page is, for machines that read for people: JSON-LD in the words of schema.org, made only where
//! the site has an address. It says what the site knows and nothing more.

mod schema;

use super::compose::Composer;
use super::index::NoteRef;
use super::views::PageView;
use super::{Page, Planned};
use crate::model::{
    Annotation, Attribution, Briefing, Debate, Destination, Elided, Kind, Person, Site, Term, Topic,
    TopicSlug,
};
use crate::permalink::{absolute, is_extract};
use jiff::civil::Date;
use schema::*;
use url::Url;

/// Gives the words that the theme has for something: `titles.debates`, `verdicts.accurate`.
pub type StringOf<'w> = dyn Fn(&str) -> Option<String> + Sync + 'w;

/// At most so many speakers are named.
const NAMED: usize = 50;

impl Composer<'_> {
    /// The JSON-LD of a page, safe inside a script element; none where the site has no address.
    pub fn json_ld(&self, planned: &Planned, page: &PageView, string: &StringOf<'_>) -> Option<String> {
        let base = self.config.base_url.as_ref()?;
        let own = Url::parse(page.canonical.as_ref()?).ok()?;
        let author = Author { composer: self, base, own: &own, page, string };
        let mut graph = vec![author.work(planned.page)];
        if let Page::FactCheck(at) = planned.page {
            graph.extend(author.claim_review(at));
        }
        graph.extend(author.breadcrumbs());
        let document = Document { context: "https://schema.org", graph };
        Some(safe_in_script(&serde_json::to_string(&document).expect("plain values")))
    }
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
struct Author<'a> {
    composer: &'a Composer<'a>,
    base: &'a Url,
    /// The page's own address.
    own: &'a Url,
    page: &'a PageView,
    string: &'a StringOf<'a>,
}

impl Author<'_> {
    /// The page as a work.
    fn work(&self, page: Page) -> Node {
        let Site { debates, topics, people, briefings, glossary, .. } = self.composer.site;
        let work = match page {
            Page::Home => self.web_site(),
            Page::Debate(at) => self.debate(&debates[at]),
            Page::Topic(at, number) => self.topic(&topics[at], number),
            Page::Person(at, _) => Work {
                kind: WorkType::ProfilePage,
                main_entity: Some(self.person(&people[at])),
                ..self.plain()
            },
            Page::Briefing(at) => self.briefing(&briefings[at]),
            Page::FactCheck(at) => self.fact_check(at),
            Page::Glossary => Work {
                kind: WorkType::DefinedTermSet,
                has_defined_term: glossary
                    .iter()
                    .map(|entry| Thing {
                        kind: ThingType::DefinedTerm,
                        name: entry.term.clone(),
                        description: Some(entry.definition.plain.to_string()).filter(|text| !text.is_empty()),
                        url: None,
                    })
                    .collect(),
                ..self.plain()
            },
            Page::Search | Page::Text(_) | Page::Moved(_) | Page::NotFound => self.plain(),
            Page::Debates(_)
            | Page::Topics
            | Page::People(_)
            | Page::Briefings
            | Page::Commitments(_)
            | Page::Annotations
            | Page::Kind(..)
            | Page::Corrections(_)
            | Page::Unplaced(_) => Work { kind: WorkType::CollectionPage, ..self.plain() },
        };
        Node::Work(Box::new(work))
    }

    /// What can be said of any page.
    fn plain(&self) -> Work {
        Work {
            url: Some(self.own.to_string()),
            name: Some(self.name()),
            description: self.page.description.clone(),
            in_language: Some(self.composer.config.language.clone()),
            is_part_of: vec![Work {
                kind: WorkType::WebSite,
                id: Some(self.site_id()),
                url: Some(self.base.to_string()),
                name: Some(self.composer.config.title.clone()),
                ..Work::default()
            }],
            publisher: self.publisher(),
            ..Work::default()
        }
    }

    fn site_id(&self) -> String {
        format!("{}#website", self.base)
    }

    /// What the page is called: by its own name, or by the one that the theme has for it.
    fn name(&self) -> String {
        match self.page.title_key {
            Some(key) => self.title(key),
            None if self.page.title.is_empty() => self.composer.config.title.clone(),
            None => self.page.title.clone(),
        }
    }

    fn title(&self, key: &str) -> String {
        (self.string)(&format!("titles.{key}")).unwrap_or_else(|| key.to_owned())
    }

    fn to(&self, destination: &Destination) -> String {
        absolute(self.base, destination).to_string()
    }

    fn publisher(&self) -> Option<Agent> {
        let (name, url) = self.composer.config.publisher.as_ref()?;
        Some(Agent { url: url.clone(), ..Agent::named(AgentType::Organization, name) })
    }

    fn web_site(&self) -> Work {
        let config = self.composer.config;
        Work {
            kind: WorkType::WebSite,
            id: Some(self.site_id()),
            is_part_of: Vec::new(),
            license: config.licence.iter().map(|licence| license(licence)).collect(),
            potential_action: Some(SearchAction {
                kind: ActionType::SearchAction,
                target: EntryPoint {
                    kind: EntryPointType::EntryPoint,
                    url_template: format!("{}search/?q={{search_term_string}}", self.base),
                },
                query_input: "required name=search_term_string",
            }),
            ..self.plain()
        }
    }

    /// The page of a debate: an article, which is the record of an event with notes beside it.
    fn debate(&self, debate: &Debate) -> Work {
        let particulars = &debate.particulars;
        let plain = self.plain();
        let obtained = particulars.obtained.as_ref();
        let source_licence = obtained.and_then(|from| from.licence.as_ref());
        let mut licences: Vec<&String> = source_licence.into_iter().collect();
        licences.extend(
            self.composer
                .config
                .licence
                .iter()
                .filter(|licence| !debate.annotations.is_empty() && Some(*licence) != source_licence),
        );
        let whole = particulars.part_of.as_ref().and_then(|part| part.title.clone());
        let whole = whole.filter(|title| *title != particulars.title).map(|title| Work {
            kind: WorkType::CreativeWork,
            name: Some(title),
            ..Work::default()
        });
        Work {
            kind: WorkType::Article,
            headline: plain.name.clone(),
            in_language: particulars.language.clone().or(plain.in_language),
            date_published: Some(particulars.date.to_string()),
            date_modified: latest(debate.annotations.iter())
                .filter(|day| *day > particulars.date)
                .map(|day| day.to_string()),
            contributor: self.speakers(debate),
            license: licences.into_iter().map(|licence| license(licence)).collect(),
            about: self.topics_of(debate),
            is_based_on: obtained
                .map(|from| Work {
                    kind: WorkType::CreativeWork,
                    name: Some(from.name.clone()),
                    url: from.url.clone(),
                    license: from.licence.iter().map(|licence| license(licence)).collect(),
                    ..Work::default()
                })
                .into_iter()
                .collect(),
            is_part_of: plain.is_part_of.into_iter().chain(whole).collect(),
            recorded_at: Some(Event {
                kind: EventType::Event,
                name: particulars.title.clone(),
                start_date: match particulars.time {
                    // An extract begins later than the debate it is of.
                    Some(time) if !is_extract(particulars) => {
                        format!("{}T{}", particulars.date, time.strftime("%H:%M"))
                    }
                    _ => particulars.date.to_string(),
                },
                organizer: particulars
                    .house
                    .as_ref()
                    .map(|house| Agent::named(AgentType::Organization, house)),
            }),
            word_count: Some(debate.record.words),
            ..plain
        }
    }

    /// Who speaks, in the order of first speaking: those of whom it is known who they are. A name as
    /// printed may be no person ("Hon. Members").
    fn speakers(&self, debate: &Debate) -> Vec<Agent> {
        let mut known: Vec<&Attribution> = Vec::new();
        for who in debate.record.contributions.iter().filter_map(|contribution| contribution.speaker.as_ref())
        {
            if who.person.is_some() && !known.iter().any(|one| one.person == who.person) {
                known.push(who);
                if known.len() == NAMED {
                    break;
                }
            }
        }
        known.into_iter().map(|who| self.speaker(who, debate.particulars.date)).collect()
    }

    /// Who spoke, in the office held on the day where that is known: what a record prints beside a name
    /// may as well be a seat or a party.
    fn speaker(&self, who: &Attribution, day: Date) -> Agent {
        let person = who.person.as_ref().and_then(|slug| self.composer.person(slug));
        let held = |term: &&Term| term.from.is_some() && term.holds_on(day);
        Agent {
            url: person.map(|person| self.to(&Destination::Person(person.slug.clone()))),
            job_title: person
                .and_then(|person| person.offices.iter().find(held))
                .map(|office| office.name.clone()),
            ..Agent::named(AgentType::Person, person.map_or(&who.name, |person| &person.name))
        }
    }

    fn topics_of(&self, debate: &Debate) -> Vec<Thing> {
        let mut slugs: Vec<&TopicSlug> = debate.annotations.iter().flat_map(|note| &note.topics).collect();
        slugs.sort_unstable();
        slugs.dedup();
        slugs
            .into_iter()
            .filter_map(|slug| self.composer.topic(slug))
            .map(|topic| self.subject(topic))
            .collect()
    }

    fn subject(&self, topic: &Topic) -> Thing {
        Thing {
            kind: ThingType::Thing,
            name: topic.title.clone(),
            description: None,
            url: Some(self.to(&Destination::Topic(topic.slug.clone()))),
        }
    }

    fn topic(&self, topic: &Topic, number: usize) -> Work {
        let notes = self.composer.index.topics.get(&topic.slug).map_or(&[][..], |entry| &entry.notes);
        let first = notes.iter().filter(|_| number == 1);
        Work {
            kind: WorkType::CollectionPage,
            about: vec![Thing { description: topic.summary.clone(), url: None, ..self.subject(topic) }],
            date_modified: latest(first.map(|&at| self.composer.note_at(at).1)).map(|day| day.to_string()),
            ..self.plain()
        }
    }

    fn person(&self, person: &Person) -> Agent {
        let role = |kind, term: &Term| Agent {
            start_date: term.from.map(|day| day.to_string()),
            end_date: term.to.map(|day| day.to_string()),
            ..Agent::new(kind)
        };
        let url = self.to(&Destination::Person(person.slug.clone()));
        Agent {
            id: Some(format!("{url}#person")),
            alternate_name: person.aliases.iter().filter(|alias| **alias != person.name).cloned().collect(),
            has_occupation: person
                .offices
                .iter()
                .map(|term| Agent {
                    has_occupation: vec![Agent::named(AgentType::Occupation, &term.name)],
                    ..role(AgentType::Role, term)
                })
                .collect(),
            member_of: person
                .parties
                .iter()
                .map(|term| Agent {
                    member_of: vec![Agent::named(AgentType::PoliticalParty, &term.name)],
                    ..role(AgentType::OrganizationRole, term)
                })
                .collect(),
            same_as: person
                .links
                .iter()
                .filter(|(_, url)| is_web_page(url))
                .map(|(_, url)| url.clone())
                .collect(),
            url: Some(url),
            ..Agent::named(AgentType::Person, &person.name)
        }
    }

    fn briefing(&self, briefing: &Briefing) -> Work {
        let topics = briefing.topics.iter().filter_map(|slug| self.composer.topic(slug));
        let debates = self.composer.debates_of(briefing);
        let debates = debates.into_iter().map(|at| &self.composer.site.debates[at]);
        Work {
            kind: WorkType::Article,
            headline: Some(briefing.title.clone()),
            date_published: briefing.date.map(|day| day.to_string()),
            author: briefing.authors.iter().map(|author| self.by(author)).collect(),
            about: topics.map(|topic| self.subject(topic)).collect(),
            license: self.composer.config.licence.iter().map(|licence| license(licence)).collect(),
            is_based_on: debates
                .map(|debate| Work {
                    kind: WorkType::Article,
                    name: Some(debate.particulars.title.clone()),
                    url: Some(self.to(&Destination::Debate(debate.slug.clone(), None))),
                    ..Work::default()
                })
                .collect(),
            ..self.plain()
        }
    }

    /// Somebody who wrote: the publisher, or a part somebody has. Whether it is a person is not known.
    fn by(&self, author: &str) -> Agent {
        match self.publisher().filter(|publisher| publisher.name.as_deref() == Some(author)) {
            Some(publisher) => publisher,
            None => Agent { role_name: Some(author.to_owned()), ..Agent::new(AgentType::Role) },
        }
    }

    fn fact_check(&self, at: NoteRef) -> Work {
        let (_, note) = self.composer.note_at(at);
        let topics = note.topics.iter().filter_map(|slug| self.composer.topic(slug));
        Work {
            kind: WorkType::Article,
            headline: Some(self.name()),
            author: note.author.iter().map(|author| self.by(author)).collect(),
            date_published: published(note).map(|day| day.to_string()),
            about: topics.map(|topic| self.subject(topic)).collect(),
            license: self.composer.config.licence.iter().map(|licence| license(licence)).collect(),
            ..self.plain()
        }
    }

    /// The review of a claim, for a fact-check that is on words of one speaker: what two said is no claim of
    /// either.
    fn claim_review(&self, at: NoteRef) -> Option<Node> {
        let (debate, note) = self.composer.note_at(at);
        let Kind::FactCheck(verdict) = note.kind else { return None };
        // Only what a quotation leaves out itself is marked: what stands apart is on lines of its own.
        let mut claim = String::new();
        for words in debate.record.quoted(&note.passages) {
            match words.elided_before {
                _ if claim.is_empty() => {}
                Elided::Yes => claim.push_str(" [...] "),
                Elided::No => claim.push('\n'),
            }
            claim.push_str(&words.text);
        }
        let mut runs = debate.runs(&note.passages).map(|(who, _)| who);
        let who = runs.next()?;
        if runs.any(|other| other.map(Attribution::key) != who.map(Attribution::key)) {
            return None;
        }
        let first = note.passages.first()?.paragraph;
        let paragraph = debate.record.paragraphs[first].id.to_string();
        let day = debate.particulars.date;
        let alternate_name = (self.string)(&format!("verdicts.{}", verdict.word()));
        // Who reviews is the publisher, or the site where it names none.
        let author = self.publisher().unwrap_or_else(|| Agent {
            url: Some(self.base.to_string()),
            ..Agent::named(AgentType::Organization, &self.composer.config.title)
        });
        Some(Node::Review(Box::new(ClaimReview {
            kind: ReviewType::ClaimReview,
            url: self.own.to_string(),
            claim_reviewed: claim,
            item_reviewed: Claim {
                kind: ReviewType::Claim,
                author: who.map(|who| self.speaker(who, day)),
                date_published: day.to_string(),
                appearance: Work {
                    kind: WorkType::CreativeWork,
                    name: Some(debate.particulars.title.clone()),
                    url: Some(self.to(&Destination::Debate(debate.slug.clone(), Some(paragraph.into())))),
                    ..Work::default()
                },
            },
            review_rating: Rating {
                kind: ReviewType::Rating,
                alternate_name: alternate_name.unwrap_or_else(|| verdict.word().to_owned()),
            },
            author,
            date_published: published(note).map(|day| day.to_string()),
            in_language: Some(self.composer.config.language.clone()),
            citation: note
                .sources
                .iter()
                .map(|source| Work {
                    kind: WorkType::CreativeWork,
                    name: Some(source.title.clone()),
                    url: source.url.clone(),
                    publisher: source
                        .publisher
                        .as_ref()
                        .map(|name| Agent::named(AgentType::Organization, name)),
                    ..Work::default()
                })
                .collect(),
        })))
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
fn latest<'n>(notes: impl Iterator<Item = &'n Annotation>) -> Option<Date> {
    notes.filter_map(|note| note.date).max()
}

/// The day of a fact-check: when it was reviewed, else the day it bears.
fn published(note: &Annotation) -> Option<Date> {
    note.reviewed.as_ref().and_then(|(_, on)| *on).or(note.date)
}

fn license(text: &str) -> License {
    if is_web_page(text) {
        return License::Address(text.to_owned());
    }
    License::Named { kind: WorkType::CreativeWork, name: text.to_owned() }
}

fn is_web_page(text: &str) -> bool {
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
