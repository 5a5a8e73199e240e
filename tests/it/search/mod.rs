//! What the search page finds is what a plain scan of the site finds: the page's own script, run by node
//! over the files of a built site, against an oracle without an index.
//!
//! Needs `node`. Without it these claims are not tried, unless `RAPPORTEUR_NODE` says that they must be.

mod oracle;
mod page;
mod sites;

use oracle::{Oracle, Part, typed};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRng, TestRunner};
use rapporteur::load::{Change, Sources, Strings};
use rapporteur::output::Memory;
use rapporteur::pipeline::{Edition, Memos, OnError, Options, Unwatched, build, edition};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use tempfile::TempDir;

const OPTIONS: fn() -> Options = || Options { on_error: OnError::KeepGoing, ..Options::default() };

fn files(sources: &dyn Sources) -> BTreeMap<String, Vec<u8>> {
    let sink = Memory::default();
    build(sources, &sink, &OPTIONS(), &Unwatched).expect("memory");
    sink.into_files()
}

fn site(sources: &dyn Sources) -> Edition {
    edition(sources, &[Change::Rescan], &mut Memos::default(), &OPTIONS()).expect("memory")
}

/// The files that searching needs.
fn searched(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&String, &Vec<u8>> {
    files.iter().filter(|(path, _)| path.starts_with("search/") || path.ends_with(".json")).collect()
}

/// The page's script, answering.
struct Script {
    program: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    folder: TempDir,
}

impl Drop for Script {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Script {
    fn over(files: &BTreeMap<String, Vec<u8>>) -> Option<Script> {
        let folder = TempDir::new().expect("a folder");
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for (path, bytes) in searched(files) {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, bytes).expect("written");
        }
        // A module by its name alone.
        let script = folder.path().join("search.mjs");
        std::fs::copy(root.join("themes/default/static/search.js"), &script).expect("the script");
        let program = Command::new("node")
            .arg(root.join("tests/it/search/run.mjs"))
            .arg(folder.path())
            .arg(&script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn();
        let mut program = match program {
            Ok(program) => program,
            Err(error) => {
                assert!(std::env::var_os("RAPPORTEUR_NODE").is_none(), "no node: {error}");
                println!("skipped: no node");
                return None;
            }
        };
        let input = program.stdin.take().expect("piped");
        let output = BufReader::new(program.stdout.take().expect("piped"));
        Some(Script { program, input, output, folder })
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.input, "{question}").expect("the script listens");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("the script answers");
        let answer: Value = serde_json::from_str(&line).expect("JSON");
        assert!(!answer["error"].to_string().contains("Error"), "{question}: {answer}");
        answer
    }

    fn query(&mut self, query: &str) -> Value {
        self.ask(&json!({ "query": query, "fresh": true }))
    }

    fn found(&mut self, query: &str) -> Vec<String> {
        let answer = self.query(query);
        let found = answer["found"].as_array().unwrap_or_else(|| panic!("{query}: {answer}"));
        found.iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
    }
}

/// Both find the same for every query.
fn agree(sources: &dyn Sources, queries: &[Vec<Part>]) {
    let edition = site(sources);
    let oracle = Oracle::new(&edition.site, &edition.config.language);
    let files = files(sources);
    let Some(mut script) = Script::over(&files) else { return };
    let mut count = 0;
    for parts in queries.iter().chain(&sites::held(&oracle)) {
        let query = typed(parts);
        let found = script.found(&query);
        let expected = oracle.find(parts);
        count += usize::from(!expected.is_empty());
        let set: BTreeSet<String> = found.iter().cloned().collect();
        assert_eq!(set.len(), found.len(), "{query}: something is found twice");
        assert_eq!(set, expected, "{query}");
    }
    assert!(count > 10, "only {count} queries find something");
}

#[test]
fn over_the_demonstration_it_finds_what_a_scan_finds() {
    let disk = rapporteur::load::Disk::open(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("a site");
    let word = |word: &str| Part::Word(word.into());
    agree(
        &disk,
        &[
            vec![word("trafficking")],
            vec![word("children"), word("police")],
            vec![Part::Phrase("tip of the iceberg".into())],
            vec![Part::Phrase("iceberg the of tip".into())],
            vec![Part::Filter("speaker", "harper".into()), word("guidance")],
            vec![Part::Filter("topic", "data".into()), Part::Filter("kind", "claim".into())],
            vec![word("barnardo’s"), Part::NotFilter("kind", "speech".into())],
            vec![Part::Prefix("traff".into()), Part::NotWord("child".into())],
            vec![Part::After(20_121_220, "2012-12-20".into()), Part::Before(20_121_220, "2012-12-20".into())],
            vec![Part::Debate("2012-12-20-human-trafficking".into()), word("the")],
            vec![Part::Before(20_111_231, "2011".into()), word("the")],
            vec![word("TRÁFFICKED")],
        ],
    );
}

#[test]
fn over_imported_records_it_finds_what_a_scan_finds() {
    let Some(corpora) = crate::record::corpora() else { return };
    agree(&sites::imported(&corpora), &[]);
}

#[test]
fn over_made_up_debates_it_finds_what_a_scan_finds() {
    let word = |word: &str| Part::Word(word.into());
    agree(
        &sites::made_up(40, 7),
        &[
            vec![word("the"), Part::NotWord("co-operate".into())],
            vec![word("the"), Part::NotWord("O’Brien".into())],
            vec![word("not"), Part::NotPhrase("taxes".into())],
            vec![Part::Phrase("taxed".into())],
            vec![Part::Phrase("carbon".into()), Part::Phrase("policing".into())],
        ],
    );
}

#[test]
fn whatever_is_asked_it_finds_what_a_scan_finds() {
    let sources = sites::made_up(12, 3);
    let edition = site(&sources);
    let oracle = Oracle::new(&edition.site, &edition.config.language);
    let Some(script) = Script::over(&files(&sources)) else { return };
    let script = std::cell::RefCell::new(script);
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(Config::default().rng_algorithm));
    let parts = prop::collection::vec(sites::part(&oracle), 1..5);
    let outcome = runner.run(&parts, |parts| {
        let found: BTreeSet<String> = script.borrow_mut().found(&typed(&parts)).into_iter().collect();
        prop_assert_eq!(found, oracle.find(&parts), "{}", typed(&parts));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn the_page_and_the_build_part_texts_into_the_same_words() {
    let sources = sites::made_up(1, 1);
    let Some(script) = Script::over(&files(&sources)) else { return };
    let script = std::cell::RefCell::new(script);
    let same = |text: &str| {
        let mut expected = Vec::new();
        rapporteur::search::words(text, |word| expected.push(word.to_owned()));
        let answer = script.borrow_mut().ask(&json!({ "tokens": text }));
        assert_eq!(answer["words"], json!(expected), "{text:?}");
    };
    for text in [
        "",
        "’s",
        "a’s b''s c's's",
        "1,000.5.",
        ",1",
        "1,",
        "人權's",
        "ΑΣ ΑΣ.",
        "İI",
        "ǅ ß ﬃ Ⅷ ½ ²",
        "नमस्ते",
        "e\u{301}\u{301}",
        "\0a\0b",
    ] {
        same(text);
    }
    let mut runner = TestRunner::deterministic();
    let pieces = prop::collection::vec(
        prop_oneof![
            3 => "[a-zA-Z0-9 .,'’-]{0,6}",
            1 => "[\u{c0}-\u{24f}\u{370}-\u{4ff}\u{5d0}-\u{6ff}]{1,3}",
            1 => "[\u{2b0}-\u{36f}\u{2000}-\u{206f}]{1,2}",
            1 => "[\u{3040}-\u{30ff}\u{4e00}-\u{4e30}\u{ac00}-\u{ac40}]{1,2}",
        ],
        1..8,
    );
    runner
        .run(&pieces, |pieces| {
            same(&pieces.concat());
            Ok(())
        })
        .unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn a_speech_about_the_words_comes_before_one_that_mentions_them() {
    let about = "Carbon capture works where carbon is. Carbon taxes pay for carbon capture. ".repeat(3);
    let mention = "We spoke of many other things on that day and the next. ".repeat(8) + "One was carbon.";
    let record = format!("# D\n\n### A:\n\n{mention}\n\n### B:\n\nCarbon!\n\n### C:\n\n{about}\n");
    let sources = Strings::default()
        .with("rapporteur.yaml", "title: T\n")
        .with("content/debates/d/debate.yaml", "title: D\ndate: 2013-01-10\n")
        .with("content/debates/d/transcript.md", record);
    let Some(mut script) = Script::over(&files(&sources)) else { return };
    assert_eq!(script.found("carbon "), ["d#c3", "d#c2", "d#c1"]);
}

#[test]
fn what_readers_may_not_see_is_not_in_the_index() {
    let with = |sheet: &str| {
        let sources = sites::made_up(3, 5).with("content/debates/d1/z.notes.yaml", sheet);
        let files = files(&sources);
        // All that a search reads: the other data may say that a note was withdrawn.
        searched(&files)
            .into_iter()
            .filter(|(path, _)| {
                !path.ends_with(".html") && (path.starts_with("search/") || path.contains("/debate"))
            })
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect::<BTreeMap<_, _>>()
    };
    let without = with("annotations: {}\n");
    for hidden in [
        "status: draft",
        "status: approved\n    reviewed: { by: Desk }\n    embargo: 2999-01-01T00:00:00Z",
        "status: approved\n    reviewed: { by: Desk }\n    expires: 2001-01-01T00:00:00Z",
        "status: retracted\n    withdrawn: { reason: It was wrong., on: 2013-04-02 }",
    ] {
        let sheet = format!(
            "annotations:\n  quagga:\n    at: p1\n    topics: [data]\n    {hidden}\n    title: Xylophone\n    body: Zyzzyva.\n    sic: {{ read: Axolotl }}\n"
        );
        let with = with(&sheet);
        assert!(with.keys().eq(without.keys()), "{hidden}");
        for (path, bytes) in &with {
            assert!(*bytes == without[path], "{hidden}: {path}");
        }
    }
    let shown = with(
        "annotations:\n  quagga:\n    at: p1\n    topics: [data]\n    status: in-review\n    body: Zyzzyva.\n",
    );
    assert_ne!(shown, without);
}

#[test]
fn odd_queries_find_nothing_or_what_they_say_and_break_nothing() {
    let sources = sites::made_up(3, 5);
    let Some(mut script) = Script::over(&files(&sources)) else { return };
    let many = "the ".repeat(300);
    for query in [
        "",
        " ",
        "a",
        "\"",
        "\"\"",
        "-",
        "-the",
        "😀",
        "\0",
        "<script>alert(1)</script>",
        "speaker:",
        "topic:\"",
        "\u{202e}the",
        "after:x",
        "before:2013-99-99",
        "debate:nowhere",
        "debate:../..",
        "kind:<b>",
        "*",
        "שלום",
        "(",
        "\\",
        "--the",
        "-\"the the\"",
        &many,
    ] {
        let answer = script.query(query);
        assert!(answer["found"].is_array(), "{query:?}: {answer}");
    }
    assert!(!script.found("the ").is_empty());
    assert_eq!(script.found(&many), script.found("the "));
}

/// Some debates, and one in which a word stands so often that its list is in parts.
fn with_a_long_list() -> Strings {
    sites::made_up(3, 5).with("content/debates/long/debate.yaml", "title: Long\ndate: 2012-05-05\n").with(
        "content/debates/long/transcript.md",
        format!("# L\n{}", "\n### A:\n\nThe.\n\n### B:\n\nThe.\n".repeat(4500)),
    )
}

#[test]
fn any_file_that_is_missing_or_cut_is_told_and_the_others_are_used() {
    let built = files(&with_a_long_list());
    let Some(mut script) = Script::over(&built) else { return };
    let root: Value = serde_json::from_slice(&built["search/index.json"]).expect("JSON");
    let kind_of = |path: &str| {
        let hash = path.trim_start_matches("search/").trim_end_matches(".txt");
        let lists = ["words", "lists", "debates"].into_iter().find(|name| {
            let entries = root[name].as_array().expect("a list");
            entries.iter().any(|entry| entry.as_array().and_then(|entry| entry.last()) == Some(&json!(hash)))
        });
        lists.unwrap_or(if path.starts_with("debates/") { "data" } else { "part" })
    };
    let query = "the police speaker:\"Ann Harper\" after:2010 ";
    let whole = script.query(query);
    assert!(whole["found"].as_array().is_some_and(|found| found.len() > 1), "{whole}");
    assert_eq!((&whole["lost"], &whole["missed"]), (&json!([]), &json!(0)));
    let mut tried = BTreeSet::new();
    let mut used = BTreeSet::new();
    for path in whole["loaded"].as_array().expect("a list") {
        let path = path.as_str().expect("a path");
        let (place, bytes) = (script.folder.path().join(path), &built[path]);
        for broken in [None, Some(&bytes[..bytes.len() / 2]), Some(b""), Some(b"<!doctype html><p>Not here")]
        {
            match broken {
                Some(broken) => std::fs::write(&place, broken).expect("written"),
                None => std::fs::remove_file(&place).expect("it was there"),
            }
            let answer = script.query(query);
            if path == "search/index.json" {
                let kind = if broken.is_some() { "cut" } else { "failed" };
                assert_eq!(answer["error"], json!(kind), "{path}");
                continue;
            }
            let told = answer["lost"] != json!([]) || answer["missed"] != json!(0);
            assert!(told && answer["unknown"] == json!([]), "{path}: {answer}");
            tried.insert(kind_of(path));
            if answer["found"] != json!([]) {
                used.insert(kind_of(path));
            }
        }
        std::fs::write(&place, bytes).expect("written");
    }
    assert_eq!(tried, BTreeSet::from(["words", "lists", "debates", "part", "data"]));
    assert!(used.is_superset(&BTreeSet::from(["part", "data"])), "{used:?}");
    assert_eq!(script.query(query)["found"], whole["found"]);

    // The names to choose from: no query asks for them.
    let names = script.folder.path().join(format!("search/{}.txt", root["names"].as_str().expect("a hash")));
    assert!(script.ask(&json!({ "names": true, "fresh": true }))["names"]["speaker"].is_array());
    std::fs::write(&names, b"{\"house\":[[").expect("written");
    assert_eq!(script.ask(&json!({ "names": true, "fresh": true }))["error"], json!("cut"));
    std::fs::remove_file(&names).expect("it was there");
    assert_eq!(script.ask(&json!({ "names": true, "fresh": true }))["error"], json!("missing"));
    assert_eq!(script.query(query)["found"], whole["found"]);
    // A filter for one debate looks into that debate's data.
    let data = script.folder.path().join("debates/d1/debate.json");
    std::fs::write(&data, b"{\"mark\"").expect("written");
    assert_eq!(script.query("debate:d1 police ")["lost"], json!(["debate:d1"]));
}

#[test]
fn files_of_two_builds_are_told_and_not_answered() {
    let built = files(&sites::made_up(3, 5));
    // Another build's files of the index.
    let mut mixed = built.clone();
    mixed.retain(|path, _| path.starts_with("debates/") || path == "search/index.json");
    let other = files(&sites::made_up(3, 6));
    mixed.extend(other.into_iter().filter(|(path, _)| path.starts_with("search/")));
    let Some(mut script) = Script::over(&mixed) else { return };
    assert_eq!(script.query("the ")["error"], json!("mixed"));
    // Another build's data of a debate, which the filter for the debate reads first.
    let mut mixed = built;
    let data = mixed.get_mut("debates/d1/debate.json").expect("its data");
    let text = String::from_utf8(data.clone()).expect("UTF-8");
    *data = text.replacen("{\"mark\":\"", "{\"mark\":\"0", 1).into_bytes();
    let mut script = Script::over(&mixed).expect("node was there");
    assert_eq!(script.query("debate:d1 the ")["error"], json!("mixed"));
}

/// A site of one debate, said by one.
fn said(words: &str) -> Strings {
    Strings::default()
        .with("rapporteur.yaml", "title: T\n")
        .with("content/debates/d/debate.yaml", "title: D\ndate: 2013-01-10\n")
        .with("content/debates/d/transcript.md", format!("# D\n\n### A:\n\n{words}\n"))
}

#[test]
fn a_quotation_of_any_length_is_found_by_its_first_words() {
    let words: Vec<String> = (0..60).map(|at| format!("w{at}x")).collect();
    let Some(mut script) = Script::over(&files(&said(&words.join(" ")))) else { return };
    let answer = script.query(&format!("“{}” ", words[5..50].join(" ")));
    assert_eq!((&answer["found"], &answer["cut"]), (&json!(["d#c1"]), &json!(true)), "{answer}");
    let other = format!("“{} {}” ", words[5..20].join(" "), words[22..50].join(" "));
    assert_eq!(script.query(&other)["found"], json!([]));
}

#[test]
fn a_word_goes_on_only_where_somebody_is_typing_it() {
    let Some(mut script) = Script::over(&files(&said("A childish grandchild, taxed."))) else { return };
    assert_eq!(script.found("chil"), ["d#c1"]);
    let answer = script.query("child grandchild");
    assert_eq!((&answer["found"], &answer["unknown"]), (&json!([]), &json!(["child"])), "{answer}");
    // In quotation marks a word is that word and no other of its stem.
    assert_eq!(script.found("taxes taxed "), Vec::<String>::new());
    assert_eq!(script.found("\"taxed\""), ["d#c1"]);
}

#[test]
fn a_day_that_cannot_be_read_is_told_and_not_passed_over() {
    let Some(mut script) = Script::over(&files(&said("Carbon."))) else { return };
    assert_eq!(script.found("carbon after:2012 before:2013-1-10 "), ["d#c1"]);
    for day in ["after:20/12/2012", "before:2013-13", "after:x", "before:2013-02-40", "-after:2012"] {
        let answer = script.query(&format!("carbon {day} "));
        assert_eq!((&answer["found"], &answer["unknown"]), (&json!([]), &json!([day])), "{answer}");
    }
}

#[test]
fn words_in_context_are_cut_between_characters_where_there_are_no_spaces() {
    let record = format!("{}權{}", "𠀀人".repeat(600), "人𠀀".repeat(600));
    let Some(mut script) = Script::over(&files(&said(&record))) else { return };
    for query in ["權 ", "人 "] {
        // Half a character would be no JSON.
        let answer = script.query(query);
        let pieces = answer["marked"][0]["pieces"].as_array().expect("pieces");
        assert!(pieces.iter().any(|piece| piece[1] == json!(true)), "{query}");
        let length: usize = pieces.iter().map(|piece| piece[0].as_str().map_or(0, str::len)).sum();
        assert!((300..2000).contains(&length), "{query}: {length}");
    }
}

#[test]
fn of_a_name_that_many_have_those_who_spoke_most_are_looked_for_first() {
    let mut record = String::from("# D\n");
    for who in 0..9 {
        record += &format!("\n### Member {who} Harwood:\n\nCarbon.\n\n### B:\n\nYes.\n").repeat(if who < 5 {
            8
        } else {
            2
        });
    }
    let sources = said("").with("content/debates/d/transcript.md", record);
    let Some(mut script) = Script::over(&files(&sources)) else { return };
    let ask = |level: u8| json!({ "query": "speaker:harw ", "level": level, "fresh": true });
    let (first, all) = (script.ask(&ask(0)), script.ask(&ask(1)));
    let count = |answer: &Value| answer["found"].as_array().map(Vec::len);
    assert_eq!((count(&first), &first["exact"]), (Some(40), &json!(false)), "{first}");
    assert_eq!((count(&all), &all["exact"]), (Some(48), &json!(true)), "{all}");
    // One who is named wholly is that one, whoever else has the words.
    assert_eq!(script.found("speaker:\"Member 3 Harwood\" ").len(), 8);
}

#[test]
fn no_file_of_the_index_is_large_and_its_name_is_its_hash() {
    let files = files(&sites::made_up(40, 7));
    let index: BTreeMap<_, _> = files.iter().filter(|(path, _)| path.starts_with("search/")).collect();
    for (path, bytes) in index {
        assert!(bytes.len() <= 100_000, "{path}: {} bytes", bytes.len());
        if path.ends_with(".txt") {
            let hash = rapporteur::text::Fingerprint::of(bytes).short(12);
            assert_eq!(*path, format!("search/{hash}.txt"));
        }
    }
}
