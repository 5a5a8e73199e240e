//! The language server, spoken to as an editor speaks to it.

mod client;

use crate::codes::sound;
use crate::desk::begun;
use crate::importing::Folder;
use crate::spec::diagnostics::mistakes;
use client::{Client, marked};
use rapporteur::pipeline::{OnError, Options, check};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::{Duration, Instant};

const SHEET: &str = "content/debates/2025-03-04-the-ferry-to-heron-island/ferry.notes.yaml";
const TOPIC: &str = "content/topics/island-ferries.md";
const RECORD: &str = "content/debates/2025-03-04-the-ferry-to-heron-island/transcript.md";

/// The site that `init` makes, open in an editor.
struct Desk {
    _folder: Folder,
    root: PathBuf,
    client: Client,
}

impl Desk {
    fn new() -> Desk {
        let folder = begun();
        let root = folder.path().join("site").canonicalize().expect("it is there");
        let mut client = Client::new(&root);
        let sheet = std::fs::read_to_string(root.join(SHEET)).expect("the sheet");
        assert_eq!(client.open(SHEET, &sheet), Vec::<Value>::new());
        Desk { _folder: folder, root, client }
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The sheet with an entry more that ends at the cursor.
    fn writing(&mut self, lines: &str) -> Value {
        let (text, position) = marked(&format!("{}  new:\n{lines}", self.read(SHEET)), "§");
        self.client.change(SHEET, &text);
        position
    }

    /// What may be written at the cursor: the label of each, what stands beside it, and the text put in.
    fn offered(&mut self, lines: &str) -> Vec<(String, String, String)> {
        let position = self.writing(lines);
        let answer = self.client.ask_at("textDocument/completion", SHEET, &position);
        offers(&answer)
    }
}

fn offers(answer: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let items = answer["items"].as_array().into_iter().flatten();
    items
        .map(|item| (text(&item["label"]), text(&item["detail"]), text(&item["textEdit"]["newText"])))
        .collect()
}

/// Code and place of what a server told.
fn told(diagnostics: &[Value]) -> BTreeSet<(String, u64, u64)> {
    let number = |value: &Value| value.as_u64().expect("a number");
    let one = |one: &Value| {
        let start = &one["range"]["start"];
        (
            one["code"].as_str().expect("a code").to_owned(),
            number(&start["line"]),
            number(&start["character"]),
        )
    };
    diagnostics.iter().map(one).collect()
}

#[test]
fn seeded_mistakes_are_found_placed_and_explained_as_check_does() {
    let folder = Folder::new();
    for (path, bytes) in &sound().0 {
        folder.put(path.as_str(), bytes);
    }
    let root = folder.path().canonicalize().expect("it is there");
    let mut client = Client::new(&root);
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    let is_text = |path: &str| path.ends_with(".md") || path.ends_with(".yaml");
    let mut seeded = 0;
    for mistake in mistakes().iter().filter(|mistake| mistake.files.len() == 1) {
        let (code, (path, text)) = (mistake.code.as_str(), &mistake.files[0]);
        if !is_text(path) {
            continue;
        }
        let site = mistake.site();
        let report = check(&site, &options).expect("memory does not fail");
        let here = report.diagnostics.iter().filter_map(|one| {
            let place = one.place.as_ref().filter(|place| place.source.path.as_str() == path)?;
            let at = place.source.line_column(place.span.start as usize);
            let line = place.source.text.lines().nth(at.line - 1).unwrap_or_default();
            let units: usize = line.chars().take(at.column - 1).map(char::len_utf16).sum();
            Some((one.code.to_owned(), at.line as u64 - 1, units as u64))
        });
        let here: BTreeSet<_> = here.collect();
        let found = client.open(path, text);
        assert_eq!(told(&found), here, "{code}: {text}");
        seeded += usize::from(here.iter().any(|(known, ..)| known == code));
        // Explained: the code's own page, where the mistake is.
        if let Some(one) = found.iter().find(|one| one["code"] == code) {
            let hover = client.ask_at("textDocument/hover", path, &one["range"]["start"]);
            let said = hover["contents"]["value"].as_str().unwrap_or_default();
            let about = rapporteur::diagnostics::explain(code).expect("every code is explained");
            assert!(said.contains(about.lines().next().unwrap_or_default()), "{code}: {said}");
        }
        let uri = client.uri(path);
        client.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri } }));
    }
    assert!(seeded >= 40, "{seeded}");
    assert_eq!(client.end().0, 0);
}

#[test]
fn keys_kinds_names_and_paragraphs_are_offered_with_what_they_are() {
    let mut desk = Desk::new();
    let labels = |offers: &[(String, String, String)]| -> Vec<String> {
        offers.iter().map(|(label, ..)| label.clone()).collect()
    };
    let keys = desk.offered("    at: p2\n    §");
    assert!(
        labels(&keys).contains(&"quote".to_owned()) && !labels(&keys).contains(&"at".to_owned()),
        "{keys:?}"
    );
    let kinds = desk.offered("    at: p2\n    kind: §");
    assert!(labels(&kinds).contains(&"fact-check".to_owned()) && labels(&kinds).len() == 8, "{kinds:?}");
    let topics = desk.offered("    at: p2\n    topics: [§]");
    assert_eq!(topics[0].0, "island-ferries");
    assert_eq!(topics[0].1, "Island ferries");
    let people = desk.offered("    at: p2\n    identifies: { person: §");
    assert_eq!(labels(&people), ["ida-fenwick", "tobias-marl"]);
    let places = desk.offered("    at: §");
    let second = places.iter().find(|(label, ..)| label == "p2").expect("the second paragraph");
    assert!(second.1.starts_with("Ida Fenwick: People on the island went without post"), "{second:?}");
    let notes = desk.offered("    at: p2\n    kind: cross-reference\n    see: [§");
    assert!(notes.iter().any(|(label, beside, _)| label == "who-answers" && beside.contains("It may be")));
    let debates = desk.client.open("content/briefings/b.md", "---\ntitle: B\ndebates: [\n---\n");
    assert!(!debates.is_empty());
    let answer = desk.client.ask_at(
        "textDocument/completion",
        "content/briefings/b.md",
        &json!({"line": 2, "character": 10}),
    );
    assert_eq!(offers(&answer)[0].0, "2025-03-04-the-ferry-to-heron-island");
    assert_eq!(desk.client.end().0, 0);
}

#[test]
fn the_words_of_a_quotation_go_on_as_the_record_has_them() {
    let mut desk = Desk::new();
    let whole = desk.offered("    at: p2\n    quote: §");
    assert_eq!(whole[1].2, "Nobody told them when the next boat would come.");
    let begun = desk.offered("    at: p2\n    quote: Nobody told th§");
    assert_eq!(begun.len(), 1, "{begun:?}");
    assert_eq!(begun[0].2, "them when the next boat would come.");
    let below = desk.offered("    at: p2\n    quote: >-\n      Nobody told\n      them wh§");
    assert_eq!(below[0].2, "when the next boat would come.");
    // What is put in is sound.
    let position = desk.writing("    at: p2\n    quote: §\n");
    let answer = desk.client.ask_at("textDocument/completion", SHEET, &position);
    let item = &answer["items"][1]["textEdit"];
    let version = desk.client.edit(SHEET, json!({ "range": item["range"], "text": item["newText"] }));
    assert_eq!(desk.client.wait(SHEET, version), Vec::<Value>::new());
}

#[test]
fn links_are_offered_names_and_paragraphs() {
    let mut desk = Desk::new();
    let (text, position) =
        marked("---\ntitle: B\n---\nSee [it](../debates/2025-03-04-the-ferry-to-heron-island/#@\n", "@");
    desk.client.open("content/briefings/b.md", &text);
    let places = offers(&desk.client.ask_at("textDocument/completion", "content/briefings/b.md", &position));
    let third = places.iter().find(|(label, ..)| label.ends_with("/#p2")).expect("a paragraph");
    assert!(third.1.contains("People on the island"), "{third:?}");
    let (text, position) = marked("---\ntitle: B\n---\nSee [it](@)\n", "@");
    desk.client.change("content/briefings/b.md", &text);
    let ways = offers(&desk.client.ask_at("textDocument/completion", "content/briefings/b.md", &position));
    for way in ["../topics/island-ferries.md", "../people/tobias-marl.yaml"] {
        assert!(ways.iter().any(|(label, ..)| label == way), "{way}: {ways:?}");
    }
}

#[test]
fn under_the_pointer_stands_the_paragraph_the_topic_the_person() {
    let mut desk = Desk::new();
    let sheet = desk.read(SHEET);
    let mut hover = |mark: &str| {
        let (_, position) = marked(&sheet.replacen(mark, &format!("@{mark}"), 1), "@");
        let answer = desk.client.ask_at("textDocument/hover", SHEET, &position);
        answer["contents"]["value"].as_str().unwrap_or_default().to_owned()
    };
    let paragraph = hover("p6");
    assert!(
        paragraph.contains("**Tobias Marl**") && paragraph.contains("> We will publish a timetable"),
        "{paragraph}"
    );
    assert!(hover("it did not sail").contains("In the winter that has just ended"));
    assert!(hover("island-ferries]").contains("How often the boats sail"));
    assert!(hover("#p5").contains("right about the thirty-one days"));
    assert!(hover("kind: claim").contains("What it is"));
    assert!(hover("2025-03-04").contains("The ferry to Heron Island"));
}

#[test]
fn definitions_and_references_lead_there_and_back() {
    let mut desk = Desk::new();
    let sheet = desk.read(SHEET);
    let place = |mark: &str| marked(&sheet.replacen(mark, &format!("@{mark}"), 1), "@").1;
    let topic = desk.client.ask_at("textDocument/definition", SHEET, &place("island-ferries]"));
    assert_eq!(topic[0]["uri"], desk.client.uri(TOPIC));
    let paragraph = desk.client.ask_at("textDocument/definition", SHEET, &place("p6"));
    assert_eq!(paragraph[0]["uri"], desk.client.uri(RECORD));
    let line = paragraph[0]["range"]["start"]["line"].as_u64().expect("a line");
    let record = desk.read(RECORD);
    assert!(record.lines().nth(line as usize).is_some_and(|line| line.starts_with("We will publish")));
    // From the topic to what names it, and from a paragraph of the record to what quotes it.
    let named = desk.client.ask_at("textDocument/references", TOPIC, &json!({"line": 1, "character": 9}));
    assert_eq!(named.as_array().map(Vec::len), Some(1), "{named}");
    assert_eq!(named[0]["uri"], desk.client.uri(SHEET));
    let quoted =
        desk.client.ask_at("textDocument/references", RECORD, &json!({"line": line, "character": 3}));
    let files: BTreeSet<String> = quoted
        .as_array()
        .expect("places")
        .iter()
        .map(|place| place["uri"].as_str().expect("an address").to_owned())
        .collect();
    assert_eq!(files, BTreeSet::from([desk.client.uri(SHEET), desk.client.uri(TOPIC)]), "{quoted}");
}

#[test]
fn a_topic_and_a_note_are_renamed_across_the_site() {
    let mut desk = Desk::new();
    let sheet = desk.read(SHEET);
    let rename = |desk: &mut Desk, mark: &str, new: &str| {
        let (_, position) = marked(&sheet.replacen(mark, &format!("@{mark}"), 1), "@");
        let range = desk.client.ask_at("textDocument/prepareRename", SHEET, &position);
        assert!(range["start"].is_object(), "{mark}: {range}");
        let uri = desk.client.uri(SHEET);
        let params = json!({ "textDocument": { "uri": uri }, "position": position, "newName": new });
        desk.client.answer("textDocument/rename", params)
    };
    let answer = rename(&mut desk, "island-ferries]", "ferries");
    let changes = answer["result"]["documentChanges"].as_array().expect("changes");
    let moved = changes.iter().find(|change| change["kind"] == "rename").expect("the file is renamed");
    assert_eq!(moved["newUri"], desk.client.uri("content/topics/ferries.md"));
    let of = |path: &str| {
        let uri = desk.client.uri(path);
        let change = changes.iter().find(|change| change["textDocument"]["uri"] == uri);
        change.unwrap_or_else(|| panic!("{path}: {answer}"))["edits"][0]["newText"].as_str().expect("a text")
    };
    assert!(of(SHEET).contains("topics: [ferries]"));
    assert!(of(TOPIC).contains("aliases: [island-ferries]"));
    let note = rename(&mut desk, "who-answers", "telephone");
    assert_eq!(
        note["result"]["documentChanges"][0]["edits"][0]["newText"],
        "  telephone:\n    former: [who-answers]\n"
    );
    // A debate is its folder: every file of it gets another name, and what refers to it follows.
    let uri = desk.client.uri("content/debates/2025-03-04-the-ferry-to-heron-island/debate.yaml");
    let title = json!({ "textDocument": { "uri": uri }, "position": { "line": 1, "character": 9 }, "newName": "ferry-debate" });
    let debate = desk.client.answer("textDocument/rename", title);
    let moves = debate["result"]["documentChanges"].as_array().expect("changes").iter();
    let moves: Vec<&str> = moves.filter_map(|change| change["newUri"].as_str()).collect();
    for file in ["debate.yaml", "ferry.notes.yaml", "transcript.md"] {
        let new = desk.client.uri(&format!("content/debates/ferry-debate/{file}"));
        assert!(moves.contains(&new.as_str()), "{file}: {debate}");
    }
    assert!(debate.to_string().contains("aliases: [2025-03-04-the-ferry-to-heron-island]"), "{debate}");
    for (mark, new, why) in [
        ("island-ferries]", "Two Words", "no name for an address"),
        ("who-answers", "days-without-a-boat", "already"),
    ] {
        let refused = rename(&mut desk, mark, new);
        assert!(refused["error"]["message"].as_str().is_some_and(|said| said.contains(why)), "{refused}");
    }
}

#[test]
fn what_would_mend_a_mistake_is_offered_and_mends_it() {
    let mut desk = Desk::new();
    let sheet = desk.read(SHEET);
    for (old, new) in [
        // The nearest words, in each way of writing them.
        ("We will publish a timetable for a second boat", "We will publish a timetable for the second boat"),
        (
            "quote: We will publish a timetable for a second boat before",
            "quote: \"We will publish a timetable for the second boat before",
        ),
        ("It may be that it is not answered on", "It may well be that it is not answered on"),
        ("[island-ferries]", "[island-fer]"),
        ("kind: claim", "kind: clam"),
        ("    title: A third", "    titel: A third"),
        ("](#p5)", "](#p4)"),
        // A link to words that have none.
        ("[“is right about the thirty-one days”](#p5)", "“is right about the thirty-one days”"),
        // Words that stand twice.
        ("quote: it did not sail on thirty-one of ninety days", "quote: the"),
    ] {
        let mut text = sheet.replacen(old, new, 1);
        if new.starts_with("quote: \"") {
            text = text.replacen("end of the summer\n", "end of the summer\"\n", 1);
        }
        assert_ne!(text, sheet);
        let found = desk.client.change(SHEET, &text);
        assert!(!found.is_empty(), "{new}");
        let uri = desk.client.uri(SHEET);
        let params = json!({
            "textDocument": { "uri": uri }, "range": found[0]["range"], "context": { "diagnostics": [found[0]] },
        });
        let actions = desk.client.ask("textDocument/codeAction", params);
        let edit = &actions[0]["edit"]["changes"][&uri][0];
        assert!(edit.is_object(), "{new}: {found:?} {actions}");
        let change = json!({ "range": edit["range"], "text": edit["newText"] });
        let version = desk.client.edit(SHEET, change);
        let left = desk.client.wait(SHEET, version);
        let is_mended = |left: &[Value]| left.iter().all(|one| one["code"] != found[0]["code"]);
        assert!(is_mended(&left), "{new}: {edit} leaves {left:?}");
    }
}

#[test]
fn columns_are_those_of_utf_16_and_what_lies_beyond_a_line_is_its_end() {
    let mut desk = Desk::new();
    let text = desk.read(SHEET).replacen("    body: |", "    title: \"\u{1F6A2}\u{1F6A2}\", knd: x", 1);
    let text = text.replacen("title: A third of the winter\n", "title: \u{1F6A2} [x\n", 1);
    desk.client.change(SHEET, &text);
    let sound = desk.read(SHEET).replacen("kind: claim", "title: \"\u{1F6A2}\u{1F6A2}\"\n    kind: claim", 1);
    let sound = sound.replacen("    title: A third of the winter\n", "", 1);
    assert_eq!(desk.client.change(SHEET, &sound), Vec::<Value>::new());
    // Behind two characters of two units each.
    let line = sound.lines().position(|line| line.contains('\u{1F6A2}')).expect("the line");
    let at = |character: u64| json!({ "line": line, "character": character });
    let range = json!({ "start": at(16), "end": at(16) });
    let version = desk.client.edit(SHEET, json!({ "range": range, "text": "s" }));
    assert_eq!(desk.client.wait(SHEET, version), Vec::<Value>::new());
    // Far beyond: the end of the line, the end of the text.
    let range = json!({ "start": at(9_999), "end": at(9_999) });
    let version = desk.client.edit(SHEET, json!({ "range": range, "text": " # remark" }));
    assert_eq!(desk.client.wait(SHEET, version), Vec::<Value>::new());
    let far = json!({ "line": 99_999, "character": 4_000_000_000u32 });
    let version =
        desk.client.edit(SHEET, json!({ "range": { "start": far, "end": far }, "text": "# end\n" }));
    assert_eq!(desk.client.wait(SHEET, version), Vec::<Value>::new());
    for method in ["hover", "completion", "definition", "references"] {
        desk.client.ask_at(&format!("textDocument/{method}"), SHEET, &far);
        desk.client.ask_at(&format!("textDocument/{method}"), "content/none.md", &far);
    }
    assert_eq!(desk.client.end().0, 0);
}

#[test]
fn nonsense_is_answered_with_errors_and_the_next_message_is_understood() {
    let folder = begun();
    let root = folder.path().join("site").canonicalize().expect("it is there");
    let mut client = Client::start(&root);
    assert_eq!(client.answer("textDocument/hover", json!({}))["error"]["code"], -32002);
    assert_eq!(client.answer("initialize", json!({ "capabilities": 7 }))["error"]["code"], -32602);
    drop(client);
    let mut client = Client::new(&root);
    for (text, code) in [
        ("{", -32700),
        ("\u{0}", -32700),
        ("[]", -32600),
        ("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"x\"}", -32600),
        ("{\"jsonrpc\":\"2.0\",\"id\":5}", -32600),
    ] {
        client.send(text);
        let answer = loop {
            let message = client.next();
            if message.get("error").is_some() {
                break message;
            }
        };
        assert_eq!(answer["error"]["code"], code, "{text}");
    }
    client.raw(b"Nothing: here\r\n\r\n\r\n");
    assert_eq!(client.answer("workspace/nothingOfTheKind", json!({}))["error"]["code"], -32601);
    assert_eq!(client.answer("textDocument/hover", json!({ "position": "x" }))["error"]["code"], -32602);
    for (method, params) in [
        ("textDocument/didChange", json!({ "textDocument": 1 })),
        ("textDocument/didOpen", json!([])),
        (
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": "untitled:1", "languageId": "", "version": 1, "text": "" } }),
        ),
        (
            "textDocument/didChange",
            json!({ "textDocument": { "uri": "file:///nowhere", "version": 1 }, "contentChanges": [] }),
        ),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "%%%" } })),
        ("$/cancelRequest", json!({ "id": 99 })),
        ("no/such", Value::Null),
    ] {
        client.tell(method, params);
    }
    let sheet = std::fs::read_to_string(root.join(SHEET)).expect("the sheet");
    assert_eq!(client.open(SHEET, &sheet), Vec::<Value>::new());
    assert_eq!(client.end().0, 0);
    // An editor that goes without a word, or says what can't be understood any more.
    let client = Client::new(&root);
    assert_eq!(client.wait_for_end().0, 1);
    let mut client = Client::new(&root);
    client.raw(b"Content-Length: 99999999999\r\n\r\n");
    assert_eq!(client.wait_for_end().0, 2);
}

#[test]
fn two_hundred_edits_a_second_are_a_few_checks_and_the_last_text_counts() {
    let mut desk = Desk::new();
    let end = desk.read(SHEET).lines().count() as u64;
    let before = desk.client.publications;
    let start = Instant::now();
    let mut version = 0;
    for number in 0..200u64 {
        let at = json!({ "line": end, "character": number });
        let text = if number == 0 { "#" } else { "x" };
        version = desk.client.edit(SHEET, json!({ "range": { "start": at, "end": at }, "text": text }));
        std::thread::sleep(Duration::from_millis(5).saturating_sub(start.elapsed() / 1_000));
    }
    assert_eq!(desk.client.wait(SHEET, version), Vec::<Value>::new());
    let told = desk.client.publications - before;
    assert!(told <= 40, "{told} checks");
    let found = desk.client.change(SHEET, &desk.read(SHEET).replacen("kind: claim", "kind: clam", 1));
    assert_eq!(found[0]["code"], "unknown-value");
}

#[test]
fn what_others_change_on_the_disk_is_noticed() {
    let mut desk = Desk::new();
    let topic = desk.root.join(TOPIC);
    let away = desk.root.join("content/topics/boats.md");
    std::fs::rename(&topic, &away).expect("it moves");
    let uri = desk.client.uri(SHEET);
    loop {
        desk.client.next();
        let told = desk.client.told.get(&uri).map(|told| told["diagnostics"].clone());
        if told.is_some_and(|told| told[0]["code"] == "unknown-topic") {
            break;
        }
    }
    std::fs::rename(&away, &topic).expect("it moves back");
    loop {
        desk.client.next();
        if desk.client.told.get(&uri).is_some_and(|told| told["diagnostics"] == json!([])) {
            break;
        }
    }
}
