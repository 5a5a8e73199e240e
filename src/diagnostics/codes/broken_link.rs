//! A link leads nowhere.
//!
//! Links to other files of the site are written as a forge follows them: `../topics/data.md`,
//! `../debates/SLUG/#p12`, `../../static/report.pdf`. Addresses elsewhere begin with https://,
//! http:// or mailto:; other schemes are refused because they can run code.

use crate::diagnostics::{Diagnostic, Place};

/// The picture `target` of a person, at `place`, is no file of `static/`.
pub fn no_such_picture(place: Place, target: &str) -> Diagnostic {
    Diagnostic::error("broken-link", place, format!("`{target}` is no file of `static/`"))
        .help("put the picture below static/, and write the way to it: `../../static/portraits/NAME.jpg`")
}

/// `target`, at `place`, is neither in the site nor an address elsewhere.
pub fn broken_link(place: Place, target: &str) -> Diagnostic {
    let help = match target.split_once(':') {
        Some((scheme, _)) if scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-. \t".contains(c)) => {
            "only https://, http:// and mailto: lead out of the site"
        }
        _ => "write the way to the file: `../topics/data.md`, `../debates/SLUG/#p12`",
    };
    Diagnostic::error("broken-link", place, format!("`{target}` leads nowhere in this site")).help(help)
}
