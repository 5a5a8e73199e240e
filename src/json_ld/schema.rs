//! The part of the vocabulary of schema.org that pages use, as types: what is not known is not written.

use serde::Serialize;

/// Everything that a page says to machines.
#[derive(Debug, Serialize)]
pub struct Document {
    #[serde(rename = "@context")]
    pub context: &'static str,
    #[serde(rename = "@graph")]
    pub graph: Vec<Node>,
}

/// Something that a page is, or shows the way to.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub enum Node {
    Work(Box<Work>),
    Breadcrumbs(BreadcrumbList),
    Review(Box<ClaimReview>),
}

impl From<Work> for Node {
    fn from(work: Work) -> Self {
        Node::Work(Box::new(work))
    }
}

/// What kind of work something is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub enum WorkType {
    #[default]
    WebPage,
    WebSite,
    CollectionPage,
    ProfilePage,
    Article,
    CreativeWork,
    DefinedTermSet,
}

/// A page, the site, or a text that one rests on.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Work {
    #[serde(rename = "@type")]
    pub kind: WorkType,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headline: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_modified: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub author: Vec<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contributor: Vec<Agent>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub publisher: Option<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub license: Vec<License>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub about: Vec<Thing>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub is_based_on: Vec<Work>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub is_part_of: Vec<Work>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recorded_at: Option<Event>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub word_count: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub main_entity: Option<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has_defined_term: Vec<Thing>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub potential_action: Option<SearchAction>,
}

/// A licence: by its address where that is given or known, else by its name.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum License {
    Address(String),
    Named {
        #[serde(rename = "@type")]
        kind: WorkType,
        name: String,
    },
}

/// What kind of agent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum AgentType {
    Person,
    Organization,
    PoliticalParty,
    Occupation,
    Role,
    OrganizationRole,
}

/// Somebody, a body, or a part that somebody has for a time (schema.org's `Role` stands between a
/// property and its value, and has the property again).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Agent {
    #[serde(rename = "@type")]
    pub kind: AgentType,
    #[serde(rename = "@id", skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub alternate_name: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_date: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub has_occupation: Vec<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub member_of: Vec<Agent>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub same_as: Vec<String>,
}

impl Agent {
    /// An agent of which no more is known than what it is.
    pub fn new(kind: AgentType) -> Self {
        Agent {
            kind,
            id: None,
            name: None,
            alternate_name: Vec::new(),
            url: None,
            job_title: None,
            role_name: None,
            start_date: None,
            end_date: None,
            has_occupation: Vec::new(),
            member_of: Vec::new(),
            same_as: Vec::new(),
        }
    }

    /// An agent with a name.
    pub fn named(kind: AgentType, name: impl Into<String>) -> Self {
        Agent { name: Some(name.into()), ..Agent::new(kind) }
    }
}

/// A subject, or a term of the glossary.
#[derive(Debug, Serialize)]
pub struct Thing {
    #[serde(rename = "@type")]
    pub kind: ThingType,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// What kind of thing.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum ThingType {
    Thing,
    DefinedTerm,
}

/// The debate itself, which a page is the record of.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    #[serde(rename = "@type")]
    pub kind: EventType,
    pub name: String,
    /// A day, or a moment of it by the clock of the place.
    pub start_date: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub organizer: Option<Agent>,
}

/// What kind of event.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum EventType {
    Event,
}

/// How the site is searched.
#[derive(Debug, Serialize)]
pub struct SearchAction {
    #[serde(rename = "@type")]
    pub kind: ActionType,
    pub target: EntryPoint,
    #[serde(rename = "query-input")]
    pub query_input: &'static str,
}

/// What kind of action.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum ActionType {
    SearchAction,
}

/// Where a search begins.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryPoint {
    #[serde(rename = "@type")]
    pub kind: EntryPointType,
    pub url_template: String,
}

/// What kind of place.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum EntryPointType {
    EntryPoint,
}

/// The way from the home page to a page.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BreadcrumbList {
    #[serde(rename = "@type")]
    pub kind: ListType,
    pub item_list_element: Vec<ListItem>,
}

/// What kind of list.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum ListType {
    BreadcrumbList,
}

/// A step on the way. The last has no address: it is the page itself.
#[derive(Debug, Serialize)]
pub struct ListItem {
    #[serde(rename = "@type")]
    pub kind: ListItemType,
    pub position: usize,
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub item: Option<String>,
}

/// What kind of entry.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum ListItemType {
    ListItem,
}

/// A claim that was checked.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ClaimReview {
    #[serde(rename = "@type")]
    pub kind: ReviewType,
    pub url: String,
    pub claim_reviewed: String,
    pub item_reviewed: Claim,
    pub review_rating: Rating,
    pub author: Agent,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_published: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub in_language: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citation: Vec<Work>,
}

/// What kind of review.
#[derive(Debug, Clone, Copy, Serialize)]
pub enum ReviewType {
    ClaimReview,
    Claim,
    Rating,
}

/// What was claimed, by whom, where and when.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Claim {
    #[serde(rename = "@type")]
    pub kind: ReviewType,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<Agent>,
    pub date_published: String,
    pub appearance: Work,
}

/// What checking came to, in words: a number would be one that nobody gave.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rating {
    #[serde(rename = "@type")]
    pub kind: ReviewType,
    pub alternate_name: String,
}
