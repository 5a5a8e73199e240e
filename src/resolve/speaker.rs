//! Whether a line of attribution names the one who spoke.

use crate::model::{Attribution, Debate, Person};
use crate::permalink::MONTHS;
use unicode_segmentation::UnicodeSegmentation;

/// Words of a citation that name nobody.
const CITING: &[&str] = &[
    "para",
    "paras",
    "paragraph",
    "paragraphs",
    "column",
    "columns",
    "col",
    "cols",
    "vol",
    "volume",
    "hansard",
    "hc",
    "hl",
    "deb",
    "official",
    "report",
    "debate",
    "see",
    "in",
    "on",
    "the",
    "of",
    "at",
    "and",
    "from",
];

/// Whether `text` names the one who spoke: by the name printed, in full or as known otherwise; by the
/// surname, where nobody else who speaks there has it; or by the office. A text that names nobody (`p12`,
/// `Hansard, 20 December 2012`) says nothing wrong.
pub fn is_named(
    text: &str,
    who: &Attribution,
    person: Option<&Person>,
    office: Option<&str>,
    debate: &Debate,
) -> bool {
    let words = words_of(text);
    let names =
        std::iter::once(who.name.as_str()).chain(who.printed.as_deref()).chain(person.into_iter().flat_map(
            |person| std::iter::once(person.name.as_str()).chain(person.aliases.iter().map(String::as_str)),
        ));
    let mut names: Vec<Vec<String>> = names.map(words_of).collect();
    names.extend(office.map(words_of));
    if names.iter().any(|name| has(&words, name)) {
        return true;
    }
    let surname = words_of(&who.name).pop().filter(|name| name.chars().count() > 2);
    let is_shared = |surname: &String| {
        let others = debate.record.contributions.iter().filter_map(|other| other.speaker.as_ref());
        others
            .filter(|other| other.name != who.name)
            .any(|other| words_of(&other.name).last() == Some(surname))
    };
    if surname.is_some_and(|surname| words.contains(&surname) && !is_shared(&surname)) {
        return true;
    }
    names_nobody(&words, debate)
}

/// Whether nothing in a citation can be a name.
fn names_nobody(words: &[String], debate: &Debate) -> bool {
    let title = words_of(&debate.particulars.title);
    let is_month = |word: &str| MONTHS.iter().any(|month| month.eq_ignore_ascii_case(word));
    words.iter().all(|word| {
        word.contains(|c: char| c.is_ascii_digit())
            || CITING.contains(&word.as_str())
            || is_month(word)
            || title.contains(word)
    })
}

fn words_of(text: &str) -> Vec<String> {
    text.unicode_words().map(str::to_lowercase).collect()
}

/// Whether `words` has `name` in one piece.
fn has(words: &[String], name: &[String]) -> bool {
    !name.is_empty() && words.windows(name.len()).any(|window| window == name)
}
