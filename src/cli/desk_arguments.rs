//! The command line of the editor's desk: what is begun, listed and renamed.

use clap::Args;
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
