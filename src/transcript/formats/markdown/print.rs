//! A record as a Markdown transcript. One that was read from Markdown reads back as it was; of other
//! formats the words, who spoke them and the headings are kept, and what Markdown has no word for
//! (columns, kinds of contributions, languages) is not.

use crate::text::Source;
use crate::transcript::conventions::is_bracketed;
use crate::transcript::record::*;
use std::fmt::Write;

/// Prints a transcript.
pub(in crate::transcript) fn print(transcript: &Transcript) -> String {
    let mut printer = Printer { source: &transcript.source, out: String::new(), indents: Vec::new() };
    if let Some(title) = &transcript.title {
        printer.heading(1, title.of(&transcript.source));
    }
    let mut spoken = false;
    for entry in &transcript.entries {
        match entry {
            Entry::Heading { level, text, .. } => {
                printer.heading(*level, text.of(&transcript.source));
                spoken = false;
            }
            Entry::Contribution(contribution) => spoken = printer.contribution(contribution, spoken),
        }
    }
    printer.out
}

struct Printer<'t> {
    source: &'t Source,
    out: String,
    /// How far the items of the lists that are open stand in.
    indents: Vec<usize>,
}

impl Printer<'_> {
    fn heading(&mut self, level: u8, words: &str) {
        self.indents.clear();
        let words = words.replace('\n', " ");
        let _ = writeln!(
            self.out,
            "{} {}\n",
            "#".repeat(usize::from(level.clamp(1, 6))),
            escaped(&words, Within::Heading)
        );
    }

    /// Prints a contribution; tells whether somebody is known to speak after it.
    fn contribution(&mut self, contribution: &Contribution, spoken: bool) -> bool {
        match &contribution.speaker {
            Some(label) => {
                self.indents.clear();
                let _ = write!(self.out, "### {}", escaped(label.name.of(self.source), Within::Heading));
                if let Some(detail) = &label.detail {
                    let _ = write!(self.out, " ({})", escaped(detail.of(self.source), Within::Heading));
                }
                self.out.push(':');
                if let Some(time) = &contribution.time {
                    let _ = write!(self.out, " {{{}}}", time.text.of(self.source));
                }
                self.out.push_str("\n\n");
            }
            // A heading without words ends the speech before.
            None if spoken && contribution.kind == ContributionKind::Speech => self.out.push_str("##\n\n"),
            None => {}
        }
        for paragraph in &contribution.paragraphs {
            self.paragraph(paragraph);
        }
        contribution.speaker.is_some() || (spoken && contribution.kind == ContributionKind::Procedural)
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let words = paragraph.text.of(self.source);
        let mut prefix = "> ".repeat(usize::from(paragraph.nesting.quotes));
        let mut first = String::new();
        match &paragraph.kind {
            ParagraphKind::ListItem(marker) => {
                let depth = usize::from(paragraph.nesting.lists.max(1));
                let marked = match marker {
                    Marker::Bullet => Some("- ".to_owned()),
                    Marker::Number(number) => Some(format!("{number}. ")),
                    Marker::Continued => None,
                };
                self.indents.truncate(if marked.is_some() { depth - 1 } else { depth });
                let outer: usize = self.indents.iter().sum();
                if let Some(marked) = marked {
                    first = format!("{}{marked}", " ".repeat(outer));
                    self.indents.resize(depth - 1, 2);
                    self.indents.push(marked.len());
                }
                let inner: usize = self.indents.iter().sum();
                if first.is_empty() {
                    first = " ".repeat(inner);
                }
                first.insert_str(0, &prefix);
                prefix.push_str(&" ".repeat(inner));
            }
            ParagraphKind::Procedural if !is_bracketed(words) => {
                // In Markdown what nobody spoke stands in brackets; these are the reader's own words.
                self.indents.clear();
                let _ = writeln!(self.out, "> ({})\n", escaped(&words.replace('\n', " "), Within::Words));
                return;
            }
            ParagraphKind::Procedural if paragraph.nesting.quotes == 0 => {
                self.indents.clear();
                prefix = "> ".to_owned();
            }
            ParagraphKind::Quotation if paragraph.nesting.lists > 0 => {
                prefix.insert_str(0, &" ".repeat(self.indents.iter().sum()));
            }
            ParagraphKind::Quotation if paragraph.nesting.quotes == 0 => prefix = "> ".to_owned(),
            _ if paragraph.nesting.lists > 0 => {
                let inner: usize = self.indents.iter().sum();
                prefix.push_str(&" ".repeat(inner));
            }
            _ => self.indents.clear(),
        }
        let text = match &paragraph.kind {
            ParagraphKind::Code(info) => {
                let fence = "`".repeat(longest_run(words, '`').max(2) + 1);
                format!("{fence}{}\n{words}\n{fence}", info.as_deref().unwrap_or_default())
            }
            ParagraphKind::Table(table) => table_of(words, paragraph, table),
            _ => run(words, paragraph, 0..words.len()),
        };
        for (number, line) in text.split('\n').enumerate() {
            let lead = if number == 0 && !first.is_empty() { &first } else { &prefix };
            let _ = writeln!(self.out, "{}", format!("{lead}{line}").trim_end());
        }
        self.out.push('\n');
    }
}

fn table_of(words: &str, paragraph: &Paragraph, table: &Table) -> String {
    let mut out = String::new();
    for (number, row) in table.rows().enumerate() {
        out.push('|');
        for cell in row {
            let _ = write!(out, " {} |", run(words, paragraph, cell.range()).replace('\n', " "));
        }
        out.push('\n');
        if number == 0 {
            out.push('|');
            for column in 0..row.len() {
                out.push_str(match table.columns.get(column) {
                    Some(Align::Left) => " :-- |",
                    Some(Align::Centre) => " :-: |",
                    Some(Align::Right) => " --: |",
                    _ => " --- |",
                });
            }
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// Some words with their marks.
fn run(words: &str, paragraph: &Paragraph, range: std::ops::Range<usize>) -> String {
    let is_table = matches!(paragraph.kind, ParagraphKind::Table(_));
    let within = if is_table { Within::Cell } else { Within::Words };
    let mut out = String::new();
    let mut open: Vec<&Inline> = Vec::new();
    let mut at = range.start;
    let mut inlines = paragraph
        .inlines
        .iter()
        .filter(|inline| {
            !inline.range.is_empty()
                && inline.range.range().start >= range.start
                && inline.range.range().end <= range.end
        })
        .peekable();
    loop {
        let next_open = inlines.peek().map(|inline| inline.range.range().start);
        let next_close = open.last().map(|inline| inline.range.range().end);
        let to = next_open.into_iter().chain(next_close).min().unwrap_or(range.end).max(at);
        let code = open.iter().any(|inline| inline.kind == InlineKind::Code);
        let slice = &words[at..to];
        out.push_str(&if code { slice.to_owned() } else { escaped(slice, within) });
        at = to;
        if next_close == Some(at) && next_close <= next_open.or(Some(usize::MAX)) {
            let inline = open.pop().expect("something closes");
            out.push_str(&closing(&inline.kind, &words[inline.range.range()]));
        } else if next_open == Some(at) {
            let inline = inlines.next().expect("something opens");
            out.push_str(&opening(&inline.kind, &words[inline.range.range()]));
            open.push(inline);
        } else {
            return out;
        }
    }
}

fn opening(kind: &InlineKind, words: &str) -> String {
    match kind {
        InlineKind::Emphasis => "*".into(),
        InlineKind::Strong => "**".into(),
        InlineKind::Code => {
            let fence = "`".repeat(longest_run(words, '`') + 1);
            if words.starts_with('`') || words.ends_with('`') { format!("{fence} ") } else { fence }
        }
        InlineKind::Link(_) => "[".into(),
        _ => String::new(),
    }
}

fn closing(kind: &InlineKind, words: &str) -> String {
    match kind {
        InlineKind::Emphasis => "*".into(),
        InlineKind::Strong => "**".into(),
        InlineKind::Code => opening(kind, words).chars().rev().collect(),
        InlineKind::Link(link) => {
            let href = link.href.replace('<', "%3C").replace('>', "%3E").replace('\\', "\\\\");
            match &link.title {
                Some(title) => {
                    format!("](<{href}> \"{}\")", title.replace('\\', "\\\\").replace('"', "\\\""))
                }
                None => format!("](<{href}>)"),
            }
        }
        _ => String::new(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Words,
    Heading,
    Cell,
}

/// Words as Markdown that means nothing but themselves.
fn escaped(words: &str, within: Within) -> String {
    let mut out = String::with_capacity(words.len() + 8);
    let mut at_start = true;
    let mut number = false;
    for c in words.chars() {
        let always = matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '&')
            || (c == '|' && within == Within::Cell);
        let at_line = at_start && matches!(c, '#' | '>' | '-' | '+' | '=' | '~' | '|' | ':');
        let after_number = number && matches!(c, '.' | ')');
        if always || at_line || after_number || (c == '#' && within == Within::Heading) {
            out.push('\\');
        }
        out.push(c);
        number = (at_start || number) && c.is_ascii_digit();
        at_start = c == '\n' || (at_start && c == ' ');
    }
    out
}

fn longest_run(words: &str, of: char) -> usize {
    words.split(|c| c != of).map(str::len).max().unwrap_or(0)
}
