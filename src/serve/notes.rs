//! From words that a reader has selected to a ready annotation, shown or appended to a sheet.

use super::preview::Preview;
use crate::annotation::{Kind, NewEntry};
use crate::load::{Disk, Sources};
use crate::permalink::Entry;
use crate::resolve::{self, Located, Volume};
use crate::text::{SitePath, nearest};
use crate::write::SheetEnd;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// The sheet that the preview appends to.
const SHEET: &str = "new.notes.yaml";

/// Words that a reader has selected on a debate's page.
#[derive(Debug, Clone, Deserialize)]
pub struct Selection {
    /// The path of the page in the output: `debates/x/index.html`.
    pub page: String,
    /// The paragraph's id: `p12`.
    pub paragraph: String,
    /// The first selected character of the paragraph's text, in UTF-16 units as browsers count.
    pub start: usize,
    /// Just past the last one, in `to` where that is another paragraph.
    pub end: usize,
    /// The last paragraph's id, where the words run over several.
    #[serde(default)]
    pub to: Option<String>,
    /// The kind of the note.
    #[serde(default)]
    pub kind: Option<String>,
    /// Its topics.
    #[serde(default)]
    pub topics: Vec<String>,
}

/// A ready annotation.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// The sheet that it belongs in, as a path from the site's root.
    pub sheet: String,
    /// Its lines, as they stand in the sheet.
    pub text: String,
    /// The line that it begins at, once it is there; from 1.
    pub line: Option<usize>,
}

/// What a note can be, for who writes one.
#[derive(Debug, Clone, Serialize)]
pub struct Choices {
    /// The kinds.
    pub kinds: Vec<&'static str>,
    /// The topics: slug and title.
    pub topics: Vec<(String, String)>,
}

/// Whether an annotation is only shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// It is.
    Propose,
    /// It goes into the sheet.
    Append,
}

impl Preview {
    /// A ready annotation for selected words; or why there is none, in a sentence.
    pub fn note(&self, selection: &Selection, deed: Deed) -> Result<Proposal, String> {
        let edition = self.edition();
        let Some(Entry::Debate(slug)) = Entry::of_address(&selection.page) else {
            return Err("there is no such debate".to_owned());
        };
        let debate = edition.site.debates.iter().find(|debate| debate.slug.as_str() == slug);
        let debate = debate.ok_or("there is no such debate")?;
        let volume = Volume::new(debate);
        let found = located(&volume, selection)?;
        for topic in &selection.topics {
            let known = edition.site.topics.iter().map(|topic| topic.slug.as_str());
            if !known.clone().any(|slug| slug == topic) {
                let help = nearest(topic, known).map(|near| format!("; did you mean `{near}`?"));
                return Err(format!("there is no topic `{topic}`{}", help.unwrap_or_default()));
            }
        }
        let sheet =
            SheetEnd::of(self.disk(), debate.slug.as_str(), SHEET).map_err(|error| error.to_string())?;
        let entry = NewEntry {
            id: None,
            at: &found.at,
            quote: Some(&found.quote),
            before: found.before.as_deref(),
            kind: selection.kind.as_deref().unwrap_or("note"),
            topics: &selection.topics,
            more: &[],
        };
        let text = sheet.print(&entry, |id| volume.note(id).is_some()).map_err(|error| error.to_string())?;
        let path = sheet.path.to_string();
        let mut line = None;
        if deed == Deed::Append {
            let (disk, file) = (self.disk(), sheet.path.clone());
            sheet.append(&text).map_err(|error| error.to_string())?;
            line = line_of(disk, &file, &text);
        }
        Ok(Proposal { sheet: path, text, line })
    }

    /// What a note can be.
    pub fn choices(&self) -> Choices {
        let edition = self.edition();
        let topics = edition.site.topics.iter().map(|topic| (topic.slug.to_string(), topic.title.clone()));
        Choices { kinds: Kind::ALL.iter().map(|kind| kind.as_str()).collect(), topics: topics.collect() }
    }
}

/// The words that are selected, as a note quotes them.
fn located(volume: &Volume<'_>, selection: &Selection) -> Result<Located, String> {
    const OLD: &str = "these words are not in the paragraph as it is now: select them again";
    let record = &volume.debate.record;
    let position = |id: &str| {
        let id = id.parse().map_err(|_| "there is no such paragraph")?;
        record.position(id).ok_or("there is no such paragraph")
    };
    let words = |paragraph: usize| record.words(&record.paragraphs[paragraph]);
    let first = position(&selection.paragraph)?;
    let last = selection.to.as_deref().map_or(Ok(first), position)?;
    if first == last {
        let range = bytes(words(first), selection.start..selection.end).ok_or(OLD)?;
        return resolve::located(volume, first, range);
    }
    let length = words(first).encode_utf16().count();
    let begin = bytes(words(first), selection.start..length).ok_or(OLD)?.start;
    let end = bytes(words(last), 0..selection.end).ok_or(OLD)?.end;
    resolve::located_over(volume, (first, begin), (last, end))
}

/// The line of a file that some lines begin at, the last time that they stand there.
fn line_of(disk: &Disk, path: &SitePath, lines: &str) -> Option<usize> {
    let first = lines.lines().find(|line| !line.trim().is_empty())?;
    let text = String::from_utf8(disk.read(path).ok()?).ok()?;
    let at = text.lines().enumerate().filter(|(_, line)| line.trim_end() == first.trim_end()).last()?;
    Some(at.0 + 1)
}

/// UTF-16 units as bytes; `None` where a unit lies outside the text or inside a character.
fn bytes(text: &str, units: Range<usize>) -> Option<Range<usize>> {
    let mut at = 0;
    let mut places = text.char_indices().map(|(byte, c)| {
        let here = (at, byte);
        at += c.len_utf16();
        here
    });
    let mut byte_of = |unit: usize| places.by_ref().find(|(at, _)| *at >= unit);
    let exact = |found: Option<(usize, usize)>, unit: usize| match found {
        Some((at, byte)) => (at == unit).then_some(byte),
        None => (text.encode_utf16().count() == unit).then_some(text.len()),
    };
    if units.start >= units.end {
        return None;
    }
    let start = exact(byte_of(units.start), units.start)?;
    let end = exact(byte_of(units.end), units.end)?;
    Some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_browsers_are_bytes_of_the_record() {
        let text = "a é 𝄞 z";
        let slice = |units| bytes(text, units).map(|range| &text[range]);
        assert_eq!(slice(0..1), Some("a"));
        assert_eq!(slice(2..3), Some("é"));
        assert_eq!(slice(4..6), Some("𝄞"));
        assert_eq!(slice(4..8), Some("𝄞 z"));
        assert_eq!(slice(4..5), None);
        assert_eq!(slice(7..99), None);
        assert_eq!(slice(3..3), None);
    }
}
