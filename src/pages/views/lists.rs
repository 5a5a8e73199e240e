//! The views of the home page, of lists, and of pages of prose.

use super::{
    BriefingCard, ChartView, CommitmentRow, CountView, DebateCard, EvidenceView, KeyPointView, LinkView,
    NavigationView, PagerView, TopicCard,
};
use serde::Serialize;
use std::sync::Arc;

/// The home page (`home.html`).
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// The words of `content/home.md`.
    pub intro_html: Option<String>,
    /// The latest briefings.
    pub briefings: Vec<BriefingCard>,
    /// The latest debates.
    pub debates: Vec<DebateCard>,
    /// Every topic.
    pub topics: Vec<TopicCard>,
    /// A passage with its note, to begin with: the next commitment due, else the latest approved note on words.
    pub live: Option<EvidenceView>,
    /// The next commitments due.
    pub commitments: Vec<CommitmentRow>,
    /// How many debates there are.
    pub debate_count: usize,
    /// How many notes there are.
    pub note_count: usize,
    /// The address of the site's feed as JSON Feed, where there is one.
    pub json_feed: Option<String>,
}

/// A list of debates (`debates.html`).
#[derive(Debug, Serialize)]
pub struct DebatesView {
    /// The debates on this page, the latest first.
    pub debates: Vec<DebateCard>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// The register of commitments (`commitments.html`).
#[derive(Debug, Serialize)]
pub struct CommitmentsView {
    /// By due date; those without one last.
    pub rows: Vec<CommitmentRow>,
    /// How many there are in all.
    pub count: usize,
    /// How many of all are in each state; labels are keys of `t.states`.
    pub outcomes: Vec<CountView>,
    /// Who owes any, each with their number in all; the slug is the name.
    pub people: Vec<CountView>,
    /// Their topics, each with its number in all.
    pub topics: Vec<CountView>,
    /// As `outcomes`: what the register can be filtered by.
    pub states: Vec<CountView>,
    /// The pages of the list.
    pub pager: PagerView,
    /// Pictures: when those on this page fall due.
    pub charts: Vec<ChartView>,
    /// The address of the calendar of due dates, where there is one.
    pub calendar: Option<String>,
}

/// A list of briefings (`briefings.html`).
#[derive(Debug, Serialize)]
pub struct BriefingsView {
    /// Every briefing, the latest first.
    pub briefings: Vec<BriefingCard>,
}

/// A briefing (`briefing.html`).
#[derive(Debug, Serialize)]
pub struct BriefingView {
    /// What its entry in a list says.
    pub card: BriefingCard,
    /// What it comes to.
    pub key_points: Vec<KeyPointView>,
    /// The text. Its headings of the first level have ids.
    pub body_html: String,
    /// Those headings, with the way to each.
    pub contents: Vec<LinkView>,
    /// The topics it treats.
    pub topics: Vec<LinkView>,
    /// The debates it draws on.
    pub debates: Vec<DebateCard>,
}

/// The kinds of notes (`annotations.html`).
#[derive(Debug, Serialize)]
pub struct AnnotationsView {
    /// Each kind that occurs, with its number.
    pub kinds: Vec<CountView>,
}

/// The notes of one kind (`kind.html`).
#[derive(Debug, Serialize)]
pub struct KindView {
    /// The kind: `claim`.
    pub kind: &'static str,
    /// The notes on this page: the latest debate first, each in the order of its record; each the
    /// component `evidence`, rendered.
    pub notes_html: Vec<Arc<str>>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// What stands at an address that a page had before (`moved.html`).
#[derive(Debug, Serialize)]
pub struct MovedView {
    /// The title of the page; none of the home page.
    pub title: Option<String>,
    /// Where it is now.
    pub href: String,
}

/// The glossary (`glossary.html`).
#[derive(Debug, Serialize)]
pub struct GlossaryView {
    /// The terms, by alphabet.
    pub entries: Vec<GlossaryEntryView>,
}

/// A term and what it means.
#[derive(Debug, Serialize)]
pub struct GlossaryEntryView {
    /// The term.
    pub term: String,
    /// Its id on the page.
    pub id: String,
    /// Other writings.
    pub aliases: Vec<String>,
    /// What it means.
    pub definition_html: String,
}

/// A page of text (`page.html`), and the page for addresses that don't exist (`404.html`).
#[derive(Debug, Default, Serialize)]
pub struct TextPageView {
    /// The title.
    pub title: String,
    /// How far the work on it has come: `draft`, `in-review` or `approved`.
    pub status: &'static str,
    /// The text.
    pub body_html: String,
}

/// The page where readers search (`search.html`).
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// The lists of topics, people and debates, for readers without scripts. Labels are keys of `t.titles`.
    pub lists: Vec<NavigationView>,
    /// The years of the debates, the latest first: each leads to the page of the list where it begins.
    pub years: Vec<CountView>,
    /// The kinds of notes there are.
    pub kinds: Vec<&'static str>,
    /// The kinds of contributions there can be.
    pub contribution_kinds: Vec<&'static str>,
}
