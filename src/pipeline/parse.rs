//! A debate's files as written.

use crate::annotation::{self, Entry};
use crate::content::{self, RawDebate};
use crate::diagnostics::{self, Checked, Diagnostic, Severity};
use crate::layout::DebateFiles;
use crate::load::{self, Sources};
use crate::model::DebateSlug;
use crate::permalink::debate_file;
use crate::resolve::WrittenDebate;
use crate::revise::Lock;
use crate::text::{SitePath, Source};
use crate::transcript;
use std::collections::{BTreeSet, HashMap};
use std::io;

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
        let path =
            SitePath::new(&debate_file(slug.as_str(), name)).filter(|path| files.bodies.contains(path));
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
            Err(fault) => {
                remarks.push(diagnostics::bad_lock(&source, &fault.reason, fault.help.as_deref()));
                None
            }
        },
        None => None,
    };
    let corrections = read(&files.corrections, &mut remarks)?.map(|source| {
        content::parse_yaml(&source, "corrections.yaml", content::RawCorrections::new()).take(&mut remarks)
    });
    let mut entries = Vec::new();
    let mut set_aside = BTreeSet::new();
    let mut unread = Vec::new();
    for path in &files.sheets {
        let before = remarks.len();
        let mut sheet = annotation::Sheet::default();
        if let Some(source) = read(&Some(path.clone()), &mut remarks)? {
            sheet = annotation::parse_sheet(&source, slug.as_str()).take(&mut remarks);
        }
        let mut errors = remarks[before..].iter().filter(|remark| remark.severity == Severity::Error);
        let is_empty = sheet.entries.is_empty() && sheet.quarantined.is_empty();
        if errors.any(|error| is_empty || error.code.starts_with("yaml-")) {
            unread.push(path.clone());
        }
        entries.extend(sheet.entries);
        set_aside.extend(sheet.quarantined.into_iter().map(|quarantined| quarantined.id));
    }
    for path in &files.notes {
        let source = read(&Some(path.clone()), &mut remarks)?;
        match source.and_then(|source| annotation::parse_note(&source).take(&mut remarks)) {
            Some(entry) => entries.push(entry),
            None => {
                set_aside.insert(path.stem().to_owned());
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
            corrections,
            entries,
            set_aside,
            bodies,
            unread,
        }),
        _ => None,
    };
    Ok(Checked { value, diagnostics: remarks })
}
