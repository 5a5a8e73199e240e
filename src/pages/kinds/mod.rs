//! The kinds of pages: one file for each, and one line in the table. A kind says which of its pages a site has
//! and where they stand, what each reads of the site ([`Kind::Inputs`]), and what is made of that. Whatever is
//! made of a page is made of its inputs, of the frame and of its address, and its key is the hash of those: no
//! page can show what its key does not cover.
//!
//! To add a kind of page: a file here, a line in the table, a template, and its words in the theme's
//! translations.

use super::Composed;
use super::author::{Author, StringOf, document};
use super::composer::Composer;
use super::frame::{Frame, Particular, Title, card_path, cards_base, page_count};
use super::inputs::{Evidence, InList};
use super::share::{CardWords, ShareCard};
use super::views::*;
use crate::config::Config;
use crate::index::Index;
use crate::json_ld::Node;
use crate::model::{Destination, Site};
use crate::permalink::{Address, Linker, Wording};
use crate::text::{Digest, Fingerprint};
use jiff::civil::Date;
use serde::Serialize;
use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;
use url::Url;

mod annotations;
mod briefing;
mod briefings;
mod check;
mod commitments;
mod corrections;
mod debate;
mod debates;
mod fact_check;
mod glossary;
mod home;
mod kind_of_note;
mod moved;
mod not_found;
mod people;
mod person;
mod search;
mod text;
mod topic;
mod topics;
mod unplaced;

pub use kind_of_note::kind_address;
pub use text::is_for_text;
pub use topic::group_id;

/// Makes the table, and the type of the views that the kinds in it have.
macro_rules! table {
    ($($module:ident::$kind:ident($view:ty),)*) => {
        /// The kinds of pages. Pages are planned and listed in this order.
        static KINDS: &[&dyn AnyKind] = &[$(&$module::$kind),*];

        /// The views, one for each kind of page.
        #[derive(Debug, Serialize)]
        #[serde(untagged)]
        #[expect(missing_docs, reason = "each is the view of the kind of its name")]
        pub enum View {
            $($kind($view),)*
        }
    };
}

table! {
    home::Home(Box<HomeView>),
    debates::Debates(DebatesView),
    debate::Debate(Box<DebateView>),
    topics::Topics(TopicsView),
    topic::Topic(Box<TopicView>),
    people::People(PeopleView),
    person::Person(Box<PersonView>),
    briefings::Briefings(BriefingsView),
    briefing::Briefing(BriefingView),
    commitments::Commitments(CommitmentsView),
    annotations::Annotations(AnnotationsView),
    kind_of_note::KindOfNote(KindView),
    fact_check::FactCheck(Box<FactCheckView>),
    corrections::Corrections(CorrectionsView),
    unplaced::Unplaced(UnplacedListView),
    glossary::Glossary(GlossaryView),
    search::Search(SearchView),
    check::Check(TextPageView),
    text::Text(TextPageView),
    not_found::NotFound(TextPageView),
    moved::Moved(MovedView),
}

/// A page that the site has: which, and where. Its view is made only when it is rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where it stands.
    pub address: Address,
    /// What it is.
    pub page: Page,
}

/// One page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Page {
    /// Its kind, by the place in the table.
    kind: u8,
    /// Which of its kind: mostly an index into one of the site's lists. Its kind knows.
    at: usize,
    /// Which page of a list, from 1.
    number: usize,
}

/// How a page has come by its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It is the only one for this address.
    Own,
    /// An editor's file has given it its name, at the root.
    Named,
    /// Another page had it before.
    Former,
    /// It is shown at every address that doesn't exist.
    Anywhere,
}

/// A section of the site: what the navigation leads to.
pub struct Section {
    /// Its place in the navigation, from 1.
    pub place: u8,
    /// Whether a site has it.
    pub is_there: fn(&Site, &Index) -> bool,
}

/// Where and with what a view is made, besides the inputs.
pub struct Context<'c> {
    /// What every page may show.
    pub frame: &'c Frame<'c>,
    /// The page's address.
    pub address: &'c Address,
    /// The way from there, and the words in which the page cites places.
    pub linker: &'c Linker,
    /// Evidence stands on several pages, so it is given rendered.
    pub evidence: &'c RenderEvidence<'c>,
}

/// Gives the component `evidence` for a note, rendered for a page two folders deep, where all lists of
/// evidence stand.
pub type RenderEvidence<'e> = dyn Fn(Evidence<'_>) -> Arc<str> + Sync + 'e;

impl Context<'_> {
    /// The way through the pages of the list that the page is of.
    fn pager(&self, InList { number, count }: InList) -> PagerView {
        let here = self.address.as_str();
        let list = here.strip_suffix(&format!("page-{number}.html")).unwrap_or(here);
        self.frame.pager(&Address::file(list), number, page_count(count), self.linker)
    }

    /// Several notes, each the component `evidence`, rendered.
    fn rendered(&self, notes: &[Evidence<'_>]) -> Vec<Arc<str>> {
        notes.iter().map(|&evidence| (self.evidence)(evidence)).collect()
    }
}

/// The pages of one kind while they are planned.
pub struct Pages<'p> {
    kind: u8,
    pages: &'p mut Vec<Planned>,
}

impl Pages<'_> {
    /// Adds a page that is no list: number `at` of its kind.
    fn add(&mut self, address: Address, at: usize) {
        self.pages.push(Planned { address, page: Page { kind: self.kind, at, number: 1 } });
    }

    /// Adds the pages of a list of `count` entries, which is number `at` of its kind.
    fn add_list(&mut self, list: &Address, at: usize, count: usize) {
        for number in 1..=page_count(count) {
            let page = Page { kind: self.kind, at, number };
            self.pages.push(Planned { address: list.paged(number), page });
        }
    }
}

/// A kind of page.
pub trait Kind: Sized + Sync + 'static {
    /// All that a page of this kind reads of the site, but for the frame. The hash of this is its key, so
    /// whatever it gives a view to read, it must hash.
    type Inputs<'s>: Hash;

    /// The kind's name: that of its template, without the extension, and of a section its folder.
    const NAME: &'static str;
    /// Its section in the navigation.
    const SECTION: Option<Section> = None;
    /// How its pages have come by their addresses.
    const STANDING: Standing = Standing::Own;
    /// Whether its pages have cards of their own, pictures that are shown with links to them. All others are
    /// shown with that of the home page.
    const HAS_CARD: bool = false;

    /// Adds the pages of this kind that a site has, in a fixed order.
    fn plan(site: &Site, index: &Index, pages: &mut Pages<'_>);

    /// What an editor writes of which a page is made, where that is one thing.
    fn source(_: &Site, _: &Index, _at: usize) -> Option<Destination> {
        None
    }

    /// The day of the last change to a page, as far as the content says so.
    fn last_change(_: &Site, _at: usize) -> Option<Date> {
        None
    }

    /// What a page reads: the only place where it sees the site.
    fn inputs<'s>(from: &'s Composer<'s>, page: Page) -> Self::Inputs<'s>;

    /// The language of a page's own, where that is not the site's.
    fn language<'i>(_: &'i Self::Inputs<'_>) -> Option<&'i str> {
        None
    }

    /// The template that renders a page, without its extension: the kind's, unless the page asks for another.
    fn template<'i>(_: &'i Self::Inputs<'_>) -> &'i str {
        Self::NAME
    }

    /// What a page is called.
    fn title(inputs: &Self::Inputs<'_>, wording: &Wording) -> Title;

    /// A sentence about it, for search engines and link previews.
    fn description(_: &Self::Inputs<'_>, _: &Frame<'_>) -> Option<String> {
        None
    }

    /// The address in full that search engines shall know a page by.
    fn canonical(_: &Self::Inputs<'_>, base: &Url, here: &Address) -> Option<Url> {
        base.join(here.as_str()).ok()
    }

    /// Whether a block of code is among the prose that it shows.
    fn has_code(_: &Self::Inputs<'_>) -> bool {
        false
    }

    /// The list that a page is below besides that of its section.
    fn list_above(_: &Self::Inputs<'_>) -> Option<(&'static str, Address)> {
        None
    }

    /// The view that its template gets.
    fn view(inputs: &Self::Inputs<'_>, context: &Context<'_>) -> View;

    /// What a page is, for machines.
    fn works(_: &Self::Inputs<'_>, author: &Author<'_>) -> Vec<Node> {
        vec![author.plain().into()]
    }

    /// What is on a page's card besides the title, where the kind has cards.
    fn card(_: &Self::Inputs<'_>, _: &Frame<'_>) -> CardWords {
        CardWords::default()
    }
}

/// A kind of page in the table, where all are of one type.
pub trait AnyKind: Sync {
    /// See [`Kind::NAME`].
    fn name(&self) -> &'static str;
    /// See [`Kind::SECTION`].
    fn section(&self) -> Option<Section>;
    /// See [`Kind::STANDING`].
    fn standing(&self) -> Standing;
    /// See [`Kind::HAS_CARD`].
    fn has_card(&self) -> bool;
    /// See [`Kind::plan`].
    fn plan(&self, site: &Site, index: &Index, pages: &mut Pages<'_>);
    /// See [`Kind::source`].
    fn source(&self, site: &Site, index: &Index, at: usize) -> Option<Destination>;
    /// See [`Kind::last_change`].
    fn last_change(&self, site: &Site, at: usize) -> Option<Date>;
    /// A page with its inputs.
    fn ready<'c>(&self, composer: &'c Composer<'c>, planned: &'c Planned) -> Box<dyn Ready + 'c>;
}

impl<K: Kind> AnyKind for K {
    fn name(&self) -> &'static str {
        K::NAME
    }

    fn section(&self) -> Option<Section> {
        K::SECTION
    }

    fn standing(&self) -> Standing {
        K::STANDING
    }

    fn has_card(&self) -> bool {
        K::HAS_CARD
    }

    fn plan(&self, site: &Site, index: &Index, pages: &mut Pages<'_>) {
        K::plan(site, index, pages);
    }

    fn source(&self, site: &Site, index: &Index, at: usize) -> Option<Destination> {
        K::source(site, index, at)
    }

    fn last_change(&self, site: &Site, at: usize) -> Option<Date> {
        K::last_change(site, at)
    }

    fn ready<'c>(&self, composer: &'c Composer<'c>, planned: &'c Planned) -> Box<dyn Ready + 'c> {
        let inputs = K::inputs(composer, planned.page);
        Box::new(OfKind::<K> { inputs, frame: composer.frame(), address: &planned.address })
    }
}

/// A page with its inputs.
pub trait Ready {
    /// The language of the page's own, where that is not the site's.
    fn language(&self) -> Option<&str>;
    /// The template that is to render it, where the theme has that.
    fn template(&self) -> &str;
    /// The key: two pages with one key have the same view. It holds within one run of the program, and costs
    /// no view. What the page is worded in is in the key of its template.
    fn key(&self) -> Fingerprint;
    /// What the template gets. The page cites places in the words `wording`, and `string` has the theme's others.
    fn compose(
        &self,
        wording: &Arc<Wording>,
        string: &StringOf<'_>,
        evidence: &RenderEvidence<'_>,
    ) -> Composed;
    /// What is on the page's card. Only kinds that have cards know.
    fn share_card(&self) -> ShareCard;
}

/// A page of the kind `K`. It has no way to the site.
struct OfKind<'c, K: Kind> {
    inputs: K::Inputs<'c>,
    frame: &'c Frame<'c>,
    address: &'c Address,
}

impl<K: Kind> Ready for OfKind<'_, K> {
    fn language(&self) -> Option<&str> {
        K::language(&self.inputs)
    }

    fn template(&self) -> &str {
        K::template(&self.inputs)
    }

    fn key(&self) -> Fingerprint {
        let mut digest = Digest::default();
        (K::NAME, self.frame.fingerprint(), self.address).hash(&mut digest);
        self.inputs.hash(&mut digest);
        digest.finish()
    }

    fn compose(
        &self,
        wording: &Arc<Wording>,
        string: &StringOf<'_>,
        evidence: &RenderEvidence<'_>,
    ) -> Composed {
        let OfKind { inputs, frame, address } = self;
        let config = frame.config();
        let linker = Linker::new(config, address).worded(wording);
        let context = Context { frame, address, linker: &linker, evidence };
        let particular = Particular {
            kind: K::NAME,
            title: K::title(inputs, wording),
            description: K::description(inputs, frame),
            canonical: config.base_url.as_ref().and_then(|base| K::canonical(inputs, base, address)),
            list_above: K::list_above(inputs),
            has_card: K::HAS_CARD,
            has_code: K::has_code(inputs),
        };
        let mut page = frame.page(address, particular, &linker);
        let works = |author: &Author<'_>| K::works(inputs, author);
        page.json_ld = document(frame, &page, string, works);
        Composed { page, view: K::view(inputs, &context) }
    }

    fn share_card(&self) -> ShareCard {
        let config = self.frame.config();
        // The home page's title is the site's.
        let (title, site) = match K::title(&self.inputs, &Wording::default()) {
            Title::Own(title, _) => (title, config.title.clone()),
            Title::Site | Title::Named(..) => (config.title.clone(), String::new()),
        };
        let CardWords { words, summary, lanes } = K::card(&self.inputs, self.frame);
        let words = ShareCardWords { kind: K::NAME, ..words };
        ShareCard { path: card_path(self.address), title, site, summary, words, lanes }
    }
}

impl Page {
    pub(super) fn kind(self) -> &'static dyn AnyKind {
        KINDS[usize::from(self.kind)]
    }

    /// The template that renders it, without its extension.
    pub fn template(self) -> &'static str {
        self.kind().name()
    }

    /// How it has come by its address.
    pub fn standing(self) -> Standing {
        self.kind().standing()
    }

    /// What an editor writes of which it is made, where that is one thing.
    pub fn source(self, site: &Site, index: &Index) -> Option<Destination> {
        self.kind().source(site, index, self.at)
    }

    /// The day of the last change to it, as far as the content says so.
    pub fn last_change(self, site: &Site) -> Option<Date> {
        self.kind().last_change(site, self.at)
    }
}

impl Planned {
    /// Where the page's own card stands. A card needs the address that the site will have, for links to
    /// pictures are absolute. Lists, and pages of text, are shown with the site's.
    pub fn share_card(&self, config: &Config) -> Option<String> {
        cards_base(config)?;
        (self.page.kind().has_card() && self.page.number == 1).then(|| card_path(&self.address))
    }
}

/// Every page of the site, in a fixed order.
pub fn plan(site: &Site, index: &Index) -> Vec<Planned> {
    let mut pages = Vec::with_capacity(site.debates.len() * 2);
    for (number, kind) in (0..).zip(KINDS) {
        kind.plan(site, index, &mut Pages { kind: number, pages: &mut pages });
    }
    pages
}

/// The sections that sites can have, and whether this one has them, in the order of the navigation.
pub(super) fn sections(site: &Site, index: &Index) -> Vec<(&'static str, bool)> {
    let sections = KINDS.iter().filter_map(|kind| Some((kind.section()?, kind.name())));
    let mut sections: Vec<(Section, &'static str)> = sections.collect();
    sections.sort_by_key(|(section, _)| section.place);
    sections.into_iter().map(|(section, name)| (name, (section.is_there)(site, index))).collect()
}

/// Pages that would stand at one address: each with the one before it that wants the same, by address.
pub fn clashes(plan: &[Planned]) -> Vec<(&Planned, &Planned)> {
    // Not by sorting them all: tens of thousands that begin alike are dear to compare, at every edit in the preview.
    let mut known: HashMap<&str, &Planned> = HashMap::with_capacity(plan.len());
    let mut clashes = Vec::new();
    for planned in plan {
        clashes.extend(known.insert(planned.address.as_str(), planned).map(|first| (first, planned)));
    }
    clashes.sort_by(|a: &(_, &Planned), b| a.1.address.cmp(&b.1.address));
    clashes
}

#[cfg(test)]
mod tests {
    use super::KINDS;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_a_name_and_every_section_a_place_of_its_own() {
        let names: BTreeSet<&str> = KINDS.iter().map(|kind| kind.name()).collect();
        assert_eq!(names.len(), KINDS.len());
        let mut places: Vec<u8> = KINDS.iter().filter_map(|kind| Some(kind.section()?.place)).collect();
        places.sort_unstable();
        assert!((1..).zip(&places).all(|(place, known)| place == *known), "{places:?}");
    }
}
