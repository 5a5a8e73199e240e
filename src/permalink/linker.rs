//! Addresses: where every page of the site stands, and the way from one to another.

use super::{Entry, Wording};
use crate::config::Config;
use crate::model::{DebateSlug, Destination};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, PercentEncode, utf8_percent_encode};
use std::borrow::Cow;
use std::sync::Arc;
use url::Url;

/// What a path keeps as it is in an address (RFC 3986, section 3.3, without what means something elsewhere).
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The address of a page within the site: `debates/x/`, or empty for the home page. A file's
/// address is its path: `404.html`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// The address with these parts; none for the home page.
    pub fn folder(parts: &[&str]) -> Self {
        let mut address = String::with_capacity(parts.iter().map(|part| part.len() + 1).sum());
        for part in parts {
            address.push_str(part);
            address.push('/');
        }
        Address(address)
    }

    /// A file that is no page of a folder.
    pub fn file(path: &str) -> Self {
        Address(path.to_owned())
    }

    /// The same list, page `number`: the first has the list's own address. The others stand in the
    /// same folder, so that what is relative on one is right on all.
    pub fn paged(&self, number: usize) -> Self {
        if number <= 1 { self.clone() } else { Address(format!("{}page-{number}.html", self.0)) }
    }

    /// The address as text, from the site's root.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that holds the page.
    pub fn output_path(&self) -> String {
        if self.is_folder() { format!("{}index.html", self.0) } else { self.0.clone() }
    }

    /// The address as links write it, piece by piece: a file of `static/` may have any name.
    fn written(&self) -> PercentEncode<'_> {
        utf8_percent_encode(&self.0, PATH)
    }

    fn is_folder(&self) -> bool {
        self.0.is_empty() || self.0.ends_with('/')
    }
}

/// The address of a fact-check's own page, below the list of fact-checks. The pages of that list are files
/// (`page-2.html`), so no debate's name can be one of theirs.
pub fn fact_check_address(debate: &DebateSlug, id: &str) -> Address {
    Address::folder(&["annotations", "fact-check", debate.as_str(), id])
}

/// Where a destination's page stands, and the fragment on it.
pub fn address_of(destination: &Destination) -> (Address, Option<&str>) {
    let fragment = match destination {
        // A run of paragraphs is led to by its first.
        Destination::Debate(_, fragment) => {
            fragment.as_deref().and_then(|fragment| fragment.split("..").next())
        }
        Destination::Briefing(_, fragment) | Destination::Page(_, fragment) => fragment.as_deref(),
        Destination::Here(fragment) => Some(&**fragment),
        _ => None,
    };
    let address = match (destination, Entry::of(destination)) {
        (_, Some(entry)) => entry.address(),
        (Destination::Asset(path), None) => Address::file(path),
        (_, None) => Address::folder(&[]),
    };
    (address, fragment)
}

/// The address of a destination in full, below the site's own.
pub fn absolute(base: &Url, destination: &Destination) -> Url {
    let (address, fragment) = address_of(destination);
    let path = address.written().collect::<Cow<'_, str>>();
    let mut url = base.join(&path).expect("a path whose characters are encoded is an address");
    url.set_fragment(fragment);
    url
}

/// Makes addresses relative to one page, so that a site works from a domain's root, from a folder
/// below it, and opened from the disk; and has the words in which that page cites places.
#[derive(Debug, Clone)]
pub struct Linker {
    root: String,
    /// What a folder's address ends in: nothing on a server, `index.html` on the disk.
    index: &'static str,
    /// The language that the site's editors write in.
    language: Box<str>,
    wording: Arc<Wording>,
}

impl Linker {
    /// The linker for the page at `address`, which cites in English.
    pub fn new(config: &Config, address: &Address) -> Self {
        let root = match &config.base_url {
            // A page for addresses that don't exist is shown at any depth.
            Some(base) if address.as_str() == "404.html" => base.path().to_owned(),
            _ => "../".repeat(address.as_str().matches('/').count()),
        };
        let index = if config.base_url.is_some() { "" } else { "index.html" };
        Linker { root, index, language: config.language.as_str().into(), wording: Arc::default() }
    }

    /// The same for a page in another language.
    pub fn worded(self, wording: &Arc<Wording>) -> Self {
        Linker { wording: wording.clone(), ..self }
    }

    /// The language that the site's editors write in.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words of the page's citations.
    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// The way to the site's root: `../../`, or empty at the root.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The way to a page.
    pub fn to(&self, address: &Address) -> String {
        self.with_fragment(address, None)
    }

    fn with_fragment(&self, address: &Address, fragment: Option<&str>) -> String {
        let index = if address.is_folder() { self.index } else { "" };
        let length = self.root.len() + address.0.len() + index.len();
        let mut href = String::with_capacity(length + fragment.map_or(2, |fragment| fragment.len() + 1));
        href.push_str(&self.root);
        href.extend(address.written());
        href.push_str(index);
        if href.is_empty() {
            // An empty address means "this page" to a browser, whatever page that is.
            href.push_str("./");
        }
        if let Some(fragment) = fragment {
            href.push('#');
            href.push_str(fragment);
        }
        href
    }

    /// The way to a destination, with its fragment.
    pub fn href(&self, destination: &Destination) -> String {
        match destination {
            Destination::Elsewhere(url) => url.to_string(),
            Destination::Here(fragment) => format!("#{fragment}"),
            _ => {
                let (address, fragment) = address_of(destination);
                self.with_fragment(&address, fragment)
            }
        }
    }
}
