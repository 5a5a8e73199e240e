//! A decision written into the entry that it is about: by slices of the file, so that everything else
//! in it, comments, indentation and line ends, stays as it was. The result is read back before anybody
//! gets it: it says what was decided and nothing else has changed, or there is a reason and no result.

use super::print::wrapped;
use super::raw::{RawAnnotation, RawDefaults, RawReview, Status};
use crate::text::{SitePath, Source, Span, plain_lines};
use crate::yaml::{self, Node, Style, Unit, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::ops::Range;

/// What is to be changed in an entry.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// Its status.
    pub status: Option<Status>,
    /// Who has reviewed it.
    pub reviewed: Reviewed,
    /// Quotations: which of its targets, from 0, and the words.
    pub quotes: Vec<(usize, String)>,
    /// Targets whose `before` and `after` go: words round a quotation that stand there no longer.
    pub without_context: Vec<usize>,
}

/// What is to become of an entry's `reviewed`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Reviewed {
    /// It stays.
    #[default]
    Kept,
    /// It goes.
    Removed,
    /// It says this.
    Is(RawReview),
}

/// The text of a sheet or of a note's file with the change in one entry. `Err` says why it can't be made
/// safely.
pub fn edited(path: &SitePath, text: &str, id: &str, change: &Change) -> Result<String, String> {
    let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let source = Source::new(path.clone(), plain_lines(&text[mark..]));
    let before = Read::of(&source)?;
    let node = before.nodes.get(id).ok_or_else(|| format!("{path} has no entry `{id}` that can be read"))?;
    let mut editor = Editor { source: &source, edits: Vec::new() };
    editor.change(node, change)?;
    let after = editor.applied();
    let expected = before.with(id, change)?;
    let found = Read::of(&Source::new(path.clone(), after.as_str()))?;
    if found != expected {
        return Err("the entry is written in a way that can't be changed safely".to_owned());
    }
    Ok(editor.applied_to(text, mark))
}

/// All that a file says, to hold one state of it against another.
struct Read {
    nodes: BTreeMap<String, Node>,
    entries: Vec<(String, RawAnnotation)>,
    defaults: Option<RawDefaults>,
    body: String,
}

impl PartialEq for Read {
    fn eq(&self, other: &Read) -> bool {
        (&self.entries, &self.defaults, &self.body) == (&other.entries, &other.defaults, &other.body)
    }
}

impl Read {
    fn of(source: &Source) -> Result<Read, String> {
        let decoded = |node: &Node| yaml::decode::<RawAnnotation>(node, source, "an annotation").value;
        let unreadable = || format!("{} can't be read: run `rapporteur check`", source.path);
        let mut read =
            Read { nodes: BTreeMap::new(), entries: Vec::new(), defaults: None, body: String::new() };
        if source.path.extension().eq_ignore_ascii_case("md") {
            let (node, body) = yaml::front_matter(source).value;
            let node = node.ok_or_else(unreadable)?;
            let id = source.path.stem().to_owned();
            read.entries.push((id.clone(), decoded(&node).ok_or_else(unreadable)?));
            read.nodes.insert(id, node);
            read.body = source.slice(body).to_owned();
            return Ok(read);
        }
        let root = yaml::parse(source, Unit::EntryOf("annotations")).value.ok_or_else(unreadable)?;
        if let Some(node) = root.get("defaults") {
            read.defaults = Some(yaml::decode(node, source, "`defaults`").value.ok_or_else(unreadable)?);
        }
        for (key, node) in root.get("annotations").map(Node::pairs).unwrap_or_default() {
            // An entry with a mistake stays as it is; what it says can't be compared, so its text is.
            let raw = decoded(node).unwrap_or_else(|| RawAnnotation {
                body: Some(source.slice(node.span).to_owned()),
                ..RawAnnotation::default()
            });
            read.entries.push((key.text.to_string(), raw));
            if !node.is_faulty() {
                read.nodes.insert(key.text.to_string(), node.clone());
            }
        }
        Ok(read)
    }

    /// What the file is to say.
    fn with(mut self, id: &str, change: &Change) -> Result<Read, String> {
        let (_, raw) = self.entries.iter_mut().find(|(known, _)| known == id).expect("its node was found");
        if let Some(status) = change.status {
            raw.status = Some(status);
        }
        match &change.reviewed {
            Reviewed::Kept => {}
            Reviewed::Removed
                if self.defaults.as_ref().is_some_and(|defaults| defaults.reviewed.is_some()) =>
            {
                return Err(
                    "the sheet's `defaults` say who reviewed it: write `reviewed` in each entry that was"
                        .into(),
                );
            }
            Reviewed::Removed => raw.reviewed = None,
            Reviewed::Is(review) => raw.reviewed = Some(review.clone()),
        }
        for (number, words) in &change.quotes {
            let old = match &mut raw.targets {
                Some(targets) => targets.get_mut(*number).map(|target| &mut target.quote),
                None => Some(&mut raw.quote).filter(|_| *number == 0),
            };
            let old = old.ok_or("it has no such target")?;
            // A block text ends in a line end, which is no word.
            let tail = old.as_ref().map_or(String::new(), |old| old[old.trim_end().len()..].to_owned());
            *old = Some(format!("{words}{tail}"));
        }
        for number in &change.without_context {
            match &mut raw.targets {
                Some(targets) => {
                    if let Some(target) = targets.get_mut(*number) {
                        (target.before, target.after) = (None, None);
                    }
                }
                None => (raw.before, raw.after) = (None, None),
            }
        }
        // Quotations are compared by their words: what white space ends a block text is its form's.
        Ok(self)
    }
}

/// Changes of a text, each of some bytes.
struct Editor<'s> {
    source: &'s Source,
    edits: Vec<(Range<usize>, String)>,
}

impl Editor<'_> {
    fn change(&mut self, node: &Node, change: &Change) -> Result<(), String> {
        for (number, words) in &change.quotes {
            self.quote(self.target(node, *number)?, words)?;
        }
        for number in &change.without_context {
            let owner = self.target(node, *number)?;
            for key in ["before", "after"].into_iter().filter(|key| owner.get(key).is_some()) {
                self.remove(owner, key)?;
            }
        }
        let status = change.status.map(word);
        let has_status = status.is_none_or(|word| node.get("status").and_then(Node::text) == Some(word));
        let review = match &change.reviewed {
            Reviewed::Is(review) => Some(review_value(review)?),
            _ => None,
        };
        if let Some(word) = status.filter(|_| !has_status && node.get("status").is_some()) {
            self.set(node, "status", word)?;
        }
        let mut lines = Vec::new();
        if let Some(word) = status.filter(|_| !has_status && node.get("status").is_none()) {
            lines.push(format!("status: {word}"));
        }
        match (&change.reviewed, node.get("reviewed")) {
            (Reviewed::Removed, Some(_)) => self.remove(node, "reviewed")?,
            (Reviewed::Is(wanted), Some(there)) => {
                let is_same = there.get("by").and_then(Node::text) == Some(wanted.by.as_str())
                    && there.get("on").and_then(Node::text) == wanted.on.map(|on| on.to_string()).as_deref();
                if !is_same {
                    self.review(node, there, wanted)?;
                }
            }
            (Reviewed::Is(_), None) => {
                lines.push(format!("reviewed: {}", review.as_deref().unwrap_or_default()));
            }
            _ => {}
        }
        if lines.is_empty() { Ok(()) } else { self.add(node, &lines) }
    }

    /// The keys of a target: the entry's own where it has one target.
    fn target<'n>(&self, node: &'n Node, number: usize) -> Result<&'n Node, String> {
        match node.get("targets") {
            None => Ok(node),
            Some(targets) => targets.items().get(number).ok_or_else(|| "it has no such target".to_owned()),
        }
    }

    /// The column of a mapping's keys, where each of them is on a line of its own.
    fn indent(&self, node: &Node) -> Result<usize, String> {
        let in_braces = || "it is written in braces (`{ … }`): put its keys on lines of their own".to_owned();
        let Value::Mapping(pairs) = &node.value else { return Err("it is no entry".to_owned()) };
        let (first, _) = pairs.first().ok_or("it is empty")?;
        if self.source.text[node.span.range()].starts_with('{') {
            return Err(in_braces());
        }
        let columns = pairs.iter().map(|(key, _)| key.span.start as usize - self.line_start(key.span.start));
        let column = first.span.start as usize - self.line_start(first.span.start);
        for (at, (pair, own)) in pairs.iter().zip(columns).enumerate() {
            let lead = &self.source.text[self.line_start(pair.0.span.start)..pair.0.span.start as usize];
            let is_plain = lead.bytes().all(|byte| byte == b' ');
            // The first key of an item of a list stands after its `- `.
            let is_first_of_item = at == 0 && lead.bytes().all(|byte| matches!(byte, b' ' | b'-'));
            if own != column || !(is_plain || is_first_of_item) {
                return Err(in_braces());
            }
        }
        Ok(column)
    }

    fn line_start(&self, at: u32) -> usize {
        self.source.text[..at as usize].rfind('\n').map_or(0, |end| end + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.source.text[at..].find('\n').map_or(self.source.text.len(), |end| at + end)
    }

    /// Whether a value ends on the line of its key, with nothing after it but a comment.
    fn is_one_line(&self, key: Span, value: &Node) -> bool {
        let text = &self.source.text;
        let (start, end) = (key.start as usize, value.span.end as usize);
        let after = text[end..self.line_end(end)].trim_start();
        !value.span.is_empty()
            && !matches!(value.style(), Some(Style::Literal | Style::Folded))
            && !text[start..end].contains('\n')
            && (after.is_empty() || after.starts_with('#'))
    }

    /// Puts a word in the place of a value.
    fn set(&mut self, node: &Node, key: &str, word: &str) -> Result<(), String> {
        self.indent(node)?;
        let (span, value) = (node.key_span(key), node.get(key));
        let (Some(span), Some(value)) = (span, value) else { return Err(format!("it has no `{key}`")) };
        if !self.is_one_line(span, value) {
            return Err(format!("its `{key}` does not stand on one line"));
        }
        self.edits.push((value.span.range(), word.to_owned()));
        Ok(())
    }

    /// Adds lines to an entry: after the last of its keys that stands on one line, of those that say what it
    /// is; before its first key where there is none.
    fn add(&mut self, node: &Node, lines: &[String]) -> Result<(), String> {
        const AFTER: [&str; 7] = ["status", "author", "date", "topics", "kind", "title", "at"];
        let indent = " ".repeat(self.indent(node)?);
        let place = AFTER.iter().find_map(|key| {
            let (span, value) = (node.key_span(key)?, node.get(key)?);
            self.is_one_line(span, value).then(|| self.line_end(value.span.end as usize))
        });
        let edit = match place {
            Some(end) => (end..end, lines.iter().map(|line| format!("\n{indent}{line}")).collect::<String>()),
            None => {
                let start = node.pairs().first().expect("its indent was found").0.span.start as usize;
                (start..start, lines.iter().map(|line| format!("{line}\n{indent}")).collect())
            }
        };
        self.edits.push(edit);
        Ok(())
    }

    fn review(&mut self, node: &Node, there: &Node, wanted: &RawReview) -> Result<(), String> {
        self.indent(node)?;
        let span = node.key_span("reviewed").expect("it is there");
        if self.is_one_line(span, there) {
            self.edits.push((there.span.range(), review_value(wanted)?));
            return Ok(());
        }
        let indent = " ".repeat(self.indent(there)?);
        self.set(there, "by", &scalar(&wanted.by)?)?;
        let on = wanted.on.map(|on| on.to_string()).unwrap_or_default();
        match there.get("on") {
            Some(_) => self.set(there, "on", &on),
            None => {
                let end = self.line_end(there.get("by").expect("it was set").span.end as usize);
                self.edits.push((end..end, format!("\n{indent}on: {on}")));
                Ok(())
            }
        }
    }

    /// Takes a key away. A comment beside it stays, on a line of its own.
    fn remove(&mut self, node: &Node, key: &str) -> Result<(), String> {
        let column = self.indent(node)?;
        let pairs = node.pairs();
        let at = pairs.iter().position(|(known, _)| &*known.text == key).expect("the key is there");
        let (span, value) = (pairs[at].0.span, &pairs[at].1);
        let text = &self.source.text;
        let start = self.line_start(span.start);
        let first_of_item = text[start..span.start as usize].contains('-');
        if first_of_item {
            return Err(format!("its `{key}` stands first in an item of a list"));
        }
        let end = self.line_end(value.span.end.max(span.end) as usize);
        let mut scalars = Vec::new();
        spans(value, &mut scalars);
        scalars.push(span.range());
        let mut kept = String::new();
        let mut at = start;
        for line in text[start..end].split('\n') {
            let comment = line.match_indices('#').map(|(index, _)| at + index).find(|hash| {
                let after_space = text[..*hash].ends_with([' ', '\t', '\n']);
                after_space && !scalars.iter().any(|scalar| scalar.contains(hash))
            });
            if let Some(hash) = comment {
                let _ = writeln!(kept, "{}{}", " ".repeat(column), &text[hash..at + line.len()]);
            }
            at += line.len() + 1;
        }
        let (range, kept) = match text[end..].starts_with('\n') {
            true => (start..end + 1, kept),
            false => (start..end, kept.trim_end_matches('\n').to_owned()),
        };
        self.edits.push((range, kept));
        Ok(())
    }

    /// Puts other words in the place of a quotation, in its own style where that holds them.
    fn quote(&mut self, owner: &Node, words: &str) -> Result<(), String> {
        let column = self.indent(owner)?;
        let (Some(key), Some(value)) = (owner.key_span("quote"), owner.get("quote")) else {
            return Err("it has no `quote`".to_owned());
        };
        if words.contains(|c: char| c.is_control()) {
            return Err("the words have a control character in them".to_owned());
        }
        let span = value.span.range();
        let one_line = self.is_one_line(key, value);
        let inside = match value.style() {
            Some(Style::Folded | Style::Literal) => {
                let indent = span.start - self.line_start(value.span.start);
                let lines = if value.style() == Some(Style::Folded) {
                    wrapped(words)
                } else {
                    vec![words.to_owned()]
                };
                Some(lines.join(&format!("\n{}", " ".repeat(indent))))
            }
            Some(Style::Plain) if one_line && is_plain(words) => Some(words.to_owned()),
            Some(Style::SingleQuoted) if one_line => Some(format!("'{}'", words.replace('\'', "''"))),
            Some(Style::DoubleQuoted) if one_line => {
                Some(format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"")))
            }
            _ => None,
        };
        match inside {
            Some(text) => self.edits.push((span, text)),
            None => {
                let indent = " ".repeat(column + 2);
                let end = self.line_end(span.end);
                let lines: String = wrapped(words).iter().map(|line| format!("\n{indent}{line}")).collect();
                self.edits.push((span, ">-".to_owned()));
                self.edits.push((end..end, lines));
            }
        }
        Ok(())
    }

    /// The text with the changes.
    fn applied(&mut self) -> String {
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        self.splice(&self.source.text, |at| at, "\n")
    }

    /// The changes made in the file's own bytes, whose line ends may be others.
    fn applied_to(&self, file: &str, mark: usize) -> String {
        let ends: Vec<usize> = file[mark..].match_indices("\r\n").map(|(at, _)| at).collect();
        let line_ends = file.matches('\n').count();
        let own = if ends.len() * 2 > line_ends { "\r\n" } else { "\n" };
        // The place of each `\r` once those before it are taken away: a place after it is one further on.
        let plain: Vec<usize> = ends.iter().enumerate().map(|(count, at)| at - count).collect();
        self.splice(file, |at| mark + at + plain.partition_point(|end| *end < at), own)
    }

    fn splice(&self, text: &str, place: impl Fn(usize) -> usize, line_end: &str) -> String {
        let mut result = String::with_capacity(text.len() + 256);
        let mut done = 0;
        for (range, words) in &self.edits {
            let (start, end) = (place(range.start), place(range.end));
            result.push_str(&text[done..start.max(done)]);
            // In a file of both sorts, the line before an added one keeps its own end.
            let line_end = match &text[end..] {
                rest if rest.starts_with("\r\n") => "\r\n",
                rest if rest.starts_with('\n') => "\n",
                _ => line_end,
            };
            result.push_str(&words.replace('\n', line_end));
            done = end.max(done);
        }
        result.push_str(&text[done..]);
        result
    }
}

/// The places of all keys and scalars in a value.
fn spans(node: &Node, found: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Scalar(_) => found.push(node.span.range()),
        Value::Sequence(items) => items.iter().for_each(|item| spans(item, found)),
        Value::Mapping(pairs) => pairs.iter().for_each(|(key, value)| {
            found.push(key.span.range());
            spans(value, found);
        }),
    }
}

/// The word that authors write.
fn word(status: Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::InReview => "in-review",
        Status::Approved => "approved",
        Status::Retracted => "retracted",
    }
}

fn review_value(review: &RawReview) -> Result<String, String> {
    let by = scalar(&review.by)?;
    Ok(match review.on {
        Some(on) => format!("{{ by: {by}, on: {on} }}"),
        None => format!("{{ by: {by} }}"),
    })
}

/// A short text as a scalar that is the same text inside braces.
fn scalar(text: &str) -> Result<String, String> {
    if text.trim().is_empty() || text.contains(|c: char| c.is_control()) {
        return Err(format!("{text:?} can't be written as a name"));
    }
    let is_name = text.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '.' | '’' | '-'))
        && text.starts_with(char::is_alphabetic)
        && text.trim() == text
        && text.contains(|c: char| c == ' ' || c.is_uppercase());
    // A word such as `no` or `null` is something else without quotation marks.
    let is_word_of_yaml = ["true", "false", "yes", "no", "on", "off", "null", "y", "n"]
        .iter()
        .any(|word| text.eq_ignore_ascii_case(word));
    Ok(if is_name && !is_word_of_yaml { text.to_owned() } else { format!("'{}'", text.replace('\'', "''")) })
}

/// Whether some words are the same words without any mark of YAML.
fn is_plain(words: &str) -> bool {
    let starts = |c: char| c.is_alphabetic() || matches!(c, '“' | '‘');
    words.starts_with(starts)
        && words.trim() == words
        && !words.contains(": ")
        && !words.contains(" #")
        && !words.ends_with(':')
        && !words.contains(['\n', '\r', '\t'])
        && words.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(name: &str) -> SitePath {
        SitePath::new(&format!("content/debates/talk/{name}")).expect("a path")
    }

    fn approved() -> Change {
        let on = Some("2013-01-02".parse().expect("a day"));
        Change {
            status: Some(Status::Approved),
            reviewed: Reviewed::Is(RawReview { by: "Legal desk".into(), on }),
            ..Change::default()
        }
    }

    fn quoted(words: &str) -> Change {
        Change { quotes: vec![(0, words.to_owned())], ..Change::default() }
    }

    fn edit(sheet: &str, change: &Change) -> Result<String, String> {
        edited(&path("a.notes.yaml"), sheet, "one", change)
    }

    const SHEET: &str = "# A sheet\ndefaults: { status: in-review }\nannotations:\n  one:   # the first\n    at: p1        # where\n    quote: >-   # said twice\n      We will\n      act.\n\n    body: |\n      A remark.\n    # the end of it\n  two: { at: p2, status: draft, body: B. }\n";

    #[test]
    fn an_approval_is_two_lines_and_no_other_byte() {
        let after = edit(SHEET, &approved()).expect("it can be edited");
        let lines = "    status: approved\n    reviewed: { by: Legal desk, on: 2013-01-02 }\n";
        assert_eq!(after, SHEET.replace("# where\n", &format!("# where\n{lines}")));
        assert_eq!(edit(&after, &approved()).as_ref(), Ok(&after), "once more changes nothing");
        let back =
            Change { status: Some(Status::InReview), reviewed: Reviewed::Removed, ..Change::default() };
        let back = edit(&after, &back).expect("it can be edited");
        assert_eq!(back, SHEET.replace("# where\n", "# where\n    status: in-review\n"));
    }

    #[test]
    fn comments_and_forms_of_what_is_there_stay() {
        let sheet = "annotations:\n  one:\n    at: p1\n    status: 'in-review'   # soon\n    reviewed:   # who\n      by: Ann   # a person\n    body: B.\n";
        let after = edit(sheet, &approved()).expect("it can be edited");
        assert_eq!(
            after,
            sheet
                .replace("'in-review'", "approved")
                .replace("by: Ann   # a person", "by: Legal desk   # a person\n      on: 2013-01-02")
        );
        let back =
            Change { status: Some(Status::InReview), reviewed: Reviewed::Removed, ..Change::default() };
        let back = edit(&after, &back).expect("it can be edited");
        assert!(back.contains("    # who\n    # a person\n    body: B.\n"), "{back}");
    }

    #[test]
    fn a_quotation_keeps_its_style_where_that_holds_the_words() {
        let after = edit(SHEET, &quoted("We may act: if at all.")).expect("it can be edited");
        assert_eq!(after, SHEET.replace("We will\n      act.", "We may act: if at all."));
        for (before, words, expected) in [
            ("quote: We will act  # c", "We may act", "quote: We may act  # c"),
            ("quote: We will act  # c", "Note: we act", "quote: >-  # c\n      Note: we act"),
            ("quote: We will act", "'tis so #1", "quote: >-\n      'tis so #1"),
            ("quote: 'We will act'", "it's so: we act", "quote: 'it''s so: we act'"),
            ("quote: \"We will act\"", "say \"so\" \\ act", "quote: \"say \\\"so\\\" \\\\ act\""),
            ("quote: |-\n      We will act", "We may act", "quote: |-\n      We may act"),
            ("quote: We will\n      act", "We may act", "quote: >-\n      We may act"),
        ] {
            let sheet =
                |quote: &str| format!("annotations:\n  one:\n    at: p1\n    {quote}\n    body: B.\n");
            assert_eq!(edit(&sheet(before), &quoted(words)), Ok(sheet(expected)), "{before}");
        }
    }

    #[test]
    fn one_of_several_targets_is_changed() {
        let sheet = "annotations:\n  one:\n    targets:\n      - at: p1\n        quote: We will\n      - quote: We act\n        at: p2\n        before: So\n    body: B.\n";
        let change =
            Change { quotes: vec![(1, "We acted".into())], without_context: vec![1], ..Change::default() };
        let expected = sheet.replace("We act\n", "We acted\n").replace("        before: So\n", "");
        assert_eq!(edit(sheet, &change), Ok(expected));
    }

    #[test]
    fn line_ends_and_a_byte_order_mark_stay() {
        let windows = format!("\u{feff}{}", SHEET.replace('\n', "\r\n"));
        let after = edit(&windows, &approved()).expect("it can be edited");
        assert_eq!(
            after,
            format!("\u{feff}{}", edit(SHEET, &approved()).expect("too").replace('\n', "\r\n"))
        );
        let mixed = SHEET.replacen('\n', "\r\n", 3);
        let after = edit(&mixed, &quoted("We may act.")).expect("it can be edited");
        assert_eq!(after, mixed.replace("We will\n      act.", "We may act."));
        let one_of_all = "annotations:\n  one:\n    at: p1\r\n  two:\n    at: p2\n";
        let after = edit(one_of_all, &approved()).expect("it can be edited");
        assert!(
            after.starts_with("annotations:\n  one:\n    at: p1\r\n    status: approved\r\n"),
            "{after:?}"
        );
    }

    #[test]
    fn front_matter_is_edited_and_the_words_below_stay() {
        let note = "---\nat: p1\nstatus: draft # yet\n---\r\nstatus: draft\n";
        let after = edited(&path("notes/one.md"), note, "one", &approved()).expect("it can be edited");
        let front =
            "---\nat: p1\nstatus: approved # yet\nreviewed: { by: Legal desk, on: 2013-01-02 }\n---\r\n";
        assert_eq!(after, format!("{front}status: draft\n"));
    }

    #[test]
    fn what_cannot_be_edited_safely_is_left_with_a_reason() {
        let braces = "annotations:\n  one: { at: p1, body: B. }\n";
        assert!(edit(braces, &approved()).is_err_and(|why| why.contains("braces")));
        let by_default =
            "defaults: { reviewed: { by: Ann } }\nannotations:\n  one:\n    at: p1\n    status: approved\n";
        let back = Change { reviewed: Reviewed::Removed, ..Change::default() };
        assert!(edit(by_default, &back).is_err_and(|why| why.contains("defaults")));
        assert!(edit(SHEET, &quoted("We\u{7}act")).is_err());
        assert!(edited(&path("a.notes.yaml"), SHEET, "three", &approved()).is_err());
        let odd =
            Change { reviewed: Reviewed::Is(RawReview { by: " ".into(), on: None }), ..Change::default() };
        assert!(edit(SHEET, &odd).is_err());
    }

    #[test]
    fn any_name_reads_back_as_it_was_given() {
        for by in ["no", "Dr. No", "O'Neil: chair", "{x}", "Ann, Bob", "12", "# 1", "ann"] {
            let mut change = approved();
            change.reviewed = Reviewed::Is(RawReview { by: by.into(), on: None });
            assert!(edit(SHEET, &change).is_ok(), "{by}");
        }
    }
}
