//! What an import will take of a file: every debate of it read once, held against the words of the file and
//! given a slug, before anything is written.

use super::{DebateRead, Laid, Opened, Particulars, Unstated, layout};
use crate::diagnostics::{Checked, Diagnostic, Severity};
use crate::model::ContributionKind;
use crate::text::word_count;
use crate::transcript::{Account, Transcript};
use std::collections::BTreeSet;
use std::io::{self, Read, Seek};

/// What is wanted of a file.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'w> {
    /// What the file leaves out, or has otherwise.
    pub particulars: &'w Particulars,
    /// Ids of the source, or words of titles: only debates that have one of them. None: all.
    pub select: &'w [String],
    /// The one debate that it is a revision of, by its slug.
    pub revises: Option<&'w str>,
    /// Whether what is set apart is listed.
    pub apart: Apart,
    /// What becomes of items in which nobody speaks.
    pub procedure: Procedure,
    /// The slugs of the debates that the site has: what is there is never passed over.
    pub there: &'w BTreeSet<String>,
}

/// What becomes of items of a sitting in which nobody speaks: prayers, orders, a heading with a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Procedure {
    /// They make no debates, unless they are asked for by name, are there, or are all that the file holds.
    PassedOver,
    /// Each is a debate.
    Imported,
}

/// Whether the words of a file that are set apart are listed, each with its line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apart {
    /// Only how many they are.
    Counted,
    /// Each.
    Listed,
}

/// What a survey came to, besides what is wrong with the file.
pub struct Surveyed {
    /// The numbers of its debates, from 0, that hold no words of a record.
    pub wordless: Vec<usize>,
    /// The items in which nobody speaks and that are passed over: the title of each, and its words.
    pub passed: Vec<(String, usize)>,
    /// What is to be imported, or why nothing is.
    pub outcome: Result<Survey, Refused>,
}

/// Why nothing of a file is imported.
#[derive(Debug)]
pub enum Refused {
    /// There are mistakes in it, as the diagnostics say.
    Mistakes,
    /// Something that it does not state must be said.
    Unsaid(String),
    /// No debate in it is wanted; these are the titles of those that it holds.
    Unwanted(Vec<String>),
    /// It holds no debate.
    Empty,
    /// It holds so many debates, where one is to be revised.
    Many(usize),
}

/// What is to be imported of a file.
#[derive(Default)]
pub struct Survey {
    /// The debates, in the order of the file.
    pub debates: Vec<Chosen>,
    /// How many contributions they have.
    pub contributions: usize,
    /// How many words.
    pub words: usize,
    /// How many speeches name nobody.
    pub nameless: usize,
    /// The names of speakers, as printed.
    pub names: BTreeSet<String>,
    /// How many titles stand in capitals in the file.
    pub recast: usize,
    /// Where the words of the file went.
    pub account: Account,
    /// What the file does not state, and nobody said.
    pub unstated: BTreeSet<Unstated>,
    /// What was set apart, a line each.
    pub apart: Vec<String>,
}

/// A debate that is to be imported.
pub struct Chosen {
    /// The slug that it will have.
    pub slug: String,
    /// What is read from it.
    pub read: DebateRead,
}

/// Reads everything once: a mistake anywhere refuses the whole file. `taken` are the slugs that debates
/// before these have; those of these are added. An error is the machine's.
pub fn survey(
    opened: &Opened,
    file: &mut (impl Read + Seek),
    wanted: &Wanted,
    taken: &mut BTreeSet<String>,
) -> io::Result<Checked<Surveyed>> {
    let before = taken.clone();
    let checked = once(opened, file, wanted, taken)?;
    let surveyed = &checked.value;
    if !matches!(surveyed.outcome, Err(Refused::Empty)) || surveyed.passed.is_empty() {
        return Ok(checked);
    }
    // Nobody speaks anywhere in the file: that is what there is to import.
    *taken = before;
    once(opened, file, &Wanted { procedure: Procedure::Imported, ..*wanted }, taken)
}

fn once(
    opened: &Opened,
    file: &mut (impl Read + Seek),
    wanted: &Wanted,
    taken: &mut BTreeSet<String>,
) -> io::Result<Checked<Surveyed>> {
    let mut survey = Survey::default();
    let mut diagnostics = Vec::new();
    let mut wordless = Vec::new();
    let mut passed = Vec::new();
    let mut others = Vec::new();
    let mut mistakes = false;
    for number in 0..opened.debates() {
        let Checked { value: read, diagnostics: mut found } = opened.debate(file, number)?;
        let is_wordless = has_errors(&found) && found.iter().all(|one| one.code == "empty-transcript");
        if is_wordless && opened.debates() > 1 {
            wordless.push(number);
            continue;
        }
        let mut account = Account::default();
        if let (Some(read), false) = (&read, has_errors(&found)) {
            account = opened.account(file, read, number)?.take(&mut found);
        }
        let is_mistaken = has_errors(&found);
        mistakes |= is_mistaken;
        diagnostics.append(&mut found);
        let (Some(read), false) = (read, is_mistaken) else { continue };
        let laid = match layout(opened, &read, wanted.particulars) {
            Ok(laid) => laid,
            Err(reason) => {
                let outcome = Err(Refused::Unsaid(reason));
                return Ok(Checked { value: Surveyed { wordless, passed, outcome }, diagnostics });
            }
        };
        if !wanted.select.is_empty() && !is_selected(wanted.select, &laid, &read.bytes) {
            others.push(laid.title);
            continue;
        }
        let slug = wanted.revises.map_or_else(|| free(&laid.slug, taken), str::to_owned);
        // The slugs of the others are the same, whether these are imported or not.
        taken.insert(slug.clone());
        let is_meant = !wanted.select.is_empty() || wanted.revises.is_some() || wanted.there.contains(&slug);
        if opened.debates() > 1
            && wanted.procedure == Procedure::PassedOver
            && !is_meant
            && is_procedure(&read.transcript)
        {
            passed.push((laid.title, words(&read.transcript)));
            continue;
        }
        survey.recast += usize::from(laid.printed.is_some());
        survey.unstated.extend(&laid.unstated);
        if wanted.apart == Apart::Listed {
            survey.apart.extend(lines_apart(opened, file, &read, &account, number)?);
        }
        survey.account.add(account);
        survey.add(slug, read);
    }
    let outcome = match survey.debates.len() {
        _ if mistakes => Err(Refused::Mistakes),
        0 if !wanted.select.is_empty() => Err(Refused::Unwanted(others)),
        0 => Err(Refused::Empty),
        count if count > 1 && wanted.revises.is_some() => Err(Refused::Many(count)),
        _ => Ok(survey),
    };
    Ok(Checked { value: Surveyed { wordless, passed, outcome }, diagnostics })
}

/// Whether nobody speaks in it, named or not, nothing is asked or answered, and nothing is voted on.
fn is_procedure(transcript: &Transcript) -> bool {
    let mut contributions = transcript.contributions();
    contributions.all(|one| one.kind == ContributionKind::Procedural && one.speaker.is_none())
}

fn words(transcript: &Transcript) -> usize {
    transcript.paragraphs().map(|paragraph| word_count(paragraph.text.of(&transcript.source))).sum()
}

fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|one| one.severity == Severity::Error)
}

impl Survey {
    fn add(&mut self, slug: String, read: DebateRead) {
        let transcript = &read.transcript;
        let source = &transcript.source;
        for contribution in transcript.contributions() {
            self.contributions += 1;
            match &contribution.speaker {
                Some(label) => {
                    self.names.insert(label.name.of(source).to_owned());
                }
                None if contribution.kind == ContributionKind::Speech => self.nameless += 1,
                None => {}
            }
        }
        self.words += words(transcript);
        self.debates.push(Chosen { slug, read });
    }
}

/// Whether a debate was asked for: by words of its title, or by an id of its source.
fn is_selected(asked: &[String], laid: &Laid, bytes: &[u8]) -> bool {
    asked.iter().any(|asked| {
        laid.title.to_lowercase().contains(&asked.to_lowercase())
            || [format!("\"{asked}\""), format!("'{asked}'")]
                .iter()
                .any(|id| memchr::memmem::find(bytes, id.as_bytes()).is_some())
    })
}

/// A slug that no other debate of this import has.
fn free(slug: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|number| format!("{slug}-{number}"));
    let mut slugs = std::iter::once(slug.to_owned()).chain(numbered);
    slugs.find(|slug| !taken.contains(slug)).expect("some number is free")
}

/// What is set apart, with the line of the file and the reason.
fn lines_apart(
    opened: &Opened,
    file: &mut (impl Read + Seek),
    read: &DebateRead,
    account: &Account,
    number: usize,
) -> io::Result<Vec<String>> {
    let source = &read.transcript.source;
    let standing = opened.standing(file, source, number)?;
    let apart = account.apart.iter().filter(|apart| apart.words > 0);
    let lines = apart.map(|apart| {
        let words = source.slice(apart.span).split_whitespace().collect::<Vec<_>>().join(" ");
        let shown: String = words.chars().take(70).collect();
        let more = if shown.len() < words.len() { "…" } else { "" };
        let at = match standing.as_ref().and_then(|standing| standing.place(apart.span)) {
            Some(place) => place.source.line_column(place.span.start as usize).line.to_string(),
            None => "?".to_owned(),
        };
        format!("    line {at}: {}: {shown}{more}", apart.reason)
    });
    Ok(lines.collect())
}
