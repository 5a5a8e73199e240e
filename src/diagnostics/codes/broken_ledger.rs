//! A line of the ledger is no address.
//!
//! `content/addresses.txt` has one address a line, from the site's root: `/topics/data/`,
//! `/debates/talk/#p1..p12`. Lines that begin with `#` are remarks. Marks that a merge left (`<<<<<<<`,
//! `=======`, `>>>>>>>`) are taken out and the lines of both sides kept: what either side published was
//! published. With `content/addresses.txt merge=union` in `.gitattributes` git does so itself.

use crate::diagnostics::{Diagnostic, Place};

/// The `line` at `place` is no address.
pub fn broken_ledger(place: Place, line: &str) -> Diagnostic {
    let is_mark = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark));
    let shown: String = line.chars().take(60).collect();
    let (message, help) = match is_mark {
        true => ("a merge left its marks in the ledger".to_owned(), "keep the lines of both sides and take out the marks"),
        false => (
            format!("`{shown}` is no address from the site's root"),
            "write it as `/topics/data/`, or take the line out",
        ),
    };
    Diagnostic::error("broken-ledger", place, message).help(help)
}
