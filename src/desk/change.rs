//! Changes to a site that are looked at before they are made: the site as it would be, and what would be
//! wrong only then.

use crate::diagnostics::Diagnostic;
use crate::load::{Sources, Strings};
use crate::write::FileEdit;
use std::collections::BTreeMap;
use std::io;

/// The files of the site with the changes.
///
/// # Errors
/// The machine's.
pub fn with_changes(sources: &dyn Sources, edits: &[FileEdit]) -> io::Result<Strings> {
    let mut files = Strings::default();
    for path in sources.list()?.value {
        if !edits.iter().any(|(changed, ..)| *changed == path) {
            let bytes = sources.read(&path)?;
            files.0.insert(path, bytes);
        }
    }
    for (path, _, after) in edits {
        if let Some(bytes) = after {
            files.0.insert(path.clone(), bytes.clone());
        }
    }
    Ok(files)
}

/// What is reported after and was not before, wherever it stands in its file. `renamed` is a name and the one
/// that it has after.
pub fn only_after(
    before: Vec<Diagnostic>,
    after: Vec<Diagnostic>,
    renamed: Option<(&str, &str)>,
) -> Vec<Diagnostic> {
    let name = |text: &str| renamed.map_or_else(|| text.to_owned(), |(old, new)| text.replace(old, new));
    let key = |one: &Diagnostic| {
        let path = one.place.as_ref().map(|place| name(place.source.path.as_str()));
        (one.code, path, name(&one.message))
    };
    let mut known: BTreeMap<_, usize> = BTreeMap::new();
    before.iter().for_each(|one| *known.entry(key(one)).or_default() += 1);
    let mut new = after;
    new.retain(|one| match known.get_mut(&key(one)) {
        Some(count) if *count > 0 => {
            *count -= 1;
            false
        }
        _ => true,
    });
    new
}
