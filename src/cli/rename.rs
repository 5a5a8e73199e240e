//! `rapporteur rename`: another name in the address, with everything that refers to it; all files or none.

use super::arguments::Site;
use super::check::is_sound_when_moved;
use super::desk_arguments::{Rename, Renamed};
use super::new::site_layout;
use super::{Ending, Outcome, build as build_command, print, schema};
use crate::desk::{self, Named, Thing};
use crate::write::replace_together;
use std::fs;

/// Renames, unless something is in the way or the site would have a mistake.
pub fn run(site: &Site, options: &Rename) -> Outcome {
    let disk = build_command::open(site)?;
    site_layout(&disk)?;
    let refused = |why: &str| {
        print::notice(&format!("{why}; nothing was written"));
        Ok(Ending::Mistakes)
    };
    let thing = |thing: Thing| Named::Thing(thing, options.old.clone());
    let named = match options.what {
        Renamed::Topic => thing(Thing::Topic),
        Renamed::Person => thing(Thing::Person),
        Renamed::Debate => thing(Thing::Debate),
        Renamed::Briefing => thing(Thing::Briefing),
        Renamed::Note => match options.old.split_once('/') {
            Some((debate, id)) => Named::Note(debate.to_owned(), id.to_owned()),
            None => return refused(&format!("`{}` names no note: write it as DEBATE/NOTE", options.old)),
        },
    };
    // The new name of a note may be written as the old one is.
    let new = match (&named, options.new.split_once('/')) {
        (Named::Note(debate, _), Some((of, id))) if of == debate => id,
        _ => options.new.as_str(),
    };
    let renaming = match desk::rename(&disk, &|folder| disk.below(folder), &named, new)? {
        Ok(renaming) => renaming,
        Err(why) => return refused(&why),
    };
    let old = match &named {
        Named::Thing(_, old) | Named::Note(_, old) => old,
    };
    if !is_sound_when_moved(&disk, site, &renaming.edits, (old, new))? {
        return refused("the site would have these mistakes");
    }
    if !site.format.is_data() {
        for line in &renaming.lines {
            print::line(&format!("{}{line}", if options.dry_run { "would change: " } else { "" }));
        }
    }
    if options.dry_run {
        return Ok(Ending::Fine);
    }
    replace_together(disk.root(), &renaming.edits)?;
    schema::follow(&disk)?;
    if let Named::Thing(Thing::Debate, old) = &named {
        let folder = disk.root().join("content/debates").join(old);
        // Folders that hold something of somebody's stay.
        for inner in ["notes", "bodies", "revisions", ""] {
            let _ = fs::remove_dir(folder.join(inner));
        }
    }
    if matches!(named, Named::Note(..)) {
        print::notice(
            "links from elsewhere to the note's former id still land: `former` of its entry has it",
        );
    }
    Ok(Ending::Fine)
}
