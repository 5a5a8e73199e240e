//! `rapporteur new note`: finds words in a debate and appends a complete entry for them to a sheet.

use super::arguments::{Format, NewNote, Site};
use super::{Ending, Failure, Outcome, build as build_command, lock, print};
use crate::annotation::NewEntry;
use crate::build::{self, Options, layout};
use crate::resolve::{self, Volume};
use crate::write::{NoteError, SheetEnd};

/// Finds the words and appends the entry. What was in the sheet stays as it was, byte for byte.
pub fn run(site: &Site, options: &NewNote) -> Outcome {
    let disk = build_command::open(site)?;
    let slug = lock::find(&layout(&disk)?.value, &options.debate)?;
    let build::AsRead { debates, .. } = build::site_as_read(
        &disk,
        &Options { overrides: build_command::overrides(site), ..Options::default() },
    )?;
    let Some(placed) = debates.iter().find(|placed| placed.debate.slug == slug) else {
        return Err(Failure(format!("the debate `{slug}` can't be read: run `rapporteur check`")));
    };
    let volume = Volume::new(&placed.debate);
    let found = match resolve::locate(&volume, &options.quote, options.before.as_deref()) {
        Ok(found) => found,
        Err(lines) => {
            lines.iter().for_each(|line| print::notice(line));
            return Ok(Ending::Mistakes);
        }
    };
    let sheet = SheetEnd::of(&disk, slug.as_str(), &options.sheet)?;
    let entry = NewEntry {
        id: options.id.clone(),
        at: &found.at,
        quote: &found.quote,
        before: found.before.as_deref(),
        kind: &options.kind,
        topics: &options.topics,
    };
    let text = sheet.print(&entry, |id| volume.note(id).is_some())?;
    if options.dry_run {
        print::line(text.trim_end());
        return Ok(Ending::Fine);
    }
    let path = sheet.path.clone();
    match sheet.append(&text) {
        Ok(()) => {}
        Err(NoteError::Mistakes(mistakes)) => {
            print::diagnostics(&mistakes, site);
            return Ok(Ending::Mistakes);
        }
        Err(error) => return Err(error.into()),
    }
    if site.format != Format::Json {
        print::line(&format!("{path}: added, for {}\n\n{}", found.at, text.trim_end()));
    }
    Ok(Ending::Fine)
}
