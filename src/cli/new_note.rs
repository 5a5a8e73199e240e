//! `rapporteur new note`: finds words in a debate and appends a complete entry for them to a sheet.

use super::arguments::{Format, NewNote, Site};
use super::{Ending, Failure, Outcome, build as build_command, lock, print};
use crate::annotation::{self, NewEntry};
use crate::build::{self, Options, layout};
use crate::load::Sources;
use crate::resolve::{self, Volume};
use crate::text::{Fingerprint, SitePath, Source};
use crate::write::{Before, replace_file};
use std::io::ErrorKind;

/// Finds the words and appends the entry. What was in the sheet stays as it was, byte for byte.
pub fn run(site: &Site, options: &NewNote) -> Outcome {
    let disk = build_command::open(site)?;
    let slug = lock::find(&layout(&disk)?.value, &options.debate)?;
    let (debates, _) = build::site_as_read(
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
    if !options.sheet.ends_with(".notes.yaml") || options.sheet.contains('/') {
        return Err(Failure(format!(
            "a sheet's name ends in .notes.yaml and has no folder: `{}`",
            options.sheet
        )));
    }
    let path = SitePath::new(&format!("content/debates/{slug}/{}", options.sheet))
        .ok_or_else(|| Failure("that is no name for a sheet".into()))?;
    let before = match disk.read(&path) {
        Ok(bytes) => {
            Some(String::from_utf8(bytes).map_err(|_| Failure(format!("{path} is not UTF-8 text")))?)
        }
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        Err(error) => return Err(error.into()),
    };
    let taken = |id: &str| {
        volume.note(id).is_some() || before.as_deref().is_some_and(|text| text.contains(&format!("{id}:")))
    };
    let entry = NewEntry {
        id: options.id.clone(),
        at: &found.at,
        quote: &found.quote,
        before: found.before.as_deref(),
        kind: &options.kind,
        topics: &options.topics,
    };
    let text = entry.print(taken).map_err(Failure)?;
    if options.dry_run {
        print::line(text.trim_end());
        return Ok(Ending::Fine);
    }
    let sheet = annotation::append(before.as_deref(), slug.as_str(), &text)
        .map_err(|reason| Failure(format!("{path}: {reason}")))?;
    // Read back before anything is written: an entry that isn't one never reaches the author's file.
    let read = annotation::parse_sheet(&Source::new(path.clone(), sheet.as_str()), slug.as_str());
    if read.diagnostics.iter().any(|diagnostic| diagnostic.severity == crate::diagnostics::Severity::Error) {
        print::diagnostics(&read.diagnostics, site);
        return Ok(Ending::Mistakes);
    }
    let guard =
        before.as_ref().map_or(Before::Absent, |text| Before::Bytes(Fingerprint::of(text.as_bytes())));
    replace_file(disk.root(), &path, guard, sheet.as_bytes())?;
    if site.format != Format::Json {
        print::line(&format!("{path}: added, for {}\n\n{}", found.at, text.trim_end()));
    }
    Ok(Ending::Fine)
}
