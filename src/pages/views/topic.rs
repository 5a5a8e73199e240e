//! The views of topics.

use super::{
    ChartView, CommitmentRow, CountView, DebateCard, EvidenceView, LinkView, PagerView, SaidOnceView,
    SpeakerView, TopicCard,
};
use serde::Serialize;
use std::sync::Arc;

/// The evidence on a topic from one debate.
#[derive(Debug, Serialize)]
pub struct EvidenceGroup {
    /// The id of its heading: `d-DEBATE`.
    pub id: String,
    /// The debate.
    pub debate: DebateCard,
    /// The passages, in the order of the record: each the component `evidence`, rendered.
    pub evidence_html: Vec<Arc<str>>,
}

/// A list of topics (`topics.html`).
#[derive(Debug, Serialize)]
pub struct TopicsView {
    /// Every topic, by title.
    pub topics: Vec<TopicCard>,
}

/// A topic (`topic.html`).
#[derive(Debug, Serialize)]
pub struct TopicView {
    /// Its slug: `topic:SLUG` in the search finds its evidence.
    pub slug: String,
    /// The title.
    pub title: String,
    /// How far the work on it has come: `draft`, `in-review` or `approved`.
    pub status: &'static str,
    /// A sentence about it.
    pub summary: Option<String>,
    /// How many passages are evidence on it.
    pub passages: usize,
    /// In how many debates.
    pub debates: usize,
    /// Whose words they are, each person once, at most ten.
    pub speakers: Vec<SpeakerView>,
    /// How many more there are.
    pub more_speakers: usize,
    /// Whether every one of those debates is an extract.
    pub only_extracts: bool,
    /// What the evidence comes to.
    pub key_points: Vec<KeyPointView>,
    /// What was promised.
    pub commitments: Vec<CommitmentRow>,
    /// How many of all its commitments are in each state; labels are keys of `t.states`.
    pub outcomes: Vec<CountView>,
    /// What is asserted and could be checked.
    pub claims: Vec<EvidenceView>,
    /// What is left open.
    pub questions: Vec<EvidenceView>,
    /// The evidence on this page, by debate, the latest first.
    pub groups: Vec<EvidenceGroup>,
    /// What all notes among that evidence have in common.
    pub said_once: SaidOnceView,
    /// The editor's overview.
    pub overview_html: String,
    /// Topics a reader may want next.
    pub related: Vec<LinkView>,
    /// The pages of the evidence. What is not evidence stands on the first only.
    pub pager: PagerView,
    /// The latest day that a note on it bears.
    pub latest: Option<String>,
    /// The latest review of a note on it.
    pub reviewed: Option<ReviewedView>,
    /// The address of the topic's own Atom feed, where there is one.
    pub feed: Option<String>,
    /// Pictures: the topic over time.
    pub charts: Vec<ChartView>,
}

/// One point of a topic's summary.
#[derive(Debug, Serialize)]
pub struct KeyPointView {
    /// The point.
    pub text_html: String,
    /// Where the evidence stands: `Human Trafficking, para 2`.
    pub at: LinkView,
}

/// That somebody has reviewed something.
#[derive(Debug, Serialize)]
pub struct ReviewedView {
    /// The day.
    pub on: String,
    /// Who it was.
    pub by: String,
}
