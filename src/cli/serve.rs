//! `rapporteur serve`: a preview that follows the editor. `rapporteur build --watch`: the same, to disk.

use super::arguments::{Build, Serve, Site};
use super::{Ending, Failure, Outcome, build as build_command, clock, machine, print, timings};
use crate::config::{Drafts, Overrides};
use crate::load::{Change, Disk};
use crate::pipeline::{self, Memos, OnError, Options, Report};
use crate::serve::{Editor, Preview, Server, Settings};
use crate::watch::{self, Batch, Polling, Waker, Watch};
use std::collections::HashMap;
use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::mpsc;
use std::time::{Duration, Instant};

/// How long a watch waits before it looks whether it shall end.
const PATIENCE: Duration = Duration::from_secs(3600);

/// How long what nobody waits for stays behind what somebody does.
const BEHIND: Duration = Duration::from_millis(250);

/// Serves the site until it is interrupted.
pub fn run(site: &Site, options: &Serve) -> Outcome {
    let disk = build_command::open(site)?;
    let overrides = Overrides {
        drafts: if options.no_drafts { Drafts::Hidden } else { Drafts::Shown },
        ..build_command::overrides(site)
    };
    let mut options_of_build = Options { overrides, on_error: OnError::KeepGoing };
    options_of_build.overrides.today = Some(clock::today());
    let mut memos = Memos::default();
    // Looked at before it is read: what is saved meanwhile is not missed.
    let mut watch = begin(&disk, options.poll)?;
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut memos, &options_of_build)?;
    print::diagnostics(&edition.report.diagnostics, site);
    let preview = Preview::new(disk.clone(), edition);
    let editor =
        Editor::new(disk.root(), options.editor.as_deref(), |name| std::env::var(name).ok(), on_path);
    let settings =
        Settings { host: options.host, port: options.port, allowed: options.allow_host.clone(), editor };
    let server = Server::bind(settings, preview.clone()).map_err(|error| Failure(error.to_string()))?;
    let url = server.url();
    server.warning().iter().for_each(|line| print::notice(line));
    print::line(&format!("The preview is at {url}  (Ctrl-C ends it)"));
    let (stop, stopped) = tokio::sync::oneshot::channel();
    let serving = machine::in_a_thread(move || server.run(stopped))?;
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        print::notice(&format!("no browser could be opened: {error}"));
    }
    let looking = look_through(preview.clone())?;
    let ended = interrupted(watch.waker())?;
    while ended.load(Ordering::Relaxed) == 0 {
        let batch = watch.next(PATIENCE);
        batch.notices.iter().for_each(|line| print::notice(line));
        if batch.changes.is_empty() {
            continue;
        }
        let start = Instant::now();
        options_of_build.overrides.today = Some(clock::today());
        match pipeline::edition(&disk, &batch.changes, &mut memos, &options_of_build) {
            Ok(edition) => {
                let report = say(&batch, &edition.report, start, site);
                preview.show(edition);
                print::diagnostics(&report, site);
                let _ = looking.send(());
            }
            Err(error) => {
                print::notice(&format!("the site's files can't be read: {error}; the last version stays"));
                preview.refuse(&error);
                // What was read of it is not known any more.
                memos = Memos::default();
            }
        }
    }
    let _ = stop.send(());
    serving.join().map_err(|_| Failure("the server ended by a fault of ours".into()))??;
    Ok(Ending::Signal(ended.load(Ordering::Relaxed)))
}

/// Builds to disk again and again until it is interrupted.
pub fn build_again(site: &Site, options: &Build) -> Outcome {
    let disk = build_command::open(site)?;
    let options_of_build = Options {
        overrides: build_command::overrides(site),
        on_error: if options.keep_going { OnError::KeepGoing } else { OnError::Stop },
    };
    let telling = build_command::Telling::of(options);
    let mut memos = Memos::default();
    let mut watch = begin(&disk, options.poll)?;
    let ended = interrupted(watch.waker())?;
    let mut changes = vec![Change::Rescan];
    loop {
        if !changes.is_empty() {
            let start = Instant::now();
            match build_command::publish(site, &disk, &changes, &mut memos, &options_of_build) {
                Ok(published) => build_command::say(site, &disk, &published, start, telling),
                Err(failure) => {
                    print::failure(&failure.0);
                    // What the output has is not known any more.
                    memos = Memos::default();
                }
            }
        }
        match ended.load(Ordering::Relaxed) {
            0 => {}
            signal => return Ok(Ending::Signal(signal)),
        }
        let batch = watch.next(PATIENCE);
        batch.notices.iter().for_each(|line| print::notice(line));
        changes = batch.changes;
    }
}

fn begin(disk: &Disk, poll: bool) -> io::Result<Watch> {
    let polling = if poll { Polling::Always } else { Polling::WhenNeeded };
    Watch::begin(disk.clone(), &watch::Settings { polling, ..watch::Settings::default() })
}

/// Whether a program is found where programs are.
fn on_path(program: &str) -> bool {
    std::env::var_os("PATH")
        .is_some_and(|path| std::env::split_paths(&path).any(|folder| folder.join(program).is_file()))
}

/// How long what is going on has to end of itself. Whatever it is may be cut short: what is published, and
/// what authors wrote, is wholly old or wholly new at any moment.
const GRACE: Duration = Duration::from_millis(400);

/// Set to the signal, and the watch woken, when the user or the system ends the program; which ends then,
/// whatever it is at.
fn interrupted(waker: Waker) -> Result<Arc<AtomicU8>, Failure> {
    use signal_hook::consts::{SIGINT, SIGTERM};
    let ended = Arc::new(AtomicU8::new(0));
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    let flag = ended.clone();
    machine::in_a_thread(move || {
        if let Some(signal) = signals.forever().next() {
            flag.store(u8::try_from(signal).unwrap_or(2), Ordering::Relaxed);
            waker.wake();
            // Asked twice: at once.
            let end = Instant::now() + GRACE;
            while Instant::now() < end && signals.pending().next().is_none() {
                std::thread::sleep(Duration::from_millis(20));
            }
            std::process::exit(128 + signal);
        }
    })?;
    Ok(ended)
}

/// Looks through the pages that nobody has open, behind everything else.
fn look_through(preview: Arc<Preview>) -> Result<mpsc::Sender<()>, Failure> {
    let (sender, receiver) = mpsc::channel();
    let _ = sender.send(());
    machine::in_a_thread(move || {
        let mut known = HashMap::new();
        while receiver.recv().is_ok() {
            // The page that somebody waits for comes first.
            std::thread::sleep(BEHIND);
            while receiver.try_recv().is_ok() {}
            preview.look_through(&mut known);
        }
    })?;
    Ok(sender)
}

/// One line for each rebuild; gives the diagnostics, to be printed once the browsers are told.
fn say(batch: &Batch, report: &Report, start: Instant, site: &Site) -> Vec<crate::diagnostics::Diagnostic> {
    timings::say(report, site);
    if !site.format.is_data() {
        let files = batch.changes.len();
        let tally = print::tally(report).map(|tally| format!("; {tally}")).unwrap_or_default();
        print::line(&format!(
            "{files} file{} changed: {:.0} ms{tally}",
            if files == 1 { "" } else { "s" },
            start.elapsed().as_secs_f64() * 1e3
        ));
    }
    report.diagnostics.clone()
}
