//! Which paragraph of an old revision is which of the new: equal paragraphs first, then splits and
//! merges, then, in the gaps between, those that share most of their words.

use super::tokens::{Token, tokens};
use crate::text::fold;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::HashMap;
use std::ops::Range;

/// A paragraph of a revision.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// Its words.
    pub text: &'a str,
    /// The name printed for whoever spoke them.
    pub speaker: Option<&'a str>,
    /// The id by which the source knows the speaker.
    pub id: Option<&'a str>,
}

impl Block<'_> {
    /// Whether the same person speaks: by the source's ids where both have one, else as printed.
    pub fn same_speaker(&self, other: &Block<'_>) -> bool {
        match (self.id, other.id) {
            (Some(one), Some(two)) if one == two => true,
            _ => self.speaker == other.speaker,
        }
    }
}

/// What became of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is in the new revision, word for word (folded), in its place.
    Same(usize),
    /// It is there word for word, elsewhere.
    Moved(usize),
    /// It is there with other words.
    Changed(usize),
    /// It was parted into these.
    Split(Range<usize>),
    /// It was joined, with others, into this one.
    Merged(usize),
    /// It is not there.
    Gone,
}

/// Paragraphs that share this much of their words are one paragraph, changed (Dice's coefficient).
const ALIKE: f32 = 0.5;
/// Where one paragraph stands between two neighbours in both revisions, so much is enough.
const ALIKE_BETWEEN: f32 = 0.3;
/// One that begins or ends as the other does, whole, is at least this much alike.
const ALIKE_IN_PART: f32 = 0.8;
/// Two paragraphs of different speakers are less alike by this factor.
const OTHER_SPEAKER: f32 = 0.7;
/// Gaps with no more pairs than this are compared pair by pair; larger ones by their rarer words.
const ALL_PAIRS: usize = 4096;
/// A word that stands in more paragraphs of a gap than this tells little.
const COMMON: usize = 8;
/// A paragraph is parted into, or joined from, no more than this many.
const PARTS: usize = 12;

/// Aligns two revisions: what became of each old paragraph. Takes time in proportion to the length of
/// both, whatever changed.
pub fn align(old: &[Block<'_>], new: &[Block<'_>]) -> Vec<Fate> {
    let mut aligner = Aligner {
        old,
        new,
        old_folded: old.iter().map(|block| fold(block.text).text().to_owned()).collect(),
        new_folded: new.iter().map(|block| fold(block.text).text().to_owned()).collect(),
        fates: vec![Fate::Gone; old.len()],
        taken: vec![false; new.len()],
    };
    let ops = capture_diff_slices(Algorithm::Patience, &aligner.old_folded, &aligner.new_folded);
    let mut gaps = Vec::new();
    let (mut gap_old, mut gap_new) = (0, 0);
    for op in ops {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            gaps.push((gap_old..old_index, gap_new..new_index));
            for at in 0..len {
                aligner.take(old_index + at, Fate::Same(new_index + at), new_index + at);
            }
            (gap_old, gap_new) = (old_index + len, new_index + len);
        }
    }
    gaps.push((gap_old..old.len(), gap_new..new.len()));
    for (old, new) in gaps {
        aligner.parts(old.clone(), new.clone());
        aligner.alike(old, new);
    }
    aligner.twins();
    aligner.fates
}

struct Aligner<'a> {
    old: &'a [Block<'a>],
    new: &'a [Block<'a>],
    old_folded: Vec<String>,
    new_folded: Vec<String>,
    fates: Vec<Fate>,
    taken: Vec<bool>,
}

impl Aligner<'_> {
    fn take(&mut self, old: usize, fate: Fate, new: usize) {
        self.fates[old] = fate;
        self.taken[new] = true;
    }

    /// Paragraphs that are the concatenation of several of the other revision.
    fn parts(&mut self, old: Range<usize>, new: Range<usize>) {
        if old.is_empty() || new.is_empty() {
            return;
        }
        let firsts = |texts: &[String], range: Range<usize>| -> HashMap<String, Vec<usize>> {
            let mut firsts: HashMap<String, Vec<usize>> = HashMap::new();
            for at in range {
                firsts.entry(beginning(&texts[at])).or_default().push(at);
            }
            firsts
        };
        let new_firsts = firsts(&self.new_folded, new.clone());
        for at in old.clone() {
            // A short first part has a beginning of its own.
            let starts = beginnings(&self.old_folded[at]).filter_map(|start| new_firsts.get(start)).flatten();
            let run = starts.filter_map(|&first| run(&self.old_folded[at], &self.new_folded, first..new.end));
            if let Some(run) =
                run.filter(|run| self.taken[run.clone()].iter().all(|taken| !taken)).min_by_key(|r| r.start)
            {
                self.taken[run.clone()].iter_mut().for_each(|taken| *taken = true);
                self.fates[at] = Fate::Split(run);
            }
        }
        let old_firsts = firsts(&self.old_folded, old.clone());
        for at in new {
            if self.taken[at] {
                continue;
            }
            let starts = beginnings(&self.new_folded[at]).filter_map(|start| old_firsts.get(start)).flatten();
            let mut runs =
                starts.filter_map(|&first| run(&self.new_folded[at], &self.old_folded, first..old.end));
            if let Some(run) = runs.find(|run| self.fates[run.clone()].iter().all(|fate| *fate == Fate::Gone))
            {
                self.taken[at] = true;
                self.fates[run].iter_mut().for_each(|fate| *fate = Fate::Merged(at));
            }
        }
    }

    /// Pairs of paragraphs that share most of their words, in order: the heaviest chain of them.
    fn alike(&mut self, old: Range<usize>, new: Range<usize>) {
        let old: Vec<usize> = old.filter(|at| self.fates[*at] == Fate::Gone).collect();
        let new: Vec<usize> = new.filter(|at| !self.taken[*at]).collect();
        if old.is_empty() || new.is_empty() {
            return;
        }
        let bags = |texts: &[String], which: &[usize]| -> Vec<Vec<u64>> {
            which.iter().map(|at| bag(&texts[*at])).collect()
        };
        let (old_bags, new_bags) = (bags(&self.old_folded, &old), bags(&self.new_folded, &new));
        let enough = if old.len() == 1 && new.len() == 1 { ALIKE_BETWEEN } else { ALIKE };
        let mut pairs = Vec::new();
        let mut weigh = |i: usize, j: usize| {
            let score = self.likeness(old[i], new[j], &old_bags[i], &new_bags[j]);
            if score >= enough {
                pairs.push(Pair { old: i, new: j, score });
            }
        };
        if old.len() * new.len() <= ALL_PAIRS {
            for i in 0..old.len() {
                (0..new.len()).for_each(|j| weigh(i, j));
            }
        } else {
            for (i, j) in candidates(&old_bags, &new_bags) {
                weigh(i, j);
            }
        }
        for Pair { old: i, new: j, .. } in heaviest(pairs, new.len()) {
            self.take(old[i], Fate::Changed(new[j]), new[j]);
        }
    }

    fn likeness(&self, old: usize, new: usize, old_bag: &[u64], new_bag: &[u64]) -> f32 {
        let shared = shared(old_bag, new_bag) as f32;
        let total = (old_bag.len() + new_bag.len()).max(1) as f32;
        let mut score = 2.0 * shared / total;
        let (one, two) = (&self.old_folded[old], &self.new_folded[new]);
        let (short, long) = if one.len() < two.len() { (one, two) } else { (two, one) };
        if short.len() >= 12 && (long.starts_with(short.as_str()) || long.ends_with(short.as_str())) {
            score = score.max(ALIKE_IN_PART);
        }
        if !self.old[old].same_speaker(&self.new[new]) {
            score *= OTHER_SPEAKER;
        }
        score
    }

    /// Of what is left over, words that stand once in each revision have moved.
    fn twins(&mut self) {
        let mut left: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for (at, fate) in self.fates.iter().enumerate() {
            if *fate == Fate::Gone {
                left.entry(&self.old_folded[at]).or_default().0.push(at);
            }
        }
        for (at, taken) in self.taken.iter().enumerate() {
            if !taken && let Some((_, new)) = left.get_mut(self.new_folded[at].as_str()) {
                new.push(at);
            }
        }
        let moved: Vec<(usize, usize)> = left
            .into_values()
            .filter_map(|(old, new)| match (old.as_slice(), new.as_slice()) {
                ([old], [new]) => Some((*old, *new)),
                _ => None,
            })
            .collect();
        for (old, new) in moved {
            self.take(old, Fate::Moved(new), new);
        }
    }
}

/// The first bytes of a folded text: what a first part is looked up by.
fn beginning(text: &str) -> String {
    text[..text.floor_char_boundary(24)].to_owned()
}

/// What the beginning of a first part of a text may be: its first bytes, or all of a shorter part.
fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    let end = text.floor_char_boundary(24);
    let spaces = text[..end].match_indices(' ').map(|(at, _)| &text[..at]);
    spaces.chain(std::iter::once(&text[..end]))
}

/// The run of `texts` from the first of `range` whose concatenation, with a space between, is `whole`.
fn run(whole: &str, texts: &[String], range: Range<usize>) -> Option<Range<usize>> {
    let mut rest = whole;
    for at in range.clone().take(PARTS) {
        if texts[at].is_empty() {
            return None;
        }
        rest = rest.strip_prefix(texts[at].as_str())?;
        if rest.is_empty() {
            return (at > range.start).then_some(range.start..at + 1);
        }
        rest = rest.strip_prefix(' ').unwrap_or(rest);
    }
    None
}

/// The words of a folded text as hashes, sorted.
fn bag(text: &str) -> Vec<u64> {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let hash = |word: &str| {
        let mut hasher = DefaultHasher::new();
        word.hash(&mut hasher);
        hasher.finish()
    };
    let mut bag: Vec<u64> =
        tokens(text).filter(Token::is_word).map(|token| hash(&text[token.range])).collect();
    bag.sort_unstable();
    bag
}

/// How many words two sorted bags have in common.
fn shared(one: &[u64], two: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < one.len() && j < two.len() {
        match one[i].cmp(&two[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, count) = (i + 1, j + 1, count + 1);
            }
        }
    }
    count
}

/// Pairs that share rarer words: for each old paragraph, the few new ones that share most of them.
fn candidates(old: &[Vec<u64>], new: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (at, bag) in new.iter().enumerate() {
        for word in bag {
            let places = places.entry(*word).or_default();
            if places.last() != Some(&at) && places.len() <= COMMON {
                places.push(at);
            }
        }
    }
    let mut pairs = Vec::new();
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for (at, bag) in old.iter().enumerate() {
        counts.clear();
        for places in bag.iter().filter_map(|word| places.get(word)).filter(|places| places.len() <= COMMON) {
            for place in places {
                *counts.entry(*place).or_default() += 1;
            }
        }
        let mut best: Vec<_> =
            counts.iter().map(|(place, count)| (std::cmp::Reverse(*count), *place)).collect();
        best.sort_unstable();
        pairs.extend(best.into_iter().take(4).map(|(_, place)| (at, place)));
    }
    pairs
}

#[derive(Clone, Copy)]
struct Pair {
    old: usize,
    new: usize,
    score: f32,
}

/// The chain of pairs, rising in both revisions, with the greatest sum of likenesses: a maximum over
/// prefixes kept in a Fenwick tree.
fn heaviest(mut pairs: Vec<Pair>, width: usize) -> Vec<Pair> {
    // Of one old paragraph the later new one first, so that none follows another of the same.
    pairs.sort_by(|a, b| a.old.cmp(&b.old).then(b.new.cmp(&a.new)));
    let mut best: Vec<Option<(f32, usize)>> = vec![None; width + 1];
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (number, pair) in pairs.iter().enumerate() {
        let mut prefix: Option<(f32, usize)> = None;
        let mut at = pair.new;
        while at > 0 {
            if best[at].is_some_and(|(sum, _)| prefix.is_none_or(|(known, _)| sum > known)) {
                prefix = best[at];
            }
            at &= at - 1;
        }
        let sum = pair.score + prefix.map_or(0.0, |(sum, _)| sum);
        before.push(prefix.map(|(_, number)| number));
        let mut at = pair.new + 1;
        while at <= width {
            if best[at].is_none_or(|(known, _)| sum > known) {
                best[at] = Some((sum, number));
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut last: Option<(f32, usize)> = None;
    let mut at = width;
    while at > 0 {
        if best[at].is_some_and(|(sum, _)| last.is_none_or(|(known, _)| sum > known)) {
            last = best[at];
        }
        at &= at - 1;
    }
    let mut chain = Vec::new();
    let mut next = last.map(|(_, number)| number);
    while let Some(number) = next {
        chain.push(pairs[number]);
        next = before[number];
    }
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn blocks<'a>(texts: &[&'a str]) -> Vec<Block<'a>> {
        texts.iter().map(|text| Block { text, speaker: Some("A"), id: None }).collect()
    }

    fn fates(old: &[&str], new: &[&str]) -> Vec<Fate> {
        align(&blocks(old), &blocks(new))
    }

    #[test]
    fn equal_paragraphs_are_the_same_whatever_stands_between() {
        let old = ["One is here.", "Two is here.", "Three is here."];
        assert_eq!(fates(&old, &["One is here.", "New words.", "Three is here."])[2], Fate::Same(2));
        assert_eq!(fates(&old, &[]), [Fate::Gone, Fate::Gone, Fate::Gone]);
    }

    #[test]
    fn splits_and_merges_are_told_by_concatenation() {
        let whole = "First point. Second point stands.";
        assert_eq!(fates(&[whole], &["First point.", "Second point stands."]), [Fate::Split(0..2)]);
        let parts = ["First point.", "Second point stands."];
        assert_eq!(fates(&parts, &[whole]), [Fate::Merged(0), Fate::Merged(0)]);
    }

    #[test]
    fn a_changed_paragraph_is_the_one_that_shares_its_words_and_its_place() {
        let old = ["Opening words here.", "We will publish the data. That is firm."];
        let new = ["Opening words here. He said, We will publish the data. I doubt it."];
        assert_eq!(fates(&old, &new), [Fate::Changed(0), Fate::Gone]);
        let new = [new[0], "We shall publish the data. That is firm."];
        assert_eq!(fates(&old, &new), [Fate::Changed(0), Fate::Changed(1)]);
    }

    #[test]
    fn words_that_stand_once_in_each_revision_have_moved() {
        let old = ["Alpha beta gamma.", "Delta epsilon zeta.", "Eta theta iota."];
        let new = [old[1], old[2], old[0]];
        let fates = fates(&old, &new);
        assert!(fates.contains(&Fate::Moved(2)) || fates.contains(&Fate::Moved(0)), "{fates:?}");
        assert!(!fates.contains(&Fate::Gone));
    }

    #[test]
    fn large_gaps_are_aligned_by_their_rarer_words() {
        let old: Vec<String> =
            (0..300).map(|n| format!("Paragraph number{n} says word{n} of the matter.")).collect();
        let new: Vec<String> =
            (0..300).map(|n| format!("Paragraph number{n} said word{n} of this matter.")).collect();
        let (old, new): (Vec<_>, Vec<_>) =
            (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
        let fates = fates(&old, &new);
        assert!(fates.iter().enumerate().all(|(at, fate)| *fate == Fate::Changed(at)));
    }

    proptest! {
        #[test]
        fn no_new_paragraph_is_given_twice_and_a_revision_is_itself(
            old in prop::collection::vec("[a-c]{1,3}( [a-c]{1,3}){0,6}", 0..14),
            new in prop::collection::vec("[a-c]{1,3}( [a-c]{1,3}){0,6}", 0..14),
        ) {
            let old: Vec<&str> = old.iter().map(String::as_str).collect();
            let new: Vec<&str> = new.iter().map(String::as_str).collect();
            prop_assert!(fates(&old, &old).iter().enumerate().all(|(at, fate)| *fate == Fate::Same(at)));
            let mut seen = vec![0; new.len()];
            let mut merged = std::collections::BTreeSet::new();
            for fate in fates(&old, &new) {
                match fate {
                    Fate::Same(at) | Fate::Moved(at) | Fate::Changed(at) => seen[at] += 1,
                    Fate::Split(run) => run.for_each(|at| seen[at] += 1),
                    Fate::Merged(at) => drop(merged.insert(at)),
                    Fate::Gone => {}
                }
            }
            merged.into_iter().for_each(|at| seen[at] += 1);
            prop_assert!(seen.iter().all(|count| *count <= 1));
        }
    }
}
