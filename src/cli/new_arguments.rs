//! The command line of `new`: a flag for every key of the file that is begun.

use super::arguments::day;
use clap::{Args, Subcommand};
use jiff::civil::Date;

/// `new`.
#[derive(Debug, Subcommand)]
pub enum New {
    /// Find words in a debate and append a complete entry for them to a sheet; a draft
    Note(Box<NewNote>),
    /// Begin a debate with a transcript to write or paste into; a draft. `import` makes one out of a file
    Debate(Box<NewDebate>),
    /// Begin a topic
    Topic(NewTopic),
    /// Begin the file of a person
    Person(NewPerson),
    /// Begin a briefing; a draft
    Briefing(NewBriefing),
    /// Begin a page of text
    Page(NewPage),
}

/// What everything that is begun takes.
#[derive(Debug, Default, Clone, Args)]
pub struct Begin {
    /// Open the file in $VISUAL or $EDITOR afterwards
    #[arg(long)]
    pub edit: bool,
    /// Print what would be written; write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What everything that has a file of its own takes.
#[derive(Debug, Default, Clone, Args)]
pub struct Named {
    /// The name in the address [default: from the title]
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    /// An address that it had before; may be given several times
    #[arg(long = "alias", value_name = "ADDRESS")]
    pub aliases: Vec<String>,
    #[command(flatten)]
    pub begin: Begin,
}

/// `new note`.
#[derive(Debug, Args)]
pub struct NewNote {
    /// The debate's slug
    #[arg(value_name = "DEBATE")]
    pub debate: String,
    /// The words, as in the record
    #[arg(long, value_name = "WORDS", required_unless_present = "at")]
    pub quote: Option<String>,
    /// In place of words: a paragraph (p2), a run (p2..p4), a contribution (c3) or `debate`
    #[arg(long, value_name = "PLACE", conflicts_with_all = ["quote", "before"])]
    pub at: Option<String>,
    /// The note's id [default: from the words]
    #[arg(long)]
    pub id: Option<String>,
    /// What the note is
    #[arg(long, default_value = "note")]
    pub kind: String,
    /// A topic; may be given several times
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,
    /// Begin the topics that the site does not have
    #[arg(long)]
    pub create_topic: bool,
    /// The sheet, within the debate's folder
    #[arg(long, value_name = "FILE", default_value = "new.notes.yaml")]
    pub sheet: String,
    /// The words just before, where the quote stands in several places
    #[arg(long)]
    pub before: Option<String>,
    /// The title
    #[arg(long)]
    pub title: Option<String>,
    /// What the note says, in Markdown
    #[arg(long)]
    pub body: Option<String>,
    /// A Markdown file with what it says, from the debate's folder
    #[arg(long, value_name = "FILE", conflicts_with = "body")]
    pub body_file: Option<String>,
    /// Of a definition: the word that it defines
    #[arg(long)]
    pub term: Option<String>,
    /// Another note, as ID or DEBATE/ID; may be given several times
    #[arg(long, value_name = "NOTE")]
    pub see: Vec<String>,
    /// Of a commitment: who must act
    #[arg(long, value_name = "WHO")]
    pub owed_by: Option<String>,
    /// Of a commitment: the words of the quote that say when it is due
    #[arg(long, value_name = "WORDS")]
    pub due_said: Option<String>,
    /// Of a commitment: the last day that fits those words
    #[arg(long, value_name = "DAY", requires = "due_said", value_parser = day)]
    pub due_by: Option<Date>,
    /// Of a commitment, what became of it: not-checked, open, kept, partly, broken or overtaken
    #[arg(long, value_name = "STATE")]
    pub outcome: Option<String>,
    /// Why the outcome is judged so
    #[arg(long, value_name = "TEXT", requires = "outcome")]
    pub outcome_note: Option<String>,
    /// The day on which the outcome was so
    #[arg(long, value_name = "DAY", requires = "outcome", value_parser = day)]
    pub outcome_as_of: Option<Date>,
    /// Of a fact-check: accurate, inaccurate, misleading, unsupported or cannot-be-checked
    #[arg(long)]
    pub verdict: Option<String>,
    /// A source: a key of sources.yaml, an address, or a title; may be given several times
    #[arg(long = "source", value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// The person who is meant by words that do not name them
    #[arg(long, value_name = "PERSON")]
    pub identifies: Option<String>,
    /// How we know who is meant
    #[arg(long, value_name = "TEXT", requires = "identifies")]
    pub basis: Option<String>,
    /// How a slip in the record should read
    #[arg(long, value_name = "WORDS")]
    pub sic: Option<String>,
    /// Words left out of the quote do not change what was said: you have made sure
    #[arg(long)]
    pub elision_reviewed: bool,
    /// Who writes it
    #[arg(long)]
    pub author: Option<String>,
    /// How far it is: draft, or in-review, which needs a --body [default: draft]
    #[arg(long)]
    pub status: Option<String>,
    /// Its day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<Date>,
    /// Not to be published before this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub embargo: Option<Date>,
    #[command(flatten)]
    pub begin: Begin,
}

/// `new debate`.
#[derive(Debug, Args)]
pub struct NewDebate {
    /// The title
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// The day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Date,
    /// The House
    #[arg(long)]
    pub house: Option<String>,
    /// The chamber or room
    #[arg(long)]
    pub chamber: Option<String>,
    /// The sitting
    #[arg(long)]
    pub sitting: Option<String>,
    /// When it began: 16:05
    #[arg(long)]
    pub time: Option<String>,
    /// Who was in the chair: a person's slug, or a name
    #[arg(long)]
    pub chair: Option<String>,
    /// The volume of the official report
    #[arg(long)]
    pub volume: Option<String>,
    /// The columns of the official report
    #[arg(long)]
    pub columns: Option<String>,
    /// The reference as printed
    #[arg(long)]
    pub reference: Option<String>,
    /// What it is about, in Markdown
    #[arg(long)]
    pub summary: Option<String>,
    /// Who published the text
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Where the text was obtained
    #[arg(long, value_name = "URL", requires = "source")]
    pub source_url: Option<String>,
    /// The licence of the text
    #[arg(long)]
    pub licence: Option<String>,
    /// The language of the record
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// A label in the record and the person it means; may be given several times
    #[arg(long = "speaker", value_name = "LABEL=PERSON", value_parser = pair)]
    pub speakers: Vec<(String, String)>,
    /// Not to be published before this moment
    #[arg(long, value_name = "MOMENT")]
    pub embargo: Option<String>,
    #[command(flatten)]
    pub named: Named,
}

/// `new topic`.
#[derive(Debug, Args)]
pub struct NewTopic {
    /// The title
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// A sentence about it
    #[arg(long)]
    pub summary: Option<String>,
    /// A point that the evidence comes to, and where it stands; may be given several times
    #[arg(long = "key-point", value_name = "DEBATE#p2=TEXT", value_parser = pair)]
    pub key_points: Vec<(String, String)>,
    /// A topic a reader may want next; may be given several times
    #[arg(long, value_name = "TOPIC")]
    pub related: Vec<String>,
    /// The topic it is part of
    #[arg(long, value_name = "TOPIC")]
    pub parent: Option<String>,
    /// A colour, as the theme names them
    #[arg(long)]
    pub colour: Option<String>,
    /// Not for readers yet: it is left out until `status` goes from the file
    #[arg(long)]
    pub draft: bool,
    #[command(flatten)]
    pub named: Named,
}

/// `new person`.
#[derive(Debug, Args)]
pub struct NewPerson {
    /// The name in full
    #[arg(value_name = "NAME")]
    pub name: String,
    /// The name that lists sort by: `Poe, Ann`
    #[arg(long, value_name = "NAME")]
    pub sort_name: Option<String>,
    /// A name under which records print the person; may be given several times
    #[arg(long = "alias", value_name = "NAME")]
    pub aliases: Vec<String>,
    /// An office, with its first and last day where they are known; may be given several times
    #[arg(long = "office", value_name = "TITLE[;FROM[;TO]]")]
    pub offices: Vec<String>,
    /// The party
    #[arg(long)]
    pub party: Option<String>,
    /// The constituency
    #[arg(long)]
    pub constituency: Option<String>,
    /// A place elsewhere; may be given several times
    #[arg(long = "link", value_name = "LABEL=URL", value_parser = pair)]
    pub links: Vec<(String, String)>,
    /// An id in another register; may be given several times
    #[arg(long = "id", value_name = "REGISTER=ID", value_parser = pair)]
    pub ids: Vec<(String, String)>,
    /// An address that the person had before; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    pub former: Vec<String>,
    /// Not for readers yet: it is left out until `status` goes from the file
    #[arg(long)]
    pub draft: bool,
    /// The name in the address [default: from the name]
    #[arg(long, value_name = "SLUG")]
    pub slug: Option<String>,
    #[command(flatten)]
    pub begin: Begin,
}

/// `new briefing`.
#[derive(Debug, Args)]
pub struct NewBriefing {
    /// The title
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// A sentence or two about it
    #[arg(long)]
    pub summary: Option<String>,
    /// Who writes it; may be given several times
    #[arg(long = "author", value_name = "NAME")]
    pub authors: Vec<String>,
    /// The day it bears
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<Date>,
    /// Not to be published before this moment
    #[arg(long, value_name = "MOMENT")]
    pub embargo: Option<String>,
    /// Not to be published after this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub expires: Option<Date>,
    /// A topic that it treats; may be given several times
    #[arg(long = "topic", value_name = "TOPIC")]
    pub topics: Vec<String>,
    /// A debate that it draws on; may be given several times
    #[arg(long = "debate", value_name = "DEBATE")]
    pub debates: Vec<String>,
    #[command(flatten)]
    pub named: Named,
}

/// `new page`.
#[derive(Debug, Args)]
pub struct NewPage {
    /// The title
    #[arg(value_name = "TITLE")]
    pub title: String,
    /// A sentence about it
    #[arg(long)]
    pub summary: Option<String>,
    /// Not for readers yet: it is left out until `status` goes from the file
    #[arg(long)]
    pub draft: bool,
    #[command(flatten)]
    pub named: Named,
}

/// Two texts with a `=` between them; the first has none.
fn pair(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("there is no `=` in it")?;
    match name.trim().is_empty() || value.trim().is_empty() {
        true => Err("nothing stands on one side of the `=`".to_owned()),
        false => Ok((name.trim().to_owned(), value.trim().to_owned())),
    }
}
