//! What is said about text that is not YAML: which trap it fell into, and the form that avoids it.

use crate::diagnostics::{self as codes, Diagnostic, Place};
use crate::text::{Source, Span};
use granit_parser::ErrorKind;

/// What was open when the syntax failed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The last key read.
    pub key: Option<Span>,
    /// The outermost `[` or `{` not yet closed.
    pub bracket: Option<Span>,
}

/// The line that holds the byte at `at`, without its end.
pub(super) fn line_at(source: &Source, at: usize) -> Span {
    let text = source.text.as_bytes();
    let at = at.min(text.len());
    let start = memchr::memrchr2(b'\n', b'\r', &text[..at]).map_or(0, |end| end + 1);
    let end = memchr::memchr2(b'\n', b'\r', &text[at..]).map_or(text.len(), |end| at + end);
    Span::new(start..end)
}

/// How to write the text of the line at `span` so that YAML reads nothing into it: the line's own
/// key and words in the `>-` form.
pub(super) fn folded_help(source: &Source, span: Span) -> String {
    let line = source.slice(line_at(source, span.start as usize)).trim();
    let item = line.strip_prefix("- ").map(str::trim_start);
    let (key, words) = key_and_words(item.unwrap_or(line));
    match (key, words) {
        (_, words) if words.starts_with('{') => {
            "between braces, put a text into quotation marks: { said: \"…\" }".to_owned()
        }
        (None, words) if item.is_some() => format!("{ADVICE}\n{}", folded_form("- ", words)),
        (key, words) => {
            format!("{ADVICE}\n{}", folded_form(&format!("{}: ", key.unwrap_or("quote")), words))
        }
    }
}

/// Introduces [`folded_form`].
pub(super) const ADVICE: &str =
    "write the text on lines of its own under `>-`, where no character means anything to YAML:";

/// `head` (`quote: `) with `words` as a folded block text, shortened to one line.
pub(super) fn folded_form(head: &str, words: &str) -> String {
    let words = words.trim().trim_start_matches(['>', '|']).trim_start_matches(['-', '+']).trim();
    let words = ['"', '\''].iter().find_map(|&mark| without_quotation(words, mark)).unwrap_or(words);
    let mut left = words.split_whitespace().flat_map(|word| word.chars().chain([' ']));
    let short: String = left.by_ref().take(60).collect();
    let more = if short.is_empty() || left.next().is_some() { "…" } else { "" };
    format!("    {head}>-\n      {}{more}", short.trim_end())
}

/// `words` without the `mark` before and after them, or without the one that was never closed;
/// `None` where there is more to it: `"Yes," he said` keeps its marks.
fn without_quotation(words: &str, mark: char) -> Option<&str> {
    let inner = words.strip_prefix(mark)?;
    let inner = inner.strip_suffix(mark).unwrap_or(inner);
    (!inner.contains(mark)).then_some(inner)
}

/// A line's `key` and what follows its colon; no key where the line has none.
fn key_and_words(line: &str) -> (Option<&str>, &str) {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    match line.split_once(':') {
        Some((key, words))
            if !key.is_empty() && key.chars().all(plain) && (words.is_empty() || words.starts_with(' ')) =>
        {
            (Some(key), words.trim())
        }
        _ => (None, line),
    }
}

/// A quotation mark at the start of `at` that is never closed, or only after the text should have
/// ended.
pub(super) fn unclosed_quotation(source: &Source, at: Span) -> Diagnostic {
    codes::yaml_syntax(
        Place::new(source, at),
        "the quotation mark that opens this text is not closed where the text ends",
    )
    .help(folded_help(source, at))
}

/// A tab where YAML wants spaces.
pub(super) fn tab(source: &Source, at: Span) -> Diagnostic {
    codes::yaml_syntax(Place::new(source, at), "a tab stands where YAML wants spaces")
        .help("indent with spaces; most editors can be told to do so in YAML files")
}

/// The parser stopped at byte `at` of the file.
pub(super) fn syntax(source: &Source, kind: &ErrorKind, at: usize, context: Context) -> Diagnostic {
    use ErrorKind as E;
    let line = line_at(source, at);
    let here = here(source, at, line);
    // A value that began on an earlier line is better shown by the line of its key.
    let words_at = context.key.filter(|key| !line_holds(line, *key)).unwrap_or(here);
    let say = |at: Span, message: &str| codes::yaml_syntax(Place::new(source, at), message);
    match kind {
        E::RecursionLimitExceeded => codes::yaml_too_deep(Place::new(source, here)),
        E::TabNotAllowed
        | E::TabInBlockIndentation
        | E::TabInIndentation
        | E::TabAtBlockScalarStart
        | E::TabInPlainScalar => tab(source, tab_in(source, line).unwrap_or(here)),
        E::UnclosedQuotedScalar | E::InvalidQuotedScalarIndent | E::DocumentIndicatorInQuotedScalar => {
            unclosed_quotation(source, to_line_end(source, words_at.start as usize))
        }
        E::InvalidTrailingSingleQuotedScalar | E::InvalidTrailingDoubleQuotedScalar => {
            let message = "the text goes on after the quotation mark that closes it";
            let found = say(here, message).help(folded_help(source, words_at));
            if words_at == here { found } else { found.note(began(source, words_at)) }
        }
        E::UnexpectedCharacter { character } if character.is_control() => {
            let at = source.text[at..].find(*character).map_or(here, |skip| {
                Span::new(at + skip..at + skip + character.len_utf8())
            });
            say(at, &format!("a control character, U+{:04X}, cannot stand in YAML", u32::from(*character)))
                .help("delete it: most editors can show invisible characters")
        }
        E::UnexpectedCharacter { character } => {
            say(here, &format!("a text without quotation marks cannot begin with `{character}`"))
                .help(folded_help(source, here))
        }
        E::MappingValueNotAllowed if context.bracket.is_none() && words_at == here => {
            say(here, "a text with `: ` in it reads as a key and its value")
                .help(folded_help(source, here))
        }
        E::MappingValueNotAllowed if context.bracket.is_none() => {
            say(here, "this line has a `key:` in the midst of the text that began above")
                .note(began(source, words_at))
                .help("give the key the same indentation as its neighbours; or, if it belongs to the text, write the text under `>-`")
        }
        E::InvalidBlockScalarHeader => {
            say(here, "after `>` or `|` the text begins on the next line").help(folded_help(source, here))
        }
        E::CommentInterceptedScalar => say(here, "` #` begins a comment, and the text goes on after it")
            .help(folded_help(source, words_at)),
        E::BlockSequenceEntryNotAllowed => say(here, "`- ` begins a list, which cannot stand on this line")
            .help(format!("put each item on a line of its own; or, if it is a text, {ADVICE_INLINE}")),
        E::DirectiveDisallowed => say(here, "a line that begins with `%` is a directive, which is not used here")
            .help("take the line out; or, if it is part of a text, indent it below `>-`"),
        E::UnknownQuotedScalarEscape
        | E::InvalidQuotedScalarHexEscape
        | E::InvalidLowSurrogateHexEscape
        | E::InvalidLowSurrogate
        | E::MissingLowSurrogate
        | E::UnpairedLowSurrogate
        | E::InvalidUnicodeEscape => say(here, "between `\"` and `\"` a `\\` begins an escape, and this is none")
            .help(folded_help(source, words_at)),
        _ => {
            if let Some(bracket) = context.bracket.or_else(|| bracket_at(source, kind, at)) {
                return unclosed_bracket(source, bracket, here);
            }
            let before = source.slice(line)[..at - line.start as usize].trim_end();
            if before.ends_with([']', '}']) {
                return say(here, "the text goes on after the bracket that closes a list or mapping")
                    .note("a text that begins with `[` or `{` reads as a list or a mapping")
                    .help(folded_help(source, here));
            }
            match kind {
                E::ExpectedBlockMappingKey | E::InvalidIndentation | E::SimpleKeyExpected | E::InvalidSimpleKey => {
                    say(to_line_end(source, at), "this line has no `key:` where one is wanted, or its indentation fits nothing above it")
                        .help("indent it like its neighbours; if it belongs to the text above, deeper than that text's key")
                }
                other => say(here, &format!("this is not YAML: {other}")).help(folded_help(source, words_at)),
            }
        }
    }
}

const ADVICE_INLINE: &str = "write it on lines of its own under `>-`";

fn unclosed_bracket(source: &Source, bracket: Span, here: Span) -> Diagnostic {
    let close = if source.slice(bracket).starts_with('[') { ']' } else { '}' };
    codes::yaml_syntax(
        Place::new(source, bracket),
        format!("what this bracket opens is broken off before its `{close}`"),
    )
    .note(format!("it breaks off on line {}", source.line_column(here.start as usize).line))
    .help(format!(
        "close it with `{close}`; a text that begins with a bracket is written on lines of its own under `>-`"
    ))
}

/// Where the parser itself points at a bracket that is not closed.
fn bracket_at(source: &Source, kind: &ErrorKind, at: usize) -> Option<Span> {
    let opens = source.text[at..].starts_with(['[', '{']);
    (matches!(kind, ErrorKind::UnclosedFlowCollection { .. }) && opens).then(|| Span::new(at..at + 1))
}

fn began(source: &Source, at: Span) -> String {
    format!("the text began on line {}", source.line_column(at.start as usize).line)
}

fn line_holds(line: Span, span: Span) -> bool {
    (line.start..=line.end).contains(&span.start)
}

fn tab_in(source: &Source, line: Span) -> Option<Span> {
    let at = line.start as usize + source.slice(line).find('\t')?;
    Some(Span::new(at..at + 1))
}

/// The character at `at`; the last of the line where `at` is its end.
fn here(source: &Source, at: usize, line: Span) -> Span {
    let at = at.min(line.end as usize);
    match source.text[at..line.end as usize].chars().next() {
        Some(c) => Span::new(at..at + c.len_utf8()),
        None => {
            let last = source.slice(line).chars().next_back().map_or(0, char::len_utf8);
            Span::new(line.end as usize - last..line.end as usize)
        }
    }
}

fn to_line_end(source: &Source, at: usize) -> Span {
    let line = line_at(source, at);
    let words = source.text[at..line.end as usize].trim_end().len();
    Span::new(at..at + words)
}
