//! The command line of the editor's desk: what is begun, listed and renamed.

use super::arguments::day;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// `init`.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the new site; made where it is missing [default: this folder]
    #[arg(value_name = "FOLDER")]
    pub folder: Option<PathBuf>,
    /// The title of the site
    #[arg(long, value_name = "TITLE")]
    pub title: Option<String>,
    /// The language of notes and pages, as a BCP 47 tag
    #[arg(long, value_name = "TAG")]
    pub language: Option<String>,
    /// Begin with these transcripts, as `rapporteur import` reads them
    #[arg(long, value_name = "FILE", num_args = 1.., conflicts_with = "empty")]
    pub from: Vec<PathBuf>,
    /// Begin with no debate
    #[arg(long)]
    pub empty: bool,
    /// Begin with the whole example: four sittings of an invented assembly, with a briefing
    #[arg(long, conflicts_with_all = ["empty", "from", "title", "language"])]
    pub example: bool,
    /// Where the workflows get the program: the address of its repository
    #[arg(long, value_name = "ADDRESS")]
    pub program: Option<String>,
    /// Ask nothing: what no option says is taken as it is by default
    #[arg(long, short)]
    pub yes: bool,
}

/// `completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `man`.
#[derive(Debug, Args)]
pub struct Man {
    /// Write a page for each command into this folder, in place of printing the one of the program
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
}

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listed {
    /// Notes
    Notes,
    /// Commitments, with when they are due and what became of them
    Commitments,
    /// Topics, with how many notes and briefings name them
    Topics,
    /// People, with how often they speak
    People,
    /// Debates, with their notes
    Debates,
    /// What readers don't see, and why
    Unpublished,
}

/// How far something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Far {
    /// Not published
    Draft,
    /// Published as being in review
    InReview,
    /// Approved
    Approved,
    /// Withdrawn
    Retracted,
}

impl Far {
    /// The word that sheets have.
    pub fn word(self) -> &'static str {
        match self {
            Far::Draft => "draft",
            Far::InReview => "in-review",
            Far::Approved => "approved",
            Far::Retracted => "retracted",
        }
    }
}

/// How lists are printed.
#[derive(Debug, Clone, Copy, Args)]
pub struct Shown {
    /// As CSV, for a spreadsheet; `--format json` prints an object a line
    #[arg(long)]
    pub csv: bool,
}

/// `list`.
#[derive(Debug, Args)]
pub struct List {
    /// What to list
    #[arg(value_enum)]
    pub what: Listed,
    /// Only notes by this author
    #[arg(long)]
    pub author: Option<String>,
    /// Only what is this far
    #[arg(long, value_enum)]
    pub status: Option<Far>,
    /// Only what has this topic
    #[arg(long)]
    pub topic: Option<String>,
    /// Only what belongs to this debate
    #[arg(long)]
    pub debate: Option<String>,
    /// Only notes of this kind
    #[arg(long)]
    pub kind: Option<String>,
    /// Only what is not from before this day
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub since: Option<jiff::civil::Date>,
    /// Of commitments, only those past due and not known to be kept
    #[arg(long)]
    pub overdue: bool,
    /// Of topics, only those that nothing names; of people, only those who speak nowhere
    #[arg(long)]
    pub unused: bool,
    #[command(flatten)]
    pub shown: Shown,
}

/// `todo`.
#[derive(Debug, Args)]
pub struct ToDo {
    /// How many days ahead is looked
    #[arg(long, value_name = "DAYS", default_value_t = 30)]
    pub within: u16,
    #[command(flatten)]
    pub shown: Shown,
}

/// `theme`.
#[derive(Debug, clap::Subcommand)]
pub enum Theme {
    /// List the themes of the site; the one that it uses is marked
    List,
    /// List the pieces of the default theme, its options, colours and measures, and what the site has of its own
    Show {
        /// Print this piece: its path (`components/note.html`), or its name alone
        #[arg(value_name = "PIECE")]
        piece: Option<String>,
    },
    /// Copy pieces of the default theme into a theme of the site, to change them there
    Copy {
        /// The pieces: paths (`components/note.html`), or names alone
        #[arg(required = true, value_name = "PIECE")]
        pieces: Vec<String>,
        /// The theme [default: the one that the site uses]; begun where it is not there
        #[arg(long, value_name = "THEME")]
        into: Option<String>,
    },
}

/// `merge`.
#[derive(Debug, clap::Subcommand)]
pub enum Merge {
    /// Two topics: what named the first names the second, and its address leads there
    Topic {
        /// The topic that goes
        #[arg(value_name = "OLD")]
        old: String,
        /// The topic that stays
        #[arg(value_name = "INTO")]
        into: String,
        /// Say what would be changed; write nothing
        #[arg(long)]
        dry_run: bool,
    },
}

/// `fmt`.
#[derive(Debug, Args)]
pub struct Fmt {
    /// The debates' slugs [default: all]
    #[arg(value_name = "DEBATE")]
    pub debates: Vec<String>,
    /// Say which are not in order, and end with 1 where there are any; write nothing
    #[arg(long)]
    pub check: bool,
}

/// `rename`.
#[derive(Debug, Args)]
pub struct Rename {
    /// What it is
    #[arg(value_enum)]
    pub what: Renamed,
    /// Its name in the address; of a note DEBATE/ID
    #[arg(value_name = "OLD")]
    pub old: String,
    /// The name that it is to have
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Say what would be changed; write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// What has a name to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Renamed {
    /// A topic
    Topic,
    /// A person
    Person,
    /// A debate
    Debate,
    /// A note
    Note,
    /// A briefing
    Briefing,
}
