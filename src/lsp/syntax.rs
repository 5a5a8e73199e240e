//! Where in a file of YAML somebody is writing. It looks at lines, not at a tree: what is half written is no
//! YAML yet.

use std::ops::Range;

/// Where the cursor is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The keys that lead there: `annotations`, `two-tests`, `topics`.
    pub path: Vec<String>,
    /// Whether a key is being written, or the value of the last of the path.
    pub what: Writing,
    /// What is written of it, from its first byte to the cursor.
    pub typed: Range<usize>,
    /// Where the mapping that is written in begins, by lines: what else it has is looked up from there.
    pub block: Range<usize>,
}

/// What is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Writing {
    /// A key of a mapping.
    Key,
    /// A value, on the line of its key or of its dash.
    Value,
    /// A value on lines of its own, below `|` or `>-`, or one that goes on.
    Block,
}

/// A key that lines below it may belong to.
struct Open {
    indent: usize,
    key: String,
    /// Where its value begins, and whether that is a text on lines of its own.
    value: Option<(usize, bool)>,
    /// Where its line begins.
    line: usize,
}

/// Where a cursor is, in YAML that stands at `within` of a text.
pub fn spot(text: &str, within: Range<usize>, cursor: usize) -> Option<Spot> {
    let cursor = text.floor_char_boundary(cursor);
    if cursor < within.start || cursor > within.end {
        return None;
    }
    let mut open: Vec<Open> = Vec::new();
    let mut at = within.start;
    for line in text[within.start..cursor].split_inclusive('\n') {
        let is_last = at + line.len() >= cursor && !line.ends_with('\n');
        if is_last {
            break;
        }
        begin_lines(line, at, &mut open);
        at += line.len();
    }
    let line = &text[at..cursor];
    let content = line.trim_start_matches(' ');
    let indent = line.len() - content.len();
    // A text of several lines holds whatever is set in more than its key.
    if let Some(last) = open.last()
        && let Some((start, is_block)) = last.value
        && indent > last.indent
        && (is_block || split_key(content).is_none())
    {
        let start = start.min(cursor);
        return Some(Spot {
            path: path(&open),
            what: Writing::Block,
            typed: start..cursor,
            block: block(text, &within, last.line, last.indent),
        });
    }
    let (mut indent, mut from) = (indent, at + indent);
    let mut is_item = false;
    close(&mut open, indent, content.starts_with('-'));
    while let Some(rest) = text[from..cursor].strip_prefix("- ") {
        let more = 2 + rest.len() - rest.trim_start_matches(' ').len();
        close(&mut open, indent, true);
        open.push(Open { indent, key: "0".to_owned(), value: None, line: at });
        (indent, from, is_item) = (indent + more, from + more, true);
    }
    let content = &text[from..cursor];
    match split_key(content) {
        Some((key, value)) => {
            close(&mut open, indent, false);
            open.push(Open { indent, key, value: None, line: at });
            let from = from + value + (content[value..].len() - content[value..].trim_start().len());
            Some(in_value(text, path(&open), from.min(cursor)..cursor, block(text, &within, at, indent)))
        }
        None => {
            close(&mut open, indent, is_item);
            let what = if is_item { Writing::Value } else { Writing::Key };
            Some(Spot {
                path: path(&open),
                what,
                typed: from..cursor,
                block: block(text, &within, at, indent),
            })
        }
    }
}

/// Reads a whole line before the cursor.
fn begin_lines(line: &str, at: usize, open: &mut Vec<Open>) {
    let content = line.trim_start_matches(' ');
    let mut indent = line.len() - content.len();
    if content.trim().is_empty() {
        return;
    }
    if let Some(last) = open.last()
        && let Some((_, is_block)) = last.value
        && indent > last.indent
        && (is_block || split_key(content.trim_end()).is_none())
    {
        return;
    }
    if content.starts_with('#') {
        return;
    }
    close(open, indent, content.starts_with('-'));
    let mut content = content;
    while let Some(rest) = content.strip_prefix("- ") {
        close(open, indent, true);
        open.push(Open { indent, key: "0".to_owned(), value: None, line: at });
        let inner = rest.trim_start_matches(' ');
        indent += content.len() - inner.len();
        content = inner;
    }
    if let Some((key, value)) = split_key(content.trim_end()) {
        close(open, indent, false);
        let rest = content[value..].trim();
        let is_block = rest.starts_with(['|', '>']) && rest.len() <= 3;
        let start = match is_block {
            true => at + line.len(),
            false => {
                at + (line.len() - content.len())
                    + value
                    + (content[value..].len() - content[value..].trim_start().len())
            }
        };
        let value = (!rest.is_empty() && !rest.starts_with(['#', '[', '{'])).then_some((start, is_block));
        open.push(Open { indent, key, value, line: at });
    }
}

/// Ends what a line that is set in so far is not part of. The items of a list may stand under their key.
fn close(open: &mut Vec<Open>, indent: usize, is_item: bool) {
    while open.last().is_some_and(|last| match is_item {
        true => last.indent > indent || (last.indent == indent && last.key == "0"),
        false => last.indent >= indent,
    }) {
        open.pop();
    }
}

fn path(open: &[Open]) -> Vec<String> {
    open.iter().map(|open| open.key.clone()).collect()
}

/// A key at the beginning of a line, and where what follows its colon begins.
fn split_key(content: &str) -> Option<(String, usize)> {
    let (key, past) = match content.chars().next()? {
        quote @ ('"' | '\'') => {
            let end = content[1..].find(quote)? + 1;
            (&content[1..end], end + 1)
        }
        '#' | '[' | '{' | '-' if content.starts_with("- ") || !content.starts_with('-') => return None,
        _ => {
            let end = content
                .match_indices(':')
                .map(|(at, _)| at)
                .find(|at| content[at + 1..].is_empty() || content[at + 1..].starts_with([' ', '\t']))?;
            (content[..end].trim_end(), end)
        }
    };
    let rest = content.get(past..)?;
    let colon = rest.len() - rest.trim_start().len();
    let rest = rest.trim_start().strip_prefix(':')?;
    let is_end = rest.is_empty() || rest.starts_with([' ', '\t']);
    is_end.then(|| (key.to_owned(), past + colon + 1))
}

/// In the value of a key on its line, which may be a list or a mapping in brackets.
fn in_value(text: &str, path: Vec<String>, value: Range<usize>, block: Range<usize>) -> Spot {
    let mut path = path;
    // What is open in it: the bracket, and where the present part of it begins.
    let mut brackets: Vec<(char, usize)> = Vec::new();
    let mut quote: Option<char> = None;
    for (at, c) in text[value.clone()].char_indices() {
        let past = value.start + at + c.len_utf8();
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '[' | '{') => brackets.push((c, past)),
            (None, ']' | '}') => drop(brackets.pop()),
            (None, ',') => {
                if let Some(last) = brackets.last_mut() {
                    last.1 = past;
                }
            }
            _ => {}
        }
    }
    let mut what = Writing::Value;
    let mut start = value.start;
    for (number, (bracket, from)) in brackets.iter().enumerate() {
        let end = brackets.get(number + 1).map_or(value.end, |(_, next)| next - 1);
        let part = &text[*from..end];
        let inner = from + (part.len() - part.trim_start().len());
        start = inner.min(value.end);
        what = Writing::Value;
        if *bracket == '[' {
            path.push("0".to_owned());
        } else if let Some((key, past)) = split_key(part.trim_start()) {
            path.push(key);
            let rest = &text[inner + past..end];
            start = inner + past + (rest.len() - rest.trim_start().len());
        } else {
            what = Writing::Key;
        }
    }
    Spot { path, what, typed: start.min(value.end)..value.end, block }
}

/// The lines of the mapping that a line belongs to.
fn block(text: &str, within: &Range<usize>, line: usize, indent: usize) -> Range<usize> {
    let is_within = |line: &str| {
        let content = line.trim_start_matches(' ');
        content.trim().is_empty() || line.len() - content.len() >= indent
    };
    let start = {
        let mut start = line;
        for before in text[within.start..line].split_inclusive('\n').rev() {
            if !is_within(before) {
                // A mapping in a list begins on the line of its dash.
                if before.trim_start().starts_with("- ") {
                    start -= before.len();
                }
                break;
            }
            start -= before.len();
        }
        start
    };
    let mut end = line;
    for (number, after) in text[line..within.end].split_inclusive('\n').enumerate() {
        if number > 0 && !is_within(after) {
            break;
        }
        end += after.len();
    }
    start..end
}

/// The value of a key of a mapping that stands on these lines: as far as it is on the key's own.
pub fn value_in<'t>(text: &'t str, block: &Range<usize>, key: &str) -> Option<&'t str> {
    keys_in(text, block).find(|(known, _)| known == key).map(|(_, value)| value)
}

/// The keys of a mapping that stands on these lines, each with what follows on its line.
pub fn keys_in<'t>(text: &'t str, block: &Range<usize>) -> impl Iterator<Item = (String, &'t str)> {
    let lines = text[block.clone()].lines();
    let set_in = |line: &str| {
        let content = line.trim_start_matches([' ', '-']);
        line.len() - content.len()
    };
    let least = lines.clone().filter(|line| !line.trim().is_empty()).map(set_in).min().unwrap_or(0);
    lines.filter(move |line| set_in(line) == least).filter_map(|line| {
        let content = line.trim_start_matches([' ', '-']);
        let (key, value) = split_key(content)?;
        Some((key, content[value..].trim().trim_matches(['"', '\''])))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The spot at `|`, its path joined by slashes.
    fn at(text: &str) -> (String, Writing, String) {
        let cursor = text.find('|').expect("a cursor");
        let text = text.replacen('|', "", 1);
        let spot = spot(&text, 0..text.len(), cursor).expect("a spot");
        (spot.path.join("/"), spot.what, text[spot.typed].to_owned())
    }

    #[test]
    fn a_key_and_a_value_are_found_by_their_lines() {
        let sheet = "debate: x\nannotations:\n  one:\n    quote: >-\n      a: b\n      c\n    ";
        for (more, path, what, typed) in [
            ("ki|", "annotations/one", Writing::Key, "ki"),
            ("kind: cl|", "annotations/one/kind", Writing::Value, "cl"),
            ("kind:|", "annotations/one/kind", Writing::Value, ""),
            ("topics: [a, b|", "annotations/one/topics/0", Writing::Value, "b"),
            ("topics: [a, |b]", "annotations/one/topics/0", Writing::Value, ""),
            ("topics:\n      - a\n      - b|", "annotations/one/topics/0", Writing::Value, "b"),
            ("topics:\n    - |", "annotations/one/topics/0", Writing::Value, ""),
            ("due: { said: x, by|", "annotations/one/due", Writing::Key, "by"),
            ("due: { said: x y|", "annotations/one/due/said", Writing::Value, "x y"),
            ("due:\n      |", "annotations/one/due", Writing::Key, ""),
            (
                "sources:\n      - key\n      - title: |",
                "annotations/one/sources/0/title",
                Writing::Value,
                "",
            ),
            ("targets:\n      - at: p2\n        qu|", "annotations/one/targets/0", Writing::Key, "qu"),
            ("quote: a b\n      c d|", "annotations/one/quote", Writing::Block, "a b\n      c d"),
            ("body: |\n", "annotations/one/body", Writing::Value, ""),
            ("at: p1\n  two|", "annotations", Writing::Key, "two"),
        ] {
            assert_eq!(at(&format!("{sheet}{more}")), (path.to_owned(), what, typed.to_owned()), "{more}");
        }
        let (path, what, typed) = at("a:\n  quote: >-\n    some: words\n    and m|");
        assert_eq!(
            (path.as_str(), what, typed.as_str()),
            ("a/quote", Writing::Block, "    some: words\n    and m")
        );
    }

    #[test]
    fn what_else_the_mapping_has_is_found_before_and_after() {
        let text = "annotations:\n  one:\n    at: p2\n    \n    quote: \"x: y\"\n    due: { said: z }\n  two:\n    at: p3\n";
        let spot = spot(text, 0..text.len(), text.find("    \n").expect("a line") + 4).expect("a spot");
        assert_eq!(spot.path, ["annotations", "one"]);
        let keys: Vec<String> = keys_in(text, &spot.block).map(|(key, _)| key).collect();
        assert_eq!(keys, ["at", "quote", "due"]);
        assert_eq!(value_in(text, &spot.block, "at"), Some("p2"));
    }
}
