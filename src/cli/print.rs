//! Everything that is printed. A closed pipe is no failure: whoever read has read enough.

use super::arguments::{Format, Site};
use crate::build::{Report, Timings};
use crate::diagnostics::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use std::io::{IsTerminal, Write};

/// A line for whoever runs the program.
pub fn line(text: &str) {
    let _ = writeln!(anstream::stdout(), "{text}");
}

/// A line beside the output: notices, timings.
pub fn notice(text: &str) {
    let _ = writeln!(anstream::stderr(), "{text}");
}

/// What ended the program.
pub fn failure(message: &str) {
    notice(&format!("error: {message}"));
}

/// Whether a person watches.
pub fn is_watched() -> bool {
    std::io::stderr().is_terminal()
}

/// Prints diagnostics in the form that was asked for: for people on the error stream, for tools on
/// the output.
pub fn diagnostics(diagnostics: &[Diagnostic], site: &Site) {
    match site.format {
        Format::Human => {
            let renderer = Renderer::styled();
            let mut out = anstream::stderr();
            for diagnostic in diagnostics {
                let _ = writeln!(out, "{}\n", human(diagnostic, &renderer));
            }
        }
        Format::Short => diagnostics.iter().for_each(|diagnostic| line(&short(diagnostic))),
        Format::Json => diagnostics.iter().for_each(|diagnostic| line(&json(diagnostic))),
    }
}

/// With the words underlined.
fn human(diagnostic: &Diagnostic, renderer: &Renderer) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let message = visible(&diagnostic.message);
    let title = level.primary_title(message.as_str()).id(diagnostic.code);
    let text;
    let path;
    let mut group = match &diagnostic.place {
        Some(place) if !place.source.text.is_empty() => {
            path = place.source.path.to_string();
            text = visible(&place.source.text);
            let mut range = place.span.range();
            range.end = range.end.min(text.len());
            range.start = range.start.min(range.end);
            // The words, not the white space after them; and no more than the first lines of many.
            let words = text[range.clone()].trim_end();
            let shown = words.match_indices('\n').nth(3).map_or(words.len(), |(at, _)| at);
            range.end = range.start + words[..shown].trim_end().len();
            title.element(
                Snippet::source(text.as_str())
                    .path(path.as_str())
                    .annotation(AnnotationKind::Primary.span(range)),
            )
        }
        Some(place) => {
            path = place.source.path.to_string();
            title.element(annotate_snippets::Origin::path(path.as_str()))
        }
        None => Group::with_title(title),
    };
    let notes: Vec<String> = diagnostic.notes.iter().map(|note| visible(note)).collect();
    for note in &notes {
        group = group.element(Level::NOTE.message(note.as_str()));
    }
    let help = diagnostic.help.as_deref().map(visible);
    if let Some(help) = &help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// Text without characters that could move a terminal's cursor. One byte for one, so that places
/// stay right: control characters are ASCII.
fn visible(text: &str) -> String {
    text.chars().map(|c| if c.is_ascii_control() && c != '\n' && c != '\t' { '?' } else { c }).collect()
}

fn short(diagnostic: &Diagnostic) -> String {
    let place = match &diagnostic.place {
        Some(place) => {
            let at = place.source.line_column(place.span.start as usize);
            format!("{}:{}:{}: ", place.source.path, at.line, at.column)
        }
        None => String::new(),
    };
    let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
    let text =
        format!("{place}{}[{}]: {}{help}", diagnostic.severity.as_str(), diagnostic.code, diagnostic.message);
    visible(&text).replace('\n', " ")
}

fn json(diagnostic: &Diagnostic) -> String {
    let mut object = serde_json::Map::new();
    object.insert("code".into(), diagnostic.code.into());
    object.insert("severity".into(), diagnostic.severity.as_str().into());
    if let Some(place) = &diagnostic.place {
        let start = place.source.line_column(place.span.start as usize);
        let end = place.source.line_column(place.span.end as usize);
        object.insert("file".into(), place.source.path.as_str().into());
        object.insert("line".into(), start.line.into());
        object.insert("column".into(), start.column.into());
        object.insert("end_line".into(), end.line.into());
        object.insert("end_column".into(), end.column.into());
    }
    object.insert("message".into(), diagnostic.message.as_str().into());
    if !diagnostic.notes.is_empty() {
        object.insert("notes".into(), diagnostic.notes.clone().into());
    }
    object.insert("help".into(), diagnostic.help.clone().into());
    serde_json::Value::Object(object).to_string()
}

/// How many errors and warnings there are: `2 errors, 1 warning`.
pub fn tally(report: &Report) -> Option<String> {
    let count =
        |severity| report.diagnostics.iter().filter(|diagnostic| diagnostic.severity == severity).count();
    let words = |number: usize, word: &str| match number {
        0 => None,
        1 => Some(format!("1 {word}")),
        _ => Some(format!("{number} {word}s")),
    };
    let parts: Vec<String> =
        [words(count(Severity::Error), "error"), words(count(Severity::Warning), "warning")]
            .into_iter()
            .flatten()
            .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// How long each stage took.
pub fn timings(timings: &Timings) {
    let total: std::time::Duration = timings.0.iter().map(|(_, time)| *time).sum();
    for (stage, time) in &timings.0 {
        notice(&format!("{:>10}  {:>9.1} ms", stage.word(), time.as_secs_f64() * 1e3));
    }
    notice(&format!("{:>10}  {:>9.1} ms", "in all", total.as_secs_f64() * 1e3));
}

/// `12345` as `12,345`.
pub fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
