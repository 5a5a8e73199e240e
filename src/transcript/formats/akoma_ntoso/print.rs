//! A record as Akoma Ntoso 3.0, valid against its schema, that reads back as it was printed. What the
//! standard has no word for (that a paragraph is an item of a list, where a column begins) stands in
//! attributes of a namespace of our own, which the schema allows on every element.

use crate::text::{Source, Span};
use crate::transcript::record::*;
use quick_xml::escape::{escape, partial_escape};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The namespace of the attributes that the standard has no word for.
pub(in crate::transcript) const NAMESPACE: &str = "urn:x-rapporteur:record";

/// Prints a transcript.
pub(in crate::transcript) fn print(transcript: &Transcript) -> String {
    let mut printer = Printer { source: &transcript.source, out: String::new(), people: BTreeMap::new() };
    printer.document(transcript);
    printer.out
}

struct Printer<'t> {
    source: &'t Source,
    out: String,
    /// The speakers: the source's id, or the name, and the number that is their id here.
    people: BTreeMap<(Option<&'t str>, &'t str), usize>,
}

impl<'t> Printer<'t> {
    fn document(&mut self, transcript: &'t Transcript) {
        for label in transcript.contributions().filter_map(|contribution| contribution.speaker.as_ref()) {
            let number = self.people.len() + 1;
            self.people.entry((label.id.as_deref(), label.name.of(self.source))).or_insert(number);
        }
        let _ = writeln!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<akomaNtoso xmlns=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\" \
             xmlns:r=\"{NAMESPACE}\">\n<debate name=\"debate\">"
        );
        self.meta(transcript);
        self.out.push_str("<debateBody>\n<debateSection eId=\"record\" name=\"debate\">\n");
        if let Some(title) = &transcript.title {
            let title = title.of(self.source);
            let _ = writeln!(self.out, "<heading>{}</heading>", partial_escape(title));
        }
        let mut depth = 1;
        for (number, entry) in transcript.entries.iter().enumerate() {
            match entry {
                Entry::Heading { level, text, .. } => self.heading((*level).max(2), text, &mut depth, number),
                Entry::Contribution(contribution) => self.contribution(contribution, number),
            }
        }
        for _ in 0..depth {
            self.out.push_str("</debateSection>\n");
        }
        self.out.push_str("</debateBody>\n</debate>\n</akomaNtoso>\n");
    }

    fn meta(&mut self, transcript: &Transcript) {
        let date = transcript.details.date.as_ref().and_then(|date| date.value);
        let day = date.map_or_else(|| "0001-01-01".to_owned(), |day| day.to_string());
        let language = transcript.details.language.as_deref().unwrap_or("en");
        let uri = format!("/akn/un/debaterecord/{day}/record");
        self.out.push_str("<meta>\n<identification source=\"#rapporteur\">\n");
        for (level, uri) in [
            ("Work", uri.clone()),
            ("Expression", format!("{uri}/{language}@")),
            ("Manifestation", format!("{uri}/{language}@.akn")),
        ] {
            let _ = write!(
                self.out,
                "<FRBR{level}><FRBRthis value=\"{uri}/!main\"/><FRBRuri value=\"{uri}\"/><FRBRdate date=\"{day}\" name=\"sitting\"/>\
                 <FRBRauthor href=\"#rapporteur\"/>",
                uri = escape(&uri),
            );
            match level {
                "Work" => self.out.push_str("<FRBRcountry value=\"un\"/>"),
                "Expression" => {
                    let _ = write!(self.out, "<FRBRlanguage language=\"{}\"/>", escape(language));
                }
                _ => {}
            }
            let _ = writeln!(self.out, "</FRBR{level}>");
        }
        self.out.push_str(
            "</identification>\n<references source=\"#rapporteur\">\n\
             <TLCOrganization eId=\"rapporteur\" href=\"/ontology/organization/rapporteur\" showAs=\"rapporteur\"/>\n\
             <TLCRole eId=\"chair\" href=\"/ontology/role/chair\" showAs=\"Chair\"/>\n",
        );
        let mut people: Vec<_> = self.people.iter().map(|(person, number)| (*number, *person)).collect();
        people.sort_unstable();
        for (number, (id, name)) in people {
            // A person whom the source gives no id refers to nothing but the name printed here.
            let href = id.map_or_else(|| format!("#s{number}"), str::to_owned);
            let _ = writeln!(
                self.out,
                "<TLCPerson eId=\"s{number}\" href=\"{}\" showAs=\"{}\"/>",
                escape(href.as_str()),
                escape(name)
            );
        }
        self.out.push_str("</references>\n</meta>\n");
    }

    /// A heading begins a section as deep as its level says; what is between is unnamed.
    fn heading(&mut self, level: u8, text: &Text, depth: &mut u8, number: usize) {
        while *depth >= level {
            self.out.push_str("</debateSection>\n");
            *depth -= 1;
        }
        while *depth < level {
            *depth += 1;
            let _ = writeln!(self.out, "<debateSection eId=\"h{number}-{depth}\" name=\"section\">");
        }
        let _ = writeln!(self.out, "<heading>{}</heading>", partial_escape(text.of(self.source)));
    }

    fn contribution(&mut self, contribution: &Contribution, number: usize) {
        let element = match contribution.kind {
            ContributionKind::Question => "question",
            ContributionKind::Answer => "answer",
            ContributionKind::Speech | ContributionKind::Interjection => "speech",
            ContributionKind::Procedural | ContributionKind::Division => "other",
        };
        let _ = write!(self.out, "<{element} eId=\"e{number}\"");
        if element == "other" || contribution.kind == ContributionKind::Interjection {
            let _ = write!(self.out, " r:kind=\"{}\"", contribution.kind.word());
        }
        if let Some(reference) = &contribution.reference {
            let _ = write!(self.out, " r:reference=\"{}\"", escape(reference.of(self.source)));
        }
        if let Some(column) = &contribution.column {
            let _ = write!(self.out, " r:column=\"{}\"", escape(&**column));
        }
        if let Some(time) = &contribution.time {
            let _ = write!(self.out, " r:time=\"{}\"", escape(time.text.of(self.source)));
            if let Some(value) = time.value {
                let _ = write!(self.out, " r:clock=\"{value}\"");
            }
        }
        let label = contribution.speaker.as_ref();
        if let Some(label) = label {
            let name = label.name.of(self.source);
            let person = self.people.get(&(label.id.as_deref(), name)).copied().unwrap_or_default();
            let _ = write!(self.out, " by=\"#s{person}\"");
            if label.role == Role::Chair {
                self.out.push_str(" as=\"#chair\"");
            }
            match label.naming {
                Naming::Printed => {}
                Naming::Listed => self.out.push_str(" r:naming=\"listed\""),
                Naming::Id => self.out.push_str(" r:naming=\"id\""),
            }
        } else if element != "other" {
            self.out.push_str(" by=\"#\"");
        }
        self.out.push('>');
        if let Some(label) = label {
            let name = partial_escape(label.name.of(self.source));
            let _ = write!(self.out, "<from><inline name=\"name\">{name}</inline>");
            if let Some(detail) = &label.detail {
                let detail = partial_escape(detail.of(self.source));
                let _ = write!(self.out, " (<inline name=\"detail\">{detail}</inline>)");
            }
            self.out.push_str(":</from>");
        }
        self.out.push('\n');
        for (at, paragraph) in contribution.paragraphs.iter().enumerate() {
            self.paragraph(paragraph, &format!("e{number}-{at}"));
        }
        if contribution.paragraphs.is_empty() {
            self.out.push_str("<p/>\n");
        }
        let _ = writeln!(self.out, "</{element}>");
    }

    fn paragraph(&mut self, paragraph: &Paragraph, id: &str) {
        let words = paragraph.text.of(self.source);
        let (element, kind) = match &paragraph.kind {
            ParagraphKind::Table(_) => ("table", String::new()),
            ParagraphKind::Votes(_) => ("ul", " r:kind=\"votes\"".to_owned()),
            ParagraphKind::Plain => ("p", String::new()),
            ParagraphKind::Quotation => ("p", " r:kind=\"quotation\"".to_owned()),
            ParagraphKind::Procedural => ("p", " r:kind=\"procedural\"".to_owned()),
            ParagraphKind::Motion => ("p", " r:kind=\"motion\"".to_owned()),
            ParagraphKind::Code(None) => ("p", " r:kind=\"code\"".to_owned()),
            ParagraphKind::Code(Some(info)) => {
                ("p", format!(" r:kind=\"code\" r:info=\"{}\"", escape(&**info)))
            }
            ParagraphKind::ListItem(Marker::Bullet) => ("p", " r:kind=\"item\"".to_owned()),
            ParagraphKind::ListItem(Marker::Number(number)) => {
                ("p", format!(" r:kind=\"item\" r:number=\"{number}\""))
            }
            ParagraphKind::ListItem(Marker::Continued) => {
                ("p", " r:kind=\"item\" r:number=\"continued\"".to_owned())
            }
        };
        let _ = write!(self.out, "<{element} eId=\"{id}\"{kind}");
        let Nesting { quotes, lists } = paragraph.nesting;
        if (quotes, lists) != (0, 0) {
            let _ = write!(self.out, " r:quotes=\"{quotes}\" r:lists=\"{lists}\"");
        }
        if let Some(language) = &paragraph.language {
            let _ = write!(self.out, " xml:lang=\"{}\"", escape(&**language));
        }
        match &paragraph.kind {
            ParagraphKind::Table(table) => {
                let columns: String = table.columns.iter().map(|align| align_letter(*align)).collect();
                let _ = write!(self.out, " r:columns=\"{columns}\">");
                for (row_number, row) in table.rows().enumerate() {
                    self.out.push_str("<tr>");
                    let cell = if row_number < table.head_rows as usize { "th" } else { "td" };
                    for range in row {
                        let _ = write!(self.out, "<{cell}><p>");
                        self.run(words, paragraph, *range);
                        let _ = write!(self.out, "</p></{cell}>");
                    }
                    self.out.push_str("</tr>");
                }
            }
            ParagraphKind::Votes(votes) => {
                let _ = write!(self.out, " r:side=\"{}\"", escape(&*votes.side));
                if let Some(count) = votes.count {
                    let _ = write!(self.out, " r:count=\"{count}\"");
                }
                self.out.push('>');
                if votes.names.is_empty() {
                    // The schema wants an item in every list.
                    self.out.push_str("<li/>");
                }
                for (at, name) in votes.names.iter().enumerate() {
                    let tells = votes.tellers.iter().any(|teller| *teller as usize == at);
                    self.out.push_str(if tells { "<li r:teller=\"yes\">" } else { "<li>" });
                    self.run(words, paragraph, *name);
                    self.out.push_str("</li>");
                }
            }
            _ => {
                self.out.push('>');
                self.run(words, paragraph, Span::new(0..words.len()));
            }
        }
        let _ = writeln!(self.out, "</{element}>");
    }

    /// Some of the words, with what stands over and between them. A line break within a paragraph is
    /// an element; marks that overlap are parted where they cross.
    fn run(&mut self, words: &str, paragraph: &Paragraph, range: Span) {
        let inlines = &paragraph.inlines;
        let mut edges = vec![range.start, range.end];
        edges.extend(inlines.iter().flat_map(|inline| [inline.range.start, inline.range.end]));
        edges.retain(|edge| (range.start..=range.end).contains(edge));
        edges.sort_unstable();
        edges.dedup();
        let is_milestone =
            |inline: &&Inline| matches!(inline.kind, InlineKind::Column(_) | InlineKind::Time(_));
        let last = range.end == Span::new(0..words.len()).end;
        // What is open stays open while it goes on, so that one part stays one element.
        let mut open: Vec<&Inline> = Vec::new();
        for (number, start) in edges.iter().enumerate() {
            let here = |inline: &&Inline| {
                inline.range.start == *start && (*start < range.end || last || range.is_empty())
            };
            while open.last().is_some_and(|inline| inline.range.end <= *start) {
                open.pop().iter().for_each(|inline| self.close(&inline.kind));
            }
            for milestone in inlines.iter().filter(is_milestone).filter(here) {
                let (name, value) = match &milestone.kind {
                    InlineKind::Column(column) => ("column", column),
                    InlineKind::Time(time) => ("time", time),
                    _ => continue,
                };
                let _ = write!(self.out, "<marker name=\"{name}\" title=\"{}\"/>", escape(&**value));
            }
            let Some(end) = edges.get(number + 1) else { break };
            let over = |inline: &&Inline| {
                inline.range.start <= *start && inline.range.end >= *end && !inline.range.is_empty()
            };
            let over: Vec<&Inline> = inlines.iter().filter(over).collect();
            let same = open.iter().zip(&over).take_while(|(one, two)| std::ptr::eq(**one, **two)).count();
            open.drain(same..).rev().for_each(|inline| self.close(&inline.kind));
            over[same..].iter().for_each(|inline| self.open(&inline.kind));
            open = over;
            self.words(words, *start as usize..*end as usize);
        }
        open.iter().rev().for_each(|inline| self.close(&inline.kind));
    }

    /// Some of the words. White space that a reader would take for layout is written so that it stays.
    fn words(&mut self, words: &str, range: std::ops::Range<usize>) {
        let bytes = words.as_bytes();
        let is_space = |at: usize| matches!(bytes.get(at), Some(b' ' | b'\t' | b'\n' | b'\r') | None);
        let mut start = range.start;
        for at in range.clone().filter(|at| is_space(*at)) {
            let name = match bytes[at] {
                b'\n' => "line",
                b'\t' => "tab",
                b' ' if at == 0 || is_space(at - 1) || is_space(at + 1) => "space",
                _ => continue,
            };
            self.out.push_str(&partial_escape(&words[start..at]));
            let _ = write!(self.out, "<inline name=\"{name}\"/>");
            start = at + 1;
        }
        self.out.push_str(&partial_escape(&words[start..range.end]));
    }

    fn open(&mut self, kind: &InlineKind) {
        match kind {
            InlineKind::Emphasis => self.out.push_str("<i>"),
            InlineKind::Strong => self.out.push_str("<b>"),
            InlineKind::Superscript => self.out.push_str("<sup>"),
            InlineKind::Subscript => self.out.push_str("<sub>"),
            InlineKind::Code => self.out.push_str("<inline name=\"code\">"),
            InlineKind::Remark => self.out.push_str("<remark>"),
            InlineKind::Link(link) => {
                let _ = write!(self.out, "<a href=\"{}\"", escape(&*link.href));
                if let Some(title) = &link.title {
                    let _ = write!(self.out, " title=\"{}\"", escape(&**title));
                }
                self.out.push('>');
            }
            InlineKind::Column(_) | InlineKind::Time(_) => {}
        }
    }

    fn close(&mut self, kind: &InlineKind) {
        self.out.push_str(match kind {
            InlineKind::Emphasis => "</i>",
            InlineKind::Strong => "</b>",
            InlineKind::Superscript => "</sup>",
            InlineKind::Subscript => "</sub>",
            InlineKind::Code => "</inline>",
            InlineKind::Remark => "</remark>",
            InlineKind::Link(_) => "</a>",
            InlineKind::Column(_) | InlineKind::Time(_) => "",
        });
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
