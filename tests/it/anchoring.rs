//! Where an annotation lands, or why it must not: the shared cases, each through the whole program.

use rapporteur::load::Strings;
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};
use scraper::{Html, Selector};
use serde_json::Value;
use std::fmt::Write;
use std::path::PathBuf;

/// The corpora, where they are; their absence is a failure only where a place for them is named.
pub fn corpora() -> Option<PathBuf> {
    match std::env::var_os("RAPPORTEUR_CORPORA") {
        Some(named) => Some(PathBuf::from(named)),
        None => Some(PathBuf::from("../shared/corpora")).filter(|path| path.is_dir()),
    }
}

/// What became of a case.
struct Outcome {
    codes: Vec<&'static str>,
    notes: usize,
    marked: Vec<(String, String)>,
}

fn outcome(case: &Value) -> Outcome {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // The record as one block of plain text each: code fences keep every character of the case.
    let mut transcript = String::from("# Case\n");
    let mut speaker = String::new();
    for paragraph in case["transcript"].as_array().expect("paragraphs") {
        let name = text(&paragraph["speaker"]);
        if name != speaker {
            let _ = write!(transcript, "\n### {name}:\n");
            speaker = name;
        }
        let escaped = text(&paragraph["text"]).replace('&', "&amp;").replace('#', "\\#");
        let _ = write!(transcript, "\n{escaped}\n");
    }
    let anchor = &case["anchor"];
    let mut sheet =
        String::from("annotations:\n  n:\n    status: in-review\n    elision: reviewed\n    body: Why.\n");
    for key in ["at", "quote", "before", "after"] {
        if let Some(value) = anchor.get(key) {
            let _ = writeln!(sheet, "    {key}: {value}");
        }
    }
    let site = Strings::default()
        .with("rapporteur.yaml", "title: Cases\n")
        .with("content/debates/case/debate.yaml", "title: Case\ndate: 2012-12-20\n")
        .with("content/debates/case/transcript.md", transcript)
        .with("content/debates/case/case.notes.yaml", sheet);
    let sink = Memory::default();
    let keep_going = Options { on_error: rapporteur::pipeline::OnError::KeepGoing, ..Options::default() };
    let report = build(&site, &sink, &keep_going, &Unwatched).expect("memory does not fail");
    let errors =
        || report.diagnostics.iter().filter(|d| d.severity == rapporteur::diagnostics::Severity::Error);
    let page = sink.into_files().remove("debates/case/index.html").expect("the debate's page");
    let page = Html::parse_document(&String::from_utf8_lossy(&page));
    let (marks, paragraphs) =
        (Selector::parse("mark").expect("it is one"), Selector::parse("[id^=p]").expect("it is one"));
    let marked = page
        .select(&paragraphs)
        .filter(|element| element.attr("id").is_some_and(|id| id[1..].chars().all(|c| c.is_ascii_digit())))
        .filter_map(|element| {
            let words: String = element.select(&marks).flat_map(|mark| mark.text()).collect();
            (!words.is_empty()).then(|| (element.attr("id").unwrap_or_default().to_owned(), words))
        })
        .collect();
    Outcome {
        codes: errors().map(|d| d.code).collect(),
        notes: errors().map(|d| d.notes.len()).sum(),
        marked,
    }
}

/// Our code for an outcome that the cases name in their own words.
fn code(name: &str) -> &'static str {
    match name {
        "E-NOT-FOUND" => "lost-quote",
        "E-AMBIGUOUS" => "ambiguous-quote",
        "E-CROSSES-PARAGRAPH" => "crosses-paragraph",
        "E-CROSSES-SPEECH" => "crosses-speech",
        "E-GRAPHEME" => "cuts-character",
        "E-EMPTY" => "blank-quote",
        "E-NO-PARAGRAPH" => "unknown-paragraph",
        other => panic!("a code without a counterpart: {other}"),
    }
}

/// The words that a case says are marked, paragraph by paragraph, for a quotation without elision.
fn expected(case: &Value) -> Vec<(String, String)> {
    let span = &case["expect"]["span"];
    let edge = |edge: &str, key: &str| {
        span[edge][key].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a number")
    };
    let mut words = Vec::new();
    let mut inside = false;
    for paragraph in case["transcript"].as_array().expect("paragraphs") {
        let (id, text) = (&paragraph["id"], paragraph["text"].as_str().expect("a text"));
        let starts = *id == span["start"]["at"];
        let ends = *id == span["end"]["at"];
        inside |= starts;
        if inside {
            let start = if starts { edge("start", "utf8") } else { 0 };
            let end = if ends { edge("end", "utf8") } else { text.len() };
            words.push((id.as_str().expect("an id").to_owned(), text[start..end].to_owned()));
        }
        inside &= !ends;
    }
    words
}

#[test]
fn every_shared_case_of_authoring_comes_out_right() {
    let Some(corpora) = corpora() else {
        println!("skipped: no corpora");
        return;
    };
    let file = std::fs::read_to_string(corpora.join("anchoring/cases.json")).expect("the cases");
    let cases: Vec<Value> = serde_json::from_str(&file).expect("JSON");
    let cases: Vec<&Value> = cases.iter().filter(|case| case["phase"] == "author").collect();
    assert!(cases.len() >= 30);
    for case in cases {
        let id = case["id"].as_str().expect("an id");
        let found = outcome(case);
        if let Some(name) = case["expect"]["code"].as_str() {
            assert_eq!(found.codes, [code(name)], "{id}");
            assert_eq!(found.marked, [], "{id}: nothing is placed");
            assert!(case["expect"]["suggest"] != true || found.notes > 0, "{id}: something is suggested");
            continue;
        }
        assert_eq!(found.codes, [""; 0], "{id}");
        let quote = case["anchor"]["quote"].as_str();
        match quote {
            // The whole paragraph is noted, not marked.
            None => assert_eq!(found.marked, [], "{id}"),
            Some(quote) if quote.contains("[...]") => {
                let parts: String = quote.split("[...]").map(str::trim).collect();
                assert_eq!(
                    found.marked.iter().map(|(_, words)| words.as_str()).collect::<String>(),
                    parts,
                    "{id}"
                );
            }
            Some(_) => assert_eq!(found.marked, expected(case), "{id}"),
        }
    }
}
