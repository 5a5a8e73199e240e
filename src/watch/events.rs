//! Where signals come from: the system's file events, a thread that looks at the whole tree, and
//! whoever wants the waiting to end.

use super::Polling;
use crate::diagnostics::Checked;
use crate::load::{Disk, Stamp};
use crate::text::SitePath;
use notify::event::{EventKind, Flag};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Something that a watcher hears.
pub enum Signal {
    /// These paths may be others.
    Named(Vec<PathBuf>),
    /// The whole tree was looked at.
    Scanned(io::Result<Checked<BTreeMap<SitePath, Stamp>>>),
    /// The system lost events.
    Overflow,
    /// Events will not come any more, and why.
    Failed(String),
    /// Somebody wants the waiting to end.
    Woken,
}

/// Ends a waiting watch.
#[derive(Clone)]
pub struct Waker(Sender<Signal>);

impl Waker {
    /// Ends it.
    pub fn wake(&self) {
        // Where nobody waits any more there is nothing to end.
        let _ = self.0.send(Signal::Woken);
    }
}

/// The sources of signals.
pub struct Events {
    disk: Disk,
    signals: Receiver<Signal>,
    sender: Sender<Signal>,
    scans: Sender<()>,
    polling: Arc<AtomicBool>,
    watcher: Option<RecommendedWatcher>,
}

impl Events {
    /// The tree is looked at now and then. The system's events come once it is listened to.
    pub fn begin(disk: &Disk, polling: Polling) -> io::Result<Self> {
        let (sender, signals) = channel();
        let (scans, asked) = channel();
        let polls = Arc::new(AtomicBool::new(polling == Polling::Always));
        let events = Events {
            disk: disk.clone(),
            signals,
            sender: sender.clone(),
            scans,
            polling: polls.clone(),
            watcher: None,
        };
        let disk = disk.clone();
        thread::Builder::new().spawn(move || scan_now_and_then(&disk, &asked, &sender, &polls))?;
        Ok(events)
    }

    /// Begins to listen, and looks at the whole tree once. Where listening is not possible the tree is polled, and
    /// a signal says so.
    pub fn listen_and_scan(&mut self) {
        if !self.is_polling()
            && let Err(error) = self.listen()
        {
            let _ = self.sender.send(Signal::Failed(reason(&error)));
        }
        let _ = self.sender.send(Signal::Scanned(self.disk.scan()));
    }

    fn listen(&mut self) -> notify::Result<()> {
        let sender = self.sender.clone();
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            let signal = match event {
                Ok(event) if event.attrs.flag() == Some(Flag::Rescan) => Signal::Overflow,
                // Our own reading is an access too.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => Signal::Named(event.paths),
                // Something went away while it was being watched: the next scan sees it.
                Err(error)
                    if matches!(
                        error.kind,
                        notify::ErrorKind::PathNotFound | notify::ErrorKind::WatchNotFound
                    ) =>
                {
                    return;
                }
                Err(error) => Signal::Failed(reason(&error)),
            };
            let _ = sender.send(signal);
        })?;
        watcher.watch(self.disk.root(), RecursiveMode::NonRecursive)?;
        for folder in self.disk.folders().filter(|folder| folder.is_dir()) {
            watcher.watch(&folder, RecursiveMode::Recursive)?;
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Listens anew, so that folders that appeared unnoticed are watched too.
    pub fn listen_again(&mut self) {
        if self.watcher.take().is_some()
            && let Err(error) = self.listen()
        {
            let _ = self.sender.send(Signal::Failed(reason(&error)));
        }
    }

    /// The next signal.
    pub fn receive(&self, patience: Duration) -> Result<Signal, RecvTimeoutError> {
        self.signals.recv_timeout(patience)
    }

    /// Has the whole tree looked at.
    pub fn ask_for_scan(&self) {
        let _ = self.scans.send(());
    }

    /// Watches a folder of the site that has appeared.
    pub fn watch_again(&mut self, named: &BTreeSet<SitePath>) {
        let folders: Vec<PathBuf> = self.disk.folders().collect();
        let Some(watcher) = &mut self.watcher else { return };
        for path in named {
            let full = self.disk.root().join(path.as_str());
            if folders.contains(&full) && full.is_dir() {
                // It is there or it will be named again.
                let _ = watcher.watch(&full, RecursiveMode::Recursive);
            }
        }
    }

    /// Whether the tree is looked at again and again.
    pub fn is_polling(&self) -> bool {
        self.polling.load(Ordering::Relaxed)
    }

    /// Looks at the tree again and again from now on; the line that says so, the first time.
    pub fn poll_instead(&mut self, reason: &str) -> Option<String> {
        self.watcher = None;
        let was = self.polling.swap(true, Ordering::Relaxed);
        self.ask_for_scan();
        (!was).then(|| format!("{reason}: looking for changes several times a second instead"))
    }

    /// What ends a waiting.
    pub fn waker(&self) -> Waker {
        Waker(self.sender.clone())
    }
}

fn reason(error: &notify::Error) -> String {
    match &error.kind {
        notify::ErrorKind::MaxFilesWatch => {
            "the system's limit of watched folders is reached (fs.inotify.max_user_watches)".to_owned()
        }
        notify::ErrorKind::Io(error) if error.raw_os_error() == Some(24) => {
            "the system's limit of watchers is reached (fs.inotify.max_user_instances)".to_owned()
        }
        _ => format!("the system gives no notice of changes ({error})"),
    }
}

/// Looks at the whole tree when asked, and otherwise now and then: often where events don't come.
fn scan_now_and_then(disk: &Disk, asked: &Receiver<()>, sender: &Sender<Signal>, polling: &AtomicBool) {
    let mut took = Duration::ZERO;
    loop {
        let period = match polling.load(Ordering::Relaxed) {
            true => (took * 5).max(Duration::from_millis(200)),
            false => (took * 20).max(Duration::from_secs(2)),
        };
        match asked.recv_timeout(period) {
            Ok(()) => {
                // What the events named is dealt with first.
                thread::sleep(Duration::from_millis(250));
                while asked.try_recv().is_ok() {}
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => return,
        }
        let start = Instant::now();
        let scan = disk.scan();
        took = start.elapsed();
        if sender.send(Signal::Scanned(scan)).is_err() {
            return;
        }
    }
}
