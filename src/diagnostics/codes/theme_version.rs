//! A theme was written for another version of the views.
//!
//! `version` in `theme.yaml` says for which. Templates may name what is gone, or miss what is new.
//! Look through the theming reference, then set the version to the one that is offered.

use crate::diagnostics::{Diagnostic, Place};

/// The theme at `place` is for `found`; the program has `current`.
pub fn theme_version(place: Place, found: u32, current: u32) -> Diagnostic {
    Diagnostic::warning("theme-version", place, format!("the theme was written for version {found} of the views; this is version {current}"))
        .help(format!("check its templates against docs/theming.md, then write `version: {current}`"))
}
