//! Lists of units: where a word stands, or what a facet holds. Units go up; each has an impact, which
//! says how much of the unit the word makes up.

use super::bytes::{put, take};

/// A list whose bytes are more than this is put out in parts of its own.
pub const LONG: usize = 12 << 10;
/// How many units of a long list are in its first part, those of the highest impact.
const BEST: usize = 4096;
/// The other parts of a long list hold the units of this many numbers.
pub const PART: usize = 1 << 15;

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

/// The parts of a long list: the best units, then all by their numbers. A list without impacts has no
/// best ones. Each part with the number that its units are counted from.
pub fn parts(postings: &[Posting], impacts: Impacts) -> Vec<(usize, Vec<Posting>)> {
    let mut parts = Vec::new();
    if impacts == Impacts::Written {
        let mut counts = [0; 16];
        postings.iter().for_each(|posting| counts[usize::from(posting.impact)] += 1);
        let mut sum = 0;
        // The lowest impact down to which all fit; the highest has to be in whatever its number.
        let lowest = (0..16u8).rev().take_while(|at| {
            sum += counts[usize::from(*at)];
            sum <= BEST
        });
        let lowest = lowest.last();
        let best = |posting: &&Posting| lowest.is_some_and(|lowest| posting.impact >= lowest);
        parts.push((0, postings.iter().filter(best).copied().collect()));
    }
    let part = |posting: &Posting| posting.unit as usize / PART;
    parts.extend(postings.chunk_by(|a, b| part(a) == part(b)).map(|chunk| (part(&chunk[0]), chunk.to_vec())));
    parts
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
            let again: Vec<Posting> = parts.iter().skip(1).flat_map(|(_, part)| part.clone()).collect();
            prop_assert_eq!(again, list);
        }
    }
}
