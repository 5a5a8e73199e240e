//! The traps that YAML sets for prose, each through the fast path (serde on the tree) and the slow one (the
//! walk against the schema): what one lets pass and the other does not is a bug. serde_yaml, which reads YAML
//! by itself, is held against both.

use super::walk::mistakes;
use super::*;
use crate::diagnostics::Diagnostic;
use crate::text::SitePath;
use proptest::prelude::*;
use schemars::JsonSchema;
use serde::Deserialize;

#[derive(Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
struct Note {
    quote: Option<String>,
    #[serde(default)]
    topics: Vec<String>,
    due: Option<Due>,
    volume: Option<u32>,
    open: Option<bool>,
    kind: Option<Kind>,
    #[serde(default, deserialize_with = "crate::yaml::date")]
    #[schemars(with = "Option<String>", extend("format" = "date"))]
    date: Option<jiff::civil::Date>,
    #[serde(default)]
    targets: Vec<Due>,
}

#[derive(Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(deny_unknown_fields)]
struct Due {
    said: String,
    by: Option<String>,
}

#[derive(Debug, Deserialize, JsonSchema, PartialEq)]
#[serde(rename_all = "kebab-case")]
enum Kind {
    Claim,
    FactCheck,
}

fn source(text: &str) -> Source {
    Source::new(SitePath::new("content/x.yaml").expect("a sound path"), text)
}

/// Reads `text`, a mapping of notes, and gives the note `a` and the codes of all that was found.
fn note(text: &str) -> (Option<Note>, Vec<&'static str>) {
    let source = source(text);
    let mut found = Vec::new();
    let root = parse(&source, Unit::TopKey).take(&mut found);
    let node = root.as_ref().and_then(|root| root.get("a"));
    let value = node.and_then(|node| {
        both_paths_agree(node, &source);
        decode(node, &source, "a note").take(&mut found)
    });
    (value, codes(&found))
}

fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|remark| remark.code).collect()
}

/// What the slow path finds faultless is decoded, and to what serde_yaml makes of the same values.
fn both_paths_agree(node: &Node, source: &Source) {
    let slow = mistakes::<Note>(node, source, "a note");
    if node.is_faulty() || !slow.is_empty() {
        return;
    }
    let decoded = decode::<Note>(node, source, "a note");
    assert_eq!(codes(&decoded.diagnostics), [""; 0], "{:?}", source.slice(node.span));
    let normal: Note = serde_yaml::from_str(&normal_form(node)).expect("the normal form is YAML");
    assert_eq!(decoded.value, Some(normal));
}

/// The node on one line, every text between quotation marks but those that may be meant as a number or as
/// true or false: in a form that is the same in every version of YAML.
fn normal_form(node: &Node) -> String {
    let quoted = |text: &str| {
        let json = serde_json::Value::from(text).to_string();
        let escape = |json: String, c: char| json.replace(c, &format!("\\u{:04x}", u32::from(c)));
        ['\u{85}', '\u{2028}', '\u{2029}'].into_iter().fold(json, escape)
    };
    match &node.value {
        Value::Scalar(Scalar { text, style }) => {
            let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+');
            let maybe_typed = *style == Style::Plain && text.chars().all(bare);
            if maybe_typed { text.to_string() } else { quoted(text) }
        }
        Value::Sequence(items) => {
            format!("[{}]", items.iter().map(normal_form).collect::<Vec<_>>().join(", "))
        }
        Value::Mapping(pairs) => {
            let pair = |(key, value): &(Key, Node)| format!("{}: {}", quoted(&key.text), normal_form(value));
            format!("{{{}}}", pairs.iter().map(pair).collect::<Vec<_>>().join(", "))
        }
    }
}

fn quote(text: &str) -> Option<String> {
    let (note, found) = note(text);
    assert!(found.is_empty(), "{text}: {found:?}");
    note.expect("a note without a fault is decoded").quote
}

#[test]
fn what_looks_like_another_type_stays_text_where_text_is_wanted() {
    for word in [
        "no",
        "yes",
        "true",
        "1.10",
        "010",
        "0x1F",
        "12:30:45",
        "4:05",
        "2012-12-20",
        "1e3",
        ".inf",
        "=",
        "<<x",
    ] {
        assert_eq!(quote(&format!("a:\n  quote: {word}\n")).as_deref(), Some(word));
        assert_eq!(quote(&format!("a: {{ quote: {word} }}\n")).as_deref(), Some(word));
    }
    assert_eq!(quote("a:\n  quote: ''\n").as_deref(), Some(""));
    assert_eq!(quote("a:\n  quote: 'null'\n").as_deref(), Some("null"));
}

#[test]
fn every_trap_has_its_code() {
    let traps: &[(&str, &[&str])] = &[
        ("a:\n  quote: [Mr Dai Havard in the Chair]\n", &["wrong-type"]),
        ("a:\n  quote: [Mr Dai Havard] in the Chair\n", &["yaml-syntax"]),
        ("a:\n  quote: Let me be clear: if it can\n", &["yaml-syntax"]),
        ("a:\n  quote:\n    Let me be clear: if it can\n", &["wrong-type"]),
        ("a:\n  topics:\n    - Let me be clear: if it can\n", &["wrong-type"]),
        ("a:\n  quote: {text} and more\n", &["yaml-syntax"]),
        ("a:\n  quote: - no\n", &["yaml-syntax"]),
        ("a:\n  quote: \"Yes,\" he said\n", &["yaml-syntax"]),
        ("a:\n  quote: \"unclosed\n", &["yaml-syntax"]),
        ("a:\n  quote: 'unclosed\nb: {}\n", &["yaml-syntax"]),
        ("a:\n  quote: > on the same line\n", &["yaml-syntax"]),
        ("a:\n  quote: @handle\n", &["yaml-syntax"]),
        ("a:\n  quote: %x\n", &["yaml-syntax"]),
        ("a:\n  quote: `x`\n", &["yaml-syntax"]),
        ("a:\n  quote: \"\\q\"\n", &["yaml-syntax"]),
        ("a:\n  quote: one\n   two: three\n", &["yaml-syntax"]),
        ("a:\n  quote: one\n    two # c\n    three\n", &["yaml-syntax"]),
        ("a:\n  topics: [a, b\n  quote: x\n", &["yaml-syntax"]),
        ("a:\n\tquote: x\n", &["yaml-syntax"]),
        ("\ta: { quote: x }\n", &["yaml-syntax"]),
        ("%YAML 1.1\n---\na: {}\n", &["yaml-syntax"]),
        ("a:\n  quote: x\0y\n", &["yaml-syntax"]),
        ("a:\n  quote: x\u{7}y\n", &["yaml-syntax"]),
        ("a:\n  quote: |\n    x\u{2}y\n", &["yaml-syntax"]),
        ("a:\n  quote: *emphasis* here\n", &["yaml-anchor"]),
        ("a:\n  quote: *missing\n", &["yaml-anchor"]),
        ("a:\n  quote: &co and more\n", &["yaml-anchor"]),
        ("a: &a\n  topics: [*a]\n", &["yaml-anchor", "yaml-anchor"]),
        ("a:\n  quote: !important\n", &["yaml-tag"]),
        ("a: !!map\n  quote: x\n", &["yaml-tag"]),
        ("a:\n  quote: !!str no\n", &["yaml-tag"]),
        ("a:\n  <<: { quote: x }\n", &["yaml-merge-key"]),
        ("a:\n  ? [b]\n  : c\n", &["yaml-complex-key"]),
        ("a:\n  : c\n", &["yaml-complex-key"]),
        ("a:\n  quote: x\n---\nb: y\n", &["yaml-second-document"]),
        ("a:\n  quote: x\n  quote: y\n", &["duplicate-key"]),
        ("a: { quote: x, \"quote\": y }\n", &["duplicate-key"]),
        ("a: {}\na: {}\n", &["duplicate-key"]),
        ("a:\n  quote:\n", &["empty-value"]),
        ("a:\n  quote: ~\n", &["empty-value"]),
        ("a:\n  quote: null\n", &["empty-value"]),
        ("a:\n  quote: #4 in the list\n", &["empty-value"]),
        ("a:\n  topics: [x, ]\n  due:\n", &["empty-value"]),
        ("a:\n  topics:\n    -\n", &["empty-value"]),
        ("a:\n", &["empty-value"]),
        ("a:\n  quote: Amendment #4 was lost\n", &["text-cut-by-comment"]),
        ("a:\n  quote: x # comment\n", &[]),
        ("a:\n  quote: x  #comment\n", &[]),
        ("a:\n  quote: x#y\n", &[]),
        ("a:\n  date: 2013-02-30\n", &["impossible-date"]),
        ("a:\n  date: 2013-02-28T10:00\n", &["impossible-date"]),
        ("a:\n  date: '2013-02-28'\n", &[]),
        ("a:\n  date: [2013-02-28]\n", &["wrong-type"]),
        ("a:\n  volume: many\n", &["wrong-type"]),
        ("a:\n  volume: '555'\n", &["wrong-type"]),
        ("a:\n  volume: 555\n", &[]),
        ("a:\n  open: yes\n", &["wrong-type"]),
        ("a:\n  open: True\n", &[]),
        ("a:\n  kind: fact_check\n", &["unknown-value"]),
        ("a:\n  kind: [claim]\n", &["wrong-type"]),
        ("a:\n  topics: data\n", &["wrong-type"]),
        ("a:\n  due: soon\n", &["wrong-type"]),
        ("a:\n  due: { by: x }\n", &["missing-key"]),
        ("a:\n  due: { said: by May, of spring }\n", &["unknown-key"]),
        ("a:\n  quotes: x\n", &["unknown-key"]),
        ("a: text\n", &["wrong-type"]),
        ("a: []\n", &["wrong-type"]),
    ];
    for (text, wanted) in traps {
        let (value, found) = note(text);
        assert_eq!(&found, wanted, "{text}");
        let harmless =
            wanted.iter().all(|code| ["text-cut-by-comment", "yaml-second-document"].contains(code));
        let first_stands = text.starts_with("a: {}\na:") || text.starts_with('%');
        assert_eq!(value.is_some(), harmless || first_stands, "{text}");
    }
}

#[test]
fn a_number_too_large_is_told_in_the_decoders_own_words() {
    let text = "a:\n  quote: x\n  volume: 5000000000\n";
    let source = source(text);
    let root = parse(&source, Unit::TopKey).value.expect("it is YAML");
    let found = decode::<Note>(root.get("a").expect("it is there"), &source, "a note").diagnostics;
    assert_eq!(codes(&found), ["yaml-value"]);
    let place = found[0].place.as_ref().expect("it has a place");
    assert_eq!(source.slice(place.span), "5000000000");
    assert!(!found[0].message.contains("line"), "{}", found[0].message);
}

#[test]
fn what_breaks_a_line_only_in_older_yaml_is_text() {
    assert_eq!(quote("a:\n  quote: |-\n    x\u{2028}y\n").as_deref(), Some("x\u{2028}y"));
    assert_eq!(quote("a:\n  quote: x\u{85}y\n").as_deref(), Some("x\u{85}y"));
    assert_eq!(quote("a:\n  quote: x\u{85}    y\n").as_deref(), Some("x\u{85}    y"));
    assert_eq!(quote("a: { quote: :x }\n").as_deref(), Some(":x"));
}

#[test]
fn the_help_shows_the_authors_own_words_in_the_folded_form() {
    let shown = |text: &str| {
        let source = source(text);
        let mut found = Vec::new();
        let root = parse(&source, Unit::TopKey).take(&mut found);
        for (_, node) in root.iter().flat_map(|root| root.pairs()) {
            decode::<Note>(node, &source, "a note").take(&mut found);
        }
        found[0].help.clone().unwrap_or_default()
    };
    for (text, form) in [
        ("a:\n  quote: Let me be clear: if\n", "quote: >-\n      Let me be clear: if"),
        ("a:\n  quote: [Mr Dai Havard in the Chair]\n", "quote: >-\n      [Mr Dai Havard in the Chair]"),
        ("a:\n  quote: \"Yes,\" he said\n", "quote: >-\n      \"Yes,\" he said"),
        ("a:\n  quote: \"unclosed\n", "quote: >-\n      unclosed"),
        ("a:\n  topics:\n    - Let me: if\n", "- >-\n      Let me: if"),
        ("a:\n  quote: #4 in the list\n", "quote: >-\n      #4 in the list"),
    ] {
        assert!(shown(text).ends_with(form), "{}", shown(text));
    }
}

#[test]
fn every_mistake_of_an_entry_is_told_at_its_place() {
    let text = "a:\n  quote: [x]\n  kind: clam\n  topics: y\n  titel: z\n  due: {}\n";
    let source = source(text);
    let root = parse(&source, Unit::TopKey).value.expect("it is YAML");
    let found = decode::<Note>(root.get("a").expect("it is there"), &source, "a note").diagnostics;
    let places: Vec<&str> = found
        .iter()
        .map(|remark| source.slice(remark.place.as_ref().expect("each has a place").span))
        .collect();
    assert_eq!(places, ["[x]", "clam", "y", "titel", "due"]);
}

#[test]
fn a_broken_entry_costs_no_other() {
    let text = "a:\n  quote: fine\nb:\n  quote: \"unclosed\nc:\n  quote: Let: me: see\nd: [x\ne:\n\tquote: x\nf:\n  quote: \"also fine\"\nstray\ng: { quote: x }\n";
    let source = source(text);
    let found = parse(&source, Unit::TopKey);
    assert_eq!(codes(&found.diagnostics), ["yaml-syntax"; 5]);
    let root = found.value.expect("some of it is YAML");
    let whole: Vec<&str> =
        root.pairs().iter().filter(|(_, node)| !node.is_faulty()).map(|(key, _)| &*key.text).collect();
    // The stray line may be the end of what f says.
    assert_eq!(whole, ["a", "g"]);
    assert!(parse(&source, Unit::File).value.is_none());
}

#[test]
fn a_key_in_quotation_marks_is_a_unit_of_its_own() {
    let source = source("a: { quote: x }\n\"b\": \"unclosed\nc d: { quote: x }\n'e': { quote: x }\n");
    let root = parse(&source, Unit::TopKey).value.expect("some of it is YAML");
    let keys: Vec<(&str, bool)> =
        root.pairs().iter().map(|(key, node)| (&*key.text, node.is_faulty())).collect();
    assert_eq!(keys, [("a", false), ("b", true), ("c d", false), ("e", false)]);
}

#[test]
fn a_file_that_is_not_what_it_should_be_is_one_fault() {
    let text = "Dear all,\nthis: is: not\nYAML: at: all\n";
    let found = parse(&source(text), Unit::EntryOf("annotations"));
    assert!(found.value.is_none());
    assert_eq!(codes(&found.diagnostics), ["yaml-syntax"]);
}

#[test]
fn a_file_with_nothing_in_it_is_nothing() {
    for text in ["", "\n", "# only a comment\n", "---\n", "---\n...\n"] {
        let found = parse(&source(text), Unit::File);
        assert_eq!((found.value, found.diagnostics), (None, Vec::new()), "{text:?}");
    }
}

#[test]
fn line_ends_and_styles_give_the_same_text() {
    for text in [
        "a:\n  quote: >-\n    one\n    two\n",
        "a:\r\n  quote: >-\r\n    one\r\n    two\r\n",
        "a:\n  quote: one\n    two\n",
        "a:\n  quote: 'one\n    two'",
        "a: {quote: \"one\n  two\"}",
        "a:\n  quote: \"one\\x20two\"  # comment",
        "a:\n    ? quote\n    : one two\n",
    ] {
        assert_eq!(quote(text).as_deref(), Some("one two"), "{text:?}");
    }
}

#[test]
fn a_list_item_is_decoded_by_itself() {
    let text = "a:\n  targets:\n  - said: |+\n      one\n\n    by: x\n  -   said: two\n      by: >-\n        three\n\n        four\n  - { said: five }\n";
    let source = source(text);
    let root = parse(&source, Unit::TopKey).value.expect("it is YAML");
    let list = root.at_path(&["a", "targets"]).expect("it is there");
    let said: Vec<Option<Due>> =
        list.items().iter().map(|item| decode(item, &source, "a target").value).collect();
    let due = |said: &str, by: Option<&str>| Some(Due { said: said.into(), by: by.map(str::to_owned) });
    assert_eq!(said, [due("one\n\n", Some("x")), due("two", Some("three\nfour")), due("five", None)]);
    let by = decode::<String>(list.at_path(&["1", "by"]).expect("it is there"), &source, "`by`").value;
    assert_eq!(by.as_deref(), Some("three\nfour"));
}

#[test]
fn bombs_are_cut_at_the_limit() {
    let deep_block: String = (0..300).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for text in [
        "[".repeat(200_000),
        "{".repeat(200_000),
        "{a: ".repeat(200_000),
        "- ".repeat(200_000),
        "? ".repeat(200_000),
        format!("a:\n  quote: {}\nb: {{}}\n", "[".repeat(200_000)),
        deep_block,
        format!("a: {}{}", "[".repeat(101), "]".repeat(101)),
    ] {
        let found = parse(&source(&text), Unit::TopKey);
        assert_eq!(codes(&found.diagnostics), ["yaml-too-deep"], "{}", &text[..20]);
    }
    let fine = format!("a: {}{}", "[".repeat(99), "]".repeat(99));
    assert!(parse(&source(&fine), Unit::TopKey).diagnostics.is_empty());
}

#[test]
fn faults_are_counted_rather_than_listed_without_end() {
    let anchors: String = (0..20_000).map(|n| format!("- &a{n} x\n")).collect();
    let broken: String = (0..20_000).map(|n| format!("k{n}: 'x\n")).collect();
    let again = "k: x\n".repeat(20_000);
    for text in [anchors, broken, again] {
        let found = parse(&source(&text), Unit::TopKey).diagnostics;
        assert!(found.len() <= events::TOLD + 1, "{}", found.len());
        assert!(codes(&found).contains(&"yaml-many-faults"));
    }
}

#[test]
fn one_line_of_many_faults_is_read_in_one_go() {
    let source = source(&format!("a: {{ topics: [{}] }}", "~, [x], ".repeat(20_000)));
    let root = parse(&source, Unit::TopKey).value.expect("it is YAML");
    let found = decode::<Note>(root.get("a").expect("it is there"), &source, "a note").diagnostics;
    assert_eq!(found.len(), events::TOLD + 1);
}

#[test]
fn a_key_of_five_megabytes_is_refused() {
    let found = parse(&source(&format!("{}: x\n", "k".repeat(5_000_000))), Unit::TopKey);
    assert_eq!(codes(&found.diagnostics), ["yaml-syntax"]);
}

/// A text as an author might write it: prose with the characters that mean something to YAML.
fn prose() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just("word".to_owned()),
            Just("no".to_owned()),
            Just("1.10".to_owned()),
            "[-:#,\\[\\]{}&*!|>'\"%@`~?é“” a-c\u{2028}]{1,4}",
        ],
        1..6,
    )
    .prop_map(|words| words.join(" "))
}

proptest! {
    #[test]
    fn what_the_walk_finds_faultless_is_what_serde_yaml_reads(
        quote in prose(), topic in prose(), said in prose(), style in 0..5usize,
    ) {
        let written = match style {
            0 => quote.clone(),
            1 => format!("'{}'", quote.replace('\'', "''")),
            2 => serde_json::Value::from(quote.as_str()).to_string(),
            3 => format!("|-\n      {quote}"),
            _ => format!(">-\n      {quote}"),
        };
        let text = format!("a:\n  quote: {written}\n  topics: [{topic}]\n  targets:\n    - said: {said}\n      by: x\n");
        let source = source(&text);
        let root = parse(&source, Unit::TopKey).value;
        if let Some(node) = root.as_ref().and_then(|root| root.get("a")) {
            both_paths_agree(node, &source);
        }
    }

    #[test]
    fn a_quoted_text_comes_back_as_it_was(quote in prose(), style in 0..4usize) {
        let quote = quote.trim();
        let written = match style {
            0 => format!("'{}'", quote.replace('\'', "''")),
            1 => serde_json::Value::from(quote).to_string(),
            2 => format!("|-\n      {quote}"),
            _ => format!(">-\n      {quote}"),
        };
        prop_assume!(!quote.is_empty());
        let text = format!("a:\n  quote: {written}\n");
        let source = source(&text);
        let root = parse(&source, Unit::TopKey).value.expect("a quoted text breaks nothing");
        let node = root.get("a").expect("it is there");
        prop_assert_eq!(node.get("quote").and_then(Node::text), Some(quote));
        let note: Option<Note> = decode(node, &source, "a note").value;
        prop_assert_eq!(note.and_then(|note| note.quote), Some(quote.to_owned()));
    }

    #[test]
    fn no_text_whatever_makes_it_panic(text in "(a|b: |\\[|\\{|\\]|\\}|- |'|\"|\\n|\\r|\t| |  |#|&a|\\*a|!|---|>-|\\||é|\u{2028}|\\PC){0,60}") {
        let source = source(&text);
        for unit in [Unit::File, Unit::TopKey, Unit::EntryOf("a")] {
            if let Some(root) = parse(&source, unit).value {
                decode::<Note>(&root, &source, "a note");
                for (_, node) in root.pairs() {
                    decode::<Note>(node, &source, "a note");
                }
            }
        }
        front_matter(&source);
    }
}
