//! Which contribution of an old revision is which of the new: told from its paragraphs and its speaker.
//!
//! - A contribution goes where its paragraphs go, with the same speaker if there is such a place.
//! - One that was parted (an interjection came in, a part was given to somebody else) goes on in the
//!   first part with its speaker; the later parts are new.
//! - Of several that were joined the first goes on; the others are gone.
//! - One that was given to another speaker as a whole keeps its id, since its words are the same: what
//!   stands on it is reported as misattributed, the import lists it.

use super::ids::heir;
use crate::anchor::Fate;
use std::ops::Range;

/// A contribution of a revision: its paragraphs and who spoke.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<'a> {
    /// The indexes of its paragraphs.
    pub paragraphs: Range<usize>,
    /// The name printed.
    pub speaker: Option<&'a str>,
}

/// For each old contribution the new one that it goes on in. No new one is given twice.
pub fn contribution_heirs(old: &[Said<'_>], new: &[Said<'_>], fates: &[Fate]) -> Vec<Option<usize>> {
    let mut holder = vec![0; new.last().map_or(0, |last| last.paragraphs.end)];
    for (at, said) in new.iter().enumerate() {
        holder[said.paragraphs.clone()].fill(at);
    }
    let places: Vec<Vec<usize>> = old
        .iter()
        .map(|said| {
            let mut places: Vec<usize> =
                fates[said.paragraphs.clone()].iter().filter_map(heir).map(|at| holder[at]).collect();
            places.sort_unstable();
            places.dedup();
            places
        })
        .collect();
    let mut heirs = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    // Those with the same speaker first: words given to somebody else don't take a contribution from its own.
    for same_speaker in [true, false] {
        for (at, said) in old.iter().enumerate() {
            if heirs[at].is_some() {
                continue;
            }
            let mut free = places[at]
                .iter()
                .filter(|place| !taken[**place] && (new[**place].speaker == said.speaker) == same_speaker);
            if let Some(place) = free.next() {
                heirs[at] = Some(*place);
                taken[*place] = true;
            }
        }
    }
    heirs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Block, align};

    /// Contributions as `Speaker: paragraph | paragraph`.
    fn heirs(old: &[&str], new: &[&str]) -> Vec<Option<usize>> {
        fn read<'a>(texts: &[&'a str]) -> (Vec<Said<'a>>, Vec<Block<'a>>) {
            let (mut said, mut blocks) = (Vec::new(), Vec::new());
            for text in texts {
                let (speaker, words) = text.split_once(": ").expect("a speaker");
                let start = blocks.len();
                blocks.extend(words.split(" | ").map(|text| Block {
                    text,
                    speaker: Some(speaker),
                    id: None,
                }));
                said.push(Said { paragraphs: start..blocks.len(), speaker: Some(speaker) });
            }
            (said, blocks)
        }
        let ((old, old_blocks), (new, new_blocks)) = (read(old), read(new));
        contribution_heirs(&old, &new, &align(&old_blocks, &new_blocks))
    }

    #[test]
    fn an_inserted_contribution_moves_no_other() {
        let old = ["Ann: Alpha is one.", "Bob: Beta is two."];
        assert_eq!(heirs(&old, &[old[0], "Cat: Gamma is three.", old[1]]), [Some(0), Some(2)]);
        assert_eq!(heirs(&old, &[old[1]]), [None, Some(0)]);
    }

    #[test]
    fn an_interjection_parts_a_contribution_whose_first_part_goes_on() {
        let old = ["Ann: Alpha is one. | Beta is two.", "Bob: Gamma is three."];
        let new = ["Ann: Alpha is one.", "Cat: Oh no!", "Ann: Beta is two.", old[1]];
        assert_eq!(heirs(&old, &new), [Some(0), Some(3)]);
    }

    #[test]
    fn of_joined_contributions_the_first_goes_on() {
        let old = ["Ann: Alpha is one.", "Cat: Oh no!", "Ann: Beta is two."];
        assert_eq!(heirs(&old, &["Ann: Alpha is one. | Beta is two."]), [Some(0), None, None]);
    }

    #[test]
    fn a_contribution_stays_with_its_speaker_and_goes_to_another_only_whole() {
        let old = ["Ann: Alpha is one. | Beta is two."];
        assert_eq!(heirs(&old, &["Bob: Alpha is one.", "Ann: Beta is two."]), [Some(1)]);
        assert_eq!(heirs(&old, &["Bob: Alpha is one. | Beta is two."]), [Some(0)]);
        let two = ["Ann: Alpha is one.", "Bob: Beta is two."];
        assert_eq!(heirs(&two, &["Bob: Alpha is one. | Beta is two."]), [None, Some(0)]);
    }
}
