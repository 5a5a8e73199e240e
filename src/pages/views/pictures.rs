//! The views of pictures.

use super::TermView;
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

/// The picture that is shown with a shared link.
#[derive(Debug, Clone, Serialize)]
pub struct ShareCardView {
    /// Its address in full.
    pub url: String,
    /// Its width in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
    /// What it is of: `home`, `debate`, `topic`, `person` or `briefing`. Lists and pages of text have the
    /// home page's.
    pub kind: &'static str,
    /// The title on it.
    pub title: String,
}

/// What the component `share_card` gets (`card`), which gives the words of the picture besides the title: plain
/// text, one part to a line. What a page doesn't have is none, empty or 0.
#[derive(Debug, Default, Serialize)]
pub struct ShareCardWords {
    /// What it is of: `home`, `debate`, `topic`, `person` or `briefing`.
    pub kind: &'static str,
    /// The day of a debate or a briefing: `2012-12-20`.
    pub date: Option<String>,
    /// The House of a debate.
    pub house: Option<String>,
    /// Whether a debate's record is an extract.
    pub extract: bool,
    /// The standing of a debate or a briefing: `draft`, `in-review` or `approved`.
    pub status: Option<&'static str>,
    /// Who wrote a briefing.
    pub authors: Vec<String>,
    /// What a person held last: an office, or else a constituency.
    pub office: Option<TermView>,
    /// How many debates the site has, a topic is treated in, or a person spoke in.
    pub debates: usize,
    /// How many notes the site or a debate has.
    pub notes: usize,
    /// How many passages are evidence on a topic, or notes are on a person's words.
    pub passages: usize,
    /// How many words were spoken in a debate.
    pub words: usize,
}
