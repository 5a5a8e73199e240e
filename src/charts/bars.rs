//! Bars: how much of each, the most first.

use super::{Across, NARROW, number, open, percent, shortened, text};
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
    let mut svg = open(id, &format!("{id}-title"), "img", (bars.len() as f64 * ROW).max(1.0));
    for (at, bar) in bars.iter().enumerate() {
        let top = at as f64 * ROW;
        let length = bar.value as f64 / most as f64 * 100.0;
        let taken = 8.0 * (bar.shown.chars().count() as f64 + 1.0);
        text(&mut svg, "label", Across::Start, top + 12.0, &shortened(bar.label, taken));
        text(&mut svg, "value", Across::End, top + 12.0, &bar.shown);
        let _ = write!(
            svg,
            "<rect class=\"bar\" x=\"0\" y=\"{}\" width=\"{}\" height=\"8\"/>",
            number(top + 18.0),
            percent(length.max(100.0 / NARROW))
        );
    }
    svg.push_str("</svg>");
    svg
}
