//! The keys of each file. A key that is not here is an error with "did you mean".

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// `debate.yaml`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDebate {
    /// The debate's title.
    pub title: String,
    /// The day: YYYY-MM-DD.
    pub date: String,
    /// The House: text.
    pub house: Option<String>,
    /// The chamber or room.
    pub chamber: Option<String>,
    /// The sitting.
    pub sitting: Option<String>,
    /// When it began: 16:05.
    pub time: Option<String>,
    /// Who was in the chair: a person's slug, or a name as printed.
    pub chair: Option<String>,
    /// The volume of the official report.
    pub volume: Option<String>,
    /// The columns of the official report.
    pub columns: Option<String>,
    /// The reference as printed.
    pub reference: Option<String>,
    /// What the record is a part of.
    pub part_of: Option<RawPartOf>,
    /// What it is about, in Markdown.
    pub summary: Option<String>,
    /// Where the text was obtained.
    pub source: Option<RawObtained>,
    /// The licence of the text.
    pub licence: Option<String>,
    /// The language of the record.
    pub language: Option<String>,
    /// The transcript's format, where it can't be told from the file.
    pub format: Option<String>,
    /// A speaker's label in the record, and the person it means.
    #[serde(default)]
    pub speakers: BTreeMap<String, String>,
    /// How far the work on it has come.
    pub status: Option<RawStanding>,
    /// Not to be published before this moment.
    pub embargo: Option<String>,
    /// Former addresses.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// What a record is a part of.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPartOf {
    /// The title of the whole.
    pub title: Option<String>,
    /// Whether the record is an extract.
    #[serde(default)]
    pub extract: bool,
    /// How it begins.
    pub begins: Option<RawBegins>,
}

/// How an extract begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawBegins {
    /// In the middle of an exchange.
    MidExchange,
    /// With a speech.
    WithASpeech,
}

/// Where a text was obtained.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawObtained {
    /// The publisher or site.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// The day it was retrieved.
    pub retrieved: Option<String>,
    /// The licence of the text.
    pub licence: Option<String>,
    /// The name of the file that it was imported from.
    pub file: Option<String>,
    /// The fingerprint (BLAKE3) of that file.
    pub hash: Option<String>,
}

/// How far a piece of work has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawStanding {
    /// Not for readers.
    Draft,
    /// Published, with that label.
    InReview,
    /// Published.
    Approved,
    /// Withdrawn.
    Retracted,
}

/// A topic's front matter.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTopic {
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// A sentence about it.
    pub summary: Option<String>,
    /// What the evidence comes to.
    #[serde(default)]
    pub key_points: Vec<RawKeyPoint>,
    /// Former addresses.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Topics a reader may want next.
    #[serde(default)]
    pub related: Vec<String>,
    /// The topic it is part of.
    pub parent: Option<String>,
    /// A colour, as the theme names them.
    pub colour: Option<String>,
    /// How far the work on it has come. Without it, it is published.
    pub status: Option<RawStanding>,
}

/// One point, and where the evidence for it stands.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawKeyPoint {
    /// The point.
    pub text: String,
    /// `DEBATE#p2`.
    pub at: String,
}

/// A person's file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPerson {
    /// The name in full.
    #[serde(default)]
    pub name: Option<String>,
    /// The name that lists sort by.
    pub sort_name: Option<String>,
    /// Names under which records print this person.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Offices held.
    #[serde(default)]
    pub offices: Vec<RawOffice>,
    /// The party, where it never changed.
    pub party: Option<String>,
    /// Parties by date.
    #[serde(default)]
    pub parties: Vec<RawTerm>,
    /// The constituency, where it never changed.
    pub constituency: Option<String>,
    /// Constituencies by date.
    #[serde(default)]
    pub constituencies: Vec<RawTerm>,
    /// A picture of the person.
    pub portrait: Option<RawPortrait>,
    /// Places elsewhere: label and address.
    #[serde(default)]
    pub links: BTreeMap<String, String>,
    /// Ids in other registers, one or several to a register.
    #[serde(default)]
    pub ids: BTreeMap<String, RawIds>,
    /// Former addresses.
    #[serde(default)]
    pub former: Vec<String>,
    /// How far the work on the file has come. Without it, it is published.
    pub status: Option<RawStanding>,
}

/// A picture of a person: a file of `static/`, what it shows, and under which licence.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPortrait {
    /// The way to the file, as in a link: `../../static/portraits/ann-poe.jpg`.
    pub file: String,
    /// What it shows, for those who don't see it.
    pub alt: String,
    /// The licence.
    pub licence: String,
    /// Who made it.
    pub by: Option<String>,
}

/// One id, or a list of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum RawIds {
    /// One.
    One(String),
    /// Several: an old register gives one to each term of office.
    Several(Vec<String>),
}

impl RawIds {
    /// Each of them.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let ids = match self {
            RawIds::One(id) => std::slice::from_ref(id),
            RawIds::Several(ids) => ids,
        };
        ids.iter().map(String::as_str)
    }
}

/// An office held for a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOffice {
    /// The office.
    pub title: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A party or constituency for a time.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTerm {
    /// Its name.
    pub name: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// A briefing's front matter.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawBriefing {
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// Who wrote it.
    #[serde(default)]
    pub authors: Vec<String>,
    /// The day it bears.
    pub date: Option<String>,
    /// How far it has come.
    pub status: Option<RawStanding>,
    /// Who reviewed it and when.
    pub reviewed: Option<RawReview>,
    /// Not to be published before this moment.
    pub embargo: Option<String>,
    /// Not to be published after this day.
    pub expires: Option<String>,
    /// The topics it treats.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The debates it draws on.
    #[serde(default)]
    pub debates: Vec<String>,
    /// What it comes to, before all else.
    #[serde(default)]
    pub key_points: Vec<RawKeyPoint>,
    /// Former addresses.
    #[serde(default)]
    pub aliases: Vec<String>,
}

/// A review.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawReview {
    /// By whom.
    pub by: String,
    /// When.
    pub on: Option<String>,
}

/// A text page's front matter.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPage {
    /// The title.
    #[serde(default)]
    pub title: Option<String>,
    /// A sentence about it.
    pub summary: Option<String>,
    /// Former addresses.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The template of the site's theme that the page has, without its extension.
    pub template: Option<String>,
    /// How far the work on it has come. Without it, it is published.
    pub status: Option<RawStanding>,
}

/// `glossary.yaml`: a term and what it means.
pub type RawGlossary = BTreeMap<String, RawGlossaryEntry>;

/// One entry of the glossary.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawGlossaryEntry {
    /// What it means, in Markdown.
    pub definition: String,
    /// Other writings of the term.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// First day on which the term had this meaning.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

/// `corrections.yaml` of a debate: what its record gets wrong, by id. The record stays as it is.
pub type RawCorrections = BTreeMap<String, RawCorrection>;

/// What `at` of a correction says where the day is wrong.
pub const DAY: &str = "day";

/// A correction to a record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawCorrection {
    /// Where: a contribution (`c3`) whose speaker is wrong, a paragraph (`p7`) whose words are, or `day`,
    /// where the day that the transcript states is.
    pub at: String,
    /// What the record has there: the speaker's name, the words, or the day (YYYY-MM-DD). It must be what
    /// stands there.
    pub was: String,
    /// Who spoke: a person's slug, or a name.
    pub speaker: Option<String>,
    /// How the words should read, or the day: the `date` of `debate.yaml`.
    pub reads: Option<String>,
    /// Why.
    pub reason: String,
    /// What that rests on.
    pub source: Option<RawSource>,
    /// Who corrected it: a role.
    pub by: Option<String>,
    /// When: YYYY-MM-DD.
    pub on: Option<String>,
}

/// `sources.yaml`: sources that several notes share, by key.
pub type RawSources = BTreeMap<String, RawSource>;

/// A source outside the record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSource {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Where in it.
    pub locator: Option<String>,
    /// When it was read.
    pub read: Option<String>,
}
