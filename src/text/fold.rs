//! The fold that matching uses: what two writings of the same words have in common, with the way
//! back to the original. Never stored, never rendered, never exported.

use super::Span;
use std::borrow::Cow;
use std::ops::Range;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

/// A folded text and the way back to the original.
///
/// Offsets are bytes. The text is borrowed where folding changed nothing but the white space at
/// its ends; the way back holds one entry per place that folding touched, none for what it left.
#[derive(Clone, Debug)]
pub struct Folded<'a> {
    text: Cow<'a, str>,
    /// In order, not overlapping. Between them folded and original bytes are the same, and every
    /// edit begins and ends on cluster boundaries.
    edits: Vec<Edit>,
}

/// Some clusters that read differently when folded. An empty `folded` is something left out.
#[derive(Clone, Copy, Debug)]
struct Edit {
    folded: Span,
    original: Span,
}

impl Folded<'_> {
    /// The folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that a range of the folded text stands for. An end inside a
    /// cluster is moved outwards. What was dropped just before or after the range is left out.
    pub fn original(&self, folded: Range<usize>) -> Range<usize> {
        let start = match self.edit_before(folded.start, Side::Start) {
            Some(edit) if folded.start < edit.folded.range().end => edit.original.range().start,
            Some(edit) => edit.original.range().end + (folded.start - edit.folded.range().end),
            None => folded.start,
        };
        let end = match self.edit_before(folded.end, Side::End) {
            Some(edit) if folded.end <= edit.folded.range().end => edit.original.range().end,
            Some(edit) => edit.original.range().end + (folded.end - edit.folded.range().end),
            None => folded.end,
        };
        self.widened(start..end.max(start), folded)
    }

    /// Moves the ends of `original` outwards where the ends of `folded` cut an untouched cluster.
    fn widened(&self, original: Range<usize>, folded: Range<usize>) -> Range<usize> {
        let start =
            if self.is_boundary(folded.start) { 0 } else { self.to_boundary(folded.start, Side::Start) };
        let end = if self.is_boundary(folded.end) { 0 } else { self.to_boundary(folded.end, Side::End) };
        original.start - start..original.end + end
    }

    /// How many bytes lie between an offset inside an untouched cluster and that cluster's start or
    /// end; 0 inside an edit, whose ends [`Folded::original`] takes already.
    fn to_boundary(&self, at: usize, side: Side) -> usize {
        let Some(run) = self.untouched(at) else { return 0 };
        let cluster = self.text[run.clone()]
            .grapheme_indices(true)
            .map(|(start, cluster)| run.start + start..run.start + start + cluster.len())
            .find(|cluster| cluster.end > at);
        cluster.map_or(0, |cluster| match side {
            Side::Start => at - cluster.start,
            Side::End => cluster.end - at,
        })
    }

    /// Whether a cluster of the original ends, and the next begins, at this offset of the folded
    /// text. Both ends of a match must stand on one.
    pub fn is_boundary(&self, at: usize) -> bool {
        if at == 0 || at >= self.text.len() {
            return at == 0 || at == self.text.len();
        }
        let Some(run) = self.untouched(at) else { return false };
        if at == run.start || at == run.end {
            return true;
        }
        let bytes = self.text.as_bytes();
        // No line ends are left, so that two ASCII characters are never one cluster.
        if bytes[at - 1].is_ascii() && bytes[at].is_ascii() {
            return true;
        }
        let run_text = &self.text[run.clone()];
        run_text.is_char_boundary(at - run.start)
            && GraphemeCursor::new(at - run.start, run_text.len(), true)
                .is_boundary(run_text, 0)
                .expect("the whole text is given, so that no context can be wanting")
    }

    /// The run of untouched text that `at` lies in or at an end of; `None` inside an edit.
    fn untouched(&self, at: usize) -> Option<Range<usize>> {
        let next = self.edits.partition_point(|edit| edit.folded.range().start < at);
        let start = match next.checked_sub(1).map(|before| self.edits[before].folded.range().end) {
            Some(end) if at < end => return None,
            end => end.unwrap_or(0),
        };
        let end = self.edits.get(next).map_or(self.text.len(), |edit| edit.folded.range().start);
        Some(start..end)
    }

    /// The last edit that begins before `at`, or, for the start of a range, at it.
    fn edit_before(&self, at: usize, side: Side) -> Option<&Edit> {
        let count = self.edits.partition_point(|edit| match side {
            Side::Start => edit.folded.range().start <= at,
            Side::End => edit.folded.range().start < at,
        });
        count.checked_sub(1).map(|last| &self.edits[last])
    }
}

/// Which end of a range is meant.
#[derive(Clone, Copy)]
enum Side {
    Start,
    End,
}

/// Folds `text`, per extended grapheme cluster (UAX 29):
/// - canonical composition (NFC);
/// - soft hyphen, zero-width space, word joiner, byte order mark and bidi controls are dropped;
/// - a run of white space becomes one space, and none at the ends;
/// - dashes (general category Pd, and the minus sign) become `-`; single quotation marks, primes and
///   modifier apostrophes `'`; double ones `"`; an ellipsis `...`; `ff fi fl ffi ffl ſt st` ligatures
///   their letters.
///
/// Neither case nor diacritics are touched, nor compatibility forms (½), nor œ, which is a letter.
/// Linear in `text`.
pub fn fold(text: &str) -> Folded<'_> {
    let mut folding = Folding { source: text, out: String::new(), edits: Vec::new(), run: 0..0, space: None };
    let mut at = 0;
    while at < text.len() {
        let tangle = next_tangle(text, at);
        folding.plain(at..tangle.start);
        folding.clusters(tangle.clone());
        at = tangle.end;
    }
    folding.finish()
}

/// What the fold does with a character.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Nothing: it is in composed form, and a cluster by itself unless a `Tangled` one is next to it.
    Kept,
    /// White space.
    White,
    /// Left out before clusters are looked for, so that it can't part a letter from its accent.
    Dropped,
    /// Written in another way; a cluster by itself as above.
    Replaced(&'static str),
    /// Needs the Unicode tables: it may combine, decompose or join.
    Tangled,
}

fn class(c: char) -> Class {
    use Class::{Dropped, Kept, Replaced, Tangled, White};
    match c {
        '\t'..='\r' | ' ' => White,
        '\0'..='\x7f' => Kept,
        '\u{85}' | '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' => White,
        '\u{2028}' | '\u{2029}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => White,
        '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => Dropped,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Dropped,
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{58a}' | '\u{5be}' | '\u{1400}' | '\u{1806}' => {
            Replaced("-")
        }
        '\u{2e17}' | '\u{2e1a}' | '\u{2e3a}' | '\u{2e3b}' | '\u{2e40}' | '\u{2e5d}' => Replaced("-"),
        '\u{301c}' | '\u{3030}' | '\u{30a0}' | '\u{fe31}' | '\u{fe32}' | '\u{fe58}' => Replaced("-"),
        '\u{fe63}' | '\u{ff0d}' | '\u{10ead}' => Replaced("-"),
        '\u{2018}'..='\u{201b}' | '\u{2032}' | '\u{2035}' | '\u{2039}' | '\u{203a}' => Replaced("'"),
        '\u{2b9}' | '\u{2bb}' | '\u{2bc}' | '\u{275b}' | '\u{275c}' | '\u{275f}' | '\u{ff07}' => {
            Replaced("'")
        }
        '\u{201c}'..='\u{201f}' | '\u{2033}' | '\u{2036}' | '\u{ab}' | '\u{bb}' | '\u{2ba}' => Replaced("\""),
        '\u{275d}' | '\u{275e}' | '\u{2760}' | '\u{2e42}' | '\u{301d}'..='\u{301f}' => Replaced("\""),
        '\u{ff02}' | '\u{1f676}'..='\u{1f678}' => Replaced("\""),
        '\u{2034}' | '\u{2037}' => Replaced("'''"),
        '\u{2057}' => Replaced("\"\""),
        '\u{2026}' => Replaced("..."),
        '\u{fb00}' => Replaced("ff"),
        '\u{fb01}' => Replaced("fi"),
        '\u{fb02}' => Replaced("fl"),
        '\u{fb03}' => Replaced("ffi"),
        '\u{fb04}' => Replaced("ffl"),
        '\u{fb05}' => Replaced("ſt"),
        '\u{fb06}' => Replaced("st"),
        '\u{200c}' | '\u{200d}' | '\u{374}' | '\u{37e}' | '\u{387}' | '\u{483}'..='\u{489}' => Tangled,
        // Latin, Greek, Cyrillic, punctuation, currency, Han: a test holds these against the tables.
        '\u{80}'..='\u{2ff}' | '\u{370}'..='\u{52f}' | '\u{1e00}'..='\u{1eff}' => Kept,
        '\u{2010}'..='\u{206f}' | '\u{20a0}'..='\u{20c0}' | '\u{4e00}'..='\u{9fff}' => Kept,
        _ => Tangled,
    }
}

/// The next stretch whose clusters have to be looked up: from the character before a tangled one
/// (it may be its base) to the first place between two that are not. Empty, at the end, if none.
fn next_tangle(text: &str, from: usize) -> Range<usize> {
    let (mut base, mut at) = (from, from);
    loop {
        let ascii = ascii_run(&text.as_bytes()[at..]);
        if ascii > 0 {
            at += ascii;
            base = at - 1;
        }
        let Some(c) = text[at..].chars().next() else { return text.len()..text.len() };
        match class(c) {
            Class::Tangled => break,
            Class::Dropped => {}
            _ => base = at,
        }
        at += c.len_utf8();
    }
    let mut previous = Class::Tangled;
    for (offset, c) in text[at..].char_indices() {
        let class = class(c);
        if class != Class::Dropped && class != Class::Tangled && previous != Class::Tangled {
            return base..at + offset;
        }
        if class != Class::Dropped {
            previous = class;
        }
    }
    base..text.len()
}

/// How many bytes at the start are ASCII.
fn ascii_run(bytes: &[u8]) -> usize {
    let blocks = bytes.chunks_exact(32).take_while(|block| block.is_ascii()).count() * 32;
    blocks + bytes[blocks..].iter().take_while(|byte| byte.is_ascii()).count()
}

/// A fold under way.
struct Folding<'a> {
    source: &'a str,
    /// The folded text but for `run`.
    out: String,
    edits: Vec<Edit>,
    /// Bytes of the source that are to be copied as they are. All before its end is dealt with.
    run: Range<usize>,
    /// White space seen and not yet written: only what follows decides whether it stands at the end.
    space: Option<Range<usize>>,
}

impl<'a> Folding<'a> {
    /// Folds text in which every character is a cluster by itself.
    fn plain(&mut self, range: Range<usize>) {
        let source = self.source;
        let bytes = &source.as_bytes()[..range.end];
        let kept = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii() && !is_ascii_white(*byte));
        let mut at = range.start;
        while at < range.end {
            let start = at;
            loop {
                at +=
                    bytes[at..].iter().take_while(|byte| byte.is_ascii() && !is_ascii_white(**byte)).count();
                // One space between two words, by far the commonest case, stays as it is.
                if at == start || bytes.get(at) != Some(&b' ') || !kept(at + 1) {
                    break;
                }
                at += 2;
            }
            if at > start {
                self.keep(start..at);
            }
            let Some(c) = source[at..range.end].chars().next() else { break };
            let here = at..at + c.len_utf8();
            at = here.end;
            match class(c) {
                Class::White => self.white(here),
                Class::Dropped => {}
                Class::Replaced(by) => self.replace(here, by),
                Class::Kept | Class::Tangled => self.keep(here),
            }
        }
    }

    /// Folds text cluster by cluster, as the Unicode tables say.
    fn clusters(&mut self, range: Range<usize>) {
        let source = &self.source[range.clone()];
        if !source.chars().any(|c| class(c) == Class::Dropped) {
            for (at, cluster) in source.grapheme_indices(true) {
                let start = range.start + at;
                self.cluster(start..start + cluster.len(), cluster);
            }
            return;
        }
        let kept = || source.char_indices().filter(|(_, c)| class(*c) != Class::Dropped);
        let text: String = kept().map(|(_, c)| c).collect();
        let mut places = kept();
        for cluster in text.graphemes(true) {
            let Some((first, c)) = places.next() else { break };
            let (mut last, mut last_char) = (first, c);
            for (at, c) in places.by_ref().take(cluster.chars().count() - 1) {
                (last, last_char) = (at, c);
            }
            self.cluster(range.start + first..range.start + last + last_char.len_utf8(), cluster);
        }
    }

    fn cluster(&mut self, original: Range<usize>, cluster: &str) {
        if cluster.chars().all(|c| class(c) == Class::White) {
            return self.white(original);
        }
        let as_is = cluster.chars().all(|c| matches!(class(c), Class::Kept | Class::Tangled) || c == ' ');
        if as_is && original.len() == cluster.len() && is_nfc_quick(cluster.chars()) == IsNormalized::Yes {
            return self.keep(original);
        }
        let mut mapped = String::with_capacity(cluster.len());
        for c in cluster.nfd() {
            match class(c) {
                Class::Replaced(by) => mapped.push_str(by),
                Class::White => mapped.push(' '),
                _ => mapped.push(c),
            }
        }
        let folded: String = mapped.nfc().collect();
        if self.source[original.clone()] == folded {
            self.keep(original);
        } else {
            self.replace(original, &folded);
        }
    }

    fn white(&mut self, original: Range<usize>) {
        let start = self.space.as_ref().map_or(original.start, |space| space.start);
        self.space = Some(start..original.end);
    }

    fn keep(&mut self, original: Range<usize>) {
        self.settle_space();
        self.copy(original);
    }

    fn replace(&mut self, original: Range<usize>, by: &str) {
        self.settle_space();
        self.rewrite(original, by);
    }

    fn settle_space(&mut self) {
        let Some(space) = self.space.take() else { return };
        if self.out.is_empty() && self.run.is_empty() {
            return;
        }
        if &self.source[space.clone()] == " " {
            self.copy(space);
        } else {
            self.rewrite(space, " ");
        }
    }

    fn copy(&mut self, original: Range<usize>) {
        if self.run.end == original.start {
            self.run.end = original.end;
        } else {
            self.pass_over(original.start);
            self.run = original;
        }
    }

    fn rewrite(&mut self, original: Range<usize>, by: &str) {
        self.pass_over(original.start);
        let start = self.out.len();
        self.out.push_str(by);
        self.run = original.end..original.end;
        self.edits.push(Edit { folded: Span::new(start..self.out.len()), original: Span::new(original) });
    }

    /// Writes out what was to be copied, and notes that nothing was made of what follows, up to `until`.
    fn pass_over(&mut self, until: usize) {
        if self.out.capacity() == 0 && !self.run.is_empty() {
            self.out.reserve(self.source.len() - self.run.start);
        }
        self.out.push_str(&self.source[self.run.clone()]);
        if self.run.end < until {
            let here = self.out.len();
            let original = Span::new(self.run.end..until);
            self.edits.push(Edit { folded: Span::new(here..here), original });
        }
        self.run = until..until;
    }

    fn finish(mut self) -> Folded<'a> {
        let text = if self.out.is_empty() {
            Cow::Borrowed(&self.source[self.run.clone()])
        } else {
            self.pass_over(self.run.end);
            Cow::Owned(self.out)
        };
        Folded { text, edits: self.edits }
    }
}

fn is_ascii_white(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn folds_to(text: &str, folded: &str) {
        assert_eq!(fold(text).text(), folded, "{text:?}");
    }

    #[test]
    fn different_writings_of_the_same_words_fold_alike() {
        folds_to("plain words", "plain words");
        folds_to(" \tone\r\n two\u{a0}\u{202f}three \n", "one two three");
        folds_to("‘it’s’ “so” 5′ 6″ «x»", "'it's' \"so\" 5' 6\" \"x\"");
        folds_to("a—b – c−d‐e", "a-b - c-d-e");
        folds_to("and so…", "and so...");
        folds_to("ﬁnal oﬃce ﬂoor", "final office floor");
        folds_to("Cafe\u{301}", "Caf\u{e9}");
        folds_to("a\u{ad}b\u{200b}c\u{2060}d\u{feff}e\u{200f}f", "abcdef");
        folds_to("e\u{ad}\u{301}", "\u{e9}");
        folds_to("ﬁ\u{301}", "f\u{ed}");
        folds_to("\u{200b} \u{200b}", "");
    }

    #[test]
    fn what_is_not_the_same_stays_different() {
        for text in ["½", "É", "&amp;", "x²", "œuvre", "👨\u{200d}👩", "a\u{200c}b", "Ω"] {
            folds_to(text, text);
        }
    }

    #[test]
    fn untouched_text_is_borrowed_and_needs_no_map() {
        let folded = fold("  Nothing to fold here; £5 at Müller’s? no. ".trim_end_matches("’s? no. "));
        assert!(matches!(folded.text, Cow::Borrowed(_)));
        assert_eq!(folded.edits.len(), 1, "only the space at the start");
    }

    #[test]
    fn a_range_leads_back_to_its_own_bytes_only() {
        let text = "\u{200b}a\u{200f}—\u{200f}ﬁb";
        let folded = fold(text);
        assert_eq!(folded.text(), "a-fib");
        assert_eq!(&text[folded.original(0..1)], "a");
        assert_eq!(&text[folded.original(1..2)], "—");
        assert_eq!(&text[folded.original(2..4)], "ﬁ");
        assert_eq!(&text[folded.original(0..5)], "a\u{200f}—\u{200f}ﬁb");
        assert!(!folded.is_boundary(3), "inside the ligature");
        assert_eq!(&text[folded.original(3..5)], "ﬁb", "moved outwards");
        assert!(folded.is_boundary(2) && folded.is_boundary(4));
    }

    #[test]
    fn an_end_inside_an_untouched_cluster_moves_outwards() {
        let text = "a 👨\u{200d}👩\u{200d}👧 b";
        let folded = fold(text);
        assert!(!folded.is_boundary(6) && folded.is_boundary(2) && folded.is_boundary(20));
        assert_eq!(&text[folded.original(0..6)], "a 👨\u{200d}👩\u{200d}👧");
        assert_eq!(&text[folded.original(6..22)], "👨\u{200d}👩\u{200d}👧 b");
    }

    #[test]
    fn the_short_way_agrees_with_the_unicode_tables() {
        for c in '\0'..=char::MAX {
            let own = c.to_string();
            assert_eq!(
                c.is_whitespace(),
                class(c) == Class::White,
                "white space is the Unicode property: {c:?}"
            );
            if matches!(class(c), Class::Tangled | Class::White) {
                continue;
            }
            let composed: String = own.nfc().collect();
            assert_eq!(composed, own, "{c:?} is in composed form");
            let beside = format!("a{c}a");
            assert_eq!(beside.graphemes(true).count(), 3, "{c:?} is a cluster by itself");
        }
    }

    fn awkward_text() -> impl Strategy<Value = String> {
        "[ab AÉ£е世\u{e9}\u{301}\u{327}’‘—…ﬁﬅ\u{200b}\u{ad}\u{200d}\u{200c}\u{200f}👨🇬🇧\u{fe0f}〰\u{a0}\r\n\u{1}क\u{94d}ष\u{600}각\u{11a8}\u{2028}.]{0,40}"
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in prop_oneof![awkward_text(), any::<String>()]) {
            let once = fold(&text).text().to_owned();
            prop_assert!(fold(&once).text() == once);
        }

        #[test]
        fn canonically_equivalent_texts_fold_alike(text in awkward_text()) {
            let apart: String = text.nfd().collect();
            let together: String = text.nfc().collect();
            prop_assert!(fold(&apart).text() == fold(&together).text());
        }

        #[test]
        fn a_mapped_range_folds_back_to_the_needle(text in awkward_text()) {
            let folded = fold(&text);
            let ends: Vec<usize> = (0..=folded.text().len()).filter(|at| folded.is_boundary(*at)).collect();
            for (i, start) in ends.iter().enumerate() {
                for end in &ends[i..] {
                    let needle = &folded.text()[*start..*end];
                    if needle.starts_with(' ') || needle.ends_with(' ') {
                        continue; // no needle does
                    }
                    let original = folded.original(*start..*end);
                    prop_assert!(fold(&text[original]).text() == needle);
                }
            }
        }

        #[test]
        fn every_range_maps_into_the_original(text in awkward_text(), from in 0usize..200, len in 0usize..200) {
            let folded = fold(&text);
            let from = from.min(folded.text().len());
            let to = (from + len).min(folded.text().len());
            prop_assert!(text.get(folded.original(from..to)).is_some());
        }
    }
}
