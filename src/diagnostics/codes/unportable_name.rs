//! A name is none on some systems, or is the same as another there.
//!
//! Windows can hold no file named `con`, `nul` or `com1`, whatever follows a dot, nor a name with `?` or `:`
//! in it, nor one that ends in a dot; there the site can be neither checked out nor copied. Windows and
//! macOS tell neither capitals nor the ways of composing an accent apart: of `Data.csv` and `data.csv` one
//! takes the place of the other, and which one is chance. Give the file, or the former address, another
//! name.

use crate::diagnostics::{Diagnostic, Place};

/// The file or the former address at `place` has `name` in its path, for this `reason` none.
pub fn unportable_name(place: Place, name: &str, reason: &str) -> Diagnostic {
    let message = format!("`{}` is no name on every system: {reason}", name.escape_debug());
    Diagnostic::warning("unportable-name", place, message).help("give it another name")
}

/// The file at `place` is the same as `other` where capitals and the ways of composing an accent don't count.
pub fn twin_files(place: Place, other: &str) -> Diagnostic {
    let name = place.source.path.clone();
    Diagnostic::error("unportable-name", place, format!("`{name}` and `{other}` are one file on some systems"))
        .note("they differ only in capitals, or in how an accented letter is composed")
        .help("rename one of them, or remove it")
}
