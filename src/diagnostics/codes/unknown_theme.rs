//! There is no theme of this name, or themes inherit from one another in a circle.
//!
//! A theme is a folder under `themes/` that holds at least one file; `default` is always there. Its
//! `theme.yaml` may name the theme it extends.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::{SitePath, Source, nearest};

/// No theme `name` can be used; `known` are there.
pub fn unknown_theme<'a>(name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let path = SitePath::new("rapporteur.yaml").expect("a plain name");
    let help = match nearest(name, known.clone()) {
        Some(near) if near != name => format!("did you mean `{near}`?"),
        _ => format!("the themes here are {}", known.collect::<Vec<_>>().join(", ")),
    };
    Diagnostic::error("unknown-theme", Place::file(&Source::new(path, "")), format!("there is no theme `{name}` to use")).help(help)
}
