//! What is begun at the desk checks clean, is no reader's business yet, and takes nobody's place.

use crate::desk::Desk;
use crate::importing::{Folder, Run};

const DEBATE: &str = "2025-03-04-the-ferry-to-heron-island";

impl Desk {
    /// Runs something that must go well and leave a site without a remark.
    fn clean(&self, arguments: &[&str]) -> Run {
        let run = self.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.said);
        let check = self.run(&["check", "--as-of", "2026-01-01"]);
        assert!(check.code == 0 && check.said.contains("no mistakes"), "{arguments:?}: {}", check.said);
        run
    }

    /// Runs something that must be refused, say these words, and write nothing.
    fn refused(&self, arguments: &[&str], words: &[&str]) {
        let before = self.0.files("site/content");
        let run = self.run(arguments);
        assert_eq!(run.code, 1, "{arguments:?}: {}", run.said);
        for words in words {
            assert!(run.said.contains(words), "{arguments:?} does not say {words}: {}", run.said);
        }
        assert_eq!(self.0.files("site/content"), before, "{arguments:?}");
    }
}

#[test]
fn everything_that_is_begun_checks_clean_with_every_key() {
    let desk = Desk::new();
    desk.clean(&["new", "topic", "Harbour: dues"]);
    assert_eq!(desk.read("content/topics/harbour-dues.md"), "---\ntitle: \"Harbour: dues\"\n---\n");
    desk.clean(&[
        "new",
        "topic",
        "Second boats",
        "--slug",
        "boats",
        "--summary",
        "Whether there will be one.",
        "--related",
        "island-ferries",
        "--parent",
        "harbour-dues",
        "--alias",
        "second-boat",
        "--key-point",
        &format!("{DEBATE}#p6=A timetable is promised."),
    ]);
    desk.clean(&["new", "person", "Ada Quill"]);
    desk.clean(&[
        "new",
        "person",
        "Bo Reed",
        "--sort-name",
        "Reed, Bo",
        "--alias",
        "Mr Reed",
        "--office",
        "Clerk;2024-01-01;2025-01-01",
        "--party",
        "Reeds",
        "--constituency",
        "North Quay",
        "--link",
        "Own page=https://reed.example/",
        "--id",
        "register=17",
        "--former",
        "robert-reed",
    ]);
    assert!(
        desk.read("content/people/bo-reed.yaml")
            .contains("- { title: Clerk, from: \"2024-01-01\", to: \"2025-01-01\" }")
    );
    desk.clean(&["new", "page", "About us", "--summary", "Who we are."]);
    desk.clean(&["new", "page", "Not yet", "--draft"]);
    assert_eq!(desk.read("content/pages/not-yet.md"), "---\ntitle: Not yet\nstatus: draft\n---\n");
    desk.clean(&["new", "person", "Cy Nobody", "--draft"]);
    desk.clean(&["new", "topic", "Some day", "--draft"]);
    desk.clean(&[
        "new",
        "briefing",
        "After the ferry debate",
        "--summary",
        "What was promised.",
        "--author",
        "Briefing desk",
        "--date",
        "2025-03-10",
        "--expires",
        "2027-01-01",
        "--topic",
        "island-ferries",
        "--debate",
        DEBATE,
    ]);
    desk.clean(&[
        "new",
        "debate",
        "Harbour dues",
        "--date",
        "2025-04-01",
        "--house",
        "Assembly of the Saltings",
        "--chair",
        "ada-quill",
        "--time",
        "16:05",
        "--source",
        "Made up",
        "--source-url",
        "https://example.org/",
        "--licence",
        "CC0 1.0",
        "--language",
        "en-GB",
        "--speaker",
        "First Speaker=bo-reed",
        "--summary",
        "Dues.",
    ]);
    let transcript = desk.read("content/debates/2025-04-01-harbour-dues/transcript.md");
    assert!(transcript.starts_with("# Harbour dues\n\n### First Speaker:"), "{transcript}");
    // Nothing of it is public that says nothing yet.
    assert_eq!(desk.run(&["build"]).code, 0);
    let published = desk.0.files("site/output");
    for hidden in ["2025-04-01-harbour-dues", "after-the-ferry-debate"] {
        assert!(!published.keys().any(|path| path.contains(hidden)), "{hidden}");
    }
    let words = ["Put the words of the debate here", "What happened, and why it matters"];
    for (path, bytes) in &published {
        let text = String::from_utf8_lossy(bytes);
        assert!(!words.iter().any(|words| text.contains(words)), "{path}");
    }
}

#[test]
fn a_name_that_is_taken_or_unknown_is_refused() {
    let desk = Desk::new();
    desk.refused(
        &["new", "topic", "Island ferries"],
        &["there is a topic `island-ferries` already", "--slug"],
    );
    desk.refused(&["new", "person", "Ida Fenwick"], &["there is a person `ida-fenwick` already"]);
    desk.refused(&["new", "topic", "X", "--slug", "No Slug"], &["`No Slug` is no name for an address"]);
    desk.refused(
        &["new", "briefing", "B", "--topic", "island-feries"],
        &["there is no topic `island-feries`; did you mean `island-ferries`?"],
    );
    desk.refused(&["new", "topic", "T", "--parent", "harbours"], &["there is no topic `harbours`"]);
    // What only the whole site can tell is told too, before anything is written.
    desk.refused(&["new", "topic", "T", "--key-point", "nowhere#p1=It is so."], &["nothing was written"]);
    desk.refused(&["new", "debate", "T", "--date", "2025-01-01", "--time", "noon"], &["nothing was written"]);
}

#[test]
fn a_note_of_every_kind_is_begun_as_a_draft_that_checks_clean() {
    let desk = Desk::new();
    let quote = "before the end of the summer";
    for kind in
        ["note", "claim", "commitment", "fact-check", "context", "question", "definition", "cross-reference"]
    {
        let run = desk.clean(&[
            "new",
            "note",
            DEBATE,
            "--quote",
            quote,
            "--kind",
            kind,
            "--sheet",
            "ferry.notes.yaml",
        ]);
        assert!(run.said.contains("status: draft"), "{}", run.said);
    }
    let sheet = desk.read(&format!("content/debates/{DEBATE}/ferry.notes.yaml"));
    for wanted in ["# verdict: ", "# sources: ", "# see: "] {
        assert_eq!(sheet.matches(wanted).count(), 1, "{wanted} is to be filled in");
    }
    // The sheet's own standing is another: no placeholder gets out all the same.
    assert!(sheet.contains("defaults: { author: Briefing desk, status: in-review"));
    assert_eq!(desk.run(&["build"]).code, 0);
    for (path, bytes) in desk.0.files("site/output") {
        assert!(!String::from_utf8_lossy(&bytes).contains("Why this matters."), "{path}");
    }
    let draft = "kind: fact-check\n    status: draft";
    assert!(sheet.contains(draft), "{sheet}");
    let path = format!("content/debates/{DEBATE}/ferry.notes.yaml");
    desk.put(&path, &sheet.replace(draft, "kind: fact-check\n    status: in-review"));
    let check = desk.run(&["check"]);
    assert!(check.code == 1 && check.said.contains("kind-needs-key"), "{}", check.said);
    assert!(
        check.said.contains("unwritten-note"),
        "a placeholder that readers would see is told of: {}",
        check.said
    );
}

#[test]
fn every_key_of_a_note_has_a_flag() {
    let desk = Desk::new();
    desk.clean(&[
        "new",
        "note",
        DEBATE,
        "--quote",
        "We will publish a timetable for a second boat before the end of the summer",
        "--kind",
        "commitment",
        "--id",
        "timetable",
        "--title",
        "A timetable: when?",
        "--body",
        "One line.\n\nAnother: #2.",
        "--owed-by",
        "tobias-marl",
        "--due-said",
        "before the end of the summer",
        "--due-by",
        "2025-09-22",
        "--outcome",
        "open",
        "--outcome-note",
        "Not yet.",
        "--outcome-as-of",
        "2025-05-01",
        "--author",
        "Ann: desk",
        "--status",
        "in-review",
        "--date",
        "2025-03-05",
        "--topic",
        "island-ferries",
        "--source",
        "https://example.org/a",
    ]);
    desk.clean(&[
        "new",
        "note",
        DEBATE,
        "--at",
        "p2",
        "--kind",
        "fact-check",
        "--verdict",
        "unsupported",
        "--source",
        "The island’s own log",
        "--see",
        "timetable",
        "--see",
        &format!("{DEBATE}/who-answers"),
        "--body",
        "Said once.",
    ]);
    desk.clean(&[
        "new",
        "note",
        DEBATE,
        "--quote",
        "The honourable member",
        "--kind",
        "definition",
        "--term",
        "honourable member",
        "--identifies",
        "ida-fenwick",
        "--basis",
        "She spoke before.",
        "--sic",
        "the honourable Member",
        "--embargo",
        "2025-04-01",
        "--body",
        "How members speak of each other.",
    ]);
    let sheet = desk.read(&format!("content/debates/{DEBATE}/new.notes.yaml"));
    for line in [
        "    due: { said: before the end of the summer, by: 2025-09-22 }",
        "    outcome: { state: open, as_of: 2025-05-01, note: Not yet. }",
        "    title: \"A timetable: when?\"",
        "    body: |\n      One line.\n\n      Another: #2.\n",
        "    identifies: { person: ida-fenwick, basis: She spoke before. }",
        "    sources: [{ title: \"https://example.org/a\", url: \"https://example.org/a\" }]",
    ] {
        assert!(sheet.contains(line), "no {line}:\n{sheet}");
    }
    desk.clean(&["new", "note", DEBATE, "--at", "debate", "--body", "    set in\nless\n"]);
    desk.refused(&["new", "note", DEBATE, "--at", "p99"], &["p99", "nothing was written"]);
    desk.refused(&["new", "note", DEBATE, "--at", "para 2"], &["`para 2` is no place"]);
    desk.refused(
        &["new", "note", DEBATE, "--at", "p2", "--status", "in-review"],
        &["without a --body is a draft"],
    );
    desk.refused(&["new", "note", DEBATE, "--at", "p2", "--id", "timetable"], &["is the id of another note"]);
    desk.refused(&["new", "note", DEBATE, "--at", "p2", "--kind", "clam"], &["there is no kind `clam`"]);
}

#[test]
fn an_unknown_topic_is_refused_or_begun_when_that_is_asked_for() {
    let desk = Desk::new();
    let note = ["new", "note", DEBATE, "--quote", "forty years old", "--topic"];
    desk.refused(
        &[&note[..], &["island-ferrys"]].concat(),
        &["there is no topic `island-ferrys`; did you mean `island-ferries`?", "--create-topic"],
    );
    desk.clean(&[&note[..], &["old-boats", "--create-topic"]].concat());
    assert_eq!(desk.read("content/topics/old-boats.md"), "---\ntitle: Old boats\n---\n");
    desk.refused(&[&note[..], &["Old Boats", "--create-topic"]].concat(), &["`Old Boats` is no name"]);
}

#[test]
fn a_note_is_set_in_as_its_sheet_is_and_ends_its_lines_as_that_does() {
    let desk = Desk::new();
    let path = format!("content/debates/{DEBATE}/wide.notes.yaml");
    let before = "annotations: # ours\r\n    one:\r\n          at: p1\r\n          body: |\r\n              Words.\r\n";
    desk.put(&path, before);
    desk.clean(&[
        "new",
        "note",
        DEBATE,
        "--quote",
        "forty years old",
        "--sheet",
        "wide.notes.yaml",
        "--body",
        "A.\n\n    code",
    ]);
    let after = desk.read(&path);
    let added = after.strip_prefix(before).expect("what was there stays");
    assert!(added.starts_with("    forty-years:\r\n          at: p5\r\n          quote: >-\r\n                forty years old\r\n"), "{added:?}");
    assert!(added.ends_with("A.\r\n\r\n                    code\r\n"), "{added:?}");
    assert_eq!(added.matches('\n').count(), added.matches("\r\n").count());
}

#[test]
fn editors_are_told_of_the_names_that_came_and_of_those_that_went() {
    let desk = Desk::new();
    let schema = || desk.read(".rapporteur/annotations.schema.json");
    desk.clean(&["new", "topic", "Harbour dues"]);
    assert!(schema().contains("\"harbour-dues\""));
    desk.clean(&["rename", "topic", "harbour-dues", "dues"]);
    assert!(schema().contains("\"dues\"") && !schema().contains("\"harbour-dues\""));
}

#[test]
fn nothing_is_begun_where_there_is_no_site() {
    let folder = Folder::new();
    std::fs::remove_file(folder.path().join("rapporteur.yaml")).expect("it goes");
    let run = folder.run(&["new", "topic", "Dues"]);
    assert!(run.code == 2 && run.said.contains("`rapporteur init` begins a site"), "{}", run.said);
    assert!(folder.files("").is_empty());
}

#[cfg(unix)]
#[test]
fn what_is_begun_opens_in_the_editor_that_the_environment_names() {
    let desk = Desk::new();
    let run = |editor: &str, title: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(["new", "page", title, "--edit"])
            .current_dir(desk.root())
            .env("EDITOR", editor)
            .env_remove("VISUAL")
            .output()
            .expect("the program runs")
    };
    assert!(run("sed -i s/title/title/w../seen", "One").status.success());
    assert!(desk.0.read("seen").contains("title"));
    let failed = run("false", "Two");
    assert_eq!(failed.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&failed.stderr).contains("the file is written"));
    assert_eq!(run("", "Three").status.code(), Some(2));
    assert!(!desk.root().join("content/pages/three.md").exists());
}
