//! Specs: prose with examples that run. The blocks of an example, input and what comes of it, stand under
//! a heading of their own, which names its test: `spec::named::SPEC::HEADING`. With the environment variable
//! RAPPORTEUR_REWRITE set, what comes of each is written anew instead, and the list of names.

/// A module of a spec's name with a test for each of its examples.
macro_rules! named {
    ($spec:ident: $($name:ident)*) => {
        mod $spec {
            $(#[test] fn $name() { crate::spec::hold(stringify!($spec), stringify!($name)); })*
        }
    };
}

pub mod diagnostics;
mod named;
mod notes;
mod pages;
mod transcripts;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::collections::HashMap;
use std::fmt::Write;
use std::ops::Range;
use std::path::PathBuf;

/// A spec of the folder `tests/spec`.
pub struct Spec {
    /// The name of its file, without `.md`.
    name: &'static str,
    /// The first word of the mark of the block that ends an example, and says what comes of it.
    ending: &'static str,
    /// What comes of one of its examples.
    what_comes: fn(&[Example], usize) -> String,
}

/// Every spec.
static SPECS: [Spec; 4] = [diagnostics::SPEC, notes::SPEC, pages::SPEC, transcripts::SPEC];

/// An example: the blocks under one heading, up to the one that says what comes of them.
pub struct Example {
    /// The heading.
    pub heading: String,
    /// The words of the blocks' first lines, and their text.
    pub input: Vec<(String, String)>,
    expected: Block,
}

impl Spec {
    fn path(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec").join(self.name).with_extension("md")
    }

    fn text(&self) -> String {
        std::fs::read_to_string(self.path()).expect("the spec is in the repository")
    }

    /// The examples, each ending with a block whose mark begins with the spec's own word.
    fn examples(&self) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut input: Vec<Block> = Vec::new();
        for block in blocks(&self.text()) {
            if block.info.split(' ').next() != Some(self.ending) {
                input.push(block);
                continue;
            }
            for before in &input {
                assert_eq!(
                    before.heading, block.heading,
                    "the example has no block marked `{}`",
                    self.ending
                );
            }
            let input = input.drain(..).map(|block| (block.info, block.text)).collect();
            examples.push(Example { heading: block.heading.clone(), input, expected: block });
        }
        let left: Vec<&str> = input.iter().map(|block| block.heading.as_str()).collect();
        assert_eq!(left, [] as [&str; 0], "examples without a block marked `{}`", self.ending);
        examples
    }

    /// The names of the tests of the examples, in their order: their headings in the letters of a function's
    /// name, with a number where the same was there before.
    fn names(&self, examples: &[Example]) -> Vec<String> {
        let mut times = HashMap::new();
        let mut named = |example: &Example| {
            let words = example.heading.split(|c: char| !c.is_ascii_alphanumeric());
            let words: Vec<String> =
                words.filter(|word| !word.is_empty()).map(str::to_ascii_lowercase).collect();
            let name = words.join("_");
            let time = times.entry(name.clone()).or_insert(0);
            *time += 1;
            if *time > 1 { format!("{name}_{time}") } else { name }
        };
        examples.iter().map(&mut named).collect()
    }
}

/// Holds what comes of one example to what its spec says.
fn hold(spec: &str, name: &str) {
    let spec = SPECS.iter().find(|one| one.name == spec).expect("the list of names is of these specs");
    let examples = spec.examples();
    let at = spec.names(&examples).iter().position(|one| one == name);
    let at =
        at.unwrap_or_else(|| panic!("no example has this name now: RAPPORTEUR_REWRITE=1 writes the list"));
    let found = (spec.what_comes)(&examples, at);
    let Example { heading, expected, .. } = &examples[at];
    assert!(
        found == expected.text,
        "== {heading}\n-- expected\n{}-- found\n{found}\n(RAPPORTEUR_REWRITE=1 writes what was found)",
        expected.text
    );
}

/// The list of names as it has to be.
fn list_of_names() -> String {
    let mut list =
        String::from("//! A test for each example of the specs. RAPPORTEUR_REWRITE=1 writes this list.\n");
    for spec in &SPECS {
        let names = spec.names(&spec.examples());
        write!(list, "\nnamed! {{ {}:\n    {}\n}}\n", spec.name, names.join("\n    ")).expect("a string");
    }
    list
}

#[test]
fn every_example_of_every_spec_has_a_test_of_its_name() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/spec/named.rs");
    if std::env::var_os("RAPPORTEUR_REWRITE").is_some() {
        for spec in &SPECS {
            let (examples, mut text) = (spec.examples(), spec.text());
            for at in (0..examples.len()).rev() {
                let found = (spec.what_comes)(&examples, at);
                text.replace_range(examples[at].expected.range.clone(), &found);
            }
            std::fs::write(spec.path(), text).expect("the spec can be written");
        }
        std::fs::write(&path, list_of_names()).expect("the list can be written");
    }
    for (spec, at_least) in SPECS.iter().zip([80, 15, 5, 20]) {
        let found = spec.examples().len();
        assert!(found > at_least, "only {found} examples were found in {}", spec.name);
    }
    let list = std::fs::read_to_string(&path).expect("the list is in the repository");
    assert!(list == list_of_names(), "the list is another: RAPPORTEUR_REWRITE=1 writes it");
}

/// A fenced block of the spec.
struct Block {
    heading: String,
    info: String,
    text: String,
    /// Where its text stands.
    range: Range<usize>,
}

fn blocks(spec: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut heading = String::new();
    let mut events = Parser::new(spec).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                for (event, _) in events.by_ref() {
                    match event {
                        Event::Text(text) | Event::Code(text) => heading.push_str(&text),
                        Event::End(TagEnd::Heading(_)) => break,
                        _ => {}
                    }
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                // The lines between the fences, which stand at the start of theirs in the spec.
                let start = range.start + spec[range.clone()].find('\n').expect("a fence ends its line") + 1;
                let end = start + spec[start..range.end].trim_end_matches('`').len();
                let text = spec[start..end].to_owned();
                blocks.push(Block {
                    heading: heading.clone(),
                    info: info.to_string(),
                    text,
                    range: start..end,
                });
            }
            _ => {}
        }
    }
    blocks
}
