//! Strips: lanes along a debate or along time, with a mark wherever something lies, which leads there.

use super::{WIDTH, attribute, number, open, shortened, text};
use std::fmt::Write;

/// A lane: a topic, a kind of note.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// Its label.
    pub label: String,
    /// What lies on it.
    pub marks: Vec<Mark>,
}

/// Something on a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Where, from 0 at the start to 1 at the end.
    pub at: f64,
    /// Where it leads.
    pub href: String,
    /// What it is, for those who don't see it.
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

/// The height of a lane with its label above it.
const LANE: f64 = 40.0;
/// Marks keep so far from the ends.
const INSET: f64 = 8.0;

/// Lanes one under the other over one axis.
pub fn strip(id: &str, lanes: &[Lane], ticks: &[Tick]) -> String {
    let x = |at: f64| INSET + at.clamp(0.0, 1.0) * (WIDTH - 2.0 * INSET);
    let bottom = lanes.len() as f64 * LANE;
    let height = bottom + if ticks.is_empty() { 2.0 } else { 18.0 };
    let mut svg = open(id, "group", height);
    for (row, lane) in lanes.iter().enumerate() {
        let top = row as f64 * LANE;
        let line = top + 26.0;
        text(&mut svg, "label", 0.0, top + 12.0, &shortened(&lane.label, WIDTH - 40.0));
        text(&mut svg, "value", WIDTH, top + 12.0, &lane.marks.len().to_string());
        let _ = write!(svg, "<line class=\"axis\" x1=\"0\" y1=\"{line}\" x2=\"{WIDTH}\" y2=\"{line}\"/>");
        for mark in &lane.marks {
            let _ = write!(
                svg,
                "<a href=\"{}\" aria-label=\"{}\">",
                attribute(&mark.href),
                attribute(&mark.label)
            );
            shape(&mut svg, mark.shape, x(mark.at), line);
            svg.push_str("</a>");
        }
    }
    for tick in ticks {
        let class = if tick.at < 0.1 {
            "label"
        } else if tick.at > 0.9 {
            "label end"
        } else {
            "label middle"
        };
        text(&mut svg, class, x(tick.at), bottom + 13.0, &tick.label);
    }
    svg.push_str("</svg>");
    svg
}

/// A shape by itself, for the words beside it that say what it means.
pub fn symbol(number: usize) -> String {
    let mut svg = String::from("<svg class=\"symbol\" viewBox=\"0 0 16 16\" aria-hidden=\"true\">");
    shape(&mut svg, number, 8.0, 8.0);
    svg.push_str("</svg>");
    svg
}

/// A circle, a square, a diamond, a triangle, a ring …, about twelve units across.
fn shape(svg: &mut String, shape: usize, x: f64, y: f64) {
    let point = |dx: f64, dy: f64| format!("{},{}", number(x + dx), number(y + dy));
    let _ = match shape % 8 {
        0 => write!(svg, "<circle class=\"mark\" cx=\"{}\" cy=\"{}\" r=\"5.5\"/>", number(x), number(y)),
        1 => write!(
            svg,
            "<rect class=\"mark\" x=\"{}\" y=\"{}\" width=\"10\" height=\"10\"/>",
            number(x - 5.0),
            number(y - 5.0)
        ),
        2 => polygon(svg, &[point(0.0, -7.0), point(7.0, 0.0), point(0.0, 7.0), point(-7.0, 0.0)], "mark"),
        3 => polygon(svg, &[point(0.0, -6.5), point(6.5, 5.5), point(-6.5, 5.5)], "mark"),
        4 => write!(svg, "<circle class=\"mark hollow\" cx=\"{}\" cy=\"{}\" r=\"5\"/>", number(x), number(y)),
        5 => write!(
            svg,
            "<rect class=\"mark hollow\" x=\"{}\" y=\"{}\" width=\"9\" height=\"9\"/>",
            number(x - 4.5),
            number(y - 4.5)
        ),
        6 => polygon(
            svg,
            &[point(0.0, -6.5), point(6.5, 0.0), point(0.0, 6.5), point(-6.5, 0.0)],
            "mark hollow",
        ),
        _ => polygon(svg, &[point(0.0, 6.5), point(6.5, -5.5), point(-6.5, -5.5)], "mark hollow"),
    };
}

fn polygon(svg: &mut String, points: &[String], class: &str) -> std::fmt::Result {
    write!(svg, "<polygon class=\"{class}\" points=\"{}\"/>", points.join(" "))
}
