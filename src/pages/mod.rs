//! Room `pages`: from the site to its pages. Which pages there are and where each stands, and for
//! each one the closed view that its template gets. It makes the HTML that no template may get
//! wrong (`fragments`) and touches no template.

mod amendments;
mod compose;
mod debate;
mod fragments;
mod index;
mod json_ld;
mod keys;
mod lists;
mod pictures;
mod plain;
mod share;
mod terms;
mod topic;
pub mod views;

pub use compose::Composer;
pub use fragments::prose;
use index::PersonEntry;
pub use index::{Amendment, Index, Moved, NoteRef};
pub use json_ld::StringOf;
pub use plain::{PlainText, marker, plain_text_address};
pub use share::ShareCard;

use crate::model::{Destination, Kind, Site};
use crate::permalink::{Address, Linker, Wording, absolute, address_of};
use rayon::prelude::*;
use serde::Serialize;
use std::sync::Arc;
use views::*;

/// How many notes or debates a list shows on one page.
pub const PAGE_LENGTH: usize = 100;

/// So many pages on either side of a list's page are linked by their numbers.
const ABOUT: usize = 2;

/// A page that the site has: which, and where. Its view is made only when it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where it stands.
    pub address: Address,
    /// What it is.
    pub page: Page,
}

/// The pages there can be. Numbers of things are indexes into the site's lists; numbers of pages
/// count from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Page {
    /// The home page.
    Home,
    /// A list of debates.
    Debates(usize),
    /// A debate.
    Debate(usize),
    /// The list of topics.
    Topics,
    /// A topic, and a page of its evidence.
    Topic(usize, usize),
    /// A list of people.
    People(usize),
    /// A person, and a page of the notes on their words.
    Person(usize, usize),
    /// The list of briefings.
    Briefings,
    /// A briefing.
    Briefing(usize),
    /// The register of commitments.
    Commitments(usize),
    /// The kinds of notes.
    Annotations,
    /// The notes of one kind.
    Kind(&'static str, usize),
    /// An approved fact-check.
    FactCheck(NoteRef),
    /// Corrections and withdrawals.
    Corrections(usize),
    /// Notes whose words were revised away.
    Unplaced(usize),
    /// The glossary.
    Glossary,
    /// Where readers search.
    Search,
    /// A page of text.
    Text(usize),
    /// What stands at an address that a page had before.
    Moved(usize),
    /// For addresses that don't exist.
    NotFound,
}

impl Page {
    /// The template that renders it, without its extension.
    pub fn template(self) -> &'static str {
        match self {
            Page::Home => "home",
            Page::Debates(_) => "debates",
            Page::Debate(_) => "debate",
            Page::Topics => "topics",
            Page::Topic(..) => "topic",
            Page::People(_) => "people",
            Page::Person(..) => "person",
            Page::Briefings => "briefings",
            Page::Briefing(_) => "briefing",
            Page::Commitments(_) => "commitments",
            Page::Annotations => "annotations",
            Page::Kind(..) => "kind",
            Page::FactCheck(_) => "fact-check",
            Page::Corrections(_) => "corrections",
            Page::Unplaced(_) => "unplaced",
            Page::Glossary => "glossary",
            Page::Search => "search",
            Page::Text(_) => "page",
            Page::Moved(_) => "moved",
            Page::NotFound => "404",
        }
    }
}

/// How many pages a list of `count` entries takes: at least one.
fn page_count(count: usize) -> usize {
    count.div_ceil(PAGE_LENGTH).max(1)
}

/// The entries of page `number` of a list.
fn page_of<T>(list: &[T], number: usize) -> &[T] {
    let start = ((number - 1) * PAGE_LENGTH).min(list.len());
    &list[start..(start + PAGE_LENGTH).min(list.len())]
}

/// Every page of the site, in a fixed order.
pub fn plan(site: &Site, index: &Index) -> Vec<Planned> {
    let mut pages = Vec::with_capacity(site.debates.len() * 2);
    let mut add = |address: Address, page: Page| pages.push(Planned { address, page });
    let paged =
        |list: Address, count: usize, page: &dyn Fn(usize) -> Page, add: &mut dyn FnMut(Address, Page)| {
            for number in 1..=page_count(count) {
                add(list.paged(number), page(number));
            }
        };
    add(Address::folder(&[]), Page::Home);
    paged(Address::folder(&["debates"]), site.debates.len(), &Page::Debates, &mut add);
    for (at, debate) in site.debates.iter().enumerate() {
        add(address_of(&Destination::Debate(debate.slug.clone(), None)).0, Page::Debate(at));
    }
    add(Address::folder(&["topics"]), Page::Topics);
    for (at, topic) in site.topics.iter().enumerate() {
        let count = index.topics.get(&topic.slug).map_or(0, |entry| entry.notes.len());
        let address = address_of(&Destination::Topic(topic.slug.clone())).0;
        paged(address, count, &|number| Page::Topic(at, number), &mut add);
    }
    paged(Address::folder(&["people"]), site.people.len(), &Page::People, &mut add);
    for (at, person) in site.people.iter().enumerate() {
        let count = index.people.get(&person.slug).map_or(0, PersonEntry::longest);
        let address = address_of(&Destination::Person(person.slug.clone())).0;
        paged(address, count, &|number| Page::Person(at, number), &mut add);
    }
    add(Address::folder(&["briefings"]), Page::Briefings);
    for (at, briefing) in site.briefings.iter().enumerate() {
        add(address_of(&Destination::Briefing(briefing.slug.clone(), None)).0, Page::Briefing(at));
    }
    paged(Address::folder(&["commitments"]), index.commitments.len(), &Page::Commitments, &mut add);
    add(Address::folder(&["annotations"]), Page::Annotations);
    for kind in Kind::WORDS {
        if let Some(notes) = index.kinds.get(kind) {
            paged(compose::kind_address(kind), notes.len(), &|number| Page::Kind(kind, number), &mut add);
        }
    }
    for &at in &index.fact_checks {
        let debate = &site.debates[at.debate];
        add(compose::fact_check_address(&debate.slug, &debate.annotations[at.note].id), Page::FactCheck(at));
    }
    if !index.amendments.is_empty() {
        paged(Address::folder(&["corrections"]), index.amendments.len(), &Page::Corrections, &mut add);
    }
    if !index.unplaced.is_empty() {
        paged(Address::folder(&["unplaced"]), index.unplaced.len(), &Page::Unplaced, &mut add);
    }
    if !site.glossary.is_empty() {
        add(Address::folder(&["glossary"]), Page::Glossary);
    }
    add(Address::folder(&["search"]), Page::Search);
    for (at, page) in site.pages.iter().enumerate() {
        add(address_of(&Destination::Page(page.slug.as_str().into(), None)).0, Page::Text(at));
    }
    add(Address::file("404.html"), Page::NotFound);
    for (at, moved) in index.moved.iter().enumerate() {
        add(moved.from.clone(), Page::Moved(at));
    }
    pages
}

/// Gives the component `evidence` for a note, rendered for a page two folders deep, where all lists of
/// evidence stand.
pub type Evidence<'e> = dyn Fn(NoteRef) -> Arc<str> + Sync + 'e;

/// What a template gets: the page's own view, and what every page sees of the page.
#[derive(Debug, Serialize)]
pub struct Composed {
    /// The page, as every template sees it.
    pub page: PageView,
    /// The template's own view.
    pub view: View,
}

/// The views, one for each template.
#[derive(Debug, Serialize)]
#[serde(untagged)]
#[expect(missing_docs, reason = "each is the view of the template of its name")]
pub enum View {
    Home(HomeView),
    Debates(DebatesView),
    Debate(Box<DebateView>),
    Topics(TopicsView),
    Topic(Box<TopicView>),
    People(PeopleView),
    Person(Box<PersonView>),
    Briefings(BriefingsView),
    Briefing(BriefingView),
    Commitments(CommitmentsView),
    Annotations(AnnotationsView),
    Kind(KindView),
    FactCheck(Box<FactCheckView>),
    Corrections(CorrectionsView),
    Unplaced(UnplacedListView),
    Glossary(GlossaryView),
    Search(SearchView),
    Text(TextPageView),
    Moved(MovedView),
}

impl Composer<'_> {
    /// The language of a page's own, where it has one: a debate's page is in the language of its record.
    pub fn language_of_page(&self, planned: &Planned) -> Option<&str> {
        match planned.page {
            Page::Debate(at) => self.site.debates[at].particulars.language.as_deref(),
            _ => None,
        }
    }

    /// The views of a planned page, which cites places in these words. Evidence stands on several pages, so
    /// `evidence` gives it rendered.
    pub fn compose(&self, planned: &Planned, wording: &Arc<Wording>, evidence: &Evidence<'_>) -> Composed {
        let linker = Linker::new(self.config, &planned.address).worded(wording);
        let site = self.site;
        let list = |number: usize| {
            let here = planned.address.as_str();
            here.strip_suffix(&format!("page-{number}.html")).unwrap_or(here).to_owned()
        };
        let pager = |number: usize, count: usize| {
            self.pager(&Address::file(&list(number)), number, page_count(count), &linker)
        };
        let (title, description, view) = match planned.page {
            Page::Home => (
                Title::Own(String::new(), 1),
                self.config.description.clone(),
                View::Home(self.home(&linker)),
            ),
            Page::Debates(number) => {
                let all: Vec<usize> = (0..site.debates.len()).collect();
                let debates = page_of(&all, number).iter().map(|&at| self.debate_card(at, &linker)).collect();
                let view = DebatesView { debates, count: all.len(), pager: pager(number, all.len()) };
                (Title::Named("debates", number), None, View::Debates(view))
            }
            Page::Debate(at) => {
                let view = self.debate(at, &linker);
                let description = self.site.debates[at].particulars.summary.plain.to_string();
                (
                    Title::Own(view.title.clone(), 1),
                    Some(description).filter(|text| !text.is_empty()),
                    View::Debate(Box::new(view)),
                )
            }
            Page::Topics => (Title::Named("topics", 1), None, View::Topics(self.topics(&linker))),
            Page::Topic(at, number) => {
                let topic = &site.topics[at];
                let count = self.index.topics.get(&topic.slug).map_or(0, |entry| entry.notes.len());
                let view = self.topic_page(topic, number, pager(number, count), evidence, &linker);
                (Title::Own(topic.title.clone(), number), topic.summary.clone(), View::Topic(Box::new(view)))
            }
            Page::People(number) => {
                let view = self.people_page(number, pager(number, site.people.len()), &linker);
                (Title::Named("people", number), None, View::People(view))
            }
            Page::Person(at, number) => {
                let person = &site.people[at];
                let count = self.index.people.get(&person.slug).map_or(0, PersonEntry::longest);
                let view = self.person_page(person, number, pager(number, count), evidence, &linker);
                (Title::Own(person.name.clone(), number), None, View::Person(Box::new(view)))
            }
            Page::Briefings => (Title::Named("briefings", 1), None, View::Briefings(self.briefings(&linker))),
            Page::Briefing(at) => {
                let briefing = &site.briefings[at];
                (
                    Title::Own(briefing.title.clone(), 1),
                    briefing.summary.clone(),
                    View::Briefing(self.briefing(briefing, &linker)),
                )
            }
            Page::Commitments(number) => {
                let all = &self.index.commitments;
                let rows = self.commitments(page_of(all, number).iter().copied(), &linker);
                let charts = self.timeline(page_of(all, number), &linker).into_iter().collect();
                let calendar =
                    self.feed("commitments.ics", &linker).filter(|_| self.index.has_due_dates(site));
                let pager = pager(number, all.len());
                let view = CommitmentsView { rows, count: all.len(), pager, charts, calendar };
                (Title::Named("commitments", number), None, View::Commitments(view))
            }
            Page::Annotations => {
                (Title::Named("annotations", 1), None, View::Annotations(self.annotations(&linker)))
            }
            Page::Kind(kind, number) => {
                let all = self.index.kinds.get(kind).map_or(&[][..], Vec::as_slice);
                let notes_html = page_of(all, number).iter().map(|&at| evidence(at)).collect();
                let view = KindView { kind, notes_html, count: all.len(), pager: pager(number, all.len()) };
                (Title::Named(kind, number), None, View::Kind(view))
            }
            Page::FactCheck(at) => {
                let view = self.fact_check(at, &linker);
                let note = &view.evidence.note;
                let title = note.title.clone().unwrap_or_else(|| view.evidence.citation.clone());
                let quotes = view.evidence.said.iter().flat_map(|said| &said.quotes);
                let description = quotes.into_iter().next().map(|quote| format!("“{}”", quote.text));
                (Title::Own(title, 1), description, View::FactCheck(Box::new(view)))
            }
            Page::Corrections(number) => {
                let all = &self.index.amendments;
                let entries = self.corrections(page_of(all, number), &linker);
                let view = CorrectionsView { entries, count: all.len(), pager: pager(number, all.len()) };
                (Title::Named("corrections", number), None, View::Corrections(view))
            }
            Page::Unplaced(number) => {
                let all = &self.index.unplaced;
                let entries = self.unplaced(page_of(all, number), &linker);
                let view = UnplacedListView { entries, count: all.len(), pager: pager(number, all.len()) };
                (Title::Named("unplaced", number), None, View::Unplaced(view))
            }
            Page::Glossary => (Title::Named("glossary", 1), None, View::Glossary(self.glossary(&linker))),
            Page::Search => (Title::Named("search", 1), None, View::Search(self.search(&linker))),
            Page::Text(at) => {
                let page = &site.pages[at];
                let title = page.title.clone().unwrap_or_else(|| page.slug.clone());
                let view = TextPageView { title: title.clone(), body_html: prose(&page.body, &linker, "") };
                (Title::Own(title, 1), page.summary.clone(), View::Text(view))
            }
            Page::Moved(at) => {
                let Moved { to, title, .. } = &self.index.moved[at];
                let view = MovedView { href: linker.href(to), title: title.clone() };
                (Title::Named("moved", 1), None, View::Moved(view))
            }
            Page::NotFound => {
                let view = TextPageView { title: String::new(), body_html: String::new() };
                (Title::Named("not_found", 1), None, View::Text(view))
            }
        };
        Composed { page: self.page(planned, title, description, &linker), view }
    }

    fn pager(&self, list: &Address, number: usize, total: usize, linker: &Linker) -> PagerView {
        let to = |number: usize| linker.to(&list.paged(number));
        let mut last = 0;
        let near = |step: &usize| *step == 1 || *step == total || step.abs_diff(number) <= ABOUT;
        let steps = (1..=total).filter(near).map(|step| {
            let after_gap = step > last + 1;
            last = step;
            StepView { number: step, href: (step != number).then(|| to(step)), after_gap }
        });
        PagerView {
            steps: steps.collect(),
            number,
            total,
            previous: (number > 1).then(|| to(number - 1)),
            next: (number < total).then(|| to(number + 1)),
        }
    }

    fn page(
        &self,
        planned: &Planned,
        title: Title,
        description: Option<String>,
        linker: &Linker,
    ) -> PageView {
        let here = planned.address.as_str();
        let sections = [
            "debates",
            "topics",
            "briefings",
            "commitments",
            "people",
            "annotations",
            "corrections",
            "unplaced",
            "glossary",
        ];
        let has = |section: &str| match section {
            "briefings" => !self.site.briefings.is_empty(),
            "glossary" => !self.site.glossary.is_empty(),
            "commitments" => !self.index.commitments.is_empty(),
            "corrections" => !self.index.amendments.is_empty(),
            "unplaced" => !self.index.unplaced.is_empty(),
            _ => true,
        };
        let navigation = sections
            .into_iter()
            .filter(|section| has(section))
            .map(|label| NavigationView {
                label,
                href: linker.to(&Address::folder(&[label])),
                here: here.strip_prefix(label).is_some_and(|rest| rest.starts_with('/')),
            })
            .collect();
        let mut breadcrumbs = Vec::new();
        let crumb = |label, href| NavigationView { label, href, here: false };
        if let Some((first, rest)) = here.split_once('/')
            && let Some(section) = sections.into_iter().find(|section| *section == first)
        {
            breadcrumbs.push(crumb("home", linker.href(&Destination::Home)));
            if !rest.is_empty() {
                breadcrumbs.push(crumb(section, linker.to(&Address::folder(&[section]))));
            }
            if let Page::FactCheck(_) = planned.page {
                breadcrumbs.push(crumb("fact-check", linker.to(&compose::kind_address("fact-check"))));
            }
        }
        let (title, title_key, number) = match title {
            Title::Own(title, number) => (title, None, number),
            Title::Named(key, number) => (String::new(), Some(key), number),
        };
        let texts = self.site.pages.iter().map(|text| LinkView {
            label: text.title.clone().unwrap_or_else(|| text.slug.clone()),
            href: Some(linker.href(&Destination::Page(text.slug.as_str().into(), None))),
        });
        let texts = texts.collect();
        let base = self.config.base_url.as_ref();
        PageView {
            title,
            title_key,
            number,
            description,
            kind: planned.page.template(),
            root: linker.root().to_owned(),
            canonical: base
                .and_then(|base| match planned.page {
                    Page::Moved(at) => Some(absolute(base, &self.index.moved[at].to)),
                    _ => base.join(here).ok(),
                })
                .map(String::from)
                .filter(|_| planned.page != Page::NotFound),
            share_card: self.share_card_view(planned),
            feed: self.feed("feed.xml", linker),
            search: linker.to(&Address::folder(&["search"])),
            navigation,
            texts,
            breadcrumbs,
            json_ld: None,
        }
    }
}

/// What a page is called, and which page of its list it is.
enum Title {
    /// By its own name.
    Own(String, usize),
    /// By a name that the theme translates.
    Named(&'static str, usize),
}

/// Pages that would stand at one address: each address with the pages that want it, beyond the
/// first. Parallel, for sites of many thousands.
pub fn clashes(plan: &[Planned]) -> Vec<(&Planned, &Planned)> {
    let mut sorted: Vec<&Planned> = plan.iter().collect();
    sorted.par_sort_by(|a, b| a.address.cmp(&b.address));
    sorted
        .windows(2)
        .filter(|pair| pair[0].address == pair[1].address)
        .map(|pair| (pair[0], pair[1]))
        .collect()
}
