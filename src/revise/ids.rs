//! The ids of a new revision's parts, paragraphs and contributions: those of the old where a part is
//! still there, new ones between them, none twice.

use super::lock::LockedPart;
use crate::anchor::Fate;
use crate::model::PartId;
use std::collections::{BTreeMap, BTreeSet};

/// The parts of a new revision with their ids, and those that are gone.
#[derive(Debug, PartialEq, Eq)]
pub struct Carried<I> {
    /// The new revision's, in order.
    pub ids: Vec<I>,
    /// Every part that was and is no more.
    pub retired: Vec<LockedPart>,
}

/// The paragraph that has the id of one of this fate: of one that was parted the first part.
pub fn heir(fate: &Fate) -> Option<usize> {
    match fate {
        Fate::Same(at) | Fate::Moved(at) | Fate::Changed(at) | Fate::Merged(at) => Some(*at),
        Fate::Split(run) => Some(run.start),
        Fate::Gone => None,
    }
}

/// Carries ids over. `old` are the old revision's parts, `heirs` the new part that each became, `words`
/// the fingerprints of the new revision's; `retired` were gone before.
///
/// A part that is gone leaves its id to nothing but the very same words. One that comes in between two
/// gets a letter after the number before it (`p7a`); one that comes at the end a number. Where two
/// became one, it has the id of the first.
pub fn carry_ids<I: PartId>(
    old: &[(I, String)],
    heirs: &[Option<usize>],
    words: &[String],
    retired: &[LockedPart],
) -> Carried<I> {
    let mut ids: Vec<Option<I>> = vec![None; words.len()];
    // Of paragraphs and contributions, which share the list, those of this kind.
    let mut gone: Vec<LockedPart> =
        retired.iter().filter(|gone| gone.id.parse::<I>().is_ok()).cloned().collect();
    for ((id, words), heir) in old.iter().zip(heirs) {
        match heir {
            Some(at) if ids[*at].is_none() => ids[*at] = Some(*id),
            _ => gone.push(LockedPart { id: id.to_string(), words: words.clone() }),
        }
    }
    come_back(&mut ids, words, &mut gone);
    let known: BTreeSet<I> =
        old.iter().map(|(id, _)| *id).chain(gone.iter().filter_map(|gone| gone.id.parse().ok())).collect();
    let mut last_number = known.iter().map(|id| id.number()).max().unwrap_or(0);
    let mut letters: BTreeMap<u32, u16> = BTreeMap::new();
    for id in &known {
        let most = letters.entry(id.number()).or_default();
        *most = (*most).max(id.insertion());
    }
    // Numbers go on only where no part of the old revision follows.
    let last_known = ids.iter().rposition(Option::is_some);
    let first_number = ids.iter().flatten().next().map_or(1, |id| id.number());
    let mut before = first_number;
    let given = ids.iter().enumerate().map(|(at, id)| {
        let id = match id {
            Some(id) => *id,
            None if last_known.is_none_or(|last| at > last) => {
                last_number += 1;
                I::new(last_number).expect("numbers begin at 1")
            }
            None => {
                let most = letters.entry(before).or_default();
                *most = most.saturating_add(1);
                I::new(before).expect("numbers begin at 1").inserted(*most)
            }
        };
        before = id.number();
        id
    });
    Carried { ids: given.collect(), retired: gone }
}

/// A new part with the very words of one that was gone is that one, where there is one of each.
fn come_back<I: PartId>(ids: &mut [Option<I>], words: &[String], gone: &mut Vec<LockedPart>) {
    let mut places: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, words) in words.iter().enumerate().filter(|(at, _)| ids[*at].is_none()) {
        places.entry(words).or_default().push(at);
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    gone.iter().for_each(|gone| *counts.entry(gone.words.clone()).or_default() += 1);
    gone.retain(|gone| match places.get(gone.words.as_str()).map(Vec::as_slice) {
        Some([at]) if counts[&gone.words] == 1 && ids[*at].is_none() => {
            ids[*at] = gone.id.parse().ok();
            ids[*at].is_none()
        }
        _ => true,
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::anchor::{Block, align};
    use crate::model::{ParagraphId, first_ids};
    use crate::revise::words_of;
    use proptest::prelude::*;

    fn carried(old: &[(ParagraphId, &str)], new: &[&str], retired: &[LockedPart]) -> Carried<ParagraphId> {
        let block = |text| Block { text, speaker: None, id: None };
        let old_blocks: Vec<_> = old.iter().map(|(_, text)| block(*text)).collect();
        let new_blocks: Vec<_> = new.iter().map(|text| block(*text)).collect();
        let heirs: Vec<_> = align(&old_blocks, &new_blocks).iter().map(heir).collect();
        let old: Vec<_> = old.iter().map(|(id, text)| (*id, words_of(text))).collect();
        carry_ids(&old, &heirs, &new.iter().map(|text| words_of(text)).collect::<Vec<_>>(), retired)
    }

    fn first<'a>(texts: &[&'a str]) -> Vec<(ParagraphId, &'a str)> {
        first_ids().zip(texts.iter().copied()).collect()
    }

    fn shown(carried: &Carried<ParagraphId>) -> String {
        carried.ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    const OLD: [&str; 3] = ["Alpha is one.", "Beta is two.", "Gamma is three."];

    #[test]
    fn ids_stay_and_what_comes_in_between_gets_a_letter() {
        let old = first(&OLD);
        let new =
            ["Alpha is one.", "Come in.", "And this.", "Beta is two.", "Gamma is three.", "At the end."];
        assert_eq!(shown(&carried(&old, &new, &[])), "p1 p1a p1b p2 p3 p4");
        assert_eq!(shown(&carried(&old, &["Before all.", OLD[0], OLD[1], OLD[2]], &[])), "p1a p1 p2 p3");
    }

    #[test]
    fn an_id_that_is_gone_is_given_to_nothing_but_its_own_words() {
        let old = first(&OLD);
        let without = carried(&old, &[OLD[0], OLD[2]], &[]);
        assert_eq!(shown(&without), "p1 p3");
        let now: Vec<_> = without.ids.iter().copied().zip([OLD[0], OLD[2]]).collect();
        assert_eq!(
            shown(&carried(&now, &[OLD[0], "Something else.", OLD[2]], &without.retired)),
            "p1 p1a p3"
        );
        assert_eq!(shown(&carried(&now, &OLD, &without.retired)), "p1 p2 p3");
    }

    #[test]
    fn the_last_paragraphs_id_is_not_given_again() {
        let old = first(&OLD);
        let shorter = carried(&old, &OLD[..2], &[]);
        let now: Vec<_> = shorter.ids.iter().copied().zip(OLD).collect();
        assert_eq!(shown(&carried(&now, &[OLD[0], OLD[1], "Quite new."], &shorter.retired)), "p1 p2 p4");
    }

    proptest! {
        #[test]
        fn ids_are_unique_and_there_and_back_again_restores_them(
            one in prop::collection::vec("[a-e]{2,4} [a-e]{2,4}", 0..9),
            two in prop::collection::vec("[a-e]{2,4} [a-e]{2,4}", 0..9),
        ) {
            let one: std::collections::BTreeSet<String> = one.into_iter().collect();
            let one: Vec<&str> = one.iter().map(String::as_str).collect();
            let two: Vec<&str> = two.iter().map(String::as_str).collect();
            let old = first(&one);
            let there = carried(&old, &two, &[]);
            let unique: BTreeSet<_> = there.ids.iter().collect();
            prop_assert_eq!(unique.len(), there.ids.len());
            let retired: BTreeSet<_> = there.retired.iter().map(|gone| gone.id.clone()).collect();
            prop_assert!(there.ids.iter().all(|id| !retired.contains(&id.to_string())));
            let now: Vec<_> = there.ids.iter().copied().zip(two.iter().copied()).collect();
            let back = carried(&now, &one, &there.retired);
            let unique: BTreeSet<_> = back.ids.iter().collect();
            prop_assert_eq!(unique.len(), back.ids.len());
        }
    }
}
