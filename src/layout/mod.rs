//! Room `layout`: the paths of a site's files → which file is what, by its path alone.

mod names;

pub use names::unportable_part;

use crate::diagnostics::{self, Checked, Diagnostic, Place};
use crate::load::Sources;
use crate::model::{BriefingSlug, DebateSlug, Destination, PersonSlug, TopicSlug};
use crate::permalink::{Entry, LEDGER, debate_file, debate_source};
use crate::text::{SitePath, Source, is_slug};
use crate::transcript;
use std::collections::BTreeMap;
use std::io;

/// The files of a site, by what they are.
#[derive(Debug, Default)]
pub struct Layout {
    /// Every file.
    pub paths: Vec<SitePath>,
    /// `rapporteur.yaml`.
    pub configuration: Option<SitePath>,
    /// The debates' folders.
    pub debates: BTreeMap<DebateSlug, DebateFiles>,
    /// Topics.
    pub topics: BTreeMap<TopicSlug, SitePath>,
    /// People.
    pub people: BTreeMap<PersonSlug, SitePath>,
    /// Briefings.
    pub briefings: BTreeMap<BriefingSlug, SitePath>,
    /// Pages of text.
    pub pages: BTreeMap<String, SitePath>,
    /// `home.md`.
    pub home: Option<SitePath>,
    /// `glossary.yaml`.
    pub glossary: Option<SitePath>,
    /// `addresses.txt`: what was published.
    pub ledger: Option<SitePath>,
    /// `sources.yaml`.
    pub sources: Option<SitePath>,
    /// Files that are copied, and their paths in the output.
    pub assets: Vec<(SitePath, String)>,
}

/// The files of one debate.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DebateFiles {
    /// `debate.yaml`.
    pub particulars: Option<SitePath>,
    /// The transcript.
    pub transcript: Option<SitePath>,
    /// `debate.lock`.
    pub lock: Option<SitePath>,
    /// `corrections.yaml`.
    pub corrections: Option<SitePath>,
    /// Sheets, `*.notes.yaml`.
    pub sheets: Vec<SitePath>,
    /// Markdown notes, `notes/ID.md`.
    pub notes: Vec<SitePath>,
    /// Bodies that sheets refer to, `bodies/NAME.md`.
    pub bodies: Vec<SitePath>,
}

impl Layout {
    /// The file that something an editor writes is made from.
    pub fn source_of(&self, destination: &Destination) -> Option<SitePath> {
        match destination {
            Destination::Home => self.home.clone(),
            Destination::Debate(slug, _) => self.debates.get(slug)?.particulars.clone(),
            Destination::Topic(slug) => self.topics.get(slug).cloned(),
            Destination::Person(slug) => self.people.get(slug).cloned(),
            Destination::Glossary => self.glossary.clone(),
            Destination::Briefing(slug, _) => self.briefings.get(slug).cloned(),
            Destination::Page(slug, _) => self.pages.get(&**slug).cloned(),
            _ => None,
        }
    }
}

/// The files of a site by what they are.
pub fn layout(sources: &dyn Sources) -> io::Result<Checked<Layout>> {
    let mut remarks = Vec::new();
    let paths = sources.list()?.take(&mut remarks);
    let layout = sorted(&paths).take(&mut remarks);
    Ok(Checked { value: layout, diagnostics: remarks })
}

/// Sorts files by what they are. What belongs to nothing is a warning.
pub fn sorted(paths: &[SitePath]) -> Checked<Layout> {
    let mut remarks = Vec::new();
    let mut layout = Layout::default();
    for path in paths {
        let parts: Vec<&str> = path.as_str().split('/').collect();
        let known = match parts.as_slice() {
            ["rapporteur.yaml"] => {
                layout.configuration = Some(path.clone());
                true
            }
            ["static", rest @ ..] => {
                layout.assets.push((path.clone(), rest.join("/")));
                true
            }
            ["themes", ..] => true,
            _ if path.as_str() == LEDGER => {
                layout.ledger = Some(path.clone());
                true
            }
            ["content", "sources.yaml"] => {
                layout.sources = Some(path.clone());
                true
            }
            ["content", ..] => layout.content(path, &mut remarks),
            _ => true,
        };
        if !known {
            remarks.push(diagnostics::stray_file(path));
        }
    }
    for (slug, files) in &layout.debates {
        let file = debate_file(slug.as_str(), "");
        let folder = file.trim_end_matches('/');
        if files.particulars.is_none() {
            remarks.push(diagnostics::missing_file(folder, "debate.yaml"));
        }
        if files.transcript.is_none() {
            remarks.push(diagnostics::missing_file(folder, "transcript"));
        }
    }
    names::judge_sources(paths, &mut remarks);
    layout.paths = paths.to_vec();
    Checked { value: layout, diagnostics: remarks }
}

impl Layout {
    fn content(&mut self, path: &SitePath, remarks: &mut Vec<Diagnostic>) -> bool {
        if let Some((slug, inner)) = debate_source(path.as_str()) {
            if !slug_or_remark(path, slug, remarks) {
                return true;
            }
            let files = self.debates.entry(slug.into()).or_default();
            return files.add(path, &inner.split('/').collect::<Vec<_>>(), remarks);
        }
        let Some(entry) = Entry::of_source(path.as_str()) else { return false };
        if entry.name().is_some_and(|name| !slug_or_remark(path, name, remarks)) {
            return true;
        }
        let file = path.clone();
        match entry {
            Entry::Home => self.home = Some(file),
            Entry::Glossary => self.glossary = Some(file),
            Entry::Topic(slug) => drop(self.topics.insert(slug.into(), file)),
            Entry::Briefing(slug) => drop(self.briefings.insert(slug.into(), file)),
            Entry::Page(slug) => drop(self.pages.insert(slug.into(), file)),
            Entry::Person(slug) => {
                if let Some(first) = self.people.insert(slug.into(), file) {
                    let place = Place::file(&Source::new(path.clone(), ""));
                    let address = entry.address();
                    remarks.push(diagnostics::duplicate_permalink(place, address.as_str(), first.as_str()));
                }
            }
            // Its folder has it, above.
            Entry::Debate(_) => {}
        }
        true
    }
}

impl DebateFiles {
    fn add(&mut self, path: &SitePath, parts: &[&str], remarks: &mut Vec<Diagnostic>) -> bool {
        match parts {
            ["debate.yaml"] => self.particulars = Some(path.clone()),
            ["debate.lock"] => self.lock = Some(path.clone()),
            ["corrections.yaml"] => self.corrections = Some(path.clone()),
            [name] if path.stem() == "transcript" && transcript::has_extension(path) => {
                match &self.transcript {
                    Some(first) => remarks.push(diagnostics::two_transcripts(
                        &Source::new(path.clone(), ""),
                        first.file_name(),
                    )),
                    None => {
                        debug_assert_eq!(*name, path.file_name());
                        self.transcript = Some(path.clone());
                    }
                }
            }
            [name] if name.ends_with(".notes.yaml") => self.sheets.push(path.clone()),
            ["notes", name] if name.ends_with(".md") => self.notes.push(path.clone()),
            ["bodies", .., name] if name.ends_with(".md") => self.bodies.push(path.clone()),
            ["revisions", ..] => {}
            _ => return false,
        }
        true
    }
}

fn slug_or_remark(path: &SitePath, name: &str, remarks: &mut Vec<Diagnostic>) -> bool {
    let fine = is_slug(name);
    if !fine {
        remarks.push(diagnostics::bad_slug(Place::file(&Source::new(path.clone(), "")), name));
    }
    fine
}
