//! From words that a reader has selected to a ready annotation, shown or appended to a sheet.

use super::preview::Preview;
use crate::annotation::NewEntry;
use crate::permalink::Entry;
use crate::resolve::{self, Volume};
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
    /// Just past the last one.
    pub end: usize,
}

/// A ready annotation.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    /// The sheet that it belongs in, as a path from the site's root.
    pub sheet: String,
    /// Its lines, as they stand in the sheet.
    pub text: String,
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
        let id = selection.paragraph.parse().map_err(|_| "there is no such paragraph")?;
        let paragraph = debate.record.position(id).ok_or("there is no such paragraph")?;
        let words = debate.record.words(&debate.record.paragraphs[paragraph]);
        let range = bytes(words, selection.start..selection.end)
            .ok_or("these words are not in the paragraph as it is now: select them again")?;
        let volume = Volume::new(debate);
        let found = resolve::located(&volume, paragraph, range)?;
        let sheet =
            SheetEnd::of(self.disk(), debate.slug.as_str(), SHEET).map_err(|error| error.to_string())?;
        let entry = NewEntry {
            id: None,
            at: &found.at,
            quote: Some(&found.quote),
            before: found.before.as_deref(),
            kind: "note",
            topics: &[],
            more: &[],
        };
        let text = sheet.print(&entry, |id| volume.note(id).is_some()).map_err(|error| error.to_string())?;
        let path = sheet.path.to_string();
        if deed == Deed::Append {
            sheet.append(&text).map_err(|error| error.to_string())?;
        }
        Ok(Proposal { sheet: path, text })
    }
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
