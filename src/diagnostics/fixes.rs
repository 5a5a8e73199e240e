//! Changes that would mend a mistake, for editors to offer. Nothing is ever changed by itself.

use super::Diagnostic;
use crate::text::Span;

/// A change that would mend a mistake, in the file that it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in a few words.
    pub title: String,
    /// The change.
    pub edit: Edit,
}

/// A change to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// These bytes become this text, as it is.
    Text(Span, String),
    /// The value that stands there in YAML becomes this one, written as the old one is.
    Value(Span, String),
    /// The quotation that stands there in prose gets these words, between the marks that it has.
    Quotation(Span, String),
    /// The key gets this value, in a line of its own below the value that stands there.
    Beside(Span, &'static str, String),
}

/// Words of the record that are near to some that are not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near {
    /// Where they stand and what differs, as a line.
    pub line: String,
    /// The words.
    pub words: String,
}

impl Near {
    /// Their lines.
    pub fn lines(near: &[Near]) -> Vec<String> {
        near.iter().map(|near| near.line.clone()).collect()
    }
}

impl Diagnostic {
    /// The same with a change that would mend it.
    pub fn fix(mut self, title: impl Into<String>, edit: Edit) -> Self {
        self.fixes.push(Fix { title: title.into(), edit });
        self
    }

    /// The same with the offer to write `near` for `word`, where its place shows the word once.
    pub fn instead(self, word: &str, near: Option<&str>) -> Self {
        let Some((near, place)) = near.filter(|_| !word.is_empty()).zip(self.place.as_ref()) else {
            return self;
        };
        let start = place.span.start as usize;
        let found = place.source.text.get(place.span.range()).and_then(|text| {
            let mut found = text.match_indices(word).map(|(at, _)| at);
            found.next().filter(|_| found.next().is_none())
        });
        match found {
            Some(at) => {
                let span = Span::new(start + at..start + at + word.len());
                self.fix(format!("write `{near}`"), Edit::Text(span, near.to_owned()))
            }
            None => self,
        }
    }

    /// The same with the offer to write words that are near to those at its place, as far as `scope` has them:
    /// words of another paragraph would be wrong again.
    pub(super) fn nearest(self, scope: &str, near: &[Near], edit: fn(Span, String) -> Edit) -> Self {
        let Some(span) = self.place.as_ref().map(|place| place.span).filter(|span| !span.is_empty()) else {
            return self;
        };
        let is_one = scope.starts_with('p') && !scope.contains("..");
        near.iter().fold(self, |one, near| {
            let shown = near.line.split(':').next().unwrap_or_default();
            if is_one && shown != scope {
                return one;
            }
            one.fix(format!("quote the words of {shown}"), edit(span, near.words.clone()))
        })
    }
}
