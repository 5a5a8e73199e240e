//! The tree of a site as it was last seen, and how it differs from the tree as it is.

use crate::load::{Change, Disk, Stamp};
use crate::text::SitePath;
use std::collections::BTreeMap;
use std::path::Path;

/// The files of a site with what tells a changed one from an unchanged one.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<SitePath, Stamp>);

impl Tree {
    /// Takes over how one file stands now, and says what that changes. `announced` files count as
    /// changed even where the stamp is the same: a save within one tick of the clock shows no other.
    pub fn see(&mut self, path: &SitePath, now: Option<Stamp>, announced: Announced) -> Option<Change> {
        match (self.0.get(path).copied(), now) {
            (None, None) => None,
            (None, Some(stamp)) => {
                self.0.insert(path.clone(), stamp);
                Some(Change::Created(path.clone()))
            }
            (Some(_), None) => {
                self.0.remove(path);
                Some(Change::Deleted(path.clone()))
            }
            (Some(was), Some(stamp)) => {
                self.0.insert(path.clone(), stamp);
                (was != stamp || announced == Announced::Yes).then(|| Change::Changed(path.clone()))
            }
        }
    }

    /// The files that stand otherwise in `other`.
    pub fn differences(&self, other: &Tree) -> Vec<SitePath> {
        let changed = other.0.iter().filter(|(path, stamp)| self.0.get(*path) != Some(stamp));
        let gone = self.0.keys().filter(|path| !other.0.contains_key(*path));
        changed.map(|(path, _)| path).chain(gone).cloned().collect()
    }

    /// The files below a folder, or the file of that path.
    pub fn below(&self, folder: &str) -> Vec<SitePath> {
        let inside = format!("{folder}/");
        let Some(first) = SitePath::new(folder) else { return Vec::new() };
        self.0
            .range(first..)
            .map(|(path, _)| path)
            .take_while(|path| path.as_str().starts_with(folder))
            .filter(|path| path.as_str() == folder || path.as_str().starts_with(&inside))
            .cloned()
            .collect()
    }
}

/// Whether an event named the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// It did.
    Yes,
    /// It was come upon.
    No,
}

/// Whether a path from the root is that of a file which a listing of the site leaves out, as what editors and
/// systems put beside the real one while saving, or of one that is not whole yet.
pub fn is_passing(relative: &str) -> bool {
    Disk::leaves_out(Path::new(relative)) || relative.split('/').any(|name| name.ends_with(".tmp"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(text).expect("a path")
    }

    fn stamp(size: u64) -> Stamp {
        Stamp { size, ..Stamp::default() }
    }

    #[test]
    fn a_tree_tells_how_it_differs_from_another() {
        let tree = |files: &[(&str, u64)]| {
            Tree(files.iter().map(|(name, size)| (path(name), stamp(*size))).collect())
        };
        let was = tree(&[("a", 1), ("b", 1), ("c", 1)]);
        let is = tree(&[("a", 1), ("b", 2), ("d", 1)]);
        assert_eq!(was.differences(&is), [path("b"), path("d"), path("c")]);
    }

    #[test]
    fn a_file_that_an_event_names_counts_even_with_the_same_stamp() {
        let mut tree = Tree::default();
        assert_eq!(tree.see(&path("a"), Some(stamp(1)), Announced::Yes), Some(Change::Created(path("a"))));
        assert_eq!(tree.see(&path("a"), Some(stamp(1)), Announced::No), None);
        assert_eq!(tree.see(&path("a"), Some(stamp(1)), Announced::Yes), Some(Change::Changed(path("a"))));
        assert_eq!(tree.see(&path("a"), None, Announced::No), Some(Change::Deleted(path("a"))));
        assert_eq!(tree.see(&path("a"), None, Announced::Yes), None);
    }

    #[test]
    fn what_editors_put_beside_a_file_is_passing() {
        for name in ["a.md~", "4913", ".a.md.swp", "#a#", ".#a", "a.md___jb_tmp___", ".git"] {
            assert!(is_passing(name), "{name}");
        }
        for name in ["a.md", "a.notes.yaml", "4913.md", "tmp", "static/.well-known/security.txt"] {
            assert!(!is_passing(name), "{name}");
        }
    }
}
