//! One line of a cue: its words without tags and with its character references read, and the way back
//! from every character to the file.

use crate::text::Span;
use crate::transcript::characters::reference;
use crate::transcript::xml::Flow;
use std::ops::Range;

/// A line of words.
#[derive(Debug)]
pub(super) struct Line {
    /// Its words as they are to be read.
    pub(super) plain: String,
    /// Where it stands in the file.
    pub(super) source: Range<usize>,
    /// Who is named in it by a tag, and where in `plain`.
    pub(super) voices: Vec<(usize, Voice)>,
    /// Codes for the place and the look of a caption, in the file.
    pub(super) codes: Vec<Range<usize>>,
    /// Whether a time stands among its words.
    pub(super) is_timed: bool,
    atoms: Vec<Atom>,
}

/// What a tag says of who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Voice {
    /// `<v Name>`: the name, in the file.
    Begins(Range<usize>),
    /// `</v>`.
    Ends,
}

/// A stretch of `plain`, and where it comes from.
#[derive(Debug)]
struct Atom {
    plain: Range<usize>,
    source: Range<usize>,
    /// Whether it stands in the file as it is read.
    verbatim: bool,
}

impl Line {
    /// Reads the line at `source` of `text`.
    pub(super) fn read(text: &str, source: Range<usize>) -> Self {
        let mut line = Line {
            plain: String::with_capacity(source.len()),
            source: source.clone(),
            voices: Vec::new(),
            codes: Vec::new(),
            is_timed: false,
            atoms: Vec::new(),
        };
        let mut at = source.start;
        while at < source.end {
            let rest = &text[at..source.end];
            let stop = rest.find(['<', '&', '{']).unwrap_or(rest.len());
            line.words(text, at..at + stop);
            at += stop;
            let rest = &rest[stop..];
            if rest.is_empty() {
                break;
            } else if let Some((length, tag)) = tag(rest) {
                match tag {
                    Tag::Voice(name) => {
                        let name = at + name.start..at + name.end;
                        line.voices.push((line.plain.len(), Voice::Begins(name)));
                    }
                    Tag::Time => line.is_timed = true,
                    Tag::VoiceEnds => line.voices.push((line.plain.len(), Voice::Ends)),
                    Tag::Other => {}
                }
                at += length;
            } else if let Some(length) = code(rest) {
                line.codes.push(at..at + length);
                at += length;
            } else if let Some((length, characters)) = reference(rest) {
                let start = line.plain.len();
                line.plain.push_str(&characters);
                line.atoms.push(Atom {
                    plain: start..line.plain.len(),
                    source: at..at + length,
                    verbatim: false,
                });
                at += length;
            } else {
                line.words(text, at..at + 1);
                at += 1;
            }
        }
        line
    }

    fn words(&mut self, text: &str, source: Range<usize>) {
        if source.is_empty() {
            return;
        }
        let start = self.plain.len();
        self.plain.push_str(&text[source.clone()]);
        match self.atoms.last_mut() {
            Some(last) if last.verbatim && last.source.end == source.start => {
                last.source.end = source.end;
                last.plain.end = self.plain.len();
            }
            _ => self.atoms.push(Atom { plain: start..self.plain.len(), source, verbatim: true }),
        }
    }

    /// Where a place of `plain` stands in the file.
    pub(super) fn source_at(&self, plain: usize) -> usize {
        let atom = self.atoms.iter().find(|atom| plain < atom.plain.end);
        match atom {
            Some(atom) if atom.verbatim => atom.source.start + plain.saturating_sub(atom.plain.start),
            Some(atom) => atom.source.start,
            None => self.source.end,
        }
    }

    /// Where a stretch of `plain` stands in the file.
    pub(super) fn source_of(&self, plain: Range<usize>) -> Range<usize> {
        let end = match plain.end.checked_sub(1) {
            Some(last) if plain.end > plain.start => {
                let atom = self.atoms.iter().find(|atom| last < atom.plain.end);
                match atom {
                    Some(atom) if atom.verbatim => atom.source.start + plain.end - atom.plain.start,
                    Some(atom) => atom.source.end,
                    None => self.source.end,
                }
            }
            _ => self.source_at(plain.start),
        };
        self.source_at(plain.start)..end
    }

    /// Adds a stretch of `plain` to the words of a paragraph.
    pub(super) fn flow(&self, plain: Range<usize>, flow: &mut Flow<'_>) {
        for atom in &self.atoms {
            let part = plain.start.max(atom.plain.start)..plain.end.min(atom.plain.end);
            if part.start >= part.end {
            } else if atom.verbatim {
                let start = atom.source.start + part.start - atom.plain.start;
                flow.text(Span::new(start..start + part.len()));
            } else {
                flow.characters(&self.plain[part], Span::new(atom.source.clone()));
            }
        }
    }
}

enum Tag {
    Voice(Range<usize>),
    VoiceEnds,
    Time,
    Other,
}

/// A tag at the start of `rest`, with its length: those of WebVTT (its section 4.2.2), and the few
/// that SRT files use.
fn tag(rest: &str) -> Option<(usize, Tag)> {
    let inner = rest.strip_prefix('<')?;
    let inner = &inner[..inner.find('>')?];
    let ends = inner.starts_with('/');
    let name = inner.trim_start_matches('/');
    let word = name.split(['.', ' ', '\t']).next().unwrap_or_default();
    let is_time =
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_digit() || b":.,".contains(&byte));
    let known =
        ["v", "c", "i", "b", "u", "ruby", "rt", "lang", "font"].contains(&word.to_ascii_lowercase().as_str());
    if !known && !is_time {
        return None;
    }
    let tag = match inner.find([' ', '\t']) {
        _ if is_time => Tag::Time,
        _ if word == "v" && ends => Tag::VoiceEnds,
        Some(space) if word == "v" => {
            let start = space + (inner[space..].len() - inner[space..].trim_start().len());
            let end = start + inner[start..].trim_end().len();
            if start < end { Tag::Voice(1 + start..1 + end) } else { Tag::VoiceEnds }
        }
        _ => Tag::Other,
    };
    Some((inner.len() + 2, tag))
}

/// A code for the place or the look of a caption, as other caption formats leave them in SRT:
/// `{\an8}`, `{\pos(10,20)}`.
fn code(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix("{\\")?;
    let end = inner.find('}')?;
    let fits = |c: char| c.is_ascii_alphanumeric() || "\\(),.&-".contains(c);
    inner[..end].chars().all(fits).then_some(end + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_leads_back_to_the_file() {
        let text = "x <v Ann>It&#39;s <i>4 < 5</i></v> {\\an8}on";
        let line = Line::read(text, 2..text.len());
        assert_eq!(line.plain, "It's 4 < 5 on");
        assert_eq!(line.voices, [(0, Voice::Begins(5..8)), (10, Voice::Ends)]);
        assert_eq!(line.codes.iter().map(|code| &text[code.clone()]).collect::<Vec<_>>(), ["{\\an8}"]);
        assert_eq!(&text[line.source_of(0..4)], "It&#39;s");
        assert_eq!(&text[line.source_of(5..10)], "4 < 5");
        assert_eq!(&text[line.source_of(11..13)], "on");
    }
}
