//! What a build keeps for the next run of the program: after any edits it gives the clean build, byte for
//! byte, and what is damaged, foreign or out of date is not used.

use crate::incremental::{Edit, apply, begin, edit, number, said};
use crate::program::Site;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rapporteur::diagnostics::Diagnostic;
use rapporteur::load::Strings;
use rapporteur::output::{self, Memory, OutputFile, Sink};
use rapporteur::pipeline::{Kept, OnError, Options, Report, Unwatched, build, build_on, may_publish};
use rapporteur::text::Fingerprint;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

type Files = BTreeMap<String, Vec<u8>>;

fn program() -> Fingerprint {
    Fingerprint::of(b"this one")
}

/// An output folder of which files may be missing, as one on the disk finds out from its record.
struct Output {
    files: Memory,
    is_whole: bool,
}

impl Sink for Output {
    fn put(&self, file: OutputFile) -> io::Result<()> {
        self.files.put(file)
    }
    fn keep(&self, path: &str) -> io::Result<output::Kept> {
        self.files.keep(path)
    }
    fn keep_all(&self) -> io::Result<output::Kept> {
        if self.is_whole { self.files.keep_all() } else { Ok(output::Kept::No) }
    }
}

/// What a run says, the files after it, and what it kept.
type Ran = (Report, Files, Option<Vec<u8>>);

/// A run of the program by itself.
fn run(site: &Strings, before: &Files, kept: Option<&[u8]>, options: &Options) -> Ran {
    run_over(site, Output { files: Memory::over(before.clone()), is_whole: true }, before, kept, options)
}

fn run_over(site: &Strings, sink: Output, before: &Files, kept: Option<&[u8]>, options: &Options) -> Ran {
    let kept = kept.and_then(|bytes| Kept::read(bytes, program(), site));
    let (report, kept) = build_on(site, kept, &sink, options, &Unwatched).expect("memory");
    let published = may_publish(&report, options.on_error);
    let files = if published { sink.files.into_files() } else { before.clone() };
    (report, files, kept.map(|kept| kept.write(program())))
}

fn clean(site: &Strings, options: &Options) -> (Report, Files) {
    let sink = Memory::default();
    let report = build(site, &sink, options, &Unwatched).expect("memory");
    (report, sink.into_files())
}

/// Runs of the program with edits between them publish what clean builds would; now and then somebody
/// removes a file of the output, and now and then nothing was edited.
fn same(mut site: Strings, edits: &[Edit], options: &Options) -> Result<(), TestCaseError> {
    let (mut files, mut kept): (Files, Option<Vec<u8>>) = (Files::new(), None);
    let mut is_whole = true;
    for turn in 0..=edits.len() * 2 {
        let (report, now, next) = {
            let sink = Output { files: Memory::over(files.clone()), is_whole };
            run_over(&site, sink, &files, kept.as_deref(), options)
        };
        let (clean_report, clean_files) = clean(&site, options);
        prop_assert_eq!(said(&report), said(&clean_report));
        prop_assert_eq!(report.counts, clean_report.counts);
        prop_assert_eq!(report.as_of, clean_report.as_of);
        if may_publish(&report, options.on_error) {
            let other: Vec<&String> = now
                .keys()
                .chain(clean_files.keys())
                .filter(|path| now.get(*path) != clean_files.get(*path))
                .collect();
            prop_assert!(other.is_empty(), "not as a clean build has them: {:?}", other);
            // A build that publishes nothing leaves what was kept where it is.
            (kept, is_whole) = (next, true);
        }
        files = now;
        match edits.get(turn / 2) {
            Some(edit) if turn % 2 == 1 => drop(apply(&mut site, edit)),
            Some(_) if turn % 4 == 2 => {
                let some = files.keys().nth(turn * 7 % files.len().max(1)).cloned();
                some.and_then(|path| files.remove(&path));
                is_whole = false;
            }
            _ => {}
        }
    }
    Ok(())
}

#[test]
fn after_any_edits_a_run_on_what_was_kept_is_the_clean_build() {
    let seed = number("RAPPORTEUR_SEED").unwrap_or(20_121_220);
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&seed.to_le_bytes());
    let cases = number("RAPPORTEUR_SEQUENCES").unwrap_or(12);
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    for on_error in [OnError::KeepGoing, OnError::Stop] {
        let options = Options { on_error, ..Options::default() };
        let sequences = prop::collection::vec(edit(), 1..5);
        if let Err(failure) = runner.run(&sequences, |edits| same(begin(), &edits, &options)) {
            panic!("RAPPORTEUR_SEED={seed}: {failure}");
        }
    }
}

#[test]
fn where_nothing_changed_nothing_is_made_and_everything_is_said_again() {
    let site = begin().with("content/topics/none.md", "---\ntitle: None\nkolour: red\n---\n");
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    let (first, files, kept) = run(&site, &Files::new(), None, &options);
    let (second, again, kept_again) = run(&site, &files, kept.as_deref(), &options);
    assert!(!first.diagnostics.is_empty(), "there is something to say");
    // What would mend a mistake is for editors, which keep nothing.
    let plain = |one: &Diagnostic| Diagnostic { fixes: Vec::new(), ..one.clone() };
    let first: Vec<Diagnostic> = first.diagnostics.iter().map(plain).collect();
    assert_eq!(first, second.diagnostics, "with the same lines of the same files");
    assert_eq!((files, kept), (again, kept_again));
    assert!(second.timings.0.is_empty(), "no stage of a build was run");
}

#[test]
fn what_was_kept_is_not_used_where_it_is_cut_short_altered_or_of_another_program() {
    let site = begin();
    let options = Options::default();
    let (_, files, kept) = run(&site, &Files::new(), None, &options);
    let kept = kept.expect("something to keep");
    assert!(Kept::read(&kept, program(), &site).is_some());
    assert!(Kept::read(&kept, Fingerprint::of(b"a newer one"), &site).is_none());
    for end in [0, 1, 17, 80, 200, kept.len() - 1] {
        assert!(Kept::read(&kept[..end], program(), &site).is_none(), "cut at {end}");
    }
    for at in (0..kept.len()).step_by(kept.len() / 60) {
        let mut altered = kept.clone();
        altered[at] ^= 1;
        assert!(Kept::read(&altered, program(), &site).is_none(), "altered at {at}");
    }
    let nested = format!(
        "rapporteur-kept-1 {}\n{}",
        Fingerprint::of("[".repeat(100_000).as_bytes()),
        "[".repeat(100_000)
    );
    for nonsense in [nested.as_bytes(), b"\n", b"{}", &[0xff; 64]] {
        assert!(Kept::read(nonsense, program(), &site).is_none());
    }
    // And a build does without.
    let (report, again, _) = run(&site, &files, Some(&kept[..kept.len() / 2]), &options);
    assert_eq!((report.has_errors(), again), (false, files));
}

#[test]
fn a_file_that_changes_while_it_is_read_is_found_out_by_the_next_run() {
    use rapporteur::diagnostics::Checked;
    use rapporteur::load::Sources;
    use rapporteur::text::SitePath;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// Gives a topic that changes from reading to reading.
    struct Restless(Strings, AtomicUsize);
    impl Sources for Restless {
        fn list(&self) -> io::Result<Checked<Vec<SitePath>>> {
            self.0.list()
        }
        fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
            match path.as_str() {
                "content/topics/data.md" => {
                    let number = self.1.fetch_add(1, Ordering::Relaxed);
                    Ok(format!("---\ntitle: Data {number}\n---\n").into_bytes())
                }
                _ => self.0.read(path),
            }
        }
    }
    let site = Restless(begin().with("content/topics/data.md", ""), AtomicUsize::new(0));
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    let sink = Memory::default();
    let (_, kept) = build_on(&site, None, &sink, &options, &Unwatched).expect("memory");
    let files = sink.into_files();
    let sink = Memory::over(files.clone());
    let (report, _) = build_on(&site, kept, &sink, &options, &Unwatched).expect("memory");
    assert!(!report.timings.0.is_empty(), "it was built again");
    assert_ne!(files["topics/data/index.html"], sink.into_files()["topics/data/index.html"]);
}

/// The published files, by path.
fn published(site: &Site) -> Files {
    let output = site.path("output");
    let files =
        walkdir::WalkDir::new(&output).into_iter().map(|entry| entry.expect("the output can be read"));
    let below = |path: &Path| path.strip_prefix(&output).expect("below").to_string_lossy().into_owned();
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (below(entry.path()), fs::read(entry.path()).expect("a file")))
        .collect()
}

#[test]
fn processes_one_after_the_other_publish_what_a_fresh_one_does() {
    let site = Site::demo();
    let kept = site.path(".rapporteur/output.site/kept");
    let other = site.path("content/debates/other");
    fs::create_dir(&other).expect("a folder");
    fs::write(
        other.join("debate.yaml"),
        "title: Other
date: 2013-02-03
",
    )
    .expect("a file");
    fs::write(
        other.join("transcript.md"),
        "# Other

### Ann Lee:

Words.
",
    )
    .expect("a file");
    let steps: &[(&str, &dyn Fn())] = &[
        ("nothing was edited", &|| {}),
        ("a topic was edited", &|| site.edit("content/topics/data.md", "title: ", "title: New ")),
        ("a page was removed from the output", &|| {
            fs::remove_file(site.path("output/topics/index.html")).expect("a page");
        }),
        ("a page of the output was edited", &|| site.edit("output/people/index.html", "<h1", "<h2")),
        ("what was kept was cut short", &|| {
            let bytes = fs::read(&kept).expect("kept");
            fs::write(&kept, &bytes[..bytes.len() / 2]).expect("a file");
        }),
        ("what was kept is a folder", &|| {
            fs::remove_file(&kept).expect("kept");
            fs::create_dir(&kept).expect("a folder");
        }),
        ("the configuration was edited", &|| site.edit("rapporteur.yaml", "title: ", "title: New ")),
        ("a topic was added", &|| {
            fs::write(site.path("content/topics/new.md"), "---\ntitle: N\n---\n").expect("a file")
        }),
        ("a debate was removed", &|| {
            fs::remove_dir_all(site.path("content/debates/other")).expect("a debate")
        }),
    ];
    assert_eq!(site.run(&["build"]).code(), 0);
    for (what, step) in steps {
        step();
        let run = site.run(&["build"]);
        let fresh = site.run(&["build", "--fresh", "--output", "fresh"]);
        assert_eq!((run.code(), run.err()), (fresh.code(), fresh.err()), "{what}");
        let files = published(&site);
        fs::rename(site.path("output"), site.path("kept-output")).expect("a folder");
        fs::rename(site.path("fresh"), site.path("output")).expect("a folder");
        let of_fresh = published(&site);
        fs::rename(site.path("output"), site.path("fresh")).expect("a folder");
        fs::rename(site.path("kept-output"), site.path("output")).expect("a folder");
        assert!(files == of_fresh, "{what}: the files are those of a fresh build");
    }
    let again = site.run(&["build", "--timings"]);
    assert!(again.out().contains("+0 ~0 \u{2212}0"), "{}", again.out());
    let told = again.out() + &again.err();
    assert!(!told.contains("parse") && !told.contains("render"), "nothing is parsed or made: {told}");
}

#[test]
fn check_says_again_what_it_said_until_something_changes() {
    let site = Site::demo();
    site.edit("content/topics/data.md", "title: ", "kolour: red\ntitle: ");
    let first = site.run(&["check"]);
    let second = site.run(&["check"]);
    assert_eq!((first.code(), first.out(), first.err()), (second.code(), second.out(), second.err()));
    assert!(first.err().contains("kolour"), "{}", first.err());
    let timed = site.run(&["check", "--timings"]);
    assert!(!(timed.out() + &timed.err()).contains("render "), "nothing is made again");
    site.edit("content/topics/data.md", "kolour: red\n", "");
    let mended = site.run(&["check"]);
    assert_eq!((mended.code(), mended.err().contains("kolour")), (0, false), "{}", mended.err());
    let ignored = site.read(".rapporteur/check/.gitignore");
    assert_eq!(ignored, "*\n", "version control does not see it");
}

#[test]
fn a_build_says_which_files_it_changed_and_because_of_which() {
    let site = Site::demo();
    let first = site.run(&["build", "--changes"]);
    assert!(first.out().contains("made anew: there is no earlier build by this version"), "{}", first.out());
    let again = site.run(&["build", "--changes"]);
    assert!(!again.out().contains("because") && !again.out().contains("made anew"), "{}", again.out());

    let page = "content/pages/opening-hours.md";
    fs::create_dir_all(site.path("content/pages")).expect("a folder");
    fs::write(site.path(page), "---\ntitle: Opening hours\n---\n\nNine to five.\n").expect("a file");
    let added = site.run(&["build", "--changes"]);
    assert!(
        added.out().contains(&format!("because of {page} (added)\n  + /opening-hours/\n")),
        "{}",
        added.out()
    );

    site.edit(page, "Nine", "Ten");
    let short = site.run(&["build", "--changes", "--format", "short"]);
    assert!(
        short.out().contains(&format!("changed: /opening-hours/: because of {page}\n")),
        "{}",
        short.out()
    );

    fs::remove_file(site.path("output/opening-hours/index.html")).expect("a file");
    let back = site.run(&["build", "--changes"]);
    assert!(back.out().contains("put back: it had been changed or removed"), "{}", back.out());

    fs::remove_file(site.path(page)).expect("a file");
    let gone = site.run(&["build", "--changes", "--format", "json"]);
    let line =
        gone.out().lines().find(|line| line.contains("opening-hours/index.html")).expect("it").to_owned();
    let line: serde_json::Value = serde_json::from_str(&line).expect("an object");
    assert_eq!((&line["change"], &line["because"][0]), (&"removed".into(), &page.into()));
}

#[test]
fn a_template_of_ones_own_is_the_cause_of_its_pages_alone() {
    let site = Site::demo();
    fs::create_dir_all(site.path("themes/ours/templates")).expect("a folder");
    fs::write(site.path("themes/ours/theme.yaml"), "extends: default\n").expect("a file");
    let topic =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/default/templates/topic.html"));
    fs::write(site.path("themes/ours/templates/topic.html"), topic.expect("a template")).expect("a file");
    let theme = ["--theme", "ours"];
    site.run(&["build", theme[0], theme[1]]);
    let path = site.path("themes/ours/templates/topic.html");
    let text = fs::read_to_string(&path).expect("it");
    fs::write(&path, text.replacen("<h1", "<h1 data-ours", 1)).expect("a file");
    let run = site.run(&["build", "--changes", theme[0], theme[1]]);
    assert!(run.out().contains("because of themes/ours/templates/topic.html\n  ~ /topics/"), "{}", run.out());
    assert!(!run.out().contains("~ /people/"), "{}", run.out());
}
