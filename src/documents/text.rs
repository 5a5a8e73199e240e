//! Plain text: paragraphs are parted by empty lines, and lines that begin with `>` are a block quote, as in
//! mail. Nothing else is markup, so that an indented line or a `<` is words.

use crate::prose::{Builder, Draft, Kind, Policy};
use crate::text::{Source, Span};

/// What kind of line a line is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Line {
    Empty,
    Plain,
    Quoted,
}

/// Reads a plain text.
pub fn read(source: &Source) -> Draft {
    let mut builder = Builder::new(Policy::Document);
    // The kind of the line before, which says what is open: a block quote, and a paragraph in it.
    let (mut in_quote, mut in_paragraph) = (false, false);
    let mut at = 0;
    for whole in source.text.split_inclusive('\n') {
        let start = at;
        at += whole.len();
        let line = whole.trim_end_matches(['\n', '\r']);
        let words = line.trim_start_matches([' ', '\t', '>']);
        let span = Span::new(start + line.len() - words.len()..start + line.len());
        let kind = match () {
            () if line.trim().is_empty() => Line::Empty,
            () if line.trim_start().starts_with('>') => Line::Quoted,
            () => Line::Plain,
        };
        let ends = words.trim().is_empty() || (kind == Line::Quoted) != in_quote;
        if ends && std::mem::take(&mut in_paragraph) {
            builder.close();
        }
        if in_quote && kind != Line::Quoted {
            builder.close();
            in_quote = false;
        }
        if kind == Line::Quoted && !in_quote {
            builder.open(Kind::BlockQuote(None), span);
            in_quote = true;
        }
        if words.trim().is_empty() {
            continue;
        }
        match in_paragraph {
            true => builder.leaf(Kind::SoftBreak, Span { start: span.start, end: span.start }),
            false => builder.open(Kind::Element("p", None), span),
        }
        in_paragraph = true;
        builder.text(words, span);
    }
    Draft { nodes: builder.finish().0 }
}
