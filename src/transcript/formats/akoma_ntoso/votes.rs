//! Votes that the head of a file counts: `voting` and `quorumVerification`, with a `count` for each side,
//! and a place in the body that their `href` names.
//!
//! Decided here: the counts stand after what is at that place, as a division that nobody spoke. The body
//! has them in words, or not at all, so that they are no words of the record; the sides are called what
//! the references call them. Counts that name no place, or that are all nought, stay where they are.

use crate::text::Span;
use crate::transcript::record::*;
use crate::transcript::xml::Element;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::{Reader, is_container};

/// One vote: the ids of places that it names, the best first; what its sides refer to or are called, and
/// how many each had.
pub(super) struct Voting {
    places: Vec<String>,
    counts: Vec<(String, u32)>,
}

/// The votes in the head of a file. Those whose counts are all nought counted nobody.
pub(super) fn votings(meta: Element<'_, '_>) -> Vec<Voting> {
    let votings = meta.descendants().filter(|inner| matches!(inner.name(), "voting" | "quorumVerification"));
    let read = |voting: Element<'_, '_>| {
        let place = |element: Element<'_, '_>| Some(element.stated("href")?.strip_prefix('#')?.to_owned());
        let mut places: Vec<_> = place(voting).into_iter().collect();
        let mut counts = Vec::new();
        for count in voting.elements().filter(|inner| matches!(inner.name(), "count" | "quorum")) {
            // A count may name the number in the words of the record.
            places.extend(place(count));
            let value = count.stated("value").and_then(|value| value.trim().parse().ok());
            let side = count.stated("refersTo").unwrap_or_else(|| count.name().into());
            counts.extend(value.map(|value| (side.trim().trim_start_matches('#').to_owned(), value)));
        }
        Voting { places, counts }
    };
    votings.map(read).filter(|voting| voting.counts.iter().any(|(_, value)| *value > 0)).collect()
}

/// The votes by the ids in the body that they name. Those that name none of them are left out.
pub(super) fn placed(votings: Vec<Voting>, body: Element<'_, '_>) -> HashMap<String, Vec<Voting>> {
    let mut placed: HashMap<String, Vec<Voting>> = HashMap::new();
    if !votings.is_empty() {
        let ids: HashSet<_> = body.descendants().filter_map(id_of).collect();
        for voting in votings {
            if let Some(place) = voting.places.iter().find(|place| ids.contains(place.as_str())).cloned() {
                placed.entry(place).or_default().push(voting);
            }
        }
    }
    placed
}

fn id_of<'s>(element: Element<'_, 's>) -> Option<Cow<'s, str>> {
    element.stated("eId").or_else(|| element.stated("id"))
}

impl<'s> Reader<'s> {
    /// The votes that were taken at an element of a section, or in it, now that it has been read. What a
    /// section holds has been asked one by one.
    pub(super) fn votes_at(&mut self, element: Element<'_, 's>) {
        if self.votings.is_empty() {
            return;
        }
        let depth = if is_container(element.name()) { 1 } else { usize::MAX };
        let ids = element.descendants().take(depth).filter_map(id_of);
        let votings: Vec<_> = ids.filter_map(|id| self.votings.remove(&*id)).flatten().collect();
        if votings.is_empty() {
            return;
        }
        self.blocks.procedural();
        let end = element.span().end as usize;
        let span = Span::new(end..end);
        for Voting { counts, .. } in votings {
            self.blocks.record.begin(Contribution::of(ContributionKind::Division, span));
            for (side, count) in counts {
                let side = self.sides.get(&side).map_or(side.as_str(), String::as_str);
                self.blocks.record.paragraph(Paragraph {
                    kind: counted(side, count),
                    nesting: Nesting::default(),
                    text: Text::Owned("".into()),
                    inlines: Box::default(),
                    language: None,
                    span,
                });
            }
            self.blocks.record.nobody_speaks();
        }
    }
}

/// A side of which the record has the count and no names.
pub(super) fn counted(side: &str, count: u32) -> ParagraphKind {
    let (names, tellers) = (Box::default(), Box::default());
    ParagraphKind::Votes(Box::new(Votes { side: side.into(), count: Some(count), names, tellers }))
}
