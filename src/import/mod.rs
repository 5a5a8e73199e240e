//! Room `import`: a file that was obtained somewhere → the folders of debates and the files of people
//! that it makes. It reads the file as a stream, a debate at a time, and writes nothing: what it gives
//! out is what is to be written.
//!
//! ```text
//! open(file) → Opened: the format, where the file is divided
//! Opened::debate(file, n) → a debate as read      layout(…) → its folder
//! people(…) → files of people                     revise(old folder, …) → a new revision of it
//! ```

mod decide;
mod folder;
mod judge;
mod layout;
mod people;
mod report;
mod revision;

pub use decide::{Decision, accept, approve, shown};
pub use folder::{FileChange, Folder};
pub use layout::{Laid, Particulars, layout, slug_of};
pub use people::{Known, NewPerson, Speakers};
pub use report::then_and_now;
pub use revision::{Existing, Given, Paragraphs, Revised, revise};

use crate::diagnostics::{Checked, Diagnostic, file_too_large};
use crate::load;
use crate::text::{Fingerprint, SitePath, Source};
use crate::transcript::{self, Division, FORMATS, Format, Piece, Split, Transcript};
use std::io::{self, BufReader, Read, Seek, SeekFrom};

/// How much of a file is looked at to tell its format, in bytes.
const HEAD: u64 = 1 << 16;

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
    pieces: Vec<Piece>,
    /// Whether the one debate is the file itself.
    whole: bool,
}

/// A debate of a file, as read.
pub struct DebateRead {
    /// The bytes of the transcript: the file's own, or a part of them in the tags that they stand in.
    pub bytes: Vec<u8>,
    /// What is read from them.
    pub transcript: Transcript,
}

/// Looks at a file: its format, and where it is divided. `None` where that can't be told; the
/// diagnostics say why. An error is the machine's.
pub fn open(
    file: &mut (impl Read + Seek),
    name: &str,
    format: Option<&str>,
    split: Split,
) -> io::Result<Checked<Option<Opened>>> {
    let mut head = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.by_ref().take(HEAD).read_to_end(&mut head)?;
    let path = transcript_path(name);
    let shown = Source::new(path.clone(), String::from_utf8_lossy(&head).trim_start_matches('\u{feff}'));
    let streamed = match format {
        Some(name) => FORMATS.iter().find(|format| format.name == name),
        None => transcript::detect(&shown),
    };
    file.seek(SeekFrom::Start(0))?;
    let hash = Fingerprint::of_lines(file.by_ref())?;
    let opened = |format, pieces, left_out, whole| {
        Checked::fine(Some(Opened { name: name.to_owned(), format, hash, pieces, left_out, whole }))
    };
    if let Some(format) = streamed {
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

/// The path under which a file is told of: its name.
fn transcript_path(name: &str) -> SitePath {
    let extension = name.rsplit_once('.').map_or("txt", |(_, extension)| extension);
    SitePath::new(name)
        .or_else(|| SitePath::new(&format!("transcript.{extension}")))
        .unwrap_or_else(|| SitePath::new("transcript").expect("letters make a path"))
}

impl Opened {
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
        Ok(Checked { value, diagnostics: diagnostics.into_iter().map(|d| self.placed(d, number)).collect() })
    }

    /// A remark on a piece, told of the file that it is a piece of.
    fn placed(&self, diagnostic: Diagnostic, number: usize) -> Diagnostic {
        if self.whole {
            diagnostic
        } else {
            diagnostic.note(format!("in debate {} of {}", number + 1, self.name))
        }
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
