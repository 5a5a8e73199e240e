//! The pictures that are shown with shared links: what is on them.

use super::frame::Frame;
use super::inputs::Whole;
use super::pictures::{NOTES, placed_along};
use super::views::ShareCardWords;
use crate::cards::Lane;
use crate::model::TopicSlug;
use std::collections::BTreeMap;

/// No strip has more lanes: those of the topics with the most notes.
const LANES: usize = 3;

/// What is on a card.
#[derive(Debug)]
pub struct ShareCard {
    /// Where it stands.
    pub path: String,
    /// The title.
    pub title: String,
    /// The site's, above it; empty on the home page's card, whose title it is.
    pub site: String,
    /// A sentence about it.
    pub summary: Option<String>,
    /// What the theme makes the other words of.
    pub words: ShareCardWords,
    /// Where in a debate its topics lie.
    pub lanes: Vec<Lane>,
}

/// What a kind of page puts on its cards besides the title.
#[derive(Debug, Default)]
pub struct CardWords {
    /// What the theme makes the words of, but for the kind.
    pub words: ShareCardWords,
    /// A sentence about it.
    pub summary: Option<String>,
    /// Where in a debate its topics lie.
    pub lanes: Vec<Lane>,
}

impl Frame<'_> {
    /// Where in a debate the topics with the most notes lie.
    pub(super) fn lanes(&self, debate: Whole<'_>) -> Vec<Lane> {
        let placed = placed_along(debate);
        if placed.len() < NOTES {
            return Vec::new();
        }
        let mut lanes: BTreeMap<&TopicSlug, Vec<f64>> = BTreeMap::new();
        for (evidence, at) in placed {
            evidence.note().topics.iter().for_each(|topic| lanes.entry(topic).or_default().push(at));
        }
        let mut lanes: Vec<(&TopicSlug, Vec<f64>)> = lanes.into_iter().collect();
        lanes.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(b.0)));
        lanes
            .into_iter()
            .take(LANES)
            .filter_map(|(slug, marks)| Some(Lane { label: self.topic(slug)?.to_owned(), marks }))
            .collect()
    }
}

/// The words of a card stand one part to a line.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
