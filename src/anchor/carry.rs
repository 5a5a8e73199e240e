//! What became of some words of an old revision in a new one: aligned, mapped, verified. Never a
//! search beyond the paragraph that theirs became.

use super::align::{Block, Fate};
use super::english::{Weight, weight, words};
use super::tokens::Wording;
use crate::text::{Span, fold};
use std::ops::Range;

/// Some words of a paragraph of the new revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Landed {
    /// The paragraph.
    pub block: usize,
    /// The bytes of its text.
    pub span: Span,
}

/// What became of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Carried {
    /// The same words (folded) in the same paragraph, which is unchanged.
    Anchored(Landed),
    /// The same words in a paragraph that stands elsewhere, was split, or was joined with others.
    Moved(Landed),
    /// The same words; the paragraph round them changed.
    ContextChanged(Landed),
    /// Other words stand there now.
    Drifted {
        /// Where.
        to: Landed,
        /// What the difference touches that may change what was said: the words, old and new.
        material: Vec<(&'static str, String)>,
    },
    /// The same words, spoken by somebody else now.
    Misattributed(Landed),
    /// The words stand in several places that are equally likely.
    Ambiguous,
    /// Nothing stands for them.
    Orphaned,
}

/// Less of a passage's words than this, and what stands there now is something else (Dice).
const STILL_THE_PASSAGE: f32 = 0.4;

/// Carries the words at `span` of the paragraph `block` of `old` into `new`, as [`super::align`] has
/// aligned them.
pub fn carry(old: &[Block<'_>], new: &[Block<'_>], fates: &[Fate], block: usize, span: Span) -> Carried {
    let quote = &old[block].text[span.range()];
    let carried = match &fates[block] {
        Fate::Gone => return Carried::Orphaned,
        Fate::Same(at) | Fate::Moved(at) => {
            let moved = matches!(fates[block], Fate::Moved(_));
            // A second copy that nothing else became, beside the one that it is: nobody can say which.
            if !moved && has_new_twin(new, fates, *at) {
                return Carried::Ambiguous;
            }
            match landed(old[block].text, new, *at, span, quote) {
                Some(landed) if moved => Carried::Moved(landed),
                Some(landed) => Carried::Anchored(landed),
                None => Carried::Orphaned,
            }
        }
        Fate::Split(run) => {
            let mut places = run.clone().filter_map(|at| Some((at, exact(new[at].text, quote)?)));
            match (places.next(), places.next()) {
                (Some((at, Exact::Once(span))), None) => Carried::Moved(Landed { block: at, span }),
                (Some(_), _) => Carried::Ambiguous,
                // The words lie over the place where it was parted.
                (None, _) => Carried::Orphaned,
            }
        }
        Fate::Merged(at) => {
            let before: usize = joined_before(old, fates, block, *at);
            let text = new[*at].text;
            // Its own stretch of the joined paragraph begins after those of the others.
            let start = text.floor_char_boundary(before.min(text.len()));
            let own = start..(start + old[block].text.len() + 2).min(text.len());
            let own = own.start..text.ceil_char_boundary(own.end);
            match exact(&text[own.clone()], quote).or_else(|| exact(text, quote)) {
                Some(Exact::Once(span)) => {
                    let by = if text[own.clone()].get(span.range()).is_some_and(|w| same(w, quote)) {
                        own.start
                    } else {
                        0
                    };
                    Carried::Moved(Landed { block: *at, span: span.shifted(by) })
                }
                Some(Exact::Often) => Carried::Ambiguous,
                None => Carried::Orphaned,
            }
        }
        Fate::Changed(at) => changed(old[block].text, new, *at, span),
    };
    misattributed(old, new, block, carried)
}

/// The same words spoken by somebody else are no longer what the note says they are.
fn misattributed(old: &[Block<'_>], new: &[Block<'_>], block: usize, carried: Carried) -> Carried {
    match carried {
        Carried::Anchored(landed) | Carried::Moved(landed) | Carried::ContextChanged(landed)
            if !old[block].same_speaker(&new[landed.block]) =>
        {
            Carried::Misattributed(landed)
        }
        other => other,
    }
}

/// Whether another new paragraph has the same words and became of no old one.
fn has_new_twin(new: &[Block<'_>], fates: &[Fate], at: usize) -> bool {
    let words = fold(new[at].text);
    let is_taken = |twin: usize| {
        fates.iter().any(|fate| match fate {
            Fate::Same(known) | Fate::Moved(known) | Fate::Changed(known) | Fate::Merged(known) => {
                *known == twin
            }
            Fate::Split(run) => run.contains(&twin),
            Fate::Gone => false,
        })
    };
    let near = at.saturating_sub(1)..(at + 2).min(new.len());
    near.filter(|twin| *twin != at).any(|twin| fold(new[twin].text).text() == words.text() && !is_taken(twin))
}

/// The length of the old paragraphs that were joined into `at` before this one.
fn joined_before(old: &[Block<'_>], fates: &[Fate], block: usize, at: usize) -> usize {
    let before = fates[..block].iter().zip(old).rev().take_while(|(fate, _)| **fate == Fate::Merged(at));
    before.map(|(_, block)| block.text.len()).sum()
}

/// Words of an unchanged paragraph: at the same place of its folded text.
fn landed(old: &str, new: &[Block<'_>], at: usize, span: Span, quote: &str) -> Option<Landed> {
    let text = new[at].text;
    if old == text {
        return Some(Landed { block: at, span });
    }
    let range = Wording::new(old, text).map(span.range())?;
    same(&text[range.clone()], quote).then(|| Landed { block: at, span: Span::new(range) })
}

/// Words of a paragraph that changed.
fn changed(old: &str, new: &[Block<'_>], at: usize, span: Span) -> Carried {
    let text = new[at].text;
    let quote = &old[span.range()];
    let wording = Wording::new(old, text);
    let mapped = wording.map(span.range());
    if let Some(range) = mapped.clone().filter(|range| same(&text[range.clone()], quote)) {
        return Carried::ContextChanged(Landed { block: at, span: Span::new(range) });
    }
    match exact(text, quote) {
        Some(Exact::Once(span)) => return Carried::ContextChanged(Landed { block: at, span }),
        Some(Exact::Often) => return Carried::Ambiguous,
        None => {}
    }
    let Some(range) = mapped else { return Carried::Orphaned };
    let (left, come) = wording.changed(span.range(), range.clone());
    let count = |text: &str| words(text, 0..text.len()).count() as f32;
    let kept = count(quote) - left.iter().map(|part| count(&old[part.clone()])).sum::<f32>();
    if 2.0 * kept / (count(quote) + count(&text[range.clone()])).max(1.0) < STILL_THE_PASSAGE {
        return Carried::Orphaned;
    }
    let mut material = weights(old, &left);
    material.extend(weights(text, &come));
    Carried::Drifted { to: Landed { block: at, span: Span::new(range) }, material }
}

/// What some words weigh: a negation, a modal, a number or a name. The mark of a column that was put
/// among them is furniture and weighs nothing.
fn weights(text: &str, parts: &[Range<usize>]) -> Vec<(&'static str, String)> {
    let weigh = |part: &Range<usize>| {
        if text[part.clone()].starts_with(['£', '$', '€', '¥', '%']) {
            return Some(("a number", text[part.clone()].to_owned()));
        }
        if !text[part.clone()].starts_with(char::is_alphanumeric) || is_column_mark(text, part) {
            return None;
        }
        let word = words(text, part.clone()).next()?;
        let reason = match weight(text, &word)? {
            Weight::Negation => "a negation",
            Weight::Modal => "a modal verb",
            Weight::Number => "a number",
            Weight::Name => "a name",
        };
        Some((reason, text[word].to_owned()))
    };
    parts.iter().filter_map(weigh).collect()
}

/// Whether a word stands in `[Column 345WH]`.
fn is_column_mark(text: &str, word: &Range<usize>) -> bool {
    let Some(open) = text[..word.end].rfind('[') else { return false };
    let Some(close) = text[open..].find(']').map(|at| open + at) else { return false };
    let inner = &text[open + 1..close];
    word.start < close
        && inner.strip_prefix("Column ").is_some_and(|rest| rest.len() < 10 && !rest.contains(' '))
}

enum Exact {
    Once(Span),
    Often,
}

/// Where the words stand in a text, folded; `None` where they don't.
fn exact(text: &str, quote: &str) -> Option<Exact> {
    let (folded, quote) = (fold(text), fold(quote));
    if quote.text().is_empty() {
        return None;
    }
    let on_boundaries = |at: &usize| folded.is_boundary(*at) && folded.is_boundary(at + quote.text().len());
    let mut places =
        memchr::memmem::find_iter(folded.text().as_bytes(), quote.text().as_bytes()).filter(on_boundaries);
    let first = places.next()?;
    if places.next().is_some() {
        return Some(Exact::Often);
    }
    Some(Exact::Once(Span::new(folded.original(first..first + quote.text().len()))))
}

/// Whether two texts are the same words, folded.
fn same(one: &str, two: &str) -> bool {
    fold(one).text() == fold(two).text()
}
