//! Words as search sees them: runs of letters and digits, folded. The script of the search page does the
//! same to what readers type and to the text that it shows (`themes/default/static/search.js`).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word is no longer than this, in characters: the rest of a longer run is left out.
const LONGEST: usize = 40;

/// Calls `each` with every word of a text, folded, in order:
/// - a word is a run of letters, marks and digits; a full stop or a comma between two digits belongs to it
///   (`2.5`; the comma is left out: `2,500` is `2500`); a character of Han or Kana is a word by itself;
/// - case, diacritics, ligatures and what is invisible are folded away, so are the apostrophe and the `s`
///   of a possessive; any other apostrophe or hyphen parts two words.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut folded = String::with_capacity(LONGEST);
    let mut rest = text;
    // Whether the last word ended just before an apostrophe that `rest` comes after.
    let mut possessive = false;
    while let Some((start, first)) = next_of_word(rest) {
        possessive &= start == 0;
        let len = if is_alone(first) { first.len_utf8() } else { run(&rest[start..]) };
        let run = &rest[start..start + len];
        let word = match is_folded(run) {
            true => run,
            false => {
                fold(run, &mut folded);
                &folded
            }
        };
        rest = &rest[start + len..];
        let dropped = word.is_empty() || possessive && word == "s";
        if !dropped {
            each(word);
        }
        possessive = false;
        if let Some(next) = rest.chars().next().filter(|c| is_apostrophe(*c)) {
            rest = &rest[next.len_utf8()..];
            possessive = true;
        }
    }
}

/// The first character of a text that is of a word, with its place. Most of what parts words is ASCII.
fn next_of_word(text: &str) -> Option<(usize, char)> {
    let plain = text.bytes().position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
    match text.as_bytes()[plain] {
        byte if byte.is_ascii() => Some((plain, char::from(byte))),
        _ => {
            let found = text[plain..].char_indices().find(|(_, c)| is_of_word(*c))?;
            Some((plain + found.0, found.1))
        }
    }
}

/// The length of the run of a word's characters that `text` begins with.
fn run(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii_alphanumeric()
            || (matches!(byte, b'.' | b',') && at > 0 && digit(at - 1) && digit(at + 1))
        {
            at += 1;
            continue;
        }
        match text[at..].chars().next() {
            Some(c) if is_of_word(c) && !is_alone(c) => at += c.len_utf8(),
            _ => break,
        }
    }
    at
}

fn is_of_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !is_apostrophe(c) && (c.is_alphanumeric() || is_combining_mark(c) || is_invisible(c))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2032}')
        || c == '\u{ff07}'
}

/// Han and Kana are written without spaces: each character is found by itself.
fn is_alone(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
        || matches!(c, '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Soft hyphens, joiners, zero-width spaces and bidi controls.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(c, '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Marks that a reader may leave out: the diacritics of Latin, Greek and Cyrillic, Hebrew points, Arabic
/// vowel signs. Those of other scripts are letters in all but name.
fn is_diacritic(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}')
        || matches!(c, '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{64b}'..='\u{65f}' | '\u{670}')
}

/// Whether a run stands for itself, as nearly every word does.
fn is_folded(run: &str) -> bool {
    run.len() <= LONGEST
        && run.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'.')
}

fn fold(run: &str, folded: &mut String) {
    folded.clear();
    // Most of the others begin with a capital.
    if run.len() <= LONGEST && run.is_ascii() && !run.contains(',') {
        folded.push_str(run);
        folded.make_ascii_lowercase();
        return;
    }
    if run.is_ascii() {
        folded.extend(
            run.bytes().filter(|b| *b != b',').take(LONGEST).map(|b| char::from(b.to_ascii_lowercase())),
        );
        return;
    }
    let mut plain = String::with_capacity(run.len());
    for c in run.to_lowercase().nfd() {
        match c {
            ',' => {}
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'ø' => plain.push('o'),
            'ł' => plain.push('l'),
            'đ' => plain.push('d'),
            'ı' => plain.push('i'),
            'ſ' => plain.push('s'),
            'ς' => plain.push('σ'),
            '\u{fb00}' => plain.push_str("ff"),
            '\u{fb01}' => plain.push_str("fi"),
            '\u{fb02}' => plain.push_str("fl"),
            '\u{fb03}' => plain.push_str("ffi"),
            '\u{fb04}' => plain.push_str("ffl"),
            '\u{fb05}' | '\u{fb06}' => plain.push_str("st"),
            c if is_diacritic(c) || is_invisible(c) => {}
            c => plain.push(c),
        }
    }
    folded.extend(plain.nfc().take(LONGEST));
}

#[cfg(test)]
mod tests {
    use super::words;

    fn of(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(word.to_owned()));
        found
    }

    #[test]
    fn case_diacritics_and_typographic_marks_fold_away() {
        assert_eq!(of("Café CAFE\u{301} cafe — “Ŵyr”"), ["cafe", "cafe", "cafe", "wyr"]);
        assert_eq!(
            of("straße, Œuvre ﬁle, co\u{ad}operate ΣΟΦΟΣ"),
            ["strasse", "oeuvre", "file", "cooperate", "σοφοσ"]
        );
        assert_eq!(of("שָׁלוֹם مُحَمَّد"), ["שלום", "محمد"]);
    }

    #[test]
    fn a_possessive_is_its_word_and_other_apostrophes_part_words() {
        assert_eq!(
            of("Barnardo’s Barnardo's o'r O’Brien's s' 's"),
            ["barnardo", "barnardo", "o", "r", "o", "brien", "s", "s"]
        );
    }

    #[test]
    fn numbers_hold_together() {
        assert_eq!(
            of("£2,500 3.5% 1, 2. p12 20th 1.a CO2"),
            ["2500", "3.5", "1", "2", "p12", "20th", "1", "a", "co2"]
        );
    }

    #[test]
    fn what_has_no_words_gives_none() {
        for text in ["", " ", "—", "😀😀", "\0\0", "\u{ad}\u{200b}", "<>\"&'", "..,,"] {
            assert_eq!(of(text), Vec::<String>::new(), "{text:?}");
        }
    }

    #[test]
    fn a_word_without_end_is_cut_and_han_is_found_by_its_characters() {
        assert_eq!(of(&"a".repeat(300)), ["a".repeat(40)]);
        assert_eq!(of("人權ab"), ["人", "權", "ab"]);
    }
}
