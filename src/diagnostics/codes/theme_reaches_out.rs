//! A theme loads something from another site, or runs a script in a page.
//!
//! The pages of the default theme load nothing but the site's own files and have no script in them: nobody else
//! learns who reads what, and the policy in every page refuses whatever else is put into it. A theme that names
//! other sites' files, or has scripts and handlers in its templates, gives that up; under the default theme's
//! policy it will not work either. Put the file into the theme's `static/`, and scripts into files of their own.

use crate::diagnostics::{Diagnostic, Place};

/// The theme's file at `place` does `what`.
pub fn theme_reaches_out(place: Place, what: &str) -> Diagnostic {
    Diagnostic::warning("theme-reaches-out", place, format!("the theme reaches out: {what}"))
        .help("put the file into the theme's `static/`, and scripts into files of their own")
}
