//! Whether every file of the site has a place to itself: also where capitals and the ways of composing an
//! accent don't count, and where one address would be a file and a folder at once.

use crate::config::Config;
use crate::diagnostics::{self, Diagnostic, Place};
use crate::export::{Export, Exporter};
use crate::index::Index;
use crate::layout::{Layout, unportable_part};
use crate::model::Site;
use crate::pages::{Planned, Standing};
use crate::text::{SitePath, Source, alike};
use std::collections::BTreeMap;

/// Takes out of the plan and of what is copied the files that stand in another's way, and reports them. Only
/// former addresses and files of `static/` are named freely enough to do so.
pub(super) fn settle_places(
    (layout, config): (&Layout, &Config),
    (site, index): (&Site, &Index),
    plan: &mut Vec<Planned>,
    copied: &mut Vec<(SitePath, String)>,
    remarks: &mut Vec<Diagnostic>,
) {
    if copied.is_empty() && plan.iter().all(|planned| planned.page.standing() != Standing::Former) {
        return;
    }
    let mut taken = Taken::default();
    for planned in plan.iter().filter(|planned| planned.page.standing() != Standing::Former) {
        taken.add(planned.address.output_path());
        planned.share_card(config).into_iter().for_each(|card| taken.add(card));
    }
    let exporter = Exporter::new(config, site, index, plan);
    // The name of a record's text takes a reading of the record, and nothing that is named freely comes near it.
    let is_near = |export: &Export| !export.gives_way() && !matches!(export, Export::PlainText(_));
    let exports = exporter.exports().into_iter().filter(is_near);
    exports.for_each(|export| taken.add(exporter.path(export)));
    // A file of `static/` may take the place of one of these, but nothing can be a folder of its name.
    let mut giving_way = Taken::default();
    let gives_way = exporter.exports().into_iter().filter(|export| export.gives_way());
    gives_way.for_each(|export| giving_way.add(exporter.path(export)));
    plan.retain(|planned| {
        if planned.page.standing() != Standing::Former {
            return true;
        }
        let path = planned.address.output_path();
        let place = || super::place_of(planned, layout, site, index);
        if let Some((name, reason)) = unportable_part(&path) {
            remarks.push(diagnostics::unportable_name(place(), name, reason));
        }
        match taken.in_the_way(&path).or_else(|| giving_way.in_the_way(&path)) {
            Some(other) => {
                remarks.push(diagnostics::unequal_alias(place(), planned.address.as_str(), &other));
                false
            }
            None => {
                taken.add(path);
                true
            }
        }
    });
    copied.retain(|(path, name)| match taken.in_the_way(name).or_else(|| giving_way.in_the_way(name)) {
        Some(other) => {
            let place = Place::file(&Source::new(path.clone(), ""));
            remarks.push(diagnostics::unequal_copy(place, name, &other));
            false
        }
        None => {
            taken.add(name.clone());
            true
        }
    });
}

/// Paths of the output, by their form in which capitals don't count.
#[derive(Default)]
struct Taken(BTreeMap<String, String>);

impl Taken {
    fn add(&mut self, path: String) {
        self.0.entry(alike(&path)).or_insert(path);
    }

    /// The path that a file can't stand beside. The same path to the letter is for others to tell.
    fn in_the_way(&self, path: &str) -> Option<String> {
        let form = alike(path);
        if let Some(other) = self.0.get(&form) {
            return (other != path).then(|| other.clone());
        }
        let above = form.match_indices('/').find_map(|(at, _)| self.0.get(&form[..at]));
        let folder = format!("{form}/");
        let below = self.0.range(folder.clone()..).next().filter(|(other, _)| other.starts_with(&folder));
        above.or(below.map(|(_, other)| other)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::Taken;

    #[test]
    fn a_path_stands_in_the_way_of_its_twin_and_of_a_folder_of_its_name() {
        let mut taken = Taken::default();
        taken.add("old/index.html".into());
        taken.add("x.html".into());
        let in_the_way = |path: &str| taken.in_the_way(path);
        assert_eq!(in_the_way("Old/index.html").as_deref(), Some("old/index.html"));
        assert_eq!(in_the_way("old/index.html"), None, "the same address is told elsewhere");
        assert_eq!(in_the_way("x.html/index.html").as_deref(), Some("x.html"));
        assert_eq!(in_the_way("OLD").as_deref(), Some("old/index.html"));
        assert_eq!(in_the_way("older/index.html"), None);
    }
}
