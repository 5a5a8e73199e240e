//! Room `lsp`: the language server. An editor tells of its files as they are typed; it is told what `check`
//! would say, and is offered names, words, places and changes. It writes nothing.

mod change;
mod complete;
mod files;
mod hover;
mod keys;
mod lead;
mod server;
mod syntax;
mod text;
mod things;
mod wire;
mod worker;

pub use worker::Asking;

use crate::load::Change;
use crate::watch::{Settings, Watch};
use files::Files;
use server::{Ended, Server};
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};
use wire::Incoming;

/// How long it must be quiet before what was typed is checked: two hundred keys a second are one check.
const QUIET: Duration = Duration::from_millis(40);

/// What was typed is checked after so long, even if it goes on.
const LONGEST: Duration = Duration::from_millis(400);

/// How long a watch of the disk waits at a time.
const PATIENCE: Duration = Duration::from_secs(3600);

/// Something that the server has to see to.
pub(crate) enum Event {
    /// A message of the editor's.
    Came(Incoming),
    /// The editor is gone, or can't be understood any more.
    Gone(Option<io::Error>),
    /// A check is done.
    Checked(Box<worker::Checked>),
    /// Files on the disk changed.
    Changed(Vec<Change>),
}

/// Serves an editor on standard input and output until it says that it ends. `root` is the site, where the
/// user named one. Gives whether it ended as it should.
///
/// # Errors
/// The machine's, and an editor that can't be understood any more.
pub fn run(root: Option<PathBuf>, asking: Asking) -> io::Result<bool> {
    let (events, incoming) = channel();
    let (out, outgoing) = channel();
    let reading = events.clone();
    std::thread::spawn(move || {
        let mut input = BufReader::new(io::stdin().lock());
        loop {
            let event = match wire::read(&mut input) {
                Ok(Some(message)) => Event::Came(message),
                Ok(None) => Event::Gone(None),
                Err(error) => Event::Gone(Some(error)),
            };
            let is_end = matches!(event, Event::Gone(_));
            if reading.send(event).is_err() || is_end {
                return;
            }
        }
    });
    let writing = std::thread::spawn(move || {
        let mut output = io::stdout().lock();
        // An editor that doesn't read any more is gone, which the reading thread tells.
        outgoing.into_iter().try_for_each(|message| wire::write(&mut output, &message))
    });
    let mut server = Server::new(root, asking, events, out);
    // When the first and the last change came that are not checked yet.
    let mut typed: Option<(Instant, Instant)> = None;
    let ended = loop {
        let due = typed.map(|(first, last)| (last + QUIET).min(first + LONGEST));
        let event = match due.filter(|_| !server.is_checking()) {
            Some(due) => incoming.recv_timeout(due.saturating_duration_since(Instant::now())),
            None => incoming.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        let before = server.pending();
        // What a check that failed leaves to be done waits for the next change: at once it would fail again.
        let is_checked = matches!(event, Ok(Event::Checked(_)));
        let ended = match event {
            Ok(Event::Came(message)) => server.take(message),
            Ok(Event::Gone(error)) => Some(Ended { asked: false, error }),
            Ok(Event::Checked(checked)) => {
                server.tell(*checked);
                None
            }
            Ok(Event::Changed(changes)) => {
                server.changed(changes);
                None
            }
            Err(RecvTimeoutError::Timeout) => {
                server.check();
                typed = None;
                None
            }
            Err(RecvTimeoutError::Disconnected) => None,
        };
        if let Some(ended) = ended {
            break ended;
        }
        if !is_checked && server.pending() > before {
            let now = Instant::now();
            typed = Some((typed.map_or(now, |(first, _)| first), now));
        }
    };
    drop(server);
    let _ = writing.join();
    match ended.error {
        Some(error) => Err(error),
        None => Ok(ended.asked),
    }
}

/// Tells of changes on the disk, which editors that are not this one make.
fn watch(files: &Files, events: Sender<Event>) {
    // Without it, what the editor itself tells of is all that is known.
    let Ok(mut watch) = Watch::begin(files.disk.clone(), &Settings::default()) else { return };
    std::thread::spawn(move || {
        loop {
            let batch = watch.next(PATIENCE);
            if !batch.changes.is_empty() && events.send(Event::Changed(batch.changes)).is_err() {
                return;
            }
        }
    });
}
