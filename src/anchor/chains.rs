//! The ways of placing the parts of an elided quotation one after the other, counted without
//! listing them.

use std::ops::Range;

/// For each part its occurrences in one stretch, in order of their starts and of their ends.
pub(super) type Hits = Vec<Vec<Range<usize>>>;

/// A count for each hit of each part.
type Counts = Vec<Vec<usize>>;

/// The ways through some hits. Counts stop at `usize::MAX`.
pub(super) struct Chains<'h> {
    hits: &'h [Vec<Range<usize>>],
    /// Ways to place the parts up to each hit.
    ending: Counts,
    /// Ways to place the parts from each hit on.
    starting: Counts,
}

impl<'h> Chains<'h> {
    /// Counts them; linear in the number of hits.
    pub(super) fn new(hits: &'h [Vec<Range<usize>>]) -> Self {
        Chains { hits, ending: ending(hits), starting: starting(hits) }
    }

    /// How many ways there are.
    pub(super) fn ways(&self) -> usize {
        self.ending.last().map_or(0, |counts| sum(counts))
    }

    /// The hits of the first part that some way begins with, and how many ways begin with each.
    pub(super) fn firsts(&self) -> impl Iterator<Item = (&'h Range<usize>, usize)> + '_ {
        let counts = self.hits.iter().zip(&self.starting).take(1);
        counts.flat_map(|(hits, ways)| hits.iter().zip(ways.iter().copied())).filter(|(_, ways)| *ways > 0)
    }

    /// The hits of the last part that some way ends with, and how many ways end with each.
    pub(super) fn lasts(&self) -> impl Iterator<Item = (&'h Range<usize>, usize)> + '_ {
        let counts = self.hits.iter().zip(&self.ending).rev().take(1);
        counts.flat_map(|(hits, ways)| hits.iter().zip(ways.iter().copied())).filter(|(_, ways)| *ways > 0)
    }

    /// Up to `limit` ways, each with a different place for the first part that has a choice.
    pub(super) fn examples(&self, limit: usize) -> Vec<Vec<Range<usize>>> {
        let parts = self.hits.len();
        let usable = |part: usize| {
            let ways = self.ending[part].iter().zip(&self.starting[part]);
            self.hits[part]
                .iter()
                .zip(ways)
                .filter(|(_, (to, from))| **to > 0 && **from > 0)
                .map(|(hit, _)| hit)
        };
        let Some(choice) = (0..parts).find(|part| usable(*part).nth(1).is_some()).or(parts.checked_sub(1))
        else {
            return Vec::new();
        };
        let chain = |chosen: &Range<usize>| {
            let mut chain: Vec<_> = (0..choice).filter_map(|part| usable(part).next().cloned()).collect();
            chain.push(chosen.clone());
            for part in choice + 1..parts {
                let end = chain.last().map_or(0, |hit| hit.end);
                let from = self.hits[part].partition_point(|hit| hit.start < end);
                chain.extend(self.hits[part].get(from).cloned());
            }
            chain
        };
        usable(choice).take(limit).map(chain).collect()
    }

    /// A way in which at least one part fulfils `wanted`.
    pub(super) fn with(&self, wanted: impl Fn(&Range<usize>) -> bool) -> Option<Vec<Range<usize>>> {
        for (part, hits) in self.hits.iter().enumerate() {
            let chosen = (0..hits.len()).find(|hit| {
                self.ending[part][*hit] > 0 && self.starting[part][*hit] > 0 && wanted(&hits[*hit])
            });
            let Some(chosen) = chosen else { continue };
            let mut chain = vec![hits[chosen].clone()];
            for earlier in self.hits[..part].iter().rev() {
                let start = chain[0].start;
                let before = earlier.partition_point(|hit| hit.end <= start);
                chain.insert(0, earlier[before.checked_sub(1)?].clone());
            }
            for later in &self.hits[part + 1..] {
                let end = chain.last().map_or(0, |hit| hit.end);
                chain.push(later.get(later.partition_point(|hit| hit.start < end))?.clone());
            }
            return Some(chain);
        }
        None
    }
}

fn sum(counts: &[usize]) -> usize {
    counts.iter().fold(0, |sum, count| sum.saturating_add(*count))
}

fn ending(hits: &[Vec<Range<usize>>]) -> Counts {
    let mut counts: Counts = Vec::with_capacity(hits.len());
    for (part, here) in hits.iter().enumerate() {
        let Some(previous) = part.checked_sub(1) else {
            counts.push(vec![1; here.len()]);
            continue;
        };
        let (mut passed, mut ways) = (0, 0usize);
        let row = here.iter().map(|hit| {
            while hits[previous].get(passed).is_some_and(|earlier| earlier.end <= hit.start) {
                ways = ways.saturating_add(counts[previous][passed]);
                passed += 1;
            }
            ways
        });
        let row = row.collect();
        counts.push(row);
    }
    counts
}

fn starting(hits: &[Vec<Range<usize>>]) -> Counts {
    let mut counts: Counts = Vec::with_capacity(hits.len());
    for (part, here) in hits.iter().enumerate().rev() {
        let Some(next) = hits.get(part + 1) else {
            counts.push(vec![1; here.len()]);
            continue;
        };
        let next_counts = counts.last().map_or(&[][..], |row| &row[..]);
        let (mut left, mut ways) = (next.len(), 0usize);
        let row = here.iter().rev().map(|hit| {
            while left > 0 && next[left - 1].start >= hit.end {
                left -= 1;
                ways = ways.saturating_add(next_counts[left]);
            }
            ways
        });
        let mut row: Vec<usize> = row.collect();
        row.reverse();
        counts.push(row);
    }
    counts.reverse();
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slowly(hits: &[Vec<Range<usize>>], from: usize) -> usize {
        let Some((first, rest)) = hits.split_first() else { return 1 };
        first.iter().filter(|hit| hit.start >= from).map(|hit| slowly(rest, hit.end)).sum()
    }

    fn some_hits() -> impl Strategy<Value = Hits> {
        let part = (proptest::collection::btree_set(0usize..20, 0..6), 1usize..4)
            .prop_map(|(starts, len)| starts.into_iter().map(|start| start..start + len).collect());
        proptest::collection::vec(part, 1..4)
    }

    proptest! {
        #[test]
        fn the_count_is_that_of_trying_them_all(hits in some_hits()) {
            let chains = Chains::new(&hits);
            let ways = slowly(&hits, 0);
            prop_assert_eq!(chains.ways(), ways);
            prop_assert_eq!(chains.firsts().map(|(_, ways)| ways).sum::<usize>(), ways);
            prop_assert_eq!(chains.lasts().map(|(_, ways)| ways).sum::<usize>(), ways);
        }

        #[test]
        fn every_example_is_a_way(hits in some_hits()) {
            let chains = Chains::new(&hits);
            let examples = chains.examples(100);
            prop_assert_eq!(examples.is_empty(), chains.ways() == 0);
            prop_assert!(examples.len() > 1 || chains.ways() <= 1);
            for chain in examples.iter().chain(&chains.with(|hit| hit.start > 5)) {
                prop_assert_eq!(chain.len(), hits.len());
                prop_assert!(chain.windows(2).all(|pair| pair[0].end <= pair[1].start));
            }
        }
    }
}
