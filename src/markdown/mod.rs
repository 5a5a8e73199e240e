//! Room `markdown`: the one place where Markdown's options, its highlighting and its sanitising are
//! chosen. Text in, a draft out: HTML with holes where links lead and where quotations stand, for
//! `resolve` to fill. It doesn't know what a link leads to.

mod draft;
mod highlight;
mod html;
mod quotations;
mod sanitise;

pub use draft::{Attribution, Draft, DraftPiece, Link, LinkKind, Quotation, QuotationForm};
pub use highlight::{Shade, stylesheet};

use crate::diagnostics::Checked;
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
    parse_at(source, span, source.slice(span))
}

/// Reads Markdown that stands in a YAML value: `text` is the value, `span` where it was written.
/// Where the value is not a plain slice of the file (a folded or indented block), places inside it
/// can't be mapped one to one: they are looked up line by line.
pub fn parse_value(source: &Source, span: Span, text: &str) -> Checked<Draft> {
    parse_at(source, span, text)
}

/// The quotations of an HTML document. Spans are places in the document.
pub fn quotations_in_html(source: &Source) -> Vec<Quotation> {
    quotations::in_html(source)
}

fn parse_at(source: &Source, span: Span, text: &str) -> Checked<Draft> {
    let places = draft::Places::new(source, span, text);
    html::write(text, &places)
}
