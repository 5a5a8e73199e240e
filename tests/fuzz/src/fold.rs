//! The fold: it has a way back from every place, and does not tell apart what Unicode holds to be the same.

use rapporteur::text::{Folded, fold, hidden_characters, look_alikes};
use unicode_normalization::UnicodeNormalization;

pub fn folds(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let folded = fold(text);
    let words = folded.text();
    assert_eq!(fold(&text.nfd().collect::<String>()).text(), fold(&text.nfc().collect::<String>()).text());
    assert_eq!(fold(words).text(), words, "folding again changes it");
    way_back(text, &folded);
    for (at, found) in hidden_characters(text).chain(look_alikes(text)) {
        assert!(text[at..].starts_with(found));
    }
}

/// Between any two boundaries stands a piece of the original that is folded to the same.
fn way_back(text: &str, folded: &Folded<'_>) {
    let words = folded.text();
    let ends: Vec<usize> = (0..=words.len()).filter(|at| folded.is_boundary(*at)).collect();
    let mut done = 0;
    for pair in ends.windows(2) {
        let place = folded.original(pair[0]..pair[1]);
        assert!(place.start >= done && text.get(place.clone()).is_some(), "{pair:?} is {place:?}");
        done = place.end;
    }
    // Not all pairs: their number grows with the square.
    for (from, to) in ends.iter().zip(ends.iter().skip(7)) {
        let piece = &words[*from..*to];
        if !piece.starts_with(' ') && !piece.ends_with(' ') {
            assert_eq!(fold(&text[folded.original(*from..*to)]).text(), piece);
        }
    }
}
