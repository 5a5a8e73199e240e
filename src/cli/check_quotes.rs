//! `rapporteur check-quotes`: are the quotations in a document right?

use super::arguments::{CheckQuotes, Format, ReadAs, Site};
use super::{Ending, Failure, Outcome, build as build_command, print};
use crate::documents::{self, Document, Form, Places};
use crate::pipeline::{self, Options};
use crate::resolve::{Answer, At, Checker, Survey};
use crate::text::Span;
use serde_json::{Map, Value, json};
use std::io::Read;
use std::path::Path;

/// A larger file is no document.
const LARGEST: u64 = 256 << 20;

/// Answers for each quoted passage of the files. A file that can't be read does not keep the others from
/// being checked.
pub fn run(site: &Site, options: &CheckQuotes) -> Outcome {
    let disk = build_command::open(site)?;
    let build_options = Options { overrides: build_command::overrides(site), ..Options::default() };
    let read_site = pipeline::site_as_read(&disk, &build_options)?;
    let checker = Checker::new(&read_site.debates, &read_site.people, &read_site.config);
    let mut ending = Ending::Fine;
    let mut unreadable = Vec::new();
    for file in &options.files {
        let document = match read(file, options.read_as) {
            Ok(document) => document,
            Err(reason) => {
                unreadable.push(format!("cannot read {}: {reason}", file.display()));
                continue;
            }
        };
        let survey = checker.check(&document.draft);
        if survey.answers.iter().any(|answer| !answer.verdict.is_right()) {
            ending = Ending::Mistakes;
        }
        for answer in &survey.answers {
            print::line(&match site.format {
                Format::Json => as_json(&document.places, file, answer).to_string(),
                _ => as_text(&document.places, file, answer),
            });
        }
        print::line(&match site.format {
            Format::Json => summary_as_json(file, &survey).to_string(),
            _ => format!("{}: {}", file.display(), summary(&survey)),
        });
    }
    match unreadable.is_empty() {
        true => Ok(ending),
        false => Err(Failure(unreadable.join("\nerror: "))),
    }
}

fn read(file: &Path, read_as: Option<ReadAs>) -> Result<Document, String> {
    let mut bytes = Vec::new();
    let is_piped = file.as_os_str() == "-";
    if !is_piped && file.is_dir() {
        return Err("it is a folder: name the files in it".into());
    }
    let opened: std::io::Result<Box<dyn Read>> = match is_piped {
        true => Ok(Box::new(std::io::stdin())),
        false => std::fs::File::open(file).map(|file| Box::new(file) as Box<dyn Read>),
    };
    let read = opened.and_then(|input| input.take(LARGEST + 1).read_to_end(&mut bytes));
    read.map_err(|error| error.to_string())?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("it is larger than {} MiB", LARGEST >> 20));
    }
    let form = match read_as {
        Some(ReadAs::Markdown) => Form::Markdown,
        Some(ReadAs::Text) => Form::Text,
        Some(ReadAs::Html) => Form::Html,
        Some(ReadAs::Docx) => Form::Docx,
        Some(ReadAs::Odt) => Form::Odt,
        None => Form::of_name(&file.file_name().unwrap_or_default().to_string_lossy()),
    };
    documents::read(&bytes, form)
}

/// `12 quotations: 9 verbatim, 3 MISQUOTED; 4 shorter than four words passed over`.
fn summary(survey: &Survey) -> String {
    let total = survey.answers.len();
    let mut text = match total {
        0 => "no quotations of four words or more".to_owned(),
        1 => "1 quotation: ".to_owned(),
        _ => format!("{total} quotations: "),
    };
    let counts = survey.counts();
    let counts: Vec<String> =
        counts.iter().map(|(verdict, count)| format!("{count} {}", verdict.words().to_lowercase())).collect();
    text.push_str(&counts.join("; "));
    if survey.passed_over > 0 {
        text.push_str(&format!(" ({} shorter than four words passed over)", survey.passed_over));
    }
    text
}

fn summary_as_json(file: &Path, survey: &Survey) -> Value {
    let counts =
        survey.counts().into_iter().map(|(verdict, count)| (verdict.word().to_owned(), count.into()));
    json!({
        "file": file.display().to_string(),
        "summary": {
            "quotations": survey.answers.len(),
            "verdicts": Value::Object(counts.collect()),
            "passed_over": survey.passed_over,
        },
    })
}

/// Where something stands: `:3:7`, or `: paragraph 12` where a file has no lines.
fn position(places: &Places, span: Span) -> (String, Map<String, Value>) {
    let mut object = Map::new();
    match places {
        Places::Text(source) => {
            let at = source.line_column(span.start as usize);
            object.insert("line".into(), at.line.into());
            object.insert("column".into(), at.column.into());
            (format!(":{}:{}", at.line, at.column), object)
        }
        Places::Paragraphs => {
            object.insert("paragraph".into(), span.start.into());
            (format!(": paragraph {}", span.start), object)
        }
    }
}

fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn as_json(places: &Places, file: &Path, answer: &Answer) -> Value {
    let place = |at: &At| {
        json!({
            "speaker": at.speaker, "person": at.person, "office": at.office,
            "debate": { "slug": at.debate, "title": at.title, "date": at.date },
            "paragraphs": at.paragraphs, "address": at.address, "citation": at.citation,
        })
    };
    let mut object = Map::new();
    object.insert("file".into(), file.display().to_string().into());
    object.extend(position(places, answer.span).1);
    object.insert("quote".into(), one_line(&answer.words).into());
    object.insert("verdict".into(), answer.verdict.word().into());
    object.insert("named".into(), answer.named.clone().into());
    object.insert("places".into(), answer.places.iter().map(place).collect());
    let allowances = answer.allowances.iter().map(|one| Value::from(one.words()));
    object.insert("allowances".into(), allowances.collect());
    object.insert("notes".into(), answer.notes.clone().into());
    Value::Object(object)
}

fn as_text(places: &Places, file: &Path, answer: &Answer) -> String {
    let (at, _) = position(places, answer.span);
    let words = one_line(&answer.words);
    let mut text = format!("{}{at}: {}: “{words}”", file.display(), answer.verdict.words());
    for place in &answer.places {
        let speaker = place.speaker.as_deref().map_or_else(String::new, |speaker| match &place.office {
            Some(office) => format!("{speaker} ({office}), "),
            None => format!("{speaker}, "),
        });
        text.push_str(&format!("\n    {speaker}{}: {}", place.citation, place.address));
    }
    let allowances = answer.allowances.iter().map(|one| one.words());
    for line in allowances.chain(answer.notes.iter().map(String::as_str)) {
        text.push_str("\n    ");
        text.push_str(line);
    }
    text
}
