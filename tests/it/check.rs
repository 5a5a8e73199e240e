//! `check`, beyond what a build would refuse: the finished site, what nobody uses, what a change has brought.

use crate::desk::Desk;
use std::process::Command;

const SHEET: &str = "content/debates/2025-03-04-the-ferry-to-heron-island/ferry.notes.yaml";

/// Git in the site's folder.
fn git(desk: &Desk, arguments: &[&str]) {
    let done = Command::new("git")
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main"])
        .args(arguments)
        .current_dir(desk.root())
        .output()
        .expect("git runs");
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn every_address_of_the_finished_site_is_followed() {
    let desk = Desk::new();
    for base in [None, Some("https://example.org/b/")] {
        let mut arguments = vec!["check", "--thorough", "--format", "short"];
        arguments.extend(base.map(|base| ["--base-url", base]).into_iter().flatten());
        let run = desk.run(&arguments);
        assert!(run.code == 0 && !run.said.contains("dead-link"), "{base:?}: {}", run.said);
    }
    // HTML that is copied as it is leads where nothing is, and to a place that a page has not.
    desk.put("static/page.html", "<!doctype html><title>x</title><a href=\"index.html#nothing\">a</a><a href=\"gone.pdf\">b</a><a href=\"topics/index.html\">c</a>");
    let run = desk.run(&["check", "--thorough"]);
    assert_eq!(run.code, 1, "{}", run.said);
    for said in ["leads to `index.html#nothing`", "leads to `gone.pdf`", "from page.html"] {
        assert!(run.said.contains(said), "{said}: {}", run.said);
    }
    assert_eq!(run.said.matches("dead-link").count(), 2, "{}", run.said);
    assert_eq!(desk.run(&["check"]).code, 0, "a check that is not thorough is as quick as it was");
}

#[test]
fn what_somebody_should_look_at_is_said_and_can_be_denied() {
    let desk = Desk::new();
    desk.put("content/topics/boats.md", "---\ntitle: Boats\n---\n");
    desk.put("content/people/nobody.yaml", "name: No Body\n");
    desk.put("content/sources.yaml", "log: { title: The log }\n");
    let sheet = desk.read(SHEET);
    let (_, entry) = sheet.split_once("  who-answers:").expect("an entry");
    let dated = sheet.replace(
        "due: { said: before the end of the summer }",
        "due: { said: before the end of the summer, by: 2025-08-31 }",
    );
    desk.put(SHEET, &format!("{dated}\n  again:{entry}"));
    let run = desk.run(&["check", "--thorough", "--as-of", "2026-01-01", "--format", "short"]);
    assert_eq!(run.code, 0, "{}", run.said);
    for (code, place) in [
        ("unused-topic", "content/topics/boats.md"),
        ("unused-person", "content/people/nobody.yaml"),
        ("unused-source", "content/sources.yaml:1:1"),
        ("overdue-commitment", SHEET),
        ("doubled-note", SHEET),
        ("unsourced-claim", SHEET),
    ] {
        let line = run
            .said
            .lines()
            .find(|line| line.contains(code))
            .unwrap_or_else(|| panic!("{code}: {}", run.said));
        assert!(line.starts_with(place), "{line}");
    }
    let denied = desk.run(&["check", "--thorough", "--deny", "warnings"]);
    assert!(denied.code == 1 && denied.said.contains("error[unused-topic]"), "{}", denied.said);
    assert_eq!(desk.run(&["check", "--deny", "warnings", "--as-of", "2026-01-01"]).code, 0);
}

#[test]
fn one_cause_is_told_once_with_its_places() {
    let desk = Desk::new();
    let sheet = desk.read(SHEET);
    let mut text = sheet.replace("    kind: claim\n", "    kind: claim\n    topics: [island-fery]\n");
    text = text.replace("    kind: question\n", "    kind: question\n    topics: [island-fery]\n");
    desk.put(SHEET, &text);
    let run = desk.run(&["check"]);
    assert_eq!(run.said.matches("there is no topic `island-fery`").count(), 1, "{}", run.said);
    assert!(
        run.said.contains("the same at content/debates/") && run.said.contains("2 errors"),
        "{}",
        run.said
    );
    let lines = desk.run(&["check", "--format", "short"]);
    assert_eq!(lines.said.matches("there is no topic `island-fery`").count(), 2, "{}", lines.said);
}

#[test]
fn only_what_was_not_wrong_before_is_said() {
    let desk = Desk::new();
    desk.put("content/topics/old.md", "---\ntitle: Old\nrelatd: [x]\n---\n");
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "-A"]);
    git(&desk, &["commit", "-q", "-m", "As it was"]);
    assert_eq!(desk.run(&["check"]).code, 1);
    let run = desk.run(&["check", "--changed-since", "HEAD"]);
    assert!(run.code == 0 && run.said.contains("1 mistake is not said"), "{}", run.said);
    // Lines above it move the old mistake, and what goes away breaks what stays.
    desk.put("content/topics/old.md", "---\n# A remark.\ntitle: Old\nrelatd: [x]\n---\n");
    std::fs::remove_file(desk.root().join("content/topics/island-ferries.md")).expect("it goes");
    let run = desk.run(&["check", "--changed-since", "HEAD", "--format", "short"]);
    assert!(
        run.code == 1 && run.said.contains("unknown-topic") && !run.said.contains("relatd"),
        "{}",
        run.said
    );
    let run = desk.run(&["check", "--changed-since", "no-such"]);
    assert!(run.code == 2 && run.said.contains("git knows no revision `no-such`"), "{}", run.said);
    assert_eq!(desk.run(&["check", "--changed-since", "--output=x"]).code, 2);
}

#[test]
fn a_mistyped_topic_of_a_sheet_is_told_once_and_not_of_each_entry_that_takes_it_away() {
    let desk = Desk::new();
    let sheet = desk.read(SHEET);
    let line = sheet.lines().find(|line| line.contains("topics:")).expect("topics").to_owned();
    assert!(line.contains("island-ferries"), "{line}");
    let mut wrong = sheet.replacen("island-ferries", "island-feries", 1);
    wrong = wrong.replacen("    at: p7\n", "    at: p7\n    topics: [-island-ferries]\n", 1);
    desk.put(SHEET, &wrong);
    let run = desk.run(&["check", "--format", "short"]);
    assert!(run.code == 1 && run.said.contains("unknown-topic"), "{}", run.said);
    assert!(!run.said.contains("topic-not-given"), "{}", run.said);
    // Where the sheet's topics are right, taking away one that is not given is told.
    desk.put(SHEET, &sheet.replacen("    at: p7\n", "    at: p7\n    topics: [-boats]\n", 1));
    assert!(desk.run(&["check", "--format", "short"]).said.contains("topic-not-given"));
}
