//! What `build --changes` prints: the files that a build changed, and why.

use super::arguments::{Format, Site};
use super::print;
use crate::pipeline::{Causes, Turn, Why};
use crate::write::Changes;
use serde_json::json;
use std::collections::BTreeMap;

/// So many files with one cause are named, for people.
const NAMED: usize = 20;
/// So many causes of which each may be the one.
const POSSIBLE: usize = 3;

/// Prints what changed and why: for people by cause, for programs a line each.
pub fn say(changes: &Changes, causes: &Causes, site: &Site) {
    let of = |turn, paths: &[String]| paths.iter().map(move |path| (path.clone(), turn)).collect::<Vec<_>>();
    let files =
        [(Turn::Added, &changes.added), (Turn::Changed, &changes.changed), (Turn::Removed, &changes.removed)];
    let files = files.into_iter().flat_map(|(turn, paths)| of(turn, paths));
    match site.format {
        Format::Human => files_by_cause(files.collect(), causes),
        Format::Json => files.for_each(|(path, turn)| {
            let because: Vec<String> = sources(&causes.of(&path)).into_iter().map(|(path, _)| path).collect();
            let line = json!({ "change": turn.to_string(), "file": path, "because": because, "why": why(&causes.of(&path)) });
            print::line(&line.to_string());
        }),
        // A log of mistakes has no place for it.
        Format::Sarif => {}
        Format::Short | Format::Github => files
            .for_each(|(path, turn)| print::line(&format!("{turn}: {}: {}", address(&path), why(&causes.of(&path))))),
    }
}

fn files_by_cause(files: Vec<(String, Turn)>, causes: &Causes) {
    let mut by_cause: BTreeMap<Why, Vec<(String, Turn)>> = BTreeMap::new();
    for (path, turn) in files {
        by_cause.entry(causes.of(&path)).or_default().push((path, turn));
    }
    for (cause, files) in by_cause {
        print::line(&why(&cause));
        let (pages, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|(path, _)| path.ends_with(".html"));
        for (path, turn) in pages.iter().take(NAMED) {
            print::line(&format!("  {} {}", sign(*turn), address(path)));
        }
        if pages.len() > NAMED {
            let left = print::count(pages.len() - NAMED, "more page", "more pages");
            print::line(&format!("  and {left} (--format short lists them)"));
        }
        if !others.is_empty() {
            print::line(&format!("  {}", other_files(&others)));
        }
    }
}

/// What is no page: `3 other files: ~ /feed.xml, ~ /sitemap.xml, + /data/x.json`.
fn other_files(files: &[(String, Turn)]) -> String {
    let mut words: Vec<String> = files
        .iter()
        .take(POSSIBLE)
        .map(|(path, turn)| format!("{} {}", sign(*turn), address(path)))
        .collect();
    if files.len() > POSSIBLE {
        words.push("\u{2026}".into());
    }
    format!("{}: {}", print::count(files.len(), "other file", "other files"), words.join(", "))
}

fn sign(turn: Turn) -> &'static str {
    match turn {
        Turn::Added => "+",
        Turn::Changed => "~",
        Turn::Removed => "\u{2212}",
    }
}

/// The address of a file of the output, from the root of the site.
fn address(path: &str) -> String {
    let path = path
        .strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(path);
    format!("/{path}")
}

fn sources(why: &Why) -> Vec<(String, Turn)> {
    match why {
        Why::From(sources) | Why::FromSome(sources) => sources.clone(),
        Why::Settings | Why::NothingBefore | Why::PutBack => Vec::new(),
    }
}

/// The cause in words.
fn why(why: &Why) -> String {
    let named = |(path, turn): &(String, Turn)| match turn {
        Turn::Changed => path.clone(),
        turn => format!("{path} ({turn})"),
    };
    let list = |sources: &[(String, Turn)], joined: &str| {
        let mut words: Vec<String> = sources.iter().take(POSSIBLE).map(named).collect();
        if sources.len() > POSSIBLE {
            words.push(print::count(sources.len() - POSSIBLE, "other file", "other files"));
        }
        words.join(joined)
    };
    match why {
        Why::From(sources) => format!("because of {}", list(sources, ", ")),
        Why::FromSome(sources) => format!("because of {}", list(sources, " or ")),
        Why::Settings => "because of the command line or the day".into(),
        Why::NothingBefore => {
            "made anew: there is no earlier build by this version of the program to compare with".into()
        }
        Why::PutBack => "put back: it had been changed or removed in the output".into(),
    }
}
