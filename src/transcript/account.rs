//! Words out are words in: a record held against its source. The characters of the source are found
//! without the reader of the format; each must stand in something that the reader made of the file:
//! words spoken, procedure, a speaker's name, a heading, or what is set apart and why. What stands in
//! none is an error with its place. Words spoken and headings must be those of the source to the
//! character (in Markdown, to the letter).

mod letters;
mod markdown;

use super::formats::{self, Family};
use super::record::*;
use crate::diagnostics::{Checked, Diagnostic, Place, unaccounted_words};
use crate::text::{Source, Span};

/// Where the words of a source went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Words that somebody spoke.
    pub spoken: usize,
    /// Words of the record that nobody spoke.
    pub procedure: usize,
    /// Words of speakers' names, with what is printed with them.
    pub labels: usize,
    /// Words of the title and of headings.
    pub headings: usize,
    /// What is no part of the record, in the order of the source.
    pub apart: Vec<Apart>,
}

/// Something set apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Apart {
    /// Why, for people.
    pub reason: &'static str,
    /// Where it stands.
    pub span: Span,
    /// How many words are in it.
    pub words: usize,
}

impl Account {
    /// How many words were set apart.
    pub fn words_apart(&self) -> usize {
        self.apart.iter().map(|apart| apart.words).sum()
    }

    /// All words of the source.
    pub fn words(&self) -> usize {
        self.spoken + self.procedure + self.labels + self.headings + self.words_apart()
    }

    /// Adds the account of another part of the same source.
    pub fn add(&mut self, other: Account) {
        self.spoken += other.spoken;
        self.procedure += other.procedure;
        self.labels += other.labels;
        self.headings += other.headings;
        self.apart.extend(other.apart);
    }
}

/// Holds a record against its source. Every remark is an error.
pub fn account(transcript: &Transcript) -> Checked<Account> {
    let source = &transcript.source;
    let Some(format) = formats::named(transcript.format) else { return Checked::default() };
    let mut sweep = Sweep {
        source,
        family: format.family,
        claims: claims(transcript),
        next: 0,
        open: Vec::new(),
        account: Account::default(),
        diagnostics: Vec::new(),
        nobodys: None,
        in_word: false,
    };
    letters::of(source, format.family, &mut |at, c| sweep.character(at, c));
    sweep.close_until(usize::MAX);
    sweep.end_nobodys();
    Checked { value: sweep.account, diagnostics: sweep.diagnostics }
}

/// What a stretch of the source became.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    Apart(&'static str),
    Label,
    Heading,
    Procedure,
    Spoken,
}

/// A stretch of the source that became something.
struct Claim<'t> {
    span: Span,
    class: Class,
    /// Its words as read, where they must be those of the source.
    texts: Vec<&'t Text>,
}

/// Everything that was made of a source, by its place, the outer before the inner.
fn claims(transcript: &Transcript) -> Vec<Claim<'_>> {
    let mut claims: Vec<Claim<'_>> = Vec::new();
    let mut claim = |span, class, texts| claims.push(Claim { span, class, texts });
    let details = &transcript.details;
    let above = [&transcript.title, &details.house, &details.chair, &details.part_of, &details.volume];
    for text in above.into_iter().flatten() {
        if let Text::Slice(span) = text {
            claim(*span, Class::Heading, Vec::new());
        }
    }
    for furniture in &transcript.furniture {
        let class = match furniture.kind {
            FurnitureKind::Particular => Class::Heading,
            FurnitureKind::RepeatedLabel | FurnitureKind::Photo => Class::Label,
            kind => Class::Apart(kind.reason()),
        };
        claim(furniture.span, class, Vec::new());
    }
    for entry in &transcript.entries {
        match entry {
            Entry::Heading { text, span, .. } => claim(*span, Class::Heading, vec![text]),
            Entry::Contribution(contribution) => {
                if let Some(label) = &contribution.speaker {
                    claim(label.span, Class::Label, Vec::new());
                }
                if let Some(Stated { text: Text::Slice(span), .. }) = &contribution.time {
                    claim(*span, Class::Label, Vec::new());
                }
                let procedure = contribution.kind == ContributionKind::Procedural;
                for paragraph in &contribution.paragraphs {
                    let class = match paragraph.kind {
                        _ if procedure => Class::Procedure,
                        ParagraphKind::Procedural => Class::Procedure,
                        _ => Class::Spoken,
                    };
                    claim(paragraph.span, class, vec![&paragraph.text]);
                }
            }
        }
    }
    // The sort keeps the order of what stands at one place.
    claims.sort_by_key(|claim| (claim.span.start, std::cmp::Reverse(claim.span.end)));
    claims.dedup_by(|later, first| {
        let same = later.span == first.span;
        if same {
            first.class = first.class.max(later.class);
            first.texts.append(&mut later.texts);
        }
        same
    });
    claims
}

/// A claim that the sweep has come to.
struct Open {
    claim: usize,
    /// Its characters in the source, where they must be those of a text.
    characters: Vec<(usize, char)>,
    words: usize,
}

struct Sweep<'t> {
    source: &'t Source,
    family: Family,
    claims: Vec<Claim<'t>>,
    next: usize,
    open: Vec<Open>,
    account: Account,
    diagnostics: Vec<Diagnostic>,
    /// Words that are in no claim: where they begin and end, and how many.
    nobodys: Option<(usize, usize, usize)>,
    /// Whether a character of the word now read was counted.
    in_word: bool,
}

impl Sweep<'_> {
    fn character(&mut self, at: usize, c: char) {
        if c.is_whitespace() {
            self.in_word = false;
            return;
        }
        self.close_until(at);
        while let Some(claim) = self.claims.get(self.next).filter(|claim| claim.span.start as usize <= at) {
            if claim.span.end as usize > at {
                self.open.push(Open { claim: self.next, characters: Vec::new(), words: 0 });
            } else {
                self.close(Open { claim: self.next, characters: Vec::new(), words: 0 });
            }
            self.next += 1;
        }
        let begins = c.is_alphanumeric() && !self.in_word;
        self.in_word |= begins;
        let compares = self.compares(c);
        match self.open.last_mut() {
            Some(open) => {
                open.words += usize::from(begins);
                if compares && !self.claims[open.claim].texts.is_empty() {
                    open.characters.push((at, c));
                }
                self.end_nobodys();
            }
            // Signs alone are no words.
            None if self.family == Family::Markdown && markdown::is_number(&self.source.text, at) => {}
            None if c.is_alphanumeric() => {
                let (start, _, words) = self.nobodys.unwrap_or((at, at, 0));
                self.nobodys = Some((start, at + c.len_utf8(), words + usize::from(begins)));
            }
            None => {}
        }
    }

    fn compares(&self, c: char) -> bool {
        match self.family {
            Family::Markdown => c.is_alphanumeric(),
            _ => !c.is_whitespace(),
        }
    }

    /// Closes the claims that end at or before a place.
    fn close_until(&mut self, at: usize) {
        let mut index = self.open.len();
        while index > 0 {
            index -= 1;
            if self.claims[self.open[index].claim].span.end as usize <= at {
                let open = self.open.remove(index);
                self.close(open);
            }
        }
    }

    fn close(&mut self, open: Open) {
        let Claim { class, span, .. } = self.claims[open.claim];
        match class {
            Class::Spoken => self.account.spoken += open.words,
            Class::Procedure => self.account.procedure += open.words,
            Class::Heading => self.account.headings += open.words,
            Class::Label => self.account.labels += open.words,
            Class::Apart(reason) => self.account.apart.push(Apart { reason, span, words: open.words }),
        }
        self.compare(&open);
    }

    /// Holds the characters of a claim against the texts that were made of it.
    fn compare(&mut self, open: &Open) {
        let claim = &self.claims[open.claim];
        let texts = claim.texts.iter().flat_map(|text| text.of(self.source).chars());
        let read: Vec<char> = texts.filter(|c| self.compares(*c)).collect();
        let written = &open.characters;
        let (mut at, mut place) = (0, 0);
        let mut lines = markdown::Lines::new(&self.source.text);
        loop {
            let offset = written.get(at).map(|(offset, _)| *offset);
            if self.family == Family::Markdown && offset.is_some_and(|offset| lines.may_have_signs(offset)) {
                at += markdown::signs(&self.source.text, &written[at..], &read[place..]);
            }
            match (written.get(at), read.get(place)) {
                (Some((_, c)), Some(read)) if c == read => (at, place) = (at + 1, place + 1),
                (None, None) => break,
                (Some((offset, _)), _) => {
                    return self.report(Span::new(*offset..claim.span.end as usize), 0);
                }
                (None, Some(_)) => return self.report(claim.span, 0),
            }
        }
    }

    fn end_nobodys(&mut self) {
        if let Some((start, end, words)) = self.nobodys.take() {
            self.report(Span::new(start..end), words.max(1));
        }
    }

    fn report(&mut self, span: Span, words: usize) {
        let end = self.source.text.floor_char_boundary((span.start as usize + 60).min(span.end as usize));
        let shown = Span::new(span.start as usize..end.max(span.start as usize));
        self.diagnostics.push(unaccounted_words(Place::new(self.source, shown), words));
    }
}
