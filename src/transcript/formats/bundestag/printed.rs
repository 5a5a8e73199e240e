//! The printed pages as text: lines as they were set, with the heads of pages between them, the contents
//! before the record and annexes after it.
//!
//! Decided here: the record begins with the first name of who presides and ends with the line that says
//! when the sitting closed. A line is a name only where it is one of who presides, or one with a group in
//! brackets or an office after it, and a colon at its end. A word that the end of a line divides is put
//! together again, and its hyphen set apart; before a capital the hyphen is the word's own.

use super::{Reader, presides};
use crate::text::Span;
use crate::transcript::conventions::{is_bracketed, trimmed};
use crate::transcript::record::*;
use crate::transcript::xml::{Element, Node};
use std::ops::Range;

/// Words that begin an office.
const OFFICES: [&str; 9] = [
    "Bundes",
    "Staats",
    "Parl.",
    "Minister",
    "Senator",
    "Wehrbeauftragt",
    "Beauftragt",
    "Ministerpräsident",
    "Erster",
];

impl<'s> Reader<'s> {
    pub(super) fn printed(&mut self, root: Element<'_, 's>) {
        for part in root.elements() {
            match part.name() {
                "TEXT" => {
                    for node in part.children() {
                        match node {
                            Node::Text(span) => self.pages(span),
                            node => self.blocks.flow.node(node, &mut super::treat),
                        }
                    }
                    self.end_speech();
                }
                "DATUM" => {
                    self.apart(part, FurnitureKind::Particular);
                    self.date(&part.words());
                }
                "TITEL" => {
                    self.apart(part, FurnitureKind::Particular);
                    self.blocks.record.title =
                        Some(Text::Owned(part.words().into())).filter(|_| part.has_words());
                }
                _ => self.apart(part, FurnitureKind::Particular),
            }
        }
    }

    fn pages(&mut self, span: Span) {
        let text = &self.source.text;
        let lines = lines(text, span.range());
        let words = |line: &Range<usize>| &text[line.clone()];
        let first = (0..lines.len())
            .find(|at| label(text, &lines, *at).is_some_and(|(_, printed)| presides(&printed)));
        let first = first.unwrap_or(0);
        let last = lines
            .iter()
            .position(|line| words(line).starts_with("(Schluss") || words(line).starts_with("Schluss:"));
        let last = last.filter(|last| *last > first).map_or(lines.len(), |last| last + 1);
        self.lines_apart(&lines[..first], FurnitureKind::Apparatus);
        let mut pages = Pages { names: Vec::new(), last: None, gap: false };
        let mut at = first;
        while at < last {
            at = self.line(&lines[..last], at, &mut pages);
        }
        self.end_lines(&mut pages);
        self.lines_apart(&lines[last..], FurnitureKind::Apparatus);
    }

    fn lines_apart(&mut self, lines: &[Range<usize>], kind: FurnitureKind) {
        if let (Some(first), Some(last)) = (lines.first(), lines.last()) {
            self.blocks.record.furniture(kind, first.start..last.end);
        }
    }

    /// Reads a line, or the lines of a name or a page's head; gives the next.
    fn line(&mut self, lines: &[Range<usize>], at: usize, pages: &mut Pages) -> usize {
        let text = &self.source.text;
        let line = lines[at].clone();
        let words = text[line.clone()].trim();
        if words.is_empty() {
            pages.gap = true;
            return at + 1;
        }
        if let Some(end) = page_head(text, lines, at, &pages.names) {
            self.lines_apart(&lines[at..end], FurnitureKind::Apparatus);
            return end;
        }
        if let Some((end, printed)) = label(text, lines, at).filter(|_| pages.may_begin()) {
            self.end_lines(pages);
            let span = Span::new(line.start..lines[end - 1].end);
            let label = self.label(&Text::Owned(printed.as_str().into()), None, span);
            pages.names.push(label.name.of(self.source).to_owned());
            self.blocks.record.begin(Contribution {
                speaker: Some(label),
                ..Contribution::of(ContributionKind::Speech, span)
            });
            pages.gap = false;
            return end;
        }
        if words.starts_with('(')
            && pages.may_begin()
            && let Some(end) = bracket(text, lines, at)
        {
            self.end_lines(pages);
            for line in lines[at..end].iter().filter(|line| !text[(*line).clone()].trim().is_empty()) {
                self.words(line.clone(), pages);
            }
            self.last_hyphen(pages);
            self.blocks.paragraph(ParagraphKind::Procedural);
            pages.gap = false;
            return end;
        }
        let lower = words.starts_with(char::is_lowercase);
        let ended = pages.last.as_ref().is_none_or(|last| ends_sentence(&text[last.clone()]));
        if std::mem::take(&mut pages.gap) && ended && !lower {
            self.end_lines(pages);
        }
        self.words(line, pages);
        at + 1
    }

    fn end_lines(&mut self, pages: &mut Pages) {
        self.last_hyphen(pages);
        self.end_paragraph();
    }

    /// A hyphen that no line followed is the word's.
    fn last_hyphen(&mut self, pages: &mut Pages) {
        if let Some(last) = pages.last.take()
            && let Some((hyphen, _)) = divided(&self.source.text, &last, "")
        {
            self.blocks.flow.text(Span::new(hyphen));
        }
    }

    /// The words of a line, joined to those of the line before.
    fn words(&mut self, line: Range<usize>, pages: &mut Pages) {
        let text = &self.source.text;
        let line = trimmed(text, line);
        let words = &text[line.clone()];
        if let Some((hyphen, divides)) = pages.last.take().and_then(|last| divided(text, &last, words)) {
            match hyphen_of(words, divides) {
                Hyphen::Divides => self.blocks.record.furniture(FurnitureKind::LineHyphen, hyphen),
                Hyphen::OfTheWord => self.blocks.flow.text(Span::new(hyphen)),
                Hyphen::BeforeAnother => {
                    self.blocks.flow.text(Span::new(hyphen));
                    self.blocks.flow.space();
                }
            }
        } else {
            self.blocks.flow.space();
        }
        // A hyphen at the end waits for the line after it.
        let end = if words.len() > 1 && words.ends_with('-') { line.end - 1 } else { line.end };
        self.blocks.flow.text(Span::new(line.start..end));
        pages.last = Some(line);
    }
}

/// What was read of the pages so far.
struct Pages {
    /// Everybody named.
    names: Vec<String>,
    /// The line of words before, where a paragraph is open.
    last: Option<Range<usize>>,
    /// Whether an empty line came after it.
    gap: bool,
}

impl Pages {
    fn may_begin(&self) -> bool {
        self.gap || self.last.is_none()
    }
}

/// Whether a line ends with a sentence: else an empty line after it is the page's.
fn ends_sentence(line: &str) -> bool {
    line.trim_end().ends_with(['.', '!', '?', ':', '“', ')', '–', ';'])
}

/// What a hyphen at the end of a line is.
enum Hyphen {
    /// The line's: it divides a word.
    Divides,
    /// The word's, which goes on in the next line.
    OfTheWord,
    /// The word's, which another follows: `Sicherheits- und`.
    BeforeAnother,
}

fn hyphen_of(next: &str, divides: bool) -> Hyphen {
    match divides {
        true => Hyphen::Divides,
        false if next.starts_with(char::is_uppercase) => Hyphen::OfTheWord,
        false => Hyphen::BeforeAnother,
    }
}

/// The hyphen at the end of a line, and whether it only divides the word that goes on in the next.
fn divided(text: &str, last: &Range<usize>, next: &str) -> Option<(Range<usize>, bool)> {
    let words = &text[last.clone()];
    if words.len() < 2 || !words.ends_with('-') {
        return None;
    }
    let hyphen = last.end - 1..last.end;
    let first = next.split(' ').next().unwrap_or_default();
    let stands = ["und", "oder", "bis", "sowie", "wie", "noch", "als"].contains(&first);
    let letter = words[..words.len() - 1].ends_with(char::is_alphabetic);
    Some((hyphen, letter && next.starts_with(char::is_lowercase) && !stands))
}

/// The lines of a range, without their breaks.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut start = range.start;
    let split = text[range].split_inclusive('\n').map(|line| {
        let whole = start..start + line.trim_end_matches(['\n', '\r']).len();
        start += line.len();
        whole
    });
    split.collect()
}

/// A name at a line, which may go on in the next: the line after it, and the name with its colon.
fn label(text: &str, lines: &[Range<usize>], at: usize) -> Option<(usize, String)> {
    let line = |at: usize| lines.get(at).map(|line| text[line.clone()].trim());
    let first = line(at)?;
    if first.ends_with(':') && is_label(first) {
        return Some((at + 1, first.to_owned()));
    }
    // A long name is set in two lines.
    let second = line(at + 1).filter(|line| line.ends_with(':') && line.len() < 60)?;
    let opens = first.contains('(') && !first.contains(')') || first.contains(", ");
    let joined = match first.strip_suffix('-') {
        Some(first) => format!("{first}{second}"),
        None if first.ends_with('/') => format!("{first}{second}"),
        None => format!("{first} {second}"),
    };
    (opens && is_label(&joined)).then_some((at + 2, joined))
}

fn is_label(line: &str) -> bool {
    let label = line.trim_end_matches(':').trim_end();
    if label.chars().count() > 140 || label.starts_with('(') {
        return false;
    }
    let is_name = |name: &str| {
        let words: Vec<&str> = name.split(' ').collect();
        let capital = |word: &&str| {
            word.starts_with(char::is_uppercase)
                || ["von", "van", "de", "der", "zu", "h.", "c.", "den", "Graf"].contains(word)
        };
        (2..=8).contains(&words.len()) && words.iter().all(capital) && !name.contains(['!', '?', ':', '“'])
    };
    if presides(label) {
        return is_name(label);
    }
    if let Some((name, groups)) = label.split_once(" (") {
        let group = groups.strip_suffix(')').unwrap_or_default();
        return is_name(name)
            && !group.is_empty()
            && (group.starts_with(char::is_uppercase) || group == "fraktionslos");
    }
    label.split_once(", ").is_some_and(|(name, office)| {
        is_name(name) && OFFICES.iter().any(|begins| office.starts_with(begins))
    })
}

/// The lines of a page's head at a line: the name of who speaks, the line of the sitting, the letters of the
/// columns. Gives the line after them.
fn page_head(text: &str, lines: &[Range<usize>], at: usize, names: &[String]) -> Option<usize> {
    let words = |at: usize| lines.get(at).map(|line| text[line.clone()].trim());
    let is_sitting =
        |line: &str| line.starts_with("Deutscher Bundestag – ") && line.contains(". Wahlperiode – ");
    let first = words(at)?;
    if is_sitting(first) || matches!(first, "(A) (C)" | "(B) (D)" | "(A)" | "(B)" | "(C)" | "(D)") {
        return Some(at + 1);
    }
    // The name of who speaks stands above the line of the sitting.
    let next =
        (at + 1..lines.len().min(at + 4)).find(|at| words(*at).is_some_and(|line| !line.is_empty()))?;
    let heads = next > at + 1 && words(next).is_some_and(is_sitting);
    let named = names.iter().any(|name| {
        let bare = name.trim_start_matches("Dr. ");
        first.ends_with(name.as_str()) || first.ends_with(bare)
    });
    (heads && named && !first.ends_with(['.', '!', '?', ':'])).then_some(next + 1)
}

/// Where a bracket that begins at a line ends: the line after its last. `None` where it ends within a line or
/// not within twenty.
fn bracket(text: &str, lines: &[Range<usize>], at: usize) -> Option<usize> {
    let end = lines.len().min(at + 20);
    (at..end).find(|last| is_bracketed(&text[lines[at].start..lines[*last].end])).map(|last| last + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_with_a_group_or_an_office_begins_a_speech() {
        for label in [
            "Präsident Dr. Norbert Lenz:",
            "Vizepräsidentin Ida Moos:",
            "Dr. Bodo Kern (XYZ):",
            "Ada von der Aue (BÜNDNIS 90/DIE GRÜNEN):",
            "Dr. Ada Lenz, Bundeskanzlerin:",
        ] {
            assert!(is_label(label), "{label}");
        }
        for other in [
            "jetzt an:",
            "Frau Bundeskanzlerin, ich sage Ihnen:",
            "Meine Damen und Herren:",
            "Inhalt:",
            "Tagesordnungspunkt 1:",
        ] {
            assert!(!is_label(other), "{other}");
        }
    }

    #[test]
    fn a_hyphen_divides_a_word_before_a_small_letter_only() {
        let at = |text: &str, next: &str| divided(text, &(0..text.len()), next).map(|(_, divides)| divides);
        assert_eq!(at("die briti-", "sche Sicht"), Some(true));
        assert_eq!(at("Sicherheits-", "und mehr"), Some(false));
        assert_eq!(at("Göring-", "Moos"), Some(false));
        assert_eq!(at("das –", "aber"), None);
    }
}
