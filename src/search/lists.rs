//! Lists of units: where a word stands, or what a facet holds. Units go up; each has an impact, which
//! says how much of the unit the word makes up.

use super::bytes::{put, take};

/// A list whose bytes are more than this is put out in parts of its own.
pub const LONG: usize = 12 << 10;
/// How many units of a long list are in its first part, those of the highest impact.
const BEST: usize = 4096;
/// The other parts of a long list end at multiples of this number, once they have [`ENOUGH`] units: so
/// none has more than the two together, which is well below 100 kB.
const BLOCK: usize = 1 << 15;
const ENOUGH: usize = 1 << 14;

/// A unit that a word stands in, and its impact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Posting {
    /// The unit's number.
    pub unit: u32,
    /// 0 to 15.
    pub impact: u8,
}

/// Whether impacts are written: a facet has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Impacts {
    /// They are.
    Written,
    /// All are the same.
    None,
}

/// How much of a unit a word makes up: `count` of its `length` words, the unit being of at least 50. It
/// grows with the count, ever more slowly (as in BM25), and length counts by half octaves, so that a word
/// more or less changes nothing.
pub fn impact(count: u32, length: u32) -> u8 {
    let length = length.clamp(50, 1 << 20);
    let octave = length.ilog2();
    let half = (length >> (octave - 1)) & 1;
    let rounded = (2 + half) << (octave - 1);
    let damping = 90 + 60 * rounded / 100;
    (1600 * count / (100 * count + damping)).min(15) as u8
}

/// A list as bytes: the units as steps from one to the next, then the impacts, two to a byte.
pub fn encode(postings: &[Posting], impacts: Impacts) -> Vec<u8> {
    let mut out = Vec::with_capacity(postings.len() * 2);
    let mut last = 0;
    for posting in postings {
        put(&mut out, (posting.unit - last) as usize);
        last = posting.unit;
    }
    if impacts == Impacts::Written {
        let pair = |pair: &[Posting]| pair[0].impact | pair.get(1).map_or(0, |second| second.impact << 4);
        out.extend(postings.chunks(2).map(pair));
    }
    out
}

/// The list of `count` units that `bytes` begin with.
pub fn decode(mut bytes: &[u8], count: usize, impacts: Impacts) -> Vec<Posting> {
    let mut unit = 0;
    let mut postings: Vec<Posting> = (0..count)
        .map(|_| {
            unit += take(&mut bytes) as u32;
            Posting { unit, impact: 0 }
        })
        .collect();
    if impacts == Impacts::Written {
        for (pair, byte) in postings.chunks_mut(2).zip(bytes) {
            pair[0].impact = byte & 15;
            if let Some(second) = pair.get_mut(1) {
                second.impact = byte >> 4;
            }
        }
    }
    postings
}

/// A long list in parts.
#[derive(Debug, PartialEq, Eq)]
pub struct Parts {
    /// The units of the highest impact. A list without impacts has none.
    pub best: Vec<Posting>,
    /// The impact that all others count as.
    pub rest: u8,
    /// All units, by their numbers and without their impacts, each part with the block that it begins with.
    pub all: Vec<(usize, Vec<Posting>)>,
}

/// The parts of a long list. Readers look at the best; of the others it is enough where they stand.
pub fn parts(postings: &[Posting], impacts: Impacts) -> Parts {
    let (mut best, mut rest) = (Vec::new(), 0);
    if impacts == Impacts::Written {
        // The highest impact first, of equal ones the latest unit: the order that readers get.
        let mut order: Vec<&Posting> = postings.iter().collect();
        order.sort_unstable_by_key(|posting| std::cmp::Reverse((posting.impact, posting.unit)));
        order.truncate(BEST);
        rest = order.last().map_or(0, |last| last.impact.div_ceil(2));
        best.extend(order);
        best.sort_unstable();
    }
    let block = |posting: &Posting| posting.unit as usize / BLOCK;
    let mut held = 0;
    let chunks = postings.chunk_by(|a, b| {
        held += 1;
        let goes_on = held < ENOUGH || block(a) == block(b);
        held *= usize::from(goes_on);
        goes_on
    });
    let all = chunks.map(|chunk| (block(&chunk[0]), chunk.to_vec())).collect();
    Parts { best, rest, all }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_speech_about_the_word_has_more_impact_than_a_mention() {
        assert!(impact(10, 600) > impact(1, 600));
        assert!(impact(5, 300) > impact(1, 5), "a long speech about it, over a shout");
        assert!(impact(1, 50) > impact(1, 2000));
        assert_eq!(impact(1, 2), impact(1, 50));
        assert_eq!(impact(u32::from(u16::MAX), 50), 15);
        assert!(impact(1, u32::MAX) < 2);
    }

    proptest! {
        #[test]
        fn a_list_reads_back(
            units in prop::collection::btree_set(0u32..200_000, 0..300),
            impacts in prop::collection::vec(0u8..16, 300),
        ) {
            let list: Vec<Posting> =
                units.into_iter().zip(impacts).map(|(unit, impact)| Posting { unit, impact }).collect();
            let bytes = encode(&list, Impacts::Written);
            prop_assert_eq!(&decode(&bytes, list.len(), Impacts::Written), &list);
            let parts = parts(&list, Impacts::Written);
            let all: Vec<Posting> = parts.all.into_iter().flat_map(|(_, part)| part).collect();
            prop_assert_eq!(&all, &list);
            prop_assert!(parts.best.iter().all(|best| best.impact >= parts.rest));
            prop_assert_eq!(parts.best.len(), list.len().min(BEST));
        }
    }
}
