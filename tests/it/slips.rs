//! The slips of somebody new: each is said where it is, with what was probably meant, and none hides another.

use crate::desk::Desk;
use rapporteur::load::Strings;
use rapporteur::pipeline::{Options, check};

/// A site with one debate, and these files over it.
fn said(files: &[(&str, &str)]) -> Vec<String> {
    let site = Strings::default()
        .with("rapporteur.yaml", "title: Site\n")
        .with("content/topics/boats.md", "---\ntitle: Boats\n---\n")
        .with("content/debates/dues/debate.yaml", "title: Dues\ndate: 2025-04-01\n")
        .with(
            "content/debates/dues/transcript.md",
            "# Dues\n\n### Ada:\n\nThe dues have doubled. Nobody asked us.\n",
        );
    let site = files.iter().fold(site, |site, (path, text)| site.with(path, *text));
    let report = check(&site, &Options::default()).expect("memory does not fail");
    report.diagnostics.iter().map(|diagnostic| diagnostic.line()).collect()
}

#[test]
fn a_file_with_almost_the_right_name_is_told_its_name() {
    for (path, name) in [
        ("content/debates/dues/mine.notes.yml", "mine.notes.yaml"),
        ("content/debates/dues/notes.yaml", "editors.notes.yaml"),
        ("content/debates/dues/Mine.Notes.yaml", "mine.notes.yaml"),
        ("content/people/ada.yml", "ada.yaml"),
        ("content/topics/dues.markdown", "dues.md"),
        ("content/topic/dues.md", "content/topics/dues.md"),
        ("content/Topics/dues.md", "content/topics/dues.md"),
    ] {
        let lines = said(&[(path, "title: Dues\n")]);
        let fitting =
            lines.iter().any(|line| line.contains("stray-file") && line.contains(&format!("`{name}`")));
        assert!(fitting, "{path}: {lines:?}");
    }
    // What is not nearly anything is given no name.
    let lines = said(&[("content/debates/dues/photo.JPG", ""), ("content/attic/a.md", "")]);
    assert!(lines.len() == 2 && lines.iter().all(|line| !line.contains("name it")), "{lines:?}");
}

#[test]
fn a_note_without_a_place_still_has_its_names_looked_up() {
    let sheet = "annotations:\n  one:\n    at: p1\n    quote: the dues have trebled\n    topics: [boat, boats]\n    \
                 identifies: { person: ada }\n    sources: [ledger]\n";
    let lines = said(&[("content/debates/dues/a.notes.yaml", sheet)]);
    for code in ["lost-quote", "unknown-topic", "unknown-person", "unknown-source"] {
        assert_eq!(lines.iter().filter(|line| line.contains(code)).count(), 1, "{code}: {lines:?}");
    }
}

#[test]
fn a_mistake_in_the_configuration_is_not_told_as_one_of_the_texts() {
    let sheet = "annotations:\n  one: { at: p1, status: in-review }\n";
    let topic = "---\ntitle: Boats\n---\nSee [the note](../debates/dues/#n-one).\n";
    let files = [("content/debates/dues/a.notes.yaml", sheet), ("content/topics/boats.md", topic)];
    assert_eq!(said(&files), Vec::<String>::new());
    let lines = said(&[&files[..], &[("rapporteur.yaml", "titel: Site\n")]].concat());
    assert!(lines.len() == 1 && lines[0].contains("did you mean `title`?"), "{lines:?}");
    // Where it says itself that only what is approved is published, it is one.
    let lines = said(&[&files[..], &[("rapporteur.yaml", "title: Site\npublish: approved\n")]].concat());
    assert!(lines.len() == 1 && lines[0].contains("unpublished-link"), "{lines:?}");
}

#[test]
fn front_matter_that_is_not_opened_is_told_how_it_begins() {
    for text in ["title: Boats\n---\nWords\n", "--\ntitle: Boats\n--\nWords\n", "Words\n"] {
        let lines = said(&[("content/topics/boats.md", text)]);
        assert!(lines.len() == 1 && lines[0].contains("begin the file with a line `---`"), "{lines:?}");
    }
    let lines = said(&[("content/topics/boats.md", "---\nsummary: Of boats.\n---\n")]);
    assert!(lines.len() == 1 && lines[0].contains("add `title: …`"), "{lines:?}");
}

#[test]
fn a_day_or_a_debate_that_is_not_there_is_told_how_it_is_written() {
    let desk = Desk::new();
    for (arguments, words) in [
        (&["new", "debate", "Dues", "--date", "31.02.2024"][..], "write a day as YYYY-MM-DD"),
        (&["new", "debate", "Dues", "--date", "2024-02-30"], "the calendar has no such day"),
        (&["list", "notes", "--since", "May"], "write a day as YYYY-MM-DD"),
        (&["new", "note", "ferry", "--quote", "x"], "did you mean `2025-03-04-the-ferry-to-heron-island`?"),
        (&["build", "--base-url", "example.org"], "it must begin with https:// or http://"),
    ] {
        let run = desk.run(arguments);
        assert!(run.code != 0 && run.said.contains(words), "{arguments:?}: {}", run.said);
        assert!(!run.said.contains("parse"), "{arguments:?}: {}", run.said);
    }
}
