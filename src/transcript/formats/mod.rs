//! The formats that a transcript can be in: one file each, and the one table that names them all.

mod markdown;
mod theyworkforyou;

use super::record::Transcript;
use crate::diagnostics::Diagnostic;
use crate::text::Source;

/// A format of transcripts.
pub struct Format {
    /// The word for it in `debate.yaml` (`format: markdown`).
    pub name: &'static str,
    /// What it is, for people.
    pub title: &'static str,
    /// The extensions that its files have, without the dot. They are tried first.
    pub extensions: &'static [&'static str],
    /// What decides whether a file with one of the extensions is in it.
    pub recognised: Recognised,
    /// Whether a text is in it, by what it holds.
    pub(super) recognise: fn(&str) -> bool,
    /// Reads a text that is in it. What can't be read is kept as words.
    pub(super) parse: fn(&Source, &mut Vec<Diagnostic>) -> Transcript,
}

/// What decides whether a file is in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// Its extension is enough.
    ByExtension,
    /// Only what is in it.
    ByContent,
}

/// Every format. Where several recognise a text, the first has it.
pub const FORMATS: &[Format] = &[
    Format {
        name: "theyworkforyou",
        title: "a page of TheyWorkForYou as text",
        extensions: &["txt"],
        recognised: Recognised::ByContent,
        recognise: theyworkforyou::recognise,
        parse: theyworkforyou::parse,
    },
    Format {
        name: "markdown",
        title: "a Markdown transcript with a `### Speaker:` heading for every speech",
        extensions: &["md", "markdown"],
        recognised: Recognised::ByExtension,
        recognise: markdown::recognise,
        parse: markdown::parse,
    },
];

/// The format with this name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// The format that `source` is in: of those with its extension the first that knows it, then of all
/// others the first that knows its text.
pub fn detect(source: &Source) -> Option<&'static Format> {
    let extension = source.path.extension();
    let has_extension =
        |format: &&Format| format.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension));
    let knows = |format: &&Format| {
        (has_extension(format) && format.recognised == Recognised::ByExtension)
            || (format.recognise)(&source.text)
    };
    let with_extension = FORMATS.iter().filter(has_extension);
    with_extension.chain(FORMATS.iter().filter(|format| !has_extension(format))).find(knows)
}
