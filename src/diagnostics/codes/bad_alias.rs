//! A former address can't be one of this site.
//!
//! Under `aliases` (of a person, under `former`) stand addresses that the page had before; whoever follows
//! one is led on. Write the former name of the file or folder (`old-name`), or an address from the site's
//! root (`2012/old-name/`, `debate-17.html`): letters, digits, `-`, `_`, `.` and `~`.

use crate::diagnostics::{Diagnostic, Place};

/// `alias`, at `place`, is no address within the site.
pub fn bad_alias(place: Place, alias: &str) -> Diagnostic {
    Diagnostic::error("bad-alias", place, format!("`{alias}` is not an address that a page of this site can have had"))
        .help("write the former name alone, or its address from the site's root, like `topics/old-name/`")
}
