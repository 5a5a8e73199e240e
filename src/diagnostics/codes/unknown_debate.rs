//! A debate is named that the site does not have.
//!
//! A debate is a folder under `content/debates` that holds a `debate.yaml` and a transcript; its slug is
//! the folder's name.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `slug`, at `place`, is none of the `known` debates.
pub fn unknown_debate<'a>(place: Place, slug: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let near = nearest(slug, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= 12 && !known.is_empty() => format!("the debates here are {}", known.join(", ")),
        None => "the slug is the name of the folder under content/debates".to_owned(),
    };
    Diagnostic::error("unknown-debate", place, format!("there is no debate `{slug}`"))
        .help(help)
        .instead(slug, near)
}
