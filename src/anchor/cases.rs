//! The shared cases of what an author may write, and the elisions of the seed speech.

use super::elision::{Gap, Reason, gaps};
use super::*;
use serde_json::Value;
use std::path::PathBuf;

/// The folder of the corpora; `None` where there is none and none was asked for.
pub(super) fn corpora() -> Option<PathBuf> {
    let asked = std::env::var_os("RAPPORTEUR_CORPORA").map(PathBuf::from);
    let folder = asked.clone().unwrap_or_else(|| "../shared/corpora".into());
    assert!(asked.is_none() || folder.is_dir(), "RAPPORTEUR_CORPORA is not a folder: {}", folder.display());
    if !folder.is_dir() {
        println!("skipped: no corpora");
        return None;
    }
    Some(folder)
}

/// The paragraph of an end of a span and its offset in code points, UTF-16 units and bytes.
pub(super) type Corner = (String, [u64; 3]);

pub(super) fn corner(value: &Value) -> Corner {
    let units = ["cp", "utf16", "utf8"].map(|unit| value[unit].as_u64().expect("offsets are numbers"));
    (value["at"].as_str().expect("ids are text").to_owned(), units)
}

pub(super) fn corner_at(id: &str, text: &str, byte: u32) -> Corner {
    let before = &text[..byte as usize];
    (id.to_owned(), [before.chars().count(), before.encode_utf16().count(), before.len()].map(|n| n as u64))
}

/// The word that the cases have for an outcome.
fn word(found: &Found) -> Option<&'static str> {
    Some(match found {
        Found::Placed(_) => return None,
        Found::Lost => "E-NOT-FOUND",
        Found::Ambiguous(_) => "E-AMBIGUOUS",
        Found::CrossesParagraph(_) => "E-CROSSES-PARAGRAPH",
        Found::CrossesSpeech(_) => "E-CROSSES-SPEECH",
        Found::CutsCluster(_) => "E-GRAPHEME",
        Found::Blank => "E-EMPTY",
        Found::OutOfContext(_) | Found::BracketedInsertion(_) => "no case has this",
    })
}

#[test]
fn every_shared_authoring_case_comes_out_right() {
    let Some(folder) = corpora() else { return };
    let cases = std::fs::read_to_string(folder.join("anchoring/cases.json")).expect("cases.json can be read");
    let cases: Vec<Value> = serde_json::from_str(&cases).expect("cases.json is JSON");
    let mut looked_at = 0;
    for case in cases.iter().filter(|case| case["phase"] == "author") {
        let name = &case["id"];
        let paragraphs = case["transcript"].as_array().expect("a transcript is a list");
        let mut speech = 0;
        let mut record = Vec::new();
        for (index, paragraph) in paragraphs.iter().enumerate() {
            if index > 0 && paragraph["speaker"] != paragraphs[index - 1]["speaker"] {
                speech += 1;
            }
            record.push(Piece::new(paragraph["text"].as_str().expect("text"), speech));
        }
        let anchor = &case["anchor"];
        let at = anchor["at"].as_str().expect("every case has `at`");
        let place = |id: &str| paragraphs.iter().position(|paragraph| paragraph["id"] == id);
        let (first, last, joints) = match at.split_once("..") {
            Some((first, last)) => (place(first), place(last), Joints::Open),
            None => (place(at), place(at), Joints::Closed),
        };
        // An unknown paragraph and a whole one are the caller's affair.
        let (Some(first), Some(last)) = (first, last) else {
            assert_eq!(case["expect"]["code"], "E-NO-PARAGRAPH", "{name}");
            continue;
        };
        let Some(exact) = anchor["quote"].as_str() else { continue };
        looked_at += 1;
        let scope = Scope { pieces: first..last + 1, joints };
        let (before, after) = (anchor["before"].as_str(), anchor["after"].as_str());
        let quote = Quote { exact, before, after, brackets: Brackets::Elision };
        let found = find(&record, &scope, &quote);
        let expect = &case["expect"];
        assert_eq!(word(&found), expect["code"].as_str(), "{name}: {found:?}");
        let suggestions = suggest(&record, &scope, &quote);
        if expect["suggest"] == true {
            assert!(!suggestions.is_empty(), "{name}");
        }
        let ranges = match &found {
            Found::Placed(ranges) => ranges,
            Found::Ambiguous(places) => {
                assert_eq!(expect["candidates"].as_u64(), Some(places.total as u64), "{name}");
                continue;
            }
            _ => match suggestions.first() {
                Some(suggestion) if !expect["span"].is_null() => &suggestion.ranges,
                _ => continue,
            },
        };
        let id = |piece: usize| paragraphs[piece]["id"].as_str().expect("ids are text");
        let (start, end) = (ranges[0], ranges[ranges.len() - 1]);
        let start = corner_at(id(start.piece), record[start.piece].text(), start.span.start);
        let end = corner_at(id(end.piece), record[end.piece].text(), end.span.end);
        assert_eq!(start, corner(&expect["span"]["start"]), "{name}: start");
        assert_eq!(end, corner(&expect["span"]["end"]), "{name}: end");
    }
    assert!(looked_at > 30, "only {looked_at} cases");
}

#[test]
fn elisions_that_turn_the_seed_speech_round_are_material() {
    let Some(folder) = corpora() else { return };
    let speech = folder.join("seed/2012-12-20-westminster-hall.txt");
    let speech = std::fs::read_to_string(speech).expect("the seed can be read");
    let record: Vec<Piece> =
        speech.lines().filter(|line| !line.is_empty()).map(|line| Piece::new(line, 0)).collect();
    let judged = |exact: &str, joints: Joints| -> Vec<Gap> {
        let scope = Scope { pieces: 0..record.len(), joints };
        let quote = Quote { exact, before: None, after: None, brackets: Brackets::Elision };
        match find(&record, &scope, &quote) {
            Found::Placed(ranges) => gaps(&record, &ranges),
            other => panic!("{exact}: {other:?}"),
        }
    };
    for (exact, word) in [
        ("the prosecutor should [...] proceed", "not"),
        ("child guardians, which we have [...] introduced", "not"),
        ("There was certainly [...] deliberate intention", "no"),
    ] {
        let gaps = judged(exact, Joints::Closed);
        assert_eq!(gaps.len(), 1);
        assert_eq!((&gaps[0].left_out, &gaps[0].reasons), (&vec![word], &vec![Reason::Negation(word)]));
    }
    let gaps =
        judged("experience of real children [...] rather than a piece of desk research", Joints::Closed);
    assert_eq!(gaps[0].left_out, ["who have been through the system"]);
    assert!(!gaps[0].is_material());
    assert!(judged("the Child Exploitation [...] Border Policing Command", Joints::Closed)[0].is_material());
    let across =
        "We will look very carefully at the evidence [...] ensure that they are not turned into criminals.";
    let gaps = judged(across, Joints::Open);
    assert_eq!((gaps[0].left_out.len(), gaps[0].is_material()), (2, false));
}
