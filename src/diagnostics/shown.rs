//! How a diagnostic reads: for people with the words underlined, on one line, as JSON for tools. The
//! same text wherever it is shown.

use super::{Diagnostic, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// Whether a text carries a terminal's colours. Meaning never hangs on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No colours.
    Plain,
    /// Colours as ANSI sequences.
    Coloured,
}

impl Diagnostic {
    /// For people: the message, the line with the words at fault underlined, the notes, the help.
    pub fn snippet(&self, style: Style) -> String {
        let diagnostic = self;
        let renderer = match style {
            Style::Plain => Renderer::plain(),
            Style::Coloured => Renderer::styled(),
        };
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
        let only = diagnostic.only.map(|pass| format!("found {} only", pass.as_str()));
        let notes: Vec<String> = diagnostic.notes.iter().chain(&only).map(|note| visible(note)).collect();
        for note in &notes {
            group = group.element(Level::NOTE.message(note.as_str()));
        }
        let help = diagnostic.help.as_deref().map(visible);
        if let Some(help) = &help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        renderer.render(&[group])
    }

    /// On one line, with its place and the help.
    pub fn line(&self) -> String {
        let diagnostic = self;
        let place = match &diagnostic.place {
            Some(place) => {
                let at = place.source.line_column(place.span.start as usize);
                format!("{}:{}:{}: ", place.source.path, at.line, at.column)
            }
            None => String::new(),
        };
        let help = diagnostic.help.as_ref().map(|help| format!(" (help: {help})")).unwrap_or_default();
        let only = diagnostic.only.map(|pass| format!(" ({} only)", pass.as_str())).unwrap_or_default();
        let text = format!(
            "{place}{}[{}]: {}{only}{help}",
            diagnostic.severity.as_str(),
            diagnostic.code,
            diagnostic.message
        );
        visible(&text).replace('\n', " ")
    }

    /// For tools: code, severity, place (1-based, from the root), message, notes, help.
    pub fn json(&self) -> serde_json::Value {
        let diagnostic = self;
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
        if let Some(pass) = diagnostic.only {
            object.insert("only".into(), pass.as_str().into());
        }
        serde_json::Value::Object(object)
    }
}

/// Text without characters that could move a terminal's cursor. One byte for one, so that places
/// stay right: control characters are ASCII.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\t' => c,
        // A part of a line break.
        '\r' => ' ',
        _ if c.is_ascii_control() => '?',
        _ => c,
    };
    text.chars().map(shown).collect()
}
