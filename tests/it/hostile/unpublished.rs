//! What is not published leaves no trace: whichever word stands in it, the built site is the same to the byte, by
//! its file names, its cards, its addresses and all else.

use super::{ground, places, site};
use rapporteur::diagnostics::Severity;
use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{self, OnError, Options, Unwatched};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

/// Two words as long as each other, which are names for an address too.
const WORDS: [&str; 2] = ["zqplantedone", "zqplantedtwo"];

type Files = BTreeMap<&'static str, String>;

/// What hides something, the file that is planted, the files as they are, and keys that are not planted.
type Thing<'t> = (&'t str, &'t str, Vec<(&'static str, String)>, &'t [&'t str]);

/// The site as published: its files, and the ledger of it.
fn published(site: &Strings) -> BTreeMap<String, Vec<u8>> {
    let sink = Memory::default();
    let options = Options { on_error: OnError::Stop, ..Options::default() };
    let report = pipeline::build(site, &sink, &options, &Unwatched).expect("memory does not fail");
    let errors: Vec<_> = report
        .diagnostics
        .iter()
        .filter(|told| told.severity == Severity::Error)
        .map(|told| told.line())
        .collect();
    assert_eq!(errors, [""; 0]);
    sink.into_files()
}

/// The same files with the other word in the place of the one.
fn with_other_word(files: &Files) -> (Files, usize) {
    let count = files.values().map(|text| text.matches(WORDS[0]).count()).sum();
    let renamed = files.iter().map(|(path, text)| (*path, text.replace(WORDS[0], WORDS[1]))).collect();
    (renamed, count)
}

/// That the site is the same whichever word stands in these files, and in names of files like them.
fn leaves_no_trace(what: &str, files: &Files, named: &[(&str, &str)]) -> usize {
    let (other, count) = with_other_word(files);
    let site_of = |files: &Files, word: &str| {
        named.iter().fold(site(files), |site, (path, text)| {
            site.with(&path.replace("WORD", word), text.replace("WORD", word))
        })
    };
    let [one, two] = [published(&site_of(files, WORDS[0])), published(&site_of(&other, WORDS[1]))];
    let names = |files: &BTreeMap<String, Vec<u8>>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&one), names(&two), "{what}");
    let differing: Vec<&String> =
        one.iter().filter(|(path, bytes)| two[*path] != **bytes).map(|(path, _)| path).collect();
    assert_eq!(differing, [""; 0], "{what} is seen in these files");
    count
}

#[test]
fn no_word_of_what_is_not_published_changes_a_byte_of_the_site() {
    const SHEET: &str = "content/debates/talk/a.notes.yaml";
    const BRIEF: &str = "content/briefings/brief.md";
    const DEBATE: &str = "content/debates/talk/debate.yaml";
    let approved = "title: Site\nbase_url: https://site.example/\nas_of: 2020-02-02\npublish: approved\n";
    let note = |status: &str| format!("annotations:\n  one:\n    at: p1\n    status: {status}\n");
    let brief = |more: &str| {
        format!("---\ntitle: Brief\n{more}\n---\n{} [x](https://zqplantedone.example/).\n", WORDS[0])
    };
    let debate = |more: &str| format!("title: Talk\ndate: 2020-01-02\n{more}\n");
    let things: Vec<Thing<'_>> = vec![
        ("a draft note", SHEET, vec![(SHEET, note("draft"))], &["status"]),
        (
            "a note in review where only what is approved is published",
            SHEET,
            vec![(SHEET, note("in-review")), ("rapporteur.yaml", approved.to_owned())],
            &["status"],
        ),
        (
            "a withdrawn note",
            SHEET,
            vec![(SHEET, format!("{}    withdrawn: {{ reason: It was wrong. }}\n", note("retracted")))],
            // What a reader is told of it.
            &["status", "withdrawn"],
        ),
        ("a draft briefing", BRIEF, vec![(BRIEF, brief("status: draft"))], &["status"]),
        (
            "a briefing in review where only what is approved is published",
            BRIEF,
            vec![(BRIEF, brief("status: in-review")), ("rapporteur.yaml", approved.to_owned())],
            &["status"],
        ),
        (
            "a briefing under embargo",
            BRIEF,
            vec![(BRIEF, brief("status: approved\nembargo: 2020-03-03"))],
            &["status", "embargo"],
        ),
        (
            "a briefing that has expired",
            BRIEF,
            vec![(BRIEF, brief("status: approved\nexpires: 2020-01-31"))],
            &["status", "expires"],
        ),
        ("a draft debate", DEBATE, vec![(DEBATE, debate("status: draft"))], &["status"]),
        (
            "a debate under embargo",
            DEBATE,
            vec![(DEBATE, debate("embargo: 2020-03-03"))],
            &["status", "embargo"],
        ),
    ];
    for (what, path, changes, keep) in things {
        let mut files = ground();
        files.extend(changes);
        let mut files = places::planted(files, path, WORDS[0], keep);
        if path == DEBATE {
            // With it go its record and its notes.
            let record = files.get_mut("content/debates/talk/transcript.md").expect("it is there");
            record.push_str(&format!("\n## {0}\n\n### {0} Roe:\n\nWords of {0}.\n", WORDS[0]));
            files.insert(SHEET, format!("{}    body: Of {1}.\n    title: {1}\n", note("approved"), WORDS[0]));
        }
        let count = leaves_no_trace(what, &files, &[]);
        assert!(count >= 7, "{what}: planted in {count} places only: {:?}", files[path]);
    }
}

#[test]
fn no_name_of_a_file_that_is_not_published_changes_a_byte_of_the_site() {
    let draft = "---\ntitle: WORD\nstatus: draft\n---\nWORD\n";
    let named = [
        (
            "content/debates/talk/WORD.notes.yaml",
            "annotations:\n  WORD: { at: p1, status: draft, body: WORD }\n",
        ),
        ("content/debates/talk/notes/WORD-2.md", "---\nat: p1\nstatus: draft\n---\nWORD\n"),
        ("content/briefings/WORD.md", draft),
        ("content/debates/WORD/debate.yaml", "title: WORD\ndate: 2020-01-02\nstatus: draft\n"),
        ("content/debates/WORD/transcript.md", "# WORD\n\n### WORD Lee:\n\nWORD.\n"),
        (
            "content/debates/WORD/a.notes.yaml",
            "annotations:\n  WORD: { at: p1, status: approved, body: WORD }\n",
        ),
    ];
    leaves_no_trace("a name", &ground(), &named);
}

#[test]
fn no_remark_in_a_source_changes_a_byte_of_the_site() {
    let mut files = ground();
    for (path, text) in &mut files {
        match *path {
            // A page names the revision of the record that it shows: the fingerprint of the whole file.
            "content/debates/talk/transcript.md" => {}
            path if path.ends_with(".md") => {
                let remark = format!("---\n# {0}\n", WORDS[0]);
                *text = text.replacen("---\n", &remark, 1);
                text.push_str(&format!(
                    "\n<!-- {0} -->\n\n[unused]: https://{0}.example/ \"{0}\"\n",
                    WORDS[0]
                ));
            }
            _ => text.push_str(&format!("# {}\n", WORDS[0])),
        }
    }
    assert!(leaves_no_trace("a remark", &files, &[]) >= files.len() - 1);
}

#[test]
fn nothing_unpublished_stays_beside_a_folder_that_is_served_or_in_the_ledger() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let mut files = ground();
    let sheet = format!(
        "annotations:\n  {0}:\n    at: p1\n    status: draft\n    body: {0}\n    title: {0}\n",
        WORDS[0]
    );
    files.insert("content/debates/talk/a.notes.yaml", sheet);
    files.insert(
        "content/briefings/brief.md",
        format!("---\ntitle: {0}\nstatus: draft\naliases: [{0}]\n---\n{0}\n", WORDS[0]),
    );
    for (path, text) in &files {
        let path = folder.path().join("project").join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let run = |arguments: &[&str]| {
        let mut program = Command::new(env!("CARGO_BIN_EXE_rapporteur"));
        let ended =
            program.args(arguments).current_dir(folder.path().join("project")).output().expect("it runs");
        assert!(ended.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ended.stderr));
    };
    let traces = |below: &str| {
        let entries = walkdir::WalkDir::new(folder.path().join(below)).into_iter().filter_map(Result::ok);
        let traces = entries.filter(|entry| {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            memchr::memmem::find(&bytes, WORDS[0].as_bytes()).is_some()
                || entry.file_name().to_string_lossy().contains(WORDS[0])
        });
        traces.map(|entry| entry.path().display().to_string()).collect::<Vec<_>>()
    };
    // A review build for colleagues, then the one for readers, side by side and one in the other's place.
    run(&["build", "--drafts", "--output", "../www/site"]);
    assert!(!traces("www/site").is_empty(), "a review build shows drafts");
    run(&["build", "--output", "../www/site"]);
    assert_eq!(traces("www"), [""; 0]);
    run(&["build", "--output", "../www/other"]);
    run(&["build", "--output", "../www/other"]);
    assert_eq!(traces("www"), [""; 0]);
    run(&["ledger"]);
    let ledger = fs::read_dir(folder.path().join("project")).expect("a folder").filter_map(Result::ok);
    let told =
        ledger.filter(|entry| fs::read_to_string(entry.path()).is_ok_and(|text| text.contains(WORDS[0])));
    assert_eq!(told.count(), 0);
}
