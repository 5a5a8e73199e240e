//! Two pages would stand at one address.
//!
//! A page of text has the address of its name: `content/pages/about.md` is `/about/`. Names that the
//! program uses itself (`debates`, `topics`, `people` …), or a file of `static/` of the same name,
//! would overwrite one another. Rename the file.

use crate::diagnostics::{Diagnostic, Place};

/// The page from `place` wants `address`, which `other` has.
pub fn duplicate_permalink(place: Place, address: &str, other: &str) -> Diagnostic {
    Diagnostic::error("duplicate-permalink", place, format!("the address `/{address}` is already that of {other}"))
        .help("rename the file: its name is its address")
}
