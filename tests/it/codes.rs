//! Every diagnostic code has a case that prints it, at a place, with words of help.

use crate::spec::diagnostics as spec;
use rapporteur::config::Overrides;
use rapporteur::diagnostics::{Diagnostic, explain, list};
use rapporteur::load::{Disk, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Options, Unwatched, build};
use rapporteur::text::{SitePath, Source};
use std::collections::BTreeSet;

const RECORD: &str = "# Talk\n\n### Ann:\n\nWe will act now. We must not wait. The cost is £200 in all, and that is that.\n\nWe will act again.\n\n### Bob (Slough):\n\nI doubt it. e\u{301}tude\n";
pub const SHEET: &str = "content/debates/talk/a.notes.yaml";

pub fn sound() -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: Cases\n")
        .with("content/debates/talk/debate.yaml", "title: Talk\ndate: 2012-12-20\n")
        .with("content/debates/talk/transcript.md", RECORD)
        .with("content/topics/data.md", "---\ntitle: Data\n---\n")
        .with("content/people/ann.yaml", "name: Ann\n")
}

fn diagnostics(site: &Strings, overrides: Overrides) -> Vec<Diagnostic> {
    let options = Options { overrides, on_error: rapporteur::pipeline::OnError::KeepGoing };
    build(site, &Memory::default(), &options, &Unwatched).expect("memory does not fail").diagnostics
}

/// A sheet with these lines as its one entry, in review where they don't say how far it has come.
pub fn entry(lines: &str) -> String {
    let standing = if lines.contains("status:") { "" } else { "    status: in-review\n" };
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    format!("annotations:\n  one:\n{standing}{lines}")
}

/// Codes, and the file whose contents make them, which no page of a spec can show: too long, too deep, or
/// of bytes that are no text or not seen. Every other mistake is in `tests/spec/diagnostics.md`.
fn unprintable() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let deep = format!("annotations:\n  one: {}{}\n", "[".repeat(150), "]".repeat(150));
    let many: String = (0..300).map(|n| format!("    k{n}: x\n")).collect();
    let quoted = format!("annotations:\n  one:\n    at: p1\n    body: '{} x'\n", "> ".repeat(80));
    let transcript = "content/debates/talk/transcript.md";
    let topic = "content/topics/data.md";
    vec![
        ("markdown-too-deep", SHEET, quoted.into_bytes()),
        ("yaml-too-deep", SHEET, deep.into_bytes()),
        ("yaml-many-faults", SHEET, format!("annotations:\n  one:\n    at: p1\n{many}").into_bytes()),
        ("not-utf8", SHEET, b"annotations:\n  one: { at: p1, body: caf\xe9 }\n".to_vec()),
        ("file-too-large", SHEET, vec![b'#'; (1 << 20) + 1]),
        ("look-alike-character", topic, "---\ntitle: D\u{430}ta\n---\n".into()),
        ("control-character", transcript, b"### Ann:\n\na \x01 b\n".to_vec()),
        ("bidi-control", transcript, "### Ann:\n\na \u{202e} b\n".into()),
        ("long-paragraph", transcript, format!("### Ann:\n\n{}\n", "word ".repeat(900_000)).into_bytes()),
    ]
}

/// Codes that need more than one file's contents.
fn others(seen: &mut BTreeSet<&'static str>) {
    let mut site = sound();
    site.0.retain(|path, _| path.as_str() != "rapporteur.yaml");
    seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));

    let text = "Page furniture only, no speaker\n";
    let mut site = sound().with("content/debates/talk/transcript.txt", text);
    site.0.retain(|path, _| path.as_str() != "content/debates/talk/transcript.md");
    seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));

    for (extension, bytes) in [
        ("xml", &b"<publicwhip><speech>"[..]),
        ("xml", b"<html><p>Not found</p></html>"),
        ("xml", b"<?xml version='1.0' encoding='ISO-8859-1'?><publicwhip>caf\xc3\xa9</publicwhip>"),
        ("xml", b"<publicwhip><speech id='a'><p>x</p></speech><speech id='a'><p>x</p></speech></publicwhip>"),
        ("json", br#"{"language":"en","segments":[{"start":0,"end":1,"text":" a \ud83d"}]}"#),
        ("srt", b"1\n00:00:05,000 --> 00:00:04,000\nOne.\n"),
        ("srt", b"1\n00:00:05,000 --> 00:00:06,000\nOne.\n\n2\n00:00 --> 1\nTwo.\n"),
        ("vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nOne.\n\n## Two\n"),
        ("json", b"{\"Overview\": {}, \"Items\": ["),
    ] {
        let mut site = sound().with(&format!("content/debates/talk/transcript.{extension}"), bytes);
        site.0.retain(|path, _| path.as_str() != "content/debates/talk/transcript.md");
        seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));
    }

    let correction = "x: { at: c1, was: Nobody, speaker: ann, reason: R }\n";
    let site = sound().with("content/debates/talk/corrections.yaml", correction);
    seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));

    // A lock that says what a revision did to a note that is still as it was written then.
    let sheet = entry("at: p1\nquote: We will act now.");
    let source = Source::new(SitePath::new(SHEET).expect("a path"), sheet.as_str());
    let entries = rapporteur::annotation::parse_sheet(&source, "talk").value.entries;
    let selector = rapporteur::resolve::selector(&entries[0]);
    let hash = rapporteur::text::Fingerprint::of(RECORD.as_bytes());
    for status in ["context-changed", "drifted"] {
        let lock = format!(
            "version: 1\ntranscript: {{ file: transcript.md, hash: '{hash}' }}\nparagraphs:\n- {{ id: p1, words: x }}\n\
             - {{ id: p2, words: x }}\n- {{ id: p3, words: x }}\nannotations:\n  one:\n    revised:\n      status: {status}\n      \
             selector: {selector:?}\n      revision: x\n      was: [{{ paragraph: 1, words: We act. }}]\n"
        );
        let site = sound().with(SHEET, sheet.as_str()).with("content/debates/talk/debate.lock", lock);
        seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));
    }

    let site = sound()
        .with("rapporteur.yaml", "title: T\ntheme: own\n")
        .with("themes/own/templates/topik.html", "x");
    seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));

    // What only a closer look finds.
    let notes = "annotations:\n  one: { at: p1, kind: claim, status: in-review, body: x }\n  two: { at: p1, kind: claim, status: in-review, body: x }\n  \
                 due: { at: p1, quote: We will act now, kind: commitment, status: in-review, body: x, due: { said: now, by: 2012-12-21 } }\n";
    let site = sound()
        .with(SHEET, notes)
        .with("content/topics/none.md", "---\ntitle: None\n---\n")
        .with("content/people/none.yaml", "name: None\n")
        .with("content/sources.yaml", "none: { title: None }\n")
        .with("static/x.html", "<a href=gone.html>x</a>");
    let overrides = Overrides { as_of: "2013-01-01".parse().ok(), ..Overrides::default() };
    let options = Options { overrides, ..Options::default() };
    let read = rapporteur::desk::Inventory::read(&site, &options).expect("memory does not fail");
    let edition = rapporteur::pipeline::edition(&site, &[], &mut Default::default(), &options)
        .expect("memory does not fail");
    let found = rapporteur::desk::thorough(&site, &read, &edition).expect("memory does not fail");
    seen.extend(found.iter().map(|d| d.code));
    let landing = rapporteur::desk::Landing::default();
    build(&site, &landing, &options, &Unwatched).expect("memory does not fail");
    seen.extend(landing.lost(&edition).iter().map(|d| d.code));

    // Nobody listens at port 1 of this machine.
    let site = sound().with("content/pages/x.md", "---\ntitle: X\n---\n[x](http://127.0.0.1:1/)\n");
    let landing = rapporteur::desk::Landing::default();
    build(&site, &landing, &options, &Unwatched).expect("memory does not fail");
    let edition = rapporteur::pipeline::edition(&site, &[], &mut Default::default(), &options)
        .expect("memory does not fail");
    let outside = rapporteur::desk::Outside::of(&landing, None, &site, edition.layout());
    let looked = outside.expect("memory does not fail").look(&mut Default::default(), 0, &Default::default());
    seen.extend(looked.diagnostics.iter().map(|d| d.code));

    // What a reader has not taken from a file, as an import finds it.
    let json = "{\"Overview\": {}, \"Items\": [{\"Value\": \"a\", \"Aside\": \"lost words\"}]}";
    let source = Source::new(SitePath::new("d.json").expect("a path"), json);
    let record = rapporteur::transcript::parse(&source, None).value.expect("it is read");
    seen.extend(rapporteur::transcript::account(&record).diagnostics.iter().map(|d| d.code));

    // Speakers of whom the record has nothing but ids, as an import finds them.
    let ids = "<TEI><text><body><div><u who='#AnnPoe'><seg>Yes.</seg></u></div></body></text></TEI>";
    let source = Source::new(SitePath::new("d.xml").expect("a path"), ids);
    let record = rapporteur::transcript::parse(&source, None).value.expect("it is read");
    let mut speakers = rapporteur::import::Speakers::default();
    speakers.add(&record, true);
    let changes = speakers.changes(&mut Default::default(), Default::default());
    seen.extend(changes.nameless.iter().map(|d| d.code));

    let captions = "1\n00:00:01,000 --> 00:00:02,000\nDoor: shut\n\n2\nno times\n\n3\n00:00:03,000 --> 00:00:04,000\nWall: up\n\n\
                    4\n00:00:05,000 --> 00:00:06,000\nRoof: on\n\n";
    let captions = Source::new(SitePath::new("c.srt").expect("a path"), captions);
    seen.extend(rapporteur::transcript::parse(&captions, None).diagnostics.iter().map(|d| d.code));

    let paste = "Intro\n\nPart of the debate – in Westminster Hall at 4:05 pm on 20 December 2012.\n\nPhoto of Ann Lee Ann Lee Minister 4:05, 20 December 2012\n\nWords.\n";
    let mut site = sound()
        .with("content/debates/talk/transcript.txt", paste)
        .with("content/debates/talk/debate.yaml", "title: T\ndate: 2013-01-01\n");
    site.0.retain(|path, _| path.as_str() != "content/debates/talk/transcript.md");
    seen.extend(diagnostics(&site, Overrides::default()).iter().map(|d| d.code));
}

/// Codes about what only a disk has: links and pipes.
#[cfg(unix)]
fn on_disk(seen: &mut BTreeSet<&'static str>) {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().expect("a folder");
    let topics = folder.path().join("content/topics");
    std::fs::create_dir_all(&topics).expect("folders");
    std::fs::write(folder.path().join("rapporteur.yaml"), "title: T\n").expect("a file");
    symlink("/etc/hostname", topics.join("out.md")).expect("a link");
    symlink(folder.path().join("content"), folder.path().join("content/loop")).expect("a link");
    std::fs::write(topics.join("back\\slash.md"), "x").expect("a file");
    let disk = Disk::open(folder.path()).expect("a folder");
    let report = build(&disk, &Memory::default(), &Options::default(), &Unwatched).expect("it can be read");
    seen.extend(report.diagnostics.iter().map(|d| d.code));
}

#[test]
fn the_page_of_all_codes_is_what_explain_says() {
    let mut page = "# What the messages mean\n\n<!-- Made from the headers in src/diagnostics/codes: \
                    RAPPORTEUR_REWRITE=1 cargo test --test it -- codes -->\n\n`rapporteur explain CODE` says the same.\n"
        .to_owned();
    for code in list() {
        let about = explain(&code).expect("every code is explained");
        let (first, rest) = about.split_once('\n').unwrap_or((&about, ""));
        page.push_str(&format!("\n## `{code}`\n\n{first}\n{rest}\n"));
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/codes.md");
    if std::env::var_os("RAPPORTEUR_REWRITE").is_some() {
        std::fs::write(path, &page).expect("it can be written");
    }
    let there = std::fs::read_to_string(path).unwrap_or_default();
    assert!(there == page, "docs/codes.md is old: RAPPORTEUR_REWRITE=1 cargo test --test it -- codes");
}

#[test]
fn every_code_has_a_case_that_prints_it() {
    let mut seen: BTreeSet<&'static str> = BTreeSet::new();
    assert_eq!(diagnostics(&sound(), Overrides::default()), [], "the ground of the cases is sound");
    let printed = spec::mistakes();
    let printed = printed.iter().map(|mistake| (mistake.code.as_str(), mistake.site()));
    let unprintable = unprintable().into_iter().map(|(code, path, bytes)| (code, sound().with(path, bytes)));
    for (code, site) in printed.chain(unprintable) {
        let found = diagnostics(&site, Overrides::default());
        let Some(diagnostic) = found.iter().find(|d| d.code == code) else {
            panic!(
                "expected {code}, found {:?}",
                found.iter().map(|d| (d.code, &d.message)).collect::<Vec<_>>()
            );
        };
        assert!(diagnostic.help.is_some(), "{code} says what to do");
        let place = diagnostic.place.as_ref().unwrap_or_else(|| panic!("{code} has a place"));
        assert!(
            place.source.text.get(place.span.range()).is_some(),
            "{code}: the words at fault can be shown"
        );
        seen.insert(diagnostic.code);
    }
    others(&mut seen);
    #[cfg(unix)]
    on_disk(&mut seen);
    // The decoder's own last word: nothing is known that gets there, which is as it should be.
    seen.insert("yaml-value");
    let listed = list();
    let unseen: Vec<&String> = listed.iter().filter(|code| !seen.contains(code.as_str())).collect();
    assert_eq!(unseen, [] as [&String; 0], "codes without a case");
}

#[test]
fn every_code_is_explained_in_a_sentence_and_more() {
    for code in list() {
        let text = explain(&code).expect("it is listed");
        let mut lines = text.lines();
        assert!(lines.next().is_some_and(|first| first.ends_with('.') && first.len() > 15), "{code}");
        assert_eq!(lines.next(), Some(""), "{code}: a blank line after the first sentence");
        assert!(lines.any(|line| !line.is_empty()), "{code}: why, and what to do");
    }
}
