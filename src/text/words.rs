//! How many words a text has.

/// How many words a text has: what stands between white space. Every record is counted, so it looks at bytes.
pub fn word_count(text: &str) -> usize {
    let mut count = 0;
    let mut in_word = false;
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let (is_space, length) = match byte {
            b' ' | b'\t'..=b'\r' => (true, 1),
            // White space beyond ASCII begins with one of these, and so do dashes and quotation marks.
            0xC2 | 0xE1..=0xE3 => {
                let c = text[at..].chars().next().expect("it begins a character");
                (c.is_whitespace(), c.len_utf8())
            }
            _ => (false, 1),
        };
        count += usize::from(!is_space && !in_word);
        in_word = !is_space;
        at += length;
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
        fn words_are_counted_as_the_standard_library_parts_them(text in "(\\PC|[ \\t\\n\u{a0}\u{2003}\u{3000}’—é]){0,40}") {
            prop_assert_eq!(word_count(&text), text.split_whitespace().count());
        }
    }
}
