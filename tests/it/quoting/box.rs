//! The box on a debate's page comes to what the program comes to: its script, run by node, over a table of
//! quotations. Needs `node`; without it this is not tried, unless `RAPPORTEUR_NODE` says that it must be.

use super::told_of;
use serde_json::{Value, json};
use std::io::Write;
use std::process::{Command, Stdio};

/// The record, and the same words for the script: a list of paragraphs for each contribution.
const RECORD: [&[&str]; 2] = [
    &[
        "The guidance is clear, and the workers’ rights that it names are plain. We must not wait for the £2.5 \
         million that was promised in 2012–13.",
        "I have said it before: “go and see”, and I say it again. It is the councils’ duty, not ours, to act \
         before the end of May.",
    ],
    &["I doubt it. My hon. Friend says that nothing has been done; I say that little has."],
];

/// What the script says of each quotation, `None` without node.
fn said_by_the_box(quotations: &[&str]) -> Option<Vec<Vec<String>>> {
    let script =
        |name: &str| std::fs::read_to_string(format!("themes/default/static/{name}")).expect("a script");
    let input = json!({
        "scripts": [script("divides.js"), script("weighs.js"), script("check.js")],
        "contributions": RECORD,
        "quotations": quotations,
    });
    let node = Command::new("node")
        .arg("tests/it/quoting/box.mjs")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let mut node = match node {
        Ok(node) => node,
        Err(error) => {
            assert!(std::env::var_os("RAPPORTEUR_NODE").is_none(), "no node: {error}");
            println!("skipped: no node");
            return None;
        }
    };
    let mut stdin = node.stdin.take().expect("it is piped");
    stdin.write_all(input.to_string().as_bytes()).expect("it reads");
    drop(stdin);
    let output = node.wait_with_output().expect("it ends");
    let said: Value = serde_json::from_slice(&output.stdout).expect("a list");
    Some(serde_json::from_value(said).expect("lists of words"))
}

#[test]
fn the_box_on_the_page_comes_to_what_the_program_comes_to() {
    let verbatim: &[&str] = &["verbatim"];
    let wrong: &[&str] = &["nearest"];
    // The quotation; what the box begins with and says beside; what a build says of the same words.
    let table: &[(&str, &[&str], &[&str])] = &[
        ("The guidance is clear, and the workers’ rights", verbatim, &[]),
        ("the workers' rights that it names are plain", verbatim, &[]),
        ("I have said it before: \"go and see\", and I say it again", verbatim, &[]),
        ("promised in 2012-13", verbatim, &[]),
        ("We must  not\nwait for the £2.5 million", verbatim, &[]),
        ("We must not wait.", &["verbatim", "stop"], &[]),
        ("we must not wait", &["verbatim", "capital"], &[]),
        ("The workers’ rights that it names,", &["verbatim", "capital", "stop"], &[]),
        ("[w]e must not wait", verbatim, &[]),
        ("We must not wait [sic] for the £2.5 million", verbatim, &[]),
        ("The guidance is clear [...] rights that it names are plain", &["parts", "left"], &[]),
        ("We must [...] wait for the £2.5 million", &["weighs", "left"], &["material-elision"]),
        ("rights that it names [...] must not wait for", &["weighs", "left"], &["material-elision"]),
        ("I have said it [...] and I say it again", &["parts", "left"], &[]),
        ("My hon. Friend says that nothing [...] I say that little has", &["parts", "left"], &[]),
        ("I doubt it. My [...] Friend says that nothing", &["weighs", "left"], &["material-elision"]),
        ("We must wait for the £2.5 million", wrong, &["misquotation"]),
        ("We must not wait for the £3.5 million", wrong, &["misquotation"]),
        ("We must not wait for the £2", wrong, &["cuts-word"]),
        ("he guidance is clear, and the workers", wrong, &["cuts-word"]),
        ("We must not [all] wait for the £2.5 million", wrong, &["bracketed-insertion"]),
        ("We must not wait for the £2.5 million!", wrong, &["misquotation"]),
        ("the guidance Is clear, and the workers", wrong, &["misquotation"]),
    ];
    let quotations: Vec<&str> = table.iter().map(|row| row.0).collect();
    for (quotation, _, build) in table {
        let told = told_of(&format!("[“{quotation}”](../debates/talk/)"));
        let codes: Vec<&str> = told.iter().map(|(code, _)| *code).collect();
        assert_eq!(codes, *build, "a build, of: {quotation}");
    }
    let Some(said) = said_by_the_box(&quotations) else { return };
    for ((quotation, wanted, _), said) in table.iter().zip(said) {
        let notes = ["missing", "added", "instead", "more"];
        let said: Vec<&str> = said.iter().map(String::as_str).filter(|word| !notes.contains(word)).collect();
        assert_eq!(said, *wanted, "the box, of: {quotation}");
    }
}
