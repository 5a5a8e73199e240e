//! Setting: glyphs into lines of a measure. Lines are evened out; what is too long is cut, and a word that
//! no line holds is broken. Lengths are in ems.

use super::typeface::Glyph;
use std::ops::Range;

/// What is done with a word that is wider than the measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WideWord {
    /// There are no lines then: a smaller size may do.
    Refused,
    /// It is broken where the line ends.
    Broken,
}

/// How long a line of glyphs is.
pub fn width(glyphs: &[Glyph]) -> f32 {
    glyphs.iter().map(|glyph| glyph.advance).sum()
}

/// The lines that a text takes, each as even as their number allows; `None` where they would be more than
/// `most`.
pub fn lines(glyphs: &[Glyph], measure: f32, most: usize, wide: WideWord) -> Option<Vec<Range<usize>>> {
    let parts = parts(glyphs);
    let found = broken(glyphs, &parts, measure, wide).filter(|lines| lines.len() <= most)?;
    // The narrowest measure that gives as many lines.
    let (mut narrow, mut enough, mut best) = (measure / 2.0, measure, found);
    for _ in 0..8 {
        let middle = f32::midpoint(narrow, enough);
        match broken(glyphs, &parts, middle, WideWord::Refused).filter(|lines| lines.len() <= best.len()) {
            Some(lines) => (enough, best) = (middle, lines),
            None => narrow = middle,
        }
    }
    Some(best)
}

/// The first `most` lines of a text that takes more: the last ends in an ellipsis.
pub fn cut(glyphs: &[Glyph], measure: f32, most: usize, ellipsis: Glyph) -> Vec<Vec<Glyph>> {
    let lines = broken(glyphs, &parts(glyphs), measure, WideWord::Broken).unwrap_or_default();
    let more = lines.len() > most;
    let mut shown: Vec<Vec<Glyph>> = lines.into_iter().take(most).map(|line| glyphs[line].to_vec()).collect();
    if let Some(last) = shown.last_mut().filter(|_| more) {
        while last.last().is_some_and(|glyph| {
            width(last) + ellipsis.advance > measure || !glyph.character.is_alphanumeric()
        }) {
            last.pop();
        }
        last.push(ellipsis);
    }
    shown
}

/// What a line may end after: a word with the spaces behind it, or a part of one up to its hyphen.
fn parts(glyphs: &[Glyph]) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, glyph) in glyphs.iter().enumerate() {
        if matches!(glyph.character, ' ' | '-' | '\u{2010}' | '–' | '—' | '/') || at + 1 == glyphs.len() {
            parts.push(start..at + 1);
            start = at + 1;
        }
    }
    parts
}

/// Every line as full as it will be.
fn broken(
    glyphs: &[Glyph],
    parts: &[Range<usize>],
    measure: f32,
    wide: WideWord,
) -> Option<Vec<Range<usize>>> {
    let mut lines = Vec::new();
    let mut line = 0..0;
    let mut length = 0.0;
    for part in parts {
        let whole = width(&glyphs[part.clone()]);
        let seen = width(&glyphs[without_space(glyphs, part.clone())]);
        if length + seen <= measure {
            line.end = part.end;
            length += whole;
            continue;
        }
        if !line.is_empty() {
            lines.push(without_space(glyphs, line));
        }
        line = part.clone();
        length = whole;
        if seen > measure {
            if wide == WideWord::Refused {
                return None;
            }
            length = 0.0;
            for at in part.clone() {
                if length + glyphs[at].advance > measure && at > line.start {
                    lines.push(line.start..at);
                    line.start = at;
                    length = 0.0;
                }
                length += glyphs[at].advance;
            }
        }
    }
    if !line.is_empty() {
        lines.push(without_space(glyphs, line));
    }
    Some(lines)
}

fn without_space(glyphs: &[Glyph], part: Range<usize>) -> Range<usize> {
    let seen = glyphs[part.clone()].iter().rposition(|glyph| glyph.character != ' ').map_or(0, |at| at + 1);
    part.start..part.start + seen
}

#[cfg(test)]
mod tests {
    use super::super::typeface::REGULAR;
    use super::*;

    fn glyphs(text: &str) -> Vec<Glyph> {
        REGULAR.glyphs(text).expect("Latin")
    }

    fn words(glyphs: &[Glyph], lines: &[Range<usize>]) -> Vec<String> {
        lines.iter().map(|line| glyphs[line.clone()].iter().map(|glyph| glyph.character).collect()).collect()
    }

    #[test]
    fn lines_keep_every_word_and_the_measure_and_are_even() {
        let text = "The duty of prosecutors, and what followed from it in law";
        let title = glyphs(text);
        let set = lines(&title, 16.0, 3, WideWord::Refused).expect("it fits");
        assert!(set.iter().all(|line| width(&title[line.clone()]) <= 16.0));
        let set = words(&title, &set);
        assert_eq!(set.join(" "), text);
        assert_eq!(set, ["The duty of prosecutors, and", "what followed from it in law"]);
        assert_eq!(lines(&title, 16.0, 1, WideWord::Refused), None);
    }

    #[test]
    fn a_line_may_end_after_a_hyphen_and_a_word_that_no_line_holds_is_broken() {
        let title = glyphs("cross-border co-operation");
        let set = lines(&title, 6.2, 3, WideWord::Refused).expect("it fits");
        assert_eq!(words(&title, &set), ["cross-border", "co-operation"]);
        let long = glyphs(&"w".repeat(200));
        assert_eq!(lines(&long, 20.0, 99, WideWord::Refused), None);
        let set = lines(&long, 20.0, 99, WideWord::Broken).expect("it is broken");
        assert!(set.len() > 5 && set.iter().all(|line| width(&long[line.clone()]) <= 20.0));
        assert_eq!(words(&long, &set).concat(), "w".repeat(200));
    }

    #[test]
    fn what_is_cut_ends_in_an_ellipsis_and_keeps_the_measure() {
        let ellipsis = glyphs("…")[0];
        let text = glyphs(&"so, it is said ".repeat(20));
        let shown = cut(&text, 10.0, 2, ellipsis);
        assert_eq!(shown.len(), 2);
        assert!(shown.iter().all(|line| width(line) <= 10.0));
        let last: String = shown[1].iter().map(|glyph| glyph.character).collect();
        assert!(last.ends_with('…') && !last.ends_with(",…") && !last.ends_with(" …"), "{last}");
        assert_eq!(cut(&text[..5], 10.0, 2, ellipsis), [text[..5].to_vec()], "what is short stays");
    }
}
