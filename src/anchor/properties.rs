//! What holds of the search whatever the text: words that are there are found, words that are not
//! are never placed.

use super::*;
use crate::text::fold;
use proptest::prelude::*;

/// Paragraphs of few words, so that much is repeated, with marks that the fold changes.
fn paragraphs() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[ab ’—…é\u{301}\u{200b}ﬁ\n.👨\u{200d}]{1,30}", 1..4)
}

/// A range of one paragraph on cluster boundaries, as bytes of the original.
fn chosen(text: &str, from: prop::sample::Index, to: prop::sample::Index) -> std::ops::Range<usize> {
    let folded = fold(text);
    let ends: Vec<usize> = (0..=folded.text().len()).filter(|at| folded.is_boundary(*at)).collect();
    let (a, b) = (ends[from.index(ends.len())], ends[to.index(ends.len())]);
    folded.original(a.min(b)..a.max(b))
}

fn record<'a>(paragraphs: &'a [String]) -> Vec<Piece<'a>> {
    paragraphs.iter().map(|text| Piece::new(text, 0)).collect()
}

fn quote<'a>(exact: &'a str) -> Quote<'a> {
    Quote { exact, before: None, after: None, brackets: Brackets::Elision }
}

/// Every range of every place.
fn places(found: &Found) -> Vec<PlacedRange> {
    match found {
        Found::Placed(ranges) => ranges.clone(),
        Found::Ambiguous(places) => places.candidates.iter().flat_map(|place| place.ranges.clone()).collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #[test]
    fn words_of_the_record_are_found_where_they_stand(
        paragraphs in paragraphs(), which: prop::sample::Index,
        from: prop::sample::Index, to: prop::sample::Index,
    ) {
        let piece = which.index(paragraphs.len());
        let text = &paragraphs[piece];
        let range = chosen(text, from, to);
        let words = &text[range.clone()];
        let record = record(&paragraphs);
        let scope = Scope { pieces: 0..record.len(), joints: Joints::Closed };
        let found = find(&record, &scope, &quote(words));
        if !words.contains(char::is_alphanumeric) {
            prop_assert_eq!(found, Found::Blank);
            return Ok(());
        }
        let wanted = fold(words).text().to_owned();
        let ours = |placed: &PlacedRange| placed.piece == piece
            && placed.span.range().start >= range.start && placed.span.range().end <= range.end;
        if let Found::Ambiguous(places) = &found {
            prop_assert!(places.total > 1);
        }
        prop_assert!(places(&found).iter().any(ours), "{:?}", found);
        for placed in places(&found) {
            prop_assert!(fold(&paragraphs[placed.piece][placed.span.range()]).text() == wanted);
        }
        // The whole of what stands on both sides leaves one place.
        let sides = Quote { before: Some(&text[..range.start]), after: Some(&text[range.end..]), ..quote(words) };
        let here = Scope { pieces: piece..piece + 1, joints: Joints::Closed };
        let found = find(&record, &here, &sides);
        prop_assert!(matches!(&found, Found::Placed(ranges) if ranges.iter().all(ours)), "{:?}", found);
    }

    #[test]
    fn the_words_offered_to_settle_it_settle_it(
        paragraphs in paragraphs(), from: prop::sample::Index, to: prop::sample::Index,
    ) {
        let words = &paragraphs[0][chosen(&paragraphs[0], from, to)];
        let record = record(&paragraphs);
        let scope = Scope { pieces: 0..record.len(), joints: Joints::Closed };
        if let Found::Ambiguous(places) = find(&record, &scope, &quote(words)) {
            for place in places.candidates {
                let (before, after) = (place.before.as_deref(), place.after.as_deref());
                if before.is_some() || after.is_some() {
                    let found = find(&record, &scope, &Quote { before, after, ..quote(words) });
                    prop_assert_eq!(found, Found::Placed(place.ranges));
                }
            }
        }
    }

    #[test]
    fn a_changed_letter_is_never_placed_where_it_was(
        paragraphs in paragraphs(), which: prop::sample::Index, at: prop::sample::Index,
        from: prop::sample::Index, to: prop::sample::Index, letter in "[abx]",
    ) {
        let text = &paragraphs[which.index(paragraphs.len())];
        let words = &text[chosen(text, from, to)];
        let letters: Vec<(usize, char)> = words.char_indices().filter(|(_, c)| c.is_ascii_alphabetic()).collect();
        if letters.is_empty() {
            return Ok(());
        }
        let (start, old) = letters[at.index(letters.len())];
        prop_assume!(!letter.starts_with(old));
        let changed = format!("{}{letter}{}", &words[..start], &words[start + 1..]);
        let record = record(&paragraphs);
        for joints in [Joints::Closed, Joints::Open] {
            let found = find(&record, &Scope { pieces: 0..record.len(), joints }, &quote(&changed));
            prop_assert!(letter != "x" || places(&found).is_empty());
            let there: Vec<String> = places(&found)
                .iter()
                .map(|placed| fold(&paragraphs[placed.piece][placed.span.range()]).text().to_owned())
                .collect();
            if joints == Joints::Closed {
                prop_assert!(there.iter().all(|there| *there == fold(&changed).text()));
            }
        }
    }

    #[test]
    fn no_input_makes_it_panic(
        texts in proptest::collection::vec(any::<String>(), 0..4), exact in "[ab\\[\\].…s\u{301}é ‘]{0,30}",
        context in proptest::option::of("[ab é]{0,4}"), scope in 0usize..5,
    ) {
        let texts: Vec<String> = texts.into_iter().chain([exact.clone(), exact.replace("…", " b ")]).collect();
        let record = record(&texts);
        for joints in [Joints::Closed, Joints::Open] {
            for brackets in [Brackets::Elision, Brackets::Prose] {
                let scope = Scope { pieces: scope..record.len() + 1, joints };
                let quote = Quote { exact: &exact, before: context.as_deref(), after: None, brackets };
                let found = find(&record, &scope, &quote);
                if let Found::Placed(ranges) = &found {
                    elision::gaps(&record, ranges);
                }
                suggest(&record, &scope, &quote);
            }
        }
    }
}
