//! `import` and `accept`, run as their user runs them: what is laid out, what a new revision does to
//! ids and notes, and what is refused.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// A site that a test makes and runs the program in.
pub struct Folder(TempDir);

/// How the program ended and what it said.
pub struct Run {
    pub code: i32,
    pub said: String,
}

impl Folder {
    pub fn new() -> Self {
        let folder = Folder(tempfile::tempdir().expect("a folder"));
        folder.put("rapporteur.yaml", "title: Imported\n");
        folder
    }

    pub fn put(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.0.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null())
            .output()
            .expect("the program runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("words");
        assert!(!said.contains("panicked"), "{said}");
        Run { code: output.status.code().expect("a code"), said }
    }

    /// Every file below a folder of it, by path.
    pub fn files(&self, below: &str) -> BTreeMap<String, Vec<u8>> {
        let top = self.0.path().join(below);
        if !top.exists() {
            return BTreeMap::new();
        }
        let walk = walkdir::WalkDir::new(&top).into_iter().map(|entry| entry.expect("it can be read"));
        let files = walk.filter(|entry| entry.file_type().is_file());
        let name = |path: &Path| path.strip_prefix(&top).expect("below").to_string_lossy().into_owned();
        files.map(|entry| (name(entry.path()), fs::read(entry.path()).expect("a file"))).collect()
    }
}

const DAY: &str = r#"<publicwhip>
<oral-heading id="uk.org.publicwhip/debate/2010-02-03a.1.0">Oral Answers</oral-heading>
<major-heading id="uk.org.publicwhip/debate/2010-02-03a.1.1">Bridges</major-heading>
<speech id="uk.org.publicwhip/debate/2010-02-03a.1.2" speakername="Bo Ray" speakerid="uk.org.publicwhip/member/1"><p>One.</p></speech>
<major-heading id="uk.org.publicwhip/debate/2010-02-03a.2.0">Tolls</major-heading>
<speech id="uk.org.publicwhip/debate/2010-02-03a.2.1" speakername="Cy Poe" speakerid="uk.org.publicwhip/member/2"><p>Two.</p></speech>
<speech id="uk.org.publicwhip/debate/2010-02-03a.2.2" speakername="Hon. Members" speakerid="unknown"><p>Oh!</p></speech>
</publicwhip>
"#;

/// A record of two speakers.
pub const TALK: &str = "# Talk\n\n### Ann:\n\nWe will act now. We must not wait.\n\nThe guidance is clear and it must be \
     followed.\n\nWe shall report by spring.\n\n### Bob:\n\nFirst point. Second point stands.\n\nThank you all.\n";

const NOTES: &str = "annotations:
  act:
    at: p1
    quote: We will act now.   # said at once
    status: in-review
    body: A.
  clear:
    at: p2
    quote: it must be followed
    status: in-review
    body: B.
  report:
    at: p3
    quote: We shall report by spring.
    status: in-review
    body: C.
  second: { at: p4, quote: Second point stands., status: in-review, body: D. }
  last: { at: p5, status: in-review, body: E. }
";

/// Its debate's folder.
pub const DEBATE: &str = "content/debates/2012-12-20-talk";

/// A debate with notes, one of them approved.
pub fn talk() -> Folder {
    let folder = Folder::new();
    folder.put("a.md", TALK);
    let imported = folder.run(&["import", "a.md", "--date", "2012-12-20"]);
    assert_eq!(imported.code, 0, "{}", imported.said);
    folder.put(&format!("{DEBATE}/x.notes.yaml"), NOTES);
    let approve = ["approve", "2012-12-20-talk/clear", "--by", "Legal desk", "--on", "2012-12-21"];
    let approved = folder.run(&approve);
    assert_eq!(approved.code, 0, "{}", approved.said);
    let checked = folder.run(&["check"]);
    assert_eq!(checked.code, 0, "{}", checked.said);
    folder
}

fn revised() -> String {
    TALK.replace("We must not wait.", "But only if funds allow.")
        .replace("We shall report", "We may report")
        .replace("First point. Second", "First point.\n\nSecond")
}

#[test]
fn a_day_becomes_debates_and_people_and_every_word_of_it_is_there() {
    let folder = Folder::new();
    folder.put("day.xml", DAY);
    let dry = folder.run(&["import", "day.xml", "--dry-run"]);
    assert_eq!((dry.code, folder.files("content").len()), (0, 0), "{}", dry.said);
    let run = folder.run(&["import", "day.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(
        run.said.contains("2 debates")
            && run.said.contains("3 contributions")
            && run.said.contains("3 speakers"),
        "{}",
        run.said
    );
    let files = folder.files("content");
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "debates/2010-02-03-bridges/debate.lock",
            "debates/2010-02-03-bridges/debate.yaml",
            "debates/2010-02-03-bridges/transcript.xml",
            "debates/2010-02-03-tolls/debate.lock",
            "debates/2010-02-03-tolls/debate.yaml",
            "debates/2010-02-03-tolls/transcript.xml",
            "people/bo-ray.yaml",
            "people/cy-poe.yaml",
        ]
    );
    let between = |text: &str| {
        let start = text.find("<publicwhip>").expect("the root") + "<publicwhip>".len();
        text[start..text.rfind("</publicwhip>").expect("the root")].to_owned()
    };
    let parts = ["bridges", "tolls"]
        .map(|slug| between(&folder.read(&format!("content/debates/2010-02-03-{slug}/transcript.xml"))));
    assert_eq!(parts.concat(), between(DAY), "the pieces put end to end are the day");
    let build = folder.run(&["build"]);
    assert_eq!(build.code, 0, "{}", build.said);
    assert!(folder.read("output/debates/2010-02-03-tolls/index.html").contains("people/cy-poe/"));
    let again = folder.run(&["import", "day.xml"]);
    assert_eq!(again.code, 0, "{}", again.said);
    assert_eq!(folder.files("content"), files, "the same file is nothing new");
}

#[test]
fn what_holds_no_speech_is_passed_over_by_name_and_taken_where_it_is_asked_for() {
    const PRAYERS: &str = "<major-heading id=\"uk.org.publicwhip/debate/2010-02-03a.0.1\">Prayers</major-heading>\n\
         <speech id=\"uk.org.publicwhip/debate/2010-02-03a.0.2\" nospeaker=\"true\"><p>Prayers were read at noon.</p></speech>\n";
    let day = DAY.replace("<oral-heading", &format!("{PRAYERS}<oral-heading"));
    let slugs = |folder: &Folder| {
        let of = |path: &String| path.split('/').next().map(str::to_owned);
        folder.files("content/debates").keys().filter_map(of).collect::<BTreeSet<_>>()
    };
    let folder = Folder::new();
    folder.put("day.xml", &day);
    let run = folder.run(&["import", "day.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("passed over, for nobody speaks in them: 1 item"), "{}", run.said);
    assert!(run.said.contains("“Prayers” (5 words)") && run.said.contains("--procedure"), "{}", run.said);
    assert_eq!(slugs(&folder).len(), 2);
    // Asked for, or there: it is a debate like any other.
    for arguments in [&["--procedure"][..], &["--select", "Prayers"]] {
        let other = Folder::new();
        other.put("day.xml", &day);
        let run = other.run(&[&["import", "day.xml"], arguments].concat());
        assert!(slugs(&other).contains("2010-02-03-prayers"), "{}", run.said);
        let again = other.run(&["import", "day.xml"]);
        assert!(again.said.contains("2010-02-03-prayers: the same revision"), "{}", again.said);
    }
    // What holds nothing else is not passed over.
    let quiet = Folder::new();
    quiet.put(
        "day.xml",
        format!(
            "<publicwhip>\n{PRAYERS}{}</publicwhip>\n",
            PRAYERS.replace("0.", "9.").replace("Prayers<", "Rising<")
        ),
    );
    let run = quiet.run(&["import", "day.xml"]);
    assert_eq!((run.code, slugs(&quiet).len()), (0, 2), "{}", run.said);
}

#[test]
fn a_whole_day_is_its_file_byte_for_byte_and_one_debate_can_be_selected() {
    let folder = Folder::new();
    folder.put("day.xml", DAY);
    assert_eq!(folder.run(&["import", "day.xml", "--split", "day"]).code, 0);
    let whole = folder.files("content/debates");
    assert!(whole.iter().any(|(path, bytes)| path.ends_with("transcript.xml") && bytes == DAY.as_bytes()));
    let selected = Folder::new();
    selected.put("day.xml", DAY);
    assert_eq!(selected.run(&["import", "day.xml", "--select", "tolls"]).code, 0);
    assert!(selected.files("content/debates").keys().all(|path| path.starts_with("2010-02-03-tolls/")));
    let by_id = selected.run(&["import", "day.xml", "--select", "uk.org.publicwhip/debate/2010-02-03a.1.2"]);
    assert_eq!(by_id.code, 0, "{}", by_id.said);
    assert!(selected.files("content/debates").keys().any(|path| path.starts_with("2010-02-03-bridges/")));
    let none = selected.run(&["import", "day.xml", "--select", "Tunnels"]);
    assert_eq!(none.code, 2);
    assert!(none.said.contains("Bridges"), "what there is to choose from: {}", none.said);
}

#[test]
fn a_file_with_a_mistake_writes_nothing_and_says_where() {
    let folder = Folder::new();
    for (name, bytes) in [
        ("cut.xml", &DAY.as_bytes()[..300]),
        ("page.xml", b"<!DOCTYPE html><html><body>Not found</body></html>"),
        ("nul.xml", b"<publicwhip><speech speakername='B'><p>a\0b</p></speech></publicwhip>"),
        (
            "bomb.xml",
            b"<!DOCTYPE publicwhip [<!ENTITY a '&b;'>]><publicwhip><speech><p>&a;</p></speech></publicwhip>",
        ),
        ("bad.srt", b"1\n00:00:05,000 --> 00:00:06,000\nA.\n\n2\n00:00:71,000 --> 00:00:72,000\nB.\n"),
        ("a.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
        ("a.docx", b"PK\x03\x04\x14\0\0\0word/document.xml"),
        ("photo.xml", b"\x89PNG\r\n\x1a\n"),
        ("empty.vtt", b"WEBVTT\n"),
        (
            "minutes.txt",
            b"10:02\nThe Chair (Ivy Stone)\nGood morning.\n10:05\nNed Weir (clerk)\nThank you.\n",
        ),
        ("other.xml", b"<hansard><lower.house><debate><p>Words.</p></debate></lower.house></hansard>"),
        (
            "latin.xml",
            b"<?xml version='1.0' encoding='UTF-8'?><publicwhip><speech><p>\xe9</p></speech></publicwhip>",
        ),
    ] {
        folder.put(name, bytes);
        let run = folder.run(&["import", name]);
        assert_eq!(run.code, 1, "{name}: {}", run.said);
        assert!(run.said.contains("error["), "{name}: {}", run.said);
        assert!(!folder.0.path().join("content").exists(), "{name}: nothing is written, not even a folder");
    }
}

#[test]
fn a_mistake_in_a_divided_file_is_told_of_at_its_line_of_the_file() {
    let folder = Folder::new();
    folder.put("day.xml", DAY.replace("Two.", "Tw&nosuch;o."));
    let run = folder.run(&["--format", "short", "import", "day.xml"]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("day.xml:6:"), "{}", run.said);
    // A file in another encoding, with characters of more than one byte before the mistake.
    let latin =
        format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n{DAY}").replace("Two.", "Tw&nosuch;o.");
    let latin: Vec<u8> = latin.replace("Bridges", "Br\u{fc}cken").chars().map(|c| c as u8).collect();
    folder.put("latin.xml", latin);
    let run = folder.run(&["--format", "short", "import", "latin.xml"]);
    assert!(run.said.contains("latin.xml:7:"), "{}", run.said);
}

#[test]
fn where_every_word_of_a_file_went_is_said_and_explained() {
    let folder = Folder::new();
    folder.put(
        "m.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nIvy: We meet.\n\n2\n00:00:03,000 --> 00:00:04,000\nNed: Yes.\n",
    );
    let run = folder.run(&["import", "m.srt", "--date", "2024-03-05", "--explain"]);
    assert_eq!(run.code, 0, "{}", run.said);
    for line in [
        "of the file's 11 words: 3 spoken (27.3 %), 2 in speakers' names (18.2 %), 6 set apart (54.5 %)",
        "line 6: a time: 00:00:03,000 --> 00:00:04,000",
        "states no licence",
    ] {
        assert!(run.said.contains(line), "{line}: {}", run.said);
    }
    let yaml = folder.read("content/debates/2024-03-05-m/debate.yaml");
    assert!(!yaml.contains("licence"), "{yaml}");
}

#[test]
fn words_that_the_record_has_not_taken_stop_an_import() {
    let folder = Folder::new();
    let debate = r#"{"Overview": {"Title": "Tolls", "Date": "2020-02-03T00:00:00"}, "Items": [
{"ItemType": "Contribution", "AttributedTo": "Ivy Stone", "Value": "One.", "OrderInSection": 1, "Aside": "and two more"}], "ChildDebates": []}"#;
    folder.put("d.json", debate);
    let run = folder.run(&["import", "d.json"]);
    assert_eq!(run.code, 1, "{}", run.said);
    assert!(run.said.contains("error[unaccounted-words]: 3 words here"), "{}", run.said);
    assert!(!folder.0.path().join("content").exists(), "nothing is written");
    folder.put("d.json", debate.replace(", \"Aside\": \"and two more\"", ""));
    assert_eq!(folder.run(&["import", "d.json"]).code, 0);
}

#[test]
fn a_day_that_the_file_states_is_not_overruled_and_a_refused_file_makes_nobody() {
    let folder = Folder::new();
    folder.put("day.xml", DAY);
    let run = folder.run(&["import", "day.xml", "--date", "2010-02-04"]);
    assert_eq!(run.code, 2, "{}", run.said);
    assert!(run.said.contains("2010-02-04") && run.said.contains("2010-02-03"), "{}", run.said);
    assert!(!folder.0.path().join("content").exists(), "nothing is written");
    assert_eq!(folder.run(&["import", "day.xml", "--date", "2010-02-03"]).code, 0);
}

#[test]
fn every_format_is_listed_with_how_it_is_recognised() {
    let said = Folder::new().run(&["formats"]).said;
    for name in ["theyworkforyou", "parlparse", "webvtt", "srt", "`<publicwhip>`"] {
        assert!(said.contains(name), "{name}: {said}");
    }
}

#[test]
fn nobody_is_merged_by_name() {
    let folder = Folder::new();
    folder.put("content/people/bo.yaml", "name: Bo Ray\n");
    folder.put("day.xml", DAY.replace("member/2\"", "member/3\"").replace("Cy Poe", "Bo Ray"));
    let run = folder.run(&["import", "day.xml"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("people/bo has that name and not that id"), "{}", run.said);
    assert_eq!(folder.files("content/people").len(), 1);
    folder.put(
        "content/people/bo.yaml",
        "name: Bo Ray\nids: { publicwhip: [uk.org.publicwhip/member/1, uk.org.publicwhip/member/3] }\n",
    );
    let again = folder.run(&["import", "day.xml"]);
    assert!(!again.said.contains("not that id"), "{}", again.said);
}

#[test]
fn a_revision_keeps_the_old_carries_ids_and_reports_every_note() {
    let folder = talk();
    folder.put("b.md", revised());
    let run = folder.run(&["import", "b.md", "--into", DEBATE]);
    assert_eq!(run.code, 1, "a note has lost its words: {}", run.said);
    for line in [
        "act: context-changed",
        "report: drifted (a modal verb",
        "was: We shall report",
        "now: We may report",
        "1 moved",
    ] {
        assert!(run.said.contains(line), "{line}: {}", run.said);
    }
    let kept: Vec<_> = folder.files(&format!("{DEBATE}/revisions")).into_values().collect();
    assert_eq!(kept, [TALK.as_bytes()], "the old revision is kept, byte for byte");
    let check = folder.run(&["check"]);
    assert_eq!(check.code, 1);
    assert!(
        check.said.contains("quotation-changed") && check.said.contains("context-changed"),
        "{}",
        check.said
    );
    assert_eq!(folder.run(&["accept", "2012-12-20-talk/report"]).code, 0);
    assert_eq!(folder.run(&["accept", "act"]).code, 0);
    assert_eq!(folder.run(&["accept", "act"]).code, 2, "there is nothing left to accept");
    let check = folder.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.said);
    assert_eq!(folder.run(&["build"]).code, 0);
    let page = folder.read("output/debates/2012-12-20-talk/index.html");
    assert!(page.contains("id=\"p4a\""), "the second half of a split paragraph has an id of its own");
    assert!(page.contains(">We may report by spring.</mark>"), "the accepted words are marked");
    let lock = folder.read(&format!("{DEBATE}/debate.lock"));
    assert!(lock.contains("p4: p4a"), "{lock}");
    let sheet = folder.read(&format!("{DEBATE}/x.notes.yaml"));
    assert!(
        sheet.contains("    quote: We may report by spring.\n"),
        "the sheet quotes the record as it is: {sheet}"
    );
    assert!(sheet.contains("# said at once"), "{sheet}");
}

#[test]
fn there_and_back_again_every_note_is_as_it_was() {
    let folder = talk();
    let before = folder.files(DEBATE);
    folder.put("b.md", revised());
    folder.run(&["import", "b.md", "--into", DEBATE]);
    let back = folder.run(&["import", "a.md", "--into", DEBATE]);
    assert_eq!(back.code, 0, "{}", back.said);
    assert!(back.said.contains("5 as they were"), "{}", back.said);
    let mut after = folder.files(DEBATE);
    after.retain(|path, _| !path.starts_with("revisions/"));
    let lock = |files: &BTreeMap<String, Vec<u8>>| {
        let text = String::from_utf8(files["debate.lock"].clone()).expect("text");
        // The ids that came and went stay on record.
        let retired = text.find("retired:").map_or(text.len(), |at| at);
        let annotations = text.find("annotations:").unwrap_or(text.len());
        format!("{}{}", &text[..retired.min(annotations)], &text[annotations..])
    };
    assert_eq!(lock(&after), lock(&before));
    let without = |files: &BTreeMap<String, Vec<u8>>| {
        let mut files = files.clone();
        files.remove("debate.lock");
        files
    };
    assert_eq!(without(&after), without(&before));
}

#[test]
fn a_revision_that_loses_too_much_is_refused_and_force_takes_it() {
    let folder = talk();
    let before = folder.files(DEBATE);
    folder.put("c.md", "# Talk\n\n### Ann:\n\nNothing of it is left here.\n");
    let refused = folder.run(&["import", "c.md", "--into", DEBATE]);
    assert_eq!(refused.code, 1);
    assert!(
        refused.said.contains("5 of 5 paragraphs would be gone") && refused.said.contains("clear"),
        "{}",
        refused.said
    );
    assert_eq!(folder.files(DEBATE), before);
    let forced = folder.run(&["import", "c.md", "--into", DEBATE, "--force"]);
    assert_eq!(forced.code, 1, "every note is orphaned: {}", forced.said);
    assert_ne!(folder.files(DEBATE), before);
    // For a deadline: the rest is published, and readers are told of the note that they were shown as approved.
    folder.run(&["build", "--keep-going"]);
    let page = folder.read("output/unplaced/index.html");
    for words in ["it must be followed", "The words are no longer in the record", "n-2012-12-20-talk.clear"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("We shall report"), "a note in review is not listed");
    let lock = folder.read(&format!("{DEBATE}/debate.lock"));
    let revision = lock.split("revision: blake3:").nth(1).expect("the lock names the revision");
    assert!(page.contains(&revision[..12]), "which revision had the words");
}

#[test]
fn a_refused_revision_makes_nobody() {
    let folder = Folder::new();
    let day = |letter: &str, speaker: usize, words: &[&str]| {
        let paragraphs: String = words.iter().map(|words| format!("<p>{words}</p>")).collect();
        format!(
            "<publicwhip><major-heading id=\"uk.org.publicwhip/debate/2021-05-11{letter}.1.0\">Ports</major-heading>\
             <speech id=\"uk.org.publicwhip/debate/2021-05-11{letter}.1.1\" speakername=\"Member {speaker}\" \
             person_id=\"uk.org.publicwhip/person/{speaker}\">{paragraphs}</speech></publicwhip>"
        )
    };
    folder.put("old.xml", day("a", 1, &["One thing.", "Two things.", "Three things.", "Four things."]));
    folder.put("new.xml", day("b", 2, &["Nothing of it is left."]));
    assert_eq!(folder.run(&["import", "old.xml"]).code, 0);
    let (debate, people) = ("content/debates/2021-05-11-ports", folder.files("content/people"));
    assert_eq!(people.len(), 1);
    let refused = folder.run(&["import", "new.xml", "--into", debate]);
    assert!(refused.code == 1 && refused.said.contains("nothing was written"), "{}", refused.said);
    assert_eq!(folder.files("content/people"), people, "{}", refused.said);
    folder.run(&["import", "new.xml", "--into", debate, "--force"]);
    assert_eq!(folder.files("content/people").len(), 2, "the new speaker comes with the revision");
}

#[test]
fn words_given_to_somebody_else_are_not_placed() {
    let folder = talk();
    folder.put("b.md", TALK.replace("### Ann:", "### Bea:"));
    let run = folder.run(&["import", "b.md", "--into", DEBATE, "--force"]);
    assert!(run.said.contains("act: misattributed"), "{}", run.said);
    assert!(run.said.contains("3 given to another speaker"), "{}", run.said);
    let speakers = "said by: [-Ann-] {+Bea+}";
    assert!(run.said.contains(speakers), "{}", run.said);
    let check = folder.run(&["check"]).said;
    assert!(check.contains("somebody else's") && check.contains(speakers), "{check}");
    let accept = folder.run(&["accept", "act"]);
    assert!(accept.code == 0 && accept.said.contains(speakers), "{}", accept.said);
}

#[test]
fn no_other_command_touches_the_transcript() {
    let folder = talk();
    let before = folder.read(&format!("{DEBATE}/transcript.md"));
    for command in [&["build"][..], &["check"], &["lock", "2012-12-20-talk"], &["schema"], &["accept", "act"]]
    {
        folder.run(command);
        assert_eq!(folder.read(&format!("{DEBATE}/transcript.md")), before, "{command:?}");
    }
}

#[test]
fn a_correction_is_shown_beside_the_record_which_stays_as_it_is() {
    let folder = talk();
    folder.put(
        &format!("{DEBATE}/corrections.yaml"),
        "speaker:\n  at: c1\n  was: Ann\n  speaker: Anne Smith\n  reason: A slip.\n  by: Briefing desk\nword:\n  at: p2\n  was: \
         guidance\n  reads: guidelines\n  reason: Misheard.\n",
    );
    assert_eq!(folder.run(&["build"]).code, 0);
    let page = folder.read("output/debates/2012-12-20-talk/index.html");
    assert!(
        page.contains("Anne Smith") && page.contains("(printed as Ann)") && page.contains("guidelines"),
        "{page}"
    );
    assert!(page.contains("<p id=\"p2\">The guidance is clear and"), "the record is as it was");
    folder
        .put(&format!("{DEBATE}/corrections.yaml"), "word: { at: p2, was: guidline, reads: x, reason: y }\n");
    let wrong = folder.run(&["check"]);
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.said.contains("wrong-correction") && wrong.said.contains("corrections.yaml:1"),
        "{}",
        wrong.said
    );
}
