//! Specs: prose with examples that run. The blocks of an example, input and what comes of it, stand under
//! a heading of their own, which names it where it fails. With the environment variable RAPPORTEUR_REWRITE
//! set, what comes of each is written anew instead.

pub mod diagnostics;
mod notes;
mod pages;
mod transcripts;

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use std::fmt::Write;
use std::ops::Range;
use std::path::PathBuf;

/// A spec of the folder `tests/spec`.
struct Spec {
    path: PathBuf,
    text: String,
}

/// An example: the blocks under one heading, up to the one that says what comes of them.
pub struct Example {
    /// The heading.
    pub heading: String,
    /// The words of the blocks' first lines, and their text.
    pub input: Vec<(String, String)>,
    expected: Block,
}

impl Spec {
    fn read(name: &str) -> Spec {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec").join(name);
        let text = std::fs::read_to_string(&path).expect("the spec is in the repository");
        Spec { path, text }
    }

    /// The examples, each ending with a block whose mark begins with this word.
    fn examples(&self, ending: &str) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut input: Vec<Block> = Vec::new();
        for block in blocks(&self.text) {
            if block.info.split(' ').next() != Some(ending) {
                input.push(block);
                continue;
            }
            for before in &input {
                assert_eq!(before.heading, block.heading, "the example has no block marked `{ending}`");
            }
            let input = input.drain(..).map(|block| (block.info, block.text)).collect();
            examples.push(Example { heading: block.heading.clone(), input, expected: block });
        }
        let left: Vec<&str> = input.iter().map(|block| block.heading.as_str()).collect();
        assert_eq!(left, [] as [&str; 0], "examples without a block marked `{ending}`");
        examples
    }

    /// Holds what comes of every example to what the spec says, or writes it anew.
    fn hold(mut self, examples: &[Example], what_comes: impl Fn(&Example) -> String) {
        let mut wrong = String::new();
        for example in examples.iter().rev() {
            let found = what_comes(example);
            let expected = &example.expected;
            if found != expected.text {
                let (heading, expected) = (&example.heading, &expected.text);
                write!(wrong, "\n== {heading}\n-- expected\n{expected}-- found\n{found}").expect("a string");
            }
            self.text.replace_range(expected.range.clone(), &found);
        }
        if std::env::var_os("RAPPORTEUR_REWRITE").is_some() {
            std::fs::write(&self.path, self.text).expect("the spec can be written");
        } else {
            assert!(wrong.is_empty(), "{wrong}\n(RAPPORTEUR_REWRITE=1 writes what was found)");
        }
    }
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
