//! Room `cli`: arguments to commands, commands to exit codes. One file per command; the only room
//! that prints.

mod accept;
mod approve;
mod arguments;
mod build;
mod changes;
mod check;
mod check_quotes;
mod clock;
mod desk_arguments;
mod explain;
mod export;
mod fmt;
mod formats;
mod import;
mod import_report;
mod init;
mod ledger;
mod list;
mod lock;
mod lsp;
mod machine;
mod merge;
mod new;
mod new_arguments;
mod new_note;
mod people;
mod print;
mod rename;
mod resume;
mod review;
mod schema;
mod serve;
mod shell;
mod since;
mod theme;
mod timings;

use crate::desk::site_above;
use arguments::{Arguments, Command};
use clap::{CommandFactory, Parser};
use std::path::PathBuf;
use std::process::ExitCode;

/// How a command ended, as its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Fine: 0.
    Fine,
    /// The content or the configuration has errors: 1.
    Mistakes,
    /// A signal ended it: 128 and the signal's number, as shells have it.
    Signal(u8),
}

/// Usage, machine or environment: exit code 2.
#[derive(Debug)]
pub struct Failure(String);

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.to_string())
    }
}

type Outcome = Result<Ending, Failure>;

/// The command line as it is defined, for what documents it.
pub fn command() -> clap::Command {
    Arguments::command()
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    machine::keep_from_dying_of_a_limit();
    machine::keep_from_aborting();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and the version go to the output, what is wrong goes beside it.
            print::note(error.print());
            return ended(ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)));
        }
    };
    if let Err(Failure(message)) = machine::find_threads() {
        print::failure(&message);
        return ExitCode::from(2);
    }
    let Arguments { command, mut site } = arguments;
    site.root = site.given_root.clone().unwrap_or_else(found_root);
    let outcome = match command.unwrap_or(Command::Build(arguments::Build::default())) {
        Command::Init(options) => init::run(&site, &options),
        Command::Build(options) if options.watch => serve::build_again(&site, &options),
        Command::Build(options) => build::run(&site, &options),
        Command::Serve(options) => serve::run(&site, &options),
        Command::Check(options) => check::run(&site, &options),
        Command::CheckQuotes(options) => check_quotes::run(&site, &options),
        Command::New(command) => new::run(&site, &command),
        Command::Accept(options) => accept::run(&site, &options),
        Command::Approve(options) => approve::run(&site, &options),
        Command::Review(options) => review::run(&site, &options),
        Command::List(options) => list::run(&site, &options),
        Command::Stats(shown) => list::stats(&site, shown),
        Command::Todo(options) => list::to_do(&site, &options),
        Command::Export(options) => export::run(&site, &options),
        Command::Formats => formats::run(),
        Command::Import(options) => import::run(&site, &options),
        Command::People(command) => people::run(&site, &command),
        Command::Rename(options) => rename::run(&site, &options),
        Command::Resume(options) => resume::run(&site, &options),
        Command::Ledger(options) => ledger::run(&site, &options),
        Command::Lock(options) => lock::run(&site, &options),
        Command::Theme(command) => theme::run(&site, &command),
        Command::Merge(command) => merge::run(&site, &command),
        Command::Fmt(options) => fmt::run(&site, &options),
        Command::Lsp(_) => lsp::run(&site),
        Command::Schema => schema::run(&site),
        Command::Explain(options) => explain::run(&options),
        Command::Completions(options) => shell::completions(&options),
        Command::Man(options) => shell::man(&options),
    };
    ended(match outcome {
        Ok(Ending::Fine) => ExitCode::SUCCESS,
        Ok(Ending::Mistakes) => ExitCode::from(1),
        Ok(Ending::Signal(signal)) => ExitCode::from(128 + signal),
        Err(Failure(message)) => {
            print::failure(&message);
            ExitCode::from(2)
        }
    })
}

/// The exit code, unless the output has not taken all that was printed: half of a record is none.
fn ended(code: ExitCode) -> ExitCode {
    match print::end() {
        Some(error) => {
            print::failure(&format!(
                "cannot write to the standard output: {error}; what was written is not whole"
            ));
            ExitCode::from(2)
        }
        None => code,
    }
}

/// The folder of the site where none is named: this one, or the nearest above that holds one.
fn found_root() -> PathBuf {
    let here = PathBuf::from(".");
    let found =
        std::env::current_dir().ok().and_then(|folder| site_above(&folder).map(|site| (folder, site)));
    match found {
        Some((folder, site)) if folder != site => site,
        _ => here,
    }
}
