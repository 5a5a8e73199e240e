//! The keys of a sheet and of an annotation, as written. The doc comments are what an editor shows
//! beside the key: the JSON schema is made from these types.

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;

/// An annotation sheet: a debate's annotations by their ids, and what they have in common.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Annotation sheet")]
pub struct RawSheet {
    /// The folder of the debate that the sheet is in.
    #[schemars(with = "Option<DebateName>")]
    pub debate: Option<String>,
    /// What holds for every annotation of the sheet that does not say otherwise.
    pub defaults: Option<RawDefaults>,
    /// The annotations, each under its id: a-z 0-9 -, unique in the debate.
    #[schemars(extend("propertyNames" = { "pattern": "^[a-z0-9]([a-z0-9-]{0,78}[a-z0-9])?$" }))]
    pub annotations: BTreeMap<String, RawAnnotation>,
}

/// What holds for every annotation of a sheet that does not say otherwise. An annotation's topics
/// are added to those here; `-topic` takes one away.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDefaults {
    /// Where the annotations belong: `p2`, `p11..p12`, `c3` or `debate`.
    #[schemars(with = "Option<At>")]
    pub at: Option<String>,
    /// What the annotations are.
    pub kind: Option<Kind>,
    /// Topics of every annotation.
    #[serde(default)]
    #[schemars(with = "Vec<TopicName>")]
    pub topics: Vec<String>,
    /// Who must act, of those that are commitments.
    pub owed_by: Option<String>,
    /// Sources: keys of sources.yaml, or sources written out.
    #[serde(default)]
    pub sources: Vec<RawSource>,
    /// Who wrote the annotations.
    pub author: Option<String>,
    /// How far the annotations are; never `approved`, which is said of each by itself.
    pub status: Option<Status>,
    /// Who has read them over, and when.
    pub reviewed: Option<RawReview>,
    /// The day of the annotations.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub date: Option<Date>,
    /// Not to be published before this day.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub embargo: Option<Date>,
}

/// An annotation: where it belongs, what it says, and how it stands.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawAnnotation {
    /// Where it belongs: `p2`, `p11..p12`, `c3` or `debate`. May be left out where the quote stands
    /// in only one place.
    #[schemars(with = "Option<At>")]
    pub at: Option<String>,
    /// The words it is about, exactly as in the record; ` [...] ` for words left out.
    pub quote: Option<String>,
    /// Words just before the quote, where the quote alone stands in several places.
    pub before: Option<String>,
    /// Words just after the quote, where the quote alone stands in several places.
    pub after: Option<String>,
    /// Several places, each with its own `at` and `quote`.
    pub targets: Option<Vec<RawTarget>>,
    /// `reviewed`: somebody has made sure that the words left out do not change what was said.
    pub elision: Option<Elision>,
    /// What it is; a `note` where nothing is said.
    pub kind: Option<Kind>,
    /// Topics of the passage. `-topic` takes away one that the sheet's defaults give.
    #[serde(default)]
    #[schemars(with = "Vec<TopicChange>")]
    pub topics: Vec<String>,
    /// A title.
    pub title: Option<String>,
    /// What it says, in Markdown.
    pub body: Option<String>,
    /// A Markdown file with what it says, from the debate's folder.
    pub body_file: Option<String>,
    /// The word that a `definition` defines.
    pub term: Option<String>,
    /// Other annotations: `id` in this debate, or `debate/id`.
    #[serde(default)]
    #[schemars(with = "Vec<AnnotationName>")]
    pub see: Vec<String>,
    /// Who must act on a `commitment`: a person, a body, or text; the speaker where nothing is said.
    pub owed_by: Option<String>,
    /// When a `commitment` is due.
    pub due: Option<RawDue>,
    /// What became of a `commitment`; not checked where nothing is said.
    pub outcome: Option<RawOutcome>,
    /// What a `fact-check` found.
    pub verdict: Option<Verdict>,
    /// Sources: keys of sources.yaml, or sources written out.
    #[serde(default)]
    pub sources: Vec<RawSource>,
    /// Who is meant by words that do not name them.
    pub identifies: Option<RawIdentifies>,
    /// A slip in the record, which stays as it is.
    pub sic: Option<RawSic>,
    /// Who wrote it.
    pub author: Option<String>,
    /// How far it is; a `draft` where nothing is said.
    pub status: Option<Status>,
    /// Who has read it over, and when.
    pub reviewed: Option<RawReview>,
    /// Its day.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub date: Option<Date>,
    /// When and why it was withdrawn: for `status: retracted`.
    pub withdrawn: Option<RawWithdrawal>,
    /// Not to be published before this day.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub embargo: Option<Date>,
    /// Ids that it had before: links to them still lead to it.
    #[serde(default)]
    pub former: Vec<String>,
}

/// One of several places that an annotation is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawTarget {
    /// Where: `p2`, `p11..p12`, `c3` or `debate`.
    #[schemars(with = "Option<At>")]
    pub at: Option<String>,
    /// The words, exactly as in the record; ` [...] ` for words left out.
    pub quote: Option<String>,
    /// Words just before the quote.
    pub before: Option<String>,
    /// Words just after the quote.
    pub after: Option<String>,
}

/// When a commitment is due.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawDue {
    /// What was said of it: words of the quote.
    pub said: String,
    /// The last day that fits those words, by our reading.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub by: Option<Date>,
}

/// What became of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawOutcome {
    /// The outcome.
    pub state: OutcomeState,
    /// The day on which it was so.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub as_of: Option<Date>,
    /// Why it is judged so.
    pub note: Option<String>,
    /// What shows it: keys of sources.yaml, or sources written out.
    #[serde(default)]
    pub sources: Vec<RawSource>,
}

/// Who is meant by words that do not name them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawIdentifies {
    /// The person's slug.
    #[schemars(with = "PersonName")]
    pub person: String,
    /// How we know.
    pub basis: Option<String>,
}

/// A slip in the record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawSic {
    /// What it should read.
    pub read: String,
}

/// Who has read an annotation over, and when.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawReview {
    /// Who.
    pub by: String,
    /// When.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub on: Option<Date>,
}

/// When and why an annotation was withdrawn: all that its tombstone says.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawWithdrawal {
    /// Why.
    pub reason: String,
    /// When.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub on: Option<Date>,
}

/// A source: the key of one in sources.yaml, or one written out.
#[derive(Clone, Debug, PartialEq, Eq, JsonSchema)]
#[schemars(untagged)]
pub enum RawSource {
    /// A key of sources.yaml.
    Key(String),
    /// A source written out.
    Inline(RawInlineSource),
}

/// A source written out.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawInlineSource {
    /// Its title.
    pub title: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// Where it is on the web.
    pub url: Option<String>,
    /// Where in it: a page, a paragraph.
    pub locator: Option<String>,
    /// When it was last read.
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<Day>")]
    pub read: Option<Date>,
}

/// What an annotation is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A remark.
    #[default]
    Note,
    /// The passage claims something that can be checked.
    Claim,
    /// The passage undertakes something.
    Commitment,
    /// A claim, checked against sources.
    FactCheck,
    /// What one must know to read the passage.
    Context,
    /// What the passage leaves open.
    Question,
    /// What a term means.
    Definition,
    /// A tie to other passages.
    CrossReference,
}

impl Kind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [Kind; 8] = [
        Kind::Note,
        Kind::Claim,
        Kind::Commitment,
        Kind::FactCheck,
        Kind::Context,
        Kind::Question,
        Kind::Definition,
        Kind::CrossReference,
    ];

    /// The word that authors write.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Note => "note",
            Kind::Claim => "claim",
            Kind::Commitment => "commitment",
            Kind::FactCheck => "fact-check",
            Kind::Context => "context",
            Kind::Question => "question",
            Kind::Definition => "definition",
            Kind::CrossReference => "cross-reference",
        }
    }
}

/// How far an annotation is on its way to publication.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Not published.
    #[default]
    Draft,
    /// Published as being in review, unless the site publishes only what is approved.
    InReview,
    /// Published.
    Approved,
    /// Withdrawn after publication: a tombstone stands at its address.
    Retracted,
}

/// `reviewed`: words left out of a quote do not change what was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Elision {
    /// Somebody has made sure.
    Reviewed,
}

/// What a fact-check found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is so.
    Accurate,
    /// It is not so.
    Inaccurate,
    /// It is so, and leaves a wrong impression.
    Misleading,
    /// Nothing was found that supports it.
    Unsupported,
    /// It cannot be checked.
    CannotBeChecked,
}

/// What became of a commitment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum OutcomeState {
    /// Nobody has looked.
    #[default]
    NotChecked,
    /// Not yet done, and not yet due.
    Open,
    /// Done.
    Kept,
    /// Done in part.
    Partly,
    /// Not done when it was due.
    Broken,
    /// Made pointless by events.
    Overtaken,
}

impl<'de> Deserialize<'de> for RawSource {
    /// By hand rather than as an untagged enum, which would first make a value of no type, and turn
    /// the publisher `1.10` into a number.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = RawSource;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key of sources.yaml (between quotation marks where it looks like a number) or a source with its `title`")
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<RawSource, E> {
                Ok(RawSource::Key(key.to_owned()))
            }

            fn visit_u64<E: Error>(self, key: u64) -> Result<RawSource, E> {
                Ok(RawSource::Key(key.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RawSource, A::Error> {
                let inline = serde::de::value::MapAccessDeserializer::new(map);
                RawInlineSource::deserialize(inline).map(RawSource::Inline)
            }
        }
        deserializer.deserialize_any(Either)
    }
}

/// Names in the schema for texts with a form of their own: [`super::schema`] fills in the site's.
macro_rules! named_texts {
    ($($(#[$meta:meta])* $name:ident)*) => {
        $(#[derive(JsonSchema)] #[allow(dead_code)] $(#[$meta])* pub(super) struct $name(String);)*
    };
}

named_texts! {
    /// A day, as 2013-05-31.
    #[schemars(extend("format" = "date"))]
    Day
    /// A paragraph (p2), a run of paragraphs (p11..p12), a contribution (c3), or the whole debate.
    #[schemars(extend("pattern" = r"^(debate|c[1-9][0-9]*[a-z]*|p[1-9][0-9]*[a-z]*(\.\.p[1-9][0-9]*[a-z]*)?)$"))]
    At
    /// A debate of the site.
    DebateName
    /// A topic of the site.
    TopicName
    /// A topic of the site, or with - before it one of the sheet's defaults to take away.
    TopicChange
    /// A person of the site.
    PersonName
    /// An annotation: id in this debate, or debate/id.
    #[schemars(extend("pattern" = "^([a-z0-9-]+/)?[a-z0-9-]+$"))]
    AnnotationName
}
