//! The ledger: what this site has published, and so has promised to keep. An address of it that would vanish is
//! a mistake, unless a page leads on from there.

use super::edition::Edition;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::export::{Export, Exporter};
use crate::layout::Layout;
use crate::load::{self, Sources};
use crate::model::{Debate, PartId, Site};
use crate::pages::{Planned, Standing};
use crate::permalink::Entry;
use crate::resolve;
use crate::text::{SitePath, Source, Span};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write;
use std::io;

/// What the file says of itself.
const HEAD: &str = "# What this site has published. `rapporteur ledger` adds to it; `rapporteur check` holds the site to it.\n";

/// One line of the ledger: an address from the site's root, and a fragment of it or a run of fragments.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Promise {
    address: String,
    fragment: Option<String>,
}

impl Promise {
    fn read(line: &str) -> Option<Promise> {
        let rest = line.strip_prefix('/').filter(|rest| !rest.contains(char::is_whitespace))?;
        Some(match rest.split_once('#') {
            Some((address, fragment)) => {
                Promise { address: address.to_owned(), fragment: Some(fragment.to_owned()) }
            }
            None => Promise { address: rest.to_owned(), fragment: None },
        })
    }

    fn text(&self) -> String {
        match &self.fragment {
            Some(fragment) => format!("/{}#{fragment}", self.address),
            None => format!("/{}", self.address),
        }
    }
}

/// What stands at the addresses of a site.
pub(super) struct Standings<'s> {
    pages: HashMap<&'s str, Standing>,
    files: BTreeSet<String>,
    debates: HashMap<String, &'s Debate>,
    /// Whether the site has the files that need its address.
    has_base: bool,
}

impl<'s> Standings<'s> {
    /// Of these pages, files and debates.
    pub(super) fn new(
        site: &'s Site,
        plan: &'s [Planned],
        exporter: &Exporter<'_>,
        copied: &[(SitePath, String)],
    ) -> Self {
        let exports = exporter.exports().into_iter().filter(is_pointed_at);
        let files = exports.map(|export| exporter.path(export));
        let pages = plan.iter().filter(|planned| is_kept(planned));
        Standings {
            pages: pages.map(|planned| (planned.address.as_str(), planned.page.standing())).collect(),
            files: files.chain(copied.iter().map(|(_, name)| name.clone())).collect(),
            debates: site
                .debates
                .iter()
                .map(|debate| (Entry::Debate(debate.slug.as_str()).address().as_str().to_owned(), &**debate))
                .collect(),
            has_base: exporter.has_base(),
        }
    }

    /// Whether an address is one of the site, or can't be judged now.
    fn has(&self, address: &str) -> bool {
        let is_page = address.is_empty() || address.ends_with('/') || address.ends_with(".html");
        self.pages.contains_key(address) || self.files.contains(address) || (!is_page && !self.has_base)
    }

    /// What of a fragment, or of a run of them, is not on a page.
    fn missing(&self, address: &str, fragment: &str) -> Option<String> {
        // An address that leads on leads to the same place there, which is for that page to have.
        let debate = self.debates.get(address)?;
        if let Some(id) = fragment.strip_prefix("n-") {
            let was = || debate.annotations.iter().any(|note| note.former.iter().any(|old| **old == *id));
            return (debate.annotation(id).is_none() && !was()).then(|| fragment.to_owned());
        }
        let is_there = |name: &str| resolve::paragraphs(&debate.record, name).is_some();
        let names = run(fragment).unwrap_or_else(|| vec![fragment.to_owned()]);
        names.into_iter().find(|name| !is_there(name))
    }
}

/// The names in a run: of `p2..p4` those of three paragraphs.
fn run(fragment: &str) -> Option<Vec<String>> {
    let (first, last) = fragment.split_once("..")?;
    let letter = first.get(..1)?;
    let number = |name: &str| name.strip_prefix(letter)?.parse::<u32>().ok();
    let (first, last) = (number(first)?, number(last)?);
    // A run longer than any record is no run.
    (first <= last && last - first < 1_000_000)
        .then(|| (first..=last).map(|number| format!("{letter}{number}")).collect())
}

/// Whether others may point at an export. What is for a server or a search engine is not for them; and a text
/// that is named by what is in it has another name when it changes: that is its promise.
fn is_pointed_at(export: &Export) -> bool {
    !matches!(
        export,
        Export::PlainText(_) | Export::Redirects(_) | Export::Robots | Export::SitemapPart(_) | Export::Llms
    )
}

/// Whether an address is one for ever: not of the further pages of lists, which come and go.
fn is_kept(planned: &Planned) -> bool {
    let name = planned.address.as_str().rsplit('/').next().unwrap_or_default();
    planned.page.standing() != Standing::Anywhere && !name.starts_with("page-")
}

/// Holds a site to its ledger, where it has one.
pub(super) fn hold<'s>(
    sources: &dyn Sources,
    layout: &Layout,
    standings: impl FnOnce() -> Standings<'s>,
    remarks: &mut Vec<Diagnostic>,
) -> io::Result<()> {
    let Some(path) = &layout.ledger else { return Ok(()) };
    let Some(source) = load::read_text(sources, path)?.take(remarks) else { return Ok(()) };
    let standings = standings();
    let mut gone: BTreeSet<String> = BTreeSet::new();
    for (span, line) in lines(&source) {
        let Some(promise) = Promise::read(line) else {
            remarks.push(diagnostics::broken_ledger(Place::new(&source, span), line));
            continue;
        };
        let address = &promise.address;
        // What stood on a page goes with it: said once.
        if gone.contains(address) {
            continue;
        }
        if !standings.has(address) {
            gone.insert(address.clone());
            let is_hidden = is_written(layout, address);
            remarks.push(diagnostics::lost_address(
                Place::new(&source, span),
                &format!("/{address}"),
                is_hidden,
            ));
        } else if let Some(fragment) = &promise.fragment
            && let Some(missing) = standings.missing(address, fragment)
        {
            let shown = format!("/{address}#{missing}");
            remarks.push(diagnostics::lost_address(Place::new(&source, span), &shown, false));
        }
    }
    Ok(())
}

/// Whether what a page is made from is there, though readers don't see it.
fn is_written(layout: &Layout, address: &str) -> bool {
    let Some(entry) = Entry::of_address(address) else { return false };
    entry.sources().iter().any(|path| layout.paths.iter().any(|known| known.as_str() == path))
}

/// The lines that are no remarks, each with its place.
fn lines(source: &Source) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    source.text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        (!line.is_empty() && !line.starts_with('#')).then(|| (Span::new(start..start + line.len()), line))
    })
}

/// The ledger with everything that the site has now, less what is not promised any more; and how many lines
/// came and went. `before` is what stands there. The inner `Err` names what was to be forgotten and is not there.
///
/// # Errors
/// Where a line of `before` can't be read.
pub fn ledger(
    edition: &Edition,
    before: Option<&Source>,
    forget: &[String],
) -> Result<(String, usize, usize), String> {
    let mut kept: BTreeSet<Promise> = BTreeSet::new();
    for (_, line) in before.into_iter().flat_map(lines) {
        let promise = Promise::read(line).ok_or_else(|| format!("`{line}` is no line of a ledger"))?;
        kept.insert(promise);
    }
    let had: BTreeSet<Promise> = kept.clone();
    for address in forget {
        let forgotten = Promise::read(address)
            .ok_or_else(|| format!("`{address}` is no address: write it as `/topics/x/`"))?;
        let count = kept.len();
        kept.retain(|promise| match &forgotten.fragment {
            Some(_) => *promise != forgotten,
            None => promise.address != forgotten.address,
        });
        if kept.len() == count {
            return Err(format!("the ledger has no `{address}`"));
        }
    }
    kept.extend(promises(edition));
    // A run that has grown takes the place of what it was.
    let runs: BTreeMap<(String, String), u32> = kept
        .iter()
        .filter_map(|promise| {
            let (first, last) = promise.fragment.as_ref()?.split_once("..")?;
            Some(((promise.address.clone(), first.to_owned()), last.get(1..)?.parse().ok()?))
        })
        .collect::<Vec<_>>()
        .into_iter()
        .fold(BTreeMap::new(), |mut runs, (key, last)| {
            let longest = runs.entry(key).or_insert(last);
            *longest = last.max(*longest);
            runs
        });
    kept.retain(|promise| {
        let Some(fragment) = &promise.fragment else { return true };
        let (first, last) = fragment.split_once("..").unwrap_or((fragment, fragment));
        let longest = runs.get(&(promise.address.clone(), first.to_owned()));
        let last = last.get(1..).and_then(|last| last.parse::<u32>().ok());
        longest.zip(last).is_none_or(|(longest, last)| last >= *longest)
    });
    let mut text = HEAD.to_owned();
    for promise in &kept {
        let _ = writeln!(text, "{}", promise.text());
    }
    Ok((text, kept.difference(&had).count(), had.difference(&kept).count()))
}

/// What a site promises as it stands.
fn promises(edition: &Edition) -> Vec<Promise> {
    let exporter = Exporter::new(&edition.config, &edition.site, &edition.index, &edition.plan);
    let standings = Standings::new(&edition.site, &edition.plan, &exporter, &edition.copied);
    let mut found: Vec<Promise> = Vec::new();
    let whole = |address: &str| Promise { address: address.to_owned(), fragment: None };
    found.extend(standings.pages.keys().map(|address| whole(address)));
    found.extend(standings.files.iter().map(|name| whole(name)));
    for (address, debate) in &standings.debates {
        let record = &debate.record;
        let paragraphs = runs("p", record.paragraphs.iter().map(|one| (one.id.number(), one.id.to_string())));
        let speeches =
            runs("c", record.contributions.iter().map(|one| (one.id.number(), one.id.to_string())));
        let notes = debate.annotations.iter().map(|note| format!("n-{}", note.id));
        let fragments = paragraphs.into_iter().chain(speeches).chain(notes);
        found.extend(fragments.map(|one| Promise { address: address.clone(), fragment: Some(one) }));
    }
    found
}

/// Names as runs of those whose numbers follow on each other; one that was put in later stands by itself.
fn runs(letter: &str, names: impl Iterator<Item = (u32, String)>) -> Vec<String> {
    let (mut numbers, mut found) = (Vec::new(), Vec::new());
    for (number, name) in names {
        match name == format!("{letter}{number}") {
            true => numbers.push(number),
            false => found.push(name),
        }
    }
    numbers.sort_unstable();
    for part in numbers.chunk_by(|one, next| one + 1 == *next) {
        found.push(match part {
            [first, .., last] => format!("{letter}{first}..{letter}{last}"),
            _ => format!("{letter}{}", part[0]),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_written_as_runs() {
        let names = ["p1", "p2", "p2a", "p3", "p7"];
        let ids = names.map(|name| {
            (name.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0), name.to_owned())
        });
        assert_eq!(runs("p", ids.into_iter()), ["p2a", "p1..p3", "p7"]);
        assert_eq!(run("p2..p4"), Some(vec!["p2".to_owned(), "p3".to_owned(), "p4".to_owned()]));
        assert_eq!(run("p4..p2"), None);
        assert_eq!(run("n-a..b"), None);
    }

    #[test]
    fn a_line_is_an_address_from_the_root() {
        assert_eq!(Promise::read("/").map(|promise| promise.text()).as_deref(), Some("/"));
        assert_eq!(Promise::read("/a/#p1..p3").map(|promise| promise.text()).as_deref(), Some("/a/#p1..p3"));
        for bad in ["", "a/", "<<<<<<< ours", "=======", "/a b"] {
            assert_eq!(Promise::read(bad), None, "{bad}");
        }
    }
}
