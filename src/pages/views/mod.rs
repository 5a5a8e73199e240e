//! What templates see: one closed view for each template. A template can ask for nothing else, so a
//! page depends on its view and its templates and on nothing more.
//!
//! Fields named `*_html` hold HTML that is safe to put on the page as it is (`{{ x | safe }}`);
//! every other text is plain and is escaped by the template. Addresses are relative to the page.

mod amendments;
mod debate;
mod lists;
mod notes;
mod people;
mod pictures;
mod topic;

pub use amendments::*;
pub use debate::*;
pub use lists::*;
pub use notes::*;
pub use people::*;
pub use pictures::*;
pub use topic::*;

use serde::Serialize;

/// The site, as every page sees it (`site`).
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The title.
    pub title: String,
    /// A sentence or two about the site.
    pub description: Option<String>,
    /// The language that its editors write in, as a BCP 47 tag.
    pub language: String,
    /// Who publishes it.
    pub publisher: Option<LinkView>,
    /// The licence of the notes.
    pub licence: Option<String>,
    /// `true` in a review build, which shows drafts.
    pub drafts: bool,
    /// The day at which due dates are judged: `2026-11-23`.
    pub as_of: Option<String>,
    /// Whether paragraph numbers are shown.
    pub paragraph_numbers: bool,
    /// What the site chose of the theme's options.
    pub options: std::collections::BTreeMap<String, String>,
    /// The licences of the records on this site, each once.
    pub record_licences: Vec<String>,
}

/// The page, as every template sees it (`page`).
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The page's own title; empty on the home page and on pages that the theme names.
    pub title: String,
    /// For pages that the theme names, the key of the name in `t.titles`: `debates`, `claim`.
    pub title_key: Option<&'static str>,
    /// Which page of its list this is, from 1.
    pub number: usize,
    /// A sentence about it, for search engines and link previews.
    pub description: Option<String>,
    /// The template's name: `debate`.
    pub kind: &'static str,
    /// The way from this page to the site's root: `../../`.
    pub root: String,
    /// The address in full, where the site has one.
    pub canonical: Option<String>,
    /// The picture that is shown with a link to the page, where the site has an address.
    pub share_card: Option<ShareCardView>,
    /// The address of the site's Atom feed, where there is one.
    pub feed: Option<String>,
    /// The address of the page where readers search.
    pub search: String,
    /// The address of the page where readers check a quotation.
    pub check: String,
    /// The main navigation.
    pub navigation: Vec<NavigationView>,
    /// The pages of text, as links: about, method.
    pub texts: Vec<LinkView>,
    /// The lists above this page, the home page first. Labels are keys of `t.titles`.
    pub breadcrumbs: Vec<NavigationView>,
    /// Whether a block of code is among the prose of the page: all others are spared its sheet of styles.
    pub code: bool,
    /// What the page is, as JSON-LD for a script element: ready to be put there as it is (`| safe`).
    pub json_ld: Option<String>,
}

/// An entry of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationView {
    /// The key of its name in `t.titles`: `debates`.
    pub label: &'static str,
    /// Its address.
    pub href: String,
    /// Whether this page is there, or below.
    pub here: bool,
}

/// A label and an address.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// The label.
    pub label: String,
    /// The address; none where there is nothing to follow.
    pub href: Option<String>,
}

/// Where a page stands in a list of pages.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// This page's number, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
    /// The first and the last page, this one and those about it, in order.
    pub steps: Vec<StepView>,
}

/// A page of a list, by its number.
#[derive(Debug, Clone, Serialize)]
pub struct StepView {
    /// Its number, from 1.
    pub number: usize,
    /// Its address; none for the page itself.
    pub href: Option<String>,
    /// Whether pages are passed over between the one before and this.
    pub after_gap: bool,
}

/// A debate in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DebateCard {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The language of the record and its title, as a BCP 47 tag.
    pub language: String,
    /// The day: `2012-12-20`.
    pub date: String,
    /// The House.
    pub house: Option<String>,
    /// Whether the record is an extract.
    pub extract: bool,
    /// How many notes it has.
    pub notes: usize,
    /// How many words were spoken.
    pub words: usize,
    /// What it is about, as plain text.
    pub summary: Option<String>,
}

/// A topic in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TopicCard {
    /// Its title.
    pub title: String,
    /// Its slug.
    pub slug: String,
    /// How far the work on it has come: `draft`, `in-review` or `approved`.
    pub status: &'static str,
    /// Its address.
    pub href: String,
    /// A sentence about it.
    pub summary: Option<String>,
    /// How many passages are evidence on it.
    pub passages: usize,
    /// In how many debates.
    pub debates: usize,
}

/// A briefing in a list.
#[derive(Debug, Clone, Serialize)]
pub struct BriefingCard {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// The day it bears.
    pub date: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// `draft`, `in-review` or `approved`.
    pub status: &'static str,
}

/// A person in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PersonCard {
    /// The name.
    pub name: String,
    /// The name that lists sort by.
    pub sort_name: String,
    /// How far the work on the file has come: `draft`, `in-review` or `approved`.
    pub status: &'static str,
    /// The first letters of the name, to stand where there is no portrait.
    pub initials: String,
    /// The address of their portrait.
    pub portrait: Option<String>,
    /// Their address.
    pub href: String,
    /// In how many debates they speak.
    pub debates: usize,
    /// How many notes are on their words.
    pub passages: usize,
    /// How many notes say that words mean them.
    pub mentions: usize,
}

/// Who spoke.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakerView {
    /// The name: as printed, or the person's where the record prints none.
    pub name: String,
    /// The office or seat on the day: as the record prints it, else as the person's file has it.
    pub office: Option<String>,
    /// The party on the day, as the person's file has it. None where what the record prints names it.
    pub party: Option<String>,
    /// Their page.
    pub href: Option<String>,
    /// Whether they spoke from the chair.
    pub chair: bool,
    /// The name that the record prints, where it is wrong and an editor has corrected it.
    pub printed: Option<String>,
    /// Whether the name is the editors', because the record prints none.
    pub unprinted: bool,
    /// Whether nobody gives a name, and an id of the record stands in its place.
    pub nameless: bool,
}

/// A label, an address and a number.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// The label.
    pub label: String,
    /// A word for classes and data attributes.
    pub slug: String,
    /// The address.
    pub href: String,
    /// The number.
    pub count: usize,
}
