//! `tests/spec/transcripts.md`: a block marked `transcript EXTENSION`, read and printed as an outline, must
//! give the block marked `outline` after it.

use super::{Example, Spec};
use crate::outline;
use rapporteur::text::{SitePath, Source};

/// The spec.
pub(super) const SPEC: Spec = Spec { name: "transcripts", ending: "outline", what_comes: as_outline };

fn as_outline(examples: &[Example], at: usize) -> String {
    let Example { heading, input, .. } = &examples[at];
    let [(info, text)] = input.as_slice() else { panic!("{heading}: one block") };
    outline(info.strip_prefix("transcript ").expect("the block is marked `transcript`"), text)
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
