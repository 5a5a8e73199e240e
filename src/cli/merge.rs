//! `rapporteur merge topic`: two topics made one, with everything that refers to the first; all files or none.

use super::arguments::Site;
use super::check::is_sound_when_moved;
use super::desk_arguments::Merge;
use super::new::site_layout;
use super::{Ending, Outcome, build as build_command, print, schema};
use crate::desk;
use crate::write::replace_together;

/// Merges, unless something is in the way or the site would have a mistake.
pub fn run(site: &Site, command: &Merge) -> Outcome {
    let Merge::Topic { old, into, dry_run } = command;
    let disk = build_command::open(site)?;
    site_layout(&disk)?;
    let refused = |why: &str| {
        print::notice(&format!("{why}; nothing was written"));
        Ok(Ending::Mistakes)
    };
    let merged = match desk::merge_topics(&disk, old, into)? {
        Ok(merged) => merged,
        Err(why) => return refused(&why),
    };
    if !is_sound_when_moved(&disk, site, &merged.edits, (old, into))? {
        return refused("the site would have these mistakes");
    }
    if !site.format.is_data() {
        for line in &merged.lines {
            print::line(&format!("{}{line}", if *dry_run { "would change: " } else { "" }));
        }
    }
    if *dry_run {
        return Ok(Ending::Fine);
    }
    replace_together(disk.root(), &merged.edits)?;
    schema::follow(&disk)?;
    Ok(Ending::Fine)
}
