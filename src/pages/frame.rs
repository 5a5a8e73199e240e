//! The frame: what every page may show besides its own inputs. The configuration, the navigation, the names of
//! topics and people that links lead to. It can be hashed whole, and is part of every page's key.

use super::PAGE_LENGTH;
use super::kinds;
use super::views::*;
use crate::cards::{HEIGHT, WIDTH};
use crate::config::Config;
use crate::index::Index;
use crate::model::{Destination, Held, Particulars, PersonSlug, Portrait, Site, TopicSlug};
use crate::permalink::{Address, Beside, Linker};
use crate::text::Fingerprint;
use jiff::civil::Date;
use std::collections::{BTreeSet, HashMap};
use std::sync::OnceLock;
use url::Url;

/// So many pages on either side of a list's page are linked by their numbers.
const ABOUT: usize = 2;

/// The name of the file of a card, beside its page.
const CARD: &str = "card.png";

/// What every page may show.
pub struct Frame<'s> {
    shown: Shown<'s>,
    /// Where each topic and person stands in the lists, to be found by slug.
    topics: HashMap<&'s TopicSlug, usize>,
    people: HashMap<&'s PersonSlug, usize>,
    /// The fingerprint of all that is shown, taken when first asked for.
    fingerprint: OnceLock<Fingerprint>,
}

/// All that the frame gives away. Whoever adds to it adds to the key of every page.
#[derive(Hash)]
struct Shown<'s> {
    config: &'s Config,
    as_of: Option<Date>,
    licences: &'s BTreeSet<String>,
    /// The sections that a site can have, and whether this one has them, in the order of the navigation.
    sections: Vec<(&'static str, bool)>,
    /// The pages of text: slug and title.
    texts: Vec<(&'s str, &'s str)>,
    topics: Vec<(&'s TopicSlug, &'s str)>,
    people: Vec<Named<'s>>,
}

/// What pages other than their own show of a person.
#[derive(Debug, Clone, Copy, Hash)]
pub struct Named<'s> {
    /// The slug.
    pub slug: &'s PersonSlug,
    /// The name.
    pub name: &'s str,
    /// What they held, and when.
    pub held: Held<'s>,
    /// A picture of them.
    pub portrait: Option<&'s Portrait>,
}

/// What a page is called, and which page of its list it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Title {
    /// By the site's: the home page.
    Site,
    /// By its own name.
    Own(String, usize),
    /// By a name that the theme translates.
    Named(&'static str, usize),
}

/// What the frame needs to know of a page.
pub(super) struct Particular {
    /// The kind's name, which is its template's.
    pub kind: &'static str,
    pub title: Title,
    pub description: Option<String>,
    /// The address in full.
    pub canonical: Option<Url>,
    /// The list above the page besides its section, and where that stands.
    pub list_above: Option<(&'static str, Address)>,
    /// Whether the page's kind has cards of its own.
    pub has_card: bool,
    /// Whether the page shows a block of code.
    pub has_code: bool,
}

impl<'s> Frame<'s> {
    /// The frame of a site's pages.
    pub(super) fn new(config: &'s Config, site: &'s Site, index: &'s Index) -> Self {
        let texts = site.pages.iter().map(|text| {
            let title = text.title.as_deref().unwrap_or(&text.slug);
            (text.slug.as_str(), title)
        });
        let shown = Shown {
            config,
            as_of: site.as_of,
            licences: &index.licences,
            sections: kinds::sections(site, index),
            texts: texts.collect(),
            topics: site.topics.iter().map(|topic| (&topic.slug, topic.title.as_str())).collect(),
            people: site
                .people
                .iter()
                .map(|person| Named {
                    slug: &person.slug,
                    name: &person.name,
                    held: Held::from(&**person),
                    portrait: person.portrait.as_ref(),
                })
                .collect(),
        };
        Frame {
            topics: shown.topics.iter().enumerate().map(|(at, (slug, _))| (*slug, at)).collect(),
            people: shown.people.iter().enumerate().map(|(at, person)| (person.slug, at)).collect(),
            shown,
            fingerprint: OnceLock::new(),
        }
    }

    /// The fingerprint of all that it shows.
    pub(super) fn fingerprint(&self) -> Fingerprint {
        *self.fingerprint.get_or_init(|| Fingerprint::of_value(&self.shown))
    }

    /// The configuration.
    pub fn config(&self) -> &'s Config {
        self.shown.config
    }

    /// The day at which due dates are judged.
    pub fn as_of(&self) -> Option<Date> {
        self.shown.as_of
    }

    /// The licences of the site's records, by name.
    pub fn licences(&self) -> &'s BTreeSet<String> {
        self.shown.licences
    }

    /// The title of the topic with this slug.
    pub fn topic(&self, slug: &TopicSlug) -> Option<&'s str> {
        self.topics.get(slug).map(|&at| self.shown.topics[at].1)
    }

    /// The person with this slug.
    pub fn person(&self, slug: &PersonSlug) -> Option<Named<'s>> {
        self.people.get(slug).map(|&at| self.shown.people[at])
    }

    /// The language of a debate's record: its own, or else the site's.
    pub fn language_of<'d>(&'d self, particulars: &'d Particulars) -> &'d str {
        particulars.language.as_deref().unwrap_or(&self.shown.config.language)
    }

    /// The way to a feed or calendar; none where the site has none.
    pub(super) fn feed(&self, file: Beside<'_>, linker: &Linker) -> Option<String> {
        let config = self.config();
        (config.base_url.is_some() && config.feeds).then(|| linker.to(&file.address()))
    }

    /// The pages of a list, as seen from page `number` of it.
    pub(super) fn pager(&self, list: &Address, number: usize, total: usize, linker: &Linker) -> PagerView {
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

    /// What every template sees of a page.
    pub(super) fn page(&self, address: &Address, page: Particular, linker: &Linker) -> PageView {
        let here = address.as_str();
        let navigation = self.shown.sections.iter().filter(|(_, is_there)| *is_there);
        let navigation = navigation.map(|&(label, _)| NavigationView {
            label,
            href: linker.to(&Address::folder(&[label])),
            here: here.strip_prefix(label).is_some_and(|rest| rest.starts_with('/')),
        });
        let texts = self.shown.texts.iter().map(|(slug, title)| LinkView {
            label: (*title).to_owned(),
            href: Some(linker.href(&Destination::Page((*slug).into(), None))),
        });
        let share_card = self.share_card(address, &page);
        let (title, title_key, number) = match page.title {
            Title::Site => (String::new(), None, 1),
            Title::Own(title, number) => (title, None, number),
            Title::Named(key, number) => (String::new(), Some(key), number),
        };
        PageView {
            title,
            title_key,
            number,
            description: page.description,
            kind: page.kind,
            root: linker.root().to_owned(),
            canonical: page.canonical.map(String::from),
            share_card,
            feed: self.feed(Beside::Feed, linker),
            search: linker.to(&Address::folder(&["search"])),
            check: linker.to(&Address::folder(&["check"])),
            navigation: navigation.collect(),
            texts: texts.collect(),
            breadcrumbs: self.breadcrumbs(here, page.list_above, linker),
            code: page.has_code,
            json_ld: None,
        }
    }

    /// The lists above a page: those that its address is below.
    fn breadcrumbs(
        &self,
        here: &str,
        list_above: Option<(&'static str, Address)>,
        linker: &Linker,
    ) -> Vec<NavigationView> {
        let crumb = |label, href| NavigationView { label, href, here: false };
        let mut breadcrumbs = Vec::new();
        if let Some((first, rest)) = here.split_once('/')
            && let Some(&(section, _)) = self.shown.sections.iter().find(|(section, _)| *section == first)
        {
            breadcrumbs.push(crumb("home", linker.href(&Destination::Home)));
            if !rest.is_empty() {
                breadcrumbs.push(crumb(section, linker.to(&Address::folder(&[section]))));
            }
            breadcrumbs.extend(list_above.map(|(label, list)| crumb(label, linker.to(&list))));
        }
        breadcrumbs
    }

    /// The card that a page is shown with: its own, that of its list's first page, or the site's where its
    /// kind has none.
    fn share_card(&self, address: &Address, page: &Particular) -> Option<ShareCardView> {
        let base = cards_base(self.config())?;
        let (kind, title, path) = match &page.title {
            Title::Own(title, _) if page.has_card => (page.kind, title.as_str(), card_path(address)),
            _ => ("home", self.config().title.as_str(), CARD.to_owned()),
        };
        let url = base.join(&path).ok()?;
        Some(ShareCardView { url: url.into(), width: WIDTH, height: HEIGHT, kind, title: title.to_owned() })
    }
}

/// The site's address, where it has cards: links to pictures are absolute.
pub(super) fn cards_base(config: &Config) -> Option<&Url> {
    config.base_url.as_ref().filter(|_| config.share_cards)
}

/// Where the card of a page stands, or that of the first page of its list.
pub(super) fn card_path(address: &Address) -> String {
    let folder = address.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
    format!("{folder}/{CARD}").trim_start_matches('/').to_owned()
}

/// How many pages a list of `count` entries takes: at least one.
pub(super) fn page_count(count: usize) -> usize {
    count.div_ceil(PAGE_LENGTH).max(1)
}

/// The entries of page `number` of a list.
pub(super) fn page_of<T>(list: &[T], number: usize) -> &[T] {
    let start = ((number - 1) * PAGE_LENGTH).min(list.len());
    &list[start..(start + PAGE_LENGTH).min(list.len())]
}
