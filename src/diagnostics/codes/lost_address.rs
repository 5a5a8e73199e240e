//! Something that the site has published would vanish.
//!
//! `content/addresses.txt` is the ledger of what was published: others link to it and cite it. A page
//! that has moved needs its former name under `aliases` (of a person, under `former`), so that readers
//! are led on; `rapporteur rename` writes that itself. A note or a paragraph keeps its id. What is
//! meant to go, because it should never have been there, is taken out of the ledger with
//! `rapporteur ledger --forget ADDRESS`. A page that is there and that readers don't see now (a draft,
//! an embargo, a day that has passed) is a warning.

use crate::diagnostics::{Diagnostic, Place};

/// `address`, at `place` in the ledger, is none of the site any more; `is_hidden` says that what it is made
/// from is there.
pub fn lost_address(place: Place, address: &str, is_hidden: bool) -> Diagnostic {
    if is_hidden {
        return Diagnostic::warning("lost-address", place, format!("`{address}` was published, and readers don't see it now"))
            .help("publish it again, or leave it as it is until its day comes");
    }
    let lead = match address.contains('#') {
        true => "give the words or the note their id back",
        false => "give the page that took its place this one's name under `aliases` (a person: `former`)",
    };
    Diagnostic::error("lost-address", place, format!("`{address}` was published, and would vanish"))
        .help(format!("{lead}, or take the promise back: rapporteur ledger --forget '{address}'"))
}
