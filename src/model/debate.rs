//! A debate: its particulars, its record, and the annotations layered over it.

use super::{
    Annotation, Citation, ContributionId, DebateSlug, Elided, Inline, Nesting, ParagraphId, ParagraphKind,
    PartId, Passage, PersonSlug, Prose, Text, Unplaced,
};
use crate::text::{Digest, Fingerprint, Source, Span};
use jiff::civil::{Date, Time};
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::{Arc, OnceLock};

/// One titled item of business, with its notes.
#[derive(Debug)]
pub struct Debate {
    /// The slug: the folder's name.
    pub slug: DebateSlug,
    /// What is known about it.
    pub particulars: Particulars,
    /// What was said, verbatim.
    pub record: Arc<Record>,
    /// What editors say that the record gets wrong, in its order.
    pub corrections: Vec<Correction>,
    /// The notes that readers may see, in the order of the record; those on the whole debate first.
    pub annotations: Vec<Annotation>,
    /// Approved notes whose words a revision of the record took away, by id.
    pub unplaced: Vec<Unplaced>,
    /// Fingerprints of its parts, taken when first asked for.
    pub parts: OnceLock<Parts>,
    /// The fingerprint of its record as plain text, taken when first asked for.
    pub plain: OnceLock<Fingerprint>,
}

/// Fingerprints of what pages show of a debate: a page whose parts are the same is the same.
#[derive(Debug)]
pub struct Parts {
    /// All of it.
    pub whole: Fingerprint,
    /// What lists show of the debate itself.
    pub card: Fingerprint,
    /// For each of its notes, what evidence elsewhere shows: the note, its words, who said them and
    /// where.
    pub evidence: Box<[Fingerprint]>,
}

/// What lists show of a debate: [`Parts::card`] is the fingerprint of this and of nothing more.
#[derive(Debug, Clone, Copy, Hash)]
pub struct Listed<'d> {
    /// The slug.
    pub slug: &'d DebateSlug,
    /// What is known about it.
    pub particulars: &'d Particulars,
    /// How many words were spoken.
    pub words: usize,
    /// How many notes it has that were not withdrawn.
    pub notes: usize,
}

impl Debate {
    /// What lists show of it.
    pub fn listed(&self) -> Listed<'_> {
        Listed {
            slug: &self.slug,
            particulars: &self.particulars,
            words: self.record.words,
            notes: self.note_count(),
        }
    }

    /// The annotation with this id.
    pub fn annotation(&self, id: &str) -> Option<&Annotation> {
        self.annotations.iter().find(|note| &*note.id == id)
    }

    /// How many notes it has that were not withdrawn.
    pub fn note_count(&self) -> usize {
        self.annotations.iter().filter(|note| note.standing != super::Standing::Retracted).count()
    }

    /// Some passages by whose words they are: one run for each stretch of one speaker's.
    pub fn runs<'d>(
        &'d self,
        passages: &'d [Passage],
    ) -> impl Iterator<Item = (Option<&'d Attribution>, &'d [Passage])> {
        let who = |passage: &Passage| self.record.speaker(passage.paragraph);
        let one =
            move |a: &Passage, b: &Passage| who(a).map(Attribution::key) == who(b).map(Attribution::key);
        passages.chunk_by(one).map(move |run| (run.first().and_then(who), run))
    }

    /// Whose words a note is on: each speaker once, in the order of the record.
    pub fn speakers_of<'d>(&'d self, note: &'d Annotation) -> Vec<&'d Attribution> {
        let mut known = HashSet::new();
        let speakers = self.runs(&note.passages).filter_map(|(who, _)| who);
        speakers.filter(|who| known.insert(who.key())).collect()
    }

    /// The names of those whose words a note is on, in one text.
    pub fn names_of_speakers(&self, note: &Annotation, separator: &str) -> Option<String> {
        let names: Vec<&str> = self.speakers_of(note).iter().map(|who| who.name.as_str()).collect();
        (!names.is_empty()).then(|| names.join(separator))
    }

    /// Whether its record, its particulars, corrections and placed notes are the same.
    pub fn is_alike(self: &Arc<Self>, other: &Arc<Self>) -> bool {
        Arc::ptr_eq(self, other) || self.parts().whole == other.parts().whole
    }

    /// The fingerprints of its parts.
    pub fn parts(&self) -> &Parts {
        self.parts.get_or_init(|| {
            // The slug and the particulars are in what lists show.
            let Debate {
                slug: _,
                particulars: _,
                record,
                corrections,
                annotations,
                unplaced: _,
                parts: _,
                plain: _,
            } = self;
            let card = Fingerprint::of_value(&self.listed());
            let evidence = annotations.iter().map(|note| {
                let mut digest = Digest::default();
                (card, note).hash(&mut digest);
                for passage in &note.passages {
                    let paragraph = &record.paragraphs[passage.paragraph];
                    (paragraph.id, &paragraph.language).hash(&mut digest);
                    (record.words(paragraph), record.speaker(passage.paragraph)).hash(&mut digest);
                }
                digest.finish()
            });
            let evidence = evidence.collect();
            Parts { whole: Fingerprint::of_value(&(card, record, corrections, annotations)), card, evidence }
        })
    }
}

/// Something that the record gets wrong. The record's words stay as they are; a speaker is the one who
/// spoke, and the name printed stands beside.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Correction {
    /// Its id.
    pub id: Arc<str>,
    /// What it corrects.
    pub of: Corrected,
    /// What the record has: the name printed, the words, or the day.
    pub was: String,
    /// How it should read.
    pub reads: String,
    /// Why.
    pub reason: String,
    /// What that rests on.
    pub source: Option<Citation>,
    /// Who corrected it.
    pub by: Option<String>,
    /// When.
    pub on: Option<Date>,
}

/// What a correction is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Corrected {
    /// The speaker of the contribution with this index.
    Speaker(usize),
    /// Words of the paragraph with this index.
    Words(usize),
    /// The day that the record states: the debate's differs.
    Day,
}

/// What a debate's page says about the debate itself. Nothing unknown is made up: it is `None`.
#[derive(Debug, Clone, Default, Hash)]
pub struct Particulars {
    /// The title.
    pub title: String,
    /// The day.
    pub date: Date,
    /// The House, as text.
    pub house: Option<String>,
    /// The time at which it (or the extract) began.
    pub time: Option<Time>,
    /// Who was in the chair, as printed.
    pub chair: Option<Attribution>,
    /// The volume of the official report.
    pub volume: Option<String>,
    /// The columns of the official report.
    pub columns: Option<String>,
    /// The reference as printed.
    pub reference: Option<String>,
    /// What it is a part of.
    pub part_of: Option<PartOf>,
    /// What it is about.
    pub summary: Prose,
    /// Where the text was obtained.
    pub obtained: Option<Obtained>,
    /// The language of the record, as a BCP 47 tag.
    pub language: Option<String>,
    /// Whether readers may see it.
    pub standing: super::Standing,
    /// Why readers can't see the debate; `None` where they can.
    pub hidden: Option<super::Hidden>,
    /// Addresses that the page had before, from the site's root.
    pub former: Vec<String>,
}

/// A longer debate, of which the record holds a part.
#[derive(Debug, Clone, Default, Hash)]
pub struct PartOf {
    /// The title of the whole, where it differs.
    pub title: Option<String>,
    /// Whether the record is an extract.
    pub extract: bool,
    /// Whether the extract begins in the middle of an exchange.
    pub mid_exchange: bool,
}

/// Where the text of a record was obtained.
#[derive(Debug, Clone, Default, Hash)]
pub struct Obtained {
    /// The publisher or site.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// The day it was retrieved.
    pub retrieved: Option<Date>,
    /// The licence of the text.
    pub licence: Option<String>,
}

/// The record: the source's text, and where in it everything stands. Words are slices of the source
/// wherever the source has them unbroken.
#[derive(Debug, Hash)]
pub struct Record {
    /// The transcript, byte for byte.
    pub source: Source,
    /// Headings within the debate, in order.
    pub sections: Vec<Section>,
    /// Contributions in order.
    pub contributions: Vec<Contribution>,
    /// Paragraphs in order, through all contributions.
    pub paragraphs: Vec<Paragraph>,
    /// The words in it that were spoken or printed, counted at white space.
    pub words: usize,
}

/// A heading within a debate.
#[derive(Debug, Hash)]
pub struct Section {
    /// 1 for the outermost.
    pub level: u8,
    /// The words of the heading.
    pub title: Text,
    /// The index of the contribution it stands before.
    pub before: usize,
}

/// One entry of the record: a speech, an interjection, a procedural note.
#[derive(Debug, Hash)]
pub struct Contribution {
    /// Its id, which never changes once locked.
    pub id: ContributionId,
    /// Who spoke, if anybody did.
    pub speaker: Option<Attribution>,
    /// Whether it was spoken.
    pub kind: ContributionKind,
    /// When, where the record states it.
    pub time: Option<Time>,
    /// The column of the official report that it begins in, as printed.
    pub column: Option<Box<str>>,
    /// The indexes of its paragraphs.
    pub paragraphs: std::ops::Range<usize>,
}

/// What a contribution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ContributionKind {
    /// Words spoken.
    Speech,
    /// A question, put in writing or from the order paper.
    Question,
    /// The answer to one.
    Answer,
    /// A speech made while another gave way.
    Interjection,
    /// Procedure, motions, stage directions.
    Procedural,
    /// A vote with its lists of names.
    Division,
}

impl ContributionKind {
    /// Every kind.
    pub const ALL: [ContributionKind; 6] = [
        ContributionKind::Speech,
        ContributionKind::Question,
        ContributionKind::Answer,
        ContributionKind::Interjection,
        ContributionKind::Procedural,
        ContributionKind::Division,
    ];

    /// The word that pages and exports have for it.
    pub fn word(self) -> &'static str {
        match self {
            ContributionKind::Speech => "speech",
            ContributionKind::Question => "question",
            ContributionKind::Answer => "answer",
            ContributionKind::Interjection => "interjection",
            ContributionKind::Procedural => "procedural",
            ContributionKind::Division => "division",
        }
    }
}

/// In what part somebody spoke.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Role {
    /// As anybody else.
    #[default]
    Speaker,
    /// As the presiding officer.
    Chair,
}

/// What a record has over a speaker's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Naming {
    /// A name, printed.
    #[default]
    Printed,
    /// No name: it is taken from the record's own list of people.
    Listed,
    /// No name anywhere: an id of the record stands in its place.
    Id,
}

/// Who spoke: as printed, and who that is where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Attribution {
    /// The name shown: as printed, or the person's where the record prints none.
    pub name: String,
    /// What the record prints beside the name: an office, a constituency, a party.
    pub detail: Option<String>,
    /// Who that is. Never guessed.
    pub person: Option<PersonSlug>,
    /// In what part, as far as the source says.
    pub role: Role,
    /// The name printed, where the record has the wrong one and an editor has corrected it.
    pub printed: Option<String>,
    /// What the record has over the words.
    pub naming: Naming,
    /// What stands in the record where another name is shown, because none is printed there.
    pub unprinted: Option<String>,
    /// Whether the name shown is an editor's: none is printed, and the record's own list has another or none.
    pub by_editors: bool,
}

/// Who a speaker is, to tell one from another: the person where that is known, and else the name printed.
/// One person may be printed in several ways, and two in one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SpeakerKey<'a> {
    /// Somebody known.
    Person(&'a PersonSlug),
    /// A name of which nobody says whose it is.
    Printed(&'a str),
}

impl Attribution {
    /// What the record itself has, be it wrong or no name at all: what locks and corrections hold it to.
    pub fn in_record(&self) -> &str {
        self.printed.as_deref().or(self.unprinted.as_deref()).unwrap_or(&self.name)
    }

    /// Whether no name is known, and an id of the record is shown.
    pub fn is_nameless(&self) -> bool {
        self.naming == Naming::Id && self.unprinted.is_none()
    }

    /// Who that is, to tell one speaker from another.
    pub fn key(&self) -> SpeakerKey<'_> {
        match &self.person {
            Some(person) => SpeakerKey::Person(person),
            None => SpeakerKey::Printed(&self.name),
        }
    }
}

/// A block of the record with an id.
#[derive(Debug, Hash)]
pub struct Paragraph {
    /// Its id, which never changes once locked.
    pub id: ParagraphId,
    /// The index of its contribution.
    pub contribution: usize,
    /// What kind of block it is.
    pub kind: ParagraphKind,
    /// How deep it stands in block quotes and lists.
    pub nesting: Nesting,
    /// The words.
    pub text: Text,
    /// Emphasis and links over the words, by start, the outer before the inner.
    pub inlines: Box<[Inline]>,
    /// The language, as a BCP 47 tag, where it is not the debate's.
    pub language: Option<Box<str>>,
    /// Where it stands in the source.
    pub span: Span,
}

/// Words of one paragraph that are quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quoted {
    /// The index of the paragraph.
    pub paragraph: usize,
    /// The words.
    pub text: String,
    /// Whether one quotation leaves words out between these and those before.
    pub elided_before: Elided,
}

impl Record {
    /// The words of a paragraph, to the character.
    pub fn words<'r>(&'r self, paragraph: &'r Paragraph) -> &'r str {
        paragraph.text.of(&self.source)
    }

    /// The index of the paragraph with this id. Ids run in the order of the record but for those
    /// inserted later, so the search starts where the number says.
    pub fn position(&self, id: ParagraphId) -> Option<usize> {
        let guess = (id.number() as usize).saturating_sub(1);
        match self.paragraphs.get(guess) {
            Some(paragraph) if paragraph.id == id => Some(guess),
            _ => self.paragraphs.iter().position(|paragraph| paragraph.id == id),
        }
    }

    /// The index of the contribution with this id.
    pub fn contribution(&self, id: ContributionId) -> Option<usize> {
        let guess = (id.number() as usize).saturating_sub(1);
        match self.contributions.get(guess) {
            Some(contribution) if contribution.id == id => Some(guess),
            _ => self.contributions.iter().position(|contribution| contribution.id == id),
        }
    }

    /// Who the record itself says spoke a paragraph, whatever a correction says.
    pub fn printed_speaker(&self, paragraph: usize) -> Option<&str> {
        Some(self.speaker(paragraph)?.in_record())
    }

    /// The words of some passages of a note, one quotation for each paragraph; what one target leaves out of a
    /// paragraph is marked ` [...] `.
    pub fn quoted<'p>(&self, passages: impl IntoIterator<Item = &'p Passage>) -> Vec<Quoted> {
        let mut quoted: Vec<Quoted> = Vec::new();
        for passage in passages {
            let words = &self.words(&self.paragraphs[passage.paragraph])[passage.range.range()];
            match quoted.last_mut() {
                Some(last) if last.paragraph == passage.paragraph && passage.elided_before == Elided::Yes => {
                    last.text.push_str(" [...] ");
                    last.text.push_str(words);
                }
                _ => quoted.push(Quoted {
                    paragraph: passage.paragraph,
                    text: words.to_owned(),
                    elided_before: passage.elided_before,
                }),
            }
        }
        quoted
    }

    /// Who spoke a paragraph.
    pub fn speaker(&self, paragraph: usize) -> Option<&Attribution> {
        let contribution = self.paragraphs.get(paragraph)?.contribution;
        self.contributions.get(contribution)?.speaker.as_ref()
    }
}
