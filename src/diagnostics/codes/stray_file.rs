//! A file belongs to nothing.
//!
//! It was not read. Most often its name or its folder is slightly wrong: sheets end in `.notes.yaml`,
//! Markdown notes stand in a debate's `notes/`, pages of text in `content/pages`. In `static/` and in
//! themes a file whose name ends as tools name their copies (`.orig`, `.bak`, `.tmp` …) is not published:
//! it may hold what was taken out of the file beside it.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source, nearest};

/// The folders of `content`.
const FOLDERS: [&str; 5] = ["briefings", "debates", "pages", "people", "topics"];

/// Nothing reads the file at `path`.
pub fn stray_file(path: &SitePath) -> Diagnostic {
    let place = Place::file(&Source::new(path.clone(), ""));
    let general = "sheets end in `.notes.yaml`; Markdown notes stand in a debate's `notes/`; pages in content/pages";
    let help = match meant(path) {
        Some(meant) => format!("name it `{meant}`; {general}"),
        None => general.to_owned(),
    };
    Diagnostic::warning("stray-file", place, format!("nothing reads {path}")).help(help)
}

/// The name that a file was probably to have: small letters, the ending in full, a folder that there is.
fn meant(path: &SitePath) -> Option<String> {
    let mut parts: Vec<&str> = path.as_str().split('/').collect();
    if let ["content", folder, _, ..] = parts.as_mut_slice()
        && !FOLDERS.contains(folder)
    {
        *folder = nearest(folder, FOLDERS)?;
        return Some(parts.join("/"));
    }
    let name = path.file_name();
    let small = name.to_lowercase();
    let whole = match small.rsplit_once('.')? {
        (stem, "yml") => format!("{stem}.yaml"),
        (stem, "markdown") => format!("{stem}.md"),
        (_, "yaml" | "md") => small,
        ("transcript", _) => small,
        _ => return None,
    };
    if whole == "notes.yaml" {
        return Some("editors.notes.yaml".to_owned());
    }
    (whole != name).then_some(whole)
}

/// The file at `path` has a name such as tools give to copies.
pub fn left_behind(path: &SitePath) -> Diagnostic {
    let message = format!("{path} looks like something that a tool left behind: it is not published");
    Diagnostic::warning("stray-file", Place::file(&Source::new(path.clone(), "")), message)
        .help("remove it; or, if it is to be published, give it another name")
}
