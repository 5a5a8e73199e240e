//! Everything that is printed. A closed pipe is no failure: whoever read has read enough. Anything else that
//! keeps words from the output is one, and is told at the end.

use super::arguments::{Format, Site};
use crate::diagnostics::{Diagnostic, Severity, Style, json_line, sarif};
use crate::pipeline::Report;
use crate::text::is_control;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, ErrorKind, IsTerminal, Write};
use std::sync::OnceLock;

/// Why the output could not take all that was printed.
static REFUSED: OnceLock<io::Error> = OnceLock::new();

/// So many places of one mistake are named.
const NAMED: usize = 5;

/// A line for whoever runs the program.
pub fn line(text: &str) {
    note(writeln!(anstream::stdout(), "{}", harmless(text)));
}

/// Text that sends nothing to a terminal but text: the name of a file or an argument may hold characters that move
/// its cursor. Diagnostics in colour see to that themselves.
fn harmless(text: &str) -> Cow<'_, str> {
    let is_harmful = |c| is_control(c) || c == '\r';
    if text.contains(is_harmful) { text.replace(is_harmful, "?").into() } else { text.into() }
}

/// Bytes for whoever runs the program.
pub fn bytes(bytes: &[u8]) {
    note(io::stdout().write_all(bytes));
}

/// Remembers why something could not be printed.
pub fn note(written: io::Result<()>) {
    if let Err(error) = written
        && error.kind() != ErrorKind::BrokenPipe
    {
        // The first reason is the one to tell.
        let _ = REFUSED.set(error);
    }
}

/// Gives the system what is still held back. Says why, where the output has not taken all that was printed.
pub fn end() -> Option<&'static io::Error> {
    note(io::stdout().flush());
    REFUSED.get()
}

/// A line beside the output: notices, timings.
pub fn notice(text: &str) {
    let _ = writeln!(anstream::stderr(), "{}", harmless(text));
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
            let mut out = anstream::stderr();
            for diagnostic in by_cause(diagnostics) {
                let _ = writeln!(out, "{}\n", diagnostic.snippet(Style::Coloured));
            }
        }
        Format::Short => diagnostics.iter().for_each(|diagnostic| line(&diagnostic.line())),
        Format::Json => diagnostics.iter().for_each(|diagnostic| line(&json_line(&diagnostic.json()))),
        Format::Github => diagnostics.iter().for_each(|diagnostic| line(&diagnostic.github())),
        Format::Sarif => line(&json_line(&sarif(diagnostics))),
    }
}

/// For people, one cause is told once: of mistakes that say the same in several places the first, with the
/// others' places.
fn by_cause(diagnostics: &[Diagnostic]) -> Vec<Diagnostic> {
    let mut groups: Vec<(&Diagnostic, Vec<String>)> = Vec::new();
    let mut known: HashMap<_, usize> = HashMap::new();
    for one in diagnostics {
        let key = (one.code, one.severity, &one.message, &one.help, &one.notes, one.only);
        match (known.get(&key), &one.place) {
            (Some(&at), Some(place)) => {
                let at_column = place.source.line_column(place.span.start as usize);
                groups[at].1.push(format!("{}:{}:{}", place.source.path, at_column.line, at_column.column));
            }
            _ => {
                known.insert(key, groups.len());
                groups.push((one, Vec::new()));
            }
        }
    }
    let told = |(first, others): (&Diagnostic, Vec<String>)| {
        if others.is_empty() {
            return first.clone();
        }
        let named = others.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ");
        let more = match others.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {} more", thousands(more)),
        };
        first.clone().note(format!("the same at {named}{more}"))
    };
    groups.into_iter().map(told).collect()
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

/// A number with its noun: `1 debate`, `1,200 debates`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { many })
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

#[cfg(test)]
mod tests {
    use super::harmless;

    #[test]
    fn what_is_printed_moves_no_cursor() {
        assert_eq!(harmless("a\u{1b}[2J\r\u{9b}b\u{7f}.md\n\tc"), "a?[2J??b?.md\n\tc");
        assert_eq!(harmless("é – 日本"), "é – 日本");
    }
}
