//! Quotations in prose: quotation marks and block quotes, and whether a link says where the words
//! stand.

use super::draft::{Draft, Places, Quotation, QuotationForm};
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// How many words in quotation marks make a quotation that wants a source. Fewer are a term or a
/// turn of phrase.
const WORDS: usize = 4;

/// The longest quotation that is looked for, in bytes: it bounds the search for a closing mark.
const LONGEST: usize = 8_000;

/// The opening quotation marks and the marks that close them.
const MARKS: [(char, char); 5] = [('“', '”'), ('"', '"'), ('‘', '’'), ('«', '»'), ('„', '“')];

/// The words of a block quote, without its attribution; and the attribution's name and place, where
/// its last paragraph is a dash and one link.
pub(super) fn block(inner: &[(Event<'_>, Range<usize>)]) -> (String, Option<(String, Range<usize>)>) {
    let last = inner.iter().rposition(|(event, _)| matches!(event, Event::Start(Tag::Paragraph)));
    let attribution = last.and_then(|at| attribution(&inner[at..]));
    let end = if attribution.is_some() { last.unwrap_or(inner.len()) } else { inner.len() };
    let mut words = String::new();
    for (event, _) in &inner[..end] {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push('\n'),
            Event::End(TagEnd::Paragraph) => words.push_str("\n\n"),
            _ => {}
        }
    }
    words.truncate(words.trim_end().len());
    (words, attribution)
}

fn attribution(paragraph: &[(Event<'_>, Range<usize>)]) -> Option<(String, Range<usize>)> {
    let mut name = String::new();
    let mut place = None;
    let mut in_link = false;
    for (event, range) in paragraph {
        match event {
            Event::Start(Tag::Link { .. }) if place.is_none() => {
                (in_link, place) = (true, Some(range.clone()))
            }
            Event::Start(Tag::Link { .. }) => return None,
            Event::End(TagEnd::Link) => in_link = false,
            Event::Text(text) if in_link => name.push_str(text),
            Event::Text(text) if place.is_none() && is_dash(text) => {}
            Event::Text(text) if place.is_some() && text.trim().is_empty() => {}
            Event::Text(_) | Event::Code(_) => return None,
            _ => {}
        }
    }
    let first_is_dash = paragraph.iter().find_map(|(event, _)| match event {
        Event::Text(text) => Some(is_dash(text)),
        _ => None,
    });
    (first_is_dash == Some(true)).then_some(())?;
    Some((name, place?))
}

fn is_dash(text: &str) -> bool {
    matches!(text.trim(), "—" | "–" | "-" | "--" | "---" | "―")
}

/// Finds the quotations that stand in running text: linked ones, and those with no link.
pub(super) fn collect(events: &[(Event<'_>, Range<usize>)], places: &Places, draft: &mut Draft) {
    let mut quote_depth = 0usize;
    let mut code_depth = 0usize;
    let mut block = Block::default();
    let mut link = 0usize;
    let mut picture_depth = 0usize;
    for (event, range) in events {
        // What stands inside a picture is its alternative text: the writer counts no links there.
        match event {
            Event::Start(Tag::Image { .. }) => {
                link += usize::from(picture_depth == 0);
                picture_depth += 1;
                continue;
            }
            Event::End(TagEnd::Image) => picture_depth = picture_depth.saturating_sub(1),
            _ => {}
        }
        if picture_depth > 0 {
            continue;
        }
        match event {
            Event::Start(Tag::BlockQuote(None)) => quote_depth += 1,
            Event::End(TagEnd::BlockQuote(None)) => quote_depth = quote_depth.saturating_sub(1),
            Event::Start(Tag::CodeBlock(_)) => code_depth += 1,
            Event::End(TagEnd::CodeBlock) => code_depth = code_depth.saturating_sub(1),
            Event::Start(Tag::Link { .. }) => {
                block.links.push((link, block.text.len()..usize::MAX));
                link += 1;
            }
            Event::End(TagEnd::Link) => {
                let end = block.text.len();
                if let Some((_, range)) = block.links.last_mut() {
                    range.end = end;
                }
            }
            Event::Text(text) if code_depth == 0 => block.push(text, range),
            Event::SoftBreak | Event::HardBreak => block.push(" ", range),
            // Code is no quotation, whatever marks it holds.
            Event::Code(code) => block.push(&"\u{FFFC}".repeat(code.chars().count().min(1)), range),
            Event::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::Item
                | TagEnd::TableCell
                | TagEnd::DefinitionListDefinition
                | TagEnd::DefinitionListTitle,
            ) => {
                let done = std::mem::take(&mut block);
                if quote_depth == 0 {
                    done.quotations(places, draft);
                }
            }
            _ => {}
        }
    }
    if quote_depth == 0 {
        block.quotations(places, draft);
    }
}

/// The text of one block, and where it came from.
#[derive(Default)]
struct Block {
    text: String,
    /// Offset in `text`, and in the Markdown.
    segments: Vec<(usize, Range<usize>)>,
    links: Vec<(usize, Range<usize>)>,
}

impl Block {
    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.segments.push((self.text.len(), range.clone()));
        self.text.push_str(text);
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        let at = |offset: usize| {
            let index = self.segments.partition_point(|(start, _)| *start <= offset).saturating_sub(1);
            self.segments
                .get(index)
                .map_or(0, |(start, source)| (source.start + offset - start).min(source.end))
        };
        let start = at(range.start);
        start..at(range.end).max(start)
    }

    fn quotations(self, places: &Places, draft: &mut Draft) {
        let mut from = 0;
        while let Some((outer, inner)) = self.next_quoted(from) {
            from = outer.end;
            let words = self.text[inner.clone()].to_owned();
            let whole = |range: &Range<usize>| *range == outer || *range == inner;
            let form = match self.links.iter().find(|(_, range)| whole(range)) {
                Some((number, _)) => QuotationForm::Linked(*number),
                None if self
                    .links
                    .iter()
                    .any(|(_, range)| range.start < inner.end && inner.start < range.end) =>
                {
                    continue;
                }
                None if words.split_whitespace().count() >= WORDS => QuotationForm::Bare,
                None => continue,
            };
            draft.quotations.push(Quotation { words, span: places.span(self.place(outer)), form });
        }
    }

    /// The next pair of quotation marks at or after `from`: with and without the marks.
    fn next_quoted(&self, from: usize) -> Option<(Range<usize>, Range<usize>)> {
        let text = &self.text;
        let mut chars = text[from..].char_indices().map(|(at, c)| (from + at, c));
        loop {
            let (start, open) = chars.by_ref().find(|(_, c)| MARKS.iter().any(|(open, _)| open == c))?;
            let (_, close) = *MARKS.iter().find(|(mark, _)| *mark == open)?;
            // A mark that opens has no letter before it: `don"t` and `6"` open nothing.
            if text[..start].chars().next_back().is_some_and(char::is_alphanumeric) {
                continue;
            }
            let inside = start + open.len_utf8();
            let reach = text.floor_char_boundary(inside + LONGEST);
            let end = text[inside..reach].match_indices(close).map(|(at, _)| inside + at).find(|at| {
                // An apostrophe inside a word closes nothing.
                !text[at + close.len_utf8()..].chars().next().is_some_and(char::is_alphanumeric)
            });
            if let Some(end) = end {
                return Some((start..end + close.len_utf8(), inside..end));
            }
        }
    }
}

/// The quotations of an HTML document: text in quotation marks, `<q>` and `<blockquote>`. Read
/// without a browser: tags are passed over, character references resolved. Good enough to find what
/// to check; what is checked is then compared to the letter.
pub(super) fn in_html(source: &crate::text::Source) -> Vec<Quotation> {
    use crate::text::Span;
    let text = &source.text;
    let places = Places::new(source, Span::new(0..text.len()), text);
    let mut draft = Draft::default();
    let mut block = Block::default();
    let mut quoted: Option<(usize, usize)> = None;
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if let Some(inside) = rest.strip_prefix('<') {
            let end = rest.find('>').map_or(text.len(), |end| at + end + 1);
            let tag: String = inside
                .chars()
                .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
                .collect::<String>()
                .to_lowercase();
            match tag.as_str() {
                "script" | "style" => {
                    let close = format!("</{tag}");
                    let found = text.as_bytes()[end..]
                        .windows(close.len())
                        .position(|w| w.eq_ignore_ascii_case(close.as_bytes()));
                    at = found.map_or(text.len(), |found| end + found);
                    continue;
                }
                "q" | "blockquote" => {
                    std::mem::take(&mut block).quotations(&places, &mut draft);
                    quoted = Some((end, 0));
                }
                "/q" | "/blockquote" => {
                    let words = std::mem::take(&mut block).text;
                    if let Some((start, _)) = quoted.take() {
                        let words = words.trim().to_owned();
                        let form = if tag == "/q" { QuotationForm::Bare } else { QuotationForm::BareBlock };
                        draft.quotations.push(Quotation { words, span: places.span(start..at), form });
                    }
                }
                "p" | "/p" | "div" | "/div" | "li" | "/li" | "td" | "/td" | "h1" | "h2" | "h3" | "h4"
                | "br" | "tr" => {
                    if quoted.is_some() || tag == "br" {
                        block.push(" ", &(at..end));
                    } else {
                        std::mem::take(&mut block).quotations(&places, &mut draft);
                    }
                }
                _ => {}
            }
            at = end;
        } else {
            let end = rest.find(['<', '&']).filter(|end| *end > 0).map_or(text.len(), |end| at + end);
            if rest.starts_with('&')
                && let Some(semicolon) = rest[..rest.floor_char_boundary(12)].find(';')
            {
                let reference = &rest[..=semicolon];
                let resolved = reference_text(reference);
                block.push(resolved.as_deref().unwrap_or(reference), &(at..at + reference.len()));
                at += reference.len();
                continue;
            }
            let end = if rest.starts_with('&') { at + 1 } else { end };
            block.push(&text[at..end], &(at..end));
            at = end;
        }
    }
    block.quotations(&places, &mut draft);
    draft.quotations
}

/// What a character reference stands for. Markdown resolves the same ones, so its parser is asked.
fn reference_text(reference: &str) -> Option<String> {
    pulldown_cmark::Parser::new(reference).find_map(|event| match event {
        Event::Text(text) if *text != *reference => Some(text.into_string()),
        _ => None,
    })
}
