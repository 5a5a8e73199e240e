//! Room `charts`: numbers → small inline pictures. SVG without styles of its own (a strict policy of
//! content allows none): the theme's style sheet gives colours and letters. The title, the description
//! and the table of a picture's numbers are the page's: `ID-title` and `ID-desc` name them.

mod bars;
mod columns;
mod strip;

pub use bars::{Bar, bars};
pub use columns::{Column, columns};
pub use strip::{Mark, Tick, axis, lane, symbol};

use crate::text::{Direction, isolated};
use pulldown_cmark_escape::{escape_html, escape_html_body_text};
use std::fmt::Write;

/// How many pixels wide a picture is on a phone. Pictures are as wide as their place: what lies across
/// is in hundredths, what lies down in pixels, so that letters and marks have one size everywhere.
const NARROW: f64 = 280.0;

/// An SVG element named by the page's element `name` and described by `ID-desc`, with its outermost tag
/// open. `role` is `img` for a picture that is looked at, `group` for one with links in it.
fn open(id: &str, name: &str, role: &str, height: f64) -> String {
    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg class=\"chart\" width=\"100%\" height=\"{}\" role=\"{role}\" aria-labelledby=\"{name}\" aria-describedby=\"{id}-desc\">",
        number(height)
    );
    svg
}

/// Where words begin, stand or end.
enum Across {
    /// At the start of the line.
    Start,
    /// At its end.
    End,
    /// So many hundredths across.
    At(f64),
}

/// A line of words.
fn text(svg: &mut String, class: &str, across: Across, y: f64, words: &str) {
    let x = match across {
        Across::Start => "0".to_owned(),
        Across::End => "100%".to_owned(),
        Across::At(hundredths) => percent(hundredths),
    };
    let _ = write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{}\">", number(y));
    inner(svg, words);
    svg.push_str("</text>");
}

/// Words inside an element.
fn inner(svg: &mut String, words: &str) {
    let _ = escape_html_body_text(svg, words);
}

/// So many hundredths of the width.
fn percent(hundredths: f64) -> String {
    format!("{}%", number(hundredths))
}

/// Words for an attribute.
fn attribute(words: &str) -> String {
    let mut escaped = String::new();
    let _ = escape_html(&mut escaped, words);
    escaped
}

/// A coordinate with at most one digit after the point, the same on every machine.
fn number(value: f64) -> String {
    let tenths = (value * 10.0).round() as i64;
    if tenths % 10 == 0 {
        (tenths / 10).to_string()
    } else {
        format!("{}.{}", tenths / 10, (tenths % 10).abs())
    }
}

/// Words that fit on a line on which so many pixels are taken, with an ellipsis where they don't. Pictures
/// run from left to right.
fn shortened(words: &str, taken: f64) -> String {
    // A letter of a label is about seven units wide.
    let most = ((NARROW - taken) / 7.0) as usize;
    if words.chars().count() <= most {
        return isolated(words, Direction::LeftToRight).into_owned();
    }
    let mut kept: String = words.chars().take(most.saturating_sub(1)).collect();
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    isolated(&kept, Direction::LeftToRight).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The attributes that would be styles or scripts, and words that are markup, are never there.
    fn is_sound(svg: &str) {
        for forbidden in [" style=", "<script", " onload", "NaN", "inf", "<b>"] {
            assert!(!svg.contains(forbidden), "{forbidden}: {svg}");
        }
        assert!(svg.starts_with("<svg ") && svg.ends_with("</svg>"), "{svg}");
        let options = roxmltree::ParsingOptions::default();
        roxmltree::Document::parse_with_options(svg, options)
            .unwrap_or_else(|error| panic!("{error}: {svg}"));
    }

    #[test]
    fn pictures_are_well_formed_whatever_the_numbers_and_the_words() {
        let words = [
            "",
            "Ann",
            "<b>&\"'",
            "A name that is very much longer than any label has room for in a picture",
        ];
        for count in [0, 1, 3, 500] {
            let bar = |at: usize| Bar { label: words[at % 4], value: at * at, shown: format!("{at} <b>") };
            is_sound(&bars("a", &(0..count).map(bar).collect::<Vec<_>>()));
            let column = |at: usize| Column {
                name: at.to_string(),
                label: words[at % 4].to_owned(),
                value: at,
                shown: format!("{at} <b>"),
                href: at.is_multiple_of(2).then(|| "a\"b".to_owned()),
            };
            is_sound(&columns("b", &(0..count).map(column).collect::<Vec<_>>()));
            let mark = |at: usize| Mark {
                at: at as f64 / 7.0,
                href: "#n-a".into(),
                label: words[at % 4].into(),
                shape: at,
            };
            is_sound(&lane("c", 1, &(0..count).map(mark).collect::<Vec<_>>()));
            is_sound(&symbol("c", count));
        }
        for at in [0.0, 0.5, 1.0, f64::NAN] {
            is_sound(&axis(&[Tick { at, label: "2012 <b>".into() }]));
        }
    }

    #[test]
    fn the_longest_bar_is_as_long_as_there_is_room_and_nothing_is_no_bar() {
        let svg = bars(
            "a",
            &[
                Bar { label: "A", value: 4, shown: "4".into() },
                Bar { label: "B", value: 2, shown: "2".into() },
            ],
        );
        let widths: Vec<f64> = svg
            .split("class=\"bar\"")
            .skip(1)
            .map(|rest| {
                let start = rest.find("width=\"").expect("a width") + 7;
                rest[start..].split('%').next().and_then(|width| width.parse().ok()).expect("a number")
            })
            .collect();
        assert_eq!(widths.len(), 2);
        assert!((widths[0] / widths[1] - 2.0).abs() < 0.01, "{widths:?}");
        assert!(!bars("a", &[Bar { label: "A", value: 0, shown: "0".into() }]).contains("NaN"));
    }

    #[test]
    fn a_number_is_written_in_one_way() {
        assert_eq!(["0", "1.5", "-2.3", "10"].map(str::to_owned), [0.04, 1.46, -2.31, 9.96].map(number));
    }
}
