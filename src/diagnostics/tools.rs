//! Diagnostics for programs that show them beside the lines: the annotations of GitHub's workflows, and
//! SARIF 2.1.0 (OASIS, 27 March 2020), which editors and code hosts read.

use super::{Diagnostic, Severity, explain};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a path of a URI may not hold as it is (RFC 3986, section 3.3), but for the slashes between its parts.
const IN_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

impl Diagnostic {
    /// A workflow command: `::error file=…,line=…::…`, which GitHub shows beside the line of a pull request.
    pub fn github(&self) -> String {
        let mut properties = Vec::new();
        if let Some(place) = &self.place {
            let start = place.source.line_column(place.span.start as usize);
            let end = place.source.line_column(place.span.end as usize);
            properties.push(format!("file={}", property(place.source.path.as_str())));
            properties.push(format!("line={},endLine={}", start.line, end.line));
            // Columns are shown only within one line.
            if start.line == end.line {
                properties.push(format!("col={},endColumn={}", start.column, end.column));
            }
        }
        properties.push(format!("title={}", property(self.code)));
        format!("::{} {}::{}", self.severity.as_str(), properties.join(","), data(&self.text()))
    }

    /// The message with its notes and what to do, a line each.
    pub fn text(&self) -> String {
        let notes = self.notes.iter().map(|note| format!("\nnote: {note}"));
        let help = self.help.iter().map(|help| format!("\nhelp: {help}"));
        std::iter::once(self.message.clone()).chain(notes).chain(help).collect()
    }
}

/// Text after the second pair of colons of a workflow command.
fn data(text: &str) -> String {
    super::shown::words(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property of a workflow command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A log of one run, in SARIF 2.1.0.
pub fn sarif(diagnostics: &[Diagnostic]) -> Value {
    let codes: BTreeSet<&str> = diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    let rule = |code: &&str| {
        let about = explain(code).unwrap_or_default();
        let short = about.lines().next().unwrap_or(code).to_owned();
        json!({ "id": code, "shortDescription": { "text": short }, "fullDescription": { "text": about } })
    };
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": codes.iter().map(rule).collect::<Vec<_>>(),
            }},
            // Columns are counted in characters, as people count them.
            "columnKind": "unicodeCodePoints",
            "results": diagnostics.iter().map(result).collect::<Vec<_>>(),
        }],
    })
}

fn result(diagnostic: &Diagnostic) -> Value {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let location = diagnostic.place.as_ref().map(|place| {
        let start = place.source.line_column(place.span.start as usize);
        let end = place.source.line_column(place.span.end as usize);
        let uri = utf8_percent_encode(place.source.path.as_str(), IN_PATH).to_string();
        json!({ "physicalLocation": {
            "artifactLocation": { "uri": uri },
            "region": {
                "startLine": start.line, "startColumn": start.column,
                "endLine": end.line, "endColumn": end.column,
            },
        }})
    });
    json!({
        "ruleId": diagnostic.code,
        "level": level,
        "message": { "text": diagnostic.text() },
        "locations": location.into_iter().collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::sarif;
    use crate::diagnostics::{Diagnostic, Place};
    use crate::text::{SitePath, Source, Span};

    fn mistake() -> Diagnostic {
        let path = SitePath::new("content/a, b: 100%/é.md").expect("a path");
        let source = Source::new(path, "One\nZwei é drei\n");
        let place = Place::new(&source, Span::new(12..16));
        Diagnostic::error("lost-quote", place, "50 % of it,\nat least").note("a: b").help("look")
    }

    #[test]
    fn nothing_in_a_message_or_a_path_ends_a_workflow_command() {
        let expected = "::error file=content/a%2C b%3A 100%25/é.md,line=2,endLine=2,col=8,endColumn=12,title=lost-quote\
                        ::50 %25 of it,%0Aat least%0Anote: a: b%0Ahelp: look";
        assert_eq!(mistake().github(), expected);
        let bare = Diagnostic { place: None, ..mistake() };
        assert!(bare.github().starts_with("::error title=lost-quote::"), "{}", bare.github());
    }

    #[test]
    fn a_log_names_the_rule_the_place_in_characters_and_the_file_as_a_uri() {
        let log = sarif(&[mistake()]);
        assert_eq!(log["version"], "2.1.0");
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "lost-quote");
        let result = &run["results"][0];
        assert_eq!(
            (result["ruleId"].as_str(), result["level"].as_str()),
            (Some("lost-quote"), Some("error"))
        );
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "content/a,%20b:%20100%25/%C3%A9.md");
        assert_eq!(place["region"]["startColumn"], 8);
        // A run without mistakes is a log as well: its absence would mean that nothing was checked.
        assert_eq!(sarif(&[])["runs"][0]["results"], serde_json::json!([]));
    }
}
