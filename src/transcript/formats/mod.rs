//! The formats that a transcript can be in: one file each, and the one table that names them all.

mod akoma_ntoso;
mod historic_hansard;
mod markdown;
mod parlamint;
mod parlparse;
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
    Format {
        name: "parlparse",
        title: "parlparse's publicwhip XML",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognise: parlparse::recognise,
        parse: parlparse::parse,
    },
    Format {
        name: "akoma-ntoso",
        title: "an Akoma Ntoso debate",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognise: akoma_ntoso::recognise,
        parse: akoma_ntoso::parse,
    },
    Format {
        name: "parlamint",
        title: "ParlaMint or Parla-CLARIN TEI",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognise: parlamint::recognise,
        parse: parlamint::parse,
    },
    Format {
        name: "historic-hansard",
        title: "historic Hansard XML, a volume or a sitting",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognise: historic_hansard::recognise,
        parse: historic_hansard::parse,
    },
];

/// Whether the first element of `text` has one of these names, with or without a prefix.
fn begins_with_element(text: &str, names: &[&str]) -> bool {
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    // What may stand before it: a declaration, comments, a document type with its declarations.
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>").map(|at| at + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|at| at + 3)
        } else if rest.starts_with("<!DOCTYPE") {
            let close = rest.find('>');
            match (rest.find('['), close) {
                (Some(open), Some(close)) if open < close => {
                    rest.find(']').and_then(|end| rest[end..].find('>').map(|at| end + at + 1))
                }
                (_, close) => close.map(|at| at + 1),
            }
        } else {
            break;
        };
        let Some(end) = end else { return false };
        rest = rest[end..].trim_start();
    }
    let Some(tag) = rest.strip_prefix('<') else { return false };
    let name =
        tag.split(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').next().unwrap_or_default();
    names.contains(&name.rsplit(':').next().unwrap_or(name))
}

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
