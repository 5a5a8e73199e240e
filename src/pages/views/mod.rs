//! What templates see: one closed view for each template. A template can ask for nothing else, so a
//! page depends on its view and its templates and on nothing more.
//!
//! Fields named `*_html` hold HTML that is safe to put on the page as it is (`{{ x | safe }}`);
//! every other text is plain and is escaped by the template. Addresses are relative to the page.

mod notes;
mod pictures;

pub use notes::*;
pub use pictures::*;

use serde::Serialize;
use std::sync::Arc;

/// The site, as every page sees it (`site`).
#[derive(Debug, Clone, Serialize)]
pub struct SiteView {
    /// The title.
    pub title: String,
    /// A sentence or two about the site.
    pub description: Option<String>,
    /// The language, as a BCP 47 tag.
    pub language: String,
    /// Who publishes it.
    pub publisher: Option<LinkView>,
    /// The licence of the notes.
    pub licence: Option<String>,
    /// `true` in a review build, which shows drafts.
    pub drafts: bool,
    /// The day at which due dates are judged: `2026-11-23`.
    pub as_of: Option<String>,
    /// Whether paragraph numbers are shown.
    pub paragraph_numbers: bool,
    /// What the site chose of the theme's options.
    pub options: std::collections::BTreeMap<String, String>,
    /// The licences of the records on this site, each once.
    pub record_licences: Vec<String>,
}

/// The page, as every template sees it (`page`).
#[derive(Debug, Clone, Serialize)]
pub struct PageView {
    /// The page's own title; empty on the home page and on pages that the theme names.
    pub title: String,
    /// For pages that the theme names, the key of the name in `t.titles`: `debates`, `claim`.
    pub title_key: Option<&'static str>,
    /// Which page of its list this is, from 1.
    pub number: usize,
    /// A sentence about it, for search engines and link previews.
    pub description: Option<String>,
    /// The template's name: `debate`.
    pub kind: &'static str,
    /// The way from this page to the site's root: `../../`.
    pub root: String,
    /// The address in full, where the site has one.
    pub canonical: Option<String>,
    /// The address of the site's Atom feed, where there is one.
    pub feed: Option<String>,
    /// The address of the page where readers search.
    pub search: String,
    /// The main navigation.
    pub navigation: Vec<NavigationView>,
    /// The pages of text, as links: about, method.
    pub texts: Vec<LinkView>,
    /// The lists above this page, the home page first. Labels are keys of `t.titles`.
    pub breadcrumbs: Vec<NavigationView>,
}

/// An entry of the navigation.
#[derive(Debug, Clone, Serialize)]
pub struct NavigationView {
    /// The key of its name in `t.titles`: `debates`.
    pub label: &'static str,
    /// Its address.
    pub href: String,
    /// Whether this page is there, or below.
    pub here: bool,
}

/// A label and an address.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// The label.
    pub label: String,
    /// The address; none where there is nothing to follow.
    pub href: Option<String>,
}

/// Where a page stands in a list of pages.
#[derive(Debug, Clone, Serialize)]
pub struct PagerView {
    /// This page's number, from 1.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// A debate in a list.
#[derive(Debug, Clone, Serialize)]
pub struct DebateCard {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// The day: `2012-12-20`.
    pub date: String,
    /// The House.
    pub house: Option<String>,
    /// Whether the record is an extract.
    pub extract: bool,
    /// How many notes it has.
    pub notes: usize,
    /// How many words were spoken.
    pub words: usize,
    /// What it is about, as plain text.
    pub summary: Option<String>,
}

/// A topic in a list.
#[derive(Debug, Clone, Serialize)]
pub struct TopicCard {
    /// Its title.
    pub title: String,
    /// Its slug.
    pub slug: String,
    /// Its address.
    pub href: String,
    /// A sentence about it.
    pub summary: Option<String>,
    /// How many passages are evidence on it.
    pub passages: usize,
    /// In how many debates.
    pub debates: usize,
}

/// A briefing in a list.
#[derive(Debug, Clone, Serialize)]
pub struct BriefingCard {
    /// Its title.
    pub title: String,
    /// Its address.
    pub href: String,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// The day it bears.
    pub date: Option<String>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// `draft`, `in-review` or `approved`.
    pub status: &'static str,
}

/// A person in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PersonCard {
    /// The name.
    pub name: String,
    /// The name that lists sort by.
    pub sort_name: String,
    /// Their address.
    pub href: String,
    /// In how many debates they speak.
    pub debates: usize,
    /// How many notes are on their words.
    pub passages: usize,
    /// How many notes say that words mean them.
    pub mentions: usize,
}

/// Who spoke.
#[derive(Debug, Clone, Serialize)]
pub struct SpeakerView {
    /// The name as printed.
    pub name: String,
    /// The office or seat on the day: as the record prints it, else as the person's file has it.
    pub office: Option<String>,
    /// Their page.
    pub href: Option<String>,
    /// Whether they spoke from the chair.
    pub chair: bool,
    /// The name that the record prints, where it is wrong and an editor has corrected it.
    pub printed: Option<String>,
}

/// The home page (`home.html`).
#[derive(Debug, Serialize)]
pub struct HomeView {
    /// The words of `content/home.md`.
    pub intro_html: Option<String>,
    /// The latest briefings.
    pub briefings: Vec<BriefingCard>,
    /// The latest debates.
    pub debates: Vec<DebateCard>,
    /// Every topic.
    pub topics: Vec<TopicCard>,
    /// The next commitments due.
    pub commitments: Vec<CommitmentRow>,
    /// How many debates there are.
    pub debate_count: usize,
    /// How many notes there are.
    pub note_count: usize,
}

/// A list of debates (`debates.html`).
#[derive(Debug, Serialize)]
pub struct DebatesView {
    /// The debates on this page, the latest first.
    pub debates: Vec<DebateCard>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// The page where readers search (`search.html`).
#[derive(Debug, Serialize)]
pub struct SearchView {
    /// The lists of topics, people and debates, for readers without scripts. Labels are keys of `t.titles`.
    pub lists: Vec<NavigationView>,
    /// The years of the debates, the latest first: each leads to the page of the list where it begins.
    pub years: Vec<CountView>,
    /// The kinds of notes there are.
    pub kinds: Vec<&'static str>,
    /// The kinds of contributions there can be.
    pub contribution_kinds: Vec<&'static str>,
}

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
    /// Where the text was obtained.
    pub obtained: Option<ObtainedView>,
    /// The language of the record, where it is not the site's.
    pub language: Option<String>,
    /// `rtl` where that language is written from right to left.
    pub direction: Option<&'static str>,
    /// A citation of the debate.
    pub citation: String,
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
    /// Pictures: where the topics lie, who spoke how much.
    pub charts: Vec<ChartView>,
    /// The topics of its notes, with the number of notes on each.
    pub topics: Vec<CountView>,
    /// The kinds of its notes, with the number of each; labels are keys of the translations.
    pub kinds: Vec<CountView>,
    /// How many notes it has.
    pub note_count: usize,
    /// How many words were spoken.
    pub words: usize,
    /// The debate before it in time.
    pub previous: Option<LinkView>,
    /// The debate after it in time.
    pub next: Option<LinkView>,
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

/// A label, an address and a number.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// The label.
    pub label: String,
    /// A word for classes and data attributes.
    pub slug: String,
    /// The address.
    pub href: String,
    /// The number.
    pub count: usize,
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
    /// When, where the record says so: `16:05`.
    pub time: Option<String>,
    /// The column of the official report, where it is not that of the contribution before.
    pub column: Option<String>,
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
    /// Its level in the page: 2 or more.
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
    /// The whole element, `<p id="p12">…</p>`: its text content is the record's, to the character.
    /// A list item is `<p class="item">`, a table `<table>`, quoted matter `<p class="quoted">`.
    pub element_html: String,
    /// The notes on it, in the order of its words.
    pub notes: Vec<NoteView>,
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

/// The evidence on a topic from one debate.
#[derive(Debug, Serialize)]
pub struct EvidenceGroup {
    /// The debate.
    pub debate: DebateCard,
    /// The passages, in the order of the record: each the component `evidence`, rendered.
    pub evidence_html: Vec<Arc<str>>,
}

/// A list of topics (`topics.html`).
#[derive(Debug, Serialize)]
pub struct TopicsView {
    /// Every topic, by title.
    pub topics: Vec<TopicCard>,
}

/// A topic (`topic.html`).
#[derive(Debug, Serialize)]
pub struct TopicView {
    /// The title.
    pub title: String,
    /// A sentence about it.
    pub summary: Option<String>,
    /// How many passages are evidence on it.
    pub passages: usize,
    /// In how many debates.
    pub debates: usize,
    /// Whose words they are, each person once, at most ten.
    pub speakers: Vec<SpeakerView>,
    /// Whether every one of those debates is an extract.
    pub only_extracts: bool,
    /// What the evidence comes to.
    pub key_points: Vec<KeyPointView>,
    /// What was promised.
    pub commitments: Vec<CommitmentRow>,
    /// What is asserted and could be checked.
    pub claims: Vec<EvidenceView>,
    /// What is left open.
    pub questions: Vec<EvidenceView>,
    /// The evidence on this page, by debate, the latest first.
    pub groups: Vec<EvidenceGroup>,
    /// The editor's overview.
    pub overview_html: String,
    /// Topics a reader may want next.
    pub related: Vec<LinkView>,
    /// The pages of the evidence. What is not evidence stands on the first only.
    pub pager: PagerView,
    /// The latest day that a note on it bears.
    pub reviewed: Option<String>,
    /// The address of the topic's own Atom feed, where there is one.
    pub feed: Option<String>,
    /// Pictures: the topic over time.
    pub charts: Vec<ChartView>,
}

/// One point of a topic's summary.
#[derive(Debug, Serialize)]
pub struct KeyPointView {
    /// The point.
    pub text_html: String,
    /// Where the evidence stands: `Human Trafficking, para 2`.
    pub at: LinkView,
}

/// The register of commitments (`commitments.html`).
#[derive(Debug, Serialize)]
pub struct CommitmentsView {
    /// By due date; those without one last.
    pub rows: Vec<CommitmentRow>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
    /// Pictures: when those on this page fall due.
    pub charts: Vec<ChartView>,
}

/// A list of people (`people.html`).
#[derive(Debug, Serialize)]
pub struct PeopleView {
    /// Everybody, by the name that lists sort by.
    pub people: Vec<PersonCard>,
}

/// A person (`person.html`).
#[derive(Debug, Serialize)]
pub struct PersonView {
    /// The name.
    pub name: String,
    /// Offices, parties and constituencies, as far as known.
    pub terms: Vec<TermView>,
    /// Places elsewhere.
    pub links: Vec<LinkView>,
    /// A note about the person.
    pub about_html: String,
    /// The debates they speak in.
    pub debates: Vec<DebateCard>,
    /// What they undertook, or owe.
    pub commitments: Vec<CommitmentRow>,
    /// The topics of the notes on their words.
    pub topics: Vec<CountView>,
    /// The notes on their words, on this page of the list: each the component `evidence`, rendered.
    pub passages_html: Vec<Arc<str>>,
    /// How many notes are on their words in all.
    pub passage_count: usize,
    /// The notes that say that words mean them: each the component `evidence`, rendered.
    pub mentioned_html: Vec<Arc<str>>,
    /// The pages of the passages.
    pub pager: PagerView,
    /// Pictures: the person's topics over time.
    pub charts: Vec<ChartView>,
}

/// Something held for a time.
#[derive(Debug, Serialize)]
pub struct TermView {
    /// `office`, `party` or `constituency`. The theme's translations have its label.
    pub kind: &'static str,
    /// What was held.
    pub name: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A list of briefings (`briefings.html`).
#[derive(Debug, Serialize)]
pub struct BriefingsView {
    /// Every briefing, the latest first.
    pub briefings: Vec<BriefingCard>,
}

/// A briefing (`briefing.html`).
#[derive(Debug, Serialize)]
pub struct BriefingView {
    /// What its entry in a list says.
    pub card: BriefingCard,
    /// The text.
    pub body_html: String,
    /// The topics it treats.
    pub topics: Vec<LinkView>,
    /// The debates it draws on.
    pub debates: Vec<DebateCard>,
}

/// The kinds of notes (`annotations.html`).
#[derive(Debug, Serialize)]
pub struct AnnotationsView {
    /// Each kind that occurs, with its number.
    pub kinds: Vec<CountView>,
}

/// The notes of one kind (`kind.html`).
#[derive(Debug, Serialize)]
pub struct KindView {
    /// The kind: `claim`.
    pub kind: &'static str,
    /// The notes on this page: the latest debate first, each in the order of its record; each the
    /// component `evidence`, rendered.
    pub notes_html: Vec<Arc<str>>,
    /// How many there are in all.
    pub count: usize,
    /// The pages of the list.
    pub pager: PagerView,
}

/// The glossary (`glossary.html`).
#[derive(Debug, Serialize)]
pub struct GlossaryView {
    /// The terms, by alphabet.
    pub entries: Vec<GlossaryEntryView>,
}

/// A term and what it means.
#[derive(Debug, Serialize)]
pub struct GlossaryEntryView {
    /// The term.
    pub term: String,
    /// Its id on the page.
    pub id: String,
    /// Other writings.
    pub aliases: Vec<String>,
    /// What it means.
    pub definition_html: String,
}

/// A page of text (`page.html`), and the page for addresses that don't exist (`404.html`).
#[derive(Debug, Serialize)]
pub struct TextPageView {
    /// The title.
    pub title: String,
    /// The text.
    pub body_html: String,
}
