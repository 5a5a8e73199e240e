//! Tera's errors as diagnostics: the file, the words, and the chain of includes that led there.

use crate::diagnostics::{self, Diagnostic, Place};
use crate::text::{Source, Span};
use std::collections::BTreeMap;
use tera::{Error, ErrorKind};

/// The diagnostic for an error in one of the `templates`.
pub(super) fn diagnostic(error: &Error, templates: &BTreeMap<String, Source>) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let place = templates.get(report.filename()).map(|source| {
                let range = report.span().range.clone();
                let end = range.end.min(source.text.len());
                Place::new(source, Span::new(range.start.min(end)..end))
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
                .map(|(_, source)| Place::file(source));
            let mut lines = text.lines();
            let message =
                lines.next().unwrap_or("the template can't be used").trim_start_matches("error: ").to_owned();
            diagnostics::template_error(place, &message, chain(&text))
        }
    }
}

/// The notes of Tera's report that say how the template was reached, one a line.
fn chain(report: &str) -> Vec<String> {
    report.lines().filter_map(|line| line.strip_prefix("note: ")).map(str::to_owned).collect()
}
