//! A new entry as text, and its place at the end of a sheet. What stands in the sheet is never
//! written anew.

use super::raw::Kind;
use crate::text::{is_slug, slugify};
use std::fmt::Write;

/// An entry to be written.
pub struct NewEntry<'e> {
    /// Its id; made from the words where there is none.
    pub id: Option<String>,
    /// Where the words stand: `p2`.
    pub at: &'e str,
    /// The words, as in the record; none where it is about all of `at`.
    pub quote: Option<&'e str>,
    /// The words just before, where they are needed.
    pub before: Option<&'e str>,
    /// The kind's word.
    pub kind: &'e str,
    /// Topics.
    pub topics: &'e [String],
    /// Further keys and their values as YAML, on one line each or as a text of several lines.
    pub more: &'e [(&'static str, Value)],
}

/// The value of a further key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// As it is to stand behind the key.
    Yaml(String),
    /// A text, which may have several lines.
    Text(String),
}

/// What a new entry says until its author writes something.
pub const PLACEHOLDER: &str = "Why this matters.";

/// How wide the lines of a quotation are.
const WIDTH: usize = 78;

impl NewEntry<'_> {
    /// The entry's lines, to stand under `annotations:`; or what is wrong with it. `taken` says
    /// which ids are in use.
    pub fn print(&self, taken: impl Fn(&str) -> bool) -> Result<String, String> {
        let known: serde_yaml::Result<Kind> = serde_yaml::from_str(self.kind);
        let Ok(kind) = known else {
            return Err(format!(
                "there is no kind `{}`: claim, commitment, context, cross-reference, definition, fact-check, note, question",
                self.kind
            ));
        };
        let id = self.chosen_id(taken)?;
        let mut text = format!("  {id}:\n    at: {}\n", self.at);
        if let Some(quote) = self.quote {
            text.push_str("    quote: >-\n");
            for line in wrapped(quote) {
                let _ = writeln!(text, "      {line}");
            }
        }
        if let Some(before) = self.before {
            let _ = writeln!(text, "    before: >-\n      {before}");
        }
        if self.kind != "note" {
            let _ = writeln!(text, "    kind: {}", self.kind);
        }
        if !self.topics.is_empty() {
            let _ = writeln!(text, "    topics: [{}]", self.topics.join(", "));
        }
        // Whatever the sheet's own standing: what is just begun is not for readers.
        if !self.has("status") {
            text.push_str("    status: draft\n");
        }
        for (key, value) in self.more {
            match value {
                Value::Yaml(value) => {
                    let _ = writeln!(text, "    {key}: {value}");
                }
                Value::Text(words) => {
                    let _ = writeln!(text, "    {key}: |");
                    // A first line that is set in would set in all the others.
                    for line in words.trim().lines() {
                        text.push_str(if line.trim().is_empty() { "" } else { "      " });
                        let _ = writeln!(text, "{}", line.trim_end());
                    }
                }
            }
        }
        for (key, to_fill_in) in wanting(kind) {
            if !self.has(key) {
                let _ = writeln!(text, "    # {key}: {to_fill_in}");
            }
        }
        if !self.has("body") && !self.has("body_file") {
            let _ = writeln!(text, "    body: |\n      {PLACEHOLDER}");
        }
        Ok(text)
    }

    fn has(&self, key: &str) -> bool {
        self.more.iter().any(|(known, _)| *known == key)
    }

    fn chosen_id(&self, taken: impl Fn(&str) -> bool) -> Result<String, String> {
        if let Some(id) = &self.id {
            return match id {
                id if !is_slug(id) => Err(format!("`{id}` is no id: small letters, digits and `-`")),
                id if taken(id) => Err(format!("`{id}` is the id of another note of this debate")),
                id => Ok(id.clone()),
            };
        }
        let words = self.quote.unwrap_or_default().split_whitespace();
        let words: Vec<&str> = words.filter(|word| word.chars().count() > 3).take(4).collect();
        let base = slugify(&words.join(" "));
        let base = if base.is_empty() { "note".to_owned() } else { base };
        let numbered =
            (1..).map(|number| if number == 1 { base.clone() } else { format!("{base}-{number}") });
        Ok(numbered.into_iter().find(|id| !taken(id)).expect("there are more numbers than notes"))
    }
}

/// What a kind wants before it is published, and how that is written.
fn wanting(kind: Kind) -> &'static [(&'static str, &'static str)] {
    match kind {
        Kind::FactCheck => &[
            ("verdict", "accurate, inaccurate, misleading, unsupported or cannot-be-checked"),
            ("sources", "[KEY of sources.yaml, { title: TITLE, url: ADDRESS }]"),
        ],
        Kind::CrossReference => &[("see", "[NOTE, DEBATE/NOTE]")],
        _ => &[],
    }
}

/// The words in lines. A folded block joins lines by a space, so a line ends only where the record
/// has exactly one space; a quotation with other white space stays on one line.
pub(super) fn wrapped(quote: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in quote.split(' ') {
        let line = lines.last_mut().expect("it begins with one");
        // A word that is empty stands for a second space, which must not begin or end a line.
        if !line.is_empty()
            && !word.is_empty()
            && !line.ends_with(' ')
            && line.chars().count() + word.chars().count() > WIDTH
        {
            lines.push(word.to_owned());
        } else {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}

/// The sheet with an entry at its end; a new sheet where there is none. Errors where the sheet's
/// entries are not at its end in block form, so that the entry would land elsewhere.
pub fn append(sheet: Option<&str>, debate: &str, entry: &str) -> Result<String, String> {
    let Some(sheet) = sheet.filter(|sheet| !sheet.trim().is_empty()) else {
        return Ok(format!(
            "# yaml-language-server: $schema=../../../.rapporteur/annotations.schema.json\ndebate: {debate}\ndefaults: {{ status: draft }}\nannotations:\n{entry}"
        ));
    };
    let is_head = |line: &str| head(line).is_some();
    let after = sheet.lines().skip_while(|line| !is_head(line)).skip(1);
    let mut found = false;
    for line in after {
        found = true;
        let is_top = line.starts_with(|c: char| !c.is_whitespace() && c != '#');
        if is_top {
            return Err(
                "the entries are not at the end of the sheet: add this one by hand (see --dry-run)".into()
            );
        }
    }
    if !found && !sheet.lines().any(is_head) {
        return Err("there is no line `annotations:` to add to: add the entry by hand (see --dry-run)".into());
    }
    // The lines end as those of the sheet do.
    let ends = if sheet.matches("\r\n").count() * 2 > sheet.matches('\n').count() { "\r\n" } else { "\n" };
    let newline = if sheet.ends_with('\n') { "" } else { ends };
    Ok(format!("{sheet}{newline}{}", entry.replace('\n', ends)))
}

/// Whether a line is the key of the entries, with nothing but a remark behind it.
fn head(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("annotations:")?;
    (rest.trim().is_empty() || rest.trim_start().starts_with('#') && rest.starts_with(' ')).then_some(rest)
}

/// An entry with its lines set in as those of the entries of a sheet are.
pub fn set_in(entry: &str, sheet: Option<&str>) -> String {
    let Some((first, step)) = sheet.and_then(steps) else { return entry.to_owned() };
    let line = |line: &str| {
        let depth = line.len() - line.trim_start_matches(' ').len();
        let spaces = match depth {
            0 => 0,
            1..4 => first,
            4..6 => first + step,
            // What is deeper is the author's own text.
            deeper => first + step * 2 + (deeper - 6),
        };
        format!("{}{}\n", " ".repeat(spaces), &line[depth..])
    };
    entry.lines().map(line).collect()
}

/// By how many spaces the ids of a sheet are set in, and by how many more their keys.
fn steps(sheet: &str) -> Option<(usize, usize)> {
    let is_content = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
    let mut lines = sheet.lines().skip_while(|line| head(line).is_none()).skip(1).filter(is_content);
    let depth = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let first = depth(lines.next()?);
    let step = lines.map(depth).find(|depth| *depth > first).map_or(first, |depth| depth - first);
    (first > 0).then_some((first, step))
}
