//! What a build keeps for a later run of the program: what it was made from, what it had to say, and the
//! key of every file that it made. The bytes stand beside the published site; whatever is missing, cut
//! short, damaged, or made by another program is not used, and the build begins from nothing.
//!
//! Two questions are answered from it. Where no file of the site changed, there is nothing to parse: the
//! published site stays and what the build said is said again. Where some did, every file is parsed, and
//! only pages whose keys changed are made.

use super::causes::MadeFrom;
use super::report::{Counts, Report};
use super::searching::KeptSearch;
use super::{OnError, Options, configuration};
use crate::config::Publish;
use crate::diagnostics::{self, Checked, Diagnostic, Pass, Place, Severity};
use crate::export::Held;
use crate::layout;
use crate::load::{self, Embedded, Sources};
use crate::search::Runs;
use crate::text::{Digest, Fingerprint, SitePath, Source, Span};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

/// The first word of the bytes, with the number of their form.
const FORM: &str = "rapporteur-kept-4";

/// So many digits of a fingerprint tell whether a file changed, where that is only to be said.
const MARK: usize = 16;

/// The keys of the files that a sink has: a file whose key is the same has the same bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// Pages and exports, by path.
    pub(super) files: HashMap<String, Fingerprint>,
    /// The debates as data and the index of words, by path.
    pub(super) searched: HashMap<String, Fingerprint>,
    /// All that those are made from, together.
    pub(super) searchable: Option<Fingerprint>,
}

/// What a build kept for the next one.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Everything that it read; none where a file changed while it was read.
    inputs: Option<Fingerprint>,
    pub(super) keys: Keys,
    /// What the index of words was made from.
    pub(super) search: KeptSearch,
    counts: Counts,
    as_of: Option<jiff::civil::Date>,
    publish: Publish,
    diagnostics: Vec<Diagnostic>,
    /// To say why the next one changes what it changes.
    pub(super) made_from: MadeFrom,
}

impl Kept {
    /// What to keep of a build with this report, which gave its sink files with these keys.
    pub(super) fn of(inputs: Option<Fingerprint>, report: &Report, keys: Keys, search: KeptSearch) -> Self {
        let Report { diagnostics, counts, as_of, publish, .. } = report;
        Kept {
            inputs,
            keys,
            search,
            counts: *counts,
            as_of: *as_of,
            publish: *publish,
            diagnostics: diagnostics.clone(),
            made_from: MadeFrom::default(),
        }
    }

    /// With what it was made from, for the next build to compare with.
    pub(super) fn made_from(self, made_from: MadeFrom) -> Self {
        Kept { made_from, ..self }
    }

    /// The report of the build, where all that it read is as it was.
    pub(super) fn report(&self, inputs: Fingerprint) -> Option<Report> {
        (self.inputs == Some(inputs)).then(|| Report {
            diagnostics: self.diagnostics.clone(),
            counts: self.counts,
            as_of: self.as_of,
            publish: self.publish,
            ..Report::default()
        })
    }

    /// The bytes to keep. `program` tells programs apart: keys are good only for the one that made them.
    pub fn write(&self, program: Fingerprint) -> Vec<u8> {
        let Kept { inputs, keys, search, counts, as_of, publish, diagnostics, made_from } = self;
        fn of_debate<'h>(
            (slug, (key, held)): (&'h String, &'h (Fingerprint, Arc<Held>)),
        ) -> (&'h str, (String, &'h Held)) {
            (slug, (key.to_string(), held))
        }
        let form = Form {
            program: program.to_string(),
            inputs: inputs.map(|inputs| inputs.to_string()),
            searchable: keys.searchable.map(|key| key.to_string()),
            counts: *counts,
            as_of: *as_of,
            publish: *publish,
            diagnostics: {
                let mut texts = HashMap::new();
                diagnostics.iter().map(|one| KeptDiagnostic::of(one, &mut texts)).collect()
            },
            files: written(&keys.files),
            searched: written(&keys.searched),
            made_from,
            held: search.held.iter().map(of_debate).collect::<BTreeMap<_, _>>(),
        };
        // One buffer: the runs of a large site are not copied about. The sum is put in when it is known.
        let head = |sum: Fingerprint| format!("{FORM} {sum}\n");
        let mut bytes = head(Fingerprint::of(b"")).into_bytes();
        let start = bytes.len();
        serde_json::to_writer(&mut bytes, &form).expect("plain values");
        drop(form);
        // What is no text stands after the line that is.
        bytes.push(b'\n');
        search.runs.write(&mut bytes);
        let head = head(Fingerprint::of(&bytes[start..]));
        bytes[..start].copy_from_slice(head.as_bytes());
        bytes
    }

    /// What stands in bytes that the same program kept. `sources` give the lines that its diagnostics show.
    pub fn read(bytes: &[u8], program: Fingerprint, sources: &dyn Sources) -> Option<Self> {
        let end = bytes.iter().position(|byte| *byte == b'\n')?;
        let (head, body) = (std::str::from_utf8(&bytes[..end]).ok()?, &bytes[end + 1..]);
        let (form, sum) = head.split_once(' ')?;
        if form != FORM || Fingerprint::parse(sum)? != Fingerprint::of(body) {
            return None;
        }
        let end = body.iter().position(|byte| *byte == b'\n')?;
        let (form, runs) = (&body[..end], &body[end + 1..]);
        let form: ReadForm = serde_json::from_slice(form).ok()?;
        if Fingerprint::parse(&form.program)? != program {
            return None;
        }
        let key = |text: Option<String>| match text {
            Some(text) => Fingerprint::parse(&text).map(Some),
            None => Some(None),
        };
        let by_path = |files: BTreeMap<String, String>| {
            let files = files.into_iter().map(|(path, key)| Some((path, Fingerprint::parse(&key)?)));
            files.collect::<Option<HashMap<_, _>>>()
        };
        let keys = Keys {
            files: by_path(form.files)?,
            searched: by_path(form.searched)?,
            searchable: key(form.searchable)?,
        };
        let held = form
            .held
            .into_iter()
            .map(|(slug, (key, held))| Some((slug, (Fingerprint::parse(&key)?, Arc::new(held)))));
        let search = KeptSearch { held: held.collect::<Option<_>>()?, runs: Runs::read(runs) };
        let mut texts = HashMap::new();
        let diagnostics: Option<Vec<_>> =
            form.diagnostics.into_iter().map(|kept| kept.restored(sources, &mut texts)).collect();
        // Lines that are not to be had again are no reason to make pages again.
        let inputs = key(form.inputs)?.filter(|_| diagnostics.is_some());
        let diagnostics = diagnostics.unwrap_or_default();
        let Form { counts, as_of, publish, made_from, .. } = form;
        Some(Kept { inputs, keys, search, counts, as_of, publish, diagnostics, made_from })
    }
}

/// How it is written down: `H` is what is written of a debate's files, with its slug.
#[derive(Serialize, Deserialize)]
struct Form<H, M> {
    program: String,
    inputs: Option<String>,
    searchable: Option<String>,
    counts: Counts,
    as_of: Option<jiff::civil::Date>,
    publish: Publish,
    diagnostics: Vec<KeptDiagnostic>,
    files: BTreeMap<String, String>,
    searched: BTreeMap<String, String>,
    made_from: M,
    held: H,
}

type ReadForm = Form<BTreeMap<String, (String, Held)>, MadeFrom>;

fn written(keys: &HashMap<String, Fingerprint>) -> BTreeMap<String, String> {
    keys.iter().map(|(path, key)| (path.clone(), key.to_string())).collect()
}

/// A diagnostic, with its file by its path and its text by a fingerprint.
#[derive(Serialize, Deserialize)]
struct KeptDiagnostic {
    code: String,
    is_error: bool,
    place: Option<(String, String, u32, u32)>,
    message: String,
    notes: Vec<String>,
    help: Option<String>,
    only: Option<bool>,
}

/// The texts that places may be about, by path, each with its fingerprint.
type Texts = HashMap<String, Vec<(Source, String)>>;

fn sum(text: &str) -> String {
    Fingerprint::of(text.as_bytes()).to_string()
}

impl KeptDiagnostic {
    /// `texts` remembers fingerprints by where a text stands in memory: of one file there may be thousands
    /// of diagnostics.
    fn of(diagnostic: &Diagnostic, texts: &mut HashMap<*const u8, String>) -> Self {
        // What would mend it is for editors, which keep nothing.
        let Diagnostic { code, severity, place, message, notes, help, fixes: _, only } = diagnostic;
        let place = place.as_ref().map(|Place { source, span }| {
            let text = texts.entry(source.text.as_ptr()).or_insert_with(|| sum(&source.text));
            (source.path.as_str().to_owned(), text.clone(), span.start, span.end)
        });
        KeptDiagnostic {
            code: (*code).to_owned(),
            is_error: *severity == Severity::Error,
            place,
            message: message.clone(),
            notes: notes.clone(),
            help: help.clone(),
            only: only.map(|pass| pass == Pass::WithDrafts),
        }
    }

    /// The diagnostic, where the text that it is about can be had again.
    fn restored(self, sources: &dyn Sources, texts: &mut Texts) -> Option<Diagnostic> {
        let place = match self.place {
            None => None,
            Some((path, text, start, end)) => {
                let candidates = match texts.entry(path) {
                    std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
                    std::collections::hash_map::Entry::Vacant(new) => {
                        let path = SitePath::new(new.key())?;
                        new.insert(candidates(&path, sources))
                    }
                };
                let source = candidates.iter().find(|(_, sum)| *sum == text)?.0.clone();
                let span = Span { start, end };
                source.text.get(span.range())?;
                Some(Place { source, span })
            }
        };
        Some(Diagnostic {
            code: diagnostics::known(&self.code)?,
            severity: if self.is_error { Severity::Error } else { Severity::Warning },
            place,
            message: self.message,
            notes: self.notes,
            help: self.help,
            fixes: Vec::new(),
            only: self.only.map(|drafts| if drafts { Pass::WithDrafts } else { Pass::AsPublished }),
        })
    }
}

/// The texts that a place in this file may be about: the file's, none, or that of the original theme.
fn candidates(path: &SitePath, sources: &dyn Sources) -> Vec<(Source, String)> {
    let read = load::read_text(sources, path).ok().and_then(|read| read.value);
    let embedded = Embedded::files().find(|(embedded, _)| embedded == path);
    let of_theme = embedded.and_then(|(path, bytes)| load::text(&path, bytes.to_vec()).value);
    let nothing = Source::new(path.clone(), "");
    let with_sum = |source: Source| {
        let sum = sum(&source.text);
        (source, sum)
    };
    read.into_iter().chain(of_theme).chain([nothing]).map(with_sum).collect()
}

/// The fingerprint of all that a build with these options reads.
///
/// # Errors
/// Those of the machine.
pub(super) fn inputs(sources: &dyn Sources, options: &Options) -> io::Result<Fingerprint> {
    let listing = sources.list()?;
    let one = |path: &SitePath| Ok(Some(Fingerprint::of(&sources.read(path)?)));
    let files: io::Result<Vec<_>> = listing.value.par_iter().map(one).collect();
    let meant = meant(&listing, sources, options)?;
    Ok(fingerprint(&listing, &files?, &meant).expect("every file was read"))
}

/// The configuration with what the command line says over it, the day included, and what becomes of mistakes.
fn meant(
    listing: &Checked<Vec<SitePath>>,
    sources: &dyn Sources,
    options: &Options,
) -> io::Result<(crate::config::Config, bool)> {
    let layout = layout::sorted(&listing.value).value;
    Ok((configuration(sources, &layout, options)?.value, options.on_error == OnError::KeepGoing))
}

fn fingerprint(
    listing: &Checked<Vec<SitePath>>,
    files: &[Option<Fingerprint>],
    meant: &impl Hash,
) -> Option<Fingerprint> {
    let mut digest = Digest::default();
    meant.hash(&mut digest);
    for remark in &listing.diagnostics {
        (remark.code, &remark.message).hash(&mut digest);
    }
    listing.value.len().hash(&mut digest);
    for (path, file) in listing.value.iter().zip(files) {
        (path, (*file)?).hash(&mut digest);
    }
    Some(digest.finish())
}

/// Sources that remember what was read: the fingerprint is then of the very bytes that were parsed, and a
/// file that changes during a build is found out by the next.
pub(super) struct Recorded<'s> {
    sources: &'s dyn Sources,
    listing: Mutex<Option<Checked<Vec<SitePath>>>>,
    /// By path; none where two readings differed.
    read: Mutex<HashMap<SitePath, Option<Fingerprint>>>,
}

impl<'s> Recorded<'s> {
    pub(super) fn new(sources: &'s dyn Sources) -> Self {
        Recorded { sources, listing: Mutex::default(), read: Mutex::default() }
    }

    /// The fingerprint of all that was read, and of the files of the site that were not; and those of each.
    pub(super) fn inputs(&self, options: &Options) -> io::Result<(Option<Fingerprint>, MadeFrom)> {
        let listing = self.listing.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some(listing) = listing else { return Ok((None, MadeFrom::default())) };
        let meant = meant(&listing, self, options)?;
        let read = std::mem::take(&mut *self.read.lock().unwrap_or_else(PoisonError::into_inner));
        let one = |path: &SitePath| match read.get(path) {
            Some(known) => Ok(*known),
            None => Ok(Some(Fingerprint::of(&self.sources.read(path)?))),
        };
        let files: io::Result<Vec<Option<Fingerprint>>> = listing.value.par_iter().map(one).collect();
        let files = files?;
        let marks = listing.value.iter().zip(&files);
        let mark = |file: &Option<Fingerprint>| file.map_or_else(String::new, |file| file.short(MARK));
        let made_from = MadeFrom {
            sources: marks.map(|(path, file)| (path.as_str().to_owned(), mark(file))).collect(),
            settings: Fingerprint::of_value(&meant).short(MARK),
            templates: BTreeMap::new(),
        };
        Ok((fingerprint(&listing, &files, &meant), made_from))
    }
}

impl Sources for Recorded<'_> {
    fn list(&self) -> io::Result<Checked<Vec<SitePath>>> {
        let listing = self.sources.list()?;
        *self.listing.lock().unwrap_or_else(PoisonError::into_inner) = Some(listing.clone());
        Ok(listing)
    }

    fn read(&self, path: &SitePath) -> io::Result<Vec<u8>> {
        let bytes = self.sources.read(path)?;
        let now = Fingerprint::of(&bytes);
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.entry(path.clone())
            .and_modify(|before| *before = before.filter(|before| *before == now))
            .or_insert(Some(now));
        Ok(bytes)
    }
}
