//! The limits of docs/limits.md, each at its last value and one beyond it; and that what is hostile takes no
//! longer than what is long.

use super::{built, ground, options, site};
use rapporteur::diagnostics::Style;
use rapporteur::load::{Disk, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Unwatched, build};
use std::fs;
use std::time::{Duration, Instant};

/// The codes of what is wrong with the site that has this file too.
fn codes(path: &'static str, text: impl Into<Vec<u8>>) -> Vec<&'static str> {
    let site = site(&ground()).with(path, text);
    let report = build(&site, &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
    report.diagnostics.iter().map(|remark| remark.code).collect()
}

#[test]
fn a_sheet_may_have_a_mebibyte() {
    let sheet = |length: usize| {
        let start = "annotations: {}\n#";
        format!("{start}{}", "x".repeat(length - start.len()))
    };
    assert_eq!(codes("content/debates/talk/b.notes.yaml", sheet(1 << 20)), [""; 0]);
    assert_eq!(codes("content/debates/talk/b.notes.yaml", sheet((1 << 20) + 1)), ["file-too-large"]);
}

#[test]
fn yaml_may_nest_a_hundred_deep_wherever_it_stands() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    for (path, text, around) in [
        ("content/debates/talk/b.notes.yaml", "annotations: @\n", 1),
        ("content/topics/more.md", "---\ntitle: @\n---\n", 1),
        ("content/glossary.yaml", "term: @\n", 1),
        ("rapporteur.yaml", "title: @\n", 1),
        ("content/debates/talk/debate.lock", "version: @\n", 1),
        ("themes/default/theme.yaml", "options: @\n", 1),
        ("themes/default/i18n/xx.yaml", "a: @\n", 1),
    ] {
        let is_deep = |depth: usize| {
            let site = site(&ground()).with(path, text.replace('@', &nested(depth)));
            let report =
                build(&site, &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
            report.diagnostics.iter().any(|remark| format!("{remark:?}").contains("more than 100 deep"))
        };
        assert!(!is_deep(100 - around), "{path}");
        assert!(is_deep(101 - around), "{path}");
    }
}

#[test]
fn folders_may_nest_thirty_two_deep_and_no_file_is_passed_over() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rapporteur.yaml"), "title: T\n").expect("a file");
    let put = |depth: usize| {
        let within = folder.path().join("static").join("d/".repeat(depth - 1));
        fs::create_dir_all(&within).expect("folders");
        fs::write(within.join("x.txt"), "x").expect("a file");
    };
    let build = || {
        let disk = Disk::open(folder.path()).expect("a site");
        let sink = Memory::default();
        let report = build(&disk, &sink, &options(), &Unwatched).expect("it can be read");
        let copied = sink.into_files().keys().filter(|path| path.ends_with("x.txt")).count();
        (copied, report.diagnostics.iter().map(|remark| remark.code).collect::<Vec<_>>())
    };
    put(32);
    assert_eq!(build(), (1, vec![]));
    put(33);
    assert_eq!(build(), (1, vec!["bad-file"]));
}

#[test]
fn a_copied_file_may_have_256_mebibytes_and_is_never_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("rapporteur.yaml"), "title: T\n").expect("a file");
    fs::create_dir(folder.path().join("static")).expect("a folder");
    let file = fs::File::create(folder.path().join("static/big.bin")).expect("a file");
    // Only the tree is looked at: no page is made, nothing copied.
    let codes = |length: u64| {
        file.set_len(length).expect("a length");
        let disk = Disk::open(folder.path()).expect("a site");
        let listed = rapporteur::load::Sources::list(&disk).expect("it can be listed");
        listed.diagnostics.iter().map(|remark| remark.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(256 << 20), [""; 0]);
    assert_eq!(codes((256 << 20) + 1), ["file-too-large"]);
}

#[test]
fn a_template_may_set_a_mebibyte_and_the_message_names_its_line() {
    let template = |doubled: usize| {
        let set = "{% set x = x ~ x %}\n".repeat(doubled);
        format!("{{% set x = \"0123456789abcdef\" %}}\n{set}{{{{ x | length }}}}")
    };
    let path = "themes/default/templates/topics.html";
    assert_eq!(codes(path, template(16)), [""; 0]);
    let site = site(&ground()).with(path, template(40));
    let report = build(&site, &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
    let [fault] = report.diagnostics.as_slice() else { panic!("{:?}", report.diagnostics) };
    let place = fault.place.as_ref().expect("it has a place");
    assert_eq!(
        (fault.code, place.source.line_column(place.span.start as usize).line),
        ("template-error", 18)
    );
}

#[test]
fn an_unknown_filter_is_told_where_it_stands() {
    let site = site(&ground()).with("themes/default/templates/topics.html", "a zzz\n\n  {{ 'x' | zzz }}\n");
    let report = build(&site, &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
    let place = report.diagnostics[0].place.as_ref().expect("it has a place");
    let at = place.source.line_column(place.span.start as usize);
    assert_eq!((at.line, at.column), (3, 12));
}

/// How long a check of the site with this file takes, with every message printed.
fn time(path: &'static str, text: String) -> Duration {
    let site: Strings = site(&ground()).with(path, text);
    let begun = Instant::now();
    let report = build(&site, &Memory::default(), &options(), &Unwatched).expect("memory does not fail");
    let shown: usize = report
        .diagnostics
        .iter()
        .map(|remark| remark.snippet(Style::Plain).len() + remark.line().len())
        .sum();
    assert!(shown < 8 << 20, "{shown} bytes of messages");
    begun.elapsed()
}

#[test]
fn what_is_hostile_takes_no_longer_than_what_is_long() {
    type Case = (&'static str, fn(usize) -> String);
    let cases: [Case; 15] = [
        ("themes/default/theme.yaml", |n| format!("name: {}", "{a: ".repeat(n / 4))),
        ("themes/default/i18n/xx.yaml", |n| format!("a: {}", "[".repeat(n))),
        ("rapporteur.yaml", |n| format!("title: {}", "[".repeat(n))),
        ("content/debates/talk/b.notes.yaml", |n| {
            let entry = |i: usize| format!("  k{i}: {{ at: p1, quoet: nothing {i}, body: x }}\n");
            format!("annotations:\n{}", (0..n / 64).map(entry).collect::<String>())
        }),
        ("content/debates/talk/b.notes.yaml", |n| (0..n / 16).map(|i| format!("k{i}: &n{i} x\n")).collect()),
        ("content/debates/talk/b.notes.yaml", |n| format!("annotations: {}", "[".repeat(n))),
        ("content/debates/talk/debate.lock", |n| format!("version: {}", "{a: ".repeat(n / 4))),
        ("content/pages/about.md", |n| {
            format!("---\ntitle: A\n---\n[a]: nowhere.md\n\n{}\n", "[a]".repeat(n / 3))
        }),
        ("content/pages/about.md", |n| format!("---\ntitle: A\n---\n{}\n", "[p1]".repeat(n / 4))),
        ("content/pages/about.md", |n| format!("---\ntitle: A\n---\n{}\n", "[^a]".repeat(n / 4))),
        ("content/pages/about.md", |n| format!("---\ntitle: A\n---\n{}\n", "<div>".repeat(n / 5))),
        ("content/pages/about.md", |n| format!("---\ntitle: A\n---\n{}\n", "<b><i>x</b>".repeat(n / 11))),
        ("content/pages/about.md", |n| format!("---\ntitle: A\n---\n{}\n", "“a ‘b \"c ".repeat(n / 14))),
        ("content/pages/about.md", |n| format!("---\ntitle: A\n---\n{}\n", "*_`~".repeat(n / 4))),
        ("content/debates/talk/b.notes.yaml", |n| {
            format!("annotations:\n  one:\n    at: p1\n    body: '{}'\n", "\u{430}a ".repeat(n / 4))
        }),
    ];
    for (number, (path, text)) in cases.into_iter().enumerate() {
        let length = 60_000;
        let (one, four) = (time(path, text(length)), time(path, text(4 * length)));
        // Of what grows with the square, four times as much takes sixteen times as long.
        let fine = four < Duration::from_millis(1_500) || four < 9 * one;
        assert!(fine, "case {number}, {path}: {one:?}, four times as long {four:?}");
        assert!(four < Duration::from_secs(30), "case {number}, {path}: {four:?}");
    }
}

#[test]
fn the_tables_of_limits_are_those_of_the_program() {
    let table =
        fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/limits.md")).expect("docs/limits.md");
    for (limit, words) in [
        (rapporteur::load::AUTHORED_LIMIT, "1 MiB"),
        (rapporteur::load::TRANSCRIPT_LIMIT, "256 MiB"),
        (rapporteur::load::LOCK_LIMIT, "64 MiB"),
        (rapporteur::transcript::LONGEST_PARAGRAPH as u64, "4 MiB"),
    ] {
        assert_eq!(format!("{} MiB", limit >> 20), words);
        assert!(table.contains(words), "{words}");
    }
    // And the ground that the tests stand on is sound.
    assert_eq!(built(&site(&ground())).1, [""; 0]);
}

#[test]
fn a_control_character_is_refused_however_and_wherever_it_is_written() {
    let hash = "blake3:00";
    for (path, text, code) in [
        ("rapporteur.yaml", "title: \"a\\u0000b\"\n".to_owned(), "control-character"),
        ("content/topics/data.md", "---\ntitle: \"a\\x1bb\"\n---\n".to_owned(), "control-character"),
        ("content/topics/data.md", "---\n\"ti\\atle\": x\n---\n".to_owned(), "control-character"),
        (
            "content/debates/talk/b.notes.yaml",
            "annotations:\n  \"a\\eb\": { at: p1 }\n".to_owned(),
            "control-character",
        ),
        ("content/glossary.yaml", "term: { definition: \"a\\u009bb\" }\n".to_owned(), "control-character"),
        ("themes/default/i18n/en.yaml", "skip: \"a\\0b\"\n".to_owned(), "control-character"),
        (
            "content/debates/talk/debate.lock",
            format!("version: 1\ntranscript: {{ file: \"a\\0b\", hash: '{hash}' }}\nparagraphs: []\n"),
            "bad-lock",
        ),
        ("content/pages/about.md", "---\ntitle: A\n---\nA &#27; b.\n".to_owned(), "hidden-character"),
        ("content/pages/about.md", "---\ntitle: A\n---\nA \u{1b} b.\n".to_owned(), "hidden-character"),
        (
            "content/debates/talk/transcript.md",
            "# T\n\n### Ann:\n\na \u{7f} b\n".to_owned(),
            "control-character",
        ),
    ] {
        let site = site(&ground()).with(path, text.as_str());
        let (files, errors) = built(&site);
        assert!(errors.contains(&code), "{path}: {text:?}: {errors:?}");
        // Pictures have controls, and the files of the search have some between their parts.
        let is_text = |path: &str| !path.ends_with(".png") && !path.starts_with("search/");
        let has = |bytes: &Vec<u8>| {
            bytes.iter().any(|byte| *byte < b' ' && !b"\t\n\r".contains(byte) || *byte == 0x7f)
        };
        let holds = files.iter().filter(|(path, bytes)| is_text(path) && has(bytes));
        // The record is shown as it is, once its errors are let pass.
        let holds: Vec<_> =
            holds.map(|(path, _)| path).filter(|path| !path.contains("debates/talk")).collect();
        assert!(path.contains("transcript") || holds.is_empty(), "{path}: {text:?}: {holds:?}");
    }
}
