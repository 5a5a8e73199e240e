//! A note on selected words: over paragraphs, of any kind, on topics of the site.

use super::notes::{Deed, Selection};
use super::preview::Preview;
use crate::load::{Change, Disk};
use crate::pipeline::{self, Memos, Options};
use std::fs;
use std::sync::Arc;
use tempfile::TempDir;

fn preview() -> (TempDir, Arc<Preview>) {
    let folder = TempDir::new().expect("a folder");
    for (path, text) in [
        ("rapporteur.yaml", "title: T\n"),
        ("content/topics/boats.md", "---\ntitle: Boats\n---\n"),
        ("content/debates/a/debate.yaml", "title: A\ndate: 2012-12-20\n"),
        (
            "content/debates/a/transcript.md",
            "# A\n\n### Ann:\n\nThe boats leave late.\n\nNobody says why.\n\nThat is all.\n\n### Bo:\n\nThey do not.\n",
        ),
    ] {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let disk = Disk::open(folder.path()).expect("a site");
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut Memos::default(), &Options::default());
    (folder, Preview::new(disk, edition.expect("read")))
}

fn selection(from: &str, start: usize, to: Option<&str>, end: usize) -> Selection {
    Selection {
        page: "debates/a/index.html".into(),
        paragraph: from.into(),
        start,
        end,
        to: to.map(str::to_owned),
        kind: None,
        topics: Vec::new(),
    }
}

#[test]
fn words_over_paragraphs_of_one_speech_are_quoted_as_they_stand() {
    let (_folder, preview) = preview();
    // From inside a word to inside another: whole words are meant.
    let words = selection("p1", 6, Some("p3"), 6);
    let text = preview.note(&words, Deed::Propose).expect("a note").text;
    assert!(text.contains("at: p1..p3"), "{text}");
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("quote: >- boats leave late. Nobody says why. That is"), "{text}");
    let over = preview.note(&selection("p3", 0, Some("p4"), 4), Deed::Propose);
    assert!(over.is_err_and(|why| why.contains("from one contribution")));
    for (from, to) in [("p3", Some("p1")), ("p1", Some("p9")), ("p9", None)] {
        assert!(preview.note(&selection(from, 0, to, 4), Deed::Propose).is_err(), "{from} {to:?}");
    }
}

#[test]
fn a_note_has_the_kind_and_the_topics_that_are_chosen_and_its_line_is_known() {
    let (folder, preview) = preview();
    let mut words = selection("p1", 0, None, 9);
    words.kind = Some("fact-check".into());
    words.topics = vec!["boats".into()];
    let note = preview.note(&words, Deed::Append).expect("a note");
    assert!(note.text.contains("kind: fact-check") && note.text.contains("topics: [boats]"), "{}", note.text);
    let sheet = fs::read_to_string(folder.path().join(&note.sheet)).expect("a sheet");
    let first = note.text.lines().next().expect("a line");
    assert_eq!(sheet.lines().nth(note.line.expect("a line") - 1), Some(first));
    words.topics = vec!["boat".into()];
    assert!(preview.note(&words, Deed::Append).is_err_and(|why| why.contains("did you mean `boats`?")));
    words.topics.clear();
    words.kind = Some("remark".into());
    assert!(preview.note(&words, Deed::Append).is_err_and(|why| why.contains("there is no kind")));
    let choices = preview.choices();
    assert_eq!((choices.kinds.len(), choices.topics), (8, vec![("boats".into(), "Boats".into())]));
}
