//! Files that are read: transcripts in every format, sheets, notes, YAML of every kind, locks.

use crate::shown;
use rapporteur::config::{self, Overrides};
use rapporteur::content::{self, RawBriefing, RawDebate, RawPage, RawPerson, RawTopic};
use rapporteur::revise::{self, Lock};
use rapporteur::text::{Fingerprint, SitePath, Source};
use rapporteur::transcript::{self, FORMATS};
use rapporteur::{annotation, import, load, yaml};
use std::io::Cursor;

fn path(path: &str) -> SitePath {
    SitePath::new(path).expect("a path")
}

/// A transcript with each of the extensions: in the format that is recognised, and in one that is stated.
fn record(data: &[u8], extensions: &[&str]) {
    for extension in extensions {
        let path = path(&format!("content/debates/d/transcript.{extension}"));
        let loaded = load::text(&path, data.to_vec());
        shown(&loaded.diagnostics);
        let Some(source) = loaded.value else { return };
        let stated: Vec<_> = FORMATS.iter().filter(|format| format.extensions.contains(extension)).collect();
        let one = usize::from(Fingerprint::of(data).as_bytes()[0]) % stated.len();
        for format in [None, Some(stated[one].name)] {
            let checked = transcript::parse(&source, format);
            shown(&checked.diagnostics);
            let Some(read) = checked.value else { continue };
            shown(&transcript::account(&read).diagnostics);
            shown(&transcript::check_speakers(&read, &|_| false));
            for (text, printed) in
                stated[one].print.map(|print| (print)(&read)).iter().map(|text| (text, &path))
            {
                let again = transcript::parse(&Source::new(printed.clone(), text.as_str()), format);
                shown(&again.diagnostics);
            }
        }
        imported(data, &format!("sitting.{extension}"));
    }
}

/// A file that is imported, with every debate in it.
fn imported(data: &[u8], name: &str) {
    let mut file = Cursor::new(data);
    let opened = import::open(&mut file, name, None, None).expect("memory does not fail");
    shown(&opened.diagnostics);
    let Some(opened) = opened.value else { return };
    for number in 0..opened.debates().min(8) {
        let read = opened.debate(&mut file, number).expect("memory does not fail");
        shown(&read.diagnostics);
        if let Some(read) = read.value {
            shown(&opened.account(&mut file, &read, number).expect("memory does not fail").diagnostics);
        }
    }
}

pub fn captions(data: &[u8]) {
    record(data, &["vtt", "srt", "tsv"]);
}

pub fn json(data: &[u8]) {
    record(data, &["json"]);
}

pub fn text(data: &[u8]) {
    record(data, &["md", "txt"]);
}

pub fn xml(data: &[u8]) {
    record(data, &["xml"]);
}

/// The text of a file of the site, as it is loaded.
fn loaded(data: &[u8], name: &str) -> Option<Source> {
    let loaded = load::text(&path(name), data.to_vec());
    shown(&loaded.diagnostics);
    loaded.value
}

pub fn sheet(data: &[u8]) {
    if let Some(source) = loaded(data, "content/debates/d/a.notes.yaml") {
        shown(&annotation::parse_sheet(&source, "d").diagnostics);
    }
    if let Some(source) = loaded(data, "content/debates/d/notes/a.md") {
        shown(&annotation::parse_note(&source).diagnostics);
    }
}

pub fn yaml(data: &[u8]) {
    if let Some(source) = loaded(data, "rapporteur.yaml") {
        shown(&config::read(Some(&source), &Overrides::default()).diagnostics);
        for unit in [yaml::Unit::File, yaml::Unit::TopKey, yaml::Unit::EntryOf("annotations")] {
            let read = yaml::parse(&source, unit);
            shown(&read.diagnostics);
            if let Some(node) = read.value {
                within(&node, &source);
            }
        }
    }
    if let Some(source) = loaded(data, "content/debates/d/debate.yaml") {
        shown(&content::parse_yaml(&source, "debate.yaml", RawDebate::default()).diagnostics);
        shown(&content::parse_yaml(&source, "a person", RawPerson::default()).diagnostics);
        content::stated_standing(&source);
    }
    if let Some(source) = loaded(data, "content/topics/a.md") {
        shown(&content::parse_markdown(&source, "a topic", RawTopic::default()).diagnostics);
        shown(&content::parse_markdown(&source, "a briefing", RawBriefing::default()).diagnostics);
        shown(&content::parse_markdown(&source, "a page", RawPage::default()).diagnostics);
        content::stated_standing(&source);
    }
}

/// Every value stands in the file, and in the value that holds it.
fn within(node: &yaml::Node, source: &Source) {
    assert!(source.text.get(node.span.range()).is_some());
    node.items().iter().for_each(|item| within(item, source));
    for (key, value) in node.pairs() {
        assert!(source.text.get(key.span.range()).is_some());
        within(value, source);
    }
}

pub fn lock(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let read_again = |lock: &Lock| {
        let again = Lock::parse(&lock.print()).unwrap_or_else(|fault| panic!("{fault:?}: {lock:?}"));
        assert_eq!(Lock { version: again.version, ..lock.clone() }, again);
    };
    if let Ok(lock) = Lock::parse(text) {
        read_again(&lock);
        lock.paragraph_ids();
        lock.contribution_ids();
    }
    if let Ok((lock, _)) = revise::mend(text) {
        read_again(&lock);
    }
}
