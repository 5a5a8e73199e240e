//! What is read from a transcript, one line for each thing: for tests that show it.

use rapporteur::diagnostics::Diagnostic;
use rapporteur::text::Source;
use rapporteur::transcript::*;
use std::fmt::Write;

/// The outline of a transcript and of what was wrong with it.
pub fn of(source: &Source) -> String {
    let checked = parse(source, None);
    let mut out = Outline { source, lines: String::new() };
    if let Some(transcript) = &checked.value {
        out.transcript(transcript);
    }
    for diagnostic in &checked.diagnostics {
        out.diagnostic(diagnostic);
    }
    let speakers = checked.value.iter().flat_map(|transcript| check_speakers(transcript, &|_| false));
    speakers.for_each(|diagnostic| out.diagnostic(&diagnostic));
    out.lines
}

/// What was said, without what a file says about itself: title, headings, contributions.
pub fn record(transcript: &Transcript) -> String {
    let mut out = Outline { source: &transcript.source, lines: String::new() };
    if let Some(title) = &transcript.title {
        let title = out.of(title);
        out.line(format!("title: {title}"));
    }
    out.entries(transcript);
    out.lines
}

/// What was wrong, a line each.
pub fn diagnostics(diagnostics: &[Diagnostic]) -> String {
    let nothing = Source::new(rapporteur::text::SitePath::new("none").expect("a path"), "");
    let mut out = Outline { source: &nothing, lines: String::new() };
    diagnostics.iter().for_each(|diagnostic| out.diagnostic(diagnostic));
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
            bodies: _,
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
        for DescribedPerson { id, name, affiliations, .. } in people {
            self.line(format!("person {id}: {name}"));
            for Affiliation { role, name, body, from, to } in affiliations {
                let name =
                    Some(&**name).filter(|name| !name.is_empty()).or(body.as_deref()).unwrap_or_default();
                let (from, to) = (from.as_deref().unwrap_or("?"), to.as_deref().unwrap_or("?"));
                self.line(format!("  {role}: {name}, {from} to {to}"));
            }
        }
        for (name, count) in counts {
            self.line(format!("declares {count} {name}"));
        }
        self.entries(transcript);
        for Furniture { kind, span } in &transcript.furniture {
            self.line(format!("set apart, {kind:?}: {}", self.source.slice(*span).replace("\r\n", "\n")));
        }
    }

    fn entries(&mut self, transcript: &Transcript) {
        for entry in &transcript.entries {
            match entry {
                Entry::Heading { level, text, .. } => {
                    self.line(format!("{} {}", "#".repeat(usize::from(*level)), self.of(text)));
                }
                Entry::Contribution(contribution) => self.contribution(contribution),
            }
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
        match contribution.speaker.as_ref().map(|label| label.naming) {
            Some(Naming::Listed) => head.push_str(" (not printed)"),
            Some(Naming::Id) => head.push_str(" (no name)"),
            Some(Naming::Printed) | None => {}
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
