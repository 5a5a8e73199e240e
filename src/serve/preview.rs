//! The site in memory, as the server gives it out: the present edition, the pages that somebody has
//! asked for, and what is wrong. A page that can't be made now keeps its last good version.

use super::hub::Hub;
use crate::diagnostics::{Diagnostic, Style};
use crate::load::{Disk, Sources};
use crate::model::{Debate, Destination};
use crate::pipeline::Edition;
use crate::search;
use crate::text::Fingerprint;
use crate::theme::Theme;
use serde::Serialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

/// What there is at a path.
#[derive(Debug, Clone)]
pub enum Answer {
    /// The file as a build would write it.
    Fresh(File),
    /// The page can't be made now: its last good version.
    LastGood(File),
    /// The page can't be made now and there is no version to show.
    Broken,
    /// The site has no such file.
    Missing,
}

/// A file of the site in memory.
#[derive(Debug, Clone)]
pub struct File {
    /// Its bytes.
    pub bytes: Arc<[u8]>,
    /// Their fingerprint.
    pub hash: Fingerprint,
}

impl File {
    fn of(bytes: Vec<u8>) -> Self {
        File { hash: Fingerprint::of(&bytes), bytes: bytes.into() }
    }
}

/// Something that an author should know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// `error` or `warning`.
    pub severity: &'static str,
    /// The stable word: `lost-quote`.
    pub code: &'static str,
    /// The whole text as `check` prints it: place, words, help.
    pub text: String,
    /// The file, as a path from the site's root.
    pub file: Option<String>,
    /// Line, from 1.
    pub line: Option<usize>,
    /// Column in characters, from 1.
    pub column: Option<usize>,
}

impl Problem {
    /// A diagnostic as the panel shows it.
    pub fn of(diagnostic: &Diagnostic) -> Self {
        let place = diagnostic.place.as_ref();
        let at = place.map(|place| place.source.line_column(place.span.start as usize));
        Problem {
            severity: diagnostic.severity.as_str(),
            code: diagnostic.code,
            text: diagnostic.snippet(Style::Plain),
            file: place.map(|place| place.source.path.to_string()),
            line: at.map(|at| at.line),
            column: at.map(|at| at.column),
        }
    }

    /// What the machine refused: a file that can't be read.
    pub fn of_the_machine(error: &std::io::Error) -> Self {
        let text = format!(
            "error: the site's files can't be read: {error}\n  help: what is shown is the last version that could be"
        );
        Problem { severity: "error", code: "machine", text, file: None, line: None, column: None }
    }
}

/// Where a part of a page is written.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Place {
    /// The id of its element: `p12`, `n-two-tests`; empty for the page.
    pub id: String,
    /// The file, as a path from the site's root.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
}

/// The site in memory.
pub struct Preview {
    disk: Disk,
    hub: Hub,
    now: RwLock<Now>,
    /// Pages that somebody asked for, as they were last given out.
    given: Mutex<HashMap<String, Given>>,
    /// Counts the editions, so that work for an old one ends.
    number: AtomicU64,
}

/// What is served now.
#[derive(Clone)]
struct Now {
    edition: Arc<Edition>,
    paths: Arc<HashMap<String, (usize, Part)>>,
    /// The last theme whose templates could be used.
    theme: Option<Arc<Theme>>,
    problems: Arc<Vec<Problem>>,
}

/// Which file of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// The page itself.
    Page,
    /// The picture that is shown with links to it.
    ShareCard,
}

struct Given {
    key: Fingerprint,
    file: File,
}

impl Preview {
    /// A preview of a site, beginning with this edition.
    pub fn new(disk: Disk, edition: Edition) -> Arc<Self> {
        let now = Now {
            problems: Arc::new(edition.report.diagnostics.iter().map(Problem::of).collect()),
            theme: edition.theme().cloned(),
            paths: Arc::new(paths(&edition)),
            edition: Arc::new(edition),
        };
        Arc::new(Preview {
            disk,
            hub: Hub::default(),
            now: RwLock::new(now),
            given: Mutex::default(),
            number: AtomicU64::new(1),
        })
    }

    /// The open pages of browsers.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// The site's files.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    fn now(&self) -> Now {
        self.now.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn given(&self) -> MutexGuard<'_, HashMap<String, Given>> {
        self.given.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The present edition.
    pub fn edition(&self) -> Arc<Edition> {
        self.now().edition
    }

    /// The path below which the site stands: `/`, or `/briefings/` where `base_url` has one.
    pub fn base_path(&self) -> String {
        self.edition().config.base_url.as_ref().map_or("/".to_owned(), |url| url.path().to_owned())
    }

    /// Everything that is wrong now, in the order of `check`.
    pub fn problems(&self) -> Arc<Vec<Problem>> {
        self.now().problems
    }

    /// The file at a path of the output. Nothing is looked up on the disk that is no file of the site.
    pub fn file(&self, path: &str) -> Answer {
        let now = self.now();
        if let Some(&(at, part)) = now.paths.get(path) {
            return self.page(&now, path, at, part);
        }
        let (of_theme, copied) = now.edition.assets();
        let of_theme = match now.edition.theme() {
            Some(_) => of_theme,
            None => now.theme.as_ref().map_or(&[][..], |theme| theme.assets()),
        };
        if let Ok(at) = of_theme.binary_search_by(|file| file.path.as_str().cmp(path)) {
            return Answer::Fresh(File::of(of_theme[at].bytes.clone()));
        }
        if let Some((source, _)) = copied.iter().find(|(_, name)| name == path) {
            return self.disk.read(source).map_or(Answer::Missing, |bytes| Answer::Fresh(File::of(bytes)));
        }
        if path.starts_with(search::FOLDER) {
            let found = now.edition.search_file(path);
            return found.map_or(Answer::Missing, |bytes| {
                Answer::Fresh(File { hash: Fingerprint::of(&bytes), bytes })
            });
        }
        if let Some(file) = now.edition.data_file(path) {
            return Answer::Fresh(File::of(file.bytes));
        }
        now.edition.export(path).map_or(Answer::Missing, |file| Answer::Fresh(File::of(file.bytes)))
    }

    fn page(&self, now: &Now, path: &str, at: usize, part: Part) -> Answer {
        let make = |theme: &Theme| match part {
            Part::Page => now.edition.page(at, theme),
            Part::ShareCard => now.edition.share_card(at, theme),
        };
        let last = self.given().get(path).map(|given| (given.key, given.file.clone()));
        let Some(theme) = now.edition.theme() else {
            let file = last.map(|(_, file)| file);
            let other = || {
                let (_, file) = make(now.theme.as_ref()?);
                file.ok().map(|file| File::of(file.bytes))
            };
            return file.or_else(other).map_or(Answer::Broken, Answer::LastGood);
        };
        let key = now.edition.key(at, theme);
        if let Some((known, file)) = &last
            && *known == key
        {
            return Answer::Fresh(file.clone());
        }
        match make(theme) {
            (key, Ok(file)) => {
                let file = File::of(file.bytes);
                self.given().insert(path.to_owned(), Given { key, file: file.clone() });
                Answer::Fresh(file)
            }
            (_, Err(fault)) => {
                self.add_problems(&now.edition, &[*fault]);
                last.map_or(Answer::Broken, |(_, file)| Answer::LastGood(file))
            }
        }
    }

    /// Adds what rendering found, unless the edition is an old one.
    fn add_problems(&self, edition: &Arc<Edition>, faults: &[Diagnostic]) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        if !Arc::ptr_eq(&now.edition, edition) {
            return;
        }
        let mut problems = now.problems.to_vec();
        for problem in faults.iter().map(Problem::of) {
            if !problems.contains(&problem) {
                problems.push(problem);
            }
        }
        if problems.len() != now.problems.len() {
            now.problems = Arc::new(problems);
            drop(now);
            self.hub.tell_problems();
        }
    }

    /// Says that the machine refused something; what was served stays.
    pub fn refuse(&self, error: &std::io::Error) {
        let mut now = self.now.write().unwrap_or_else(PoisonError::into_inner);
        now.problems = Arc::new(vec![Problem::of_the_machine(error)]);
        drop(now);
        self.hub.tell_problems();
    }

    /// Serves another edition from now on, and reports to the browsers whose pages changed.
    pub fn show(&self, edition: Edition) {
        let shown: Vec<(String, Option<Fingerprint>)> = {
            let given = self.given();
            let open = self.hub.open_pages().into_iter();
            open.map(|path| (path.clone(), given.get(&path).map(|given| given.file.hash))).collect()
        };
        let before = self.now();
        let problems: Vec<Problem> = edition.report.diagnostics.iter().map(Problem::of).collect();
        let next = Now {
            problems: Arc::new(problems),
            theme: edition.theme().cloned().or_else(|| before.theme.clone()),
            paths: Arc::new(paths(&edition)),
            edition: Arc::new(edition),
        };
        *self.now.write().unwrap_or_else(PoisonError::into_inner) = next.clone();
        self.number.fetch_add(1, Ordering::Relaxed);
        for (path, hash) in shown {
            let file = match self.file(&path) {
                Answer::Fresh(file) | Answer::LastGood(file) => Some(file.hash),
                Answer::Broken | Answer::Missing => None,
            };
            if file != hash {
                self.hub.tell_page(&path, file);
            }
        }
        self.tell_assets(&before, &next);
        if before.problems != self.now().problems {
            self.hub.tell_problems();
        }
    }

    /// A style that changed is swapped; any other changed file of the theme makes pages load anew.
    fn tell_assets(&self, before: &Now, next: &Now) {
        let (Some(old), Some(new)) = (before.edition.theme(), next.edition.theme()) else { return };
        if Arc::ptr_eq(old, new) {
            return;
        }
        let was: HashMap<&str, &[u8]> =
            old.assets().iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
        let mut anew = false;
        for file in new.assets() {
            if was.get(file.path.as_str()).is_none_or(|bytes| *bytes != file.bytes.as_slice()) {
                match file.path.ends_with(".css") {
                    true => self.hub.tell_style(&file.path, Fingerprint::of(&file.bytes)),
                    false => anew = true,
                }
            }
        }
        if anew {
            self.hub.tell_reload();
        }
    }

    /// Renders what no browser has asked for, so that what is wrong with any page is reported; ends when
    /// there is a newer edition. `known` are the keys of the pages that were fine before.
    pub fn look_through(&self, known: &mut HashMap<String, Fingerprint>) {
        let number = self.number.load(Ordering::Relaxed);
        let edition = self.edition();
        let Some(theme) = edition.theme() else { return };
        let keys = edition.keys();
        let stale: Vec<usize> = (0..edition.plan.len())
            .filter(|&at| known.get(&edition.plan[at].address.output_path()) != Some(&keys[at]))
            .collect();
        for part in stale.chunks(64) {
            if self.number.load(Ordering::Relaxed) != number {
                return;
            }
            let mut faults: Vec<Diagnostic> = Vec::new();
            for (&at, fault) in part.iter().zip(edition.faults(part, theme)) {
                match fault {
                    Some(fault) => faults.push(fault),
                    None => {
                        known.insert(edition.plan[at].address.output_path(), keys[at]);
                    }
                }
            }
            faults.sort_by(|a, b| a.order().cmp(&b.order()));
            faults.dedup();
            self.add_problems(&edition, &faults);
        }
        let paths: BTreeSet<String> =
            edition.plan.iter().map(|planned| planned.address.output_path()).collect();
        known.retain(|path, _| paths.contains(path));
    }

    /// The sources of a page: of its paragraphs and notes by their ids, and of the page as a whole.
    pub fn places(&self, path: &str) -> Vec<Place> {
        let now = self.now();
        let Edition { site, index, plan, .. } = &*now.edition;
        let Some(&(at, Part::Page)) = now.paths.get(path) else { return Vec::new() };
        let Some(source) = plan[at].page.source(site, index) else { return Vec::new() };
        let file = now.edition.layout().source_of(&source);
        let page = file.map(|path| Place { id: String::new(), file: path.to_string(), line: 1 });
        let debate = match &source {
            Destination::Debate(slug, _) => site.debates.iter().find(|debate| debate.slug == *slug),
            _ => None,
        };
        page.into_iter().chain(debate.into_iter().flat_map(|debate| places_in(debate))).collect()
    }
}

/// Where the paragraphs and the notes of a debate are written.
fn places_in(debate: &Debate) -> Vec<Place> {
    let record = &debate.record;
    let (mut line, mut at) = (1, 0);
    let mut places = Vec::with_capacity(record.paragraphs.len() + debate.annotations.len());
    for paragraph in &record.paragraphs {
        let start = paragraph.span.start as usize;
        line += record.source.text.get(at..start).unwrap_or("").matches('\n').count();
        at = start.max(at);
        places.push(Place { id: paragraph.id.to_string(), file: record.source.path.to_string(), line });
    }
    places.extend(debate.annotations.iter().map(|note| Place {
        id: format!("n-{}", note.id),
        file: note.written.source.path.to_string(),
        line: note.written.source.line_column(note.written.span.start as usize).line,
    }));
    places
}

fn paths(edition: &Edition) -> HashMap<String, (usize, Part)> {
    let pages = edition.plan.iter().enumerate().flat_map(|(at, planned)| {
        let card = planned.share_card(&edition.config).map(|path| (path, (at, Part::ShareCard)));
        std::iter::once((planned.address.output_path(), (at, Part::Page))).chain(card)
    });
    pages.collect()
}
