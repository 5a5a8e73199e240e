//! The matcher: what it places stands in the record, word for word after the fold, and what stands there is found.

use rapporteur::anchor::{Brackets, Found, Joints, Piece, PlacedRange, Quote, Scope, elision, find, suggest};
use rapporteur::text::fold;

/// The first byte says how to look, the first line is the quotation, the second the words before it, the others
/// are the record. Where the line is empty, some words of the record are quoted.
pub fn places(data: &[u8]) {
    let Some((how, rest)) = data.split_first() else { return };
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let mut lines = text.split('\n');
    let (Some(exact), Some(before)) = (lines.next(), lines.next()) else { return };
    let paragraphs: Vec<&str> = lines.take(12).collect();
    let speech = |at: usize| u32::try_from(at / 2).expect("a small number");
    let record: Vec<Piece<'_>> =
        paragraphs.iter().enumerate().map(|(at, text)| Piece::new(text, speech(at))).collect();
    let joints = if how & 1 == 0 { Joints::Closed } else { Joints::Open };
    let brackets = if how & 2 == 0 { Brackets::Elision } else { Brackets::Prose };
    let scope = Scope { pieces: 0..record.len(), joints };
    let before = (!before.is_empty()).then_some(before);
    let quote = Quote { exact, before, after: None, brackets };
    let found = find(&record, &scope, &quote);
    for ranges in placed(&found) {
        verbatim(&record, ranges, &quote);
        elision::gaps(&record, ranges);
    }
    if how & 4 != 0 {
        suggest(&record, &scope, &quote);
    }
    if let Some(words) = paragraphs.first() {
        what_is_there_is_found(&record, &scope, words, usize::from(how >> 3));
    }
}

fn placed(found: &Found) -> Vec<&[PlacedRange]> {
    match found {
        Found::Placed(ranges) => vec![ranges],
        Found::Ambiguous(places) => places.candidates.iter().map(|place| &place.ranges[..]).collect(),
        _ => Vec::new(),
    }
}

/// The words at these places are those of the quotation.
fn verbatim(record: &[Piece<'_>], ranges: &[PlacedRange], quote: &Quote<'_>) {
    let order: Vec<_> = ranges.iter().map(|range| (range.piece, range.span.range().start)).collect();
    assert!(order.is_sorted(), "{ranges:?}");
    let words: Vec<String> = ranges
        .iter()
        .map(|range| fold(&record[range.piece].text()[range.span.range()]).text().to_owned())
        .collect();
    let (there, asked) = (words.join(" "), fold(quote.exact).text().to_owned());
    let bare = |text: &str| text.replace("[...]", "").replace(' ', "");
    match quote.brackets {
        _ if !asked.contains('[') => assert_eq!(there, asked),
        Brackets::Elision => assert_eq!(bare(&there), bare(&asked)),
        // A letter in brackets may have either case, and a remark is none of the record's words.
        Brackets::Prose => {
            let level =
                |text: &str| bare(text).to_lowercase().replace(['[', ']', '.', '!'], "").replace("sic", "");
            assert_eq!(level(&there), level(&asked));
        }
    }
}

/// Whole clusters of the first paragraph, from one of its places on, are found in it.
fn what_is_there_is_found(record: &[Piece<'_>], scope: &Scope, text: &str, from: usize) {
    let folded = fold(text);
    let ends: Vec<usize> = (0..=folded.text().len()).filter(|at| folded.is_boundary(*at)).collect();
    let from = ends[from % ends.len()];
    let words = &text[folded.original(from..folded.text().len())];
    let quote = Quote { exact: words, before: None, after: None, brackets: Brackets::Elision };
    let found = find(record, scope, &quote);
    match words.contains(char::is_alphanumeric) {
        true if words.contains('[') => {}
        true => assert!(!placed(&found).is_empty(), "{words:?}: {found:?}"),
        false => assert_eq!(found, Found::Blank),
    }
}
