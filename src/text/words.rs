//! How many words a text has.

use super::blocks::{BLOCK, clear_of, within};

/// How many words a text has: what stands between white space. Every record is counted, so it looks at bytes, and
/// at many at once.
pub fn word_count(text: &str) -> usize {
    let bytes = text.as_bytes();
    let is_space = |byte| u8::from(byte == b' ') | within(byte, b'\t', b'\r');
    // White space beyond ASCII begins with one of these, and so do dashes and quotation marks.
    let may_begin_space = |byte| u8::from(byte == 0xC2) | within(byte, 0xE1, 0xE3);
    let mut count = 0;
    let mut after_space = 1;
    let mut at = 0;
    while at < bytes.len() {
        let clear = clear_of(&bytes[at..], may_begin_space);
        for block in bytes[at..at + clear].as_chunks::<BLOCK>().0 {
            let mut spaces = [after_space; BLOCK + 1];
            for (space, byte) in spaces[1..].iter_mut().zip(block) {
                *space = is_space(*byte);
            }
            // A word begins where white space ends.
            let begun = spaces.windows(2).fold(0, |begun, pair| begun + (pair[0] & (1 ^ pair[1])));
            count += usize::from(begun);
            after_space = spaces[BLOCK];
        }
        at += clear;
        let end = bytes.len().min(at + BLOCK);
        while at < end {
            let (space, length) = match bytes[at] {
                byte if may_begin_space(byte) == 1 => {
                    let c = text[at..].chars().next().expect("it begins a character");
                    (u8::from(c.is_whitespace()), c.len_utf8())
                }
                byte => (is_space(byte), 1),
            };
            count += usize::from(after_space & (1 ^ space));
            after_space = space;
            at += length;
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::word_count;
    use proptest::prelude::*;

    #[test]
    fn every_white_space_of_unicode_parts_words() {
        let spaces: Vec<char> = ('\0'..=char::MAX).filter(|c| c.is_whitespace()).collect();
        assert!(spaces.len() > 20);
        for space in spaces {
            assert_eq!(word_count(&format!("a{space}é")), 2, "{space:?}");
        }
    }

    proptest! {
        #[test]
        fn words_are_counted_as_the_standard_library_parts_them(text in "(\\PC|[ \\t\\n\u{a0}\u{2003}\u{3000}’—é]){0,200}") {
            prop_assert_eq!(word_count(&text), text.split_whitespace().count());
        }
    }
}
