//! `tests/spec/notes.md`: where a note stands, or why it has no place.

use super::{Example, Spec};
use crate::codes::{SHEET, entry};
use rapporteur::config::{Drafts, Overrides};
use rapporteur::load::{Change, Strings};
use rapporteur::model::{Annotation, Debate, Elided, WholeParagraph};
use rapporteur::pipeline::{Memos, OnError, Options, edition};
use std::fmt::Write;

/// The spec.
pub(super) const SPEC: Spec = Spec { name: "notes", ending: "stands", what_comes: where_it_stands };

fn where_it_stands(examples: &[Example], at: usize) -> String {
    // The record of an example holds until another is given.
    let given = |example: &Example, info: &str| {
        example.input.iter().find(|(one, _)| one == info).map(|(_, text)| text.clone())
    };
    let record = examples[..=at].iter().rev().find_map(|example| given(example, "record"));
    let record = record.expect("the first example gives a record");
    let note = given(&examples[at], "note");
    stands(&record, &note.unwrap_or_else(|| panic!("{}: a block marked `note`", examples[at].heading)))
}

/// Where the note of a small site stands, a line for each passage; or what is wrong with it.
fn stands(record: &str, note: &str) -> String {
    let site = Strings::default()
        .with("rapporteur.yaml", "title: Notes\n")
        .with("content/debates/talk/debate.yaml", "title: Talk\ndate: 2012-12-20\n")
        .with("content/debates/talk/transcript.md", record)
        .with(SHEET, entry(note));
    let overrides = Overrides { drafts: Drafts::Shown, ..Overrides::default() };
    let options = Options { overrides, on_error: OnError::KeepGoing };
    let edition =
        edition(&site, &[Change::Rescan], &mut Memos::default(), &options).expect("memory does not fail");
    let mut lines = String::new();
    for one in &edition.report.diagnostics {
        writeln!(lines, "{}: {}", one.code, one.message).expect("a string");
    }
    for debate in &edition.site.debates {
        for note in &debate.annotations {
            lines.push_str(&passages(debate, note));
        }
    }
    lines
}

fn passages(debate: &Debate, note: &Annotation) -> String {
    let mut lines = String::new();
    if note.passages.is_empty() {
        lines.push_str("the whole debate\n");
    }
    for passage in &note.passages {
        let paragraph = &debate.record.paragraphs[passage.paragraph];
        let words = &debate.record.words(paragraph)[passage.range.range()];
        let who = debate.record.speaker(passage.paragraph).map_or("nobody", |speaker| &speaker.name);
        let elided = if passage.elided_before == Elided::Yes { " after words left out" } else { "" };
        let whole = if passage.whole == WholeParagraph::Yes { ", whole" } else { "" };
        writeln!(lines, "{} {who}{whole}{elided}: {words}", paragraph.id).expect("a string");
    }
    lines
}
