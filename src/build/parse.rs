//! The map step: every file read once, parsed, and every debate placed, in parallel.

use super::gather::{DebateFiles, Layout};
use crate::annotation::{self, Entry};
use crate::config::Config;
use crate::content::{self, RawBriefing, RawDebate, RawGlossary, RawPage, RawPerson, RawSources, RawTopic};
use crate::diagnostics::{self, Checked, Diagnostic};
use crate::load::{self, Sources};
use crate::model::DebateSlug;
use crate::resolve::{self, Pages, Parsed, PlacedDebate, WrittenDebate};
use crate::revise::Lock;
use crate::text::{SitePath, Source};
use crate::transcript;
use rayon::prelude::*;
use std::collections::{BTreeSet, HashMap};
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
    // A file with mistakes still gives its name, so that what refers to it is not reported as well.
    for (slug, path) in &layout.topics {
        if let Some(source) = read(path, remarks)? {
            let otherwise = RawTopic { title: Some(slug.to_string()), ..RawTopic::default() };
            pages
                .topics
                .insert(slug.clone(), content::parse_markdown(&source, "a topic", otherwise).take(remarks));
        }
    }
    for (slug, path) in &layout.people {
        if let Some(source) = read(path, remarks)? {
            let otherwise = RawPerson { name: Some(slug.to_string()), ..RawPerson::default() };
            let written = match path.extension() {
                "md" => content::parse_markdown(&source, "a person", otherwise),
                _ => content::parse_yaml(&source, "a person", otherwise),
            };
            pages.people.insert(slug.clone(), written.take(remarks));
        }
    }
    for (slug, path) in &layout.briefings {
        if let Some(source) = read(path, remarks)? {
            let otherwise = RawBriefing { title: Some(slug.to_string()), ..RawBriefing::default() };
            pages.briefings.insert(
                slug.clone(),
                content::parse_markdown(&source, "a briefing", otherwise).take(remarks),
            );
        }
    }
    for (slug, path) in &layout.pages {
        if let Some(source) = read(path, remarks)? {
            let otherwise = RawPage { title: Some(slug.clone()), ..RawPage::default() };
            pages
                .pages
                .insert(slug.clone(), content::parse_markdown(&source, "a page", otherwise).take(remarks));
        }
    }
    if let Some(path) = &layout.home
        && let Some(source) = read(path, remarks)?
    {
        pages.home =
            Some(content::parse_markdown(&source, "the home page", RawPage::default()).take(remarks));
    }
    if let Some(path) = &layout.glossary
        && let Some(source) = read(path, remarks)?
    {
        pages.glossary =
            Some(content::parse_yaml(&source, "the glossary", RawGlossary::default()).take(remarks));
    }
    if let Some(path) = &layout.sources
        && let Some(source) = read(path, remarks)?
    {
        pages.sources =
            Some(content::parse_yaml(&source, "sources.yaml", RawSources::default()).take(remarks));
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
        Some(source) => {
            let otherwise = RawDebate { title: slug.to_string(), ..RawDebate::default() };
            Some(content::parse_yaml(&source, "debate.yaml", otherwise).take(&mut remarks))
        }
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
    let mut set_aside = BTreeSet::new();
    for path in &files.sheets {
        if let Some(source) = read(&Some(path.clone()), &mut remarks)? {
            let sheet = annotation::parse_sheet(&source, slug.as_str()).take(&mut remarks);
            entries.extend(sheet.entries);
            set_aside.extend(sheet.quarantined.into_iter().map(|quarantined| quarantined.id));
        }
    }
    for path in &files.notes {
        if let Some(source) = read(&Some(path.clone()), &mut remarks)? {
            match annotation::parse_note(&source).take(&mut remarks) {
                Some(entry) => entries.push(entry),
                None => {
                    set_aside.insert(path.stem().to_owned());
                }
            }
        }
    }
    let bodies = bodies(sources, slug, files, &entries, &mut remarks)?;
    let value = match (particulars, transcript) {
        (Some(particulars), Some(transcript)) => Some(WrittenDebate {
            slug: slug.clone(),
            particulars,
            transcript,
            lock,
            entries,
            set_aside,
            bodies,
        }),
        _ => None,
    };
    Ok(Checked { value, diagnostics: remarks })
}
