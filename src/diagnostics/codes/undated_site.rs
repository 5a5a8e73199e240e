//! There are dates to judge, and no day to judge them at.
//!
//! A build reads no clock unless it is asked to. Without a day an embargo holds, what expires is not published, and
//! no commitment is called past due. Say `as_of: today` or `as_of: 2026-11-23` in rapporteur.yaml, or give
//! `--as-of today` to the command.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source};

/// So many dates are named; of more only how many they are.
const NAMED: usize = 12;

/// A site that names no day has these `dates`; nothing where it has none.
pub fn undated_site(dates: &[String]) -> Option<Diagnostic> {
    if dates.is_empty() {
        return None;
    }
    let path = SitePath::new("rapporteur.yaml").expect("a plain name");
    let mut diagnostic = Diagnostic::warning(
        "undated-site",
        Place::file(&Source::new(path, "")),
        format!(
            "no day is named at which to judge dates ({}): embargoes hold, what expires is not published, nothing is called past due",
            summary(dates)
        ),
    );
    diagnostic = dates.iter().take(NAMED).fold(diagnostic, |diagnostic, date| diagnostic.note(date.as_str()));
    if dates.len() > NAMED {
        diagnostic = diagnostic.note(format!("and {} more", dates.len() - NAMED));
    }
    Some(diagnostic.help("write `as_of: today` or a date in rapporteur.yaml, or give `--as-of today`"))
}

/// The first of the dates, for messages of one line.
fn summary(dates: &[String]) -> String {
    match dates {
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first}, and {} more", rest.len()),
        [] => String::new(),
    }
}
