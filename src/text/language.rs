//! Tags of languages (BCP 47): which way a language is written, and what a tag is looked up as.

use std::borrow::Cow;

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// As English is.
    LeftToRight,
    /// As Arabic and Hebrew are.
    RightToLeft,
}

impl Direction {
    /// The word for HTML's `dir`.
    pub fn word(self) -> &'static str {
        match self {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        }
    }
}

/// Which way a language is written: by its script where the tag names one, else by the language.
pub fn direction(tag: &str) -> Direction {
    let tag = tag.to_ascii_lowercase();
    // A part of one character begins what is no longer about language or script: `ar-u-nu-latn`.
    let mut parts = tag.split('-').take_while(|part| part.len() > 1);
    let language = parts.next().unwrap_or_default();
    let script = parts.find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    let is_right_to_left = match script {
        Some(script) => {
            ["adlm", "arab", "aran", "hebr", "mand", "mend", "nkoo", "rohg", "samr", "syrc", "thaa", "yezi"]
                .contains(&script)
        }
        None => [
            "ar", "arc", "ary", "arz", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo",
            "pnb", "ps", "sd", "syr", "ug", "ur", "yi",
        ]
        .contains(&language),
    };
    if is_right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
}

/// Whether a language writes its nouns with a capital, as German does.
pub fn has_capital_nouns(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let language = tag.split('-').next().unwrap_or_default();
    ["de", "lb", "gsw", "nds", "bar", "ksh"].contains(&language)
}

/// Whether a letter is one of a script that is written from right to left.
fn is_from_right(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'
        | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}

/// Which way words are written, by their first letter, as browsers tell it (`dir="auto"`).
pub fn direction_of(words: &str) -> Direction {
    match words.chars().find(|c| c.is_alphabetic()) {
        Some(first) if is_from_right(first) => Direction::RightToLeft,
        _ => Direction::LeftToRight,
    }
}

/// Words for a text written in the direction `around`: kept apart (Unicode's isolates) where some of them
/// are written the other way, or else what follows an Arabic title in an English line would stand before
/// it, wherever the line is pasted.
pub fn isolated(words: &str, around: Direction) -> Cow<'_, str> {
    let from_right = is_from_right;
    let other_way = match around {
        Direction::LeftToRight => words.chars().any(from_right),
        Direction::RightToLeft => words.chars().any(|c| c.is_alphabetic() && !from_right(c)),
    };
    if other_way { format!("\u{2068}{words}\u{2069}").into() } else { words.into() }
}

/// What a tag is looked up as, the most exact first (RFC 4647, section 3.4): `zh-hant-tw`, `zh-hant`,
/// `zh`.
pub fn lookups(tag: &str) -> Vec<String> {
    let mut rest = tag.to_ascii_lowercase();
    let mut found = Vec::new();
    while !rest.is_empty() {
        found.push(rest.clone());
        rest.truncate(rest.rfind('-').unwrap_or(0));
        // What introduces an extension says nothing by itself.
        if rest.len() >= 2 && rest.as_bytes()[rest.len() - 2] == b'-' {
            rest.truncate(rest.len() - 2);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_letter_says_which_way_words_are_written() {
        assert_eq!(direction_of("« 12: הגשר open"), Direction::RightToLeft);
        assert_eq!(direction_of("The הגשר"), Direction::LeftToRight);
        assert_eq!(direction_of("12"), Direction::LeftToRight);
    }

    #[test]
    fn the_script_of_a_tag_says_more_of_its_direction_than_the_language() {
        for tag in ["ar", "he-IL", "fa", "ur-PK", "az-Arab", "PA-ARAB-PK", "yi"] {
            assert_eq!(direction(tag), Direction::RightToLeft, "{tag}");
        }
        for tag in ["en-GB", "cy", "", "ku-Latn", "ar-Latn", "az"] {
            assert_eq!(direction(tag), Direction::LeftToRight, "{tag}");
        }
    }

    #[test]
    fn only_words_that_are_written_the_other_way_are_kept_apart() {
        use Direction::{LeftToRight, RightToLeft};
        assert_eq!(isolated("Water, 2012", LeftToRight), "Water, 2012");
        assert_eq!(isolated("المياه", LeftToRight), "\u{2068}المياه\u{2069}");
        assert_eq!(isolated("the letter «המים»", LeftToRight), "\u{2068}the letter «המים»\u{2069}");
        assert_eq!(isolated("المياه 2012", RightToLeft), "المياه 2012");
        assert_eq!(isolated("Water", RightToLeft), "\u{2068}Water\u{2069}");
    }

    #[test]
    fn a_tag_is_looked_up_from_the_exact_to_the_general() {
        assert_eq!(lookups("zh-Hant-TW"), ["zh-hant-tw", "zh-hant", "zh"]);
        assert_eq!(lookups("de-u-co-phonebk"), ["de-u-co-phonebk", "de-u-co", "de"]);
        assert_eq!(lookups(""), [""; 0]);
    }
}
