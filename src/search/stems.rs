//! Words that are one to search: those of one stem. English by a Snowball stemmer, Welsh by a light one
//! below; the words of any other language stand for themselves.

use snowball_stemmers_rs::{Algorithm, Stemmer};

/// How the words of a text are brought together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stemming {
    /// Each word by itself.
    Plain,
    /// By the English stemmer.
    English,
    /// By the Welsh stemmer.
    Welsh,
}

impl Stemming {
    /// Every one, in their order.
    pub const ALL: [Stemming; 3] = [Stemming::Plain, Stemming::English, Stemming::Welsh];

    /// That of a language, by its BCP 47 tag.
    pub fn of(language: &str) -> Self {
        match language.split('-').next().unwrap_or_default().to_ascii_lowercase().as_str() {
            "en" => Stemming::English,
            "cy" => Stemming::Welsh,
            _ => Stemming::Plain,
        }
    }

    /// The key of the group that a folded word is in: its stem, and after an apostrophe (which no word has)
    /// the mark of the language. Numbers are in one group whatever the language.
    pub fn group(self, word: &str) -> String {
        match self.of_word(word) {
            Stemming::Plain => word.to_owned(),
            Stemming::English => format!("{}'e", Stemmer::create(Algorithm::English).stem(word)),
            Stemming::Welsh => format!("{}'w", welsh(word)),
        }
    }

    /// How a word is taken in a text that is taken so: one with a digit by itself.
    pub fn of_word(self, word: &str) -> Self {
        if word.bytes().any(|byte| byte.is_ascii_digit()) { Stemming::Plain } else { self }
    }
}

/// A light stemmer for Welsh: it undoes what initial mutation does to a consonant as far as the letters
/// tell (`Cymru`, `Gymru`, `Nghymru`, `Chymru` are one; so are `gwlad` and `wlad`), by taking every
/// consonant that one mutates into another for the same, and takes the common endings of plurals away.
/// Measured on no corpus: it errs towards finding more.
fn welsh(word: &str) -> String {
    if word.chars().count() < 4 {
        return word.to_owned();
    }
    const INITIALS: [(&str, &str); 20] = [
        ("ngh", "g"),
        ("mh", "b"),
        ("nh", "d"),
        ("ng", "g"),
        ("ph", "b"),
        ("ff", "ff"),
        ("ch", "g"),
        ("th", "d"),
        ("dd", "d"),
        ("ll", "l"),
        ("rh", "r"),
        ("p", "b"),
        ("m", "b"),
        ("f", "b"),
        ("t", "d"),
        ("c", "g"),
        ("b", "b"),
        ("d", "d"),
        ("n", "n"),
        ("g", "g"),
    ];
    let mutated = INITIALS.iter().find_map(|(from, to)| Some((word.strip_prefix(from)?, to)));
    let mut stem = match mutated {
        // A soft g is no letter at all: it is seen only where w, l or r came after it.
        Some((rest, &"g")) if rest.starts_with(['w', 'l', 'r']) => rest.to_owned(),
        Some((rest, to)) => format!("{to}{rest}"),
        None => word.to_owned(),
    };
    const ENDINGS: [&str; 9] = ["iadau", "oedd", "iaid", "iau", "ion", "aid", "ydd", "au", "od"];
    if let Some(ending) = ENDINGS.iter().find(|ending| stem.ends_with(*ending))
        && stem.chars().count() >= ending.len() + 3
    {
        stem.truncate(stem.len() - ending.len());
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::Stemming;

    fn one(stemming: Stemming, words: &[&str]) {
        let groups: std::collections::BTreeSet<_> = words.iter().map(|word| stemming.group(word)).collect();
        assert_eq!(groups.len(), 1, "{words:?}: {groups:?}");
    }

    #[test]
    fn english_words_of_one_stem_are_one_group() {
        one(Stemming::English, &["traffick", "trafficked", "trafficking"]);
        one(Stemming::English, &["tax", "taxes", "taxed", "taxing"]);
        assert_ne!(Stemming::English.group("child"), Stemming::English.group("chill"));
        assert_ne!(Stemming::English.group("police"), Stemming::English.group("policy"));
    }

    #[test]
    fn welsh_words_are_one_group_whatever_their_mutation() {
        one(Stemming::Welsh, &["cymru", "gymru", "nghymru", "chymru"]);
        one(Stemming::Welsh, &["plant", "blant", "phlant", "mhlant"]);
        one(Stemming::Welsh, &["gwlad", "wlad", "ngwlad"]);
        one(Stemming::Welsh, &["llywodraeth", "lywodraeth", "llywodraethau"]);
        one(Stemming::Welsh, &["ysgol", "ysgolion"]);
    }

    #[test]
    fn languages_do_not_mix_and_numbers_do() {
        assert_ne!(Stemming::English.group("plant"), Stemming::Welsh.group("plant"));
        assert_ne!(Stemming::Plain.group("plants"), Stemming::Plain.group("plant"));
        assert_eq!(Stemming::English.group("2012"), Stemming::Plain.group("2012"));
        assert_eq!(Stemming::of("en-GB"), Stemming::English);
        assert_eq!(Stemming::of("cy"), Stemming::Welsh);
        assert_eq!(Stemming::of("fr"), Stemming::Plain);
    }
}
