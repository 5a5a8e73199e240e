//! Runs the examples of `tests/spec/transcripts.md`: a block marked `transcript EXTENSION`, read and
//! printed as an outline, must give the block marked `outline` after it. With the environment
//! variable RAPPORTEUR_REWRITE set, the outlines are written anew instead.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use rapporteur::diagnostics::Diagnostic;
use rapporteur::text::{SitePath, Source};
use rapporteur::transcript::*;
use std::fmt::Write;
use std::ops::Range;

const SPEC: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/spec/transcripts.md");

#[test]
fn every_example_of_the_transcript_formats_reads_as_its_outline() {
    let spec = std::fs::read_to_string(SPEC).expect("the spec is in the repository");
    let blocks = blocks(&spec);
    let mut wrong = String::new();
    let mut rewritten = spec.clone();
    let mut examples = 0;
    for pair in blocks.windows(2).rev() {
        let [input, expected] = pair else { unreachable!("windows of two") };
        let Some(how) = input.info.strip_prefix("transcript ") else { continue };
        assert_eq!(expected.info, "outline", "the example under {:?} has no outline", input.heading);
        examples += 1;
        let outline = outline(how, &input.text);
        rewritten.replace_range(expected.range.clone(), &outline);
        if outline != expected.text {
            let (heading, expected) = (&input.heading, &expected.text);
            write!(wrong, "\n== {heading}\n-- expected\n{expected}-- found\n{outline}").expect("a string");
        }
    }
    assert!(examples > 20, "only {examples} examples were found");
    if std::env::var_os("RAPPORTEUR_REWRITE").is_some() {
        std::fs::write(SPEC, rewritten).expect("the spec can be written");
    } else {
        assert!(wrong.is_empty(), "{wrong}");
    }
}

/// A fenced block of the spec.
struct Block {
    heading: String,
    info: String,
    text: String,
    /// Where its text stands.
    range: Range<usize>,
}

fn blocks(spec: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut heading = String::new();
    let mut events = Parser::new(spec).into_offset_iter();
    while let Some((event, range)) = events.next() {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                heading.clear();
                for (event, _) in events.by_ref() {
                    match event {
                        Event::Text(text) | Event::Code(text) => heading.push_str(&text),
                        Event::End(TagEnd::Heading(_)) => break,
                        _ => {}
                    }
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                // The lines between the fences, which stand at the start of theirs in the spec.
                let start = range.start + spec[range.clone()].find('\n').expect("a fence ends its line") + 1;
                let end = start + spec[start..range.end].trim_end_matches('`').len();
                let text = spec[start..end].to_owned();
                blocks.push(Block {
                    heading: heading.clone(),
                    info: info.to_string(),
                    text,
                    range: start..end,
                });
            }
            _ => {}
        }
    }
    blocks
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
    let checked = parse(&source, None);
    let mut out = Outline { source: &source, lines: String::new() };
    if let Some(transcript) = &checked.value {
        out.transcript(transcript);
    }
    for diagnostic in &checked.diagnostics {
        out.diagnostic(diagnostic);
    }
    out.lines
}

struct Outline<'a> {
    source: &'a Source,
    lines: String,
}

impl Outline<'_> {
    fn line(&mut self, text: impl AsRef<str>) {
        self.lines.push_str(&text.as_ref().replace('\n', "⏎").replace('\t', "⇥"));
        self.lines.push('\n');
    }

    fn of(&self, text: &Text) -> String {
        text.of(self.source).to_owned()
    }

    fn transcript(&mut self, transcript: &Transcript) {
        let Details {
            house,
            date,
            time,
            chair,
            part_of,
            extract,
            columns,
            volume,
            language,
            url,
            licence,
            people,
            counts,
        } = &transcript.details;
        let stated = [
            ("title", transcript.title.as_ref().map(|text| self.of(text))),
            ("house", house.as_ref().map(|text| self.of(text))),
            ("date", date.as_ref().map(|date| self.stated(date))),
            ("time", time.as_ref().map(|time| self.stated(time))),
            ("chair", chair.as_ref().map(|text| self.of(text))),
            ("part of", part_of.as_ref().map(|text| self.of(text))),
            ("columns", columns.as_ref().map(|text| self.of(text))),
            ("extract", extract.then(|| "yes".to_owned())),
            ("volume", volume.as_ref().map(|text| self.of(text))),
            ("language", language.as_deref().map(str::to_owned)),
            ("url", url.as_deref().map(str::to_owned)),
            ("licence", licence.as_deref().map(str::to_owned)),
        ];
        for (name, value) in stated {
            if let Some(value) = value {
                self.line(format!("{name}: {value}"));
            }
        }
        for DescribedPerson { id, name, affiliations } in people {
            self.line(format!("person {id}: {name}"));
            for Affiliation { role, name, from, to } in affiliations {
                let (from, to) = (from.as_deref().unwrap_or("?"), to.as_deref().unwrap_or("?"));
                self.line(format!("  {role}: {name}, {from} to {to}"));
            }
        }
        for (name, count) in counts {
            self.line(format!("declares {count} {name}"));
        }
        for entry in &transcript.entries {
            match entry {
                Entry::Heading { level, text, .. } => {
                    self.line(format!("{} {}", "#".repeat(usize::from(*level)), self.of(text)));
                }
                Entry::Contribution(contribution) => self.contribution(contribution),
            }
        }
        for Furniture { kind, span } in &transcript.furniture {
            self.line(format!("set apart, {kind:?}: {}", self.source.slice(*span).replace("\r\n", "\n")));
        }
    }

    fn stated<T: std::fmt::Display>(&self, stated: &Stated<T>) -> String {
        let value = stated.value.as_ref().map_or("?".to_owned(), T::to_string);
        format!("{} = {value}", self.of(&stated.text))
    }

    fn contribution(&mut self, contribution: &Contribution) {
        let kind = contribution.kind.word().to_uppercase();
        let mut head = match &contribution.speaker {
            Some(label) => format!("{kind} {}", self.of(&label.name)),
            None if contribution.kind == ContributionKind::Speech => format!("{kind} of nobody named"),
            None => kind,
        };
        if contribution.speaker.as_ref().is_some_and(|label| label.role == Role::Chair) {
            head.push_str(" (chair)");
        }
        if let Some(detail) = contribution.speaker.as_ref().and_then(|label| label.detail.as_ref()) {
            write!(head, " | {}", self.of(detail)).expect("a string");
        }
        if let Some(time) = &contribution.time {
            write!(head, " | {}", self.stated(time)).expect("a string");
        }
        if let Some(reference) = &contribution.reference {
            write!(head, " | {}", self.of(reference)).expect("a string");
        }
        if let Some(column) = &contribution.column {
            write!(head, " | column {column}").expect("a string");
        }
        if let Some(id) = contribution.speaker.as_ref().and_then(|label| label.id.as_ref()) {
            write!(head, " | id {id}").expect("a string");
        }
        self.line(head);
        for paragraph in &contribution.paragraphs {
            self.paragraph(paragraph);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let words = self.of(&paragraph.text);
        let kind = match &paragraph.kind {
            ParagraphKind::Plain => "plain".to_owned(),
            ParagraphKind::Quotation => "quotation".to_owned(),
            ParagraphKind::ListItem(Marker::Number(number)) => format!("item {number}"),
            ParagraphKind::ListItem(Marker::Bullet) => "item".to_owned(),
            ParagraphKind::ListItem(Marker::Continued) => "item goes on".to_owned(),
            ParagraphKind::Table(table) => {
                let rows = table.rows().map(|row| row.len().to_string()).collect::<Vec<_>>().join(" + ");
                let columns: String = table.columns.iter().map(|align| align_letter(*align)).collect();
                let joined = table.rows().map(|row| row.iter().map(|cell| &words[cell.range()]));
                let joined =
                    joined.map(|row| row.collect::<Vec<_>>().join("\t")).collect::<Vec<_>>().join("\n");
                assert_eq!(joined, words, "the cells and what joins them are the words");
                format!("table of {rows} cells, {} head, {columns}", table.head_rows)
            }
            ParagraphKind::Procedural => "procedural".to_owned(),
            ParagraphKind::Motion => "motion".to_owned(),
            ParagraphKind::Votes(votes) => {
                let names: Vec<_> = votes.names.iter().map(|name| &words[name.range()]).collect();
                assert_eq!(names.join("\n"), words, "the names and what joins them are the words");
                let count = votes.count.map_or("?".to_owned(), |count| count.to_string());
                format!("votes {}, {count}, tellers {:?}", votes.side, votes.tellers)
            }
            ParagraphKind::Code(None) => "code".to_owned(),
            ParagraphKind::Code(Some(info)) => format!("code {info}"),
        };
        let Nesting { quotes, lists } = paragraph.nesting;
        let nesting = match (quotes, lists) {
            (0 | 1, 0) | (0, 1) => String::new(),
            _ => format!(" ({quotes} quotes, {lists} lists)"),
        };
        let language = paragraph.language.as_ref().map(|tag| format!(" in {tag}")).unwrap_or_default();
        self.line(format!("  {kind}{nesting}{language}: {words}"));
        for inline in &paragraph.inlines {
            let kind = match &inline.kind {
                InlineKind::Link(link) => {
                    let title = link.title.as_ref().map(|title| format!(" ({title})"));
                    format!("link {}{}", link.href, title.unwrap_or_default())
                }
                InlineKind::Column(column) => format!("column {column} at {}", inline.range.start),
                InlineKind::Time(time) => format!("time {time} at {}", inline.range.start),
                kind => format!("{kind:?}").to_lowercase(),
            };
            self.line(format!("    {kind}: {}", &words[inline.range.range()]));
        }
    }

    fn diagnostic(&mut self, diagnostic: &Diagnostic) {
        let at = diagnostic.place.as_ref().filter(|place| !place.span.is_empty());
        let at = at.map(|place| format!(" at {}", place.source.slice(place.span))).unwrap_or_default();
        let Diagnostic { severity, code, message, .. } = diagnostic;
        self.line(format!("{}[{code}]{at}: {message}", severity.as_str()));
    }
}

fn align_letter(align: Align) -> char {
    match align {
        Align::Natural => 'n',
        Align::Left => 'l',
        Align::Centre => 'c',
        Align::Right => 'r',
    }
}
