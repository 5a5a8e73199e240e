//! Every occurrence of a needle, overlapping ones too, in linear time.

use memchr::memmem::Finder;
use std::cell::OnceCell;

/// A text to be looked for many times.
pub(super) struct Needle<'n> {
    finder: Finder<'n>,
    /// For each prefix of the needle, the length of the longest other prefix that it ends with. Wanted only of what
    /// occurs more than once.
    borders: OnceCell<Vec<usize>>,
}

impl<'n> Needle<'n> {
    /// A needle that is not empty.
    pub(super) fn new(needle: &'n str) -> Self {
        Needle { finder: Finder::new(needle), borders: OnceCell::new() }
    }

    /// Its length in bytes.
    pub(super) fn len(&self) -> usize {
        self.finder.needle().len()
    }

    fn borders(&self) -> &[usize] {
        self.borders.get_or_init(|| borders(self.finder.needle()))
    }

    /// Whether it occurs.
    pub(super) fn is_in(&self, text: &str) -> bool {
        self.finder.find(text.as_bytes()).is_some()
    }

    /// The first byte of every occurrence, in order.
    pub(super) fn all_in(&self, text: &str) -> Vec<usize> {
        let text = text.as_bytes();
        let mut found = Vec::new();
        let Some(first) = self.finder.find(text) else { return found };
        if self.finder.find(&text[first + 1..]).is_none() {
            found.push(first);
            return found;
        }
        let overlap = self.borders().last().copied().unwrap_or(0);
        if 2 * overlap > self.len() {
            // Occurrences may lie so close that starting again after each would be quadratic.
            self.scan(&text[first..], first, &mut found);
            return found;
        }
        let mut next = Some(first);
        while let Some(at) = next {
            found.push(at);
            let from = at + self.len() - overlap;
            next = self.finder.find(&text[from..]).map(|offset| from + offset);
        }
        found
    }

    /// Knuth, Morris and Pratt's search, which never goes back in the text.
    fn scan(&self, text: &[u8], base: usize, found: &mut Vec<usize>) {
        let (needle, borders) = (self.finder.needle(), self.borders());
        let mut matched = 0;
        for (at, byte) in text.iter().enumerate() {
            while matched > 0 && (matched == needle.len() || needle[matched] != *byte) {
                matched = borders[matched - 1];
            }
            if needle[matched] == *byte {
                matched += 1;
            }
            if matched == needle.len() {
                found.push(base + at + 1 - needle.len());
            }
        }
    }
}

fn borders(needle: &[u8]) -> Vec<usize> {
    let mut borders = vec![0; needle.len()];
    let mut border = 0;
    for at in 1..needle.len() {
        while border > 0 && needle[border] != needle[at] {
            border = borders[border - 1];
        }
        if needle[border] == needle[at] {
            border += 1;
        }
        borders[at] = border;
    }
    borders
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn overlapping_occurrences_all_count() {
        assert_eq!(Needle::new("ana").all_in("banana"), [1, 3]);
        assert_eq!(Needle::new("aaa").all_in("aaaaa"), [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn none_is_missed_and_none_made_up(needle in "[ab]{1,6}", text in "[ab]{0,40}") {
            let plain: Vec<usize> =
                (0..text.len()).filter(|at| text[*at..].starts_with(&needle)).collect();
            prop_assert_eq!(Needle::new(&needle).all_in(&text), plain);
        }
    }
}
