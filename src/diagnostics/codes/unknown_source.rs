//! A note names a shared source that `content/sources.yaml` does not have.
//!
//! A source is either written out in the note (`{title: …, url: …}`) or a key of `content/sources.yaml`.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `key`, at `place`, is none of the `known` sources.
pub fn unknown_source<'a>(place: Place, key: &str, known: impl Iterator<Item = &'a str>) -> Diagnostic {
    let known: Vec<&str> = known.collect();
    let near = nearest(key, known.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.len() <= 12 && !known.is_empty() => format!("the sources here are {}", known.join(", ")),
        None => "add the key to content/sources.yaml, or write the source out in the note".to_owned(),
    };
    Diagnostic::error("unknown-source", place, format!("there is no source `{key}`"))
        .help(help)
        .instead(key, near)
}
