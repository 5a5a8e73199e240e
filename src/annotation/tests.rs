//! Claims about sheets and notes.

use super::*;
use crate::diagnostics::{Checked, Diagnostic};
use crate::text::{SitePath, Source};
use crate::yaml::{self, Node, Unit, Value};

fn source(path: &str, text: &str) -> Source {
    Source::new(SitePath::new(path).expect("a sound path"), text)
}

fn sheet(text: &str) -> Checked<Sheet> {
    parse_sheet(&source("content/debates/d/x.notes.yaml", text), "d")
}

/// The sheet of one annotation `a` with these lines.
fn one(lines: &str) -> Checked<Sheet> {
    let lines: String = lines.lines().map(|line| format!("    {line}\n")).collect();
    sheet(&format!("annotations:\n  a:\n{lines}"))
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|remark| remark.code).collect()
}

fn place(remark: &Diagnostic) -> &str {
    let place = remark.place.as_ref().expect("it has a place");
    place.source.slice(place.span)
}

fn only(found: Checked<Sheet>) -> Entry {
    assert_eq!(codes(&found.diagnostics), [""; 0]);
    found.value.entries.into_iter().next().expect("there is one")
}

#[test]
fn three_type_errors_are_three_diagnostics_and_the_rest_is_kept() {
    let found = sheet(
        "annotations:\n  a: { at: [p1] }\n  b: { at: p2 }\n  c: { at: p3, topics: data }\n  d:\n    at: p4\n    due: soon\n  e: { at: p5 }\n",
    );
    assert_eq!(codes(&found.diagnostics), ["wrong-type"; 3]);
    assert_eq!(found.diagnostics.iter().map(place).collect::<Vec<_>>(), ["[p1]", "data", "soon"]);
    assert_eq!(ids(&found.value), ["b", "e"]);
    let quarantined: Vec<&str> = found.value.quarantined.iter().map(|entry| &*entry.id).collect();
    assert_eq!(quarantined, ["a", "c", "d"]);
}

fn ids(sheet: &Sheet) -> Vec<&str> {
    sheet.entries.iter().map(|entry| &*entry.id).collect()
}

#[test]
fn broken_yaml_in_one_annotation_costs_no_other() {
    let found = sheet(
        "debate: d\ndefaults: { topics: [data] }\nannotations:\n  a:\n    quote: \"unclosed\n    at: p1\n\n  b:\n    quote: Let me be clear: no\n  # c\n  c:\n    at: p1\n  d: { at: [ }\n  e:\n    at: p2\n",
    );
    assert_eq!(codes(&found.diagnostics), ["yaml-syntax"; 3]);
    assert_eq!(ids(&found.value), ["c", "e"]);
    assert_eq!(found.value.entries[0].topics[0].name, "data");
    assert_eq!(found.value.quarantined.len(), 3);
}

#[test]
fn defaults_are_merged_and_every_value_keeps_its_place() {
    let text = "defaults: { author: desk, status: in-review, topics: [data, policing], at: p9 }\nannotations:\n  a:\n    at: p2\n    status: draft\n    topics: [-data, child-protection, policing]\n";
    let entry = only(sheet(text));
    let topics: Vec<(&str, &str)> =
        entry.topics.iter().map(|topic| (&*topic.name, entry.source.slice(topic.span))).collect();
    assert_eq!(topics, [("policing", "policing"), ("child-protection", "child-protection")]);
    assert!(entry.topics[0].span.start < entry.id_span.start, "from the defaults");
    assert_eq!((entry.raw.author.as_deref(), entry.raw.status), (Some("desk"), Some(Status::Draft)));
    assert_eq!(entry.targets[0].at, "p2".parse().ok());
    assert_eq!(entry.source.slice(entry.span_of(&["author"])), "desk");
    assert_eq!(entry.source.slice(entry.span_of(&["status"])), "draft");
    assert_eq!(entry.source.slice(entry.span_of(&["topics", "1"])), "child-protection");
    assert_eq!(entry.source.slice(entry.span_of(&["title"])), "a");
}

#[test]
fn who_owes_by_default_owes_only_commitments() {
    let found = sheet(
        "defaults: { owed_by: them }\nannotations:\n  a: { at: p1 }\n  b: { at: p1, kind: commitment }\n",
    );
    assert_eq!(codes(&found.diagnostics), [""; 0]);
    let owed: Vec<Option<&str>> = found.value.entries.iter().map(|e| e.raw.owed_by.as_deref()).collect();
    assert_eq!(owed, [None, Some("them")]);
}

#[test]
fn an_empty_list_of_its_own_overrides_the_defaults_sources() {
    let found =
        sheet("defaults: { sources: [x] }\nannotations:\n  a: { at: p1 }\n  b: { at: p1, sources: [] }\n");
    let counts: Vec<usize> = found.value.entries.iter().map(|entry| entry.raw.sources.len()).collect();
    assert_eq!(counts, [1, 0]);
}

#[test]
fn several_targets_are_each_read() {
    let entry =
        only(one("targets:\n  - at: p8..p9\n    quote: one\n  - quote: two\n    before: x\n  - at: c3"));
    let ats: Vec<Option<String>> =
        entry.targets.iter().map(|target| target.at.map(|at| at.to_string())).collect();
    assert_eq!(ats, [Some("p8..p9".into()), None, Some("c3".into())]);
    let places: Vec<&str> = entry.targets.iter().map(|target| entry.source.slice(target.span)).collect();
    assert_eq!(places, ["one", "two", "c3"]);
}

#[test]
fn what_can_be_checked_without_the_record_is() {
    let cases: &[(&str, &[&str], &str)] = &[
        ("at: p0", &["invalid-at"], "p0"),
        ("at: p12..p11", &["invalid-at"], "p12..p11"),
        ("quote: '  '", &["blank-quote"], "'  '"),
        ("kind: note", &["no-target"], "a"),
        ("targets: []", &["no-target"], "[]"),
        ("targets:\n  - before: x", &["context-without-quote", "no-target"], "x"),
        ("targets: [{ at: p1 }]\nat: p1", &["targets-and-selector"], "at"),
        ("targets: [{ at: p1 }]\nquote: x", &["targets-and-selector"], "quote"),
        ("at: p1\nbefore: x", &["context-without-quote"], "x"),
        ("at: p1\ndue: { said: soon }", &["key-of-another-kind"], "due"),
        ("at: p1\nowed_by: me", &["key-of-another-kind"], "owed_by"),
        ("at: p1\noutcome: { state: kept }", &["key-of-another-kind"], "outcome"),
        ("at: p1\nverdict: accurate", &["key-of-another-kind"], "verdict"),
        ("at: p1\nterm: x", &["key-of-another-kind"], "term"),
        ("at: p1\nstatus: in-review\nkind: cross-reference", &["kind-needs-key"], "cross-reference"),
        ("at: p1\nstatus: in-review\nkind: fact-check\nverdict: accurate", &["kind-needs-key"], "fact-check"),
        ("at: p1\nstatus: in-review\nkind: fact-check\nsources: [x]", &["kind-needs-key"], "fact-check"),
        ("quote: by May\nkind: commitment\ndue: { said: by June }", &["due-not-in-quote"], "by June"),
        ("at: p1\nbody: x\nbody_file: y", &["two-bodies"], "y"),
        ("at: p1\nsee: [b/c/d]", &["invalid-reference"], "b/c/d"),
        ("at: p1\nwithdrawn: { reason: x }", &["withdrawn-but-standing"], "withdrawn"),
        ("at: p1\ndate: 2013-02-30", &["impossible-date"], "2013-02-30"),
        ("at: p1\nkind: comitment", &["unknown-value"], "comitment"),
        ("at: p1\nsources: [{ url: x }]", &["missing-key"], "{ url: x }"),
    ];
    for (lines, wanted, at) in cases {
        let found = one(lines);
        assert_eq!(&codes(&found.diagnostics), wanted, "{lines}");
        assert_eq!(&place(&found.diagnostics[0]), at, "{lines}");
        assert!(found.value.entries.is_empty(), "an annotation with an error is set aside: {lines}");
    }
}

#[test]
fn what_is_only_odd_is_a_warning_and_kept() {
    for (lines, code) in [
        ("at: p1\nauthor: me\nreviewed: { by: me }", "reviewed-by-author"),
        ("at: p1\nstatus: retracted", "retraction-without-reason"),
        ("at: p1\ntopics: [-data]", "topic-not-given"),
    ] {
        let found = one(lines);
        assert_eq!(codes(&found.diagnostics), [code]);
        assert_eq!(found.value.entries.len(), 1, "{lines}");
    }
}

#[test]
fn what_was_said_of_the_day_may_be_wrapped_otherwise_than_the_quote() {
    only(one(
        "quote: >-\n  will report by the end\n  of spring 2013\nkind: commitment\ndue: { said: end of  spring, by: 2013-05-31 }",
    ));
    only(one("at: p1\nkind: commitment\ndue: { said: no quote to hold it against }"));
}

#[test]
fn an_id_that_is_no_slug_is_refused() {
    let found = sheet("annotations:\n  Scoping review: { at: p1 }\n  a-: { at: p1 }\n");
    assert_eq!(codes(&found.diagnostics), ["invalid-id"; 2]);
    assert_eq!(found.diagnostics[0].help.as_deref(), Some("name it `scoping-review`"));
}

#[test]
fn an_id_stands_once_in_a_sheet() {
    let found = sheet("annotations:\n  a: { at: p1 }\n  b: { at: p1 }\n  a: { at: p2 }\n");
    assert_eq!(codes(&found.diagnostics), ["duplicate-key"]);
    assert_eq!(ids(&found.value), ["a", "b"]);
}

#[test]
fn a_sheet_in_the_wrong_folder_is_set_aside() {
    let found = sheet("debate: e\nannotations:\n  a: { at: p1 }\n");
    assert_eq!(codes(&found.diagnostics), ["wrong-debate"]);
    assert!(found.value.entries.is_empty());
}

#[test]
fn defaults_approve_nothing() {
    let found = sheet(
        "defaults: { status: approved }\nannotations:\n  a: { at: p1 }\n  b: { at: p1, status: approved }\n",
    );
    assert_eq!(codes(&found.diagnostics), ["approved-by-default"]);
    let standing: Vec<Option<Status>> = found.value.entries.iter().map(|entry| entry.raw.status).collect();
    assert_eq!(standing, [None, Some(Status::Approved)]);
}

#[test]
fn the_head_of_a_sheet_is_checked() {
    for (text, wanted) in [
        ("- a\n", vec!["wrong-type"]),
        ("prose\n", vec!["wrong-type"]),
        ("debate: d\n", vec!["missing-key"]),
        ("annotations: [a]\n", vec!["wrong-type"]),
        ("annotation: {}\n", vec!["unknown-key", "missing-key"]),
        ("debate: [d]\nannotations: {}\n", vec!["wrong-type"]),
        ("defaults: { quote: x }\nannotations: {}\n", vec!["unknown-key"]),
        ("defaults: { at: x, topics: [-data] }\nannotations: {}\n", vec!["invalid-at", "topic-not-given"]),
        ("", vec![]),
        ("annotations:\n", vec![]),
    ] {
        assert_eq!(codes(&sheet(text).diagnostics), wanted, "{text}");
    }
}

#[test]
fn sources_are_keys_or_written_out_and_keep_their_words() {
    let entry =
        only(one("at: p1\nsources: [report, 2012, { title: 010, publisher: 1.10, read: 2013-02-28 }]"));
    let [RawSource::Key(report), RawSource::Key(year), RawSource::Inline(source)] = &entry.raw.sources[..]
    else {
        panic!("two keys and a source: {:?}", entry.raw.sources);
    };
    assert_eq!((&**report, &**year, &*source.title), ("report", "2012", "010"));
    assert_eq!(source.publisher.as_deref(), Some("1.10"));
    assert_eq!(source.read, yaml::parse_date("2013-02-28"));
}

#[test]
fn a_place_in_a_body_is_a_place_in_its_file() {
    let locate = |lines: &str, word: &str| {
        let entry = only(one(lines));
        let text = entry.body_text().expect("it has a body");
        let at = text.find(word).expect("the word is in it");
        entry.source.slice(entry.body_span(at..at + word.len())).to_owned()
    };
    assert_eq!(locate("at: p1\nbody: |\n  One “two”.\n\n    three\n\n  four", "three"), "three");
    assert_eq!(locate("at: p1\nbody: |\n\n\n  One “two”.\n  four\n", "four"), "four");
    assert_eq!(locate("at: p1\nbody: One “two”.", "“two”"), "“two”");
    assert_eq!(locate("at: p1\nbody: >-\n  one\n  two", "two"), "one\n      two");
    assert_eq!(locate("at: p1\nbody: 'it''s'", "s"), "'it''s'");
}

#[test]
fn a_blank_body_is_no_body() {
    assert!(only(one("at: p1\nbody: ''")).body_text().is_none());
}

#[test]
fn a_markdown_file_is_one_annotation_named_after_it() {
    let note = source(
        "content/debates/d/notes/two-tests.md",
        "---\nat: p12\ntopics: [data]\n---\n\nThe **body**.\n\nMore.\n\n",
    );
    let found = parse_note(&note);
    assert_eq!(codes(&found.diagnostics), [""; 0]);
    let entry = found.value.expect("it is sound");
    assert_eq!((&*entry.id, entry.body_text()), ("two-tests", Some("The **body**.\n\nMore.")));
    assert_eq!(note.slice(entry.body_span(4..12)), "**body**");
    assert_eq!(note.slice(entry.topics[0].span), "data");
}

#[test]
fn a_markdown_files_faults_are_told() {
    for (name, text, wanted) in [
        ("a", "no front matter\n", "missing-front-matter"),
        ("a", "---\nat: p1\n", "unclosed-front-matter"),
        ("a", "---\n---\nbody", "no-target"),
        ("a", "---\nat: p1\nbody: x\n---\nbody", "two-bodies"),
        ("a", "---\nat: p1\nbody_file: x\n---\nbody", "two-bodies"),
        ("a", "---\nat: p1\ntitel: x\n---\n", "unknown-key"),
        ("a", "---\nat: [p1\n---\n", "yaml-syntax"),
        ("a", "---\ntext\n---\n", "wrong-type"),
        ("A note", "---\nat: p1\n---\n", "invalid-id"),
    ] {
        let found = parse_note(&source(&format!("content/debates/d/notes/{name}.md"), text));
        assert_eq!(codes(&found.diagnostics), [wanted], "{text}");
        assert!(found.value.is_none(), "{text}");
    }
}

/// The demonstration's debate: its slug, its sheets and its notes.
fn demonstration() -> (String, Vec<Source>, Vec<Source>) {
    let slug = "2012-12-20-human-trafficking";
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/debates").join(slug);
    let read = |folder: std::path::PathBuf, end: &str| -> Vec<Source> {
        let files = std::fs::read_dir(folder).expect("the demonstration is there");
        let mut files: Vec<_> = files.map(|file| file.expect("it can be listed").path()).collect();
        files.sort();
        files.retain(|path| path.to_string_lossy().ends_with(end));
        let text = |path: &std::path::PathBuf| std::fs::read_to_string(path).expect("it can be read");
        let name = |path: &std::path::PathBuf| {
            path.file_name().expect("it is a file").to_string_lossy().into_owned()
        };
        files.iter().map(|path| source(&name(path), &text(path))).collect()
    };
    (slug.to_owned(), read(folder.clone(), ".notes.yaml"), read(folder.join("notes"), ".md"))
}

#[test]
fn the_demonstration_has_no_fault() {
    let (slug, sheets, notes) = demonstration();
    let mut count = 0;
    for source in &sheets {
        let found = parse_sheet(source, &slug);
        assert_eq!(found.diagnostics, [], "{}", source.path);
        count += found.value.entries.len();
    }
    for source in &notes {
        let found = parse_note(source);
        assert_eq!(found.diagnostics, [], "{}", source.path);
        count += usize::from(found.value.is_some_and(|entry| entry.body_text().is_some()));
    }
    assert_eq!(count, 42);
}

fn json(node: &Node) -> serde_json::Value {
    match &node.value {
        Value::Scalar(scalar) => (*scalar.text).into(),
        Value::Sequence(items) => items.iter().map(json).collect(),
        Value::Mapping(pairs) => {
            pairs.iter().map(|(key, value)| (key.text.to_string(), json(value))).collect()
        }
    }
}

#[test]
fn the_schema_allows_the_demonstration_and_refuses_what_is_broken() {
    let (slug, sheets, _) = demonstration();
    let topics = ["child-protection", "data", "policing", "prosecution-guidance"];
    let people = ["fiona-mactaggart", "gavin-shuker", "kate-green", "michael-connarty"];
    let schema = schema(&topics, &people, &[&slug]);
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let schema =
        jsonschema::draft7::options().should_validate_formats(true).build(&schema).expect("it is a schema");
    let tree = |source: &Source| json(&yaml::parse(source, Unit::File).value.expect("it is YAML"));
    for source in &sheets {
        let faults: Vec<String> = schema.iter_errors(&tree(source)).map(|fault| fault.to_string()).collect();
        assert_eq!(faults, [""; 0], "{}", source.path);
    }
    for broken in [
        "debate: another\nannotations: {}",
        "annotations: { Bad Id: { at: p1 } }",
        "annotations: { a: { at: p1, titel: x } }",
        "annotations: { a: { at: x1 } }",
        "annotations: { a: { at: p1, topics: [unknown] } }",
        "annotations: { a: { at: p1, kind: unknown } }",
        "annotations: { a: { at: p1, date: 2013-02-30 } }",
        "annotations: { a: { at: p1, identifies: { person: nobody } } }",
        "annotations: { a: { at: p1, due: { by: 2013-05-31 } } }",
        "annotations: { a: { at: p1, sources: [{ url: x }] } }",
        "defaults: { topics: [-data] }\nannotations: {}",
        "debate: 2012-12-20-human-trafficking",
    ] {
        assert!(!schema.is_valid(&tree(&source("x.notes.yaml", broken))), "{broken}");
    }
    let fine =
        "annotations: { a: { at: p1..p2, topics: [-data], sources: [x, { title: y }], see: [b, c/d] } }";
    assert!(schema.is_valid(&tree(&source("x.notes.yaml", fine))));
}
