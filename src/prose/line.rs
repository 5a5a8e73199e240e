//! What a line of text tells of its links: whether they are quotations themselves, in which sentence they
//! stand, and what is beside what.

use super::marks::{self, Marks};
use super::run::Run;
use std::ops::Range;

/// What is known of a line beside its words.
pub(super) struct Line {
    /// For each link whether its whole text is in quotation marks.
    pub quoted: Vec<bool>,
    /// For each link whether there are quotation marks in its text.
    pub marked: Vec<bool>,
    /// Where sentences begin.
    sentences: Vec<usize>,
}

impl Line {
    /// What is known of a run of text.
    pub fn new(run: &Run<'_>) -> Self {
        let (mut quoted, mut marked) = (Vec::new(), Vec::new());
        for (range, _) in &run.links {
            let text = run.text[range.clone()].trim();
            marked.push(Marks::new(text, 0, |_| false).next().is_some());
            quoted.push(marks::unquoted(text).is_some());
        }
        Line { quoted, marked, sentences: if run.links.is_empty() { vec![0] } else { sentences(&run.text) } }
    }

    /// Whether an offset is in a link whose whole text is in quotation marks.
    pub fn is_quoted(&self, run: &Run<'_>, at: usize) -> bool {
        let after = run.links.partition_point(|(range, _)| range.start <= at);
        after > 0 && self.quoted[after - 1] && run.links[after - 1].0.contains(&at)
    }

    /// The links that have a character in common with a range.
    pub fn touching<'r>(&self, run: &'r Run<'_>, range: &Range<usize>) -> impl Iterator<Item = usize> + 'r {
        let range = range.clone();
        let first = run.links.partition_point(|(link, _)| link.end <= range.start);
        (first..run.links.len()).take_while(move |at| run.links[*at].0.start < range.end)
    }

    /// The links that stand within a range.
    pub fn inside<'r>(&self, run: &'r Run<'_>, range: &Range<usize>) -> impl Iterator<Item = usize> + 'r {
        let (start, end) = (range.start, range.end);
        let is_inside = move |at: &usize| start < run.links[*at].0.start && run.links[*at].0.end < end;
        self.touching(run, range).filter(is_inside)
    }

    /// The sentence or sentences that a range stands in.
    pub fn sentence(&self, range: &Range<usize>) -> Range<usize> {
        let first = self.sentences.partition_point(|start| *start <= range.start).saturating_sub(1);
        let next = self.sentences.partition_point(|start| *start < range.end);
        let end = self.sentences.get(next).copied().unwrap_or(usize::MAX);
        self.sentences.get(first).copied().unwrap_or(0)..end
    }
}

/// Where sentences begin: after a full stop, a question or an exclamation mark, and a space.
fn sentences(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    for (at, mark) in text.match_indices(['.', '?', '!']) {
        let rest = text[at + mark.len()..].trim_start_matches(['”', '’', '"', '\'', ')', ']']);
        let words = rest.trim_start();
        let begins = words.chars().next().is_some_and(|c| !c.is_lowercase());
        if rest.len() > words.len() && begins {
            starts.push(text.len() - words.len());
        }
    }
    starts
}

/// Whether a text is nothing but white space and quotation marks.
pub(super) fn is_marks(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || marks::is_mark(c))
}

pub(super) fn is_punctuation(text: &str) -> bool {
    text.chars().all(|c| ".,;:!?)]”’\"'".contains(c))
}

/// Whether what stands between a quotation and a link parts them no further than a bracket or a dash.
pub(super) fn is_beside(between: &str) -> bool {
    let few = between.chars().filter(|c| !c.is_whitespace()).count() <= 3;
    let ends_a_sentence = between.contains(". ");
    few && !ends_a_sentence && between.chars().all(|c| c.is_whitespace() || "()[],;:—–-.".contains(c))
}
