//! The site chooses a theme option that the theme doesn't have.
//!
//! A theme lists its options in its `theme.yaml`. A slip here would silently change nothing.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source, nearest};

/// `key` is none of the theme's `known` options.
pub fn unknown_theme_option<'a>(key: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let path = SitePath::new("rapporteur.yaml").expect("a plain name");
    let help = match nearest(key, known.clone().filter(|known| *known != key)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "look at the options in the theme's theme.yaml".to_owned(),
    };
    Diagnostic::error("unknown-theme-option", Place::file(&Source::new(path, "")), format!("the theme has no option `{key}`")).help(help)
}
