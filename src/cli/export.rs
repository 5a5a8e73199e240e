//! `rapporteur export`: the record of a debate in a format that other programs read.

use super::arguments::{Export as Options, Site};
use super::{Ending, Failure, Outcome, build, lock, print};
use crate::diagnostics::Checked;
use crate::import::Known;
use crate::layout::layout;
use crate::load::Disk;
use crate::model::Naming;
use crate::pipeline::parse_debate;
use crate::transcript::{Contribution, Entry, FORMATS, Text};

/// Prints the record of a debate.
pub fn run(site: &Site, options: &Options) -> Outcome {
    let disk = build::open(site)?;
    let layout = layout(&disk)?.value;
    let slug = lock::find(&layout, &options.debate)?;
    let printers = FORMATS.iter().filter_map(|format| Some((format.name, format.print?)));
    let Some((_, printer)) = printers.clone().find(|(name, _)| *name == options.to) else {
        let names: Vec<_> = printers.map(|(name, _)| name).collect();
        return Err(Failure(format!("a record can be exported as {}", names.join(" or "))));
    };
    let Checked { value: written, diagnostics } = parse_debate(&disk, &slug, &layout.debates[&slug])?;
    let Some(mut written) = written else {
        print::diagnostics(&diagnostics, site);
        return Ok(Ending::Mistakes);
    };
    let raw = &written.particulars.raw;
    let transcript = &mut written.transcript;
    // What the editor says of the debate is said over what its source says.
    transcript.title = Some(Text::Owned(raw.title.as_str().into()));
    if let Ok(day) = raw.date.parse() {
        let text = Text::Owned(raw.date.as_str().into());
        transcript.details.date = Some(crate::transcript::Stated { text, value: Some(day) });
    }
    if let Some(language) = &raw.language {
        transcript.details.language = Some(language.as_str().into());
    }
    // Where the record prints no name, whoever it is has the name of their file.
    let known = Known::read(&Disk::open(&disk.root().join("content"))?)?;
    let source = transcript.source.clone();
    for entry in &mut transcript.entries {
        let Entry::Contribution(Contribution { speaker: Some(label), .. }) = entry else { continue };
        if label.naming == Naming::Printed {
            continue;
        }
        let person =
            raw.speakers.get(label.name.of(&source)).and_then(|slug| known.people.get(slug.as_str()));
        let name = person.and_then(|file| file.raw.name.as_deref());
        if let Some(name) = name.or_else(|| known.name_of(label.id.as_deref()?)) {
            label.name = Text::Owned(name.into());
        }
    }
    print::line(printer(transcript).trim_end());
    Ok(Ending::Fine)
}
