//! Words against the record: the one comparison that sheets, prose, key points and documents share, and the
//! one table of what is said of each outcome.
//!
//! | outcome | in a sheet | in prose |
//! |---|---|---|
//! | verbatim | placed | fine |
//! | verbatim, several times in the paragraph named | `ambiguous-quote` | fine |
//! | verbatim, in several places | `ambiguous-quote` | `ambiguous-quote` |
//! | verbatim but for the end of the sentence round it, or a capital at the beginning | `lost-quote` | fine |
//! | verbatim, but not between the words given | `out-of-context` | – |
//! | begins or ends inside a word, a number, a character | `cuts-word`, `cuts-character` | the same |
//! | leaves out what matters | `material-elision` | the same |
//! | runs over paragraphs or speeches | `crosses-paragraph`, `crosses-speech` | the same |
//! | has words in brackets that the record has not | `lost-quote` | `bracketed-insertion` |
//! | no words at all | `blank-quote` | `blank-quote` |
//! | anything else | `lost-quote` | `quoted-elsewhere`, `misquotation` |

use super::library::Volume;
use super::quoting;
use crate::anchor::{self, Brackets, Candidate, Found, Joints, PlacedRange, Places, Quote, Scope};
use crate::diagnostics::{self, Diagnostic, Place};
use std::borrow::Cow;
use std::ops::Range;

/// Where a quotation is written, which decides how it may differ from the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// In an annotation sheet: the words are looked for in order to place a note on them.
    Sheet,
    /// In prose or in a document: the words are shown to readers within a sentence of somebody else's.
    Prose,
}

/// How a quotation may differ from the record and still be right, in prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Allowance {
    /// The closing comma or full stop is that of the sentence round the quotation.
    ClosingStop,
    /// The first letter has the other case, because the sentence round the quotation wants it so.
    Capital,
}

impl Allowance {
    /// What is said of it.
    pub fn words(self) -> &'static str {
        match self {
            Allowance::ClosingStop => "the closing comma or full stop is not the record's",
            Allowance::Capital => "the record has the first letter in the other case",
        }
    }
}

/// What comparing some words with the record came to.
#[derive(Debug)]
pub enum Judgement {
    /// The record has them, here.
    Verbatim(Vec<PlacedRange>, Vec<Allowance>),
    /// The record has them in several places.
    Several(Places),
    /// The record has them, but not with the words given before and after.
    OutOfContext(Places),
    /// They begin or end inside this word or number.
    CutsWord(String),
    /// They begin or end inside a character that is seen as one: the whole of it.
    CutsCharacter(String),
    /// They leave out words that matter: the words, and why they do.
    MaterialElision(String, String),
    /// They run from one paragraph into another.
    CrossesParagraph(String, String),
    /// They run from one contribution into another.
    CrossesSpeech(String, String),
    /// Words in brackets, at this range, are not the record's.
    BracketedInsertion(Range<usize>),
    /// They hold no letter and no digit.
    Blank,
    /// The record does not have them there.
    Lost,
}

/// Words to be compared.
#[derive(Debug, Clone, Copy)]
pub struct Words<'w> {
    /// The words as written.
    pub quote: Quote<'w>,
    /// Where they are written.
    pub setting: Setting,
    /// Whether somebody has looked at what they leave out.
    pub elision: Elision,
}

/// Whether words that are left out have been looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elision {
    /// They are judged.
    Judged,
    /// Somebody says that they do not matter.
    Reviewed,
}

impl<'w> Words<'w> {
    /// Words in a sheet, with the words that stand just before them where those are given.
    pub fn in_sheet(exact: &'w str, before: Option<&'w str>) -> Self {
        Words {
            quote: Quote { exact, before, after: None, brackets: Brackets::Elision },
            setting: Setting::Sheet,
            elision: Elision::Judged,
        }
    }

    /// Words in prose.
    pub fn in_prose(exact: &'w str) -> Self {
        Words {
            quote: Quote { exact, before: None, after: None, brackets: Brackets::Prose },
            setting: Setting::Prose,
            elision: Elision::Judged,
        }
    }
}

/// Compares words with the paragraphs `scope` of a debate; `joints` says whether they may run from one
/// into another.
pub fn judge(volume: &Volume<'_>, scope: &Range<usize>, joints: Joints, words: &Words<'_>) -> Judgement {
    let first = judge_exactly(volume, scope, joints, words);
    if words.setting == Setting::Sheet || !matches!(first, Judgement::Lost) {
        return first;
    }
    for (variant, allowances) in variants(words.quote.exact) {
        let varied = Words { quote: Quote { exact: &variant, ..words.quote }, ..*words };
        match judge_exactly(volume, scope, joints, &varied) {
            Judgement::Lost | Judgement::Blank | Judgement::BracketedInsertion(_) => {}
            Judgement::Verbatim(ranges, _) => return Judgement::Verbatim(ranges, allowances),
            other => return other,
        }
    }
    first
}

/// The words as they may stand in the record, where a sentence round them ends or begins with them.
fn variants(words: &str) -> Vec<(Cow<'_, str>, Vec<Allowance>)> {
    let trimmed = words.trim();
    let stopless = trimmed.strip_suffix([',', '.']).filter(|rest| !rest.ends_with('.'));
    let mut variants: Vec<(Cow<'_, str>, Vec<Allowance>)> = Vec::new();
    variants.extend(stopless.map(|rest| (rest.into(), vec![Allowance::ClosingStop])));
    variants.extend(recased(trimmed).map(|text| (text.into(), vec![Allowance::Capital])));
    let both = stopless.and_then(recased);
    variants.extend(both.map(|text| (text.into(), vec![Allowance::Capital, Allowance::ClosingStop])));
    variants
}

/// The text with its first letter in the other case, where it begins with a letter or with a mark and one.
fn recased(text: &str) -> Option<String> {
    let (at, letter) = text.char_indices().find(|(_, c)| c.is_alphanumeric())?;
    if text[..at].contains('[') {
        return None;
    }
    let other: String = match letter.is_uppercase() {
        true => letter.to_lowercase().collect(),
        false => letter.to_uppercase().collect(),
    };
    let rest = &text[at + letter.len_utf8()..];
    (other.chars().ne(std::iter::once(letter))).then(|| format!("{}{other}{rest}", &text[..at]))
}

fn judge_exactly(volume: &Volume<'_>, scope: &Range<usize>, joints: Joints, words: &Words<'_>) -> Judgement {
    let pieces = volume.pieces();
    let search = Scope { pieces: scope.clone(), joints };
    match anchor::find(pieces, &search, &words.quote) {
        Found::Placed(ranges) => placed(volume, ranges, words),
        Found::Ambiguous(places) if words.setting == Setting::Prose && is_one_paragraph(scope, &places) => {
            // The same words twice in one paragraph are still that paragraph's words. Any whole one does.
            let judged = places.candidates.into_iter().map(|one| placed(volume, one.ranges, words));
            let mut judged: Vec<Judgement> = judged.collect();
            let verbatim = judged.iter().position(|one| matches!(one, Judgement::Verbatim(..)));
            judged.swap_remove(verbatim.unwrap_or(0))
        }
        Found::Ambiguous(places) => several(volume, places, words),
        Found::OutOfContext(places) => Judgement::OutOfContext(places),
        Found::CrossesParagraph(ranges) => {
            let (first, last) = quoting::ends(volume, &ranges);
            Judgement::CrossesParagraph(first, last)
        }
        Found::CrossesSpeech(ranges) => {
            let (first, last) = quoting::ends(volume, &ranges);
            Judgement::CrossesSpeech(first, last)
        }
        Found::CutsCluster(ranges) => Judgement::CutsCharacter(quoting::words_of(volume, &ranges)),
        Found::BracketedInsertion(range) if words.setting == Setting::Prose => {
            Judgement::BracketedInsertion(range)
        }
        Found::Blank => Judgement::Blank,
        Found::Lost | Found::BracketedInsertion(_) => Judgement::Lost,
    }
}

fn is_one_paragraph(scope: &Range<usize>, places: &Places) -> bool {
    scope.len() == 1 && places.candidates.iter().all(|candidate| candidate.ranges.len() == 1)
}

fn placed(volume: &Volume<'_>, ranges: Vec<PlacedRange>, words: &Words<'_>) -> Judgement {
    let pieces = volume.pieces();
    if let Some(word) = quoting::cut_word(pieces, &ranges) {
        return Judgement::CutsWord(word.to_owned());
    }
    match quoting::material(pieces, &ranges).filter(|_| words.elision == Elision::Judged) {
        Some((left_out, reasons)) => Judgement::MaterialElision(left_out, reasons),
        None => Judgement::Verbatim(ranges, Vec::new()),
    }
}

/// Several places: in prose those that cut a word or leave out what matters are none.
fn several(volume: &Volume<'_>, mut places: Places, words: &Words<'_>) -> Judgement {
    if words.setting == Setting::Sheet || places.total > places.candidates.len() {
        return Judgement::Several(places);
    }
    let is_whole = |candidate: &Candidate| {
        matches!(placed(volume, candidate.ranges.clone(), words), Judgement::Verbatim(..))
    };
    let whole = places.candidates.iter().filter(|candidate| is_whole(candidate)).count();
    match whole {
        0 => placed(volume, places.candidates.swap_remove(0).ranges, words),
        1 => {
            places.candidates.retain(is_whole);
            placed(volume, places.candidates.swap_remove(0).ranges, words)
        }
        _ => {
            places.candidates.retain(is_whole);
            places.total = places.candidates.len();
            Judgement::Several(places)
        }
    }
}

/// What is said of a judgement: nothing where it is verbatim.
pub fn mistake(
    judgement: &Judgement,
    volume: &Volume<'_>,
    scope: &Range<usize>,
    words: &Words<'_>,
    place: Place,
) -> Option<Diagnostic> {
    let name = quoting::scope_name(volume, scope);
    let exact = words.quote.exact;
    let lines = |places: &Places| -> Vec<String> {
        places.candidates.iter().map(|one| quoting::candidate_line(volume, one)).collect()
    };
    Some(match judgement {
        Judgement::Verbatim(..) => return None,
        Judgement::Several(places) => {
            let settled = places.candidates.iter().map(|one| quoting::settled(volume, one)).collect();
            diagnostics::ambiguous_quote(place, &name, places.total, settled)
        }
        Judgement::OutOfContext(places) => diagnostics::out_of_context(place, &name, lines(places)),
        Judgement::CutsWord(word) => diagnostics::cuts_word(place, word),
        Judgement::CutsCharacter(whole) => diagnostics::cuts_character(place, whole),
        Judgement::MaterialElision(left_out, reasons) => {
            diagnostics::material_elision(place, left_out, reasons)
        }
        Judgement::CrossesParagraph(first, last) => diagnostics::crosses_paragraph(place, first, last),
        Judgement::CrossesSpeech(first, last) => diagnostics::crosses_speech(place, first, last),
        Judgement::BracketedInsertion(range) => {
            diagnostics::bracketed_insertion(place, exact.get(range.clone()).unwrap_or(exact))
        }
        Judgement::Blank => diagnostics::blank_quote(place),
        Judgement::Lost if words.setting == Setting::Sheet => {
            diagnostics::lost_quote(place, &name, &quoting::suggestions(volume, scope, exact))
        }
        Judgement::Lost => {
            let everywhere = 0..volume.pieces().len();
            let elsewhere = (*scope != everywhere).then(|| quoting::first_place(volume, exact)).flatten();
            match elsewhere {
                Some(at) => diagnostics::quoted_elsewhere(place, &name, &volume.id_at(at)),
                None => diagnostics::misquotation(place, &name, &quoting::suggestions(volume, scope, exact)),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_round_a_quotation_gives_it_a_stop_and_a_capital() {
        let texts: Vec<String> =
            variants("The duty is plain.").into_iter().map(|(text, _)| text.into()).collect();
        assert_eq!(texts, ["The duty is plain", "the duty is plain.", "the duty is plain"]);
        assert!(variants("£200").is_empty());
        let texts: Vec<String> = variants("and so on...").into_iter().map(|(text, _)| text.into()).collect();
        assert_eq!(texts, ["And so on..."]);
    }
}
