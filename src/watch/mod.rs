//! Room `watch`: file events → changes. Events are hints; how the files stand decides. It knows nothing
//! of what depends on what.

mod events;
mod tree;

use crate::diagnostics::Diagnostic;
use crate::load::{Change, Disk};
use crate::text::SitePath;
use events::{Events, Signal};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::mpsc::RecvTimeoutError;
use std::time::{Duration, Instant};
use tree::{Announced, Tree};

pub use events::Waker;

/// A burst of events ends after so long, even if it goes on.
const LONGEST_BURST: Duration = Duration::from_millis(500);

/// How to watch.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whether the tree is looked at again and again instead of waiting for events.
    pub polling: Polling,
    /// How long it must be quiet before a burst of events counts as over.
    pub debounce: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Settings { polling: Polling::WhenNeeded, debounce: Duration::from_millis(30) }
    }
}

/// Whether the tree is looked at again and again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polling {
    /// Where events don't come; else only now and then, for what they miss.
    WhenNeeded,
    /// Always, several times a second.
    Always,
}

/// What happened.
#[derive(Debug, Default)]
pub struct Batch {
    /// The files that may be others; each once, in order.
    pub changes: Vec<Change>,
    /// When the first event of the burst came.
    pub began: Option<Instant>,
    /// What whoever watches should know: one line each.
    pub notices: Vec<String>,
}

/// A site being watched.
pub struct Watch {
    disk: Disk,
    events: Events,
    listening: Listening,
    debounce: Duration,
    tree: Tree,
    remarks: Vec<Diagnostic>,
    /// When an event last named a file.
    last_event: Option<Instant>,
    /// How often the tree had changed without an event.
    unannounced: u32,
    /// Whether the whole tree is to be looked at once what events named is dealt with.
    scan_due: bool,
}

impl Watch {
    /// Begins to watch. Changes are told against the tree as it stands now, whenever [`Watch::next`] is
    /// called for the first time: whoever reads the site in between misses none.
    pub fn begin(disk: Disk, settings: &Settings) -> io::Result<Watch> {
        let events = Events::begin(&disk, settings.polling)?;
        let scan = disk.scan()?;
        Ok(Watch {
            listening: Listening::NotYet,
            disk,
            events,
            debounce: settings.debounce,
            tree: Tree(scan.value),
            remarks: scan.diagnostics,
            last_event: None,
            unannounced: 0,
            scan_due: false,
        })
    }

    /// Whether the tree is looked at again and again because events don't come.
    pub fn is_polling(&self) -> bool {
        self.events.is_polling()
    }

    /// Ends a waiting [`Watch::next`] from another thread.
    pub fn waker(&self) -> Waker {
        self.events.waker()
    }

    /// Waits until something changed, or somebody wakes it, at most for `patience`.
    pub fn next(&mut self, patience: Duration) -> Batch {
        self.listen();
        let deadline = Instant::now() + patience;
        let mut batch = Batch::default();
        // Not sooner: it would take the machine from the build that somebody waits for.
        if std::mem::take(&mut self.scan_due) {
            self.events.ask_for_scan();
        }
        loop {
            let mut burst = Burst::default();
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.receive(left) {
                Ok(signal) => {
                    self.take(signal, &mut burst, &mut batch);
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return batch,
            }
            if !burst.named.is_empty() {
                batch.began.get_or_insert_with(Instant::now);
                self.last_event = Some(Instant::now());
                self.gather(&mut burst, &mut batch);
            }
            let mut changes = self.examine(&mut burst, &mut batch);
            if burst.lost {
                changes.push(Change::Rescan);
            }
            // Events alone lose edits.
            self.scan_due |= burst.announced() || burst.lost;
            batch.changes.append(&mut changes);
            batch.changes.sort_by(|a, b| a.path().cmp(&b.path()));
            batch.changes.dedup();
            if !batch.changes.is_empty() || !batch.notices.is_empty() || burst.woken {
                return batch;
            }
        }
    }

    /// Listens to the system's events from the first time on, and looks at what changed before. Not sooner: every
    /// file that is read is an event as well, which took an eighth of the time to read a large site.
    fn listen(&mut self) {
        if self.listening == Listening::NotYet {
            self.listening = Listening::Begun;
            // No event announces what changed until now.
            self.last_event = Some(Instant::now());
            self.events.listen_and_scan();
        }
    }

    /// Takes what comes until it is quiet.
    fn gather(&mut self, burst: &mut Burst, batch: &mut Batch) {
        let end = Instant::now() + LONGEST_BURST;
        let mut quiet = Instant::now() + self.debounce;
        loop {
            let until = quiet.min(end).saturating_duration_since(Instant::now());
            match self.events.receive(until) {
                Ok(signal) => {
                    if self.take(signal, burst, batch) == Relevant::Yes {
                        quiet = Instant::now() + self.debounce;
                    }
                }
                Err(_) => return,
            }
        }
    }

    fn take(&mut self, signal: Signal, burst: &mut Burst, batch: &mut Batch) -> Relevant {
        match signal {
            Signal::Named(paths) => {
                let before = burst.named.len();
                let root = self.disk.root();
                for path in paths {
                    let Some(relative) = path.strip_prefix(root).ok().and_then(|path| path.to_str()) else {
                        continue;
                    };
                    let relative = relative.replace(std::path::MAIN_SEPARATOR, "/");
                    if Disk::belongs(&relative) && !tree::is_passing(&relative) {
                        burst.named.extend(SitePath::new(&relative));
                    }
                }
                if burst.named.len() > before { Relevant::Yes } else { Relevant::No }
            }
            Signal::Scanned(Ok(scan)) => {
                burst.found.extend(self.tree.differences(&Tree(scan.value)));
                if scan.diagnostics != self.remarks {
                    self.remarks = scan.diagnostics;
                    burst.lost = true;
                }
                Relevant::No
            }
            Signal::Scanned(Err(error)) => {
                batch.notices.push(format!("the site's files can't all be looked at: {error}"));
                Relevant::No
            }
            Signal::Overflow => {
                batch.notices.push("the system lost track of changes: looking at every file".to_owned());
                self.events.listen_again();
                self.events.ask_for_scan();
                Relevant::No
            }
            Signal::Failed(reason) => {
                if let Some(notice) = self.events.poll_instead(&reason) {
                    batch.notices.push(notice);
                }
                Relevant::No
            }
            Signal::Woken => {
                burst.woken = true;
                Relevant::No
            }
        }
    }

    /// Looks at the files that a burst names, and at those that a scan found otherwise.
    fn examine(&mut self, burst: &mut Burst, batch: &mut Batch) -> Vec<Change> {
        let mut files: BTreeMap<SitePath, Announced> = BTreeMap::new();
        for path in std::mem::take(&mut burst.found) {
            files.insert(path, Announced::No);
        }
        let by_scan = files.len();
        for path in &burst.named {
            for file in self.tree.below(path.as_str()).into_iter().chain(self.disk.below(path)) {
                files.entry(file).or_insert(Announced::No);
            }
            files.insert(path.clone(), Announced::Yes);
        }
        // Editors that save in place empty the file first, others take it away for an instant.
        let in_between = |path: &SitePath| match self.disk.look(path) {
            Some(stamp) => stamp.size == 0,
            None => self.tree.0.contains_key(path),
        };
        if files.keys().any(in_between) {
            let mut more = Burst::default();
            self.gather(&mut more, batch);
            for path in more.named {
                files.insert(path, Announced::Yes);
            }
            for path in more.found {
                files.entry(path).or_insert(Announced::No);
            }
            burst.woken |= more.woken;
            burst.lost |= more.lost;
        }
        let mut changes = Vec::new();
        for (path, announced) in files {
            let stamp = self.disk.look(&path);
            changes.extend(self.tree.see(&path, stamp, announced));
        }
        self.events.watch_again(&burst.named);
        if by_scan > 0 && !changes.is_empty() && burst.named.is_empty() {
            self.notice_silence(batch);
        }
        changes
    }

    /// Changes that no event announced, twice in a row: events don't come here.
    fn notice_silence(&mut self, batch: &mut Batch) {
        let recently = self.last_event.is_some_and(|at| at.elapsed() < Duration::from_secs(5));
        self.unannounced = if recently { 0 } else { self.unannounced + 1 };
        if self.unannounced == 2 {
            batch
                .notices
                .extend(self.events.poll_instead("changes come without notice, as on network mounts"));
        }
    }
}

/// Whether the system was asked for events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listening {
    NotYet,
    Begun,
}

/// What came at one time.
#[derive(Default)]
struct Burst {
    named: BTreeSet<SitePath>,
    found: Vec<SitePath>,
    lost: bool,
    woken: bool,
}

impl Burst {
    fn announced(&self) -> bool {
        !self.named.is_empty()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relevant {
    Yes,
    No,
}

#[cfg(test)]
mod tests;
