//! The map step: every file read once, parsed, and every debate placed, in parallel.

use super::gather::{DebateFiles, Layout};
use crate::annotation::{self, Entry};
use crate::config::Config;
use crate::content;
use crate::diagnostics::{self, Checked, Diagnostic};
use crate::load::{self, Sources};
use crate::model::DebateSlug;
use crate::resolve::{self, Pages, Parsed, PlacedDebate, WrittenDebate};
use crate::revise::Lock;
use crate::text::{SitePath, Source};
use crate::transcript;
use rayon::prelude::*;
use std::collections::HashMap;
use std::io;

/// Reads and parses every file but the theme's.
pub fn parse(sources: &dyn Sources, layout: &Layout, config: &Config) -> io::Result<Checked<Parsed>> {
    let mut remarks = Vec::new();
    let pages = pages(sources, layout, &mut remarks)?;
    let assets = layout.assets.iter().map(|(_, name)| name.as_str().into());
    let (names, people) = resolve::names(&pages, layout.debates.keys().cloned(), assets).take(&mut remarks);
    let placed: io::Result<Vec<Checked<Option<PlacedDebate>>>> = layout
        .debates
        .par_iter()
        .map(|(slug, files)| {
            let mut remarks = Vec::new();
            let written = parse_debate(sources, slug, files)?.take(&mut remarks);
            let value = written.map(|written| resolve::debate(written, &names, config).take(&mut remarks));
            Ok(Checked { value, diagnostics: remarks })
        })
        .collect();
    let debates = placed?.into_iter().filter_map(|placed| placed.take(&mut remarks)).collect();
    Ok(Checked { value: Parsed { names, people, pages, debates }, diagnostics: remarks })
}

fn pages(sources: &dyn Sources, layout: &Layout, remarks: &mut Vec<Diagnostic>) -> io::Result<Pages> {
    let mut pages = Pages::default();
    let read = |path: &SitePath, remarks: &mut Vec<Diagnostic>| -> io::Result<Option<Source>> {
        Ok(load::read_text(sources, path)?.take(remarks))
    };
    for (slug, path) in &layout.topics {
        if let Some(source) = read(path, remarks)?
            && let Some(written) = content::parse_markdown(&source, "a topic").take(remarks)
        {
            pages.topics.insert(slug.clone(), written);
        }
    }
    for (slug, path) in &layout.people {
        let Some(source) = read(path, remarks)? else { continue };
        let written = match path.extension() {
            "md" => content::parse_markdown(&source, "a person"),
            _ => content::parse_yaml(&source, "a person"),
        };
        if let Some(written) = written.take(remarks) {
            pages.people.insert(slug.clone(), written);
        }
    }
    for (slug, path) in &layout.briefings {
        if let Some(source) = read(path, remarks)?
            && let Some(written) = content::parse_markdown(&source, "a briefing").take(remarks)
        {
            pages.briefings.insert(slug.clone(), written);
        }
    }
    for (slug, path) in &layout.pages {
        if let Some(source) = read(path, remarks)?
            && let Some(written) = content::parse_markdown(&source, "a page").take(remarks)
        {
            pages.pages.insert(slug.clone(), written);
        }
    }
    if let Some(path) = &layout.home
        && let Some(source) = read(path, remarks)?
    {
        pages.home = content::parse_markdown(&source, "the home page").take(remarks);
    }
    if let Some(path) = &layout.glossary
        && let Some(source) = read(path, remarks)?
    {
        pages.glossary = content::parse_yaml(&source, "the glossary").take(remarks);
    }
    if let Some(path) = &layout.sources
        && let Some(source) = read(path, remarks)?
    {
        pages.sources = content::parse_yaml(&source, "sources.yaml").take(remarks);
    }
    Ok(pages)
}

/// The files that entries name as their bodies, by the entries' ids.
fn bodies(
    sources: &dyn Sources,
    slug: &DebateSlug,
    files: &DebateFiles,
    entries: &[Entry],
    remarks: &mut Vec<Diagnostic>,
) -> io::Result<HashMap<String, Source>> {
    let mut bodies = HashMap::new();
    for entry in entries {
        let Some(name) = &entry.raw.body_file else { continue };
        let path = SitePath::new(&format!("content/debates/{slug}/{name}"))
            .filter(|path| files.bodies.contains(path));
        let Some(path) = path else {
            let known = files.bodies.iter().map(|path| format!("bodies/{}", path.file_name()));
            remarks.push(diagnostics::missing_body(entry.place_of(&["body_file"]), name, known));
            continue;
        };
        if let Some(source) = load::read_text(sources, &path)?.take(remarks) {
            bodies.insert(entry.id.clone(), source);
        }
    }
    Ok(bodies)
}

/// A debate's files as written; `None` where what is missing or broken leaves no debate.
pub fn parse_debate(
    sources: &dyn Sources,
    slug: &DebateSlug,
    files: &DebateFiles,
) -> io::Result<Checked<Option<WrittenDebate>>> {
    let mut remarks = Vec::new();
    let read = |path: &Option<SitePath>, remarks: &mut Vec<Diagnostic>| -> io::Result<Option<Source>> {
        match path {
            Some(path) => Ok(load::read_text(sources, path)?.take(remarks)),
            None => Ok(None),
        }
    };
    let particulars = match read(&files.particulars, &mut remarks)? {
        Some(source) => content::parse_yaml::<content::RawDebate>(&source, "debate.yaml").take(&mut remarks),
        None => None,
    };
    let format = particulars.as_ref().and_then(|written| written.raw.format.clone());
    let transcript = match read(&files.transcript, &mut remarks)? {
        Some(source) => transcript::parse(&source, format.as_deref()).take(&mut remarks),
        None => None,
    };
    let lock = match read(&files.lock, &mut remarks)? {
        Some(source) => match Lock::parse(&source.text) {
            Ok(lock) => Some((lock, source)),
            Err(reason) => {
                remarks.push(diagnostics::bad_lock(&source, &reason));
                None
            }
        },
        None => None,
    };
    let mut entries = Vec::new();
    for path in &files.sheets {
        if let Some(source) = read(&Some(path.clone()), &mut remarks)? {
            entries.extend(annotation::parse_sheet(&source, slug.as_str()).take(&mut remarks).entries);
        }
    }
    for path in &files.notes {
        if let Some(source) = read(&Some(path.clone()), &mut remarks)? {
            entries.extend(annotation::parse_note(&source).take(&mut remarks));
        }
    }
    let bodies = bodies(sources, slug, files, &entries, &mut remarks)?;
    let value = match (particulars, transcript) {
        (Some(particulars), Some(transcript)) => {
            Some(WrittenDebate { slug: slug.clone(), particulars, transcript, lock, entries, bodies })
        }
        _ => None,
    };
    Ok(Checked { value, diagnostics: remarks })
}
