//! Whom a document names as the one who said the words of a quotation: by a verb of saying with the name as
//! its subject, by `according to`, by a colon, in the line of attribution. A name that is only in the
//! sentence (`she told Bob Roe that “…”`) says nothing of who spoke.

use super::roll::{Named, Roll};
use crate::prose::{Around, Form, Quotation};

/// Verbs of saying, in the forms that reports have them in.
const SAYING: &[&str] = &[
    "said",
    "says",
    "told",
    "tells",
    "asked",
    "asks",
    "replied",
    "replies",
    "added",
    "adds",
    "argued",
    "argues",
    "warned",
    "warns",
    "claimed",
    "claims",
    "insisted",
    "insists",
    "stated",
    "states",
    "answered",
    "answers",
    "declared",
    "declares",
    "announced",
    "announces",
    "confirmed",
    "confirms",
    "explained",
    "explains",
    "observed",
    "observes",
    "remarked",
    "remarks",
    "noted",
    "notes",
    "continued",
    "continues",
    "concluded",
    "concludes",
    "acknowledged",
    "admitted",
    "admits",
    "conceded",
    "concedes",
    "responded",
    "responds",
    "complained",
    "complains",
    "promised",
    "promises",
    "pledged",
    "pledges",
    "urged",
    "urges",
    "suggested",
    "suggests",
    "accepted",
    "agreed",
    "repeated",
    "stressed",
    "stresses",
    "tweeted",
    "wrote",
    "writes",
    "went",
];

/// Words that may stand between a subject and its verb.
const BETWEEN: &[&str] =
    &["also", "then", "later", "has", "had", "once", "rightly", "again", "previously", "recently", "earlier"];

/// At most so many words stand between a verb before the quotation and its opening mark.
const GAP: usize = 8;

/// Whom the document names for a quotation.
pub fn speaker(quotation: &Quotation<'_>, roll: &Roll) -> Option<Named> {
    if let Form::Block(_, attribution) = &quotation.form {
        let line = attribution.as_ref().map(|line| line.text.as_str());
        return line.and_then(|line| in_attribution(line, roll)).or_else(|| before(&quotation.around, roll));
    }
    let ends = quotation.words.trim_end().ends_with('.');
    after(&quotation.around, ends, roll).or_else(|| before(&quotation.around, roll))
}

/// The name at the beginning of a line of attribution.
fn in_attribution(line: &str, roll: &Roll) -> Option<Named> {
    let first = line.trim().split([',', '(', ';', ':', '—', '–', '[']).next()?.trim();
    let is_words = first.split_whitespace().count() <= 6 && !first.contains(|c: char| c.is_ascii_digit());
    let phrase = leading(first);
    (is_words && phrase == first).then(|| roll.named(first)).flatten()
}

/// The last sentence of what stands before the quotation.
fn clause(text: &str) -> &str {
    let mut start = 0;
    for (at, mark) in text.match_indices(['.', '?', '!', ';', '”', '"', '“', '\n']) {
        let past = at + mark.len();
        let word = text[..at].rsplit(char::is_whitespace).next().unwrap_or_default();
        let is_short = mark == "." && (word.len() <= 1 || is_title(word));
        let ends = text[past..].starts_with(char::is_whitespace) || matches!(mark, "”" | "\"" | "“" | ";");
        if ends && !is_short && text[past..].trim() != "" {
            start = past;
        }
    }
    text[start..].trim()
}

fn is_title(word: &str) -> bool {
    matches!(word, "Mr" | "Mrs" | "Ms" | "Dr" | "Prof" | "Rt" | "Hon" | "Rev" | "Cllr" | "St")
}

fn before(around: &Around, roll: &Roll) -> Option<Named> {
    let clause = clause(&around.before);
    if let Some(line) = clause.strip_suffix(':') {
        let line = line.trim().trim_matches('*');
        let bare = line.split(['(', ',']).next().unwrap_or(line).trim();
        if bare.split_whitespace().count() <= 6
            && leading(bare) == bare
            && let Some(named) = roll.named(bare)
        {
            return Some(named);
        }
    }
    let words: Vec<&str> = clause.split_whitespace().collect();
    let verb = words.iter().rposition(|word| SAYING.contains(&bare_word(word).as_str()));
    if let Some(verb) = verb.filter(|verb| words.len() - verb <= GAP + 1) {
        return subject(&words[..verb], roll);
    }
    let lower = clause.to_lowercase();
    let to = lower.rfind("according to ").filter(|_| lower.len() == clause.len())?;
    let phrase = leading(&clause[to + "according to ".len()..]);
    roll.named(phrase)
}

/// The subject of a verb: the name that ends just before it, or the one before an apposition in commas.
fn subject(words: &[&str], roll: &Roll) -> Option<Named> {
    let mut words = words;
    while let Some((last, rest)) = words.split_last()
        && BETWEEN.contains(&bare_word(last).as_str())
    {
        words = rest;
    }
    let text = words.join(" ");
    let Some(unended) = text.strip_suffix([',', ')']) else {
        return roll.named(trailing(&text)?);
    };
    // `Ann Lee, the Minister, said` and `Ann Lee (Leeds) said`.
    let from = unended.rfind([',', '('])?;
    let is_short = unended[from..].split_whitespace().count() <= 10;
    is_short.then(|| trailing(unended[..from].trim_end())).flatten().and_then(|name| roll.named(name))
}

fn after(around: &Around, ends: bool, roll: &Roll) -> Option<Named> {
    let typed = around.after.as_str();
    let text = typed.trim_start_matches(|c: char| c.is_whitespace() || ",.;".contains(c));
    let passed = &typed[..typed.len() - text.len()];
    // After a full stop a new sentence begins, whose subject is another matter.
    let is_new = ends || passed.contains('.');
    let dashed = text.trim_start_matches(['—', '–', '―', '-']);
    if dashed.len() < text.len() {
        let line = dashed.trim_start();
        let phrase = leading(line);
        let rest = line[phrase.len()..].trim_start();
        let stands_alone = rest.is_empty() || rest.starts_with([',', '.', ';', '(', ')']);
        return if stands_alone { roll.named(phrase) } else { None };
    }
    let mut words = text.split_whitespace();
    let first = bare_word(words.next()?);
    if SAYING.contains(&first.as_str()) && !passed.contains('.') {
        let rest = text.trim_start()[text.trim_start().find(char::is_whitespace)?..].trim_start();
        let rest = rest.strip_prefix("the ").unwrap_or(rest);
        return roll.named(leading(rest));
    }
    if first == "according" {
        let rest = text.split_once(" to ")?.1;
        return roll.named(leading(rest));
    }
    if is_new {
        return None;
    }
    // `Ann Lee said`, `Ann Lee, the Minister, told the House`.
    let phrase = leading(text);
    if phrase.is_empty() {
        return None;
    }
    let mut rest = text[phrase.len()..].trim_start();
    if let Some(apposition) = rest.strip_prefix([',', '(']) {
        let end = apposition.find([',', ')'])?;
        if apposition[..end].split_whitespace().count() > 10 {
            return None;
        }
        rest = apposition[end + 1..].trim_start();
    }
    let verb = rest.split_whitespace().map(bare_word).find(|word| !BETWEEN.contains(&word.as_str()))?;
    SAYING.contains(&verb.as_str()).then(|| roll.named(phrase)).flatten()
}

fn bare_word(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

/// Small words inside names.
fn is_particle(word: &str) -> bool {
    matches!(word, "of" | "de" | "van" | "von" | "der" | "la" | "le" | "du" | "al" | "bin" | "ap" | "and")
}

/// Whether a word can stand in a name.
fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

/// The words with capitals at the beginning of a text.
fn leading(text: &str) -> &str {
    let mut end = 0;
    let mut at = 0;
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        let core = bare.trim_end_matches([',', '.', ';', ':', '?', '!', ')', '”', '"', '*']);
        if is_capital(bare) {
            // The stop of `Mr.` is its own; any other ends the name.
            let whole = if is_title(core) && bare == format!("{core}.") { bare } else { core };
            end = at + whole.len();
            if whole.len() < bare.len() {
                break;
            }
        } else if !(end > 0 && is_particle(bare)) {
            break;
        }
        at += word.len();
    }
    &text[..end]
}

/// The words with capitals at the end of a text.
fn trailing(text: &str) -> Option<&str> {
    let text = text.trim_end();
    let mut start = text.len();
    let mut at = text.len();
    for word in text.rsplit(' ') {
        at -= word.len();
        let is_ended = start < text.len() && word.ends_with([',', ';', ':', ')']);
        if is_ended {
            break;
        }
        if is_capital(word) {
            start = at;
        } else if !(start < text.len() && is_particle(word)) {
            break;
        }
        at = at.saturating_sub(1);
    }
    (start < text.len()).then(|| &text[start..])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(before_: &str, after_: &str) -> Option<String> {
        let around = Around { before: before_.to_owned(), after: after_.to_owned() };
        let roll = Roll::default();
        after(&around, false, &roll).or_else(|| before(&around, &roll)).map(|named| named.name)
    }

    #[test]
    fn the_subject_of_a_verb_of_saying_is_the_speaker() {
        for (before, after) in [
            ("Ann Lee said ", "."),
            ("Yesterday Ann Lee told the House that ", " and sat down."),
            ("It was late. Ann Lee, the Minister for Paper, said: ", ""),
            ("Ann Lee (Leeds) has also argued that ", ""),
            ("Ann Lee: ", ""),
            ("", ", said Ann Lee."),
            ("", ", Ann Lee told Bob Roe."),
            ("", ", Ann Lee, the Minister, replied."),
            ("", ", according to Ann Lee, who left."),
            ("According to Ann Lee, ", ""),
            ("", " — Ann Lee, 3 May"),
        ] {
            let found = name(before, after);
            assert!(
                found.as_deref().is_some_and(|name| name.ends_with("Ann Lee")),
                "{before}“”{after}: {found:?}"
            );
        }
    }

    #[test]
    fn a_name_that_is_only_in_the_sentence_is_not_the_speaker() {
        for (before, after) in [
            ("She told Bob Roe that ", "."),
            ("Bob Roe disagrees with ", "."),
            ("Bob Roe said little. She answered ", "."),
            ("", ". Bob Roe said that he was tired."),
            ("", ", she told Bob Roe."),
            ("The letter to Bob Roe, which says ", ""),
        ] {
            assert_eq!(name(before, after), None, "{before}“”{after}");
        }
    }
}
