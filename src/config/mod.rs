//! Room `config`: `rapporteur.yaml`, as written and as meant.

use crate::diagnostics::{self, Checked, Diagnostic, Place};
use crate::text::{Source, Span};
use crate::yaml::{self, Node};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::str::FromStr;
use url::Url;

/// `rapporteur.yaml` as an editor writes it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawConfig {
    /// The site's title.
    pub title: Option<String>,
    /// The address that the site will have. Without it the site is for opening from the disk.
    pub base_url: Option<String>,
    /// The language of the site, as a BCP 47 tag.
    pub language: Option<String>,
    /// A sentence or two about the site.
    pub description: Option<String>,
    /// The theme's name.
    pub theme: Option<String>,
    /// What the theme lets a site choose.
    #[serde(default)]
    pub theme_options: BTreeMap<String, String>,
    /// Who publishes the site.
    pub publisher: Option<RawPublisher>,
    /// The licence of the notes.
    pub licence: Option<String>,
    /// From which standing notes are published.
    pub publish: Option<Publish>,
    /// The day at which embargoes, expiries and due dates are judged: a date, or `today`.
    pub as_of: Option<String>,
    /// Whether paragraph numbers are shown beside the record.
    pub paragraph_numbers: Option<bool>,
    /// Whether feeds are written.
    pub feeds: Option<bool>,
    /// Whether pages have a picture that is shown with shared links.
    pub share_cards: Option<bool>,
    /// Whether every debate's notes are written as W3C Web Annotations too, with the plain text that they
    /// point into.
    pub web_annotations: Option<bool>,
    /// For which web servers the former addresses are written as rules of theirs.
    #[serde(default)]
    pub redirects: Vec<Redirects>,
    /// Codes of warnings that count as errors here.
    #[serde(default)]
    pub deny: Vec<String>,
}

/// Who publishes a site.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RawPublisher {
    /// The name.
    pub name: String,
    /// The address.
    pub url: Option<String>,
}

/// A web server, or a host, that leads on by rules of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Redirects {
    /// `_redirects`, which several hosts of static sites read.
    Plain,
    /// `redirects.map`, lines for a `map` of nginx.
    Nginx,
    /// `.htaccess` of Apache.
    Apache,
}

impl Redirects {
    /// The file that it reads.
    pub fn file(self) -> &'static str {
        match self {
            Redirects::Plain => "_redirects",
            Redirects::Nginx => "redirects.map",
            Redirects::Apache => ".htaccess",
        }
    }
}

/// From which standing notes and briefings are published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Publish {
    /// Those in review too, with that label.
    #[default]
    InReview,
    /// Only those approved.
    Approved,
}

/// Whether drafts are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Drafts {
    /// Only what may be published.
    #[default]
    Hidden,
    /// Drafts too, marked as such: a review build.
    Shown,
}

/// The configuration as meant: everything has a value.
#[derive(Debug, Clone, Hash)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// The address of the site's root, with a final slash.
    pub base_url: Option<Url>,
    /// The language of the site, as a BCP 47 tag.
    pub language: String,
    /// A sentence or two about the site.
    pub description: Option<String>,
    /// The theme's name.
    pub theme: String,
    /// What the theme lets a site choose.
    pub theme_options: BTreeMap<String, String>,
    /// Who publishes the site: name and address.
    pub publisher: Option<(String, Option<String>)>,
    /// The licence of the notes.
    pub licence: Option<String>,
    /// From which standing notes are published.
    pub publish: Publish,
    /// Whether drafts are shown.
    pub drafts: Drafts,
    /// The day at which embargoes, expiries and due dates are judged.
    pub as_of: Option<Date>,
    /// Whether paragraph numbers are shown beside the record.
    pub paragraph_numbers: bool,
    /// Whether feeds are written.
    pub feeds: bool,
    /// Whether pages have a picture that is shown with shared links.
    pub share_cards: bool,
    /// Whether every debate's notes are written as W3C Web Annotations too.
    pub web_annotations: bool,
    /// For which web servers the former addresses are written as rules of theirs; each once.
    pub redirects: Vec<Redirects>,
    /// Codes of warnings that count as errors here.
    pub deny: Vec<String>,
}

impl Config {
    /// The same, but for whether drafts are shown.
    pub fn but_for_drafts(&self) -> (Publish, Option<Date>) {
        (self.publish, self.as_of)
    }

    /// What decides which notes and briefings readers may see.
    pub fn for_placing(&self) -> (Publish, Drafts, Option<Date>) {
        (self.publish, self.drafts, self.as_of)
    }
}

impl Default for Config {
    fn default() -> Self {
        Config {
            title: "Debate briefings".into(),
            base_url: None,
            language: "en-GB".into(),
            description: None,
            theme: "default".into(),
            theme_options: BTreeMap::new(),
            publisher: None,
            licence: None,
            publish: Publish::InReview,
            drafts: Drafts::Hidden,
            as_of: None,
            paragraph_numbers: true,
            feeds: true,
            share_cards: true,
            web_annotations: false,
            redirects: Vec::new(),
            deny: Vec::new(),
        }
    }
}

/// Gives the day that it is.
pub type Clock = fn() -> Date;

/// A day as `as_of` and `--as-of` name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AsOf {
    /// This day.
    Day(Date),
    /// The day of the build.
    Today,
}

impl AsOf {
    fn day(self, clock: Option<Clock>) -> Option<Date> {
        match self {
            AsOf::Day(day) => Some(day),
            AsOf::Today => clock.map(|clock| clock()),
        }
    }
}

impl FromStr for AsOf {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text == "today" {
            return Ok(AsOf::Today);
        }
        yaml::parse_date(text)
            .map(AsOf::Day)
            .ok_or_else(|| "write a day as YYYY-MM-DD, or `today`".to_owned())
    }
}

/// What the command line says over the file.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// `--base-url`.
    pub base_url: Option<String>,
    /// `--theme`.
    pub theme: Option<String>,
    /// `--drafts`.
    pub drafts: Drafts,
    /// `--as-of`.
    pub as_of: Option<AsOf>,
    /// The day of a preview: counts where neither the command nor the file names one.
    pub today: Option<Date>,
    /// From which standing notes were published last, where that is known.
    pub published: Option<Publish>,
    /// What `today` means. Without a clock it names no day.
    pub clock: Option<Clock>,
    /// `--deny`.
    pub deny: Vec<String>,
}

/// Reads the configuration. `source` is the file, if there is one.
pub fn read(source: Option<&Source>, overrides: &Overrides) -> Checked<Config> {
    let mut remarks = Vec::new();
    let mut config = closed();
    match source {
        Some(source) => {
            if let Some(node) = yaml::parse(source, yaml::Unit::File).take(&mut remarks) {
                let raw = yaml::decode::<RawConfig>(&node, source, "rapporteur.yaml").take(&mut remarks);
                if let Some(raw) = raw {
                    let clock = overrides.clock;
                    let opens = raw.publish.is_none() && overrides.published == Some(Publish::Approved);
                    config = Meant { source, node: &node, clock, remarks: &mut remarks }.config(raw);
                    if opens {
                        // A file that has lost its end is a whole file all the same.
                        config.publish = Publish::Approved;
                        remarks.push(diagnostics::lost_key(Place::file(source), "publish", "approved"));
                    }
                }
            } else if remarks.is_empty() {
                // Empty, or nothing but comments: it has lost its words.
                remarks.push(diagnostics::missing_key(Place::file(source), "title", "rapporteur.yaml"));
            }
        }
        None => remarks.push(diagnostics::no_configuration()),
    }
    if let Some(url) = &overrides.base_url {
        match base_url(url) {
            Ok(url) => config.base_url = Some(url),
            Err(reason) => remarks.push(diagnostics::bad_address(None, url, &reason)),
        }
    }
    if let Some(theme) = &overrides.theme {
        config.theme.clone_from(theme);
    }
    config.drafts = overrides.drafts;
    let asked = overrides.as_of.and_then(|as_of| as_of.day(overrides.clock));
    config.as_of = asked.or(config.as_of).or(overrides.today);
    config.deny.extend(overrides.deny.iter().cloned());
    Checked { value: config, diagnostics: remarks }
}

/// The configuration of a site whose own can't be read: it may have asked for the narrowest publication.
pub fn closed() -> Config {
    Config { publish: Publish::Approved, ..Config::default() }
}

struct Meant<'a> {
    source: &'a Source,
    node: &'a Node,
    clock: Option<Clock>,
    remarks: &'a mut Vec<Diagnostic>,
}

impl Meant<'_> {
    fn place(&self, key: &str) -> Place {
        Place::new(self.source, self.node.get(key).map_or(Span::default(), |node| node.span))
    }

    fn config(&mut self, raw: RawConfig) -> Config {
        let RawConfig {
            title,
            base_url: url,
            language,
            description,
            theme,
            theme_options,
            publisher,
            licence,
            publish,
            as_of,
            paragraph_numbers,
            feeds,
            share_cards,
            web_annotations,
            mut redirects,
            deny,
        } = raw;
        let default = Config::default();
        let title = title.filter(|title| !title.trim().is_empty()).unwrap_or_else(|| {
            self.remarks.push(diagnostics::missing_key(Place::file(self.source), "title", "rapporteur.yaml"));
            default.title.clone()
        });
        let base = url.and_then(|url| match base_url(&url) {
            Ok(parsed) => Some(parsed),
            Err(reason) => {
                let place = self.place("base_url");
                self.remarks.push(diagnostics::bad_address(Some(place), &url, &reason));
                None
            }
        });
        let publisher = publisher.map(|RawPublisher { name, url }| {
            let place = self.place("publisher");
            (name, url.filter(|url| diagnostics::web_address(url, || place, self.remarks)))
        });
        let as_of = as_of.and_then(|text| {
            let named = text.parse::<AsOf>().ok();
            if named.is_none() {
                let place = self.place("as_of");
                self.remarks.push(diagnostics::impossible_date(place, &text));
            }
            named.and_then(|named| named.day(self.clock))
        });
        for code in &deny {
            if code != "warnings" && !diagnostics::list().contains(code) {
                let place = self.place("deny");
                self.remarks.push(diagnostics::unknown_code(Some(place), code));
            }
        }
        redirects.sort();
        redirects.dedup();
        Config {
            title,
            base_url: base,
            language: language.unwrap_or(default.language),
            description,
            theme: theme.unwrap_or(default.theme),
            theme_options,
            publisher,
            licence,
            publish: publish.unwrap_or(default.publish),
            drafts: default.drafts,
            as_of,
            paragraph_numbers: paragraph_numbers.unwrap_or(default.paragraph_numbers),
            feeds: feeds.unwrap_or(default.feeds),
            share_cards: share_cards.unwrap_or(default.share_cards),
            web_annotations: web_annotations.unwrap_or(default.web_annotations),
            redirects,
            deny,
        }
    }
}

/// An absolute http or https address without query or fragment, made to end in a slash.
fn base_url(text: &str) -> Result<Url, String> {
    let scheme = || "it must begin with https:// or http://".to_owned();
    let mut url = match Url::parse(text) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) => return Err(scheme()),
        Err(error) => return Err(error.to_string()),
    };
    if !matches!(url.scheme(), "http" | "https") {
        return Err(scheme());
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err("it must have no ? and no #".into());
    }
    if !url.path().ends_with('/') {
        let path = format!("{}/", url.path());
        url.set_path(&path);
    }
    Ok(url)
}
