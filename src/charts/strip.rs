//! Strips: lanes along a debate or along time, with a mark wherever something lies, which leads there.

use super::{Across, attribute, inner, open, percent, text};
use std::fmt::Write;

/// Something on a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where, from 0 at the start to 1 at the end.
    pub at: f64,
    /// Where it leads.
    pub href: String,
    /// What it is, in words.
    pub label: String,
    /// Which shape it has: kinds are told apart without colour.
    pub shape: usize,
}

/// A place on the axis that has a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Where, from 0 to 1.
    pub at: f64,
    /// Its name.
    pub label: String,
}

/// The height of a lane, and where its line lies.
const LANE: f64 = 18.0;
/// Marks keep so many hundredths of the width from the ends.
const INSET: f64 = 1.5;
/// A lane is divided into so many stretches. Marks in one stretch would cover each other: they are one,
/// which leads to the first and says how many more there are. So a lane has no more marks than this,
/// be there three or three thousand.
const STRETCHES: f64 = 64.0;

fn across(at: f64) -> f64 {
    INSET + at.clamp(0.0, 1.0) * (100.0 - 2.0 * INSET)
}

/// Lane `number` of the picture `id`: a line with its marks. The page names it (`ID-lane-NUMBER`) and has
/// a [`symbol`] for every shape in it.
pub fn lane(id: &str, number: usize, marks: &[Mark]) -> String {
    let middle = super::number(LANE / 2.0);
    let mut svg = open(id, &format!("{id}-lane-{number}"), "group", LANE);
    let _ = write!(svg, "<line class=\"axis\" x1=\"0\" y1=\"{middle}\" x2=\"100%\" y2=\"{middle}\"/>");
    for (mark, more) in apart(marks) {
        let _ = write!(svg, "<a href=\"{}\"><title>", attribute(&mark.href));
        inner(&mut svg, &mark.label);
        if more > 0 {
            let _ = write!(svg, " (+{more})");
        }
        let _ = write!(
            svg,
            "</title><use href=\"#{id}-{}\" x=\"{}\" y=\"{middle}\"/></a>",
            mark.shape % SHAPES.len(),
            percent(across(mark.at)),
        );
    }
    svg.push_str("</svg>");
    svg
}

/// The names of places along the lanes, below the last. What they say is in the marks too.
pub fn axis(ticks: &[Tick]) -> String {
    let mut svg = String::from("<svg class=\"chart\" width=\"100%\" height=\"16\" aria-hidden=\"true\">");
    for tick in ticks {
        let (class, at) = match tick.at {
            at if at < 0.1 => ("label", Across::Start),
            at if at > 0.9 => ("label end", Across::End),
            at => ("label middle", Across::At(across(at))),
        };
        text(&mut svg, class, at, 12.0, &tick.label);
    }
    svg.push_str("</svg>");
    svg
}

/// The marks that are drawn, from the start to the end, each with the number of those that lie with it.
fn apart(marks: &[Mark]) -> Vec<(&Mark, usize)> {
    let stretch = |mark: &Mark| (mark.at.clamp(0.0, 1.0) * STRETCHES) as usize;
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by(|a, b| a.at.total_cmp(&b.at));
    sorted
        .chunk_by(|a, b| stretch(a) == stretch(b))
        .map(|together| (together[0], together.len() - 1))
        .collect()
}

/// A shape of the picture `id` by itself, for the words beside it that say what it means. The lanes show it
/// from here.
pub fn symbol(id: &str, shape: usize) -> String {
    let shape = shape % SHAPES.len();
    format!(
        "<svg class=\"symbol\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\"><path id=\"{id}-{shape}\"{}/></svg>",
        SHAPES[shape]
    )
}

/// Shapes about twelve units across, round the origin; each is told from the others by its outline alone.
/// First those of the kinds of notes, in the order of their words: a disc, a diamond, a square, a tick, a
/// bar, a triangle down, two bars, a triangle to the side. Then those of the states of commitments: a ring,
/// a hollow square, a tick, a half disc, a cross, a bar. The style sheet has the same for notes.
const SHAPES: [&str; 14] = [
    " d=\"M-5.5 0a5.5 5.5 0 1 0 11 0a5.5 5.5 0 1 0 -11 0z\"",
    " d=\"M0 -6.5l6.5 6.5l-6.5 6.5l-6.5 -6.5z\"",
    " d=\"M-5 -5h10v10h-10z\"",
    " d=\"M-6.5 .7l2.1 -2.2l2.8 2.8l6 -6.8l2.1 2.3l-8.1 9z\"",
    " d=\"M-6 -1.8h12v3.6h-12z\"",
    " d=\"M-6 -5h12l-6 10.5z\"",
    " d=\"M-6 -5.6h12v2.7h-12zm0 8.5h12v2.7h-12z\"",
    " d=\"M-4.5 -6l11 6l-11 6z\"",
    " class=\"hollow\" d=\"M-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z\"",
    " class=\"hollow\" d=\"M-4.5 -4.5h9v9h-9z\"",
    " d=\"M-6.5 .7l2.1 -2.2l2.8 2.8l6 -6.8l2.1 2.3l-8.1 9z\"",
    " d=\"M0 -5.5a5.5 5.5 0 0 0 0 11z\"",
    " d=\"M-4.5 -4.5l9 9m0 -9l-9 9\"",
    " d=\"M-6 -1.8h12v3.6h-12z\"",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_that_would_cover_each_other_are_one_that_counts_them() {
        let mark = |at: f64, label: &str| Mark { at, href: "#n-a".into(), label: label.into(), shape: 0 };
        let svg = lane("a", 1, &[mark(0.9, "far"), mark(0.501, "b"), mark(0.5, "a")]);
        assert!(svg.contains("<title>a (+1)</title>") && svg.contains("<title>far</title>"), "{svg}");
        let many: Vec<Mark> = (0..3000).map(|at| mark(f64::from(at) / 3000.0, "x")).collect();
        assert!(lane("b", 1, &many).matches("<a ").count() <= STRETCHES as usize + 1);
    }
}
