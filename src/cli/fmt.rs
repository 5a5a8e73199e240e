//! `rapporteur fmt`: sheets in the order of the record, all of them or none.

use super::arguments::Site;
use super::desk_arguments::Fmt;
use super::{Ending, Outcome, build as build_command, print};
use crate::config::{Drafts, Overrides};
use crate::desk;
use crate::import::restored;
use crate::load::{Change, Sources, text};
use crate::pipeline::{self, Memos, OnError, Options};
use crate::text::Fingerprint;
use crate::write::{Before, FileEdit, replace_together};

/// Puts the sheets of the debates that are named in order, or of all.
pub fn run(site: &Site, options: &Fmt) -> Outcome {
    let disk = build_command::open(site)?;
    let overrides = Overrides { drafts: Drafts::Shown, ..build_command::overrides(site) };
    let asked = Options { overrides, on_error: OnError::KeepGoing };
    let edition = pipeline::edition(&disk, &[Change::Rescan], &mut Memos::default(), &asked)?;
    let layout = edition.layout();
    if let Some(unknown) = options.debates.iter().find(|slug| !layout.debates.contains_key(slug.as_str())) {
        print::notice(&desk::unknown(desk::Thing::Debate, unknown, layout));
        return Ok(Ending::Mistakes);
    }
    let mut edits: Vec<FileEdit> = Vec::new();
    for (slug, files) in &layout.debates {
        if !options.debates.is_empty() && !options.debates.iter().any(|one| one == slug.as_str()) {
            continue;
        }
        let debate = edition.site.debates.iter().find(|debate| debate.slug == *slug);
        for path in &files.sheets {
            let bytes = disk.read(path)?;
            let before = Before::Bytes(Fingerprint::of(&bytes));
            let Ok(original) = String::from_utf8(bytes.clone()) else { continue };
            let Some(source) = text(path, bytes).value else { continue };
            let sorted = desk::in_order(&source, debate.map(|debate| &**debate));
            if let Some(after) = sorted.and_then(|sorted| restored(&original, &sorted)) {
                edits.push((path.clone(), before, Some(after.into_bytes())));
            }
        }
    }
    if !site.format.is_data() {
        for (path, ..) in &edits {
            print::line(&format!("{}{path}", if options.check { "not in order: " } else { "" }));
        }
    }
    if options.check {
        return Ok(if edits.is_empty() { Ending::Fine } else { Ending::Mistakes });
    }
    replace_together(disk.root(), &edits)?;
    Ok(Ending::Fine)
}
