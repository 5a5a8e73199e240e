//! Lists of people in files that were obtained elsewhere.

use super::{HEAD, transcript_path, whole_file};
use crate::diagnostics::Checked;
use crate::load;
use crate::transcript::{self, PeopleList};
use std::io::{self, Read, Seek, SeekFrom};

/// Whether a file is a list of people, and no record.
pub fn is_list(file: &mut (impl Read + Seek), name: &str) -> io::Result<bool> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(1024).read_to_end(&mut head)?;
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
    let start = start.trim_ascii_start();
    // The tags of a list are ASCII in any encoding that is read; most other files need not be read for this.
    if !(start.starts_with(b"<") || start.starts_with(b"{") || start.first().is_none_or(|byte| *byte >= 0xfe))
    {
        return Ok(false);
    }
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    let read = load::text_within(&transcript_path(name), bytes, HEAD);
    Ok(read.value.is_some_and(|source| transcript::is_people_list(&source.text)))
}

/// Reads a list of people. `None`, with what is wrong, where it is none or can't be read.
pub fn list(file: &mut (impl Read + Seek), name: &str) -> io::Result<Checked<Option<PeopleList>>> {
    let bytes = whole_file(file)?;
    let read = load::text_within(&transcript_path(name), bytes, load::TRANSCRIPT_LIMIT);
    let Some(source) = read.value else { return Ok(Checked { value: None, diagnostics: read.diagnostics }) };
    Ok(transcript::people_list(&source))
}
