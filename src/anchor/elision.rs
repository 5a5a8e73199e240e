//! Whether leaving words out of a quotation changed what was said.

use super::english::{Weight, starts_sentence, weight, words};
use super::piece::{Piece, PlacedRange};
use std::ops::Range;

/// What an elision left out of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gap<'a> {
    /// The part of the quotation that it follows, from 0.
    pub after_part: usize,
    /// The words left out, as they stand in the record: one text for each paragraph they are from.
    pub left_out: Vec<&'a str>,
    /// Why it may have changed what was said. Empty where it is harmless.
    pub reasons: Vec<Reason<'a>>,
}

impl Gap<'_> {
    /// Whether a person has to judge it.
    pub fn is_material(&self) -> bool {
        !self.reasons.is_empty()
    }
}

/// Why an elision is material. The words are the record's, whole even where the gap cuts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason<'a> {
    /// It leaves out a negation.
    Negation(&'a str),
    /// It leaves out a modal verb.
    Modal(&'a str),
    /// It leaves out a number.
    Number(&'a str),
    /// It leaves out a name or a title.
    Name(&'a str),
    /// What is left reads as one sentence and was two.
    JoinsSentences,
}

/// The gaps of a placed quotation, in order; none where nothing was left out.
///
/// A gap is material where it holds a negation, a modal verb, a number or a name, or where the
/// words on both sides read as one sentence though a sentence ends between them. The last is not
/// asked across paragraphs, which are always shown as separate quotations. English only.
pub fn gaps<'a>(record: &[Piece<'a>], placed: &[PlacedRange]) -> Vec<Gap<'a>> {
    let neighbours = placed.windows(2).filter(|pair| pair[0].part != pair[1].part);
    neighbours.map(|pair| gap(record, &pair[0], &pair[1])).collect()
}

fn gap<'a>(record: &[Piece<'a>], before: &PlacedRange, after: &PlacedRange) -> Gap<'a> {
    let mut gap = Gap { after_part: before.part, left_out: Vec::new(), reasons: Vec::new() };
    for (index, piece) in record.iter().enumerate().take(after.piece + 1).skip(before.piece) {
        let text = piece.text();
        let start = if index == before.piece { before.span.range().end } else { 0 };
        let end = if index == after.piece { after.span.range().start } else { text.len() };
        // Two parts may touch within a cluster that was widened.
        let Some(words) = text.get(start..end) else { continue };
        if !words.trim().is_empty() {
            gap.left_out.push(words.trim());
        }
        gap.reasons.extend(reasons(text, start..end));
    }
    if before.piece == after.piece
        && let Some(piece) = record.get(before.piece)
        && joins_sentences(piece.text(), before.span.range(), after.span.range())
    {
        gap.reasons.push(Reason::JoinsSentences);
    }
    gap
}

fn reasons(text: &str, gap: Range<usize>) -> impl Iterator<Item = Reason<'_>> {
    let cut = gap.clone();
    words(text, gap).filter(move |word| word.end > cut.start).filter_map(move |word| {
        let left_out = &text[word.clone()];
        Some(match weight(text, &word)? {
            Weight::Negation => Reason::Negation(left_out),
            Weight::Modal => Reason::Modal(left_out),
            Weight::Number => Reason::Number(left_out),
            Weight::Name => Reason::Name(left_out),
        })
    })
}

/// Whether a sentence ends between two parts without a reader being able to see it: the first part
/// does not end its sentence, nor does the second begin one. "I" has its capital everywhere, so that
/// it does not show a beginning.
fn joins_sentences(text: &str, before: Range<usize>, after: Range<usize>) -> bool {
    let from = before.end;
    let Some(gap) = text.get(from..after.start) else { return false };
    let shown_end = text[before].trim_end_matches(['”', '’', '"', '\'', ')']).ends_with(['.', '!', '?']);
    let begins_with_i = words(text, after.clone()).next().is_some_and(|word| &text[word] == "I");
    let shown_start = starts_sentence(text, after.start) && !begins_with_i;
    if shown_end || shown_start || !gap.contains(['.', '!', '?']) {
        return false;
    }
    // Each word of the gap and the first of the second part may begin a sentence.
    let starts =
        words(text, from..after.end).map(|word| word.start).take_while(|start| *start <= after.start);
    starts.filter(|start| *start > from).any(|start| starts_sentence(text, start))
}

#[cfg(test)]
mod tests {
    use super::super::{Brackets, Found, Joints, Quote, Scope, find};
    use super::*;

    fn reasons_for<'a>(text: &'a str, exact: &str) -> Vec<Reason<'a>> {
        let record = [Piece::new(text, 0)];
        let scope = Scope { pieces: 0..1, joints: Joints::Closed };
        let quote = Quote { exact, before: None, after: None, brackets: Brackets::Elision };
        let Found::Placed(placed) = find(&record, &scope, &quote) else { panic!("{exact} is not placed") };
        gaps(&record, &placed).into_iter().flat_map(|gap| gap.reasons).collect()
    }

    #[test]
    fn leaving_out_a_negation_a_modal_a_number_or_a_name_is_material() {
        let text = "They should not proceed, which would cost 3 million to Surrey if it were done again.";
        assert_eq!(reasons_for(text, "should [...] proceed"), [Reason::Negation("not")]);
        assert_eq!(reasons_for(text, "which [...] cost"), [Reason::Modal("would")]);
        assert_eq!(reasons_for(text, "cost [...] to"), [Reason::Number("3"), Reason::Number("million")]);
        assert_eq!(reasons_for(text, "to [...] if"), [Reason::Name("Surrey")]);
        assert_eq!(reasons_for(text, "if it [...] again"), []);
    }

    #[test]
    fn a_word_that_the_elision_cuts_counts_whole() {
        assert_eq!(reasons_for("They shouldn’t go.", "should [...] go"), [Reason::Negation("shouldn’t")]);
        assert_eq!(reasons_for("They cannot go.", "They can [...] go"), [Reason::Negation("cannot")]);
    }

    #[test]
    fn two_sentences_must_not_read_as_one() {
        let text = "We looked at the matter. They want to end it. Others want more.";
        assert_eq!(reasons_for(text, "We looked [...] to end it"), [Reason::JoinsSentences]);
        assert_eq!(reasons_for(text, "We looked [...] Others want"), []);
        assert_eq!(reasons_for(text, "at the matter. [...] want to end"), []);
        assert_eq!(reasons_for("It is so. And I go.", "It is [...] I go"), [Reason::JoinsSentences]);
    }

    #[test]
    fn across_paragraphs_what_is_left_out_comes_from_each() {
        let record =
            [Piece::new("We met here.", 0), Piece::new("Not so.", 0), Piece::new("Then we left.", 0)];
        let scope = Scope { pieces: 0..3, joints: Joints::Open };
        let quote =
            Quote { exact: "We met […] left.", before: None, after: None, brackets: Brackets::Elision };
        let Found::Placed(placed) = find(&record, &scope, &quote) else { panic!("not placed") };
        let gaps = gaps(&record, &placed);
        assert_eq!(gaps[0].left_out, ["here.", "Not so.", "Then we"]);
        assert_eq!(gaps[0].reasons, [Reason::Negation("Not")]);
    }
}
