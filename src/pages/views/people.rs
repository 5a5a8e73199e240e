//! The views of people.

use super::{ChartView, CommitmentRow, CountView, DebateCard, LinkView, PagerView, PersonCard, SaidOnceView};
use serde::Serialize;
use std::sync::Arc;

/// A list of people (`people.html`).
#[derive(Debug, Serialize)]
pub struct PeopleView {
    /// Those on this page of the list, by the name that lists sort by.
    pub people: Vec<PersonCard>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// A person (`person.html`).
#[derive(Debug, Serialize)]
pub struct PersonView {
    /// The slug, by which searches name them.
    pub slug: String,
    /// The name.
    pub name: String,
    /// How far the work on the file has come: `draft`, `in-review` or `approved`.
    pub status: &'static str,
    /// Its first letters, to stand where there is no portrait.
    pub initials: String,
    /// A picture of the person.
    pub portrait: Option<PortraitView>,
    /// Offices, parties and constituencies, as far as known.
    pub terms: Vec<TermView>,
    /// Places elsewhere.
    pub links: Vec<LinkView>,
    /// A note about the person.
    pub about_html: String,
    /// The debates they speak in, on this page of the list.
    pub debates: Vec<DebateCard>,
    /// What they undertook, or owe, on this page of the list.
    pub commitments: Vec<CommitmentRow>,
    /// The topics of the notes on their words.
    pub topics: Vec<CountView>,
    /// The notes on their words, on this page of the list, by topic: the topic of the most first, and last
    /// what is on none. A note on several topics stands under the first of them.
    pub passages: Vec<PassageGroup>,
    /// What all of those notes have in common.
    pub said_once: SaidOnceView,
    /// How many notes are on their words in all.
    pub passage_count: usize,
    /// The notes that say that words mean them, on this page of the list: each the component `evidence`,
    /// rendered.
    pub mentioned_html: Vec<Arc<str>>,
    /// The pages of the longest of these lists; the others go along and end before it.
    pub pager: PagerView,
    /// Pictures: the person's topics over time.
    pub charts: Vec<ChartView>,
    /// The address of the person's own Atom feed, where there is one.
    pub feed: Option<String>,
}

/// The notes on a person's words that are on one topic.
#[derive(Debug, Serialize)]
pub struct PassageGroup {
    /// The id of its heading: `t-TOPIC`.
    pub id: String,
    /// The topic; none for what is on no topic.
    pub topic: Option<LinkView>,
    /// Each the component `evidence`, rendered.
    pub evidence_html: Vec<Arc<str>>,
}

/// A picture of a person.
#[derive(Debug, Serialize)]
pub struct PortraitView {
    /// The address of the file.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// The licence.
    pub licence: String,
    /// Who made it.
    pub by: Option<String>,
}

/// Something held for a time.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// `office`, `party` or `constituency`. The theme's translations have its label.
    pub kind: &'static str,
    /// What was held.
    pub name: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}
