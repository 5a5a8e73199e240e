//! A person is in no part of the site.
//!
//! They speak in no debate, are in no chair, are meant by no words and owe nothing. Most often the
//! record prints the name otherwise: add that under `aliases`. Said by `check --thorough`.

use crate::diagnostics::{Diagnostic, Place};

/// The person `slug`, whose file is `place`, is in no part of the site.
pub fn unused_person(place: Place, slug: &str) -> Diagnostic {
    Diagnostic::warning("unused-person", place, format!("`{slug}` speaks nowhere, and no note means or names them"))
        .help("add the name as records print it under `aliases`, or remove the file")
}
