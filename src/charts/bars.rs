//! Bars: how much of each, the most first.

use super::{WIDTH, number, open, shortened, text};
use std::fmt::Write;

/// One bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar<'a> {
    /// What it is of.
    pub label: &'a str,
    /// How long it is.
    pub value: usize,
    /// The value as readers see it.
    pub shown: String,
}

/// The height of a bar with the label above it.
const ROW: f64 = 32.0;

/// Bars in the order given, each under its label.
pub fn bars(id: &str, bars: &[Bar<'_>]) -> String {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or(0).max(1);
    let mut svg = open(id, "img", (bars.len() as f64 * ROW).max(1.0));
    for (at, bar) in bars.iter().enumerate() {
        let top = at as f64 * ROW;
        let length = bar.value as f64 / most as f64 * WIDTH;
        let room = WIDTH - 8.0 * (bar.shown.chars().count() as f64 + 1.0);
        text(&mut svg, "label", 0.0, top + 12.0, &shortened(bar.label, room));
        text(&mut svg, "value", WIDTH, top + 12.0, &bar.shown);
        let _ = write!(
            svg,
            "<rect class=\"bar\" x=\"0\" y=\"{}\" width=\"{}\" height=\"8\"/>",
            number(top + 18.0),
            number(length.max(1.0))
        );
    }
    svg.push_str("</svg>");
    svg
}
