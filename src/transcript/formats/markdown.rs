//! The Markdown transcript, the one that a person writes: `# title`, `## section`, `### Speaker:`
//! and the words; `> (laughter)` for what nobody said.
//!
//! Decided here: only a heading of the third level that ends in a colon names a speaker; every other
//! heading is a section, after which nobody speaks until somebody is named; a line over a rule is
//! words. A number or a single dash before words is words, and so are stars inside a word. Raw HTML
//! is text as typed; comments in it are set apart. A link's definition whose address is no address (`[laughs]: Yes`) is words, and is kept.

mod blocks;
mod front_matter;
mod print;
mod typed;

pub(super) use print::print;

use crate::diagnostics::Diagnostic;
use crate::text::Source;
use crate::transcript::conventions::speaker_heading;
use crate::transcript::record::Transcript;
use blocks::Reader;
use pulldown_cmark::{Options, Parser};

/// Tables, and nothing that would take characters out of words typed without a thought of Markdown:
/// no smart punctuation, footnotes, strikethrough, superscript, mathematics.
const OPTIONS: Options = Options::ENABLE_TABLES;

/// Whether `text` has a speaker's heading.
pub(super) fn recognise(text: &str) -> bool {
    text.lines().any(names_a_speaker)
}

/// Whether a line is typed as a speaker's heading.
fn names_a_speaker(line: &str) -> bool {
    let heading = line.trim_start().strip_prefix("###");
    heading.is_some_and(|rest| rest.starts_with([' ', '\t']) && speaker_heading(rest).is_some())
}

/// Reads a Markdown transcript.
pub(super) fn parse(source: &Source, diagnostics: &mut Vec<Diagnostic>) -> Transcript {
    let body = front_matter::end(&source.text);
    let mut reader = Reader::new(source, body, diagnostics);
    for (event, range) in Parser::new_ext(&source.text[body..], OPTIONS).into_offset_iter() {
        reader.event(event, range.start + body..range.end + body);
    }
    reader.finish()
}
