//! A title printed in capitals, in sentence case: what a reader is shown where the source has nothing
//! better. The record keeps its own. Which words are names and which are abbreviations, the words
//! spoken under the title say; where they say nothing, a word is an ordinary one. Not so where nouns have capitals,
//! as in German: there a title stays as it is printed unless the words spoken have every word of it, in one form.

use super::heading_day;
use super::record::Transcript;
use crate::text::has_capital_nouns;
use std::collections::{HashMap, HashSet};

/// A text in sentence case, where it has capitals and no small letter; `None` where it is as it should be.
pub fn sentence_case(title: &str, transcript: &Transcript) -> Option<String> {
    let source = &transcript.source;
    let texts = transcript.paragraphs().map(|paragraph| paragraph.text.of(source));
    Capitals::of([title], texts, transcript.details.language.as_deref())?.shown(title)
}

/// Titles of one record, some of which are in capitals, with what its words say of theirs.
pub struct Capitals {
    forms: Forms,
    unknown: Unknown,
}

/// What a word is that the words spoken don't have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknown {
    /// An ordinary word, which is small.
    Small,
    /// A noun or not: nobody can say.
    Unsaid,
}

impl Capitals {
    /// Reads the words spoken once for all titles of a record in `language`. `None` where no title is in capitals.
    pub fn of<'t>(
        titles: impl IntoIterator<Item = &'t str>,
        texts: impl Iterator<Item = &'t str>,
        language: Option<&str>,
    ) -> Option<Self> {
        let in_capitals = titles.into_iter().filter(|title| is_in_capitals(title));
        let words: Vec<_> = in_capitals.flat_map(words_of).collect();
        let unknown = if language.is_some_and(has_capital_nouns) { Unknown::Unsaid } else { Unknown::Small };
        (!words.is_empty()).then(|| Capitals { forms: Forms::of(&words, texts), unknown })
    }

    /// One of the titles in sentence case; `None` where it is as it should be.
    pub fn shown(&self, title: &str) -> Option<String> {
        if !is_in_capitals(title) {
            return None;
        }
        shown(title, self).filter(|shown| shown != title)
    }
}

fn is_in_capitals(title: &str) -> bool {
    title.chars().filter(|c| c.is_uppercase()).count() >= 2 && !title.chars().any(char::is_lowercase)
}

fn shown(title: &str, known: &Capitals) -> Option<String> {
    let words = words_of(title);
    let is_day = heading_day(title).is_some();
    let mut out = String::new();
    let mut end = 0;
    for (number, (start, word)) in words.iter().enumerate() {
        out.push_str(&title[end..*start]);
        end = start + word.len();
        let after = &title[end..];
        let beside = [number.checked_sub(1), Some(number + 1)];
        let mut beside = beside.into_iter().flatten().filter_map(|at| words.get(at));
        let beside_number = beside.any(|(_, word)| word.chars().all(|c| c.is_ascii_digit()));
        let shown = if is_kept(word, after) {
            (*word).to_owned()
        } else if is_day || is_of_calendar(word, beside_number) {
            capitalised(word)
        } else {
            known.forms.shown(word, known.unknown)?
        };
        out.push_str(&if number == 0 { first_up(&shown) } else { shown });
    }
    out.push_str(&title[end..]);
    Some(out)
}

/// The words of a title and where they begin: letters and digits, with the stops and apostrophes between
/// them.
fn words_of(title: &str) -> Vec<(usize, &str)> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in title.char_indices() {
        let next = title[at + c.len_utf8()..].chars().next();
        let inner = matches!(c, '.' | '\'' | '’') && next.is_some_and(char::is_alphanumeric);
        match (c.is_alphanumeric() || (inner && start.is_some()), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, &title[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|from| (from, &title[from..])));
    words
}

/// Whether a word stays as printed: one with digits or stops, an initial, a small Roman numeral.
fn is_kept(word: &str, after: &str) -> bool {
    let initial = word.chars().count() == 1 && after.starts_with('.');
    word.contains(|c: char| c.is_numeric() || c == '.') || initial || is_roman(word)
}

/// `I` to `XXXIX`: greater numerals are words too (`MIX`).
fn is_roman(word: &str) -> bool {
    let rest = word.trim_start_matches('X');
    let ones = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
    !word.is_empty() && word.len() - rest.len() <= 3 && ones.contains(&rest)
}

/// Whether a word is the name of a day or of a month. Of the months that are words too, only beside a
/// number.
fn is_of_calendar(word: &str, beside_number: bool) -> bool {
    const DAYS: [&str; 7] = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"];
    const MONTHS: [&str; 9] =
        ["JANUARY", "FEBRUARY", "APRIL", "JUNE", "JULY", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"];
    DAYS.contains(&word)
        || MONTHS.contains(&word)
        || (beside_number && ["MARCH", "MAY", "AUGUST"].contains(&word))
}

/// In what forms the words of a title stand in the record.
struct Forms {
    /// Those that stand somewhere in small letters.
    small: HashSet<String>,
    /// Those that stand within a sentence with a capital first, and the first such form.
    names: HashMap<String, String>,
    /// Those that stand in capitals.
    capitals: HashSet<String>,
}

impl Forms {
    fn of<'t>(words: &[(usize, &str)], texts: impl Iterator<Item = &'t str>) -> Self {
        let asked: HashSet<String> = words.iter().map(|(_, word)| stem(word).to_lowercase()).collect();
        let mut forms = Forms { small: HashSet::new(), names: HashMap::new(), capitals: HashSet::new() };
        for text in texts {
            // Words of which none is small say nothing: another heading.
            if !text.chars().any(char::is_lowercase) {
                continue;
            }
            let mut end = 0;
            for (start, word) in words_of(text) {
                let begins = begins_sentence(&text[..start], &text[end..start]);
                end = start + word.len();
                let word = stem(word);
                let key = word.to_lowercase();
                if !asked.contains(&key) {
                    continue;
                }
                let is_small = |c: char| c.is_lowercase();
                if !word.starts_with(char::is_uppercase) {
                    forms.small.insert(key);
                } else if !word.contains(is_small) {
                    // One capital alone may be any word's first.
                    forms.capitals.insert(key);
                } else if !begins {
                    forms.names.entry(key).or_insert_with(|| word.to_owned());
                }
            }
        }
        forms
    }

    /// A word of the title as it is shown, where that can be said.
    fn shown(&self, word: &str, unknown: Unknown) -> Option<String> {
        let base = stem(word);
        let key = base.to_lowercase();
        let ending = word[base.len()..].to_lowercase();
        let is_small = self.small.contains(&key);
        let shown = match self.names.get(&key) {
            Some(_) if is_small && unknown == Unknown::Unsaid => return None,
            Some(name) if !is_small => name.clone(),
            None if !is_small && self.capitals.contains(&key) => base.to_owned(),
            None if !is_small && unknown == Unknown::Unsaid => return None,
            _ => key,
        };
        Some(shown + &ending)
    }
}

/// A word without the ending of a genitive.
fn stem(word: &str) -> &str {
    ["'S", "’S", "'s", "’s"].iter().find_map(|ending| word.strip_suffix(ending)).unwrap_or(word)
}

/// Whether a word begins a sentence, by what stands before it: a stop of some kind, or nothing.
fn begins_sentence(before: &str, between: &str) -> bool {
    let is_stop =
        |c: char| matches!(c, '.' | '?' | '!' | ':' | ';' | '“' | '"' | '‘' | '—' | '–' | '(' | '[' | '\n');
    // The stop of `Mr.`, of an initial, ends nothing.
    let last = before
        .trim_end()
        .trim_end_matches('.')
        .rsplit(|c: char| c.is_whitespace())
        .next()
        .unwrap_or_default();
    let short = between.trim_end() == "." && last.chars().count() <= 2;
    before.trim().is_empty() || (between.contains(is_stop) && !short)
}

fn capitalised(word: &str) -> String {
    first_up(&word.to_lowercase())
}

fn first_up(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or(String::new(), |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{SitePath, Source};

    fn shown(title: &str, words: &str) -> Option<String> {
        let path = SitePath::new("t.md").expect("a path");
        let source = Source::new(path, format!("### A:\n\n{words}\n"));
        let transcript = super::super::parse(&source, None).value.expect("a record");
        sentence_case(title, &transcript)
    }

    #[test]
    fn a_title_in_capitals_is_shown_in_sentence_case_and_another_as_it_is() {
        let is = |title: &str, words: &str, expected: &str| {
            assert_eq!(shown(title, words).as_deref(), Some(expected), "{title}");
        };
        is("CHILD PROTECTION (DATA SHARING)", "We share data.", "Child protection (data sharing)");
        is("TUESDAY, 8 MAY 1979", "It was.", "Tuesday, 8 May 1979");
        is("ADJOURNMENT UNTIL 1 FEBRUARY", "It was.", "Adjournment until 1 February");
        for title in ["Child protection", "eBAY", "1979", "X"] {
            assert_eq!(shown(title, "Words."), None, "{title}");
        }
    }

    #[test]
    fn the_words_spoken_say_what_is_a_name_and_what_an_abbreviation() {
        let is = |title: &str, words: &str, expected: &str| {
            assert_eq!(shown(title, words).as_deref(), Some(expected), "{title}");
        };
        is("NHS IN WALES", "The NHS in Wales is ours.", "NHS in Wales");
        is("FERRIES AND IRELAND", "Ferries to Ireland. Ferries are late.", "Ferries and Ireland");
        is("IRELAND’S FERRIES", "We went to Ireland.", "Ireland’s ferries");
        is("THE MCDONALD BILL", "I thank Mr. McDonald for the Bill.", "The McDonald Bill");
        // A word at the start of a sentence has its capital from there.
        is("DATA", "Data matter.", "Data");
        is("SHARING DATA", "Data matter.", "Sharing data");
        // A word that also stands in small letters is no name.
        is("A MAY MORNING", "In May one may.", "A may morning");
    }

    #[test]
    fn where_nouns_have_capitals_a_title_stays_unless_the_record_says_each_of_its_words() {
        let is = |title: &str, words: &str, language: &str, expected: Option<&str>| {
            let known =
                Capitals::of([title], [words].into_iter(), Some(language)).expect("a title in capitals");
            assert_eq!(known.shown(title).as_deref(), expected, "{title}");
        };
        let words = "Wir bauen eine Brücke über den Fluss. Wer essen will, bringt Essen mit.";
        is("EINE BRÜCKE ÜBER DEN FLUSS", words, "de-AT", Some("Eine Brücke über den Fluss"));
        is("EINE FÄHRE ÜBER DEN FLUSS", words, "de", None);
        // A verb and a noun.
        is("ÜBER ESSEN", words, "de", None);
        is("EINE FÄHRE", words, "fr", Some("Eine fähre"));
    }

    #[test]
    fn numbers_initials_and_roman_numerals_stay() {
        let is = |title: &str, expected: &str| {
            assert_eq!(shown(title, "Words.").as_deref(), Some(expected), "{title}");
        };
        is("B. J. VORSTER, D.M.S.", "B. J. vorster, D.M.S.");
        is("PART IV OF THE 4TH REPORT", "Part IV of the 4TH report");
        is("A CIVIL MIX", "A civil mix");
    }
}
