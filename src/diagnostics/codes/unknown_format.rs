//! A transcript's format is named by a word that means none.
//!
//! The key `format` of `debate.yaml` says how the transcript is to be read. Most transcripts are
//! recognised without it. Correct it to one of the names that are offered, or take the key out.

use crate::diagnostics::{Diagnostic, Place};
use crate::text::nearest;

/// `name` is none of the `formats`, each its name and what it is.
pub fn unknown_format(
    place: Place,
    name: &str,
    formats: impl Iterator<Item = (&'static str, &'static str)>,
) -> Diagnostic {
    let names: Vec<&str> = formats.map(|(name, _)| name).collect();
    let near = nearest(name, names.iter().copied());
    let help = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the formats are {}; leave the key out to have it recognised", names.join(", ")),
    };
    Diagnostic::error("unknown-format", place, format!("`{name}` is not a format of transcripts")).help(help).instead(name, near)
}
