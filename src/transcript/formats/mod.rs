//! The formats that a transcript can be in: one file each, and the one table that names them all.

mod akoma_ntoso;
mod australian_hansard;
mod bundestag;
mod captions;
mod hansard_json;
mod hansard_online;
mod historic_hansard;
mod markdown;
mod parlamint;
mod parlparse;
mod tei_speeches;
mod text;
mod theyworkforyou;
mod timed;
mod transcriber;
mod whisper_tsv;

pub(in crate::transcript) use akoma_ntoso::{NAMESPACE, begins_words, is_container as is_section};

use super::record::{ContributionKind, Paragraph, Transcript};
use crate::diagnostics::Diagnostic;
use crate::text::{SitePath, Source};

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
    /// What shows a text to be in it, for people: `rapporteur formats` prints it.
    pub recognised_by: &'static str,
    /// How the words of a source are found without its reader, to hold the record against them.
    pub(in crate::transcript) family: Family,
    /// Whether a text is in it, by what only such a text holds. It is given the whole of it.
    pub(super) recognise: fn(&str) -> bool,
    /// Reads a text that is in it. What can't be read is kept as words.
    pub(super) parse: fn(&Source, &mut Vec<Diagnostic>) -> Transcript,
    /// Prints a record in it, so that it reads back the same; not every format can hold every record.
    pub print: Option<fn(&Transcript) -> String>,
}

/// What decides whether a file is in a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recognised {
    /// Its extension is enough.
    ByExtension,
    /// Only what is in it.
    ByContent,
}

/// How the words of a source are found without its reader: what the account of an import compares
/// the record with. A reader names the span of everything that it does not take as words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::transcript) enum Family {
    /// Every line, to the letter.
    Text,
    /// Every line; the signs of Markdown, the numbers of lists and the addresses of links aside.
    Markdown,
    /// The text between tags. Attributes are not words of the file.
    Xml,
    /// The strings that are values, not keys.
    Json,
    /// The same, where strings hold HTML.
    JsonHtml,
    /// Every line, the tags of captions aside.
    Captions,
}

/// Every format. Where several recognise a text, the first has it.
pub const FORMATS: &[Format] = &[
    Format {
        name: "theyworkforyou",
        title: "a page of TheyWorkForYou as text",
        extensions: &["txt"],
        recognised: Recognised::ByContent,
        recognised_by: "lines of the site's own (`Photo of …`, `… – in the House of Commons at 4:05 pm on 20 December 2012.`, `Add your comment`), and nearly every word under a speaker's line",
        family: Family::Text,
        recognise: theyworkforyou::recognise,
        parse: theyworkforyou::parse,
        print: None,
    },
    Format {
        name: "hansard-online",
        title: "a debate's page of Hansard Online as text",
        extensions: &["txt"],
        recognised: Recognised::ByContent,
        recognised_by: "lines of the site's own (`Volume 555: debated on Thursday 20 December 2012`, `Toggle showing location of Column 331`, `Share this contribution`), and nearly every word under a speaker's line",
        family: Family::Text,
        recognise: hansard_online::recognise,
        parse: hansard_online::parse,
        print: None,
    },
    Format {
        name: "text",
        title: "plain text in which a name stands before the words: `Name: words`, or the name in a line of its own",
        extensions: &["txt", "text", "md", "markdown"],
        recognised: Recognised::ByContent,
        recognised_by: "names that recur before the words, `Name: words` or in lines of their own, with nearly every word under one",
        family: Family::Text,
        recognise: text::recognise,
        parse: text::parse,
        print: None,
    },
    Format {
        name: "markdown",
        title: "a Markdown transcript with a `### Speaker:` heading for every speech",
        extensions: &["md", "markdown"],
        recognised: Recognised::ByExtension,
        recognised_by: "the extension, or a heading `### Speaker:` for every speech",
        family: Family::Markdown,
        recognise: markdown::recognise,
        parse: markdown::parse,
        print: Some(markdown::print),
    },
    Format {
        name: "parlparse",
        title: "parlparse's publicwhip XML",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<publicwhip>`",
        family: Family::Xml,
        recognise: parlparse::recognise,
        parse: parlparse::parse,
        print: None,
    },
    Format {
        name: "akoma-ntoso",
        title: "an Akoma Ntoso debate",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<akomaNtoso>`, with a `<debate>` in it",
        family: Family::Xml,
        recognise: akoma_ntoso::recognise,
        parse: akoma_ntoso::parse,
        print: Some(akoma_ntoso::print),
    },
    Format {
        name: "parlamint",
        title: "ParlaMint or Parla-CLARIN TEI",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<TEI>`, with utterances `<u>` in it",
        family: Family::Xml,
        recognise: parlamint::recognise,
        parse: parlamint::parse,
        print: None,
    },
    Format {
        name: "tei-speeches",
        title: "TEI of debates with speeches, as GermaParl has them",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<TEI>`, with speeches `<sp>` and their `<speaker>` in it, and no utterances",
        family: Family::Xml,
        recognise: tei_speeches::recognise,
        parse: tei_speeches::parse,
        print: None,
    },
    Format {
        name: "historic-hansard",
        title: "historic Hansard XML, a volume or a sitting",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<hansard>`, or a sitting (`<housecommons>`, `<houselords>` …) alone",
        family: Family::Xml,
        recognise: historic_hansard::recognise,
        parse: historic_hansard::parse,
        print: None,
    },
    Format {
        name: "australian-hansard",
        title: "Hansard of the Australian Parliament or that of South Australia as XML",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<hansard>`, with `<session.header>` or `<talker>` in it",
        family: Family::Xml,
        recognise: australian_hansard::recognise,
        parse: australian_hansard::parse,
        print: None,
    },
    Format {
        name: "bundestag",
        title: "plenary proceedings of the Bundestag as XML",
        extensions: &["xml"],
        recognised: Recognised::ByContent,
        recognised_by: "the outermost element `<dbtplenarprotokoll>`, or `<DOKUMENT>` with a `<WAHLPERIODE>` and the kind `PLENARPROTOKOLL`",
        family: Family::Xml,
        recognise: bundestag::recognise,
        parse: bundestag::parse,
        print: None,
    },
    Format {
        name: "webvtt",
        title: "WebVTT captions",
        extensions: &["vtt"],
        recognised: Recognised::ByContent,
        recognised_by: "the first line, which begins with `WEBVTT`",
        family: Family::Captions,
        recognise: captions::recognise_vtt,
        parse: captions::parse_vtt,
        print: None,
    },
    Format {
        name: "srt",
        title: "SRT captions",
        extensions: &["srt"],
        recognised: Recognised::ByContent,
        recognised_by: "a line of times (`00:01:02,345 --> 00:01:05,000`) under the first number",
        family: Family::Captions,
        recognise: captions::recognise_srt,
        parse: captions::parse_srt,
        print: None,
    },
    Format {
        name: "hansard-json",
        title: "Hansard online's JSON",
        extensions: &["json"],
        recognised: Recognised::ByContent,
        recognised_by: "an object with `Overview` and `Items`",
        family: Family::JsonHtml,
        recognise: hansard_json::recognise,
        parse: hansard_json::parse,
        print: None,
    },
    Format {
        name: "whisper-json",
        title: "a transcript of Whisper, WhisperX or whisper.cpp as JSON",
        extensions: &["json"],
        recognised: Recognised::ByContent,
        recognised_by: "a JSON object with `segments` of `start`, `end` and `text`, or a `transcription` of `timestamps`, `offsets` and `text`",
        family: Family::Json,
        recognise: transcriber::recognise_whisper,
        parse: transcriber::parse_whisper,
        print: None,
    },
    Format {
        name: "youtube-json",
        title: "captions of YouTube as JSON",
        extensions: &["json"],
        recognised: Recognised::ByContent,
        recognised_by: "a JSON list of objects with `text`, `start` and `duration`, or an object with `snippets` of them",
        family: Family::Json,
        recognise: transcriber::recognise_youtube,
        parse: transcriber::parse_youtube,
        print: None,
    },
    Format {
        name: "cdp-json",
        title: "a transcript of the Council Data Project",
        extensions: &["json"],
        recognised: Recognised::ByContent,
        recognised_by: "a JSON object with `sentences` of `text`, `words`, `start_time` and `end_time`",
        family: Family::Json,
        recognise: transcriber::recognise_council,
        parse: transcriber::parse_council,
        print: None,
    },
    Format {
        name: "whisper-tsv",
        title: "Whisper's table of segments",
        extensions: &["tsv"],
        recognised: Recognised::ByContent,
        recognised_by: "the first line, `start`, `end` and `text` parted by tabs",
        family: Family::Text,
        recognise: whisper_tsv::recognise,
        parse: whisper_tsv::parse,
        print: None,
    },
];

/// Whether the first element of `text` has one of these names, with or without a prefix.
pub(super) fn begins_with_element(text: &str, names: &[&str]) -> bool {
    first_element(text).is_some_and(|name| names.contains(&name.rsplit(':').next().unwrap_or(name)))
}

/// Whether an element with one of these names begins anywhere in `text`, with or without a prefix.
pub(super) fn has_element(text: &str, names: &[&str]) -> bool {
    memchr::memchr_iter(b'<', text.as_bytes()).any(|at| {
        let tag = &text[at + 1..];
        let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(0);
        let name = &tag[..end];
        names.contains(&name.rsplit(':').next().unwrap_or(name))
    })
}

/// The name of the first element of a text, where it begins with markup.
pub fn first_element(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    // What may stand before it: a declaration, comments, a document type with its declarations.
    loop {
        let end = if rest.starts_with("<?") {
            rest.find("?>")? + 2
        } else if rest.starts_with("<!--") {
            rest.find("-->")? + 3
        } else if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) {
            let close = rest.find('>')?;
            match rest.find('[').filter(|open| *open < close) {
                Some(_) => {
                    let end = rest.find(']')?;
                    end + rest[end..].find('>')? + 1
                }
                None => close + 1,
            }
        } else {
            break;
        };
        rest = rest[end..].trim_start();
    }
    let tag = rest.strip_prefix('<')?;
    let end = tag.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/')?;
    let is_name = end > 0 && tag.starts_with(|c: char| c.is_alphabetic() || c == '_');
    is_name.then_some(&tag[..end])
}

/// How many lines of a text in no format may name a speaker, and the first of them.
pub(super) fn resembles_text(text: &str) -> Option<(usize, &str)> {
    text::resembles(text)
}

/// So many words of nobody may stand in a page however short: from the middle of one, or after its links.
const FEW: usize = 50;

/// Whether nearly all words of a page that was copied as text, read so, are somebody's who is named, or are no
/// speech.
fn stands_under_names(text: &str, parse: fn(&Source, &mut Vec<Diagnostic>) -> Transcript) -> bool {
    let Some(path) = SitePath::new("transcript.txt") else { return false };
    let transcript = parse(&Source::new(path, text), &mut Vec::new());
    let (mut all, mut named) = (0, 0);
    for contribution in transcript.contributions() {
        let words = |paragraph: &Paragraph| paragraph.text.of(&transcript.source).split_whitespace().count();
        let words: usize = contribution.paragraphs.iter().map(words).sum();
        all += words;
        if contribution.speaker.is_some() || contribution.kind != ContributionKind::Speech {
            named += words;
        }
    }
    named > 0 && (named * 10 >= all * 9 || all - named <= FEW)
}

/// Whether a file of this path can be a transcript: one of the formats has its extension.
pub fn has_extension(path: &SitePath) -> bool {
    FORMATS.iter().any(|format| format.extensions.contains(&path.extension()))
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
