//! `rapporteur check-quotes`: are the quotations in a document right?

use super::arguments::{CheckQuotes, Format, Site};
use super::{Ending, Failure, Outcome, build as build_command, print};
use crate::build::{self, Options};
use crate::resolve::{Answer, Checker};
use crate::text::{SitePath, Source};
use std::io::Read;
use std::path::Path;

/// Answers for each quoted passage of the files.
pub fn run(site: &Site, options: &CheckQuotes) -> Outcome {
    let disk = build_command::open(site)?;
    let build_options = Options { overrides: build_command::overrides(site), ..Options::default() };
    let (debates, config) = build::site_as_read(&disk, &build_options)?;
    let checker = Checker::new(&debates, &config);
    let mut ending = Ending::Fine;
    for file in &options.files {
        let source = read(file)?;
        let answers = checker.check(&source);
        if answers.is_empty() && site.format != Format::Json {
            print::line(&format!("{}: no quotations of four words or more", file.display()));
        }
        for answer in &answers {
            if !answer.is_verbatim() {
                ending = Ending::Mistakes;
            }
            print::line(&shown(&source, file, answer, site.format));
        }
    }
    Ok(ending)
}

fn read(file: &Path) -> Result<Source, Failure> {
    let mut bytes = Vec::new();
    let fail = |error: std::io::Error| Failure(format!("cannot read {}: {error}", file.display()));
    match file.to_str() {
        Some("-") => std::io::stdin().read_to_end(&mut bytes).map_err(fail)?,
        _ => std::fs::File::open(file).and_then(|mut file| file.read_to_end(&mut bytes)).map_err(fail)?,
    };
    let text =
        String::from_utf8(bytes).map_err(|_| Failure(format!("{} is not UTF-8 text", file.display())))?;
    let name = file.file_name().and_then(|name| name.to_str()).and_then(SitePath::new);
    let path = name.unwrap_or_else(|| SitePath::new("document.md").expect("a plain name"));
    Ok(Source::new(path, text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

fn shown(source: &Source, file: &Path, answer: &Answer, format: Format) -> String {
    let at = source.line_column(answer.span.start as usize);
    let words = answer.words.split_whitespace().collect::<Vec<_>>().join(" ");
    if format == Format::Json {
        let object = serde_json::json!({
            "file": file.display().to_string(), "line": at.line, "column": at.column, "quote": words,
            "verdict": answer.verdict.word(), "places": answer.places, "notes": answer.notes,
        });
        return object.to_string();
    }
    let mut text =
        format!("{}:{}:{}: {}: “{words}”", file.display(), at.line, at.column, answer.verdict.words());
    for line in answer.places.iter().chain(&answer.notes) {
        text.push_str("\n    ");
        text.push_str(line);
    }
    text
}
