//! `tests/spec/diagnostics.md`: a mistake in a small site, and all that is said of it.

use super::{Example, Spec};
use crate::codes::{SHEET, entry, sound};
use rapporteur::diagnostics::Style;
use rapporteur::load::Strings;
use rapporteur::pipeline::{OnError, Options, check};

/// The spec.
pub(super) const SPEC: Spec = Spec { name: "diagnostics", ending: "said", what_comes: what_is_said };

/// A mistake of the spec: its code, and the files that make it, laid over the sound site.
pub struct Mistake {
    /// The code.
    pub code: String,
    /// Paths and contents.
    pub files: Vec<(String, String)>,
}

impl Mistake {
    fn of(example: &Example) -> Mistake {
        let code = example.heading.split(':').next().unwrap_or_default().to_owned();
        let files = example.input.iter().map(|(info, text)| match info.as_str() {
            "note" => (SHEET.to_owned(), entry(text)),
            info => {
                let path = info.strip_prefix("file ").expect("a block is marked `note` or `file PATH`");
                (path.to_owned(), text.clone())
            }
        });
        Mistake { code, files: files.collect() }
    }

    /// The site with the mistake.
    pub fn site(&self) -> Strings {
        self.files.iter().fold(sound(), |site, (path, text)| site.with(path, text.as_str()))
    }
}

/// Every mistake of the spec.
pub fn mistakes() -> Vec<Mistake> {
    SPEC.examples().iter().map(Mistake::of).collect()
}

fn what_is_said(examples: &[Example], at: usize) -> String {
    let mistake = Mistake::of(&examples[at]);
    let options = Options { on_error: OnError::KeepGoing, ..Options::default() };
    let report = check(&mistake.site(), &options).expect("memory does not fail");
    let codes: Vec<&str> = report.diagnostics.iter().map(|one| one.code).collect();
    assert!(codes.contains(&mistake.code.as_str()), "{}: found {codes:?}", examples[at].heading);
    report.diagnostics.iter().map(|one| format!("{}\n", one.snippet(Style::Plain).trim_end())).collect()
}
