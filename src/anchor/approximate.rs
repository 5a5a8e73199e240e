//! Approximate search: the stretch of a text that needs the fewest single-character edits to read
//! like a pattern. Myers' bit-parallel algorithm (JACM 46, 1999) in blocks of 64 characters, with
//! the blocks left out that cannot matter any more.

use std::collections::HashMap;

/// Rows of the edit matrix in one machine word.
const WORD: usize = 64;

/// A pattern prepared for searching. Characters are Unicode scalar values.
pub(super) struct Pattern {
    /// How many characters it has.
    len: usize,
    blocks: usize,
    /// A number for each character that the pattern holds; 0 stands for all others.
    numbers: HashMap<char, usize>,
    /// The same for ASCII, which most text is.
    ascii: [usize; 128],
    /// For each numbered character and block, the rows that hold it.
    rows: Vec<u64>,
}

/// An end of a stretch that is like the pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct End {
    /// The byte just past the stretch, or for [`Pattern::start`] its first byte.
    pub(super) at: usize,
    /// How many edits it takes.
    pub(super) edits: usize,
}

/// One column of the edit matrix, as differences from row to row, and the value at the foot of
/// each block.
struct Column {
    plus: Vec<u64>,
    minus: Vec<u64>,
    foot: Vec<usize>,
}

impl Pattern {
    /// Prepares a pattern, which must not be empty.
    pub(super) fn new(pattern: impl Iterator<Item = char> + Clone) -> Self {
        let len = pattern.clone().count();
        let blocks = len.div_ceil(WORD).max(1);
        let mut numbers = HashMap::new();
        let mut rows = vec![0; blocks];
        for (row, c) in pattern.enumerate() {
            let fresh = numbers.len() + 1;
            let number = *numbers.entry(c).or_insert(fresh);
            if number == fresh {
                rows.resize((fresh + 1) * blocks, 0);
            }
            rows[number * blocks + row / WORD] |= 1 << (row % WORD);
        }
        let mut ascii = [0; 128];
        for (c, number) in numbers.iter().filter(|(c, _)| c.is_ascii()) {
            ascii[*c as usize] = *number;
        }
        Pattern { len, blocks, numbers, ascii, rows }
    }

    /// How many words of work one character of text costs at most.
    pub(super) fn blocks(&self) -> usize {
        self.blocks
    }

    /// Where in `text` stretches end that take at most `limit` edits: of ends next to one another
    /// the first of the best. Time: the length of `text` times [`Pattern::blocks`], at most.
    pub(super) fn ends(&self, text: &str, limit: usize) -> Vec<End> {
        let limit = limit.min(self.len);
        let mut ends: Vec<End> = Vec::new();
        let mut column = self.column();
        // Only these blocks can hold a value within the limit.
        let mut last = (limit / WORD).min(self.blocks - 1);
        let mut open = false;
        for (at, c) in text.char_indices() {
            let rows = self.rows_of(c);
            let mut carry = 0;
            for (block, rows) in rows.iter().enumerate().take(last + 1) {
                carry = self.advance(&mut column, block, *rows, carry);
            }
            let wakes = |next: usize| rows[next] & 1 == 1 || carry < 0;
            if last + 1 < self.blocks
                && column.foot[last].saturating_add_signed(-carry) <= limit
                && wakes(last + 1)
            {
                let foot = column.foot[last].saturating_add_signed(-carry);
                last += 1;
                (column.plus[last], column.minus[last]) = (u64::MAX, 0);
                column.foot[last] = foot + self.height(last);
                self.advance(&mut column, last, rows[last], carry);
            } else {
                while last > 0 && column.foot[last] >= limit + self.height(last) {
                    last -= 1;
                }
            }
            let edits = column.foot[self.blocks - 1];
            if last + 1 < self.blocks || edits > limit {
                open = false;
                continue;
            }
            let end = End { at: at + c.len_utf8(), edits };
            match ends.last_mut().filter(|_| open) {
                Some(best) if best.edits <= edits => {}
                Some(best) => *best = end,
                None => ends.push(end),
            }
            open = true;
        }
        ends
    }

    /// Where the best stretch begins that ends with the end of `text`, for a pattern of reversed
    /// characters. Of equally good ones that which `preferred` holds for, else the shortest.
    pub(super) fn start(&self, text: &str, limit: usize, preferred: impl Fn(usize) -> bool) -> End {
        let mut best = (End { at: text.len(), edits: self.len }, false);
        let mut column = self.column();
        for (at, c) in text.char_indices().rev().take(self.len + limit) {
            // One more character of text that no pattern has matched: one more edit in the top row.
            let mut carry = 1;
            for (block, rows) in self.rows_of(c).iter().enumerate() {
                carry = self.advance(&mut column, block, *rows, carry);
            }
            let end = End { at, edits: column.foot[self.blocks - 1] };
            let liked = preferred(at);
            if end.edits < best.0.edits || (end.edits == best.0.edits && liked && !best.1) {
                best = (end, liked);
            }
        }
        best.0
    }

    /// The column before any text: as many edits as there are rows.
    fn column(&self) -> Column {
        let foot = (0..self.blocks).scan(0, |foot, block| {
            *foot += self.height(block);
            Some(*foot)
        });
        Column { plus: vec![u64::MAX; self.blocks], minus: vec![0; self.blocks], foot: foot.collect() }
    }

    /// How many rows a block has.
    fn height(&self, block: usize) -> usize {
        (self.len - block * WORD).min(WORD)
    }

    fn rows_of(&self, c: char) -> &[u64] {
        let number =
            if c.is_ascii() { self.ascii[c as usize] } else { self.numbers.get(&c).copied().unwrap_or(0) };
        &self.rows[number * self.blocks..(number + 1) * self.blocks]
    }

    /// Moves one block on by one character of text. `carry` is the difference that its top row gets
    /// from the block above; its own, at its foot, is returned.
    fn advance(&self, column: &mut Column, block: usize, rows: u64, carry: isize) -> isize {
        let (plus, minus) = (column.plus[block], column.minus[block]);
        let vertical = rows | minus;
        let rows = rows | u64::from(carry < 0);
        let horizontal = (((rows & plus).wrapping_add(plus)) ^ plus) | rows;
        let up = minus | !(horizontal | plus);
        let down = plus & horizontal;
        let foot = 1 << (self.height(block) - 1);
        let out = isize::from(up & foot != 0) - isize::from(down & foot != 0);
        let up = (up << 1) | u64::from(carry > 0);
        let down = (down << 1) | u64::from(carry < 0);
        column.plus[block] = down | !(vertical | up);
        column.minus[block] = up & vertical;
        column.foot[block] = column.foot[block].saturating_add_signed(out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// For each end in `text`, the edits of the best stretch that ends there, by plain dynamic
    /// programming. `anchored` stretches begin at the start.
    fn slowly(pattern: &[char], text: &[char], anchored: bool) -> Vec<usize> {
        let mut column: Vec<usize> = (0..=pattern.len()).collect();
        let mut ends = Vec::new();
        for (j, c) in text.iter().enumerate() {
            let mut diagonal = column[0];
            column[0] = if anchored { j + 1 } else { 0 };
            for i in 1..=pattern.len() {
                let substituted = diagonal + usize::from(pattern[i - 1] != *c);
                diagonal = column[i];
                column[i] = substituted.min(column[i] + 1).min(column[i - 1] + 1);
            }
            ends.push(column[pattern.len()]);
        }
        ends
    }

    /// The first of the best of neighbouring ends within the limit.
    fn best_ends(edits: &[usize], limit: usize) -> Vec<(usize, usize)> {
        let mut ends: Vec<(usize, usize)> = Vec::new();
        for (at, edits_here) in edits.iter().enumerate().filter(|(_, edits)| **edits <= limit) {
            let open = at > 0 && edits[at - 1] <= limit;
            match ends.last_mut().filter(|_| open) {
                Some(best) if best.1 <= *edits_here => {}
                Some(best) => *best = (at + 1, *edits_here),
                None => ends.push((at + 1, *edits_here)),
            }
        }
        ends
    }

    /// A pattern, and text that holds it with some changes.
    fn alike() -> impl Strategy<Value = (String, String, usize)> {
        (
            "[abé]{1,200}",
            proptest::collection::vec((any::<u16>(), "[abé]{0,2}"), 0..12),
            "[abé]{0,90}",
            0usize..60,
        )
            .prop_map(|(pattern, changes, round, limit)| {
                let mut text: Vec<char> = pattern.chars().collect();
                for (at, by) in changes {
                    let at = at as usize % (text.len() + 1);
                    let end = (at + 1).min(text.len());
                    text.splice(at..end, by.chars());
                }
                let text: String = round.chars().chain(text).chain(round.chars()).collect();
                (pattern, text, limit)
            })
    }

    proptest! {
        #[test]
        fn it_agrees_with_plain_dynamic_programming((pattern, text, limit) in alike()) {
            let chars: Vec<char> = text.chars().collect();
            let pattern_chars: Vec<char> = pattern.chars().collect();
            let limit = limit.min(pattern_chars.len());
            let ends = Pattern::new(pattern.chars()).ends(&text, limit);
            let ends: Vec<_> = ends.iter().map(|end| (text[..end.at].chars().count(), end.edits)).collect();
            prop_assert_eq!(ends, best_ends(&slowly(&pattern_chars, &chars, false), limit));
        }

        #[test]
        fn the_start_takes_as_few_edits_as_the_end_promised((pattern, text, limit) in alike()) {
            let reversed: Vec<char> = pattern.chars().rev().collect();
            for end in Pattern::new(pattern.chars()).ends(&text, limit) {
                let backwards = Pattern::new(reversed.iter().copied());
                let start = backwards.start(&text[..end.at], end.edits, |_| false);
                prop_assert_eq!(start.edits, end.edits);
                let stretch: Vec<char> = text[start.at..end.at].chars().collect();
                let pattern: Vec<char> = pattern.chars().collect();
                let plain = slowly(&pattern, &stretch, true).last().copied().unwrap_or(pattern.len());
                prop_assert_eq!(plain, end.edits);
            }
        }
    }
}
