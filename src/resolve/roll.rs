//! The names of those who speak in a site's debates, as a newspaper may print them: in full, as known
//! otherwise, with an honorific before the surname, by the surname alone.

use crate::model::{Attribution, Debate, Person, SpeakerKey};
use std::collections::{BTreeSet, HashMap};
use unicode_segmentation::UnicodeSegmentation;

/// Words before a name that are no part of it.
const HONORIFICS: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "mx",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "lord",
    "lady",
    "baroness",
    "baron",
    "viscount",
    "earl",
    "rt",
    "hon",
    "right",
    "honourable",
    "the",
    "rev",
    "reverend",
    "bishop",
    "archbishop",
    "senator",
    "cllr",
    "councillor",
];

/// Last words of a phrase with capitals that is no person's name.
const OFFICES: &[&str] = &[
    "minister",
    "secretary",
    "chancellor",
    "speaker",
    "government",
    "office",
    "party",
    "house",
    "committee",
    "department",
    "chair",
    "chairman",
    "chairwoman",
    "council",
    "mp",
    "mps",
    "opposition",
    "leader",
    "president",
    "street",
    "treasury",
    "ministry",
    "parliament",
    "commons",
    "lords",
    "commission",
    "agency",
    "authority",
    "union",
    "court",
    "police",
    "service",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "society",
    "review",
    "report",
    "act",
    "bill",
    "debate",
    "hansard",
    "questions",
    "times",
    "news",
    "guardian",
    "telegraph",
];

/// Who speaks in the debates, by name.
#[derive(Debug, Default)]
pub struct Roll {
    full: HashMap<String, BTreeSet<String>>,
    surnames: HashMap<String, BTreeSet<String>>,
    /// First names, for `Sir Keir`.
    first: HashMap<String, BTreeSet<String>>,
}

/// What a phrase names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// As the document has it.
    pub name: String,
    /// Who that can be: nobody, where no debate has the name.
    pub who: BTreeSet<String>,
}

/// Who a speaker is, as the roll has it.
pub fn key(who: &Attribution) -> String {
    match who.key() {
        SpeakerKey::Person(slug) => format!("/{slug}"),
        SpeakerKey::Printed(name) => folded(name).join(" "),
    }
}

/// The words of a name in lower case, without honorifics.
fn folded(name: &str) -> Vec<String> {
    let words: Vec<String> = name.unicode_words().map(|word| word.replace('’', "'").to_lowercase()).collect();
    let start = words.iter().position(|word| !HONORIFICS.contains(&word.as_str())).unwrap_or(words.len());
    words[start..].to_vec()
}

impl Roll {
    /// Everybody who speaks in these debates, and the people that the site knows.
    pub fn new<'s>(debates: impl Iterator<Item = &'s Debate>, people: &[Person]) -> Self {
        let mut roll = Roll::default();
        for person in people {
            let who = format!("/{}", person.slug);
            for name in std::iter::once(&person.name).chain(&person.aliases) {
                roll.know(name, &who);
            }
        }
        let mut seen = BTreeSet::new();
        for debate in debates {
            for speaker in debate.record.contributions.iter().filter_map(|one| one.speaker.as_ref()) {
                let who = key(speaker);
                for name in std::iter::once(&speaker.name).chain(&speaker.printed) {
                    if seen.insert((name.clone(), who.clone())) {
                        roll.know(name, &who);
                    }
                }
            }
        }
        roll
    }

    fn know(&mut self, name: &str, who: &str) {
        let words = folded(name);
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        for (names, name) in [(&mut self.surnames, last), (&mut self.full, &words.join(" "))] {
            names.entry(name.clone()).or_default().insert(who.to_owned());
        }
        if words.len() > 1 {
            self.first.entry(first.clone()).or_default().insert(who.to_owned());
        }
    }

    /// Whom a phrase with capitals names: its longest end that is a known name (`the Labour MP Bob Roe`).
    /// A name with an honorific or in two words that nobody here has is a name all the same.
    pub fn named(&self, phrase: &str) -> Option<Named> {
        let tokens: Vec<&str> = phrase.split_whitespace().collect();
        for from in 0..tokens.len() {
            let text = tokens[from..].join(" ");
            let words = folded(&text);
            let found = match words.as_slice() {
                [] => None,
                [one] => {
                    let title = tokens[from].trim_end_matches('.').to_lowercase();
                    let by_first =
                        matches!(title.as_str(), "sir" | "dame").then(|| self.first.get(one)).flatten();
                    self.full.get(one).or_else(|| self.surnames.get(one)).or(by_first)
                }
                words => self.full.get(&words.join(" ")),
            };
            // The end of a longer name that is not known is somebody else's: Bob Roe is not Ann Roe.
            let is_end = words.len() == 1 && from > 0 && is_given_name(tokens[from - 1]);
            if let Some(who) = found.filter(|_| !is_end) {
                return Some(Named { name: text, who: who.clone() });
            }
        }
        let words = folded(phrase);
        let has_title = tokens.first().is_some_and(|first| {
            let first = first.trim_end_matches('.').to_lowercase();
            first != "the" && first != "right" && HONORIFICS.contains(&first.as_str())
        });
        let is_article = tokens.first().is_some_and(|first| matches!(*first, "The" | "the" | "A" | "An"));
        let is_office = words.iter().any(|word| OFFICES.contains(&word.as_str()));
        let is_name = !is_office && !is_article && (words.len() > 1 || (has_title && words.len() == 1));
        is_name.then(|| Named { name: phrase.to_owned(), who: BTreeSet::new() })
    }
}

/// Whether a word before a surname is a first name rather than a title or an office.
fn is_given_name(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ',']).to_lowercase();
    let begins = word.chars().next().is_some_and(char::is_uppercase);
    begins && !HONORIFICS.contains(&bare.as_str()) && !OFFICES.contains(&bare.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roll() -> Roll {
        let mut roll = Roll::default();
        for (name, who) in [
            ("Ann Lee", "/ann"),
            ("Mr Bob Roe", "bob roe"),
            ("Cat Roe", "cat roe"),
            ("Sir Dan Poe", "dan poe"),
        ] {
            roll.know(name, who);
        }
        roll
    }

    fn who(phrase: &str) -> Option<Vec<String>> {
        roll().named(phrase).map(|named| named.who.into_iter().collect())
    }

    #[test]
    fn a_name_is_known_however_a_newspaper_prints_it() {
        for phrase in ["Ann Lee", "Ms Lee", "Lee", "Ms Ann Lee", "Minister Ann Lee", "Labour MP Ann Lee"] {
            assert_eq!(who(phrase), Some(vec!["/ann".to_owned()]), "{phrase}");
        }
        assert_eq!(who("Sir Dan"), Some(vec!["dan poe".to_owned()]));
        assert_eq!(who("Roe").map(|who| who.len()), Some(2), "two have the surname");
        assert_eq!(who("Eve Lee"), Some(Vec::new()), "she is another");
        assert_eq!(who("Mr Nobody"), Some(Vec::new()));
        for phrase in ["Monday", "The Minister", "Home Office", "Prime Minister"] {
            assert_eq!(who(phrase), None, "{phrase}");
        }
    }
}
