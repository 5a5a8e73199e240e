//! `approve`, `review`, `lock` and `accept`, run as their users run them: what is recorded of whom, when it
//! lapses, and that nothing but an approval approves.

use crate::importing::{DEBATE, Folder, TALK, talk};

const SLUG: &str = "2012-12-20-talk";
const SHEET: &str = "content/debates/2012-12-20-talk/x.notes.yaml";
const LOCK: &str = "content/debates/2012-12-20-talk/debate.lock";

/// Contributions of two speakers.
const EXCHANGE: &str = "# Talk\n\n### Ann:\n\nAlpha is one thing.\n\nBeta is two things.\n\n### Bob:\n\nGamma is three things.\n\n\
     ### Ann:\n\nDelta is four things.\n";

/// A debate with this record and these entries, all of them approved.
fn approved(record: &str, entries: &[(&str, &str)]) -> Folder {
    let folder = Folder::new();
    folder.put("a.md", record);
    assert_eq!(folder.run(&["import", "a.md", "--date", "2012-12-20"]).code, 0);
    let lines = |text: &str| text.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let sheet: String = entries.iter().map(|(id, text)| format!("  {id}:\n{}", lines(text))).collect();
    folder.put(SHEET, format!("defaults: {{ status: in-review }}\nannotations:\n{sheet}"));
    let names: Vec<String> = entries.iter().map(|(id, _)| format!("{SLUG}/{id}")).collect();
    let mut arguments = vec!["approve", "--by", "Legal desk", "--on", "2012-12-21"];
    arguments.extend(names.iter().map(String::as_str));
    let run = folder.run(&arguments);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(status(&folder, entries[0].0), "approved");
    folder
}

/// The status of a note as readers see it: where it is shown, what it says.
fn status(folder: &Folder, id: &str) -> String {
    folder.run(&["build", "--keep-going"]);
    let text = folder.read(&format!("output/debates/{SLUG}/debate.json"));
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let notes = json["notes"].as_array().expect("notes");
    let note = notes.iter().find(|note| note["id"] == id);
    note.map_or("not there", |note| note["status"].as_str().expect("a status")).to_owned()
}

/// The ids of the paragraphs that a note is shown on, and who spoke.
fn place(folder: &Folder, id: &str) -> (Vec<String>, String) {
    folder.run(&["build", "--keep-going"]);
    let text = folder.read(&format!("output/debates/{SLUG}/debate.json"));
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let note =
        json["notes"].as_array().expect("notes").iter().find(|note| note["id"] == id).expect("the note");
    let ids =
        note["on"].as_array().expect("places").iter().map(|on| on["id"].as_str().expect("an id").to_owned());
    (ids.collect(), note["speaker"].as_str().unwrap_or_default().to_owned())
}

fn import(folder: &Folder, record: &str) -> crate::importing::Run {
    folder.put("b.md", record);
    folder.run(&["import", "b.md", "--into", DEBATE, "--force"])
}

#[test]
fn a_note_on_a_contribution_follows_its_words() {
    let folder = approved(EXCHANGE, &[("bob", "at: c2\nbody: On Bob."), ("last", "at: c3\nbody: On Ann.")]);
    let run = import(&folder, &EXCHANGE.replace("### Bob", "### Cat:\n\nOh no, indeed!\n\n### Bob"));
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("contributions: 1 new (c1a); none gone"), "{}", run.said);
    assert!(run.said.contains("2 as they were"), "{}", run.said);
    assert_eq!(place(&folder, "bob"), (vec!["p3".to_owned()], "Bob".to_owned()));
    assert_eq!(status(&folder, "bob"), "approved");
    let page = folder.read(&format!("output/debates/{SLUG}/index.html"));
    assert!(page.contains("id=\"c1a\"") && page.contains("id=\"c3\"") && !page.contains("id=\"c4\""));
    // The one that came in goes again; its id is given to nothing else.
    assert_eq!(import(&folder, EXCHANGE).code, 0);
    import(&folder, &EXCHANGE.replace("### Bob", "### Cat:\n\nNo, said Cat.\n\n### Bob"));
    let lock = folder.read(LOCK);
    assert!(lock.contains("- id: c1b\n"), "{lock}");
}

#[test]
fn what_is_put_inside_an_approved_run_or_contribution_ends_the_approval() {
    let entries = [
        ("run", "at: p1..p2\nbody: On both."),
        ("speech", "at: c1\nbody: On the speech."),
        ("words", "at: p1..p2\nquote: one thing. Beta is\nbody: Over the joint."),
        ("alone", "at: p1\nbody: On one."),
    ];
    let folder = approved(EXCHANGE, &entries);
    let run = import(&folder, &EXCHANGE.replace("Beta is", "But this is doubtful.\n\nBeta is"));
    for line in ["run: context-changed", "speech: context-changed", "words: orphaned", "1 as they were"] {
        assert!(run.said.contains(line), "{line}: {}", run.said);
    }
    assert_eq!(status(&folder, "run"), "in-review");
    assert_eq!(status(&folder, "speech"), "in-review");
    assert_eq!(status(&folder, "words"), "not there");
    assert_eq!(status(&folder, "alone"), "approved");
    let review = folder.run(&["review", SLUG]).said;
    assert!(review.contains("approval lapsed: context-changed"), "{review}");
    // Back again, everything is as it was approved.
    assert_eq!(import(&folder, EXCHANGE).code, 0);
    assert!(entries.iter().all(|(id, _)| status(&folder, id) == "approved"));
}

#[test]
fn a_contribution_that_is_parted_joined_or_given_away_is_reported() {
    let notes = [("ann", "at: c1\nbody: On Ann."), ("last", "at: c3\nbody: On Ann again.")];
    let parted = EXCHANGE.replace("Beta is", "### Cat:\n\nOh no, indeed!\n\n### Ann:\n\nBeta is");
    let joined = EXCHANGE.replace("### Bob:\n\nGamma is three things.\n\n### Ann:\n\n", "");
    let given = EXCHANGE.replacen("### Ann:", "### Cat:", 1);
    for (record, id, status_then, said) in [
        (&parted, "ann", "in-review", "ann: context-changed"),
        (&joined, "last", "in-review", "last: context-changed"),
        (&given, "ann", "not there", "said by: [-Ann-] {+Cat+}"),
    ] {
        let folder = approved(EXCHANGE, &notes);
        let run = import(&folder, record);
        assert!(run.said.contains(said), "{said}: {}", run.said);
        assert_eq!(status(&folder, id), status_then, "{said}");
    }
    let folder = approved(EXCHANGE, &notes);
    import(&folder, &joined);
    assert_eq!(place(&folder, "last"), (vec!["p4".to_owned()], "Ann".to_owned()), "on its own words");
    let folder = approved(EXCHANGE, &notes);
    import(&folder, &parted);
    assert_eq!(place(&folder, "ann"), (vec!["p1".to_owned()], "Ann".to_owned()), "on nobody else's");
}

#[test]
fn words_that_change_their_speaker_are_listed_though_no_note_stands_on_them() {
    let folder = approved(EXCHANGE, &[("last", "at: p4\nbody: B.")]);
    let run = import(&folder, &EXCHANGE.replace("### Bob:", "### Cat:"));
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("1 given to another speaker:"), "{}", run.said);
    assert!(run.said.contains("p3: “Gamma is three things.” said by: [-Bob-] {+Cat+}"), "{}", run.said);
}

#[test]
fn an_approval_is_of_what_was_said_and_lapses_with_any_edit() {
    let folder = approved(
        EXCHANGE,
        &[("one", "at: p1\nquote: Alpha is one\nkind: claim\nbody: |\n  First line.\n\n  More.")],
    );
    let sheet = folder.read(SHEET);
    assert!(
        sheet.contains("status: approved\n    reviewed: { by: Legal desk, on: 2012-12-21 }\n"),
        "{sheet}"
    );
    assert!(folder.read(LOCK).contains("speaker: Ann"), "the lock keeps what was approved");
    for (from, to, field) in [
        ("First line", "Another line", "body"),
        ("Alpha is one", "Alpha is", "quote"),
        ("kind: claim", "kind: question", "kind"),
        ("body: |", "title: New\n    body: |", "title"),
        ("by: Legal desk", "by: Somebody", "approved by Legal desk"),
    ] {
        folder.put(SHEET, sheet.replace(from, to));
        assert_eq!(status(&folder, "one"), "in-review", "{field}");
        let review = folder.run(&["review"]).said;
        assert!(review.contains("approval lapsed") && review.contains(field), "{field}: {review}");
        let check = folder.run(&["check"]).said;
        assert!(check.contains("rapporteur approve 2012-12-20-talk/one --by ROLE"), "{check}");
    }
    folder.put(SHEET, sheet.replace("First line", "Another line"));
    let review = folder.run(&["review", "--format", "json"]).said;
    let json: serde_json::Value = serde_json::from_str(review.trim()).expect("one object");
    assert_eq!((&json["state"], &json["id"]), (&"lapsed".into(), &"one".into()));
    assert_eq!(json["fields"]["body"]["then"], "First line.\n\nMore.\n");
    assert_eq!(json["fields"]["body"]["now"], "Another line.\n\nMore.\n");
    // What an approval is not of: topics, comments, line ends.
    folder.put("content/topics/data.md", "---\ntitle: Data\n---\n");
    folder.put(
        SHEET,
        sheet.replace("kind: claim", "kind: claim  # yes\n    topics: [data]").replace('\n', "\r\n"),
    );
    assert_eq!(status(&folder, "one"), "approved");
}

#[test]
fn a_body_in_a_file_of_its_own_is_approved_too() {
    let folder = Folder::new();
    folder.put("a.md", EXCHANGE);
    folder.run(&["import", "a.md", "--date", "2012-12-20"]);
    folder.put(&format!("{DEBATE}/bodies/long.md"), "Long words.\n");
    folder.put(SHEET, "annotations:\n  one:\n    at: p1\n    body_file: bodies/long.md\n");
    let run = folder.run(&["approve", "2012-12-20-talk/one", "--by", "Desk"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(status(&folder, "one"), "approved");
    folder.put(&format!("{DEBATE}/bodies/long.md"), "Other words.\n");
    assert_eq!(status(&folder, "one"), "in-review");
}

#[test]
fn what_must_not_be_approved_is_refused_and_nothing_is_written() {
    let folder = talk();
    let sheet = "annotations:\n  fine:\n    at: p1\n    body: A.\n  wrong:\n    at: p1\n    quote: We will react now.\n  misquotes:\n    at: p1\n    body: '[“we will react now”](#p1)'\n  gone:\n    at: p1\n    status: retracted\n    withdrawn: { reason: x }\n  new:\n    at: p1\n    body: |\n      Why this matters.\n  braces: { at: p1, body: B. }\n  own:\n    at: p1\n    author: Desk\n    body: C.\n";
    folder.put(&format!("{DEBATE}/y.notes.yaml"), sheet);
    let before = folder.files(DEBATE);
    for (id, reason) in [
        ("wrong", "lost-quote"),
        ("misquotes", "misquotation"),
        ("gone", "withdrawn"),
        ("new", "Why this matters."),
        ("braces", "braces"),
        ("nowhere", "no such note"),
    ] {
        let run = folder.run(&["approve", &format!("{SLUG}/{id}"), &format!("{SLUG}/fine"), "--by", "Desk"]);
        assert_eq!(run.code, 1, "{id}: {}", run.said);
        assert!(run.said.contains(reason) && run.said.contains("nothing was written"), "{id}: {}", run.said);
        assert_eq!(folder.files(DEBATE), before, "{id}");
    }
    let own = folder.run(&["approve", &format!("{SLUG}/own"), "--by", "Desk", "--on", "2012-12-21"]);
    assert_eq!(own.code, 0, "{}", own.said);
    assert!(own.said.contains("reviewed-by-author"), "{}", own.said);
    // Written by hand and then recorded.
    let by_hand = "{ at: p1, body: B., status: approved, reviewed: { by: Desk, on: 2012-12-21 } }";
    let sheet = folder.read(&format!("{DEBATE}/y.notes.yaml")).replace("{ at: p1, body: B. }", by_hand);
    folder.put(&format!("{DEBATE}/y.notes.yaml"), &sheet);
    let run = folder.run(&["approve", &format!("{SLUG}/braces"), "--by", "Desk", "--on", "2012-12-21"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(folder.read(&format!("{DEBATE}/y.notes.yaml")), sheet);
}

#[test]
fn no_command_takes_an_altered_transcript_along() {
    let folder = talk();
    let transcript = format!("{DEBATE}/transcript.md");
    folder.put(&transcript, TALK.replace("must not wait", "must wait"));
    let before = folder.files(DEBATE);
    for command in [
        &["lock", SLUG][..],
        &["lock"],
        &["approve", "2012-12-20-talk/act", "--by", "Desk"],
        &["import", "content/debates/2012-12-20-talk/transcript.md", "--into", DEBATE],
    ] {
        let run = folder.run(command);
        assert_ne!(run.code, 0, "{command:?}: {}", run.said);
        assert!(run.said.contains("restore"), "{command:?}: {}", run.said);
        assert_eq!(folder.files(DEBATE), before, "{command:?}");
    }
    assert!(
        folder
            .run(&["lock", SLUG])
            .said
            .contains("rapporteur import FILE --into content/debates/2012-12-20-talk")
    );
}

#[test]
fn a_lock_approves_nothing_and_says_what_waits() {
    let folder = talk();
    let run = folder.run(&["lock"]);
    assert_eq!((run.code, run.said.trim()), (0, "nothing to do: every debate has its lock"));
    let sheet = folder.read(SHEET).replace("body: B.", "body: Changed.");
    folder.put(SHEET, &sheet);
    for command in [&["lock"][..], &["lock", SLUG]] {
        let run = folder.run(command);
        assert_eq!(run.code, 0, "{}", run.said);
        assert!(run.said.contains("1 approval waits"), "{}", run.said);
        assert!(run.said.contains("rapporteur approve 2012-12-20-talk/clear --by ROLE"), "{}", run.said);
    }
    assert_eq!(status(&folder, "clear"), "in-review");
}

#[test]
fn accepted_words_stand_in_the_sheet_and_the_note_is_in_review_again() {
    let entries = [
        ("run", "at: p1..p2\nquote: >-\n  Alpha is one [...] Beta is two\nbody: Both."),
        ("due", "at: p4\nkind: commitment\nquote: 'Delta is four'  # of them\ndue: { said: four }\nbody: D."),
        ("whole", "at: p3\nbody: On all of it."),
    ];
    let folder = approved(EXCHANGE, &entries);
    let revised = EXCHANGE
        .replace("Beta is two", "Beta isn't two")
        .replace("Delta is four", "Delta is five")
        .replace("three things", "three things at most");
    let run = import(&folder, &revised);
    assert_eq!(run.code, 1, "{}", run.said);
    let dry = folder.run(&["accept", "run", "--dry-run"]);
    for line in ["was: Alpha is one", "now: the same", "was: Beta is two", "now: Beta isn't two"] {
        assert!(dry.said.contains(line), "every part is shown: {line}: {}", dry.said);
    }
    let run = folder.run(&["accept", "--all"]);
    assert_eq!(run.code, 1, "the due date is no longer said: {}", run.said);
    assert!(run.said.contains("“four” is not in the quote"), "{}", run.said);
    let sheet = folder.read(SHEET);
    for line in ["      Alpha is one [...] Beta isn't two\n", "    quote: 'Delta is five'  # of them\n"] {
        assert!(sheet.contains(line), "{line}: {sheet}");
    }
    assert!(!sheet.contains("reviewed") && !sheet.contains("status: approved"), "{sheet}");
    assert_eq!(sheet.matches("status: in-review\n").count(), 3, "{sheet}");
    let lock = folder.read(LOCK);
    assert!(!lock.contains("approved") && !lock.contains("revised"), "{lock}");
    assert_eq!(status(&folder, "run"), "in-review");
    let page = folder.read(&format!("output/debates/{SLUG}/index.html"));
    assert!(!page.contains("Legal desk"), "nobody has reviewed this");
    assert!(folder.run(&["check"]).said.contains("due-not-in-quote"));
}

#[test]
fn a_quotation_that_cannot_be_rewritten_is_left_with_its_reason() {
    let folder = talk();
    let braces = folder.read(SHEET).replace(
        "  report:\n    at: p3\n    quote: We shall report by spring.\n    status: in-review\n    body: C.\n",
        "  report: { at: p3, quote: We shall report by spring., status: in-review, body: C. }\n",
    );
    folder.put(SHEET, braces);
    import(&folder, &TALK.replace("We shall report", "We may report"));
    let before = folder.files(DEBATE);
    let run = folder.run(&["accept", "report"]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("braces") && run.said.contains("nothing was written"), "{}", run.said);
    assert_eq!(folder.files(DEBATE), before);
}

#[test]
fn a_revision_that_reverses_everything_approves_nothing() {
    let entries =
        [("all", "at: c1\nbody: On Ann."), ("words", "at: p3\nquote: Gamma is three things.\nbody: So.")];
    let folder = approved(EXCHANGE, &entries);
    let reversed = "# Talk\n\n### Ann:\n\nDelta is not four things.\n\n### Bob:\n\nGamma is not three things.\n\n### Ann:\n\nBeta is not \
         two things.\n\nAlpha is not one thing.\n";
    let run = import(&folder, reversed);
    assert!(run.said.contains("2 to be looked at"), "{}", run.said);
    for (id, _) in entries {
        assert_ne!(status(&folder, id), "approved", "{id}");
    }
}

#[test]
fn a_clone_with_other_line_ends_is_the_same_site() {
    let folder = talk();
    assert_eq!(folder.run(&["build"]).code, 0);
    let built = folder.files("output");
    let clone = Folder::new();
    for (path, bytes) in folder.files("content") {
        let text = String::from_utf8(bytes).expect("text").replace('\n', "\r\n");
        clone.put(&format!("content/{path}"), text);
    }
    let run = clone.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!(clone.files("output"), built);
    let again = {
        clone.put("a.md", TALK);
        clone.run(&["import", "a.md", "--into", DEBATE])
    };
    assert!(again.said.contains("the same revision"), "{}", again.said);
    assert!(clone.run(&["lock", SLUG]).said.contains("nothing to do"));
    let run = clone.run(&["approve", "2012-12-20-talk/act", "--by", "Desk", "--on", "2012-12-21"]);
    assert_eq!(run.code, 0, "{}", run.said);
    let sheet = clone.read(SHEET);
    assert_eq!(sheet.matches('\n').count(), sheet.matches("\r\n").count(), "{sheet:?}");
}

#[test]
fn approvals_of_two_branches_are_put_together_by_lock() {
    let folder = talk();
    let base = (folder.read(SHEET), folder.read(LOCK));
    let branch = |id: &str| {
        folder.put(SHEET, &base.0);
        folder.put(LOCK, &base.1);
        folder.run(&["approve", &format!("{SLUG}/{id}"), "--by", "Desk", "--on", "2012-12-21"]);
        (folder.read(SHEET), folder.read(LOCK))
    };
    let (ours, theirs) = (branch("act").1, branch("report").1);
    let marked = format!("<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n");
    folder.put(LOCK, &marked);
    let sheet = base.0.replace(
        "status: in-review\n    body: A.",
        "status: approved\n    reviewed: { by: Desk, on: 2012-12-21 }\n    body: A.",
    );
    folder.put(SHEET, sheet);
    let check = folder.run(&["check"]);
    assert_eq!(check.code, 1);
    assert!(check.said.contains("rapporteur lock 2012-12-20-talk"), "{}", check.said);
    let run = folder.run(&["lock", SLUG]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert_eq!((status(&folder, "act"), status(&folder, "clear")), ("approved".into(), "approved".into()));
    assert_eq!(status(&folder, "report"), "in-review", "its sheet doesn't say so");
    folder.put(LOCK, marked.replacen("hash: blake3:", "hash: blake3:0", 1));
    let run = folder.run(&["lock", SLUG]);
    assert_eq!(run.code, 1);
    assert!(run.said.contains("another record"), "{}", run.said);
}

#[test]
fn a_sheet_without_its_lock_is_never_approved() {
    // What an interrupted approval, or an interrupted acceptance, leaves.
    let folder = talk();
    let lock = folder.read(LOCK);
    folder.run(&["approve", "2012-12-20-talk/act", "--by", "Desk", "--on", "2012-12-21"]);
    folder.put(LOCK, &lock);
    assert_eq!(status(&folder, "act"), "in-review");
    let again = folder.run(&["approve", "2012-12-20-talk/act", "--by", "Desk", "--on", "2012-12-21"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert_eq!(status(&folder, "act"), "approved");
    import(&folder, &TALK.replace("act now", "act later"));
    let lock = folder.read(LOCK);
    assert_eq!(folder.run(&["accept", "act"]).code, 0);
    folder.put(LOCK, lock);
    assert_eq!(status(&folder, "act"), "in-review");
    let again = folder.run(&["accept", "act"]);
    assert!(again.code == 0 && again.said.contains("edited since"), "{}", again.said);
}

#[test]
fn a_lock_of_version_one_reads_and_its_approvals_are_given_again() {
    let folder = talk();
    let lock = folder.read(LOCK);
    let (head, rest) = lock.split_once("contributions:").expect("contributions");
    let (_, notes) = rest.split_once("annotations:").expect("notes");
    assert!(notes.contains("clear:"));
    let old = format!(
        "{}annotations:\n  clear:\n    approved: blake3:00\n",
        head.replace("version: 2", "version: 1")
    );
    folder.put(LOCK, old);
    assert_eq!(status(&folder, "clear"), "in-review");
    assert!(folder.run(&["check"]).said.contains("approve it again"));
    let run = folder.run(&["approve", "2012-12-20-talk/clear", "--by", "Legal desk", "--on", "2012-12-22"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(folder.read(LOCK).contains("- id: c1\n"));
    assert_eq!(status(&folder, "clear"), "approved");
}

#[test]
fn a_mistake_in_a_sheet_costs_no_approval() {
    let folder = talk();
    let sheet = folder.read(SHEET);
    folder.put(&format!("{DEBATE}/y.notes.yaml"), "annotations:\n  other:\n    at: p1\n    body: A.\n");
    for broken in [sheet.replace("at: p2", "at: p2\n    knd: x"), "annotations: [\n".to_owned()] {
        folder.put(SHEET, broken);
        let run = folder.run(&["approve", "2012-12-20-talk/other", "--by", "Desk", "--on", "2012-12-21"]);
        assert_eq!(run.code, 0, "{}", run.said);
        folder.put("b.md", TALK.replace("all.", "all of you."));
        let run = folder.run(&["import", "b.md", "--into", DEBATE]);
        assert!(run.code == 1 && run.said.contains("can't be followed: clear"), "{}", run.said);
        folder.put(SHEET, &sheet);
        assert_eq!(status(&folder, "clear"), "approved");
    }
}
