//! The quotations of any document, with or without links, against every debate of a site.

use super::judge::{self, Judgement, Words};
use super::library::{Library, Volume};
use super::placed::PlacedDebate;
use super::quoting;
use crate::anchor::{self, Joints};
use crate::config::Config;
use crate::diagnostics::Place;
use crate::markdown;
use crate::model::DebateSlug;
use crate::permalink::{Address, Linker, place_citation};
use crate::prose::{self, Tie};
use crate::text::{Source, Span};
use std::sync::Arc;

/// How many places of one quotation are named.
const NAMED: usize = 5;

/// Checks documents against the debates of a site.
pub struct Checker<'s> {
    library: Library<'s>,
    slugs: Vec<&'s DebateSlug>,
    config: &'s Config,
}

/// What was found of one quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The words, without their quotation marks.
    pub words: String,
    /// Where they stand in the document.
    pub span: Span,
    /// What they are.
    pub verdict: Verdict,
    /// The places that have them, as citation and address.
    pub places: Vec<String>,
    /// What differs, and the nearest words.
    pub notes: Vec<String>,
}

/// What a quotation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The record has these words, in one place.
    Verbatim,
    /// The record has these words, in several places.
    Several,
    /// The record has other words.
    Misquoted,
    /// No debate of the site has anything near.
    NotFound,
}

impl Verdict {
    /// The word for tools.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Several => "several-places",
            Verdict::Misquoted => "misquoted",
            Verdict::NotFound => "not-found",
        }
    }

    /// The words for people.
    pub fn words(self) -> &'static str {
        match self {
            Verdict::Verbatim => "verbatim",
            Verdict::Several => "verbatim, in several places",
            Verdict::Misquoted => "MISQUOTED",
            Verdict::NotFound => "in no debate here",
        }
    }
}

impl Answer {
    /// Whether the record has these words.
    pub fn is_verbatim(&self) -> bool {
        matches!(self.verdict, Verdict::Verbatim | Verdict::Several)
    }
}

impl<'s> Checker<'s> {
    /// A checker for these debates.
    pub fn new(debates: &'s [Arc<PlacedDebate>], config: &'s Config) -> Self {
        let slugs = debates.iter().map(|placed| &placed.debate.slug).collect();
        Checker { library: Library::new(debates.iter().map(|placed| &**placed)), slugs, config }
    }

    /// An answer for each quoted passage of four words or more, and each linked one. A file that
    /// ends in `.html` or `.htm` is read as HTML, any other as Markdown, which plain text is.
    pub fn check(&self, source: &Source) -> Vec<Answer> {
        let is_html = matches!(source.path.extension(), "html" | "htm" | "xhtml");
        let draft = match is_html {
            true => prose::read_html(source),
            false => markdown::parse(source, Span::new(0..source.text.len())).value,
        };
        let quotations = prose::quotations(&draft.nodes).into_iter().filter(|quotation| {
            let cites = quotation.cited.iter().any(|cited| cited.tie != Tie::Sentence);
            cites || quotation.words.split_whitespace().count() >= prose::WORDS
        });
        quotations.map(|quotation| self.answer(quotation.words, quotation.span)).collect()
    }

    fn answer(&self, words: String, span: Span) -> Answer {
        let mut answer =
            Answer { words, span, verdict: Verdict::NotFound, places: Vec::new(), notes: Vec::new() };
        let mut count = 0;
        let mut wrong = Vec::new();
        for slug in &self.slugs {
            let Some(volume) = self.library.volume(slug) else { continue };
            let everything = 0..volume.pieces().len();
            match judge::judge(volume, &everything, Joints::Open, &Words::in_prose(&answer.words)) {
                Judgement::Verbatim(ranges, allowances) => {
                    count += 1;
                    answer.places.push(self.place(volume, &ranges));
                    answer.notes.extend(allowances.into_iter().map(|one| one.words().to_owned()));
                }
                Judgement::Several(places) => {
                    count += places.total;
                    answer.places.extend(
                        places.candidates.iter().take(NAMED).map(|one| self.place(volume, &one.ranges)),
                    );
                }
                judgement => wrong.push((volume, judgement)),
            }
        }
        answer.places.truncate(NAMED);
        match count {
            0 => explain(&mut answer, &wrong),
            1 => answer.verdict = Verdict::Verbatim,
            _ => answer.verdict = Verdict::Several,
        }
        answer.notes.truncate(NAMED);
        answer
    }

    fn place(&self, volume: &Volume<'_>, ranges: &[anchor::PlacedRange]) -> String {
        let passages = quoting::passages(ranges);
        let id = passages.first().map_or_else(String::new, |first| volume.id_at(first.paragraph));
        let address = format!("debates/{}/#{id}", volume.debate.slug);
        let address = match &self.config.base_url {
            Some(base) => format!("{base}{address}"),
            None => format!("{}{address}", Linker::new(self.config, &Address::folder(&[])).root()),
        };
        format!("{}: {address}", place_citation(volume.debate, &passages))
    }
}

/// What a misquotation was likely meant to be.
fn explain(answer: &mut Answer, wrong: &[(&Volume<'_>, Judgement)]) {
    for (volume, judgement) in wrong {
        let everything = 0..volume.pieces().len();
        let place = Place::file(&volume.debate.record.source);
        let words = Words::in_prose(&answer.words);
        let is_near =
            !matches!(judgement, Judgement::Lost | Judgement::Blank | Judgement::BracketedInsertion(_));
        if is_near && let Some(mistake) = judge::mistake(judgement, volume, &everything, &words, place) {
            answer.notes.push(format!("{}: {}", volume.title(), mistake.message));
            answer.verdict = Verdict::Misquoted;
        }
        let near = quoting::suggestions(volume, &everything, &answer.words);
        if !near.is_empty() {
            answer.verdict = Verdict::Misquoted;
        }
        answer.notes.extend(near.into_iter().map(|line| format!("{}, {line}", volume.title())));
        if answer.notes.len() >= NAMED {
            break;
        }
    }
}
