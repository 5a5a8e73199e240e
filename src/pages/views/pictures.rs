//! The views of pictures.

use serde::Serialize;

/// A picture with its numbers. The theme's translations have its title, description and column heads,
/// by its kind.
#[derive(Debug, Serialize)]
pub struct ChartView {
    /// Its id. The picture is named by the elements `ID-title` and `ID-desc`.
    pub id: String,
    /// `topics-along`, `spoke-how-much`, `over-time`, `topics-over-time` or `commitments-due`.
    pub kind: &'static str,
    /// The picture.
    pub svg_html: String,
    /// Its numbers.
    pub rows: Vec<ChartRow>,
    /// What its shapes mean.
    pub legend: Vec<LegendView>,
}

/// A number of a picture.
#[derive(Debug, Serialize)]
pub struct ChartRow {
    /// What it is of.
    pub label: String,
    /// The number.
    pub value: usize,
    /// Where it leads.
    pub href: Option<String>,
}

/// What a shape of a picture means.
#[derive(Debug, Serialize)]
pub struct LegendView {
    /// The shape.
    pub svg_html: String,
    /// A kind of note, or a state of a commitment.
    pub word: &'static str,
}
