//! Columns: how many in each stretch of time, in order.

use super::{Across, NARROW, attribute, inner, number, open, percent, text};
use std::fmt::Write;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The stretch of time, as it stands below it: `2012`.
    pub label: String,
    /// The same in full: `December 2012`.
    pub name: String,
    /// How many.
    pub value: usize,
    /// The same as readers see it.
    pub shown: String,
    /// Where it leads.
    pub href: Option<String>,
}

/// How high the highest column is.
const HIGHEST: f64 = 96.0;
/// The first column's number stands above it, and labels below all.
const TOP: f64 = 16.0;

/// Columns from left to right, each with its number above it where there is room.
pub fn columns(id: &str, columns: &[Column]) -> String {
    let most = columns.iter().map(|column| column.value).max().unwrap_or(0).max(1);
    let step = 100.0 / columns.len().max(1) as f64;
    let width = (step * 0.7).min(12.0);
    let narrow = step / 100.0 * NARROW;
    // So many labels that they don't touch on a phone: about 34 pixels each.
    let every = (34.0 / narrow).ceil().max(1.0) as usize;
    let role = if columns.iter().any(|column| column.href.is_some()) { "group" } else { "img" };
    let base = TOP + HIGHEST;
    let mut svg = open(id, &format!("{id}-title"), role, base + 18.0);
    let _ = write!(svg, "<line class=\"axis\" x1=\"0\" y1=\"{base}\" x2=\"100%\" y2=\"{base}\"/>");
    for (at, column) in columns.iter().enumerate() {
        let middle = (at as f64 + 0.5) * step;
        let height = column.value as f64 / most as f64 * HIGHEST;
        if let Some(href) = &column.href {
            let _ = write!(svg, "<a href=\"{}\"><title>", attribute(href));
            inner(&mut svg, &format!("{}: {}", column.name, column.shown));
            svg.push_str("</title>");
        }
        let _ = write!(
            svg,
            "<rect class=\"bar\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            percent(middle - width / 2.0),
            number(base - height),
            percent(width),
            number(height)
        );
        if column.value > 0 && narrow >= 14.0 {
            text(&mut svg, "value middle", Across::At(middle), base - height - 4.0, &column.shown);
        }
        if column.href.is_some() {
            svg.push_str("</a>");
        }
        if at % every == 0 {
            text(&mut svg, "label middle", Across::At(middle), base + 14.0, &column.label);
        }
    }
    svg.push_str("</svg>");
    svg
}
