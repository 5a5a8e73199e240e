//! `rapporteur completions` and `rapporteur man`: what a shell and a reader of manuals want to know of the
//! command line.

use super::desk_arguments::{Completions, Man};
use super::{Ending, Failure, Outcome, command, print};

/// Prints a script that completes commands and options.
pub fn completions(options: &Completions) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut command(), "rapporteur", &mut script);
    print::bytes(&script);
    Ok(Ending::Fine)
}

/// Prints the manual page of the program, or writes one for every command.
pub fn man(options: &Man) -> Outcome {
    match &options.into {
        None => {
            let mut page = Vec::new();
            clap_mangen::Man::new(command()).render(&mut page)?;
            print::bytes(&page);
        }
        Some(folder) => {
            let failed = |error| Failure(format!("{}: {error}", folder.display()));
            std::fs::create_dir_all(folder).map_err(failed)?;
            clap_mangen::generate_to(command(), folder).map_err(failed)?;
        }
    }
    Ok(Ending::Fine)
}
