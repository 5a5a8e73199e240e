//! The strings of a JSON text with the places where they stand, which readers that turn JSON into values
//! do not keep. The text is known to be JSON.

mod escapes;
mod shape;

pub(super) use escapes::{Decoded, Stands, check, read, span};
pub(super) use shape::Shape;

use crate::text::Span;
use std::rc::Rc;

/// A string that is a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Value<'s> {
    /// The keys that lead to it, the outermost first; places in lists have none.
    pub(super) keys: Rc<[&'s str]>,
    /// Where it stands, with its quotation marks.
    pub(super) span: Span,
}

impl<'s> Value<'s> {
    /// The key that it is the value of.
    pub(super) fn key(&self) -> &'s str {
        self.keys.last().copied().unwrap_or_default()
    }
}

/// Every string of `text` that is a value, in order.
pub(super) fn values(text: &str) -> Vec<Value<'_>> {
    let bytes = text.as_bytes();
    let mut values = Vec::new();
    // For every object and list that is open: the key now read in it.
    let mut open: Vec<Option<&str>> = Vec::new();
    let mut keys: Option<Rc<[&str]>> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                open.push(None);
                keys = None;
            }
            b'}' | b']' => {
                open.pop();
                keys = None;
            }
            b'"' => {
                let end = string_end(bytes, at);
                if text[end..].trim_start().starts_with(':') {
                    if let Some(key) = open.last_mut() {
                        *key = Some(&text[at + 1..end - 1]);
                    }
                    keys = None;
                } else {
                    let keys = keys.get_or_insert_with(|| open.iter().flatten().copied().collect());
                    values.push(Value { keys: keys.clone(), span: Span::new(at..end) });
                }
                at = end;
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    values
}

/// Just after the quotation mark that ends the string that begins at `start`.
fn string_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// The characters of the string at `span`, its quotation marks aside, each with the place where it is
/// written.
pub(super) fn characters(text: &str, span: Span) -> Vec<(usize, char)> {
    let start = span.start as usize + 1;
    // A file that breaks off may leave the last string without its end.
    let end = span.end as usize;
    let closed = text.as_bytes().get(start..end).is_some_and(|inner| inner.ends_with(b"\""));
    let inner = text.get(start..end - usize::from(closed)).unwrap_or_default();
    let mut read = Vec::with_capacity(inner.len());
    let mut chars = inner.char_indices();
    let mut high: Option<u32> = None;
    while let Some((at, c)) = chars.next() {
        let at = at + start;
        if c != '\\' {
            read.push((at, c));
            continue;
        }
        let Some((_, escape)) = chars.next() else { break };
        let c = match escape {
            'n' => '\n',
            't' => '\t',
            'r' => '\r',
            'b' => '\u{8}',
            'f' => '\u{c}',
            'u' => {
                let digits: String = chars.by_ref().take(4).map(|(_, c)| c).collect();
                let unit = u32::from_str_radix(&digits, 16).unwrap_or(0xfffd);
                match (high.take(), unit) {
                    (_, 0xd800..=0xdbff) => {
                        high = Some(unit);
                        continue;
                    }
                    (Some(high), 0xdc00..=0xdfff) => {
                        char::from_u32(0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00))
                            .unwrap_or('\u{fffd}')
                    }
                    _ => char::from_u32(unit).unwrap_or('\u{fffd}'),
                }
            }
            other => other,
        };
        read.push((at, c));
    }
    read
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_with_the_keys_that_lead_to_them() {
        let text = r#"{"a": "one", "b": [{"c \"d": "t\u00e9w\n\ud83d\ude00"}, "x"], "e": 1}"#;
        let found = values(text);
        let shown = |value: &Value<'_>| {
            let read: String = characters(text, value.span).into_iter().map(|(_, c)| c).collect();
            (value.keys.join("/"), read)
        };
        let shown: Vec<_> = found.iter().map(shown).collect();
        let expected = [("a", "one"), ("b/c \\\"d", "téw\n😀"), ("b", "x")]
            .map(|(keys, read)| (keys.to_owned(), read.to_owned()));
        assert_eq!(shown, expected);
        assert_eq!(found[1].key(), "c \\\"d");
    }
}
