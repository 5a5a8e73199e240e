//! The command line.

use super::desk_arguments::{Completions, Fmt, Init, List, Man, Merge, Rename, Shown, Theme, ToDo};
use super::new_arguments::New;
use crate::config::AsOf;
use crate::yaml::{has_form_of_date, parse_date};
use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::civil::Date;
use std::path::PathBuf;

/// Makes a static site of debate briefings: the record, verbatim, with the notes that editors layer
/// over it.
///
/// Without a command it builds the site in this folder into `output/`.
#[derive(Debug, Parser)]
#[command(name = "rapporteur", version, after_help = EXAMPLES)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The site, and how to speak of it.
    #[command(flatten)]
    pub site: Site,
}

const EXAMPLES: &str = "\
Examples:
  rapporteur init my-site                      begin a site of your own
  rapporteur                                   build the site in this folder
  rapporteur serve --open                      preview it while you edit
  rapporteur check                             read everything, as published and with drafts, and say what is wrong
  rapporteur check-quotes speech.md            are these quotations right?
  rapporteur new note 2012-12-20-human-trafficking --quote \"the guidance is clear\"
  rapporteur review                            what waits for somebody to look at it
  rapporteur approve 2012-12-20-human-trafficking/scoping-review --by \"Legal desk\"
  rapporteur explain lost-quote                what a message means

Exit codes: 0 fine, 1 the content has mistakes, 2 usage or the machine.";

/// What every command takes.
#[derive(Debug, Clone, Args)]
pub struct Site {
    /// The folder that holds rapporteur.yaml [default: this folder, or the nearest above that has one]
    #[arg(long = "root", global = true, value_name = "DIR")]
    pub given_root: Option<PathBuf>,
    /// The folder of the site, as given or found.
    #[arg(skip)]
    pub root: PathBuf,
    /// Where the site is written [default: output/ in the root]
    #[arg(long, global = true, value_name = "DIR")]
    pub output: Option<PathBuf>,
    /// The address that the site will have; over the one in rapporteur.yaml
    #[arg(long, global = true, value_name = "URL")]
    pub base_url: Option<String>,
    /// The theme; over the one in rapporteur.yaml
    #[arg(long, global = true, value_name = "NAME")]
    pub theme: Option<String>,
    /// Show drafts, marked as such: a review build
    #[arg(long, global = true)]
    pub drafts: bool,
    /// The day at which embargoes, expiries and due dates are judged: YYYY-MM-DD, or `today`
    #[arg(long, global = true, value_name = "DAY")]
    pub as_of: Option<AsOf>,
    /// Count a warning with this code as an error; `warnings` means all of them
    #[arg(long, global = true, value_name = "CODE")]
    pub deny: Vec<String>,
    /// How messages are printed
    #[arg(long, global = true, value_enum, default_value_t = Format::Human)]
    pub format: Format,
    /// Print how long each stage took; with `=trace`, write a trace for the trace viewer of a browser instead
    #[arg(long, global = true, value_enum, value_name = "AS", num_args = 0..=1, require_equals = true, default_missing_value = "table")]
    pub timings: Option<TimingsAs>,
}

/// How the times of a build are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TimingsAs {
    /// Lines: the stages, and what each kind of file cost.
    Table,
    /// A file in the Trace Event Format: every stage and every file, by thread.
    Trace,
}

/// A day on the command line.
///
/// # Errors
/// How it is to be written, or that there is no such day.
pub fn day(text: &str) -> Result<Date, String> {
    match parse_date(text) {
        Some(day) => Ok(day),
        None if has_form_of_date(text) => Err("the calendar has no such day".to_owned()),
        None => Err("write a day as YYYY-MM-DD, like 2024-02-29".to_owned()),
    }
}

/// How messages are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// With the words underlined
    Human,
    /// One line each
    Short,
    /// One JSON object a line
    Json,
    /// Annotations of a GitHub workflow, shown beside the lines of a pull request
    Github,
    /// One SARIF 2.1.0 log, for editors and code hosts
    Sarif,
}

impl Format {
    /// Whether the output is data for a program, and holds nothing else.
    pub fn is_data(self) -> bool {
        matches!(self, Format::Json | Format::Sarif)
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Begin a site: configuration, a debate to play with, workflows that publish it
    Init(Init),
    /// Build the site
    Build(Build),
    /// Preview the site in a browser while you edit it; nothing is written
    Serve(Serve),
    /// Say what is wrong with the site, as published and with drafts; write nothing
    Check(Check),
    /// Compare the quotations in any Markdown, text or HTML file with the debates of this site
    CheckQuotes(CheckQuotes),
    /// Begin something new
    #[command(subcommand)]
    New(New),
    /// List notes, commitments, topics, people, debates, or what is not published
    List(List),
    /// Count what the site holds
    Stats(Shown),
    /// List what waits for somebody: reviews, days that come, notes whose words have no place
    Todo(ToDo),
    /// Make debates out of files obtained elsewhere, or a new revision of one that is there
    Import(Import),
    /// Who the site knows, and two files that are one person made one
    #[command(subcommand)]
    People(People),
    /// Give a topic, person, debate, note or briefing another name, with everything that refers to it
    Rename(Rename),
    /// See what themes are made of, and copy a piece to change it
    #[command(subcommand)]
    Theme(Theme),
    /// Make two things one, with everything that refers to the first
    #[command(subcommand)]
    Merge(Merge),
    /// Finish a change of several files that was cut short, or take it back
    Resume(Resume),
    /// Put the entries of sheets in the order of the record; remarks go along
    Fmt(Fmt),
    /// List the formats of transcripts that are read, and how each is recognised
    Formats,
    /// Accept what a revision of the record did to the words of notes: their sheets quote the new ones
    Accept(Accept),
    /// Approve notes as they stand: in their sheets, with who and when, and in the lock
    Approve(Approve),
    /// List what waits for review, and which approvals lapsed and why
    Review(Review),
    /// Print the record of a debate as Akoma Ntoso 3.0 or as Markdown
    Export(Export),
    /// Write down what the site publishes, so that `check` holds it to that
    Ledger(Ledger),
    /// Record the revision of a debate's transcript and the ids of its paragraphs and contributions
    Lock(Lock),
    /// Serve an editor as a language server, on standard input and output
    Lsp(Lsp),
    /// Write the JSON Schema of annotation sheets, for editors, into .rapporteur/
    Schema,
    /// Explain a message by its code; without a code, list them
    Explain(Explain),
    /// Print what makes a shell complete commands and options
    Completions(Completions),
    /// Print the manual page
    Man(Man),
}

/// `build`.
#[derive(Debug, Default, Args)]
pub struct Build {
    /// Publish what is sound even if there are mistakes: for a deadline
    #[arg(long)]
    pub keep_going: bool,
    /// Use nothing that an earlier build kept: make every page again
    #[arg(long)]
    pub fresh: bool,
    /// Take over an output folder with a site that another machine built, as a clone has it: what is in it and
    /// not of the new site goes
    #[arg(long)]
    pub adopt: bool,
    /// Say which pages and other files changed, and because of which files
    #[arg(long)]
    pub changes: bool,
    /// Build again whenever a file changes, until Ctrl-C
    #[arg(long)]
    pub watch: bool,
    /// With --watch: look for changes again and again, where the system gives no notice of them
    #[arg(long, requires = "watch")]
    pub poll: bool,
}

/// `serve`.
#[derive(Debug, Args)]
pub struct Serve {
    /// The port [default: the first free one from 4000]
    #[arg(long, value_name = "PORT")]
    pub port: Option<u16>,
    /// The address to listen at; any but this machine's own lets others read your drafts
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    pub host: std::net::IpAddr,
    /// A further name under which browsers may ask, for forwarded ports; may be given several times
    #[arg(long, value_name = "NAME")]
    pub allow_host: Vec<String>,
    /// Open the preview in your browser
    #[arg(long)]
    pub open: bool,
    /// Show only what a build would publish; drafts are shown otherwise
    #[arg(long)]
    pub no_drafts: bool,
    /// Look for changes again and again, where the system gives no notice of them
    #[arg(long)]
    pub poll: bool,
    /// The editor that links to the sources open: code, zed, idea, … or an address with {path} and {line}
    #[arg(long, value_name = "EDITOR")]
    pub editor: Option<String>,
}

/// What `check` is asked to do.
#[derive(Debug, Args)]
pub struct Check {
    /// Use nothing that an earlier check kept: read every file again
    #[arg(long)]
    pub fresh: bool,
    /// Look at the finished site too (does every address in it lead somewhere?), and say what somebody should
    /// look at: what nobody uses, what is overdue, doubled, without source or licence
    #[arg(long)]
    pub thorough: bool,
    /// Ask for every address elsewhere that the finished site leads to: slow, politely, and remembered
    #[arg(long)]
    pub external: bool,
    /// Say only what was not wrong at this revision of the repository already
    #[arg(long, value_name = "REVISION")]
    pub changed_since: Option<String>,
}

/// `check-quotes`.
#[derive(Debug, Args)]
pub struct CheckQuotes {
    /// The files; `-` for what is piped in
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// What the files are, where their names don't say it
    #[arg(long = "as", value_name = "FORM")]
    pub read_as: Option<ReadAs>,
}

/// What a document is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ReadAs {
    /// Markdown
    Markdown,
    /// Plain text
    Text,
    /// HTML
    Html,
    /// A document of a word processor, Office Open XML
    Docx,
    /// A document of a word processor, OpenDocument
    Odt,
}

/// `import`.
#[derive(Debug, Default, Args)]
pub struct Import {
    /// Transcripts, in any format that `rapporteur formats` lists; lists of people, too
    #[arg(required_unless_present = "people", value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The folder that holds debates, or one debate that is there [default: content/debates]
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,
    /// Only the debates with this id, or with these words in their title
    #[arg(long, value_name = "ID|TITLE")]
    pub select: Vec<String>,
    /// Import what holds no speech, too: prayers, orders, a heading with a time
    #[arg(long)]
    pub procedure: bool,
    /// At what a file of many debates is divided [default: headings; day for Akoma Ntoso]
    #[arg(long, value_enum, value_name = "WHERE")]
    pub split: Option<SplitAt>,
    /// The title, where the file has none or another is better
    #[arg(long)]
    pub title: Option<String>,
    /// The day, where the file does not say it: YYYY-MM-DD
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub date: Option<Date>,
    /// The licence of the text, where the file does not state it
    #[arg(long)]
    pub licence: Option<String>,
    /// Who published the text [default: the file's name]
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// A list of people, who are named by it: TEI's listPerson, a corpus with one, Popolo's JSON; several, too
    #[arg(long, value_name = "FILE")]
    pub people: Vec<PathBuf>,
    /// The format, where it can't be told; `rapporteur formats` lists them
    #[arg(long, value_name = "NAME")]
    pub transcript_format: Option<String>,
    /// List what is set apart and is no part of the record, with the reason and the line
    #[arg(long)]
    pub explain: bool,
    /// Say what would be done; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Import a revision even where it loses more of the old one than is likely to be meant
    #[arg(long)]
    pub force: bool,
}

/// `people`.
#[derive(Debug, Subcommand)]
pub enum People {
    /// List the people of the site: slug, name, name that lists sort by, ids
    List,
    /// Make two people one: whatever refers to the first refers to the second, whose file takes over the rest
    Merge(MergePeople),
}

/// `resume`.
#[derive(Debug, Args)]
pub struct Resume {
    /// Put the files back as they were before the change
    #[arg(long)]
    pub undo: bool,
}

/// `people merge`.
#[derive(Debug, Args)]
pub struct MergePeople {
    /// The person whose file goes
    #[arg(value_name = "GONE")]
    pub gone: String,
    /// The person whose file stays
    #[arg(value_name = "KEPT")]
    pub kept: String,
    /// Say what would be changed; write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `accept`.
#[derive(Debug, Args)]
pub struct Accept {
    /// The notes: their ids, or DEBATE/ID; with --all debates
    #[arg(required_unless_present = "all", value_name = "NOTE")]
    pub notes: Vec<String>,
    /// Every note that waits to be accepted, in the debates that are named or in all
    #[arg(long)]
    pub all: bool,
    /// Show the words; write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `approve`.
#[derive(Debug, Args)]
pub struct Approve {
    /// The notes, each as DEBATE/NOTE
    #[arg(required = true, value_name = "DEBATE/NOTE")]
    pub notes: Vec<String>,
    /// Who approves: a role or a name
    #[arg(long, value_name = "ROLE")]
    pub by: String,
    /// The day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub on: Option<Date>,
}

/// `review`.
#[derive(Debug, Args)]
pub struct Review {
    /// The debates' slugs [default: all]
    #[arg(value_name = "DEBATE")]
    pub debates: Vec<String>,
}

/// `export`.
#[derive(Debug, Args)]
pub struct Export {
    /// The debate
    pub debate: String,
    /// The format: akoma-ntoso or markdown
    #[arg(long, value_name = "FORMAT", default_value = "akoma-ntoso")]
    pub to: String,
}

/// At what a file of many debates is divided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SplitAt {
    /// At its headings: a debate for each
    Headings,
    /// At its days: a sitting for each
    Day,
}

/// `ledger`.
#[derive(Debug, Args)]
pub struct Ledger {
    /// Take an address out, with everything on its page; may be given several times
    #[arg(long, value_name = "ADDRESS")]
    pub forget: Vec<String>,
    /// Say what would be changed; write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// `lock`.
#[derive(Debug, Args)]
pub struct Lock {
    /// The debates' slugs [default: all that have no lock]. A lock that a merge left in pieces is put together
    #[arg(value_name = "DEBATE")]
    pub debates: Vec<String>,
}

/// `lsp`.
#[derive(Debug, Args)]
pub struct Lsp {
    /// What editors add that know several ways; there is only this one
    #[arg(long, hide = true)]
    pub stdio: bool,
}

/// `explain`.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as printed in brackets
    pub code: Option<String>,
}
