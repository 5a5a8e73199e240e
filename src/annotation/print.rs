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
    /// The words, as in the record.
    pub quote: &'e str,
    /// The words just before, where they are needed.
    pub before: Option<&'e str>,
    /// The kind's word.
    pub kind: &'e str,
    /// Topics.
    pub topics: &'e [String],
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
        if known.is_err() {
            return Err(format!(
                "there is no kind `{}`: claim, commitment, context, cross-reference, definition, fact-check, note, question",
                self.kind
            ));
        }
        let id = self.chosen_id(taken)?;
        let mut text = format!("  {id}:\n    at: {}\n    quote: >-\n", self.at);
        for line in wrapped(self.quote) {
            let _ = writeln!(text, "      {line}");
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
        let _ = writeln!(text, "    body: |\n      {PLACEHOLDER}");
        Ok(text)
    }

    fn chosen_id(&self, taken: impl Fn(&str) -> bool) -> Result<String, String> {
        if let Some(id) = &self.id {
            return match id {
                id if !is_slug(id) => Err(format!("`{id}` is no id: small letters, digits and `-`")),
                id if taken(id) => Err(format!("`{id}` is the id of another note of this debate")),
                id => Ok(id.clone()),
            };
        }
        let words: Vec<&str> =
            self.quote.split_whitespace().filter(|word| word.chars().count() > 3).take(4).collect();
        let base = slugify(&words.join(" "));
        let base = if base.is_empty() { "note".to_owned() } else { base };
        let numbered =
            (1..).map(|number| if number == 1 { base.clone() } else { format!("{base}-{number}") });
        Ok(numbered.into_iter().find(|id| !taken(id)).expect("there are more numbers than notes"))
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
    let after = sheet.lines().skip_while(|line| line.trim_end() != "annotations:").skip(1);
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
    if !found && !sheet.lines().any(|line| line.trim_end() == "annotations:") {
        return Err("there is no line `annotations:` to add to: add the entry by hand (see --dry-run)".into());
    }
    // The lines end as those of the sheet do.
    let ends = if sheet.matches("\r\n").count() * 2 > sheet.matches('\n').count() { "\r\n" } else { "\n" };
    let newline = if sheet.ends_with('\n') { "" } else { ends };
    Ok(format!("{sheet}{newline}{}", entry.replace('\n', ends)))
}
