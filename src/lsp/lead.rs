//! From what is named to where it is written, and to every place that names it.

use super::server::Look;
use super::things::{self, Found, What, debate, debate_of, paragraphs, target_of};
use crate::desk::{self, Named, Thing};
use crate::load::{self, Sources};
use crate::model::{Debate, Destination};
use crate::pipeline;
use crate::text::{SitePath, Source};
use crate::yaml::{self, Unit};
use lsp_types::Location;
use std::io;
use std::ops::Range;

/// Where what is named at a byte is written.
///
/// # Errors
/// The machine's.
pub fn definition(look: &Look<'_>, source: &Source, offset: usize) -> io::Result<Vec<Location>> {
    let site = look.edition.as_ref().map(|edition| &edition.site);
    let Some(Found { what, .. }) = things::at(source, offset, site) else { return Ok(Vec::new()) };
    Ok(match &what {
        What::Named(named) => written(look, named)?.into_iter().collect(),
        What::Words(slug, name) => {
            let debate = site.and_then(|site| debate(site, slug));
            let places = debate.into_iter().flat_map(|debate| {
                let record = &debate.record;
                let range = paragraphs(debate, name);
                let found = record.paragraphs.get(range.start..range.end.min(range.start + 1));
                found
                    .into_iter()
                    .flatten()
                    .filter_map(|paragraph| look.files.location(&record.source, paragraph.span.range()))
            });
            places.collect()
        }
        What::Source(key) => {
            let Some(source) = look.read("content/sources.yaml")? else { return Ok(Vec::new()) };
            let node = yaml::parse(&source, Unit::TopKey).value;
            let span = node.and_then(|node| node.key_span(key));
            span.and_then(|span| look.files.location(&source, span.range())).into_iter().collect()
        }
        What::Key(_) => Vec::new(),
    })
}

/// Where a thing is written: its file, or a note's entry.
fn written(look: &Look<'_>, named: &Named) -> io::Result<Option<Location>> {
    let layout = crate::layout::layout(look.files)?.value;
    let path = match named {
        Named::Thing(thing, slug) => {
            let slug = slug.as_str();
            match thing {
                Thing::Topic => layout.topics.get(slug).cloned(),
                Thing::Person => layout.people.get(slug).cloned(),
                Thing::Briefing => layout.briefings.get(slug).cloned(),
                Thing::Debate => layout.source_of(&Destination::Debate(slug.into(), None)),
                Thing::Page => layout.pages.get(slug).cloned(),
            }
        }
        Named::Note(slug, id) => {
            let Some((slug, files)) = layout.debates.get_key_value(slug.as_str()) else { return Ok(None) };
            let debate = pipeline::parse_debate(look.files, slug, files)?.value;
            let entries = debate.into_iter().flat_map(|debate| debate.entries);
            let entry = entries.into_iter().find(|entry| entry.id == *id);
            return Ok(entry.and_then(|entry| look.files.location(&entry.source, entry.id_span.range())));
        }
    };
    let Some(path) = path else { return Ok(None) };
    let source = load::read_text(look.files, &path)?.value;
    Ok(source.and_then(|source| look.files.location(&source, 0..0)))
}

/// Every place that names what is named at a byte.
///
/// # Errors
/// The machine's.
pub fn references(look: &Look<'_>, source: &Source, offset: usize) -> io::Result<Vec<Location>> {
    let site = look.edition.as_ref().map(|edition| &edition.site);
    let found = things::at(source, offset, site).map(|found| found.what);
    // Anywhere else in a file: of the thing that the file is of.
    let what = match found {
        Some(What::Key(_)) | None => things::of_file(&source.path).map(What::Named),
        found => found,
    };
    let places = match &what {
        Some(What::Named(named)) => desk::references(look.files, named)?,
        Some(What::Words(slug, name)) => match site.and_then(|site| debate(site, slug)) {
            Some(debate) => of_words(look, debate, &paragraphs(debate, name))?,
            None => Vec::new(),
        },
        _ => Vec::new(),
    };
    Ok(places.into_iter().filter_map(|(source, range)| look.files.location(&source, range)).collect())
}

/// The notes on some paragraphs, and the links to them.
fn of_words(
    look: &Look<'_>,
    debate: &Debate,
    range: &Range<usize>,
) -> io::Result<Vec<(Source, Range<usize>)>> {
    let slug = debate.slug.as_str();
    let mut places: Vec<(Source, Range<usize>)> = debate
        .annotations
        .iter()
        .filter(|note| note.passages.iter().any(|passage| range.contains(&passage.paragraph)))
        .map(|note| (note.written.source.clone(), note.written.span.range()))
        .collect();
    let is_text = |path: &SitePath| {
        path.as_str().starts_with("content/")
            && matches!(path.extension(), "md" | "yaml")
            && path.stem() != "transcript"
    };
    for path in look.files.list()?.value.into_iter().filter(is_text) {
        let Some(source) = load::read_text(look.files, &path)?.value else { continue };
        for (at, _) in source.text.match_indices('#') {
            let is_part = |c: char| c.is_ascii_alphanumeric() || "._/-%#".contains(c);
            let start = source.text[..at].trim_end_matches(is_part).len();
            let end = source.text.len() - source.text[at..].trim_start_matches(is_part).len();
            let target = &source.text[start..end];
            let Some(What::Words(of, name)) = target_of(target, &path, debate_of(&path)) else { continue };
            let there = paragraphs(debate, &name);
            if of == slug && there.start < range.end && range.start < there.end {
                places.push((source.clone(), start..end));
            }
        }
    }
    Ok(places)
}
