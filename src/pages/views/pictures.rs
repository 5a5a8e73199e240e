//! The views of pictures.

use super::TermView;
use serde::Serialize;

/// A picture with its numbers. The theme's translations have its title, description and column heads,
/// by its kind.
#[derive(Debug, Serialize)]
pub struct ChartView {
    /// Its id. The picture is named by the elements `ID-title` and `ID-desc`.
    pub id: String,
    /// `topics-along`, `kinds-along`, `spoke-how-much`, `over-time`, `topics-over-time` or
    /// `commitments-due`.
    pub kind: &'static str,
    /// The lanes of a strip, above `svg_html`; none for other pictures.
    pub lanes: Vec<LaneView>,
    /// The picture; below lanes, their axis.
    pub svg_html: String,
    /// Its numbers.
    pub rows: Vec<ChartRow>,
    /// What it finds: of which row there is most. None where two have as much, or there is only one.
    pub most: Option<ChartRow>,
    /// Of how many that is.
    pub total: usize,
    /// What its shapes mean.
    pub legend: Vec<LegendView>,
}

/// A lane of a strip: its label stands above `svg_html`, in an element with the id.
#[derive(Debug, Serialize)]
pub struct LaneView {
    /// The id of the label: `chart-topics-along-lane-1`.
    pub id: String,
    /// What lies on it, where it has a name of its own: a topic.
    pub label: String,
    /// A kind of note, where the theme has the name.
    pub word: Option<&'static str>,
    /// The shape of all that lies on it, where it is one.
    pub symbol_html: Option<String>,
    /// Where the label leads.
    pub href: Option<String>,
    /// How much lies on it.
    pub count: usize,
    /// The line with its marks.
    pub svg_html: String,
}

/// A number of a picture.
#[derive(Debug, Clone, Serialize)]
pub struct ChartRow {
    /// What it is of, where that has a name of its own.
    pub label: String,
    /// A kind of note, where the theme has the name.
    pub word: Option<&'static str>,
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
    /// How many marks have it.
    pub count: usize,
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
