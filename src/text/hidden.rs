//! Characters that no reader sees or that look like others, and that can make a text read as something else
//! than it is.

use super::blocks::{BLOCK, clear_of, within};

/// Whether a character is a control that no page may hold. Tabs and line ends are white space.
pub fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// Whether a character turns the direction of those after it: what is read is not what is written.
pub fn turns_direction(c: char) -> bool {
    matches!(u32::from(c), 0x202A..=0x202E | 0x2066..=0x2069)
}

/// The characters of a text that no reader sees, with their offsets: controls, marks and overrides of direction,
/// joiners and spaces without width, tags, fillers, what is for private use or no character at all. What scripts
/// and emoji need to be shaped is left alone where they need it, and so are soft hyphens.
pub fn hidden_characters(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let text = if is_plain(text) { "" } else { text };
    let mut before = None;
    let mut leftward = false;
    text.char_indices().filter(move |(at, c)| {
        let last = before.replace(*c);
        if c.is_alphabetic() {
            leftward = runs_leftward(*c);
        }
        // Where words run from right to left a mark keeps the punctuation between them in its place.
        let is_kept = leftward && matches!(u32::from(*c), 0x061C | 0x200E..=0x200F);
        !is_kept && is_hidden(*c, last, &text[at + c.len_utf8()..])
    })
}

/// Whether a letter is of a script that is written from right to left.
fn runs_leftward(c: char) -> bool {
    matches!(u32::from(c), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF | 0x1E800..=0x1EFFF)
}

/// Letters of a text that look like those around them and are others: a Cyrillic `а` in a word of Latin letters.
/// With their offsets.
pub fn look_alikes(text: &str) -> impl Iterator<Item = (usize, char)> + '_ {
    let text = if is_plain(text) { "" } else { text };
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_ascii() && has_latin(word));
    words.flat_map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        word.char_indices().filter(|(_, c)| looks_latin(*c)).map(move |(at, c)| (start + at, c))
    })
}

fn has_latin(word: &str) -> bool {
    // A letter of mathematics in a word is there for its looks, whatever it stands beside.
    word.chars().any(|c| c.is_ascii_alphabetic() || is_styled(c))
}

/// Whether a letter is no Latin one and has the looks of one.
pub fn looks_latin(c: char) -> bool {
    // Cyrillic, Greek capitals, Armenian, the letters of phonetics.
    "аАВеЕкКМНоОрРсСТуУхХѕЅіІјЈһҺӏӀԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧοօոսհɑɡ".contains(c)
        || is_styled(c)
        || matches!(u32::from(c), 0xFF21..=0xFF3A | 0xFF41..=0xFF5A)
}

/// Letters of mathematics: bold, script, double-struck.
fn is_styled(c: char) -> bool {
    matches!(u32::from(c), 0x1D400..=0x1D6A5)
}

fn is_hidden(c: char, before: Option<char>, after: &str) -> bool {
    match u32::from(c) {
        // Joiners shape letters of many scripts, and emoji.
        0x200C | 0x200D => !before.is_some_and(is_shaped) && !after.chars().next().is_some_and(is_shaped),
        // A variant of a sign or of an ideograph; letters have none.
        0xFE00..=0xFE0F => before.is_none_or(|before| before.is_whitespace() || is_common_letter(before)),
        0xE0100..=0xE01EF => before.is_none_or(|before| u32::from(before) < 0x2E80),
        0x180B..=0x180F => !before.is_some_and(|before| (0x1800..0x18B0).contains(&u32::from(before))),
        // The flags of England, Scotland and Wales are a black one and tags.
        0xE0020..=0xE007F => {
            !before.is_some_and(|before| matches!(u32::from(before), 0x1F3F4 | 0xE0020..=0xE007E))
        }
        0x034F
        | 0x061C
        | 0x115F..=0x1160
        | 0x17B4..=0x17B5
        | 0x200B
        | 0x200E..=0x200F
        | 0x2028..=0x202E
        | 0x2060..=0x206F
        | 0x2800
        | 0x3164
        | 0xFEFF
        | 0xFFA0
        | 0xFFF0..=0xFFFB
        | 0x1BCA0..=0x1BCA3
        | 0x1D173..=0x1D17A
        | 0xE000..=0xF8FF
        | 0xFDD0..=0xFDEF
        | 0xE0000..=0xE0FFF
        | 0xF0000..=0x10_FFFF => true,
        code if code & 0xFFFE == 0xFFFE => true,
        _ => is_control(c),
    }
}

fn is_common_letter(c: char) -> bool {
    c.is_alphabetic() && u32::from(c) < 0x0590
}

/// Whether a character is of a script whose letters join, or an emoji.
fn is_shaped(c: char) -> bool {
    matches!(u32::from(c),
        0x0590..=0x109F | 0x1780..=0x18AF | 0x1900..=0x1CFF | 0x2190..=0x2BFF | 0xA800..=0xABFF
        | 0xFB1D..=0xFDFF | 0xFE0F | 0xFE70..=0xFEFC | 0x10A00..=0x11FFF | 0x1F000..=0x1FAFF)
}

/// Whether a text has none of these characters for certain: nothing but what prose in most European languages
/// has. It is asked of every file, so it looks at bytes, and at many at once.
fn is_plain(text: &str) -> bool {
    let is_ascii = |byte| within(byte, b' ', b'~') | within(byte, b'\t', b'\n') | u8::from(byte == b'\r');
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        at += clear_of(&bytes[at..], |byte| 1 ^ is_ascii(byte));
        let end = bytes.len().min(at + BLOCK);
        while at < end {
            let further = |by: usize| bytes.get(at + by).copied().unwrap_or(0);
            at += match bytes[at] {
                byte if is_ascii(byte) == 1 => 1,
                // Latin-1 without its controls, and the Latin letters beyond.
                0xC2 if further(1) >= 0xA0 => 2,
                0xC3..=0xC8 => 2,
                // Dashes, quotation marks, the euro, fractions; not the marks without width among them.
                0xE2 => match (further(1), further(2)) {
                    (0x80, 0x90..=0xA7 | 0xAF..=0xBF) | (0x81, 0x80..=0x9F) | (0x82..=0x85, _) => 3,
                    _ => return false,
                },
                _ => return false,
            };
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn hidden(text: &str) -> Vec<(usize, u32)> {
        hidden_characters(text).map(|(at, c)| (at, u32::from(c))).collect()
    }

    #[test]
    fn what_no_reader_sees_is_found_with_its_place() {
        for code in [
            0x00u32, 0x1B, 0x7F, 0x85, 0x200B, 0x200E, 0x202E, 0x2028, 0x2060, 0x2066, 0x061C, 0x180E,
            0x034F, 0x115F, 0x3164, 0xFEFF, 0xFFF9, 0x2800, 0xE000, 0xFFFE, 0x1FFFF, 0xE0001, 0xE0041,
            0xF0000, 0x10FFFD, 0x1D173,
        ] {
            let c = char::from_u32(code).expect("a character");
            assert_eq!(hidden(&format!("é{c}x")), [(2, code)], "U+{code:04X}");
        }
        assert_eq!(hidden("a\u{200d}b \u{fe0f}x\u{fe0f}"), [(1, 0x200D), (6, 0xFE0F), (10, 0xFE0F)]);
        assert_eq!(hidden("x\u{e0101}"), [(1, 0xE0101)]);
    }

    #[test]
    fn what_scripts_and_emoji_need_is_left_alone() {
        for text in [
            "plain, “quoted” – é ü ß ø £5 €6 ½",
            "soft\u{ad}hyphen and no\u{a0}break",
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष",
            "👩\u{200d}👧 ❤\u{fe0f} 1\u{fe0f}\u{20e3}",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "葛\u{e0100}",
            "שלום\u{200f} לכולם.\u{200f}",
        ] {
            assert_eq!(hidden(text), [], "{text}");
        }
    }

    #[test]
    fn letters_of_other_alphabets_in_a_latin_word_are_found() {
        let found = |text: &str| look_alikes(text).map(|(at, c)| (at, u32::from(c))).collect::<Vec<_>>();
        assert_eq!(found("the b\u{430}nk"), [(5, 0x430)]);
        assert_eq!(found("\u{391}nn"), [(0, 0x391)]);
        assert_eq!(found("\u{1d400}nn"), [(0, 0x1d400)]);
        for fine in ["Москва and London", "Αθήνα", "NFκB, TNFα, β-blocker", "naïve café", "ＮＨＫ"]
        {
            assert_eq!(found(fine), [], "{fine}");
        }
    }

    proptest! {
        #[test]
        fn the_quick_look_never_passes_over_what_the_slow_one_finds(text in "[ a-zé“–€а\u{200b}\u{202e}\u{ad}\u{85}\u{7f}👩]{0,12}") {
            let mut before = None;
            let slow = text.char_indices().filter(|(at, c)| {
                let last = before.replace(*c);
                is_hidden(*c, last, &text[at + c.len_utf8()..])
            });
            prop_assert_eq!(slow.collect::<Vec<_>>(), hidden_characters(&text).collect::<Vec<_>>());
        }
    }
}
