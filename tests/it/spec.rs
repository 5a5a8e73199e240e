//! Runs the examples of `tests/spec/transcripts.md`: a block marked `transcript EXTENSION`, read and
//! printed as an outline, must give the block marked `outline` after it. With the environment
//! variable RAPPORTEUR_REWRITE set, the outlines are written anew instead.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::outline;
use rapporteur::text::{SitePath, Source};

use std::fmt::Write;
use std::ops::Range;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spec/transcripts.md");

#[test]
fn every_example_of_the_transcript_formats_reads_as_its_outline() {
    let spec = std::fs::read_to_string(SPEC).expect("the spec is in the repository");
    let blocks = blocks(&spec);
    let mut wrong = String::new();
    let mut rewritten = spec.clone();
    let mut examples = 0;
    for pair in blocks.windows(2).rev() {
        let [input, expected] = pair else { unreachable!("windows of two") };
        let Some(how) = input.info.strip_prefix("transcript ") else { continue };
        assert_eq!(expected.info, "outline", "the example under {:?} has no outline", input.heading);
        examples += 1;
        let outline = outline(how, &input.text);
        rewritten.replace_range(expected.range.clone(), &outline);
        if outline != expected.text {
            let (heading, expected) = (&input.heading, &expected.text);
            write!(wrong, "\n== {heading}\n-- expected\n{expected}-- found\n{outline}").expect("a string");
        }
    }
    assert!(examples > 20, "only {examples} examples were found");
    if std::env::var_os("RAPPORTEUR_REWRITE").is_some() {
        std::fs::write(SPEC, rewritten).expect("the spec can be written");
    } else {
        assert!(wrong.is_empty(), "{wrong}");
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

/// What is read from `text`, one line for each thing. `how` is the file's extension, and `crlf`
/// where its lines end as on Windows.
fn outline(how: &str, text: &str) -> String {
    let (extension, text) = match how.split_once(' ') {
        Some((extension, "crlf")) => (extension, text.replace('\n', "\r\n")),
        _ => (how, text.to_owned()),
    };
    let path = SitePath::new(&format!("content/debates/d/transcript.{extension}")).expect("a path");
    let source = Source::new(path, text);
    outline::of(&source)
}
