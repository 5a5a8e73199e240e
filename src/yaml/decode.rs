//! From a part of the tree to a typed value: serde_yaml reads the part's own slice of the source,
//! and where it will not, the tree is walked to find every mistake rather than the first.

use super::node::{Node, Scalar, Style, Value};
use super::{faults, walk};
use crate::diagnostics::{self as codes, Checked, Diagnostic, Place};
use crate::text::{Source, Span};
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use std::borrow::Cow;

/// Decodes `node`, a part of what [`super::parse`] made of `source`. `what` names it in messages:
/// "an annotation", "a debate". `T` says with `#[serde(deny_unknown_fields)]` that its keys are all
/// the keys there are.
///
/// `None` where there is any mistake, and then every mistake is reported, each at its place: unknown,
/// missing and empty keys, wrong types, words that are not among an enum's. A text may be any
/// scalar, as written, but not nothing: `title:` is an error even where `title` may be left out.
pub fn decode<T: DeserializeOwned + JsonSchema>(
    node: &Node,
    source: &Source,
    what: &str,
) -> Checked<Option<T>> {
    let sound = !node.is_faulty();
    let mut failure = None;
    if sound && !node.has_null() {
        match read(node, source) {
            Ok(value) => return Checked::fine(Some(value)),
            Err(error) => failure = Some(error),
        }
    }
    let mut diagnostics = walk::mistakes::<T>(node, source, what);
    if !sound || !diagnostics.is_empty() {
        return Checked { value: None, diagnostics };
    }
    // The walk finds nothing wrong. serde_yaml reads YAML 1.1, in which some texts of YAML 1.2 are
    // broken (`[:x]`): it is given the tree in a form that is in both.
    let value = match serde_yaml::from_str(&normal_form(node)) {
        Ok(value) => Some(value),
        Err(error) => {
            let error = failure.unwrap_or(error);
            diagnostics.push(in_its_own_words(node, source, &error));
            None
        }
    };
    Checked { value, diagnostics }
}

/// They break a line in YAML 1.1, which serde_yaml reads, and are text in YAML 1.2.
const OLD_LINE_BREAKS: [char; 3] = ['\u{85}', '\u{2028}', '\u{2029}'];

/// The fast path: serde_yaml on the node's slice.
pub(super) fn read<T: DeserializeOwned>(node: &Node, source: &Source) -> Result<T, serde_yaml::Error> {
    let (written, _) = slice(node, source);
    if written.contains(OLD_LINE_BREAKS) {
        return serde_yaml::from_str(&normal_form(node));
    }
    serde_yaml::from_str(&written)
}

/// The node as a YAML document of its own, and the offset in the file that it begins at, which is
/// before the node where white space stands for what else is on its first line.
fn slice<'a>(node: &Node, source: &'a Source) -> (Cow<'a, str>, Span) {
    let text = &*source.text;
    let (start, end) = (node.span.start as usize, node.span.end as usize);
    match &node.value {
        Value::Scalar(Scalar { text: words, style }) => {
            let written = source.slice(node.span);
            // A block text's span does not hold its header, and a text of several lines depends on
            // the indentation around it.
            let alone = !matches!(style, Style::Literal | Style::Folded) && !written.contains(['\n', '\r']);
            let words =
                if alone { written.into() } else { serde_json::Value::from(&**words).to_string().into() };
            (words, node.span)
        }
        _ if node.is_flow(source) => (source.slice(node.span).into(), node.span),
        _ => {
            // Whole lines, so that every line keeps its indentation.
            let line = faults::line_at(source, start).start as usize;
            let end = with_blank_lines(text, end);
            let before = &text[line..start];
            if before.bytes().all(|b| b == b' ') {
                return (text[line..end].into(), Span::new(line..end));
            }
            let pad = " ".repeat(before.chars().count());
            ((pad + &text[start..end]).into(), Span::new(line..end))
        }
    }
}

/// The end of the line at `end`, and of the blank lines after it, which a block text may keep.
fn with_blank_lines(text: &str, end: usize) -> usize {
    let mut end = text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1);
    while let Some(newline) = text[end..].find('\n') {
        if !text[end..end + newline].trim().is_empty() {
            break;
        }
        end += newline + 1;
    }
    end
}

/// The node on one line, every text between quotation marks but those that may be meant as a number
/// or as true or false. [`super::NESTING`] bounds the recursion.
pub(super) fn normal_form(node: &Node) -> String {
    let quoted = |text: &str| {
        let json = serde_json::Value::from(text).to_string();
        let escape = |json: String, c: char| json.replace(c, &format!("\\u{:04x}", u32::from(c)));
        OLD_LINE_BREAKS.into_iter().fold(json, escape)
    };
    match &node.value {
        Value::Scalar(Scalar { text, style }) => {
            let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '+' | '-');
            let maybe_typed = *style == Style::Plain && text.chars().all(bare) && !text.starts_with('-');
            let number =
                text.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            if maybe_typed || (number && *style == Style::Plain) { text.to_string() } else { quoted(text) }
        }
        Value::Sequence(items) => {
            let items: Vec<String> = items.iter().map(normal_form).collect();
            format!("[{}]", items.join(", "))
        }
        Value::Mapping(pairs) => {
            let pairs: Vec<String> = pairs
                .iter()
                .map(|(key, value)| format!("{}: {}", quoted(&key.text), normal_form(value)))
                .collect();
            format!("{{{}}}", pairs.join(", "))
        }
    }
}

/// What serde_yaml has against a node in which the walk found nothing wrong.
fn in_its_own_words(node: &Node, source: &Source, error: &serde_yaml::Error) -> Diagnostic {
    let (written, whole) = slice(node, source);
    let at = error.location().and_then(|location| {
        let mut lines = written.split_inclusive('\n');
        let above: usize = lines.by_ref().take(location.line().saturating_sub(1)).map(str::len).sum();
        let line = lines.next()?;
        let skip: usize = line.chars().take(location.column().saturating_sub(1)).map(char::len_utf8).sum();
        // The first line may begin with white space in place of other words, of another length.
        let moved = (whole.end as usize - whole.start as usize) as isize - written.len() as isize;
        (whole.start as usize + above + skip).checked_add_signed(moved)
    });
    let at = at.filter(|&at| at < node.span.end as usize && source.text.is_char_boundary(at));
    let span = at.map_or(node.span, |at| Span::new(at.max(node.span.start as usize)..node.span.end as usize));
    codes::yaml_value(Place::new(source, first_line(source, span)), &without_places(&error.to_string()))
}

/// The part of `span` on its first line.
pub(super) fn first_line(source: &Source, span: Span) -> Span {
    let words = source.slice(span).lines().next().unwrap_or_default();
    Span::new(span.start as usize..span.start as usize + words.trim_end().len())
}

/// serde_yaml counts lines from the start of the slice: such numbers would mislead.
fn without_places(message: &str) -> String {
    let mut words = String::new();
    let mut rest = message;
    while let Some(at) = rest.find(" at line ") {
        words.push_str(&rest[..at]);
        rest = rest[at + " at line ".len()..].trim_start_matches(|c: char| c.is_ascii_digit());
        rest = rest.strip_prefix(" column ").unwrap_or(rest).trim_start_matches(|c: char| c.is_ascii_digit());
    }
    words + rest
}
