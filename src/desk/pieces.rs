//! The pieces of themes: what there is to copy, what a theme of the site has of its own, and whether the
//! original has changed since.

use crate::load::{self, Embedded, Sources};
use crate::text::{Fingerprint, SitePath, nearest};
use std::collections::BTreeMap;
use std::io;

/// Where a theme keeps from what it copied: a line for each piece, with the fingerprint of the original.
pub const COPIED: &str = "copied.txt";

/// The pieces of the theme that the program carries: their path in it, and their bytes.
pub fn pieces() -> BTreeMap<String, &'static [u8]> {
    let files = Embedded::files();
    files
        .filter_map(|(path, bytes)| Some((path.as_str().strip_prefix("themes/default/")?.to_owned(), bytes)))
        .collect()
}

/// The piece that a name means: its path, or its last part with or without its ending. Otherwise what to say.
///
/// # Errors
/// What to say where it means none, or several.
pub fn piece(name: &str) -> Result<String, String> {
    let pieces = pieces();
    if pieces.contains_key(name) {
        return Ok(name.to_owned());
    }
    let last = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
    let bare = |path: &str| last(path).split('.').next().unwrap_or_default().to_owned();
    let exact: Vec<&String> = pieces.keys().filter(|path| last(path) == name || bare(path) == name).collect();
    match exact.as_slice() {
        [one] => Ok((*one).clone()),
        [] => {
            let names: Vec<String> =
                pieces.keys().flat_map(|path| [path.clone(), last(path), bare(path)]).collect();
            let near = nearest(name, names.iter().map(String::as_str));
            let help = near.map_or("`rapporteur theme show` lists them".to_owned(), |near| {
                format!("did you mean `{near}`?")
            });
            Err(format!("there is no piece `{name}`; {help}"))
        }
        several => {
            let paths: Vec<&str> = several.iter().map(|path| path.as_str()).collect();
            Err(format!("`{name}` may be {}", paths.join(" or ")))
        }
    }
}

/// What a theme of the site has in the place of a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// One of its own.
    Written,
    /// A copy whose original is as it was.
    Copied,
    /// A copy whose original has changed since.
    Outdated,
}

/// What the theme `name` of the site has of its own, by the path in it.
///
/// # Errors
/// The machine's.
pub fn own_pieces(site: &dyn Sources, name: &str) -> io::Result<BTreeMap<String, Own>> {
    let prefix = format!("themes/{name}/");
    let mut own = BTreeMap::new();
    let copied = copied(site, name)?;
    let originals = pieces();
    for path in site.list()?.value {
        let Some(relative) = path.as_str().strip_prefix(&prefix).filter(|rest| *rest != COPIED) else {
            continue;
        };
        let now = originals.get(relative).map(|bytes| Fingerprint::of(bytes).short(16));
        let state = match (copied.get(relative), now) {
            (Some(then), Some(now)) if *then == now => Own::Copied,
            (Some(_), _) => Own::Outdated,
            (None, _) => Own::Written,
        };
        own.insert(relative.to_owned(), state);
    }
    Ok(own)
}

/// The fingerprints of the originals that a theme was copied from.
///
/// # Errors
/// The machine's.
pub fn copied(site: &dyn Sources, name: &str) -> io::Result<BTreeMap<String, String>> {
    let Some(path) = SitePath::new(&format!("themes/{name}/{COPIED}")) else { return Ok(BTreeMap::new()) };
    let source = match load::read_text(site, &path) {
        Ok(read) => read.value,
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let text = source.map(|source| source.text.to_string()).unwrap_or_default();
    let lines = text.lines().filter_map(|line| line.split_once(' '));
    Ok(lines.map(|(piece, hash)| (piece.to_owned(), hash.trim().to_owned())).collect())
}

/// The custom properties of a style sheet, each with its first value: the colours and measures that a theme
/// changes.
pub fn tokens() -> Vec<(String, String)> {
    let pieces = pieces();
    let style = pieces.get("static/style.css").map(|bytes| String::from_utf8_lossy(bytes).into_owned());
    let mut found: Vec<(String, String)> = Vec::new();
    for line in style.unwrap_or_default().lines() {
        let Some((name, value)) = line.trim().split_once(':') else { continue };
        if name.starts_with("--") && !found.iter().any(|(known, _)| known == name) {
            found.push((name.to_owned(), value.trim().trim_end_matches(';').to_owned()));
        }
    }
    found
}
