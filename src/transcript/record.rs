//! The types of the record as written: what a transcript says, in order, and where in its source it
//! says so. No ids, no people: those are given later.

pub use crate::model::{
    Align, ContributionKind, Inline, InlineKind, Link, Marker, Naming, Nesting, ParagraphKind, Role, Table,
    Text, Votes,
};
use crate::text::{Source, Span};
use jiff::civil::{Date, Time};

/// A transcript as written. Words are slices of the source wherever the source has them unbroken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transcript {
    /// The text that every [`Span`] and [`Text::Slice`] here points into.
    pub source: Source,
    /// The name of the format that it was read as, from [`super::FORMATS`].
    pub format: &'static str,
    /// The title as printed, where the source has one. A chair line is not a title.
    pub title: Option<Text>,
    /// What the source states about the debate.
    pub details: Details,
    /// Headings and contributions, in the order of the source.
    pub entries: Vec<Entry>,
    /// What stands in the source and is no part of the record, in the order of the source.
    pub furniture: Vec<Furniture>,
}

/// What a source itself states about a debate. What it leaves out stays `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// The house or hall as printed, without its article: `House of Commons`.
    pub house: Option<Text>,
    /// The day.
    pub date: Option<Stated<Date>>,
    /// When the debate, or this part of it, began.
    pub time: Option<Stated<Time>>,
    /// Who was in the chair at the start, as printed: `Mr Dai Havard`.
    pub chair: Option<Text>,
    /// The business that this was a part of, as printed: `Oral Answers to Questions`.
    pub part_of: Option<Text>,
    /// Whether the source says that it holds only a part of the debate.
    pub extract: bool,
    /// The columns of the official report, as printed.
    pub columns: Option<Text>,
    /// The volume of the official report, as printed.
    pub volume: Option<Text>,
    /// The language of the record, as a BCP 47 tag.
    pub language: Option<Box<str>>,
    /// Where the source says that it was obtained.
    pub url: Option<Box<str>>,
    /// The licence that the source states for itself.
    pub licence: Option<Box<str>>,
    /// The people whom the source describes, by their ids in it.
    pub people: Vec<DescribedPerson>,
    /// The bodies that the source describes: parties, governments.
    pub bodies: Vec<super::lists::Body>,
    /// What the source counts of itself, as `(element, count)`: `("u", 22)`.
    pub counts: Vec<(Box<str>, u64)>,
}

/// A person as a source describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DescribedPerson {
    /// The id in the source.
    pub id: Box<str>,
    /// The name.
    pub name: Box<str>,
    /// The name that lists sort by, where the source tells a surname from other names: `Poe, Ann`.
    pub sort_name: Option<Box<str>>,
    /// Further ids that the same register has for the person.
    pub ids: Vec<Box<str>>,
    /// Parties, offices and the like, with their days as written: `2019-05-21`.
    pub affiliations: Vec<Affiliation>,
}

/// What somebody belonged to, and when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Affiliation {
    /// Its kind, as the source names it: `member`, `minister`.
    pub role: Box<str>,
    /// Its name.
    pub name: Box<str>,
    /// The id of the body that it is in, where the source refers to one: `party.XP`.
    pub body: Option<Box<str>>,
    /// The first day, as written.
    pub from: Option<Box<str>>,
    /// The last day, as written.
    pub to: Option<Box<str>>,
}

/// A value as printed, and as read where it could be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// The words.
    pub text: Text,
    /// What they mean; `None` where they could not be read without guessing.
    pub value: Option<T>,
}

/// One entry of the record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A heading between contributions.
    Heading {
        /// From 1, as in HTML.
        level: u8,
        /// Its words.
        text: Text,
        /// The heading in the source, with its markup.
        span: Span,
    },
    /// What one speaker said, or what happened.
    Contribution(Contribution),
}

/// One contribution: a speech, or a procedural note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contribution {
    /// Who spoke, as printed. `None` where the source names nobody: nobody is guessed.
    pub speaker: Option<Label>,
    /// Whether these are words spoken.
    pub kind: ContributionKind,
    /// When it began. Only where it is printed; a page of TheyWorkForYou leaves a time out that
    /// equals the one before.
    pub time: Option<Stated<Time>>,
    /// The reference of the official report, as printed: `HC Deb, 20 December 2012, c330WH`.
    pub reference: Option<Text>,
    /// The column of the official report that it begins in, as printed.
    pub column: Option<Box<str>>,
    /// From the line that names the speaker to the end of the words.
    pub span: Span,
    /// Its paragraphs; none where the source names a speaker and gives no words.
    pub paragraphs: Vec<Paragraph>,
}

impl Contribution {
    /// A contribution of this kind at `span`, by nobody named yet, whose paragraphs follow.
    pub fn of(kind: ContributionKind, span: Span) -> Self {
        Contribution {
            speaker: None,
            kind,
            time: None,
            reference: None,
            column: None,
            span,
            paragraphs: Vec::new(),
        }
    }
}

/// A speaker as the source has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// `Mark Harper`, `Hon. Members`; what stands in a name's place where none is printed.
    pub name: Text,
    /// Whether that is printed over the words, and what it is otherwise.
    pub naming: Naming,
    /// What is printed with the name: `The Minister for Immigration`, `Slough, Lab`.
    pub detail: Option<Text>,
    /// The id by which the source knows the speaker: `uk.org.publicwhip/member/1798`.
    pub id: Option<Box<str>>,
    /// In what part the speaker speaks, where the source says so.
    pub role: Role,
    /// The whole line or heading that names the speaker. A speech that goes on after a procedural
    /// contribution carries the label, and so the span, that it began with.
    pub span: Span,
}

/// A block of words: what gets an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// What kind of block it is.
    pub kind: ParagraphKind,
    /// How deep it stands in block quotes and lists.
    pub nesting: Nesting,
    /// Its words. A line break is `\n`, whatever the source uses.
    pub text: Text,
    /// The marked-up parts of `text`, by start, the outer before the inner.
    pub inlines: Box<[Inline]>,
    /// The language, as a BCP 47 tag, where the source states one for the block.
    pub language: Option<Box<str>>,
    /// The block in the source, with its markup.
    pub span: Span,
}

/// Something in the source that is no part of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// Where it stands, with its markup.
    pub span: Span,
}

/// What a piece of furniture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FurnitureKind {
    /// The line under a page's title: house, time and date.
    Intro,
    /// The line that says who is in the chair at the start.
    Chair,
    /// A link, button or caption of the site that the text was copied from.
    SiteLink,
    /// A line that stands for a speaker's picture.
    Photo,
    /// A reference to the official report.
    Citation,
    /// The name of a division or of its list of votes.
    Division,
    /// A time that belongs to no contribution.
    Time,
    /// A speaker's heading that repeats the one before.
    RepeatedLabel,
    /// A comment, which other tools of the format leave out too.
    Comment,
    /// A heading without words, which ends a speech.
    EmptyHeading,
    /// A block of metadata at the head of the file.
    FrontMatter,
    /// The definition of a link's address.
    LinkDefinition,
    /// Data about the source and not of the record: a header, a table of contents, an index.
    Apparatus,
    /// A remark of those who made the file, such as `End of debateSection.`
    EditorialNote,
    /// What a source says of the debate as a whole: its title, its day. It is shown above the record.
    Particular,
    /// The words of a mark between words: the number of a column, a time.
    Mark,
    /// The number or the name of a caption.
    CueName,
    /// A code for the place or the look of a caption, or the sign for a change of speaker.
    CaptionCode,
    /// A caption that an earlier one has shown already.
    RepeatedCaption,
    /// The hyphen of a word that the end of a printed line divides.
    LineHyphen,
    /// Words that the file gives a second time, one by one or all at once.
    RepeatedWords,
    /// A value of a data format that is no words: an id, a kind, an address.
    Field,
}

impl FurnitureKind {
    /// Why it is no part of the record, for people: `rapporteur import --explain` prints it.
    pub fn reason(self) -> &'static str {
        match self {
            FurnitureKind::Intro => "the line under the page's title: house, time and day",
            FurnitureKind::Chair => "who is in the chair at the start",
            FurnitureKind::SiteLink => "a link or a button of the site that it was copied from",
            FurnitureKind::Photo => "the line of a speaker's picture",
            FurnitureKind::Citation => "a reference to the official report",
            FurnitureKind::Division => "the name of a division",
            FurnitureKind::Time => "a time",
            FurnitureKind::RepeatedLabel => "a speaker's name that only repeats who speaks",
            FurnitureKind::Comment => "a comment, which other tools leave out too",
            FurnitureKind::EmptyHeading => "a heading without words, which ends a speech",
            FurnitureKind::FrontMatter => "data at the head of the file",
            FurnitureKind::LinkDefinition => "the address of a link",
            FurnitureKind::Apparatus => "data about the file: a header, a table of contents, an index",
            FurnitureKind::EditorialNote => "a remark of those who made the file",
            FurnitureKind::Particular => "the title, the day and the like, shown above the record",
            FurnitureKind::Mark => "the mark of a column or of a time",
            FurnitureKind::CueName => "the number or the name of a caption",
            FurnitureKind::CaptionCode => {
                "a code for the look of a caption, or a sign for a change of speaker"
            }
            FurnitureKind::RepeatedCaption => "words that an earlier caption has shown already",
            FurnitureKind::LineHyphen => "the hyphen of a word that the end of a line divides",
            FurnitureKind::RepeatedWords => "the same words again, one by one or all at once",
            FurnitureKind::Field => "a value that is no words: an id, a kind, an address",
        }
    }
}
