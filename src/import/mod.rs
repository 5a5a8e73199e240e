//! Room `import`: a file that was obtained somewhere → the folders of debates and the files of people
//! that it makes. It reads the file as a stream, a debate at a time, and writes nothing: what it gives
//! out is what is to be written.
//!
//! ```text
//! open(file) → Opened: the format, where the file is divided
//! survey(…) → the debates of it that are to be imported, and what they hold
//! Opened::debate(file, n) → a debate as read      layout(…) → its folder
//! people(…) → files of people                     revise(old folder, …) → a new revision of it
//! ```

mod decide;
mod folder;
mod judge;
mod layout;
mod lists;
mod merge;
mod people;
mod person_file;
mod report;
mod revision;
mod survey;

pub use decide::{Decision, accept, approve, shown};
pub use folder::{FileChange, Folder};
pub use layout::{Laid, Particulars, Unstated, layout, slug_of};
pub use lists::{is_list, list};
pub use merge::{Merged, merge};
pub use people::{Known, NewPerson, PeopleChanges, Speakers};
pub use person_file::{PersonFile, restored, scalar};
pub use report::then_and_now;
pub use revision::{Existing, Given, Paragraphs, Revised, revise};
pub use survey::{Apart, Chosen, Procedure, Refused, Survey, Surveyed, Wanted, survey};

use crate::diagnostics::{Checked, Diagnostic, Place, file_too_large, foreign_document};
use crate::load;
use crate::text::{Fingerprint, SitePath, Source, Span};
use crate::transcript::{self, Account, Division, FORMATS, Format, Looks, Piece, Split, Transcript};
use std::cell::OnceCell;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// How much of a file is looked at to tell its format, in bytes: all of most.
const HEAD: u64 = 32 << 20;

/// A file whose format is known and that is divided into debates.
pub struct Opened {
    /// Its name, without folders.
    pub name: String,
    /// Its format.
    pub format: &'static Format,
    /// The fingerprint of its bytes, with `\n` at the end of every line.
    pub hash: Fingerprint,
    /// What belongs to no debate: an element, and how many words are in it.
    pub left_out: Vec<(String, usize)>,
    /// At what it is divided.
    pub split: Split,
    pieces: Vec<Piece>,
    /// Whether the one debate is the file itself.
    whole: bool,
    /// The text of the file, for remarks on a piece of it.
    text: OnceCell<Option<Source>>,
}

/// A debate of a file, as read.
pub struct DebateRead {
    /// The bytes of the transcript: the file's own, or a part of them in the tags that they stand in.
    pub bytes: Vec<u8>,
    /// What is read from them.
    pub transcript: Transcript,
}

/// Looks at a file: its format, and where it is divided; where that is not said, as is usual in its
/// format. `None` where that can't be told; the
/// diagnostics say why. An error is the machine's.
pub fn open(
    file: &mut (impl Read + Seek),
    name: &str,
    format: Option<&str>,
    split: Option<Split>,
) -> io::Result<Checked<Option<Opened>>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let path = transcript_path(name);
    if let Some(Looks { what, way }) = transcript::looks(name, &head) {
        let place = Place::file(&Source::new(path, ""));
        return Ok(Checked { value: None, diagnostics: vec![foreign_document(place, &what, way)] });
    }
    let shown = match load::text_within(&path, head, HEAD).value {
        Some(text) => text,
        // What can't be read is reported when all of it is read.
        None => {
            file.seek(SeekFrom::Start(0))?;
            let mut head = Vec::new();
            file.by_ref().take(HEAD).read_to_end(&mut head)?;
            Source::new(path.clone(), String::from_utf8_lossy(&head).trim_start_matches('\u{feff}'))
        }
    };
    let streamed = match format {
        Some(name) => FORMATS.iter().find(|format| format.name == name),
        None => transcript::detect(&shown),
    };
    file.seek(SeekFrom::Start(0))?;
    let hash = Fingerprint::of_lines(file.by_ref())?;
    let opened = |format: &'static Format, pieces, left_out, whole| {
        let text = OnceCell::new();
        let split = split.unwrap_or_else(|| Split::of(format.name));
        let name = name.to_owned();
        Checked::fine(Some(Opened { name, format, hash, split, pieces, left_out, whole, text }))
    };
    if let Some(format) = streamed {
        let split = split.unwrap_or_else(|| Split::of(format.name));
        file.seek(SeekFrom::Start(0))?;
        // A file that can't be scanned is read whole instead, which tells the place and the reason.
        if let Ok(Some(Division { pieces, left_out })) =
            transcript::divide(format.name, BufReader::new(file.by_ref()), split)
            && !pieces.is_empty()
        {
            let whole = pieces.len() == 1 && left_out.is_empty();
            return Ok(opened(format, pieces, left_out, whole));
        }
    }
    // Everything else is one debate, and small enough to be read at once.
    let length = file.seek(SeekFrom::End(0))?;
    if length > load::TRANSCRIPT_LIMIT {
        let diagnostics = vec![file_too_large(&path, length, load::TRANSCRIPT_LIMIT)];
        return Ok(Checked { value: None, diagnostics });
    }
    let bytes = whole_file(file)?;
    let checked = load::text_within(&path, bytes, load::TRANSCRIPT_LIMIT);
    let Some(source) = checked.value else {
        return Ok(Checked { value: None, diagnostics: checked.diagnostics });
    };
    let checked = transcript::parse(&source, format);
    match checked.value.and_then(|transcript| FORMATS.iter().find(|format| format.name == transcript.format))
    {
        Some(format) => Ok(Checked {
            diagnostics: Vec::new(),
            ..opened(format, vec![Piece::default()], Vec::new(), true)
        }),
        None => Ok(Checked { value: None, diagnostics: checked.diagnostics }),
    }
}

/// The bytes of a file up to just beyond what is read as a transcript.
fn whole_file(file: &mut (impl Read + Seek)) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(load::TRANSCRIPT_LIMIT + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The path under which a file is reported: its name.
fn transcript_path(name: &str) -> SitePath {
    let extension = name.rsplit_once('.').map_or("txt", |(_, extension)| extension);
    SitePath::new(name)
        .or_else(|| SitePath::new(&format!("transcript.{extension}")))
        .unwrap_or_else(|| SitePath::new("transcript").expect("letters make a path"))
}

impl Opened {
    /// Whether the one debate in it is the file itself.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    /// How many debates it holds.
    pub fn debates(&self) -> usize {
        self.pieces.len()
    }

    /// The extension of the transcripts that it makes.
    pub fn extension(&self) -> &'static str {
        self.format.extensions[0]
    }

    /// Reads one of its debates.
    pub fn debate(
        &self,
        file: &mut (impl Read + Seek),
        number: usize,
    ) -> io::Result<Checked<Option<DebateRead>>> {
        let bytes = if self.whole { whole_file(file)? } else { document(file, &self.pieces[number])? };
        let source = load::text_within(&transcript_path(&self.name), bytes.clone(), load::TRANSCRIPT_LIMIT);
        let mut diagnostics = source.diagnostics;
        let Some(source) = source.value else { return Ok(Checked { value: None, diagnostics }) };
        let transcript = transcript::parse(&source, Some(self.format.name)).take(&mut diagnostics);
        diagnostics.extend(
            transcript.iter().flat_map(|transcript| transcript::check_speakers(transcript, &|_| false)),
        );
        let value = transcript.map(|transcript| DebateRead { bytes, transcript });
        let placed: io::Result<Vec<_>> =
            diagnostics.into_iter().map(|diagnostic| self.placed(diagnostic, file, number)).collect();
        Ok(Checked { value, diagnostics: placed? })
    }

    /// Holds a debate against the words of the file: where each of them went.
    pub fn account(
        &self,
        file: &mut (impl Read + Seek),
        read: &DebateRead,
        number: usize,
    ) -> io::Result<Checked<Account>> {
        let Checked { value, diagnostics } = transcript::account(&read.transcript);
        let placed: io::Result<Vec<_>> =
            diagnostics.into_iter().map(|diagnostic| self.placed(diagnostic, file, number)).collect();
        Ok(Checked { value, diagnostics: placed? })
    }

    /// Where one of its debates stands in the file. `None` where the file as a whole can't be shown.
    pub fn standing(
        &self,
        file: &mut (impl Read + Seek),
        read: &Source,
        number: usize,
    ) -> io::Result<Option<Standing>> {
        if self.whole {
            return Ok(Some(Standing { text: read.clone(), start: 0, head: 0 }));
        }
        let piece = &self.pieces[number];
        let path = transcript_path(&self.name);
        let decoded = |bytes: Vec<u8>| {
            load::text_within(&path, bytes, load::TRANSCRIPT_LIMIT).value.map(|source| source.text.len())
        };
        if self.text.get().is_none() {
            let text = load::text_within(&path, whole_file(file)?, load::TRANSCRIPT_LIMIT).value;
            self.text.get_or_init(|| text);
        }
        let mut before = Vec::new();
        file.seek(SeekFrom::Start(0))?;
        file.by_ref().take(piece.range.start).read_to_end(&mut before)?;
        let range = |range: &std::ops::Range<u64>| before.get(range.start as usize..range.end as usize);
        let mut head = range(&piece.head).unwrap_or_default().to_vec();
        head.extend_from_slice(piece.opening.as_bytes());
        let head = decoded(head);
        Ok(match (self.text.get(), decoded(before), head) {
            (Some(Some(text)), Some(start), Some(head)) => Some(Standing { text: text.clone(), start, head }),
            _ => None,
        })
    }

    /// A remark on a piece, reported of the file that it is a piece of.
    fn placed(
        &self,
        diagnostic: Diagnostic,
        file: &mut (impl Read + Seek),
        number: usize,
    ) -> io::Result<Diagnostic> {
        if self.whole {
            return Ok(diagnostic);
        }
        let place = match &diagnostic.place {
            Some(place) if !place.span.is_empty() => {
                self.standing(file, &place.source, number)?.and_then(|standing| standing.place(place.span))
            }
            _ => None,
        };
        Ok(match place {
            Some(place) => Diagnostic { place: Some(place), ..diagnostic },
            None => diagnostic.note(format!("in debate {} of {}", number + 1, self.name)),
        })
    }
}

/// Where a debate stands in its file.
pub struct Standing {
    /// The text of the file.
    text: Source,
    /// Where the debate begins in it.
    start: usize,
    /// How much stands before it in the document that it was read as.
    head: usize,
}

impl Standing {
    /// The place in the file of a place in the debate. What stands in the tags round it stands where it
    /// begins.
    pub fn place(&self, span: Span) -> Option<Place> {
        let text = &self.text.text;
        let moved = |at: u32| (self.start + (at as usize).saturating_sub(self.head)).min(text.len());
        let (start, end) = (moved(span.start), moved(span.end));
        let sound = start <= end && text.is_char_boundary(start) && text.is_char_boundary(end);
        sound.then(|| Place::new(&self.text, Span::new(start..end)))
    }
}

/// A piece of a file as a document.
fn document(file: &mut (impl Read + Seek), piece: &Piece) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut copy = |range: &std::ops::Range<u64>, bytes: &mut Vec<u8>| -> io::Result<()> {
        file.seek(SeekFrom::Start(range.start))?;
        file.by_ref().take(range.end - range.start).read_to_end(bytes).map(|_| ())
    };
    copy(&piece.head, &mut bytes)?;
    bytes.extend_from_slice(piece.opening.as_bytes());
    copy(&piece.range, &mut bytes)?;
    bytes.extend_from_slice(piece.closing.as_bytes());
    Ok(bytes)
}
