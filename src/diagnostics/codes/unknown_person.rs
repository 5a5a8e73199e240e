//! A name is used that is none of the people of the site.
//!
//! People are files under `content/people`; their slug is the file's name. A speaker in the record needs
//! no file: the name is shown as printed.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `slug`, at `place`, is none of the `known` people.
pub fn unknown_person<'a>(place: Place, slug: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let near = nearest(slug, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= 12 && !known.is_empty() => format!("the people here are {}", known.join(", ")),
        None => "write content/people/SLUG.yaml with a `name`, or use the name as text where that is allowed".to_owned(),
    };
    Diagnostic::error("unknown-person", place, format!("there is no person `{slug}`"))
        .help(help)
        .instead(slug, near)
}
