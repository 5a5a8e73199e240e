//! Lists say what the site holds, published or not, and what waits for somebody.

use crate::desk::{begun, run_in};
use crate::importing::{Folder, Run};

const DEBATE: &str = "2025-03-04-the-ferry-to-heron-island";

const SHEET: &str = "annotations:
  late:
    at: p6
    quote: We will publish a timetable
    kind: commitment
    status: in-review
    author: Ann
    due: { said: publish a timetable, by: 2025-09-22 }
  kept:
    at: p6
    kind: commitment
    status: in-review
    due: { said: soon, by: 2025-04-01 }
    outcome: { state: kept, as_of: 2025-05-01, sources: [{ title: The timetable }] }
  lost:
    at: p1
    quote: These words are nowhere
    status: draft
  held:
    at: p2
    status: in-review
    date: 2025-06-01
    embargo: 2026-02-01
";

/// A site with a sheet more.
fn desk() -> Folder {
    let folder = begun();
    folder.put(&format!("site/content/debates/{DEBATE}/more.notes.yaml"), SHEET);
    folder.put("site/content/topics/bridges.md", "---\ntitle: Bridges\n---\n");
    folder.put("site/content/people/ada-quill.yaml", "name: Ada Quill\n");
    folder.put(
        "site/content/briefings/ferry.md",
        "---\ntitle: The ferry\nstatus: in-review\nexpires: 2026-01-20\ntopics: [island-ferries]\n---\nWords.\n",
    );
    folder
}

fn run(folder: &Folder, arguments: &[&str]) -> Run {
    let run = run_in(&folder.path().join("site"), &[arguments, &["--as-of", "2026-01-01"]].concat());
    assert_eq!(run.code, 0, "{arguments:?}: {}", run.said);
    run
}

/// The values of a column.
fn column(folder: &Folder, name: &str, arguments: &[&str]) -> Vec<String> {
    let said = run(folder, &[arguments, &["--format", "json"]].concat()).said;
    let rows =
        said.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("an object a line"));
    rows.map(|row| row[name].as_str().expect("a text").to_owned()).collect()
}

#[test]
fn notes_are_listed_by_who_wrote_them_how_far_they_are_and_what_they_are_on() {
    let folder = desk();
    let notes = |arguments: &[&str]| column(&folder, "note", &[&["list", "notes"], arguments].concat());
    assert_eq!(notes(&[]).len(), 7);
    assert_eq!(notes(&["--author", "Ann"]), ["late"]);
    assert_eq!(notes(&["--status", "draft"]), ["lost"]);
    assert_eq!(notes(&["--topic", "island-ferries"]).len(), 3);
    assert_eq!(notes(&["--since", "2025-05-01"]), ["held"]);
    assert_eq!(notes(&["--kind", "question"]), ["who-answers"]);
    let table = run(&folder, &["list", "notes", "--author", "Ann"]).said;
    assert!(table.starts_with("debate") && table.contains("more.notes.yaml:2"), "{table}");
    let csv = run(&folder, &["list", "notes", "--author", "Ann", "--csv"]).said;
    assert!(csv.starts_with("debate,note,kind,status,author,topics,date,place,words\n"), "{csv}");
    let wrong = run_in(&folder.path().join("site"), &["list", "notes", "--topic", "island-ferry"]);
    assert!(wrong.code == 1 && wrong.said.contains("did you mean `island-ferries`?"), "{}", wrong.said);
    assert_eq!(run_in(&folder.path().join("site"), &["list", "notes", "--kind", "clam"]).code, 1);
}

#[test]
fn commitments_are_overdue_by_the_day_until_they_are_kept() {
    let folder = desk();
    let overdue = ["list", "commitments", "--overdue"];
    assert_eq!(column(&folder, "note", &overdue), ["late"]);
    assert_eq!(column(&folder, "note", &["list", "commitments"]).len(), 3);
    let before =
        run_in(&folder.path().join("site"), &[&overdue[..], &["--as-of", "2025-09-22", "--csv"]].concat());
    assert_eq!(before.said.lines().count(), 1, "the day itself is in time: {}", before.said);
}

#[test]
fn what_nothing_uses_and_what_nobody_sees_is_found() {
    let folder = desk();
    assert_eq!(column(&folder, "topic", &["list", "topics"]), ["bridges", "island-ferries"]);
    assert_eq!(column(&folder, "topic", &["list", "topics", "--unused"]), ["bridges"]);
    assert_eq!(column(&folder, "person", &["list", "people", "--unused"]), ["ada-quill"]);
    let speeches = column(&folder, "speeches", &["list", "people"]);
    assert_eq!(speeches, ["0", "3", "1"]);
    assert_eq!(column(&folder, "drafts", &["list", "debates"]), ["1"]);
    let names = column(&folder, "name", &["list", "unpublished"]);
    assert_eq!(names, [format!("{DEBATE}/lost"), format!("{DEBATE}/held")]);
    let why = column(&folder, "why", &["list", "unpublished"]);
    assert_eq!(why, ["draft", "embargo until 2026-02-01"]);
}

#[test]
fn what_waits_for_somebody_is_listed_with_its_day() {
    let folder = desk();
    let said = run(&folder, &["todo", "--within", "40"]).said;
    for (what, name) in [
        ("unplaced", "lost"),
        ("review", "kept"),
        ("past due", "late"),
        ("expires", "ferry"),
        ("embargo ends", "held"),
    ] {
        let line = said.lines().find(|line| line.starts_with(what) && line.contains(name));
        assert!(line.is_some(), "{what} {name}: {said}");
    }
    let soon = run(&folder, &["todo", "--within", "5"]).said;
    assert!(!soon.contains("expires") && !soon.contains("embargo ends"), "{soon}");
    let bare = begun();
    let sheet =
        bare.read(&format!("site/content/debates/{DEBATE}/ferry.notes.yaml")).replace("in-review", "draft");
    bare.put(&format!("site/content/debates/{DEBATE}/ferry.notes.yaml"), sheet);
    assert_eq!(run(&bare, &["todo"]).said, "nothing waits for anybody\n");
}

#[test]
fn a_site_is_counted() {
    let folder = desk();
    let said = run(&folder, &["stats", "--csv"]).said;
    for line in [
        "debates,1",
        "people,3",
        "speakers,2",
        "topics,2",
        "briefings,1",
        "notes,7",
        "notes: draft,1",
        "commitments past due,1",
    ] {
        assert!(said.lines().any(|found| found == line), "no {line}: {said}");
    }
}
