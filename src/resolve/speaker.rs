//! Whether a line of attribution names the one who spoke.

use super::named;
use super::roll::{self, Roll};
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

/// Whether `text` names the one who spoke: in full, or as the roll of those who speak there knows them (the
/// surname of nobody else, `Ms Lee`), or by the office. A text that names nobody (`p12`, `Hansard, 20 December
/// 2012`) says nothing wrong.
pub fn is_named(
    text: &str,
    who: &Attribution,
    person: Option<&Person>,
    office: Option<&str>,
    debate: &Debate,
    roll: &Roll,
) -> bool {
    let words = words_of(text);
    let full = std::iter::once(who.name.as_str()).chain(who.printed.as_deref()).chain(
        person
            .into_iter()
            .flat_map(|person| std::iter::once(&person.name).chain(&person.aliases))
            .map(String::as_str),
    );
    // A single word within a line is a surname, which others may have: that is for the roll to tell.
    let mut names = full.map(words_of).chain(office.map(words_of));
    if names.any(|name| words == name || (name.len() > 1 && has(&words, &name))) {
        return true;
    }
    match named::in_attribution(text, roll) {
        Some(named) => named.who.len() == 1 && named.who.contains(&roll::key(who)),
        None => names_nobody(&words, debate),
    }
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
