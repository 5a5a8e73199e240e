//! A full build of many debates, in memory: what the program itself takes, without the disk.
//!
//! `cargo bench --bench build [-- DEBATES]` builds 1,000 made-up debates (about 3,000 words and 12
//! notes each, from the demonstration's own words) and prints the median of five runs with the time
//! of each stage, and then what one edited note costs the preview. For comparisons with other programs,
//! which need the disk, time whole processes.

mod made_up;

use made_up::site;
use rapporteur::load::{Change, Strings};
use rapporteur::output::{OutputFile, Sink};
use rapporteur::pipeline::{Memos, Options, Report, Timed, Unwatched, build, edition};
use rapporteur::text::SitePath;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

const RUNS: usize = 5;

/// Counts what it is given.
#[derive(Default)]
struct Counter(AtomicUsize);

impl Sink for Counter {
    fn put(&self, file: OutputFile) -> std::io::Result<()> {
        self.0.fetch_add(file.bytes.len(), Ordering::Relaxed);
        Ok(())
    }
}

fn main() {
    let debates = std::env::args().skip(1).find_map(|argument| argument.parse().ok()).unwrap_or(1_000);
    let site = site(debates);
    let mut runs: Vec<(Duration, Report, usize)> = (0..RUNS)
        .map(|_| {
            let (sink, start) = (Counter::default(), Instant::now());
            let report = build(&site, &sink, &Options::default(), &Unwatched).expect("memory does not fail");
            assert!(
                !report.has_errors(),
                "the benchmark's site has mistakes: {:?}",
                report.diagnostics.first()
            );
            (start.elapsed(), report, sink.0.into_inner())
        })
        .collect();
    runs.sort_by_key(|(time, ..)| *time);
    let (time, report, bytes) = &runs[RUNS / 2];
    let counts = report.counts;
    println!(
        "{} debates, {} words, {} notes: {} pages, {} MB",
        counts.debates,
        counts.words,
        counts.notes,
        counts.pages,
        bytes / 1_000_000
    );
    println!("median {time:.3?} (fastest {:.3?}, slowest {:.3?})", runs[0].0, runs[RUNS - 1].0);
    for Timed { stage, took: time, .. } in &report.timings.0 {
        println!("{:>10} {time:>10.3?}", stage.word());
    }
    edits(site);
}

/// From one edited note to the new bytes of its debate's page, as the preview does it: without the
/// wait for further saves, the disk and the network.
fn edits(mut site: Strings) {
    let (mut memos, options) = (Memos::default(), Options::default());
    edition(&site, &[Change::Rescan], &mut memos, &options).expect("memory does not fail");
    let sheets: Vec<SitePath> =
        site.0.keys().filter(|path| path.as_str().ends_with(".notes.yaml")).cloned().collect();
    let mut times: Vec<Duration> = (0..10)
        .map(|number| {
            let path = &sheets[number * 7_919 % sheets.len()];
            let text = String::from_utf8(site.0[path].clone()).expect("UTF-8");
            let edited = text.replacen("What this", &format!("Edit {number}: what this"), 1);
            assert_ne!(text, edited);
            site.0.insert(path.clone(), edited.into_bytes());
            let start = Instant::now();
            let changes = [Change::Changed(path.clone())];
            let now = edition(&site, &changes, &mut memos, &options).expect("memory does not fail");
            let folder = path.folder().trim_start_matches("content/");
            let page =
                now.plan.iter().position(|planned| planned.address.as_str().trim_end_matches('/') == folder);
            let (_, file) = now.page(page.expect("the debate has a page"), now.theme().expect("a theme"));
            let bytes = file.expect("the theme is sound").bytes;
            let took = start.elapsed();
            assert!(String::from_utf8_lossy(&bytes).contains(&format!("Edit {number}:")));
            took
        })
        .collect();
    times.sort();
    println!("an edited note: median {:.3?} (fastest {:.3?}, slowest {:.3?})", times[5], times[0], times[9]);
}
