//! Two pages would stand at one address.
//!
//! A page of text has the address of its name: `content/pages/about.md` is `/about/`. Names that the
//! program uses itself (`debates`, `topics`, `people` …), or a file of `static/` of the same name,
//! would overwrite one another. Rename the file. A former address (`aliases`) can't be one that a page of
//! the site has, nor that of two pages: it would not be known where to lead. Addresses that differ only in
//! capitals, or in how an accented letter is composed, are one on many systems; and one address can't be a
//! file and a folder at once.

use crate::diagnostics::{Diagnostic, Place};

/// The page from `place` wants `address`, which `other` has.
pub fn duplicate_permalink(place: Place, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error("duplicate-permalink", place, format!("the address `/{address}` is already that of {other}"))
        .help("rename the file: its name is its address")
}

/// A page, from the file at `place`, is said to have been at `address`, which another page has or had too.
pub fn duplicate_alias(place: Place, address: &str) -> Diagnostic {
    Diagnostic::error("duplicate-permalink", place, format!("the former address `/{address}` is already that of another page"))
        .help("take it out of `aliases`, here or there: an address leads to one page")
}

/// A page, from the file at `place`, is said to have been at `address`, which can't be beside the file `other`.
pub fn unequal_alias(place: Place, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error("duplicate-permalink", place, format!("the former address `/{address}` can't stand beside `/{other}`"))
        .note(BESIDE)
        .help("take it out of `aliases`, here or there")
}

/// The file at `place` would be copied to `address`, which can't be beside the file `other`.
pub fn unequal_copy(place: Place, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error("duplicate-permalink", place, format!("the address `/{address}` can't stand beside `/{other}`"))
        .note(BESIDE)
        .help("rename the file: its name is its address")
}

const BESIDE: &str = "they differ only in capitals or in how an accent is composed, or one is a folder of the other's name";
