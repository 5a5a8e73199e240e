//! Tera's errors as diagnostics: the file, the words, and the chain of includes that led there.

use super::bounds::Bound;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::text::{Source, Span};
use std::collections::BTreeMap;
use tera::{Error, ErrorKind};

/// The diagnostic for an error in one of the `templates`.
pub(super) fn diagnostic(
    error: &Error,
    templates: &BTreeMap<String, Source>,
    bounds: &BTreeMap<String, Bound>,
) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let place = templates.get(report.filename()).map(|source| {
                let range = report.span().range.clone();
                let span = bounds.get(report.filename()).map_or(Span::default(), |bound| bound.span(range));
                let end = (span.end as usize).min(source.text.len());
                Place::new(source, Span::new((span.start as usize).min(end)..end))
            });
            diagnostics::template_error(place, report.message(), chain(&error.to_string()))
        }
        ErrorKind::MissingParent { current, .. }
        | ErrorKind::CircularExtend { tpl: current, .. }
        | ErrorKind::CircularInclude { tpl: current, .. } => {
            let place = templates.get(current).map(Place::file);
            diagnostics::template_error(place, &error.to_string(), Vec::new())
        }
        _ => {
            // Errors of the whole set name the template in their text.
            let text = error.to_string();
            let place = templates
                .iter()
                .find(|(name, _)| text.contains(name.as_str()))
                .map(|(_, source)| Place::new(source, named(&text, source)));
            let mut lines = text.lines();
            let message =
                lines.next().unwrap_or("the template can't be used").trim_start_matches("error: ").to_owned();
            diagnostics::template_error(place, &message, chain(&text))
        }
    }
}

/// Where the filter, test, function or component that an error names first stands in a template: a word in
/// what is not text.
fn named(error: &str, source: &Source) -> Span {
    let Some(name) = error.split('`').nth(1).filter(|name| !name.is_empty()) else { return Span::default() };
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let found = source.text.match_indices(name).find(|(at, _)| {
        let (before, after) = (&source.text[..*at], &source.text[at + name.len()..]);
        let opened = before.rfind("{{").max(before.rfind("{%"));
        let closed = before.rfind("}}").max(before.rfind("%}"));
        opened > closed && !before.ends_with(is_part) && !after.starts_with(is_part)
    });
    found.map_or(Span::default(), |(at, _)| Span::new(at..at + name.len()))
}

/// The notes of Tera's report that say how the template was reached, one a line.
fn chain(report: &str) -> Vec<String> {
    report.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}
