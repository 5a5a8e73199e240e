//! `tests/spec/transcripts.md`: a block marked `transcript EXTENSION`, read and printed as an outline, must
//! give the block marked `outline` after it.

use super::Spec;
use crate::outline;
use rapporteur::text::{SitePath, Source};

#[test]
fn every_example_of_the_transcript_formats_reads_as_its_outline() {
    let spec = Spec::read("transcripts.md");
    let examples = spec.examples("outline");
    assert!(examples.len() > 20, "only {} examples were found", examples.len());
    spec.hold(&examples, |example| {
        let [(info, text)] = example.input.as_slice() else { panic!("{}: one block", example.heading) };
        outline(info.strip_prefix("transcript ").expect("the block is marked `transcript`"), text)
    });
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
