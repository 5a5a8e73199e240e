//! Room `markdown`: the one place where Markdown's options and its highlighting are chosen. Text in, a
//! tree of prose out. It doesn't know what a link leads to.

mod highlight;
mod places;
mod read;
mod unseen;

pub use highlight::{Shade, stylesheet};

use crate::diagnostics::Checked;
use crate::prose::Draft;
use crate::text::{Source, Span};
use pulldown_cmark::Options;

/// The Markdown that editors may write. Listed one by one: `Options::all()` would change the
/// language with every release, and smart punctuation would rewrite what is compared with a record.
const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_DEFINITION_LIST)
    .union(Options::ENABLE_GFM);

/// Reads the Markdown at `span` of `source`. Every span in the draft is one of the whole source.
pub fn parse(source: &Source, span: Span) -> Checked<Draft> {
    read::read(source, source.slice(span), &places::Places::new(source, span, source.slice(span)))
}

/// Reads Markdown that stands in a YAML value: `text` is the value, `span` where it was written.
/// Where the value is not a plain slice of the file (a folded or indented block), places inside it
/// can't be mapped one to one: they are looked up line by line.
pub fn parse_value(source: &Source, span: Span, text: &str) -> Checked<Draft> {
    read::read(source, text, &places::Places::new(source, span, text))
}
