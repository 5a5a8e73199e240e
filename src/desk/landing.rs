//! The site as it is rendered, looked at as a whole: every address that a file of it names, and whether it
//! lands there.

use crate::diagnostics::{self, Diagnostic, Place};
use crate::output::{OutputFile, Sink};
use crate::pipeline::Edition;
use crate::text::{SitePath, Source};
use html5gum::{Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::sync::{Mutex, PoisonError};
use url::Url;

/// Attributes that hold an address, of elements that pages have.
const ADDRESSES: [&str; 6] = ["href", "src", "poster", "action", "data", "cite"];

/// So many places of one cause are named.
const NAMED: usize = 5;

/// Takes the files of a build and remembers of each only where it can be led to and where it leads.
#[derive(Default)]
pub struct Landing {
    files: Mutex<BTreeMap<String, Facts>>,
    /// The address that the site will have; without it a site has no addresses in full.
    base: Option<String>,
}

#[derive(Default)]
struct Facts {
    ids: BTreeSet<String>,
    links: BTreeSet<String>,
}

impl Landing {
    /// For a site that will have this address.
    pub fn new(base: Option<&Url>) -> Self {
        Landing { files: Mutex::default(), base: base.map(|url| url.as_str().to_owned()) }
    }

    /// What leads nowhere: one diagnostic for each address, with the files that name it. `edition` is what the
    /// files were made from.
    pub fn lost(self, edition: &Edition) -> Vec<Diagnostic> {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let root = self.base.as_deref().unwrap_or("https://site.invalid/");
        let Ok(root) = Url::parse(root) else { return Vec::new() };
        let mut lost: BTreeMap<(String, Option<String>), Vec<&str>> = BTreeMap::new();
        for (path, facts) in &files {
            // Shown at every address that doesn't exist, so that its own can't be told.
            let here = if path == "404.html" { root.clone() } else { joined(&root, path) };
            for link in &facts.links {
                let Some((file, fragment)) = inside(&root, &here, path, link) else { continue };
                let missing = match files.get(&file) {
                    None => (file, None),
                    Some(there) if fragment.is_empty() || there.ids.contains(&fragment) => continue,
                    // A fragment of what is no page is for whoever reads that.
                    Some(_) if !file.ends_with(".html") => continue,
                    Some(_) => (file, Some(fragment)),
                };
                lost.entry(missing).or_default().push(path);
            }
        }
        let sources = sources(edition);
        let diagnostics = lost.into_iter().map(|((file, fragment), from)| {
            let first = from.first().copied().unwrap_or_default();
            let source = sources.get(first).cloned().or_else(|| SitePath::new("rapporteur.yaml"));
            let place = Place::file(&Source::new(source.expect("a plain name"), ""));
            let address = match fragment {
                Some(fragment) => format!("{file}#{fragment}"),
                None => file,
            };
            diagnostics::dead_link(place, &address, &from[..from.len().min(NAMED)], from.len())
        });
        diagnostics.collect()
    }
}

/// The files that pages are made from, by the paths of the pages.
fn sources(edition: &Edition) -> HashMap<String, SitePath> {
    let planned = edition.plan.iter().filter_map(|planned| {
        let source = planned.page.source(&edition.site, &edition.index)?;
        Some((planned.address.output_path(), edition.layout().source_of(&source)?))
    });
    planned.collect()
}

fn joined(root: &Url, path: &str) -> Url {
    let mut url = root.clone();
    if let Ok(mut segments) = url.path_segments_mut() {
        segments.pop_if_empty().extend(path.split('/'));
    }
    url
}

/// The file and the fragment of the site that a link leads to; none for what is elsewhere.
fn inside(root: &Url, here: &Url, path: &str, link: &str) -> Option<(String, String)> {
    let link = link.trim();
    let there = here.join(link).ok()?;
    if (there.scheme(), there.host_str(), there.port()) != (root.scheme(), root.host_str(), root.port()) {
        return None;
    }
    let decode = |text: &str| {
        percent_encoding::percent_decode_str(text).decode_utf8().map_or_else(|_| text.to_owned(), Into::into)
    };
    let rest = there.path().strip_prefix(root.path())?;
    let mut file = decode(rest);
    if link.starts_with('#') || link.is_empty() {
        path.clone_into(&mut file);
    }
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    // Part of an address may choose words on the page, which is for the browser.
    let fragment = decode(there.fragment().unwrap_or_default());
    let fragment = fragment.split(":~:").next().unwrap_or_default().to_owned();
    Some((file, fragment))
}

impl Sink for Landing {
    fn put(&self, file: OutputFile) -> io::Result<()> {
        let mut facts = Facts::default();
        let text = String::from_utf8_lossy(&file.bytes);
        match file.path.rsplit('.').next() {
            Some("html") => page(&text, &mut facts),
            Some("css") => style(&text, &mut facts),
            Some("xml" | "json" | "jsonld" | "txt" | "ics") => {}
            _ => {
                self.files().insert(file.path, facts);
                return Ok(());
            }
        }
        // A file of the search index is words, in which an address is one by chance.
        if let Some(base) = self.base.as_deref().filter(|_| !file.path.starts_with("search/")) {
            // What a page or data calls a thing by its address and a name is no place on a page.
            let with_fragments = file.path.ends_with(".xml") || file.path.ends_with(".ics");
            // The lines of a calendar go on on the next.
            let text = if file.path.ends_with(".ics") { text.replace("\r\n ", "").into() } else { text };
            in_full(&text, base, with_fragments, &mut facts);
        }
        self.files().insert(file.path, facts);
        Ok(())
    }
}

impl Landing {
    /// Where pages lead that is no address of the site by its form, with the page.
    pub fn outward(&self) -> Vec<(String, String)> {
        let files = self.files();
        let is_whole = |link: &&String| {
            link.trim_start().get(..4).is_some_and(|start| start.eq_ignore_ascii_case("http"))
        };
        let of = |(path, facts): (&String, &Facts)| {
            let links = facts.links.iter().filter(is_whole).map(|link| (path.clone(), link.clone()));
            links.collect::<Vec<_>>()
        };
        files.iter().filter(|(path, _)| path.ends_with(".html")).flat_map(of).collect()
    }

    fn files(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Facts>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn page(text: &str, facts: &mut Facts) {
    for token in Tokenizer::new(text) {
        let Ok(Token::StartTag(tag)) = token else { continue };
        for (name, value) in &tag.attributes {
            let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            if name == "id" {
                facts.ids.insert(value.into_owned());
            } else if ADDRESSES.contains(&&*name) {
                facts.links.insert(value.into_owned());
            }
        }
    }
}

/// The addresses in a style sheet.
fn style(text: &str, facts: &mut Facts) {
    for (at, _) in text.match_indices("url(") {
        let Some((inner, _)) = text[at + 4..].split_once(')') else { continue };
        let inner = inner.trim().trim_matches(['"', '\'']);
        if !inner.starts_with("data:") && !inner.starts_with('#') {
            facts.links.insert(inner.to_owned());
        }
    }
}

/// The addresses of the site that a file names in full, whatever its form.
fn in_full(text: &str, base: &str, with_fragments: bool, facts: &mut Facts) {
    for (at, _) in text.match_indices(base) {
        let rest = &text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || "\"'<>()[]\\,;{}`|".contains(c));
        let link = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ':', '!', '?']);
        let link = if with_fragments { link } else { link.split('#').next().unwrap_or(link) };
        facts.links.insert(link.replace("&amp;", "&"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_a_file_of_the_site_or_elsewhere() {
        let root = Url::parse("https://example.org/b/").expect("an address");
        let of = |path: &str, link: &str| inside(&root, &joined(&root, path), path, link);
        let found = |file: &str, fragment: &str| Some((file.to_owned(), fragment.to_owned()));
        assert_eq!(of("topics/x/index.html", "../y/"), found("topics/y/index.html", ""));
        assert_eq!(of("topics/x/index.html", "#p2"), found("topics/x/index.html", "p2"));
        assert_eq!(of("a.html", "https://example.org/b/Report%20%233.pdf"), found("Report #3.pdf", ""));
        assert_eq!(of("a.html", "x/#p2:~:text=a"), found("x/index.html", "p2"));
        assert_eq!(of("a.html", "https://example.org/other/"), None);
        assert_eq!(of("a.html", "mailto:a@example.org"), None);
    }
}
