//! The real program, run as its user runs it, on copies of the demonstration.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const DEBATE: &str = "content/debates/2012-12-20-human-trafficking";

/// A copy of the demonstration.
pub(crate) struct Site(TempDir);

impl Site {
    pub(crate) fn demo() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for top in ["content", "rapporteur.yaml"] {
            copy(&root.join(top), &folder.path().join(top));
        }
        Site(folder)
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        Run(output)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub(crate) fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        fs::write(self.path(path), text.replacen(from, to, 1)).expect("a file");
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in
        walkdir::WalkDir::new(from).into_iter().map(|entry| entry.expect("the repository can be read"))
    {
        let below = entry.path().strip_prefix(from).expect("it is below");
        // Joining nothing would add a slash to a file's path.
        let target = if below.as_os_str().is_empty() { to.to_owned() } else { to.join(below) };
        match entry.file_type().is_dir() {
            true => fs::create_dir_all(target).expect("a folder"),
            false => fs::copy(entry.path(), target).map(drop).expect("a file"),
        }
    }
}

pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().expect("it was not killed")
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8_lossy(&self.0.stdout).into_owned()
    }

    pub(crate) fn err(&self) -> String {
        String::from_utf8_lossy(&self.0.stderr).into_owned()
    }
}

#[test]
fn a_build_says_what_it_made_and_a_second_one_changes_nothing() {
    let site = Site::demo();
    let first = site.run(&[]);
    assert_eq!(first.code(), 0, "{}", first.err());
    assert!(first.out().contains("1 debate, 40 notes, 1,512 words"), "{}", first.out());
    assert!(first.out().contains("~0 −0"), "{}", first.out());
    let before = site.read("output/topics/data/index.html");
    let second = site.run(&["build"]);
    assert!(second.out().contains("+0 ~0 −0"), "{}", second.out());
    assert_eq!(site.read("output/topics/data/index.html"), before);
}

#[test]
fn ten_mistakes_are_told_in_one_run() {
    let site = Site::demo();
    let data = format!("{DEBATE}/data.notes.yaml");
    site.edit(&data, "tip of the", "top of the");
    site.edit(&format!("{DEBATE}/debate.yaml"), "title: Human Trafficking", "title: [Human Trafficking]");
    site.edit("content/topics/data.md", "title:", "titel:");
    site.edit(
        "content/briefings/human-trafficking-after-the-debate.md",
        "title:",
        "date: 2013-02-30\ntitle:",
    );
    let more = "annotations:\n  a: { at: p99, body: x }\n  b: { at: p2, knd: claim }\n  c: { at: p8, quote: local government }\n  d: { at: p1, topics: [dta] }\n  e: { at: p1, body: '[“the guidance is muddy”](#p12)' }\n  f: { at: p1, body: '[x](../topics/nowhere.md)' }\n";
    fs::write(site.path(&format!("{DEBATE}/more.notes.yaml")), more).expect("a file");
    let run = site.run(&["check", "--format", "json"]);
    assert_eq!(run.code(), 1);
    let out = run.out();
    let objects: Vec<serde_json::Value> =
        out.lines().map(|line| serde_json::from_str(line).expect("an object a line")).collect();
    for code in [
        "lost-quote",
        "wrong-type",
        "unknown-key",
        "unknown-paragraph",
        "ambiguous-quote",
        "unknown-topic",
        "misquotation",
        "broken-link",
    ] {
        let found = objects
            .iter()
            .find(|object| object["code"] == code)
            .unwrap_or_else(|| panic!("no {code} in {out}"));
        for key in ["severity", "file", "line", "column", "end_line", "end_column", "message", "help"] {
            assert!(!found[key].is_null(), "{code} has no {key}");
        }
    }
    assert!(objects.iter().filter(|object| object["severity"] == "error").count() >= 10, "{out}");
    let short = site.run(&["check", "--format", "short"]).out();
    assert!(short.contains("more.notes.yaml:3:16: error[unknown-key]"), "{short}");
    let human = site.run(&["check"]).err();
    assert!(human.contains("^^^") && human.contains("did you mean `kind`?"), "{human}");
}

#[test]
fn a_build_with_mistakes_leaves_the_old_site_and_keep_going_publishes_the_rest() {
    let site = Site::demo();
    assert_eq!(site.run(&[]).code(), 0);
    let before = site.read("output/index.html");
    site.edit(&format!("{DEBATE}/data.notes.yaml"), "tip of the", "top of the");
    let failed = site.run(&["build"]);
    assert_eq!(failed.code(), 1);
    assert!(failed.err().contains("nothing was published"), "{}", failed.err());
    assert_eq!(site.read("output/index.html"), before);
    let rest = site.run(&["build", "--keep-going"]);
    assert_eq!(rest.code(), 1, "there are still mistakes");
    assert!(
        !site
            .read("output/debates/2012-12-20-human-trafficking/index.html")
            .contains("How large is the rest?")
    );
}

#[test]
fn usage_and_the_machine_are_exit_code_two() {
    let site = Site::demo();
    assert_eq!(site.run(&["--help"]).code(), 0);
    assert_eq!(site.run(&["build", "--nonsense"]).code(), 2);
    assert_eq!(site.run(&["--root", "nowhere"]).code(), 2);
    fs::create_dir(site.path("mine")).expect("a folder");
    fs::write(site.path("mine/thesis.txt"), "mine").expect("a file");
    for output in ["mine", "content/output", "."] {
        let run = site.run(&["--output", output]);
        assert_eq!(run.code(), 2, "{output}: {}", run.err());
    }
    assert_eq!(site.read("mine/thesis.txt"), "mine");
    fs::remove_file(site.path("rapporteur.yaml")).expect("it was there");
    let run = site.run(&[]);
    assert_eq!(run.code(), 1);
    assert!(run.err().contains("no-configuration"), "{}", run.err());
}

#[test]
fn quotations_of_any_document_are_answered() {
    let site = Site::demo();
    let speech = "He said “the cases referred through the national referral mechanism”. He said \"Where there is evidence that a suspect has been under duress, the prosecutor should proceed\". And “nobody ever said these words here”.\n";
    fs::write(site.path("speech.txt"), speech).expect("a file");
    let run = site.run(&["check-quotes", "speech.txt"]);
    assert_eq!(run.code(), 1);
    let out = run.out();
    assert!(out.contains("MISQUOTED") && out.contains("{+not+}"), "{out}");
    assert!(out.contains("in no debate here: “nobody ever said"), "{out}");
    fs::write(site.path("good.html"), "<p>He said &ldquo;only the tip of the iceberg&rdquo;.</p>")
        .expect("a file");
    let run = site.run(&["check-quotes", "good.html"]);
    assert_eq!(run.code(), 0, "{}", run.out());
    assert!(run.out().contains("verbatim") && run.out().contains("para 2"), "{}", run.out());
}

/// What `check-quotes` says of a document: the exit code, and the verdicts in order.
fn verdicts(site: &Site, name: &str, text: &str) -> (i32, Vec<String>) {
    fs::write(site.path(name), text).expect("a file");
    let run = site.run(&["--format", "json", "check-quotes", name]);
    let lines: Vec<serde_json::Value> =
        run.out().lines().map(|line| serde_json::from_str(line).expect("an object on each line")).collect();
    let verdict = |line: &serde_json::Value| Some(line["verdict"].as_str()?.to_owned());
    (run.code(), lines.iter().filter_map(verdict).collect())
}

#[test]
fn a_quotation_is_held_to_the_speaker_that_the_document_names() {
    let site = Site::demo();
    let words = "“only the tip of the iceberg”";
    let who = "Mark Harper";
    for (text, verdict) in [
        (format!("It is {words}."), "verbatim"),
        (format!("{who} said that it is {words}."), "verbatim"),
        (format!("It is {words}, said Mr Harper."), "verbatim"),
        (format!("Kate Green said that it is {words}."), "misattributed"),
        (format!("It is {words}, Ms Green told the House."), "misattributed"),
        (format!("Eve Nobody: {words}"), "misattributed"),
        (format!("> {}\n>\n> — Kate Green", words.trim_matches(['“', '”'])), "misattributed"),
        (format!("He told Kate Green that it is {words}."), "verbatim"),
    ] {
        let (code, found) = verdicts(&site, "speech.md", &text);
        assert_eq!(found, [verdict], "{text}");
        assert_eq!(code, i32::from(verdict != "verbatim"), "{text}");
    }
    let run = site.run(&["check-quotes", "speech.md"]);
    assert!(
        run.out().contains("Mark Harper") && run.out().contains("1 quotation: 1 verbatim"),
        "{}",
        run.out()
    );
}

#[test]
fn what_is_wrong_with_a_quotation_has_a_verdict_of_its_own() {
    let site = Site::demo();
    let link = "content/debates/2012-12-20-human-trafficking";
    for (text, verdict) in [
        ("It is “only the tip [as they say] of the iceberg”.".to_owned(), "bracketed"),
        (format!("[“only the tip of the iceberg”]({link}/#p12)"), "quoted-elsewhere"),
        (format!("[“only the tip of the iceberg”]({link}/#p2)"), "verbatim"),
        ("“Only the tip of the iceberg,” they said.".to_owned(), "verbatim"),
        ("It is “only the tip of the iceberg, and so on.".to_owned(), "unclosed"),
        ("“Paper [all of it] was never spoken of at length here”".to_owned(), "not-found"),
    ] {
        let (code, found) = verdicts(&site, "speech.md", &text);
        assert_eq!(found, [verdict], "{text}");
        assert_eq!(code, i32::from(verdict != "verbatim"), "{text}");
    }
}

#[test]
fn a_document_that_cannot_be_read_is_exit_code_two_and_the_others_are_checked() {
    let site = Site::demo();
    fs::write(site.path("good.txt"), "It is “only the tip of the iceberg”.\r\n").expect("a file");
    fs::write(site.path("bad.docx"), "words").expect("a file");
    fs::write(site.path("empty.md"), "").expect("a file");
    let run = site.run(&["check-quotes", "bad.docx", "content", "good.txt", "empty.md"]);
    assert_eq!(run.code(), 2);
    assert!(run.err().contains("bad.docx") && run.err().contains("a folder"), "{}", run.err());
    assert!(run.out().contains("good.txt:1:7: verbatim"), "{}", run.out());
    assert!(run.out().contains("empty.md: no quotations"), "{}", run.out());
}

#[test]
fn an_elision_that_reverses_the_meaning_is_refused() {
    let site = Site::demo();
    for (at, quote) in [
        ("p12", "the prosecutor should [...] proceed"),
        ("p11", "child guardians, which we have [...] introduced"),
        ("p10", "There was certainly [...] deliberate intention"),
    ] {
        let sheet = format!("annotations:\n  cut:\n    at: {at}\n    quote: >-\n      {quote}\n");
        fs::write(site.path(&format!("{DEBATE}/cut.notes.yaml")), &sheet).expect("a file");
        assert!(site.run(&["check"]).err().contains("material-elision"), "{quote}");
        let new = site.run(&["new", "note", "2012-12-20-human-trafficking", "--dry-run", "--quote", quote]);
        assert_eq!(new.code(), 1, "{quote}: {}", new.out());
        fs::write(site.path(&format!("{DEBATE}/cut.notes.yaml")), sheet + "    elision: reviewed\n")
            .expect("a file");
        assert_eq!(site.run(&["check"]).code(), 0, "{quote}: a person has judged it");
    }
}

#[test]
fn a_new_note_is_complete_and_what_was_in_the_sheet_stays() {
    let site = Site::demo();
    let sheet = format!("{DEBATE}/data.notes.yaml");
    let before = site.read(&sheet);
    let slug = "2012-12-20-human-trafficking";
    let run = site.run(&[
        "new",
        "note",
        slug,
        "--quote",
        "the Children's Society",
        "--sheet",
        "data.notes.yaml",
        "--topic",
        "data",
    ]);
    assert_eq!(run.code(), 0, "{}", run.err());
    let after = site.read(&sheet);
    assert!(after.starts_with(&before));
    assert!(after[before.len()..].contains("the Children’s Society"), "as the record has it: {after}");
    assert_eq!(site.run(&["check"]).code(), 0);
    let twice = site.run(&["new", "note", slug, "--quote", "local government"]);
    assert_eq!(twice.code(), 1);
    assert!(twice.err().contains("p8, with `before:"), "{}", twice.err());
    assert_eq!(site.read(&sheet), after);
}

#[test]
fn a_lock_notices_a_changed_record_and_an_edited_approval() {
    let site = Site::demo();
    let sheet = format!("{DEBATE}/commitments.notes.yaml");
    site.edit(&sheet, "status: in-review", "status: draft");
    site.edit(&sheet, "    at: p11\n", "    status: approved\n    at: p11\n");
    assert!(site.run(&["check"]).err().contains("unreviewed-approval"));
    assert_eq!(site.run(&["lock"]).code(), 0);
    assert!(site.read(&format!("{DEBATE}/debate.lock")).contains("p12"));
    assert!(site.run(&["check"]).err().contains("unreviewed-approval"), "a lock approves nothing");
    let slug = "2012-12-20-human-trafficking";
    let note = site.read(&sheet);
    let (before, _) = note.split_once("    at: p11\n").expect("a note on p11");
    let id = before.lines().rev().find_map(|line| line.trim().strip_suffix(':')).expect("its id");
    let run = site.run(&["approve", &format!("{slug}/{id}"), "--by", "Legal desk", "--on", "2013-01-02"]);
    assert_eq!(run.code(), 0, "{}", run.err());
    assert!(!site.run(&["check"]).err().contains("unreviewed-approval"));
    let transcript = format!("{DEBATE}/transcript.txt");
    site.edit(&transcript, "the guidance is clear", "the guidance is Clear");
    let run = site.run(&["check"]);
    assert!(run.err().contains("changed-record"), "{}", run.err());
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let site = Site::demo();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .arg("explain")
        .current_dir(site.0.path())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[cfg(unix)]
#[test]
fn build_watch_publishes_each_good_save_and_ends_with_the_signal() {
    let site = Site::demo();
    let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
        .args(["build", "--watch"])
        .current_dir(site.0.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let page = site.path("output/debates/2012-12-20-human-trafficking/index.html");
    let until = |words: &str| {
        let end = std::time::Instant::now() + std::time::Duration::from_secs(30);
        while !fs::read_to_string(&page).is_ok_and(|text| text.contains(words)) {
            assert!(std::time::Instant::now() < end, "never published: {words}");
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
    };
    until("</html>");
    let sheet = format!("{DEBATE}/policing.notes.yaml");
    // A save with a mistake is not published; the next good one is.
    let good = site.read(&sheet);
    fs::write(site.path(&sheet), format!("{good}\n  broken: [\n")).expect("a file");
    fs::write(site.path(&sheet), good.replacen("body: |\n", "body: |\n      Words just saved.\n", 1))
        .expect("a file");
    until("Words just saved.");
    let rebuilt = fs::read(&page).expect("a page");
    rustix::process::kill_process(rustix::process::Pid::from_child(&child), rustix::process::Signal::INT)
        .expect("it runs");
    let ended = child.wait().expect("it ends");
    assert_eq!(ended.code(), Some(130));
    // What was built piece by piece is what a clean build writes.
    site.run(&["build", "--output", "clean"]);
    assert!(
        fs::read(site.path("clean/debates/2012-12-20-human-trafficking/index.html")).expect("a page")
            == rebuilt
    );
}

#[test]
fn check_says_its_mistakes_in_the_forms_that_programs_show_beside_the_lines() {
    let site = Site::demo();
    site.edit("content/topics/data.md", "title: ", "kolour: red\ntitle: ");
    let github = site.run(&["check", "--format", "github"]);
    let expected =
        "::error file=content/topics/data.md,line=2,endLine=2,col=1,endColumn=7,title=unknown-key::";
    assert!(github.out().starts_with(expected), "{}", github.out());
    let sarif = site.run(&["check", "--format", "sarif"]);
    let log: serde_json::Value =
        serde_json::from_str(&sarif.out()).expect("one JSON document and nothing else");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "unknown-key");
    assert_eq!((github.code(), sarif.code()), (1, 1));
    site.edit("content/topics/data.md", "kolour: red\n", "");
    let sound = site.run(&["check", "--format", "sarif"]);
    assert_eq!((sound.code(), sound.out().contains("\"results\":[]")), (0, true), "{}", sound.out());
}
