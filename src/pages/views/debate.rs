//! The view of a debate: its particulars, its record, and what stands beside it.

use super::{ChartView, CountView, LinkView, NoteView, SaidOnceView, SourceView, SpeakerView};
use serde::Serialize;

/// A debate (`debate.html`).
#[derive(Debug, Serialize)]
pub struct DebateView {
    /// The title.
    pub title: String,
    /// The day.
    pub date: String,
    /// The time at which it, or the extract, began: `16:05`.
    pub time: Option<String>,
    /// The House.
    pub house: Option<String>,
    /// Who was in the chair.
    pub chair: Option<SpeakerView>,
    /// Volume, column and reference, as far as they are known: `Hansard, vol 555`.
    pub reference: Option<String>,
    /// Whether the record is an extract.
    pub extract: bool,
    /// Whether the extract begins in the middle of an exchange.
    pub mid_exchange: bool,
    /// The title of the longer debate, where it differs.
    pub part_of: Option<String>,
    /// What it is about.
    pub summary_html: String,
    /// Corrections to the day that the record states.
    pub corrections: Vec<CorrectionView>,
    /// Where the text was obtained.
    pub obtained: Option<ObtainedView>,
    /// The language of the record and its title, as a BCP 47 tag.
    pub language: String,
    /// Which way that language is written: `ltr` or `rtl`.
    pub direction: &'static str,
    /// A citation of the debate.
    pub citation: String,
    /// The same as Hansard is cited, for a debate of a House: `HC Deb 20 December 2012 vol 555`.
    pub citation_hansard: Option<String>,
    /// Where the official report of the day can be read, for the Houses of Westminster.
    pub official: Option<String>,
    /// `draft`, `in-review` or `approved`.
    pub status: &'static str,
    /// Who speaks, in the order of first speaking.
    pub speakers: Vec<SpeakerEntry>,
    /// The headings within the debate, for its contents.
    pub contents: Vec<LinkView>,
    /// The notes on the debate as a whole.
    pub notes: Vec<NoteView>,
    /// The record.
    pub contributions: Vec<ContributionView>,
    /// Headings after the last contribution.
    pub last_headings: Vec<HeadingView>,
    /// Pictures: where the topics lie, who spoke how much.
    pub charts: Vec<ChartView>,
    /// The topics of its notes, with the number of notes on each.
    pub topics: Vec<CountView>,
    /// The kinds of its notes, with the number of each; labels are keys of the translations.
    pub kinds: Vec<CountView>,
    /// How many notes it has.
    pub note_count: usize,
    /// What is the same for all of them.
    pub said_once: SaidOnceView,
    /// Whether some names over the words are the editors', because the record prints none.
    pub unprinted: bool,
    /// Whether the record is so long that a browser should lay out what is on screen first.
    pub long: bool,
    /// How many words were spoken.
    pub words: usize,
    /// The debate before it in time.
    pub previous: Option<NeighbourView>,
    /// The debate after it in time.
    pub next: Option<NeighbourView>,
    /// The address of the debate as JSON; of a long one, of the first part.
    pub json: String,
    /// The address of the record as plain text.
    pub plain_text: String,
    /// Which state of the transcript this is: the first digits of the BLAKE3 hash of its text, as the
    /// debate's lock has them.
    pub revision: String,
    /// The address of its notes as W3C Web Annotations, where the site writes them.
    pub annotations: Option<String>,
}

/// The debate before or after another.
#[derive(Debug, Clone, Serialize)]
pub struct NeighbourView {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The language of its title, as a BCP 47 tag.
    pub language: String,
    /// The day: `2012-12-20`.
    pub date: String,
}

/// Where a text was obtained.
#[derive(Debug, Clone, Serialize)]
pub struct ObtainedView {
    /// The publisher or site.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// The day it was retrieved.
    pub retrieved: Option<String>,
    /// The licence of the text.
    pub licence: Option<String>,
}

/// A speaker in a debate's contents.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakerEntry {
    /// Who.
    pub speaker: SpeakerView,
    /// The fragment of their first contribution: `#c1`.
    pub first: String,
    /// How many contributions they make.
    pub contributions: usize,
}

/// One entry of the record.
#[derive(Debug, Serialize)]
pub struct ContributionView {
    /// The id: `c1`.
    pub id: String,
    /// `speech`, `question`, `answer`, `interjection`, `procedural` or `division`.
    pub kind: &'static str,
    /// Headings that stand before it.
    pub headings: Vec<HeadingView>,
    /// Who spoke.
    pub speaker: Option<SpeakerView>,
    /// The address of the speaker's portrait, where their file has one.
    pub portrait: Option<String>,
    /// The level of the heading that says so: one below that of the section, and at most 6.
    pub speaker_level: u8,
    /// When, where the record says so: `16:05`.
    pub time: Option<String>,
    /// The column of the official report, where it is the first that begins or stands in it.
    pub column: Option<String>,
    /// The fragment of the same speaker's next contribution: `#c7`.
    pub again: Option<String>,
    /// Corrections to who spoke.
    pub corrections: Vec<CorrectionView>,
    /// The paragraphs.
    pub paragraphs: Vec<ParagraphView>,
}

/// A correction to the record: the record stays as it is.
#[derive(Debug, Serialize)]
pub struct CorrectionView {
    /// Its id on the page: `x-ID`.
    pub id: String,
    /// What the record has.
    pub was: String,
    /// How it should read.
    pub reads: String,
    /// Why.
    pub reason: String,
    /// What that rests on.
    pub source: Option<SourceView>,
    /// Who corrected it.
    pub by: Option<String>,
    /// The day.
    pub on: Option<String>,
}

/// One side of a division.
#[derive(Debug, Serialize)]
pub struct VotesView {
    /// The side: `aye`.
    pub side: String,
    /// How many voted, as the record states it, or else how many names there are.
    pub count: usize,
}

/// A heading within a debate.
#[derive(Debug, Serialize)]
pub struct HeadingView {
    /// Its id.
    pub id: String,
    /// Its level in the page: 2 or more, and at most one below the heading before it.
    pub level: u8,
    /// Its words.
    pub title: String,
}

/// A paragraph of the record.
#[derive(Debug, Serialize)]
pub struct ParagraphView {
    /// The id: `p12`.
    pub id: String,
    /// The number as readers see it: `12`.
    pub number: String,
    /// What it is called where it is heard rather than seen: `Paragraph 12`.
    pub label: String,
    /// The whole element, `<p id="p12">…</p>`: its text content is the record's, to the character.
    /// A list item is `<p class="item">`, a table `<table>`, quoted matter `<p class="quoted">`.
    pub element_html: String,
    /// Whether it is short enough to stay in view beside long notes.
    pub short: bool,
    /// Whether it is a table, which may be wider than the page and is then scrolled by itself.
    pub wide: bool,
    /// The notes on it, in the order of its words.
    pub notes: Vec<NoteView>,
    /// Terms of the glossary that the debate has here first, with the way to what they mean.
    pub terms: Vec<LinkView>,
    /// Whether a note is on the paragraph as a whole.
    pub marked: bool,
    /// Columns of the official report that begin in it.
    pub columns: Vec<String>,
    /// Times stated in it.
    pub times: Vec<String>,
    /// Which side of a division it lists.
    pub votes: Option<VotesView>,
    /// Corrections to its words.
    pub corrections: Vec<CorrectionView>,
}
