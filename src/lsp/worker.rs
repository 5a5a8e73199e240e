//! The checks, behind what the editor waits for: one at a time, each of the site as it then is.

use super::Event;
use super::files::Files;
use crate::diagnostics::Diagnostic;
use crate::load::Change;
use crate::pipeline::{Checking, Edition, Options};
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// What is to be checked.
pub struct Job {
    /// The files as they are.
    pub files: Files,
    /// What became of them since the last time.
    pub changes: Vec<Change>,
}

/// What came of it.
pub struct Checked {
    /// The files that were checked.
    pub files: Files,
    /// What is wrong, and the site with its drafts.
    pub outcome: io::Result<(Vec<Diagnostic>, Arc<Edition>)>,
}

/// What a command is given each time for the site at a root, because a day may have passed.
pub type Asking = Arc<dyn Fn(&Path) -> Options + Send + Sync>;

/// Begins to check: each job that is sent is answered by one event.
pub fn begin(asking: Asking, events: Sender<Event>) -> Sender<Job> {
    let (jobs, incoming): (Sender<Job>, Receiver<Job>) = channel();
    std::thread::spawn(move || {
        let mut checking = Checking::default();
        for Job { files, changes } in incoming {
            let outcome = checking
                .check(&files, &changes, &asking(files.disk.root()))
                .map(|(diagnostics, edition)| (diagnostics, Arc::new(edition)));
            if events.send(Event::Checked(Box::new(Checked { files, outcome }))).is_err() {
                return;
            }
        }
    });
    jobs
}
