//! `rapporteur resume`: ends a change of several files that was cut short, forwards or back.

use super::arguments::{Resume, Site};
use super::{Ending, Outcome, build as build_command, print};
use crate::write::{self, Course, Resumed};

/// Ends what was cut short, in the site's folder and in `content`, where decisions about notes are written.
pub fn run(site: &Site, options: &Resume) -> Outcome {
    let disk = build_command::opened(site)?;
    let course = if options.undo { Course::Undo } else { Course::Finish };
    let mut found = false;
    for root in [disk.root().to_owned(), disk.root().join("content")] {
        if !root.is_dir() {
            continue;
        }
        if let Some(Resumed { course, files }) = write::resume(&root, course)? {
            found = true;
            let done = match course {
                Course::Finish => "the change is finished",
                Course::Undo => "the change is taken back",
            };
            if !site.format.is_data() {
                print::line(&format!("{done}: {} written", print::count(files, "file", "files")));
            }
        }
    }
    if !found && !site.format.is_data() {
        print::line("no change was cut short");
    }
    Ok(Ending::Fine)
}
