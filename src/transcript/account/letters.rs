//! The characters of a source that are words, found without the reader of its format: for each family
//! of formats from what the words of the file are by its own rules.

use crate::text::{Source, Span};
use crate::transcript::characters::reference;
use crate::transcript::formats::Family;
use crate::transcript::json;
use crate::transcript::xml::Tree;

/// Gives every character of the words of `source` to `take`, with its place, in order. White space
/// parts words; so does the end of a text, which comes as a line break.
pub(super) fn of(source: &Source, family: Family, take: &mut dyn FnMut(usize, char)) {
    let text: &str = &source.text;
    match family {
        Family::Text => text.char_indices().for_each(|(at, c)| take(at, c)),
        Family::Markdown => referring(text, 0, take),
        Family::Captions => captions(text, take),
        Family::Xml => xml(text, take),
        Family::Json | Family::JsonHtml => {
            for value in json::values(text) {
                let characters = json::characters(text, value.span);
                match family {
                    Family::JsonHtml => html(&characters, take),
                    _ => characters.into_iter().for_each(|(at, c)| take(at, c)),
                }
                take(value.span.end as usize - 1, '\n');
            }
        }
    }
}

fn xml(text: &str, take: &mut dyn FnMut(usize, char)) {
    // A file that is no XML was reported by its reader.
    let Ok(tree) = Tree::parse(text) else { return };
    for (characters, span) in tree.all_words() {
        let Span { start, end } = span;
        match characters {
            Some(characters) => characters.chars().for_each(|c| take(start as usize, c)),
            None => {
                for (at, c) in text[start as usize..end as usize].char_indices() {
                    take(start as usize + at, c);
                }
            }
        }
    }
}

/// Text in which character references may stand.
fn referring(text: &str, offset: usize, take: &mut dyn FnMut(usize, char)) {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let stop = rest.find('&').unwrap_or(rest.len());
        rest[..stop].char_indices().for_each(|(inner, c)| take(offset + at + inner, c));
        at += stop;
        match reference(&text[at..]) {
            Some((length, read)) => {
                read.chars().for_each(|c| take(offset + at, c));
                at += length;
            }
            None if at < text.len() => {
                take(offset + at, '&');
                at += 1;
            }
            None => {}
        }
    }
}

/// The names of the tags that captions have.
const CAPTION_TAGS: [&str; 9] = ["b", "c", "font", "i", "lang", "rt", "ruby", "u", "v"];

/// Lines in which the tags of captions are no words; the name in `<v Name>` is.
fn captions(text: &str, take: &mut dyn FnMut(usize, char)) {
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let stop = rest.find('<').unwrap_or(rest.len());
        referring(&rest[..stop], at, take);
        at += stop;
        if at == text.len() {
            break;
        }
        let line = text[at..].split('\n').next().unwrap_or_default();
        match line.find('>').filter(|end| is_caption_tag(&line[1..*end])) {
            Some(end) => {
                if let Some((_, name)) =
                    line[1..end].split_once([' ', '\t']).filter(|_| line[1..].starts_with('v'))
                {
                    let start = at + end - name.len();
                    name.char_indices().for_each(|(inner, c)| take(start + inner, c));
                    // A name and the word after its tag are two.
                    take(at + end, ' ');
                }
                at += end + 1;
            }
            None => {
                take(at, '<');
                at += 1;
            }
        }
    }
}

fn is_caption_tag(inner: &str) -> bool {
    let name = inner.strip_prefix('/').unwrap_or(inner);
    let name = name.split(['.', ' ', '\t']).next().unwrap_or_default().to_ascii_lowercase();
    let is_time = |c: char| c.is_ascii_digit() || ":.,".contains(c);
    CAPTION_TAGS.contains(&name.as_str()) || (!inner.is_empty() && inner.chars().all(is_time))
}

/// HTML in a string: tags part nothing and are no words.
fn html(characters: &[(usize, char)], take: &mut dyn FnMut(usize, char)) {
    let mut at = 0;
    while let Some((place, c)) = characters.get(at) {
        let rest = &characters[at + 1..];
        let opens = rest.first().is_some_and(|(_, next)| next.is_ascii_alphabetic() || "/!".contains(*next));
        let tag = if *c == '<' && opens { rest.iter().position(|(_, next)| *next == '>') } else { None };
        match (c, tag) {
            (_, Some(end)) => at += end + 2,
            ('&', None) => {
                let near: String = characters[at..].iter().take(40).map(|(_, c)| c).collect();
                match reference(&near) {
                    Some((length, read)) => {
                        read.chars().for_each(|c| take(*place, c));
                        at += near[..length].chars().count();
                    }
                    None => {
                        take(*place, '&');
                        at += 1;
                    }
                }
            }
            _ => {
                take(*place, *c);
                at += 1;
            }
        }
    }
}
