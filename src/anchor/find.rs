//! Where the words of a quotation stand: strictly, or not at all.

use super::chains::{Chains, Hits};
use super::context::{Context, Side, shortest, side};
use super::occurrences::Needle;
use super::piece::{Piece, PlacedRange, Scope};
use super::quote::{Part, Quote, Reading, Tokens};
use super::stretch::Stretch;
use crate::text::fold;
use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// At most so many places are listed where a quotation fits several.
pub const LISTED: usize = 20;

/// What became of the search for a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It stands in one place: a range for each part and each paragraph, in order.
    Placed(Vec<PlacedRange>),
    /// Its words are not there.
    Lost,
    /// It fits in more than one place.
    Ambiguous(Places),
    /// Its words are there, but nowhere with the given words before and after.
    OutOfContext(Places),
    /// It runs on into a paragraph where it may not; the ranges say where.
    CrossesParagraph(Vec<PlacedRange>),
    /// It would put the words of two contributions into one quotation; the ranges say where.
    CrossesSpeech(Vec<PlacedRange>),
    /// It begins or ends inside an extended grapheme cluster (between a letter and its accent, in a
    /// ligature); the ranges are widened to whole ones.
    CutsCluster(Vec<PlacedRange>),
    /// It holds no letter and no digit.
    Blank,
    /// In prose: some words in brackets are not the record's. Their bytes in [`Quote::exact`].
    BracketedInsertion(Range<usize>),
}

/// Several places for one quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// How many ways of placing it there are, at most `usize::MAX`.
    pub total: usize,
    /// The first [`LISTED`], in order; of an elided quotation those that differ in the place of
    /// the first part that has a choice.
    pub candidates: Vec<Candidate>,
}

/// One place of several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// As for [`Found::Placed`].
    pub ranges: Vec<PlacedRange>,
    /// The fewest words for `before` that leave only this place. Folded; they replace the ones given.
    pub before: Option<String>,
    /// The same for `after`, where no `before` can. Where neither can, a longer quotation or a
    /// narrower scope has to.
    pub after: Option<String>,
}

/// Looks for `quote` in the paragraphs `scope` of `record`.
///
/// The record is given whole, so that a quotation that runs out of its scope is recognised. With
/// [`Joints::Closed`](super::Joints::Closed) all parts of an elided quotation stand in one paragraph, with
/// [`Joints::Open`](super::Joints::Open) in one contribution. Overlapping occurrences count; an elided quotation is
/// placed only if there is one way to place all its parts in order. Nothing is ever placed whose
/// words differ from the record's by more than the fold. Linear in scope and quotation (times the
/// number of parts, which is bounded).
pub fn find(record: &[Piece<'_>], scope: &Scope, quote: &Quote<'_>) -> Found {
    let folded = fold(quote.exact);
    let tokens = Tokens::new(folded.text(), quote.brackets);
    let context = Context::new(quote.before, quote.after);
    let scope = Scope { pieces: within(scope, record.len()), joints: scope.joints };
    let stretches = Stretch::all_in(record, &scope);
    let mut readings = Vec::new();
    let mut is_blank = false;
    for reading in tokens.readings() {
        let joined = match reading {
            Reading::Elided => tokens.parts_joined(|needle| occurs(needle, &stretches)),
            _ => None,
        };
        // The freest reading comes last. Most quotations stand there as the first one reads them.
        for parts in joined.into_iter().chain(tokens.parts(reading)) {
            is_blank = !has_words(&parts);
            if is_blank {
                continue;
            }
            if let Some(found) = placed(&stretches, &parts, &context) {
                return found;
            }
            readings.push(parts);
        }
    }
    if is_blank {
        return Found::Blank;
    }
    for parts in &readings {
        if let Some(found) = crossing(record, &scope, parts).or_else(|| cutting(&stretches, parts)) {
            return found;
        }
    }
    let inserted =
        tokens.insertions().find(|range| !occurs(&Needle::new(&folded.text()[range.clone()]), &stretches));
    inserted.map_or(Found::Lost, |range| Found::BracketedInsertion(folded.original(range)))
}

/// The paragraphs of `scope` that there are.
pub(super) fn within(scope: &Scope, count: usize) -> Range<usize> {
    let end = scope.pieces.end.min(count);
    scope.pieces.start.min(end)..end
}

fn has_words(parts: &[Part]) -> bool {
    parts.iter().any(|part| part.needles[0].contains(char::is_alphanumeric))
}

fn occurs(needle: &Needle, stretches: &[Stretch]) -> bool {
    stretches.iter().any(|stretch| needle.is_in(stretch.text()))
}

/// Every occurrence of every part in one stretch; `None` where some part has none on whole clusters.
fn hits(stretch: &Stretch, needles: &[Vec<Needle>]) -> Option<Hits> {
    let mut hits = Hits::with_capacity(needles.len());
    for alternatives in needles {
        let mut here: Vec<Range<usize>> = Vec::new();
        for needle in alternatives {
            let starts = needle.all_in(stretch.text());
            here.extend(
                starts.into_iter().map(|at| at..at + needle.len()).filter(|hit| stretch.is_whole(hit)),
            );
        }
        if here.is_empty() {
            return None;
        }
        if alternatives.len() > 1 {
            here.sort_unstable_by_key(|hit| hit.start);
        }
        hits.push(here);
    }
    Some(hits)
}

fn needles(parts: &[Part]) -> Vec<Vec<Needle<'_>>> {
    parts.iter().map(|part| part.needles.iter().map(|needle| Needle::new(needle)).collect()).collect()
}

/// The hits that have the wanted words before the first part and after the last.
fn filtered(stretch: &Stretch, hits: &Hits, context: &Context) -> Hits {
    let mut hits = hits.clone();
    if let Some(first) = hits.first_mut() {
        first.retain(|hit| context.fits_before(stretch.text(), hit));
    }
    if let Some(last) = hits.last_mut() {
        last.retain(|hit| context.fits_after(stretch.text(), hit));
    }
    hits
}

/// The quotation in one reading, if its words are in the scope.
fn placed(stretches: &[Stretch], parts: &[Part], context: &Context) -> Option<Found> {
    let needles = needles(parts);
    let found: Vec<(&Stretch, Hits)> =
        stretches.iter().filter_map(|stretch| Some((stretch, hits(stretch, &needles)?))).collect();
    let fitting = restricted(&found, context);
    match ways(&fitting) {
        0 if context.is_empty() => None,
        0 => match ways(&found) {
            0 => None,
            total => Some(Found::OutOfContext(places(&found, &found, &found, total))),
        },
        1 => candidates(&fitting).pop().map(Found::Placed),
        total => {
            // A new `before` replaces the one given, and stands beside the `after` given.
            let befores = restricted(&found, &Context { before: None, after: context.after.clone() });
            let afters = restricted(&found, &Context { before: context.before.clone(), after: None });
            Some(Found::Ambiguous(places(&fitting, &befores, &afters, total)))
        }
    }
}

fn restricted<'s, 'r, 'a>(
    found: &[(&'s Stretch<'r, 'a>, Hits)],
    context: &Context,
) -> Vec<(&'s Stretch<'r, 'a>, Hits)> {
    found.iter().map(|(stretch, hits)| (*stretch, filtered(stretch, hits, context))).collect()
}

fn ways(found: &[(&Stretch, Hits)]) -> usize {
    found.iter().fold(0, |ways, (_, hits)| ways.saturating_add(Chains::new(hits).ways()))
}

fn ranges(stretch: &Stretch, chain: &[Range<usize>]) -> Vec<PlacedRange> {
    chain.iter().enumerate().flat_map(|(part, hit)| stretch.place(hit, part)).collect()
}

/// The first places, without what would settle them.
fn candidates(found: &[(&Stretch, Hits)]) -> Vec<Vec<PlacedRange>> {
    examples(found).into_iter().map(|(stretch, chain)| ranges(found[stretch].0, &chain)).collect()
}

/// The first ways, each with the place of its stretch in `found`.
fn examples(found: &[(&Stretch, Hits)]) -> Vec<(usize, Vec<Range<usize>>)> {
    let mut examples = Vec::new();
    for (stretch, (_, hits)) in found.iter().enumerate() {
        let some = Chains::new(hits).examples(LISTED - examples.len());
        examples.extend(some.into_iter().map(|chain| (stretch, chain)));
    }
    examples
}

/// The places of `found`, with the words that would settle each among `befores` and `afters`.
fn places(
    found: &[(&Stretch, Hits)],
    befores: &[(&Stretch, Hits)],
    afters: &[(&Stretch, Hits)],
    total: usize,
) -> Places {
    let before = Settling::new(befores, Side::Before);
    let after = Settling::new(afters, Side::After);
    let candidates = examples(found).into_iter().map(|(stretch, chain)| {
        let before = chain.first().and_then(|hit| before.words(stretch, hit));
        let after =
            if before.is_some() { None } else { chain.last().and_then(|hit| after.words(stretch, hit)) };
        Candidate { ranges: ranges(found[stretch].0, &chain), before, after }
    });
    Places { total, candidates: candidates.collect() }
}

/// For each place of the quotation's first or last part, the words that only it has beside it.
struct Settling {
    /// The stretch, where the part begins in it, and the words; in order.
    words: Vec<(usize, usize, Option<String>)>,
}

impl Settling {
    fn new(found: &[(&Stretch, Hits)], of: Side) -> Self {
        let (mut keys, mut contexts) = (Vec::new(), Vec::new());
        for (index, (stretch, hits)) in found.iter().enumerate() {
            let chains = Chains::new(hits);
            let ends: Vec<_> = match of {
                Side::Before => chains.firsts().collect(),
                Side::After => chains.lasts().collect(),
            };
            for (hit, ways) in ends {
                // Where another part has a choice, no context can settle it.
                keys.push((index, hit.start, ways == 1));
                contexts.push(side(stretch.text(), hit, of));
            }
        }
        let words = shortest(&contexts, of);
        let words = keys
            .into_iter()
            .zip(words)
            .map(|((index, at, single), words)| (index, at, words.filter(|_| single)));
        Settling { words: words.collect() }
    }

    fn words(&self, stretch: usize, hit: &Range<usize>) -> Option<String> {
        let at = self
            .words
            .binary_search_by_key(&(stretch, hit.start), |(stretch, at, _)| (*stretch, *at))
            .ok()?;
        self.words[at].2.clone()
    }
}

/// Where a quotation that is not in its scope runs over a joint that it may not cross.
fn crossing(record: &[Piece<'_>], scope: &Scope, parts: &[Part]) -> Option<Found> {
    let needles = needles(parts);
    let touches = |ranges: &[PlacedRange]| ranges.iter().any(|range| scope.pieces.contains(&range.piece));
    let chain_in = |stretch: &Stretch| {
        let hits = hits(stretch, &needles)?;
        let chain = Chains::new(&hits).with(|hit| touches(&stretch.place(hit, 0)))?;
        Some(ranges(stretch, &chain))
    };
    let spans_joint = |ranges: &Vec<PlacedRange>| ranges.iter().any(|range| range.piece != ranges[0].piece);
    let speeches = Stretch::speeches(record, 0..record.len());
    let in_speech = speeches.iter().filter_map(chain_in).find(spans_joint);
    if let Some(ranges) = in_speech {
        return Some(Found::CrossesParagraph(ranges));
    }
    // The parts of an elided quotation may be anywhere: only in the scope do they say anything.
    let reach = if parts.len() == 1 { 0..record.len() } else { scope.pieces.clone() };
    chain_in(&Stretch::joined(record, reach)).filter(spans_joint).map(Found::CrossesSpeech)
}

/// Where a quotation would be found but for an end inside a cluster.
fn cutting(stretches: &[Stretch], parts: &[Part]) -> Option<Found> {
    let needles = needles(parts);
    stretches.iter().find_map(|stretch| {
        let mut cut = None;
        let all_there = parts.iter().zip(&needles).enumerate().all(|(index, (part, needles))| {
            if hits(stretch, std::slice::from_ref(needles)).is_some() {
                return true;
            }
            let hit = part.needles.iter().find_map(|needle| cut_in(stretch.text(), needle));
            let there = hit.is_some();
            cut = cut.take().or(hit.map(|hit| stretch.place(&hit, index)));
            there
        });
        cut.filter(|_| all_there).map(Found::CutsCluster)
    })
}

/// Where `needle` stands if clusters may be cut: also between a letter and an accent that composed
/// form writes as one character. Widened to whole clusters of the folded text.
fn cut_in(text: &str, needle: &str) -> Option<Range<usize>> {
    if let Some(at) = text.find(needle) {
        return Some(at..at + needle.len());
    }
    if text.is_ascii() {
        return None;
    }
    let needle: String = needle.nfd().collect();
    let (mut apart, mut clusters) = (String::with_capacity(text.len()), Vec::new());
    for (at, cluster) in text.grapheme_indices(true) {
        clusters.push((apart.len(), at));
        apart.extend(cluster.nfd());
    }
    let start = apart.find(&needle)?;
    let end = start + needle.len();
    let first = clusters.partition_point(|(apart, _)| *apart <= start).checked_sub(1)?;
    let last = clusters.partition_point(|(apart, _)| *apart < end);
    Some(clusters[first].1..clusters.get(last).map_or(text.len(), |(_, at)| *at))
}

#[cfg(test)]
mod tests {
    use super::super::{Brackets, Joints};
    use super::*;

    fn look(paragraphs: &[(&str, u32)], scope: Range<usize>, joints: Joints, quote: Quote) -> Found {
        let record: Vec<Piece> = paragraphs.iter().map(|(text, speech)| Piece::new(text, *speech)).collect();
        find(&record, &Scope { pieces: scope, joints }, &quote)
    }

    fn quote(exact: &str) -> Quote<'_> {
        Quote { exact, before: None, after: None, brackets: Brackets::Elision }
    }

    fn prose(exact: &str) -> Quote<'_> {
        Quote { brackets: Brackets::Prose, ..quote(exact) }
    }

    fn in_one(text: &str, quote: Quote) -> Found {
        look(&[(text, 0)], 0..1, Joints::Closed, quote)
    }

    /// The words found, if placed.
    fn words<'t>(text: &'t str, quote: Quote) -> Vec<&'t str> {
        match in_one(text, quote) {
            Found::Placed(ranges) => ranges.iter().map(|range| &text[range.span.range()]).collect(),
            other => panic!("{:?}: {other:?}", quote.exact),
        }
    }

    fn settled(found: Found) -> Vec<(Option<String>, Option<String>)> {
        let Found::Ambiguous(places) = found else { panic!("{found:?}") };
        assert_eq!(places.total, places.candidates.len());
        places.candidates.into_iter().map(|place| (place.before, place.after)).collect()
    }

    #[test]
    fn an_ambiguous_quotation_is_told_what_would_settle_it() {
        let text = "Looked after by local rule. They are well looked after by local rule. I listened";
        let settled = settled(in_one(text, quote("local rule")));
        assert_eq!(
            settled,
            [(Some("Looked after by".to_owned()), None), (Some("looked after by".to_owned()), None)]
        );
    }

    #[test]
    fn where_no_word_before_settles_it_one_after_does() {
        let settled = settled(in_one("We act. We act now.", quote("We act")));
        assert_eq!(settled, [(None, Some(".".to_owned())), (Some("act.".to_owned()), None)]);
    }

    #[test]
    fn words_without_their_context_are_not_lost_but_out_of_context() {
        let asked = Quote { before: Some("never"), ..quote("we act") };
        let Found::OutOfContext(places) = in_one("today we act", asked) else { panic!() };
        assert_eq!((places.total, places.candidates[0].ranges[0].span.start), (1, 6));
    }

    #[test]
    fn an_elided_quotation_that_can_be_placed_in_two_ways_is_ambiguous() {
        let text = "the one and the second and the iceberg";
        let Found::Ambiguous(places) = in_one(text, quote("the [...] and [...] iceberg")) else { panic!() };
        assert_eq!(places.total, 3);
        assert_eq!(words(text, quote("the second [...] iceberg")), ["the second", "iceberg"]);
    }

    #[test]
    fn ways_are_counted_without_listing_them() {
        let text = "a b ".repeat(2_000);
        let exact = ["a"; 40].join(" [...] ");
        let Found::Ambiguous(places) = in_one(&text, quote(&exact)) else { panic!() };
        assert_eq!((places.total, places.candidates.len()), (usize::MAX, LISTED));
    }

    #[test]
    fn brackets_of_the_record_can_be_quoted() {
        let text = "He left. [Interruption.] She said, \"so [...] be it\", and went on.";
        assert_eq!(words(text, quote("left. [Interruption.] She")), ["left. [Interruption.] She"]);
        assert_eq!(words(text, prose("left. [Interruption.] She")), ["left. [Interruption.] She"]);
        assert_eq!(words(text, quote("so [...] be it")), ["so [...] be it"]);
        assert_eq!(words(text, quote("so [...] be it [...] on")), ["so [...] be it", "on"]);
        assert_eq!(words(text, quote("He left […] so [...] be it")), ["He left", "so [...] be it"]);
        assert_eq!(words(text, quote("He [...] be it")), ["He", "be it"]);
    }

    #[test]
    fn in_prose_case_and_sic_are_allowed_and_nothing_else() {
        let text = "The gaurds left. They went home.";
        assert_eq!(words(text, prose("[t]he gaurds [sic] left")), ["The gaurds left"]);
        assert_eq!(words(text, prose("[T]he gaurds [...] [t]hey went")), ["The gaurds", "They went"]);
        assert_eq!(in_one(text, prose("[w]he gaurds left")), Found::Lost);
        assert_eq!(in_one(text, quote("[t]he gaurds left")), Found::Lost, "not in a sheet");
        assert_eq!(in_one(text, prose("The gaurds [of honour] left")), Found::BracketedInsertion(11..22));
        assert_eq!(in_one(text, prose("[sic]")), Found::Blank);
    }

    #[test]
    fn parts_of_an_elision_stay_in_their_paragraph_or_their_contribution() {
        let record = [("One two.", 1), ("Three four.", 1), ("Five six.", 2)];
        let (closed, open) = (Joints::Closed, Joints::Open);
        let placed = |found: Found| matches!(found, Found::Placed(ranges) if ranges.len() == 2);
        assert!(placed(look(&record, 0..2, open, quote("One [...] four"))));
        for (scope, joints) in [(0..3, closed), (0..1, closed), (1..2, closed)] {
            let found = look(&record, scope, joints, quote("One [...] four"));
            assert!(matches!(found, Found::CrossesParagraph(_)), "{found:?}");
        }
        let found = look(&record, 0..3, open, quote("One [...] six"));
        assert!(matches!(found, Found::CrossesSpeech(_)), "{found:?}");
        assert_eq!(look(&record, 0..1, closed, quote("One [...] six")), Found::Lost);
        let found = look(&record, 0..2, open, quote("four. Five"));
        assert!(matches!(found, Found::CrossesSpeech(_)), "{found:?}");
        assert_eq!(look(&record, 0..1, closed, quote("four. Five")), Found::Lost, "not in its scope at all");
    }

    #[test]
    fn a_scope_past_the_end_of_the_record_finds_nothing() {
        assert_eq!(look(&[("One", 1)], 3..9, Joints::Open, quote("One")), Found::Lost);
        assert_eq!(look(&[], 0..1, Joints::Closed, quote("One")), Found::Lost);
    }
}
