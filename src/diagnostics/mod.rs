//! Room `diagnostics`: what is reported to authors. A mistake is a value with a code, a place, the words
//! at fault and what to do; it travels beside the best value that could be made. Nothing here prints.

mod address;
mod codes;
mod fixes;
mod grouped;
mod shown;
mod tools;
mod unseen;

pub use address::{misleads, unusable, web_address};
pub use codes::{explain, known, list, *};
pub use fixes::{Edit, Fix, Near};
pub use grouped::grouped;
pub use shown::{Style, json_line};
pub use tools::sarif;
pub use unseen::{Unseen, unseen};

use crate::text::{Source, Span};

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is published while it stands.
    Error,
    /// Published, but somebody should look.
    Warning,
}

impl Severity {
    /// The word that people and tools read.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// One thing an author should know, with the words at fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable word for it (`lost-quote`), which `rapporteur explain` documents.
    pub code: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The file it is about, and the bytes at fault in it. An empty span stands for the whole file.
    pub place: Option<Place>,
    /// What was found, and where, in one sentence.
    pub message: String,
    /// Further facts, one a line: the places of the candidates, a word diff.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// Changes to the file that would mend it, for editors to offer: the likeliest first.
    pub fixes: Vec<Fix>,
    /// In which of two passes over the site it was found, where only in one.
    pub only: Option<Pass>,
}

/// How `check` looks at a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pass {
    /// As readers will see it.
    AsPublished,
    /// As a review build shows it.
    WithDrafts,
}

impl Pass {
    /// The words that people and tools read.
    pub fn as_str(self) -> &'static str {
        match self {
            Pass::AsPublished => "as published",
            Pass::WithDrafts => "with drafts",
        }
    }
}

/// What two passes over one site found, in order: what both did once, the rest with its pass.
pub fn of_both(published: Vec<Diagnostic>, with_drafts: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let label = |from: &[Diagnostic], other: &[Diagnostic], pass| -> Vec<Diagnostic> {
        let known: std::collections::HashSet<String> = other.iter().map(identity).collect();
        let one = |diagnostic: &Diagnostic| {
            let only = (!known.contains(&identity(diagnostic))).then_some(pass);
            Diagnostic { only, ..diagnostic.clone() }
        };
        from.iter().map(one).collect()
    };
    let mut all = label(&published, &with_drafts, Pass::AsPublished);
    let drafts = label(&with_drafts, &published, Pass::WithDrafts);
    all.extend(drafts.into_iter().filter(|diagnostic| diagnostic.only.is_some()));
    all.sort_by(|a, b| a.order().cmp(&b.order()));
    all
}

/// What makes a diagnostic the same as another.
fn identity(diagnostic: &Diagnostic) -> String {
    diagnostic.json().to_string()
}

/// Some bytes of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Source,
    /// The bytes.
    pub span: Span,
}

impl Place {
    /// The bytes at `span` of `source`.
    pub fn new(source: &Source, span: Span) -> Self {
        Place { source: source.clone(), span }
    }

    /// The file as a whole.
    pub fn file(source: &Source) -> Self {
        Place::new(source, Span::default())
    }
}

impl Diagnostic {
    /// An error at `place`.
    pub fn error(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: Severity::Error,
            place: Some(place),
            message: message.into(),
            notes: Vec::new(),
            help: None,
            fixes: Vec::new(),
            only: None,
        }
    }

    /// A warning at `place`.
    pub fn warning(code: &'static str, place: Place, message: impl Into<String>) -> Self {
        Diagnostic { severity: Severity::Warning, ..Diagnostic::error(code, place, message) }
    }

    /// The same with what to do.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with one further fact.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// The order in which diagnostics are shown: by path, position, code and message.
    pub fn order(&self) -> impl Ord + '_ {
        let place = self.place.as_ref();
        (
            place.map(|p| p.source.path.as_str()),
            place.map(|p| (p.span.start, p.span.end)),
            self.code,
            self.message.as_str(),
        )
    }
}

/// The best value that could be made, and what is wrong with what it was made from.
#[derive(Clone, Debug, Default)]
pub struct Checked<T> {
    /// The value.
    pub value: T,
    /// The remarks, in no particular order.
    pub diagnostics: Vec<Diagnostic>,
}

impl<T> Checked<T> {
    /// A value with nothing to say about it.
    pub fn fine(value: T) -> Self {
        Checked { value, diagnostics: Vec::new() }
    }

    /// Takes the value and moves the remarks into `diagnostics`.
    pub fn take(self, diagnostics: &mut Vec<Diagnostic>) -> T {
        diagnostics.extend(self.diagnostics);
        self.value
    }

    /// Changes the value and keeps the remarks.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Checked<U> {
        Checked { value: change(self.value), diagnostics: self.diagnostics }
    }
}
